"""A run that is killed: the next one neither sends twice nor says that another is under way, and little is in doubt."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.offices import ESTIMATES, follow_up, message
from tests.stories.inside import Office
from tests.stories.mail_server import Letters, config, mail_server, until

MONDAY = "2026-11-23T10:00"
WORDS = message("nudge", 'after = "1 day"', "Hello {{ customer.name }}.").replace('["sms", "email"]', '["email"]')
MANY = 12


def office_with(folder: Path, port: int) -> Office:
    rows = [(f"E-{n}", "Ann Li", f"c{n}@li.example", "", "Furnace", "Sent", "11/21/2026", "$480", "") for n in range(MANY)]
    return Office(folder, config(port)).sheet("estimates", ESTIMATES, rows).recipe("mine", follow_up(steps=WORDS))


def start(office: Office) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "contractor_ops", "run", "mine", "--send", "--office", str(office.folder), "--now", MONDAY]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))


@pytest.mark.parametrize("after", [1, 4])
def test_a_kill_in_the_middle_of_sending_sends_nothing_twice(tmp_path: Path, after: int) -> None:
    letters = Letters()
    letters.wait = 0.15
    with mail_server(letters) as port:
        office = office_with(tmp_path, port)
        run = start(office)
        until(lambda: len(letters.taken) >= after)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        letters.wait = 0
        until(lambda: True)
        again = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
        third = office.do("run", "mine", "--send", "--format", "json", now="2026-11-24T10:00")
    assert again.code == 0, again.err
    assert len(set(letters.addresses)) == len(letters.addresses)  # nobody twice
    doubtful = [one for one in again.json["decisions"] if one["decision"] == "review"]
    assert 1 <= len(doubtful) + MANY - len(letters.taken) <= 3
    assert len(doubtful) <= 2
    assert all("doubt" in one["reason"] for one in doubtful)
    assert len(letters.taken) >= MANY - len(doubtful)  # nobody lost
    assert {one["record"] for one in third.json["decisions"] if one["decision"] == "review"} == {one["record"] for one in doubtful}
    assert {item["record"] for item in office.queue()} == {one["record"] for one in doubtful}


def test_a_kill_before_the_first_message_loses_nothing(tmp_path: Path) -> None:
    office = office_with(tmp_path, 1)
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        text = (tmp_path / "config.toml").read_text().replace("port     = 1\n", f"port     = {silent.getsockname()[1]}\n")
        (tmp_path / "config.toml").write_text(text)
        run = start(office)
        silent.settimeout(30)
        connection, _ = silent.accept()  # it has claimed, and waits for our greeting
        run.send_signal(signal.SIGKILL)
        run.communicate()
        connection.close()
    letters = Letters()
    with mail_server(letters) as port:
        (tmp_path / "config.toml").write_text(config(port) + '\n[tables.estimates]\nfile = "estimates.csv"\n')
        again = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
    assert again.code == 0
    doubtful = [one for one in again.json["decisions"] if one["decision"] == "review"]
    assert len(doubtful) <= 1  # nothing was put to the server, but the mark "now trying" may stand on the first
    assert len(letters.taken) + len(doubtful) == MANY


def test_a_stopped_run_says_so_and_keeps_its_promises(tmp_path: Path) -> None:
    letters = Letters()
    letters.wait = 0.15
    with mail_server(letters) as port:
        office = office_with(tmp_path, port)
        run = start(office)
        until(lambda: len(letters.taken) >= 2)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=30)
        assert run.returncode == 130
        assert "Traceback" not in out + err
        letters.wait = 0
        again = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
    assert again.code == 0
    assert len(set(letters.addresses)) == len(letters.addresses)
    doubtful = [one for one in again.json["decisions"] if one["decision"] == "review"]
    assert len(doubtful) <= 2
    assert len(letters.taken) >= MANY - len(doubtful)


def test_a_first_run_that_is_killed_while_it_makes_the_ledger_leaves_a_usable_office(tmp_path: Path) -> None:
    row = ("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", "")
    command = [sys.executable, "-m", "contractor_ops", "run", "mine", "--now", MONDAY, "--office"]
    for attempt in range(3):
        office = Office(tmp_path / str(attempt)).sheet("estimates", ESTIMATES, [row]).recipe("mine", follow_up())
        ledger, run = office.folder / "ledger.db", subprocess.Popen([*command, str(office.folder)], stdout=subprocess.DEVNULL)
        while not ledger.exists() and run.poll() is None:
            pass
        run.kill()
        run.wait()
        again = office.do("run", "mine", "--send", now=MONDAY)
        assert again.code == 0, again.err
        assert len(office.outbox()) == 1
