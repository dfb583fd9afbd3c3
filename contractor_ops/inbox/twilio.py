"""Texts that customers wrote, and what became of ours: Twilio's list of messages."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from contractor_ops.clients.twilio import TwilioClient, TwilioMessage
from contractor_ops.ports import Arrival, Batch, Concerns, Reply, Result, SentMessage

STILL_CHANGING = timedelta(days=3)
"""How long after a message was sent its status is looked at again: carriers report for up to three days, and each report is a new result."""

_AT_ONCE = 100
_OUTCOMES: dict[str, Literal["sent", "delivered", "failed"]] = {
    "sent": "sent", "partially_delivered": "sent", "delivered": "delivered", "read": "delivered",
    "failed": "failed", "undelivered": "failed", "canceled": "failed",
}  # fmt: skip
"""Twilio's words for what became of a message; one that is queued, accepted, scheduled or being sent has not become anything yet."""


class TwilioInbox:
    """The messages of the office's number, or of the whole account where texts come from a messaging service.

    An account may have other numbers, which somebody else uses: what came or went through another service is left out too.

    The cursor is an interval in ISO 8601: the moment before which nothing is ever given, and that of the newest message seen. It moves when
    all pages have been read and all messages given, so that whoever is stopped in the middle begins at the same place again.
    """

    name = "twilio"
    asks_after = timedelta(minutes=5)

    def __init__(self, client: TwilioClient) -> None:
        self._client = client

    def fetch(self, cursor: str, since: datetime, concerns: Concerns) -> Iterator[Batch]:
        """Replies and results, the oldest first, in at least one batch, the last of which may be empty. Raises InboxDown before the first.

        A text concerns the office whoever sent it.
        """
        first, newest = map(datetime.fromisoformat, cursor.split("/")) if cursor else (since.astimezone(UTC), since.astimezone(UTC))
        begin = max(first, newest - STILL_CHANGING)
        listed = [message for message in self._client.messages(begin) if _moment(message) >= begin]
        arrivals = [arrival for message in sorted(listed, key=_moment) if (arrival := self._arrival(message))]
        batches = [tuple(arrivals[at : at + _AT_ONCE]) for at in range(0, len(arrivals), _AT_ONCE)] or [()]
        for batch in batches[:-1]:
            yield Batch(batch, cursor)
        newest = max(newest, *map(_moment, listed)) if listed else newest
        yield Batch(batches[-1], f"{first.isoformat()}/{newest.isoformat()}")

    def became(self, messages: Sequence[SentMessage]) -> Iterator[Result]:
        """What became of each of these messages: one that failed before it left may be in no list. Raises InboxDown."""
        for sid in dict.fromkeys(step.provider_id for message in messages for step in message.steps if step.provider_id):
            message = self._client.message(sid)
            if message and (result := _result(message)):
                yield result

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()

    def _arrival(self, message: TwilioMessage) -> Arrival | None:
        ours = self._client.settings.messaging_service
        if ours and message.service not in {"", ours}:
            return None
        if message.inbound:
            return _reply(message) if message.status != "receiving" else None
        return _result(message)


def _moment(message: TwilioMessage) -> datetime:
    return message.sent or message.created


def _number(address: str) -> str:
    """A number without the kind of message before it ("rcs:+1312…"); short codes and senders in letters stay as they are."""
    kind, colon, number = address.rpartition(":")
    return number if colon and number.startswith("+") and kind.isalpha() else address


def _reply(message: TwilioMessage) -> Reply:
    text = message.body
    if not text.strip() and message.media:
        text = "(a picture)" if message.media == 1 else f"({message.media} pictures)"
    return Reply(f"twilio:{message.sid}", "sms", _number(message.from_number), _moment(message), text, pictures=message.media)


def _result(message: TwilioMessage) -> Result | None:
    outcome = _OUTCOMES.get(message.status)
    if outcome is None:
        return None
    key, at, to = f"twilio:{message.sid}:{message.status}", _moment(message), _number(message.to)
    if outcome != "failed":
        return Result(key, "sms", outcome, at, message.sid, address=to)
    if message.status == "canceled":
        return Result(
            key, "sms", "failed", at, message.sid, address=to, reason="Somebody took it back in the Twilio console before it left"
        )
    why = message.meaning
    return Result(
        key, "sms", why.result, at, message.sid, address=to, code=str(message.code or ""), reason=why.reason,
        landline=why.landline, opted_out=why.opted_out, blocks=why.blocks,
    )  # fmt: skip
