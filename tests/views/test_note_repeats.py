"""The third visit within 60 days for one fault is a return visit; what only looks like it is not."""

from collections.abc import Mapping
from typing import Any

import pytest

from contractor_ops.views.note_flags import build
from contractor_ops.views.note_repeats import repeated
from tests.views.sheets import given, sheet

FIRST = {
    "Job #": "J-1", "Customer": "Ann Li", "Phone": "312-555-0142", "Address": "1 Elm St", "Title": "No heat", "Job type": "Repair", "Status": "Completed",
    "Completed": "2026-10-02", "Scheduled": "2026-10-02", "Estimate #": "", "Invoice #": "", "Equipment": "", "Notes": "Cleaned the flame sensor.",
}  # fmt: skip
SECOND = {**FIRST, "Job #": "J-2", "Completed": "2026-11-01", "Scheduled": "2026-11-01", "Notes": "Replaced the igniter."}
THIRD = {**FIRST, "Job #": "J-3", "Completed": "2026-11-20", "Scheduled": "2026-11-20", "Notes": "Cleaned the flame sensor."}
TOLD = 'third visit within 60 days for "No heat": J-1 on Oct 2, J-2 on Nov 1, J-3 on Nov 20'
Row = Mapping[str, Any]


def flags(*rows: Row) -> dict[str, dict[str, Any]]:
    """The rows of the view, by number; today is November 24."""
    return {str(record["number"]): dict(record.values) for record in build(given({"jobs": sheet("jobs", *rows)})).records}


def all_three(**changed: Any) -> tuple[Row, ...]:
    """The three visits, each with other cells."""
    return tuple({**row, **changed} for row in (FIRST, SECOND, THIRD))


def test_the_third_visit_is_a_return_visit_that_names_the_jobs_and_their_days() -> None:
    found = flags(FIRST, SECOND, THIRD)
    assert list(found) == ["J-3/return-visit"]
    row = found["J-3/return-visit"]
    assert (row["because"], row["falls_to"], row["words"], row["urgent"]) == (f"return visit: {TOLD}", "office", None, False)


def test_where_the_note_says_so_too_it_is_one_row_with_both_reasons() -> None:
    found = flags(FIRST, SECOND, {**THIRD, "Notes": "Need to come back with a new board. Smelled gas."})
    assert [row["flag"] for row in found.values()] == ["safety", "return-visit"]
    assert found["J-3/return-visit"]["because"] == f'return visit: the note says "Need to come back"; {TOLD}'
    assert next(iter(found.values()))["because"] == 'safety: the note says "Smelled gas"'


def test_a_third_visit_without_a_note_is_told_too() -> None:
    table = sheet("jobs", FIRST, SECOND, {**THIRD, "Notes": ""}, {**THIRD, "Job #": "J-4", "Title": "Leak", "Notes": ""})
    built = build(given({"jobs": table}))
    assert [record["number"] for record in built.records] == ["J-3/return-visit"]
    assert built.passed_over == {"older than 30 days": 1, "nothing to see to": 1, "without a note": 1}


def test_a_fourth_visit_is_told_beside_the_third() -> None:
    found = flags(FIRST, SECOND, THIRD, {**THIRD, "Job #": "J-4", "Completed": "2026-11-23"})
    assert list(found) == ["J-3/return-visit", "J-4/return-visit"]
    assert found["J-4/return-visit"]["because"].startswith("return visit: fourth visit within 60 days")


def test_the_order_of_the_sheet_does_not_matter() -> None:
    assert list(flags(THIRD, FIRST, SECOND)) == ["J-3/return-visit"]


@pytest.mark.parametrize(
    "changed",
    [
        {"Status": "Invoiced"},
        {"Status": "Done"},
        {"Title": "NO HEAT!"},
        {"Title": "Kitchen drain clogged", "Job type": ""},
        {"Title": "Walk-in cooler not cooling", "Customer": "Lakeside Diner Inc"},
        {"Phone": ""},
        {"Phone": "", "Email": "ann@li.example"},
        {"Title": "Toilet running", "Customer": "Elm Apartments", "Equipment": "toilet 4B"},
        {"Completed": ""},
    ],
    ids=str,
)  # fmt: skip
def test_it_is_told_however_the_sheet_writes_it(changed: Mapping[str, str]) -> None:
    rows = all_three(**changed)
    days = [row["Completed"] for row in (FIRST, SECOND, THIRD)]
    assert list(flags(*({**row, "Scheduled": day} for row, day in zip(rows, days, strict=True)))) == ["J-3/return-visit"]


def test_an_office_without_statuses_is_believed_by_its_days_of_completion() -> None:
    rows = [{name: cell for name, cell in row.items() if name != "Status"} for row in (FIRST, SECOND, THIRD)]
    assert list(flags(*rows)) == ["J-3/return-visit"]


