"""Where a schedule is installed: the office's folder, the program, and the clock of the machine."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

Offset = Callable[[datetime], timedelta]
"""How far the machine's own clock is ahead of UTC at a moment."""


@dataclass(frozen=True, slots=True)
class Place:
    """`program` are the words that start contractor-ops; `ahead` is how many minutes the machine's clock is ahead of the office's.

    `ahead` is None where that differs from month to month. `mail_to` gets what cron's jobs print.
    """

    office: str
    program: tuple[str, ...]
    zone: str
    ahead: int | None = 0
    mail_to: str = ""

    @property
    def name(self) -> str:
        """The office in the names of units and tasks: its folder's name in plain letters, and four that tell folders of one name apart."""
        last = re.split(r"[/\\]", self.office.rstrip("/\\"))[-1]
        return f"{plain(last) or 'office'}-{sha256(self.office.encode()).hexdigest()[:4]}"

    def command(self, *words: str) -> tuple[str, ...]:
        """A command line for this office."""
        return (*self.program, "--office", self.office, *words)

    def job(self, name: str) -> tuple[str, ...]:
        """The command line that does one job and keeps what it printed."""
        return self.command("watch", "--job", name, "--log")


def plain(text: str) -> str:
    """A name in small letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def minutes_ahead(zone: ZoneInfo, machine: Offset, now: datetime) -> int | None:
    """How many minutes the machine's clock is ahead of the office's through the next year; None where that changes."""
    found = {_ahead(now.astimezone(zone) + timedelta(days=day), machine) for day in range(366)}
    return found.pop() if len(found) == 1 else None


def _ahead(moment: datetime, machine: Offset) -> int:
    offset = moment.utcoffset()
    assert offset is not None
    return round((machine(moment) - offset) / timedelta(minutes=1))


def clean(office: str) -> str:
    """The folder as it stands. Raises ValueError where no schedule can be written for it."""
    if any(not letter.isprintable() for letter in office):
        raise ValueError("the folder's name holds a line break or a letter that cannot be printed; rename it")
    return office


def jobs_named(names: Sequence[str]) -> dict[str, str]:
    """Each job's name in plain letters, no two alike."""
    found: dict[str, str] = {}
    for name in names:
        base = plain(name) or "job"
        found[name] = next(one for number in range(1, 1000) if (one := base if number == 1 else f"{base}-{number}") not in found.values())
    return found
