"""The dispatcher's board: which visits are on it, how each stands, and who cannot come."""

from typing import Any

import pytest

from contractor_ops.views.dispatch import build
from contractor_ops.views.trail.hazards import hazard_in
from tests.views.sheets import Row, but, given, tables

BOOKED = {
    "Job #": "J-1", "Customer": "Ann Li", "Title": "Furnace tune-up", "Status": "Scheduled", "Technician": "Tom Vale",
    "Scheduled start": "2026-11-26 09:00", "Total": "189",
}  # fmt: skip
TOM = {"Technician": "Tom Vale", "Days off": "Sat, Sun", "Active": "yes"}


def rows(*jobs: Row, technicians: tuple[Row, ...] = (TOM,), customers: tuple[Row, ...] = ()) -> dict[str, dict[str, Any]]:
    built = build(given(tables(jobs=jobs, technicians=technicians, customers=customers)))
    return {str(record["number"]): dict(record.values) for record in built.records}


@pytest.mark.parametrize(("status", "start", "completed", "standing"), [
    ("Scheduled", "2026-11-26 09:00", "", "open"),
    ("", "2026-11-26 09:00", "", "open"),
    ("Scheduled", "2026-12-08 09:00", "", "open"),
    ("Scheduled", "2026-12-09 09:00", "", "later"),
    ("Scheduled", "2026-11-22 09:00", "", "open"),  # nobody has closed it yet
    ("Scheduled", "2026-11-20 09:00", "", "past"),
    ("Scheduled", "2026-09-01 09:00", "", None),
    ("In progress", "2026-09-01 09:00", "", "under way"),
    ("Scheduled", "", "", "no day"),
    ("On hold", "2026-11-26 09:00", "", "no day"),
    ("Completed", "2026-11-24 09:00", "2026-11-24", "closed"),
    ("Completed", "2026-12-20 09:00", "2026-11-24", "closed"),  # early
    ("Completed", "2026-11-20 09:00", "2026-11-20", None),
    ("Completed", "2026-11-24 09:00", "", "closed"),
    ("Completed", "2026-11-24 09:00", "2027-11-24", "closed"),  # a slip
    ("Invoiced", "2026-11-23 09:00", "2026-11-23", "closed"),
    ("Cancelled", "2026-11-26 09:00", "", "cancelled"),
    ("Cancelled", "2026-12-20 09:00", "", None),
    ("No show", "2026-11-24 09:00", "", "no-show"),
])  # fmt: skip
def test_how_a_visit_stands(status: str, start: str, completed: str, standing: str | None) -> None:
    found = rows(but(BOOKED, Status=status, Scheduled_start=start, Completed=completed))
    assert (found["J-1"]["status"] if "J-1" in found else None) == standing


def test_a_visit_without_a_technician_is_unassigned() -> None:
    assert rows(but(BOOKED, Technician=""))["J-1"]["status"] == "unassigned"


def test_what_is_left_out_is_counted() -> None:
    old = but(BOOKED, Job_="J-2", Scheduled_start="2026-09-01 09:00")
    done = but(BOOKED, Job_="J-3", Status="Completed", Completed="2026-10-01")
    built = build(given(tables(jobs=[BOOKED, old, done])))
    assert [record["number"] for record in built.records] == ["J-1"]
    assert {why: number for why, number in built.passed_over.items() if number} == {
        "long ago, and never closed": 1, "closed or called off, and not near": 1,
    }  # fmt: skip


def test_days_that_are_far_away_are_one_word() -> None:
    assert rows(BOOKED)["J-1"]["slot"] == "Thu, Nov 26 at 9:00 AM"
    far = [rows(but(BOOKED, Scheduled_start=start))["J-1"]["slot"] for start in ("2026-12-20 09:00", "2027-01-05 09:00", "")]
    assert far == ["later", "later", "later"]


def test_an_order_is_what_is_done_with_what_for_how_much() -> None:
    assert rows(but(BOOKED, Parts_used="blower motor"))["J-1"]["order"] == "Furnace tune-up, parts: blower motor, total $189.00"
    assert rows({"Job #": "J-1", "Status": "Scheduled", "Scheduled start": "2026-11-26"})["J-1"]["order"] is None


