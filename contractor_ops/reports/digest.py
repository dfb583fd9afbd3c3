"""The owner's summary as a value: what needs a decision, what was done, how the office does, what failed, and the week ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from contractor_ops.figures.automation import MINUTES_EACH, Measured
from contractor_ops.figures.values import Average, Group, Line, Series, Share
from contractor_ops.figures.whole_jobs import job_key
from contractor_ops.reports.digest_parts import Done, Ratings, Reason, Reasons, Settled, Waiting
from contractor_ops.reports.format import count, listed

DigestKind = Literal["daily", "weekly"]
DANGERS = "dangers"
"""The key of the group of what may mean danger to somebody; it stands first."""


@dataclass(frozen=True, slots=True)
class SourceAge:
    """How old a table's rows are: the file's own day or time of change, None where nobody knows; `trouble` where it cannot be read."""

    table: str
    file: str
    since: datetime | None
    days: int | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """The owner's summary. `needs` are groups that want a decision, the weightiest first; `ageing` what is owed by how late it is.

    `trouble` are sentences: what failed, what did not run. `people` maps keys of [people] to names. `minutes_each` is what the time saved assumes.
    `since` is the last digest of its kind, or where the days begin that it tells of (midnight); `done` and `settled` begin there. `reasons` say why
    the weightiest things of the queue wait.
    """

    office: str
    kind: DigestKind
    now: datetime
    since: datetime
    people: Mapping[str, str]
    needs: tuple[Group, ...]
    ageing: tuple[Group, ...]
    queue: tuple[Waiting, ...]
    reasons: Reasons
    done: tuple[Done, ...]
    settled: tuple[Settled, ...]
    signals: tuple[Share, ...]
    averages: tuple[Average, ...]
    trouble: tuple[str, ...]
    sources: tuple[SourceAge, ...]
    ahead: tuple[Group, ...]
    trends: tuple[tuple[Series, Series | None], ...] = ()
    measured: tuple[Measured, ...] = ()
    minutes_each: int = MINUTES_EACH
    spoilt: str = ""
    """How many rows and cells must be mended in the sheets, and what lists them."""
    automation: str = ""
    """Whether the automation is well, or was never switched on; empty where `trouble` tells."""
    left_out: tuple[str, ...] = ()
    """What could not be told, and why."""
    ratings: Ratings | None = None
    """How customers rated the work; None where nobody did."""

    @property
    def at_stake(self) -> Decimal:
        """What needs a decision, in money, each row of a sheet and each job counted once: the one number of the subject. What is in hand does not."""
        counted: dict[tuple[object, ...], Decimal] = {}
        for position, line in enumerate(line for one in self.needs for line in one.waiting):
            if line.amount is not None and line.amount > 0:
                key = _whose_money(line) or (position,)
                counted[key] = max(counted.get(key, Decimal(0)), line.amount)
        return sum(counted.values(), Decimal(0))

    @property
    def things(self) -> int:
        """How many things need a decision, and nobody has them in hand."""
        return sum(len(one.waiting) for one in self.needs)

    @property
    def in_hand(self) -> int:
        """How many things somebody has acted on."""
        return sum(one.in_hand for one in self.needs)

    @property
    def subject(self) -> str:
        """The one number that matters, then what it is made of."""
        mark = f"{'URGENT! ' if self.urgent else '! ' if self.trouble else ''}{'This week: ' if self.kind == 'weekly' else ''}"
        if not self.things:
            return f"{mark}{self.office}: {self._waits() or ('not everything works' if self.trouble else 'nothing needs you')}"
        number = (
            f"${self.at_stake:,.0f} needs a decision" if self.at_stake else f"{count(self.things, 'thing needs', 'things need')} a decision"
        )
        return f"{mark}{number}: {self.in_brief}"

    def _waits(self) -> str:
        """Whose list has how much: "4 things wait for Dana Reed"."""
        here = [one for one in self.queue if one.things]
        names = listed([self.people.get(one.owner, one.owner) for one in here])
        return f"{count(sum(one.things for one in here), 'thing waits', 'things wait')} for {names}" if here else ""

    @property
    def urgent(self) -> int:
        """How many things in the queue may mean danger to somebody."""
        found = next((len(one.waiting) for one in self.needs if one.key == DANGERS), 0)
        return max(found, sum(one.urgent for one in self.queue))

    @property
    def in_brief(self) -> str:
        """What it is made of: "7 overdue invoices, 3 jobs not billed"."""
        told = [one for one in self.needs if one.waiting]
        more = sum(len(one.waiting) for one in told[2:]) if len(told) > 3 else 0
        return listed([*(one.counted for one in told[: 2 if more else 3]), *([f"{more:,} more"] if more else [])])

    @property
    def waits(self) -> int:
        """The age in days of the oldest thing that needs a decision."""
        return max((line.days or 0 for one in self.needs for line in one.waiting), default=0)


def _whose_money(line: Line) -> tuple[object, ...]:
    """What a line's money is of: a job by number and customer, whichever of its rows is told, else a row of a sheet; () where it names none."""
    if line.table in {"jobs", "note_gaps"} and line.record:
        return "jobs", *job_key(line.record, line.customer)
    return (line.table, line.record, line.place.row if line.place else None) if line.record else ()


