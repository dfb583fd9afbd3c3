"""What words about invoices mean: that there is none yet, that one bills a deposit, a part, or what was left."""

import re

from contractor_ops.tables.record import Value

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[1-9]\d\d|\d{4}")
_NONE_YET = frozenset({
    "", "no", "n", "none", "nil", "null", "na", "n a", "not applicable", "not yet", "pending", "waiting", "later", "to do", "todo", "tbd", "tba",
    "tbi", "tbb", "0", "0 00", "0 0", "00", "false", "open", "missing", "unbilled", "uninvoiced", "un billed", "un invoiced", "yet to bill", "yet to invoice",
})  # fmt: skip
_NONE_YET_PHRASE = re.compile(
    r"(?:still )?(?:no|not|not yet|needs?|to|to be|awaiting|waiting (?:for|on)|ready (?:to|for)|pending|must be|should be)"
    r"(?: (?:yet|be|been|to|an|the|his|her))* (?:invoic(?:e|ed|ing)|bill(?:ed|ing)?)\b(?!.*\b(?:warranty|charge|free)\b)"
)
_DEPOSIT = re.compile(
    r"(?<!mineral )(?<!scale )(?<!calcium )(?<!lime )(?<!carbon )(?<!salt )(?<!water )(?<!rust )(?<!direct )(?<!mobile )(?<!bank )(?<!night )"
    r"\b(?:deposit\b(?! (?:removal|remover|cleaning|clean-?up|build-?up|flush|slip)\b)|down ?payments?\b|retainer\b(?! wall))",
    re.IGNORECASE,
)
"""The money, not what settles in a boiler: "mineral deposits", "scale deposit removal"."""
_TAKEN_OFF = re.compile(
    r"\W*(?:was |is |has been |already )*(?:received|paid|credited|applied|deducted|subtracted|taken off)\b", re.IGNORECASE
)
_FINAL = r"final(?! (?:inspections?|grad(?:e|ing)|clean(?:ing|-?up)?|walk-?through|test(?:ing)?|connections?|coat)\b)"
_BALANCE = (
    r"(?<!air )(?<!water )(?<!test and )(?<!test & )(?<!test/)balance\b(?! (?:dampers?|the|fan|blower|system|air|ducts?|ductwork|point)\b)"
)
_LAST = re.compile(
    rf"\b(?:{_FINAL}|{_BALANCE}|remainder|remaining|second half|last|less|minus|after(?![- ]hours)|net of|(\d{{1,2}}) of \1)\b",
    re.IGNORECASE,
)
_STEP = (
    r"(?<!\d)(?<!\d[- ])(?<!one[- ])(?<!two[- ])(?<!three[- ])(?<!single[- ])(?<!dual[- ])(?<!multi[- ])\b(?:part|phase|stage) #? ?\d{1,2}\b"
    r"(?![- ]?(?:a|amps?|tons?|v|volts?|kva?|hp|in|inch|ft)\b)"
)
"""Part 2, phase 2; not "3-phase 200A", "two stage 5 ton"."""
_PART = re.compile(
    r"\b(?:pre-?pay\w*|progress|milestone|instal?lments?|mobili[sz]ation|up-?front|change ?orders?|extra work|draw #? ?\d+"
    r"|part(?:ial)? (?:invoice|payment|bill\w*)|\d{1,2} of \d{1,2}|\d{1,2} ?%(?: (?:down|due|at|on|of|up)\b|$)"
    rf"|(?:first|second|last|1st|2nd|3rd) (?:half|third|quarter|payment|draw)|(?:half|balance) (?:payment|due)|{_FINAL}|{_BALANCE}|remainder"
    rf"|remaining)|{_STEP}",
    re.IGNORECASE,
)
_PART_IN_NOTES = re.compile(
    r"\b(?:(?:deposit|progress|partial|milestone|draw|retainer|down ?payment) (?:invoice|bill(?:ing)?)|draw #? ?\d|\d{1,2} of \d{1,2})\b",
    re.IGNORECASE,
)
"""In titles and numbers any such word counts. Notes also tell what was done, and "deposit received" stands on the last invoice."""


def no_invoice_yet(cell: Value) -> bool:
    """Whether a cell for the number of an invoice says that there is none: blank, "n/a", "TBD", "to be invoiced"."""
    if cell is None or _NUMBER.search(text := str(cell)):
        return cell is None
    said = " ".join(_WORD.findall(text.casefold()))
    return said in _NONE_YET or _NONE_YET_PHRASE.match(said) is not None


def mentions_deposit(text: Value) -> bool:
    """Whether a text has to do with a deposit of money, billed here or taken off."""
    return text is not None and _DEPOSIT.search(str(text)) is not None


def speaks_of_deposit(text: Value) -> bool:
    """Whether a text says that this is the deposit: not what is left after it, as "furnace less deposit" and "furnace, deposit received" are."""
    said = str(text or "").strip()
    found = _DEPOSIT.search(said)
    if found is None or _LAST.search(said, 0, found.start()):
        return False
    return found.start() == 0 or _TAKEN_OFF.match(said, found.end()) is None


def pays_deposit(text: Value) -> bool:
    """Whether a payment's words say that it is the deposit: one that "is received" is, other than on an invoice."""
    said = str(text or "")
    found = _DEPOSIT.search(said)
    return found is not None and _LAST.search(said, 0, found.start()) is None


def speaks_of_a_part(title: Value) -> bool:
    """Whether a title tells of one bill of several: a part, or what was left."""
    return title is not None and (_PART.search(str(title)) is not None or mentions_deposit(title))


def notes_speak_of_a_part(notes: Value) -> bool:
    """Whether notes say that this is one bill of several."""
    return notes is not None and _PART_IN_NOTES.search(str(notes)) is not None


def speaks_of_the_rest(title: Value) -> bool:
    """Whether a title tells of the last bill: "final", "balance", "less deposit"."""
    said = str(title or "")
    return not speaks_of_deposit(said) and (_LAST.search(said) is not None or mentions_deposit(said))
