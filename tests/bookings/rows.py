"""Rows of the materials and inventory tables, as short as a test wants them."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from contractor_ops.bookings.materials import Booking, Materials, check_materials
from contractor_ops.tables.record import Place, Record

NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)


def record(table: str, row: int, **cells: Any) -> Record:
    return Record(
        table, {key: Decimal(value) if isinstance(value, int) else value for key, value in cells.items()}, Place(f"{table}.csv", None, row)
    )


def stock(*rows: dict[str, Any]) -> list[Record]:
    return [record("inventory", at, **cells) for at, cells in enumerate(rows, 2)]


def needs(*rows: dict[str, Any]) -> list[Record]:
    return [record("materials", at, **cells) for at, cells in enumerate(rows, 2)]


def booking(number: str, day: int = 1, job_type: str = "Install", **more: Any) -> Booking:
    told = {"key": number, "title": "", "kind": "", "starts": datetime(2026, 12, day, 9)} | more
    return Booking(number=number, job_type=job_type, **told)


def checked(bookings: list[Booking], materials: list[Record], inventory: list[Record]) -> dict[str, Materials]:
    return check_materials(bookings, materials, inventory, NOW)


def one(found: Booking, materials: list[Record], inventory: list[Record]) -> Materials:
    return checked([found], materials, inventory)[found.key]
