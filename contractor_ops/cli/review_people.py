"""`contractor-ops review assign` and `review call`: who has an item, and what a call about it brought."""

from enum import StrEnum
from typing import Annotated

import typer

from contractor_ops.cli.complete import people_names
from contractor_ops.cli.options import Desk, NowOption, OfficeOption, open_desk
from contractor_ops.cli.review_shared import Item, Items, day_typed, each, whose
from contractor_ops.errors import TypedWrong


class OutcomeName(StrEnum):
    """What a call brought."""

    reached = "reached"
    voicemail = "voicemail"
    dispute = "dispute"
    promise = "promise"
    wrong_number = "wrong-number"


def assign(
    ctx: typer.Context,
    typed: Items,
    to: Annotated[
        str, typer.Option("--to", metavar="PERSON", help="Somebody in [people], by key, name or first name.", autocompletion=people_names)
    ],
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Give items to a person. It holds whatever later runs find."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.work.review import assign as assign_item
    from contractor_ops.work.review import person

    name = desk.office.config.people[person(desk.office, to)].name
    each(desk, typed, lambda number: assign_item(desk.office, number, to, desk.clock()), lambda _: f"{name} has it now")


def call(
    ctx: typer.Context,
    number: Item,
    outcome: Annotated[OutcomeName, typer.Option("--outcome", help="What it brought.")],
    on: Annotated[str, typer.Option("--on", metavar="DAY", help='The day that payment was promised for, like "fri" or "12/1".')] = "",
    note: Annotated[str, typer.Option("--note", help="In your words.")] = "",
    called: Annotated[
        str | None,
        typer.Option("--number", metavar="PHONE", help="Which of their numbers you called, where they have several.", show_default=False),
    ] = None,
    done: Annotated[bool, typer.Option("--done", help="The item is settled with that (reached and voicemail).")] = False,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Note what a call about an item brought.

    A voicemail comes back on the next business day. A dispute goes to the owner, and chasing rests. A promise lets the customer rest until
    the day after it. A wrong number gets nothing more, and the office looks for the right one. A message that was released stays released only after
    "reached"; that it does not leave any more is said.
    """
    if on and outcome is not OutcomeName.promise:
        raise TypedWrong("Only a promise has a day.", "Leave --on away, or: --outcome promise")
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import say_wrapped
    from contractor_ops.work.review import item
    from contractor_ops.work.review_calls import note_call
    from contractor_ops.work.review_noted import Call
    from contractor_ops.work.review_story import Stories

    found, stories = item(desk.office, number), Stories(desk.office, desk.now)
    brought = Call(outcome.value, day_typed(on, desk) if on else None, note, done, _phone(desk, called))
    noted = note_call(desk.office, number, brought, stories, desk.clock())
    say_wrapped(f"{number} {whose(found, stories)}: {noted.told}")


def _phone(desk: Desk, typed: str | None) -> str | None:
    """The number that was typed, as the sheets' numbers are cleaned. Raises TypedWrong."""
    from contractor_ops.work.people import address_of

    if typed is None:
        return None
    found = address_of(desk.office, typed)
    if found is None or not found.startswith("+"):
        raise TypedWrong(f'--number "{typed}" is no telephone number.', 'Write it like "(312) 555-0142".')
    return found.partition(";")[0]
