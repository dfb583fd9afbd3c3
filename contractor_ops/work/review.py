"""What people do with the review queue."""

from datetime import date, datetime

from contractor_ops.errors import TypedWrong, UnknownName
from contractor_ops.office import Office
from contractor_ops.ports import ReviewItem, ReviewState
from contractor_ops.tomlfile import did_you_mean


def waiting(office: Office, owner: str | None = None, *, everything: bool = False) -> list[ReviewItem]:
    """The queue by number; rows that must be mended in the sheet stand in the report instead. `owner` is a person's key or name."""
    states: tuple[ReviewState, ...] = ("open", "approved", "dismissed", "done", "gone") if everything else ("open",)
    items = sorted((item for item in office.ledger.reviews(states) if item.kind != "broken"), key=lambda item: (not item.urgent, item.id))
    if owner is None:
        return items
    people = office.config.people
    key = next((key for key, person in people.items() if owner.casefold() in {key.casefold(), person.name.casefold()}), None)
    if key is None:
        raise UnknownName(f'"{owner}" is nobody in [people] of config.toml; {did_you_mean(owner, people)}')
    return [item for item in items if item.owner == key]


def item(office: Office, number: int) -> ReviewItem:
    """One item of the queue. Raises UnknownName."""
    found = office.ledger.review(number)
    if found is None:
        raise UnknownName(f"There is no review item {number}.", "contractor-ops review list shows those that wait.")
    return found


def approve(office: Office, number: int, at: datetime) -> ReviewItem:
    """Release what an item shows. Raises TypedWrong when there is nothing to release."""
    found = _open(office, number)
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
    """Settle an item without a message; a task is done by that."""
    found = _open(office, number)
    office.ledger.decide_review(number, "done" if found.kind == "task" else "dismissed", at, because)
    return found


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


def snooze(office: Office, number: int, at: datetime, until: date) -> ReviewItem:
    """Put an item aside until a day."""
    found = _open(office, number)
    office.ledger.decide_review(number, "open", at, found.note, until)
    return found


def edit(office: Office, number: int, words: str, at: datetime) -> ReviewItem:
    """Give an item other words; an item that was released waits for its release again. Raises TypedWrong for what is no single message."""
    found = _open(office, number)
    if found.kind != "message" or found.body is None:
        raise TypedWrong(f"{number} is no single message whose words could be changed.")
    office.ledger.edit_review(number, words, at)
    return found


def _open(office: Office, number: int) -> ReviewItem:
    found = item(office, number)
    if found.state not in {"open", "approved"}:
        back = f"To take that back: contractor-ops review reopen {number}"
        raise TypedWrong(
            f"{number} is {found.state} already.",
            back if found.state == "dismissed" else "contractor-ops review list shows those that wait.",
        )
    return found
