"""What a Google Sheet forbids for a cell: rows that a query fills, formulas, what a formula may fill, merged cells."""

from collections.abc import Iterator, Sequence

from contractor_ops.clients.google_grid import GridCell, SheetCells
from contractor_ops.errors import NotWritten, NotWrittenYet
from contractor_ops.ports import Cell, Sheet
from contractor_ops.sources.google_cells import moment_of
from contractor_ops.sources.google_spills import fillers
from contractor_ops.sources.writing.areas import address
from contractor_ops.sources.writing.placing import Target

_AGAIN = "Somebody is changing it just now; the next run reads the sheet again and writes then."
_NO_FORMULAS = "Name a column without formulas."


def refuse(targets: Sequence[Target], sheet: Sheet, cells: SheetCells) -> None:
    """Raise NotWritten where a row is not what it was a moment ago, or one of these cells of one sheet must not be written."""
    for target in targets:
        if not _same_row(sheet, cells, target.row) or not _same_row(sheet, cells, target.heading_row):
            raise NotWrittenYet(f"{target.place}: the row was changed at the same moment, so nothing was written.", _AGAIN)
    _refuse_filled_rows(targets, cells)
    for target in targets:
        if cells.at(target.row, target.column).formula:
            raise target.refused("a formula stands in the cell", _NO_FORMULAS)
        if cells.merged(target.row, target.column):
            raise target.refused("the cell is merged with others", "Unmerge it, so that each row has a cell of its own.")
    _refuse_reached(targets, cells)


def _refuse_filled_rows(targets: Sequence[Target], cells: SheetCells) -> None:
    """Rows that a query fills move when its source changes; what is written beside them stays, and what is written into them breaks it."""
    heading_row = min(target.heading_row for target in targets)
    at = next(_filled(cells, heading_row), None)
    if at is None:
        return
    row, column = at
    filler = fillers(cells, column, row + 1)[row]
    by = f"a formula in {address(*filler)} fills" if filler else "a formula, query or pivot table fills"
    raise NotWritten(
        f"{targets[0].place.file}, sheet {cells.title}: {by} {address(row, column)} and may fill, move or clear cells of the table by itself, "
        "so nothing was written.",
        "Let us write into the sheet that its rows come from; or keep the table free of formulas that fill several cells.",
    )


def _filled(cells: SheetCells, first: int) -> Iterator[tuple[int, int]]:
    for row in range(first, len(cells.rows)):
        yield from ((row, column) for column, cell in enumerate(cells.rows[row]) if cell.filled)


def _refuse_reached(targets: Sequence[Target], cells: SheetCells) -> None:
    """What a formula fills with nothing shows nothing: then only its place tells."""
    for column in dict.fromkeys(target.column for target in targets):
        there = [target for target in targets if target.column == column]
        reached = fillers(cells, column, max(target.row for target in there) + 1)
        for target in there:
            if filler := reached[target.row]:
                raise target.refused(f"the formula in {address(*filler)} may fill the cell", "Name a column that no formula fills.")


def _same_row(sheet: Sheet, cells: SheetCells, row: int) -> bool:
    """Whether a row holds what was read; what a formula gives may change by itself."""
    return all((row, column) in sheet.errors or _same(old, cells.at(row, column)) for column, old in enumerate(sheet.rows[row]))


def _same(old: Cell, now: GridCell) -> bool:
    if now.formula or now.filled:
        return True
    shows = "" if now.shows is None else now.shows
    return bool(old == shows) or (isinstance(shows, int | float) and moment_of(shows) == old)
