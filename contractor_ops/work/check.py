"""Everything that would stop or spoil a run: config, tables, recipes and their words, channels, ledger."""

from collections.abc import Iterator
from datetime import datetime

from contractor_ops.errors import ContractorOpsError, FilesNeedMending
from contractor_ops.ledger.location import why_not_in
from contractor_ops.office import CONFIG, Office
from contractor_ops.office_channels import NOBODY, check_channel, provider_of
from contractor_ops.office_inboxes import check_inbox
from contractor_ops.planning.phrases import count
from contractor_ops.ports import DeliveryError, InboxDown
from contractor_ops.recipe import WHY_ASKED, Recipe
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.work.check_notes import check_notes
from contractor_ops.work.check_tables import Finding, Level, check_columns, check_tables
from contractor_ops.work.init import ZONE_WAS_GUESSED, Answers
from contractor_ops.work.run import plan_recipe
from contractor_ops.work.wordings import wording_mistakes


def check_office(office: Office, now: datetime) -> list[Finding]:
    """Look at everything; nothing is written but the ledger's own file, and nothing leaves."""
    return [*_config(office), *check_tables(office), *check_notes(office), *_recipes(office, now), *_channels(office), *_ledger(office)]


def _config(office: Office) -> Iterator[Finding]:
    part = office.config.office
    yield Finding("ok", "config.toml", f"{part.name}, {part.timezone}")
    yield from (Finding("warning", "config.toml", message, remedy) for message, remedy in (*_office_part(office), *_people(office)))
    yield from _digest(office)
    if office.config.heartbeat.url:
        yield Finding("warning", "config.toml", "[heartbeat] does nothing yet in this version")


def _digest(office: Office) -> Iterator[Finding]:
    """Whether everybody who is to read the digest can get it."""
    digest, people = office.config.digest, office.config.people
    if not (digest.daily or digest.weekly or "to" in digest.model_fields_set):
        return
    for key in digest.to:
        if key not in people:
            yield Finding(
                "warning", "config.toml", f'[digest]: "{key}" is not in [people]', "Write the person there, or take the key out of to."
            )
        elif not people[key].email:
            yield Finding("warning", "config.toml", f"[digest]: {people[key].name} has no e-mail address", 'Write email = "…" in [people].')


def _office_part(office: Office) -> Iterator[tuple[str, str]]:
    part = office.config.office
    if part.name == Answers().name:
        yield f'office.name is still "{part.name}"', "Write your own name: customers read it in every message."
    if ZONE_WAS_GUESSED in (office.folder / CONFIG).read_text(encoding="utf-8-sig"):
        yield (f"office.timezone {part.timezone} was guessed by init",
               f'When it is right, take away "{ZONE_WAS_GUESSED}" behind it; else write your own, like "America/Chicago".')  # fmt: skip
    if not part.postal_address:
        yield "office.postal_address is missing; e-mails that follow up must carry it by law", ""
    if not part.phone:
        yield "office.phone is missing", ""
    elif clean_phone(part.phone, part.country)[0] is None:
        yield f'office.phone "{part.phone}" is no telephone number, and customers would read it', 'Write it like "(312) 555-0100".'
    if office.sender.from_address == NOBODY:
        yield f"[email] has no from: e-mails would come from {NOBODY}", 'Add from = "Your office <you@your-office.example>" under [email].'


def _people(office: Office) -> Iterator[tuple[str, str]]:
    for key in ("owner", "office"):
        if key not in office.config.people:
            yield f'[people] has no "{key}"; the recipes that ship name "owner" and "office"', ""
    for key, person in office.config.people.items():
        if not person.email and not person.phone:
            yield f"people.{key} ({person.name}) has neither e-mail nor phone", ""


def _recipes(office: Office, now: datetime) -> Iterator[Finding]:
    own = office.folder / "recipes"
    waiting_for_replies = []
    for name, file in office.recipe_files().items():
        try:
            recipe = office.recipe(name)
        except FilesNeedMending as error:
            yield from (Finding("error", f"recipe {name}", mistake) for mistake in error.mistakes)
            continue
        if office.has(recipe.reads):
            yield from _recipe(office, recipe, now)
            waiting_for_replies += [name] if recipe.ends.reply else []
        elif file.is_relative_to(own):
            yield Finding("error", f"recipe {name}", f"{name}.toml: reads {recipe.reads}, and config.toml does not say where that table is",
                          f'Add [tables.{recipe.reads}] with file = "…".')  # fmt: skip
    yield from _replies(office, waiting_for_replies)


def _replies(office: Office, waiting: list[str]) -> Iterator[Finding]:
    """Whether answers come back by the ways that messages leave by."""
    try:
        mailbox = check_inbox(office.config).imap is not None
        office.probe_mailbox()
    except ContractorOpsError as error:
        yield Finding("error", "inbox", error.message, error.remedy)
        return
    except InboxDown as down:
        yield Finding("error", "inbox", f"the mailbox cannot be used: {down.reason}")
    texts, mails = (provider_of(kind, office.config) for kind in ("sms", "email"))
    if texts == "twilio" or mailbox:
        ways = [name for name, there in (("texts", texts == "twilio"), ("e-mails", mailbox)) if there]
        yield Finding("ok", "replies", f"contractor-ops inbox reads answers by {' and '.join(ways)}")
    if waiting and mails != "outbox" and not mailbox:
        yield Finding("warning", "replies", "e-mails leave, but their answers are not read: nobody is left alone who has answered by e-mail",
                      'Add imap = { host = "…", user = "…" } under [inbox] of config.toml, and set the secret IMAP_PASSWORD.')  # fmt: skip
    elif waiting and texts != "twilio" and not mailbox:
        yield Finding("warning", "replies", "none are read: when a customer answers, mark the row in the sheet, or skip it",
                      f"contractor-ops skip {waiting[0]} RECORD, or set up [sms] with Twilio or [inbox] imap in config.toml")  # fmt: skip


def _recipe(office: Office, recipe: Recipe, now: datetime) -> Iterator[Finding]:
    mistakes = wording_mistakes(recipe)
    yield from (Finding("error", f"recipe {recipe.name}", mistake) for mistake in mistakes)
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
    yield from check_columns(office, recipe)
    for brake in plan.brakes:
        # A file is saved again in a minute; without the column no run can ever send.
        level: Level = "error" if brake.name == "missing-column" else "warning"
        yield Finding(level, f"recipe {recipe.name}", f"a run would be stopped ({brake.name}): {brake.message}", brake.remedy)
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
        try:
            channel.probe()
        except DeliveryError as error:
            yield Finding("error", kind, f"{channel.name} cannot be used: {error.reason}")
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
