"""What a simulated decision comes to, in words: to whom, by which way, which file, or why a person must look."""

from collections.abc import Callable, Iterator, Mapping

from contractor_ops.planning.decision import Decision
from contractor_ops.reports.format import moment, phone
from contractor_ops.reports.timeline import DONE, Timeline

_WAYS = {"sms": "text", "email": "e-mail"}


def what(one: Decision, timeline: Timeline) -> str:
    """One decision in one line."""
    owner = timeline.people.get(one.owner, one.owner)
    if one.decision == "act" and one.outcome in DONE:
        return _DOES[one.action or ""](one, owner) if one.action in _DOES else f"{one.action} is done"
    if one.decision == "act":
        return f"not done: {one.reason}"
    if one.decision == "review":
        return f"stops for {owner}: {one.reason}"
    if one.decision == "hold":
        until = f" until {moment(one.until, timeline.start)}" if one.until else ""
        return f"waits{until}: {one.reason}"
    return f"ended: {one.reason}" if one.decision == "ended" else f"cannot be done, {owner} mends it: {one.reason}"


def words_of(one: Decision) -> Iterator[str]:
    """The words that go out or onto a list, line by line."""
    if one.action not in {"message", "task", "draft-invoice"} and not one.missing:
        return
    if one.decision not in {"act", "review"}:
        return
    if one.subject and one.channel == "email":
        yield f"Subject: {one.subject}"
    yield from (line for line in (one.body or "").splitlines() if line.strip())
    if one.visit:
        yield f"Attached: {_calendar_file(one)}"


def _message(one: Decision, owner: str) -> str:
    if one.settled_by:
        return f"told in the message for {one.settled_by}"
    return f"{_WAYS.get(one.channel or '', 'message')} to {' at '.join(filter(None, (one.to_name, phone(one.to or ''))))}"


def _task(one: Decision, owner: str) -> str:
    return f"task for {owner}"


def _draft(one: Decision, owner: str) -> str:
    return f"draft for {owner}: {one.draft.name if one.draft else 'an invoice'}"


def _file(one: Decision, owner: str) -> str:
    return f"file {one.draft.name}" if one.draft else f"file calendar/{_calendar_file(one)}"


def _calendar_file(one: Decision) -> str:
    return f"{one.record}.ics"


def _assign(one: Decision, owner: str) -> str:
    name = next((entry.value for entry in one.sets if entry.column == "technician"), "somebody")
    why = (one.body or "").removeprefix(f"{name}: ")
    return f"assigned {name}: {why}" if why else f"assigned {name}"


def _materials(one: Decision, owner: str) -> str:
    return (
        f"material is missing, task for {owner}" if one.missing else f"material is there: {one.body}" if one.body else "material is there"
    )


def _update(one: Decision, owner: str) -> str:
    return "noted: " + ", ".join(f"{_column(entry.table, entry.column, one.table)} {entry.value}" for entry in one.sets)


def _column(table: str, column: str, own: str) -> str:
    return f"{column.replace('_', ' ')}" if table == own else f"{table} {column.replace('_', ' ')}"


_DOES: Mapping[str, Callable[[Decision, str], str]] = {
    "message": _message, "task": _task, "draft-invoice": _draft, "checklist": _file, "calendar": _file, "assign": _assign,
    "check-materials": _materials, "update-row": _update,
}  # fmt: skip
