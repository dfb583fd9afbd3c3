"""Work on the calendar for a technician who is off that day."""

from collections.abc import Iterator

from contractor_ops.dispatch.days_off import DaysOff, read_days_off
from contractor_ops.figures.calendar import bookings
from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.lines import in_order, line
from contractor_ops.figures.values import Business, Group, Line, group
from contractor_ops.figures.windows import days_ago, next_days
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cleaning import DAY_FIRST_UNLESS

OFF_NEEDS = ("technicians", "technicians.days_off", "jobs.technician|visits.technician")


def crew_off(business: Business) -> Group:
    """Jobs and visits of the next seven days that are given to somebody who is off."""
    lines = _lines(business) if not lacking(business, *OFF_NEEDS) else ()
    return group("technician-off", "Visits on a technician's day off", in_order(lines), "visit on a technician's day off")


def _lines(business: Business) -> Iterator[Line]:
    off = _days_off(business)
    for one in bookings(business, next_days(business.today)):
        for who in dict.fromkeys(map(normal_name, one.crew)):
            name, days = off.get(who, ("", None))
            if days and days.has(one.day):
                why = f"{name} is off on {one.day:%a, %b} {one.day.day}, {days_ago(one.day, business.today)}"
                yield line(one.record, one.worth, (business.today - one.day).days, why)


def _days_off(business: Business) -> dict[str, tuple[str, DaysOff]]:
    """When everybody is off, by the name as it is compared."""
    day_first = business.config.office.country.upper() not in DAY_FIRST_UNLESS
    rows = [(str(one["name"]), str(one["days_off"])) for one in business.tables["technicians"].records if one["name"] and one["days_off"]]
    return {normal_name(name): (name, read_days_off(cell, business.today, day_first=day_first)) for name, cell in rows}
