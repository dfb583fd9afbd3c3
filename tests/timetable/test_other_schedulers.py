"""systemd, launchd and the Windows Task Scheduler: what is written is read back by what is on this machine."""

import plistlib
import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from contractor_ops.timetable import launchd, systemd, windows
from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.place import Place, jobs_named
from contractor_ops.timetable.reading import read_when
from tests.timetable.offices import ODD_FOLDERS, PLACE, jobs, place

CHICAGO = ZoneInfo("America/Chicago")
MONDAY = datetime(2026, 11, 23, tzinfo=CHICAGO)
HALF_HOURS = '[inbox]\nevery = "mon-sat every 30 minutes 7:30-18:00"\n'
T = f"{{{windows.NAMESPACE}}}"


def week(job: Job) -> list[datetime]:
    """Every moment of a job in one week, in UTC."""
    found, moment = [], MONDAY - timedelta(minutes=1)
    while (moment := job.when.after(moment)) < MONDAY + timedelta(days=7):
        found.append(moment.astimezone(UTC))
    return found


needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")


@needs_systemd
@pytest.mark.parametrize("job", jobs(HALF_HOURS), ids=lambda job: job.name)
def test_systemd_reads_the_times_as_they_are_meant(job: Job) -> None:
    """systemd-analyze tells the next moments of each; together they are those of the job, in the office's zone."""
    found: set[str] = set()
    for text in systemd.calendar(job.when, "America/Chicago"):
        command = [
            "systemd-analyze",
            "calendar",
            "--iterations=40",
            f"--base-time={(MONDAY - timedelta(minutes=1)).astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
            text,
        ]
        said = subprocess.run(
            command, capture_output=True, text=True, check=True, env={"TZ": "UTC", "PATH": "/usr/bin:/bin", "LC_ALL": "C"}
        ).stdout
        found |= set(re.findall(r"(?:Next elapse|Iter\. #\d+|\(in UTC\)): \w+ (\S+ \S+) UTC", said))
    meant = [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in week(job)]
    assert meant[:20] == sorted(found)[: len(meant[:20])]


