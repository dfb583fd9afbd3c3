"""What providers say: what became of messages, which numbers take no texts, and how far each of them has been asked."""
# ruff: noqa: S608 - the SQL put together here is all our own; values are always handed over apart

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from contractor_ops.ledger.connection import Connection, to_moment, to_text
from contractor_ops.ports import ChannelTrouble, Result

# None of this waits for the disk: after a power cut the cursor, which is written last, is gone too, and all is fetched again.

_COLUMNS = "key, channel, state, at, provider_id, message_id, address, code, reason, landline, opted_out, blocks"


def cursor(connection: Connection, place: str) -> str:
    """Where the last fetch from a place left off, "" if there was none."""
    found = connection.row("SELECT cursor FROM cursors WHERE place = ?", (place,))
    return str(found[0]) if found else ""


def move_cursor(connection: Connection, place: str, to: str, at: datetime) -> None:
    """Go on from here next time."""
    sql = """
        INSERT INTO cursors (place, cursor, at) VALUES (?, ?, ?)
        ON CONFLICT (place) DO UPDATE SET cursor = excluded.cursor, at = excluded.at"""
    with connection.writing(durable=False):
        connection.run(sql, (place, to, to_text(at)))


def result_known(connection: Connection, key: str) -> bool:
    """Whether a result has been kept before."""
    return connection.row("SELECT 1 FROM results WHERE key = ?", (key,)) is not None


def add_result(connection: Connection, result: Result, message: int | None, at: datetime) -> bool:
    """Keep what became of a message; False where it is known already."""
    whose = (result.provider_id, result.message_id, result.address)
    flags = (int(result.landline), int(result.opted_out), int(result.blocks))
    said = (result.key, result.channel, result.state, to_text(result.at), *whose, result.code, result.reason, *flags)
    values = (*said, message, to_text(at))
    sql = f"""
        INSERT INTO results ({_COLUMNS}, words_id, kept_at) VALUES ({", ".join("?" * len(values))})
        ON CONFLICT (key) DO NOTHING"""
    with connection.writing(durable=False):
        return connection.run(sql, values) > 0


def results(connection: Connection, since: datetime | None) -> list[tuple[int | None, Result]]:
    """What happened to messages since then, the oldest first. What was forgotten reads as empty text."""
    sql = f"SELECT words_id, {_COLUMNS} FROM results WHERE at >= ? ORDER BY at, id"
    return [(message, _result(found)) for message, *found in connection.rows(sql, (to_text(since) if since else "",))]


def _result(found: Sequence[Any]) -> Result:
    key, channel, state, at, provider_id, message_id, address, code, reason, *flags = found
    landline, opted_out, blocks = map(bool, flags)
    return Result(
        key, channel, state, to_moment(at), provider_id, message_id, address or "", code, reason or "", landline, opted_out, blocks
    )


IN_A_ROW = 3
"""A delivery among so many last results shows that messages do get through; one filtered text is a matter of its words."""


def channel_troubles(connection: Connection, since: datetime) -> list[ChannelTrouble]:
    """For each channel what lets nothing through: at least half of its messages since then, and nothing has been delivered lately."""
    sql = "SELECT channel, code, reason, at FROM results WHERE blocks = 1 AND at >= ? ORDER BY at, id"
    with connection.reading():
        last = {found[0]: found for found in connection.rows(sql, (to_text(since),))}
        return [
            ChannelTrouble(channel, code, reason or "", to_moment(at))
            for channel, (_, code, reason, at) in sorted(last.items())
            if not _got_through(connection, channel, to_text(since))
        ]


def _got_through(connection: Connection, channel: str, since: str) -> bool:
    """Whether any of the last few messages arrived, or most others had no such trouble."""
    sql = (
        "SELECT state FROM results WHERE channel = ? AND at >= ? AND (blocks = 1 OR state = 'delivered') ORDER BY at DESC, id DESC LIMIT ?"
    )
    if any(state == "delivered" for (state,) in connection.rows(sql, (channel, since, IN_A_ROW))):
        return True
    blocked = connection.rows("SELECT count(*) FROM results WHERE blocks = 1 AND at >= ? AND channel = ?", (since, channel))[0][0]
    sent = connection.rows("SELECT count(*) FROM words WHERE channel IS NOT NULL AND at >= ? AND channel = ?", (since, channel))[0][0]
    return bool(2 * blocked < sent)


def note_landline(connection: Connection, address: str, at: datetime, source: str) -> None:
    """Remember that a number takes no texts, and who said so last."""
    sql = """
        INSERT INTO landlines (address, at, source) VALUES (?, ?, ?)
        ON CONFLICT (address) DO UPDATE SET at = excluded.at, source = excluded.source"""
    with connection.writing(durable=False):
        connection.run(sql, (address, to_text(at), source))


def landlines(connection: Connection, addresses: Sequence[str]) -> frozenset[str]:
    """Which of these addresses take no texts."""
    return frozenset(address for (address,) in connection.among("SELECT address FROM landlines WHERE address IN (these)", [], addresses))
