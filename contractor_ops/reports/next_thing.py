"""The next thing to do about an item, as an imperative sentence with the command to type where there is one."""

from collections.abc import Sequence

from contractor_ops.planning.decision import Decision
from contractor_ops.ports import ReviewItem
from contractor_ops.reports.format import listed, phone
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.remedies import of_an_address, remedy
from contractor_ops.reports.report_items import Urgency


def for_decision(kind: Urgency, decision: Decision, columns: Sequence[str], values: Sequence[str], place: str, number: int | None) -> str:
    """What to do about a decision whose row has these unreadable cells; `number` is its review item's where it has one."""
    known = remedy(decision.reason, place, decision.to, number) if _may_be_known(kind, decision.body) else ""
    if not known and (kind == "mend" or columns):
        return mend(columns, values, place)
    return known or _sentence(kind, decision.customer, decision.to, decision.body, number, place, decision.reason)


def for_review(kind: Urgency, item: ReviewItem, place: str) -> str:
    """What to do about an item of the review queue."""
    known = remedy(item.reason, place, item.to, item.id or None) if _may_be_known(kind, item.body) else ""
    return known or _sentence(kind, item.customer, item.to, item.edited or item.body, item.id or None, place, item.reason)


def _may_be_known(kind: Urgency, body: str | None) -> bool:
    """A question may have a remedy of its own, and what is urgent and has no words to go by."""
    return kind == "decide" or (kind == "urgent" and not body)


def mend(columns: Sequence[str], values: Sequence[str], place: str) -> str:
    """Ask for cells to be mended, as in 'Mend "Emailed" in estimates.xlsx, row 31 (it says "31/31/2026")'."""
    quoted = [f'"{value}"' for value in values]
    now = f" (it says {listed(quoted)})" if quoted else ""
    headings = [f'"{column}"' for column in columns]
    return f"Mend {listed(headings)} in {place}{now}" if columns else f"Mend {place}{now}"


def reach(customer: str | None, to: str | None) -> str:
    """Name a customer and where: "Ann Li at (312) 555-0142"."""
    who = customer or ("" if to else "the customer")
    return " at ".join(part for part in (who, phone(to) if to else "") if part)


def reach_another_way(customer: str | None, address: str) -> str:
    """What to do about a message that did not arrive."""
    return f"Reach {customer or 'the customer'} another way, and mend {phone(address)} in the sheet"


def command(verb: str, number: int | None) -> str:
    """Write the command "contractor-ops review approve 12"; without a number the list shows it."""
    return f"contractor-ops review {verb} {number}" if number else "contractor-ops review list"


def nowhere(reason: str) -> str:
    """What stands in the place of an address where the words have none, "" where that is not the trouble; there may be one of the wrong kind."""
    if not of_an_address(reason):
        return ""
    return "no number or e-mail in the sheet" if "neither phone nor e-mail" in reason else "no address that fits"


def without_address(number: int | None) -> str:
    """What to do about words that have nowhere to go."""
    return (
        f"Add a mobile or an e-mail to the row or the customers list, or reach them another way and settle it: {command('dismiss', number)}"
    )


def _sentence(kind: Urgency, customer: str | None, to: str | None, body: str | None, number: int | None, place: str, reason: str) -> str:
    match kind:
        case "failed":
            return f"Reach {customer or 'the customer'} another way, and mend {_address(to)} in {place}"
        case "in doubt":
            return f"Ask {reach(customer, to)} whether the message came, then settle it: {command('show', number)}"
        case "backlog":
            return f"Release what still matters, dismiss the rest: {command('show', number)}"
        case "do" | "urgent":
            return _task(customer, to, body)
        case "release":
            return f"{'Read the message' if to else 'Look at it'} and release it: {command('approve', number)}"
        case "decide" if body and to:
            read = "the row's notes" if "notes" in reason else "what speaks against it"
            return f"Read {read} and decide: {command('show', number)}"
        case "decide" if body and of_an_address(reason):
            return without_address(number)
        case _:
            return f"Look at it and decide: {command('show', number)}"


def _task(customer: str | None, to: str | None, body: str | None) -> str:
    """A task's own words, with the number to dial where they do not tell it."""
    if not body:
        return f"Call {reach(customer, to)}"
    words = one_line(body)
    if not to or to in words or phone(to) in words:
        return words
    return f"{words.rstrip('.')}. {'Write to' if '@' in to else 'Dial'} {phone(to)}"


def _address(to: str | None) -> str:
    return phone(to) if to else "the address"
