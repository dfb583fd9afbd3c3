"""The office's jobs as systemd user units: a service and a timer for each."""

import re
from collections.abc import Iterator, Sequence

from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.place import Place, jobs_named
from contractor_ops.timetable.when import EVERY_DAY, Pattern, When

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


ANY = "contractor-ops-"
"""What the names of all units of ours begin with, whatever the office."""
_ODD = set("$'\"\\")
_OFFICE = re.compile(r'^Environment="?CONTRACTOR_OPS_OFFICE=(.*?)"?$', re.MULTILINE)


def prefix(place: Place) -> str:
    """What the names of all units of the office begin with."""
    return f"{ANY}{place.name}-"


def office_of(service: str) -> str:
    """The folder of the office that a service belongs to; "" where it names none."""
    found = _OFFICE.search(service)
    return re.sub(r"\\(.)", r"\1", found[1]).replace("%%", "%") if found else ""


def units(jobs: Sequence[Job], place: Place) -> dict[str, str]:
    """The unit files by name."""
    found: dict[str, str] = {}
    for name, plain in jobs_named([job.name for job in jobs]).items():
        job = next(job for job in jobs if job.name == name)
        unit = f"{prefix(place)}{plain}"
        found[f"{unit}.service"] = "\n".join(_service(job, place)) + "\n"
        found[f"{unit}.timer"] = "\n".join(_timer(job, place)) + "\n"
    return found


def _service(job: Job, place: Place) -> Iterator[str]:
    yield "[Unit]"
    yield f"Description={_title(job, place)}"
    yield ""
    yield "[Service]"
    yield "Type=oneshot"
    yield f"Environment={_quoted(f'CONTRACTOR_OPS_OFFICE={place.office}', dollars=False)}"
    yield f"ExecStart={' '.join(_quoted(word) for word in _command(place.job(job.name)))}"


def _command(words: Sequence[str]) -> Sequence[str]:
    """The words of a command. systemd refuses a program whose path holds odd letters, not that of another program's argument."""
    return ("/usr/bin/env", *words) if _ODD & set(words[0]) else words


def _timer(job: Job, place: Place) -> Iterator[str]:
    yield "[Unit]"
    yield f"Description={_title(job, place)}"
    yield ""
    yield "[Timer]"
    yield f"# {job.sentence}"
    yield from (f"OnCalendar={text}" for text in calendar(job.when, place.zone))
    yield "AccuracySec=1s"
    if not job.when.step:
        yield "# Once, when the machine was off at that time."
        yield "Persistent=true"
    yield ""
    yield "[Install]"
    yield "WantedBy=timers.target"


def _title(job: Job, place: Place) -> str:
    return _specifiers(f"{job.about.partition('. ')[0]} ({place.office})")


def calendar(when: When, zone: str) -> list[str]:
    """The times as systemd writes them, in the office's zone."""
    return [f"{_days(one)}*-*-* {_list(one.hours, 24)}:{_list(one.minutes, 60)}:00 {zone}" for one in when.patterns()]


def _days(pattern: Pattern) -> str:
    return "" if pattern.days == EVERY_DAY else f"{','.join(DAYS[day] for day in pattern.days)} "


def _list(numbers: tuple[int, ...], whole: int) -> str:
    step = whole // len(numbers)
    if len(numbers) > 2 and numbers == tuple(range(numbers[0], whole, step)) and numbers[0] < step:
        return "*" if step == 1 else f"{numbers[0]:02}/{step}"
    return ",".join(f"{number:02}" for number in numbers)


def _quoted(word: str, dollars: bool = True) -> str:
    r"""A word as systemd reads it: in quotes where it needs them, % and (in commands) $ twice, quotes and backslashes behind a backslash."""
    text = _specifiers(word.replace("\\", "\\\\").replace('"', '\\"'))
    text = text.replace("$", "$$") if dollars else text
    return text if word and all(letter.isalnum() or letter in "-_./=:%$+@," for letter in word) else f'"{text}"'


def _specifiers(text: str) -> str:
    return text.replace("%", "%%")
