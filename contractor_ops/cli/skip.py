"""`contractor-ops skip`: leave one record out of a recipe."""

from typing import Annotated

import typer

from contractor_ops.cli.complete import recipe_names
from contractor_ops.cli.options import NowOption, OfficeOption, open_desk

app = typer.Typer()


@app.command()
def skip(
    ctx: typer.Context,
    recipe: Annotated[str, typer.Argument(metavar="RECIPE", help="Its name, like estimate-follow-up.", autocompletion=recipe_names)],
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record's number.")],
    because: Annotated[str, typer.Option("--because", help='Why, in your words: "I already called him".')] = "taken over by a person",
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """End a recipe for one record, because a person has taken it over."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import say
    from contractor_ops.work.people import skip as skip_record

    skip_record(desk.office, recipe, record, because, desk.clock())
    say(f"{recipe} leaves {record} alone from now on.")
