"""The telephone calls with somebody, whoever called whom, and whether the last one that nobody took was answered since."""

from collections.abc import Iterable
from dataclasses import dataclass

from contractor_ops.office import Office
from contractor_ops.planning.marks import FEWEST, bare, figures
from contractor_ops.reports.who import Said
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.record import Record, Table
from contractor_ops.tables.records import column_of
from contractor_ops.views.calls.legs import leg_of
from contractor_ops.views.calls.together import Call, calls_of
from contractor_ops.views.moments import in_utc
from contractor_ops.work.who_shelf import CALLS, Shelf

LAST_CALLS = 5
_ENDS = ("from", "to", "phone")
_OUTCOMES = {
    "answered": "answered", "short": "ended after a few seconds", "voicemail": "voicemail", "missed": "missed",
    "unclear": "what became of it is not clear", "ringing": "ringing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calls:
    """The last ones, the latest first; whether somebody called back (None: there was no need); what the log calls them; and the ids of all."""

    last: tuple[Said, ...] = ()
    called_back: bool | None = None
    names: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()


def calls_with(office: Office, shelf: Shelf, addresses: Iterable[str]) -> Calls:
    """The calls with whoever has one of these numbers."""
    phones, log = frozenset(one.partition(";")[0] for one in addresses if one.startswith("+")), shelf.tables.get(CALLS)
    if not phones or log is None:
        return Calls()
    legs = [leg_of(record, office.own_numbers, in_utc(record["started_at"], shelf.now)) for record in _lines(office, log, phones)]
    now = shelf.now
    calls = [call for call in calls_of(legs) if (call.main.outside or "").partition(";")[0] in phones and call.at and call.at <= now]
    calls.reverse()
    names = (str(call.record["customer"] or call.record["caller_name"] or "") for call in calls)
    last = tuple(_said(call, shelf) for call in calls[:LAST_CALLS])
    return Calls(last, _called_back(calls), tuple(dict.fromkeys(filter(None, names))), frozenset(call.id for call in calls))


def _lines(office: Office, log: Table, phones: frozenset[str]) -> list[Record]:
    endings = {figures(phone)[-FEWEST:] for phone in phones}
    cells: dict[object, bool] = {}
    near: set[int] = set()
    for column in _ENDS:
        for at, cell in enumerate(column_of(log.records, column)):
            if cell not in cells:  # the office's own line stands in half of all rows
                cells[cell] = cell is not None and any(one in bare(str(cell)) for one in endings)
            if cells[cell]:
                near.add(at)
    country = office.config.office.country
    return [complete_record(log.records[at], TABLES[CALLS], country, log.columns) for at in sorted(near)]


def _said(call: Call, shelf: Shelf) -> Said:
    assert call.at is not None
    notes = next((str(leg.record["notes"]) for leg in call.legs if leg.record["notes"]), "")
    words = _OUTCOMES[call.outcome] + (f": {notes}" if notes else "")
    return Said(call.at.astimezone(shelf.now.tzinfo), call.way == "out", "call", call.main.outside or "", words, call.outcome)


def _called_back(calls: list[Call]) -> bool | None:
    """Whether we called, or talked to them, after the last call that nobody took; `calls` are the latest first."""
    for position, call in enumerate(calls):
        if call.way != "out" and call.outcome in {"missed", "voicemail"}:
            return any(later.way == "out" or later.outcome == "answered" for later in calls[:position])
    return None
