"""watch as a process: what it prints, how it stops, and that there is only one."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.offices import ESTIMATES, Office, follow_up

MONDAY = "2026-11-23T09:08"
ROWS = [("E-1", "Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", "11/20/2026", "$480", "")]
KEEPER = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from contractor_ops.office import open_office
from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.reading import read_when
from contractor_ops.work.watch import Watch
from contractor_ops.work.watch_runner import Runner, Stop

office = open_office(Path(sys.argv[1]))
stop = Stop(say=lambda text: print(text, flush=True))
stop.listen()
runner = Runner(office, (sys.executable, sys.argv[2]), stop)
print("ready", flush=True)
jobs = [[Job("slow", "Slow", (("first",), ("second",)), read_when("every minute"), late=timedelta(minutes=1))]]
watch = Watch(office, lambda: datetime.now(office.zone), runner.do, lambda _, name, said: print(name, said, flush=True), lambda _: True, stop.sleep, stop)
watch.keep(lambda: jobs.pop() if jobs else None)
print("ended", flush=True)
"""
SLOW = """
import sys, time
from pathlib import Path
folder, step = Path(sys.argv[2]), sys.argv[3]
(folder / f"{step}.begun").touch()
end = time.monotonic() + 60
while not (folder / f"{step}.go").exists() and time.monotonic() < end:
    time.sleep(0.02)
(folder / f"{step}.done").touch()
"""


def until(happened: Callable[[], bool]) -> None:
    for _ in range(3000):
        if happened():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def office_in(folder: Path) -> Office:
    return (
        Office(folder)
        .sheet("estimates", ESTIMATES, ROWS)
        .recipe("mine", follow_up().replace('mode  = "auto"', 'mode  = "auto"\nruns  = "weekdays 09:05"'))
    )


@pytest.fixture
def keeper(tmp_path: Path) -> "subprocess.Popen[str]":
    (tmp_path / "keeper.py").write_text(KEEPER, encoding="utf-8")
    (tmp_path / "slow.py").write_text(SLOW, encoding="utf-8")
    folder = Office(tmp_path / "office").folder
    return subprocess.Popen(
        [sys.executable, str(tmp_path / "keeper.py"), str(folder), str(tmp_path / "slow.py")], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    )  # fmt: skip


needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")


@needs_signals
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
def test_a_signal_lets_the_job_under_way_end(keeper: "subprocess.Popen[str]", tmp_path: Path, how: str) -> None:
    office = tmp_path / "office"
    until((office / "first.begun").exists)
    keeper.send_signal(getattr(signal, how))
    (office / "first.go").touch()
    (office / "second.go").touch()
    said, _ = keeper.communicate(timeout=60)
    assert said.splitlines()[:2] == ["ready", "Stopping when the job under way has ended. Again: stops it now."]
    assert said.splitlines()[2].startswith("slow done, ")
    assert said.splitlines()[3:] == ["ended"]
    assert (office / "second.done").exists()
    assert keeper.returncode == 0


@needs_signals
def test_a_second_signal_stops_now(keeper: "subprocess.Popen[str]", tmp_path: Path) -> None:
    office = tmp_path / "office"
    until((office / "first.begun").exists)
    keeper.send_signal(signal.SIGINT)
    assert keeper.stdout is not None
    while "Stopping" not in keeper.stdout.readline():
        pass
    keeper.send_signal(signal.SIGINT)
    said, _ = keeper.communicate(timeout=60)
    assert "slow ended with -15 (stopped)" in said
    assert not (office / "first.done").exists()
    assert not (office / "second.begun").exists()


@needs_signals
def test_ctrl_c_at_the_terminal_does_not_reach_the_job(keeper: "subprocess.Popen[str]", tmp_path: Path) -> None:
    office = tmp_path / "office"
    until((office / "first.begun").exists)
    children = subprocess.run(["ps", "-o", "pgid=", "--ppid", str(keeper.pid)], capture_output=True, text=True, check=True).stdout.split()
    assert children
    assert str(os.getpgid(keeper.pid)) not in children
    (office / "first.go").touch()
    (office / "second.go").touch()
    keeper.terminate()
    keeper.communicate(timeout=60)


