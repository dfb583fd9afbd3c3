"""The office's jobs, made of its config and its recipes: what runs, when, and a sentence about each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contractor_ops.config import Config
from contractor_ops.hours import parse_business_hours
from contractor_ops.recipe import Recipe
from contractor_ops.timetable.reading import read_when
from contractor_ops.timetable.when import When

INBOX = "inbox"
LOOK = (INBOX, "--quiet")
BACKUP = "{office}/backups/ledger-{day}.db"
"""A word of a command: the office's folder and the day are written in when it runs."""

_SHIFTS = (0, 3, 4, 2, 1, *range(5, 60))
"""So many minutes later, the first that is free: three minutes after a look into the inbox it has ended."""
_AND = "-and-"
_THE_SAME_DAY, _DAYS_LATER = timedelta(hours=12), timedelta(days=6)
_LEAVES = {
    "auto": "What is routine leaves by itself.", "approve": "Only what somebody has released leaves.", "rehearse": "A rehearsal: nothing leaves.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """One job: `steps` are the words behind the program's name, each done only if the one before ended well.

    `keys` are the names under which the ledger keeps its runs. `late` is how long after its moment it still makes sense.
    """

    name: str
    about: str
    steps: tuple[tuple[str, ...], ...]
    when: When
    keys: tuple[str, ...] = ()
    late: timedelta = _THE_SAME_DAY

    @property
    def sentence(self) -> str:
        """What it does and when, for people."""
        what, _, more = self.about.partition(". ")
        return f"{what}: {self.when}." + (f" {more}" if more else "")

    @property
    def recipes(self) -> tuple[str, ...]:
        """The recipes that it runs, by name."""
        return tuple(word for step in self.steps if step[0] == "run" for word in step[1:] if not word.startswith("--"))

    def makes_sense(self, slot: datetime, now: datetime) -> bool:
        """Whether what was due at `slot` should still be done: a summary of the morning not in the night, a copy of the ledger days later."""
        if now - slot > self.late:
            return False
        return self.late > timedelta(days=1) or bool(self.when.step) or slot.date() == now.date()


def names_recipe(job: str, recipe: str) -> bool:
    """Whether a recipe is one of those that a job's name is made of."""
    return f"{_AND}{recipe}{_AND}" in f"{_AND}{job}{_AND}"


def for_some(jobs: Iterable[Job], name: str) -> Job | None:
    """The recipes that the name of another day is made of, as one job: what was installed then goes on when another recipe is added at its time."""
    groups = [(job, tuple(recipe for recipe in job.recipes if names_recipe(name, recipe))) for job in jobs]
    found = [(job, recipes) for job, recipes in groups if recipes]
    if not found:
        return None
    looks = any(LOOK in job.steps for job, _ in found)
    run = _run(tuple(recipe for _, recipes in found for recipe in recipes))
    keys = tuple(key for job, recipes in found for key, recipe in zip(job.keys, job.recipes, strict=True) if recipe in recipes)
    return replace(found[0][0], name=name, steps=(LOOK, run) if looks else (run,), keys=keys)


def office_jobs(config: Config, recipes: Iterable[Recipe]) -> list[Job]:
    """Every job of an office, the inbox first. `recipes` are those that it can run; one without `runs` is left out."""
    scheduled = [recipe for recipe in recipes if recipe.runs]
    look = _inbox(config)
    return [look, *_recipes(scheduled, look), *(_lists(config) if scheduled else ()), *_digests(config), _backup()]


def _inbox(config: Config) -> Job:
    when = read_when(str(config.inbox.get("every") or "every 5 minutes"))
    about = "What customers answered. What is urgent reaches the owner from here; it prints only when something came."
    return Job(INBOX, about, (LOOK,), when, (INBOX,), timedelta(minutes=when.step) if when.step else _THE_SAME_DAY)


def _recipes(recipes: Sequence[Recipe], look: Job) -> Iterator[Job]:
    """A job for all recipes of one time. What chases at a time of day looks into the inbox first, and never in the minute of another look."""
    together: dict[tuple[When, bool], list[Recipe]] = {}
    for recipe in recipes:
        when = read_when(recipe.runs)
        together.setdefault((when, not when.step and _writes(recipe)), []).append(recipe)
    looks = [look.when]
    for (when, looks_first), group in sorted(together.items(), key=lambda one: (not one[0][0].step, one[0][0].minutes)):
        when = _free(when, looks if looks_first else looks[:1]) if looks_first or when.step else when
        looks += [when] if looks_first else []
        yield _job(group, when, looks_first)


def _free(when: When, taken: Sequence[When]) -> When:
    moved = (when.later(minutes) for minutes in _SHIFTS if not when.step or minutes < when.step)
    return next((one for one in moved if not any(one.meets(other) for other in taken)), when)


def _job(recipes: Sequence[Recipe], when: When, looks_first: bool) -> Job:
    names = [recipe.name for recipe in recipes]
    run = _run(names)
    titles = ", ".join(recipe.title for recipe in recipes)
    about = f"{titles}. {' '.join(_said(recipes, looks_first))}"
    late = timedelta(minutes=when.step) if when.step else _THE_SAME_DAY
    return Job(_AND.join(names), about, (LOOK, run) if looks_first else (run,), when, tuple(recipe.key for recipe in recipes), late)


def _run(names: Sequence[str]) -> tuple[str, ...]:
    return ("run", *names, "--send", "--quiet")


def _said(recipes: Sequence[Recipe], looks_first: bool) -> Iterator[str]:
    if looks_first:
        yield "Where the inbox cannot be asked, nothing leaves: somebody may have answered."
    if any(_writes(recipe) for recipe in recipes):
        modes = {recipe.mode for recipe in recipes if _writes(recipe)}
        yield _LEAVES[modes.pop()] if len(modes) == 1 else "What leaves by itself is said in each recipe's mode."
    else:
        yield "No message leaves: what it finds is put on people's lists."
    yield "It prints only when something went wrong."


def _writes(recipe: Recipe) -> bool:
    return any(step.do == "message" for step in recipe.steps)


def _lists(config: Config) -> Iterator[Job]:
    days = tuple(parse_business_hours(config.office.business_hours))
    calls = When(days, (8 * 60, 13 * 60))
    yield Job("call-list", "Whom to call and what to answer", (("report", "--call-list"),), calls)
    yield Job("report", "What needs a person, from all runs", (("report",),), read_when("daily 09:30"))


def _digests(config: Config) -> Iterator[Job]:
    weekly = read_when(config.digest.weekly) if config.digest.weekly else None
    daily = read_when(config.digest.daily) if config.digest.daily else None
    daily = daily.without(weekly) if daily and weekly else daily
    if daily:
        yield Job("digest-daily", "The owner's summary by e-mail", (("digest", "--daily", "--send"),), daily)
    if weekly:
        yield Job("digest-weekly", "The week's summary, with its charts", (("digest", "--weekly", "--send"),), weekly)


def _backup() -> Job:
    about = "A copy of the ledger, in the folder backups"
    return Job("ledger-backup", about, (("ledger", "backup", BACKUP),), read_when("sun 18:00"), late=_DAYS_LATER)