@pytest.mark.parametrize(
    "changed",
    [
        {"Title": "Furnace tune-up"},
        {"Title": "Filter leak check", "Job type": "Maintenance"},
        {"Title": "No heat", "Job type": "Inspection"},
        {"Title": "Leak repair, phase", "Job type": "Project"},
        {"Title": "Bathroom", "Job type": "Install"},
        {"Title": "Pool cleaning", "Job type": "Weekly service"},
        {"Title": "Thermostat replacement", "Job type": "Repair"},
        {"Title": "Service call", "Job type": "Repair"},
        {"Title": "Repair", "Job type": "Repair"},
        {"Title": "", "Job type": "Repair"},
        {"Title": "Thermostat", "Job type": "Controls"},
        {"Customer": "Elm Apartments"},
        {"Customer": "Oak Property Management"},
        {"Phone": "", "Address": ""},
        {"Customer": "", "Phone": ""},
        {"Status": "Scheduled"},
        {"Status": "Cancelled"},
        {"Status": "No show"},
        {"Status": "blue"},
        {"Job #": "J-1"},
        {"Completed": "2026-11-20"},
        {"Estimate #": "E-7"},
        {"Invoice #": "2041"},
        {"Completed": "", "Scheduled": ""},
    ],
    ids=str,
)
def test_what_only_looks_like_it_is_no_flag(changed: Mapping[str, str]) -> None:
    assert flags(*all_three(**changed)) == {}


@pytest.mark.parametrize(
    "changed",
    [
        {"Customer": "Bo Park"},
        {"Phone": "312-555-0143"},
        {"Address": "2 Elm St"},
        {"Title": "No hot water"},
        {"Job type": "Tune-up"},
        {"Equipment": "upstairs furnace"},
        {"Completed": "2026-09-01"},
        {"Completed": "2026-12-01"},
        {"Completed": "2026-10-02"},
        {"Status": "Cancelled"},
        {"Status": "Scheduled"},
        {"Notes": "Board is on order, will return next week."},
    ],
    ids=str,
)
def test_one_visit_that_is_unlike_the_others_leaves_two(changed: Mapping[str, str]) -> None:
    assert not any("third" in row["because"] for row in flags({**FIRST}, {**SECOND, **changed}, THIRD).values())


def test_sixty_days_are_within_and_sixty_one_are_not() -> None:
    assert list(flags({**FIRST, "Completed": "2026-09-21"}, SECOND, THIRD)) == ["J-3/return-visit"]
    assert flags({**FIRST, "Completed": "2026-09-20"}, SECOND, THIRD) == {}


def test_a_third_visit_that_is_no_news_any_more_is_not_told() -> None:
    rows = [{**row, "Completed": day} for row, day in zip((FIRST, SECOND, THIRD), ("2026-09-20", "2026-10-05", "2026-10-24"), strict=True)]
    assert flags(*rows) == {}


@pytest.mark.parametrize(("numbers", "told"), [(("1234-1", "1234-2", "1234-3"), False), (("1234-1", "1235-1", "1236-1"), True), (("2026-7", "2026-8", "2026-9"), True),
                                               (("", "", ""), True)])  # fmt: skip
def test_segments_of_one_job_are_one_job(numbers: tuple[str, ...], told: bool) -> None:
    rows = [{**row, "Job #": number} for row, number in zip((FIRST, SECOND, THIRD), numbers, strict=True)]
    assert bool(repeated(sheet("jobs", *rows), given({}))) is told


def test_a_job_without_a_number_is_named_by_its_row() -> None:
    rows = [{**row, "Job #": number} for row, number in zip((FIRST, SECOND, THIRD), ("J-1", "", "J-3"), strict=True)]
    [said] = repeated(sheet("jobs", *rows), given({})).values()
    assert said.endswith("J-1 on Oct 2, the job in row 3 on Nov 1, J-3 on Nov 20")


def test_after_a_return_that_was_announced_it_takes_three_calls_all_the_same() -> None:
    rows = [{**THIRD, "Job #": f"J-{number}", "Completed": day, "Notes": note} for number, day, note in (
        (1, "2026-10-02", "Igniter is on order, will return to install it."), (2, "2026-10-06", "Installed the igniter."),
        (3, "2026-11-01", "Cleaned the flame sensor."), (4, "2026-11-20", "Replaced the board."))]  # fmt: skip
    assert list(flags(*rows[:3])) == []
    assert flags(*rows)["J-4/return-visit"]["because"].endswith("J-1 on Oct 2, J-3 on Nov 1, J-4 on Nov 20")
