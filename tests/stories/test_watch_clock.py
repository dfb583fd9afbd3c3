"""The timetable kept in one process: no drift, no double, no storm, whatever the clock does."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from contractor_ops.timetable.jobs import BACKUP, Job
from contractor_ops.timetable.reading import read_when
from contractor_ops.work.watch_slots import Outcome
from tests.stories.inside import Office
from tests.stories.timetables import Clock, Kept, at, keep

LOOK = Job("inbox", "The inbox", (("inbox",),), read_when("every 5 minutes"), ("inbox",), timedelta(minutes=5))
CHASE = Job("chase", "The chase", (("run", "chase", "--send"),), read_when("weekdays 09:08"), ("chase",))
DIGEST = Job("digest-daily", "The digest", (("digest", "--daily", "--send"),), read_when("weekdays 07:00"))
LEADS = Job("leads", "Leads", (("run", "leads", "--send"),), read_when("every 10 minutes 07:00-20:00"), ("leads",), timedelta(minutes=10))
COPY = Job("ledger-backup", "A copy", (("ledger", "backup", BACKUP),), read_when("sun 18:00"), late=timedelta(days=6))
ALL = (LOOK, CHASE, DIGEST, LEADS, COPY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Office(tmp_path).folder


def play(
    folder: Path, start: str, end: str, *jobs: Job, takes: timedelta = timedelta(), jumps: Sequence[tuple[datetime, timedelta]] = ()
) -> Kept:
    kept = Kept(Clock(at(start), at(end), list(jumps)), takes)
    keep(folder, jobs or ALL, kept)
    return kept


def test_each_job_is_done_at_each_of_its_moments(folder: Path) -> None:
    kept = play(folder, "2026-11-20T06:57:30", "2026-11-23T06:59")
    assert kept.moments("inbox") == [f"2026-11-{day}T{hour:02}:{minute:02}-06:00" for day in (20, 21, 22, 23) for hour in range(24)
                                     for minute in range(0, 60, 5) if (20, 7, 0) <= (day, hour, minute) <= (23, 6, 55)]  # fmt: skip
    assert kept.moments("chase") == ["2026-11-20T09:08-06:00"]
    assert kept.moments("digest-daily") == ["2026-11-20T07:00-06:00"]
    assert len(kept.moments("leads")) == 3 * 13 * 6
    assert kept.moments("ledger-backup") == ["2026-11-22T18:00-06:00"]
    assert kept.lines[0] == "Fri 07:00 inbox: done"
    assert len(kept.lines) == len(kept.done)


def test_what_takes_long_moves_nothing_that_comes_after(folder: Path) -> None:
    """A job of seven minutes skips a look into the inbox, does one late, and is on time again."""
    kept = play(folder, "2026-11-20T06:59", "2026-11-20T07:31", LOOK, takes=timedelta(minutes=7))
    assert kept.moments("inbox") == [
        "2026-11-20T07:00-06:00",
        "2026-11-20T07:07-06:00",
        "2026-11-20T07:14-06:00",
        "2026-11-20T07:21-06:00",
        "2026-11-20T07:28-06:00",
    ]
    quick = play(Office(folder / "other").folder, "2026-11-20T07:31", "2026-11-20T07:46", LOOK, takes=timedelta(seconds=90))
    assert quick.moments("inbox") == ["2026-11-20T07:35-06:00", "2026-11-20T07:40-06:00", "2026-11-20T07:45-06:00"]


def test_it_never_sleeps_for_longer_than_half_a_minute(folder: Path) -> None:
    kept = play(folder, "2026-11-20T20:00", "2026-11-20T21:00", CHASE)
    assert max(kept.clock.naps) == 30
    assert len(kept.clock.naps) == 121


def test_after_a_night_of_sleep_the_latest_of_each_is_made_up_for_once(folder: Path) -> None:
    asleep = timedelta(hours=15, minutes=20)
    kept = play(folder, "2026-11-23T18:59", "2026-11-24T10:26", jumps=[(at("2026-11-23T19:05:10"), asleep)])
    assert [name for name, when in kept.done if when >= "2026-11-24"] == ["inbox", "leads", "digest-daily", "chase"]
    assert {when for _, when in kept.done if when >= "2026-11-24"} == {"2026-11-24T10:25-06:00"}


def test_what_makes_no_sense_any_more_is_told_and_left(folder: Path) -> None:
    kept = play(folder, "2026-11-23T06:50", "2026-11-23T22:01", DIGEST, LEADS, COPY, jumps=[(at("2026-11-23T06:55"), timedelta(hours=15))])
    assert kept.done == []
    assert kept.lines == [
        "Mon 21:55 digest-daily: not made up for: it was due Mon 07:00",
        "Mon 21:55 leads: not made up for: it was due Mon 19:50",
    ]


def test_a_copy_of_the_ledger_is_made_days_later(folder: Path) -> None:
    kept = play(folder, "2026-11-22T17:00", "2026-11-25T08:00", COPY, jumps=[(at("2026-11-22T17:30"), timedelta(days=2, hours=14))])
    assert kept.moments("ledger-backup") == ["2026-11-25T07:30-06:00"]


def test_a_clock_that_is_set_back_does_nothing_twice_and_the_inbox_is_looked_into_all_the_same(folder: Path) -> None:
    office = Office(folder)
    kept = Kept(Clock(at("2026-11-23T08:58"), at("2026-11-23T09:31"), jumps=[(at("2026-11-23T09:20"), timedelta(hours=-1))]))
    for_real = {"chase": ("run", "estimate-follow-up", "--send"), "inbox": ("inbox",)}
    office.sheet("estimates", ("Estimate #", "Customer", "Phone", "Status", "Emailed"), [])
    chase = Job("chase", "The chase", (for_real["chase"],), CHASE.when, ("estimate-follow-up",))

    def do(job: Job) -> Outcome:
        office.do(*for_real.get(job.name, ("report",)), now=kept.clock.now.isoformat())
        return kept.do(job)

    report = Job("report", "The report", (("report",),), read_when("daily 09:10"))
    keep(folder, [LOOK, chase, report], kept, do)
    assert kept.moments("chase") == ["2026-11-23T09:08-06:00"]
    assert kept.moments("report") == ["2026-11-23T09:10-06:00"]
    looks = [when[11:16] for when in kept.moments("inbox")]
    assert looks == ["09:00", "09:05", "09:10", "09:15", "08:25", "08:30", "08:35", "08:40", "08:45", "08:50", "08:55", "09:00", "09:05", "09:10", "09:15",
                     "09:20", "09:25", "09:30"]  # fmt: skip


def test_a_clock_that_was_a_year_ahead_does_not_stop_everything_for_a_year(folder: Path) -> None:
    year = timedelta(days=365)
    kept = play(
        folder, "2026-11-23T06:00", "2026-11-24T12:00", jumps=[(at("2026-11-23T06:30"), year), (at("2026-11-23T06:40") + year, -year)]
    )
    today = [one for one in kept.done if one[1] < "2027"]
    assert [when for name, when in today if name == "chase"] == ["2026-11-23T09:08-06:00", "2026-11-24T09:08-06:00"]
    assert [when for name, when in today if name == "digest-daily"] == ["2026-11-23T07:00-06:00", "2026-11-24T07:00-06:00"]
    assert len([one for one in kept.done if one[1] > "2027"]) <= 2 * len(ALL)


def test_whoever_starts_for_the_first_time_makes_nothing_up(folder: Path) -> None:
    assert play(folder, "2026-11-23T12:02", "2026-11-23T12:04").done == []


def test_whoever_was_stopped_goes_on_where_it_left_off_and_does_nothing_twice(folder: Path) -> None:
    first = play(folder, "2026-11-23T06:58", "2026-11-23T08:00", DIGEST, CHASE)
    again = play(folder, "2026-11-23T08:00", "2026-11-23T08:30", DIGEST, CHASE)
    late = play(folder, "2026-11-23T11:00", "2026-11-23T11:01", DIGEST, CHASE)
    assert (first.moments("digest-daily"), again.done, late.done) == (["2026-11-23T07:00-06:00"], [], [("chase", "2026-11-23T11:00-06:00")])


def test_what_has_been_dealt_with_is_written_down_before_the_job_begins(folder: Path) -> None:
    kept = Kept(Clock(at("2026-11-23T06:59"), at("2026-11-23T08:00")))

    def killed(job: Job) -> Outcome:
        kept.do(job)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keep(folder, [DIGEST], kept, killed)
    assert json.loads((folder / "ledger.watch.json").read_text()) == {"digest-daily": "2026-11-23T13:00:00+00:00"}
    assert play(folder, "2026-11-23T07:05", "2026-11-23T08:00", DIGEST).done == []


def test_a_file_that_nobody_can_read_is_as_if_there_were_none(folder: Path) -> None:
    (folder / "ledger.watch.json").write_text("{broken", encoding="utf-8")
    assert play(folder, "2026-11-23T06:59", "2026-11-23T07:01", DIGEST).moments("digest-daily") == ["2026-11-23T07:00-06:00"]


def test_a_job_that_cannot_be_done_stops_no_other(folder: Path) -> None:
    kept = Kept(Clock(at("2026-11-23T06:59"), at("2026-11-23T07:01")))

    def do(job: Job) -> Outcome:
        if job is DIGEST:
            raise FileNotFoundError(2, "No such file or directory", "contractor-ops")
        return kept.do(job)

    keep(folder, [DIGEST, LEADS], kept, do)
    assert kept.lines == ["Mon 07:00 digest-daily: contractor-ops: No such file or directory", "Mon 07:00 leads: done"]


def test_it_is_right_in_both_changes_of_the_clock(folder: Path) -> None:
    night = Job("night", "At night", (("report",),), read_when("daily 01:30, 02:30"))
    spring = play(folder, "2026-03-08T00:58", "2026-03-08T04:01", night, LOOK)
    assert spring.moments("night") == ["2026-03-08T01:30-06:00", "2026-03-08T03:00-05:00"]
    assert len(spring.moments("inbox")) == 2 * 12 + 1
    autumn = play(Office(folder / "other").folder, "2026-11-01T00:58", "2026-11-01T03:01", night, LOOK)
    assert autumn.moments("night") == ["2026-11-01T01:30-05:00", "2026-11-01T02:30-06:00"]
    assert len(autumn.moments("inbox")) == 3 * 12 + 1
