import sqlite3
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from contractor_ops.errors import LedgerTrouble
from contractor_ops.ledger.ledger import SqliteLedger

RECIPE = "estimate-follow-up"


def test_entries_tell_what_happened_in_order_of_time(ledger, run, a_claim, at, day_start):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.trying(taken.claim_ids, at + timedelta(seconds=1))
    ledger.settle(taken.claim_ids, "sent", at + timedelta(seconds=2), provider_id="SM1")
    entries = ledger.entries()
    assert [(entry["state"], entry["time"]) for entry in entries] == [
        ("claimed", "2026-11-23T16:00:00+00:00"),
        ("trying", "2026-11-23T16:00:01+00:00"),
        ("sent", "2026-11-23T16:00:02+00:00"),
    ]
    assert entries[2] == {
        "recipe": RECIPE, "record": "E-1", "step": "first-nudge", "anchor": "", "state": "sent", "address": "+13125550142",
        "time": "2026-11-23T16:00:02+00:00", "channel": "sms", "provider_id": "SM1", "detail": None, "run": run,
        "table": "estimates", "action": "message", "owner": "office", "settled_by": None,
    }  # fmt: skip


def test_entries_can_be_asked_for_one_recipe_or_record(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim("E-1")], [a_claim("E-2")]], at, None, day_start)
    ledger.claim(run, "win-back", [[a_claim("E-1")]], at, None, day_start)
    assert [(entry["recipe"], entry["record"]) for entry in ledger.entries(record="E-1")] == [(RECIPE, "E-1"), ("win-back", "E-1")]
    assert [entry["record"] for entry in ledger.entries(recipe=RECIPE)] == ["E-1", "E-2"]
    assert [entry["record"] for entry in ledger.entries(RECIPE, "E-2")] == ["E-2"]
    assert ledger.entries("no-such-recipe") == []


def test_a_step_claimed_again_for_another_address_keeps_what_was_written_first(ledger, run, a_claim, at, day_start):
    [taken] = ledger.claim(run, RECIPE, [[a_claim(address="+13125550142")]], at, None, day_start)
    ledger.settle(taken.claim_ids, "released", at)
    ledger.claim(run, RECIPE, [[a_claim(address="ann@li.example", channel="email")]], at, None, day_start)
    assert [(entry["state"], entry["channel"], entry["address"]) for entry in ledger.entries()] == [
        ("claimed", "sms", "+13125550142"),
        ("released", "sms", "+13125550142"),
        ("claimed", "email", "ann@li.example"),
    ]


def test_a_ledger_that_is_well_has_nothing_to_tell(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    assert ledger.verify() == []


def test_a_state_that_somebody_changed_by_hand_is_told(ledger, path, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE steps SET state = 'released'")
    assert ledger.verify() == ['Step "first-nudge" of E-1 in estimate-follow-up stands as "released", but its history ends with "claimed".']


def test_a_line_that_somebody_deleted_by_hand_is_told(ledger, path, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM words")
    assert ledger.verify() == [
        "Line 1 of steps names a line of words that is not there.",
        "Line 1 of history names a line of words that is not there.",
    ]


def test_what_came_back_for_a_line_that_somebody_deleted_is_told(ledger, path, run, a_claim, a_reply, a_result, at, day_start):
    task = a_claim(channel=None)
    ledger.claim(run, RECIPE, [[task]], at, None, day_start)
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO words (at, channel, message_id, provider) VALUES ('2026', 'sms', '', '')")
    ledger.add_reply(a_reply(answers=2))
    ledger.add_reply(a_reply("other", answers=1))
    ledger.add_result(a_result(), 2, at)
    assert ledger.verify() == []
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM words WHERE id = 2")
    assert ledger.verify() == [
        "Line 1 of replies names a line of words that is not there.",
        "Line 1 of results names a line of words that is not there.",
    ]


def test_a_backup_is_a_ledger_that_only_its_owner_may_read(ledger, run, a_claim, at, day_start, tmp_path: Path):
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    target = tmp_path / "copy.sqlite3"
    ledger.backup(str(target))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    copy = SqliteLedger(target)
    assert copy.entries() == ledger.entries()
    assert copy.verify() == []
    copy.close()


def test_a_backup_does_not_overwrite(ledger, tmp_path: Path):
    target = tmp_path / "copy.sqlite3"
    target.write_text("something else")
    with pytest.raises(LedgerTrouble, match=r"already a file .*copy\.sqlite3"):
        ledger.backup(str(target))
    assert target.read_text() == "something else"


def test_a_backup_makes_its_folder_and_says_so_where_it_cannot(ledger, tmp_path: Path):
    ledger.backup(str(tmp_path / "backups" / "copy.sqlite3"))
    assert (tmp_path / "backups" / "copy.sqlite3").stat().st_size > 0
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(LedgerTrouble, match=r"copy\.sqlite3 cannot be made"):
        ledger.backup(str(tmp_path / "file" / "copy.sqlite3"))
