"""A booking as a calendar shows it."""

from datetime import date

from contractor_ops.bookings.calendar_file import Party, Visit
from contractor_ops.planning.facts import Facts
from contractor_ops.tables.record import Record


def visit_of(record: Record, identity: str, facts: Facts) -> Visit | None:
    """The visit, ready to be written as a calendar file; None where the booking has no start."""
    starts = record["starts_at"]
    if not isinstance(starts, date):
        return None
    said = {name: str(record[name] or "") for name in ("title", "customer", "address", "access_notes", "checklist")}
    return Visit(
        identity, Party(facts.name, facts.email), starts, f"{said['title'] or 'Visit'}: {said['customer']}".rstrip(": "),
        ends=record["ends_at"], location=said["address"], description="\n\n".join(filter(None, (said["access_notes"], said["checklist"]))),
    )  # fmt: skip
