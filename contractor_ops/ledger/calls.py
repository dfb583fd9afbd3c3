"""What people noted of their calls."""

from collections.abc import Sequence
from datetime import date, datetime

from contractor_ops.ledger.connection import Connection, to_moment, to_text
from contractor_ops.ports import CallOutcome

_COLUMNS = "review_id, recipe, table_name, record, outcome, at, customer, customer_key, address, promised_on, note"


def add_outcome(connection: Connection, one: CallOutcome) -> int:
    """Keep what a call brought; its number."""
    sql = f"INSERT INTO call_outcomes ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"  # noqa: S608
    about = (one.item, one.recipe, one.table, one.record, one.outcome, to_text(one.at), one.customer, one.customer_key, one.address)
    with connection.writing():
        return int(connection.rows(sql, (*about, one.promised_on.isoformat() if one.promised_on else None, one.note))[0][0])


def take_back_outcomes(connection: Connection, outcomes: Sequence[int], at: datetime) -> None:
    """These were noted by mistake."""
    with connection.writing():
        connection.run_for("UPDATE call_outcomes SET taken_back_at = ? WHERE id IN (these)", [to_text(at)], outcomes)


def outcomes(connection: Connection, since: datetime | None) -> list[CallOutcome]:
    """What calls brought since then, the oldest first; what was taken back is not among it."""
    sql = f"SELECT {_COLUMNS}, id FROM call_outcomes WHERE taken_back_at IS NULL AND at >= ? ORDER BY at, id"  # noqa: S608
    found = []
    for item, recipe, table, record, outcome, at, customer, key, address, promised, note, number in connection.rows(
        sql, (to_text(since) if since else "",)
    ):
        day = date.fromisoformat(promised) if promised else None
        found.append(
            CallOutcome(item, recipe, table, record, outcome, to_moment(at), customer, key or "", address, day, note or "", number)
        )
    return found
