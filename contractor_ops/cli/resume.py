"""`contractor-ops resume`: lift a pause."""

from typing import Annotated

import typer

from contractor_ops.cli.options import NowOption, OfficeOption, open_desk

app = typer.Typer()


@app.command()
def resume(
    ctx: typer.Context,
    customer: Annotated[
        str, typer.Argument(metavar="CUSTOMER", help="As the customer was paused, or as the answer came: number, address or name.")
    ],
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Let the automation go on for a customer who was paused, or who has answered."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import say
    from contractor_ops.work.people import resume as resume_customer

    for line in resume_customer(desk.office, customer, desk.clock()):
        say(line)
