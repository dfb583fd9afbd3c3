"""The planner: a recipe, its table, what the ledger remembers and the time now become one decision for every row."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from contractor_ops.config import Person
from contractor_ops.planning.asking import Asking
from contractor_ops.planning.bundles import Writer
from contractor_ops.planning.changes import changes_of
from contractor_ops.planning.composer import AFTER_HOURS, Composer
from contractor_ops.planning.contacts import Contact, CustomerList, contact_of, customer_list, may_match, together
from contractor_ops.planning.decision import ByRow, Decision, Plan
from contractor_ops.planning.doubts import Doubts
from contractor_ops.planning.ending import Ending
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.judge import Judge
from contractor_ops.planning.overtaking import Overtaking
from contractor_ops.planning.past import past_of
from contractor_ops.planning.phrases import opening
from contractor_ops.planning.ready import Credits, Ready
from contractor_ops.planning.screen import LiveRow, owed_on, screener_for
from contractor_ops.planning.standing import Standing, paused_keys
from contractor_ops.planning.told import told
from contractor_ops.planning.wording import Wording, wording_of
from contractor_ops.ports import SETTLED, History
from contractor_ops.recipe import Recipe, Step
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.record import Record, Table

Remember = Callable[[Sequence[str], Sequence[str]], History]
"""Record ids, and addresses and keys of customers, in; what the ledger knows of them out."""


@dataclass(frozen=True, slots=True)
class Request:
    """What one plan is made of.

    `opted_out`: every address that wants no messages; `sent_today`: messages that this command has planned already; `talks`: the latest
    telephone conversation with each number (aware), where a recipe asks for it.
    """

    recipe: Recipe
    spec: TableSpec
    table: Table
    customers: Table | None
    technicians: Table | None
    facts: Facts
    people: Mapping[str, Person]
    remember: Remember
    opted_out: frozenset[str]
    now: datetime
    sent_today: dict[str, int] = field(default_factory=dict)
    talks: Mapping[str, datetime] = field(default_factory=dict)


def plan(request: Request) -> Plan:
    """One decision for every row (in a trail, each row and step), in the order of the sheet."""
    recipe, table, now = request.recipe, request.table, request.now
    screener = screener_for(recipe, request.spec, table, request.facts, now)
    looked = screener.look_at_all(table.records)
    live = [one for one in looked.near.values() if isinstance(one, LiveRow)]
    customers = customer_list(request.customers)
    owing = _contacts(request, live, customers)
    credited = _credited(request, customers) if recipe.one_per == "customer" else []
    joined = together([*owing.values(), *(contact for contact, _ in credited)])
    contacts = dict(zip(owing, joined, strict=False))
    trail = recipe.shape == "trail"
    others = [one for one in (looked if trail else looked.near.values()) if isinstance(one, Decision)]
    asked = [one.record for one in others if trail or one.decision == "broken"]
    reached = {who for contact in contacts.values() for who in (contact.key, *contact.addresses, *contact.listed_addresses) if who}
    history = request.remember([*(row.id for row in live), *asked], sorted(reached))
    history.opted_out = history.opted_out | request.opted_out
    credits = _credits([(contact, amount) for contact, (_, amount) in zip(joined[len(owing) :], credited, strict=True)])
    texts, subjects = _wordings(recipe, request.facts)
    names = {key: frozenset(text.names() | (subjects[key].names() if key in subjects else set())) for key, text in texts.items()}
    paused = paused_keys(history.pauses, contacts.values())
    standing = Standing(history, request.facts, now, paused)
    doubts = Doubts(recipe, request.spec, request.facts, contacts, credits, names, standing)
    judge = _judge(request, screener.anchor_column, history, contacts, standing, doubts)
    twins = _twins(live)
    judged = [(row.position, verdict) for row in live for verdict in (judge.twin(row) if row.position in twins else judge.judge(row))]
    for address, messages in history.sent_today.items():
        request.sent_today[address] = max(messages, request.sent_today.get(address, 0))
    composer = Composer(recipe, request.spec, request.facts, request.people, texts, subjects, credits, now,
                        customer_list(request.technicians), history.landlines, _opens(request.facts, now), history.opted_out)  # fmt: skip
    asking = Asking(recipe, request.spec, request.facts, credits, history.undelivered, told(judge.past, live, contacts, now))
    writer = Writer(recipe, request.spec, request.facts, now, request.sent_today, composer, asking)
    settled = [(position, one) for position, one in judged if isinstance(one, Decision)]
    settled += writer.decide([one for _, one in judged if isinstance(one, Ready)])
    decisions = _in_order(looked, settled, history, recipe)
    known = set(table.problems)
    problems = [*table.problems, *table.warnings, *(p for row in live for p in row.record.problems.values() if p not in known)]
    return Plan(
        recipe.name,
        recipe.title,
        now,
        recipe.mode,
        False,
        len(table.records),
        decisions,
        problems=problems,
        trail=trail,
        sums=table.sums,
        watched=judge.past.changes.seen,
    )


def _judge(
    request: Request, anchor_column: str, history: History, contacts: Mapping[int, Contact], standing: Standing, doubts: Doubts
) -> Judge:
    recipe, facts, now = request.recipe, request.facts, request.now
    past = past_of(recipe, facts, history, changes_of(request.spec, now, history))
    overtaking = Overtaking(past, now, anchor_column, frozenset(key.record for key in history.releases))
    ending = Ending(recipe, now, anchor_column, standing, doubts, request.talks)
    return Judge(recipe, facts, now, anchor_column, history, contacts, standing, past, overtaking, ending, doubts)


def _opens(facts: Facts, now: datetime) -> str:
    """When the office opens next, for a message to say; "" for one that never does."""
    try:
        return opening(facts.calendar.next_opening(now), now)
    except ValueError:
        return ""


def _contacts(request: Request, live: Sequence[LiveRow], customers: CustomerList) -> dict[int, Contact]:
    """Contacts by row position, for rows that have something due or that may be an opted-out customer's; cleaning is dear."""
    contacts, now = {}, request.now.timestamp()
    for row in live:
        if row.steps[0].due.timestamp() <= now or _may_have_opted_out(request, row.record, customers):
            row.record = complete_record(row.record, request.spec, request.facts.country, request.table.columns)
            contacts[row.position] = contact_of(row.record, customers)
    return contacts


