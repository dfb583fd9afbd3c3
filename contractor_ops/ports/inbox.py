"""What comes back: replies, delivery results and opt-outs, and what the work asks of the places they come from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from contractor_ops.ports.channels import ChannelKind
from contractor_ops.ports.memory import AnswerWeight, SentMessage

NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Reply:
    """Something that somebody wrote to us, as it came.

    `key` tells it from all others for ever ("twilio:SM…", "imap:<message-id>"); `address` is E.164 or an e-mail in lower case; `at` is aware.
    `text` is plain text with quotations and signatures still in it. `answers` are the Message-IDs that it refers to, the nearest first.
    `pictures`: how many came with it. `headers` (names in lower case) are those of an e-mail that tell an automatic answer from a person's.
    """

    key: str
    channel: ChannelKind
    address: str
    at: datetime
    text: str
    subject: str = ""
    name: str = ""
    answers: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What a provider says became of a message that it took.

    It is found by `provider_id`, by our own `message_id` (a bounce quotes it), else by `address` as the latest message to it before `at`.
    `state`: "sent" (it left the provider), "delivered", "failed" (it never arrived), or "unsent" (it never left, for a reason that will pass:
    it may be planned anew). `code` is the provider's own. `landline`: the number takes no texts. `opted_out`: the person wants none.
    `blocks`: nothing of ours gets through until the office has mended its account, number or words.
    """

    key: str
    channel: ChannelKind
    state: Literal["sent", "delivered", "failed", "unsent"]
    at: datetime
    provider_id: str = ""
    message_id: str = ""
    address: str = ""
    code: str = ""
    reason: str = ""
    landline: bool = False
    opted_out: bool = False
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class OptOut:
    """An address that a provider has been told to leave alone (an unsubscribe link, a spam report)."""

    key: str
    channel: ChannelKind
    address: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What triage made of a reply: its label, why, what it stops, whether it is an opt-out (also beside something else), and what was newly written."""

    label: str
    reason: str
    weight: AnswerWeight
    opts_out: bool
    text: str


Arrival = Reply | Result | OptOut


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of what came, and where to go on from once all of it has been written down."""

    arrivals: tuple[Arrival, ...]
    cursor: str


Concerns = Callable[[str, Sequence[str]], bool]
"""Whether mail concerns us: the address it came from, and the Message-IDs that it refers to, in."""


class InboxDown(Exception):
    """A place where answers come from cannot be asked now. `reason` is one plain sentence; nothing was lost."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Inbox(Protocol):
    """A place that answers come from. `name` is what its cursor is kept under ("twilio", "sendgrid", "imap").

    `asks_after`: how long a message that its provider has only queued is left before `became` asks about it.
    """

    name: str
    asks_after: timedelta

    def fetch(self, cursor: str, since: datetime, concerns: Concerns) -> Iterator[Batch]:
        """What has come since `cursor`, the oldest first; with no cursor yet, since `since` (aware).

        What came before may be given again (it is known by its key); nothing that came after may be left out. Mail that does not concern
        us is not given, and not marked as read. Raises InboxDown.
        """
        ...

    def became(self, messages: Sequence[SentMessage]) -> Iterator[Result]:
        """What became of these messages, which no list has told of; nothing where the place cannot tell. Raises InboxDown."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
