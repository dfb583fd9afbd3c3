"""Whether a change order's own words say that its work is done, whatever its status says."""

import re

from contractor_ops.tables.record import Record, Value
from contractor_ops.views.billing.sums import says_done

_DONE = re.compile(r"\b(?:done|completed|installed|performed|finished)\b", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:not|never|cannot|be|will|until|till|when|once|before|after|if|should|needs?|want\w*|would|could|must|pending)\b|n't\b",
    re.IGNORECASE,
)
_DAY = r"\d{1,2}[/.-]\d{1,2}|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d"
_SURELY_DONE = re.compile(
    rf"\b(?:done|completed)\b|\balready (?:installed|performed|finished)\b|\b(?:installed|performed|finished):? (?:on )?(?:{_DAY})",
    re.IGNORECASE,
)
"""A description names what is offered, too: "humidifier installed", "finished basement". Only what has no other reading counts."""
_ONLY_IF = re.compile(r"\b(?:when|once|if|until|till|unless|upon)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:not|never|cannot|nothing|be|get|have|having|half|partly|partially|will|should|needs?|want\w*|would|could|can|may|must|before|after|pending)\b|n't\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^ ?\?|^:? ?no\b|\bnot yet\b|\bpending\b|\bafter (?!hours)|\b(?:tomorrow|later|soon|next)\b|\bby (?:[a-z]+day|tomorrow|the end|end)\b",
    re.IGNORECASE,
)


def speaks_of_done(description: Value) -> bool:
    """Whether a description may say so, at a glance."""
    return description is not None and _SURELY_DONE.search(str(description)) is not None


def told_as_done(record: Record) -> bool:
    """Whether its status or its notes say so plainly, however far the job is."""
    if says_done(record["status"]):
        return True
    sentences = re.split(r"[.;\n!]", f"{record['status'] or ''}. {record['notes'] or ''}")
    plain = (sentence for sentence in sentences if not _NOT_YET.search(sentence))
    return any((found := _DONE.search(sentence)) and not _is_open(sentence, found) for sentence in plain)


def described_as_done(record: Record) -> str | None:
    """The words of its description or notes that say so, "Added return, DONE 11/8, not signed"; they are read closely, for on a job that is done they weigh."""
    for text in (record["description"], record["notes"]):
        for sentence in re.split(r"(?<=[.!])\s+|[;\n]", str(text or "")):
            if _says_so(sentence):
                return sentence.strip(' ."').replace('"', "'")
    return None


def _says_so(sentence: str) -> bool:
    """Whether one clause says that it is done, and neither it nor one before it makes that a wish or a condition."""
    earlier = ""
    for clause in re.split(r"[,()]", sentence):
        for found in _SURELY_DONE.finditer(clause):
            if not (_ONLY_IF.search(f"{earlier} {clause}") or _is_open(clause, found)):
                return True
        earlier += clause
    return False


def _is_open(text: str, found: re.Match[str]) -> bool:
    """Whether what stands around the word makes it a plan or a question."""
    return bool(_BEFORE.search(text[: found.start()]) or _BEHIND.search(text[found.end() :]))
