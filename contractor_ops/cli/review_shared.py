"""What the commands of `review` have in common: numbers, and days as people type them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.options import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractor_ops.ports import ReviewItem

    Decide = Callable[[int], ReviewItem]
    Said = Callable[[ReviewItem], str]

Items = Annotated[list[int], typer.Argument(metavar="NUMBER...", help="Numbers from `review list`.")]
Item = Annotated[int, typer.Argument(metavar="NUMBER", help="A number from `review list`.")]


def each(desk: Desk, numbers: list[int], decide: "Decide", said: "Said") -> None:
    """Decide every item, and say so. Every number is looked at before the first is decided: a typing mistake changes nothing."""
    from contractor_ops.cli.output import say_wrapped
    from contractor_ops.work.review import item

    for number in numbers:
        item(desk.office, number)
    for number in numbers:
        found = decide(number)
        say_wrapped(f"{number} {whose(found)}: {said(found)}")


def whose(item: "ReviewItem") -> str:
    """Whom an item is about, in a few words."""
    from contractor_ops.reports.format import phone

    rows = item.members[0].key.record if len(item.members) == 1 else f"{len(item.members)} rows"
    return item.customer or phone(item.to or "") or rows


def day_typed(text: str, desk: Desk) -> date:
    """A day that was typed, today or later. Raises TypedWrong."""
    from contractor_ops.work.typed_day import typed_day

    return typed_day(text, desk.now.date(), desk.office.config.office.country, desk.office.facts.calendar)
