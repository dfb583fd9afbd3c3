"""Claims: steps set aside before anything leaves, and what became of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from contractor_ops.errors import LedgerTrouble
from contractor_ops.ledger.connection import Connection, to_moment, to_text, with_places
from contractor_ops.ledger.people import opted_out, pauses
from contractor_ops.ledger.replies import answered, answered_records
from contractor_ops.ports import CONFIRMATION, Claim, ClaimResult, Doubt, State, StepKey
from contractor_ops.tables.cells.names import normal_name

# From which states a claim may come to each. What has left is never given back: that would send it twice. What a provider had taken
# is given back only where the provider itself says that it never left.
_MAY_COME_FROM: dict[State, tuple[State, ...]] = {
    "trying": ("claimed",),
    "sent": ("claimed", "trying", "in_doubt", "queued", "sent"),
    "queued": ("claimed", "trying", "in_doubt", "queued"),
    "failed": ("claimed", "trying", "in_doubt", "queued", "sent", "failed"),
    "in_doubt": ("claimed", "trying", "in_doubt"),
    "skipped": ("claimed", "trying", "in_doubt", "queued", "skipped"),
    "released": ("claimed", "trying", "in_doubt", "queued", "released"),
}

_MESSAGES_SINCE = """
    SELECT address, customer_key FROM words
    WHERE at >= ? AND channel IS NOT NULL AND address IS NOT NULL
      AND EXISTS (SELECT 1 FROM steps WHERE words_id = words.id AND state IN ('claimed', 'trying', 'sent', 'queued', 'in_doubt'))"""

Group = Sequence[Claim]


def claim(
    connection: Connection, run: int, recipe: str, groups: Sequence[Group], at: datetime, cap: int | None, day_start: datetime
) -> list[ClaimResult]:
    """Set groups aside in one transaction that is on the disk when this returns; each group is taken as a whole or refused.

    `day_start` is when the office's day began, in the office's zone.
    """
    results = []
    with connection.writing():
        done = _done(connection, recipe, groups)
        addresses = sorted({address for group in groups for address in _addresses(group)})
        silent = opted_out(connection, addresses)
        counts = _messages_to(connection, sorted({who for group in groups for who in _known_as(group)}), day_start)
        skipped, resting = _skipped(connection, recipe, groups), _resting(connection, at.astimezone(day_start.tzinfo).date())
        stopped = _stopped(connection, recipe, groups)
        entry = _last_entry(connection)
        for group in groups:
            refusal = _refusal(group, done, silent, counts, cap) or _taken_over(group, skipped, resting, stopped)
            if refusal:
                results.append(ClaimResult(refusal=refusal))
                continue
            _write(connection, run, recipe, group, at, entry)
            results.append(ClaimResult(tuple(range(entry + 1, entry + 1 + len(group)))))
            entry += len(group)
            done.update(one.key for one in group)
            counts.update(_known_as(group))
    return results


def messages_since(connection: Connection, since: datetime) -> Counter[str]:
    """How many messages each address and each customer (by key) was sent, or may have been sent, since then; a group is one message."""
    return _counted(connection.rows(_MESSAGES_SINCE, [to_text(since)]))


def _messages_to(connection: Connection, known_as: Sequence[str], since: datetime) -> Counter[str]:
    to_addresses = connection.among(f"{_MESSAGES_SINCE} AND address IN (these)", [to_text(since)], known_as)
    to_customers = connection.among(f"{_MESSAGES_SINCE} AND customer_key IN (these)", [to_text(since)], known_as)
    # Most messages are found both ways: each way counts only what it asked for.
    counts = Counter(address for address, _ in to_addresses)
    counts.update(key for _, key in to_customers)
    return counts


def _counted(messages: Iterable[Sequence[str | None]]) -> Counter[str]:
    return Counter(known_as for message in messages for known_as in message if known_as)


def trying(connection: Connection, claim_ids: Sequence[int], at: datetime) -> None:
    """Mark claims as handed to the channel. It outlives a kill; after a power cut a claim without the mark counts as tried."""
    _move(connection, claim_ids, "trying", at)


def settle(connection: Connection, claim_ids: Sequence[int], state: State, at: datetime, provider_id: str, detail: str) -> None:
    """Record what became of claims. Raises LedgerTrouble, and changes none, where one of them cannot come to that state any more."""
    _move(connection, claim_ids, state, at, provider_id, detail)


def abandoned(connection: Connection, recipe: str, run: int) -> list[Doubt]:
    """Claims that runs other than this one left open.

    The mark "trying" outlives a kill but not a power cut. So a claim without it was never tried if the machine has not been started anew
    since: its state is "claimed" and it may be given back. Where the run that made it had another machine or boot, or none is known, its
    state is "trying": it may have left.
    """
    sql = """
        SELECT steps.claim_id, record, step, anchor, channel, address, message_id, steps.at,
               CASE WHEN state = 'claimed' AND (theirs.machine = '' OR theirs.machine <> ours.machine) THEN 'trying' ELSE state END,
               provider, subject, body, customer, owner
        FROM steps
        JOIN words ON words.id = steps.words_id
        JOIN runs AS theirs ON theirs.id = steps.run_id
        JOIN runs AS ours ON ours.id = ?
        WHERE steps.recipe = ? AND state IN ('claimed', 'trying', 'in_doubt') AND steps.run_id <> ours.id
        ORDER BY steps.claim_id"""
    return [
        Doubt(claim_id, recipe, StepKey(record, step, anchor), channel, address, message_id, to_moment(since), *rest)
        for claim_id, record, step, anchor, channel, address, message_id, since, *rest in connection.rows(sql, (run, recipe))
    ]


def recipes_left_open(connection: Connection) -> list[str]:
    """The recipes that have claims which were never settled, also those that have sent nothing yet."""
    sql = "SELECT DISTINCT recipe FROM steps WHERE state IN ('claimed', 'trying', 'in_doubt') ORDER BY recipe"
    return [recipe for (recipe,) in connection.rows(sql)]


def _addresses(group: Group) -> set[str]:
    return {one.address for one in group if one.channel and one.address}


def _known_as(group: Group) -> set[str]:
    """What tells that two messages go to one customer: the address and the customer's key."""
    return _addresses(group) | {one.customer_key for one in group if one.channel and one.customer_key}


