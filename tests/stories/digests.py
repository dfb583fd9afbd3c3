"""What the stories of the digest share: what customers owe, a recipe that writes to whoever is late, and the digest for scripts."""

from typing import Any

from tests.offices import Office

MONDAY = "2026-11-23T07:00"


def row(number: str, due: str, balance: str, customer: str = "Ann Li", status: str = "Sent", total: str = "") -> list[str]:
    """A row of the invoices."""
    return [number, customer, f"{number}@mail.example", f"(312) 555-{number}", status, "2026-09-01", due, total or balance, balance, ""]


OWED = [
    row("1001", "2026-11-23", "100.00"),  # due today is not overdue
    row("1002", "2026-11-22", "200.00"),
    row("1003", "2026-10-24", "300.00", "Bob Roe"),  # 30 days
    row("1004", "2026-10-23", "400.00", "Bob Roe"),  # 31 days
    row("1005", "2026-08-24", "500.50"),  # 91 days
    row("1006", "2026-01-05", "0.00", status="Paid", total="900.00"),
    row("1007", "2026-01-05", "900.00", status="Void"),
    row("1008", "2026-01-05", "-50.00"),
]


def digest(office: Office, *words: str, now: str = MONDAY) -> Any:
    """The digest as JSON."""
    ran = office.do("digest", "--format", "json", *words, now=now)
    assert ran.code == 0, ran.err
    return ran.json


CHASE = """
title = "Chase"
reads = "invoices"
owner = "office"
mode = "auto"
runs = "weekdays 09:00"
[why]
trigger = "An invoice is late"
outcome = "It is paid"
review = "Disputes"
signal = "Invoices reminded on time"
pain = "Nobody chases"
how_often = "Daily"
needs = "Due day"
owner_sees = "Overdue invoices"
[when]
status = ["sent"]
anchor = "due_on"
[[steps]]
name = "late"
after = "1 day"
do = "message"
to = "customer"
by = ["email"]
subject = "Invoice {{ number }}"
text = "Invoice {{ number }} is late."
"""
