"""What SendGrid says became of mail: bounces, and people who want no more."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote

from contractor_ops.clients.sendgrid import SendGridClient, plain
from contractor_ops.ports import Arrival, Batch, Concerns, InboxDown, OptOut, Result, SentMessage

OVERLAP = timedelta(days=1)
"""How far before its cursor a fetch begins: an entry may be stamped before, and appear after, one of another list."""
PAGE = 500
"""The most that SendGrid gives at once."""
TOGETHER = 200
"""Arrivals that are written down before the cursor moves."""


class _List(NamedTuple):
    """One of SendGrid's lists: its name there, what an entry is called in our keys, and what it means."""

    name: str
    kind: str
    means: str
    opts_out: bool = False


LISTS = (
    _List("bounces", "bounce", "it bounced"),
    _List("blocks", "block", "the recipient's mail server turned it away"),
    _List("invalid_emails", "invalid", "SendGrid takes the address for invalid"),
    _List("unsubscribes", "unsubscribe", "unsubscribed at SendGrid", opts_out=True),
    _List("spam_reports", "spam-report", "reported our mail as spam", opts_out=True),
)
"""https://www.twilio.com/docs/sendgrid/api-reference/bounces-api and its neighbours. Groups of unsubscribes are for newsletters; ours has none."""


def _now() -> datetime:
    return datetime.now(UTC)


class SendGridInbox:
    """An account's suppression lists. The cursor is the newest entry's time, in Unix seconds by SendGrid's own clock."""

    name = "sendgrid"
    asks_after = timedelta(minutes=10)

    def __init__(self, key: str, api_base: str, timeout: float, clock: Callable[[], datetime] = _now) -> None:
        self.client = SendGridClient(key, api_base, timeout)
        self.clock = clock

    def fetch(self, cursor: str, since: datetime, concerns: Concerns) -> Iterator[Batch]:
        """New entries of every list, the oldest first. On the first fetch all who ever opted out: SendGrid drops mail to them without a word.

        Failures are given for addresses that `concerns` us. Raises InboxDown.
        """
        start = max(0, int(cursor or since.timestamp()) - int(OVERLAP.total_seconds()))
        entries: list[tuple[int, Arrival]] = []
        for one in LISTS:
            for address, created, row in self._entries(one, 0 if one.opts_out and not cursor else start):
                if one.opts_out or concerns(address, ()):
                    entries.append((created, _arrival(one, address, created, row)))
        entries.sort(key=lambda entry: entry[0])
        now = int(self.clock().timestamp())  # an entry that claims to be of next year must not hide this year's
        for first in range(0, len(entries), TOGETHER):
            some = entries[first : first + TOGETHER]
            cursor = str(max(int(cursor or 0), min(some[-1][0], now)))
            yield Batch(tuple(arrival for _, arrival in some), cursor)

    def became(self, messages: Sequence[SentMessage]) -> Iterator[Result]:
        """SendGrid takes mail to an address that bounced long ago and drops it without a new entry: so each address is looked up once."""
        for message in messages:
            id = next((step.provider_id for step in message.steps if step.provider_id), message.message_id)
            yield self._dropped(message, id) or Result(f"sendgrid:looked:{id}", "email", "sent", self.clock(), id)

    def _dropped(self, message: SentMessage, id: str) -> Result | None:
        for one in LISTS:
            if one.opts_out or one.kind == "block":
                continue
            found = self.client.read(f"suppression/{one.name}/{quote(message.address)}")
            for row in found if isinstance(found, list) else []:
                if _is_entry(row) and int(row["created"]) <= message.at.timestamp():
                    reason = f"SendGrid dropped it, for an earlier e-mail had failed: {one.means}"
                    return Result(f"sendgrid:dropped:{id}", "email", "failed", self.clock(), id, address=message.address, reason=reason)
        return None

    def close(self) -> None:
        """Let go of connections."""
        self.client.close()

    def _entries(self, one: _List, start: int) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
        """Address, time and entry, each once: what is added while we read moves the rest down a page."""
        known: set[tuple[str, int]] = set()
        offset = 0
        while page := self._page(one, start, offset):
            offset, before = offset + len(page), len(known)
            for row in page:
                address, created = str(row["email"]).strip().lower(), int(row["created"])
                if (address, created) not in known:
                    known.add((address, created))
                    yield address, created, row
            if len(known) == before:
                return

    def _page(self, one: _List, start: int, offset: int) -> list[Mapping[str, Any]]:
        page = self.client.read(f"suppression/{one.name}", start_time=start, limit=PAGE, offset=offset)
        if not isinstance(page, list) or not all(map(_is_entry, page)):
            raise InboxDown(f"SendGrid's list of {one.name.replace('_', ' ')} is not as its description says")
        return page


def _is_entry(row: Any) -> bool:
    return isinstance(row, dict) and isinstance(row.get("email"), str) and isinstance(row.get("created"), int)


def _arrival(one: _List, address: str, created: int, row: Mapping[str, Any]) -> Arrival:
    key, at = f"sendgrid:{one.kind}:{address}:{created}", datetime.fromtimestamp(created, UTC)
    if one.opts_out:
        return OptOut(key, "email", address, at, one.means)
    why = plain(str(row.get("reason") or ""))
    return Result(key, "email", "failed", at, address=address, code=plain(str(row.get("status") or "")),
                  reason=f"{one.means}: {why}" if why else one.means)  # fmt: skip
