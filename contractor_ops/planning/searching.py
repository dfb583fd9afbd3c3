"""A column of a large sheet as one text, in which a few cells are found sooner than any of them is cleaned."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from contractor_ops.tables.record import Value

Way = Callable[[str], str]
"""What a column is made into before it is searched; line ends stay."""

_NO_FIGURE = re.compile("[^0-9\n]+")
_LEFT_OUT = re.compile("['’.\u0300-\u036f]+")


def only_figures(text: str) -> str:
    """Nothing but figures."""
    return _NO_FIGURE.sub("", text)


def small_letters(text: str) -> str:
    """Capitals are small."""
    return text.casefold()


def plain_names(text: str) -> str:
    """So that each word of a name as names are compared stands in it: without accents, "&" as "and"."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return _LEFT_OUT.sub("", plain.casefold()).replace("&", " and ")


class Searched:
    """The cells of one column, made ready in one of the ways above."""

    def __init__(self, cells: Sequence[Value], way: Way) -> None:
        lines = [str(cell) if cell else "" for cell in cells]
        text = "\n".join([*lines, ""])
        if text.count("\n") > len(lines):  # a line for each cell, also for those with line ends of their own
            text = "\n".join([*(" ".join(line.split("\n")) for line in lines), ""])
        self.text = way(text)

    def rows_with(self, wanted: str) -> Iterator[int]:
        """The positions of the cells in which this text stands; with a line end behind it, of those that end so."""
        row, counted, found = 0, 0, self.text.find(wanted)
        while found >= 0:
            row += self.text.count("\n", counted, found)
            yield row
            counted = self.text.find("\n", found + len(wanted) - 1)
            found = self.text.find(wanted, max(counted, found + 1)) if counted >= 0 else -1
