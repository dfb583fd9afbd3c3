"""What the commands of `review` have in common: numbers, and days as people type them."""

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.options import Desk
from contractor_ops.errors import ContractorOpsError, TypedWrong

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractor_ops.ports import ReviewItem
    from contractor_ops.work.review_story import Stories

    Decide = Callable[[int], ReviewItem]
    Said = Callable[[ReviewItem], str]

_RANGE = re.compile(r"(\d{1,12})(?:[-–](\d{1,12}))?")
Items = Annotated[list[str], typer.Argument(metavar="NUMBER...", help='Numbers from `review list`, also "4-8,12".')]
Item = Annotated[int, typer.Argument(metavar="NUMBER", help="A number from `review list`.")]


def each(
    desk: Desk, typed: list[str], decide: "Decide", said: "Said", *, ends: bool = False, releases: bool = False, ticks: bool = False
) -> None:
    """Decide every item, and say so. Every number is looked at before the first is decided: a typing mistake changes nothing.

    Of a range ("4-8") those are meant that can be decided; what `ends` an item leaves out those that had better be decided by themselves,
    what `releases` messages those with a doubt of their own, and what `ticks` off also those that are no task.
    """
    from contractor_ops.cli.output import say_wrapped
    from contractor_ops.work.review import item
    from contractor_ops.work.review_range import alone_because
    from contractor_ops.work.review_story import Stories

    numbers = numbers_typed(desk, typed)
    found = {number: item(desk.office, number) for number in numbers}
    stories = Stories(desk.office, desk.now)
    in_a_range = [found[number] for number, by_itself in numbers.items() if not by_itself]
    alone = alone_because(stories, in_a_range, releases=releases, ticks=ticks) if ends else {}
    for number, by_itself in numbers.items():
        why = alone.get(number, "")
        try:
            told = f"left as it is: {why}" if why else said(decide(number))
        except ContractorOpsError as error:
            if by_itself:
                raise
            told = f"left as it is: {' '.join(error.lines())}"
        say_wrapped(f"{number} {whose(found[number], stories)}: {told}")


def numbers_typed(desk: Desk, typed: list[str]) -> dict[int, bool]:
    """The numbers that were typed, each with whether it stands by itself; of a range those that are on the list. Raises TypedWrong."""
    from contractor_ops.work.review_rehearsed import no_such_item

    numbers: dict[int, bool] = {}
    for part in (part for one in typed for part in one.split(",") if part):
        found = _RANGE.fullmatch(part)
        if found is None:
            raise TypedWrong(f'"{part}" is no number of an item.', 'Write it like "12", "4-8" or "4-8,12".')
        if found[2] is None:
            numbers[int(found[1])] = True
            continue
        first, last = int(found[1]), int(found[2])
        on_the_list = sorted(one.id for one in desk.office.ledger.reviews(("open", "approved", "dismissed")) if first <= one.id <= last)
        if not on_the_list:
            raise TypedWrong(f"There is no review item from {first} to {last}.", no_such_item(desk.office))
        for number in on_the_list:
            numbers.setdefault(number, False)
    return numbers


def whose(item: "ReviewItem", stories: "Stories") -> str:
    """Whom an item is about, in a few words; a caller whom nobody knows goes by the telephone number."""
    from contractor_ops.reports.format import documents, phone

    rows = documents(item.table, [phone(member.key.record) for member in item.members])
    return item.customer or phone(item.to or "") or stories.goes_by(item) or rows


def day_typed(text: str, desk: Desk) -> date:
    """A day that was typed, today or later. Raises TypedWrong."""
    from contractor_ops.work.typed_day import typed_day

    return typed_day(text, desk.now.date(), desk.office.config.office.country, desk.office.facts.calendar)
