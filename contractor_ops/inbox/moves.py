"""Whether an answer asks for another time of a visit, or for none: only where a visit of theirs is still to come."""

from contractor_ops.inbox.newly_written import newly_written
from contractor_ops.inbox.phrases import meanings
from contractor_ops.tables.cells.wording import Wording, clean

MAY_MOVE = frozenset({"question", "no", "yes", "other"})
"""Labels of triage that a wish to move may hide behind; whoever is in danger, angry, wants to be left alone or is a machine stays that."""


def asks_to_move(text: str, subject: str = "", *, about_visit: bool) -> str:
    """The words that ask for it, or "". `about_visit`: it answers our own words about the visit, so "can we do Friday?" is meant for that."""
    written = newly_written(text or "")
    said = Wording(clean(written if written.strip() else subject))
    move, another = meanings()["move"], meanings()["another_day"]
    found = move.says.find(said, move.never)
    return found or (another.says.find(said, another.never) if about_visit and not move.never.find(said) else "")
