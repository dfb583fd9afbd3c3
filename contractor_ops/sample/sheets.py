"""The office's files as rows of cells, each with the headings and the habits of the program or the person it comes from."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.sample.books import Books, Invoice
from contractor_ops.sample.day import Day
from contractor_ops.sample.desk import Call, Lead
from contractor_ops.sample.people import DAY_NAMES, Customer, Technician, spelled
from contractor_ops.sample.shop import MATERIALS, PAPERS, STOCK, Equipment

Cell = str | int | float | Decimal | date | datetime | None
Rows = list[Sequence[Cell]]

ESTIMATE_HEADINGS = (
    "Estimate #", "Customer", "Email", "Mobile", "Address", "Job", "Status", "Created", "Emailed", "Expires", "Total", "Notes",
)  # fmt: skip


def estimates(books: Books, office_name: str, year: int) -> Rows:
    """A workbook kept by hand: a title, a blank row, the headings, the headings again half-way, and a total."""
    lines: Rows = [
        (one.number, one.customer.name, one.customer.email, one.customer.phone, one.customer.address, one.title, one.status,
         one.created_on, one.sent_on, one.expires_on, one.total, one.notes)
        for one in books.estimates
    ]  # fmt: skip
    half = len(lines) // 2
    total = sum(one.total for one in books.estimates if isinstance(one.total, Decimal))
    last = ("TOTAL", *[None] * 9, total, None)
    return [(f"{office_name}: estimates {year}",), (), ESTIMATE_HEADINGS, *lines[:half], ESTIMATE_HEADINGS, *lines[half:], (), last]


def invoices(books: Books) -> Rows:
    """An export in the manner of Jobber: spelled days, "$" in the amounts, "-" for blanks, a total at the end."""
    headings = (
        "Invoice #", "Client name", "Client email", "Client phone", "Service street", "Service city", "Service state", "Service ZIP",
        "Subject", "Issued date", "Due date", "Job #s", "Status", "Total ($)", "Balance ($)", "Promised on", "Notes",
    )  # fmt: skip
    last = ("Total", *[""] * 12, dollars(_sum(books.invoices, "total")), dollars(_sum(books.invoices, "balance")), "", "")
    return [headings, *[_invoice(one) for one in books.invoices], last]


def _invoice(one: Invoice) -> Sequence[Cell]:
    who = one.customer
    return (
        one.number, who.name, who.email or "-", who.phone or "-", who.street, who.town, "IL", who.zip_code,
        one.title, _spelled(one.issued_on), _spelled(one.due_on), one.job.number if one.job else "-", one.status,
        dollars(one.total), dollars(one.balance), _spelled(one.promised_on), one.notes or "-",
    )  # fmt: skip


def jobs(books: Books) -> Rows:
    """The job board, kept by hand."""
    headings = (
        "Job #", "Customer", "Phone", "Email", "Address", "Job title", "Job type", "Status", "Technician", "Booked on", "Scheduled start",
        "Completed", "Total", "Estimate #", "Invoice #", "Access notes", "Parts used", "Hours", "Photos", "Signature", "Notes",
    )  # fmt: skip
    lines: Rows = [
        (one.number, one.customer.name, one.customer.phone, one.customer.email, one.customer.address, one.title, one.job_type, one.status,
         one.technician.name if one.technician else None, one.booked_on, one.starts_at, one.completed_at, one.total,
         one.estimate.number if one.estimate else None, one.invoice.number if one.invoice else None,
         one.access_notes, one.parts, one.hours, one.photos, one.signature, one.notes)
        for one in books.jobs
    ]  # fmt: skip
    return [headings, *lines]


def visits(books: Books) -> Rows:
    """One visit for each job, numbered after it."""
    headings = ("Visit #", "Job #", "Customer", "Visit title", "Technician", "Scheduled start", "Completed at", "Status")
    lines: Rows = [
        (f"{one.number}-1", one.number, one.customer.name, one.title, one.technician.name if one.technician else "",
         _minute(one.starts_at), _minute(one.completed_at), "Completed" if one.completed_at else one.status)
        for one in books.jobs
    ]  # fmt: skip
    return [headings, *lines]


def payments(books: Books) -> Rows:
    """The payments, as the office manager enters them."""
    headings = ("Payment #", "Date", "Customer", "Invoice #", "Method", "Amount")
    lines: Rows = [
        (one.number, slashed(one.paid_on), one.invoice.customer.name, one.invoice.number, one.method, f"{one.amount:,.2f}")
        for one in books.payments
    ]
    return [headings, *lines]


def change_orders(books: Books) -> Rows:
    """What was added to jobs after they were sold."""
    headings = ("CO #", "Job #", "Description", "Amount", "Status", "Approved on", "Billed", "Invoice #")
    lines: Rows = [
        (one.number, one.job.number, one.description, f"{one.amount:.2f}", one.status, slashed(one.approved_on) if one.approved_on else "",
         "Yes" if one.invoice else "No", one.invoice.number if one.invoice else "")
        for one in books.change_orders
    ]  # fmt: skip
    return [headings, *lines]


def customers(people: list[Customer]) -> Rows:
    """The address book. A phone of ten bare digits stands as a number, as Excel makes of it."""
    headings = ("Name", "Phone", "Email", "Street", "City", "State", "ZIP", "Customer since", "Notes")
    lines: Rows = [
        (one.name, int(one.phone) if one.phone.isdigit() else one.phone, one.email, one.street, one.town, "IL", one.zip_code,
         one.since, one.notes)
        for one in people
    ]  # fmt: skip
    return [headings, *lines]


def technicians(crew: list[Technician]) -> Rows:
    """The crew."""
    headings = ("Name", "Phone", "Email", "Skills", "Territory", "Days off", "Hours", "Jobs a day")
    return [
        headings,
        *[(one.name, one.phone, one.email, one.skills, one.territory, one.days_off, one.hours, one.jobs_a_day) for one in crew],
    ]


def calls(log: list[Call]) -> Rows:
    """A log in the manner of RingCentral."""
    headings = ("Direction", "Type", "Phone Number", "Name", "Date", "Time", "Action", "Action Result", "Result Description", "Duration")
    lines: Rows = [
        ("Outgoing" if one.outgoing else "Incoming", "Voice", shown(one.digits), one.name,
         f"{DAY_NAMES[one.at.weekday()]} {one.at:%m/%d/%Y}", _clock(one.at), "VoIP Call" if one.outgoing else "Phone Call",
         one.result, "", f"0:{one.seconds // 60:02}:{one.seconds % 60:02}")
        for one in log
    ]  # fmt: skip
    return [headings, *lines]


def leads(found: list[Lead]) -> Rows:
    """The leads, as the website and the office write them down."""
    headings = ("Lead #", "Received", "Name", "Phone", "Email", "City", "Source", "Service needed", "Status", "Message")
    lines: Rows = [
        (f"L-{701 + place}", _minute(one.received_at), one.name, shown(one.digits), one.email, one.town, one.source, one.wants,
         one.status, one.message)
        for place, one in enumerate(found)
    ]  # fmt: skip
    return [headings, *lines]


def equipment(machines: list[Equipment]) -> Rows:
    """What stands at customers' homes."""
    headings = ("Customer", "Address", "Equipment", "Model", "Serial #", "Installed", "Warranty until", "Last service", "Next service")
    lines: Rows = [
        (one.customer, one.address, one.kind, one.model, one.serial, one.installed_on, one.warranty_until, one.last_service_on,
         one.next_service_on)
        for one in machines
    ]  # fmt: skip
    return [headings, *lines]


