"""What is not working, for the top of the report: runs that went wrong, by what the ledger remembers of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from contractor_ops.errors import Exit
from contractor_ops.ports import RunEntry
from contractor_ops.reports.format import count, listed, moment, short
from contractor_ops.reports.printable import one_line

UNDER_WAY = timedelta(minutes=10)
"""For so long a run that has not ended is taken to be at work: reports and looks into the inbox begin in the same minute."""
TOLD_FOR = timedelta(days=7)
"""For so long a run that went wrong is trouble. What is due more often and has not run again since is told as missed."""
_BY_HAND = "KeyboardInterrupt"
_NAMED, _LONGEST = 3, 300


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is not working: what it is called, what was seen, and what to do. `opening` is said instead of "Not working" and the name."""

    about: str
    message: str
    remedy: str = ""
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """What runs under a key of the ledger: its title, the words for one run of it, what a failure means for people, and what to type.

    `when_refused` is what to type where the provider would not take messages: a rehearsal does not ask it.
    """

    title: str
    run: str
    means: str
    type_again: str
    when_refused: str = ""


def opening(troubles: Sequence[Trouble]) -> str:
    """Name what is not working: "No recipe has run yet; not working: Inbox and Texts"; "" where all is well."""
    names = list(dict.fromkeys(one.about for one in troubles if not one.opening))
    shown = names if len(names) <= _NAMED else [*names[:_NAMED], f"{len(names) - _NAMED:,} more"]
    told = [*(one.opening for one in troubles if one.opening), *([f"not working: {listed(shown)}"] if names else [])]
    said = "; ".join(told)
    return said[:1].upper() + said[1:]


def known_runs(runs: Iterable[RunEntry], now: datetime) -> list[RunEntry]:
    """The runs of which it is known how they ended, or that they never will, as they were made."""
    return sorted((run for run in runs if run.end is not None or now - run.now > UNDER_WAY), key=lambda run: run.id)


def run_troubles(runs: Mapping[str, Sequence[RunEntry]], called: Mapping[str, Called], now: datetime) -> Iterator[Trouble]:
    """What the last runs say is not working, of what still exists. Brakes stand elsewhere, messages that failed are things to do."""
    for key, one in called.items():
        known = known_runs(runs.get(key, ()), now)
        sent = [run for run in known if run.sent]
        last = next((run for run in (*sent[-1:], *known[-1:]) if now - run.now <= TOLD_FOR and _went_wrong(run)), None)
        if last is not None:
            good = next((run for run in reversed(known) if run.id < last.id and not _went_wrong(run)), None)
            yield _trouble(one, last, good, now)


def _went_wrong(run: RunEntry) -> bool:
    if run.end is None:
        return run.sent
    return bool(run.end.error) and (run.sent or run.end.error != _BY_HAND)


def _trouble(called: Called, run: RunEntry, good: RunEntry | None, now: datetime) -> Trouble:
    what = called.run if run.sent else "rehearsal"
    well = moment(good.now, now) if good is not None and run.sent else ""
    since = f" The one on {well} went well." if well and well != moment(run.now, now) else ""
    refused = run.sent and run.end is not None and run.end.exit_code == Exit.SOME_FAILED
    return Trouble(
        called.title,
        f"the last {what}, on {moment(run.now, now)}, {_ended(run)}.{since} {called.means}".rstrip(),
        called.when_refused if refused and called.when_refused else called.type_again,
    )


def _ended(run: RunEntry) -> str:
    if run.end is None:
        return "never finished"
    if run.end.error == _BY_HAND:
        return "was stopped by hand"
    said = short(one_line(run.end.error.replace(".; ", "; ")), _LONGEST).rstrip(".")
    return f"went wrong: {said}" if run.end.exit_code != Exit.BUG else f"went wrong by a bug in contractor-ops, please report it ({said})"


def not_begun(command: str) -> Trouble:
    """Where no recipe has ever run, nobody knows of anything."""
    said = "No recipe has run yet"
    return Trouble("Recipes", "none has run yet, so nothing is known of what needs a person.", f"To see what would leave: {command}", said)


def lost_channel(channel: str, since: str, reason: str) -> Trouble:
    """Of a channel nothing arrives any more."""
    title = "Texts" if channel == "sms" else "E-mails"
    return Trouble(title, f"they do not arrive since {since}: {reason.rstrip('.')}.", "See what it is: contractor-ops check --try")


def unread_recipe(name: str, message: str) -> Trouble:
    """A recipe of the office's own that cannot be read, and so runs no more."""
    return unread(f"Recipe {name}", f"it cannot be read and does nothing: {message}")


def unread(about: str, message: str) -> Trouble:
    """Something that the office wrote and that cannot be understood; of many mistakes the first."""
    first, *more = message.splitlines()
    others = f" (and {count(len(more), 'more mistake')})" if more else ""
    return Trouble(about, f"{first}{others}", "contractor-ops check tells what to mend.")
