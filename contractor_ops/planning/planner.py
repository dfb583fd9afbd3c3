"""The planner: a recipe, its table, what the ledger remembers and the time now become one decision for every row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from contractor_ops.config import Person
from contractor_ops.planning.asking import Asking
from contractor_ops.planning.bundles import Writer
from contractor_ops.planning.changes import changes_of
from contractor_ops.planning.composer import AFTER_HOURS, Composer
from contractor_ops.planning.contacts import Contact, CustomerList, contact_of, customer_list, may_match, together
from contractor_ops.planning.decision import ByRow, BySteps, Decision, Plan
from contractor_ops.planning.doubts import Doubts
from contractor_ops.planning.ears import ears_of
from contractor_ops.planning.ending import Ending
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.gone import gone_of
from contractor_ops.planning.judge import Judge, QuietStep
from contractor_ops.planning.overtaking import Overtaking
from contractor_ops.planning.past import past_of
from contractor_ops.planning.phrases import opening
from contractor_ops.planning.ready import Credits, Ready
from contractor_ops.planning.screen import LiveRow, owed_on, screener_for
from contractor_ops.planning.standing import Standing, paused_keys
from contractor_ops.planning.told import told
from contractor_ops.planning.wording import Wording, wording_of
from contractor_ops.ports import SETTLED, Away, History
from contractor_ops.recipe import Recipe, Step
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.record import Record, Table

Remember = Callable[[Sequence[str], Sequence[str]], History]
"""Record ids, and addresses and keys of customers, in; what the ledger knows of them out."""


Judged = Mapping[int, Iterable[Decision | Ready | QuietStep]]
Decided = Mapping[tuple[int, str | None], Decision]


@dataclass(frozen=True, slots=True)
class Request:
    """What one plan is made of.

    `opted_out`: every address that wants no messages; `sent_today`: messages that this command has planned already; `talks`: the latest
    telephone conversation with each number (aware), where a recipe asks for it; `away`: who was told of rows that left the sheet, whose
    table is called `sheet`.
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
    away: Sequence[Away] = ()
    sheet: str = ""


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
    history = request.remember([*(row.id for row in live), *asked, *(one.record for one in request.away)], sorted(reached))
    history.opted_out = history.opted_out | request.opted_out
    credits = _credits([(contact, amount) for contact, (_, amount) in zip(joined[len(owing) :], credited, strict=True)])
    texts, subjects = _wordings(recipe, request.facts)
    names = {key: frozenset(text.names() | (subjects[key].names() if key in subjects else set())) for key, text in texts.items()}
    paused = paused_keys(history.pauses, contacts.values())
    standing = Standing(history, request.facts, now, paused)
    doubts = Doubts(recipe, request.spec, request.facts, contacts, credits, names, standing)
    judge = _judge(request, screener.anchor_column, history, contacts, standing, doubts)
    twins = _twins(live)
    judged = {row.position: judge.twin(row) if row.position in twins else judge.judge(row) for row in live}
    ready = [one for found in judged.values() for one in found if isinstance(one, Ready)]
    gone = gone_of(recipe, table, request.away, history, live, contacts, request.technicians, request.sheet or recipe.reads, now)
    gone.doubt(ready)
    for address, messages in history.sent_today.items():
        request.sent_today[address] = max(messages, request.sent_today.get(address, 0))
    composer = Composer(recipe, request.spec, request.facts, request.people, texts, subjects, credits, now,
                        customer_list(request.technicians), history.landlines, _opens(request.facts, now), history.opted_out, standing.wrote)  # fmt: skip
    asking = Asking(recipe, request.spec, request.facts, credits, history.undelivered, told(judge.past, live, contacts, now))
    writer = Writer(recipe, request.spec, request.facts, now, request.sent_today, composer, asking)
    decided = {(position, one.step): one for position, one in writer.decide(ready)}
    decisions: Sequence[Decision] = (
        BySteps([*_in_trails(looked, judged, decided, history, recipe), *gone.decisions], judge.made, judge.owner) if trail
        else _in_rows(looked, judged, decided, history)
    )  # fmt: skip
    known = set(table.problems)
    if trail:  # a view says itself which of its doubts are cells to mend
        known |= {problem for row in live for problem in table.records[row.position].problems.values()}
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
        watched={**judge.past.changes.seen, **gone.seen},
    )


def _judge(
    request: Request, anchor_column: str, history: History, contacts: Mapping[int, Contact], standing: Standing, doubts: Doubts
) -> Judge:
    recipe, facts, now = request.recipe, request.facts, request.now
    past = past_of(recipe, facts, history, changes_of(request.spec, now, history), ears_of(recipe, doubts.names_in_texts))
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
        if any(one.stamp <= now for one in row.steps) or _may_have_opted_out(request, row.record, customers):
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


def _in_rows(looked: ByRow[Decision | LiveRow], judged: Judged, decided: Decided, history: History) -> Sequence[Decision]:
    settled = {position: one for (position, _), one in decided.items()}
    settled |= {position: one for position, found in judged.items() for one in found if isinstance(one, Decision)}
    near = {
        position: settled[position] if isinstance(one, LiveRow) else _unless_skipped(one, history) for position, one in looked.near.items()
    }
    return ByRow(looked.table, looked.records, looked.over, looked.owner, near)


def _in_trails(
    looked: Iterable[Decision | LiveRow], judged: Judged, decided: Decided, history: History, recipe: Recipe
) -> Iterator[Decision | QuietStep]:
    """Each row's steps in the recipe's order. What was done in a trail stays done, whatever has become of its row."""
    done = {(key.record, key.step) for key, memory in history.steps.items() if memory.state in SETTLED}
    for position, row in enumerate(looked):
        if isinstance(row, LiveRow):
            yield from (decided[position, one.due.step.name] if isinstance(one, Ready) else one for one in judged[position])
        else:
            yield from (_in_trail(row, step, history, done) for step in recipe.steps)


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
