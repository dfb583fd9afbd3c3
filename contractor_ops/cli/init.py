"""`contractor-ops init`: make an office from a folder of spreadsheets."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


def _zone(typed: str) -> str:
    from contractor_ops.work.init import no_such_zone

    if mistake := no_such_zone(typed.strip()):
        raise typer.BadParameter(mistake)  # it is asked again
    return typed.strip()


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder with your spreadsheets. Without it: this folder.")] = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; what cannot be known is left to be filled in.")] = False,
) -> None:
    """Look through a folder's spreadsheets and write config.toml and recipes/ for it. Nothing that is there is overwritten."""
    from contractor_ops.cli.output import say
    from contractor_ops.work.init import Answers, found_tables, write_office

    found = found_tables(folder)
    for one in found:
        say(one.in_words())
    if not found:
        say("No spreadsheet was found that I recognise; config.toml gets an example to fill in.")
    answers = Answers()
    if not yes:
        name = typer.prompt("The office's name", default=answers.name)
        zone = typer.prompt("Time zone, such as America/Chicago", default=answers.zone, value_proc=_zone)
        owner = typer.prompt("The owner's name", default=answers.owner)
        manager = typer.prompt("Who looks after the office", default=answers.manager)
        answers = Answers(name, zone, owner, manager)
    for line in write_office(folder, found, answers):
        say(line)
