"""Work on the calendar for a technician who is off that day."""

from collections.abc import Iterator

from contractor_ops.figures.calendar import bookings
from contractor_ops.figures.days_off import is_off
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
    crew = {normal_name(str(one["name"])): one for one in business.tables["technicians"].records if one["name"] and one["days_off"]}
    day_first = business.config.office.country.upper() not in DAY_FIRST_UNLESS
    for one in bookings(business, next_days(business.today)):
        for who in dict.fromkeys(map(normal_name, one.crew)):
            if who in crew and is_off(str(crew[who]["days_off"]), one.day, day_first=day_first):
                why = f"{crew[who]['name']} is off on {one.day:%a, %b} {one.day.day}, {days_ago(one.day, business.today)}"
                yield line(one.record, one.worth, (business.today - one.day).days, why)
