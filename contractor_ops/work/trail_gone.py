"""The trail of a booking that stands in no sheet any more: what the ledger knows of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from contractor_ops.config import people_names
from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.recipe import Recipe
from contractor_ops.reports.trail import BookingTrail
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Place, Record, Table, Value
from contractor_ops.views.catalogue import READABLE
from contractor_ops.work.trail_heard import heard_since
from contractor_ops.work.trail_steps import Queue, Teller, own_words, queue_of
from contractor_ops.work.why import rows_called

BOOKINGS = "bookings"
PLACE = "in no sheet any more"


def gone_trail(office: Office, wanted: str, table: Table, recipes: Sequence[Recipe], now: datetime) -> BookingTrail | None:
    """What was told to whom, and which tasks are still open, by the number that it had; None where the ledger does not know it, or a sheet does."""
    identity = wanted.strip()
    entries = [entry for entry in office.ledger.entries(record=identity) if entry["table"] == BOOKINGS]
    if not entries or _stands_in_the_jobs(office, identity):
        return None
    queue, own = queue_of(office, now), own_words(office, identity, now)
    record = _remembered(identity, _customer(office, identity, table, recipes, queue), _address(entries, recipes))
    tellers = [Teller(office, recipe, record, identity, queue, now) for recipe in recipes]
    technician = next((one.value for one in own if one.column == "technician"), "")
    note = f"{identity} is {PLACE}; this is what the ledger knows. {_what_now(identity, queue)}"
    return BookingTrail(
        identity, str(record["customer"] or ""), "", "", next(filter(None, (one.told_start() for one in tellers)), ""), technician, PLACE, now,
        [step for one in tellers for step in one.remembered()], own, heard_since(office, record, identity, now), [note],
        people_names(office.config.people), gone=True,
    )  # fmt: skip


def _what_now(identity: str, queue: Queue) -> str:
    """What is left to do about the row, which is nothing once a person has answered the question about it."""
    asked = [item for (_, key), item in queue.items.items() if key.record == identity and not key.step]
    last = max(asked, key=lambda item: item.id, default=None)
    if last is None or last.state not in {"dismissed", "done"}:
        return "Whoever was told hears nothing more by itself: put the row back, or tell them."
    return f"A person has seen to it{f': {last.note}' if last.note else ''}."


def _stands_in_the_jobs(office: Office, identity: str) -> bool:
    try:
        return bool(rows_called(office.table("jobs"), identity))
    except ContractorOpsError:
        return False


def _customer(office: Office, identity: str, table: Table, recipes: Sequence[Recipe], queue: Queue) -> str:
    """The name that a message or a task was about."""
    asked = (item.customer for (_, key), item in queue.items.items() if key.record == identity and item.customer)
    present = {found for record in table.records if (found := record_id(record, READABLE[BOOKINGS]))}
    told = (
        one.customer for recipe in recipes for one in office.ledger.away(recipe.key, BOOKINGS, present, date.min) if one.record == identity
    )
    return next((name for name in (*asked, *told) if name), "")


def _address(entries: Sequence[dict[str, Any]], recipes: Sequence[Recipe]) -> str:
    """Where the customer was reached the last time."""
    to_customer = {(recipe.key, step.key) for recipe in recipes for step in recipe.steps if step.do == "message" and step.to == "customer"}
    return next((str(one["address"]) for one in reversed(entries) if one["address"] and (one["recipe"], one["step"]) in to_customer), "")


def _remembered(identity: str, customer: str, address: str) -> Record:
    """A row with as much as the ledger kept of it."""
    values: dict[str, Value] = {**dict.fromkeys(READABLE[BOOKINGS].column_names), "number": identity, "customer": customer or None}
    values["email" if "@" in address else "phone"] = address or None
    return Record(BOOKINGS, values, Place(PLACE, None, None))
