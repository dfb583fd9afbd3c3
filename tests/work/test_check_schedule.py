"""What `check` sees of the office running by itself, and which runs were missed."""

import os
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contractor_ops import office as offices
from contractor_ops.errors import FilesNeedMending
from contractor_ops.ports import RunEnd
from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.reading import read_when
from contractor_ops.work.beats import keep_beat, unheard
from contractor_ops.work.check_finding import Finding
from contractor_ops.work.check_ledger import check_ledger
from contractor_ops.work.check_schedule import check_schedule
from contractor_ops.work.cron import Kind, jobs_of, place_of
from contractor_ops.work.cron_install import install
from contractor_ops.work.digest import digest_of
from contractor_ops.work.digest_mail import send_digest
from contractor_ops.work.missed_runs import missed_runs, missed_sentences
from contractor_ops.work.watch_kept import keep_in, watch_file
from tests.offices import CONFIG, ESTIMATES, Office, follow_up

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZONE)  # a Monday
ROW = ("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", "")
RUNS = 'mode  = "auto"\nruns  = "weekdays 09:05"'
CRONTAB = """#!/bin/sh
kept="$(dirname "$0")/kept"
case "$1" in
    -V) echo "cronie 1.7"; exit 0 ;;
    -l) [ -e "$kept" ] && exec cat "$kept"; echo "no crontab for somebody" >&2; exit 1 ;;
    -) cat > "$kept" ;;
esac
"""


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own: a crontab that is kept in a file, an empty home, no systemd."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "crontab").write_text(CRONTAB, encoding="utf-8")
    (programs / "crontab").chmod(0o755)
    for name in ("sh", "cat", "dirname"):
        (programs / name).symlink_to(shutil.which(name) or name)
    for name, value in {"PATH": str(programs), "HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path / "config")}.items():
        monkeypatch.setenv(name, value)
    return programs


def opened(folder: Path, config: str = CONFIG, recipe: bool = True) -> offices.Office:
    made = Office(folder, config).sheet("estimates", ESTIMATES, [ROW])
    if recipe:
        made.recipe("mine", follow_up().replace('mode  = "auto"', RUNS))
    return offices.open_office(folder)


def ran(office: offices.Office, at: datetime, name: str = "mine") -> None:
    run = office.ledger.open_run(name, at, True, "auto", "here/1")
    office.ledger.close_run(run, at, RunEnd(0, {}))


def told(office: offices.Office, level: str = "warning") -> list[str]:
    return [f"{one.about}: {one.message}" for one in check_schedule(office, NOW) if one.level == level]


def test_before_a_recipe_was_ever_sent_nothing_is_wrong(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    assert told(office) == []
    assert told(office, "ok")[0].startswith("schedule: nothing runs by itself yet")


def test_an_office_that_sends_and_has_no_schedule_is_told(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    ran(office, NOW - timedelta(days=5))
    first, second, third = told(office)
    assert first == "schedule: none is installed on this machine: nothing runs by itself"
    assert second.startswith("schedule: Estimate follow-up has not run since Wed, Nov 18, and should have on Mon, Nov 23, 9:")
    assert third.startswith("heartbeat: none is set up")


def test_where_watch_kept_it_watch_is_to_be_started_again(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    ran(office, NOW - timedelta(days=5))
    keep_in(watch_file(office.ledger_file), {"mine": NOW - timedelta(days=5, minutes=5)}, time.sleep)
    kept, missed = [one for one in check_schedule(office, NOW) if one.about == "schedule"]
    assert kept.message == "contractor-ops watch kept it and is not running: nothing runs by itself"
    assert missed.message.endswith("Is contractor-ops watch running?")
    assert missed.remedy == "If this machine was off then, nothing is wrong; else: contractor-ops watch"


def test_where_watch_kept_it_long_before_the_question_is_open(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    ran(office, NOW - timedelta(days=5))
    keep_in(watch_file(office.ledger_file), {"mine": NOW - timedelta(days=30)}, time.sleep)
    assert missed_sentences(office, NOW)[0].endswith("Is its schedule installed?")


def test_who_runs_it_at_its_times_by_a_schedule_of_their_own_is_left_alone(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    ran(office, NOW.replace(hour=9, minute=20))
    assert told(office, "ok")[0] == "schedule: none of ours is installed here, and the recipes have run at their times all the same"


def test_an_installed_crontab_is_seen_and_one_of_yesterday_is_told(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    list(install(Kind.crontab, office, jobs_of(office), place_of(office, NOW), NOW))
    assert told(office, "ok") == ["schedule: kept by crontab: 5 jobs"]
    later = Office.recipe(_at(office.folder), "mine", follow_up().replace('mode  = "auto"', RUNS.replace("09:05", "11:30")))
    office = offices.open_office(later.folder)
    assert "schedule: what crontab keeps is not what config.toml and the recipes say today" in told(office)


def _at(folder: Path) -> Office:
    """The office that stands there already."""
    made = Office.__new__(Office)
    made.folder = folder
    return made


def test_another_offices_crontab_is_not_ours(tmp_path: Path) -> None:
    other = opened(tmp_path / "other")
    list(install(Kind.crontab, other, jobs_of(other), place_of(other, NOW), NOW))
    assert told(opened(tmp_path / "office"), "ok")[0].startswith("schedule: nothing runs by itself yet")


def test_systemd_timers_are_seen(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    list(install(Kind.systemd, office, jobs_of(office), place_of(office, NOW), NOW))
    assert told(office, "ok") == ["schedule: kept by systemd: 5 jobs"]


def test_a_watch_that_is_under_way_is_seen(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    with offices.open_office(office.folder).lock("watch"):
        assert told(office, "ok") == ["schedule: kept by watch: 5 jobs"]


def test_a_heartbeat_is_named_by_its_host_alone(tmp_path: Path) -> None:
    office = opened(tmp_path / "office", f'{CONFIG}\n[heartbeat]\nurl = "https://hc.example/secret-part"\n')
    ran(office, NOW)
    assert "heartbeat: hc.example has heard nothing yet: the next job tells it" in told(office, "ok")
    keep_beat(office, None, NOW)
    assert "heartbeat: hc.example hears of each job; it last answered on Mon, Nov 23, 10:30 am" in told(office, "ok")


def test_a_heartbeat_that_hears_nothing_is_told(tmp_path: Path) -> None:
    office = opened(tmp_path / "office", f'{CONFIG}\n[heartbeat]\nurl = "https://hc.example/secret-part"\n')
    ran(office, NOW)
    keep_beat(office, "hc.example answered 404", NOW - timedelta(minutes=20))
    assert not [one for one in told(office) if one.startswith("heartbeat")]  # once may be the net
    keep_beat(office, "hc.example answered 404", NOW - timedelta(minutes=10))
    sentence = "hc.example has not heard of the last 2 jobs, since Mon, Nov 23, 10:10 am: hc.example answered 404"
    assert f"heartbeat: {sentence}" in told(office)
    assert list(unheard(office, NOW)) == [sentence]
    assert "secret" not in (office.folder / "ledger.heartbeat.json").read_text(encoding="utf-8")
    config = office.folder / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("secret-part", "mended"), encoding="utf-8")
    assert list(unheard(offices.open_office(office.folder), NOW)) == []  # another address has not failed yet
    (office.folder / "ledger.heartbeat.json").write_text("[]", encoding="utf-8")
    assert list(unheard(office, NOW)) == []


def test_what_a_moved_folder_left_behind_is_told_and_can_be_taken_out(tmp_path: Path) -> None:
    old = opened(tmp_path / "old office")
    for kind in (Kind.crontab, Kind.systemd, Kind.launchd):
        list(install(kind, old, jobs_of(old), replace(place_of(old, NOW), ahead=0), NOW))
    old.folder.rename(tmp_path / "new")
    office = offices.open_office(tmp_path / "new")
    left = [one for one in check_schedule(office, NOW) if "where no office is any more" in one.message]
    assert [one.message.split()[0] for one in left] == ["crontab", "systemd", "launchd"]
    for one in left:
        done = subprocess.run([sys.executable, "-m", "contractor_ops", *shlex.split(one.remedy)[1:]], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    assert not [one for one in check_schedule(office, NOW) if "where no office is any more" in one.message]


def test_a_crontab_of_which_half_was_taken_away_is_not_what_it_should_be(tmp_path: Path, machine: Path) -> None:
    office = opened(tmp_path / "office")
    list(install(Kind.crontab, office, jobs_of(office), place_of(office, NOW), NOW))
    text = (machine / "kept").read_text(encoding="utf-8")
    (machine / "kept").write_text(text.replace(f"{text.splitlines()[-1]}\n", "0 1 * * * my-own\n"), encoding="utf-8")
    assert "schedule: what crontab keeps is not what config.toml and the recipes say today" in told(office)
    with pytest.raises(FilesNeedMending, match="begin in line 1 of the crontab and end nowhere"):
        list(install(Kind.crontab, office, jobs_of(office), place_of(office, NOW), NOW))
    assert (machine / "kept").read_text(encoding="utf-8").endswith("0 1 * * * my-own\n")


def test_secrets_of_this_terminal_alone_are_told_once_there_is_a_schedule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = f'{CONFIG}\n[email]\nprovider = "sendgrid"\nfrom = "office@northside.example"\napi_base = "http://127.0.0.1:9"\n'
    office = opened(tmp_path / "office", config)
    monkeypatch.setenv("SENDGRID_API_KEY", "SG.x")
    list(install(Kind.crontab, office, jobs_of(office), place_of(office, NOW), NOW))
    words = "schedule: SENDGRID_API_KEY is set in this terminal only: the jobs of the schedule may not see it"
    assert words in told(office)
    (office.folder / ".env").write_text("SENDGRID_API_KEY=SG.x\n", encoding="utf-8")
    (office.folder / ".env").chmod(0o600)
    monkeypatch.delenv("SENDGRID_API_KEY")
    assert words not in told(office)


# ── missed runs ──────────────────────────────────────────────────────────────────────────────────────────────────────

DAILY = Job("mine", "Mine", (("run", "mine", "--send"),), read_when("weekdays 09:05"), ("mine",))
LOOK = Job("inbox", "Answers", (("inbox", "--quiet"),), read_when("every 5 minutes 08:00-18:00"), ("inbox",))
DIGEST = Job("digest-daily", "Summary", (("digest", "--daily", "--send"),), read_when("daily 07:00"))


@pytest.mark.parametrize(
    ("job", "key", "last", "now", "due"),
    [
        (DAILY, "mine", "11-20T09:05", "11-23T09:30", None),  # within the hour it may still be on its way
        (DAILY, "mine", "11-20T09:05", "11-23T10:30", "11-23T09:05"),
        (DAILY, "mine", "11-23T09:06", "11-23T10:30", None),
        (DAILY, "mine", "11-23T08:55", "11-23T10:30", None),  # by a schedule of their own, some minutes earlier
        (DAILY, "mine", "11-23T08:45", "11-23T10:30", "11-23T09:05"),
        (DAILY, "mine", "11-20T09:05", "11-22T20:00", None),  # nothing was due on the weekend
        (DAILY, "mine", "11-19T09:05", "11-22T20:00", "11-20T09:05"),
        (LOOK, "inbox", "11-23T10:00", "11-23T10:30", None),
        (LOOK, "inbox", "11-23T09:00", "11-23T10:30", "11-23T09:30"),
        (DIGEST, "digest", "11-22T07:00", "11-23T10:30", "11-23T07:00"),
    ],
)
def test_a_run_is_missed_once_its_moment_is_an_hour_past(job: Job, key: str, last: str, now: str, due: str | None) -> None:
    found = list(missed_runs([job], {}, {key: _moment(last)}, _moment(now), lambda _: True))
    assert [one.due for one in found] == ([_moment(due)] if due else [])


def test_what_never_ran_and_what_two_jobs_share_is_not_told_twice() -> None:
    assert list(missed_runs([DAILY], {}, {}, NOW, lambda _: True)) == []
    assert len(list(missed_runs([DAILY, DAILY], {}, {"mine": _moment("11-16T09:05")}, NOW, lambda _: True))) == 1


def test_a_recipe_that_cannot_be_read_hides_no_other_missed_run(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    ran(office, NOW - timedelta(days=5))
    [before] = missed_sentences(office, NOW)
    _at(office.folder).recipe("broken", 'title = "x')
    assert missed_sentences(offices.open_office(office.folder), NOW) == [before]


def test_a_hundred_rehearsals_hide_no_missed_run(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    ran(office, NOW - timedelta(days=5))
    for _ in range(101):
        run = office.ledger.open_run("mine", NOW, False, "auto", "here/1")
        office.ledger.close_run(run, NOW, RunEnd(0, {}))
    assert "has not run since Wed, Nov 18" in missed_sentences(office, NOW)[0]


def test_what_was_given_an_earlier_time_since_is_not_missed(tmp_path: Path) -> None:
    """It ran at 9:06; at 1 pm somebody wrote 12:00. Had nobody touched the file since the morning, it would be missed."""
    office = opened(tmp_path / "office")
    ran(office, NOW.replace(hour=9, minute=6))
    file, now = office.folder / "recipes" / "mine.toml", NOW.replace(hour=13, minute=30)
    file.write_text(file.read_text(encoding="utf-8").replace("09:05", "12:00"), encoding="utf-8")
    os.utime(file, (now.timestamp() - 1800, now.timestamp() - 1800))
    assert missed_sentences(office, now) == []
    os.utime(file, (now.timestamp() - 20_000, now.timestamp() - 20_000))
    assert "should have on Mon, Nov 23, 12:0" in missed_sentences(office, now)[0]


def test_a_weekly_digest_that_never_leaves_is_missed_whatever_the_daily_ones_do(tmp_path: Path) -> None:
    made = Office(tmp_path / "office", f'{CONFIG}\n[digest]\ndaily = "weekdays 07:00"\nweekly = "mon 07:00"\n')
    made.sheet("estimates", ESTIMATES, [ROW])
    office = offices.open_office(made.folder)
    for kind, day in (("weekly", 16), ("daily", 24)):
        moment = datetime(2026, 11, day, 7, 0, tzinfo=ZONE)
        assert send_digest(office, digest_of(office, kind, moment), lambda moment=moment: moment, pretended=False).exit_code == 0  # type: ignore[arg-type, misc]
    [one] = missed_sentences(office, datetime(2026, 11, 24, 9, 0, tzinfo=ZONE))
    assert one.startswith("The weekly digest has not run since Mon, Nov 16, and should have on Mon, Nov 23, 7:00 am.")


def test_a_copy_of_the_ledger_that_is_not_made_is_missed(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    ran(office, NOW.replace(hour=9, minute=20))
    assert missed_sentences(office, NOW) == []
    (office.folder / "backups").mkdir()
    (office.folder / "backups" / "ledger-2026-11-15.db").touch()
    [one] = missed_sentences(office, NOW)
    assert one.startswith("The job that copies the ledger has not run since Sun, Nov 15, and should have on Sun, Nov 22, 6:00 pm.")
    (office.folder / "backups" / "ledger-2026-11-22.db").touch()
    assert missed_sentences(office, NOW) == []


def test_on_a_holiday_nothing_is_missed(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    recipe = follow_up().replace('mode  = "auto"', RUNS.replace("weekdays", "business days"))
    _at(office.folder).recipe("mine", recipe)
    ran(office, datetime(2026, 11, 25, 9, 6, tzinfo=ZONE))
    assert missed_sentences(office, datetime(2026, 11, 26, 12, 0, tzinfo=ZONE)) == []  # Thanksgiving
    assert "should have on Mon, Nov 30" in missed_sentences(office, datetime(2026, 11, 30, 12, 0, tzinfo=ZONE))[0]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


# ── copies of the ledger ─────────────────────────────────────────────────────────────────────────────────────────────


def copies(office: offices.Office) -> list[Finding]:
    return [one for one in check_ledger(office, NOW) if "cop" in one.message]


def test_once_messages_have_left_there_must_be_a_copy_of_the_ledger(tmp_path: Path) -> None:
    made = Office(tmp_path / "office").sheet("estimates", ESTIMATES, [(*ROW[:6], "11/20/2026", *ROW[7:])]).recipe("mine", follow_up())
    assert copies(offices.open_office(made.folder)) == []
    made.run("mine", "2026-11-23T10:00", "--send")
    [one] = copies(offices.open_office(made.folder))
    assert (one.level, one.message) == ("warning", "there is no copy of it")
    assert made.do(*one.remedy.split()[1:4], now="2026-11-23T10:00").code == 0
    copy = made.folder / "ledger-2026-11-23.db"
    os.utime(copy, (NOW.timestamp() - 3600, NOW.timestamp() - 3600))
    [one] = copies(offices.open_office(made.folder))
    assert (one.level, one.message) == ("ok", f"its newest copy is {copy.name}")
    os.utime(copy, (NOW.timestamp() - 9 * 86_400, NOW.timestamp() - 9 * 86_400))
    [one] = copies(offices.open_office(made.folder))
    assert (one.level, one.message) == ("warning", f"its newest copy, {copy.name}, is 9 days old")


@pytest.mark.skipif(sys.platform == "win32", reason="the crontab of this test is a shell script")
def test_the_remedies_are_commands_that_exist(tmp_path: Path) -> None:
    office = opened(tmp_path / "office")
    ran(office, NOW - timedelta(days=5))
    remedies = [one.remedy for one in check_schedule(office, NOW) if "cron --install" in one.remedy]
    assert remedies and _at(office.folder).do("cron", "--install", now="2026-11-23T10:30").code == 0
