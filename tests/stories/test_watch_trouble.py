"""What watch says of a moment at which a job failed, of one at which nothing is due, and what it does where it cannot write anything down."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.reading import read_when
from contractor_ops.work.watch_kept import keep_in, kept_in
from contractor_ops.work.watch_slots import Outcome
from tests.offices import ESTIMATES, follow_up
from tests.stories.inside import Office
from tests.stories.timetables import Clock, Kept, at, keep

ROWS = [("E-1", "Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", "11/20/2026", "$480", "")]
DIGEST = Job("digest-daily", "The digest", (("digest", "--daily", "--send"),), read_when("weekdays 07:00"))
CHASE = Job("mine", "The chase", (("run", "mine", "--send"),), read_when("weekdays 09:05"), ("mine",))
KEPT = "ledger.watch.json"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office").sheet("estimates", ESTIMATES, ROWS)
    return made.recipe("mine", follow_up(top='runs = "weekdays 09:05"'))


def play(office: Office, start: str, end: str, *jobs: Job) -> Kept:
    kept = Kept(Clock(at(start), at(end)))
    keep(office.folder, jobs, kept)
    return kept


class TestTheMomentIsOver:
    @pytest.fixture(autouse=True)
    def taken_up(self, office: Office) -> None:
        """The timetable is taken up three minutes before the job's moment, 9:08."""
        assert office.do("watch", "--once", now="2026-11-23T09:05").out.startswith("Mon 09:05  inbox: done")

    def test_a_job_that_failed_is_told_with_when_and_why_and_ends_badly(self, office: Office) -> None:
        (office.folder / "estimates.csv").rename(office.folder / "elsewhere.csv")
        assert office.do("run", "mine", "--send", now="2026-11-23T09:09").code == 3
        ran = office.do("watch", "--once", now="2026-11-23T09:10")
        [line] = [line for line in ran.out.splitlines() if "mine" in line]
        assert line.startswith("Mon 09:10  mine: failed, by another schedule or by hand: at 09:09 (files need mending): ")
        assert "estimates.csv" in line
        assert line.endswith(". To try again: contractor-ops watch --job mine")
        assert ran.code == 3

    def test_a_brake_is_told_by_its_name(self, office: Office) -> None:
        text = (office.folder / "config.toml").read_text(encoding="utf-8")
        (office.folder / "config.toml").write_text(text.replace('"estimates.csv"', '"estimates.csv"\nmax_age = "3 days"'), encoding="utf-8")
        os.utime(office.folder / "estimates.csv", (0, 0))
        assert office.do("run", "mine", "--send", now="2026-11-23T09:09").code == 4
        ran = office.do("watch", "--once", now="2026-11-23T09:10")
        assert "mine: failed, by another schedule or by hand: at 09:09 (a brake stopped it): stale-source." in ran.out
        assert ran.code == 4

    def test_a_job_that_went_well_is_told_as_before(self, office: Office) -> None:
        assert office.do("run", "mine", "--send", now="2026-11-23T09:09").code == 0
        ran = office.do("watch", "--once", now="2026-11-23T09:10")
        assert "mine: has run already, by another schedule or by hand\n" in ran.out
        assert ran.code == 0


def test_where_nothing_is_due_it_says_so_and_what_is_next(office: Office) -> None:
    office.do("watch", "--once", now="2026-11-23T09:09")
    ran = office.do("watch", "--once", now="2026-11-23T09:09:30")
    assert (ran.code, ran.out) == (0, "Mon 09:09  Nothing is due. Next: inbox on Mon, Nov 23, 9:10 am.\n")


