"""One `watch` for an office: a second one is told since when the first is running, in which process, and how to end it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from contractor_ops.errors import RunUnderWay
from contractor_ops.office import Office
from contractor_ops.reports.format import moment


@contextmanager
def the_only_watch(office: Office, now: datetime) -> Iterator[None]:
    """Hold the office's schedule for this process. Raises RunUnderWay, with who holds it."""
    file = office.ledger_file.with_name(f"{office.ledger_file.name}.watch.pid")
    try:
        with office.lock("watch"):
            with suppress(OSError):  # a full disk: the schedule is kept all the same
                file.write_text(f"{os.getpid()} {now.isoformat()}\n", encoding="utf-8")
            try:
                yield
            finally:
                with suppress(OSError):
                    file.unlink(missing_ok=True)
    except RunUnderWay:
        raise _held(file, now) from None


def _held(file: Path, now: datetime) -> RunUnderWay:
    """What is known of the other one."""
    try:
        process, began = file.read_text(encoding="utf-8").split()
        since = moment(datetime.fromisoformat(began), now)
    except (OSError, ValueError):
        return RunUnderWay(
            "This office's schedule is kept by contractor-ops watch already.", "To end that one, press Ctrl-C in its window."
        )
    end, hung = ("taskkill /PID", "taskkill /F /PID") if sys.platform == "win32" else ("kill", "kill -9")
    return RunUnderWay(
        f"This office's schedule is kept by contractor-ops watch already, since {since} (process {process}).",
        f"To end that one, press Ctrl-C in its window or type: {end} {process}. Where it does not end: {hung} {process}",
    )
