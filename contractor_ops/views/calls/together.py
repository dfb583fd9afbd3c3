"""Lines of a telephone log put together to calls: legs with their parent, what two exports hold alike taken once.

The order of the lines makes no difference.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from contractor_ops.tables.catalogue.calls import CALLS
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record
from contractor_ops.views.calls.legs import Leg, Outcome, Way, left_voicemail

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_ONE_CALL = timedelta(hours=1)
"""Lines of one number that lie further apart are two calls: such a log counts from 1 again."""
_BEST_FIRST: tuple[Outcome, ...] = ("answered", "ringing", "voicemail", "short", "unclear", "missed")


@dataclass(slots=True)
class Call:
    """One call with all its lines, the main one first. `outcome` is what became of the whole, `talk` its longest answered stretch in seconds."""

    legs: list[Leg]
    outcome: Outcome
    talk: int | None
    id: str = ""

    @property
    def main(self) -> Leg:
        """The line of the call itself, not of a telephone that rang."""
        return self.legs[0]

    @property
    def record(self) -> Record:
        """The main line as the log has it."""
        return self.main.record

    @property
    def at(self) -> datetime | None:
        """When it began, in UTC."""
        return self.main.at

    @property
    def way(self) -> Way:
        """Which way it went."""
        return self.main.way


def calls_of(legs: Iterable[Leg]) -> list[Call]:
    """Every call, the earliest first; those without a time come before all."""
    in_order = _in_order(legs)
    parents = {leg.number: leg.parent for leg in in_order if leg.number}
    families = _joined(([leg] for leg in in_order), lambda legs: _family(legs[0], parents))
    apart = [call for family in families for call in _apart(family)]
    same = _same_moment(apart)
    calls = [_call(group) for group in _joined(apart, lambda legs: same[id(legs)])]
    calls.sort(key=lambda call: call.at or _EARLIEST)
    _name(calls)
    return calls


def _in_order(legs: Iterable[Leg]) -> list[Leg]:
    """By time, then by anything that does not depend on where a line stands."""
    alike: dict[tuple[datetime, bool, bool, str], list[Leg]] = {}
    for leg in legs:
        alike.setdefault((leg.at or _EARLIEST, leg.parent is not None, leg.way != "in", leg.number or ""), []).append(leg)
    for same in alike.values():
        if len(same) > 1:
            same.sort(key=lambda leg: (_content(leg), leg.record.place.file, leg.record.place.row or 0))
    return [leg for key in sorted(alike) for leg in alike[key]]


def _content(leg: Leg) -> str:
    return repr(sorted((name, str(value)) for name, value in leg.record.values.items() if value is not None))


def _joined(groups: Iterable[list[Leg]], key_of: Callable[[list[Leg]], Hashable]) -> list[list[Leg]]:
    """Groups with one key become one; a key of None joins nothing."""
    homes: dict[Hashable, list[Leg]] = {}
    kept: list[list[Leg]] = []
    for group in groups:
        key = key_of(group)
        home = homes.get(key) if key is not None else None
        if home is None:
            kept.append(group)
            homes[key] = group
        else:
            home.extend(group)
    return kept


def _family(leg: Leg, parents: dict[str, str | None]) -> str | None:
    """The number at the top of a line's parents."""
    number, seen = leg.parent or leg.number, set[str]()
    while number and (parent := parents.get(number)) and number not in seen:
        seen.add(number)
        number = parent
    return min(seen) if number in seen else number  # in a circle of parents nobody is at the top


def _apart(family: list[Leg]) -> Iterator[list[Leg]]:
    """Lines under one number that are hours apart, or from different callers, are calls of their own."""
    calls: list[list[Leg]] = []
    for leg in family:
        home = next((call for call in calls if _belong(call[0], leg)), None)
        if home is None:
            calls.append([leg])
        else:
            home.append(leg)
    yield from calls


def _belong(first: Leg, leg: Leg) -> bool:
    if leg.parent is not None or first.parent is not None:
        return True
    same_caller = first.other == leg.other or first.outside is None or leg.outside is None
    return same_caller and (first.at is None or leg.at is None or leg.at - first.at <= _ONE_CALL)


def _same_moment(calls: Sequence[list[Leg]]) -> dict[int, Hashable]:
    """What a call has in common with itself in another export, or with its other lines in a log without numbers: its caller and its second.

    A log that tells minutes only may hold two calls of one caller in one of them. There the first in one file is the first in the
    other, and lines are one call only where they rang at different telephones.
    """
    precise = {legs[0].record.place.file for legs in calls if legs[0].at and (legs[0].at.second or legs[0].at.microsecond)}
    seen: Counter[Hashable] = Counter()
    keys: dict[int, Hashable] = {}
    for legs in calls:
        main = legs[0]
        if main.at is None or main.way == "out":
            keys[id(legs)] = None
            continue
        what = (main.outside or _content(main), main.at.replace(microsecond=0))
        if main.outside and main.record.place.file in precise:
            keys[id(legs)] = (*what, 0)
            continue
        here = (*what, main.record.place[:2], main.record["to"])
        keys[id(legs)] = (*what, seen[here])
        seen[here] += 1
    return keys


def _call(legs: list[Leg]) -> Call:
    """What became of it. A parent that was "completed" says nothing: its parts tell whether somebody took the call."""
    legs.sort(key=lambda leg: (leg.parent is not None, leg.way != "in"))
    has_parts = legs[-1].parent is not None
    telling = [leg for leg in legs if leg.parent is not None or not leg.vague] if has_parts else legs
    outcomes = {leg.outcome for leg in telling}
    outcome = next(each for each in _BEST_FIRST if each in outcomes)
    if outcome in {"short", "unclear", "missed"} and has_parts and any(left_voicemail(leg.record) for leg in legs):
        outcome = "voicemail"
    return Call(
        legs, outcome, max((leg.talk for leg in telling if leg.outcome in {"answered", "short"} and leg.talk is not None), default=None)
    )


def _name(calls: Sequence[Call]) -> None:
    """Give each call the id of its record; where a log counts from 1 again, or tells two calls alike, the later ones get ids of their own."""
    taken: Counter[str] = Counter()
    for call in calls:
        identity = record_id(call.record, CALLS) or f"row {call.record.place.row}"
        taken[identity] += 1
        call.id = identity if taken[identity] == 1 else f"{identity}-{taken[identity]}"
