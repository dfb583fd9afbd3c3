"""Answers handed in as lines, and what each means: for other people's scripts, and to try the words on an office's own messages."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from contractor_ops.inbox.moves import MAY_MOVE, asks_to_move
from contractor_ops.inbox.ratings import MAY_RATE, rating_in
from contractor_ops.inbox.triage import Verdict, classify


def classify_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """`{"id", "label", "reason"}` for each line that is not blank, in order, before the next line is asked for.

    A line is a JSON object `{"id", "text", "subject"?, "headers"?, "about"?}` or else a raw text, whose id is the line's number. What an odd object
    lacks (a text that is no text) counts as empty. `about` says what the answered message was about: with "visit" a visit to come may be moved
    (label "move"), with "rating" a number is a rating; without it the words are all there is.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip("\ufeff \t\r\n\f\v\0"):
            continue
        given = _object(line)
        if given is None:
            given = {"text": line.strip("\ufeff\r\n")}
        verdict = classify(_text(given.get("text")), _text(given.get("subject")), _headers(given.get("headers")))
        label, reason = _with_what_was_asked(verdict, _text(given.get("text")), _text(given.get("subject")), given.get("about"))
        yield {"id": given.get("id", number), "label": label, "reason": reason}


def _with_what_was_asked(verdict: Verdict, text: str, subject: str, about: object) -> tuple[str, str]:
    if (
        about == "visit"
        and verdict.label in MAY_MOVE
        and verdict.weight == "stops"
        and (words := asks_to_move(text, subject, about_visit=True))
    ):
        return "move", f'it says "{words}"'
    if about == "rating" and verdict.label in MAY_RATE and (rating := rating_in(text or subject)):
        return "rating", f'it says "{rating.said}", {rating.score} of 5'
    return verdict.label, verdict.reason


def _object(line: str) -> dict[str, Any] | None:
    """A JSON object, None for anything else."""
    try:
        found = json.loads(line.strip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _headers(value: object) -> dict[str, str]:
    return {name: _text(content) for name, content in value.items()} if isinstance(value, dict) else {}
