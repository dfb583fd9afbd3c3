"""Formulas of a Google Sheet that fill other cells than their own, to the right and down: writing into one of those breaks them all."""

import re

from contractor_ops.clients.google_grid import SheetCells

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_BRACKETS = re.compile(r"\([^()]*\)")
_CALLS = re.compile(r"([A-Z_][\w.]*)\s*\(", re.I)
_ONE_CELL = frozenset(
    """ABS AND AVERAGE AVERAGEIF AVERAGEIFS CEILING CHAR CONCAT CONCATENATE COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS COUNTUNIQUE DATE
    DATEDIF DATEVALUE DAY DAYS DOLLAR EDATE EOMONTH EXACT FIND FIXED FLOOR HLOOKUP HOUR HYPERLINK IF IFERROR IFNA IFS IMAGE INT ISBLANK
    ISDATE ISEMAIL ISERROR ISNA ISNUMBER ISTEXT JOIN LEFT LEN LOWER MATCH MAX MAXIFS MEDIAN MID MIN MINIFS MINUTE MOD MONTH N NETWORKDAYS
    NOT NOW OR PRODUCT PROPER RAND RANDBETWEEN REGEXEXTRACT REGEXMATCH REGEXREPLACE REPT RIGHT ROUND ROUNDDOWN ROUNDUP ROW COLUMN SEARCH
    SECOND SUBSTITUTE SUBTOTAL SUM SUMIF SUMIFS SUMPRODUCT SWITCH TEXT TEXTJOIN TIME TIMEVALUE TODAY TRIM TRUE FALSE TRUNC UPPER VALUE
    VLOOKUP WEEKDAY WEEKNUM WORKDAY XMATCH YEAR""".split()  # noqa: SIM905
)
"""What gives one value for one cell, wherever no array is made of it. Everything else may fill others, a script's own function too."""


def may_fill_others(formula: str) -> bool:
    """Whether a formula may fill more than its own cell."""
    bare = _QUOTED.sub("", formula)
    return "{" in bare or ":" in _outside(bare) or any(name.upper() not in _ONE_CELL for name in _CALLS.findall(bare))


def fillers(cells: SheetCells, column: int, rows: int) -> list[tuple[int, int] | None]:
    """For each of so many rows, the formula that may fill the cell in this column: nothing that was entered stands between the two.

    Where something does, the formula cannot reach the cell: Google would show #REF! in its place.
    """
    found: list[tuple[int, int] | None] = []
    reaching: list[tuple[int, int]] = []
    for row in range(rows):
        last = _last_entered(cells, row, column)
        reaching = [one for one in reaching if one[1] > last]
        if last >= 0 and (there := cells.at(row, last)).formula and may_fill_others(str(there.entered)):
            reaching.append((row, last))
        found.append(reaching[-1] if reaching else None)
    return found


def _outside(formula: str) -> str:
    """A formula without what stands in its brackets: a range there is what a function works on."""
    before = ""
    while before != formula:
        before, formula = formula, _BRACKETS.sub("", formula)
    return formula


def _last_entered(cells: SheetCells, row: int, column: int) -> int:
    """The column of the last cell up to here in which something was entered, -1 where there is none."""
    return next((at for at in range(column, -1, -1) if cells.at(row, at).entered is not None), -1)
