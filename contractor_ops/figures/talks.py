"""Whom the office has talked with on the telephone."""

from datetime import datetime

from contractor_ops.figures.values import Business
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.tables.record import Value
from contractor_ops.views.calls.legs import leg_of
from contractor_ops.views.calls.together import calls_of
from contractor_ops.views.moments import in_utc


def last_talks(business: Business) -> dict[str, datetime]:
    """The last conversation with each outside number (E.164), in or out, in UTC; nothing where the office keeps no calls."""
    table = business.tables.get("calls")
    office = business.config.office
    own = frozenset(number for line in (office.phone, *business.config.calls.own_numbers) for number in numbers_in(line, office.country))
    found: dict[str, datetime] = {}
    legs = (leg_of(record, own, in_utc(record["started_at"], business.now)) for record in (table.records if table else ()))
    for call in calls_of(legs):
        number = call.main.outside
        if call.outcome == "answered" and number and call.at:
            plain = number.partition(";")[0]
            found[plain] = max(call.at, found.get(plain, call.at))
    return found


def numbers_in(cell: Value, country: str) -> list[str]:
    """The telephone numbers in a cell, as they are dialled."""
    cleaned = clean_phone(str(cell), country)[0] if cell else None
    return [number.partition(";")[0] for number in (cleaned or "").split(", ") if number]
