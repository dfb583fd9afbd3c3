"""The outbox: every message becomes a file that a person can read, and nothing leaves this machine."""

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Literal

from contractor_ops.channels.mail import Sender, build, one_line, plain_lines
from contractor_ops.ports import ChannelDown, Message, Receipt, nobody

_UNSAFE = re.compile(r"[^\w@.+-]")
_NAMED = re.compile(r"-([0-9a-f]{12})(?:-\d+)?$")


class Outbox:
    """`outbox/email/<time>-<address>-<id>.eml` and `outbox/sms/<time>-<number>-<id>.txt`; the id is made from the message's own.

    `folder` is the outbox itself; it and its folders are made on first use. `clock` gives aware times.
    """

    name = "outbox"
    local = True
    in_flight = 1
    per_second: float | None = None

    def __init__(self, folder: Path, sender: Sender, clock: Callable[[], datetime]) -> None:
        self.folder = folder
        self.sender = sender
        self.clock = clock

    def deliver(self, message: Message) -> Receipt:
        """Write the message to its file. Raises Refused for an address that is none, ChannelDown when the folder cannot be written."""
        at = self.clock()
        content, ending = self._content(message, at)
        address = _UNSAFE.sub("_", message.to)[:80]
        name = f"{at:%Y%m%dT%H%M%S}-{address}-{_short_id(message.message_id)}"
        try:
            return Receipt("sent", self._write(message.channel, name, ending, content))
        except OSError as error:
            raise ChannelDown(f"The outbox {self.folder} cannot be written: {error.strerror or 'unknown reason'}") from error

    def left(self, message: Message, claimed_at: datetime, known: Callable[[str], bool] = nobody) -> Receipt | Literal[False] | None:
        """The message's file, which is there or is not."""
        try:
            found = sorted(file for file in self.folder.glob(f"*/*-{_short_id(message.message_id)}*") if file.suffix in {".eml", ".txt"})
        except OSError:
            return None
        return Receipt("sent", found[0].relative_to(self.folder).as_posix()) if found else False

    def probe(self) -> None:
        """Files need no log-in."""

    def close(self) -> None:
        """Nothing is kept open."""

    def _content(self, message: Message, at: datetime) -> tuple[bytes, str]:
        if message.channel == "email":
            return build(message, self.sender, at).as_bytes(), ".eml"
        head = {"To": message.to, "From": self.sender.phone, "Date": format_datetime(at), "Id": message.message_id}
        lines = [f"{key}: {one_line(value)}" for key, value in head.items()]
        return "\n".join([*lines, "", plain_lines(message.body), ""]).encode(), ".txt"

    def _write(self, channel: str, name: str, ending: str, content: bytes) -> str:
        folder = self.folder / channel
        folder.mkdir(parents=True, exist_ok=True)
        target, copy = folder / f"{name}{ending}", 1
        while target.exists():  # the same message a second time must be seen, not hidden
            copy += 1
            target = folder / f"{name}-{copy}{ending}"
        part = folder / f".{target.name}.part"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        _make_durable(folder)
        return target.relative_to(self.folder).as_posix()


def messages_in(folder: Path) -> list[Path]:
    """The messages that were ever written into an outbox and are still there."""
    return [file for file in folder.glob("*/*") if file.suffix in {".eml", ".txt"} and _NAMED.search(file.stem)]


def is_known(file: Path, message_ids: Sequence[str]) -> bool:
    """Whether a file of the outbox is one of these messages."""
    found = _NAMED.search(file.stem)
    return found is not None and found[1] in {_short_id(one) for one in message_ids}


def _short_id(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()[:12]


def _make_durable(folder: Path) -> None:
    """On POSIX a new name outlives a power cut only when its folder is written too; Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
