"""Whether two papers are one customer's: by number, by phone or e-mail, else by name."""

import re
from collections.abc import Iterator, Sequence

from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of

_COLUMNS = ("customer_number", "phone", "email", "customer")
_NO_DIGIT = re.compile(r"\D+")


class Customers:
    """Who each paper of one table is for. Phones and e-mails may stand as written: their last ten figures and small letters are compared."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.numbers, self.phones, self.emails, self.names = (column_of(records, name) for name in _COLUMNS)

    def keys(self, row: int) -> Iterator[str]:
        """Everything by which the customer of a paper may be found."""
        if number := self.numbers[row]:
            yield f"number {number}"
        if name := self.name(row):
            yield f"name {name}"
        yield from self._phones(row)
        yield from self._emails(row)

    def name(self, row: int) -> str:
        """The name for comparing, "" where there is none."""
        name = self.names[row]
        return normal_name(str(name)) if name else ""

    def _phones(self, row: int) -> set[str]:
        return {digits[-10:] for part in _parts(self.phones[row]) if len(digits := _NO_DIGIT.sub("", part.partition(";")[0])) >= 7}

    def _emails(self, row: int) -> set[str]:
        return {part.strip().lower() for part in _parts(self.emails[row]) if "@" in part}

    def agree(self, row: int, others: "Customers", other: int) -> bool | None:
        """Whether two papers are for one customer; None where they do not tell."""
        number, its_number = self.numbers[row], others.numbers[other]
        if number and its_number:
            return number == its_number
        pairs = [(self._phones(row), others._phones(other)), (self._emails(row), others._emails(other))]
        if any(mine & its for mine, its in pairs):
            return True
        name, its_name = self.name(row), others.name(other)
        if not (name and its_name):
            return None
        told_apart = any(mine and its for mine, its in pairs)  # the same name with another address is another customer
        return name == its_name and not told_apart


def _parts(cell: Value) -> list[str]:
    return re.split(r"[,/\n]", str(cell)) if cell else []
