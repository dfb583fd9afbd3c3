"""What the dead-man's switch has heard of us: kept beside the ledger, because a switch that hears nothing can raise no alarm."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from contractor_ops.office import Office
from contractor_ops.reports.format import count, moment

DEAD = 2
"""So many jobs in a row that were not heard are no passing trouble of the net."""


@dataclass(frozen=True, slots=True)
class Beats:
    """The ends of jobs that one address was told: when it last answered ("" never), how many since it did not hear, from when on, and why."""

    of: str
    heard: str = ""
    failed: int = 0
    since: str = ""
    why: str = ""

    @property
    def heard_at(self) -> datetime | None:
        """When the switch last answered."""
        return datetime.fromisoformat(self.heard) if self.heard else None


def beats_of(office: Office) -> Beats:
    """What is known of the switch that config.toml names today."""
    of = sha256(office.config.heartbeat.url.encode()).hexdigest()[:12]  # the address is as good as a password
    try:
        found = Beats(**json.loads(_file(office).read_text(encoding="utf-8")))
        datetime.fromisoformat(found.heard or found.since)
        return found if found.of == of else Beats(of)
    except (OSError, ValueError, TypeError):
        return Beats(of)


def keep_beat(office: Office, trouble: str | None, now: datetime) -> None:
    """Remember whether the end of a job was heard. What cannot be written stops no job."""
    before, at = beats_of(office), now.isoformat(timespec="seconds")
    after = Beats(before.of, at) if trouble is None else replace(before, failed=before.failed + 1, since=before.since or at, why=trouble)
    beside = _file(office).with_name(f"{_file(office).name}.{os.getpid()}")
    try:
        beside.write_text(json.dumps(asdict(after)), encoding="utf-8")
        beside.replace(_file(office))
    except OSError:
        with suppress(OSError):  # what cannot be written can often not be taken away either
            beside.unlink(missing_ok=True)


def unheard(office: Office, now: datetime) -> Iterator[str]:
    """That the switch does not hear us, where it does not."""
    beats = beats_of(office) if office.config.heartbeat.url else Beats("")
    if beats.failed >= DEAD:
        since = moment(datetime.fromisoformat(beats.since), now)
        yield f"{host(office)} has not heard of the last {count(beats.failed, 'job')}, since {since}: {beats.why}"


def host(office: Office) -> str:
    """The only part of the address that may be shown."""
    return urlsplit(office.config.heartbeat.url).hostname or ""


def _file(office: Office) -> Path:
    return office.ledger_file.with_name(f"{office.ledger_file.stem}.heartbeat.json")
