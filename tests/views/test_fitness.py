"""Whether whoever stands at a visit can go to it, who could go instead, and what is odd about its day: Tuesday, November 24."""

from dataclasses import replace
from datetime import date

import pytest

from contractor_ops.dispatch.visits import Visit
from contractor_ops.views.trail.desk import Desk
from contractor_ops.views.trail.doubts import doubts_of
from contractor_ops.views.trail.fitness import against, remarks
from tests.views.sheets import Row, but, given, tables

BOOKED = {
    "Job #": "J-1", "Customer": "Ann Li", "Address": "12 Main St, Chicago, IL 60618", "Title": "Furnace tune-up", "Status": "Scheduled",
    "Technician": "Tom Vale", "Scheduled start": "2026-11-25 09:00",
}  # fmt: skip
TOM = {"Technician": "Tom Vale", "Phone": "312-555-0171", "Skills": "heating", "Territory": "60618", "Days off": "", "Hours": ""}
BO = {"Technician": "Bo Lund", "Phone": "312-555-0172", "Skills": "heating, plumbing", "Territory": "606xx", "Days off": "", "Hours": ""}
BO_COULD = "Bo Lund could go: does heating, works around 60618, no other job that day."


def desk(*jobs: Row, crew: tuple[Row, ...] = (TOM, BO), own: dict[str, dict[str, str]] | None = None) -> Desk:
    """The desk of an office that is open from Monday to Friday and has Thanksgiving off."""
    kept = tables(jobs=jobs, technicians=crew)
    names = {date(2026, 11, 26): "Thanksgiving Day"}
    office = replace(given(kept), holiday_on=names.get, open_on=range(5), own=own or {})
    return Desk(office, kept["jobs"].records)


def first(office: Desk) -> Visit:
    return next(iter(office.visits.values()))


def doubts(office: Desk) -> list[tuple[str, str]]:
    return list(doubts_of(office.jobs[0], "scheduled", office))


def test_of_a_visit_that_can_be_kept_nothing_is_said() -> None:
    office = desk(BOOKED)
    assert doubts(office) == [] and against(first(office), office) == ""


@pytest.mark.parametrize(("changed", "doubt"), [
    ({"Days off": "2026-11-25"}, "it cannot be kept: Tom Vale is off on Wed, Nov 25 and stands at job J-1 (Ann Li)"),
    ({"Skills": "cooling"}, "Tom Vale does no heating; send somebody else, or add it to their skills in the technicians sheet"),
    ({"Phone": ""}, "Tom Vale has neither a mobile nor an e-mail; add one to the technicians sheet"),
])  # fmt: skip
def test_who_should_not_go_is_doubtful_and_somebody_else_is_named_beside_it(changed: dict[str, str], doubt: str) -> None:
    office = desk(BOOKED, crew=({**TOM, **changed}, BO))
    assert doubts(office) == [("availability", doubt)]
    assert remarks(first(office), office) == BO_COULD
    assert against(first(office), office) == f"{doubt.removeprefix('it cannot be kept: ')}. {BO_COULD}"


def test_the_doubt_stays_the_same_whoever_could_go_instead() -> None:
    crew = ({**TOM, "Days off": "2026-11-25"}, BO)
    another = but(BOOKED, Job_="J-2", Customer="Bob Ray", Technician="Bo Lund", Scheduled_start="2026-11-25 09:30")
    alone, beside = desk(BOOKED, crew=crew), desk(BOOKED, another, crew=crew)
    assert doubts(alone) == doubts(beside)
    assert remarks(first(beside), beside) == "Nobody else fits: Bo Lund has job J-2 (Bob Ray) on Wed, Nov 25 at 9:30 AM."


def test_of_a_double_booking_both_visits_are_told_who_could_go_instead() -> None:
    another = but(BOOKED, Job_="J-2", Customer="Bob Ray", Scheduled_start="2026-11-25 09:30")
    office = desk(BOOKED, another)
    assert [remarks(visit, office) for visit in office.visits.values()] == [BO_COULD, BO_COULD]


@pytest.mark.parametrize("cells", [{"Skills": ""}, {"Skills": "all"}])
def test_skills_that_are_not_noted_or_all_are_no_doubt(cells: dict[str, str]) -> None:
    assert doubts(desk(BOOKED, crew=({**TOM, **cells}, BO))) == []


