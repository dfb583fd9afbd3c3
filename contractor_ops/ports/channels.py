"""What the work asks of a channel, and the few kinds of trouble that a provider's errors become."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message that is about to leave. `message_id` is ours, made before sending; `expires_at` ends the sending window."""

    channel: Literal["sms", "email"]
    to: str
    to_name: str
    body: str
    message_id: str
    subject: str | None = None
    html: str | None = None
    commercial: bool = False
    expires_at: datetime | None = None


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
    """It certainly did not leave, and may be tried again: a temporary refusal."""


class Refused(DeliveryError):
    """It certainly did not leave and never will to this address. `opted_out`: the provider says that the person wants no messages."""

    def __init__(self, reason: str, opted_out: bool = False) -> None:
        super().__init__(reason)
        self.opted_out = opted_out


class ChannelDown(DeliveryError):
    """Nothing can be put to this provider now (refused, silent, wrong credential): the run stops, nothing is in doubt."""


class InDoubt(DeliveryError):
    """The connection broke after the message was handed over: it may have left."""


class Channel(Protocol):
    """A way out. `name` is the provider's ("outbox", "smtp"); `local` means that nothing leaves this machine."""

    name: str
    local: bool

    def deliver(self, message: Message) -> Receipt:
        """Send one message. Raises TryLater, Refused, ChannelDown or InDoubt."""
        ...

    def left(self, message_id: str, since: datetime) -> bool | None:
        """Whether a message in doubt has left: True, False, or None where the provider cannot tell."""
        ...

    def close(self) -> None:
        """Let go of kept-open connections."""
        ...
