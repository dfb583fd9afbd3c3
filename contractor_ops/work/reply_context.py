"""What a customer's answer means because of what it answers: a rating that was asked for, or another time for a visit that is to come.

The words alone do not say it: "5" is a rating only to whoever asked for one, and "can we do Friday?" a wish to move only where a visit is booked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from contractor_ops.inbox.moves import MAY_MOVE, asks_to_move
from contractor_ops.inbox.ratings import LOW, MAY_RATE, Rating, rating_in
from contractor_ops.office import Office
from contractor_ops.ports import Judged, Reply, SentMessage
from contractor_ops.reports.format import listed
from contractor_ops.tables.record import Record
from contractor_ops.work.reply_visits import start_in_words, told_of, visits_in_words, visits_of

RATING, MOVE = "rating", "move"
LOW_RATING = LOW
"""The highest score that a person looks at."""
_SETTLE_THE_TIME = "Settle the time with them and change the jobs sheet: no machine does."
_THE_SAME_FOR_ALL = "The request for a review is the same for everybody and goes on."
_RATES_WITHIN = timedelta(days=7)
_ANSWERS_WITHIN = timedelta(days=14)
"""How long what somebody writes, with no message of ours since, is meant for the question how we did."""
_SAME_SECOND = timedelta(seconds=1)
_LOOKED_AT = 10
_CANCELS = re.compile(r"cancel|cancle|cansel|canel|cancal|cacel", re.IGNORECASE)
_ASKS_FOR_A_NUMBER = re.compile(r"\b(?:reply|text|press|answer|send|respond)\b.{0,30}?\b[0-9]\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """What an answer means, and the message that it answers. `settled`: it stops nothing. `quiet`: nobody has to read it. `story` begins its task.

    `urgent`: a person must act on it at once.
    """

    judged: Judged
    answered: SentMessage | None
    settled: bool = False
    quiet: bool = False
    story: str = ""
    urgent: bool = False


def meant_by(office: Office, reply: Reply, judged: Judged, named: SentMessage | None, answered: SentMessage | None) -> Meant:
    """What a customer's answer means. `named`: the message of ours that it names itself; `answered`: that, or the last one to whoever wrote."""
    if judged.opts_out or judged.label == "start" or judged.weight == "automatic":
        return _calls_off(office, reply, judged, answered) or Meant(judged, answered)
    return (
        _rated(office, reply, judged, named, answered)
        or _says_how_it_was(office, reply, judged, answered)
        or _moves(office, reply, judged, answered)
        or Meant(judged, answered)
    )


# ── a rating ──


def _rated(office: Office, reply: Reply, judged: Judged, named: SentMessage | None, answered: SentMessage | None) -> Meant | None:
    rating = rating_in(judged.text or reply.subject) if judged.label in MAY_RATE else None
    asked = _asked_for(office, reply, rating, named, answered) if rating else None
    if rating is None or asked is None:
        return None
    wish = _wish_beside(office, reply, judged)
    more = rating.trouble or bool(wish)
    weight = judged.weight if more else "pleasant"
    told = replace(judged, label=RATING, weight=weight, reason=f'it says "{rating.said}", {rating.score} of 5')
    story = f"Rated us {rating.score} of 5. {_THE_SAME_FOR_ALL}{_rests(told, reply)}{wish}"
    return Meant(told, asked, settled=not more, quiet=rating.score > LOW and not more, story=story, urgent=bool(wish))


def _rests(judged: Judged, reply: Reply) -> str:
    return f" All else rests until you then say: contractor-ops resume {reply.address}" if judged.weight == "stops" else ""


def _wish_beside(office: Office, reply: Reply, judged: Judged) -> str:
    """What else whoever answers how we did asks for: another time of a visit that is to come."""
    wishes = asks_to_move(judged.text, reply.subject, about_visit=False)
    visits = visits_of(office, reply.address, reply.at, frozenset()) if wishes else []
    return f"\n{_asks_for(office, visits, reply)} {_SETTLE_THE_TIME}" if visits else ""


