"""The calendar around today: what was just done, what is on for today and tomorrow, and the holes in it."""

from datetime import date, timedelta
from decimal import Decimal

from contractor_ops.sample.books import agree, bill, extend, pay
from contractor_ops.sample.catalogue import BLOWER, BREAKDOWN, CONDENSER, FURNACE, MINI_SPLIT, THERMOSTAT, TUNE_UP, season, service_for
from contractor_ops.sample.day import Day, working_day

LUIS, KIM, SAM, ANDRE, PRIYA = range(5)


def write_diary(day: Day) -> None:
    """Add the jobs of the last days and of the next two weeks to the books."""
    _today_and_tomorrow(day)
    _next_weeks(day)
    _just_done(day)
    _billing_gaps(day)
    _odd_jobs(day)


def _today_and_tomorrow(day: Day) -> None:
    tomorrow = day.ago(-1)
    day.booked("", TUNE_UP[season(day.today)], day.today, 8, KIM)
    day.booked("", THERMOSTAT, day.today, 13, PRIYA).access_notes = "Key at the neighbour's, 2nd floor"
    day.booked("", TUNE_UP[season(day.today)], tomorrow, 9, KIM).access_notes = "Gate code 4410, dog in the yard"
    day.booked("", BREAKDOWN[season(day.today)], tomorrow, 11, None, ahead=2).notes = "Who can take this?"
    agree(day.books, day.booked("", MINI_SPLIT, tomorrow, 8, SAM, ahead=9)).notes = "Outdoor unit on wall brackets"
    day.booked("", BLOWER, tomorrow, 14, LUIS).notes = "Customer asked for Luis"


def _next_weeks(day: Day) -> None:
    just_booked = day.booked("", TUNE_UP[season(day.today)], next_working_day(day.ago(-3)), 10, KIM)
    just_booked.booked_on = day.ago(1)
    for ahead, technician in ((4, SAM), (6, PRIYA), (7, ANDRE), (9, LUIS), (11, KIM), (13, SAM)):
        on = next_working_day(day.ago(-ahead))
        day.booked("", service_for(day.rng, on), on, day.rng.choice((8, 10, 13)), technician, ahead + 2)


def _just_done(day: Day) -> None:
    """Two jobs of yesterday with everything in the note, and three with holes."""
    sale = day.finished("", TUNE_UP[season(day.today)], day.ago(1), KIM)
    sale.notes = "clnd coil & flame sensor, chgd filter 16x25x1, temp rise 48. Cust wants a quote for a heat pump. Gate code 4410."
    danger = day.finished("", THERMOSTAT, day.ago(1), PRIYA)
    danger.notes = "repl tstat, set sched w/ cust. Smelled gas at the meter, cust called the gas company."
    nothing = day.finished("", BREAKDOWN[season(day.today)], day.ago(1), LUIS)
    nothing.notes, nothing.parts, nothing.hours, nothing.photos, nothing.signature = "fixed it", "", None, None, ""
    no_hours = day.finished("", BLOWER, day.ago(2), SAM)
    no_hours.notes, no_hours.hours = "Replaced blower motor and capacitor, checked amps. Hours to follow.", None
    unsigned = day.finished("", THERMOSTAT, day.ago(2), PRIYA)
    unsigned.photos, unsigned.signature = 0, "No"


def _billing_gaps(day: Day) -> None:
    forgotten = agree(day.books, day.finished("", CONDENSER, working_day(day.ago(8)), ANDRE))
    forgotten.notes += " Extra line set cover, to be billed."
    extended = agree(day.books, day.finished("", FURNACE, working_day(day.ago(16)), ANDRE))
    bill(day.books, extended, working_day(day.ago(13)), working_day(day.ago(13)) + timedelta(days=30))
    extend(day.books, extended, "Second zone damper", Decimal(460), "Approved", working_day(day.ago(15)))
    short = agree(day.books, day.finished("", CONDENSER, working_day(day.ago(12)), ANDRE))
    bill(day.books, short, working_day(day.ago(10)), working_day(day.ago(10)) + timedelta(days=30)).total -= 200
    extend(day.books, short, "Surge protector for the condenser", Decimal(240), "Pending", None)
    extend(day.books, short, "Concrete pad instead of plastic", Decimal(310), "Declined", None)


def _odd_jobs(day: Day) -> None:
    missed = day.booked("", TUNE_UP[season(day.today)], day.ago(1), 15, KIM, ahead=5)
    missed.status, missed.notes = "No show", "Rang and called, nobody at home"
    waiting = day.booked("", BLOWER, day.ago(6), 9, SAM)
    waiting.status, waiting.notes = "On hold", "Blower motor on order, promised for next week"
    for ago, note in ((58, ""), (31, " Second visit for this unit."), (5, " This is the third visit, same fault code 33.")):
        job = day.finished("reyes", BREAKDOWN[season(day.ago(ago))], working_day(day.ago(ago)), LUIS)
        job.notes += note
        invoice = bill(day.books, job, job.starts_at.date(), job.starts_at.date() + timedelta(days=14))
        if ago > 14:
            invoice.status = "Paid"
            pay(day.books, invoice, invoice.total, working_day(day.ago(ago - 7)), "Card")


def next_working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
