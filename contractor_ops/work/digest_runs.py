"""Whether the automation is well: what is not working, what never ran, what people released in vain."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from contractor_ops.figures.values import Business
from contractor_ops.office import Office
from contractor_ops.planning.brakes import missing_column, short_source
from contractor_ops.ports import RunEntry
from contractor_ops.recipe import Recipe
from contractor_ops.reports.digest import SourceAge
from contractor_ops.reports.digest_words import named
from contractor_ops.reports.format import count, day, listed, moment
from contractor_ops.reports.trouble import known_runs
from contractor_ops.tables.catalogue import HANDED_IN, TABLES
from contractor_ops.work.beats import unheard
from contractor_ops.work.digest_done import in_doubt, names_of, not_arrived
from contractor_ops.work.missed_runs import missed_sentences
from contractor_ops.work.own_messages import DIGEST, INBOX
from contractor_ops.work.troubles import RUNS_LOOKED_AT, broken_recipes

_OWN = {INBOX: "The last look into the inbox", DIGEST: "The last digest"}
"""What runs without a recipe."""
_TROUBLE_FOR = timedelta(days=7)


def troubles(office: Office, business: Business, recipes: Sequence[Recipe], ages: Sequence[SourceAge], since: datetime) -> Iterator[str]:
    """What is not working, a sentence each: sheets that cannot be read, runs that stopped or did not happen, messages that did not arrive since then."""
    yield from (f"The sheet of {one.table} cannot be read: {one.trouble}" for one in ages if one.trouble)
    yield from _stale(office, business, ages)
    yield from (f"The recipe {name} cannot be read and does nothing: {said.splitlines()[0]}" for name, said in broken_recipes(office))
    if not office.ledger_file.exists():
        return
    for name, table in business.tables.items():
        if name in TABLES and name not in HANDED_IN:
            shape = office.ledger.shape(name)
            seen = [*short_source(table, TABLES[name], shape), *(missing_column(table, TABLES[name], shape) if shape else ())]
            yield from (f"{said} The figures below may be wrong." for _, said, _ in seen)
    yield from _runs_trouble(office, recipes, business)
    yield from missed_sentences(office, business.now)
    yield from (f"The heartbeat raises no alarm: {sentence}" for sentence in unheard(office, business.now))
    for name, title in _OWN.items():
        last = _last_sent(office, name, business.now)
        if last is not None and last.end is None:
            yield f"{title} never finished."
        elif last is not None and last.end is not None and last.end.exit_code:
            yield f"{title} went wrong: {last.end.error or 'see the log file'}"
    for one in office.ledger.channel_troubles(business.now - _TROUBLE_FOR):
        yield f"{'Texts' if one.channel == 'sms' else 'E-mails'} do not arrive since {day(one.at, business.now)}: {one.reason}"
    if lost := not_arrived(office, since, business.now):
        yield f"{count(len(lost), 'message')} did not arrive since {moment(since, business.now)}: contractor-ops report"
    if doubts := in_doubt(office, business.now):
        whom, which = named(names_of(doubts)), "it" if len(doubts) == 1 else "they"
        yield f"{count(len(doubts), 'message')}: nobody knows whether {which} left ({whom}). See which: contractor-ops report"


def automation(office: Office, recipes: Sequence[Recipe], troubles: Sequence[str]) -> str:
    """That all is well, or that nothing has been switched on yet; empty where `troubles` say what is the matter."""
    lasts = _lasts(office, recipes) if office.ledger_file.exists() else {}
    if recipes and not lasts:
        own = sorted(recipes, key=lambda one: not _is_meant(office, one))
        writes = (one.name for one in own if one.runs and any(step.do == "message" for step in one.steps))
        return f"No recipe sends yet: none has run with --send. To see what would leave: contractor-ops run {next(writes, recipes[0].name)}"
    ran = sum(bool(recipe.runs) for recipe in recipes if recipe.name in lasts)
    if troubles or not ran:
        return ""
    return f"{'The scheduled recipe' if ran == 1 else f'All {ran} scheduled recipes'} ran; nothing failed."


def _lasts(office: Office, recipes: Sequence[Recipe], now: datetime | None = None) -> dict[str, RunEntry]:
    """The last run with --send of each recipe that ever had one, by name; with `now` the last of which it is known how it ended."""
    return {recipe.name: last for recipe in recipes if (last := _last_sent(office, recipe.key, now)) is not None}


def _runs_trouble(office: Office, recipes: Sequence[Recipe], business: Business) -> Iterator[str]:
    lasts = _lasts(office, recipes, business.now)
    stopped: dict[tuple[str, ...], list[Recipe]] = {}
    for recipe in recipes:
        if (last := lasts.get(recipe.name)) is not None:
            yield from _run_trouble(recipe, last, business)
            if last.end is not None and last.end.brakes:
                stopped.setdefault(tuple(last.end.brakes), []).append(recipe)
    for brakes, held in stopped.items():
        by = f"{'is' if len(held) == 1 else 'are'} stopped by a brake ({', '.join(brakes)})"
        yield f"{_titles(held)} {by}. See why: contractor-ops run {' '.join(recipe.name for recipe in held)}"
    never = [recipe for recipe in recipes if recipe.name not in lasts and _is_meant(office, recipe)]
    if never and lasts:
        yield f"{_titles(never)} never ran with --send, though recipes/ has a schedule for {'it' if len(never) == 1 else 'them'}."


def _titles(recipes: Sequence[Recipe]) -> str:
    return listed([recipe.title for recipe in recipes])


def _stale(office: Office, business: Business, ages: Sequence[SourceAge]) -> Iterator[str]:
    """Sheets that are older than the office allows: their recipes send nothing."""
    stale: dict[str, list[SourceAge]] = {}
    for one in ages:
        part = office.config.tables.get(one.table)
        if one.since is None or part is None or part.max_age is None:
            continue
        if office.facts.calendar.has_gone_by(part.max_age, one.since, business.now):
            stale.setdefault(str(part.max_age), []).append(one)
    for most, old in stale.items():
        days = count(max(one.days or 0 for one in old), "day")
        which = (
            f"The sheet of {old[0].table} ({old[0].file}) is"
            if len(old) == 1
            else f"The sheets of {listed([one.table for one in old])} are up to"
        )
        yield f"{which} {days} old; more than {most} stops {'its' if len(old) == 1 else 'their'} messages."


def _is_meant(office: Office, recipe: Recipe) -> bool:
    """Whether the office has made a recipe its own: what only ships need not run."""
    return bool(recipe.runs) and (office.folder / "recipes" / f"{recipe.name}.toml").exists()


def _last_sent(office: Office, recipe: str, now: datetime | None = None) -> RunEntry | None:
    """The last run of a recipe with --send, of its last hundred; with `now`, one that may be under way is passed over."""
    sent = office.ledger.runs(recipe, RUNS_LOOKED_AT, sent=True)
    return max(known_runs(sent, now) if now else sent, key=lambda run: run.id, default=None)


def _run_trouble(recipe: Recipe, last: RunEntry, business: Business) -> Iterator[str]:
    if last.end is None:
        yield f"{recipe.title}: the run of {day(last.now, business.now)} never finished. Run it again: contractor-ops run {recipe.name} --send"
    elif last.end.error:
        yield f"{recipe.title} ended with: {last.end.error}"
    elif last.end.exit_code and not last.end.brakes:
        yield f"{recipe.title}: not all left at the run of {day(last.now, business.now)}. See what: contractor-ops report"
