"""Keeps the office's timetable in one process: each job at its moment, at most once for each, with nothing made up that makes no sense any more.

The moments come from the timetable, never from when a job ended, so nothing drifts. What has been dealt with stands in a file beside the
ledger and is written down before a job begins: whoever is stopped in the middle does not do it twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import schedule

from contractor_ops.errors import ContractorOpsError, Exit
from contractor_ops.logfile import note_bug
from contractor_ops.office import Office
from contractor_ops.timetable.jobs import Job, names_recipe
from contractor_ops.timetable.when import OpenOn
from contractor_ops.work.watch_kept import keep_in, kept_in, watch_file
from contractor_ops.work.watch_slots import Outcome, done_elsewhere

Clock = Callable[[], datetime]
LONGEST_NAP = 30.0
"""Seconds until the clock is looked at again: a machine that slept, or whose clock was set, is noticed within half a minute."""
_SET_BACK, _SET_FAR_BACK = timedelta(minutes=2), timedelta(days=1)
"""A clock set back by more than this begins anew; what the ledger knows is not done twice even so. What it does not know of waits for a day."""
_JUST_NOW, _AGAIN = timedelta(minutes=1), timedelta(minutes=1)
BEHIND_CRON = timedelta(seconds=10)
"""So much later than its moment a job begins while the timetable is kept: what cron began at that moment stands in the ledger by then."""


Do = Callable[[Job], Outcome]
Tell = Callable[[datetime, str, str], None]
"""A moment, a job's name, and what became of it."""


class Turn(schedule.Job):
    """A job of the office as the schedule library knows it; when its turn comes is said by the timetable, by the clock that is handed in."""

    def __init__(self, job: Job, dealt_with: datetime, watch: "Watch") -> None:
        super().__init__(1, watch.scheduler)
        self.office_job, self.dealt_with, self.watch = job, dealt_with, watch
        self.waits_until, self.put_off = dealt_with.astimezone(UTC), False
        self.do(self._take_turn)

    def _schedule_next_run(self) -> None:
        following = self.office_job.when.after(self.dealt_with, self.watch.open_on)
        self.next_run = max(following.astimezone(UTC), self.waits_until)

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
            before, self.dealt_with = self.dealt_with, slot
            self.put_off = not self.watch.take(self.office_job, slot, now, told=self.put_off)
            if self.put_off:
                self.dealt_with, self.waits_until = before, now.astimezone(UTC) + _AGAIN

    def follow_clock(self, now: datetime) -> bool:
        """Begin anew where the clock was set back so far that what stands before us has nothing to do with it; whether it was."""
        ahead = self.dealt_with.astimezone(UTC) - now.astimezone(UTC)
        if ahead <= (_SET_BACK if self.office_job.keys or self.office_job.when.step else _SET_FAR_BACK):
            return False
        self.dealt_with, self.waits_until = self._left_off(now), now.astimezone(UTC)
        self._schedule_next_run()
        return True

    def _left_off(self, now: datetime) -> datetime:
        """Up to where all counts as dealt with: a time of day of today is tried once more where the ledger knows whether it was kept."""
        job, latest = self.office_job, self.office_job.when.latest(now, self.watch.open_on)
        if latest is None:
            return now
        again = job.keys and not job.when.step and job.makes_sense(latest, now)
        return latest - _JUST_NOW if again else latest


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
        kept, now = kept_in(self._file), self.clock()
        self.scheduler.clear()
        for job in jobs:
            since = _since(kept, job)
            Turn(job, since.astimezone(self.office.zone) if since else now - _JUST_NOW, self)

    def once(self) -> bool:
        """Do what is due now; whether anything was."""
        due = False
        followed = [turn.follow_clock(self.clock()) for turn in self._turns]
        if any(followed):
            self._write_down()
        while not self.stopping() and any(turn.should_run for turn in self._turns):
            due = True
            self.scheduler.run_pending()
        return due

    def following(self) -> tuple[datetime, str] | None:
        """What is due next: when, and the job's name."""
        turns = [(turn.next_run, turn.office_job.name) for turn in self._turns if turn.next_run is not None]
        return min(turns, default=None)

    def keep(self, jobs_now: Callable[[], Sequence[Job] | None]) -> None:
        """Keep the timetable until somebody wants to stop. `jobs_now` are the jobs anew where the office has changed them, else None."""
        while not self.stopping():
            changed = jobs_now()
            if changed is not None:
                self.begin(changed)
            self.once()
            if not self.stopping():
                self.sleep(self._nap())

    def take(self, job: Job, slot: datetime, now: datetime, *, told: bool = False) -> bool:
        """Do a job for the moment `slot`, unless somebody else has, or it makes no sense any more; False where it must be tried again.

        `told`: that it is put off has been said.
        """
        unwritten = self._write_down()
        if not job.makes_sense(slot, now):
            self.tell(now, job.name, f"not made up for: it was due {slot:%a %H:%M}")
            return True
        if unwritten and not job.keys:  # of what has keys the ledger remembers that it was done; nobody remembers this
            if not told:
                self.codes.append(Exit.FILES_NEED_MENDING)
                why = f"{self._file.name} cannot be written ({unwritten.strerror})"
                self.tell(now, job.name, f"waits, for it might be done twice: {why}")
            return False
        outcome = self._outcome(job, slot)
        self.codes.append(outcome.code)
        self.tell(now, job.name, outcome.said)
        return True

    def _outcome(self, job: Job, slot: datetime) -> Outcome:
        """How it went, here or elsewhere. Whatever goes wrong with one job, the next may go well."""
        try:
            return done_elsewhere(self.office, job, slot, self.open_on) or self.do(job)
        except ContractorOpsError as error:
            return Outcome(error.exit_code, error.message)
        except OSError as error:  # a full disk, a program that is just being replaced
            return Outcome(Exit.FILES_NEED_MENDING, f"{error.filename or 'the system'}: {error.strerror}")
        except Exception as error:
            kept = note_bug(error, f"{datetime.now(UTC).isoformat(timespec='seconds')} watch, {job.name}")
            return Outcome(Exit.BUG, f"a bug in contractor-ops: please report it{f'; see {kept}' if kept else ''}")

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
        return watch_file(self.office.ledger_file)

    def _write_down(self) -> OSError | None:
        """Remember what has been dealt with; what kept it from standing anywhere."""
        try:
            keep_in(self._file, {turn.office_job.name: turn.dealt_with for turn in self._turns}, self.sleep)
        except OSError as error:
            return error
        return None


def _since(kept: Mapping[str, datetime], job: Job) -> datetime | None:
    """Where a job was left: under its name, or under one of before a recipe was added to it or taken away."""
    shared = [kept[name] for name in kept if any(names_recipe(name, recipe) for recipe in job.recipes)]
    return kept.get(job.name) or min(shared, default=None)