def test_of_a_visit_whose_day_is_over_or_that_is_done_nothing_is_said() -> None:
    crew = ({**TOM, "Skills": "cooling", "Phone": ""}, BO)
    assert [column for column, _ in doubts(desk(but(BOOKED, Scheduled_start="2026-11-20 09:00"), crew=crew))] == ["starts_at"]
    office = desk(but(BOOKED, Status="Completed"), crew=crew)
    assert against(first(office), office) == ""


def test_an_office_that_notes_nobody_s_number_is_not_asked_for_them() -> None:
    assert doubts(desk(BOOKED, crew=({**TOM, "Phone": ""}, {**BO, "Phone": ""}))) == []


def test_a_holiday_is_one_thing_to_settle_that_no_step_waits_for() -> None:
    office = desk(but(BOOKED, Scheduled_start="2026-11-26 09:00"))
    assert doubts(office) == [("holiday", "Thu, Nov 26 is a holiday (Thanksgiving Day); if it is meant, mark this as done")]
    assert against(first(office), office) == "Thu, Nov 26 is a holiday (Thanksgiving Day)."


@pytest.mark.parametrize(("hours", "said"), [("", "The office is closed on Sat, Nov 28."), ("Mon-Sat 8-17", "")])
def test_a_day_on_which_the_office_is_closed_is_only_a_remark(hours: str, said: str) -> None:
    office = desk(but(BOOKED, Scheduled_start="2026-11-28 09:00"), crew=({**TOM, "Hours": hours}, BO))
    assert doubts(office) == [] and remarks(first(office), office) == said


@pytest.mark.parametrize(("territory", "address", "said"), [
    ("60432", "12 Main St, Chicago, IL 60618", "The address is outside the territory of Tom Vale."),
    ("60432", "12 Main St", ""),
    ("", "12 Main St, Chicago, IL 60618", ""),
])  # fmt: skip
def test_a_territory_is_only_a_remark(territory: str, address: str, said: str) -> None:
    office = desk(but(BOOKED, Address=address), crew=({**TOM, "Territory": territory}, BO))
    assert doubts(office) == [] and remarks(first(office), office) == said


@pytest.mark.parametrize(("sheet", "kept", "goes"), [
    ("", "Bo Lund", "Bo Lund"),
    ("TBD", "Bo Lund", "Bo Lund"),
    ("Tom Vale", "Bo Lund", "Tom Vale"),
    ("", "nobody", ""),
    ("", "", ""),
])  # fmt: skip
def test_whom_the_ledger_has_goes_where_the_sheet_names_nobody(sheet: str, kept: str, goes: str) -> None:
    office = desk(but(BOOKED, Technician=sheet), own={"J-1": {"technician": kept}} if kept else {})
    assert first(office).written == goes


@pytest.mark.parametrize(("start", "cell", "part"), [
    ("2026-11-24 13:00", "sick today", "sick today"), ("2026-11-24 13:00", "Sat, Sun, sick", "sick"), ("2026-11-26 09:00", "ask Dana", "ask dana"),
    ("2026-11-25 09:00", "every other Wednesday", "every other wednesday"),
])  # fmt: skip
def test_days_off_that_nobody_can_read_are_doubtful_for_the_visits_of_the_next_days(start: str, cell: str, part: str) -> None:
    office = desk(but(BOOKED, Scheduled_start=start), crew=({**TOM, "Days off": cell}, BO))
    day = start[8:10]
    said = f'the days off "{part}" of Tom Vale cannot be read; write a day such as Nov {day}, or clear the cell'
    assert [one for one in doubts(office) if one[0] == "availability"] == [("availability", said)]


@pytest.mark.parametrize(("start", "cell"), [
    ("2026-11-27 09:00", "sick today"), ("2026-11-25 09:00", "every other Friday"), ("2026-11-25 09:00", "Sat, Sun"), ("2026-11-23 09:00", "sick"),
])  # fmt: skip
def test_days_off_that_can_be_read_or_are_about_another_day_are_no_doubt(start: str, cell: str) -> None:
    office = desk(but(BOOKED, Scheduled_start=start), crew=({**TOM, "Days off": cell}, BO))
    assert "availability" not in dict(doubts(office))
