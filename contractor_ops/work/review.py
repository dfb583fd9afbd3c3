"""What people do with the review queue."""

from collections.abc import Iterable
from datetime import date, datetime

from contractor_ops.errors import TypedWrong, UnknownName
from contractor_ops.office import Office
from contractor_ops.planning.falls_to import falls_to, why_fallen
from contractor_ops.ports import ReviewItem, ReviewState
from contractor_ops.reports.as_of import as_of, judged_on
from contractor_ops.reports.ended import WITHOUT_A_REASON, done_note, ended_as
from contractor_ops.reports.format import count
from contractor_ops.tomlfile import nearest
from contractor_ops.work.review_rehearsed import no_such_item


def waiting(office: Office, now: datetime, owner: str | None = None, *, everything: bool = False) -> list[ReviewItem]:
    """The queue by number; rows that must be mended in the sheet stand in the report instead.

    `owner` is a person's key, name or first name: what is theirs, and what falls to them.
    """
    states: tuple[ReviewState, ...] = ("open", "approved", "dismissed", "done", "gone") if everything else ("open",)
    items = sorted((item for item in office.ledger.reviews(states) if item.kind != "broken"), key=lambda item: (not item.urgent, item.id))
    if owner is None:
        return items
    key = person(office, owner)
    return [item for item in items if key in {item.owner, turn_of(office, item, now)}]


def to_mend(office: Office) -> str:
    """That rows must be mended in the sheets besides, which is what the list leaves out; "" where none must."""
    rows = {member.place for item in office.ledger.reviews() if item.kind == "broken" for member in item.members}
    return f"{count(len(rows), 'row')} must be mended in the sheets besides: contractor-ops report" if rows else ""


def person(office: Office, typed: str) -> str:
    """The key of somebody in [people], by key, name, or a first name that only one of them has. Raises UnknownName."""
    wanted, people = typed.casefold().strip(), office.config.people
    for said in (lambda key: key, lambda key: people[key].name, lambda key: people[key].name.partition(" ")[0]):
        fits = [key for key in people if wanted and said(key).casefold() == wanted]
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise UnknownName(f'"{typed}" may be {_people(office, fits, " or ")}: write the key, or the whole name.')
    near = nearest(typed, [*people, *(person.name for person in people.values())])
    guess = f'did you mean "{near}"? ' if near else ""
    raise UnknownName(f'"{typed}" is nobody in [people] of config.toml; {guess}There are: {_people(office, people, ", ")}.')


def _people(office: Office, keys: Iterable[str], between: str) -> str:
    """Keys with the names, as somebody may type either."""
    return between.join(f"{key} ({office.config.people[key].name})" for key in keys)


def turn_of(office: Office, item: ReviewItem, now: datetime) -> str:
    """Whose turn an item is: its owner's, or whom it falls to."""
    limits, calendar = office.config.limits, office.facts.calendar
    return falls_to(item, office.config.people, now, calendar.is_business_day, limits.waits_at_most)


def why_theirs(office: Office, item: ReviewItem, now: datetime) -> str:
    """Why an item has fallen to somebody else than its owner, "" where it has not."""
    people = office.config.people
    return "" if turn_of(office, item, now) == item.owner else why_fallen(item, people, now, office.config.limits.waits_at_most)


def reason_of(office: Office, found: ReviewItem, now: datetime) -> str:
    """Why an item is in the queue, with the day on which its ages were counted where that is an earlier one."""
    last = next(iter(office.ledger.runs(found.recipe, 1)), None) if found.kind != "task" else None
    return as_of(found.reason, judged_on(found, now, last.now.astimezone(now.tzinfo).date() if last else None), now)


def item(office: Office, number: int) -> ReviewItem:
    """One item of the queue. Raises UnknownName."""
    found = office.ledger.review(number)
    if found is None:
        raise UnknownName(f"There is no review item {number}.", no_such_item(office))
    return found


