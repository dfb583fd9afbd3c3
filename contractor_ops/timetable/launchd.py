"""The office's jobs as launchd agents: a property list for each. launchd knows the machine's own clock only."""

import plistlib
from collections.abc import Iterator, Sequence

from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.place import Place, jobs_named
from contractor_ops.timetable.when import EVERY_DAY, Pattern, When

ANY = "contractor-ops."
"""What the labels of all agents of ours begin with, whatever the office."""


def prefix(place: Place) -> str:
    """What the labels of all agents of the office begin with."""
    return f"{ANY}{place.name}."


def office_of(agent: object) -> str:
    """The folder of the office that an agent belongs to; "" where it names none."""
    told = agent.get("EnvironmentVariables") if isinstance(agent, dict) else None
    return str(told.get("CONTRACTOR_OPS_OFFICE") or "") if isinstance(told, dict) else ""


def agents(jobs: Sequence[Job], place: Place) -> dict[str, bytes]:
    """The property lists by file name."""
    labels = jobs_named([job.name for job in jobs])
    return {f"{prefix(place)}{labels[job.name]}.plist": _agent(f"{prefix(place)}{labels[job.name]}", job, place) for job in jobs}


def _agent(label: str, job: Job, place: Place) -> bytes:
    said = {
        "Label": label,
        "ProgramArguments": list(place.job(job.name)),
        "EnvironmentVariables": {"CONTRACTOR_OPS_OFFICE": place.office},
        "WorkingDirectory": place.office,
        "StartCalendarInterval": [one for when in job.when.moved(place.ahead or 0) for one in intervals(when)],
        "ProcessType": "Background",
    }
    return plistlib.dumps(said, sort_keys=False)


def intervals(when: When) -> list[dict[str, int]]:
    """The times as launchd writes them: what is left out of one means every minute, hour or day."""
    return [one for pattern in when.patterns() for one in _of(pattern)]


def _of(pattern: Pattern) -> Iterator[dict[str, int]]:
    days = [{}] if pattern.days == EVERY_DAY else [{"Weekday": (day + 1) % 7} for day in pattern.days]
    hours = [{}] if len(pattern.hours) == 24 else [{"Hour": hour} for hour in pattern.hours]
    for day in days:
        for hour in hours:
            for minute in pattern.minutes:
                yield {**day, **hour, "Minute": minute}