def _refusal(group: Group, done: set[StepKey], silent: frozenset[str], counts: Counter[str], cap: int | None) -> str:
    """Why a group cannot be claimed, "" if it can."""
    keys = {one.key for one in group}
    if keys & done or len(keys) < len(group):
        return "already done"
    addresses = _addresses(group)
    if addresses & silent and any(key.step != CONFIRMATION for key in keys):
        return "opted out"
    if cap is not None and any(counts[who] >= cap for who in _known_as(group)):
        return "daily cap"
    return ""


def _taken_over(group: Group, skipped: set[str], resting: set[str], stopped: set[StepKey]) -> str:
    """What a person, or the customer, has said since the run was planned."""
    if any(one.key.record in skipped for one in group):
        return "skipped by a person"
    if any(_may_be_named(one) & resting for one in group):
        return "paused"
    return "the customer has answered" if any(one.key in stopped for one in group) else ""


def _customer(one: Claim) -> set[str]:
    """Everything that tells who the customer is."""
    return {who for who in (one.address, one.customer_key, *one.known_as) if who}


def _may_be_named(one: Claim) -> set[str]:
    """How a pause may name the customer whom a message goes to."""
    if not one.channel:
        return set()
    # A message to our own people says a customer's name too, and does not rest with that customer.
    name = normal_name(one.customer or "") if one.known_as else ""
    return _customer(one) | ({f"name:{name}"} if name else set())


def _skipped(connection: Connection, recipe: str, groups: Iterable[Group]) -> set[str]:
    records = list(dict.fromkeys(one.key.record for group in groups for one in group))
    return {record for (record,) in connection.among("SELECT record FROM skips WHERE recipe = ? AND record IN (these)", [recipe], records)}


def _resting(connection: Connection, today: date) -> set[str]:
    """Who rests today, by whatever the office may have named: an address, a customer number, a name."""
    named = [pause.who for pause in pauses(connection) if pause.until is None or today < pause.until]
    return {one for who in named for one in (who, f"number:{who}", f"name:{normal_name(who)}")}


def _stopped(connection: Connection, recipe: str, groups: Iterable[Group]) -> set[StepKey]:
    """The steps that are stopped by what the customer answered, or by an answer to a message about the same record."""
    asking = [one for group in groups for one in group if one.stopped_by]
    people = answered(connection, sorted({who for one in asking for who in _customer(one)}))
    records = {
        table: answered_records(connection, recipe, table, [one.key.record for one in asking if one.table == table])
        for table in {one.table for one in asking}
    }
    return {
        one.key
        for one in asking
        for answer in (records[one.table].get(one.key.record), *(people.get(who) for who in _customer(one)))
        if answer and (counts := answer.but(one.aside)) and counts.weight in one.stopped_by
    }


def _done(connection: Connection, recipe: str, groups: Iterable[Group]) -> set[StepKey]:
    """The steps of these groups' records that were claimed before and not given back."""
    records = list(dict.fromkeys(one.key.record for group in groups for one in group))
    sql = "SELECT record, step, anchor FROM steps WHERE recipe = ? AND state <> 'released' AND record IN (these)"
    return {StepKey(*found) for found in connection.among(sql, [recipe], records)}


