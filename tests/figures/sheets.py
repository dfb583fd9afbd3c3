"""A business made of small sheets, on a Tuesday morning."""

from datetime import date
from decimal import Decimal
from typing import Any

from contractor_ops.config import read_config
from contractor_ops.figures.values import Business, Group
from contractor_ops.tables.record import Table
from contractor_ops.views.view import View
from tests.offices import CONFIG
from tests.views.sheets import NOW, Row, given, tables

TODAY = NOW.date()
"""November 24, 2026."""


def business(kept: dict[str, Table] | None = None, views: tuple[View, ...] = (), **sheets: Any) -> Business:
    """A business with these sheets; a table that is not named is not kept."""
    made = {**tables(**sheets), **(kept or {})}
    made |= {view.spec.name: view.build(given(made)) for view in views if view.main in made}
    return Business(made, NOW, read_config(CONFIG.encode()), lambda day: day.weekday() < 5)


def invoice(number: str, **cells: Any) -> Row:
    """An invoice of $100 that was sent on November 1, is due on November 15 and not paid."""
    row = {
        "Invoice #": number, "Customer": "Ann Li", "Status": "Sent", "Issued": "2026-11-01", "Due date": "2026-11-15", "Total": "100",
        "Balance": "100",
    }  # fmt: skip
    return {**row, **{name.replace("_", " "): value for name, value in cells.items()}}


def told(group: Group) -> list[tuple[str, Decimal | None]]:
    """What a group holds: each thing and its amount."""
    return [(line.what, line.amount) for line in group.lines]


def names(group: Group) -> set[str]:
    """Which records a group holds."""
    return {line.record for line in group.lines}


def day(text: str) -> date:
    return date.fromisoformat(text)
