"""A row that left the sheet as people were told of it: when the visit is, whether the customer expects it, and who goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contractor_ops.planning.phrases import local
from contractor_ops.ports import Away, Heard, History
from contractor_ops.recipe import Recipe, Step

START = "starts_at"
SOON = timedelta(hours=48)
_TO_COME = frozenset({"booked", "scheduled", "under-way"})


@dataclass(frozen=True, slots=True)
class Left:
    """One row that left: `start` by what they heard, `address` is where the customer heard it, `crew` are those who still go."""

    away: Away
    start: date
    customer: bool
    address: str
    crew: tuple[str, ...]

    def is_soon(self, now: datetime) -> bool:
        """Whether there is little time to tell anybody, or none is left."""
        start = self.start if isinstance(self.start, datetime) else datetime.combine(self.start, datetime.min.time())
        return local(start, now).timestamp() <= (now + SOON).timestamp()

    def is_over(self, now: datetime) -> bool:
        """Whether the hour that they were told has passed."""
        return not is_to_come(self.start, now)


def left_of(recipe: Recipe, away: Away, history: History, names: Mapping[str, str], now: datetime, *, past: bool) -> Left | None:
    """The row as people were told of it; None where nobody expects it any more, or nobody knows when it is.

    `names`: the technicians by number and address. `past`: also where the hour has passed, as for a row that somebody was asked about before.
    """
    customer, crew = _who_expects_it(recipe, away)
    theirs, ours = (_start(recipe, away, history, to) for to in ("customer", "technician"))
    theirs, ours = theirs or ours, ours or theirs
    address = customer if past or is_to_come(theirs, now) else ""
    goes = crew if past or is_to_come(ours, now) else {}
    start = theirs if address else ours
    if not start or not (address or goes):
        return None
    return Left(away, start, bool(address), address, tuple(dict.fromkeys(names.get(one, "the technician") for one in goes)))


def is_to_come(start: date | None, now: datetime) -> bool:
    """Whether this moment or day is not over; what has no start is not to come."""
    if isinstance(start, datetime):
        return local(start, now).timestamp() > now.timestamp()
    return start is not None and start >= now.date()


def tells(step: Step) -> bool:
    """Whether who hears this expects the visit; else they hear that it is off, or not theirs, or over."""
    return step.to != "former-technician" and (not step.when.status or bool(_TO_COME & set(step.when.status)))


def _who_expects_it(recipe: Recipe, away: Away) -> tuple[str, Mapping[str, None]]:
    """Where the customer heard of it last, "" where they know that it is off or over, and the addresses of those who go."""
    steps = {step.key: step for step in recipe.steps}
    customer, crew = "", dict[str, None]()
    for heard in away.heard:
        step = steps.get(heard.step)
        if step is None or step.to == "customer":
            customer = heard.address if step is None or tells(step) else ""
        elif tells(step):
            crew[heard.address] = None
        else:
            crew.pop(heard.address, None)
    return customer, crew


def _start(recipe: Recipe, away: Away, history: History, to: str) -> date | None:
    """When the visit is, by what these people heard last."""
    keys = {step.key for step in recipe.steps if step.to == to and tells(step)}
    watching = (step.key for step in recipe.steps if step.to == to and START in step.on_change)
    known = next((found for key in watching if (found := history.watched.get((away.record, key)))), None)
    if known is None:
        return None
    since = known.changed_at
    heard = since is None or any(_is_after(one, since) for one in away.heard if one.step in keys)
    text = (known.now if heard else known.told).get(START, "")
    try:
        return (datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)) if text else None
    except ValueError:
        return None


def _is_after(heard: Heard, moment: datetime) -> bool:
    return heard.at.timestamp() >= moment.timestamp()
