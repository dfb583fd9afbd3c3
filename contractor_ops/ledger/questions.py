"""What was asked of this program in place of a person."""

from datetime import datetime

from contractor_ops.ledger.connection import Connection, to_moment, to_text


def note_question(connection: Connection, what: str, at: datetime) -> None:
    """Note a question by its name; what it was about is not kept."""
    with connection.writing(durable=False):
        connection.run("INSERT INTO questions (what, at) VALUES (?, ?)", (what, to_text(at)))


def questions(connection: Connection, since: datetime | None) -> list[tuple[datetime, str]]:
    """When what was asked since then, the oldest first."""
    sql = "SELECT at, what FROM questions WHERE at >= ? ORDER BY at, id"
    return [(to_moment(at), what) for at, what in connection.rows(sql, (to_text(since) if since else "",))]
