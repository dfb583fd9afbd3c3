"""What a person does counts in the digest's signals, and goes on counting whatever becomes of it; what lies in outbox/ does not."""

from pathlib import Path
from typing import Any

import pytest

from contractor_ops.work.demo import make_demo
from tests.stories.inside import Office

EARLY, MORNING, LATER = "2026-11-23T08:26", "2026-11-23T10:05", "2026-11-24T10:05"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    make_demo(tmp_path / "office", EARLY)
    made = Office.__new__(Office)
    made.folder = tmp_path / "office"
    made.do("run", "estimate-follow-up", "--send", now=EARLY)
    return made


def listed(office: Office, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.do("review", "list", *words, "--format", "json", now=EARLY).json
    return found


def items(office: Office, kind: str) -> list[int]:
    return [one["id"] for one in listed(office) if one["kind"] == kind and one["recipe"] == "estimate-follow-up"]


def reviewed(office: Office) -> int:
    """How many a person has looked at, as tomorrow's digest tells it."""
    signals = office.do("digest", "--format", "json", now=LATER).json["signals"]
    return int(next(one["part"] for one in signals if one["key"] == "exceptions-reviewed"))


def test_what_was_released_is_reviewed_whatever_became_of_the_release(office: Office) -> None:
    before = reviewed(office)
    [first, second, third, *_] = items(office, "message")
    [address] = {one["to"] for one in listed(office) if one["id"] == first}
    office.do("review", "approve", str(first), str(second), now=EARLY)
    office.do("review", "dismiss", str(third), "--because", "they called", now=EARLY)
    assert reviewed(office) == before + 3
    office.do("optout", address, now=EARLY)
    office.do("run", "estimate-follow-up", "--send", now=MORNING)  # overtaken: nothing may go to that customer any more
    [state] = {one["state"] for one in listed(office, "--all") if one["id"] == first}
    assert state == "gone" and reviewed(office) >= before + 3


def test_what_was_ticked_off_is_reviewed(office: Office) -> None:
    before, [task, *_] = reviewed(office), items(office, "task")
    office.do("review", "done", str(task), now=EARLY)
    assert reviewed(office) == before + 1


def test_the_tables_tell_who_carried_a_message_and_what_was_looked_at(office: Office) -> None:
    [first, *_] = items(office, "message")
    office.do("review", "approve", str(first), now=EARLY)
    office.do("run", "estimate-follow-up", "--send", now=MORNING)
    messages: list[dict[str, Any]] = office.do("read", "messages", "--format", "json", now=MORNING).json["records"]
    assert {one["provider"] for one in messages if one["channel"]} == {"outbox"}
    looked_at = [one["number"] for one in office.do("read", "reviews", "--format", "json", now=MORNING).json["records"] if one["looked_at"]]
    assert looked_at == [str(first)]
    signals = {one["key"]: one for one in office.do("digest", "--format", "json", now=LATER).json["signals"]}
    assert signals["estimates-followed-up"]["unknown"] == "nothing is sent by itself yet (outbox)"
