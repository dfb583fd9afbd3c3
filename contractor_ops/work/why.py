"""Everything decided about one record, and why: its row, each recipe's decision now, and what the ledger remembers."""

from datetime import datetime

from contractor_ops.errors import FilesNeedMending, UnknownName
from contractor_ops.office import Office
from contractor_ops.planning.decision import Decision
from contractor_ops.reports.story import Story
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record, Table
from contractor_ops.tomlfile import did_you_mean
from contractor_ops.views.catalogue import READABLE
from contractor_ops.work.run import plan_recipe


def why(office: Office, name: str, wanted: str, now: datetime) -> Story:
    """The story of one record, found by its number or its customer. Nothing is written. Raises UnknownName."""
    table = office.table(name)
    found = _find(table, wanted)
    ids = {record_id(record, READABLE[name]) or "" for record in found}
    places = {record.place for record in found}
    decisions: list[tuple[str, Decision]] = []
    brakes: list[tuple[str, str]] = []
    for recipe in office.recipes():
        if recipe.reads == name:
            try:
                plan = plan_recipe(office, recipe, now)
            except FilesNeedMending as error:
                brakes += [(recipe.name, mistake) for mistake in error.mistakes]
                continue
            brakes += [(recipe.name, brake.message) for brake in plan.brakes]
            decisions += [(recipe.name, one) for one in plan.decisions if one.place in places]
    history = [entry for identity in sorted(ids) for entry in office.ledger.entries(record=identity) if identity and entry["table"] == name]
    items = [item for item in office.ledger.reviews(("open", "approved", "dismissed")) if any(m.key.record in ids for m in item.members)]
    return Story(name, wanted, now, found, decisions, brakes, history, items)


def _by_phone(table: Table, wanted: str) -> list[Record]:
    """By the last seven figures and more: whoever called has no name."""
    figures = "".join(filter(str.isdigit, wanted))[-10:]
    return [record for record in table.records if len(figures) >= 7 and figures in "".join(filter(str.isdigit, str(record["phone"] or "")))]


def _find(table: Table, wanted: str) -> list[Record]:
    """By number, else by the customer's name. Raises UnknownName with the nearest number there is."""
    spec, asked = READABLE[table.name], wanted.strip().casefold()
    by_number = [record for record in table.records if (record_id(record, spec) or "").casefold() == asked]
    by_name = [record for record in table.records if record["customer"] and normal_name(str(record["customer"])) == normal_name(wanted)]
    found = by_number or by_name or _by_phone(table, wanted)
    if not found:
        known = [str(record["number"]) for record in table.records if record["number"]]
        known += [str(record["customer"]) for record in table.records if record["customer"]]
        raise UnknownName(f'There is no "{wanted}" in {table.name}; {did_you_mean(wanted, known, f"contractor-ops read {table.name}")}')
    return found
