"""`do = "calendar"`: the visit as a calendar file, for whoever keeps the office's calendar; the same beside an e-mail."""

from dataclasses import replace
from datetime import UTC, datetime

from contractor_ops.actions.desk import Desk
from contractor_ops.bookings.calendar_file import calendar_text
from contractor_ops.planning.decision import Decision
from contractor_ops.ports import Attachment
from contractor_ops.tables.file_names import file_stem

_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
"""What sequence numbers count minutes from: an entry that is made later is a newer version of the same visit."""


def calendar(desk: Desk, decision: Decision, at: datetime) -> None:
    """Leave the entry in calendar/, over the one that was there. Raises OSError."""
    if entry := entry_of(decision, at):
        desk.keep(f"calendar/{entry.name}", entry.text)
    desk.write(decision, at)


def entry_of(decision: Decision, at: datetime) -> Attachment | None:
    """The visit as a file; `at` is aware. None where the decision is about none."""
    if decision.visit is None:
        return None
    now = at.astimezone(decision.due.tzinfo) if decision.due else at
    visit = replace(decision.visit, sequence=int((at - _FIRST).total_seconds()) // 60)
    method = "CANCEL" if decision.called_off else "REQUEST"
    text = calendar_text(visit, now, cancelled=decision.called_off)
    return Attachment(f"{file_stem(decision.record, decision.record, 'job')}.ics", f"text/calendar; charset=utf-8; method={method}", text)
