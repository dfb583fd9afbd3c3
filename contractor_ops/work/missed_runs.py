"""Runs that should have happened and did not: the one sentence about each that `check`, `report` and `digest` say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from contractor_ops.office import Office
from contractor_ops.reports.format import day, moment
from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.when import OpenOn, missed
from contractor_ops.work.cron import readable_jobs
from contractor_ops.work.digest_since import LEFT
from contractor_ops.work.ledger_copies import newest_copy
from contractor_ops.work.own_messages import DIGEST, INBOX
from contractor_ops.work.watch_kept import kept_in, watch_file

LATE = timedelta(hours=1)
"""A job that is due is not missed yet: the machine may be waking up, another run may be under way."""
EARLY = timedelta(minutes=15)
"""The timetable moves a job some minutes behind a look into the inbox; a schedule of the office's own may keep to the recipe's very time."""
RECENT = timedelta(days=1)
"""What `watch` dealt with so shortly before a last run, or after it, shows that it kept the schedule then: somebody may have run it by hand since."""
_WEEKLY, _BACKUP = f"{DIGEST}-weekly", "ledger"
_OWN = {INBOX: "The look into the inbox", DIGEST: "The digest", _WEEKLY: "The weekly digest", _BACKUP: "The job that copies the ledger"}


@dataclass(frozen=True, slots=True)
class Missed:
    """What runs by itself under the name `key`: when it last did, and the latest moment at which it should have since (both aware)."""

    key: str
    title: str
    last: datetime
    due: datetime
    by_watch: bool = False

    def sentence(self, now: datetime) -> str:
        """In words, with the remedy as a question."""
        return f"{self.title} {self.words(now)}. {'Is contractor-ops watch running?' if self.by_watch else 'Is its schedule installed?'}"

    @property
    def remedy(self) -> str:
        """What to do, for what cannot ask first which schedule is there."""
        if self.by_watch:
            return "Start it again, and leave it running: contractor-ops watch"
        return "Is its schedule installed? See it: contractor-ops cron"

    def words(self, now: datetime) -> str:
        """What was not done, behind the title."""
        return f"has not run since {day(self.last, now)}, and should have on {moment(self.due, now)}"


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
    """The names under which it is known when a job last did its work."""
    return job.keys or tuple(_WEEKLY if "--weekly" in step else step[0] for step in job.steps if step[0] in {DIGEST, _BACKUP})


def last_runs(office: Office, jobs: Sequence[Job]) -> dict[str, datetime]:
    """When each of these jobs last ran with --send, by key."""
    found: dict[str, datetime] = {}
    for key in {key for job in jobs for key in keys_of(job)} if office.ledger_file.exists() else ():
        last = _OTHERWISE.get(key, _last_run)(office, key)
        if last is not None:
            found[key] = last.astimezone(office.zone)
    return found


def _last_run(office: Office, key: str) -> datetime | None:
    return next((run.now for run in office.ledger.runs(key, 1, sent=True)), None)


def _last_weekly(office: Office, _: str) -> datetime | None:
    """When the last weekly digest really left: the daily ones run under the same name."""
    left = [entry for entry in office.ledger.entries(DIGEST) if entry["state"] in LEFT and str(entry["record"]).startswith("weekly ")]
    return max((datetime.fromisoformat(entry["time"]) for entry in left), default=None)


def _last_copy(office: Office, _: str) -> datetime | None:
    """The end of the day that the newest copy is of."""
    day = newest_copy(office)
    return datetime.combine(day, time(23, 59), office.zone) if day else None


_OTHERWISE: dict[str, Callable[[Office, str], datetime | None]] = {_WEEKLY: _last_weekly, _BACKUP: _last_copy}


def missed_sentences(office: Office, now: datetime) -> list[str]:
    """What this office has missed, a sentence each."""
    return [one.sentence(now) for one in missed_by(office, now)]


def missed_by(office: Office, now: datetime) -> list[Missed]:
    """What this office has missed. Of a recipe that cannot be read nothing is told: that is said elsewhere."""
    jobs, recipes, files = readable_jobs(office)[0], office.recipes(), office.recipe_files()
    titles = {**_OWN, **{recipe.key: recipe.title for recipe in recipes}}
    changed = {recipe.key: datetime.fromtimestamp(files[recipe.name].stat().st_mtime, office.zone) for recipe in recipes}
    open_on = office.facts.calendar.is_business_day
    missed = missed_runs(jobs, titles, last_runs(office, jobs), now, open_on)
    # A file that was written since may have named another time before.
    told = [one for one in missed if not one.due < changed.get(one.key, one.due) <= now]
    watched = watched_until(office) if told else None
    return [replace(one, by_watch=watched is not None and watched > one.last - RECENT) for one in told]


def watched_until(office: Office) -> datetime | None:
    """The newest moment that `watch` has dealt with here, or None."""
    return max(kept_in(watch_file(office.ledger_file)).values(), default=None)
