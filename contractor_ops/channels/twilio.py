"""Texts through Twilio, each only for as long as its sending window lasts."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from contractor_ops.clients.twilio import STILL_WAITING, TwilioClient, TwilioMessage, TwilioSettings
from contractor_ops.ports import InboxDown, Message, Receipt, TryLater, nobody

LONGEST_WAIT = 4 * 60 * 60
"""Seconds that a text may wait at Twilio, whose own limit of ten hours would let a text of the evening leave in the morning."""
SHORTEST_WAIT = 5
_TRIAL = "Sent from your Twilio trial account - "
_TOLL_FREE = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")
_CLOCKS_APART = timedelta(minutes=5)


def _now() -> datetime:
    return datetime.now(UTC)


class Twilio:
    """Twilio as a channel. Unless said, it begins as many texts a second as carriers take: 1 from an ordinary number, 3 from a toll-free one."""

    name = "twilio"

    def __init__(
        self, settings: TwilioSettings, in_flight: int = 4, per_second: float | None = None, clock: Callable[[], datetime] = _now
    ) -> None:
        self.client = TwilioClient(settings)
        self.local = self.client.local
        self.in_flight = in_flight
        self.per_second: float | None = per_second or (3.0 if settings.from_number.startswith(_TOLL_FREE) else 1.0)
        self.clock = clock

    def deliver(self, message: Message) -> Receipt:
        """Send one text. Raises TryLater, Refused, ChannelDown or InDoubt."""
        taken = self.client.create(message.to, message.body, valid_for(message.expires_at, self.clock()))
        return _receipt(taken.sid, taken.status)

    def left(self, message: Message, claimed_at: datetime, known: Callable[[str], bool] = nobody) -> Receipt | None:
        """The text in Twilio's list that has its number and its words and is no other message's.

        None where it is not seen, which proves nothing, or nobody answers.
        """
        try:
            listed = list(self.client.messages_to(message.to, claimed_at - _CLOCKS_APART))
        except InboxDown:
            return None
        found = [one for one in listed if _same_words(one.body, message.body) and not known(one.sid)]
        nearest = _nearest(found, claimed_at.replace(microsecond=0))  # Twilio's times have whole seconds
        return _receipt(nearest.sid, nearest.status) if nearest else None

    def probe(self) -> None:
        """Log in and ask for something harmless. Raises ChannelDown with what is wrong."""
        self.client.probe()

    def close(self) -> None:
        """Let go of connections."""
        self.client.close()


def valid_for(expires_at: datetime | None, now: datetime) -> int:
    """Seconds that Twilio may keep a text: what is left of its window, at most four hours.

    Raises TryLater where less than five seconds are left, which Twilio advises against.
    """
    if expires_at is None:
        return LONGEST_WAIT
    left = int((expires_at - now).total_seconds())
    if left < SHORTEST_WAIT:
        raise TryLater("The time in which it may be sent is over")
    return min(left, LONGEST_WAIT)


def _receipt(sid: str, status: str) -> Receipt:
    """A text that failed later on was sent as far as sending goes: what became of it comes with the results."""
    state: Literal["sent", "queued"] = "queued" if status in STILL_WAITING else "sent"
    return Receipt(state, sid)


def _nearest(found: Sequence[TwilioMessage], claimed_at: datetime) -> TwilioMessage | None:
    """The first one made after the claim; one from just before only where there is none, as two clocks differ."""
    return min(found, key=lambda one: (one.created < claimed_at, abs(one.created - claimed_at)), default=None)


def _same_words(kept: str, ours: str) -> bool:
    """Twilio puts a line before the texts of trial accounts, and keeps blanks as it likes."""
    return _plain(kept.removeprefix(_TRIAL)) == _plain(ours)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
