"""A telephone log and an office's other tables as CSV texts, and the view that is made of them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from contractor_ops.ports import Workbook
from contractor_ops.sources.file import read_sheets
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import ColumnMatch, Place, Record, Table
from contractor_ops.views.missed_calls import MISSED_CALLS
from contractor_ops.views.view import Given

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=CHICAGO)
"""A Tuesday: Friday 10:30 is two business days ago."""
OFFICE, MARIA, ANN, BOB, EVE = "+13125550100", "+13125550101", "+13125550142", "+13125550143", "+13125550144"
HEADINGS = "Call SID,Start Time,From,To,Direction,Status,Duration"


def log(*lines: str, headings: str = HEADINGS) -> str:
    return "\n".join((headings, *lines))


def missed(at: str = "2026-11-24 10:20:00", caller: str = ANN, status: str = "no-answer", number: str = "c1", seconds: str = "") -> str:
    """A line of the plain log: a call that came in."""
    return f"{number},{at},{caller},{OFFICE},inbound,{status},{seconds}"


def outgoing(at: str, called: str = ANN, status: str = "completed", seconds: str = "90", number: str = "o1") -> str:
    return f"{number},{at},{OFFICE},{called},outbound-api,{status},{seconds}"


def table(name: str, *texts: str) -> Table:
    """A table read from files, `calls-1.csv` and so on."""
    books = [
        Workbook(f"{name}-{at}.csv", read_sheets(text.encode(), f"{name}-{at}.csv"), datetime(2026, 11, 24, 16, tzinfo=UTC))
        for at, text in enumerate(texts, 1)
    ]
    return build_table(TABLES[name], books, country="US")


def from_ledger(name: str, *rows: Mapping[str, Any]) -> Table:
    records = [Record(name, dict(row), Place("the ledger", None, None)) for row in rows]
    return Table(name, records, [], {column: ColumnMatch((), "") for column in TABLES[name].column_names})


def text_sent(at: str, address: str = ANN, record: str = "c0", table: str = "missed_calls", status: str = "sent") -> dict[str, Any]:
    return {"table": table, "record": record, "channel": "sms", "address": address, "status": status, "sent_at": local(at)}


def reply(at: str, address: str = ANN, label: str = "question", customer: str | None = None) -> dict[str, Any]:
    return {"from": address, "received_at": local(at), "label": label, "customer": customer}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO)


def judge(words: str) -> tuple[str, str]:
    """What triage says of these tests' voicemails."""
    for word, verdict in {
        "gas": ("urgent", "smell of gas"),
        "never again": ("complaint", "angry"),
        "stop calling": ("stop", "asks to stop"),
    }.items():
        if word in words.lower():
            return verdict
    return "other", ""


def view(*calls: str, now: datetime = NOW, never_text: Mapping[str, str] | None = None, holidays: Sequence[str] = (), own: Sequence[str] = (OFFICE,),
         messages: Sequence[Mapping[str, Any]] = (), replies: Sequence[Mapping[str, Any]] = (), **others: str) -> Table:  # fmt: skip
    """The missed calls of a log; `others` are the office's other tables as CSV."""
    tables = {"calls": table("calls", *calls), "messages": from_ledger("messages", *messages), "replies": from_ledger("replies", *replies)}
    tables |= {name: table(name, text) for name, text in others.items()}
    given = Given(
        tables, now, "US", frozenset(own), frozenset({MARIA}), never_text or {}, judge,
        lambda moment: moment.weekday() < 5 and moment.date().isoformat() not in holidays,
    )  # fmt: skip
    return MISSED_CALLS.build(given)


def rows(*calls: str, **settings: Any) -> dict[str, dict[str, Any]]:
    """The rows by their number."""
    records = view(*calls, **settings).records
    found = {str(record["number"]): dict(record.values) for record in records}
    assert len(found) == len(records)
    return found


def row(*calls: str, **settings: Any) -> dict[str, Any]:
    """The only row."""
    [found] = rows(*calls, **settings).values()
    return found


def verdict(found: Mapping[str, Any]) -> str:
    """What the view says of a row: one of text, ended, review, call back (several where two hold)."""
    names = {"ended_because": "ended", "review_because": "review", "no_message_because": "call back"}
    return " + ".join(word for name, word in names.items() if found[name]) or "text"
