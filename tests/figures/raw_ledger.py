"""The ledger as sqlite3 reads it, never our own code: what left, what came back, what waited for a person and what became of that."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.figures.raw_sheets import Row

ZONE = ZoneInfo("America/Chicago")
_GONE = {"sent", "queued"}
"""States of a step whose message somebody has; of one in doubt nobody knows."""


@dataclass(frozen=True)
class Ledger:
    """The rows of ledger.db; moments are on the office's clock, without a zone, as the sheets have theirs."""

    file: Path

    def rows(self, sql: str) -> list[Row]:
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in connection.execute(sql)]
        finally:
            connection.close()

    @cached_property
    def messages(self) -> list[Row]:
        """Every message that was tried, with what it was about and what became of it."""
        became = {row["words_id"]: row["state"] for row in self.rows("SELECT words_id, state FROM results ORDER BY id")}
        about: dict[int, list[Row]] = {}
        for row in self.rows("SELECT words_id, recipe, table_name, record, step, state FROM steps ORDER BY id"):
            about.setdefault(row["words_id"], []).append(row)
        found = []
        for row in self.rows(
            "SELECT id, at, channel, provider, address, customer, message_id FROM words WHERE channel IS NOT NULL ORDER BY at, id"
        ):
            steps = about.get(row["id"], [])
            state = became.get(row["id"])
            went = any(step["state"] in _GONE for step in steps) and state not in ("failed", "unsent") and row["provider"] != "outbox"
            found.append({**row, "at": local(row["at"]), "steps": steps, "recipe": steps[0]["recipe"] if steps else "", "went": went,
                          "state": state, "lost": state in ("failed", "unsent") or any(step["state"] == "failed" for step in steps)})  # fmt: skip
        return found

    @cached_property
    def left(self) -> list[Row]:
        """The messages that a customer has, for all that is known; a file in the outbox is none."""
        return [one for one in self.messages if one["went"]]

    @cached_property
    def reviews(self) -> list[Row]:
        """What was put before a person; `looked_at` where a person ever decided it or called about it."""
        decided = {
            row["review_id"] for row in self.rows("SELECT review_id FROM review_history WHERE state IN ('approved', 'dismissed', 'done')")
        }
        called = {row["review_id"] for row in self.rows("SELECT review_id FROM call_outcomes WHERE taken_back_at IS NULL")}
        return [
            {**row, "at": local(row["created_at"]), "looked_at": row["id"] in decided | called}
            for row in self.rows(
                "SELECT id, recipe, kind, table_name, owner, state, created_at, until, amount, address, customer FROM reviews"
            )
        ]

    @cached_property
    def changes(self) -> list[Row]:
        """What became of each review item and when, the oldest first."""
        return [{**row, "at": local(row["at"])} for row in self.rows("SELECT review_id, state, at FROM review_history ORDER BY id")]

    @cached_property
    def calls(self) -> list[Row]:
        """What people noted of their calls, a row for each document."""
        rows = self.rows("SELECT review_id, table_name, record, outcome, promised_on, at FROM call_outcomes WHERE taken_back_at IS NULL")
        return [{**row, "at": local(row["at"])} for row in rows]

    @cached_property
    def replies(self) -> list[Row]:
        """What came back, with the message that it answers."""
        about = {one["id"]: one for one in self.messages}
        rows = self.rows("SELECT id, at, label, address, answers FROM replies ORDER BY id")
        return [{**row, "at": local(row["at"]), "message": about.get(row["answers"])} for row in rows]

    @cached_property
    def questions(self) -> list[datetime]:
        return [local(row["at"]) for row in self.rows("SELECT at FROM questions")]

    def sent(self, table: str, record: str) -> list[datetime]:
        """When something left about a record."""
        return [one["at"] for one in self.left if any((step["table_name"], step["record"]) == (table, record) for step in one["steps"])]


class Nothing(Ledger):
    """The ledger of an office that has none yet."""

    def __init__(self) -> None:
        super().__init__(Path())

    def rows(self, sql: str) -> list[Row]:
        return []


def local(moment: Any) -> datetime:
    return datetime.fromisoformat(str(moment)).astimezone(ZONE).replace(tzinfo=None)
