"""`contractor-ops budget`: what was agreed, billed, collected and spent on a job, and what is left."""

from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, TableOption, open_desk
from contractor_ops.errors import TypedWrong

if TYPE_CHECKING:
    from contractor_ops.reports.budget import Budgets

app = typer.Typer()


@app.command()
def budget(
    ctx: typer.Context,
    job: Annotated[
        str | None, typer.Argument(metavar="[JOB]", help="A job's number, its estimate's or invoice's, or the customer's name.")
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="Every job, the one with most left to bill first.")] = False,
    table: TableOption = None,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Show a job's contract, changes, what was billed, collected and spent, and what is left: each with the rows it came from."""
    if (job is None) != all:
        both = "" if job is None else f' It is one or the other, not "{job}" and --all together.'
        raise TypedWrong(f"Name one job, or ask for all.{both}", "contractor-ops budget JOB, or: contractor-ops budget --all")
    desk = open_desk(ctx, office, now, table)
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, warn
    from contractor_ops.cli.progress import progress
    from contractor_ops.reports.budget import COLUMNS, budget_json, budget_rows, budgets_json
    from contractor_ops.reports.budget_view import age_warnings
    from contractor_ops.work.budget import all_budgets
    from contractor_ops.work.budget import budget as of_one

    with progress() as tell:
        tell("adding up", 0, None)
        found = all_budgets(desk.office, desk.now) if job is None else of_one(desk.office, job, desk.now)
    if format is Format.json:
        print_json(budgets_json(found))
    elif format is Format.jsonl:
        print_json_lines(map(budget_json, found.budgets))
    elif format is Format.csv:
        print_csv(budget_rows(found.budgets), COLUMNS)
    else:
        _show(found)
    if format in {Format.jsonl, Format.csv}:
        for line in age_warnings(found):
            warn(line)


def _show(found: "Budgets") -> None:
    from contractor_ops.cli.output import is_terminal, say, terminal
    from contractor_ops.reports.budget_view import budget_lines, render_budgets

    if is_terminal():
        render_budgets(found, terminal())
        return
    for line in budget_lines(found):
        say(line)
