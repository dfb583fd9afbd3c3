"""New cells in a sheet's XML: found or put in their place, in a style that fits their column."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from xml.sax.saxutils import escape

from contractor_ops.ports import NewValue
from contractor_ops.sources.writing.areas import address, letters, read_areas
from contractor_ops.sources.writing.guards import Guards
from contractor_ops.sources.writing.markup import Element, SheetMarkup, children
from contractor_ops.sources.writing.placing import Target, as_text
from contractor_ops.sources.writing.styles import GENERAL, PLAIN, CellStyle

_KNOWN_ATTRIBUTES = frozenset({b"r", b"s", b"t", b"ph"})
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FIRST_DAY = date(1900, 3, 1)
"""Excel believes in a 29 February 1900; days before are counted otherwise."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Bytes that take the place of others."""

    start: int
    end: int
    new: bytes


class SheetCells:
    """One worksheet to write into."""

    def __init__(self, markup: SheetMarkup, guards: Guards, styles: Sequence[CellStyle], first_day: date) -> None:
        self._markup, self._guards, self._styles = markup, guards, styles
        self._epoch = first_day
        self._styles_below = cache(self._styles_of_column)

    def changed(self, targets: Sequence[Target]) -> bytes:
        """The sheet's XML with these cells changed. Raises NotWritten, NotUnderstood or ValueError."""
        by_row: dict[int, list[Target]] = {}
        for target in targets:
            by_row.setdefault(target.row, []).append(target)
        edits = [edit for row in sorted(by_row) for edit in self._row(row, by_row[row])]
        xml, pieces, at = self._markup.xml, [], 0
        for edit in sorted([*edits, *self._dimension(targets)], key=lambda edit: edit.start):
            pieces += [xml[at : edit.start], edit.new]
            at = edit.end
        return b"".join([*pieces, xml[at:]])

    def _row(self, row: int, targets: Sequence[Target]) -> list[_Edit]:
        element = self._markup.rows.get(row + 1)
        if element is None:
            raise targets[0].refused("the row is not in the file")
        cells = self._markup.cells(element, row + 1)
        there = dict(cells)
        edits: list[_Edit] = []
        for target in sorted(targets, key=lambda target: target.column):
            cell = there.get(target.column + 1)
            new = self._cell(target, cell, element)
            following = next((each.start for column, each in cells if column > target.column + 1), element.close)
            start, end = (cell.start, cell.end) if cell else (following, following)
            edits.append(_Edit(start, end, new))
        if element.empty:  # a row without cells closes itself
            tag = self._markup.xml[element.start : element.end].removesuffix(b"/>")
            closing = b"</" + self._markup.prefix + b"row>"
            return [_Edit(element.start, element.end, tag + b">" + b"".join(edit.new for edit in edits) + closing)]
        return [*self._spans(element, targets), *edits]

    def _cell(self, target: Target, cell: Element | None, row: Element) -> bytes:
        if cell is not None:
            self._refuse_content(target, cell)
        style, value = self._style(target, cell, row)
        self._guards.refuse(replace(target, value=value), self._style_at(style))
        return self._written(target, style, value)

    def _refuse_content(self, target: Target, cell: Element) -> None:
        """Raise where the cell holds more than a value."""
        names = {name.removeprefix(self._markup.prefix) for name, _ in children(self._markup.xml, cell)}
        if b"f" in names:
            raise target.refused("the cell holds a formula", "Give us a column of its own, which holds no formulas.")
        if not cell.attributes.keys() <= _KNOWN_ATTRIBUTES or not names <= {b"v", b"is"}:
            raise target.refused(
                "the cell holds a picture, a linked record or the answer of a formula", "Empty it, or name another column."
            )

    # ── styles ──

    def _style(self, target: Target, cell: Element | None, row: Element) -> tuple[int | None, NewValue]:
        """The style to write in, and the value as it can be shown in it: where nothing shows days, a day is written in ISO letters.

        A number would show as 46349 there; the letters are read by people and by us, and sort rightly.
        """
        near = self._near(target)
        own = int(cell.attributes.get(b"s", b"0")) if cell else None
        style = own if own is not None else next(iter(near), self._default(target, row))
        if isinstance(target.value, Decimal | int) and self._style_at(style).shows_days:
            raise target.refused("the cell shows days, so a number in it would be read as one", "Format the column's cells as numbers.")
        if not isinstance(target.value, date):
            return style, target.value
        if not self._style_at(style).shows_days and self._style_at(style).format == GENERAL:
            style = next((one for one in near if self._style_at(one).shows_days), style)
        day = target.value.date() if isinstance(target.value, datetime) else target.value
        shown = self._style_at(style).shows_days and day >= max(_FIRST_DAY, self._epoch)
        return style, target.value if shown else as_text(target.value)

    def _style_at(self, index: int | None) -> CellStyle:
        return self._styles[index] if index is not None and index < len(self._styles) else PLAIN

    def _near(self, target: Target) -> list[int]:
        """The styles of the column's other cells below the heading: from this row upwards, then from it downwards."""
        rows, styles = self._styles_below(target.column)
        first, here = bisect_left(rows, target.heading_row + 2), bisect_left(rows, target.row + 1)
        return [*reversed(styles[max(first, here - _FAR) : here]), *styles[max(first, here) : here + _FAR]]

    def _styles_of_column(self, column: int) -> tuple[list[int], list[int]]:
        head, here = b"<" + re.escape(self._markup.prefix), letters(column).encode() + rb"(\d+)"
        # Nearly everybody writes the address first, which is quickly found.
        usual = b"<" + self._markup.prefix + b'c r="' in self._markup.xml
        cell = re.compile(head + (b'c r="' + here + b'"' if usual else rb"""c\s(?=[^>]*?\br=["']""" + here + rb"""["'])""") + b"([^>]*)>")
        data = self._markup.data
        found = sorted((int(one[1]), _style_in(one[2])) for one in cell.finditer(self._markup.xml, data.inner, data.close))
        return [row for row, _ in found], [style for _, style in found]

    def _default(self, target: Target, row: Element) -> int | None:
        """The style of a cell that nobody has touched: its row's, else its column's."""
        if row.attributes.get(b"customFormat") in {b"1", b"true"}:
            return int(row.attributes.get(b"s", b"0"))
        return next((style for first, last, style in self._guards.columns if first <= target.column <= last), None)

    # ── writing ──

    def _written(self, target: Target, style: int | None, value: NewValue) -> bytes:
        p = self._markup.prefix.decode()
        head = f'<{p}c r="{address(target.row, target.column)}"' + (f' s="{style}"' if style else "")
        match value:
            case None:
                text = f"{head}/>"
            case str():
                text = f'{head} t="inlineStr"><{p}is><{p}t xml:space="preserve">{_escaped(value)}</{p}t></{p}is></{p}c>'
            case date():
                text = f"{head}><{p}v>{self._serial(value)}</{p}v></{p}c>"
            case Decimal() | int():
                text = f"{head}><{p}v>{as_text(value)}</{p}v></{p}c>"
        return text.encode()

    def _serial(self, value: date) -> str:
        """A day as the number that Excel counts it by; the time of day is its fraction."""
        day = value.date() if isinstance(value, datetime) else value
        number = str((day - self._epoch).days)
        if isinstance(value, datetime) and (seconds := (value - datetime(day.year, day.month, day.day)).total_seconds()):  # noqa: DTZ001
            number += f"{seconds / 86_400:.10f}"[1:]
        return number

    def _spans(self, row: Element, targets: Sequence[Target]) -> list[_Edit]:
        """The row's own note of the columns that it reaches over, where it says too little now."""
        first, _, last = row.attributes.get(b"spans", b"").decode().partition(":")
        columns = [target.column + 1 for target in targets]
        if not first.isdecimal() or not last.isdecimal() or (int(first) <= min(columns) and max(columns) <= int(last)):
            return []
        wider = f'{min(int(first), *columns)}:{max(int(last), *columns)}"'.encode()
        tag = self._markup.xml[row.start : row.inner]
        return [_Edit(row.start, row.inner, re.sub(rb"""(\sspans\s*=\s*)["'][^"']*["']""", rb'\1"' + wider, tag))]

    def _dimension(self, targets: Sequence[Target]) -> list[_Edit]:
        """The sheet's note of the block that it fills, where it says too little now."""
        found = re.search(b"<" + re.escape(self._markup.prefix) + rb"""dimension\s[^>]*?\bref\s*=\s*["']([^"']*)["']""", self._markup.xml)
        if found is None or found.start() > self._markup.data.start:
            return []
        [area] = read_areas(found[1].decode())
        whole = area
        for target in targets:
            whole = whole.with_cell(target.row, target.column)
        return [_Edit(found.start(1), found.end(1), str(whole).encode())] if whole != area else []


_FAR = 500
"""How many other cells of a column, above and below, are asked for their style."""


def _style_in(tag: bytes) -> int:
    found = re.search(rb"""\bs=["'](\d+)["']""", tag)
    return int(found[1]) if found else 0


def _escaped(text: str) -> str:
    """A text as a workbook writes it: "_x0041_" in it is no letter A."""
    return escape(_LOOKS_ESCAPED.sub("_x005F_", _NOT_IN_XML.sub("", text)))
