"""crontab.example: each line is one that cron takes, and each command runs."""

import re
from datetime import datetime, timedelta

from cronsim import CronSim

from contractor_ops.timetable.crontab import crontab
from tests.docs.conftest import Terminal
from tests.docs.documents import ROOT
from tests.timetable.offices import PLACE, jobs

LINES = (ROOT / "crontab.example").read_text(encoding="utf-8").splitlines()
JOB = re.compile(r"((?:[\d*/,-]+ ){5})(.+)")
JOBS = [(at, *found.groups()) for at, line in enumerate(LINES) if (found := JOB.fullmatch(line))]
HEAD = dict(line.split("=", 1) for line in LINES if re.match(r"[A-Z_]+=", line))


def test_it_is_what_the_program_prints_for_the_sample_office() -> None:
    intro, _, printed = "\n".join([*LINES, ""]).partition("\n\n")
    assert all(line.startswith("# ") for line in intro.splitlines())
    assert printed == crontab(jobs(), PLACE)


def test_each_line_is_a_remark_a_setting_or_a_job_under_its_sentence() -> None:
    others = [line for at, line in enumerate(LINES) if line and not line.startswith("#") and at not in {at for at, *_ in JOBS}]
    assert [line.split("=")[0] for line in others] == ["CRON_TZ", "SHELL", "PATH", "MAILTO", "CONTRACTOR_OPS_OFFICE"]
    assert [at for at, *_ in JOBS if not LINES[at - 1].startswith("# ")] == []
    assert len(JOBS) == 16


def test_each_schedule_is_what_its_sentence_says() -> None:
    monday = datetime(2026, 11, 23)
    inbox, missed, dispatch, leads, trail, no_shows, *week = [
        [when.strftime("%a %H:%M") for when in until(schedule, monday, monday + timedelta(days=7))] for _, schedule, _ in JOBS
    ]
    weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri"]
    assert (inbox[:3], len(inbox)) == (["Mon 00:05", "Mon 00:10", "Mon 00:15"], 7 * 24 * 12 - 1)  # the very start is not told
    assert (missed[:3], len(missed)) == (["Mon 00:03", "Mon 00:08", "Mon 00:13"], 7 * 24 * 12)
    assert (leads[:2], leads[-1], len(leads)) == (["Mon 07:03", "Mon 07:13"], "Sun 19:53", 7 * 13 * 6)
    assert (trail[:2], trail[-1], len(trail)) == (["Mon 07:03", "Mon 07:18"], "Sun 19:48", 7 * 13 * 4)
    assert (dispatch[:2], dispatch[-1], len(dispatch)) == (["Mon 06:03", "Mon 06:13"], "Sun 19:53", 7 * 14 * 6)
    assert (no_shows[:2], no_shows[-1], len(no_shows)) == (["Mon 08:03", "Mon 08:33"], "Sun 18:33", 7 * 11 * 2)
    assert week[:5] == [[f"{day} {at}" for day in weekdays] for at in ("07:40", "08:45", "09:08", "09:18", "16:33")]
    assert week[5] == [f"{day} {at}" for day in [*weekdays, "Sat"] for at in ("08:00", "13:00")]
    assert week[6] == [f"{day} 09:30" for day in [*weekdays, "Sat", "Sun"]]
    assert week[7] == [f"{day} 07:00" for day in weekdays[1:]]
    assert week[8] == ["Mon 07:00"]
    assert week[9] == ["Sun 18:00"]


def test_what_chases_looks_into_the_inbox_first_and_never_in_the_minute_of_another_look() -> None:
    """Two looks at once are refused: the second would end with 6, and what comes after it would not run."""
    looks = [
        {when.minute for when in until(schedule, datetime(2026, 11, 23), datetime(2026, 11, 24))}
        for _, schedule, job in JOBS
        if "inbox" in job
    ]
    assert len(looks) == 4
    assert all(not one & other for at, one in enumerate(looks) for other in looks[at + 1 :])
    chasing = [job for *_, job in JOBS if "estimate-follow-up" in job or "invoice-reminders" in job]
    assert len(chasing) == 2
    assert all(job.startswith("contractor-ops inbox --quiet && contractor-ops run ") for job in chasing)


def until(schedule: str, start: datetime, end: datetime) -> list[datetime]:
    found = []
    for when in CronSim(schedule.strip(), start):
        if when >= end:
            break
        found.append(when)
    return found


def test_each_command_runs_in_an_office(in_the_office: Terminal) -> None:
    office = in_the_office.folder
    (office / "backups").mkdir()
    in_the_office.folder = office.parent
    for _, _, command in JOBS:
        assert not re.search(r"(?<!\\)%", command), "cron takes a bare % for the end of the command"
        for one in command.replace(r"\%", "%").split(" && "):
            code, printed = in_the_office.type(one, CONTRACTOR_OPS_OFFICE=str(office))
            assert code == 0, f"{one}\n{printed}"
    assert len(list((office / "backups").glob("ledger-????-??-??.db"))) == 1


def test_the_office_is_named_in_the_head() -> None:
    assert HEAD["CONTRACTOR_OPS_OFFICE"].startswith("/")
    assert HEAD["PATH"].split(":")[0].endswith(".venv/bin")
