"""The view of bookings: what is wrong with a cell, and what the customer's other jobs have to do with one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from contractor_ops.tables.record import Record, Table
from contractor_ops.views.bookings import build
from tests.views.sheets import Row, but, given, tables

BOOKED = {
    "Job #": "J-1", "Customer": "Ann Li", "Phone": "312-555-0142", "Address": "12 Main St, Chicago, IL 60618", "Title": "Furnace tune-up",
    "Status": "Scheduled", "Technician": "Tom Vale", "Booked on": "2026-11-20", "Scheduled start": "2026-12-02 09:00", "Completed on": "",
}  # fmt: skip
OLD = [but(BOOKED, Job_=f"O-{n}", Status="Completed", Completed_on="2026-03-01", Scheduled_start="2026-03-01 09:00") for n in range(9)]
"""Enough good rows that a bad cell is a slip, and no sign that the column is another one."""


def built(*jobs: Row, **others: list[dict[str, Any]]) -> Table:
    return build(given(tables(jobs=[*jobs, *OLD], **others)))


def first(*jobs: Row, **others: list[dict[str, Any]]) -> Record:
    return built(*jobs, **others).records[0]


def test_a_booking_with_everything_has_nothing_to_settle() -> None:
    record = first(BOOKED, technicians=[{"Technician": "Tom Vale", "Phone": "312-555-0171", "Skills": "all"}])
    assert (record["to_settle"], record["no_message_because"], dict(record.problems)) == (None, None, {})


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Address": ""}, "there is no address"),
        ({"Scheduled_start": ""}, "no start is set"),
        ({"Scheduled_start": "Tuesday morning"}, 'Scheduled start "Tuesday morning"'),
    ],
)
def test_what_is_blank_or_unreadable_is_told_once_and_is_wrong_with_no_step(cells: dict[str, str], words: str) -> None:
    record = first(but(BOOKED, **cells))
    assert words in str(record["to_settle"])
    assert not {"starts_at", "address"} & record.problems.keys()


def test_what_nobody_can_read_is_still_told_of_the_table() -> None:
    problems = built(but(BOOKED, Scheduled_start="Tuesday morning")).problems
    assert "Tuesday morning" in {problem.value for problem in problems}


def test_a_start_that_can_be_read_and_is_hardly_meant_keeps_its_place() -> None:
    record = first(but(BOOKED, Scheduled_start="2026-12-02 03:00"))
    assert "3:00 AM is hardly meant" in record.problems["starts_at"].message


def test_of_a_job_that_is_long_past_no_message_leaves() -> None:
    assert "lies in the past" in str(first(but(BOOKED, Scheduled_start="2025-10-11 09:00"))["no_message_because"])
    assert first(but(BOOKED, Scheduled_start="2026-11-24 09:00"))["no_message_because"] is None


def test_sentences_are_joined_without_a_full_stop_between() -> None:
    crew = [{"Technician": "Tom Vale", "Days off": "12/02/2026"}]
    said = str(first(but(BOOKED, Address=""), technicians=crew)["to_settle"])
    assert "; " in said and ".;" not in said and not said.endswith(".")


def test_what_is_not_on_the_shelf_is_to_be_ordered() -> None:
    lists = {
        "materials": [{"Job type": "Furnace tune-up", "Item": "Filter", "Quantity": "1"}],
        "inventory": [{"Item": "Filter", "On hand": "0"}],
    }
    assert first(BOOKED, **lists)["materials"] == "all of it must be ordered"


@pytest.mark.parametrize(
    ("start", "status", "over"),
    [("2026-12-02 09:00", "Cancelled", None), ("2026-11-24 08:00", "Cancelled", None), ("2026-11-23 08:00", "Cancelled", "yes")],
)
def test_the_day_is_over_when_the_next_one_has_begun(start: str, status: str, over: str | None) -> None:
    assert first(but(BOOKED, Scheduled_start=start, Status=status))["day_is_over"] == over


def test_a_start_that_has_just_passed_is_no_cell_to_mend_and_its_steps_hold_all_the_same() -> None:
    crew = [{"Technician": "Tom Vale", "Phone": "312-555-0171", "Skills": "all"}]
    table = built(but(BOOKED, Scheduled_start="2026-11-24 09:00"), technicians=crew)
    assert table.records[0].problems["starts_at"].message == "its start has passed"
    assert (table.problems, table.records[0]["to_settle"]) == ([], None)


SEEN = {"J-1": {"stage": "Booked", "booked_on": "2026-11-20"}}
"""The ledger's own record of a booking that the trail saw open."""


