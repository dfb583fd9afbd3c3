"""Whether each recipe works: what it planned and sent in these days, what came of it, and the time that it saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.figures.messages import left, was_written
from contractor_ops.figures.values import Business, Window
from contractor_ops.figures.won import Wins, wins_of, won_unknown
from contractor_ops.tables.record import Record
from contractor_ops.views.moments import day_of

MINUTES_EACH = 4
"""What it takes to look up a customer, write a few words and note it down: an assumption, shown wherever it is used."""
_AUTOMATIC = frozenset({"auto_reply"})


@dataclass(frozen=True, slots=True)
class Measured:
    """Whether a recipe is worth it, in the days of `window`.

    Messages are counted once, however many records one covers. `planned` are those that were tried and those that wait for a person or
    were dismissed; `written` became files in outbox/, and are not `sent`. `won` are invoices paid, estimates accepted and jobs booked on
    the day of a message or in the 14 days after it, `won_amount` their money where it is known; each counts once, for the recipe that wrote
    last. `won_unknown` says why that cannot be told, else "". `opted_out` are people who answered one of them with stop.
    """

    recipe: str
    title: str
    planned: int
    sent: int
    delivered: int
    answered: int
    won: int
    won_amount: Decimal | None
    opted_out: int
    window: Window
    won_unknown: str = ""
    written: int = 0

    @property
    def minutes_saved(self) -> int:
        """The time that nobody had to spend."""
        return self.sent * MINUTES_EACH


def measured(business: Business, titles: Mapping[str, str], window: Window) -> tuple[Measured, ...]:
    """One for each recipe that planned a message in these days, in the order of `titles` (a recipe's key and its title)."""
    messages = _in(business.tables, "messages", "sent_at", window, business.now)
    replies = _in(business.tables, "replies", "received_at", Window(window.first, date.max), business.now)
    waiting = [one for one in _in(business.tables, "reviews", "created_at", window, business.now) if one["kind"] == "message"]
    won = wins_of(business, messages)
    found = (
        _of(
            recipe, title, [one for one in messages if one["recipe"] == recipe], [one for one in replies if one["recipe"] == recipe],
            [one for one in waiting if one["recipe"] == recipe and one["status"] in {"open", "approved", "dismissed"}], won.get(recipe, {}), window,
            business,
        )
        for recipe, title in titles.items()
    )  # fmt: skip
    return tuple(one for one in found if one.planned)


def _of(
    recipe: str, title: str, steps: Sequence[Record], replies: Sequence[Record], waiting: Sequence[Record], wins: Wins, window: Window,
    business: Business,
) -> Measured:  # fmt: skip
    messages = {_message(step): step for step in steps if step["channel"]}
    sent = {key: step for key, step in messages.items() if left(step)}
    about = {str(step["record"]) for step in steps if step["channel"] and left(step)}
    answered = {str(reply["record"]) for reply in replies if reply["label"] not in _AUTOMATIC}
    amounts = [one for one in wins.values() if one is not None]
    return Measured(
        recipe, title, len(messages) + len(waiting), len(sent), sum(step["status"] == "delivered" for step in sent.values()),
        len(answered & about), len(wins), sum(amounts, Decimal(0)) if amounts else None,
        len({reply["from"] for reply in replies if reply["label"] == "stop"}), window, won_unknown(business, {str(step["table"]) for step in steps}),
        sum(map(was_written, messages.values())),
    )  # fmt: skip


def _message(step: Record) -> tuple[object, ...]:
    """What steps of one message share."""
    return step["address"], step["sent_at"], step["notes"]


def _in(tables: Mapping[str, object], name: str, column: str, window: Window, now: datetime) -> list[Record]:
    table = tables.get(name)
    records: Iterable[Record] = getattr(table, "records", ())
    return [one for one in records if day_of(one[column], now) in window]
