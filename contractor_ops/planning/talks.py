"""Who was talked to on the telephone, and when: what ends a recipe that only wants somebody to call."""

from datetime import datetime

from contractor_ops.tables.record import Table
from contractor_ops.views.calls.legs import leg_of
from contractor_ops.views.calls.together import calls_of
from contractor_ops.views.moments import in_utc


def talks(calls: Table, own_numbers: frozenset[str], now: datetime) -> dict[str, datetime]:
    """The latest conversation with each outside number (E.164), in or out, by the calls table."""
    found: dict[str, datetime] = {}
    for call in calls_of(leg_of(record, own_numbers, in_utc(record["started_at"], now)) for record in calls.records):
        number = call.main.outside
        if call.outcome == "answered" and number and call.at:
            found[number] = max(call.at, found.get(number, call.at))
    return found