def closed(own: Mapping[str, Mapping[str, str]], **cells: str) -> Record:
    job = but(BOOKED, **{"Status": "Completed", "Scheduled_start": "2026-11-23 09:00", **cells})
    return build(replace(given(tables(jobs=[job, *OLD])), own=own)).records[0]


@pytest.mark.parametrize(("cells", "words"), [
    ({"Completed_on": "2026-12-04"}, "it was completed on Fri, Dec 4, which is still to come; correct that day, and the customer is thanked"),
    ({"Completed_on": "2026-10-23"},
     "it was completed on Fri, Oct 23, before its visit on Mon, Nov 23; correct one of the two days, and the customer is thanked"),
    ({"Completed_on": "2026-10-23", "Scheduled_start": ""},
     "it was completed on Fri, Oct 23, before it was booked on Fri, Nov 20; correct one of the two days, and the customer is thanked"),
])  # fmt: skip
def test_nothing_counts_from_a_completion_that_can_hardly_be_meant(cells: dict[str, str], words: str) -> None:
    record = closed(SEEN, **cells)
    assert (record["to_settle"], record["completed_on"], record["rebook_on"], dict(record.problems)) == (words, None, None, {})


@pytest.mark.parametrize(("own", "cells"), [
    (SEEN, {"Completed_on": "2026-11-23"}),
    (SEEN, {"Completed_on": "2026-11-21"}),  # a day or two early
    (SEEN, {"Completed_on": "2026-11-03", "Scheduled_start": "2026-11-03 09:00"}),  # written down weeks later
    ({}, {"Completed_on": "2026-10-23"}),  # it was closed before the trail saw it
])  # fmt: skip
def test_a_completion_that_may_be_meant_counts(own: Mapping[str, Mapping[str, str]], cells: dict[str, str]) -> None:
    record = closed(own, **cells)
    assert (record["to_settle"], str(record["completed_on"])) == (None, cells["Completed_on"])


DONE = but(BOOKED, Status="Completed", Completed_on="2026-11-20", Scheduled_start="2026-11-20 09:00")


@pytest.mark.parametrize(
    ("other", "later", "following"),
    [
        (but(DONE, Job_="J-2", Completed_on="2026-11-23"), "job J-2 (Ann Li)", "job J-2 (Ann Li)"),
        (but(DONE, Job_="J-2", Scheduled_start="2026-11-20 15:00"), "job J-2 (Ann Li)", "job J-2 (Ann Li)"),
        (but(DONE, Job_="J-2", Scheduled_start="2026-11-20 07:00"), None, None),
        (but(BOOKED, Job_="J-2", Title="Faucet repair", Scheduled_start="2026-11-26 09:00"), "job J-2 (Ann Li)", None),
        (but(BOOKED, Job_="J-2", Scheduled_start="2027-11-26 09:00"), None, "job J-2 (Ann Li)"),
        (but(BOOKED, Job_="J-2", Customer="A. Li", Address="", Scheduled_start="2027-11-26 09:00"), None, "job J-2 (A. Li)"),
        (but(BOOKED, Job_="J-2", Phone="312-555-0143", Scheduled_start="2026-11-26 09:00"), None, None),
        (but(BOOKED, Job_="J-2", Status="Cancelled", Scheduled_start="2026-11-26 09:00"), None, None),
        (but(BOOKED, Job_="J-2", Scheduled_start="2026-11-21 09:00"), None, None),
    ],
    ids=[
        "done days later", "done on the same day, begun later", "begun earlier", "to come, of another kind", "to come next year",
        "the same telephone", "another telephone", "called off", "never closed",
    ],
)  # fmt: skip
def test_the_customers_other_jobs(other: Row, later: str | None, following: str | None) -> None:
    record = first(DONE, other)
    assert (record["later_job"], record["next_visit"]) == (later, following)


def test_customers_without_a_number_are_told_apart_by_their_names() -> None:
    nameless = {"Phone": ""}
    assert first(but(DONE, **nameless), but(BOOKED, **nameless, Job_="J-2", Scheduled_start="2026-11-26 09:00"))["later_job"]
    other = but(BOOKED, **nameless, Job_="J-2", Customer="Bob Ray", Scheduled_start="2026-11-26 09:00")
    assert first(but(DONE, **nameless), other)["later_job"] is None
