"""What people said: opt-outs, pauses and skips."""

from collections.abc import Sequence
from datetime import date, datetime

from contractor_ops.ledger.connection import Connection, to_moment, to_text
from contractor_ops.ports import MANUAL, Pause

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


def opt_in(connection: Connection, address: str, at: datetime, source: str, by_person: bool) -> bool:
    """Lift an opt-out, or all of them where a person says so; whether the address now gets messages.

    It stays on record that there was one. What does not lift anything leaves no line.
    """
    with connection.writing():
        last = _last_word(connection, address)
        if last is None or last[0] == "in":
            return True
        if not by_person and _blocked_by_a_person(connection, address):
            return False
        _suppress(connection, address, "in", at, source)
        return True


def _blocked_by_a_person(connection: Connection, address: str) -> bool:
    """Whether a person's block has not been lifted since. A line "in" has lifted all before it, else it would not be there."""
    sql = """
        SELECT 1 FROM suppressions WHERE address = ? AND state = 'out' AND source = ?
           AND id > (SELECT coalesce(max(id), 0) FROM suppressions WHERE address = ? AND state = 'in') LIMIT 1"""
    return connection.row(sql, (address, MANUAL, address)) is not None


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
