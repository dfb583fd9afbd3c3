"""What the ledger knows of records that their sheet has no more, or has under another name."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from contractor_ops.ledger.connection import Connection, to_moment
from contractor_ops.ports import Away, Heard, Numberless
from contractor_ops.ports.absent import GONE

_AFTER = "\x7f"
"""What comes after every id that begins with "~"."""
_START = "json_extract(coalesce({}, told), '$.starts_at')"


def away(connection: Connection, recipe: str, table: str, present: Collection[str], since: date) -> list[Away]:
    """The records that are not among `present` and of which a recipe's messages named a visit on that day or after it, by id.

    One that somebody was asked about stays among them, also when its day has passed.
    """
    with connection.reading():
        known = {record for (record,) in connection.rows("SELECT record FROM known WHERE table_name = ?", (table,))}
        lost = sorted(known - set(present))
        lost = _to_come(connection, recipe, lost, since) if lost else []
        heard, tasks = _heard(connection, recipe, lost), _tasks(connection, recipe, lost)
    return [Away(record, tuple(one for one, _ in heard[record]), heard[record][-1][1], tasks[record]) for record in lost if record in heard]


def _to_come(connection: Connection, recipe: str, records: Sequence[str], since: date) -> list[str]:
    asked = f"step = '{GONE}' AND json_extract(told, '$.gone') = 'yes'"
    sql = f"""
        SELECT DISTINCT record FROM watched
        WHERE recipe = ? AND (max({_START.format("NULL")}, {_START.format("now")}) >= ? OR {asked}) AND record IN (these)"""  # noqa: S608
    return sorted({record for (record,) in connection.among(sql, [recipe, since.isoformat()], records)})


def _heard(connection: Connection, recipe: str, records: Sequence[str]) -> dict[str, list[tuple[Heard, str | None]]]:
    """The messages about each record that left or may have left, the oldest first, each with the customer's name."""
    sql = """
        SELECT record, step, address, words.at, customer FROM steps JOIN words ON words.id = steps.words_id
        WHERE recipe = ? AND channel IS NOT NULL AND state IN ('claimed', 'trying', 'sent', 'queued', 'in_doubt') AND record IN (these)"""
    found: dict[str, list[tuple[Heard, str | None]]] = {}
    for record, step, address, at, customer in connection.among(sql, [recipe], records):
        found.setdefault(record, []).append((Heard(step, address or "", to_moment(at)), customer))
    return {record: sorted(heard, key=lambda one: one[0].at) for record, heard in found.items()}


def _tasks(connection: Connection, recipe: str, records: Sequence[str]) -> Counter[str]:
    """How many tasks about each record are open."""
    sql = """
        SELECT DISTINCT record, review_id FROM review_members JOIN reviews ON reviews.id = review_members.review_id
        WHERE review_members.recipe = ? AND reviews.kind = 'task' AND reviews.state = 'open' AND record IN (these)"""
    return Counter(record for record, _ in connection.among(sql, [recipe], records))


def numberless(connection: Connection, table: str) -> dict[str, Numberless]:
    """The records of a table that had no number when the ledger came to know them, by id."""
    with connection.reading():
        sql = "SELECT record, day FROM known WHERE table_name = ? AND record >= '~' AND record < ?"
        days: dict[str, str] = dict(connection.rows(sql, (table, _AFTER)))
        starts: dict[str, set[str]] = {record: set() for record in days}
        sql = f"SELECT record, {_START.format('now')} FROM watched WHERE record >= '~' AND record < ?"  # noqa: S608
        for record, start in connection.rows(sql, (_AFTER,)) if days else ():
            if start and record in starts:
                starts[record].add(start)
    return {record: Numberless(day, frozenset(starts[record])) for record, day in days.items()}
