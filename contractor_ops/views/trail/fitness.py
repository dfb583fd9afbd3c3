"""Whether whoever stands at a visit can go to it, who could go instead, and what is odd about its day."""

from collections.abc import Iterator
from datetime import date, timedelta

from contractor_ops.dispatch.days_off import may_be_about
from contractor_ops.dispatch.technicians import Technician
from contractor_ops.dispatch.visits import Visit
from contractor_ops.dispatch.wording import said_day
from contractor_ops.views.trail.desk import Desk

_SOON = timedelta(days=2)
"""So near a visit must be for a word like "sick" beside its technician to be about it."""


def unfit(visit: Visit, desk: Desk) -> Iterator[str]:
    """Why the technicians of a visit should not go as it stands, each as a sentence."""
    yield from (clash.line for clash in desk.clashes.get(visit.record.place, ()))
    yield from unfit_for_it(visit, desk)


def unfit_for_it(visit: Visit, desk: Desk) -> Iterator[str]:
    """What keeps its technicians from it on any day. A column that the office fills in for nobody says nothing."""
    if visit.day and visit.day < desk.given.now.date():
        return
    for name in visit.technicians:
        if technician := desk.named.get(name):
            yield from _of_their_row(technician, visit, desk)
            yield from _unread_days_off(technician, visit, desk.given.now.date())


def _of_their_row(technician: Technician, visit: Visit, desk: Desk) -> Iterator[str]:
    if technician.skills.written and technician.skills.of(visit.needs) is None:
        yield f"{technician.name} does no {visit.needs[0]}; send somebody else, or add it to their skills in the technicians sheet."
    if not technician.can_be_told and any(one.can_be_told for one in desk.technicians):
        yield f"{technician.name} has neither a mobile nor an e-mail; add one to the technicians sheet."


def _unread_days_off(technician: Technician, visit: Visit, today: date) -> Iterator[str]:
    """Days off that may be meant for a visit of today or the next days. The day that is named is the visit's, so that the words stay."""
    day = visit.day
    for part in technician.days_off.not_understood if day and day <= today + _SOON else ():
        if day and may_be_about(part, day):
            yield f'the days off "{part}" of {technician.name} cannot be read; write a day such as {day:%b} {day.day}, or clear the cell.'


def not_clear(visit: Visit, desk: Desk) -> Iterator[str]:
    """Of whom nobody can tell who they are. Without a technicians table that is everybody, and nothing to speak of."""
    yield from desk.crew.named(visit.written).doubts if desk.technicians else ()


def who_instead(visit: Visit, desk: Desk) -> str:
    """Who could go instead, where whoever stands at the visit cannot: "Rita Shah could go: does heating, works in Oak Lawn, no other job that day."."""
    suggestion = desk.instead(visit) if any(unfit(visit, desk)) else None
    return suggestion.line if suggestion else ""


def holiday(visit: Visit, desk: Desk) -> str:
    """ "Thu, Nov 26 is a holiday (Thanksgiving Day)", "" where it is none or past."""
    name = desk.given.holiday_on(visit.day) if visit.day and visit.day >= desk.given.now.date() else None
    return f"{said_day(visit.day, desk.given.now.date())} is a holiday ({name})" if visit.day and name else ""


def remarks(visit: Visit, desk: Desk) -> str:
    """Who could go instead and what else is worth knowing; nothing waits for it. It changes with others' days, so nothing is to watch it."""
    return _joined(who_instead(visit, desk), closed(visit, desk), *far_away(visit, desk))


def against(visit: Visit, desk: Desk) -> str:
    """Everything that speaks against a visit that is to come, as it stands, and who could go instead; "" where nothing does."""
    if visit.standing != "open":
        return ""
    day = holiday(visit, desk)
    names = (*not_clear(visit, desk), *desk.crew.named(visit.written).guesses)
    return _joined(*names, *unfit(visit, desk), f"{day}." if day else "", who_instead(visit, desk), closed(visit, desk))


def closed(visit: Visit, desk: Desk) -> str:
    """ "The office is closed on Sat, Nov 28.", "" where it is open, where that is a holiday, and where whoever goes has hours on that day."""
    today = desk.given.now.date()
    if visit.day is None or visit.day < today or holiday(visit, desk) or _is_meant(visit, visit.day, desk):
        return ""
    return f"The office is closed on {said_day(visit.day, today)}."


def far_away(visit: Visit, desk: Desk) -> Iterator[str]:
    """Whose territory does not reach there. Offices send people beyond it every day, so that is no doubt."""
    for name in visit.technicians:
        technician = desk.named.get(name)
        if technician and (visit.spot.zip_code or visit.spot.towns) and technician.territory.nearness(visit.spot) == "outside":
            yield f"The address is outside the territory of {name}."


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _is_meant(visit: Visit, day: date, desk: Desk) -> bool:
    """Whether the office is open on that weekday, or somebody who goes has hours on it."""
    goes = (desk.named[name] for name in visit.technicians if name in desk.named)
    return day.weekday() in desk.given.open_on or any(one.hours.on(day) for one in goes)
