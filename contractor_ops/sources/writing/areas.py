"""Areas of a sheet as workbooks write them: "B2", "B2:D9", "B:D", "2:9", several with blanks between them."""

import re
from dataclasses import dataclass

from contractor_ops.sources.xlsx_parts import column_number

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_END = re.compile(r"\$?([A-Z]{1,3})?\$?([1-9]\d*)?")


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells; rows and columns count from 0, and the last ones belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell is one of it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def with_cell(self, row: int, column: int) -> "Area":
        """The smallest block that holds this one and the cell."""
        return Area(min(self.top, row), min(self.left, column), max(self.bottom, row), max(self.right, column))

    def __str__(self) -> str:
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


def read_areas(text: str) -> list[Area]:
    """The areas that a text names. Raises ValueError where one is none."""
    return [read_area(one) for one in text.split()]


def read_area(text: str) -> Area:
    """One area. Raises ValueError where it is none."""
    first, _, last = text.partition(":")
    top, left = _end(first, 1, 1)
    bottom, right = _end(last or first, LAST_ROW, LAST_COLUMN)
    return Area(top, left, bottom, right)


def _end(text: str, row: int, column: int) -> tuple[int, int]:
    found = _END.fullmatch(text)
    if found is None or not text.strip("$"):
        raise ValueError(f"{text!r} is no cell")
    return int(found[2] or row) - 1, (column_number(found[1].encode()) if found[1] else column) - 1


def letters(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    text, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """A cell's address; both count from 0."""
    return f"{letters(column)}{row + 1}"
