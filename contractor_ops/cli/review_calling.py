"""What a person is asked about a call that they made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractor_ops.cli.options import Desk
from contractor_ops.cli.review_questions import Questions
from contractor_ops.reports.format import phone
from contractor_ops.work.review_calls import lines_of
from contractor_ops.work.review_noted import Call, fitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractor_ops.ports import Outcome, ReviewItem
    from contractor_ops.work.review_caller import Caller

_CALLS: dict[str, tuple[Outcome, str]] = {
    "r": ("reached", "reached"),
    "v": ("voicemail", "voicemail"),
    "d": ("dispute", "dispute"),
    "p": ("promise", "promise to pay"),
    "w": ("wrong-number", "wrong number"),
}


def call_told(questions: Questions, item: ReviewItem, caller: Caller, desk: Desk) -> Call | None:
    """What the call brought, None where the person goes back."""
    numbers = " or ".join(map(phone, caller.phones)) or "no number in the sheet"
    possible = fitting(item, caller)
    fits = {key: words for key, (outcome, words) in _CALLS.items() if outcome in possible}
    key = questions.choice(f"Call {caller.title}: {numbers}", fits)
    if key is None:
        return None
    outcome, on, called, lines = _CALLS[key][0], None, None, lines_of(caller)
    if outcome == "promise":
        on = questions.day("Promised for which day? (Esc goes back)", desk)
        if on is None:
            return None
    if outcome == "wrong-number" and len(lines) > 1:
        called = _which(questions, lines)
        if called is None:
            return None
    note = questions.ask("In your words (Enter for none, Esc goes back):")
    if note is None:
        return None
    settled = outcome in {"reached", "voicemail"} and questions.yes("Done with that?")
    if settled and item.urgent and not note:
        note = questions.reason("It is urgent: who has seen to it, and what came of it?")
        if note is None:
            return None
    return Call(outcome, on, note, settled, called)


def _which(questions: Questions, lines: Sequence[str]) -> str | None:
    """The number that is not theirs: it gets nothing more, so nobody guesses which it was."""
    numbers = {str(at): line for at, line in enumerate(lines[:9], 1)}
    key = questions.choice("Which number did you call?", {key: phone(line) for key, line in numbers.items()})
    return numbers[key] if key else None
