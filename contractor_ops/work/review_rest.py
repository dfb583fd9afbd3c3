"""Letting a customer rest after a call: as whom, and when a name alone must not do it."""

from datetime import date, datetime

from contractor_ops.office import Office
from contractor_ops.planning.papers import Papers
from contractor_ops.ports import Pause, ReviewItem
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.work.review import recipe_name
from contractor_ops.work.review_caller import Caller
from contractor_ops.work.who_shelf import CALLS, shelf_of


def let_rest(office: Office, caller: Caller, until: date | None, note: str, at: datetime) -> tuple[bool, Pause | None, Pause | None]:
    """Pause the customer, unless they rest for longer already: whether they rest now, the pause that was, and the new one."""
    who = _known_as(office, caller, at)
    if who is None:
        return False, None, None
    before = next((pause for pause in office.ledger.pauses() if pause.who == who), None)
    if before and (before.until is None or (until is not None and before.until >= until)):
        return True, before, None
    pause = Pause(who, until, note)
    office.ledger.pause(pause, at)
    return True, before, pause


def _known_as(office: Office, caller: Caller, at: datetime) -> str | None:
    """What a pause may name: a phone, an e-mail or the customer number; the name only where it can be nobody else's."""
    told = next(iter(caller.addresses), None) or caller.number
    return told or (caller.name if caller.name and _only_a_name(office, caller.name, at) else None)


def _only_a_name(office: Office, name: str, at: datetime) -> bool:
    """Whether no row of this name tells more than the name: then there is nobody whom the pause could hold by mistake."""
    shelf = shelf_of(office, at)
    papers = Papers(shelf.tables, office.config.office.country)
    return not shelf.unread.keys() - {CALLS} and not any(papers.marks(row).strong for row in papers.named([normal_name(name)]))


def how_to_skip(office: Office, item: ReviewItem) -> str:
    """What to type so that the recipe leaves the item's records alone."""
    recipe = recipe_name(office, item)
    records = dict.fromkeys(member.key.record for member in item.members)
    return " and ".join(f"contractor-ops skip {recipe} {quoted(record)}" for record in records)


def quoted(word: str) -> str:
    """So that a shell takes it for one word."""
    return f'"{word}"' if " " in word else word
