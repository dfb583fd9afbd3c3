"""Where bookings stand: every step of every trail that reads them, with nothing written anywhere."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from contractor_ops.config import people_names
from contractor_ops.errors import ContractorOpsError, FilesNeedMending, LedgerTrouble, TypedWrong, UnknownName
from contractor_ops.office import Office
from contractor_ops.planning.decision import Plan
from contractor_ops.recipe import Recipe
from contractor_ops.reports.trail import BookingTrail, OpenTrails, Overdue, TrailStep
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Place, Record, Table, Value
from contractor_ops.views.catalogue import READABLE
from contractor_ops.work.run import plan_recipe
from contractor_ops.work.trail_gone import gone_trail
from contractor_ops.work.trail_heard import heard_since
from contractor_ops.work.trail_order import by_gravity, gravest
from contractor_ops.work.trail_steps import Queue, Teller, overdue_step, own_words, queue_of
from contractor_ops.work.trail_untold import must_be_settled, untold_step
from contractor_ops.work.why import rows_called

BOOKINGS = "bookings"
JUST_DONE = timedelta(days=30)
"""How long a completed booking still counts among the open ones: its thank-you, its rating and its review request are in that time."""
_TO_COME = frozenset({"booked", "scheduled", "under-way", "on-hold"})
_LISTED = 20


def trail(office: Office, wanted: str, now: datetime) -> BookingTrail:
    """One booking's trail, found by the job's number, or the customer's name or telephone number.

    Raises UnknownName where there is none, and TypedWrong with the bookings that fit where there are several.
    """
    table = _bookings(office, now)
    try:
        record = _one(table, wanted, now)
    except UnknownName:
        if gone := gone_trail(office, wanted, table, _recipes(office), now):
            return gone
        raise
    identity = record_id(record, READABLE[BOOKINGS]) or ""
    plans, notes = _planned(office, now)
    queue = queue_of(office, now)
    steps = [step for recipe, plan in plans for step in _steps_of(office, recipe, plan, record, identity, queue)]
    return BookingTrail(
        str(record["number"] or ""), _text(record["customer"]), _text(record["title"] or record["job_type"]), _text(record["status"]),
        _when(record["starts_at"]), _text(record["technician"]), str(record.place), now, steps, own_words(office, identity, now),
        heard_since(office, record, identity, now), notes, people_names(office.config.people),
    )  # fmt: skip


def trails(office: Office, now: datetime) -> OpenTrails:
    """The gravest overdue step of every open booking, the gravest first; one whose people know nothing for want of something is among them."""
    open_ones = {record.place: record for record in _bookings(office, now).records if _is_open(record, now)}
    plans, notes = _planned(office, now)
    queue, late = queue_of(office, now), dict[Place, list[TrailStep]]()
    for recipe, plan in plans:
        for one in plan.unsettled:
            if one.place in open_ones and (step := overdue_step(recipe, one, queue, now)):
                late.setdefault(one.place, []).append(step)
        for place, record in open_ones.items():
            if place not in late and must_be_settled(record, now) and (step := _untold(office, recipe, plan, record, queue)):
                late[place] = [step]
    rows = sorted((_overdue(open_ones[place], steps) for place, steps in late.items()), key=lambda one: by_gravity(one, now))
    return OpenTrails(now, rows, len(open_ones) - len(rows), notes, people_names(office.config.people))


# ── finding ──


def _bookings(office: Office, now: datetime) -> Table:
    if not office.has(BOOKINGS):
        raise UnknownName(
            "A trail is about bookings, and config.toml does not say where the table jobs is.",
            'Add [tables.jobs] with file = "…" to config.toml.',
        )
    return office.table(BOOKINGS, now=now)


def _one(table: Table, wanted: str, now: datetime) -> Record:
    """The one booking that is meant; rows that share a number are one, which its steps say."""
    found = rows_called(table, wanted)
    if len({record["number"] or record.place for record in found}) == 1:
        return found[0]
    found = sorted(found, key=lambda record: (not _is_open(record, now), str(record["starts_at"] or "")))
    lines = [f"  {_listed(record)}" for record in found[:_LISTED]]
    more = [f"  and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
    raise TypedWrong(
        "\n".join([f'"{wanted}" fits {len(found)} bookings:', *lines, *more]), "Name one by its number: contractor-ops trail NUMBER"
    )


def _listed(record: Record) -> str:
    parts = (
        record["number"] or f"row {record.place.row}",
        record["customer"],
        record["title"] or record["job_type"],
        record["status"],
        _when(record["starts_at"]),
    )
    return ", ".join(str(part) for part in parts if part)


def _is_open(record: Record, now: datetime) -> bool:
    meaning = meaning_of(str(record["status"] or ""), TABLES["jobs"].statuses)
    if meaning in {"completed", "invoiced"}:
        done = record["completed_on"]
        return isinstance(done, date) and _day(done) >= (now - JUST_DONE).date()
    return meaning is None or meaning in _TO_COME  # what nobody can read may well be to come


# ── planning ──


def _planned(office: Office, now: datetime) -> tuple[list[tuple[Recipe, Plan]], list[str]]:
    """What every trail of bookings decides now, and what keeps one from deciding or from running."""
    plans, notes = [], []
    for recipe in _recipes(office):
        try:
            plan = plan_recipe(office, recipe, now)
        except LedgerTrouble:
            raise
        except FilesNeedMending as error:
            notes += [f"{recipe.name}: {mistake}" for mistake in error.mistakes]
        except ContractorOpsError as error:
            notes.append(f"{recipe.name}: {error.message}")
        else:
            plans.append((recipe, plan))
            notes += [f"{recipe.name} is stopped by a brake: {brake.message}" for brake in plan.brakes]
            if recipe.mode != "rehearse" and office.ledger.last_sent_now(recipe.key) is None:
                notes.append(f"{recipe.name} has not run yet, so nothing of it is overdue: contractor-ops run {recipe.name} --send")
            notes += [f'{recipe.name} only rehearses (mode = "rehearse"): it does nothing by itself.'] if recipe.mode == "rehearse" else []
    if not plans and not notes:
        notes.append('No recipe is a trail of bookings: one has shape = "trail" and reads = "bookings", like booking-trail, which ships.')
    return plans, notes


def _recipes(office: Office) -> list[Recipe]:
    return [recipe for recipe in office.recipes() if recipe.shape == "trail" and recipe.reads == BOOKINGS]


def _untold(office: Office, recipe: Recipe, plan: Plan, record: Record, queue: Queue) -> TrailStep | None:
    teller = Teller(office, recipe, record, record_id(record, READABLE[BOOKINGS]) or "", queue, plan.now)
    return untold_step(teller, teller.steps([one for one in plan.decisions if one.place == record.place]))


def _steps_of(office: Office, recipe: Recipe, plan: Plan, record: Record, identity: str, queue: Queue) -> list[TrailStep]:
    decisions = [one for one in plan.decisions if one.place == record.place]
    return Teller(office, recipe, record, identity, queue, plan.now).steps(decisions)


# ── words ──


def _overdue(record: Record, steps: Sequence[TrailStep]) -> Overdue:
    first = gravest(steps)
    return Overdue(str(record["number"] or ""), _text(record["customer"]), _when(record["starts_at"]), first, len(steps) - 1)


def _text(value: Value) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _when(value: Value) -> str:
    """A day, or a moment on the office's clock to the minute, as ISO."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat() if isinstance(value, date) else ""


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
