"""Run a recipe: read, plan, brake or act, and put before people what is theirs."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from contractor_ops.actions.assign import assign
from contractor_ops.actions.bundle import bundles_of
from contractor_ops.actions.calendar import calendar
from contractor_ops.actions.check_materials import check_materials
from contractor_ops.actions.checklist import checklist
from contractor_ops.actions.desk import Desk
from contractor_ops.actions.draft_invoice import leave_drafts
from contractor_ops.actions.message import Sending, send_all
from contractor_ops.actions.task import put_on_the_list
from contractor_ops.actions.update_row import update_row
from contractor_ops.errors import ContractorOpsError, Exit, FilesNeedMending, LedgerTrouble
from contractor_ops.office import Office
from contractor_ops.planning.brakes import Evidence, brakes
from contractor_ops.planning.decision import Decision, Plan
from contractor_ops.planning.former import as_one
from contractor_ops.planning.identity import own_day
from contractor_ops.planning.planner import Request, day_start, plan
from contractor_ops.planning.sending_hours import allowed, closes_at
from contractor_ops.planning.standing import set_aside
from contractor_ops.planning.talks import talks
from contractor_ops.ports import AnswerWeight, Away, RunEnd, Shape
from contractor_ops.recipe import Recipe
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Table
from contractor_ops.tables.records import places_of
from contractor_ops.views.bookings import BOOKINGS
from contractor_ops.views.catalogue import READABLE
from contractor_ops.work.alerts import about_decision, about_row, alert
from contractor_ops.work.ledger_lost import lost_ledger
from contractor_ops.work.own_messages import DIGEST, INBOX
from contractor_ops.work.queue import keep_queue
from contractor_ops.work.recover import recover
from contractor_ops.work.tasks_settled import settle_tasks
from contractor_ops.work.wordings import wording_mistakes

AT_THE_DESK = {
    "update-row": update_row,
    "assign": assign,
    "check-materials": check_materials,
    "checklist": checklist,
    "calendar": calendar,
}
"""Actions that send nothing, in the order in which they are done."""
Clock = Callable[[], datetime]
Tell = Callable[[str, int, int | None], None]
"""What is being done, how much of it is done, and how much there is (None when nobody knows)."""


STOPPED_BY: Mapping[str, frozenset[AnswerWeight]] = {"follow-up": frozenset({"stops", "pleasant"}), "service": frozenset({"stops"})}
"""Any answer of a person ends what chases or sells; "yes" and "thanks" let service messages go on."""
_TOLD_TO_OWNER = frozenset({"act", "review", "done"})
TROUBLE_LASTS = timedelta(days=3)
"""How long a provider's word that nothing gets through holds runs back, if nothing has been delivered since."""


def _silent(what: str, done: int, total: int | None) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Run:
    """What a run of one recipe came to: the run document, what went wrong on the way, and the exit code."""

    plan: Plan
    table: Table
    trouble: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> Exit:
        """4 when a brake held it, 5 when a message failed or could not be put to its provider."""
        if brakes_of((self,)):
            return Exit.BRAKE
        failed = any(decision.outcome in {"failed", "in_doubt"} for decision in self.plan.unsettled)
        return Exit.SOME_FAILED if failed or self.trouble else Exit.DONE


def run_recipes(
    office: Office, names: Sequence[str], now: datetime, clock: Clock, *, send: bool, accept: Sequence[str] = (), tell: Tell = _silent
) -> tuple[list[Run], list[ContractorOpsError]]:
    """Run several recipes, the one with the highest priority first; one that cannot run does not stop the others.

    Returns the runs in the order that was asked for, and what kept the other recipes from running.
    """
    sent_today: dict[str, int] = {}
    done: dict[str, Run] = {}
    errors: list[ContractorOpsError] = []
    office.check_channels()
    recipes = [recipe for name in dict.fromkeys(names) if (recipe := _opened(office, name, errors))]
    for recipe in sorted(recipes, key=lambda recipe: -recipe.priority):
        try:
            done[recipe.name] = run_recipe(office, recipe, now, clock, send=send, accept=accept, sent_today=sent_today, tell=tell)
        except LedgerTrouble:
            raise
        except ContractorOpsError as error:
            errors.append(error)
    _write_back(office, [(recipe, done[recipe.name]) for recipe in recipes if recipe.name in done], clock, really=send)
    return [done[recipe.name] for recipe in recipes if recipe.name in done], errors


