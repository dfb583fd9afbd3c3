"""The office's books: estimates, jobs, invoices, payments and change orders that refer to each other, and how one leads to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from contractor_ops.sample.catalogue import Kind
from contractor_ops.sample.people import Customer, Technician


@dataclass(slots=True, eq=False)
class Estimate:
    """One estimate. `sent_on` and `total` are texts where somebody typed something that is no day and no amount."""

    customer: Customer
    title: str
    total: Decimal | str
    status: str
    created_on: date
    sent_on: date | str | None
    notes: str = ""
    number: str = ""

    @property
    def expires_on(self) -> date | None:
        """Thirty days after it was sent."""
        return self.sent_on + timedelta(days=30) if isinstance(self.sent_on, date) else None


@dataclass(slots=True, eq=False)
class Job:
    """One job; times are the office's. `hours`, `parts`, `photos` and `signature` are what the technician left."""

    customer: Customer
    title: str
    job_type: str
    total: Decimal
    status: str
    booked_on: date
    starts_at: datetime
    technician: Technician | None = None
    completed_at: datetime | None = None
    estimate: Estimate | None = None
    invoice: "Invoice | None" = None
    notes: str = ""
    access_notes: str = ""
    parts: str = ""
    hours: float | None = None
    photos: int | None = None
    signature: str = ""
    number: str = ""


@dataclass(slots=True, eq=False)
class ChangeOrder:
    """Work added to a job after it was sold; `invoice` is the one it was billed on."""

    job: Job
    description: str
    amount: Decimal
    status: str
    approved_on: date | None
    invoice: "Invoice | None" = None
    number: str = ""


@dataclass(slots=True, eq=False)
class Invoice:
    """One invoice, or a credit memo where the total is negative. A draft has no days yet."""

    customer: Customer
    title: str
    total: Decimal
    status: str
    issued_on: date | None
    due_on: date | None
    job: Job | None = None
    notes: str = ""
    promised_on: date | None = None
    paid: Decimal = Decimal(0)
    number: str = ""

    @property
    def balance(self) -> Decimal:
        """What is still owed."""
        return self.total - self.paid


@dataclass(slots=True, eq=False)
class Payment:
    """Money that came in for one invoice."""

    invoice: Invoice
    amount: Decimal
    paid_on: date
    method: str
    number: str = ""


@dataclass(slots=True)
class Books:
    """All of it. The functions below add to it; `number_documents` comes last."""

    estimates: list[Estimate] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    change_orders: list[ChangeOrder] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)


def book(books: Books, customer: Customer, kind: Kind, total: Decimal, day: date, hour: int, by: Technician | None, ahead: int) -> Job:
    """Put a job on the calendar, booked so many days ahead."""
    starts_at = datetime.combine(day, time(hour))
    job = Job(customer, kind.title, kind.job_type, total, "Scheduled", day - timedelta(days=ahead), starts_at, by)
    books.jobs.append(job)
    return job


def agree(books: Books, job: Job) -> Job:
    """The estimate that the customer accepted before the job was booked."""
    sent_on = job.booked_on - timedelta(days=3)
    job.estimate = Estimate(job.customer, job.title, job.total, "Accepted", sent_on - timedelta(days=1), sent_on)
    books.estimates.append(job.estimate)
    return job


def complete(job: Job, kind: Kind) -> Job:
    """Finish a job with everything that a good job note has."""
    job.status, job.completed_at = "Completed", job.starts_at + timedelta(hours=kind.hours)
    job.notes, job.parts, job.hours, job.photos, job.signature = kind.note, kind.parts, kind.hours, 3, "Yes"
    return job


def bill(books: Books, job: Job, issued_on: date, due_on: date, status: str = "Awaiting Payment", notes: str = "") -> Invoice:
    """Send the invoice of a completed job."""
    invoice = Invoice(job.customer, job.title, job.total, status, issued_on, due_on, job, notes)
    job.status, job.invoice = "Invoiced", invoice
    books.invoices.append(invoice)
    return invoice


def extend(books: Books, job: Job, description: str, amount: Decimal, status: str, approved_on: date | None, billed: bool = False) -> None:
    """Add a change order to a job; a billed one stands on the job's invoice and in its total."""
    invoice = job.invoice if billed else None
    if invoice:
        invoice.total += amount
    books.change_orders.append(ChangeOrder(job, description, amount, status, approved_on, invoice))


def pay(books: Books, invoice: Invoice, amount: Decimal, paid_on: date, method: str) -> None:
    """Enter a payment."""
    invoice.paid += amount
    books.payments.append(Payment(invoice, amount, paid_on, method))


def number_documents(books: Books) -> None:
    """Put every list in the order of its days and number it. A number that is given already (a credit memo's) stays."""
    books.estimates.sort(key=lambda estimate: estimate.created_on)
    books.jobs.sort(key=lambda job: job.booked_on)
    books.invoices.sort(key=lambda invoice: invoice.issued_on or date.max)
    books.payments.sort(key=lambda payment: payment.paid_on)
    _number(books.estimates, "E-", 1001)
    _number(books.jobs, "J-", 5001)
    _number(books.change_orders, "CO-", 31)
    _number(books.invoices, "", 2001)
    _number(books.payments, "P-", 3001)


def _number(documents: Sequence[Estimate | Job | ChangeOrder | Invoice | Payment], prefix: str, first: int) -> None:
    for place, document in enumerate(documents):
        document.number = document.number or f"{prefix}{first + place}"
