"""What is refused before a run begins."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from contractor_ops.errors import TypedWrong
from contractor_ops.office import Office
from contractor_ops.planning.brakes import NAMES
from contractor_ops.tomlfile import did_you_mean

PRETENDED = timedelta(minutes=5)


def check_accepted(names: Sequence[str]) -> None:
    """Raise TypedWrong for a brake that does not exist."""
    for name in names:
        if name not in NAMES:
            raise TypedWrong(f'--accept "{name}" is no brake; {did_you_mean(name, NAMES)}')


def refuse_pretended_time(office: Office, now: datetime) -> None:
    """With real channels, messages leave by the real clock only. Raises TypedWrong."""
    if abs(now - datetime.now(office.zone)) > PRETENDED and not office.only_local:
        raise TypedWrong("--send with a --now that is more than five minutes off is refused, because messages would really leave.",
                         "Leave --now out, or rehearse without --send.")  # fmt: skip
