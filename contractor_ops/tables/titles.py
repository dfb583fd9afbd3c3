"""What the lines above and below a table tell: which report it is, and as of which day."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

_LONG = r"[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}"
_DAY = rf"(?:{_LONG}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}} [A-Z][a-z]{{2,8}} \d{{4}})"
_AS_OF = re.compile(rf"\bas (?:of|at)\b:?\s*({_DAY})", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?:^|:|\b)\s*(?:[A-Z][a-z]{{2,8}}\.? ?\d{{0,2}}|{_DAY})(?:,? ?\d{{4}})?\s*(?:-|–|to|through)\s*({_DAY})",
    re.IGNORECASE,
)
_STAMP = re.compile(
    rf"(?:basis|(?:mon|tues|wednes|thurs|fri|satur|sun)day|generated|printed|exported|created|run)\b.*?({_DAY})", re.IGNORECASE
)

REPORTS_OF_SUMS = {
    "profit and loss": "a profit and loss statement",
    "profit & loss": "a profit and loss statement",
    "income statement": "a profit and loss statement",
    "balance sheet": "a balance sheet",
    "statement of cash flows": "a statement of cash flows",
    "trial balance": "a trial balance",
    "general ledger": "a general ledger, where every transaction stands at least twice",
    "journal": "a journal, where every transaction stands at least twice",
    "sales by customer summary": "a summary of sales, one sum a customer",
    "income by customer summary": "a summary of sales, one sum a customer",
    "sales by product/service summary": "a summary of sales, one sum a product",
}
"""Reports that hold sums of what we want rows of, by how their title begins."""


def report_of_sums(titles: Iterable[Sequence[Any]]) -> str | None:
    """What the report is, if its title says that it is no table of records."""
    for row in titles:
        for cell in row:
            name = " ".join(str(cell).lower().split()) if cell.__class__ is str else ""
            for title, what in REPORTS_OF_SUMS.items():
                if name == title or (name.startswith(title) and name[len(title) :].startswith((" report", " -", ":", " by"))):
                    return what
    return None


def as_of_day(above: Iterable[Sequence[Any]], below: Iterable[Sequence[Any]]) -> date | None:
    """The day that the report names: "As of …", else the end of its date range, else the time stamp in its footer."""
    head, foot = _texts(above), _texts(below)
    for pattern, texts in ((_AS_OF, head), (_AS_OF, foot), (_RANGE, head), (_STAMP, foot), (_STAMP, head)):
        for text in texts:
            found = pattern.search(text)
            day = _read_day(found[1]) if found else None
            if day:
                return day
    return None


def _texts(rows: Iterable[Sequence[Any]]) -> list[str]:
    """Each row as one line, so that "As of" and its day may stand in two cells."""
    return [" ".join(_text(cell) for cell in row if cell not in (None, "")) for row in rows]


def _text(cell: Any) -> str:
    return cell.strftime("%Y-%m-%d") if isinstance(cell, date) else str(cell)


def _read_day(text: str) -> date | None:
    plain = text.replace(",", "").replace(".", "").title()
    for form in ("%b %d %Y", "%B %d %Y", "%m/%d/%Y", "%m/%d/%y", "%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %Y"):
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day on a report has no zone
        except ValueError:
            continue
    return None
