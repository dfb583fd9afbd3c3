"""What `check` sees in the sheets: that each can be read, that what a recipe needs is in it, and which cells make no sense."""

from collections.abc import Iterator
from datetime import datetime

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.office_sources import of_table
from contractor_ops.planning.brakes import MISSING
from contractor_ops.planning.phrases import count
from contractor_ops.planning.screen import screener_for
from contractor_ops.recipe import Recipe
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Table
from contractor_ops.views.catalogue import READABLE, VIEWS
from contractor_ops.work.check_cells import check_cells
from contractor_ops.work.check_crew import check_crew
from contractor_ops.work.check_finding import Finding
from contractor_ops.work.check_sources import check_source


def check_tables(office: Office, now: datetime, *, offline: bool = False) -> Iterator[Finding]:
    """Every table of the office; what is wrong in one that no recipe reads is only counted. `offline` leaves out those on the internet."""
    if not office.config.tables:
        yield Finding("warning", "config.toml", "no table is named", 'Add [tables.estimates] with file = "…", or run: contractor-ops init')
    read, unread = _read_by_recipes(office), {}
    for name, part in office.config.tables.items():
        if offline and part.asked_live:
            yield Finding("ok", f"table {name}", f"{part.called} is not asked for with --offline")
            continue
        try:
            table = office.table(name)
        except ContractorOpsError as error:
            yield Finding("error", f"table {name}", error.message.removeprefix(of_table(name)), error.remedy, cause=error.message)
            continue
        yield _understood(name, table)
        yield from check_source(office, name, table, now)
        if name not in read:
            unread[name] = len(table.problems)
            continue
        yield from check_cells(name, table)
        yield from check_crew(table, now.date(), office.config.office.country)
        if part.max_age is None and TABLES[name].stops and not part.asked_live:
            yield Finding(
                "warning",
                f"table {name}",
                "max_age is not set, so an old file is not noticed",
                f'Add max_age = "3 days" under [tables.{name}].',
            )
    if unread:
        spoilt = [f"{name} ({count(number, 'problem')})" for name, number in unread.items() if number]
        see = f"; see contractor-ops read for {', '.join(spoilt)}" if spoilt else ""
        yield Finding("ok", "other tables", f"no recipe reads {', '.join(unread)}{see}")


def _read_by_recipes(office: Office) -> set[str]:
    """The tables that recipes read, and those in which they look people up."""
    recipes = office.recipes()
    looked_up = {"customers"} if recipes else set()
    looked_up |= {"technicians" for recipe in recipes for step in recipe.steps if step.to == "technician"}
    looked_up |= {table for recipe in recipes if recipe.reads in VIEWS for table in VIEWS[recipe.reads].also}
    return looked_up | {office.main_of(recipe.reads) for recipe in recipes}


def _understood(name: str, table: Table) -> Finding:
    found = [column for column in table.columns if table.has(column)]
    as_of = f", as of {table.as_of.isoformat()}" if table.as_of else ""
    what = f"{', '.join(table.files)}: {count(len(table.records), 'record')}{as_of}; columns {', '.join(found)}"
    return Finding("ok", f"table {name}", what)


def check_columns(office: Office, recipe: Recipe) -> Iterator[Finding]:
    """The columns that a recipe needs and its sheet lacks: the day that the steps count from, and an address."""
    table, about = office.table(recipe.reads, complete=False), f"recipe {recipe.name}"
    wanted, files = recipe.when.anchor, ", ".join(table.files)
    stands_in = screener_for(recipe, READABLE[recipe.reads], table, office.facts, office.clock()).anchor_column
    if not table.has(wanted):
        match = table.columns.get(stands_in)
        instead = f'they count from "{" + ".join(match.headings)}" instead' if match else "so no row can be used"
        message = f"{files}: there is no column for {wanted}, the day that the steps count from; {instead}"
        yield Finding("warning", about, message, MISSING.format(table=recipe.reads))
    writes = any(step.do == "message" and step.to == "customer" for step in recipe.steps)
    if writes and not table.has("phone") and not table.has("email") and not office.has("customers"):
        message = f"{files} has neither a phone nor an e-mail column, and there is no customers table: no message can reach anybody"
        yield Finding("warning", about, message, 'Add such a column, or a list of customers: [tables.customers] with file = "…".')
