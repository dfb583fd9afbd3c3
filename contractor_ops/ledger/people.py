"""What people said: opt-outs, pauses and skips; and forgetting them."""

from collections.abc import Sequence
from datetime import date, datetime

from contractor_ops.ledger.connection import Connection, to_moment, to_text, with_places
from contractor_ops.ports import Pause

# The last line for an address is in force.
_OPTED_OUT = """
    SELECT address, at, source FROM suppressions AS last
    WHERE state = 'out' AND id = (SELECT max(id) FROM suppressions WHERE address = last.address)"""


def opt_out(connection: Connection, address: str, at: datetime, source: str) -> None:
    """Never message this address again; `source` says who wanted that ("sms", "office", a provider)."""
    with connection.writing():
        last = _last_word(connection, address)
        if last != ("out", source):
            _suppress(connection, address, "out", at, source)


def opt_in(connection: Connection, address: str, at: datetime, source: str) -> None:
    """Lift an opt-out; it stays on record that there was one."""
    with connection.writing():
        last = _last_word(connection, address)
        if last and last[0] == "out":
            _suppress(connection, address, "in", at, source)


def _last_word(connection: Connection, address: str) -> tuple[str, str] | None:
    found = connection.row("SELECT state, source FROM suppressions WHERE address = ? ORDER BY id DESC LIMIT 1", (address,))
    return (found[0], found[1]) if found else None


def _suppress(connection: Connection, address: str, state: str, at: datetime, source: str) -> None:
    sql = "INSERT INTO suppressions (address, state, source, at) VALUES (?, ?, ?, ?)"
    connection.run(sql, (address, state, source, to_text(at)))


def opt_outs(connection: Connection) -> list[tuple[str, datetime, str]]:
    """The addresses that are never messaged: each with when and by whom, in order of address."""
    return [(address, to_moment(at), source) for address, at, source in connection.rows(f"{_OPTED_OUT} ORDER BY address")]


def opted_out(connection: Connection, addresses: Sequence[str]) -> frozenset[str]:
    """Which of these addresses are never messaged."""
    return frozenset(address for address, _, _ in connection.among(f"{_OPTED_OUT} AND address IN (these)", [], addresses))


def pause(connection: Connection, wanted: Pause, at: datetime) -> None:
    """Let a customer's automation rest; a pause that is there already gives way."""
    sql = "INSERT INTO pauses (who, until, note, at) VALUES (?, ?, ?, ?)"
    with connection.writing():
        _end_pause(connection, wanted.who, at)
        connection.run(sql, (wanted.who, wanted.until.isoformat() if wanted.until else None, wanted.note, to_text(at)))


def resume(connection: Connection, who: str, at: datetime) -> bool:
    """End a pause; whether there was one."""
    with connection.writing():
        return _end_pause(connection, who, at)


def _end_pause(connection: Connection, who: str, at: datetime) -> bool:
    sql = "UPDATE pauses SET resumed_at = ? WHERE who = ? AND resumed_at IS NULL"
    return connection.run(sql, (to_text(at), who)) > 0


def pauses(connection: Connection) -> list[Pause]:
    """The pauses that nobody has ended, those whose day has come included."""
    sql = "SELECT who, until, note FROM pauses WHERE resumed_at IS NULL ORDER BY id"
    return [Pause(who, date.fromisoformat(until) if until else None, note) for who, until, note in connection.rows(sql)]


def skip(connection: Connection, recipe: str, record: str, reason: str, at: datetime) -> None:
    """Take one record out of a recipe for good."""
    sql = """
        INSERT INTO skips (recipe, record, reason, at) VALUES (?, ?, ?, ?)
        ON CONFLICT (recipe, record) DO UPDATE SET reason = excluded.reason, at = excluded.at"""
    with connection.writing():
        connection.run(sql, (recipe, record, reason, to_text(at)))


def forget_words(connection: Connection, addresses: Sequence[str]) -> int:
    """Empty all that was written to these addresses, or to these customer keys; how many messages that were.

    What was done when, and opt-outs, stay. Freed space is overwritten, so that the words are not in the file either.
    """
    addresses = [address for address in addresses if address]
    if not addresses:
        return 0
    connection.run("PRAGMA secure_delete = ON")
    with connection.writing():
        forgotten = _forget_messages(connection, addresses)
        _forget_reviews(connection, addresses)
        _empty(connection, "UPDATE replies SET address = NULL WHERE address IN (these)", addresses)
        _empty(connection, "UPDATE known SET customer_key = '' WHERE customer_key IN (these)", addresses)
    connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return forgotten


def _forget_messages(connection: Connection, addresses: Sequence[str]) -> int:
    sql = """
        DELETE FROM details WHERE entry_id IN (
            SELECT history.id FROM history JOIN words ON words.id = history.words_id WHERE address IN (these) OR customer_key IN (these))"""
    _empty(connection, sql, addresses)
    sql = """
        UPDATE words SET address = NULL, customer = NULL, customer_key = NULL, subject = NULL, body = NULL
        WHERE address IN (these) OR customer_key IN (these)"""
    return _empty(connection, sql, addresses)


def _forget_reviews(connection: Connection, addresses: Sequence[str]) -> None:
    sql = """
        UPDATE review_members SET customer = NULL, body = NULL
        WHERE review_id IN (SELECT id FROM reviews WHERE address IN (these))"""
    _empty(connection, sql, addresses)
    sql = """
        UPDATE reviews SET address = NULL, customer = NULL, subject = NULL, body = NULL, edited = NULL, note = ''
        WHERE address IN (these)"""
    _empty(connection, sql, addresses)


def _empty(connection: Connection, sql: str, addresses: Sequence[str]) -> int:
    """Do a statement that names the addresses once or more; how many rows it touched."""
    return connection.run(with_places(sql, len(addresses)), tuple(addresses) * sql.count("(these)"))
