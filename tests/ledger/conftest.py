from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest

from contractor_ops.ledger.ledger import SqliteLedger
from contractor_ops.ports import Claim, KeptReply, Result, ReviewItem, ReviewMember, StepKey
from contractor_ops.tables.record import Place


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def ledger(path: Path) -> Iterator[SqliteLedger]:
    opened = SqliteLedger(path, wait=0.2)
    yield opened
    opened.close()


@pytest.fixture
def old_ledger(path: Path) -> Path:
    """A ledger that the first release made and filled, before there was a second migration."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.executescript((Path(__file__).parent / "made_by_0001.sql").read_text(encoding="utf-8"))
    return path


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.fixture
def day_start() -> datetime:
    """Midnight in Chicago."""
    return datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
def run(ledger: SqliteLedger, at: datetime) -> int:
    return ledger.open_run("estimate-follow-up", at, True, "auto", "front-desk/boot-1")


@pytest.fixture
def a_claim() -> Callable[..., Claim]:
    def make(record: str = "E-1", step: str = "first-nudge", anchor: str = "", **fields: Any) -> Claim:
        fields = {"channel": "sms", "address": "+13125550142", "body": "Any questions?", "message_id": f"<{record}.{step}>", **fields}
        return Claim(StepKey(record, step, anchor), "estimates", "message", "office", **fields)

    return make


@pytest.fixture
def an_item() -> Callable[..., ReviewItem]:
    def make(key: str = "E-1/first-nudge", row_hash: str = "r1", words_hash: str = "w1", **fields: Any) -> ReviewItem:
        record, step = key.split("/")
        member = ReviewMember(StepKey(record, step), row_hash, words_hash, Place("estimates.xlsx", "2026", 12), "Ann Li")
        fields = {"kind": "message", "owner": "office", "reason": "total is 15,000 or more", "members": (member,), **fields}
        return ReviewItem("estimate-follow-up", key, **fields)

    return make


@pytest.fixture
def a_reply(at: datetime) -> Callable[..., KeptReply]:
    def make(key: str = "twilio:SM1", text: str = "Can you call me?", **fields: Any) -> KeptReply:
        fields = {"channel": "sms", "address": "+13125550142", "at": at, "customer": "Ann Li", "customer_key": "number:C-7", **fields}
        judged = {"label": "question", "reason": "it asks something", "weight": "stops"}
        return KeptReply(key=key, text=text, **{"whole": text, **judged, **fields})

    return make


@pytest.fixture
def a_result(at: datetime) -> Callable[..., Result]:
    def make(
        key: str = "twilio:SM1/delivered", state: Literal["sent", "delivered", "failed", "unsent"] = "delivered", **fields: Any
    ) -> Result:
        return Result(key, **{"channel": "sms", "at": at, **fields}, state=state)

    return make
