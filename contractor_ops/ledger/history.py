"""What planning needs to remember: one recipe's past for the rows that are still live."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from contractor_ops.ledger.claims import messages_since
from contractor_ops.ledger.connection import Connection, to_moment
from contractor_ops.ledger.people import opt_outs, pauses
from contractor_ops.ledger.runs import first_sent_at
from contractor_ops.ports import History, Known, Release, StepKey, StepMemory


def history(
    connection: Connection, recipe: str, table: str, records: Iterable[str], addresses: Iterable[str], day_start: datetime
) -> History:
    """All of it as it was at one moment; rows are found by index, so it costs what is asked for and not what the ledger holds."""
    wanted, reached = sorted(set(records)), set(addresses)  # sorted, because neighbours stand on the same page of the file
    with connection.reading():
        today = messages_since(connection, day_start)
        return History(
            first_sent_at=first_sent_at(connection, recipe),
            steps=_steps(connection, recipe, wanted),
            releases=_releases(connection, recipe, wanted),
            sent_today={address: today[address] for address in reached & today.keys()},
            opted_out=frozenset(reached & {address for address, _, _ in opt_outs(connection)}),
            pauses=tuple(pauses(connection)),
            skips=_skips(connection, recipe, wanted),
            answered=_answered(connection, wanted),
            known=_known(connection, table, wanted),
        )


def _steps(connection: Connection, recipe: str, records: Sequence[str]) -> dict[StepKey, StepMemory]:
    sql = """
        SELECT record, step, anchor, state, at, claim_id, detail
        FROM steps LEFT JOIN details ON details.entry_id = steps.entry_id
        WHERE recipe = ? AND record IN (these)"""
    steps: dict[StepKey, StepMemory] = {}
    if not connection.row("SELECT 1 FROM steps WHERE recipe = ? LIMIT 1", (recipe,)):
        return steps
    for record, step, anchor, state, at, claim_id, detail in connection.among(sql, [recipe], records):
        key = StepKey(record, step, anchor)
        steps[key] = StepMemory(key, state, to_moment(at), claim_id, detail or "")
    return steps


def _releases(connection: Connection, recipe: str, records: Sequence[str]) -> dict[StepKey, Release]:
    """What the latest review item of each step says, whatever its state."""
    sql = """
        SELECT record, step, anchor, id, state, row_hash, words_hash, until, edited, note, reason
        FROM review_members JOIN reviews ON reviews.id = review_members.review_id
        WHERE review_members.recipe = ? AND record IN (these)
        ORDER BY id"""
    releases: dict[StepKey, Release] = {}
    if not connection.row("SELECT 1 FROM review_members WHERE recipe = ? LIMIT 1", (recipe,)):
        return releases
    for record, step, anchor, item, state, row_hash, words_hash, until, edited, note, reason in connection.among(sql, [recipe], records):
        day = datetime.fromisoformat(until).date() if until else None
        releases[StepKey(record, step, anchor)] = Release(item, state, row_hash, words_hash, day, edited, note, reason)
    return releases


def _skips(connection: Connection, recipe: str, records: Sequence[str]) -> dict[str, str]:
    skips: dict[str, str] = dict(connection.rows("SELECT record, reason FROM skips WHERE recipe = ?", (recipe,)))
    return {record: skips[record] for record in records if record in skips}


def _answered(connection: Connection, records: Sequence[str]) -> dict[str, datetime]:
    if not connection.row("SELECT 1 FROM replies LIMIT 1"):
        return {}
    sql = "SELECT record, max(at) FROM replies WHERE record IN (these) GROUP BY record"
    return {record: to_moment(at) for record, at in connection.among(sql, [], records)}


def _known(connection: Connection, table: str, records: Sequence[str]) -> dict[str, Known]:
    if not connection.row("SELECT 1 FROM known WHERE table_name = ? LIMIT 1", (table,)):
        return {}
    sql = "SELECT record, customer_key, day FROM known WHERE table_name = ? AND record IN (these)"
    return {record: Known(customer, day) for record, customer, day in connection.among(sql, [table], records)}
