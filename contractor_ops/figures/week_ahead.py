"""The next seven days: what falls due, who is missing, what runs short or stands still, and what runs out. Days ahead are below zero."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from contractor_ops.figures.bills import NEEDS, bills
from contractor_ops.figures.calendar import Booking, bookings
from contractor_ops.figures.crew_off import crew_off
from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.lines import in_order, line
from contractor_ops.figures.material import shortages
from contractor_ops.figures.offers import NEEDS as OFFERS_NEED
from contractor_ops.figures.offers import offers
from contractor_ops.figures.stuck import not_met, on_hold, to_reorder
from contractor_ops.figures.values import Business, Group, Line, Window, group
from contractor_ops.figures.windows import days_ago, days_in, next_days, said
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record
from contractor_ops.tables.records import column_of

DUE_NEEDS = (*NEEDS, "invoices.due_on")
UNASSIGNED_NEEDS = ("jobs.technician|visits.technician",)
MATERIAL_NEEDS = ("jobs", "materials", "inventory")
EXPIRING_NEEDS = (*OFFERS_NEED, "estimates.expires_on")
_CLOSED = frozenset(
    {"closed", "passed", "final", "finaled", "cancelled", "canceled", "void", "renewed", "done", "completed", "withdrawn", "removed"}
)
_PAPERS = (("expires_on", "expires"), ("inspection_on", "inspection"))
_EXPIRED = (("expires_on", "expired"),)
_MACHINES = (("next_service_on", "service due"), ("warranty_until", "warranty ends"))


def week_ahead(business: Business) -> tuple[Group, ...]:
    """All that lies ahead, a group for each kind; a group is empty where the office does not keep what it is made from."""
    makers = (
        falling_due, unassigned, crew_off, short_of_material, on_hold, not_met, to_reorder, estimates_expiring, papers_expiring, equipment_dates,
    )  # fmt: skip
    return tuple(make(business) for make in makers)


def falling_due(business: Business) -> Group:
    """Invoices that must be paid in these days."""
    return group("falling-due", "Invoices falling due", in_order(_falling_due(business)), "invoice falling due")


def unassigned(business: Business) -> Group:
    """Jobs and visits on the calendar that have no technician."""
    told = bookings(business, next_days(business.today)) if not lacking(business, *UNASSIGNED_NEEDS) else ()
    lines = (_nobody(one, business) for one in told if not one.assigned)
    return group("unassigned", "Visits without a technician", in_order(lines), "visit without a technician")


def short_of_material(business: Business) -> Group:
    """Jobs on the calendar for which something is not on the shelf, in the order in which they need it."""
    told = shortages(business, next_days(business.today)) if not lacking(business, *MATERIAL_NEEDS) else ()
    lines = (_short(one, lacks, business) for one, lacks in told)
    return group("short-of-material", "Jobs short of material", in_order(lines), "job short of material")


def estimates_expiring(business: Business) -> Group:
    """Open estimates whose price holds only for these days."""
    lines = _expiring(business) if not lacking(business, *EXPIRING_NEEDS) else ()
    return group("estimates-expiring", "Estimates expiring", in_order(lines), "estimate expiring")


def papers_expiring(business: Business) -> Group:
    """Permits, licences and insurance that run out, and inspections."""
    lines = _dated(business, "compliance", _PAPERS, next_days(business.today))
    return group("papers-expiring", "Papers and inspections", in_order(lines), "paper or inspection")


def papers_expired(business: Business) -> Group:
    """Permits, licences and insurance that have run out and are not closed: the week ahead comes too late for them."""
    lines = _dated(business, "compliance", _EXPIRED, Window(date.min, next_days(business.today).before().last))
    return group("papers-expired", "Papers that have run out", in_order(lines), "paper that has run out")


def equipment_dates(business: Business) -> Group:
    """Customers' units that should be served, or whose warranty ends."""
    lines = _dated(business, "equipment", _MACHINES, next_days(business.today))
    return group("equipment-dates", "Services due and warranties ending", in_order(lines), "service due or warranty ending")


def _falling_due(business: Business) -> Iterator[Line]:
    if lacking(business, *DUE_NEEDS):
        return
    window = next_days(business.today)
    records = business.tables["invoices"].records
    for one in bills(business, payments=False):
        if one.state == "open" and one.due is not None and one.due in window:
            yield _ahead(line(records[one.at], one.owed), one.due, "due", business)


def _expiring(business: Business) -> Iterator[Line]:
    window, records = next_days(business.today), business.tables["estimates"].records
    for one in offers(business):
        if one.answer == "open" and one.expires is not None and one.expires in window:
            yield _ahead(line(records[one.at], one.total), one.expires, "expires", business)


def _dated(business: Business, name: str, columns: tuple[tuple[str, str], ...], window: Window) -> Iterator[Line]:
    """A line for each of a table's days that lies in the window."""
    if lacking(business, name):
        return
    records = business.tables[name].records
    status = column_of(records, "status")
    for column, verb in columns:
        for at, day in enumerate(days_in(column_of(records, column), business.now)):
            if day is not None and day in window and str(status[at] or "").casefold().strip(" .!") not in _CLOSED:
                told = _ahead(replace(line(records[at]), what=_thing(records[at])), day, verb, business)
                yield replace(told, why="; ".join((told.why, *_beside(records[at], business)))) if name == "compliance" else told


def _beside(paper: Record, business: Business) -> Iterator[str]:
    """Whose paper it is, and what the sheet notes of it."""
    if paper["holder"] and normal_name(str(paper["holder"])) != normal_name(business.config.office.name):
        yield f"{paper['holder']}'s"
    if paper["notes"]:
        yield str(paper["notes"]).strip(" .")


def _thing(record: Record) -> str:
    """A paper or a unit by its name and number."""
    name = " ".join(str(part) for part in (record["item"] or record["equipment"], record["model"]) if part)
    number = record["number"] or record["serial"]
    return f"{name} ({number})" if name and number else name or str(number or "without a name")


def _ahead(one: Line, day: date, verb: str, business: Business) -> Line:
    today = business.today
    return replace(one, why=f"{verb} {said(day, today)}, {days_ago(day, today)}", days=(today - day).days)


def _nobody(one: Booking, business: Business) -> Line:
    return _ahead(line(one.record, one.worth), one.day, "scheduled for", business)


def _short(one: Booking, lacks: str, business: Business) -> Line:
    told = _ahead(line(one.record, one.worth), one.day, "scheduled for", business)
    return replace(told, why=f"{lacks}; {told.why}")
