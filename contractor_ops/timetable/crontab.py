"""The office's jobs as lines of a crontab, and the crontab of a user with them put in or taken out."""

import re
import shlex
from collections.abc import Iterator, Sequence

from contractor_ops.timetable.jobs import BACKUP, Job
from contractor_ops.timetable.place import Place

_BACKUP = '"$CONTRACTOR_OPS_OFFICE/backups/ledger-$(date +%F).db"'
_NOBODY = '""'
_MAILED = re.compile(r"(?!-)[A-Za-z0-9@!:%.,_+-]+")
"""Debian's cron mails to no address with another letter in it, and says so to nobody."""
_SYSTEM = "/usr/local/bin:/usr/bin:/bin"
_KNOWS_NO_ZONE = "Some crons, Debian's and Ubuntu's among them, do not know CRON_TZ: there, the machine's clock must be the office's."


def crontab(jobs: Sequence[Job], place: Place, *, knows_zones: bool = True) -> str:
    """Settings and a line for each job, with a sentence above it."""
    blocks = ["\n".join(_head(place, knows_zones)), *("\n".join(_job(job, place, knows_zones)) for job in jobs)]
    return "\n\n".join(blocks) + "\n"


def _head(place: Place, knows_zones: bool) -> Iterator[str]:
    if knows_zones:
        yield f"# The times are those of {place.zone}. {_KNOWS_NO_ZONE}"
        yield f"CRON_TZ={place.zone}"
    else:
        yield f"# The times are by this machine's own clock{_ahead(place)}: this cron knows no time zones."
    yield "SHELL=/bin/sh"
    if _found_by_name(place):
        yield f"PATH={place.program[0].rpartition('/')[0]}:{_SYSTEM}"
    # Always: a setting holds for all lines below it, and what stands above may be another office's.
    yield f"MAILTO={place.mail_to or _NOBODY}"
    quotes = '"' if place.office != place.office.strip() else ""  # which keep blanks at the end
    yield f"CONTRACTOR_OPS_OFFICE={quotes}{place.office}{quotes}"


def can_be_mailed(address: str) -> bool:
    """Whether every cron mails to this address."""
    return _MAILED.fullmatch(address) is not None


def _ahead(place: Place) -> str:
    if not place.ahead:
        return ""
    hours = f"{abs(place.ahead) // 60}:{abs(place.ahead) % 60:02}"
    return f", {hours} hours {'ahead of' if place.ahead > 0 else 'behind'} {place.zone}"


def _found_by_name(place: Place) -> bool:
    folder, _, name = place.program[0].rpartition("/")
    return len(place.program) == 1 and name == "contractor-ops" and ":" not in folder


def _job(job: Job, place: Place, knows_zones: bool) -> Iterator[str]:
    yield f"# {job.sentence}"
    program = "contractor-ops" if _found_by_name(place) else shlex.join(place.program)
    # Cron knows no holidays: the program looks at the calendar.
    steps = [("watch", "--job", job.name)] if job.when.business else job.steps
    command = " && ".join(f"{program} {' '.join(map(_word, step))}" for step in steps)
    whens = [job.when] if knows_zones else job.when.moved(place.ahead or 0)
    for schedule in (line for when in whens for line in when.crontab()):
        yield f"{schedule} {_without_percent(command)}"


def _word(word: str) -> str:
    return _BACKUP if word == BACKUP else shlex.quote(word)


def _without_percent(command: str) -> str:
    """A bare % ends the command for cron."""
    return command.replace("%", r"\%")


def begin_and_end(office: str) -> tuple[str, str]:
    """The two lines between which an office's jobs stand in a crontab."""
    return (f"# contractor-ops: the jobs of {office} begin here. Write your own lines above this one.",
            f"# contractor-ops: the jobs of {office} end here.")  # fmt: skip


def put_in(existing: str, block: str, office: str) -> str:
    """The crontab with the office's jobs in it: in place of those that stand there, else at the end. Nothing else changes.

    Raises ValueError where it cannot be told which lines are ours.
    """
    begin, end = begin_and_end(office)
    whole = f"{begin}\n{block}{end}\n"
    if found := _ours(existing, office):
        return existing[: found.start()] + whole + existing[found.end() :]
    return existing + ("" if not existing or existing.endswith("\n") else "\n") + whole


def take_out(existing: str, office: str) -> str:
    """The crontab without the office's jobs. Raises ValueError where it cannot be told which lines are ours."""
    found = _ours(existing, office)
    return existing[: found.start()] + existing[found.end() :] if found else existing


def offices_in(existing: str) -> list[str]:
    """The folders whose jobs stand in a crontab."""
    head, tail = (re.escape(part) for part in begin_and_end("\0")[0].split("\0"))
    return list(dict.fromkeys(re.findall(rf"^{head}(.*){tail}$", existing, re.MULTILINE)))


def _ours(existing: str, office: str) -> re.Match[str] | None:
    begin, end = begin_and_end(office)
    lines = existing.split("\n")
    begins, ends = ([place for place, line in enumerate(lines, 1) if line == one] for one in (begin, end))
    if (len(begins), len(ends)) not in {(0, 0), (1, 1)} or begins > ends:
        raise ValueError(
            f"The jobs of {office} begin {_on_lines(begins)} of the crontab and end {_on_lines(ends)}: "
            "which lines are its own cannot be told, so nothing was changed."
        )
    return re.search(rf"^{re.escape(begin)}$\n.*?^{re.escape(end)}$\n?", existing, re.MULTILINE | re.DOTALL)


def _on_lines(numbers: Sequence[int]) -> str:
    named = " and ".join(map(str, numbers))
    return f"in line {named}" if len(numbers) == 1 else f"in lines {named}" if numbers else "nowhere"