def _says_how_it_was(office: Office, reply: Reply, judged: Judged, answered: SentMessage | None) -> Meant | None:
    """Words in place of a number: a person reads them, and they stop what any words stop but the request for a review."""
    asking = _asking(office)
    if answered is None or not _asks(answered, asking) or reply.at - answered.at > _ANSWERS_WITHIN:
        return None
    story = f"Answers our question how we did. {_THE_SAME_FOR_ALL}"
    if moves := _moves(office, reply, judged, answered):
        return replace(moves, urgent=True, story=f"{story}\n{moves.story}")
    return Meant(judged, answered, story=f"{story}{_rests(judged, reply)}")


def _asked_for(office: Office, reply: Reply, rating: Rating, named: SentMessage | None, answered: SentMessage | None) -> SentMessage | None:
    """The message that asked for this rating: the one that it answers, else for a bare number one of the last week."""
    asking = _asking(office)
    if not asking or answered is None or _asks(answered, asking):
        return answered if asking else None
    if named is not None or not rating.bare:
        return None
    for message in office.ledger.sent_to(answered.address, reply.at + _SAME_SECOND, limit=_LOOKED_AT):
        if reply.at - message.at > _RATES_WITHIN or _asks(message, asking):
            return message if reply.at - message.at <= _RATES_WITHIN else None
        if _ASKS_FOR_A_NUMBER.search(message.body or ""):
            return None  # "reply 1 to confirm" came later: nobody knows which of the two it answers
    return None


def _asking(office: Office) -> set[tuple[str, str]]:
    return {(recipe.key, step.key) for recipe in office.recipes() for step in recipe.steps if step.asks == RATING}


def _asks(message: SentMessage, asking: set[tuple[str, str]]) -> bool:
    return any((step.recipe, step.key.step) in asking for step in message.steps)


# ── another time ──


def _moves(office: Office, reply: Reply, judged: Judged, answered: SentMessage | None) -> Meant | None:
    if judged.label not in MAY_MOVE or judged.weight != "stops":
        return None
    named = told_of(answered)
    words = asks_to_move(judged.text, reply.subject, about_visit=bool(named))
    visits = visits_of(office, reply.address, reply.at, named) if words else []
    if not visits:
        return None
    told = replace(judged, label=MOVE, reason=f'it says "{words}", and {visits_in_words(office, visits, reply.at)}')
    story = (
        f"{_asks_for(office, visits, reply)} {_SETTLE_THE_TIME} Reminders rest until you then say: contractor-ops resume {reply.address}"
    )
    return Meant(told, answered, story=story)


def _asks_for(office: Office, visits: Sequence[Record], reply: Reply) -> str:
    return f"Asks to move or cancel a visit: {visits_in_words(office, visits, reply.at)}."


def may_call_off(words: str) -> bool:
    """Whether an opt-out is in a word that may as well mean a visit."""
    return bool(_CANCELS.search(words))


def _calls_off(office: Office, reply: Reply, judged: Judged, answered: SentMessage | None) -> Meant | None:
    """A CANCEL stops our messages, as the carriers have it, and may mean the visit."""
    if judged.label != "stop" or not may_call_off(judged.text or reply.subject):
        return None
    visits = visits_of(office, reply.address, reply.at, told_of(answered))
    if not visits:
        return None
    starts = listed([start_in_words(office, one, reply.at) or "no known day" for one in visits])
    means = f"may mean the visit of {starts}; {'texts' if reply.channel == 'sms' else 'e-mails'} to them are stopped: call"
    story = f"No message of ours reaches them any more, and {visits_in_words(office, visits, reply.at)}. Call, then change the jobs sheet."
    return Meant(replace(judged, reason=f"{judged.reason}, {means}"), answered, story=story, urgent=True)
