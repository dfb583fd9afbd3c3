"""Where bookings stand, as people read it: a table on a terminal, lines in a pipe."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from contractor_ops.reports.format import count, moment, with_phones
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.trail import BookingTrail, OpenTrails, Overdue, TrailStep

if TYPE_CHECKING:
    from rich.table import Table

_MARKS = {"done": "done", "due": "due", "waiting": "waiting", "skipped": "left out"}
_STYLES = {"done": "green", "due": "bold", "waiting": "", "skipped": "dim"}


def trail_lines(trail: BookingTrail) -> Iterator[str]:
    """One booking for a pipe: a line for each step."""
    yield from head_lines(trail)
    for recipe in dict.fromkeys(step.recipe for step in trail.steps):
        yield ""
        yield recipe
        for step in trail.steps:
            if step.recipe == recipe:
                yield f"  {mark(step):<8}  {f'{step.step}: ' if step.step else ''}{told(step, trail)}"
    yield from foot_lines(trail)


def head_lines(trail: BookingTrail) -> Iterator[str]:
    """Which booking it is, and what keeps a recipe from running."""
    starts = _clock(trail.starts_at, trail.now)
    parts = [trail.customer, trail.title, trail.status, f"starts {starts}" if starts else "no start", trail.technician or "nobody assigned"]
    if trail.gone:
        parts = [trail.customer, f"was to start {starts}" if starts else "", trail.technician]
    yield one_line(f"{trail.job}  {', '.join(part for part in parts if part)}  ({trail.place})".strip())
    yield from (f"! {note}" for note in trail.notes)


def foot_lines(trail: BookingTrail) -> Iterator[str]:
    """What the ledger's own record says, what was heard since, and a count."""
    if trail.own:
        yield from ("", "The ledger's own record")
        yield from (
            f"  {one.column.replace('_', ' ')}: {one_line(one.value)} ({one.step}, {moment(one.at, trail.now)})" for one in trail.own
        )
    if trail.heard:
        yield from ("", "Heard since the booking")
        yield from (
            f"  {moment(one.at, trail.now)}: {one.kind}, {one.label}{f': {one_line(one.words)}' if one.words else ''}"
            for one in trail.heard
        )
    if trail.steps:
        yield from ("", summary(trail))


def summary(trail: BookingTrail) -> str:
    """One line that counts."""
    steps = trail.steps
    parts = [
        f"{sum(step.state == state for step in steps)} {name}"
        for state, name in _MARKS.items()
        if any(step.state == state for step in steps)
    ]
    late = sum(step.overdue for step in steps)
    return f"{count(len(steps), 'step')}: {', '.join(parts)}; {late or 'none'} overdue."


def trail_table(trail: BookingTrail) -> "Table":
    """The steps for a terminal."""
    from rich.table import Table
    from rich.text import Text

    several = len({step.recipe for step in trail.steps}) > 1
    table = Table(header_style="bold", box=None, pad_edge=False)
    for heading in ("", "step", "how it stands"):
        table.add_column(heading, overflow="fold")
    for step in trail.steps:
        name = f"{step.recipe}: {step.step}" if several else step.step
        table.add_row(Text(mark(step), style="bold red" if step.overdue else _STYLES[step.state]), Text(name), Text(told(step, trail)))
    return table


def mark(step: TrailStep) -> str:
    """How a step stands, in a word."""
    return "OVERDUE" if step.overdue else _MARKS[step.state]


def told(step: TrailStep, trail: BookingTrail) -> str:
    """Everything about a step, in one line."""
    now, reason = trail.now, _plain(step)
    if step.state == "done":
        return _joined([f"{moment(step.done_at, now)}" if step.done_at else "", step.how])
    if step.state == "skipped":
        return one_line(reason)
    if step.state == "waiting":
        return _joined([reason, f"{step.how} ({moment(step.done_at, now)})" if step.how and step.done_at else ""])
    return _joined([
        _when(step, now), reason,
        f"held until {moment(step.until, now)}" if step.until else "", _asked(step), trail.people.get(step.owner, step.owner),
    ])  # fmt: skip


def _when(step: TrailStep, now: datetime) -> str:
    """Since when it is overdue, or when it is due; what only waits for the next run or an answer is due now."""
    if step.overdue and (step.asked or step.due):  # nobody was late before they were asked
        return f"since {moment(max(filter(None, (step.due, step.asked)), key=datetime.timestamp), now)}"
    if step.due is None:
        return ""
    return "due now" if step.due.timestamp() <= now.timestamp() else f"due {moment(step.due, now)}"


def overdue_lines(found: OpenTrails) -> Iterator[str]:
    """A line for each open booking with an overdue step, and how many have none."""
    yield from (f"! {note}" for note in found.notes)
    yield from (overdue_line(one, found) for one in found.overdue)
    yield all_summary(found)


def overdue_line(one: Overdue, found: OpenTrails) -> str:
    """The gravest overdue step of one booking, and when its visit is."""
    step = one.step
    more = f"and {one.more} more" if one.more else ""
    starts = _clock(one.starts_at, found.now)
    who = one_line(f"{one.job} {one.customer}".strip())
    parts = [
        _when(step, found.now),
        _plain(step),
        "it has begun: call them" if step.do == "message" and _has_begun(one.starts_at, found.now) else "",
        _asked(step),
        found.people.get(step.owner, step.owner),
        more,
    ]
    return f"{who} ({f'starts {starts}' if starts else 'no start'}): {step.step or 'the whole row'}: {_joined(parts)}"


def _has_begun(iso: str, now: datetime) -> bool:
    """Whether a visit of today has begun: words come too late for it."""
    if "T" not in iso:
        return False
    when = datetime.fromisoformat(iso)
    when = when.replace(tzinfo=now.tzinfo) if when.tzinfo is None else when
    return when.date() == now.date() and when.timestamp() <= now.timestamp()


def all_summary(found: OpenTrails) -> str:
    """One line that counts the open bookings."""
    late, total = len(found.overdue), len(found.overdue) + found.without
    return f"{count(total, 'open booking')}: {late or 'none'} with an overdue step, {found.without} without."


def _plain(step: TrailStep) -> str:
    """The reason, beside the step's name, which need not stand twice."""
    reason = step.reason.removeprefix(f"{step.step} ")
    return with_phones(reason)


def _asked(step: TrailStep) -> str:
    return f"contractor-ops review show {step.review}" if step.review else ""


def _joined(parts: list[str]) -> str:
    return "; ".join(one_line(part) for part in parts if part)


def _clock(iso: str, now: datetime) -> str:
    """A start as people read it; a day without a time stays a day."""
    if not iso:
        return ""
    when = datetime.fromisoformat(iso)
    when = when.replace(tzinfo=now.tzinfo) if when.tzinfo is None else when
    return moment(when, now) if "T" in iso else f"{moment(when, now).rpartition(',')[0]}"
