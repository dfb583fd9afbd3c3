"""`contractor-ops trail`: where one booking stands, or which step of each booking is overdue."""

from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, TableOption, open_desk
from contractor_ops.errors import TypedWrong

if TYPE_CHECKING:
    from contractor_ops.reports.trail import BookingTrail, OpenTrails

app = typer.Typer()


@app.command()
def trail(
    ctx: typer.Context,
    job: Annotated[
        str | None, typer.Argument(metavar="[JOB]", help="A job's number, or the customer's name or telephone number.", show_default=False)
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="The gravest overdue step of every open booking, the gravest first.")] = False,
    table: TableOption = None,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Show where a booking stands: each step of its trail done, due, waiting or left out, and why, when and by whom. Nothing is written."""
    if (job is None) != all:
        both = "" if job is None else f' It is one or the other, not "{job}" and --all together.'
        raise TypedWrong(f"Name one booking, or ask for all.{both}", "contractor-ops trail JOB, or: contractor-ops trail --all")
    desk = open_desk(ctx, office, now, table)
    from contractor_ops.cli.progress import progress
    from contractor_ops.work.trail import trail as of_one
    from contractor_ops.work.trail import trails

    with progress() as tell:
        tell("reading bookings", 0, None)
        found = trails(desk.office, desk.now) if job is None else of_one(desk.office, job, desk.now)
    _print(found, format)


def _print(found: "BookingTrail | OpenTrails", format: Format) -> None:
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines
    from contractor_ops.reports.trail import OVERDUE_COLUMNS, STEP_COLUMNS, OpenTrails, overdue_json, overdue_rows, step_json, trail_json

    of_all = isinstance(found, OpenTrails)
    rows = overdue_rows(found) if isinstance(found, OpenTrails) else map(step_json, found.steps)
    if format is Format.json:
        print_json(overdue_json(found) if isinstance(found, OpenTrails) else trail_json(found))
    elif format is Format.jsonl:
        print_json_lines(rows)
    elif format is Format.csv:
        print_csv(rows, OVERDUE_COLUMNS if of_all else STEP_COLUMNS)
    else:
        _show(found)


def _show(found: "BookingTrail | OpenTrails") -> None:
    from contractor_ops.cli.output import is_terminal, say, say_wrapped, terminal
    from contractor_ops.reports.trail import OpenTrails
    from contractor_ops.reports.trail_lines import foot_lines, head_lines, overdue_lines, trail_lines, trail_table

    if isinstance(found, OpenTrails):
        for line in overdue_lines(found):
            say_wrapped(line)
    elif not is_terminal():
        for line in trail_lines(found):
            say(line)
    else:
        for line in head_lines(found):
            say_wrapped(line)
        terminal().print(trail_table(found))
        for line in foot_lines(found):
            say_wrapped(line)
