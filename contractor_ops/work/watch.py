"""Keeps the office's timetable in one process: each job at its moment, at most once for each, with nothing made up that makes no sense any more.

The moments come from the timetable, never from when a job ended, so nothing drifts. What has been dealt with stands in a file beside the
ledger and is written down before a job begins: whoever is stopped in the middle does not do it twice.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import schedule

from contractor_ops.errors import ContractorOpsError, Exit
from contractor_ops.office import Office
from contractor_ops.ports import Ledger
from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.when import OpenOn

Clock = Callable[[], datetime]
LONGEST_NAP = 30.0
"""Seconds until the clock is looked at again: a machine that slept, or whose clock was set, is noticed within half a minute."""
_SET_BACK, _SET_FAR_BACK = timedelta(minutes=2), timedelta(days=1)
"""A clock set back by more than this begins anew; what the ledger knows is not done twice even so. What it does not know of waits for a day."""
_JUST_NOW = timedelta(minutes=1)
BEHIND_CRON = timedelta(seconds=10)
"""So much later than its moment a job begins while the timetable is kept: what cron began at that moment stands in the ledger by then."""
_RUNS_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: the exit code, and a few words for the one line that is printed."""

    code: int
    said: str


Do = Callable[[Job], Outcome]
Tell = Callable[[datetime, str, str], None]
"""A moment, a job's name, and what became of it."""


class Turn(schedule.Job):
    """A job of the office as the schedule library knows it; when its turn comes is said by the timetable, by the clock that is handed in."""

    def __init__(self, job: Job, dealt_with: datetime, watch: "Watch") -> None:
        super().__init__(1, watch.scheduler)
        self.office_job, self.dealt_with, self.watch = job, dealt_with, watch
        self.do(self._take_turn)

    def _schedule_next_run(self) -> None:
        self.next_run = self.office_job.when.after(self.dealt_with, self.watch.open_on).astimezone(UTC)

    @property
    def should_run(self) -> bool:
        """Whether its moment has come."""
        return self.next_run is not None and self.watch.clock().astimezone(UTC) >= self.next_run + self.watch.behind

    def _take_turn(self) -> None:
        if self.watch.stopping():
            return
        now = self.watch.clock()
        slot = self.office_job.when.latest(now, self.watch.open_on)
        if slot is not None and slot.astimezone(UTC) > self.dealt_with.astimezone(UTC):
            self.dealt_with = slot
            self.watch.take(self.office_job, slot, now)

    def follow_clock(self, now: datetime) -> None:
        """Begin anew where the clock was set back so far that what stands before us has nothing to do with it."""
        ahead = self.dealt_with.astimezone(UTC) - now.astimezone(UTC)
        if ahead > (_SET_BACK if self.office_job.keys or self.office_job.when.step else _SET_FAR_BACK):
            self.dealt_with = self.office_job.when.latest(now, self.watch.open_on) or now
            self._schedule_next_run()


@dataclass
class Watch:
    """The timetable of one office being kept.

    `do` does a job, `sleep` waits so many seconds or less, `stopping` says that a person wants to stop, `behind` is how long a job waits for cron.
    """

    office: Office
    clock: Clock
    do: Do
    tell: Tell
    open_on: OpenOn
    sleep: Callable[[float], None] = lambda _: None
    stopping: Callable[[], bool] = lambda: False
    behind: timedelta = timedelta()
    scheduler: schedule.Scheduler = field(default_factory=schedule.Scheduler)
    codes: list[int] = field(default_factory=list)
    """What each job that was done ended with; only `once` has a use for it."""

    def begin(self, jobs: Sequence[Job]) -> None:
        """Take up these jobs where they were left; one that nobody has kept before begins now."""
        kept, now = _kept(self._file), self.clock()
        self.scheduler.clear()
        for job in jobs:
            since = kept.get(job.name)
            Turn(job, since.astimezone(self.office.zone) if since else now - _JUST_NOW, self)

    def once(self) -> None:
        """Do what is due now."""
        for turn in self._turns:
            turn.follow_clock(self.clock())
        while not self.stopping() and any(turn.should_run for turn in self._turns):
            self.scheduler.run_pending()

    def keep(self, jobs_now: Callable[[], Sequence[Job] | None]) -> None:
        """Keep the timetable until somebody wants to stop. `jobs_now` are the jobs anew where the office has changed them, else None."""
        while not self.stopping():
            changed = jobs_now()
            if changed is not None:
                self.begin(changed)
            self.once()
            if not self.stopping():
                self.sleep(self._nap())

    def take(self, job: Job, slot: datetime, now: datetime) -> None:
        """Do a job for the moment `slot`, unless somebody else has, or it makes no sense any more."""
        try:
            self._write_down()
            if not job.makes_sense(slot, now):
                self.tell(now, job.name, f"not made up for: it was due {slot:%a %H:%M}")
                return
            if _done_elsewhere(self.office, job, slot, self.open_on):
                self.tell(now, job.name, "has run already, by another schedule or by hand")
                return
            outcome = self.do(job)
        except ContractorOpsError as error:
            outcome = Outcome(error.exit_code, error.message)
        except OSError as error:  # a full disk, a program that is just being replaced: the next job may go well again
            outcome = Outcome(Exit.FILES_NEED_MENDING, f"{error.filename or 'the system'}: {error.strerror}")
        self.codes.append(outcome.code)
        self.tell(now, job.name, outcome.said)

    @property
    def exit_code(self) -> int:
        """The gravest of what the jobs ended with."""
        return min((code for code in self.codes if code), default=Exit.DONE)

    @property
    def _turns(self) -> list[Turn]:
        return [turn for turn in self.scheduler.jobs if isinstance(turn, Turn)]

    def _nap(self) -> float:
        following = min((turn.next_run for turn in self._turns if turn.next_run), default=None)
        if following is None:
            return LONGEST_NAP
        return min(max((following + self.behind - self.clock().astimezone(UTC)).total_seconds(), 0.0), LONGEST_NAP)

    @property
    def _file(self) -> Path:
        return self.office.ledger_file.with_name(f"{self.office.ledger_file.stem}.watch.json")

    def _write_down(self) -> None:
        kept = {turn.office_job.name: turn.dealt_with.astimezone(UTC).isoformat() for turn in self._turns}
        beside = self._file.with_name(f"{self._file.name}.new")
        beside.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        beside.replace(self._file)


def _kept(file: Path) -> dict[str, datetime]:
    """What each job has dealt with. A file that cannot be read is as if there were none: the ledger still knows what was sent."""
    try:
        return {str(name): datetime.fromisoformat(text) for name, text in json.loads(file.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _done_elsewhere(office: Office, job: Job, slot: datetime, open_on: OpenOn) -> bool:
    """Whether the ledger's latest run of everything in this job is one of this very slot: cron did it, or somebody by hand."""
    if not job.keys or not office.ledger_file.exists():
        return False
    following = job.when.after(slot, open_on).astimezone(UTC)
    ledger = replace(office).ledger  # opened anew: the file may have been put back from a copy since
    try:
        return all(_ran(ledger, key, slot.astimezone(UTC), following) for key in job.keys)
    finally:
        ledger.close()


def _ran(ledger: Ledger, key: str, start: datetime, end: datetime) -> bool:
    last = max((run for run in ledger.runs(key, _RUNS_LOOKED_AT) if run.sent), key=lambda run: run.id, default=None)
    return last is not None and start <= last.now.astimezone(UTC) < end