def _write_back(office: Office, runs: Sequence[tuple[Recipe, Run]], clock: Clock, *, really: bool) -> None:
    """Write what the runs that nothing held came to into the sheets that allow it; what cannot be written is told and spoils no run."""
    if not any(part.write_back for part in office.config.tables.values()):
        return
    from contractor_ops.work.write_back import write_back

    now = clock().astimezone(office.zone)
    free = [(recipe, run) for recipe, run in runs if not brakes_of((run,)) and recipe.mode != "rehearse"]
    told = write_back(
        office, [(recipe, run.plan) for recipe, run in free], lambda recipe: _planned(office, recipe, now, {}).plan, now, really=really
    )
    for recipe, run in free:
        run.plan.write_back = [one for one in told if office.main_of(recipe.reads) in one.tables]


def exit_of(runs: Sequence[Run], errors: Sequence[ContractorOpsError]) -> Exit:
    """What several recipes end with: a bug, files to mend, a brake, failures, busy; the first of these that occurred."""
    codes = [*(one.exit_code for one in runs), *(error.exit_code for error in errors)]
    return min((code for code in codes if code), default=Exit.DONE)


def brakes_of(runs: Sequence[Run]) -> list[str]:
    """The names of the brakes that held these runs."""
    return list(dict.fromkeys(brake.name for one in runs for brake in one.plan.brakes if brake.name not in one.plan.accepted))


def _opened(office: Office, name: str, errors: list[ContractorOpsError]) -> Recipe | None:
    try:
        return office.recipe(name)
    except ContractorOpsError as error:
        errors.append(error)
        return None


def run_recipe(
    office: Office,
    recipe: Recipe,
    now: datetime,
    clock: Clock,
    *,
    send: bool,
    accept: Sequence[str] = (),
    sent_today: dict[str, int] | None = None,
    tell: Tell = _silent,
) -> Run:
    """Rehearse or act. Raises RunUnderWay when another `--send` of this recipe is at work."""
    lost = lost_ledger(office)  # the lock would look like that of an earlier run
    with office.lock(recipe.key) if send else nullcontext():
        ledger = office.ledger
        # The ledger of the runs before this one is what a brake looks at.
        last_sent, last_machine = ledger.last_sent_now(recipe.key), ledger.last_machine()
        number = ledger.open_run(recipe.key, now, send, recipe.mode, office.machine)
        run = None
        try:
            if send:
                recover(office, recipe.key, number, clock)
            tell(f"{recipe.title}: reading {recipe.reads}", 0, None)
            planned_today = dict(sent_today or {})
            run = _planned(office, recipe, now, planned_today)
            run.plan.sent, run.plan.accepted = send, tuple(accept)
            run.plan.brakes = brakes(_evidence(office, recipe, now, last_sent, last_machine, lost), run.plan)
            if run.exit_code is not Exit.BRAKE:
                if sent_today is not None and recipe.mode != "rehearse":
                    sent_today.update(planned_today)  # what a brake holds, or a rehearsal only shows, uses up nobody's day
                _act(office, recipe, run, number, clock, tell)
            elif send and recipe.mode != "rehearse":  # a brake holds what goes to customers, and no word of danger to the owner
                run.trouble += _alerts(office, recipe, run.plan, run.table, number, clock)
        except BaseException as error:
            code = error.exit_code if isinstance(error, ContractorOpsError) else Exit.BUG
            ledger.close_run(number, clock(), RunEnd(int(code), run.plan.counts() if run else {}, error=str(error) or type(error).__name__))
            raise
        ledger.close_run(number, clock(), _end(run, accept))
        return run


def plan_recipe(office: Office, recipe: Recipe, now: datetime) -> Plan:
    """What a rehearsal would say, with nothing written anywhere."""
    run = _planned(office, recipe, now, {})
    run.plan.brakes = brakes(
        _evidence(office, recipe, now, office.ledger.last_sent_now(recipe.key), office.ledger.last_machine(), lost_ledger(office)), run.plan
    )
    return run.plan