class TestWhatIsWrittenDown:
    """On Windows a file that a virus scanner or a backup has open can neither be replaced nor written. A folder of its name does the same anywhere."""

    def test_a_file_that_cannot_be_replaced_loses_nothing(self, office: Office) -> None:
        (office.folder / KEPT).mkdir()
        assert play(office, "2026-11-23T06:59", "2026-11-23T07:30", DIGEST).moments("digest-daily") == ["2026-11-23T07:00-06:00"]
        assert play(office, "2026-11-23T07:30", "2026-11-23T08:00", DIGEST).done == []
        assert play(office, "2026-11-24T07:30", "2026-11-24T08:00", DIGEST).moments("digest-daily") == ["2026-11-24T07:30-06:00"]
        (office.folder / KEPT).rmdir()
        assert play(office, "2026-11-25T06:59", "2026-11-25T07:30", DIGEST).moments("digest-daily") == ["2026-11-25T07:00-06:00"]
        assert list(json.loads((office.folder / KEPT).read_text(encoding="utf-8"))) == ["digest-daily"]
        assert not (office.folder / f"{KEPT}.new").exists()

    def test_where_nothing_can_be_written_what_nobody_else_remembers_is_not_done(self, office: Office) -> None:
        (office.folder / f"{KEPT}.new").mkdir()
        kept = play(office, "2026-11-23T06:59", "2026-11-23T07:30", DIGEST)
        assert kept.done == []
        assert kept.lines == [
            "Mon 07:00 digest-daily: waits, for it might be done twice: ledger.watch.json cannot be written (Is a directory)"
        ]

    def test_a_disk_that_is_full_for_a_moment_costs_nothing(self, office: Office) -> None:
        """At 7:00 there is no room, at 7:03 there is."""
        (office.folder / f"{KEPT}.new").mkdir()
        kept = Kept(Clock(at("2026-11-23T06:59"), at("2026-11-23T07:30")))
        naps = kept.clock.sleep

        def sleep(seconds: float) -> None:
            naps(seconds)
            if kept.clock.now >= at("2026-11-23T07:03") and (office.folder / f"{KEPT}.new").is_dir():
                (office.folder / f"{KEPT}.new").rmdir()

        kept.clock.sleep = sleep  # type: ignore[method-assign]
        keep(office.folder, [DIGEST], kept)
        assert [when[11:16] for when in kept.moments("digest-daily")] in (["07:03"], ["07:04"])
        assert [line.partition(",")[0] for line in kept.lines] == ["Mon 07:00 digest-daily: waits", kept.lines[-1]]
        assert max(kept.clock.naps) <= 30 and len(kept.clock.naps) < 200

    def test_a_time_at_the_end_of_the_calendar_is_passed_over(self, office: Office) -> None:
        for odd in ("9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00"):
            (office.folder / KEPT).write_text(json.dumps({"digest-daily": odd}), encoding="utf-8")
            assert play(office, "2026-11-23T06:59", "2026-11-23T07:01", DIGEST).moments("digest-daily") == ["2026-11-23T07:00-06:00"]

    def test_and_what_the_ledger_remembers_is_done_once(self, office: Office) -> None:
        (office.folder / f"{KEPT}.new").mkdir()
        kept = Kept(Clock(at("2026-11-23T09:04"), at("2026-11-23T09:30")))

        def do(job: Job) -> Outcome:
            assert office.do("run", "mine", "--send", now=kept.clock.now.isoformat()).code == 0
            return kept.do(job)

        keep(office.folder, [CHASE], kept, do)
        again = play(office, "2026-11-23T09:05", "2026-11-23T09:30", CHASE)
        assert (kept.moments("mine"), again.done) == (["2026-11-23T09:05-06:00"], [])
        assert again.lines == ["Mon 09:05 mine: has run already, by another schedule or by hand"]
        assert len(office.outbox()) == 1

    def test_half_a_second_file_is_passed_over(self, tmp_path: Path) -> None:
        file, moment = tmp_path / KEPT, at("2026-11-23T07:00")
        keep_in(file, {"digest-daily": moment}, lambda _: None)
        (tmp_path / f"{KEPT}.new").write_text('{"digest-daily": "2026-11-2', encoding="utf-8")
        assert kept_in(file) == {"digest-daily": moment}
        (tmp_path / f"{KEPT}.new").write_text(json.dumps({"digest-daily": (moment + timedelta(days=1)).isoformat()}), encoding="utf-8")
        assert kept_in(file) == {"digest-daily": moment + timedelta(days=1)}


def test_a_bug_in_one_job_ends_no_watch(office: Office) -> None:
    kept = Kept(Clock(at("2026-11-23T06:59"), at("2026-11-23T07:01")))
    leads = Job("leads", "Leads", (("run", "leads", "--send"),), read_when("every 10 minutes"), ("leads",), timedelta(minutes=10))

    def do(job: Job) -> Outcome:
        if job is DIGEST:
            raise ZeroDivisionError
        return kept.do(job)

    keep(office.folder, [DIGEST, leads], kept, do)
    assert kept.lines[0].startswith("Mon 07:00 digest-daily: a bug in contractor-ops: please report it; see ")
    assert kept.lines[1:] == ["Mon 07:00 leads: done"]


def test_a_clock_that_is_put_right_after_the_moment_costs_no_run(office: Office) -> None:
    """It is a year ahead from 8:00 on and put right at 9:20: what was due at 9:05 is done then, once, and not after another start either."""
    year = timedelta(days=365)
    jumps = [(at("2026-11-23T08:00"), year), (at("2026-11-23T09:20") + year, -year)]
    kept = Kept(Clock(at("2026-11-23T07:30"), at("2026-11-23T10:00"), jumps))

    def do(job: Job) -> Outcome:
        ran = office.do("run", "mine", "--send", "--accept", "clock-back", now=kept.clock.now.isoformat())
        assert ran.code == 0, ran.err
        return kept.do(job)

    keep(office.folder, [CHASE], kept, do)
    assert [when for when in kept.moments("mine") if when < "2027"] == ["2026-11-23T09:20-06:00"]
    assert play(office, "2026-11-23T10:00", "2026-11-23T11:00", CHASE).done == []
