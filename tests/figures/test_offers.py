"""Open estimates, those going cold, and how many are won."""

from decimal import Decimal
from typing import Any

import pytest

from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.offers import (
    NEEDS,
    by_age,
    close_rate,
)
from contractor_ops.figures.values import Business, Window
from tests.figures.sheets import business, day, names
from tests.views.sheets import NOW, Row
from tests.views.telephone import from_ledger

NOVEMBER = Window(day("2026-11-01"), day("2026-11-20"))


def estimate(number: str, **cells: Any) -> Row:
    """An estimate of $1,000, sent yesterday, that holds until Christmas."""
    row = {
        "Estimate #": number, "Customer": "Ann Li", "Status": "Sent", "Created": "2026-10-01", "Emailed": "2026-11-23", "Expires": "2026-12-25",
        "Total": "1000",
    }  # fmt: skip
    return {**row, **{name.replace("_", " "): value for name, value in cells.items()}}


def where(*rows: Row, **more: Any) -> dict[str, set[str]]:
    return {group.key.removeprefix("estimates-"): names(group) for group in by_age(business(estimates=rows, **more)) if len(group)}


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({}, "fresh"), ({"Emailed": "2026-11-18"}, "fresh"), ({"Emailed": "2026-11-17"}, "stale"), ({"Emailed": "2026-10-25"}, "stale"),
        ({"Emailed": "2026-10-24"}, "at-risk"), ({"Expires": "2026-12-02"}, "fresh"), ({"Expires": "2026-12-01"}, "at-risk"),
        ({"Expires": "2026-11-01"}, "at-risk"), ({"Emailed": "2026-11-10", "Expires": "2026-11-24"}, "at-risk"),
        ({"Emailed": "", "Created": "2026-11-20"}, "fresh"), ({"Emailed": "", "Created": ""}, "fresh"), ({"Expires": ""}, "fresh"),
        ({"Status": "Viewed", "Emailed": "2026-11-10"}, "stale"), ({"Emailed": "2026-12-10"}, "fresh"),
    ],
)  # fmt: skip
def test_an_open_estimate_stands_in_one_group(cells: dict[str, str], key: str) -> None:
    assert where(estimate("E-1", **cells)) == {key: {"E-1"}}


@pytest.mark.parametrize(
    "cells",
    [{"Status": status} for status in ("Draft", "Accepted", "Declined", "Expired", "Converted", "Thinking it over", "")]
    + [{"Approved_date": "2026-11-20"}],
)
def test_what_is_answered_a_draft_or_unclear_is_not_open(cells: dict[str, str]) -> None:
    assert where(estimate("E-1", **cells)) == {}


def test_the_three_groups_tell_their_money() -> None:
    rows = [
        estimate("E-1"),
        estimate("E-2", Emailed="2026-11-10", Total="250.50"),
        estimate("E-3", Emailed="2026-01-10"),
        estimate("E-4", Total="call me"),
    ]
    one = business(estimates=rows)
    groups = by_age(one)
    assert [(names(group), group.amount, group.unknown) for group in groups] == [
        ({"E-3"}, Decimal(1000), 0), ({"E-2"}, Decimal("250.50"), 0), ({"E-1", "E-4"}, Decimal(1000), 1),
    ]  # fmt: skip
    assert groups[-1].lines[-1].why == 'sent Nov 23, 1 day ago; its total "call me" cannot be read'


def test_an_estimate_that_was_sent_nobody_knows_when_is_counted_from_its_own_day_and_says_so() -> None:
    (line,) = by_age(business(estimates=[estimate("E-1", Emailed="", Created="2026-11-04")]))[1].lines
    assert (line.days, line.why) == (20, "written Nov 4, 20 days ago; the sheet does not say when it was sent")


def test_who_has_written_lately_is_not_silent() -> None:
    ledger = {
        "messages": from_ledger("messages", {"recipe": "estimate-follow-up", "table": "estimates", "record": "E-1"},
                                {"recipe": "invoice-reminders", "table": "invoices", "record": "E-2"},
                                {"recipe": "estimate-follow-up", "table": "estimates", "record": "E-3"}),
        "replies": from_ledger("replies", {"recipe": "estimate-follow-up", "record": "E-1", "received_at": NOW, "label": "question"},
                               {"recipe": "invoice-reminders", "record": "E-2", "received_at": NOW, "label": "question"},
                               {"recipe": "estimate-follow-up", "record": "E-3", "received_at": NOW, "label": "auto_reply"}),
    }  # fmt: skip
    rows = [estimate(number, Emailed="2026-11-10") for number in ("E-1", "E-2", "E-3")]
    assert where(*rows, kept=ledger) == {"fresh": {"E-1"}, "stale": {"E-2", "E-3"}}


def answered() -> Business:
    return business(estimates=[
        estimate("E-1", Status="Accepted", Emailed="2026-11-01", Total="100.40", Approved_date="2026-11-05"),
        estimate("E-2", Status="Converted", Emailed="2026-11-20", Total="200.40", Approved_date="2026-11-20"),
        estimate("E-3", Status="Declined", Emailed="2026-11-10", Total="300"),
        estimate("E-4", Status="Expired", Emailed="2026-11-10", Total="ask"),
        estimate("E-5", Emailed="2026-11-10", Total="50"),
        estimate("E-6", Status="Draft", Emailed="2026-11-10", Total="9000"),
        estimate("E-7", Status="Hm", Emailed="2026-11-10", Total="9000"),
        estimate("E-8", Status="Accepted", Emailed="2026-11-21", Total="9000"),
        estimate("E-9", Status="Accepted", Emailed="2026-10-31", Total="70"),
        estimate("E-10", Status="Declined", Emailed="2026-10-12", Total="30", Created="2026-10-01"),
        estimate("E-11", Status="Declined", Emailed="2026-10-11", Total="30", Created="2026-10-01"),
    ])  # fmt: skip


def test_the_close_rate_is_of_those_answered() -> None:
    rate = close_rate(answered(), NOVEMBER)
    assert (rate.part, rate.whole, rate.before, rate.unknown) == (2, 4, (1, 2), "")


def test_what_cannot_be_told_says_why() -> None:
    nothing = business()
    assert lacking(nothing, *NEEDS) == close_rate(nothing, NOVEMBER).unknown == "no estimates table"
    assert by_age(nothing) == ()
