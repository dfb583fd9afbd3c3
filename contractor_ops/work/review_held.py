"""Why a message of the queue would not leave although a person releases it: its customer rests, or hears nothing at all."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from contractor_ops.office import Office
from contractor_ops.planning.contacts import Contact
from contractor_ops.planning.standing import Standing, names, set_aside
from contractor_ops.ports import ReviewItem
from contractor_ops.reports.format import day, listed
from contractor_ops.tables.record import Record
from contractor_ops.work.review_rest import quoted
from contractor_ops.work.review_story import Stories
from contractor_ops.work.who_ledger import Known


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a message stays, and until when, or what a person must type first: both are "" where it never leaves."""

    why: str
    until: str = ""
    lift: str = ""

    def __str__(self) -> str:
        ends = f", until {self.until}" if self.until else ""
        return f"{self.why}{ends}{f'; to lift that: {self.lift}' if self.lift else ''}"

    @property
    def released(self) -> str:
        """What is said of a message that was released all the same."""
        return f"released, but it is held: {self}" if self.until or self.lift else f"released, but it cannot leave: {self.why}"


def released(stories: Stories, item: ReviewItem) -> str:
    """What a release comes to."""
    hold = hold_of(stories, item)
    return hold.released if hold else "released: it leaves at the next run --send"


def hold_of(stories: Stories, item: ReviewItem) -> Hold | None:
    """Why a message would stay, by what is known now; None where nothing holds it, and for messages to our own people."""
    if item.kind != "message" or stories.recipient(item):
        return None
    office, now, row = stories.office, stories.now, stories.row(item)
    contact = _contact(stories, item)
    keys = Known(contact.addresses, contact.number, frozenset(), {}).keys
    history = office.ledger.history("", "", (), keys, now.replace(hour=0, minute=0, second=0, microsecond=0))
    standing = Standing(history, office.facts, now)
    if silenced := standing.silenced(contact):
        return Hold(silenced)
    if rests := standing.rests("", contact, _set_aside(office, item)):
        pause = next((one for one in history.pauses if names(one.who, contact) and (one.until is None or now.date() < one.until)), None)
        lift = f"contractor-ops resume {quoted(pause.who)}" if pause else ""
        return Hold(rests[0], day(rests[1], now) if rests[1] else "", lift or ("" if rests[1] else _answered(contact)))
    return _by_the_row(row, now) if row else None


def _set_aside(office: Office, item: ReviewItem) -> frozenset[str]:
    """The steps whose answers have no bearing on this one."""
    recipe = next((one for one in office.recipes() if one.key == item.recipe), None)
    step = next((one for one in recipe.steps if one.key == item.members[0].key.step), None) if recipe else None
    return set_aside(recipe, step) if recipe and step else frozenset()


def also_held(stories: Stories, item: ReviewItem) -> str:
    """Other messages of the same customer that were released, and are held from now on; "" where there are none."""
    whose = _contact(stories, item)
    theirs = [one.id for one in stories.office.ledger.reviews(("approved",)) if one.id != item.id and _is_theirs(stories, one, whose)]
    if not theirs:
        return ""
    return f"{listed([str(one) for one in sorted(theirs)])}, released before, {'is' if len(theirs) == 1 else 'are'} held too"


def reopened(stories: Stories, item: ReviewItem) -> str:
    """What to say of an item that waits again: a call that was noted about it still lets its customer rest."""
    hold = hold_of(stories, item)
    return f"open again; but what leaves is held: {hold}" if hold else "open again"


def _contact(stories: Stories, item: ReviewItem) -> Contact:
    """The customer as the row shows them, with every address that is known."""
    caller, row = stories.caller(item), stories.contact(item)
    phones, emails = tuple(one.partition(";")[0] for one in caller.phones), caller.emails
    known = row or Contact(caller.name or None, None, phones, emails, caller.key, caller.number)
    return replace(known, phones=phones, emails=emails)


def _is_theirs(stories: Stories, other: ReviewItem, whose: Contact) -> bool:
    contact = _contact(stories, other)
    shared = {*contact.addresses, *contact.listed_addresses} & {*whose.addresses, *whose.listed_addresses}
    return other.kind == "message" and not stories.recipient(other) and bool(shared or (contact.number and contact.number == whose.number))


def _answered(contact: Contact) -> str:
    who = next(iter(contact.addresses), "")
    return f"contractor-ops resume {who}" if who else ""


def _by_the_row(row: Record, now: datetime) -> Hold | None:
    """What the sheet says of this document alone."""
    rest, promised, today = row["hold_until"], row["promised_on"], now.date()
    if type(rest) is date and today < rest:
        return Hold("the sheet says: hold", day(rest, now))
    if type(promised) is date and today <= promised:
        return Hold(f"payment was promised for {day(promised, now)}", day(promised + timedelta(days=1), now))
    return None
