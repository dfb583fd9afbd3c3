"""Whose turn an item of the queue is: no queue waits for one person."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta

from contractor_ops.config import Person
from contractor_ops.ports import ReviewItem
from contractor_ops.spans import Span

LAST = "owner"
"""Who has it in the end, by key."""


def falls_to(
    item: ReviewItem, people: Mapping[str, Person], now: datetime, is_business_day: Callable[[date], bool], waits_at_most: Span
) -> str:
    """The key of the person who should look at an item now; `now` is aware, in the office's zone.

    That is its owner; once it has waited longer than `waits_at_most` the deputy, after as long again the person keyed "owner". Whoever is
    away is passed over, unless everybody is.
    """
    chain = list(dict.fromkeys([item.owner, *_deputies(item.owner, people), *([LAST] if LAST in people else [])]))
    waited = 0 if item.until and item.until > now.date() else _times_waited(_since(item, now), now.date(), is_business_day, waits_at_most)
    turn = chain[min(waited, len(chain) - 1) :]
    return next(
        (key for key in turn if is_here(key, people, now)), next((key for key in reversed(chain) if is_here(key, people, now)), item.owner)
    )


def why_fallen(item: ReviewItem, people: Mapping[str, Person], now: datetime, waits_at_most: Span) -> str:
    """Why an item that falls to another is not its owner's: "Dana Reed is away until Dec 1", or since it waits too long."""
    owner = people.get(item.owner)
    if owner is None:
        return f"{item.owner} is nobody in [people]"
    if owner.away_until and now.date() <= owner.away_until:
        return f"{owner.name} is away until {owner.away_until:%b} {owner.away_until.day}"
    return f"it has waited for {owner.name} longer than {waits_at_most}"


def is_here(key: str, people: Mapping[str, Person], now: datetime) -> bool:
    """Whether somebody is one of us and not away; the last day away is counted in."""
    person = people.get(key)
    return person is not None and not (person.away_until and now.date() <= person.away_until)


def _deputies(key: str, people: Mapping[str, Person]) -> Iterator[str]:
    """The deputy, the deputy's deputy and so on, each once."""
    seen = {key}
    while (person := people.get(key)) and (key := person.deputy) and key not in seen:
        seen.add(key)
        yield key


def _since(item: ReviewItem, now: datetime) -> date:
    """From when on its owner could have looked at it: it came, was given to somebody, or came back from a snooze."""
    moments = [moment.astimezone(now.tzinfo).date() for moment in (item.created_at, item.assigned_at) if moment]
    return max([*moments, *([item.until] if item.until else [])], default=now.date())


def _times_waited(since: date, today: date, is_business_day: Callable[[date], bool], at_most: Span) -> int:
    """How many times over it has waited longer than it should: 0, 1 or 2."""
    length, days = max(at_most.amount, 1) * (7 if at_most.unit == "weeks" else 1), 0
    day = since
    while day < today and days <= 2 * length:
        day += timedelta(days=1)
        days += at_most.unit != "business days" or is_business_day(day)
    return (days > length) + (days > 2 * length)
