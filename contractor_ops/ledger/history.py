"""What planning needs to remember: one recipe's past for the rows that are still live."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from contractor_ops.ledger.claims import messages_since
from contractor_ops.ledger.connection import Connection, to_moment
from contractor_ops.ledger.people import opt_outs, pauses
from contractor_ops.ledger.replies import answered, answered_records
from contractor_ops.ledger.results import landlines
from contractor_ops.ledger.runs import first_sent_at
from contractor_ops.ledger.trails import watched
from contractor_ops.ports import History, Known, Release, StepKey, StepMemory


def history(
    connection: Connection, recipe: str, table: str, records: Iterable[str], addresses: Iterable[str], day_start: datetime
) -> History:
    """All of it as it was at one moment; rows are found by index, so it costs what is asked for and not what the ledger holds."""
    wanted, reached = sorted(set(records)), set(addresses) - {""}  # sorted, because neighbours stand on the same page of the file
    known_as = sorted(reached)
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
            answered=answered(connection, known_as),
            answered_records=answered_records(connection, recipe, table, wanted),
            landlines=landlines(connection, known_as),
            undelivered=_undelivered(connection, known_as),
            known=_known(connection, table, wanted),
            watched=watched(connection, recipe, wanted),
        )


def _steps(connection: Connection, recipe: str, records: Sequence[str]) -> dict[StepKey, StepMemory]:
    sql = """
        SELECT record, step, anchor, state, steps.at, claim_id, detail, words.at
        FROM steps LEFT JOIN details ON details.entry_id = steps.entry_id LEFT JOIN words ON words.id = steps.words_id
        WHERE recipe = ? AND record IN (these)"""
    steps: dict[StepKey, StepMemory] = {}
    if not connection.row("SELECT 1 FROM steps WHERE recipe = ? LIMIT 1", (recipe,)):
        return steps
    for record, step, anchor, state, at, claim_id, detail, left in connection.among(sql, [recipe], records):
        key = StepKey(record, step, anchor)
        steps[key] = StepMemory(key, state, to_moment(at), claim_id, detail or "", to_moment(left) if left else None)
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


def _undelivered(connection: Connection, addresses: Sequence[str]) -> dict[str, str]:
    """The addresses whose last message did not arrive, and why. Failures are few: they have an index of their own."""
    sql = """
        SELECT words.address, detail
        FROM words CROSS JOIN steps ON steps.words_id = words.id AND steps.state = 'failed'
        LEFT JOIN details ON details.entry_id = steps.entry_id
        WHERE words.address IN (these) AND NOT EXISTS (
            SELECT 1 FROM words AS later CROSS JOIN steps AS other ON other.words_id = later.id
            WHERE later.address = words.address AND later.id > words.id AND other.state IN ('sent', 'queued'))
        ORDER BY words.id"""
    return {address: detail or "the provider did not say why" for address, detail in connection.among(sql, [], addresses)}


def _skips(connection: Connection, recipe: str, records: Sequence[str]) -> dict[str, str]:
    skips: dict[str, str] = dict(connection.rows("SELECT record, reason FROM skips WHERE recipe = ?", (recipe,)))
    return {record: skips[record] for record in records if record in skips}


def _known(connection: Connection, table: str, records: Sequence[str]) -> dict[str, Known]:
    if not connection.row("SELECT 1 FROM known WHERE table_name = ? LIMIT 1", (table,)):
        return {}
    sql = "SELECT record, customer_key, day FROM known WHERE table_name = ? AND record IN (these)"
    return {record: Known(customer, day) for record, customer, day in connection.among(sql, [table], records)}
