"""Which rows below the headings are records, and what the others are: blanks, totals, group rows, repeated headings, footers."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.heading_words import as_heading, heading_key
from contractor_ops.tables.headings import Headings, known_keys
from contractor_ops.tables.layout import Start, heading_like, is_bucket
from contractor_ops.tables.looks import MONTH, look_of

_TOTAL = re.compile(
    r"(?:grand |sub|sub-|sub |report |net |overall )?totals?\b:?(?: ?\([^()]*\):?)?|(?:sum|average|avg|mean|count)\b[:.]?", re.IGNORECASE
)
_TOTAL_FOR = re.compile(r"(?:sub)?totals? (?:for |of |- )(.+)", re.IGNORECASE | re.DOTALL)
_TOTAL_NAMED = re.compile(r"total (.+)", re.IGNORECASE | re.DOTALL)
_FOOTER = re.compile(
    r"(?:accrual|cash) basis|(?:report )?(?:generated|printed|exported|prepared|created|run) (?:on|by|at)\b|page \d+|end of report|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? |notes?:|\*|©|filter(?:s|ed)?\b.*:",
    re.IGNORECASE,
)
_TIME_OF_YEAR = re.compile(rf"{MONTH}\.? ?(?:\d{{1,2}},? ?)?(?:\d{{4}})?|week .*|q[1-4].*|\d{{4}}", re.IGNORECASE)
_LABELS = frozenset(
    {
        "total",
        "grand",
        "subto",
        "sub t",
        "sub-t",
        "repor",
        "net t",
        "overa",
        "sum",
        "sum:",
        "avera",
        "avg",
        "avg:",
        "avg.",
        "mean",
        "mean:",
        "count",
    }
)


@dataclass(slots=True)
class Total:
    """A row that says what the rows above come to."""

    row: int
    whole: bool


@dataclass(slots=True)
class Rows:
    """The rows below the headings, told apart. Indexes count from 0; `customers` and `ageing` name a record's group, by its row."""

    records: list[int] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    totals: list[Total] = field(default_factory=list)
    customers: dict[int, str] = field(default_factory=dict)
    ageing: dict[int, str] = field(default_factory=dict)
    below: list[int] = field(default_factory=list)
    second_table: int | None = None


def tell_rows_apart(spec: TableSpec, rows: Sequence[Sequence[Any]], start: Start, headings: Headings) -> Rows:
    """Tell records from everything else. Only rows that are odd at a glance are looked at closely."""
    found = Rows()
    close = _CloseLook(spec, rows, start, headings)
    odd = _odd_rows(rows, start, close)
    others = {row: kind for row in odd if (kind := close.kind(row)) != "record"}
    found.records = [row for row in range(start.at + 1, len(rows)) if row not in others]
    last = found.records[-1] if found.records else start.at
    for row, kind in others.items():
        if kind == "section" and row > last:
            others[row] = kind = "footer"
        if kind == "second table" and found.second_table is None:
            found.second_table = row
        if kind == "footer":
            found.below.append(row)
        if kind == "total":
            found.totals.append(Total(row, close.is_whole_total(row)))
        found.passed_over[kind] += 1
    if spec.column("customer") is not None and _nobody_named(rows, found.records, headings):
        found.customers = _customers_of_groups(found.records, others, close.labels)
    found.ageing = _ageing_of_groups(found.records, others, close.labels)
    return found


def _ageing_of_groups(records: Sequence[int], others: Mapping[int, str], labels: Mapping[int, str]) -> dict[int, str]:
    """The ageing group ("1 - 30 days past due") that each record stands in, by the record's row."""
    starts = [row for row, kind in others.items() if kind == "section" and is_bucket(labels.get(row, ""))]
    return {row: labels[starts[at - 1]] for row in records if (at := bisect(starts, row))} if starts else {}


def _nobody_named(rows: Sequence[Sequence[Any]], records: Sequence[int], headings: Headings) -> bool:
    """Whether no record says itself who its customer is, so that only the group rows can."""
    feed = headings.feeds.get("customer")
    return feed is None or all(_is_blank(rows[row][index]) for row in records for index in feed.indexes)


def _customers_of_groups(records: Sequence[int], others: Mapping[int, str], labels: Mapping[int, str]) -> dict[int, str]:
    """The customer that each record's group row names, by the record's row."""
    groups = _Groups(others, labels)
    found: dict[int, str] = {}
    for row in sorted([*records, *others]):
        if row in others:
            groups.pass_by(row, others[row])
        elif groups.customer:
            found[row] = groups.customer
    return found


def _odd_rows(rows: Sequence[Sequence[Any]], start: Start, close: "_CloseLook") -> list[int]:
    """Rows that need a closer look: hardly filled, without anything that identifies them, or labelled like a total or a heading."""
    thin, keys, words = close.thin, close.keys, close.heading_words
    odd: list[int] = []
    after_blank = True
    for at in range(start.at + 1, len(rows)):
        row = rows[at]
        width = len(row)
        filled = width - row.count("") - row.count(None)
        if filled <= thin or after_blank:
            odd.append(at)
            after_blank = filled == 0
            continue
        named = False
        for key in keys:
            if key < width:
                cell = row[key]
                if cell is not None and cell != "":
                    named = True
                    if cell.__class__ is str and (cell in words or cell[:5].lower() in _LABELS):
                        named = False
                        break
        if not named:
            odd.append(at)
    return odd


