"""Runs that should have happened and did not: the one sentence about each that `check`, `report` and `digest` say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.reports.format import day, moment
from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.when import OpenOn, missed
from contractor_ops.work.cron import jobs_of
from contractor_ops.work.own_messages import DIGEST, INBOX

LATE = timedelta(hours=1)
"""A job that is due is not missed yet: the machine may be waking up, another run may be under way."""
EARLY = timedelta(minutes=15)
"""The timetable moves a job some minutes behind a look into the inbox; a schedule of the office's own may keep to the recipe's very time."""
_OWN = {INBOX: "The look into the inbox", DIGEST: "The digest"}
_RUNS_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Missed:
    """What runs by itself under the name `key`: when it last did, and the latest moment at which it should have since (both aware)."""

    key: str
    title: str
    last: datetime
    due: datetime

    def sentence(self, now: datetime) -> str:
        """In words, with the remedy as a question."""
        return (
            f"{self.title} has not run since {day(self.last, now)}, and should have on {moment(self.due, now)}. Is its schedule installed?"
        )


def missed_runs(
    jobs: Sequence[Job], titles: Mapping[str, str], lasts: Mapping[str, datetime], now: datetime, open_on: OpenOn
) -> Iterator[Missed]:
    """What was missed, of these jobs. `lasts` are the last runs by key; what never ran has not been begun with, and is not told."""
    told = set[str]()
    for job in jobs:
        for key in keys_of(job):
            last = lasts.get(key)
            due = missed(job.when, last + EARLY, now - LATE, open_on) if last is not None else None
            if last is not None and due is not None and key not in told:
                told.add(key)
                yield Missed(key, titles.get(key, key), last, due)


def keys_of(job: Job) -> tuple[str, ...]:
    """The names under which the ledger keeps what a job does."""
    return job.keys or tuple(step[0] for step in job.steps if step[0] == DIGEST)


def last_runs(office: Office, jobs: Sequence[Job]) -> dict[str, datetime]:
    """When each of these jobs last ran with --send, by key."""
    found: dict[str, datetime] = {}
    for key in {key for job in jobs for key in keys_of(job)} if office.ledger_file.exists() else ():
        last = max((run for run in office.ledger.runs(key, _RUNS_LOOKED_AT) if run.sent), key=lambda run: run.id, default=None)
        if last is not None:
            found[key] = last.now.astimezone(office.zone)
    return found


def missed_sentences(office: Office, now: datetime) -> list[str]:
    """What this office has missed, a sentence each. Where its recipes cannot be read nothing is told: that is said elsewhere."""
    try:
        jobs = jobs_of(office)
    except ContractorOpsError:
        return []
    titles = {**_OWN, **{recipe.key: recipe.title for recipe in office.recipes()}}
    open_on = office.facts.calendar.is_business_day
    return [one.sentence(now) for one in missed_runs(jobs, titles, last_runs(office, jobs), now, open_on)]
