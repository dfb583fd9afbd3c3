"""`contractor-ops scorecard`: where the office leaks, from its spreadsheets alone, and the recipe to start with."""

import shlex
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.complete import recipe_names
from contractor_ops.cli.options import Common, Format, FormatOption, NowOption, OfficeOption, office_of_the_environment, read_now
from contractor_ops.errors import TypedWrong

if TYPE_CHECKING:
    from contractor_ops.office import Office
    from contractor_ops.reports.scorecard import Scorecard
    from contractor_ops.work.write_recipe import Draft, RecipeWriter

app = typer.Typer()
Say = Callable[[str], None]


@app.command()
def scorecard(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="An office, or any folder of spreadsheets.", show_default=False)
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page.", show_default=False)] = None,
    details: Annotated[bool, typer.Option("--details", help="With what stands behind each leak.")] = False,
    recipe: Annotated[
        str | None,
        typer.Option(
            "--recipe",
            metavar="NAME",
            help="Write this recipe, not the one that is proposed.",
            show_default=False,
            autocompletion=recipe_names,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing, and write the recipe with the answers that it ships with.")] = False,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Find where the office leaks time and money, and write the recipe that mends the first leak.

    It needs spreadsheets only. Without --yes it writes nothing unless you answer its questions.
    """
    if format not in {Format.table, Format.json}:
        raise TypedWrong(f"A scorecard cannot be printed as {format.value}.", "Take --format table or --format json, or --html FILE.")
    from contractor_ops.cli.output import say_wrapped, warn
    from contractor_ops.work.scorecard import office_in, scorecard_of

    common = ctx.obj if isinstance(ctx.obj, Common) else Common(None, None)
    opened = office_in(folder or office or common.office or office_of_the_environment())
    if recipe:
        opened.recipe(recipe)  # a slip of the pen is told before anything is printed
    typed = common.now if now is None else now
    card = scorecard_of(opened, datetime.now(opened.zone) if typed is None else read_now(typed, opened))
    _print(card, html, format, details=details)
    name = recipe or (card.first.recipe if card.first else "")
    asking = sys.stdin.isatty() and sys.stdout.isatty() and format is Format.table
    if name and (yes or asking):
        _write(opened, card, name, warn if format is Format.json else say_wrapped, ask=not yes)


def _print(card: "Scorecard", html: Path | None, format: Format, *, details: bool) -> None:
    from contractor_ops.cli.output import is_terminal, print_json, say_wrapped, write_page
    from contractor_ops.reports.scorecard import scorecard_json
    from contractor_ops.reports.scorecard_page import scorecard_page
    from contractor_ops.reports.scorecard_words import scorecard_lines

    if html is not None:
        write_page(html, scorecard_page(card))
    elif format is Format.json:
        print_json(scorecard_json(card))
    else:
        import shutil

        for line in scorecard_lines(card, shutil.get_terminal_size().columns if is_terminal() else 80, details=details):
            say_wrapped(line)


def _write(office: "Office", card: "Scorecard", name: str, say: Say, *, ask: bool) -> None:
    """Ask the questions of a recipe, write it, and say how to rehearse it."""
    from contractor_ops.work.write_recipe import RecipeWriter, write_draft

    where = office.folder
    say("")
    if not card.is_set_up:
        say(f"To have the recipe {name} written, make an office of this folder first: {_command('init', str(where))}")
        return
    writer = RecipeWriter(office, name)
    if ask and not typer.confirm(f"Write the recipe {name} now?", default=True):
        return
    draft = writer.draft(_asked(writer, say) if ask else {})
    say(write_draft(draft, replacing=ask and _may_replace(draft, say)))
    say(f"Rehearse it, nothing leaves: {_command('run', writer.name, *(['--office', str(where)] if where != Path() else []))}")


def _asked(writer: "RecipeWriter", say: Say) -> dict[str, str]:
    """An answer to each question; one that cannot be written is asked again."""
    answers: dict[str, str] = {}
    questions = writer.questions
    for number, one in enumerate(questions, 1):
        say(f"\n{number:>2}/{len(questions)}  {one.asks}")
        for line in one.default.splitlines():
            say(f"       {line}")
        kept = "       Enter keeps it" if one.default else "       Your answer"
        answers[one.key] = typer.prompt(kept, default=one.default, show_default=False, value_proc=_checked(writer, one.key))
    return answers


def _checked(writer: "RecipeWriter", key: str) -> Callable[[str], str]:
    def check(typed: str) -> str:
        if mistake := writer.mistake(key, typed):
            raise typer.BadParameter(mistake)
        return typed.strip()

    return check


def _may_replace(draft: "Draft", say: Say) -> bool:
    """Whether the file that is there may go: what would change is shown first."""
    if draft.before is None or not draft.is_news:
        return False
    for line in draft.difference:
        say(line)
    return typer.confirm(f"{draft.file} is there already. Replace it?", default=False)


def _command(*words: str) -> str:
    return f"contractor-ops {shlex.join(words)}"
