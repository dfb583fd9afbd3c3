"""The office's jobs for the Windows Task Scheduler: an XML file and a command for each. Windows knows the machine's own clock only."""

import subprocess
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from contractor_ops.hours import WEEKDAYS
from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.place import Place, jobs_named
from contractor_ops.timetable.when import DAY, EVERY_DAY, When

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"


def folder(place: Place) -> str:
    """The folder of the Task Scheduler that the office's tasks stand in."""
    return f"\\contractor-ops\\{place.name}"


def tasks(jobs: Sequence[Job], place: Place, start: date) -> dict[str, bytes]:
    """The tasks by name, as the XML that schtasks reads. Each begins on the day `start`."""
    names = jobs_named([job.name for job in jobs])
    return {names[job.name]: _task(job, place, start) for job in jobs}


def create_command(name: str, place: Place, file: str) -> list[str]:
    """The words that put one task in."""
    return ["schtasks", "/Create", "/TN", f"{folder(place)}\\{name}", "/XML", file, "/F"]


def delete_command(name: str, place: Place) -> list[str]:
    """The words that take one task out."""
    return ["schtasks", "/Delete", "/TN", f"{folder(place)}\\{name}", "/F"]


def typed(words: Sequence[str]) -> str:
    """A command line as it is typed in a Windows terminal."""
    return subprocess.list2cmdline(words)


def _task(job: Job, place: Place, start: date) -> bytes:
    task = Element("Task", {"version": "1.2", "xmlns": NAMESPACE})
    SubElement(SubElement(task, "RegistrationInfo"), "Description").text = job.sentence
    triggers = SubElement(task, "Triggers")
    for when in job.when.moved(place.ahead or 0):
        _triggers(triggers, when, start)
    principal = SubElement(SubElement(task, "Principals"), "Principal", {"id": "Author"})
    SubElement(principal, "LogonType").text = "InteractiveToken"
    SubElement(principal, "RunLevel").text = "LeastPrivilege"
    _settings(SubElement(task, "Settings"), catches_up=not job.when.step)
    command = SubElement(SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    program, *words = place.job(job.name)
    SubElement(command, "Command").text = program
    SubElement(command, "Arguments").text = typed(words)
    SubElement(command, "WorkingDirectory").text = place.office
    indent(task)
    return b"\xff\xfe" + ('<?xml version="1.0" encoding="UTF-16"?>\r\n' + tostring(task, encoding="unicode")).encode("utf-16-le")


def _settings(settings: Element, catches_up: bool) -> None:
    said = {
        "MultipleInstancesPolicy": "IgnoreNew", "DisallowStartIfOnBatteries": "false", "StopIfGoingOnBatteries": "false",
        "StartWhenAvailable": "true" if catches_up else "false", "ExecutionTimeLimit": "PT2H",
    }  # fmt: skip
    for name, text in said.items():
        SubElement(settings, name).text = text


def _triggers(triggers: Element, when: When, start: date) -> None:
    for first, step, length in _runs(when):
        trigger = SubElement(triggers, "CalendarTrigger")
        if length > step:  # the Task Scheduler takes no interval that is longer than the whole
            repetition = SubElement(trigger, "Repetition")
            SubElement(repetition, "Interval").text = f"PT{step}M"
            SubElement(repetition, "Duration").text = "P1D" if length >= DAY else f"PT{length}M"
        SubElement(trigger, "StartBoundary").text = (datetime.combine(start, time()) + timedelta(minutes=first)).isoformat()
        SubElement(trigger, "Enabled").text = "true"
        if when.days == EVERY_DAY:
            SubElement(SubElement(trigger, "ScheduleByDay"), "DaysInterval").text = "1"
        else:
            weeks = SubElement(trigger, "ScheduleByWeek")
            SubElement(weeks, "WeeksInterval").text = "1"
            days = SubElement(weeks, "DaysOfWeek")
            for day in when.days:
                SubElement(days, WEEKDAYS[day])


def _runs(when: When) -> Iterator[tuple[int, int, int]]:
    """(first minute of the day, minutes between, how long it goes on), as few as say all times."""
    if not when.step:
        yield from ((minute, 0, 0) for minute in when.minutes)
        return
    first, *rest = when.minutes
    last = first
    for minute in rest:
        if minute - last != when.step:
            yield first, when.step, last - first + 1
            first = minute
        last = minute
    yield first, when.step, DAY if last - first + when.step >= DAY else last - first + 1
