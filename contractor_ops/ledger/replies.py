"""What customers answered: each answer kept once, and in force until a person says that it has been dealt with."""
# ruff: noqa: S608 - the SQL put together here is all our own; values are always handed over apart

from collections.abc import Iterable, Sequence
from datetime import datetime

from contractor_ops.ledger.connection import Connection, Row, to_moment, to_text
from contractor_ops.ledger.messages import steps_of
from contractor_ops.ports import Answer, AnswerWeight, KeptReply, SentStep

WORDS_SHOWN = 120
_COLUMNS = "key, channel, address, at, customer, customer_key, label, reason, weight, text, whole, subject, answers, lifted_at"
_IN_FORCE = "lifted_at IS NULL AND label <> 'start'"
_WEIGHTIER: tuple[AnswerWeight, ...] = ("automatic", "pleasant", "stops")  # a machine's answer hides no person's


def add_reply(connection: Connection, reply: KeptReply) -> int | None:
    """Keep a reply, durably; its number, or None where its key is known. Its `records` are those of the message that it answers, if it names one."""
    person = (reply.customer, reply.customer_key)
    judged, words = (reply.label, reply.reason, reply.weight), (reply.text, reply.whole, reply.subject)
    lifted = to_text(reply.lifted_at) if reply.lifted_at else None
    values = (reply.key, reply.channel, reply.address, to_text(reply.at), *person, *judged, *words, reply.answers, lifted)
    sql = f"INSERT INTO replies ({_COLUMNS}) VALUES ({', '.join('?' * len(values))}) ON CONFLICT (key) DO NOTHING RETURNING id"
    with connection.writing():
        found = connection.row(sql, values)
        if found and reply.answers is None:
            for record in reply.records:
                connection.run("INSERT INTO reply_records VALUES (?, ?, ?, ?)", (found[0], *record))
    return int(found[0]) if found else None


def reply_known(connection: Connection, key: str) -> bool:
    """Whether a reply has been kept before, forgotten ones included."""
    return connection.row("SELECT 1 FROM replies WHERE key = ?", (key,)) is not None


def replies(connection: Connection, since: datetime | None) -> list[KeptReply]:
    """The replies written since then, the oldest first. What was forgotten reads as empty text."""
    sql = f"SELECT id, {_COLUMNS} FROM replies WHERE at >= ? ORDER BY at, id"
    with connection.reading():
        found = connection.rows(sql, (to_text(since) if since else "",))
        steps = steps_of(connection, sorted({row[13] for row in found if row[13] is not None}))
        told = _told(connection, "SELECT * FROM reply_records")
    return [_reply(row, _records(steps.get(row[13], ())) or told.get(row[0], ())) for row in found]


def colleagues_replies(connection: Connection, table: str) -> list[KeptReply]:
    """What our own people answered when they were asked about rows of this table, the oldest first."""
    sql = f"""
        SELECT id, {_COLUMNS} FROM replies
        WHERE id IN (SELECT reply_id FROM reply_records WHERE table_name = ?) ORDER BY at, id"""
    with connection.reading():
        found = connection.rows(sql, (table,))
        told = _told(connection, "SELECT * FROM reply_records WHERE table_name = ?", table)
    return [_reply(row, told[row[0]]) for row in found]


Records = tuple[tuple[str, str, str], ...]
Rank = tuple[int, str, int]


def _records(steps: Sequence[SentStep]) -> Records:
    return tuple((step.recipe, step.table, step.key.record) for step in steps)


def _told(connection: Connection, sql: str, *values: str) -> dict[int, Records]:
    found: dict[int, Records] = {}
    for reply, *record in connection.rows(f"{sql} ORDER BY table_name, reply_id, record", values):
        found[reply] = (*found.get(reply, ()), tuple(record))
    return found


def _reply(row: Row, records: Records) -> KeptReply:
    number, key, channel, address, at, customer, customer_key, label, reason, weight, text, whole, subject, answers, lifted_at = row
    return KeptReply(
        key, channel, address or "", to_moment(at), customer, customer_key or "", label, reason or "", weight, text or "", whole or "",
        subject or "", answers, number, records,
        to_moment(lifted_at) if lifted_at else None,
    )  # fmt: skip


