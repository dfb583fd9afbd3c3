"""What the recipes did since the last digest, and what is not working."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from contractor_ops.errors import ContractorOpsError
from contractor_ops.figures.messages import NEVER_LEFT, NOT_ARRIVED
from contractor_ops.figures.values import Business, Window
from contractor_ops.office import Office
from contractor_ops.planning.brakes import missing_column, short_source
from contractor_ops.ports import RunEntry
from contractor_ops.recipe import Recipe
from contractor_ops.reports.digest import Done, SourceAge
from contractor_ops.reports.format import count, day, listed
from contractor_ops.tables.catalogue import HANDED_IN, TABLES
from contractor_ops.tables.record import Record
from contractor_ops.views.moments import day_of
from contractor_ops.work.own_messages import DIGEST, INBOX

_OWN = {INBOX: "The last look into the inbox", DIGEST: "The last digest"}
"""What runs without a recipe."""
_TROUBLE_FOR = timedelta(days=7)


def done_since(business: Business, titles: Mapping[str, str], window: Window) -> Iterator[Done]:
    """What each recipe did in these days; those that did nothing are left out."""
    sent, failed = _messages(business, window)
    tasks = _counted(business, "reviews", "created_at", window, lambda one: one["kind"] == "task")
    answers = _counted(business, "replies", "received_at", window, lambda one: one["label"] != "auto_reply")
    for recipe, title in titles.items():
        if sent[recipe] or tasks[recipe] or answers[recipe] or failed[recipe]:
            yield Done(title, sent[recipe], tasks[recipe], answers[recipe], failed[recipe])


def _messages(business: Business, window: Window) -> tuple[Counter[str], Counter[str]]:
    """Messages that left and those that did not arrive, by recipe; one that covers several records is one."""
    table = business.tables.get("messages")
    found = {
        (one["recipe"], one["address"], one["sent_at"], one["notes"]): one["status"] in NOT_ARRIVED
        for one in (table.records if table else ())
        if one["channel"] and one["status"] not in NEVER_LEFT - NOT_ARRIVED and day_of(one["sent_at"], business.now) in window
    }
    sent, failed = Counter[str](), Counter[str]()
    for (recipe, *_), lost in found.items():
        (failed if lost else sent)[str(recipe)] += 1
    return sent, failed


def _counted(business: Business, table: str, column: str, window: Window, counts: Callable[[Record], bool]) -> Counter[str]:
    found = business.tables.get(table)
    return Counter(
        str(one["recipe"]) for one in (found.records if found else ()) if day_of(one[column], business.now) in window and counts(one)
    )


def troubles(office: Office, business: Business, recipes: Sequence[Recipe], ages: Sequence[SourceAge]) -> Iterator[str]:
    """What is not working, a sentence each: sheets that cannot be read, runs that stopped or did not happen, messages that do not arrive."""
    yield from (f"The sheet of {one.table} cannot be read: {one.trouble}" for one in ages if one.trouble)
    yield from _stale(office, business, ages)
    yield from _broken_recipes(office)
    if not office.ledger_file.exists():
        return
    for name, table in business.tables.items():
        if name in TABLES and name not in HANDED_IN:
            shape = office.ledger.shape(name)
            seen = [*short_source(table, TABLES[name], shape), *(missing_column(table, TABLES[name], shape) if shape else ())]
            yield from (f"{said} The figures below may be wrong." for _, said, _ in seen)
    lasts = {recipe.name: _last_sent(office, recipe.key) for recipe in recipes}
    for recipe in recipes:
        if (last := lasts[recipe.name]) is not None:
            yield from _run_trouble(recipe, last, business)
    never = [recipe.title for recipe in recipes if lasts[recipe.name] is None and _is_meant(office, recipe)]
    if never and any(lasts.values()):
        yield f"{listed(never)} {'stands' if len(never) == 1 else 'stand'} in recipes/ with a schedule and never ran with --send."
    for name, title in _OWN.items():
        last = _last_sent(office, name)
        if last is not None and last.end is None:
            yield f"{title} never finished."
        elif last is not None and last.end is not None and last.end.exit_code:
            yield f"{title} went wrong: {last.end.error or 'see the log file'}"
    for one in office.ledger.channel_troubles(business.now - _TROUBLE_FOR):
        yield f"{'Texts' if one.channel == 'sms' else 'E-mails'} do not arrive since {day(one.at, business.now)}: {one.reason}"
    failed = sum(_messages(business, Window(business.today - timedelta(days=1), business.today))[1].values())
    if failed:
        yield f"{count(failed, 'message')} did not arrive since yesterday: contractor-ops report"


def _broken_recipes(office: Office) -> Iterator[str]:
    for name in office.recipe_files():
        try:
            office.recipe(name)
        except ContractorOpsError as error:
            yield f"The recipe {name} cannot be read and does nothing: {error.message.splitlines()[0]}"


def _stale(office: Office, business: Business, ages: Sequence[SourceAge]) -> Iterator[str]:
    """Sheets that are older than the office allows: their recipes send nothing."""
    for one in ages:
        part = office.config.tables.get(one.table)
        if one.since is None or part is None or part.max_age is None:
            continue
        if office.facts.calendar.has_gone_by(part.max_age, one.since, business.now):
            yield f"The sheet of {one.table} ({one.file}) is {count(one.days or 0, 'day')} old; more than {part.max_age} stops its messages."


def _is_meant(office: Office, recipe: Recipe) -> bool:
    """Whether the office has made a recipe its own: what only ships need not run."""
    return bool(recipe.runs) and (office.folder / "recipes" / f"{recipe.name}.toml").exists()


def _last_sent(office: Office, recipe: str) -> RunEntry | None:
    """The last run of a recipe with --send, of its last hundred."""
    return max((run for run in office.ledger.runs(recipe, 100) if run.sent), key=lambda run: run.id, default=None)


def _run_trouble(recipe: Recipe, last: RunEntry, business: Business) -> Iterator[str]:
    if last.end is None:
        yield f"{recipe.title}: the run of {day(last.now, business.now)} never finished. Run it again: contractor-ops run {recipe.name} --send"
    elif last.end.brakes:
        yield f"{recipe.title} is stopped by a brake ({', '.join(last.end.brakes)}). See why: contractor-ops run {recipe.name}"
    elif last.end.error:
        yield f"{recipe.title} ended with: {last.end.error}"
    due = _should_have_run(recipe, business)
    if due is not None and last.now.astimezone(business.now.tzinfo).date() < due:
        yield f"{recipe.title} has not run since {day(last.now, business.now)}. Is its schedule installed?"


def _should_have_run(recipe: Recipe, business: Business) -> date | None:
    """The day since when a recipe should have run at least once; None where it names no schedule."""
    if not recipe.runs:
        return None
    words = recipe.runs.casefold()
    if not any(word in words for word in ("every", "daily", "weekdays", "hour", "minute")):
        return business.today - timedelta(days=8)
    before = business.today - timedelta(days=1)
    while not business.is_business_day(before):
        before -= timedelta(days=1)
    return before
