"""Everything that would stop or spoil a run: config, tables, recipes and their words, channels, ledger, schedule, this machine."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from contractor_ops.errors import LedgerTrouble
from contractor_ops.office import Office
from contractor_ops.work.check_config import check_config
from contractor_ops.work.check_finding import Finding
from contractor_ops.work.check_ledger import check_ledger
from contractor_ops.work.check_machine import check_machine
from contractor_ops.work.check_notes import check_notes
from contractor_ops.work.check_order import in_order
from contractor_ops.work.check_providers import check_providers
from contractor_ops.work.check_recipes import check_recipes
from contractor_ops.work.check_schedule import check_schedule
from contractor_ops.work.check_tables import check_tables
from contractor_ops.work.check_write_back import check_write_back
from contractor_ops.work.init_proposal import proposal_of


def check_office(office: Office, now: datetime, *, offline: bool = False) -> list[Finding]:
    """Look at everything; nothing is written but the ledger's own file, and nothing leaves. With `offline` nobody on the internet is asked."""
    looks: list[Callable[[], Iterable[Finding]]] = [
        lambda: check_config(office), lambda: check_tables(office, now, offline=offline),
        lambda: check_write_back(office, now, offline=offline), lambda: check_notes(office, offline=offline),
        lambda: check_recipes(office, now, offline=offline), lambda: check_providers(office, offline=offline),
        lambda: check_ledger(office, now),
    ]  # fmt: skip
    found = [one for look in looks for one in _going_on(look)]
    told = {line for one in found for line in one.message.splitlines()}
    schedule = [one for one in _going_on(lambda: check_schedule(office, now, told)) if one.message not in told]
    return in_order([*found, *schedule, *check_machine(office, told)])


def _going_on(look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What is found; a ledger that cannot be used keeps nothing else from being told."""
    try:
        yield from look()
    except LedgerTrouble as error:
        yield Finding("error", "ledger", error.message, error.remedy)


def next_command(office: Office, now: datetime, *, offline: bool = False) -> str:
    """What to type once nothing is wrong: a rehearsal of a recipe that writes.

    The one that `init` proposes comes first, then the office's own, then those that ship; a trail, which does everything at once, comes last.
    """
    writes = {one.name: one for one in office.recipes() if one.runs and any(step.do == "message" for step in one.steps)}
    if not writes:
        return "contractor-ops tables"
    proposed = None if offline else proposal_of(office, now)
    if proposed and proposed.recipe in writes:
        return f"contractor-ops run {proposed.recipe}"
    own, files = office.folder / "recipes", office.recipe_files()
    first = min(writes, key=lambda name: (writes[name].shape == "trail", not files[name].is_relative_to(own), name))
    return f"contractor-ops run {first}"
