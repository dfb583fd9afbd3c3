"""What is open today: estimates that wait for an answer and invoices that wait for money."""

from datetime import timedelta
from decimal import Decimal

from contractor_ops.sample.books import Estimate, Invoice, agree, bill, pay
from contractor_ops.sample.catalogue import FURNACE, INSTALLS, THERMOSTAT, TUNE_UP, price, service_for
from contractor_ops.sample.day import Day, working_day
from contractor_ops.sample.people import spelled

# Who ("" is anybody), what, how much, status, sent so many days ago, notes. All were written the day before they were sent.
OPEN_ESTIMATES = (
    # routine: a first or a second nudge
    ("li", "Furnace replacement", "6450.00", "Sent", 2, ""),
    ("haddad", "Heat pump for the two-flat", "9800.00", "Sent", 2, ""),
    ("boone", "Ductless mini-split, back bedroom", "4375.00", "Viewed", 3, ""),
    ("evans", "AC condenser replacement", "5240.00", "sent ", 5, ""),
    ("herrera", "Whole-house humidifier", "1180.00", "Sent", 5, "Habla español, llamar después de las 5"),
    ("dental", "Rooftop unit, suite 2", "11900.00", "Viewed", 10, ""),
    # routine: time for a call
    ("", "Furnace replacement", "5875.00", "Sent", 14, ""),
    ("", "Ductless mini-split", "4660.00", "Viewed", 14, ""),
    # nothing due yet
    ("", "Heat pump", "10350.00", "Sent", 1, ""),
    ("", "Thermostat and zone board", "1420.00", "Sent", 0, ""),
    # for a person
    ("condos", "Boiler room, both boilers", "18400.00", "Sent", 5, "Board meets on the 12th"),
    ("delgado", "AC condenser replacement", "4980.00", "Sent", 3, "Asked for a senior discount"),
    ("fontaine", "Furnace heat exchanger", "2350.00", "Viewed", 6, "Says the old one is under warranty"),
    ("szymanski", "Boiler replacement", "7800.00", "Sent", 2, ""),
    ("reyes", "Furnace replacement", "5990.00", "Thinking it over", 5, ""),
    # accepted, and nobody has put it on the calendar
    ("", "Ductless mini-split", "5120.00", "Accepted", 8, "Said yes on the phone, wants a date"),
)
BACKLOG_DAYS = (118, 127, 133, 146, 152)
# Due in so many days (minus: overdue), status, who, notes.
OPEN_INVOICES = (
    # routine: one message to each customer
    (3, "Awaiting Payment", "", ""), (-1, "Past Due", "", ""), (-7, "Past Due", "", ""),
    (-14, "Past Due", "", ""), (-30, "Past Due", "", ""),
    (-3, "Past Due", "okafor", ""), (-10, "Past Due", "okafor", ""), (-20, "Past Due", "okafor", ""),
    # not due yet
    (8, "Awaiting Payment", "", ""), (9, "Awaiting Payment", "", ""), (11, "Awaiting Payment", "", ""),
    (12, "Awaiting Payment", "dental", ""),
    # for a person
    (-12, "Disputed", "novak", "Says the leak is still there, wants to talk to Maria"),
    (-8, "Past Due", "fontaine", "Her lawyer wrote, do not contact"),
    (-9, "Past Due", "szymanski", ""),
    (-6, "Past Due", "school", "Their bookkeeper promised to pay soon"),
    (-7, "Past Due", "brandt", ""),
    # over
    (-70, "Bad Debt", "", "Moved away, mail comes back"),
)  # fmt: skip


def write_open_items(day: Day) -> None:
    """Add every open estimate and invoice to the books, with the jobs that the invoices are for."""
    _open_estimates(day)
    _messy_estimates(day)
    _open_invoices(day)
    _odd_invoices(day)


def _open_estimates(day: Day) -> None:
    for key, title, amount, status, ago, notes in OPEN_ESTIMATES:
        day.books.estimates.append(Estimate(day.who(key), title, Decimal(amount), status, day.ago(ago + 1), day.ago(ago), notes))
    for ago in BACKLOG_DAYS:
        kind = day.rng.choice(INSTALLS)
        total, sent_on = Decimal(price(day.rng, kind)), working_day(day.ago(ago))
        day.books.estimates.append(Estimate(day.who(""), kind.title, total, "Sent", sent_on, sent_on, "went quiet, everybody was busy"))
    for title in ("Furnace replacement", "Ductwork in the attic", "AC condenser replacement"):
        total = Decimal(day.rng.randrange(2400, 7000, 50))
        day.books.estimates.append(Estimate(day.who(""), title, total, "Draft", day.ago(2), None, "not sent yet"))


def _messy_estimates(day: Day) -> None:
    messy = (
        ("novak", "Humidifier and duct cleaning", "call me", "Sent", day.ago(5)),
        ("brandt", "Furnace replacement", Decimal(5310), "Sent", f"31/31/{day.today.year}"),
        ("okafor", "Mini-split for the sun room", "#REF!", "Sent", day.ago(3)),
        ("school", "Air handler, gym", Decimal(8640), "Sent", day.ago(4)),
        ("bakery", "Exhaust and make-up air", Decimal(6275), "Sent", day.ago(4)),
    )
    for key, title, total, status, sent_on in messy:
        day.books.estimates.append(Estimate(day.who(key), title, total, status, day.ago(6), sent_on))


def use_a_number_twice(day: Day) -> None:
    """Give the bakery's estimate the school's number, once all are numbered."""
    newest = {estimate.customer: estimate for estimate in day.books.estimates}
    newest[day.cast["bakery"]].number = newest[day.cast["school"]].number


def _open_invoices(day: Day) -> None:
    for days, status, key, notes in OPEN_INVOICES:
        due_on = day.ago(-days)
        issued_on = due_on - timedelta(days=14)
        job = day.finished(key, service_for(day.rng, issued_on), working_day(issued_on))
        bill(day.books, job, issued_on, due_on, status, notes)


def _odd_invoices(day: Day) -> None:
    books = day.books
    boilers = agree(books, day.finished("condos", FURNACE, working_day(day.ago(40))))
    part = bill(books, boilers, day.ago(38), day.ago(8), "Partially paid")
    pay(books, part, Decimal(2500), day.ago(10), "Check")

    promise = bill(books, day.finished("delgado", THERMOSTAT, working_day(day.ago(24))), day.ago(24), day.ago(10), "Past Due")
    promise.promised_on = day.ago(-6)
    promise.notes = f"Called, will pay by {spelled(promise.promised_on)}"

    nothing_left = bill(books, day.finished("", TUNE_UP["heat"], working_day(day.ago(15))), day.ago(15), day.ago(1), "Awaiting Payment")
    pay(books, nothing_left, nothing_left.total, day.ago(1), "Check")

    twelve = day.ago(12)
    credit = Invoice(day.who("brandt"), "Credit: filter charged twice", Decimal(-85), "Awaiting Payment", twelve, twelve, number="CM-17")
    books.invoices.append(credit)
    for kind in (TUNE_UP["cool"], THERMOSTAT):
        draft = bill(books, day.finished("", kind, day.ago(2)), day.ago(0), day.ago(0), "Draft")
        draft.issued_on = draft.due_on = None
