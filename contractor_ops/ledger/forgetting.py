"""Forgetting somebody: every word to, from and about a person is emptied; what was done when stays."""
# ruff: noqa: S608 - the SQL put together here is all our own; values are always handed over apart

from collections.abc import Sequence

from contractor_ops.ledger.connection import Connection, with_places

_THEIRS = "address IN (these) OR customer_key IN (these)"


def forget_words(connection: Connection, known_as: Sequence[str]) -> int:
    """Empty all that was written to these addresses, or to these customer keys, and all that they wrote; how many messages to them that were.

    What was done when, and opt-outs, stay. Freed space is overwritten, so that the words are not in the file either.
    """
    these = [one for one in known_as if one]
    if not these:
        return 0
    connection.run("PRAGMA secure_delete = ON")
    with connection.writing():
        _forget_answers(connection, these)
        forgotten = _forget_messages(connection, these)
        _forget_reviews(connection, these)
        sql = f"UPDATE call_outcomes SET customer = NULL, customer_key = NULL, address = NULL, note = NULL WHERE {_THEIRS}"
        connection.run_for(sql, [], these)
        connection.run_for("UPDATE own_values SET value = NULL, customer_key = NULL WHERE customer_key IN (these)", [], these)
        connection.run_for("UPDATE known SET customer_key = '' WHERE customer_key IN (these)", [], these)
    connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return forgotten


def _forget_answers(connection: Connection, these: Sequence[str]) -> None:
    """What came back from them. Results and replies name a message, whose words must not be emptied yet."""
    sql = f"""
        UPDATE results SET address = NULL, reason = NULL
        WHERE address IN (these) OR words_id IN (SELECT id FROM words WHERE {_THEIRS})"""
    connection.run_for(sql, [], these)
    sql = f"""
        UPDATE replies SET address = NULL, customer = NULL, customer_key = NULL, reason = NULL, text = NULL, whole = NULL, subject = NULL
        WHERE {_THEIRS} OR answers IN (SELECT id FROM words WHERE {_THEIRS})"""
    connection.run_for(sql, [], these)
    connection.run_for("DELETE FROM landlines WHERE address IN (these)", [], these)


def _forget_messages(connection: Connection, these: Sequence[str]) -> int:
    sql = f"""
        DELETE FROM details WHERE entry_id IN (
            SELECT history.id FROM history JOIN words ON words.id = history.words_id WHERE {_THEIRS})"""
    connection.run_for(sql, [], these)
    # One nameless line stays: an answer about a record goes on to stop it.
    sql = f"""
        UPDATE OR REPLACE addressees SET known_as = ''
        WHERE known_as IN (these) OR words_id IN (SELECT id FROM words WHERE {_THEIRS})"""
    connection.run_for(sql, [], these)
    sql = f"""
        UPDATE words SET address = NULL, customer = NULL, customer_key = NULL, subject = NULL, body = NULL
        WHERE {_THEIRS}"""
    return connection.run_for(sql, [], these)


def _forget_reviews(connection: Connection, these: Sequence[str]) -> None:
    """What a person was shown. A reply that nobody's sheet explains names its address in place of a file, and a stranger's of a record."""
    sql = """
        SELECT id FROM reviews WHERE address IN (these)
        UNION SELECT review_id FROM review_members WHERE file IN (these) OR record IN (these)"""
    items = [item for (item,) in connection.rows(with_places(sql, len(these)), tuple(these) * 3)]
    if not items:
        return
    sql = """
        UPDATE reviews SET address = NULL, customer = NULL, subject = NULL, body = NULL, edited = NULL, note = '', reason = ''
        WHERE id IN (these)"""
    connection.run_for(sql, [], items)
    connection.run_for("UPDATE review_members SET customer = NULL, body = NULL WHERE review_id IN (these)", [], items)
    for column in ("file", "record"):
        connection.run_for(f"UPDATE review_members SET {column} = '' WHERE {column} IN (these)", [], these)
