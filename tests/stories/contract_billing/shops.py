"""The same papers as different offices keep them: a hand-kept folder of CSV files, Jobber's exports, a workbook with real numbers and days."""

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.offices import CONFIG
from tests.stories.contract_billing import billing_rows as rows
from tests.stories.contract_billing.billing_rows import Case, Est, Inv
from tests.stories.inside import Office

Sheet = tuple[Sequence[str], list[list[Any]]]
JOBS = (
    "Job #",
    "Customer",
    "Title",
    "Job type",
    "Status",
    "Technician",
    "Scheduled",
    "Completed",
    "Total",
    "Estimate #",
    "Invoice #",
    "Notes",
)
ESTIMATES = (
    "Estimate #",
    "Customer",
    "Job #",
    "Title",
    "Status",
    "Sent",
    "Approved on",
    "Subtotal",
    "Tax",
    "Total",
    "Deposit required",
    "Deposit collected",
)
ORDERS = ("Job #", "CO #", "Description", "Amount", "Status", "Approved on", "Billed", "Invoice #")
INVOICES = ("Invoice #", "Customer", "Job #", "Title", "Status", "Issued", "Due date", "Subtotal", "Tax", "Total", "Paid", "Balance")
JOBBER_JOBS = ("Job #", "Client name", "Client email", "Client phone", "Service street", "Service city", "Service province", "Service ZIP", "Title", "Job type",
               "Job status", "Created date", "Scheduled start date", "Closed date", "Salesperson", "Visits assigned to", "Line items", "Invoice #s", "Quote #",
               "Total revenue ($)")  # fmt: skip
JOBBER_QUOTES = ("Quote #", "Client name", "Client email", "Client phone", "Service street", "Service city", "Service province", "Service ZIP", "Title", "Status",
                 "Line items", "Salesperson", "Sent by user", "Job #s", "Subtotal ($)", "Tax amount ($)", "Total ($)", "Discount ($)", "Required deposit ($)",
                 "Collected deposit ($)", "Drafted date", "Sent date", "Changes requested date", "Approved date", "Converted date", "Archived date")  # fmt: skip
JOBBER_INVOICES = ("Invoice #", "Client name", "Client email", "Client phone", "Service street", "Service city", "Service province", "Service ZIP", "Issued date",
                   "Due date", "Job #s", "Status", "Subject", "Pre-tax total ($)", "Tax amount ($)", "Total ($)", "Balance ($)", "Deposit $")  # fmt: skip


def number_of(case: Case, at: int, invoice: Inv) -> str:
    return invoice.number or f"7{case.number}{at}"


def estimate_number(case: Case, at: int, estimate: Est) -> str:
    return estimate.number or f"Q-{case.number}{'abc'[at] if at else ''}"


def balance_of(invoice: Inv) -> str:
    return invoice.balance if invoice.balance is not None else "0" if invoice.status == "Paid" else invoice.total


def jobs(cases: Sequence[Case]) -> Sheet:
    return JOBS, [
        [one.number, one.who, one.title, one.kind, one.status, "Sam Whitaker", "2026-11-10" if one.status not in {"Scheduled", "Booked"} else "2026-12-05",
         one.done, one.total, one.estimate_cell, one.invoice_cell, ""]
        for one in cases
    ]  # fmt: skip


def estimates(cases: Sequence[Case]) -> Sheet:
    return ESTIMATES, [
        [estimate_number(one, at, est), one.who, one.number if est.job is None else est.job, est.title or one.title, est.status, "2026-10-20",
         "2026-10-28" if est.status in {"Approved", "Converted", "Won"} else "", est.subtotal, est.tax, est.total, est.required, est.collected]
        for one in cases for at, est in enumerate(one.estimates)
    ]  # fmt: skip


def orders(cases: Sequence[Case]) -> Sheet:
    return ORDERS, [
        [one.number, order.number, order.what, order.amount, order.status, "2026-11-05" if order.status.startswith(("Approved", "Billed", "Invoiced")) else "",
         order.billed, order.invoice]
        for one in cases for order in one.orders
    ]  # fmt: skip


def invoices(cases: Sequence[Case]) -> Sheet:
    return INVOICES, [
        [number_of(one, at, inv), one.who, one.number if inv.job is None else inv.job, inv.title, inv.status, "2026-11-13",
         "2026-11-20" if inv.status in {"Overdue", "Past due"} else "2026-12-13", inv.subtotal, inv.tax, inv.total, inv.paid, balance_of(inv)]
        for one in cases for at, inv in enumerate(one.papers)
    ]  # fmt: skip


