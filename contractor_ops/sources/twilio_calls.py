"""Twilio's call log as a source: one row a leg, under the headings of the log that Twilio's console exports."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from contractor_ops.clients.twilio import TwilioCall, TwilioClient
from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Cell, InboxDown, Sheet, Workbook

CALL_LOG = "Twilio's call log"
_HEADINGS = (
    "Call Sid", "Parent Call Sid", "Start Time", "From", "To", "Direction", "Status", "Duration", "Forwarded From", "Caller Name", "StirVerstat",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TwilioCalls:
    """The calls of the last `days` days, of all the account's numbers; `clock` tells the time (aware)."""

    client: TwilioClient
    clock: Callable[[], datetime]
    days: int = 7

    def read(self) -> list[Workbook]:
        """One workbook with one sheet, the oldest call first, as fresh as this moment. Raises UnusableFile when Twilio cannot be asked.

        Times are ISO in UTC; a call that nobody answered has no duration.
        """
        now = self.clock()
        begin = now - timedelta(days=self.days)
        try:
            calls = [call for call in self.client.calls(begin) if call.started >= begin]
        except InboxDown as down:
            raise UnusableFile(
                f"{CALL_LOG} cannot be read. {down.reason}.", "Try again later; contractor-ops check looks at the log-in."
            ) from down
        finally:
            self.client.close()
        rows = [_row(call) for call in sorted(calls, key=lambda call: call.started)]
        return [Workbook(CALL_LOG, [Sheet(None, [list(_HEADINGS), *rows])], saved_at=now)]


def _row(call: TwilioCall) -> list[Cell]:
    started = call.started.astimezone(UTC).isoformat()
    duration = "" if call.duration is None else call.duration
    return [
        call.sid, call.parent, started, call.from_number, call.to, call.direction, call.status, duration, call.forwarded_from, call.caller_name,
        call.stir,
    ]  # fmt: skip
