"""`contractor-ops pause`: let a customer rest."""

from typing import Annotated

import typer

from contractor_ops.cli.options import NowOption, OfficeOption, open_desk

app = typer.Typer()


@app.command()
def pause(
    ctx: typer.Context,
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help="A phone number, an e-mail address, a customer number or a name.")],
    until: Annotated[str, typer.Option("--until", metavar="DAY", help='Until when, like "2026-12-01".')],
    note: Annotated[str, typer.Option("--note", help="Why, in your words.")] = "",
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Hold every automated message to a customer until a day."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import say
    from contractor_ops.cli.review_shared import day_typed
    from contractor_ops.work.people import pause as pause_customer

    day = day_typed(until, desk)
    who = pause_customer(desk.office, customer, day, note, desk.clock())
    say(f"{who} is paused until {day.isoformat()}.")
