"""`contractor-ops read`: cleaned rows, for reading and for pipes."""

from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.complete import table_names
from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, TableOption, open_desk

if TYPE_CHECKING:
    from contractor_ops.tables.record import Table

app = typer.Typer()


@app.command()
def read(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="TABLE", help="A table, like estimates. `contractor-ops tables` lists them.", autocompletion=table_names),
    ],
    explain: Annotated[bool, typer.Option("--explain", help="Show which heading became which column, and why.")] = False,
    table: TableOption = None,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Show a table's rows as contractor-ops understands them, and what it could not understand.

    `--format csv` can be fed back: contractor-ops run RECIPE --table estimates=-
    """
    desk = open_desk(ctx, office, now, table)
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, warn
    from contractor_ops.cli.progress import progress
    from contractor_ops.reports.table_rows import document, flat, shown_headings

    with progress() as tell:
        tell(f"reading {name}", 0, None)
        found = desk.office.table(name)
    if format is Format.json:
        print_json(document(found, explain))
    elif format is Format.jsonl:
        print_json_lines(flat(record) for record in found.records)
    elif format is Format.csv:
        headings = shown_headings(found)
        print_csv(({heading: record[name] for name, heading in headings.items()} for record in found.records), list(headings.values()))
    else:
        _show(found, explain)
    if format in {Format.jsonl, Format.csv}:
        from contractor_ops.reports.table_view import problem_line

        for problem in found.problems:
            warn(problem_line(problem))


def _show(table: "Table", explain: bool) -> None:
    from contractor_ops.cli.output import is_terminal, say, terminal
    from contractor_ops.reports.table_view import explain_lines, plain_table, rich_table, table_notes

    if explain:
        for line in explain_lines(table):
            say(line)
        say("")
    if is_terminal():
        terminal().print(rich_table(table))
    else:
        say(plain_table(table))
    for line in table_notes(table):
        say(line)
