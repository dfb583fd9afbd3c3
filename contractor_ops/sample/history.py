"""Six months that went as they should: jobs done, billed and paid, and estimates that were won, lost or left to expire.

Nothing here is open any more: whatever a recipe should find is in `open_items.py` and `diary.py`.
"""

from datetime import timedelta
from decimal import Decimal

from contractor_ops.sample.books import Estimate, Job, bill, book, complete, extend, pay
from contractor_ops.sample.catalogue import INSTALLS, Kind, price, service_for
from contractor_ops.sample.day import Day, working_day

SERVICE_JOBS = 88
INSTALL_JOBS = 10
OLDEST, NEWEST = 180, 9
TERMS = timedelta(days=14)


def write_history(day: Day) -> None:
    """Add the past to the books."""
    for _ in range(SERVICE_JOBS):
        _service(day)
    for place in range(INSTALL_JOBS):
        _install(day, with_extra=place % 4 == 0)
    _lost_estimates(day)
    _cancelled_jobs(day)


def _service(day: Day) -> None:
    rng, on = day.rng, working_day(day.ago(day.rng.randint(NEWEST, OLDEST)))
    kind = service_for(rng, on)
    hour, ahead = rng.choice((8, 10, 13, 15)), rng.randint(1, 9)
    job = book(day.books, rng.choice(day.customers), kind, Decimal(price(rng, kind)), on, hour, rng.choice(day.crew), ahead)
    _done_billed_paid(day, job, kind)


def _install(day: Day, with_extra: bool) -> None:
    rng = day.rng
    customer, kind = rng.choice(day.customers), rng.choice(INSTALLS)
    on, total = working_day(day.ago(rng.randint(35, OLDEST - 40))), Decimal(price(rng, kind))
    sent_on = working_day(on - timedelta(days=rng.randint(18, 34)))
    estimate = Estimate(customer, kind.title, total, rng.choice(("Accepted", "Won", "Converted")), sent_on - timedelta(days=1), sent_on)
    day.books.estimates.append(estimate)
    job = book(day.books, customer, kind, total, on, 8, rng.choice(day.crew), ahead=rng.randint(7, 14))
    job.estimate = estimate
    _done_billed_paid(day, job, kind, "Extra return air duct in the hall" if with_extra else "")


def _done_billed_paid(day: Day, job: Job, kind: Kind, extra: str = "") -> None:
    rng, done_on = day.rng, job.starts_at.date()
    complete(job, kind)
    issued_on = done_on + timedelta(days=rng.randint(0, 2))
    invoice = bill(day.books, job, issued_on, issued_on + TERMS, "Paid")
    if extra:
        extend(day.books, job, extra, Decimal(rng.randrange(180, 640, 20)), "Billed", done_on, billed=True)
    if invoice.total > 4000:
        pay(day.books, invoice, Decimal(1000), issued_on, "Check")
    paid_on = issued_on + timedelta(days=rng.randint(0, min(20, (day.today - issued_on).days - 3)))
    pay(day.books, invoice, invoice.balance, paid_on, rng.choice(("Check", "Card", "Card", "ACH")))


def _lost_estimates(day: Day) -> None:
    rng = day.rng
    for status in ("Declined", "Lost", "declined", "Declined", "Expired", "Expired"):
        customer, kind = rng.choice(day.customers), rng.choice(INSTALLS)
        sent_on = working_day(day.ago(rng.randint(40, OLDEST - 20)))
        day.books.estimates.append(Estimate(customer, kind.title, Decimal(price(rng, kind)), status, sent_on - timedelta(days=1), sent_on))


def _cancelled_jobs(day: Day) -> None:
    rng = day.rng
    for why in ("sold the house", "found another company", "was booked twice", "customer travels"):
        on = working_day(day.ago(rng.randint(20, 150)))
        kind = service_for(rng, on)
        job = book(day.books, rng.choice(day.customers), kind, Decimal(price(rng, kind)), on, 10, rng.choice(day.crew), ahead=6)
        job.status, job.notes = "Cancelled", f"Cancelled, {why}"
