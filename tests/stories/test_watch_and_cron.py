"""Two weeks of the real recipes, by the program's own watch and by the lines that cron gets: the same work, once, across a change of the clock."""

import shlex
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contractor_ops.office import open_office, shipped_recipes
from contractor_ops.timetable.crontab import crontab
from contractor_ops.timetable.jobs import BACKUP, Job
from contractor_ops.work.cron import jobs_of, place_of
from contractor_ops.work.watch import BEHIND_CRON
from contractor_ops.work.watch_slots import Outcome
from tests.offices import ESTIMATES, INVOICES
from tests.stories.inside import Office
from tests.stories.timetables import Clock, Kept, at, cron_moments, keep, moment
from tests.timetable.test_crontab import as_cron_reads

START, END = at("2026-10-26T06:01"), at("2026-11-08T22:00")
SCHEDULE = """
[digest]
daily  = "weekdays 07:00"
weekly = "mon 07:00"
[inbox]
every = "every 4 hours"
"""
LEADS = ("Lead #", "Name", "Phone", "Title", "Status", "Received")


def office_in(folder: Path) -> Office:
    """Estimates, invoices and leads that the recipes that ship have something to do about on different days; all goes to the outbox by itself."""
    office = Office(folder).configure(SCHEDULE)
    office.sheet("estimates", ESTIMATES, [
        (f"E-{n}", f"Ann {'ABCDEFGH'[n]}", f"a{n}@li.example", f"312-555-01{n:02}", "Furnace", "Sent", f"10/{24 + n}/2026", "$480", "") for n in range(7)
    ])  # fmt: skip
    office.sheet("invoices", INVOICES, [
        (f"I-{n}", f"Bo {'ABCDEFGH'[n]}", f"b{n}@park.example", f"312-555-02{n:02}", "Sent", "10/01/2026", f"10/{24 + n}/2026", "$250", "$250", "") for n in range(7)
    ])  # fmt: skip
    office.sheet(
        "leads",
        LEADS,
        [(f"L-{n}", f"Cy {'ABCDEFGH'[n]}", f"312-555-03{n:02}", "Old furnace", "New", f"10/{26 + n}/2026 7:{10 + n}") for n in range(5)],
    )
    for name in ("estimate-follow-up", "invoice-reminders", "lead-reply"):
        text = (shipped_recipes() / f"{name}.toml").read_text(encoding="utf-8")
        text = text.replace('"approve"', '"auto"', 1).replace('"every 10 minutes 07:00-20:00"', '"every 4 hours 08:00-20:00"')
        office.recipe(name, text.replace('first_run = "review"', ""))
    return office


def typed(office: Office, words: list[str], now: datetime) -> int:
    (office.folder / "backups").mkdir(exist_ok=True)
    day = f"{now:%Y-%m-%d}"
    words = [f"{office.folder}/backups/ledger-{day}.db" if word == BACKUP or "$(date" in word else word for word in words]
    ran = office.do(*words, now=now.isoformat())
    assert ran.code in {0, 4} or "backup" in words, (words, ran.err, ran.out)
    return ran.code


def under_watch(office: Office, clock: Clock, behind: timedelta = timedelta()) -> Kept:
    kept = Kept(clock)

    def do(job: Job) -> Outcome:
        kept.do(job)
        for step in job.steps:
            if code := typed(office, list(step), kept.clock.now):
                return Outcome(code, "ended badly")
        return Outcome(0, "done")

    keep(office.folder, jobs_of(open_office(office.folder)), kept, do, behind)
    return kept


def lines_of(office: Office) -> list[tuple[str, str]]:
    """What a crontab of this office holds."""
    opened = open_office(office.folder)
    return as_cron_reads(crontab(jobs_of(opened), place_of(opened, START)))[1]


def by_cron(office: Office, now: datetime, command: str) -> None:
    for part in command.split(" && "):
        if typed(office, shlex.split(part)[1:], now):
            break


def under_cron(office: Office, start: datetime = START, end: datetime = END) -> None:
    for now, command in cron_moments(lines_of(office), start, end):
        by_cron(office, now, command)


def work(office: Office) -> Counter[tuple[str, ...]]:
    """Everything that happened to anybody, to the minute."""
    entries = office.do("ledger", "history", "--format", "json").json
    return Counter((entry["recipe"], entry["record"], entry["step"], entry["state"], entry["time"][:16]) for entry in entries)


def runs(office: Office) -> Counter[tuple[str, str]]:
    return Counter((run.recipe, moment(run.now)) for run in open_office(office.folder).ledger.runs(limit=10_000))


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = office_in(tmp_path_factory.mktemp("watched"))
    under_watch(office, Clock(START, END))
    return office


def test_watch_and_cron_do_the_same_work_exactly_once(watched: Office, tmp_path: Path) -> None:
    office = office_in(tmp_path)
    under_cron(office)
    assert work(watched) == work(office)
    assert runs(watched) == runs(office)
    assert set(runs(watched).values()) == {1}
    claims = Counter((recipe, record, step) for recipe, record, step, state, _ in work(watched) if state == "claimed")
    assert set(claims.values()) == {1}
    assert len(watched.outbox()) == len(office.outbox()) > 40
    assert {recipe for recipe, *_ in claims} == {"estimate-follow-up", "invoice-reminders", "lead-reply", "digest"}


def test_every_moment_of_the_two_weeks_is_there(watched: Office) -> None:
    when = runs(watched)
    follow_ups = sorted(
        moment(datetime.fromisoformat(now).astimezone(START.tzinfo)) for recipe, now in when if recipe == "estimate-follow-up"
    )
    assert follow_ups == [f"2026-10-{day}T09:05-05:00" for day in range(26, 31)] + [f"2026-11-0{day}T09:05-06:00" for day in range(2, 7)]
    assert len([now for recipe, now in when if recipe == "digest"]) == 10


@dataclass
class WithCron(Clock):
    """A clock beside which cron runs; what it begins takes some seconds until it stands in the ledger."""

    cron: list[tuple[datetime, str]] = field(default_factory=list)
    run: Callable[[datetime, str], None] = lambda *_: None

    def go_on(self, by: timedelta) -> None:
        super().go_on(by)
        while self.cron and self.cron[0][0].astimezone(UTC) + timedelta(seconds=8) <= self.now.astimezone(UTC):
            self.run(*self.cron.pop(0))


def test_watch_beside_cron_does_nothing_that_cron_has_done(tmp_path: Path) -> None:
    """Over the night in which an hour comes twice, and the morning after it."""
    start, end = at("2026-10-31T23:50"), at("2026-11-02T10:00")
    office, alone = office_in(tmp_path / "both"), office_in(tmp_path / "alone")
    under_cron(alone, start, end)
    cron = list(cron_moments(lines_of(office), start, end))
    kept = under_watch(office, WithCron(start, end, cron=cron, run=lambda now, command: by_cron(office, now, command)), BEHIND_CRON)
    assert {name for name, _ in kept.done} == {"call-list", "report", "digest-weekly", "ledger-backup"}
    assert any(line.endswith("estimate-follow-up: has run already, by another schedule or by hand") for line in kept.lines)
    assert work(office) == work(alone)
    assert {run: times for run, times in runs(office).items() if run[0] != "digest"} == {
        run: times for run, times in runs(alone).items() if run[0] != "digest"
    }
