"""Open estimates, those going cold, and how many are won."""

from decimal import Decimal
from typing import Any

import pytest

from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.leak import Leak
from contractor_ops.figures.leaks_offered import estimates_quiet
from contractor_ops.figures.offers import (
    NEEDS,
    by_age,
    close_rate,
)
from contractor_ops.figures.trends import trends
from contractor_ops.figures.values import Business, Window
from contractor_ops.figures.week_ahead import estimates_expiring
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


@pytest.mark.parametrize(("cells", "counted"), [
    ({"Status": "Accepted", "Approved_date": "2026-11-20"}, (1, 1)),
    ({"Status": "Declined"}, (0, 1)),
    ({"Status": "Expired"}, (0, 1)),
    ({"Expires": "2026-11-23"}, (0, 1)),  # nobody answered, and its time is over
    ({"Expires": "2026-11-24"}, (0, 0)),  # it holds today
    ({"Emailed": "2026-10-24", "Expires": ""}, (0, 1)),  # 31 days, and the sheet says nothing of expiring
    ({"Emailed": "2026-10-25", "Expires": ""}, (0, 0)),
    ({"Emailed": "2026-05-01"}, (0, 0)),  # longer ago than half a year
    ({}, (0, 0)),
    ({"Status": "Draft", "Emailed": "2026-10-01"}, (0, 0)),
])  # fmt: skip
def test_the_close_rate_is_of_those_that_had_their_time(cells: dict[str, str], counted: tuple[int, int]) -> None:
    rate = close_rate(business(estimates=[estimate("E-1", **{"Emailed": "2026-11-10", **cells})]))
    assert (rate.part, rate.whole, rate.title) == (*counted, "Close rate over 180 days")


def test_an_estimate_that_a_job_names_was_accepted() -> None:
    job = {"Job #": "J-1", "Customer": "Ann Li", "Status": "Scheduled", "Estimate #": "E-1"}
    rate = close_rate(business(estimates=[estimate("E-1", Emailed="2026-11-10")], jobs=[job]))
    assert (rate.part, rate.whole) == (1, 1)


NAMING = {"Job #": "J-1", "Customer": "Ann Li", "Status": "Completed", "Estimate #": "E-1"}


@pytest.mark.parametrize("status", ["Sent", "Viewed", "Expired", "Declined", "Draft", "Hm", ""])
@pytest.mark.parametrize("named", ["E-1", "e1", "1", "E-1, E-9"])
def test_what_a_job_names_is_won_and_waits_for_no_answer_whatever_its_status_says(status: str, named: str) -> None:
    one = business(estimates=[estimate("E-1", Status=status, Emailed="2026-10-01")], jobs=[{**NAMING, "Estimate #": named}])
    rate, won = close_rate(one), next(series for series in trends(one) if series.key == "estimates-won")
    assert (rate.part, rate.whole, sum(won.values)) == (1, 1, 1)
    assert not any(map(len, by_age(one))) and not len(estimates_expiring(one))
    quiet = estimates_quiet(one, frozenset())
    assert isinstance(quiet, Leak) and (quiet.part, quiet.whole) == (0, 0)


def test_of_a_number_that_two_customers_have_the_jobs_own_is_won() -> None:
    both = [estimate("E-1", Emailed="2026-11-10"), estimate("E-1", Emailed="2026-11-10", Customer="Bob Ray")]
    waiting = [line.customer for one in by_age(business(estimates=both, jobs=[NAMING])) for line in one.lines]
    assert waiting == ["Bob Ray"]


def test_a_close_rate_of_nothing_cannot_be_told_yet() -> None:
    rate = close_rate(business(estimates=[estimate("E-1", Emailed="2026-11-20")]))
    assert rate.unknown == "cannot be told yet: no estimate that was sent in these days has had its time"


def test_the_close_rate_is_of_those_answered() -> None:
    rate = close_rate(answered(), NOVEMBER)
    assert (rate.part, rate.whole, rate.before, rate.unknown) == (2, 4, (1, 2), "")


def test_what_cannot_be_told_says_why() -> None:
    nothing = business()
    assert lacking(nothing, *NEEDS) == close_rate(nothing, NOVEMBER).unknown == "no estimates table"
    assert by_age(nothing) == ()
