"""Statuses that steps set, and since when a file could not be written: what write-back itself remembers in the ledger from run to run."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from contractor_ops.figures.messages import OUTBOX
from contractor_ops.office import Office
from contractor_ops.ports import SentMessage, StepKey
from contractor_ops.recipe import Recipe
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Place, Table
from contractor_ops.views.catalogue import READABLE, VIEWS
from contractor_ops.work.write_back_values import LEFT, StatusSet, statuses_of

_FILES = "(write-back)"
_PATIENCE = 2
"""Business days after which a file that is never free is no matter that passes by itself."""


def open_statuses(office: Office, table: Table, ids: Mapping[Place, str], messages: Iterable[SentMessage]) -> dict[str, StatusSet]:
    """The statuses that steps of this table's recipes have set and that are still to be written, by record."""
    files = {(step.recipe, step.key) for message in messages if message.provider == OUTBOX for step in message.steps}
    done = [one for one in _done(office, table.name, set(ids.values())) if (one.recipe, one.key) not in files]
    now = {ids[record.place]: str(record["status"] or "") for record in table.records if record.place in ids} if done else {}
    noted = {record: {name: one.value for name, one in values.items()} for record, values in office.ledger.own_values(_of(table)).items()}
    return statuses_of(done, now, noted)


def note_statuses(office: Office, table: Table, ids: Mapping[Place, str], statuses: Mapping[str, StatusSet], at: datetime) -> None:
    """Remember what the sheet says when a status is first to be written: where it says something else later, a person was there."""
    noted = office.ledger.own_values(_of(table)) if statuses else {}
    for record in table.records if statuses else ():
        one = statuses.get(ids.get(record.place, ""))
        if one and ("claim" not in (there := noted.get(one.key.record, {})) or there["claim"].value != one.claim):
            before = {"claim": one.claim, "before": str(record["status"] or "")}
            office.ledger.keep_values(_of(table), one.key, before, one.recipe, "", at)


def note_written(office: Office, table: Table, statuses: Iterable[StatusSet], at: datetime) -> None:
    """Remember that these stand in the sheet: what a person makes of them from now on stays."""
    for one in statuses:
        office.ledger.keep_values(_of(table), one.key, {"written": one.claim}, one.recipe, "", at)


def waits_since(office: Office, file: str, now: datetime, *, waits: bool) -> date | None:
    """Since when a file could not be written, where that has lasted too long to pass by itself; None where it has not, or does not wait."""
    kept = office.ledger.own_values(_FILES).get(file, {}).get("since")
    since = kept.value if kept else ""
    today = now.astimezone(office.zone).date()
    if waits != bool(since):
        since = today.isoformat() if waits else ""
        office.ledger.keep_values(_FILES, StepKey(file, ""), {"since": since}, "", "", now)
    day = date.fromisoformat(since) if since else today
    return day if office.facts.calendar.business_days_between(day, today) >= _PATIENCE else None


def long_waiting(office: Office, now: datetime) -> dict[str, date]:
    """The files that could not be written for so long that somebody should look, each with the first day."""
    today = now.astimezone(office.zone).date()
    waiting = {
        file: kept["since"].value for file, kept in office.ledger.own_values(_FILES).items() if "since" in kept and kept["since"].value
    }
    days = {file: date.fromisoformat(since) for file, since in waiting.items()}
    return {file: day for file, day in days.items() if office.facts.calendar.business_days_between(day, today) >= _PATIENCE}


def _of(table: Table) -> str:
    return f"{_FILES} {table.name}"


def _done(office: Office, name: str, records: set[str]) -> Iterable[StatusSet]:
    for recipe in office.recipes():
        sets = {step.key: step.sets_status for step in recipe.steps if step.sets_status}
        if not sets or office.main_of(recipe.reads) != name or recipe.mode == "rehearse":
            continue
        past = office.ledger.history(recipe.key, recipe.reads, records, (), office.clock())
        for key, memory in past.steps.items():
            if key.step in sets and memory.state in LEFT:
                yield StatusSet(recipe.key, key, str(memory.claim_id), memory.at, sets[key.step], _fits(recipe, name))


def _fits(recipe: Recipe, name: str) -> Callable[[str], bool]:
    """Whether a status is still one of those that the recipe is about; a view's own statuses are not the sheet's."""
    wanted = recipe.when.status if recipe.reads not in VIEWS else ()
    return lambda text: not wanted or meaning_of(text, READABLE[name].statuses) in wanted
