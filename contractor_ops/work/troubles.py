"""What is not working in an office, for the top of its report: what cannot be read, what went wrong, what did not run, what does not arrive."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.office_inboxes import check_inbox
from contractor_ops.ports import RunEntry
from contractor_ops.recipe import Recipe
from contractor_ops.reports.format import day
from contractor_ops.reports.trouble import TOLD_FOR, Called, Trouble, lost_channel, not_begun, run_troubles, unread, unread_recipe
from contractor_ops.work.beats import unheard
from contractor_ops.work.missed_runs import missed_by
from contractor_ops.work.own_messages import DIGEST, INBOX
from contractor_ops.work.write_back_statuses import long_waiting

_OWN = {
    INBOX: Called(
        "Inbox",
        "look",
        "Answers and opt-outs may wait unread.",
        "contractor-ops check tells what to mend. Then look again: contractor-ops inbox",
    ),
    DIGEST: Called("Digest", "one", "", "contractor-ops check tells what to mend. Then send it: contractor-ops digest --send"),
}
OWN_TITLES = {key: one.title for key, one in _OWN.items()}
"""What is called how that runs without a recipe."""
RUNS_LOOKED_AT = 100


def runs_of(office: Office, keys: Sequence[str]) -> dict[str, list[RunEntry]]:
    """The latest runs of each, by key: looks into the inbox come so often that those of all together would hide the others."""
    return {key: found for key in keys if (found := office.ledger.runs(key, RUNS_LOOKED_AT))}


def troubles_of(office: Office, recipes: Sequence[Recipe], runs: Mapping[str, Sequence[RunEntry]], now: datetime) -> Iterator[Trouble]:
    """Everything that is known not to be working, the gravest first."""
    if not runs.keys() - _OWN.keys():
        yield not_begun(_to_see(office, recipes))
    unreadable = list(_unreadable(office))
    yield from unreadable
    told, called = {one.about for one in unreadable}, {**_OWN, **{one.key: _called(one) for one in recipes}}
    yield from (one for one in run_troubles(runs, called, now) if one.about not in told)
    for one in missed_by(office, now):
        title = OWN_TITLES.get(one.key, one.title)
        yield Trouble(title, f"it {one.words(now)}.", one.remedy)
    for file, since in long_waiting(office, now).items():
        yield Trouble(f"Writing into {file}", f"it could not be written since {day(since, now)}.", "What keeps it: contractor-ops check")
    for sentence in unheard(office, now):
        yield Trouble("Heartbeat", f"it raises no alarm: {sentence}.", "Correct url under [heartbeat] of config.toml.")
    for lost in office.ledger.channel_troubles(now - TOLD_FOR):
        yield lost_channel(lost.channel, day(lost.at, now), lost.reason)


def broken_recipes(office: Office) -> Iterator[tuple[str, str]]:
    """The recipes that cannot be read, each with what is wrong."""
    for name in office.recipe_files():
        try:
            office.recipe(name)
        except ContractorOpsError as error:
            yield name, error.message


def _unreadable(office: Office) -> Iterator[Trouble]:
    """What stops runs before the ledger hears of them."""
    yield from (unread_recipe(name, message) for name, message in broken_recipes(office))
    for about, look in (("Messages", office.check_channels), ("Inbox", lambda: check_inbox(office.config))):
        try:
            look()
        except ContractorOpsError as error:
            yield unread(about, error.message)


def _called(recipe: Recipe) -> Called:
    again = f"contractor-ops run {recipe.name}"
    return Called(
        recipe.title,
        "run with --send",
        "",
        f"See what it is: {again}",
        f"contractor-ops check tells what to mend. Then send it: {again} --send",
    )


def _to_see(office: Office, recipes: Sequence[Recipe]) -> str:
    """What shows a first recipe at work: one of the office's own, if there is one that writes."""
    files = office.recipe_files()
    writing = [one.name for one in recipes if one.runs and any(step.do == "message" for step in one.steps)]
    names = sorted(writing, key=lambda name: files[name].parent != office.folder / "recipes") or [one.name for one in recipes]
    return f"contractor-ops run {names[0]}" if names else "contractor-ops check"