def _planned(office: Office, recipe: Recipe, now: datetime, sent_today: dict[str, int]) -> Run:
    ledger, spec = office.ledger, READABLE[recipe.reads]
    if mistakes := wording_mistakes(recipe):
        raise FilesNeedMending(mistakes, "contractor-ops check tells about every recipe at once.")
    table = office.table(recipe.reads, complete=spec.known_by_address, now=now)
    former = office.former_names(now) if recipe.shape == "trail" and recipe.reads == BOOKINGS.spec.name else {}
    request = Request(
        recipe, spec, table, _people_table(office, "customers"),
        _people_table(office, "technicians") if any(step.to.endswith("technician") for step in recipe.steps) else None, office.facts, office.config.people,
        lambda ids, addresses: as_one(
            ledger.history(recipe.key, recipe.reads, [*ids, *(former[one] for one in ids if one in former)], addresses, day_start(now)), former
        ),
        frozenset(address for address, _, _ in ledger.opt_outs()), now, sent_today,
        talks(office.table("calls"), office.own_numbers, now) if recipe.ends.called and office.has("calls") else {},
        _away(office, recipe, table, former, now), office.main_of(recipe.reads),
    )  # fmt: skip
    return Run(plan(request), table)


def _away(office: Office, recipe: Recipe, table: Table, former: Mapping[str, str], now: datetime) -> list[Away]:
    """Who was told of rows that left the sheet; of a part of a table that is handed in nobody can tell which did."""
    if recipe.shape != "trail" or office.main_of(recipe.reads) in office.replaced:
        return []
    rows = [*table.records, *(office.table(office.main_of(recipe.reads)).records)]
    present = {identity for row in rows if (identity := record_id(row, READABLE[recipe.reads]))}
    return office.ledger.away(recipe.key, recipe.reads, present | set(former.values()), now.date())


def _trust_shape(office: Office, recipe: Recipe, plan: Plan) -> None:
    """Remember the sheet's shape, to notice tomorrow that half of it is missing.

    A brake that was lifted for a rehearsal still holds the sending. One that was lifted for a sending settles the number of
    rows; a column that stops messages is missed until it is back.
    """
    name = office.main_of(recipe.reads)
    before, table = office.ledger.shape(name), _sheet(office, recipe)
    columns = tuple(name for name in table.columns if table.has(name))
    if plan.brakes and not plan.sent:
        return
    if plan.brakes and before:
        columns = tuple(dict.fromkeys((*before.columns, *columns)))
    office.ledger.remember_shape(name, Shape(len(table.records), columns, plan.now))


def _sheet(office: Office, recipe: Recipe) -> Table:
    """The table whose sheet the brakes look at."""
    name = office.main_of(recipe.reads)
    return office.table(name, complete=name != recipe.reads or READABLE[name].known_by_address)


def _people_table(office: Office, name: str) -> Table | None:
    return office.table(name) if office.has(name) else None


def _evidence(office: Office, recipe: Recipe, now: datetime, last_sent: datetime | None, last_machine: str | None, lost: str) -> Evidence:
    name = office.main_of(recipe.reads)
    ledger, part = office.ledger, office.config.tables.get(name)
    seen, present = ledger.recipes_seen(), frozenset((*office.recipe_files(), INBOX, DIGEST))
    if not seen.keys() <= present:  # a recipe may go by another name in the ledger than in its file
        present |= {one.key for one in office.recipes()}
    # A part of a table that is handed in is no shorter sheet.
    shape = ledger.shape(name) if name not in office.replaced else None
    return Evidence(recipe, READABLE[name], _sheet(office, recipe), shape, part.max_age if part else None, last_sent,
                    seen, present, office.machine, last_machine, office.facts.per_run, office.facts.calendar,
                    ledger.channel_troubles(now - TROUBLE_LASTS), lost)  # fmt: skip