def stock() -> Rows:
    """What is on the shelves."""
    return [("Item", "Part #", "On hand", "Reorder at", "Location"), *STOCK]


def materials() -> Rows:
    """What each kind of job uses up."""
    return [("Job type", "Item", "Quantity"), *MATERIALS]


def compliance(day: Day) -> Rows:
    """Papers with a date on them."""
    headings = ("Item", "Kind", "Number", "Holder", "Issued", "Expires", "Status", "Notes")
    lines: Rows = [
        (item, kind, number, holder, day.ago(issued), day.ago(-left), status, notes)
        for item, kind, number, holder, issued, left, status, notes in PAPERS
    ]
    return [headings, *lines]


def dollars(amount: Decimal) -> str:
    """An amount as Jobber writes it: "$1,240.00", "-$85.00"."""
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def slashed(day: date) -> str:
    """A day as Americans write it: "1/9/2026"."""
    return f"{day.month}/{day.day}/{day.year}"


def shown(digits: str) -> str:
    """A number as a telephone shows it; a word such as "Anonymous" stays."""
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if digits.isdigit() else digits


def _sum(documents: list[Invoice], what: str) -> Decimal:
    return sum((getattr(one, what) for one in documents), Decimal(0))


def _spelled(day: date | None) -> str:
    return spelled(day) if day else "-"


def _clock(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"


def _minute(at: datetime | None) -> str:
    return f"{slashed(at.date())} {_clock(at)}" if at else ""
