"""What an installed schedule does when the office changes around it: one mistake, one full disk or one new recipe stops nothing else."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from contractor_ops.timetable.jobs import Job
from contractor_ops.work.cron import readable_jobs
from contractor_ops.work.init_write import GITIGNORE
from contractor_ops.work.watch import Watch
from contractor_ops.work.watch_changes import changed_jobs, take_up_anew
from tests.offices import CONFIG, ESTIMATES, follow_up
from tests.stories.inside import Office
from tests.stories.timetables import Clock, Kept, at

MONDAY = "2026-11-23T09:08"
ROWS = [("E-1", "Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", "11/20/2026", "$480", "")]
RUNS = 'runs = "weekdays 09:05"'


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office").sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up(top=RUNS))


def log(office: Office, name: str) -> str:
    return (office.folder / "logs" / f"{name}.log").read_text(encoding="utf-8")


class TestARecipeThatCannotBeRead:
    @pytest.fixture(autouse=True)
    def broken(self, office: Office) -> None:
        office.recipe("broken", 'title = "x')

    @pytest.mark.parametrize("job", ["inbox", "mine", "report", "ledger-backup"])
    def test_every_other_job_is_done(self, office: Office, job: str) -> None:
        ran = office.do("watch", "--job", job, "--log", now=MONDAY)
        assert (ran.code, ran.out.partition(",")[0]) == (0, f"Mon 09:08  {job}: done")

    def test_its_own_job_says_why_and_keeps_it_in_its_log(self, office: Office) -> None:
        ran = office.do("watch", "--job", "broken", "--log", now=MONDAY)
        assert ran.code == 3
        assert "broken.toml" in ran.err
        assert "broken.toml" in log(office, "broken")

    def test_it_is_told_by_the_report_that_runs_all_the_same(self, office: Office) -> None:
        office.do("watch", "--job", "report", "--log", now=MONDAY)
        assert "broken" in log(office, "report")

    def test_watch_tells_it_and_does_the_rest(self, office: Office) -> None:
        ran = office.do("watch", "--once", now=MONDAY)
        assert ran.code == 0
        assert ran.out.startswith("Mon 09:08  mine: done")
        assert "broken.toml" in ran.err

    def test_an_inbox_that_cannot_be_read_stops_no_recipe(self, office: Office) -> None:
        office.configure('[inbox]\nevery = "now and then"\n')
        assert office.do("watch", "--job", "report", "--log", now=MONDAY).code == 0
        assert office.do("watch", "--job", "inbox", "--log", now=MONDAY).code == 3
        assert "now and then" in log(office, "inbox")

    def test_the_schedule_can_still_be_taken_out(self, office: Office, tmp_path: Path) -> None:
        env = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "PATH": str(tmp_path)}
        assert office.do("cron", "--remove", "--for", "systemd", now=MONDAY, env=env).code == 0


def test_what_was_installed_goes_on_when_a_recipe_is_added_at_its_time_or_taken_away(office: Office) -> None:
    office.recipe("other", follow_up(top=RUNS).replace("Estimate follow-up", "Other"))
    names = [job.name for job in readable_jobs(open_office(office.folder))[0]]
    assert "mine-and-other" in names and "mine" not in names
    assert office.do("watch", "--job", "mine", "--log", now=MONDAY).code == 0
    assert [run.recipe for run in open_office(office.folder).ledger.runs()] == ["mine", "inbox"]
    office.recipe("mine", follow_up(top='runs = ""'))
    assert office.do("watch", "--job", "mine-and-other", "--log", now=MONDAY).code == 0
    assert open_office(office.folder).ledger.runs()[0].recipe == "other"
    gone = office.do("watch", "--job", "mine", "--log", now=MONDAY)
    assert gone.code == 3
    assert '"mine" is no job of this office' in log(office, "mine")


def test_what_watch_remembers_of_a_job_it_remembers_when_a_recipe_was_added_to_it(office: Office) -> None:
    assert office.do("watch", "--once", now=MONDAY).code == 0
    office.recipe("other", follow_up(top=RUNS).replace("Estimate follow-up", "Other"))
    late = office.do("watch", "--once", now="2026-11-24T11:01")
    assert "mine-and-other: done" in late.out


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_a_window_that_cannot_be_written_to_ends_no_watch(office: Office) -> None:
    """The output goes into a full disk. Two jobs are due: the second is done though the line about the first is lost."""
    office.recipe("other", follow_up(top='runs = "every minute"').replace("Estimate follow-up", "Other"))
    command = [sys.executable, "-m", "contractor_ops", "watch", "--once", "--now", MONDAY, "--office", str(office.folder)]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        subprocess.run(command, stdout=full, stderr=full, check=False, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert {run.recipe for run in open_office(office.folder).ledger.runs() if run.end} == {"mine", "other", "inbox"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no modes of files")
def test_a_log_is_for_this_user_alone(office: Office) -> None:
    (office.folder / "logs").mkdir()
    (office.folder / "logs" / "report.log").write_text("of yesterday", encoding="utf-8")
    (office.folder / "logs" / "report.log").chmod(0o644)
    assert office.do("watch", "--job", "report", "--log", now=MONDAY).code == 0
    assert stat.S_IMODE((office.folder / "logs" / "report.log").stat().st_mode) == 0o600
    assert "of yesterday" not in log(office, "report")


def test_a_job_whose_log_cannot_be_written_is_done_all_the_same(office: Office) -> None:
    (office.folder / "logs").write_text("no folder", encoding="utf-8")
    ran = office.do("watch", "--job", "mine", "--log", now=MONDAY)
    assert ran.code == 0, ran.err
    assert len(office.outbox()) == 1


def test_a_second_copy_of_the_ledger_on_one_day_is_no_failure(office: Office) -> None:
    office.do("run", "mine", "--send", now=MONDAY)
    assert office.do("watch", "--job", "ledger-backup", "--log", now=MONDAY).code == 0
    again = office.do("watch", "--job", "ledger-backup", "--log", now=MONDAY)
    assert again.code == 0
    assert "is there already" in log(office, "ledger-backup")
    by_hand = office.folder / "mine.db"
    assert office.do("ledger", "backup", str(by_hand), now=MONDAY).code == 0
    assert office.do("ledger", "backup", str(by_hand), now=MONDAY).code == 3


def test_the_schedules_copies_are_thinned_out_and_nobody_elses(office: Office) -> None:
    office.do("run", "mine", "--send", now=MONDAY)
    backups = office.folder / "backups"
    backups.mkdir()
    for name in ("ledger-2025-01-05.db", "ledger-before-the-move.db", "ledger.db"):
        (backups / name).touch()
    for day in range(1, 23):
        (backups / f"ledger-2026-10-{day:02}.db").touch()
    assert office.do("watch", "--job", "ledger-backup", "--log", now=MONDAY).code == 0
    kept = sorted(file.name for file in backups.iterdir())
    today = f"ledger-{kept[-3].removeprefix('ledger-').removesuffix('.db')}.db"
    assert kept == [
        "ledger-2025-01-05.db", *(f"ledger-2026-10-{day}.db" for day in range(16, 23)), today, "ledger-before-the-move.db", "ledger.db",
    ]  # fmt: skip


def test_a_time_zone_that_was_changed_counts_at_once(office: Office) -> None:
    """10:00 in New York is 9:00 in Chicago, where the watch was begun."""
    office.recipe("mine", follow_up(top='runs = "daily 10:02"'))
    kept, config = Kept(Clock(at("2026-11-23T08:50"), at("2026-11-23T10:30"))), office.folder / "config.toml"

    def sleep(seconds: float) -> None:
        if kept.clock.now >= at("2026-11-23T08:55") and "New_York" not in config.read_text(encoding="utf-8"):
            config.write_text(config.read_text(encoding="utf-8").replace("America/Chicago", "America/New_York"), encoding="utf-8")
        kept.clock.sleep(seconds)

    opened = open_office(office.folder)
    keeper = Watch(
        opened, lambda: kept.clock().astimezone(keeper.office.zone), kept.do, kept.tell, lambda _: True, sleep, kept.clock.is_over
    )

    def read() -> Sequence[Job]:
        return take_up_anew(keeper, lambda one: readable_jobs(one)[0], lambda _: kept.do)

    keeper.keep(changed_jobs(opened, read, lambda error: kept.lines.append(error.message)))
    assert kept.moments("mine") == ["2026-11-23T09:02-06:00"]
    assert str(keeper.office.zone) == "America/New_York"
    assert timedelta(hours=-5) == keeper.clock().utcoffset()


def test_a_clock_that_was_a_year_ahead_once_is_got_over_with_what_the_brake_says(office: Office) -> None:
    assert office.do("run", "mine", "--send", now="2027-11-23T10:00").code == 0
    held = office.do("run", "mine", "--send", now=MONDAY)
    assert held.code == 4
    assert "If it is right, it was wrong then: each recipe goes on once that is accepted." in " ".join(held.out.split())
    assert office.do("run", "mine", "--send", "--accept", "clock-back", now=MONDAY).code == 0
    assert office.do("run", "mine", "--send", now="2026-11-24T10:00").code == 0


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine")
def test_nothing_that_holds_customers_goes_into_git(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(GITIGNORE, encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    private = ["ledger.db", "ledger.db-wal", "ledger.watch.json", "ledger-2026-11-23.db", "backups/ledger-2026-11-22.db", "logs/report.log",
               "schedule/inbox.xml", "drafts/I-1.txt", "outbox/1.txt", ".env"]  # fmt: skip
    for name in [*private, "config.toml", "recipes/mine.toml", ".env.example"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    done = subprocess.run(["git", "-C", str(tmp_path), "ls-files", "-o", "--exclude-standard"], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {".gitignore", "config.toml", "recipes/mine.toml", ".env.example"}


@pytest.mark.parametrize(
    ("email", "mailed"), [("maria@north.example", "maria@north.example"), ("o'brien@north.example", "somebody"), ("", "somebody")]
)
def test_what_cron_prints_goes_to_an_address_that_cron_takes_else_to_this_user(tmp_path: Path, email: str, mailed: str) -> None:
    config = CONFIG.replace(', email = "dana@northside.example"', "").replace('email = "maria@northside.example"', f'email = "{email}"')
    office = Office(tmp_path, config.replace('email = "", ', ""))
    printed = office.do("cron", "--for", "crontab", now=MONDAY, env={"LOGNAME": "somebody"}).out
    assert f"\nMAILTO={mailed}\n" in printed