class _CloseLook:
    """Says what an odd row is."""

    def __init__(self, spec: TableSpec, rows: Sequence[Sequence[Any]], start: Start, headings: Headings) -> None:
        self.spec, self.rows, self.start = spec, rows, start
        self.feeds = headings.feeds
        self.known = known_keys(spec)
        names = dict.fromkeys(("number", "customer", *(spec.needs[0] if spec.needs else ())))
        keys = [self.feeds[name] for name in names if name in self.feeds]
        self.keys = [feed.indexes[0] for feed in keys if feed.column.kind != "money"][:4]
        if start.ageing and not self.keys:
            self.keys = [0]
        self.heading_words = {text for text in start.texts if text}
        self.heading_keys = frozenset(heading_key(text) for text in self.heading_words)
        self.thin = 2 if len(self.heading_words) >= 4 else 1
        self.lone = self._lone_column()
        self.labels: dict[int, str] = {}

    def _lone_column(self) -> int | None:
        """The column that makes a record by itself: an item, a technician, a customer's name in the customers table."""
        group = self.spec.needs[0] if self.spec.needs else ()
        feed = self.feeds.get(group[0]) if len(group) == 1 else None
        return feed.indexes[0] if feed else None

    def kind(self, at: int) -> str:
        """One of: record, blank, heading, second table, total, section, footer, customer without an amount."""
        cells = [(index, cell) for index, cell in enumerate(self.rows[at]) if not _is_blank(cell)]
        if not cells:
            return "blank"
        heading = self._heading(at)
        if heading:
            return heading
        label = cells[0][1].strip() if cells[0][1].__class__ is str else ""
        self.labels[at] = label
        rest = [cell for _, cell in cells[1:]]
        if label and self._is_total(label, cells[0][0], rest):
            return "total"
        if label and len(cells) <= 3 and (_FOOTER.match(label) or (label.endswith(":") and len(cells) <= 2)):
            return "footer"
        if len(cells) == 1:
            return self._lone_kind(*cells[0])
        if not any(index in self.keys for index, _ in cells) and all(_is_number(cell) for _, cell in cells):
            return "total" if any(cell for _, cell in cells) else "blank"
        return "record" if not self._says_nothing(cells) else "customer without an amount"

    def is_whole_total(self, at: int) -> bool:
        """Whether a total row is about the whole table, not about one group."""
        label = self.labels.get(at, "")
        return _TOTAL.fullmatch(label) is not None and "total" in label.lower() and not label.lower().startswith("sub")

    def _heading(self, at: int) -> str | None:
        row = self.rows[at]
        texts = [(index, as_heading(cell)) for index, cell in enumerate(row) if not _is_blank(cell)]
        same = sum(index < len(self.start.texts) and text == self.start.texts[index] for index, text in texts)
        if same >= 2 and same >= 0.6 * len(texts):
            return "heading"
        keys = heading_like(self.known, row)
        if not keys:
            return None
        return "heading" if at == self.start.at + 1 or len(keys & self.heading_keys) >= 0.6 * len(keys) else "second table"

    def _is_total(self, label: str, index: int, rest: Sequence[Any]) -> bool:
        if not all(_is_number(cell) for cell in rest):
            return False
        if _TOTAL.fullmatch(label) or _TOTAL_FOR.fullmatch(label):
            return True
        named = _TOTAL_NAMED.fullmatch(label)
        outside = index >= len(self.start.texts) or not self.start.texts[index]
        return named is not None and bool(rest) and (outside or named[1].strip() in self.labels.values())

    def _lone_kind(self, index: int, cell: Any) -> str:
        if index == self.lone:
            return "record"
        number = self.feeds.get("number")
        if number and index == number.indexes[0] and _is_document_number(cell):
            return "record"
        if cell.__class__ is str and not _is_number(cell):
            return "section"
        return "total" if _is_number(cell) else "footer"

    def _says_nothing(self, cells: Sequence[tuple[int, Any]]) -> bool:
        """In a table of money: a name, and nothing about money, days or state."""
        if not self.spec.folds or self.lone is not None:
            return False
        telling = {index for feed in self.feeds.values() if feed.column.kind in {"id", "money", "day", "status"} for index in feed.indexes}
        if self.start.ageing:
            telling |= set(range(1, len(self.start.texts)))
        return not any(index in telling for index, _ in cells)


class _Groups:
    """Follows the group rows down the sheet, so that a record knows its customer where only the group row names it."""

    def __init__(self, kinds: Mapping[int, str], labels: Mapping[int, str]) -> None:
        self.labels = labels
        self.open: list[str] = []
        totals = (labels.get(row, "") for row, kind in kinds.items() if kind == "total")
        self.closed_later = {_closes(label) for label in totals} - {""}

    @property
    def customer(self) -> str:
        """The customer as QuickBooks writes one with sub-customers: "Parent:Sub"."""
        return ":".join(self.open)

    def pass_by(self, row: int, kind: str) -> None:
        label = self.labels.get(row, "")
        if kind in {"section", "customer without an amount"} and label and not is_bucket(label) and not _TIME_OF_YEAR.fullmatch(label):
            self.open = [name for name in self.open if name in self.closed_later and name != label]
            self.open.append(label)
        elif kind == "total" and _closes(label) in self.open:
            del self.open[self.open.index(_closes(label)) :]


def _closes(label: str) -> str:
    found = _TOTAL_FOR.fullmatch(label) or _TOTAL_NAMED.fullmatch(label)
    return found[1].strip() if found else ""


def _is_blank(cell: Any) -> bool:
    return cell is None or cell == "" or (cell.__class__ is str and not cell.strip())


def _is_number(cell: Any) -> bool:
    return cell.__class__ in (int, float) or (cell.__class__ is str and look_of(cell) in {"number", "phone"}) or look_of(cell) == "number"


def _is_document_number(cell: Any) -> bool:
    text = str(cell).strip()
    return any(map(str.isdigit, text)) and not any(map(str.isspace, text)) and not is_bucket(text)
