"""`contractor-ops notes`: job notes as customers may read them."""

from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, TableOption, open_desk
from contractor_ops.errors import TypedWrong

if TYPE_CHECKING:
    from contractor_ops.reports.cleaned_notes import CleanedNotes

app = typer.Typer(help="Job notes as customers may read them: clean.", no_args_is_help=True)


@app.callback()
def notes() -> None:
    """Job notes as customers may read them: clean."""


@app.command()
def clean(
    ctx: typer.Context,
    job: Annotated[str | None, typer.Argument(metavar="[JOB]", help="A job's number, or the customer's name.")] = None,
    all: Annotated[bool, typer.Option("--all", help="Every job that was begun and has a note, in the order of the sheet.")] = False,
    table: TableOption = None,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Show a job's note as it was written and as a customer may read it, what was kept out, and what a person must look at.

    Nothing is changed in your sheets.
    """
    if (job is None) != all:
        both = "" if job is None else f' It is one or the other, not "{job}" and --all together.'
        raise TypedWrong(f"Name one job, or ask for all.{both}", "contractor-ops notes clean JOB, or: contractor-ops notes clean --all")
    desk = open_desk(ctx, office, now, table)
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, warn
    from contractor_ops.cli.progress import progress
    from contractor_ops.reports.notes_report import COLUMNS, left_out_line, note_json, note_rows, notes_json
    from contractor_ops.reports.table_view import problem_line
    from contractor_ops.work.notes import clean_notes

    with progress() as tell:
        tell("reading notes", 0, None)
        found = clean_notes(desk.office, job)
    if format is Format.json:
        print_json(notes_json(found))
    elif format is Format.jsonl:
        print_json_lines(map(note_json, found.notes))
    elif format is Format.csv:
        print_csv(note_rows(found), COLUMNS)
    else:
        _show(found)
    if format in {Format.jsonl, Format.csv} and (line := left_out_line(found)):
        warn(line)
    if format is not Format.json:
        for problem in found.problems:
            warn(problem_line(problem))


def _show(found: "CleanedNotes") -> None:
    from contractor_ops.cli.output import is_terminal, say, terminal
    from contractor_ops.reports.notes_report import note_lines, render_notes

    if is_terminal():
        render_notes(found, terminal())
        return
    for line in note_lines(found):
        say(line)
