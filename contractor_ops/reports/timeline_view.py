"""A simulation as people read it: a line for each happening, by day, and at the end what it came to."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from contractor_ops.reports.format import count, day, listed, moment, with_phones
from contractor_ops.reports.printable import one_line, printable
from contractor_ops.reports.timeline import Braked, Decided, Happened, Timeline
from contractor_ops.reports.timeline_sum import summary
from contractor_ops.reports.timeline_words import what, words_of

_WIDEST = 24
_TOLD = frozenset({"act", "review", "hold", "broken", "ended"})
"""What people are told of; that something waits, or was done before, is no happening."""
_OVER = frozenset({"ended", "broken"})
_MANY = 4
_UNDER_THE_STEP = " " * 9
_WORDS = " " * 11
_NARROWEST = 30
"""Columns that words need beside their margin; in a narrower window they begin under the step."""


def timeline_lines(timeline: Timeline, width: int | None = None) -> Iterator[str]:
    """The lines; broken between words where a width is given."""
    for line in _head(timeline):
        yield from _wrapped("", line, width)
    margin = min(max(map(len, timeline.steps), default=0), _WIDEST)
    named = len({one.one.record for one in timeline.decided}) > 1
    for on, happenings in groupby(_shown(timeline), key=lambda one: one.at.date()):
        yield ""
        yield day(on, timeline.start)
        for alike in _together(happenings):
            yield from _lines(alike, timeline, margin, width, named=named)
    yield ""
    for line in summary(timeline):
        words = line.lstrip()
        yield from _wrapped(line.removesuffix(words), words, width)


def _head(timeline: Timeline) -> Iterator[str]:
    yield f"{timeline.title}, simulated for {count(timeline.days, 'day')}: {moment(timeline.start, timeline.start)} until {day(timeline.end, timeline.start)}"
    yield from timeline.about
    yield "Nothing leaves and nothing is kept."
    yield from timeline.notes
    for brake in timeline.brakes:
        yield f"A brake holds this recipe now, {brake.name}: {with_phones(brake.message)} Here it is lifted, to see what comes after."
        yield brake.remedy


def _shown(timeline: Timeline) -> Iterator[Decided | Happened | Braked]:
    """What people are told. Of a whole table nobody wants to read which rows were over before."""
    return (one for one in timeline.happenings if not isinstance(one, Decided) or _is_told(one, timeline))


def _is_told(one: Decided, timeline: Timeline) -> bool:
    return one.one.decision in _TOLD and (bool(timeline.only) or one.one.decision != "ended" or not one.first)


def _together(happenings: Iterable[Decided | Happened | Braked]) -> Iterable[list[Decided | Happened | Braked]]:
    """Steps of one record that end at one moment for one reason stand in one line, where the first of them would."""
    found: dict[object, list[Decided | Happened | Braked]] = {}
    for one in happenings:
        over = isinstance(one, Decided) and one.one.decision in _OVER
        found.setdefault(
            (one.at, one.one.record, one.one.decision, one.one.reason) if over and isinstance(one, Decided) else id(one), []
        ).append(one)
    return found.values()


def _lines(
    alike: Sequence[Decided | Happened | Braked], timeline: Timeline, margin: int, width: int | None, *, named: bool
) -> Iterator[str]:
    one, time = alike[0], f"  {alike[0].at:%H:%M}  "
    if isinstance(one, Happened):
        yield from _wrapped(time, f"≻ {one.said}{' (invented)' if one.invented else ''}", width)
        yield from _wrapped(_WORDS, with_phones(one.came), width) if one.came else ()
    elif isinstance(one, Braked):
        yield from _wrapped(
            time, f"! the brake {one.brake.name} would hold this run: {with_phones(one.brake.message)} Here it is lifted.", width
        )
    else:
        yield from _decided(
            one, [other.one.step for other in alike if isinstance(other, Decided) and other.one.step], timeline, margin, width, named=named
        )


def _decided(one: Decided, steps: Sequence[str], timeline: Timeline, margin: int, width: int | None, *, named: bool) -> Iterator[str]:
    """What was decided about one step with its words, or about several at once."""
    time, who = f"  {one.at:%H:%M}  ", " ".join(filter(None, (one.one.record, one_line(one.one.customer or "")))) if named else ""
    said = f"{who}{who and ': '}{with_phones(what(one.one, timeline))}"
    if len(steps) != 1:
        yield from _wrapped(time, f"{_these(steps)}: {said}" if steps else said, width)
        return
    yield from _wrapped(f"{time}{steps[0]:<{margin}}  ", said, width)
    for line in words_of(one.one):
        yield from _wrapped(_WORDS, line, width)


def _these(steps: Sequence[str]) -> str:
    return listed(steps) if len(steps) <= _MANY else f"{count(len(steps), 'step')} ({', '.join(steps)})"


def _wrapped(margin: str, text: str, width: int | None) -> list[str]:
    """A line whose margin stands before its words; where it is broken, the words stay in line."""
    text = printable(text)
    if width is None or len(margin) + len(text) < width:
        return [f"{margin}{text}".rstrip()]
    indent = " " * (len(margin) if width - len(margin) >= _NARROWEST else min(len(_UNDER_THE_STEP), len(margin)))
    return textwrap.wrap(text, width - 1, initial_indent=margin, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
