"""Which sheet of a workbook holds the table; a report that holds no table is refused with a plain reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Sheet, Workbook
from contractor_ops.tables.cleaning import as_shown
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.headings import nearest
from contractor_ops.tables.layout import SCREENFUL, Start, find_start
from contractor_ops.tables.titles import report_of_sums

_PIVOT_WORDS = ("row labels", "column labels", "grand total", "count of ", "sum of ", "average of ")


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet that holds the table, and where it begins there."""

    workbook: Workbook
    sheet: Sheet
    start: Start

    @property
    def has_rows(self) -> bool:
        """Whether anything stands below the headings."""
        return any(any(cell not in (None, "") for cell in row) for row in self.sheet.rows[self.start.at + 1 :])


def choose_sheets(
    spec: TableSpec, workbook: Workbook, wanted: Sequence[str] | None, configured: Mapping[str, str | list[str]]
) -> list[Found]:
    """The sheets to read: those that are named, else the one that fits.

    Raises UnusableFile where none fits, two fit equally well, a name is wrong, or the report is no table of records.
    """
    if wanted:
        return [_must_fit(spec, workbook, _named(workbook, name), configured) for name in wanted]
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden]
    if not visible:
        raise UnusableFile(f"{workbook.file} has no visible sheet.", 'If a hidden one is meant, name it with sheet = "…".')
    fitting = [Found(workbook, sheet, start) for sheet in visible if (start := find_start(spec, sheet, configured))]
    if not fitting:
        raise _nothing_fits(
            spec, workbook, visible, [sheet for sheet in workbook.sheets if sheet.hidden and find_start(spec, sheet, configured)]
        )
    best = max(fitting, key=lambda found: (found.has_rows, len(found.start.known)))
    _refuse_rivals(workbook, best, [found for found in fitting if found is not best])
    _refuse_sums(spec, best)
    return [best]


def _must_fit(spec: TableSpec, workbook: Workbook, sheet: Sheet, configured: Mapping[str, str | list[str]]) -> Found:
    start = find_start(spec, sheet, configured)
    if start is None:
        raise _nothing_fits(spec, workbook, [sheet])
    found = Found(workbook, sheet, start)
    _refuse_sums(spec, found)
    return found


def _named(workbook: Workbook, name: str) -> Sheet:
    for sheet in sorted(workbook.sheets, key=lambda sheet: sheet.name != name):
        if sheet.name is not None and sheet.name.strip().casefold() == name.strip().casefold():
            return sheet
    names = [sheet.name for sheet in workbook.sheets if sheet.name is not None]
    if not names:
        raise UnusableFile(f'{workbook.file} is no workbook with sheets, so it has no sheet "{name}".', "Take the key sheet away.")
    raise UnusableFile(
        f'{workbook.file} has no sheet "{name}". Its sheets are: {", ".join(names)}.', f'Did you mean sheet = "{nearest(name, names)}"?'
    )


def _refuse_rivals(workbook: Workbook, best: Found, others: Sequence[Found]) -> None:
    for other in others:
        shared = len(best.start.known & other.start.known) / len(best.start.known | other.start.known)
        if shared >= 0.75 and other.has_rows and best.has_rows:
            first, second = sorted((best, other), key=lambda found: workbook.sheets.index(found.sheet))
            one, two = first.sheet.name, second.sheet.name
            raise UnusableFile(
                f'{workbook.file}: two sheets fit, "{one}" and "{two}".',
                f'Name the one that is meant with sheet = "{one}", or both with sheets = ["{one}", "{two}"].',
            )


def _refuse_sums(spec: TableSpec, found: Found) -> None:
    what = report_of_sums(found.sheet.rows[: max(found.start.at, 0)])
    if what is not None and not found.start.ageing:
        raise UnusableFile(
            f"{_place(found.workbook, found.sheet)} is {what}, not a table of {spec.name.replace('_', ' ')}.",
            f"Export a report with one row for each of the {spec.name.replace('_', ' ')}.",
        )


def _nothing_fits(spec: TableSpec, workbook: Workbook, sheets: Sequence[Sheet], hidden: Sequence[Sheet] = ()) -> UnusableFile:
    """Why no sheet can be used, as far as it can be told."""
    reasons = {sheet.name: _reason(spec, sheet) for sheet in sheets}
    if len(reasons) == 1:
        message = f"{_place(workbook, sheets[0])}: {next(iter(reasons.values()))}."
    else:
        told = "; ".join(f'"{name}": {reason}' for name, reason in list(reasons.items())[:3])
        message = f"{workbook.file}: none of its {len(reasons)} sheets fits {spec.name}. {told}."
    if hidden:
        return UnusableFile(
            message, f'The hidden sheet "{hidden[0].name}" would fit; if it is meant, name it with sheet = "{hidden[0].name}".'
        )
    groups = ", and one of ".join(" / ".join(group) for group in spec.needs)
    return UnusableFile(
        message,
        f"A table of {spec.name.replace('_', ' ')} has headings for one of {groups}. "
        'If they are called otherwise, say so under columns in config.toml, such as number = "Our ref".',
    )


def _reason(spec: TableSpec, sheet: Sheet) -> str:
    filled = [row for row in sheet.rows if any(cell not in (None, "") for cell in row)]
    if not filled:
        return "it is empty"
    what = report_of_sums(sheet.rows[:SCREENFUL])
    if what is not None:
        return f"it is {what}, not a table of {spec.name.replace('_', ' ')}"
    if _looks_pivoted(sheet):
        return "it is a pivot table or several small blocks, not a table of records"
    wanted = spec.name.replace("_", " ")
    return f"no heading row was found that a table of {wanted} would have; its first filled row is {_first_row(filled[0])}"


def _looks_pivoted(sheet: Sheet) -> bool:
    for row in sheet.rows[:SCREENFUL]:
        for cell in row[1:] if row and str(row[0]).lower().startswith(("total", "grand total")) else row:
            if cell.__class__ is str and cell.strip().lower().startswith(_PIVOT_WORDS):
                return True
    return False


def _first_row(row: Sequence[object]) -> str:
    cells = [" ".join(str(as_shown(cell)).split())[:30] for cell in row if cell not in (None, "")]
    return ", ".join(f'"{cell}"' for cell in cells[:4]) + (" …" if len(cells) > 4 else "")


def _place(workbook: Workbook, sheet: Sheet) -> str:
    return f'{workbook.file}, sheet "{sheet.name}"' if sheet.name else workbook.file