def _last_entry(connection: Connection) -> int:
    return int(connection.rows("SELECT coalesce(max(id), 0) FROM history")[0][0])


def _write(connection: Connection, run: int, recipe: str, group: Group, at: datetime, entry: int) -> None:
    """Write a group's claims, whose history entries follow `entry`, and the one message that settles them all."""
    words = _write_words(connection, group, at)
    for who in sorted({who for one in group if one.known_as for who in _customer(one)}):
        connection.run("INSERT INTO addressees (words_id, known_as) VALUES (?, ?)", (words, who))
    for claim_id, one in enumerate(group, entry + 1):
        _write_claim(connection, run, recipe, one, at, words, claim_id)
        if one.customer_key or one.day:
            # A message to our own people names no customer, and makes nobody of whom the record is known to stand for.
            sql = """
                INSERT INTO known (table_name, record, customer_key, day) VALUES (?, ?, ?, ?)
                ON CONFLICT (table_name, record) DO UPDATE SET
                    customer_key = coalesce(nullif(excluded.customer_key, ''), customer_key), day = excluded.day"""
            connection.run(sql, (one.table, one.key.record, one.customer_key, one.day))


def _write_words(connection: Connection, group: Group, at: datetime) -> int:
    speaks = next((one for one in group if one.body), group[0])
    sql = """
        INSERT INTO words (at, channel, message_id, provider, address, customer, customer_key, subject, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"""
    values = (
        speaks.channel,
        speaks.message_id,
        speaks.provider,
        speaks.address,
        speaks.customer,
        speaks.customer_key,
        speaks.subject,
        speaks.body,
    )
    return int(connection.rows(sql, (to_text(at), *values))[0][0])


def _write_claim(connection: Connection, run: int, recipe: str, one: Claim, at: datetime, words: int, claim_id: int) -> None:
    """A step's row is new, or stands there released; any other state ends in the UNIQUE rule."""
    sql = """
        INSERT INTO steps (recipe, record, step, anchor, table_name, action, owner, settled_by,
                           state, at, run_id, words_id, claim_id, entry_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'claimed', ?, ?, ?, ?, ?)
        ON CONFLICT (recipe, record, step, anchor) DO UPDATE SET
            table_name = excluded.table_name, action = excluded.action, owner = excluded.owner, settled_by = excluded.settled_by,
            state = excluded.state, at = excluded.at, run_id = excluded.run_id, words_id = excluded.words_id,
            claim_id = excluded.claim_id, entry_id = excluded.entry_id, provider_id = NULL
        WHERE steps.state = 'released'
        RETURNING id"""
    key = (recipe, one.key.record, one.key.step, one.key.anchor)
    [(step,)] = connection.rows(sql, (*key, one.table, one.action, one.owner, one.settled_by, to_text(at), run, words, claim_id, claim_id))
    sql = "INSERT INTO history (id, step_id, run_id, words_id, state, at) VALUES (?, ?, ?, ?, 'claimed', ?)"
    connection.run(sql, (claim_id, step, run, words, to_text(at)))


def _move(connection: Connection, claim_ids: Sequence[int], state: State, at: datetime, provider_id: str = "", detail: str = "") -> None:
    """Bring claims to a state together, or none of them; without waiting for the disk."""
    moment = to_text(at)
    with connection.writing(durable=False):
        for entry, claim_id in enumerate(claim_ids, _last_entry(connection) + 1):
            step, run, words = _move_step(connection, claim_id, state, moment, provider_id, entry)
            sql = "INSERT INTO history (id, step_id, run_id, words_id, state, at, provider_id) VALUES (?, ?, ?, ?, ?, ?, ?)"
            connection.run(sql, (entry, step, run, words, state, moment, provider_id or None))
            if detail:
                connection.run("INSERT INTO details (entry_id, detail) VALUES (?, ?)", (entry, detail))


def _move_step(connection: Connection, claim_id: int, state: State, moment: str, provider_id: str, entry: int) -> tuple[int, int, int]:
    """Change the one step that this claim holds; a claim that was given back and taken by another holds none."""
    before = _MAY_COME_FROM[state]
    sql = """
        UPDATE steps SET state = ?, at = ?, entry_id = ?, provider_id = coalesce(nullif(?, ''), provider_id)
        WHERE claim_id = ? AND state IN (these)
        RETURNING id, run_id, words_id"""
    found = connection.rows(with_places(sql, len(before)), (state, moment, entry, provider_id, claim_id, *before))
    if not found:
        message = f'The ledger {connection.path} cannot mark claim {claim_id} as "{state}": it was settled or given back meanwhile.'
        raise LedgerTrouble(message, "See whether two programs work on one recipe: `contractor-ops ledger history` shows what happened.")
    step, run, words = found[0]
    return step, run, words