def _act(office: Office, recipe: Recipe, run: Run, number: int, clock: Clock, tell: Tell) -> None:
    """What a run does once nothing holds it: trust the sheet's shape, act where that was asked for, keep the queue."""
    plan, table = run.plan, run.table
    whole = office.main_of(recipe.reads) not in office.replaced
    if whole:
        _trust_shape(office, recipe, plan)
    if plan.sent and recipe.mode != "rehearse":
        run.trouble += _alerts(office, recipe, plan, table, number, clock)  # danger first
        office.ledger.watch(recipe.key, plan.watched)
        days = _days(plan, table, recipe)
        keys = {step.name: step.key for step in recipe.steps}
        put_on_the_list(bundles_of(plan.unsettled, "task"), recipe.key, number, office.ledger, clock, keys, days)
        desk = Desk(recipe.key, number, office.ledger, clock, keys, days, office.keep_file)
        for action, act in AT_THE_DESK.items():
            run.trouble += desk.do(bundles_of(plan.unsettled, action), act)
        run.trouble += leave_drafts(replace(desk, keep=office.keep_draft), bundles_of(plan.unsettled, "draft-invoice"))
        sending = _sending(office, recipe, plan, number, clock, keys, days)
        messages = bundles_of(plan.unsettled, "message")
        sending.progress = lambda done: tell(f"{recipe.title}: sending", done, len(messages))
        for kind, cap in (("service", None), ("follow-up", office.facts.per_address_per_day)):
            mine = [bundle for bundle in messages if bundle[0].where and bundle[0].commercial == (kind == "follow-up")]
            sending = replace(sending, cap=cap, stopped_by=STOPPED_BY[recipe.kind])
            send_all(mine, sending)
        # Our own people are exempt from the daily cap.
        sending = replace(sending, cap=None, stopped_by=frozenset())
        send_all([bundle for bundle in messages if not bundle[0].where], sending)
        run.trouble += sending.trouble
        if whole:
            settle_tasks(office, recipe, plan, table, clock())
    keep_queue(office.ledger, recipe, plan, clock(), whole=whole)


def _alerts(office: Office, recipe: Recipe, plan: Plan, table: Table, number: int, clock: Clock) -> list[str]:
    """Tell the owner about every urgent row, once, also where an earlier run that put it on the list could not; what kept an alert from leaving."""
    # Rows that left the sheet have no place of their own.
    urgent = {
        (one.place, (one.record, one.step) if plan.trail else None): one
        for one in plan.eventful
        if one.urgent and one.decision in _TOLD_TO_OWNER
    }
    places = {place for place, _ in urgent}
    rows = {place: table.records[at] for at, place in enumerate(places_of(table.records)) if place in places} if urgent else {}
    trouble: list[str] = []
    for one in urgent.values():
        row = rows.get(one.place)
        if (
            about := about_decision(one, row)
            if plan.trail
            else row and about_row(row, f"{one.table}/{one.record}/{own_day(row)}", one.urgent)
        ):
            trouble += alert(office, recipe.key, about, number, clock)
    return list(dict.fromkeys(trouble))


def _days(plan: Plan, table: Table, recipe: Recipe) -> dict[str, str]:
    """The own day of each record that is about to be acted on."""
    places = {decision.place for decision in plan.unsettled if decision.decision == "act"}
    acting = (table.records[at] for at, place in enumerate(places_of(table.records)) if place in places) if places else ()
    return {identity: own_day(record) for record in acting if (identity := record_id(record, READABLE[recipe.reads]))}


def _sending(office: Office, recipe: Recipe, plan: Plan, number: int, clock: Clock, keys: dict[str, str], days: dict[str, str]) -> Sending:
    facts = office.facts

    def may_leave(bundle: list[Decision], moment: datetime) -> tuple[bool, datetime | None]:
        where, leaves_by = bundle[0].where, bundle[0].leaves_by
        if leaves_by and moment.timestamp() > leaves_by.timestamp():
            return False, None
        return allowed(moment, facts.hours, where) if where else (True, None)

    def closes(bundle: list[Decision], moment: datetime) -> datetime | None:
        where, leaves_by = bundle[0].where, bundle[0].leaves_by
        ends = [end for end in (leaves_by, closes_at(moment, facts.hours, where) if where else None) if end]
        return min(ends, key=datetime.timestamp, default=None)

    return Sending(
        recipe.key, number, office.ledger, office.channel, clock, may_leave, office.new_message_id, keys, days, None, day_start(plan.now),
        closes=closes, aside={step.name: set_aside(recipe, step) for step in recipe.steps if step.asks == "review"},
    )  # fmt: skip


def _end(run: Run, accept: Sequence[str]) -> RunEnd:
    held = [brake for brake in run.plan.brakes if brake.name not in accept]
    return RunEnd(
        int(run.exit_code), run.plan.counts(), [brake.name for brake in held], [name for name in accept if name], "; ".join(run.trouble),
        [(brake.message, brake.remedy) for brake in held],
    )  # fmt: skip