def digest_json(digest: Digest) -> dict[str, Any]:
    """The digest for scripts: money as numbers, moments in ISO form, unknown as null."""
    return {
        "office": digest.office, "kind": digest.kind, "now": digest.now.isoformat(), "since": digest.since.isoformat(), "subject": digest.subject,
        "automation": digest.automation or None,
        "at_stake": float(digest.at_stake), "things": digest.things, "in_hand": digest.in_hand,
        "needs": [group_json(one) for one in digest.needs],
        "ageing": [group_json(one) for one in digest.ageing],
        "queue": [{"owner": one.owner, "things": one.things, "urgent": one.urgent, "oldest": one.oldest, "put_off": one.put_off, "released": one.released}
                  for one in digest.queue],
        "reasons": [_reason_json(one) for one in digest.reasons.shown], "more_reasons": digest.reasons.more, "spoilt": digest.spoilt or None,
        "done": [_done_json(one) for one in digest.done],
        "ratings": _ratings_json(digest.ratings) if digest.ratings else None,
        "settled": [{"owner": one.owner or None, "things": one.things, "deeds": {verb: list(whom) for verb, whom in one.deeds}} for one in digest.settled],
        "signals": [share_json(one) for one in digest.signals],
        "averages": [average_json(one) for one in digest.averages],
        "trouble": list(digest.trouble),
        "sources": [
            {"table": one.table, "file": one.file, "since": one.since.isoformat() if one.since else None, "days": one.days, "trouble": one.trouble or None}
            for one in digest.sources
        ],
        "ahead": [group_json(one) for one in digest.ahead],
        "trends": [series_json(one) for pair in digest.trends for one in pair if one is not None],
        "measured": [measured_json(one) for one in digest.measured],
        "left_out": list(digest.left_out),
    }  # fmt: skip


def _done_json(one: Done) -> dict[str, Any]:
    return {"title": one.title, "sent": one.sent, "sent_to": list(one.sent_to), "outbox": one.outbox, "outbox_to": list(one.outbox_to),
            "tasks": one.tasks, "answered": one.answered, "failed": one.failed, "in_doubt": one.in_doubt}  # fmt: skip


def _ratings_json(one: Ratings) -> dict[str, Any]:
    low = [
        {"score": each.score, "customer": each.customer or None, "job": each.job or None, "technician": each.technician or None}
        for each in one.low
    ]
    return {"count": one.count, "total": one.total, "average": float(one.average), "low": low}


def _reason_json(one: Reason) -> dict[str, Any]:
    return {"number": one.number, "customer": one.customer or None, "what": one.what, "why": one.why, "amount": _number(one.amount),
            "owner": one.owner, "urgent": one.urgent}  # fmt: skip


def group_json(one: Group) -> dict[str, Any]:
    """A group for scripts."""
    return {"key": one.key, "title": one.title, "count": len(one), "amount": float(one.amount), "unknown": one.unknown, "in_hand": one.in_hand,
            "lines": [_line_json(line) for line in one.lines]}  # fmt: skip


def _line_json(line: Line) -> dict[str, Any]:
    place = line.place
    return {
        "what": line.what, "customer": line.customer or None, "why": line.why, "amount": _number(line.amount), "days": line.days,
        "owner": line.owner or None, "table": line.table or None, "record": line.record or None, "in_hand": line.in_hand,
        "source": {"file": place.file, "sheet": place.sheet, "row": place.row} if place else None,
    }  # fmt: skip


def share_json(one: Share) -> dict[str, Any]:
    """A share for scripts, with its definition."""
    before = {"part": one.before[0], "whole": one.before[1]} if one.before else None
    return {
        "key": one.key, "title": one.title, "sentence": one.sentence, "part": one.part, "whole": one.whole,
        "first": one.window.first.isoformat(), "last": one.window.last.isoformat(), "before": before, "unknown": one.unknown or None,
    }  # fmt: skip


def average_json(one: Average) -> dict[str, Any]:
    """A mean for scripts, with its definition."""
    before = {"total": float(one.before[0]), "count": one.before[1]} if one.before else None
    return {
        "key": one.key, "title": one.title, "sentence": one.sentence, "mean": _number(one.mean), "total": float(one.total), "count": one.count,
        "unit": one.unit, "first": one.window.first.isoformat(), "last": one.window.last.isoformat(), "before": before, "unknown": one.unknown or None,
    }  # fmt: skip


def series_json(one: Series) -> dict[str, Any]:
    """A figure week by week for scripts."""
    weeks = [{"week": start.isoformat(), "value": float(value)} for start, value in zip(one.starts, one.values, strict=True)]
    return {"key": one.key, "title": one.title, "unit": one.unit, "weeks": weeks, "notes": list(one.notes)}


def measured_json(one: Measured) -> dict[str, Any]:
    """A recipe's measure for scripts."""
    return {
        "recipe": one.recipe, "title": one.title, "planned": one.planned, "sent": one.sent, "written": one.written,
        "delivered": one.delivered, "answered": one.answered,
        "won": one.won, "won_amount": _number(one.won_amount), "opted_out": one.opted_out, "won_unknown": one.won_unknown or None,
        "minutes_saved": one.minutes_saved,
    }  # fmt: skip


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
