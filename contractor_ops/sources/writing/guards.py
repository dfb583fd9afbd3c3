"""What a sheet forbids for a cell: merged with others, protected, part of a formula's answer, of a query, of a pivot table or of a table's frame."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from xml.etree import ElementTree

from contractor_ops.ports import Sheet
from contractor_ops.sources.writing.areas import Area, read_area, read_areas
from contractor_ops.sources.writing.markup import SheetMarkup
from contractor_ops.sources.writing.package import Package
from contractor_ops.sources.writing.placing import Target
from contractor_ops.sources.writing.styles import CellStyle
from contractor_ops.sources.writing.validation import Rule, read_rules

_ON = frozenset({"1", "true", "on"})


class Guards:
    """One worksheet's."""

    def __init__(self, package: Package, part: str, markup: SheetMarkup, sheets: Mapping[str | None, Sheet]) -> None:
        self._package, self._part, self._markup, self._sheets = package, part, markup, sheets
        self.frame = ElementTree.fromstring(markup.frame)  # noqa: S314 (the parser beneath refuses entity bombs)

    def refuse(self, target: Target, style: CellStyle) -> None:
        """Raise NotWritten where this cell must not be written. Raises ValueError for a frame that is not understood."""
        at = target.row, target.column
        if self._protected and style.locked:
            raise target.refused(
                "the sheet is protected", "Take the protection off (Review, Unprotect Sheet), or unlock this column's cells."
            )
        if any(area.holds(*at) for area in self._merged):
            raise target.refused("the cell is merged with others", "Unmerge it, so that each row has a cell of its own.")
        if any(area.holds(*at) for area in self._answers):
            raise target.refused("a formula of another cell fills it", "Give the column to us alone, or name another one.")
        if any(area.holds(target.row, column) for area in (*self._answers, *self._queried) for column in target.key_columns):
            raise target.refused(
                "a query or a formula brings the rows, and what is written beside them would not move with them",
                "Name the sheet that they come from.",
            )
        if any(area.holds(*at) for area in self._pivots):
            raise target.refused("it is part of a pivot table", "Name the sheet that the pivot table is made from.")
        if any(area.holds(*at) for area in self._table_frames):
            raise target.refused("it is the heading or the total of a table")
        for rule in self._rules:
            rule.refuse(target, self._sheets)

    @cached_property
    def columns(self) -> list[tuple[int, int, int]]:
        """The first and last column (from 0) and the style of each run of columns that has one."""
        found = self.frame.iterfind("{*}cols/{*}col")
        return [(int(one.get("min", "1")) - 1, int(one.get("max", "1")) - 1, int(one.get("style", "0"))) for one in found]

    @cached_property
    def _protected(self) -> bool:
        found = self.frame.find("{*}sheetProtection")
        return found is not None and found.get("sheet") in _ON

    @cached_property
    def _merged(self) -> Sequence[Area]:
        return [read_area(one.get("ref", "")) for one in self.frame.iterfind("{*}mergeCells/{*}mergeCell")]

    @cached_property
    def _answers(self) -> Sequence[Area]:
        """Where array formulas and what-if tables put their answers."""
        formula = re.compile(rb"<" + re.escape(self._markup.prefix) + rb"f\s([^>]*)>")
        tags = (found[1] for found in formula.finditer(self._markup.xml) if b"array" in found[1] or b"dataTable" in found[1])
        refs = (re.search(rb"""\bref\s*=\s*["']([^"']+)["']""", tag) for tag in tags)
        return [read_area(ref[1].decode()) for ref in refs if ref]

    @cached_property
    def _pivots(self) -> Sequence[Area]:
        parts = map(self._package.parsed, self._package.related(self._part, "/pivotTable"))
        found = (part.find("{*}location") for part in parts if part is not None)
        return [read_area(one.get("ref", "")) for one in found if one is not None]

    @cached_property
    def _table_frames(self) -> Sequence[Area]:
        parts = map(self._package.parsed, self._package.related(self._part, "/table"))
        return [area for part in parts if part is not None for area in _frames(part)]

    @cached_property
    def _queried(self) -> Sequence[Area]:
        """Tables that a query fills anew (Power Query, a database)."""
        parts = map(self._package.parsed, self._package.related(self._part, "/table"))
        return [
            area for part in parts if part is not None and part.get("tableType") == "queryTable" for area in read_areas(part.get("ref", ""))
        ]

    @cached_property
    def _rules(self) -> Sequence[Rule]:
        names = {one.get("name", "").casefold(): one.text or "" for one in self._package.book.iterfind("{*}definedNames/{*}definedName")}
        return read_rules(self.frame, names, self._package.first_day)


def _frames(table: ElementTree.Element) -> list[Area]:
    [area] = read_areas(table.get("ref", ""))
    head, foot = int(table.get("headerRowCount", "1")), int(table.get("totalsRowCount", "0"))
    above = [Area(area.top, area.left, area.top + head - 1, area.right)] if head else []
    return [*above, Area(area.bottom - foot + 1, area.left, area.bottom, area.right)] if foot else above