@needs_systemd
@pytest.mark.parametrize("office", [PLACE.office, *ODD_FOLDERS])
def test_systemd_finds_nothing_wrong_with_the_units(office: str, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "contractor-ops"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    units = systemd.units(jobs(), Place(office, (str(program),), "America/Chicago"))
    for name, text in units.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    some = [str(tmp_path / name) for name in units if "inbox" in name or "backup" in name]
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *some],
        capture_output=True,
        text=True,
        check=False,
        env={"XDG_RUNTIME_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    ours = [line for line in done.stderr.splitlines() if "contractor-ops" in line]
    assert ours == []


def unquoted(line: str) -> list[str]:
    """The words of ExecStart as systemd.syntax(7) and systemd.service(5) read them."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line)
    return [re.sub(r"\\(.)", r"\1", quoted or bare).replace("%%", "%").replace("$$", "$") for quoted, bare in words]


@pytest.mark.parametrize("office", [PLACE.office, *ODD_FOLDERS])
def test_a_service_starts_the_job_of_this_very_folder(office: str) -> None:
    units = systemd.units(jobs(), place(office))
    [service] = [text for name, text in units.items() if name.endswith("-ledger-backup.service")]
    [command] = re.findall(r"^ExecStart=(.*)$", service, re.MULTILINE)
    odd = ["/usr/bin/env"] if set(office) & set("$'\"\\") else []  # systemd starts no program of such a path itself
    assert unquoted(command) == [*odd, f"{office}/.venv/bin/contractor-ops", "--office", office, "watch", "--job", "ledger-backup", "--log"]
    [environment] = re.findall(r"^Environment=(.*)$", service, re.MULTILINE)
    assert re.sub(r"\\(.)", r"\1", environment.strip('"')).replace("%%", "%") == f"CONTRACTOR_OPS_OFFICE={office}"


@needs_systemd
@pytest.mark.parametrize("folder", ["$x", "quo'te", 'd"q', "b\\s", "a b", "100%h"])
def test_systemd_takes_a_program_in_any_folder(folder: str, tmp_path: Path) -> None:
    program = tmp_path / folder / "contractor-ops"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    units = systemd.units(jobs()[:1], Place("/srv/north", (str(program),), "America/Chicago"))
    for name, text in units.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *[str(tmp_path / name) for name in units]],
        capture_output=True,
        text=True,
        check=False,
        env={"XDG_RUNTIME_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert [line for line in done.stderr.splitlines() if "contractor-ops" in line] == []


@pytest.mark.parametrize("office", [PLACE.office, *ODD_FOLDERS])
def test_a_service_and_an_agent_tell_whose_they_are(office: str) -> None:
    services = [text for name, text in systemd.units(jobs(), place(office)).items() if name.endswith(".service")]
    assert {systemd.office_of(text) for text in services} == {office}
    assert {launchd.office_of(plistlib.loads(content)) for content in launchd.agents(jobs(), place(office)).values()} == {office}
    assert (systemd.office_of("[Service]"), launchd.office_of(None), launchd.office_of({"EnvironmentVariables": 3})) == ("", "", "")


def test_each_job_has_a_service_and_a_timer_of_one_name() -> None:
    units = systemd.units(jobs(), PLACE)
    assert len(units) == 2 * len(jobs())
    assert {name.removesuffix(".timer") for name in units if name.endswith(".timer")} == {
        name.removesuffix(".service") for name in units if name.endswith(".service")
    }
    assert all(re.fullmatch(r"contractor-ops-northside-[0-9a-f]{4}-[a-z-]+\.(timer|service)", name) for name in units)


@pytest.mark.parametrize("job", jobs(HALF_HOURS), ids=lambda job: job.name)
def test_launchd_is_told_every_moment_of_the_week(job: Job) -> None:
    [content] = launchd.agents([job], PLACE).values()
    told = plistlib.loads(content)["StartCalendarInterval"]
    found = {
        moment
        for at in range(7 * 24 * 60)
        for moment in [MONDAY + timedelta(minutes=at)]
        for one in told
        if one.get("Minute", moment.minute) == moment.minute
        and one.get("Hour", moment.hour) == moment.hour
        and one.get("Weekday", moment.isoweekday() % 7) == moment.isoweekday() % 7
    }
    assert [moment.astimezone(UTC) for moment in sorted(found)] == week(job)


@pytest.mark.parametrize("office", [PLACE.office, *ODD_FOLDERS])
def test_launchd_starts_the_job_of_this_very_folder(office: str) -> None:
    agents = launchd.agents(jobs(), place(office))
    for name, content in agents.items():
        said = plistlib.loads(content)
        assert name == f"{said['Label']}.plist"
        assert said["ProgramArguments"][:3] == [f"{office}/.venv/bin/contractor-ops", "--office", office]
        assert said["WorkingDirectory"] == said["EnvironmentVariables"]["CONTRACTOR_OPS_OFFICE"] == office


def minutes(text: str) -> int:
    found = re.fullmatch(r"P(?:(\d+)D)?(?:T(\d+)M)?", text)
    assert found is not None
    return int(found[1] or 0) * 24 * 60 + int(found[2] or 0)


@pytest.mark.parametrize("job", jobs(HALF_HOURS), ids=lambda job: job.name)
def test_windows_is_told_every_moment_of_the_week(job: Job) -> None:
    [content] = windows.tasks([job], PLACE, date(2026, 11, 23)).values()
    found: set[datetime] = set()
    for trigger in ElementTree.fromstring(content.decode("utf-16")).iterfind(f"{T}Triggers/{T}CalendarTrigger"):
        first = datetime.fromisoformat(trigger.findtext(f"{T}StartBoundary", "")).replace(tzinfo=CHICAGO)
        step = minutes(trigger.findtext(f"{T}Repetition/{T}Interval", "P1D"))
        length = minutes(trigger.findtext(f"{T}Repetition/{T}Duration", "PT1M"))
        days = {day.tag.removeprefix(T) for day in trigger.iterfind(f"{T}ScheduleByWeek/{T}DaysOfWeek/*")}
        starts = [first + timedelta(days=day) for day in range(7)]
        found |= {start + timedelta(minutes=at) for start in starts if not days or f"{start:%A}" in days for at in range(0, length, step)}
    assert [moment.astimezone(UTC) for moment in sorted(found) if moment < MONDAY + timedelta(days=7)] == week(job)


@pytest.mark.parametrize("runs", ["every 60 minutes 07:00-08:00", "every 12 hours 08:00-20:00"])
def test_what_comes_once_a_day_has_no_interval_that_is_longer_than_it_lasts(runs: str) -> None:
    """The Task Scheduler refuses an Interval that is longer than the Duration."""
    [content] = windows.tasks([Job("look", "Look", (("inbox",),), read_when(runs))], PLACE, date(2026, 11, 23)).values()
    assert ElementTree.fromstring(content.decode("utf-16")).find(f".//{T}Repetition") is None


def test_a_task_has_the_elements_that_are_documented_in_their_order() -> None:
    """[MS-TSCH] 2.5: the parts of a trigger stand in this order, those of the others in any."""
    tasks = windows.tasks(jobs(HALF_HOURS), PLACE, date(2026, 11, 23))
    assert len(tasks) == len(jobs())
    for content in tasks.values():
        assert content.startswith(b"\xff\xfe")
        root = ElementTree.fromstring(content.decode("utf-16"))
        assert (root.tag, root.get("version")) == (f"{T}Task", "1.2")
        assert {part.tag.removeprefix(T) for part in root} == {"RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"}
        for trigger in root.iterfind(f"{T}Triggers/*"):
            order = ["Repetition", "StartBoundary", "Enabled", "ScheduleByDay", "ScheduleByWeek"]
            told = [part.tag.removeprefix(T) for part in trigger]
            assert told == [name for name in order if name in told]
            assert {"StartBoundary", "Enabled"} < set(told)
            assert [part.tag.removeprefix(T) for part in trigger.iterfind(f"{T}Repetition/*")] in ([], ["Interval", "Duration"])


def as_windows_reads(line: str) -> list[str]:
    """A command line as a C program on Windows takes it apart: quotes around words, backslashes count only before a quote."""
    words, word, quoted, at = [], "", False, 0
    while at < len(line):
        slashes = re.match(r"\\*", line[at:])
        count = len(slashes[0]) if slashes else 0
        at += count
        if line[at : at + 1] == '"':
            word += "\\" * (count // 2)
            if count % 2:
                word += '"'
            else:
                quoted = not quoted
        else:
            word += "\\" * count
            if line[at : at + 1] == " " and not quoted:
                words, word = [*words, word], ""
            else:
                word += line[at : at + 1]
        at += 1
    return [*words, word]


@pytest.mark.parametrize(
    "office", ["C:\\Northside", "C:\\Program Files\\North & Side", "D:\\Año 50% \\shop", "\\\\server\\share\\Bo's office"]
)
def test_windows_starts_the_job_of_this_very_folder(office: str) -> None:
    tasks = windows.tasks(jobs(), Place(office, ("C:\\Program Files\\ops\\contractor-ops.exe",), "America/Chicago"), date(2026, 11, 23))
    for name, content in tasks.items():
        command = ElementTree.fromstring(content.decode("utf-16")).find(f"{T}Actions/{T}Exec")
        assert command is not None
        assert command.findtext(f"{T}Command") == "C:\\Program Files\\ops\\contractor-ops.exe"
        assert as_windows_reads(command.findtext(f"{T}Arguments", "")) == ["--office", office, "watch", "--job", name, "--log"]
        assert command.findtext(f"{T}WorkingDirectory") == office


def test_jobs_whose_names_look_alike_stay_apart() -> None:
    assert jobs_named(["Año", "Ano", "job", "??"]) == {"Año": "ano", "Ano": "ano-2", "job": "job", "??": "job-2"}
