"""A table's rows as the run read them, for what writes into a sheet that others write into at the same time."""

from collections.abc import Collection, Mapping, Sequence

from contractor_ops.errors import NotWritten
from contractor_ops.ports import Cell, Sheet
from contractor_ops.sources.writing.placing import columns_of
from contractor_ops.tables.record import Place


class RowsAsRead:
    """Rows of these sheets; `whose` are the headings of the columns that tell whose row it is."""

    def __init__(self, sheets: Sequence[Sheet], whose: Collection[str]) -> None:
        self._sheets, self._whose = {sheet.name: sheet for sheet in sheets}, whose
        self._columns: dict[tuple[str | None, frozenset[str]], Mapping[str, int]] = {}

    def cells(self, place: Place, needed: frozenset[str]) -> Mapping[str, Cell] | None:
        """By heading: those needed, and those that tell whose row it is; None where the sheet has not all that are needed."""
        sheet = self._sheets.get(place.sheet)
        if sheet is None or place.row is None or not 0 < place.row <= len(sheet.rows):
            return None
        about = place.sheet, needed
        if about not in self._columns:
            try:
                self._columns[about] = columns_of(sheet, needed, self._whose, place.file)
            except NotWritten:
                return None  # the writing finds the same, and says it
        row = sheet.rows[place.row - 1]
        return {heading: row[at] if at < len(row) else "" for heading, at in self._columns[about].items()}
