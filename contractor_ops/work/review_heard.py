"""The telephone calls of the last days with the customer of an item: who called whom, and whether anybody has called back."""

from datetime import datetime, timedelta

from contractor_ops.office import Office
from contractor_ops.reports.review_card import Said
from contractor_ops.tables.record import Table
from contractor_ops.work.review_caller import Caller
from contractor_ops.work.who_calls import calls_with
from contractor_ops.work.who_shelf import CALLS, Shelf

_LATELY = timedelta(days=14)


class CallsTold:
    """The telephone log, where the office keeps one and it can be read."""

    def __init__(self, office: Office, log: Table | None, now: datetime) -> None:
        self._office = office
        self._shelf = Shelf({CALLS: log} if log else {}, now, (), frozenset(), {})

    def with_(self, customer: Caller) -> list[Said]:
        """The calls with this customer, the latest first."""
        calls = calls_with(self._office, self._shelf, customer.addresses)
        told = []
        for call in calls.last:
            waits = calls.called_back is False and not call.ours and call.state in {"missed", "voicemail"}
            words = f"{call.words}; nobody has called back" if waits else call.words
            told.append(Said(call.at, "we" if call.ours else "they", "call", f"called: {words}"))
        return [one for one in told if self._shelf.now - _LATELY <= one.at <= self._shelf.now]
