"""`contractor-ops simulate`: a recipe under a clock that runs ahead."""

from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.complete import recipe_names
from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, TableOption, open_desk

if TYPE_CHECKING:
    from contractor_ops.reports.timeline import Timeline

app = typer.Typer()


@app.command()
def simulate(
    ctx: typer.Context,
    recipe: Annotated[str, typer.Argument(metavar="RECIPE", help="A recipe, like booking-trail.", autocompletion=recipe_names)],
    days: Annotated[int, typer.Option("--days", metavar="N", help="How far the clock runs ahead, 1 to 1000 days.")] = 30,
    record: Annotated[
        str | None, typer.Option("--record", metavar="NUMBER", help="Only this row, by its number or its customer.", show_default=False)
    ] = None,
    staged: Annotated[bool, typer.Option("--staged", help="Only a row that is made up, typed in just now.")] = False,
    event: Annotated[
        list[str] | None,
        typer.Option(
            "--event",
            metavar='"DAY TIME KIND: WORDS"',
            help="Something that happens: reply, stop, call, resume, done, deleted, sick, off, or a column.",
            show_default=False,
        ),
    ] = None,
    table: TableOption = None,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Show what a recipe would do in the days to come: to whom, when, in which words, and what would stop for a person.

    Nothing leaves, and nothing is kept: neither the ledger nor a file is touched.
    """
    desk = open_desk(ctx, office, now, table)
    from contractor_ops.cli.progress import progress
    from contractor_ops.work.simulate import simulate as play

    try:
        with progress() as tell:
            timeline = play(desk.office, recipe, desk.now, days, record=record, staged=staged, events=event or [], tell=tell)
    finally:
        desk.office.close()
    _print(timeline, format)


def _print(timeline: "Timeline", format: Format) -> None:
    from contractor_ops.cli.output import is_terminal, print_csv, print_json, print_json_lines, say
    from contractor_ops.reports.timeline import TIMELINE_COLUMNS, timeline_decisions, timeline_json, timeline_rows
    from contractor_ops.reports.timeline_view import timeline_lines

    if format is Format.json:
        print_json(timeline_json(timeline))
    elif format is Format.jsonl:
        print_json_lines(timeline_decisions(timeline))
    elif format is Format.csv:
        print_csv(timeline_rows(timeline), TIMELINE_COLUMNS)
    else:
        import shutil

        for line in timeline_lines(timeline, shutil.get_terminal_size().columns if is_terminal() else None):
            say(line)
