"""Formulas that look at cells which are to be written: until somebody saves the file in Excel, they go on saying what they said before."""

import html
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from contractor_ops.sources.writing.areas import address, letters, read_area
from contractor_ops.sources.writing.markup import SheetMarkup, attributes
from contractor_ops.sources.writing.placing import Target
from contractor_ops.sources.xlsx_parts import column_number

_WORDS = re.compile(r'"[^"]*"')
_CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d*"
_REFERENCE = re.compile(
    r"(?<![\w.$:\]!'])(?:('(?:[^']|'')+'|[\w.]+)!)?"
    rf"({_CELL}(?::{_CELL})?|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}|\$?[1-9]\d*:\$?[1-9]\d*)(?![\w.(!])"
)
_END = re.compile(r"(\$?)([A-Z]{0,3})(\$?)(\d*)")


@dataclass(frozen=True, slots=True)
class _Formula:
    """What a cell calculates. A shared one is written in a cell `down` rows above and `along` columns to the left."""

    column: int
    text: str
    down: int = 0
    along: int = 0

    def looks_at(self, sheet: str, row: int, column: int, heading: str) -> bool:
        """Whether it names this cell (from 0), by its place or by the heading of its column in a table."""
        text = _WORDS.sub('""', self.text)
        if heading and f"[{heading}]".casefold() in text.casefold():
            return True
        named = ((found[1], found[2]) for found in _REFERENCE.finditer(text))
        here = (area for of, area in named if of is None or of.strip("'").replace("''", "'") == sheet)
        return any(read_area(":".join(map(self._moved, area.split(":")))).holds(row, column) for area in here)

    def _moved(self, end: str) -> str:
        found = _END.fullmatch(end)
        if found is None or not (self.down or self.along):
            return end
        fixed, letter, fixed_row, number = found.groups()
        if letter and not fixed:
            letter = letters(max(0, column_number(letter.encode()) - 1 + self.along))
        return letter + (str(max(1, int(number) + (0 if fixed_row else self.down))) if number else "")


class Formulas:
    """Those of one worksheet."""

    def __init__(self, markup: SheetMarkup, sheet: str) -> None:
        self._markup, self._sheet = markup, sheet

    def refuse_stale(self, target: Target, headings: Mapping[int, str], read: Collection[int]) -> None:
        """Raise NotWritten where a formula of the row, in a column that is read, looks at the target, be it by way of other formulas."""
        seen, news = {target.column}, [target.column]
        while news:
            at = news.pop()
            for one in self._by_row.get(target.row, ()):
                if one.column not in seen and one.looks_at(self._sheet, target.row, at, headings.get(at, "")):
                    if one.column in read:
                        raise target.refused(
                            f'the formula in {address(target.row, one.column)} ("{headings.get(one.column, "")}") goes by it, and would say '
                            "the old thing to us until somebody saves the file in Excel", "Name another column.",
                        )  # fmt: skip
                    seen.add(one.column)
                    news.append(one.column)

    @cached_property
    def _by_row(self) -> Mapping[int, list[_Formula]]:
        markup, p = self._markup, re.escape(self._markup.prefix)
        cell = re.compile(
            b"<" + p + rb"""c\s[^>]*?\br=["']([A-Z]{1,3})(\d+)["'][^>]*>\s*<""" + p + rb"f(?=[\s/>])([^>]*?)(?:/>|>([^<]*)</)"
        )
        shared: dict[bytes, tuple[int, int, str]] = {}
        rows: dict[int, list[_Formula]] = {}
        for found in cell.finditer(markup.xml, markup.data.inner, markup.data.close):
            column, row, about = column_number(found[1]) - 1, int(found[2]) - 1, attributes(found[3])
            text, number = html.unescape((found[4] or b"").decode()), about.get(b"si", b"")
            if text and number:
                shared[number] = row, column, text
            top, left, text = (row, column, text) if text else shared.get(number, (row, column, ""))
            if text:
                rows.setdefault(row, []).append(_Formula(column, text, row - top, column - left))
        return rows
