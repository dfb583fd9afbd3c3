"""Everything that would stop or spoil a run: config, tables, recipes and their words, channels, ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from contractor_ops.errors import ContractorOpsError, FilesNeedMending
from contractor_ops.ledger.location import why_not_in
from contractor_ops.office import Office
from contractor_ops.office_channels import check_channel
from contractor_ops.planning.brakes import MISSING
from contractor_ops.planning.phrases import count
from contractor_ops.recipe import WHY_ASKED, Recipe
from contractor_ops.reports.table_view import problem_line
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Table
from contractor_ops.work.run import plan_recipe
from contractor_ops.work.wordings import wording_mistakes

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what to do."""

    level: Level
    about: str
    message: str
    remedy: str = ""


def check_office(office: Office, now: datetime) -> list[Finding]:
    """Look at everything; nothing is written but the ledger's own file, and nothing leaves."""
    return [*_config(office), *_tables(office), *_recipes(office, now), *_channels(office), *_ledger(office)]


def _config(office: Office) -> Iterator[Finding]:
    part = office.config.office
    yield Finding("ok", "config.toml", f"{part.name}, {part.timezone}")
    if not part.postal_address:
        yield Finding("warning", "config.toml", "office.postal_address is missing; e-mails that follow up must carry it by law")
    if not part.phone:
        yield Finding("warning", "config.toml", "office.phone is missing")
    for key in ("owner", "office"):
        if key not in office.config.people:
            yield Finding("warning", "config.toml", f'[people] has no "{key}"; the recipes that ship name "owner" and "office"')
    for key, person in office.config.people.items():
        if not person.email and not person.phone:
            yield Finding("warning", "config.toml", f"people.{key} ({person.name}) has neither e-mail nor phone")
    for key, set_up in (("heartbeat", bool(office.config.heartbeat.url)), ("inbox", bool(office.config.inbox)),
                        ("digest", bool(office.config.digest.daily or office.config.digest.weekly))):  # fmt: skip
        if set_up:
            yield Finding("warning", "config.toml", f"[{key}] does nothing yet in this version")


def _tables(office: Office) -> Iterator[Finding]:
    if not office.config.tables:
        yield Finding("warning", "config.toml", "no table is named", 'Add [tables.estimates] with file = "…", or run: contractor-ops init')
    for name, part in office.config.tables.items():
        try:
            table = office.table(name)
        except ContractorOpsError as error:
            yield Finding("error", f"table {name}", error.message, error.remedy)
            continue
        yield from _table(name, table)
        if part.max_age is None and TABLES[name].stops:
            yield Finding(
                "warning",
                f"table {name}",
                "max_age is not set, so an old file is not noticed",
                f'Add max_age = "3 days" under [tables.{name}].',
            )


def _table(name: str, table: Table) -> Iterator[Finding]:
    found = [column for column in table.columns if table.has(column)]
    as_of = f", as of {table.as_of.isoformat()}" if table.as_of else ""
    yield Finding(
        "ok", f"table {name}", f"{', '.join(table.files)}: {count(len(table.records), 'record')}{as_of}; columns {', '.join(found)}"
    )
    for group in TABLES[name].stops:
        if not any(table.has(column) for column in group):
            yield Finding(
                "warning", f"table {name}", f"there is no column for {' or '.join(group)}: runs brake", MISSING.format(table=name)
            )
    for problem in (*table.warnings, *table.notes, *table.problems[:5]):
        yield Finding("warning", f"table {name}", problem_line(problem))
    if len(table.problems) > 5:
        yield Finding("warning", f"table {name}", f"{len(table.problems) - 5} more problems", f"See them with: contractor-ops read {name}")


def _recipes(office: Office, now: datetime) -> Iterator[Finding]:
    own = office.folder / "recipes"
    for name, file in office.recipe_files().items():
        try:
            recipe = office.recipe(name)
        except FilesNeedMending as error:
            yield from (Finding("error", f"recipe {name}", mistake) for mistake in error.mistakes)
            continue
        if office.has(recipe.reads):
            yield from _recipe(office, recipe, now)
        elif file.is_relative_to(own):
            yield Finding("error", f"recipe {name}", f"{name}.toml: reads {recipe.reads}, and config.toml does not say where that table is",
                          f'Add [tables.{recipe.reads}] with file = "…".')  # fmt: skip


def _recipe(office: Office, recipe: Recipe, now: datetime) -> Iterator[Finding]:
    mistakes = wording_mistakes(recipe)
    yield from (Finding("error", f"recipe {recipe.name}", mistake) for mistake in mistakes)
    if recipe.ends.reply:
        message = "this version reads no replies: when a customer answers, mark the row in the sheet, or skip it"
        yield Finding("warning", f"recipe {recipe.name}", message, f"contractor-ops skip {recipe.name} RECORD")  # fmt: skip
    unasked = [key for key in WHY_ASKED if not recipe.why.get(key)]
    if unasked:
        yield Finding("warning", f"recipe {recipe.name}", f"{recipe.name}.toml: [why] does not answer {', '.join(unasked)}")
    if mistakes:
        return
    try:
        plan = plan_recipe(office, recipe, now)
    except ContractorOpsError as error:
        yield Finding("error", f"recipe {recipe.name}", error.message, error.remedy)
        return
    for brake in plan.brakes:
        yield Finding("warning", f"recipe {recipe.name}", f"a run would stop at the brake {brake.name}: {brake.message}", brake.remedy)
    counts = ", ".join(f"{kind} {number}" for kind, number in plan.counts().items() if number)
    longest = max((decision.segments for decision in plan.decisions), default=0)
    texts = f"; the longest text is {count(longest, 'segment')}" if longest else ""
    yield Finding("ok", f"recipe {recipe.name}", f"mode {recipe.mode}; {counts}{texts}")


def _channels(office: Office) -> Iterator[Finding]:
    for kind in ("sms", "email"):
        try:
            check_channel(kind, office.config)
            channel = office.channel(kind)
        except ContractorOpsError as error:
            yield Finding("error", kind, error.message, error.remedy)
            continue
        note = "messages become files in outbox/, nothing leaves" if channel.name == "outbox" else f"leaves through {channel.name}"
        yield Finding("ok", kind, note)


def _ledger(office: Office) -> Iterator[Finding]:
    reason = why_not_in(office.folder)
    if reason:
        yield Finding("warning", "ledger", f"the office is in {reason}, so the ledger is kept in {office.ledger_file}")
    try:
        troubles = office.ledger.verify()
    except ContractorOpsError as error:
        yield Finding("error", "ledger", error.message, error.remedy)
        return
    yield from (Finding("error", "ledger", trouble) for trouble in troubles)
    if not troubles:
        yield Finding("ok", "ledger", f"{office.ledger_file.name} is whole")
