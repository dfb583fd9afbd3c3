"""Callers and leads whom nobody has answered."""

from typing import Any

import pytest

from contractor_ops.figures.unanswered import unanswered_calls, unanswered_leads
from contractor_ops.tables.record import Table
from contractor_ops.views.missed_calls import MISSED_CALLS
from tests.figures.sheets import business, names
from tests.views.sheets import Row
from tests.views.telephone import ANN, BOB, EVE, from_ledger, log, missed, outgoing, table, text_sent


def calls(*lines: str) -> dict[str, Table]:
    return {"calls": table("calls", log(*lines))}


def test_a_caller_is_told_once_with_the_last_call() -> None:
    kept = calls(
        missed("2026-11-23 16:00:00", ANN, number="c1"), missed("2026-11-24 09:05:00", ANN, number="c2"), missed("2026-11-23 12:00:00", BOB, number="c3"),
        missed("2026-11-23 12:30:00", EVE, number="c4"), outgoing("2026-11-23 13:00:00", EVE),
    )  # fmt: skip
    found = unanswered_calls(business(kept, views=(MISSED_CALLS,)))
    assert [(line.what, line.record, line.days, line.why) for line in found.lines] == [
        (f"call from {BOB}", "c3", 1, "missed on Mon, Nov 23 at 12:00 PM"),
        (f"call from {ANN}", "c2", 0, "missed at 9:05 AM, called 2 times"),
    ]


def test_without_a_telephone_log_nobody_is_told() -> None:
    assert len(unanswered_calls(business())) == 0


def lead(number: str, **cells: Any) -> Row:
    row = {
        "Lead #": number,
        "Name": "Ann Li",
        "Phone": "(312) 555-0142",
        "Received": "11/20/2026 9:00 AM",
        "Status": "New",
        "Service needed": "Boiler",
    }
    return {**row, **{name.replace("_", " "): value for name, value in cells.items()}}


@pytest.mark.parametrize(
    ("cells", "is_there"),
    [
        ({}, True), ({"Status": "Contacted"}, False), ({"Status": "Booked"}, False), ({"Status": "Lost"}, False), ({"Status": "Hm"}, False),
        ({"Contacted_on": "2026-11-21"}, False), ({"Status": "Not contacted yet"}, True), ({"Status": ""}, False), ({"Received": ""}, True),
    ],
)  # fmt: skip
def test_a_new_lead_that_nobody_contacted_is_told(cells: dict[str, str], is_there: bool) -> None:
    assert names(unanswered_leads(business(leads=[lead("L-1", **cells)]))) == ({"L-1"} if is_there else set())


def test_a_conversation_since_they_asked_is_an_answer_and_an_earlier_one_is_not() -> None:
    leads = [lead("L-1"), lead("L-2", Phone=BOB), lead("L-3", Phone=EVE)]
    log_of = calls(
        outgoing("2026-11-20 11:00:00", ANN), outgoing("2026-11-19 11:00:00", BOB, number="o2"), missed("2026-11-20 12:00:00", EVE)
    )
    assert names(unanswered_leads(business(log_of, leads=leads))) == {"L-2", "L-3"}


def test_an_automatic_answer_is_told_and_is_no_conversation() -> None:
    kept = {"messages": from_ledger("messages", text_sent("2026-11-20T09:05:00", ANN, "L-1", "leads"))}
    (line,) = unanswered_leads(business(kept, leads=[lead("L-1")])).lines
    assert (line.days, line.customer) == (4, "Ann Li")
    assert line.why == "came in 4 days ago, about Boiler; +13125550142; an automatic answer left on Fri, Nov 20 at 9:05 AM"


def test_without_leads_or_anything_that_tells_who_was_contacted_nobody_is_told() -> None:
    untold = [{"Lead #": "L-1", "Name": "Ann Li", "Received": "2026-11-20", "Phone": ANN}]
    assert (len(unanswered_leads(business())), len(unanswered_leads(business(leads=untold)))) == (0, 0)
