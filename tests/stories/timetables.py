"""A clock that is played forward, and a watch that is kept by it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cronsim import CronSim

from contractor_ops.office import open_office
from contractor_ops.timetable.jobs import Job
from contractor_ops.work.watch import Watch
from contractor_ops.work.watch_slots import Outcome

CHICAGO = ZoneInfo("America/Chicago")


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO, fold=fold)


@dataclass
class Clock:
    """A clock in Chicago that goes on only while somebody sleeps, and says when it has come to its end."""

    now: datetime
    end: datetime
    jumps: list[tuple[datetime, timedelta]] = field(default_factory=list)
    naps: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.go_on(timedelta(seconds=max(seconds, 0.001)))

    def go_on(self, by: timedelta) -> None:
        """Time goes by; where a jump stands, the clock is set as well."""
        before, after = self.now.astimezone(UTC), self.now.astimezone(UTC) + by
        for when, jump in list(self.jumps):
            if before < when.astimezone(UTC) <= after:
                after += jump
                self.jumps.remove((when, jump))
        self.now = after.astimezone(CHICAGO)

    def is_over(self) -> bool:
        return not self.jumps and self.now.astimezone(UTC) > self.end.astimezone(UTC)


@dataclass
class Kept:
    """What a watch did: each job with the moment at which it was begun, and each line that it printed."""

    clock: Clock
    takes: timedelta = timedelta()
    done: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def do(self, job: Job) -> Outcome:
        self.done.append((job.name, moment(self.clock.now)))
        self.clock.go_on(self.takes)
        return Outcome(0, "done")

    def tell(self, now: datetime, name: str, said: str) -> None:
        self.lines.append(f"{now:%a %H:%M} {name}: {said}")

    def moments(self, name: str) -> list[str]:
        return [when for job, when in self.done if job == name]


def moment(now: datetime) -> str:
    return now.isoformat(timespec="minutes")


def keep(
    folder: Path, jobs: Sequence[Job], kept: Kept, do: Callable[[Job], Outcome] | None = None, behind: timedelta = timedelta()
) -> None:
    """Keep the timetable until the clock's end."""
    office, fresh = open_office(folder), [jobs]
    watch = Watch(office, kept.clock, do or kept.do, kept.tell, office.facts.calendar.is_business_day, kept.clock.sleep, kept.clock.is_over)
    watch.behind = behind
    watch.keep(lambda: fresh.pop() if fresh else None)


def cron_moments(lines: Sequence[tuple[str, str]], start: datetime, end: datetime) -> Iterator[tuple[datetime, str]]:
    """Each command of these lines with its moments after `start`, as cron runs them; in one minute as they stand."""
    found = []
    for place, (schedule, command) in enumerate(lines):
        for when in CronSim(schedule, start):
            if when.astimezone(UTC) > end.astimezone(UTC):
                break
            found.append((when.astimezone(UTC), place, when, command))
    for _, _, when, command in sorted(found, key=lambda one: one[:2]):
        yield when, command
