"""`contractor-ops init`: make an office from a folder of spreadsheets, or from a Google Sheet."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.options import Common, NowOption, OfficeOption

if TYPE_CHECKING:
    from contractor_ops.work.init import Sheets
    from contractor_ops.work.init_found import Found

app = typer.Typer()


@app.command()
def init(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The folder with your spreadsheets. Without it: this folder.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; what cannot be known is left to be filled in.")] = False,
    google: Annotated[
        str | None, typer.Option("--google-sheet", metavar="ADDRESS", help="Look into this Google Sheet too.", show_default=False)
    ] = None,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Look through a folder's spreadsheets and make an office of it: config.toml, recipes/ and what goes with them.

    On a terminal it shows what it understood and asks what it cannot know; nothing is written before you say yes.
    Run it again when a new sheet has come. What you have changed is never overwritten.
    """
    common = ctx.obj if isinstance(ctx.obj, Common) else Common(None, None)
    place = folder or office or common.office or Path()  # never one that only the environment names: it makes a new one
    asking = not yes and sys.stdin.isatty() and sys.stdout.isatty()
    if asking:
        _converse(place, google, common.now if now is None else now)
        return
    from contractor_ops.cli.output import say

    _, found = _looked_through(place, google, asking=False)
    for one in found:
        say(one.in_words())
    if not found:
        say("No spreadsheet was found that I recognise; config.toml gets an example to fill in.")
    _written_from(place, found, yes=yes)


def _converse(folder: Path, google: str | None, now: str | None) -> None:
    from contractor_ops.cli.init_again import once_more
    from contractor_ops.cli.init_first import first_time
    from contractor_ops.cli.output import say
    from contractor_ops.work.scorecard import is_office

    try:
        sheets, found = _looked_through(folder, google, asking=True)
        if is_office(folder):
            once_more(sheets, found)
        else:
            first_time(sheets, found, now)
    except (typer.Abort, KeyboardInterrupt):
        say("\nStopped. Nothing was written.")
        raise typer.Exit(130) from None


def _looked_through(folder: Path, google: str | None, *, asking: bool) -> "tuple[Sheets, list[Found]]":
    from contractor_ops.cli.progress import progress
    from contractor_ops.work.init import Sheets

    key_file = ""
    books = {}
    if google:
        from contractor_ops.cli.init_google import asked_for_key
        from contractor_ops.work.init_google import google_book

        key_file = asked_for_key(folder) if asking else ""
        books[google] = google_book(folder, google, key_file)
    sheets = Sheets(folder, books, key_file)
    with progress() as tell:
        return sheets, sheets.look(tell)


def _written_from(folder: Path, found: "list[Found]", *, yes: bool) -> None:
    """Write the office, with the answers that stand on standard input unless nothing is to be asked."""
    from contractor_ops.cli.output import say
    from contractor_ops.work.init import Answers, write_office
    from contractor_ops.work.init_zone import zone_guess

    answers = Answers(guess=zone_guess(found))
    if not yes:
        name = typer.prompt("The office's name", default=answers.name)
        zone = typer.prompt("Time zone, such as America/Chicago", default=answers.zone, value_proc=_zone)
        owner = typer.prompt("The owner's name", default=answers.owner)
        manager = typer.prompt("Who looks after the office", default=answers.manager)
        answers = Answers(name, zone, owner, manager)
    for line in write_office(folder, found, answers):
        say(line)


def _zone(typed: str) -> str:
    from contractor_ops.work.init import no_such_zone

    if mistake := no_such_zone(typed.strip()):
        raise typer.BadParameter(mistake)  # it is asked again
    return typed.strip()
