"""What a technician's note says is still to be billed: the customer's clean note keeps it out, so that the draft is the only place where anybody reads it."""

import re
from collections.abc import Iterator

from contractor_ops.tables.record import Value

_EXTRA = r"(?:extras?|add'?l|additional)"
_VERB = r"(?:bill|invoice|charge|chr?g)"
_WHOM = r"(?:the |this )?(?:customer|cust|client|owner|homeowner|tenant|landlord|him|her|them)"
_FEE = r"(?:trip|diag\w*|service (?:call|fee)|after[- ]hours|overtime|ot|labou?r|emergency|travel|disposal|permit)"
_BEFORE = r"(?:^|[,:;(–-]\s*|\b(?:please|pls|plz|to|and|&|must|will|should|can|need|office|also|just|so|then|still|we'll|i'll) )"
_SAYS = (
    r"\bto be (?:billed|invoiced|charged)\b",
    r"\bneeds? (?:billed|invoiced|billing|invoicing)\b",
    r"\b(?:not yet (?:billed|invoiced)|not (?:billed|invoiced) yet|unbilled)\b",
    rf"\b{_VERB} (?:for )?(?:an? |the |this |these |his |her |their )?{_EXTRA}\b",
    rf"\b{_VERB} (?:for )?\$?\d[\d.,/]* ?(?:more |{_EXTRA} )?(?:hrs?|hours?|mins?|minutes)\b",
    rf"\b{_VERB} (?:for )?\$ ?\d",
    rf"\b{_VERB} (?:for )?(?:an? |the |our )?{_FEE}\b",
    rf"\b{_VERB} {_WHOM} (?:for|{_EXTRA}|an?|the|more|double|full|{_FEE}|\$?\d)",
    rf"{_BEFORE}{_VERB} for (?:an? |the |this |these |\d)",
    rf"\b{_EXTRA}\b.{{0,80}}?(?:[,;:(–-]|\bplease|\bpls|\bplz) ?(?:please |pls |plz )?(?:bill|invoice)\b(?! (?:to|copy|no|number)\b)",
    r"\b(?:add|put|include)(?: [\w'#$./-]+){0,8}? (?:to|on|onto|in) (?:(?:the|his|her|their|next|final|customer'?s?|cust) ){0,2}(?:invoice|bill)\b",
    rf"\b{_EXTRA} (?:charges?|billing)\b",
    r"\bbillable\b",
    r"\b(?:to|for) (?:bill|billing|invoice|invoicing):",
    r"\b(?:por|hay que|favor de) (?:cobrar|facturar)\b",
)
"""How it is said. "Chg" before a thing is "change", and "charge" is what is in a cooling system: they count with what only money has beside them."""
_SETTLED = (
    r"\balready (?:been )?(?:billed|invoiced|charged|paid)\b", r"\b(?:billed|invoiced|charged|paid) already\b",
    r"\b(?:was|were|been|is|are) (?:billed|invoiced|charged)\b",
)  # fmt: skip
"""What takes it back for the whole sentence."""
_FREE = r"\b(?:no charge|n/c|free of charge|at no cost)\b"
_OWN = r"need|have|has|had|wants?|going|supposed|to|be|any|an?|the|it|this|more|further|or|will|we|yet"
_NOT = re.compile(
    rf"(?:\b(?:not|no|never|nothing|without|cannot|non|dont|wont|didnt)|n't)\b[ -]*(?:(?:{_OWN}|{_EXTRA})\b[ -]*)*$",
    re.IGNORECASE,
)
"""A "no" that belongs to the words behind it: "do not bill", "no need to charge", not "no heat, bill extra"; "do not forget to" is none."""
_COOLING = re.compile(
    r"\b(?:refrigerant|r-?\d{2,3}[a-z]{0,2}|\d+ ?(?:lbs?|oz)|lbs?|oz|freon|sub-?cool\w*|super-?heat|microns?)\b", re.IGNORECASE
)
_MAY_BE_COOLING = re.compile(r"(?!.*(?:\b(?:for|him|her|them|customer|cust|hrs?|hours?)\b|\$)).*ch(?:arge|r?g)", re.IGNORECASE)
_NAME = re.compile(r"Bill\b")
_PATTERN, _TAKEN_BACK, _NO_CHARGE = (re.compile("|".join(words), re.IGNORECASE) for words in (_SAYS, _SETTLED, (_FREE,)))
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE = re.compile(r"[,;:()]")
_NEAR, _LONGEST = 80, 200


def to_be_billed(note: Value) -> Iterator[str]:
    """The sentences of a note that say so, each once and as it was written."""
    sentences = (" ".join(sentence.split()) for sentence in _SENTENCE.split(str(note or "").replace("’", "'")))
    wanted = (_shown(one, found) for one in sentences if not _TAKEN_BACK.search(one) and (found := _first(one)))
    yield from dict.fromkeys(wanted)


def _first(sentence: str) -> re.Match[str] | None:
    return next((found for found in _PATTERN.finditer(sentence) if _counts(sentence, found)), None)


def _counts(sentence: str, found: re.Match[str]) -> bool:
    """Whether nothing near these words says that they are no bill to come."""
    before, behind = sentence[max(found.start() - _NEAR, 0) : found.start()], sentence[found.end() : found.end() + _NEAR]
    clause = _CLAUSE.split(before)[-1] + found[0] + _CLAUSE.split(behind)[0]
    if _NO_CHARGE.search(clause) or _NOT.search(before):
        return False
    if _NAME.match(found[0]) and found.start():  # somebody called so: "told Bill the extra key is under the mat"
        return False
    return not (_MAY_BE_COOLING.match(found[0]) and _COOLING.search(f"{before}{found[0]}{behind}"))


def _shown(sentence: str, found: re.Match[str]) -> str:
    """The sentence, or of a long one what stands around the words."""
    text = sentence.replace('"', "'")
    if len(text) <= _LONGEST:
        return text.rstrip(".")
    first = max(found.start() - _NEAR, 0)
    last = found.end() + _NEAR
    return f"{'…' if first else ''}{text[first:last].strip()}{'…' if last < len(text) else ''}"


# ── whether the draft has it ─────────────────────────────────────────────────────────────────────────────────────────

_IS_EXTRA = re.compile(rf"\b{_EXTRA}\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[./][^\W_]+)*")
_NO_THING = frozenset(
    _WORD.findall(
        "to be is it this that an a the and of on in at by with for from we will please pls plz also must should need needs not yet add put include "
        "bill billed billing billable invoice invoiced invoicing charge charged charges chg chrg unbilled extra extras add l addl additional more "
        "customer cust client owner homeowner tenant landlord him her his them their used installed"
    )
)
_SAME = {"hr": "hour", "hrs": "hour", "hours": "hour", "ft": "foot", "feet": "foot"}


def is_extra(said: str) -> bool:
    """Whether it is for something beyond the work that was agreed."""
    return _IS_EXTRA.search(said) is not None


def is_told_by(said: str, description: str) -> bool:
    """Whether a line's description has everything that a note wants billed."""
    wanted = _things(said) - _NO_THING
    return bool(wanted) and wanted <= _things(description)


def _things(text: str) -> set[str]:
    words = (word.casefold() for word in _WORD.findall(text))
    return {_SAME.get(word, word.removesuffix("s") if len(word) > 3 else word) for word in words if word not in _NO_THING}
