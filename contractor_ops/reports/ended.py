"""How a person ended an item of the queue: done by hand, or dismissed. The state alone does not tell, for a task is "done" either way."""

from typing import Literal

from contractor_ops.ports import ReviewItem

DONE = "done by hand"
"""How the note of an item begins that a person has seen to."""
WITHOUT_A_REASON = "without a reason"
"""The note of an item that a person dismissed and said no more."""
CALLED = ("reached them", "left a voicemail")
"""How the note of an item begins that a call has settled."""


def done_note(because: str) -> str:
    """What stands on an item that a person has done."""
    return f"{DONE}: {because}" if because else DONE


def ended_as(item: ReviewItem) -> Literal["done", "dismissed", ""]:
    """What the person said who ended it; "" where no person did, as for a message that has left."""
    if item.state != "dismissed" and not (item.state == "done" and item.kind == "task"):
        return ""
    said_done = item.note == DONE or item.note.startswith((f"{DONE}: ", *CALLED))
    return "done" if said_done else "dismissed"
