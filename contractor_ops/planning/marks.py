"""By what a row tells whose it is: customer number, telephones, e-mails, name."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record

FEWEST = 7
"""Figures from which a telephone number tells somebody."""
_NO_FIGURE = re.compile("[^0-9]+")
_PARTS = re.compile(r"[,/\n]")
_EXTENSION = re.compile(r"(?:;ext=|\bext(?:ension)?\b\.?|\bx|#)\s*\d{1,6}\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a row tells whose it is; names, and the last ten figures of telephones, as they are compared."""

    number: str | None
    phones: frozenset[str]
    emails: frozenset[str]
    name: str

    @property
    def strong(self) -> bool:
        """Whether it tells more than a name."""
        return bool(self.number or self.phones or self.emails)

    def apart(self, other: "Marks") -> bool:
        """Whether both tell something of one kind, and it differs."""
        if self.number and other.number:
            return self.number != other.number
        pairs = ((self.phones, other.phones), (self.emails, other.emails))
        return any(mine and its for mine, its in pairs) and not any(mine & its for mine, its in pairs)


def marks_of(record: Record, name: str, not_theirs: Collection[str]) -> Marks:
    """The marks of a row whose phones and e-mails are cleaned; `name` is its column of names, `not_theirs` are numbers of the office's own."""
    number = record["number"] if record.table == "customers" else record["customer_number"]
    raw = record["phone"] or (record.problems["phone"].value if "phone" in record.problems else None)
    phones = frozenset(ending for part in _PARTS.split(str(raw or "")) if len(ending := figures(part)[-10:]) >= FEWEST)
    emails = frozenset(str(record["email"] or "").split(", ")) - {""}
    return Marks(str(number) if number else None, phones - frozenset(not_theirs), emails, normal_name(str(record[name] or "")))


def figures(text: str) -> str:
    """The figures of a telephone number, without its extension."""
    return bare(_EXTENSION.sub("", text))


def bare(text: str) -> str:
    """Nothing but the figures."""
    return _NO_FIGURE.sub("", text)
