"""The first `init` of a folder, on a terminal: from spreadsheets to an office, and nothing written before a yes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contractor_ops.cli.init_asked import sure
from contractor_ops.cli.init_overview import looked_over
from contractor_ops.cli.init_questions import asked_about_the_office, asked_how_to_send, asked_who_gets
from contractor_ops.cli.init_tables import TablesTalk
from contractor_ops.cli.options import read_now
from contractor_ops.cli.output import say, say_wrapped

if TYPE_CHECKING:
    from contractor_ops.work.init import Sheets
    from contractor_ops.work.init_answers import Answers
    from contractor_ops.work.init_found import Found
    from contractor_ops.work.init_proposal import Proposal
    from contractor_ops.work.init_write import Piece


def first_time(sheets: "Sheets", found: "list[Found]", now: str | None) -> None:
    """Show, ask, propose, and write."""
    from contractor_ops.work.init_answers import Answers
    from contractor_ops.work.init_config import config_text
    from contractor_ops.work.init_recipes import fitting
    from contractor_ops.work.init_write import pieces
    from contractor_ops.work.init_zone import zone_guess

    found = _about_the_sheets(sheets, found)
    answers = asked_about_the_office(Answers(guess=zone_guess(found), google_key_file=sheets.key_file))
    first = _propose(sheets.folder, config_text(found, answers), now)
    tables = {one.table for one in found if one.table}
    declined = {first.recipe} if first and not sure(f"Write the recipe {first.recipe}, which mends it", default=True) else set()
    owners = asked_who_gets([recipe for recipe in fitting({one for one in tables if one}) if recipe.name not in declined], answers)
    answers = replace(answers, sending=asked_how_to_send(answers))
    made = pieces(sheets.folder, config_text(found, answers), tables, but=declined, owners=owners)
    if not _agreed(sheets.folder, made):
        say("Nothing was written.")
        return
    for piece in made:
        say(piece.write())
    _keep_secrets(sheets.folder, answers)
    _say_what_next(sheets.folder, now)


def _about_the_sheets(sheets: "Sheets", found: "list[Found]") -> "list[Found]":
    recognised = [one for one in found if one.table]
    if not found:
        say_wrapped(f"There is no spreadsheet in {sheets.folder.resolve()}, nor in a folder exports inside it.")
        say_wrapped("An office can be made all the same: config.toml gets an example to fill in. Or put your exports there first: Ctrl-C.")
        return found
    say_wrapped(f"{len(found)} looked at, {len(recognised)} recognised. Your files are read, never changed.")
    return looked_over(TablesTalk(sheets, found))


def _propose(folder: Path, config: str, now: str | None) -> "Proposal | None":
    """Say what slips through first, by the office's own sheets."""
    from contractor_ops.cli.progress import progress
    from contractor_ops.work.init_proposal import office_to_be, proposal_of

    office = office_to_be(folder, config)
    with progress() as tell:
        tell("looking for what slips through", 0, None)
        first = proposal_of(office, datetime.now(office.zone) if now is None else read_now(now, office))
    if first:
        say_wrapped(f"\nThe first dropped ball in your sheets. {first.sentence}")
    return first


def _agreed(folder: Path, made: "Sequence[Piece]") -> bool:
    say(f"\nThis is written into {folder.resolve()}:")
    for piece in made:
        there = "" if piece.is_news else "   (is there already, and stays as it is)"
        say(f"  {piece.file.relative_to(folder)}{there}")
    return sure("Write it", default=True)


def _keep_secrets(folder: Path, answers: "Answers") -> None:
    """Keep what was typed; say how to hand in what is missing."""
    from contractor_ops.office import open_office
    from contractor_ops.work.init_write import command
    from contractor_ops.work.keep_secret import keep_secret

    for way in answers.sending:
        for name, value in way.secrets.items():
            if value:
                say_wrapped(keep_secret(open_office(folder), name, value, in_file=False))
            else:
                say(f"Still missing: {command('secret', folder, name)}")
        if not way.is_ready:
            say_wrapped(f"When it is kept, take the # away before the lines of [{way.part}] in config.toml.")


def _say_what_next(folder: Path, now: str | None) -> None:
    """The same commands that `check` names, in their order."""
    from contractor_ops.office import open_office
    from contractor_ops.work.check import next_command
    from contractor_ops.work.init_write import command

    office = open_office(folder)
    words = next_command(office, datetime.now(office.zone) if now is None else read_now(now, office)).split()[1:]
    steps = [(command("check", folder), "what is still missing, and what to do about it")]
    if words[0] == "run":
        steps.append((command(words[0], folder, *words[1:]), "rehearses it: you see each message, nothing leaves"))
    else:
        steps.append((command("init", folder), "once more, when your exports are in the folder"))
    say("\nNow, in this order:")
    for typed, why in (*steps, ("contractor-ops demo sample", "a sample office, to try everything in")):
        say(f"  {typed}\n      {why}")
