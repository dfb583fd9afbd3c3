"""Whatever a log holds: every missed call stands in the view once, no part or copy is a call of its own, and the order of lines means nothing."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.tables.record import Table
from tests.views.telephone import ANN, BOB, EVE, MARIA, NOW, OFFICE, log, verdict, view

HEADINGS = "Call SID,Parent Call SID,Start Time,From,To,Direction,Status,Duration"
CALLERS = (ANN, BOB, EVE, MARIA, OFFICE, "anonymous", "", "+18005550142", "72345", "101", "239854880")
MISSED, TAKEN = ("no-answer", "busy", "failed", "canceled", "Voicemail"), ("completed",)
A_WHILE = int(timedelta(hours=48).total_seconds())


def line(number: str, parent: str, ago: int, caller: str, way: str, status: str, seconds: str) -> str:
    at = (NOW - timedelta(seconds=ago)).strftime("%Y-%m-%d %H:%M:%S")
    ends = (caller, OFFICE) if way == "inbound" else (OFFICE, caller)
    return ",".join((number, parent, at, *ends, way, status, seconds))


def contents(table: Table) -> list[tuple[Any, ...]]:
    return sorted((tuple(sorted((name, str(value)) for name, value in record.values.items())), record.lines) for record in table.records)


calls = st.tuples(
    st.integers(0, A_WHILE), st.sampled_from(CALLERS), st.sampled_from(("inbound", "inbound", "outbound-api")),
    st.sampled_from((*MISSED, *TAKEN, "", "ringing", "Redirected")), st.sampled_from(("", "0", "6", "15", "200")),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(calls, min_size=1, max_size=12, unique_by=lambda call: call[0]))
def test_every_missed_call_has_exactly_one_row(drawn: list[tuple[int, str, str, str, str]]) -> None:
    lines = [line(f"c{at}", "", *call) for at, call in enumerate(drawn)]
    found = [record["number"] for record in view(log(*lines, headings=HEADINGS)).records]
    assert len(set(found)) == len(found)
    missed = {f"c{at}" for at, (_, _, way, status, _) in enumerate(drawn) if way == "inbound" and status in MISSED}
    talked = {f"c{at}" for at, (_, _, _, status, seconds) in enumerate(drawn) if status in TAKEN and seconds in {"15", "200"}}
    out = {f"c{at}" for at, (_, _, way, _, _) in enumerate(drawn) if way != "inbound"}
    assert missed <= set(found) and not talked & set(found) and not out & set(found)


legs = st.tuples(
    st.integers(0, 6), st.integers(-1, 6), st.integers(0, 40), st.sampled_from(CALLERS[:6]), st.sampled_from(("inbound", "outbound-dial", "")),
    st.sampled_from((*MISSED, *TAKEN, "")), st.sampled_from(("", "6", "200")),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(legs, min_size=1, max_size=10).flatmap(lambda drawn: st.tuples(st.just(drawn), st.permutations(drawn))))
def test_the_order_of_the_lines_means_nothing(drawn: tuple[list[Any], list[Any]]) -> None:
    """Numbers used twice, circles of parents, parts without a main line, several calls in one second: all the same."""

    def made(order: list[Any]) -> Table:
        texts = [line(f"c{number}", f"c{parent}" if parent >= 0 else "", *call) for number, parent, *call in order]
        return view(log(*texts, headings=HEADINGS))

    one, other = made(drawn[0]), made(drawn[1])
    assert contents(one) == contents(other) and one.passed_over == other.passed_over and one.folded == other.folded
    numbers = [record["number"] for record in one.records]
    assert len(set(numbers)) == len(numbers)
    lines = sum(record.lines for record in one.records)
    assert lines <= len(drawn[0]) and len(one.records) + one.folded + sum(one.passed_over.values()) == len(drawn[0])


@settings(max_examples=80, deadline=None)
@given(st.lists(calls, min_size=1, max_size=8, unique_by=lambda call: (call[0], call[1])), st.integers(0, 8), st.integers(0, 8))
def test_overlapping_exports_are_as_good_as_one(drawn: list[tuple[int, str, str, str, str]], start: int, end: int) -> None:
    lines = [line(f"c{at}", "", *call) for at, call in enumerate(drawn)]
    first, second = lines[: max(end, 1)], lines[min(start, len(lines) - 1) :]
    together = log(*dict.fromkeys((*first, *second)), headings=HEADINGS)
    one, two = view(together), view(log(*first, headings=HEADINGS), log(*second, headings=HEADINGS))
    said = [{str(record["number"]): verdict(record.values) for record in table.records} for table in (one, two)]
    assert said[0] == said[1]
