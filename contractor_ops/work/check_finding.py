"""What `check` says of one thing that it looked at, and what its findings come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from contractor_ops.reports.format import count

Level = Literal["ok", "warning", "error"]
Weight = Literal["stops", "spoils", "cosmetic"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
"""What a warning comes to: it holds a run back, spoils some of it, or can wait."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what to do. Findings of one `cause` (their message, unless it is named) are told once."""

    level: Level
    about: str
    message: str
    remedy: str = ""
    weight: Weight = "spoils"
    cause: str = ""


def tally(findings: Sequence[Finding]) -> tuple[int, int]:
    """How many errors there are, and how many warnings."""
    levels = [one.level for one in findings]
    return levels.count("error"), levels.count("warning")


def verdict(findings: Sequence[Finding], next_command: str) -> str:
    """The last line: "2 errors, 5 warnings"; where no error is left, what to type next."""
    errors, warnings = tally(findings)
    told = f"{count(errors, 'error')}, {count(warnings, 'warning')}."
    return f"{told} {f'Next: {next_command}' if not errors else 'Mend what begins with error, then type contractor-ops check again.'}"
