"""Real processes that work on one ledger at the same time, or are killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import contractor_ops
from contractor_ops.ledger.ledger import SqliteLedger

RECIPE = "estimate-follow-up"

BEGIN = """
import json, os, sys, time
from datetime import UTC, datetime
from contractor_ops.ledger.ledger import SqliteLedger
from contractor_ops.ports import Claim, StepKey

path, recipe, argument = sys.argv[1:]
at = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)

def claims(record, address="+13125550142"):
    return [Claim(StepKey(record, "first-nudge"), "estimates", "message", "office", channel="sms", address=address, message_id=record)]

def begin():
    ledger = SqliteLedger(path)
    return ledger, ledger.open_run(recipe, at, True, "auto", "front-desk/boot-1")
"""


def start(path: Path, work: str, argument: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BEGIN + work, str(path), RECIPE, argument]
    home = Path(contractor_ops.__file__).parents[1]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, cwd=home, env={**os.environ, "PYTHONPATH": str(home)}
    )


def told(process: subprocess.Popen[str]):
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(said)


def together(path: Path, work: str, *arguments: str) -> list:
    """What processes say that all wait for one file to appear before they begin."""
    processes = [start(path, work, argument) for argument in arguments]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    return [told(process) for process in processes]


READY = """
print("ready", flush=True)
sys.stdin.readline()
"""


def test_of_two_processes_exactly_one_claims_each_step(path: Path):
    SqliteLedger(path).close()
    work = """
ledger, run = begin()
""" + READY + """
won = []
for number in range(150):
    [result] = ledger.claim(run, recipe, [claims(f"E-{number}")], at, None, at)
    if result.claim_ids:
        won.append(number)
    else:
        assert result.refusal == "already done"
print(json.dumps(won))
"""  # fmt: skip
    one, other = together(path, work, "", "")
    assert sorted(one + other) == list(range(150))


def test_two_processes_together_keep_to_the_daily_cap(path: Path):
    SqliteLedger(path).close()
    work = """
ledger, run = begin()
""" + READY + """
won = 0
for number in range(60):
    [result] = ledger.claim(run, argument, [claims(f"E-{number}", f"customer-{number}@li.example")], at, 1, at)
    won += bool(result.claim_ids)
print(json.dumps(won))
"""  # fmt: skip
    assert sum(together(path, work, "estimate-follow-up", "invoice-reminders")) == 60


@pytest.mark.parametrize("said", ["an opt-out", "an answer"])
def test_nothing_is_claimed_once_the_customer_has_spoken(path: Path, said: str):
    SqliteLedger(path).close()
    work = """
from dataclasses import replace
from contractor_ops.ports import KeptReply
ledger, run = begin()
""" + READY + """
if argument == "run":
    number, refusal = 0, ""
    while not refusal and number < 20_000:
        number += 1
        [result] = ledger.claim(run, recipe, [[replace(one, stopped_by=frozenset({"stops", "pleasant"})) for one in claims(f"E-{number}")]], at, None, at)
        refusal = result.refusal
    print(json.dumps(refusal))
else:
    until = time.monotonic() + 30
    while len(ledger.entries()) < 20 and time.monotonic() < until:
        pass
    if argument == "an opt-out":
        ledger.opt_out("+13125550142", at, "sms")
    else:
        ledger.add_reply(KeptReply("SM1", "sms", "+13125550142", at, None, "", "other", "", "stops", "Leave me alone", ""))
    print(json.dumps(len(ledger.entries())))
"""  # fmt: skip
    refusal, claimed = together(path, work, "run", said)
    assert refusal == {"an opt-out": "opted out", "an answer": "the customer has answered"}[said]
    ledger = SqliteLedger(path)
    assert len(ledger.entries()) == claimed >= 20
    ledger.close()


def test_two_fetches_keep_each_reply_once(path: Path):
    SqliteLedger(path).close()
    work = """
from contractor_ops.ports import KeptReply
ledger, run = begin()
""" + READY + """
kept = []
for number in range(100):
    reply = KeptReply(f"SM{number}", "sms", "+13125550142", at, None, "", "other", "", "stops", "Hello", "")
    if ledger.add_reply(reply):
        kept.append(number)
print(json.dumps(kept))
"""  # fmt: skip
    one, other = together(path, work, "", "")
    assert sorted(one + other) == list(range(100))


def test_two_processes_bring_an_older_ledger_up_to_date_once(old_ledger: Path):
    work = READY + """
ledger, run = begin()
ledger.move_cursor(argument, "here", at)
ledger.close()
print(json.dumps(run))
"""  # fmt: skip
    assert sorted(together(old_ledger, work, "imap", "twilio")) == [2, 3]
    ledger = SqliteLedger(old_ledger)
    assert (ledger.cursor("imap"), ledger.cursor("twilio")) == ("here", "here")
    assert ledger.verify() == []
    ledger.close()
    with sqlite3.connect(old_ledger.with_name(f"{old_ledger.name}.before-0002")) as copy:
        assert copy.execute("SELECT max(number) FROM migrations").fetchall() == [(1,)]


def test_processes_that_make_the_same_new_ledger_end_up_with_one(tmp_path: Path):
    for round_ in range(5):
        path = tmp_path / f"ledger-{round_}.sqlite3"
        work = READY + """
ledger, run = begin()
ledger.close()
print(json.dumps(run))
"""  # fmt: skip
        assert sorted(together(path, work, "", "", "")) == [1, 2, 3]
        ledger = SqliteLedger(path)
        assert ledger.verify() == []
        ledger.close()


@pytest.mark.parametrize(("moment", "state"), [("claimed", "claimed"), ("trying", "trying")])
def test_a_run_that_is_killed_leaves_what_it_was_doing_in_sight(path: Path, moment: str, state: str):
    work = """
ledger, run = begin()
done, open_ = ledger.claim(run, recipe, [claims("E-1"), claims("E-2")], at, None, at)
ledger.trying(done.claim_ids, at)
ledger.settle(done.claim_ids, "sent", at, "SM1")
if argument == "trying":
    ledger.trying(open_.claim_ids, at)
print("ready", flush=True)
time.sleep(60)
"""
    process = start(path, work, moment)
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    ledger = SqliteLedger(path)
    run = ledger.open_run(RECIPE, ledger.runs()[0].now, True, "auto", "front-desk/boot-1")
    assert [(doubt.key.record, doubt.state) for doubt in ledger.abandoned(RECIPE, run)] == [("E-2", state)]
    assert ledger.verify() == []
    ledger.close()


def test_a_run_that_is_killed_while_it_claims_has_claimed_whole_groups_only(path: Path):
    work = """
ledger, run = begin()
number = 0
while True:
    number += 1
    ledger.claim(run, recipe, [claims(f"E-{number}") + claims(f"F-{number}")], at, None, at)
    if number == 20:
        print("ready", flush=True)
"""
    process = start(path, work)
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    ledger = SqliteLedger(path)
    records = [entry["record"] for entry in ledger.entries()]
    assert len(records) >= 40
    assert [record for record in records if record[0] == "E"] == [record.replace("F", "E") for record in records if record[0] == "F"]
    assert ledger.verify() == []
    ledger.close()