def test_a_technicians_day_has_a_row_with_the_visits_in_order() -> None:
    second = but(BOOKED, Job_="J-2", Customer="Bob Ray", Scheduled_start="2026-11-26 08:00")
    day = rows(BOOKED, second)["Tom Vale/2026-11-26"]
    assert (day["status"], day["technician"], day["technician_off"]) == ("technician's day", "Tom Vale", None)
    assert day["visits"] == "job J-2 (Bob Ray) at 8:00 AM and job J-1 (Ann Li) at 9:00 AM"


@pytest.mark.parametrize(("changed", "why"), [
    ({"Days off": "Sat, Sun, 2026-11-26"}, "Tom Vale is off on Thu, Nov 26"),
    ({"Days off": "Thu"}, "Tom Vale is off on Thu, Nov 26"),
    ({"Active": "no"}, "Tom Vale has left"),
    ({}, None),
])  # fmt: skip
def test_why_a_technician_cannot_come(changed: dict[str, str], why: str | None) -> None:
    assert rows(BOOKED, technicians=({**TOM, **changed},))["Tom Vale/2026-11-26"]["technician_off"] == why


def test_days_on_which_nobody_counts_on_them_have_no_row() -> None:
    found = rows(but(BOOKED, Scheduled_start="2026-12-20 09:00"), but(BOOKED, Job_="J-2", Status="Cancelled"))
    assert not [number for number in found if "/" in number]


def test_whom_a_customer_prefers_counts_beside_whoever_goes() -> None:
    bo = {"Technician": "Bo Lund"}
    ann = {"Customer name": "Ann Li", "Phone": "312-555-0142", "Preferred technician": "Bo Lund"}
    day = rows(BOOKED, technicians=(TOM, {**bo, "Days off": "2026-11-26"}), customers=(ann,))["Bo Lund/2026-11-26"]
    assert (day["technician_off"], day["visits"], day["preferred_by"]) == (
        "Bo Lund is off on Thu, Nov 26", None, "job J-1 (Ann Li) at 9:00 AM"
    )  # fmt: skip


def test_two_visits_at_one_time_clash() -> None:
    found = rows(BOOKED, but(BOOKED, Job_="J-2", Customer="Bob Ray", Scheduled_start="2026-11-26 09:30"))
    assert "Tom Vale has job J-1" in found["J-1"]["clash"]
    assert rows(BOOKED)["J-1"]["clash"] is None


def test_without_technicians_and_customers_there_is_no_mistake() -> None:
    assert list(rows(BOOKED, technicians=())) == ["J-1"]


def test_a_job_without_a_number_is_known_by_what_it_is() -> None:
    job = {name: cell for name, cell in BOOKED.items() if name != "Job #"}
    first, again = (list(rows(one, technicians=())) for one in (job, but(job, Technician="Bo Lund")))
    assert len(first) == 1 and first == again


@pytest.mark.parametrize(("note", "told"), [
    ("Gate code 4711#. Smell of gas at the stove.", "Smell of gas"),
    ("Lockbox 9921. All fine.", ""),
    ("No smell of gas. Furnace checked.", ""),
    ("CO alarm went off. Burnt wires at the panel.", "CO alarm went off; Burnt wires"),
    ("Customer upset, wants a refund.", ""),
])  # fmt: skip
def test_only_words_of_danger_are_told(note: str, told: str) -> None:
    assert hazard_in(note) == told


@pytest.mark.parametrize("note", ["Smelled gas, code 4711#.", "Gas leak 4711# at the meter", "CO 120 ppm in the basement, lockbox 8812"])
def test_no_code_stands_in_a_danger(note: str) -> None:
    assert not {"4711", "8812"} & set(hazard_in(note).replace("#", " ").split())


def test_a_name_that_nobody_has_is_told_and_a_name_that_stops_short_is_a_guess() -> None:
    found = rows(but(BOOKED, Technician="Tom Vail"), but(BOOKED, Job_="J-2", Technician="Tom Val"), but(BOOKED, Job_="J-3"))
    unknown = '"Tom Vail" is not in the technicians table; did you mean Tom Vale? Write the name as it stands there, or add a row.'
    assert [found[number]["not_clear"] for number in ("J-1", "J-2", "J-3")] == [unknown, None, None]
    assert str(found["J-1"]["clash"]).startswith(unknown)
    assert str(found["J-2"]["clash"]).startswith('"Tom Val" is taken for Tom Vale.')


def test_without_a_technicians_table_no_name_is_unknown() -> None:
    assert (found := rows(BOOKED, technicians=())["J-1"])["not_clear"] is None and found["technician"] == "Tom Vale"