def approve(office: Office, number: int, at: datetime) -> ReviewItem:
    """Release what an item shows. Raises TypedWrong when there is nothing to release."""
    found = open_item(office, number)
    if found.kind == "task":
        raise TypedWrong(
            f"{number} is something to do by hand, not a message.",
            f"When it is done: contractor-ops review done {number}",
        )
    if found.kind != "message":
        raise TypedWrong(f"{number} has no message to release: {found.reason.rstrip('.')}.",
                         f"Mend it in the sheet, or settle it: contractor-ops review dismiss {number} --because …")  # fmt: skip
    office.ledger.decide_review(number, "approved", at)
    return found


def dismiss(office: Office, number: int, at: datetime, because: str) -> ReviewItem:
    """Settle an item without a message, for a reason. Raises TypedWrong as `end` does."""
    return end(office, number, at, because, because or WITHOUT_A_REASON)


def done(office: Office, number: int, at: datetime, because: str = "") -> ReviewItem:
    """Tick off a task, or a message that was sent or told by hand. Raises TypedWrong as `end` does."""
    return end(office, number, at, because, done_note(because))


def end(office: Office, number: int, at: datetime, because: str, note: str) -> ReviewItem:
    """End an item for good; its note tells later how.

    Raises TypedWrong for a row to mend, which no word of ours mends, and for an urgent item without a reason.
    """
    found = open_item(office, number)
    needs_reason(found, because)
    if found.kind == "broken":
        raise TypedWrong(f"{number} stays in the report until {found.members[0].place} is mended: {found.reason.rstrip('.')}.",
                         f"To put it aside for some days: contractor-ops review snooze {number} --until DAY")  # fmt: skip
    office.ledger.decide_review(number, "done" if found.kind == "task" else "dismissed", at, note)
    return found


def needs_reason(found: ReviewItem, because: str) -> None:
    """Raise TypedWrong where somebody may be in danger and nobody says who has seen to it."""
    if found.urgent and not because.strip():
        raise TypedWrong(f"{found.id} is urgent: {found.reason.rstrip('.')}. It needs a word about who has seen to it.",
                         f'contractor-ops review done {found.id} --because "…"')  # fmt: skip


def reopen(office: Office, number: int, at: datetime) -> ReviewItem:
    """Take back a release, a dismissal or a snooze. Raises TypedWrong for what is open anyway, has been done or is no longer due."""
    found = item(office, number)
    if found.state not in {"open", "approved", "dismissed"} or (found.state == "open" and not found.until):
        raise TypedWrong(f"{number} is {found.state} already.", "What was sent, done or is no longer due cannot be taken back.")
    office.ledger.decide_review(number, "open", at, "" if found.state == "open" else f"it was {found.state} before")
    return found


def recipe_name(office: Office, found: ReviewItem) -> str:
    """What an item's recipe is called now, which is what people type."""
    return next((recipe.name for recipe in office.recipes() if recipe.key == found.recipe), found.recipe)


def recipe_titles(office: Office) -> dict[str, str]:
    """What people call the recipes that items come from."""
    return {"inbox": "Inbox", **{recipe.key: recipe.title for recipe in office.recipes()}}


def snooze(office: Office, number: int, at: datetime, until: date) -> ReviewItem:
    """Put an item aside until a day."""
    found = open_item(office, number)
    office.ledger.decide_review(number, "open", at, found.note, until)
    return found


def edit(office: Office, number: int, words: str, at: datetime) -> ReviewItem:
    """Give an item other words; an item that was released waits for its release again. Raises TypedWrong for what is no single message."""
    found = open_item(office, number)
    if found.kind != "message" or found.body is None:
        raise TypedWrong(f"{number} is no single message whose words could be changed.")
    office.ledger.edit_review(number, words, at)
    return found


def assign(office: Office, number: int, to: str, at: datetime) -> ReviewItem:
    """Give an item to a person, by key or name. Raises UnknownName."""
    key = person(office, to)
    found = open_item(office, number)
    office.ledger.assign_review(number, key, at)
    return found


def open_item(office: Office, number: int) -> ReviewItem:
    """An item that can still be decided. Raises UnknownName, and TypedWrong for one that is settled."""
    found = item(office, number)
    if found.state not in {"open", "approved"}:
        back = f"To take that back: contractor-ops review reopen {number}"
        raise TypedWrong(
            f"{number} is {ended_as(found) or found.state} already.",
            back if found.state == "dismissed" else "contractor-ops review list shows those that wait.",
        )
    return found
