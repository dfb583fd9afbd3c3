"""The first look at every row, by the row alone: over, not what the recipe is about, unusable, or live.

Most rows of a real sheet are over, and are decided here without cleaning a phone number or asking the ledger.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.planning.calendar import due_moment
from contractor_ops.planning.conditions import first_met, first_unmet, label
from contractor_ops.planning.decision import ByRow, Decision, Kind
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.identity import row_hash
from contractor_ops.planning.phrases import DAYS, cell_trouble, money
from contractor_ops.planning.steps import DueStep
from contractor_ops.planning.trail import Trail
from contractor_ops.recipe import Recipe, Step
from contractor_ops.spans import Span
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record, Table, Value
from contractor_ops.tables.records import column_of


@dataclass(slots=True)
class LiveRow:
    """A row that the recipe is about: `steps` in the order they fall due, `doubts` what a person must look at before anything leaves.

    `unknown`: why nobody can tell by its status whether the recipe, or which of its steps, is for it.
    """

    position: int
    record: Record
    id: str
    steps: tuple[DueStep, ...]
    note: str = ""
    doubts: list[str] = field(default_factory=list)
    unknown: str = ""
    _hash: tuple[Record, str] | None = None

    @property
    def hash(self) -> str:
        """A hash of everything that its record says."""
        if self._hash is None or self._hash[0] is not self.record:
            self._hash = (self.record, row_hash(self.record))
        return self._hash[1]


@dataclass(frozen=True, slots=True)
class StatusVerdict:
    """What a status alone says of a row: it is over, or not what the recipe is about, or there is a doubt about it."""

    over: str = ""
    outside: str = ""
    doubt: str = ""
    meaning: str | None = None


@dataclass(frozen=True, slots=True)
class Screener:
    """The recipe, its table and the office, made ready to look at many rows."""

    recipe: Recipe
    spec: TableSpec
    table: Table
    facts: Facts
    anchor_column: str
    anchor_note: str
    owes: bool
    now: datetime
    trail: Trail | None = None
    _schedules: dict[object, tuple[DueStep, ...]] = field(default_factory=dict)
    _verdicts: dict[object, StatusVerdict] = field(default_factory=dict)

    def look_at_all(self, records: Sequence[Record]) -> ByRow[Decision | LiveRow]:
        """A first look at every row. Of a row whose status says that it is over nothing else is read: in a large sheet most are."""
        statuses, numbers = column_of(records, "status"), column_of(records, "number")
        over: dict[object, str] = {status: self._over_for_all(self._of_status(status)) for status in set(statuses)}
        near = [at for at, (status, number) in enumerate(zip(statuses, numbers, strict=True)) if not (number and over[status])]
        looked = {at: self.look(at, records[at]) for at in near}
        return ByRow(self.table.name, records, over, self.recipe.owner, looked)

    def _over_for_all(self, verdict: StatusVerdict) -> str:
        """Why a row is over by its status, "" where a trail has steps for just that status: who was told of a visit hears that it is off."""
        return "" if self.trail and self.trail.outlive(verdict.meaning) else verdict.over

    def look(self, position: int, record: Record) -> Decision | LiveRow:
        """A decision where the row alone settles it, else the live row."""
        verdict = self._of_status(record["status"])
        over = verdict.over or self._over(record)
        if over and (not verdict.over or self._over_for_all(verdict)):
            return self._decide("ended", record, over)
        outside = verdict.outside or self._outside(record)
        if outside:
            return self._decide("wait", record, outside)
        identity = record_id(record, self.spec)
        unusable = self._unusable(record)
        if unusable or identity is None:
            return self._decide("broken", record, unusable or "it has neither a number nor a customer")
        steps = self.trail.steps(record, verdict.meaning, over or "") if self.trail else self._schedule(record[self.anchor_column])
        live = LiveRow(position, record, identity, steps, self.anchor_note)
        live.doubts += [str(doubt) for doubt in (verdict.doubt, record["review_because"]) if doubt]
        live.unknown = verdict.doubt if self.spec.statuses and (self.trail or self.recipe.when.status) else ""
        if self._is_ahead(record["paid_on"]):
            live.doubts.append("the day on which it was paid lies ahead")
        return live

    def _is_ahead(self, day: Value) -> bool:
        return isinstance(day, date) and (day.date() if isinstance(day, datetime) else day) > self.now.date()

    def _of_status(self, status: object) -> StatusVerdict:
        known = self._verdicts.get(status)
        if known is None:
            known = self._verdicts[status] = self._verdict(status)
        return known

    def _verdict(self, status: object) -> StatusVerdict:
        if status is None:
            return StatusVerdict(doubt="its status is blank" if self.table.has("status") else "")
        meaning = meaning_of(str(status), self.spec.statuses)
        if meaning is not None and meaning in self.recipe.ends.status:
            return StatusVerdict(over=f"its status is {status}", meaning=meaning)
        wanted = self.recipe.when.status
        if meaning == "draft":
            return StatusVerdict(outside=f"its status is {status}, and drafts never act")
        if meaning is None:
            return StatusVerdict(doubt=f'the status "{status}" has no meaning that I know' if self.spec.statuses else "")
        outside = f"its status is {status}, which this recipe does not act on" if wanted and meaning not in wanted else ""
        return StatusVerdict(outside=outside, meaning=meaning)

    def _over(self, record: Record) -> str | None:
        if settled := record["ended_because"]:  # a view knows
            return str(settled)
        if self.owes:
            if record["paid_on"] is not None and not self._is_ahead(record["paid_on"]) and not _positive(owed_on(record)):
                return "it has been paid"
            if owed_on(record) == 0:
                return "nothing is owed on it"
        return first_met(record, self.recipe.ends.tests) if self.recipe.ends.tests else None

    def _outside(self, record: Record) -> str | None:
        if self.owes and (owed := owed_on(record)) is not None and owed < 0:
            return f"it is a credit of {money(-owed, self.facts.currency)}, nothing to chase"
        return first_unmet(record, self.recipe.when.tests) if self.recipe.when.tests else None

    def _unusable(self, record: Record) -> str | None:
        anchors = () if self.trail else (self.anchor_column,)  # in a trail each step has its own
        for column in (*anchors, "status", "balance", "paid") if record.problems else ():
            if column in record.problems:
                return cell_trouble(column, record.problems[column])
        if self.trail:
            return None
        if record[self.anchor_column] is None:
            return f"it has no {DAYS.get(self.anchor_column, label(self.anchor_column))}, and the steps count from that day"
        if not isinstance(record[self.anchor_column], date):
            return f"{label(self.anchor_column)} is no day"
        return None

    def _schedule(self, anchor: object) -> tuple[DueStep, ...]:
        steps = self._schedules.get(anchor)
        if steps is None and isinstance(anchor, date):
            key = str(anchor) if self.recipe.rearm else ""
            due = [DueStep(step, self.due(step, anchor), key) for step in self.recipe.steps]
            steps = self._schedules[anchor] = tuple(sorted(due, key=lambda one: one.due.timestamp()))
        return steps or ()

    def due(self, step: Step, anchor: date) -> datetime:
        """The moment at which a step is due that counts from this anchor."""
        offset, calendar = step.offset, self.facts.calendar
        due = due_moment(
            anchor, amount=offset.amount, before=offset.before, at=offset.at, calendar=calendar, day_starts=self.facts.day_starts
        )
        if not step.in_hours:
            return due
        try:
            if offset.amount.in_days or offset.before or offset.at:
                return calendar.next_opening(due)
            # Hours count only while the office is open: two hours after the last one of a Friday is on Monday.
            start = due_moment(
                anchor, amount=Span(0, "minutes"), before=False, at=None, calendar=calendar, day_starts=self.facts.day_starts
            )
            return calendar.add_open_time(start, offset.amount.as_timedelta())
        except (OverflowError, ValueError):  # at the end of the calendar, or in an office that never opens
            return due

    def _decide(self, kind: Kind, record: Record, reason: str) -> Decision:
        identity = record.values.get("number") or record_id(record, self.spec) or f"row {record.place.row}"
        customer = record.values.get("customer")
        amount = amount_of(record) if kind == "broken" else None
        return Decision(kind, str(identity), None, reason, record.table, record.place, customer, self.recipe.owner, amount=amount)  # type: ignore[arg-type]


def screener_for(recipe: Recipe, spec: TableSpec, table: Table, facts: Facts, now: datetime) -> Screener:
    """Settle once for the whole table which column the steps count from.

    An estimates sheet that has no column for the day it was sent is counted from the estimate's own date, and the plan says so.
    """
    anchor, note = recipe.when.anchor, ""
    if anchor == "sent_on" and not table.has("sent_on"):
        stand_in = next((column for column in ("created_on", "issued_on") if table.has(column)), None)
        if stand_in:
            anchor, note = stand_in, f" (the sheet does not say when it was sent; counted from the day it was {label(stand_in)})"
    # An invoice is over once it is paid; a visit goes on, whatever is owed for it.
    owes = "balance" in spec.column_names and (recipe.shape == "ladder" or "paid_on" in spec.column_names)
    screener = Screener(recipe, spec, table, facts, anchor, note, owes, now)
    return (
        replace(screener, trail=Trail(recipe, anchor, now, screener.due, facts.hours, table.has("status")))
        if recipe.shape == "trail"
        else screener
    )


def owed_on(record: Record) -> Decimal | None:
    """What is still owed: the balance; without one the total less what was paid, or a total that is a credit or nothing. None: the sheet does not say."""
    balance = record["balance"]
    if isinstance(balance, Decimal):
        return balance
    total, paid = record["total"], record["paid"]
    if "balance" in record.problems or not isinstance(total, Decimal):
        return None
    if isinstance(paid, Decimal):
        return total - paid
    return total if total <= 0 else None


def amount_of(record: Record) -> Decimal | None:
    """The money that a person would want to see beside the row: the amount that it is about, what is owed, else the total."""
    if isinstance(amount := record["amount"], Decimal):
        return amount
    owed = owed_on(record)
    total = record["total"]
    return owed if owed is not None else total if isinstance(total, Decimal) else None


def _positive(value: object) -> bool:
    return isinstance(value, Decimal) and value > 0