def test_once_does_what_is_due_prints_a_line_for_each_and_does_it_once(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    first = office.do("watch", "--once", now=MONDAY)
    assert first.code == 0, first.err
    assert [line.split(",")[0] for line in first.out.splitlines()] == ["Mon 09:08  mine: done"]
    assert first.err == ""
    assert len(office.outbox()) == 1
    assert len(office.outbox()) == 1
    again = office.do("watch", "--once", now="2026-11-23T09:09")
    assert (again.code, again.out, len(office.outbox())) == (0, "Mon 09:09  Nothing is due. Next: inbox on Mon, Nov 23, 9:10 am.\n", 1)


def test_once_ends_with_what_the_job_ended_with(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    (tmp_path / "estimates.csv").write_text("", encoding="utf-8")
    ran = office.do("watch", "--once", now=MONDAY)
    assert ran.code == 3
    assert re.fullmatch(r"Mon 09:08  mine: ended with 3 \(files need mending\), [\d.]+ s: .*estimates.csv.*\n", ran.out)


def test_there_is_one_watch_for_an_office(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    first = subprocess.Popen(
        [sys.executable, "-m", "contractor_ops", "watch", "--office", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until((tmp_path / "ledger.db.watch.lock").exists)
    until(
        lambda: (
            (tmp_path / "ledger.db.watch.pid").exists() and (tmp_path / "ledger.db.watch.pid").read_text(encoding="utf-8").endswith("\n")
        )
    )
    second = office.do("watch", "--once")
    assert second.code == 6
    said = " ".join(second.err.split())
    assert re.search(r"is kept by contractor-ops watch already, since .+ \(process \d+\)\. To end that one, press Ctrl-C", said)
    assert sys.platform == "win32" or f"type: kill {first.pid}. Where it does not end: kill -9 {first.pid}" in said
    (tmp_path / "ledger.db.watch.pid").write_text("", encoding="utf-8")
    assert "is kept by contractor-ops watch already." in office.do("watch", "--once").err
    first.terminate()
    first.communicate(timeout=60)
    assert first.returncode == 0
    assert not (tmp_path / "ledger.db.watch.pid").exists()
    assert office.do("watch", "--once").code == 0


def test_one_job_by_name(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    ran = office.do("watch", "--job", "mine", now=MONDAY)
    assert (ran.code, ran.out, len(office.outbox())) == (0, "", 1)
    wrong = office.do("watch", "--job", "mien")
    assert wrong.code == 3
    assert '"mien" is no job of this office; did you mean "mine"?' in wrong.err


def test_on_a_holiday_a_job_for_business_days_is_left(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    recipe = tmp_path / "recipes" / "mine.toml"
    recipe.write_text(recipe.read_text(encoding="utf-8").replace("weekdays 09:05", "business days 09:05"), encoding="utf-8")
    ran = office.do("watch", "--job", "mine", now="2026-11-26T09:05")
    assert (ran.code, ran.out) == (0, "Thu 09:05  mine: the office is closed today\n")
    assert office.do("watch", "--once", now="2026-11-26T09:08").out.startswith("Thu 09:08  Nothing is due. Next: ")


def test_a_recipe_that_was_changed_counts_from_then_on(tmp_path: Path) -> None:
    from contractor_ops.office import open_office
    from contractor_ops.work.cron import jobs_of
    from contractor_ops.work.watch_changes import changed_jobs

    office = office_in(tmp_path)
    complaints: list[str] = []
    jobs_now = changed_jobs(open_office(tmp_path), lambda: jobs_of(open_office(tmp_path)), lambda error: complaints.append(error.message))
    assert "mine" in {job.name for job in jobs_now() or ()}
    assert jobs_now() is None
    office.recipe("other", follow_up().replace('mode  = "auto"', 'mode  = "auto"\nruns  = "daily 10:00"'))
    assert {"mine", "other"} <= {job.name for job in jobs_now() or ()}
    office.recipe("other", follow_up().replace('mode  = "auto"', 'mode  = "auto"\nruns  = "sometimes, perhaps"'))
    assert jobs_now() is None
    assert "other.toml: runs" in complaints[0]
