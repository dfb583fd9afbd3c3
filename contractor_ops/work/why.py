"""Everything decided about one record, and why: its row, each recipe's decision now, and what the ledger remembers."""

from datetime import datetime

from contractor_ops.errors import ContractorOpsError, FilesNeedMending, UnknownName
from contractor_ops.office import Office
from contractor_ops.planning.decision import Decision
from contractor_ops.reports.story import Story
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Place, Record, Table
from contractor_ops.tomlfile import did_you_mean
from contractor_ops.views.catalogue import READABLE, VIEWS
from contractor_ops.work.run import plan_recipe


def why(office: Office, name: str, wanted: str, now: datetime) -> Story:
    """The story of one record, found by its number or its customer. Nothing is written. Raises UnknownName."""
    table = office.table(name)
    found = rows_called(table, wanted)
    ids = {record_id(record, READABLE[name]) or "" for record in found}
    numbers = {str(record["number"]) for record in found if record["number"]}
    decisions: list[tuple[str, Decision]] = []
    brakes: list[tuple[str, str]] = []
    for recipe in office.recipes():
        try:
            wanted_here = _rows_about(office, recipe.reads, name, found, numbers)
            plan = plan_recipe(office, recipe, now) if wanted_here else None
        except FilesNeedMending as error:
            brakes += [(recipe.name, mistake) for mistake in error.mistakes]
            continue
        except ContractorOpsError as error:  # a sheet that a view is made of
            brakes.append((recipe.name, error.message))
            continue
        if plan:
            brakes += [(recipe.name, brake.message) for brake in plan.brakes]
            decisions += [(recipe.name, one) for one in plan.decisions if (one.table, one.place, one.record) in wanted_here]
            ids |= {identity for _, _, identity in wanted_here}
    tables = {name, *(view for view in VIEWS if office.main_of(view) == name)}
    history = [
        entry for identity in sorted(ids) for entry in office.ledger.entries(record=identity) if identity and entry["table"] in tables
    ]
    items = [item for item in office.ledger.reviews(("open", "approved", "dismissed")) if any(m.key.record in ids for m in item.members)]
    return Story(name, wanted, now, found, decisions, brakes, history, items)


def _rows_about(office: Office, reads: str, name: str, found: list[Record], numbers: set[str]) -> set[tuple[str, Place, str]]:
    """The rows that a recipe reads about these records: themselves, or those of a view that is made of their table."""
    if reads == name:
        return {(name, record.place, identity) for record in found if (identity := _known_as(record, name))}
    if reads not in VIEWS or office.main_of(reads) != name:
        return set()
    rows = [record for record in office.table(reads).records if str(record["job"] or record["number"]) in numbers]
    return {(reads, record.place, identity) for record in rows if (identity := _known_as(record, reads))}


def _known_as(record: Record, table: str) -> str:
    """What decisions call a record."""
    return str(record["number"] or record_id(record, READABLE[table]) or f"row {record.place.row}")


def _by_phone(table: Table, wanted: str) -> list[Record]:
    """By the last seven figures and more: whoever called has no name."""
    figures = "".join(filter(str.isdigit, wanted))[-10:]
    return [record for record in table.records if len(figures) >= 7 and figures in "".join(filter(str.isdigit, str(record["phone"] or "")))]


def rows_called(table: Table, wanted: str) -> list[Record]:
    """By number, the job that a view's row is about, or the customer's name. Raises UnknownName with the nearest number there is."""
    spec, asked = READABLE[table.name], wanted.strip().casefold()
    by_number = [record for record in table.records if (record_id(record, spec) or "").casefold() == asked]
    by_job = [record for record in table.records if table.name in VIEWS and str(record["job"] or "").casefold() == asked]
    by_name = [record for record in table.records if record["customer"] and normal_name(str(record["customer"])) == normal_name(wanted)]
    found = by_number or by_job or by_name or _by_phone(table, wanted)
    if not found:
        known = [str(record["number"]) for record in table.records if record["number"]]
        known += [str(record["customer"]) for record in table.records if record["customer"]]
        known += [str(record["job"]) for record in table.records if record["job"]]
        raise UnknownName(f'There is no "{wanted}" in {table.name}; {did_you_mean(wanted, known, f"contractor-ops read {table.name}")}')
    return found
