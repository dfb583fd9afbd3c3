"""What has happened with a caller: talked on the telephone, rung in vain, texted, written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record, Table
from contractor_ops.views.calls.callers import Caller
from contractor_ops.views.calls.together import Call
from contractor_ops.views.moments import in_utc

Kind = Literal["called back", "called again", "tried"]
IN_CONVERSATION = timedelta(days=3)
TEXTED_WITHIN = timedelta(days=1)
_CLOCKS_DIFFER = timedelta(minutes=2)
_NO_CONVERSATION = frozenset({"auto_reply", "stop"})
"""What a machine wrote, and the wish to hear nothing more, which planning keeps."""

_NEVER_LEFT = frozenset({"failed", "undelivered", "refused", "skipped", "released", "unsent"})


@dataclass(frozen=True, slots=True)
class Contacts:
    """What is known of all callers up to now; moments are UTC."""

    now: datetime
    view: str
    calls: dict[str, list[tuple[datetime, Kind]]] = field(default_factory=dict)
    texts: dict[str, list[datetime]] = field(default_factory=dict)
    texted: set[str] = field(default_factory=set)
    replies: dict[str, list[datetime]] = field(default_factory=dict)

    def call_after(self, number: str, moment: datetime, kinds: tuple[Kind, ...]) -> tuple[datetime, Kind] | None:
        """The last such call with this number since a moment."""
        return max((call for call in self.calls.get(number, ()) if call[0] >= moment and call[1] in kinds), default=None)

    def texted_at(self, number: str, id: str, moment: datetime) -> datetime | None:
        """When this number was last texted over another missed call, from a day before this one on; None where this one had a text of its own."""
        if id in self.texted:
            return None
        return max((at for at in self.texts.get(number, ()) if at > moment - TEXTED_WITHIN), default=None)

    def wrote_at(self, number: str, caller: Caller) -> datetime | None:
        """When this customer last wrote to the office in these days, from whichever address."""
        keys = {number, *(caller.email or "").split(", "), _by_name(caller.name or "")} - {""}
        return max((at for key in keys for at in self.replies.get(key, ()) if at > self.now - IN_CONVERSATION), default=None)


def contacts(calls: Iterable[Call], tables: Mapping[str, Table], now: datetime, view: str) -> Contacts:
    """Gather what the log, the messages and the replies tell; what lies ahead of `now` is not yet known."""
    found = Contacts(now.astimezone(UTC), view)
    latest = found.now + _CLOCKS_DIFFER
    for call in calls:
        for number, at, kind in _of_call(call):
            if at <= latest:
                found.calls.setdefault(number, []).append((at, kind))
    for sent, record in _records(tables, "messages", "sent_at", now, latest):
        if record["table"] == view and record["channel"] == "sms" and record["status"] not in _NEVER_LEFT:
            found.texts.setdefault(str(record["address"]), []).append(sent)
            found.texted.add(str(record["record"]))
    for received, record in _records(tables, "replies", "received_at", now, latest):
        if record["label"] not in _NO_CONVERSATION:
            for key in (str(record["from"]), _by_name(str(record["customer"] or ""))):
                found.replies.setdefault(key, []).append(received)
    return found


def _records(tables: Mapping[str, Table], name: str, column: str, now: datetime, latest: datetime) -> Iterator[tuple[datetime, Record]]:
    """The records up to `latest` with their moment in UTC; their times are on the office's clock, which `now` shows."""
    for record in tables[name].records if name in tables else ():
        moment = in_utc(record[column], now)
        if moment is not None and moment <= latest:
            yield moment, record


def _by_name(name: str) -> str:
    """A key for a name that is no address; blank for none."""
    plain = normal_name(name)
    return f"name {plain}" if plain else ""


def _of_call(call: Call) -> Iterator[tuple[str, datetime, Kind]]:
    """The numbers that a call had to do with. A click to call has its customer in a part, the office in the main line."""
    if call.way == "out":
        for leg in call.legs:
            if leg.outside and leg.at:
                yield leg.outside.partition(";")[0], leg.at, "called back" if leg.outcome == "answered" else "tried"
    elif call.outcome == "answered" and call.main.outside and call.at:
        yield call.main.outside.partition(";")[0], call.at, "called again"
