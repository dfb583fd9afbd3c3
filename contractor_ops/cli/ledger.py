"""`contractor-ops ledger`: what has happened, and looking after it."""

from pathlib import Path
from typing import Annotated

import typer

from contractor_ops.cli.complete import recipe_names
from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, open_desk
from contractor_ops.errors import Exit

app = typer.Typer(help="What has been claimed, sent and settled: history, export, backup, verify.", no_args_is_help=True)
COLUMNS = ("time", "recipe", "record", "step", "anchor", "state", "channel", "address", "provider_id", "detail", "run")

Recipe = Annotated[str | None, typer.Option("--recipe", help="Only this recipe.", autocompletion=recipe_names)]
Record = Annotated[str | None, typer.Option("--record", help="Only this record.")]


@app.callback()
def ledger() -> None:
    """What has been claimed, sent and settled: history, export, backup, verify."""


@app.command()
def history(
    ctx: typer.Context,
    recipe: Recipe = None,
    record: Record = None,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """List every entry, the oldest first."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, say

    entries = desk.office.ledger.entries(recipe, record)
    if format is Format.json:
        print_json(entries)
    elif format is Format.jsonl:
        print_json_lines(entries)
    elif format is Format.csv:
        print_csv(entries, COLUMNS)
    else:
        for entry in entries:
            say("  ".join(str(entry[key]) for key in COLUMNS[:-1] if entry.get(key)))
        if not entries:
            say("Nothing has been claimed or sent yet.")


@app.command()
def export(
    ctx: typer.Context,
    recipe: Recipe = None,
    record: Record = None,
    format: FormatOption = Format.csv,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Write every entry out, as CSV unless another format is asked for."""
    history(ctx, recipe, record, Format.csv if format is Format.table else format, office, now)


@app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The copy to make; it must not exist yet.")],
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Make a copy of the ledger, also while runs are under way.

    Of the copies that the schedule makes, backups/ledger-DATE.db, one a day is enough: the last 8 are kept, and the last one of each of 12 months.
    """
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import say
    from contractor_ops.work.ledger_copies import is_by_schedule, thin_out

    by_schedule = is_by_schedule(desk.office, file)
    if by_schedule and file.exists():
        say(f"{file} is there already.")
        return
    desk.office.ledger.backup(str(file))
    say(f"The ledger was copied to {file}.")
    for old in thin_out(desk.office) if by_schedule else ():
        say(f"Taken away: {old}")


@app.command()
def verify(ctx: typer.Context, office: OfficeOption = None, now: NowOption = None) -> None:
    """See whether the ledger is whole and agrees with itself."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import say

    troubles = desk.office.ledger.verify()
    for trouble in troubles or [f"{desk.office.ledger_file.name} is whole."]:
        say(trouble)
    if troubles:
        raise typer.Exit(Exit.FILES_NEED_MENDING)
