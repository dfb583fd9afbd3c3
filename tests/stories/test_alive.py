"""Jobs that tell whether they are alive: the dead-man's switch and the log file, for runs that act on the real clock."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from tests.offices import ESTIMATES, follow_up
from tests.providers.heartbeat_server import Switch, switch
from tests.stories.inside import Office

LATELY = (date.today() - timedelta(days=3)).isoformat()


@pytest.fixture
def heard() -> Iterator[Switch]:
    with switch() as kept:
        yield kept


@pytest.fixture
def office(tmp_path: Path, heard: Switch) -> Office:
    made = Office(tmp_path / "northside").sheet(
        "estimates", ESTIMATES, [["E-1", "Ann Li", "ann@mail.example", "(312) 555-0142", "Furnace", "Sent", LATELY, "900", ""]]
    )
    return made.recipe("nudges", follow_up()).configure(f'\n[heartbeat]\nurl = "{heard.address}/uuid"\n')


def log_lines(tmp_path: Path) -> list[str]:
    [file] = tmp_path.rglob("contractor-ops.log")
    return file.read_text(encoding="utf-8").splitlines()


def test_a_run_that_acts_says_that_it_began_and_ended(office: Office, heard: Switch, tmp_path: Path) -> None:
    ran = office.do("run", "nudges", "--send", env={"XDG_STATE_HOME": str(tmp_path / "state")})
    assert ran.code == 0, ran.err
    assert heard.asked == [("/uuid/start", "run nudges --send: started"), ("/uuid", "run nudges --send: exit 0, done")]
    [line] = log_lines(tmp_path / "state")
    assert " northside: run nudges --send: exit 0, done, " in line
    assert "Ann" not in line


def test_a_rehearsal_and_a_pretended_time_tell_nobody(office: Office, heard: Switch) -> None:
    office.do("run", "nudges")
    office.do("run", "nudges", "--send", now="2026-11-23T10:00")
    assert heard.asked == []


def test_a_brake_is_a_failure_with_its_name_and_no_customer(office: Office, heard: Switch) -> None:
    text = (office.folder / "config.toml").read_text(encoding="utf-8")
    (office.folder / "config.toml").write_text(text.replace('"estimates.csv"', '"estimates.csv"\nmax_age = "3 days"'), encoding="utf-8")
    os.utime(office.folder / "estimates.csv", (0, 0))
    ran = office.do("run", "nudges", "--send", "--quiet")
    assert ran.code == 4
    assert heard.asked[-1] == ("/uuid/4", "run nudges --send: exit 4, a brake stopped it (stale-source)")
    assert len(ran.out.splitlines()) <= 4
    assert ran.out.startswith("Estimate follow-up: nothing was sent (stale-source).\n")


def test_what_cannot_run_at_all_is_a_failure(office: Office, heard: Switch) -> None:
    (office.folder / "estimates.csv").unlink()
    ran = office.do("run", "nudges", "--send", "--quiet")
    assert ran.code == 3
    assert heard.paths == ["/uuid/start", "/uuid/3"]
    assert 0 < len(ran.err.splitlines()) <= 3


def test_quiet_says_nothing_where_all_is_well(office: Office, heard: Switch) -> None:
    assert office.do("run", "nudges", "--send", "--quiet").out == ""
    assert office.do("inbox", "--quiet").out == ""
    assert heard.paths == ["/uuid/start", "/uuid", "/uuid/start", "/uuid"]


def test_a_switch_that_does_not_answer_stops_no_run(office: Office, heard: Switch, tmp_path: Path) -> None:
    heard.status = 500
    ran = office.do("run", "nudges", "--send", env={"XDG_STATE_HOME": str(tmp_path / "state")})
    assert ran.code == 0
    said = [line.partition(": ")[2] for line in log_lines(tmp_path / "state")]
    assert said[:2] == ["the heartbeat was not heard: 127.0.0.1 answered 500"] * 2
    assert said[2].startswith("run nudges --send: exit 0, done")


def test_a_run_beside_another_one_is_no_failure(office: Office, heard: Switch) -> None:
    with open_office(office.folder).lock("nudges"):
        assert office.do("run", "nudges", "--send", "--quiet").code == 6
    with open_office(office.folder).lock("inbox"):
        assert office.do("inbox", "--quiet").code == 6
    assert heard.paths == ["/uuid/start", "/uuid/start"]


def test_a_switch_that_is_not_heard_is_told_by_report_and_digest(office: Office, heard: Switch) -> None:
    heard.status = 404
    assert (office.do("run", "nudges", "--send", "--quiet").code, office.do("inbox", "--quiet").code) == (0, 0)
    said = "127.0.0.1 has not heard of the last 2 jobs, since "
    assert said in office.do("report").out.replace("\n", " ")
    assert any(said in one for one in office.do("digest", "--format", "json").json["trouble"])
    heard.status = 200
    office.do("inbox", "--quiet")
    assert not any(said in one for one in office.do("digest", "--format", "json").json["trouble"])
