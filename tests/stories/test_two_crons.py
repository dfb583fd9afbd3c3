"""Two crons at once: one says that another run is under way, or both end well; each message leaves once."""

import subprocess
import sys
from pathlib import Path

from tests.offices import ESTIMATES, follow_up, message
from tests.stories.inside import Office
from tests.stories.mail_server import Letters, config, mail_server, until

MONDAY = "2026-11-23T10:00"
BY_MAIL = message("nudge", 'after = "1 day"', "Hello {{ customer.name }}.").replace('["sms", "email"]', '["email"]')


def rows(count: int) -> list[tuple[str, ...]]:
    return [
        (f"E-{n}", "Ann Li", f"c{n}@li.example", f"312-555-01{n:02}", "Furnace", "Sent", "11/21/2026", "$480", "") for n in range(count)
    ]


def start(office: Office, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "contractor_ops", "run", *words, "--office", str(office.folder), "--now", MONDAY]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_runs_of_one_recipe_send_each_message_once(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, rows(30)).recipe("mine", follow_up())
    runs = [start(office, "mine", "--send") for _ in range(2)]
    said = [run.communicate(timeout=60) for run in runs]
    assert {run.returncode for run in runs} <= {0, 6}
    assert 0 in {run.returncode for run in runs}, said
    assert len({path.name.split("-+")[1][:12] for path in office.outbox()}) == len(office.outbox()) == 30
    states = [entry["state"] for entry in office.do("ledger", "history", "--format", "json").json]
    assert states.count("claimed") == states.count("sent") == 30


def test_the_second_says_at_once_that_the_first_is_under_way(tmp_path: Path) -> None:
    letters = Letters()
    letters.wait = 0.4
    with mail_server(letters) as port:
        office = Office(tmp_path, config(port)).sheet("estimates", ESTIMATES, rows(6)).recipe("mine", follow_up(steps=BY_MAIL))
        first = start(office, "mine", "--send")
        until(lambda: len(letters.taken) >= 1)
        second = office.do("run", "mine", "--send", now=MONDAY)
        rehearsal = office.do("run", "mine", now=MONDAY)
        first.communicate(timeout=60)
    assert (first.returncode, second.code, rehearsal.code) == (0, 6, 0)
    assert "mine" in second.err and "under way" in second.err
    assert len(letters.taken) == 6


def test_of_several_recipes_the_one_that_is_under_way_does_not_stop_the_others(tmp_path: Path) -> None:
    letters = Letters()
    letters.wait = 0.5
    with mail_server(letters) as port:
        office = Office(tmp_path, config(port)).sheet("estimates", ESTIMATES, rows(6)).recipe("mine", follow_up(steps=BY_MAIL))
        by_text = message("text", 'after = "1 day"', "Hello {{ customer.name }}.").replace('["sms", "email"]', '["sms"]')
        office.recipe("other", follow_up(top='kind = "service"', steps=by_text))
        first = start(office, "mine", "--send")
        until(lambda: len(letters.taken) >= 1)
        both = office.do("run", "mine", "other", "--send", now=MONDAY)
        first.communicate(timeout=60)
    assert both.code == 6
    assert len(office.outbox()) == 6
    assert len(letters.taken) == 6


def test_two_recipes_at_once_keep_one_customers_daily_cap(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, rows(10)).recipe("one", follow_up()).recipe("two", follow_up())
    runs = [start(office, name, "--send") for name in ("one", "two")]
    for run in runs:
        run.communicate(timeout=60)
    assert {run.returncode for run in runs} == {0}
    assert len(office.outbox()) == 10


def test_a_person_and_a_cron_can_work_at_once(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, rows(10)).recipe("mine", follow_up(mode="approve"))
    office.run("mine", MONDAY)
    numbers = [str(one["id"]) for one in office.queue()]
    run = start(office, "mine", "--send")
    assert office.do("review", "approve", *numbers, now=MONDAY).code == 0
    run.communicate(timeout=60)
    assert run.returncode == 0
    office.run("mine", MONDAY, "--send")
    office.run("mine", MONDAY, "--send")
    assert len(office.outbox()) == 10
