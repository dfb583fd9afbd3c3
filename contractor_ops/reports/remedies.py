"""The remedy for each reason why something cannot go on by itself: where to write what, and how to settle it by hand."""

import re

from contractor_ops.reports.format import phone

_NO_ADDRESS = re.compile(r"neither phone nor e-mail|no phone that takes texts|no e-mail address|no number or address|wants no messages")
"""How planning says that words have nowhere to go."""
_BY_REASON = (
    (r"is gone from your .* under another number", "Compare the two bookings, tell whoever must know, and settle it: {done} --because \"…\""),
    (r"is gone from your .* that hour has passed", "Ask what became of the visit, and then: {done} --because \"…\""),
    (r"is gone from your .* sheet", "Put the row back, or tell them and settle it: {done} --because \"…\""),
    (r"has no meaning that I know", "Mend the status in {place}: contractor-ops tables lists the words that have a meaning"),
    (r"its status is blank", "Write a status into {place}"),
    (r"its start has passed", "The visit has begun: {told}bring the status up to date in {place}, or settle this: {dismiss}"),
    (r"in the technicians table \(", "Add a phone or an e-mail to the technicians sheet, or tell them by hand: {done}"),
    (r"is not one name in the technicians table", "Write one name into {place}, as the technicians sheet has it, or tell them by hand: {done}"),
    (r"no (?:former )?technician is named", "Write a technician into {place}, or settle it: {dismiss}"),
    (r"neither phone nor e-mail in config\.toml", "Add a phone or an e-mail under [people] in config.toml, or tell them by hand: {done}"),
    (r"\[job_types\] in config\.toml", "Add the kind of job under [job_types] in config.toml, or see to it by hand: {done}"),
    (r"no materials list", "Add what it needs to the materials sheet, or see to it by hand: {done}"),
    (r"Write a number there", "Write the number into the materials sheet, or see to it by hand: {done}"),
    (r"Count them", "Count them and write it into the inventory sheet, or see to it by hand: {done}"),
    (r"and the row has no such value", "Write it into {place}, or settle it: {dismiss}"),
)  # fmt: skip


def of_an_address(reason: str) -> bool:
    """Whether all that is amiss is that the words have nowhere to go."""
    return _NO_ADDRESS.search(_unquoted(reason)) is not None


def remedy(reason: str, place: str, to: str | None, number: int | None) -> str:
    """What to do about a reason that is known, "" about any other."""
    words = next((words for said, words in _BY_REASON if re.search(said, _unquoted(reason))), "")
    told = f"call {phone(to)} if they have not heard, " if to else ""
    return words.format(place=place, told=told, done=_command("done", number), dismiss=_command("dismiss", number))


def _command(verb: str, number: int | None) -> str:
    return f"contractor-ops review {verb} {number}" if number else "contractor-ops review list"


def _unquoted(reason: str) -> str:
    """A customer's or a sheet's own words say nothing of what is amiss."""
    return re.sub(r'"[^"]*"', '""', reason)
