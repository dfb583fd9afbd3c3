"""What the ledger says of a job's moment that has come: whether somebody else has done it, and how that went."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from contractor_ops.errors import Exit
from contractor_ops.office import Office
from contractor_ops.ports import Ledger, RunEntry
from contractor_ops.reports.format import short
from contractor_ops.reports.printable import one_line
from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.when import OpenOn
from contractor_ops.work.alive import MEANS

_RUNS_LOOKED_AT = 100
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: the exit code, and a few words for the one line that is printed."""

    code: int
    said: str


def done_elsewhere(office: Office, job: Job, slot: datetime, open_on: OpenOn) -> Outcome | None:
    """How a job ended that cron did at this very moment, or somebody by hand; None where one of its runs is missing."""
    if not job.keys or not office.ledger_file.exists():
        return None
    following = job.when.after(slot, open_on).astimezone(UTC)
    ledger = replace(office).ledger  # opened anew: the file may have been put back from a copy since
    try:
        lasts = [_last(ledger, key, slot.astimezone(UTC), following, 1 if job.when.step else _RUNS_LOOKED_AT) for key in job.keys]
    finally:
        ledger.close()
    runs = [run for run in lasts if run is not None]
    return _how_it_went(job, runs, slot) if len(runs) == len(job.keys) else None


def _last(ledger: Ledger, key: str, start: datetime, end: datetime, looked_at: int) -> RunEntry | None:
    """The last run of these hours under a key, among the latest.

    The clock may have been wrong in between. A time of day comes once all the same; what is done every few minutes goes by the clock as it is now.
    """
    return next((run for run in ledger.runs(key, looked_at, sent=True) if start <= run.now.astimezone(UTC) < end), None)


def _how_it_went(job: Job, runs: list[RunEntry], slot: datetime) -> Outcome:
    failed = [run for run in runs if run.end is not None and run.end.exit_code]
    if failed:
        code = min(run.end.exit_code for run in failed if run.end)
        told = "; ".join(_failed(run, slot, several=len(runs) > 1) for run in failed)
        return Outcome(code, f"failed, by another schedule or by hand: {told}. To try again: contractor-ops watch --job {job.name}")
    open_ = [run for run in runs if run.end is None]
    if open_:
        return Outcome(Exit.DONE, f"began at {_clock(open_[0], slot)}, by another schedule or by hand, and has not ended yet")
    return Outcome(Exit.DONE, "has run already, by another schedule or by hand")


def _failed(run: RunEntry, slot: datetime, *, several: bool) -> str:
    """When and why: "at 09:05 (files need mending): no file fits"."""
    assert run.end is not None
    code, brakes = run.end.exit_code, ", ".join(run.end.brakes)
    means = MEANS[Exit(code)] if code in set(Exit) else f"exit {code}"
    said = short(one_line(run.end.error or brakes).rstrip("."), _LONGEST)
    return f"{f'{run.recipe} ' if several else ''}at {_clock(run, slot)} ({means}){f': {said}' if said else ''}"


def _clock(run: RunEntry, slot: datetime) -> str:
    return f"{run.now.astimezone(slot.tzinfo):%H:%M}"
