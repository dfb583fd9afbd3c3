"""A table for people: its rows, the lines that were passed over, and how its headings were understood."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from contractor_ops.reports.format import count, money
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.table_rows import csv_columns
from contractor_ops.tables.record import Problem, Record, Table

if TYPE_CHECKING:
    from rich.table import Table as RichTable

MOST_ROWS = 50
MOST_COLUMNS = 9


def plain_table(table: Table) -> str:
    """Every row and column, separated by tabs, nothing cut off."""
    columns = csv_columns(table)
    lines = ["\t".join(["row", *columns])]
    lines += ["\t".join([str(record.place.row or ""), *(shown(record[name]) for name in columns)]) for record in table.records]
    return "\n".join(lines)


def rich_table(table: Table) -> "RichTable":
    """The first rows and the columns that matter most, for a terminal."""
    from rich.table import Table as RichTable
    from rich.text import Text

    columns = [name for name in csv_columns(table) if any(record[name] is not None for record in table.records)][:MOST_COLUMNS]
    view = RichTable(title=f"{table.name}: {', '.join(table.files)}", title_justify="left", header_style="bold")
    view.add_column("row", justify="right", style="dim")
    for name in columns:
        money = any(isinstance(record[name], Decimal) for record in table.records[:MOST_ROWS])
        view.add_column(name, justify="right" if money else "left", overflow="fold")
    for record in table.records[:MOST_ROWS]:
        view.add_row(str(record.place.row or ""), *(Text(_brief(record, name)) for name in columns))
    return view


def _brief(record: Record, name: str) -> str:
    text = one_line(shown(record[name]))
    return text if len(text) <= 60 else f"{text[:59]}…"


def shown(value: Any) -> str:
    """A value as people write it; unknown is blank."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return one_line(str(value))


def table_notes(table: Table) -> list[str]:
    """How many rows there are, what was passed over and why, and every problem with its place."""
    passed = [count(number, f"{kind} line") for kind, number in table.passed_over.items() if number]
    passed += [f"{count(table.folded, 'line')} folded into another"] if table.folded else []
    more = f" (the first {MOST_ROWS} shown; --format csv has all)" if len(table.records) > MOST_ROWS else ""
    notes = [f"{count(len(table.records), 'record')}{more}. Not records: {', '.join(passed) or 'none'}."]
    notes += [f"{name.capitalize()}: {money(amount)}." for name, amount in table.sums.items()]
    notes += [f"As of {table.as_of.isoformat()}."] if table.as_of else []
    return [*notes, *map(problem_line, (*table.problems, *table.warnings, *table.notes))]


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
