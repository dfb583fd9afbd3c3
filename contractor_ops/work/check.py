"""Everything that would stop or spoil a run: config, tables, recipes and their words, channels, ledger, schedule, this machine."""

from datetime import datetime

from contractor_ops.office import Office
from contractor_ops.work.check_config import check_config
from contractor_ops.work.check_finding import Finding
from contractor_ops.work.check_ledger import check_ledger
from contractor_ops.work.check_machine import check_machine
from contractor_ops.work.check_notes import check_notes
from contractor_ops.work.check_providers import check_providers
from contractor_ops.work.check_recipes import check_recipes
from contractor_ops.work.check_schedule import check_schedule
from contractor_ops.work.check_tables import check_tables


def check_office(office: Office, now: datetime, *, offline: bool = False) -> list[Finding]:
    """Look at everything; nothing is written but the ledger's own file, and nothing leaves. With `offline` nobody on the internet is asked."""
    found = [
        *check_config(office), *check_tables(office, now, offline=offline), *check_notes(office, offline=offline),
        *check_recipes(office, now, offline=offline), *check_providers(office, offline=offline), *check_ledger(office, now),
        *check_schedule(office, now),
    ]  # fmt: skip
    return [*found, *check_machine(office, {one.message for one in found})]


def next_command(office: Office) -> str:
    """What to type once nothing is wrong: a rehearsal of a recipe that writes, the office's own before those that ship."""
    own = office.folder / "recipes"
    files = office.recipe_files()
    writes = [recipe.name for recipe in office.recipes() if recipe.runs and any(step.do == "message" for step in recipe.steps)]
    names = sorted(writes, key=lambda name: not files[name].is_relative_to(own))
    return f"contractor-ops run {names[0]}" if names else "contractor-ops tables"
