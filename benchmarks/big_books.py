"""The books of a large office as tables in memory: most of it billed as agreed, one job in a hundred with a gap, odd cells as in real sheets."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import ColumnMatch, Table, Value
from contractor_ops.tables.records import Records

TODAY = date(2026, 11, 23)
_FIRST = ("Ann", "Bob", "Carla", "Dev", "Ella", "Frank", "Grace", "Hank", "Ines", "Jorge", "Kim", "Lena", "Mo", "Nora", "Omar", "Pia")
_LAST = ("Li", "Reyes", "Okafor", "Novak", "Brandt", "Diaz", "Evans", "Fontaine", "Haddad", "Ito", "Jansen", "Kowalski", "Lopez", "Meyer")
_TYPES = ("Repair", "Tune-up", "Install", "Maintenance", "Emergency call")


def big_books(jobs: int) -> dict[str, Table]:
    """So many jobs and as many invoices, with 30 estimates, 20 change orders and 120 payments for each hundred."""
    rng = Random(4)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("jobs", "estimates", "change_orders", "invoices", "payments")}
    for number in range(jobs):
        _one_job(rng, rows, number)
    return {name: _table(name, cells) for name, cells in rows.items()}


def _one_job(rng: Random, rows: Mapping[str, list[dict[str, Any]]], number: int) -> None:
    who = {"customer": f"{rng.choice(_FIRST)} {rng.choice(_LAST)} {number // 3}", "email": f"person{number // 3}@mail{number % 50}.example"}
    day = TODAY - timedelta(days=rng.randrange(0, 1500))
    gap = rng.random() < 0.01
    price = Decimal(rng.randrange(9_000, 90_000)) / 100
    agreed = price * 10 if number % 10 < 3 else price
    job, bill = f"J-{number:06}", str(200_000 + number)
    done = number % 50 > 0
    rows["jobs"].append({
        "number": job, **who, "title": "Work", "job_type": rng.choice(_TYPES) + (" (big)" if number % 10 < 3 else ""), "total": agreed,
        "status": rng.choice(("Completed", "Invoiced", "Complete")) if done else "Scheduled", "technician": "Kim", "completed_on": day if done else None,
        "scheduled_on": day, "booked_on": day - timedelta(days=9), "estimate": f"E-{number}" if number % 10 < 3 else None,
        "invoice": bill if done and not gap else None, "address": f"{number} Prairie Ave", "phone": None, "notes": "Done as agreed.",
    })  # fmt: skip
    if number % 10 < 3:
        rows["estimates"].append({
            "number": f"E-{number}", **who, "title": "Work", "status": rng.choice(("Accepted", "Converted", "Won")), "total": agreed,
            "created_on": day - timedelta(days=20), "approved_on": day - timedelta(days=12), "deposit_required": None, "deposit_paid": None,
        })  # fmt: skip
    if number % 10 < 2:
        extra = Decimal(rng.randrange(10_000, 60_000)) / 100
        agreed += extra if not gap and done else 0
        rows["change_orders"].append({
            "number": "CO-1", "job": job, "description": "More", "amount": extra, "status": "Approved", "approved_on": day,
            "billed": done and not gap, "invoice": bill if done and not gap else None, "requested_on": day,
        })  # fmt: skip
    if not done or (gap and number % 2):
        return
    _billed(rng, rows, who, number, agreed, day, job, bill)


def _billed(
    rng: Random,
    rows: Mapping[str, list[dict[str, Any]]],
    who: Mapping[str, str],
    number: int,
    total: Decimal,
    day: date,
    job: str,
    bill: str,
) -> None:
    odd = rng.random()
    cell = f"#{job}" if odd < 0.003 else job.replace("J-0", "J-") if odd < 0.006 else None if odd < 0.01 else job
    paid = rng.random() < 0.95
    rows["invoices"].append({
        "number": bill, **who, "title": "Work", "status": "Paid" if paid else "Sent", "job": cell, "issued_on": day + timedelta(days=1),
        "due_on": day + timedelta(days=15), "total": total, "balance": Decimal(0) if paid else total, "paid_on": day + timedelta(days=9) if paid else None,
    })  # fmt: skip
    parts = (total,) if number % 10 > 2 else (total / 2, total - total / 2)
    for part, amount in enumerate(parts if paid else ()):
        rows["payments"].append({
            "number": f"P-{number}-{part}", "customer": who["customer"], "invoice": bill, "amount": amount, "paid_on": day + timedelta(days=9),
            "job": None, "method": "Card", "type": None,
        })  # fmt: skip


def _table(name: str, cells: Sequence[Mapping[str, Value]]) -> Table:
    names = list(cells[0]) if cells else []
    columns = [[row[column] for row in cells] for column in names]
    records = Records(name, f"{name}.csv", None, list(range(2, len(cells) + 2)), names, columns, {})
    found = {column: ColumnMatch((column,), "") if column in names else None for column in TABLES[name].column_names}
    return Table(name, records, [], found, files=(f"{name}.csv",))