def _twins(live: Sequence[LiveRow]) -> set[int]:
    """Rows that are the same as one before them and have no number to tell them apart."""
    seen: set[str] = set()
    return {row.position for row in live if row.id.startswith("~") and (row.id in seen or seen.add(row.id))}  # type: ignore[func-returns-value]


def _may_have_opted_out(request: Request, record: Record, customers: CustomerList) -> bool:
    if not request.opted_out:
        return False
    listed = customers.find(record)
    return may_match(record, request.opted_out) or (listed is not None and may_match(listed, request.opted_out))


def _credited(request: Request, customers: CustomerList) -> list[tuple[Contact, Decimal]]:
    """Whose credits stand in the same table, as positive amounts."""
    found = []
    for record in request.table.records:
        owed = owed_on(record)
        if owed is not None and owed < 0 and not _used_up(record, request):
            record = complete_record(record, request.spec, request.facts.country, request.table.columns)
            found.append((contact_of(record, customers), -owed))
    return found


def _used_up(record: Record, request: Request) -> bool:
    """Whether a credit's own status says that it counts no more: paid out, void, or not issued yet."""
    meaning = meaning_of(str(record["status"]), request.spec.statuses) if record["status"] is not None else None
    return meaning is not None and (meaning == "draft" or meaning in request.recipe.ends.status)


def _credits(found: Sequence[tuple[Contact, Decimal]]) -> Credits:
    by_key: dict[str, Decimal] = {}
    by_name: dict[str, Decimal] = {}
    for contact, amount in found:
        if contact.key:
            by_key[contact.key] = by_key.get(contact.key, Decimal(0)) + amount
        elif name := normal_name(contact.name or ""):
            by_name[name] = by_name.get(name, Decimal(0)) + amount
    return Credits(by_key, by_name)


def _wordings(recipe: Recipe, facts: Facts) -> tuple[dict[str, Wording], dict[str, Wording]]:
    def wording(step: Step, text: str, key: str) -> Wording:
        return wording_of(text, f"{recipe.name}, step {step.name}, {key}", facts.currency)

    texts = {step.key: wording(step, step.words, "text") for step in recipe.steps}
    texts |= {
        f"{step.key}/sets/{column}": wording(step, text, f"sets.{column}") for step in recipe.steps for column, text in step.sets.items()
    }
    texts |= {
        f"{step.key}{AFTER_HOURS}": wording(step, step.text_after_hours, "text_after_hours")
        for step in recipe.steps
        if step.text_after_hours
    }
    return texts, {step.key: wording(step, step.subject, "subject") for step in recipe.steps if step.subject}


def _in_order(
    looked: ByRow[Decision | LiveRow], settled: Iterable[tuple[int, Decision]], history: History, recipe: Recipe
) -> Sequence[Decision]:
    by_row: dict[int, list[Decision]] = {}
    for position, decision in settled:
        by_row.setdefault(position, []).append(decision)
    if recipe.shape == "trail":
        return _in_trails(looked, by_row, history, recipe)
    near: dict[int, Decision] = {}
    for position, one in looked.near.items():
        if isinstance(one, LiveRow):
            [near[position]] = by_row[position]
        else:
            near[position] = _unless_skipped(one, history)
    return ByRow(looked.table, looked.records, looked.over, looked.owner, near)


def _in_trails(
    looked: Iterable[Decision | LiveRow], by_row: Mapping[int, list[Decision]], history: History, recipe: Recipe
) -> list[Decision]:
    """Each row's steps in the recipe's order. What was done in a trail stays done, whatever has become of its row."""
    places = {step.name: place for place, step in enumerate(recipe.steps)}
    done = {(key.record, key.step) for key, memory in history.steps.items() if memory.state in SETTLED}
    decisions: list[Decision] = []
    for position, one in enumerate(looked):
        if isinstance(one, LiveRow):
            decisions += sorted(by_row[position], key=lambda decision: places.get(decision.step or "", 0))
        else:
            decisions += [_in_trail(one, step, history, done) for step in recipe.steps]
    return decisions


def _in_trail(decision: Decision, step: Step, history: History, done: Set[tuple[str, str]]) -> Decision:
    if (decision.record, step.key) in done:
        return replace(decision, decision="done", step=step.name, reason="it is done")
    return replace(_unless_skipped(decision, history), step=step.name)


def _unless_skipped(decision: Decision, history: History) -> Decision:
    """What a person has taken over is over, also where its row cannot be used."""
    because = history.skips.get(decision.record) if decision.decision == "broken" else None
    return decision if because is None else replace(decision, decision="ended", reason=f"skipped by a person: {because}")


def day_start(now: datetime) -> datetime:
    """Midnight at the start of the office's day, for daily caps."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
