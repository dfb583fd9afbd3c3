"""Which tables a workbook may hold, for looking through a folder of spreadsheets."""

from contractor_ops.ports import Workbook
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.layout import find_start
from contractor_ops.tables.titles import report_of_sums

Guess = tuple[str, str | None, float, tuple[str, ...]]
"""Table, sheet, score, our columns that the sheet names; the higher the score, the surer."""


def guess_table(workbook: Workbook) -> list[Guess]:
    """Every table that a visible sheet could be, the likeliest first; empty where none fits."""
    guesses: list[Guess] = []
    for sheet in workbook.sheets:
        if sheet.hidden:
            continue
        for spec in TABLES.values():
            start = find_start(spec, sheet, {}) if spec.needs else None
            if start is None or (report_of_sums(sheet.rows[: max(start.at, 0)]) and not start.ageing):
                continue
            known = tuple(name for name in spec.column_names if name in start.known)
            score = len(known) + 2.0 * len(start.known.intersection(spec.marks)) + _named(workbook, sheet.name, spec.name)
            guesses.append((spec.name, sheet.name, score, known))
    return sorted(guesses, key=lambda guess: -guess[2])


def _named(workbook: Workbook, sheet: str | None, table: str) -> float:
    """A file or sheet that is called after the table is very likely it."""
    words = f"{workbook.file} {sheet or ''}".lower().replace("-", "_").replace(" ", "_")
    singular = table.removesuffix("s")
    return 6.0 if singular in words or (table == "estimates" and "quote" in words) else 0.0
