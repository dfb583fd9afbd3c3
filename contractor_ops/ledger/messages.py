"""The messages that were handed to a provider: found again by address, Message-ID or the provider's own id."""
# ruff: noqa: S608 - the SQL put together here is all our own; values are always handed over apart

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from contractor_ops.ledger.connection import Connection, Row, to_moment, to_text
from contractor_ops.ports import SentMessage, SentStep, StepKey

_COLUMNS = "id, at, channel, address, customer, customer_key, provider, message_id, subject, body"
_MESSAGES = f"SELECT {_COLUMNS} FROM words WHERE channel IS NOT NULL"
_MAY_HAVE_LEFT = "EXISTS (SELECT 1 FROM steps WHERE words_id = words.id AND state NOT IN ('released', 'skipped'))"


def has_written_to(connection: Connection, address: str) -> bool:
    """Whether a message to this address left or may have left."""
    sql = f"SELECT 1 FROM words WHERE channel IS NOT NULL AND address = ? AND {_MAY_HAVE_LEFT} LIMIT 1"
    return connection.row(sql, (address,)) is not None


def first_message_at(connection: Connection) -> datetime | None:
    """When the first message of all was claimed, whatever became of it."""
    [(at,)] = connection.rows("SELECT min(at) FROM words WHERE channel IS NOT NULL")
    return to_moment(at) if at else None


def sent_to(connection: Connection, address: str, before: datetime, limit: int) -> list[SentMessage]:
    """The last messages to an address up to and including a moment that left or may have left, the latest first."""
    sql = f"{_MESSAGES} AND address = ? AND at <= ? AND {_MAY_HAVE_LEFT} ORDER BY at DESC, id DESC LIMIT ?"
    with connection.reading():
        return _messages(connection, connection.rows(sql, (address, to_text(before), limit)))


def sent_to_whoever_has(connection: Connection, address: str, before: datetime) -> SentMessage | None:
    """The last message to a customer who was known by this address too, though it went to another one."""
    sql = f"""
        {_MESSAGES} AND id IN (SELECT words_id FROM addressees WHERE known_as = ?) AND at <= ? AND {_MAY_HAVE_LEFT}
        ORDER BY at DESC, id DESC LIMIT 1"""
    with connection.reading():
        found = _messages(connection, connection.rows(sql, (address, to_text(before))))
    return found[0] if found else None


def sent_as(connection: Connection, message_ids: Sequence[str]) -> list[SentMessage]:
    """The messages that had these Message-IDs, in the order of the ids; who quotes one has it, whatever the ledger took it for."""
    wanted = list(dict.fromkeys(one for one in message_ids if one))
    with connection.reading():
        found = list(connection.among(f"{_MESSAGES} AND message_id IN (these)", [], wanted))
        messages = _messages(connection, found)
    return sorted(messages, key=lambda message: (wanted.index(message.message_id), -message.id))


def sent_under(connection: Connection, provider_id: str) -> SentMessage | None:
    """The message that a provider knows by this id, also where its steps were given back since."""
    sql = f"""
        SELECT {_COLUMNS} FROM words WHERE channel IS NOT NULL
           AND id = (SELECT words_id FROM history WHERE provider_id = ? ORDER BY id DESC LIMIT 1)"""
    with connection.reading():
        found = _messages(connection, connection.rows(sql, (provider_id,)))
    return found[0] if found else None


def messages(connection: Connection, since: datetime | None) -> list[SentMessage]:
    """Every message that was claimed since then, the oldest first; its steps say whether it left."""
    with connection.reading():
        return _messages(connection, connection.rows(f"{_MESSAGES} AND at >= ? ORDER BY at, id", (to_text(since) if since else "",)))


def _messages(connection: Connection, found: Sequence[Row]) -> list[SentMessage]:
    steps = steps_of(connection, [row[0] for row in found])
    return [
        SentMessage(
            number,
            to_moment(at),
            channel,
            address or "",
            customer,
            customer_key or "",
            provider,
            message_id,
            subject,
            body,
            steps.get(number, ()),
        )
        for number, at, channel, address, customer, customer_key, provider, message_id, subject, body in found
    ]


def steps_of(connection: Connection, words: Sequence[int]) -> dict[int, tuple[SentStep, ...]]:
    """The steps that each of these messages was claimed for, in order; one that another message has taken over reads "released"."""
    sql = """
        SELECT history.words_id, history.id, recipe, table_name, record, step, anchor, owner,
               CASE WHEN steps.claim_id = history.id THEN steps.state ELSE 'released' END,
               CASE WHEN steps.claim_id = history.id THEN steps.provider_id END
        FROM history JOIN steps ON steps.id = history.step_id
        WHERE history.state = 'claimed' AND history.words_id IN (these)
        ORDER BY history.id"""
    found: dict[int, list[SentStep]] = defaultdict(list)
    for number, claim_id, recipe, table, record, step, anchor, owner, state, provider_id in connection.among(sql, [], words):
        found[number].append(SentStep(claim_id, recipe, table, StepKey(record, step, anchor), owner, state, provider_id or ""))
    return {number: tuple(steps) for number, steps in found.items()}
