"""Brakes: what stops a whole run, what does not, and what to type."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contractor_ops.planning.brakes import NAMES, Evidence, brakes
from contractor_ops.planning.decision import Plan
from contractor_ops.ports import ChannelTrouble, Shape
from contractor_ops.spans import read_span
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Table
from tests.planning.planned import MONDAY, ZONE, estimates, facts, planned, recipe, table

SERVICE = recipe(top='mode = "auto"\nkind = "service"')
ROW = ("Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", "11/20/2026", "$480", "")


def sheet(rows: int = 4, saved: datetime | None = None, as_of: date | None = None) -> Table:
    found = estimates(*((f"E-{n}", *ROW) for n in range(rows)))
    found.read_at, found.as_of = saved, as_of
    return found


def evidence(found: Table | None = None, **seen: Any) -> Evidence:
    """A run that nothing holds, but for what is said here."""
    known = Evidence(
        SERVICE, TABLES["estimates"], found or sheet(), None, None, None, {}, frozenset({"ours"}), "desk/boot-1", None, 50, facts().calendar
    )
    return replace(known, **seen)


def names(seen: Evidence, plan: Plan | None = None, now: datetime = MONDAY) -> list[str]:
    return [brake.name for brake in brakes(seen, plan or planned(SERVICE, seen.table, now))]


def shape(rows: int, *columns: str) -> Shape:
    return Shape(rows, columns, MONDAY)


def test_an_ordinary_run_is_held_by_nothing() -> None:
    assert names(evidence()) == []


@pytest.mark.parametrize(
    ("saved", "max_age", "held"),
    [
        (datetime(2026, 11, 20, 10, 0, tzinfo=ZONE), "3 days", False),
        (datetime(2026, 11, 20, 9, 59, tzinfo=ZONE), "3 days", True),
        (datetime(2026, 11, 20, 16, 0, tzinfo=ZONE), "1 business days", False),  # Friday to Monday
        (datetime(2026, 11, 19, 16, 0, tzinfo=ZONE), "1 business days", True),
        (datetime(2026, 11, 23, 8, 0, tzinfo=ZONE), "1 hour", True),
        (None, "1 hour", False),
    ],
)
def test_a_sheet_that_is_older_than_the_office_allows_is_stale(saved: datetime | None, max_age: str, held: bool) -> None:
    assert names(evidence(sheet(saved=saved), max_age=read_span(max_age))) == (["stale-source"] if held else [])


def test_a_report_is_as_old_as_the_day_that_it_names() -> None:
    fresh_file_of_an_old_report = sheet(saved=MONDAY, as_of=date(2026, 11, 1))
    assert names(evidence(fresh_file_of_an_old_report, max_age=read_span("3 days"))) == ["stale-source"]
    assert names(evidence(fresh_file_of_an_old_report)) == []


@pytest.mark.parametrize(
    ("before", "rows", "held"), [(4, 4, False), (4, 3, False), (5, 3, True), (0, 4, False), (100, 4, True), (1, 4, False)]
)
def test_a_sheet_that_is_suddenly_short(before: int, rows: int, held: bool) -> None:
    assert names(evidence(sheet(rows), shape=shape(before, "status"))) == (["short-source"] if held else [])


def test_a_column_that_stops_messages_and_is_gone_or_was_never_there() -> None:
    blind = table(
        "estimates", ("Estimate #", "Customer", "Email", "Emailed", "Total"), [("E-1", "Ann Li", "ann@li.example", "11/20/2026", "$480")]
    )
    [never] = brakes(evidence(blind), planned(SERVICE, blind))
    assert (never.name, "there is no column for status" in never.message) == ("missing-column", True)
    [gone] = brakes(evidence(blind, shape=shape(1, "status", "title")), planned(SERVICE, blind))
    assert "the column for status is gone" in gone.message
    assert names(evidence(shape=shape(4, "status", "job"))) == []  # a column that stops nobody


def test_more_messages_than_usual_are_counted_as_messages_and_not_as_rows() -> None:
    several = sheet(4)
    assert names(evidence(several, per_run=4)) == []
    assert names(evidence(several, per_run=3)) == ["unusual-volume"]
    together = recipe(top='mode = "auto"\nkind = "service"\none_per = "customer"')
    assert names(evidence(several, per_run=3, recipe=together), planned(together, several)) == []


def test_what_a_person_must_release_first_is_no_volume() -> None:
    asked = recipe(top='mode = "approve"')
    assert names(evidence(recipe=asked, per_run=1), planned(asked, sheet())) == []


def test_a_clock_that_went_back() -> None:
    assert names(evidence(last_sent_now=MONDAY + timedelta(minutes=1))) == ["clock-back"]
    assert names(evidence(last_sent_now=MONDAY)) == []


def test_a_recipe_that_seems_to_have_been_renamed() -> None:
    [brake] = brakes(evidence(seen_recipes={"old-name": "estimates"}), planned(SERVICE, sheet()))
    assert brake.name == "renamed-recipe" and 'id = "old-name"' in brake.remedy
    for seen in ({"old-name": "invoices"}, {"old-name": "estimates", "ours": "estimates"}, {"ours": "estimates"}):
        assert names(evidence(seen_recipes=seen)) == []
    assert names(evidence(seen_recipes={"old-name": "estimates"}, present_recipes=frozenset({"ours", "old-name"}))) == []


def test_another_machine_and_not_another_start_of_this_one() -> None:
    assert names(evidence(last_machine="laptop/boot-9")) == ["other-machine"]
    assert names(evidence(last_machine="desk/boot-9")) == []


def test_every_brake_is_known_by_name_and_says_what_to_type() -> None:
    blind = table(
        "estimates",
        ("Estimate #", "Customer", "Email", "Emailed", "Total"),
        [(f"E-{n}", "Ann Li", "ann@li.example", "11/20/2026", "$480") for n in range(4)],
    )
    blind.read_at = MONDAY - timedelta(days=30)
    all_wrong = evidence(blind, shape=shape(100), max_age=read_span("1 day"), per_run=1, last_sent_now=MONDAY + timedelta(days=1),
                         seen_recipes={"old": "estimates"}, last_machine="laptop/1", lost_ledger="outbox/ holds 2 messages",
                         troubles=[ChannelTrouble("email", "30034", "the number is not registered", MONDAY)])  # fmt: skip
    held = brakes(all_wrong, planned(SERVICE, blind))
    assert {brake.name for brake in held} == set(NAMES)
    for brake in held:
        assert brake.message and f"contractor-ops run ours --accept {brake.name}" in brake.remedy
