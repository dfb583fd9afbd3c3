"""Leads that no sheet holds yet: callers whom nobody answered, and who answered our text."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from contractor_ops.inbox.lead_words import LeadWords, lead_words
from contractor_ops.ports import KeptReply
from contractor_ops.tables.record import Place, Record

_LONGEST_TITLE = 80
_NO_ANSWER = frozenset({"stop", "start", "help", "auto_reply"})


def leads_from(replies: Iterable[KeptReply], zone: tzinfo) -> Iterator[Record]:
    """One record of the leads table for each caller who answered our text about a missed call; several answers are one lead.

    What they said stands beside it, whole, in `notes`. The status is "contacted": it is before a person already.
    """
    told: dict[int, list[KeptReply]] = {}
    for reply in replies:
        if reply.answers and reply.label not in _NO_ANSWER and any(table == "missed_calls" for _, table, _ in reply.records):
            told.setdefault(reply.answers, []).append(reply)
    for answers in told.values():
        yield _lead(answers, zone)


def _lead(answers: list[KeptReply], zone: tzinfo) -> Record:
    first, said = answers[0], [lead_words(reply.text or reply.whole) for reply in answers]
    problem = _first(said, "problem")
    values = {
        "number": f"R-{first.number}", "customer": _first(said, "name") or first.customer, "phone": first.address, "address": _first(said, "address"),
        "title": problem and (problem if len(problem) <= _LONGEST_TITLE else f"{problem[: _LONGEST_TITLE - 1]}…"),
        "status": "contacted", "source": "missed call", "received_on": first.at.astimezone(zone).replace(tzinfo=None, microsecond=0),
        "notes": "\n".join(reply.text or reply.whole for reply in answers),
    }  # fmt: skip
    return Record("leads", dict(values), Place("answers to missed calls", None, None))


def _first(said: list[LeadWords], field: str) -> str | None:
    return next((value for words in said if (value := getattr(words, field))), None)
