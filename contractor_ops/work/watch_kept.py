"""What the watch has dealt with, in a file beside the ledger: written down before a job begins, so that whoever is stopped does nothing twice.

It is written into a second file, which then takes the place of the first. Windows lets nobody replace a file that somebody else has open, a virus
scanner or a backup: then the second file stays, and is read before the first.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

_YEARS = range(1970, 3000)
"""At the very end of the calendar nothing can be reckoned with any more."""
_TRIES, _BETWEEN = 5, 0.2
"""So often, and after so many seconds, a file that somebody else holds is tried again: a scanner lets go of it soon."""


def watch_file(ledger_file: Path) -> Path:
    """Where it stands."""
    return ledger_file.with_name(f"{ledger_file.stem}.watch.json")


def kept_in(file: Path) -> dict[str, datetime]:
    """What each job has dealt with. What cannot be read is as if there were none: the ledger still knows what was sent."""
    return {**_read(file), **_read(_beside(file))}


def keep_in(file: Path, moments: Mapping[str, datetime], sleep: Callable[[float], None]) -> None:
    """Write down what each job has dealt with. Raises OSError only where it stands nowhere."""
    text = json.dumps({name: moment.astimezone(UTC).isoformat() for name, moment in moments.items()}, indent=1)
    _write(_beside(file), text, sleep)
    try:
        _beside(file).replace(file)
    except OSError:
        return  # it stands beside


def _write(file: Path, text: str, sleep: Callable[[float], None]) -> None:
    for left in reversed(range(_TRIES)):
        try:
            file.write_text(text, encoding="utf-8")
            return
        except PermissionError:
            if not left:
                raise
            sleep(_BETWEEN)


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.new")


def _read(file: Path) -> dict[str, datetime]:
    try:
        found = {str(name): datetime.fromisoformat(text) for name, text in json.loads(file.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
    return {name: moment for name, moment in found.items() if moment.year in _YEARS}
