"""One of our own people, where somebody asks who that is: what they are to us, how to reach them, and where they are today and tomorrow."""

from collections.abc import Iterator
from datetime import datetime

from contractor_ops.reports.format import phone
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.who import OwnPerson
from contractor_ops.reports.who_papers import Visit
from contractor_ops.reports.who_parts import MARGIN, UNDER, section, when


def own_lines(one: OwnPerson, now: datetime) -> Iterator[str]:
    """Everything about one of our own people."""
    yield f"{one_line(one.name)}, {one.role}: one of your own people"
    yield f"{MARGIN}{_reached(one) or 'no phone and no e-mail'}"
    if one.off:
        yield f"{MARGIN}Days off: {one_line(one.off)}"
    lines = [line for visit in one.visits for line in _visit(visit, one, now)]
    none = [f"{MARGIN}No job is booked for them."] if one.role == "technician" else []
    yield from section("TODAY AND TOMORROW", lines or none)


def mention(one: OwnPerson) -> str:
    """One line, where customers fit too."""
    return f"Also one of your own people: {', '.join(part for part in (one_line(one.name), one.role, _reached(one)) if part)}"


def _reached(one: OwnPerson) -> str:
    return " · ".join([*map(phone, one.phones), *one.emails])


def _visit(visit: Visit, one: OwnPerson, now: datetime) -> Iterator[str]:
    off = "A DAY OFF" if visit.when and f"{visit.when:%a}" in one.off else ""
    told = (when(visit.when, now), off, visit.customer, visit.title, visit.what, visit.status or "")
    yield f"{MARGIN}{' · '.join(part for part in told if part)}"
    if visit.address:
        yield f"{UNDER}{visit.address}"
