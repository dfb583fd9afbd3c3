"""A table for people: its rows, the lines that were passed over, and how its headings were understood."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from contractor_ops.reports.format import count, money
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.table_rows import STORY_HEADINGS, shown_headings
from contractor_ops.tables.record import Problem, Record, Table

if TYPE_CHECKING:
    from rich.table import Table as RichTable

MOST_ROWS = 50
MOST_COLUMNS = 9
_LONGEST, _LONGEST_STORY = 60, 240
"""Characters of a cell on a terminal; why a row is there is not cut short."""


def plain_table(table: Table) -> str:
    """Every row and column, separated by tabs, nothing cut off; of what a view may tell, only what it tells here."""
    headings = shown_headings(table)
    columns = [name for name in headings if name not in STORY_HEADINGS or _is_told(table, name)]
    lines = ["\t".join(["row", *(headings[name] for name in columns)])]
    lines += ["\t".join([str(record.place.row or ""), *(shown(record[name]) for name in columns)]) for record in table.records]
    return "\n".join(lines)


def rich_table(table: Table) -> "RichTable":
    """The first rows and the columns that matter most, for a terminal."""
    from rich.table import Table as RichTable
    from rich.text import Text

    headings = shown_headings(table)
    columns = _story_early([name for name in headings if _is_told(table, name)])[:MOST_COLUMNS]
    view = RichTable(title=f"{table.name}: {', '.join(table.files)}", title_justify="left", header_style="bold")
    view.add_column("row", justify="right", style="dim")
    for name in columns:
        money = any(isinstance(record[name], Decimal) for record in table.records[:MOST_ROWS])
        view.add_column(headings[name], justify="right" if money else "left", overflow="fold")
    for record in table.records[:MOST_ROWS]:
        view.add_row(str(record.place.row or ""), *(Text(_brief(record, name)) for name in columns))
    return view


def _is_told(table: Table, name: str) -> bool:
    return any(record[name] is not None for record in table.records)


def _story_early(columns: list[str]) -> list[str]:
    """What a view tells stands behind the first two columns, so that a narrow screen has it."""
    story = [name for name in STORY_HEADINGS if name in columns]
    others = [name for name in columns if name not in story]
    return [*others[:2], *story, *others[2:]]


def _brief(record: Record, name: str) -> str:
    text, longest = one_line(shown(record[name])), _LONGEST_STORY if name in STORY_HEADINGS else _LONGEST
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def shown(value: Any) -> str:
    """A value as people write it; unknown is blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return one_line(str(value))


def table_notes(table: Table) -> list[str]:
    """How many rows there are, what was passed over and why, and every problem with its place."""
    passed = [_passed(kind, number) for kind, number in table.passed_over.items() if number]
    passed += [f"{count(table.folded, 'line')} folded into another"] if table.folded else []
    more = f" (the first {MOST_ROWS} shown; --format csv has all)" if len(table.records) > MOST_ROWS else ""
    notes = [f"{count(len(table.records), 'record')}{more}. Not records: {', '.join(passed) or 'none'}."]
    notes += [f"{name.capitalize()}: {money(amount)}." for name, amount in table.sums.items()]
    notes += [f"As of {table.as_of.isoformat()}."] if table.as_of else []
    return [*notes, *map(problem_line, (*table.problems, *table.warnings, *table.notes))]


def _passed(kind: str, number: int) -> str:
    """ "3 heading lines", but "126 billed already": more words than one tell why by themselves."""
    return f"{number} {kind}" if " " in kind else count(number, f"{kind} line")


def problem_line(problem: Problem) -> str:
    """A problem as one line: where it stands, the value seen, what is wrong and what to do."""
    row = f"row {problem.row}" if problem.row else ""
    place = ", ".join(one_line(part) for part in (problem.file, problem.sheet, row, problem.column) if part)
    seen = f' "{one_line(problem.value)}"' if problem.value else ""
    return f"{place}:{seen} {problem.message}"


def explain_lines(table: Table) -> list[str]:
    """Each of our columns, the heading that became it, and why."""
    lines = [f"{table.name} from {', '.join(table.files)}"]
    for name, match in table.columns.items():
        lines.append(f"  {name:<18} {'-' if match is None else ' + '.join(match.headings) + ': ' + match.why}")
    return lines
