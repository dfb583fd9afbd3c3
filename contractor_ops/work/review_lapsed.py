"""Releases that did not hold: what a person had released and a run took back before it left, and why."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from contractor_ops.office import Office
from contractor_ops.ports import ReviewChange, ReviewItem, ReviewState, StepKey
from contractor_ops.reports.format import documents, listed, phone
from contractor_ops.reports.printable import one_line
from contractor_ops.work.review_unreleased import unreleased_line, was_too_late

_EVERY: tuple[ReviewState, ...] = ("open", "approved", "dismissed", "done", "gone")
_A_MOMENT = timedelta(seconds=1)
_NAMED = 5
_OVER = "nothing is due any more"
SINCE = "released, but then: "
"""How the note begins that a run leaves on a release of a trail's step which it took back."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """A release that did not hold; `again` is the item that asks anew, None where nothing is due any more."""

    item: ReviewItem
    again: ReviewItem | None

    @property
    def why(self) -> str:
        """The reason, and where it is asked again."""
        if self.again is None:
            return self.item.note.removeprefix(SINCE) if self.item.note.startswith(SINCE) else _OVER
        same = self.again.members[0].key.step == self.item.members[0].key.step
        what = "the row or the words have changed, or a doubt came up, since" if same else "the next step fell due first"
        return f"{what}; it asks again as {self.again.id}"


def lapsed_reasons(office: Office, items: Iterable[ReviewItem]) -> dict[int, str]:
    """Why items that are gone did not leave although they were released, by number; nothing of those that nobody had released."""
    gone = [item for item in items if item.state == "gone"]
    if not gone:
        return {}
    since = min((item.created_at for item in gone if item.created_at), default=None)
    found = _lapses(office, since - _A_MOMENT) if since else ()
    wanted = {item.id for item in gone}
    return {one.item.id: one.why for one in found if one.item.id in wanted}


def lapsed_lines(office: Office, recipes: Collection[str], since: datetime) -> Iterator[str]:
    """What a run says by name of releases that it took back, of messages that nobody released in time, and of tasks that settled themselves."""
    mine = {recipe.key for recipe in office.recipes() if recipe.name in recipes}
    by_reason: dict[str, list[str]] = {}
    for one in _lapses(office, since - _A_MOMENT):
        if one.item.recipe in mine:
            by_reason.setdefault(one.why.partition(";")[0], []).append(_named(one))
    for why, names in by_reason.items():
        more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
        many = "1 release did not leave" if len(names) == 1 else f"{len(names)} releases did not leave"
        again = ". Read again what is to leave: contractor-ops review" if ", now " in "".join(names) else ""
        yield f"{many}, as {why}: {listed([*names[:_NAMED], *more])}{again}"
    left = [item for item in _left(office, since - _A_MOMENT) if item.recipe in mine]
    yield from unreleased_line(filter(was_too_late, left))
    for task in left:
        if task.kind == "task":
            yield f"{task.id} left the list by itself, {_named(Lapse(task, None))}, {task.members[0].key.step}: {one_line(task.note)}"


def _named(one: Lapse) -> str:
    item = one.item
    about = documents(item.table, [member.key.record for member in item.members])
    who = item.customer or phone(item.to or "")
    asks = f", now {one.again.id}" if one.again else ""
    return f"{who} ({about}{asks})" if who else f"{about}{asks}"


def _left(office: Office, since: datetime) -> list[ReviewItem]:
    """What left the list with a line of why."""
    if not office.ledger_file.exists():
        return []
    gone = {change.item for change in office.ledger.review_changes(since) if change.state == "gone"}
    found = (office.ledger.review(number) for number in sorted(gone))
    return [item for item in found if item and item.state == "gone" and item.note]


def _lapses(office: Office, since: datetime) -> Iterator[Lapse]:
    if not office.ledger_file.exists():
        return
    last: dict[int, ReviewChange] = {change.item: change for change in office.ledger.review_changes(since)}
    every = {item.id: item for item in office.ledger.reviews(_EVERY)} if last else {}
    called = {call.item for call in office.ledger.outcomes(since)} if last else set()
    trails = {recipe.key for recipe in office.recipes() if recipe.shape == "trail"} if last else set()
    for number, change in last.items():
        item = every.get(number)
        if item is None or change.before != "approved" or number in called or item.kind == "task":
            continue
        if change.state == "gone":
            yield Lapse(item, _again(item, every.values(), change.at, trails=trails))
        elif change.state == "open" and "released" in item.note:
            yield Lapse(item, item)


def _again(item: ReviewItem, every: Iterable[ReviewItem], at: datetime, *, trails: Collection[str]) -> ReviewItem | None:
    """The item that stands for what another was about, which went at that moment; in a trail each step stands for itself."""
    records = {_stands_for(member.key, item, trails) for member in item.members}
    later = (one for one in every if one.id != item.id and one.recipe == item.recipe and one.created_at and one.created_at >= at)
    return next((one for one in later if any(_stands_for(member.key, item, trails) in records for member in one.members)), None)


def _stands_for(key: StepKey, item: ReviewItem, trails: Collection[str]) -> tuple[str, str]:
    return key.record, key.step if item.recipe in trails else ""