def by_hand(folder: Path, cases: Sequence[Case], more: str = rows.CONFIG) -> Office:
    """CSV files, as somebody keeps them who types everything."""
    office = Office(folder, CONFIG + more)
    for table, (headings, lines) in (
        ("jobs", jobs(cases)),
        ("estimates", estimates(cases)),
        ("change_orders", orders(cases)),
        ("invoices", invoices(cases)),
    ):
        office.sheet(table, headings, lines)
    return office


def as_workbook(folder: Path, cases: Sequence[Case], more: str = rows.CONFIG) -> Office:
    """One workbook, a sheet a table; numbers are numbers and days are days."""
    from openpyxl import Workbook

    office = Office(folder, CONFIG + more)
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for table, (headings, lines) in (
        ("jobs", jobs(cases)),
        ("estimates", estimates(cases)),
        ("change_orders", orders(cases)),
        ("invoices", invoices(cases)),
    ):
        sheet = book.create_sheet(table)
        for line in (headings, *([_typed(cell) for cell in line] for line in lines)):
            sheet.append(list(line))
        office.configure(f'\n[tables.{table}]\nfile = "books.xlsx"\nsheet = "{table}"\n')
    book.save(folder / "books.xlsx")
    return office


def _typed(cell: Any) -> Any:
    for kind in (int, float, datetime.fromisoformat):
        try:
            return kind(cell) or (cell and 0)
        except ValueError:
            continue
    return cell or None


def as_jobber(folder: Path, cases: Sequence[Case], more: str = rows.CONFIG) -> Office:
    """Jobber's three reports, as they are exported, and change orders by hand."""
    office = Office(folder, CONFIG + more)
    for table, (headings, lines) in (
        ("jobs", _jobber_jobs(cases)),
        ("estimates", _jobber_quotes(cases)),
        ("invoices", _jobber_invoices(cases)),
    ):
        file = f"{table}-report.csv"
        with (folder / file).open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([headings, *lines])
        office.configure(f'\n[tables.{table}]\nfile = "{file}"\n')
    office.sheet("change_orders", *orders(cases))
    return office


def _jobber_jobs(cases: Sequence[Case]) -> Sheet:
    def invoiced(one: Case) -> str:
        return (
            one.invoice_cell
            or ", ".join(dict.fromkeys(number_of(one, at, inv) for at, inv in enumerate(one.papers) if inv.job is None))
            or "-"
        )

    def quoted(one: Case) -> str:
        return one.estimate_cell or next((estimate_number(one, at, est) for at, est in enumerate(one.estimates) if est.job is None), "-")

    return JOBBER_JOBS, [
        [one.number, one.who, "", "", *_address(one), one.title, one.kind, one.status, _day("2026-10-29"), _day("2026-11-10"), _day(one.done), "Dana Reed",
         "Sam Whitaker", "Repair", invoiced(one), quoted(one), _money(one.total)]
        for one in cases
    ]  # fmt: skip


def _jobber_quotes(cases: Sequence[Case]) -> Sheet:
    return JOBBER_QUOTES, [
        [number, who, "", "", *_address(one), title, status, "Repair", "Dana Reed", "Dana Reed", job or "-", _money(subtotal), _money(tax), _money(total), "$0.00",
         _money(required), _money(collected), _day("2026-10-19"), _day(sent), "-", _day(approved), "-", "-"]
        for one in cases for number, who, job, title, status, sent, approved, subtotal, tax, total, required, collected in estimates([one])[1]
    ]  # fmt: skip


def _jobber_invoices(cases: Sequence[Case]) -> Sheet:
    return JOBBER_INVOICES, [
        [number, who, "", "", *_address(one), _day(issued), _day(due), job or "-", status, title, _money(subtotal), _money(tax), _money(total), _money(balance), _money(paid)]
        for one in cases for number, who, job, title, status, issued, due, subtotal, tax, total, paid, balance in invoices([one])[1]
    ]  # fmt: skip


def _address(one: Case) -> list[str]:
    return [f"{one.number} Kedzie Ave", "Chicago", "Illinois", "60618"]


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%b %-d, %Y}" if text else "-"


def _money(text: str) -> str:
    if not text or text == "-" or text.startswith("$"):
        return text or "-"
    return f"-${-float(text):,.2f}" if float(text) < 0 else f"${float(text):,.2f}"


Shop = Callable[[Path, Sequence[Case]], Office]
SHOPS: tuple[Shop, ...] = (by_hand, as_workbook, as_jobber)