def lift_answers(connection: Connection, known_as: Sequence[str], at: datetime) -> int:
    """Let the answers of these addresses and customer keys stop nothing more, and all others of the same customers; how many there were."""
    these = [one for one in known_as if one]
    if not these:
        return 0
    sql = """
        UPDATE replies SET lifted_at = ?
        WHERE lifted_at IS NULL AND (address IN (these) OR customer_key IN (these)
           OR answers IN (SELECT words_id FROM addressees WHERE known_as IN (these)))"""
    with connection.writing():
        return connection.run_for(sql, [to_text(at)], _same_customers(connection, these))


def _same_customers(connection: Connection, these: Sequence[str]) -> list[str]:
    """These, and all else that their replies and the messages to them were known as."""
    others = (
        "SELECT customer_key FROM replies WHERE customer_key <> '' AND address IN (these)",
        """
        SELECT other.known_as FROM addressees AS one CROSS JOIN addressees AS other ON other.words_id = one.words_id
        WHERE other.known_as <> '' AND one.known_as IN (these)""",
    )
    found = (name for sql in others for (name,) in connection.among(sql, [], these))
    return list(dict.fromkeys([*these, *found]))


# Each query gives who or what an answer in force belongs to, and the answer; the few that ask stand before the many that answered.
_ANSWER = """replies.id, replies.at, label, weight, text,
    (SELECT min(asked.recipe || '/' || asked.step) FROM steps AS asked WHERE asked.words_id = replies.answers)"""
_OF_CUSTOMERS = (
    f"SELECT address, {_ANSWER} FROM replies WHERE {_IN_FORCE} AND address IN (these)",
    f"SELECT customer_key, {_ANSWER} FROM replies WHERE {_IN_FORCE} AND customer_key IN (these)",
    f"""
    SELECT known_as, {_ANSWER} FROM addressees CROSS JOIN replies ON replies.answers = addressees.words_id
    WHERE {_IN_FORCE} AND known_as IN (these)""",
)
_OF_RECORDS = f"""
    SELECT record, {_ANSWER} FROM steps CROSS JOIN replies ON replies.answers = steps.words_id
    WHERE {_IN_FORCE} AND (recipe = ? OR table_name = ?)
      AND EXISTS (SELECT 1 FROM addressees WHERE addressees.words_id = steps.words_id) AND record IN (these)"""


def answered(connection: Connection, known_as: Sequence[str]) -> dict[str, Answer]:
    """The weightiest answer in force of each address and customer key that has one; of equals the latest.

    An answer is its writer's, and everybody's who was known as the customer when the answered message was claimed.
    """
    if not connection.row("SELECT 1 FROM replies LIMIT 1"):
        return {}
    return _weightiest(row for sql in _OF_CUSTOMERS for row in connection.among(sql, [], known_as))


def answered_records(connection: Connection, recipe: str, table: str, records: Sequence[str]) -> dict[str, Answer]:
    """The weightiest answer in force to messages about each of these records, from this recipe or another that reads the table.

    A customer whose address is corrected in the sheet has answered all the same. A message to our own people is none to a customer.
    """
    if not connection.row("SELECT 1 FROM replies WHERE answers IS NOT NULL LIMIT 1"):
        return {}
    return _weightiest(connection.among(_OF_RECORDS, [recipe, table], records))


def _weightiest(found: Iterable[Row]) -> dict[str, Answer]:
    best: dict[str, dict[str, tuple[Rank, Row]]] = {}
    for who, number, at, label, weight, text, to in found:
        rank, theirs = (_WEIGHTIER.index(weight), at, number), best.setdefault(who, {})
        if (to or "") not in theirs or rank > theirs[to or ""][0]:
            theirs[to or ""] = (rank, (at, label, weight, text, to or ""))
    return {who: _in_line(theirs.values()) for who, theirs in best.items()}


def _in_line(found: Iterable[tuple[Rank, Row]]) -> Answer:
    """The weightiest answer, and behind it those to other steps."""
    lighter: Answer | None = None
    for _, (at, label, weight, text, to) in sorted(found, key=lambda one: one[0]):
        lighter = Answer(to_moment(at), label, weight, " ".join((text or "").split())[:WORDS_SHOWN], to, lighter)
    assert lighter is not None  # whoever is found has answered something
    return lighter
