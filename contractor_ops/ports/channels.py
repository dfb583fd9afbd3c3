"""What the work asks of a channel, and the few kinds of trouble that a provider's errors become."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

ChannelKind = Literal["sms", "email"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside an e-mail: `content` is a PNG, which the page names as `cid:` and its `id`."""

    id: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside an e-mail: its name, its type ("text/calendar; method=REQUEST") and its text."""

    name: str
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message that is about to leave. `message_id` is ours, made before sending; `pictures` stand in the `html`, `attachments` beside it all.

    `expires_at` (aware) ends the sending window or the step's own: a provider that queues must not send it later.
    """

    channel: ChannelKind
    to: str
    to_name: str
    body: str
    message_id: str
    subject: str | None = None
    html: str | None = None
    commercial: bool = False
    expires_at: datetime | None = None
    pictures: tuple[Picture, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """A provider took the message: `sent`, or `queued` where it still has to leave."""

    state: Literal["sent", "queued"]
    provider_id: str


class DeliveryError(Exception):
    """The message did not leave, or nobody knows whether it did. `reason` is one plain sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryLater(DeliveryError):
    """It certainly did not leave, and may be tried again: a temporary refusal.

    `after`: the seconds that the provider asks us to wait, where it says so. `everybody`: it holds for all messages, not for this
    address alone (a rate limit), so that nothing else should be put to it meanwhile.
    """

    def __init__(self, reason: str, after: float | None = None, everybody: bool = False) -> None:
        super().__init__(reason)
        self.after, self.everybody = after, everybody


class Refused(DeliveryError):
    """It certainly did not leave and never will to this address.

    `opted_out`: the provider says that the person wants no messages. `landline`: the number takes no texts.
    """

    def __init__(self, reason: str, opted_out: bool = False, landline: bool = False) -> None:
        super().__init__(reason)
        self.opted_out, self.landline = opted_out, landline


class ChannelDown(DeliveryError):
    """Nothing can be put to this provider now (refused, silent, wrong credential): the run stops, nothing is in doubt."""


class InDoubt(DeliveryError):
    """The connection broke after the message was handed over: it may have left."""


def nobody(provider_id: str) -> bool:
    """Who knows none of a provider's ids."""
    return False


class Channel(Protocol):
    """A way out. `name` is the provider's ("outbox", "smtp", "twilio"); `local` means that nothing leaves this machine.

    `in_flight` is how many messages may be handed to it at once, from as many threads; `per_second` how many may be begun in a
    second, None where that is nobody's concern.
    """

    name: str
    local: bool
    in_flight: int
    per_second: float | None

    def deliver(self, message: Message) -> Receipt:
        """Send one message. Raises TryLater, Refused, ChannelDown or InDoubt."""
        ...

    def left(self, message: Message, claimed_at: datetime, known: Callable[[str], bool] = nobody) -> Receipt | Literal[False] | None:
        """What became of a message in doubt: the provider's receipt, False where it certainly never left, None where it cannot tell.

        `claimed_at` (aware) is when it was set aside; `known` says of a provider's id that it is another message's of ours.
        Only what proves that it never left may say False: it is then sent again. A provider's list that does not show it proves nothing.
        """
        ...

    def probe(self) -> None:
        """Log in and ask for something harmless. Raises ChannelDown with what is wrong."""
        ...

    def close(self) -> None:
        """Let go of kept-open connections."""
        ...
