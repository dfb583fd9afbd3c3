"""What the next seven days bring."""

from collections.abc import Sequence
from typing import Any

import pytest

from contractor_ops.figures.values import Group
from contractor_ops.figures.week_ahead import papers_expired, week_ahead
from tests.figures.sheets import business, invoice, names
from tests.views.sheets import Row


def ahead(key: str, **sheets: Any) -> Group:
    return next(group for group in week_ahead(business(**sheets)) if group.key == key)


@pytest.mark.parametrize(
    ("due", "is_there"), [("2026-11-23", False), ("2026-11-24", True), ("2026-11-30", True), ("2026-12-01", False), ("", False)]
)
def test_invoices_fall_due_from_today_for_seven_days(due: str, is_there: bool) -> None:
    assert names(ahead("falling-due", invoices=[invoice("1", Due_date=due)])) == ({"1"} if is_there else set())


def test_days_ahead_are_below_zero_and_what_is_paid_falls_due_no_more() -> None:
    rows = [
        invoice("1", Due_date="2026-11-28"),
        invoice("2", Due_date="2026-11-28", Balance="0"),
        invoice("3", Due_date="2026-11-28", Status="Draft"),
    ]
    (line,) = ahead("falling-due", invoices=rows).lines
    assert (line.record, line.days, line.why) == ("1", -4, "due Nov 28, in 4 days")


def job(number: str, **cells: Any) -> Row:
    row = {"Job #": number, "Customer": "Ann Li", "Title": "Repair", "Job type": "Repair", "Status": "Scheduled", "Technician": "Tom",
           "Scheduled start": "2026-11-26 09:00", "Completed": "", "Total": "300"}  # fmt: skip
    return {**row, **{name.replace("_", " "): value for name, value in cells.items()}}


@pytest.mark.parametrize(
    ("cells", "is_there"),
    [
        ({"Technician": ""}, True), ({"Technician": "Unassigned"}, True), ({"Technician": "TBD"}, True), ({}, False),
        ({"Technician": "", "Status": "Cancelled"}, False), ({"Technician": "", "Status": "Completed"}, False), ({"Technician": "", "Status": "On hold"}, False),
        ({"Technician": "", "Completed": "2026-11-24"}, False), ({"Technician": "", "Scheduled_start": "2026-12-01 09:00"}, False),
        ({"Technician": "", "Scheduled_start": "2026-11-23 09:00"}, False), ({"Technician": "", "Scheduled_start": "2026-11-24 07:00"}, True),
        ({"Technician": "", "Status": ""}, True), ({"Technician": "", "Scheduled_start": ""}, False),
    ],
)  # fmt: skip
def test_a_job_to_come_without_a_technician_is_told(cells: dict[str, str], is_there: bool) -> None:
    assert names(ahead("unassigned", jobs=[job("J-1", **cells)])) == ({"J-1"} if is_there else set())


def visit(number: str, of: str, technician: str = "", on: str = "2026-11-26 09:00") -> Row:
    return {"Visit #": number, "Job #": of, "Customer": "Ann Li", "Technician": technician, "Scheduled start": on, "Status": "Scheduled"}


def test_a_job_and_its_visit_of_the_same_day_are_one() -> None:
    assert names(ahead("unassigned", jobs=[job("J-1", Technician="")], visits=[visit("V-1", "J-1")])) == {"J-1"}
    assert names(ahead("unassigned", jobs=[job("J-1", Technician="")], visits=[visit("V-1", "J-1", "Tom")])) == set()
    later = visit("V-2", "1", on="2026-11-27 09:00")
    assert names(ahead("unassigned", jobs=[job("J-1", Technician="")], visits=[later])) == {"J-1", "V-2"}
    assert names(ahead("unassigned", jobs=[job("J-1")], visits=[later])) == set()
    assert names(ahead("unassigned", visits=[visit("V-1", "J-1"), visit("V-2", "J-2", "Tom")])) == {"V-1"}


def test_a_sheet_that_never_says_who_does_the_work_leaves_nobody_out() -> None:
    assert len(ahead("unassigned", jobs=[{key: cell for key, cell in job("J-1").items() if key != "Technician"}])) == 0


MATERIALS = [{"Job #": "", "Job type": "Repair", "Item": "Capacitor", "SKU": "", "Quantity": "2"}]


def short(*jobs: Row, stock: Sequence[Row], materials: Sequence[Row] | None = None) -> list[tuple[str, str]]:
    group = ahead("short-of-material", jobs=jobs, inventory=stock, materials=materials or MATERIALS)
    return sorted((line.record, line.why) for line in group.lines)


def test_jobs_take_from_the_shelf_in_the_order_of_their_days() -> None:
    stock = [{"Item": "capacitor ", "On hand": "2", "Location": "Van"}, {"Item": "Capacitor", "On hand": "1", "Location": "Shelf"}]
    first, second, third = job("J-9"), job("J-2", Scheduled_start="2026-11-27 09:00"), job("J-1", Scheduled_start="2026-12-20 09:00")
    expected = [("J-2", "needs 2 capacitor, 1 left; scheduled for Nov 27, in 3 days")]
    assert short(first, second, third, stock=stock) == short(third, second, first, stock=stock) == expected
    assert short(first, stock=stock) == []


def test_a_jobs_own_list_beats_that_of_its_kind() -> None:
    own = [
        *MATERIALS,
        {"Job #": "J-1", "Job type": "", "Item": "Capacitor", "Quantity": "5"},
        {"Job #": "J-1", "Item": "Fan", "Quantity": "1"},
    ]
    stock = [{"Item": "Capacitor", "On hand": "4"}, {"Item": "Fan", "On hand": "1"}]
    assert short(job("J-1"), stock=stock, materials=own) == [("J-1", "needs 5 Capacitor, 4 left; scheduled for Nov 26, in 2 days")]


def test_what_is_not_counted_on_the_shelf_is_not_taken_for_there() -> None:
    why = "needs 2 Capacitor, and nobody knows how many there are; scheduled for Nov 26, in 2 days"
    assert short(job("J-1"), stock=[{"Item": "Fan", "On hand": "4"}]) == [("J-1", why)]
    assert short(job("J-1"), stock=[{"Item": "Capacitor", "On hand": ""}, {"Item": "Fan", "On hand": "4"}]) == [("J-1", why)]


def test_an_item_is_found_by_its_part_number_and_a_job_of_several_rows_needs_it_once() -> None:
    materials = [{"Job type": "Repair", "Item": "Run cap 45", "Part #": "RC-45", "Quantity": "1"}]
    stock = [{"Item": "Run capacitor", "Part #": "rc-45", "On hand": "1"}]
    assert short(job("J-1"), job("J-1", Scheduled_start="2026-11-27 09:00"), stock=stock, materials=materials) == []


def estimate(number: str, expires: str, status: str = "Sent") -> Row:
    return {"Estimate #": number, "Customer": "Ann Li", "Status": status, "Emailed": "2026-11-01", "Expires": expires, "Total": "900"}


def test_estimates_expire() -> None:
    rows = [
        estimate("E-1", "2026-11-24"),
        estimate("E-2", "2026-11-23"),
        estimate("E-3", "2026-11-30", "Accepted"),
        estimate("E-4", "2026-12-01"),
    ]
    assert names(ahead("estimates-expiring", estimates=rows)) == {"E-1"}


def paper(item: str, expires: str, status: str = "Active", inspection: str = "") -> Row:
    return {"Item": item, "Kind": "Permit", "Number": f"#{item}", "Expires": expires, "Status": status, "Inspection": inspection}


def test_papers_run_out_and_those_that_have_are_told_apart() -> None:
    rows = [paper("A", "2026-11-30"), paper("B", "2026-12-01"), paper("C", "2026-11-28", "Closed"), paper("D", "2026-11-20"),
            paper("E", "2027-01-01", inspection="2026-11-25"), paper("F", "2026-01-01", "passed")]  # fmt: skip
    found = ahead("papers-expiring", compliance=rows)
    assert sorted((line.what, line.why, line.days) for line in found.lines) == [
        ("A (#A)", "expires Nov 30, in 6 days", -6), ("E (#E)", "inspection Nov 25, in 1 day", -1),
    ]  # fmt: skip
    assert [(line.what, line.why) for line in papers_expired(business(compliance=rows)).lines] == [("D (#D)", "expired Nov 20, 4 days ago")]


def test_equipment_is_due_for_service_and_warranties_end() -> None:
    rows = [{"Customer": "Ann Li", "Equipment": "Furnace", "Model": "GX", "Serial #": "S1", "Next service": "2026-11-27", "Warranty until": "2026-11-29"},
            {"Customer": "Bob Ray", "Equipment": "Boiler", "Model": "", "Serial #": "S2", "Next service": "2026-12-27", "Warranty until": ""}]  # fmt: skip
    found = ahead("equipment-dates", equipment=rows)
    assert sorted((line.what, line.why) for line in found.lines) == [
        ("Furnace GX (S1)", "service due Nov 27, in 3 days"), ("Furnace GX (S1)", "warranty ends Nov 29, in 5 days"),
    ]  # fmt: skip


def test_an_office_that_keeps_nothing_has_empty_groups() -> None:
    assert not any(len(group) for group in week_ahead(business()))


# ── who is off, what stands still, what runs low ──

CREW = [{"Technician": "Luis Ortega", "Days off": "Thu, Sun"}, {"Technician": "Kim Doyle", "Days off": "Nov 25 - Nov 26"}]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"Technician": "Luis Ortega"}, ["Luis Ortega is off on Thu, Nov 26, in 2 days"]),
        ({"Technician": "luis  ortega"}, ["Luis Ortega is off on Thu, Nov 26, in 2 days"]),
        ({"Technician": "Kim Doyle, Luis Ortega"}, ["Kim Doyle is off on Thu, Nov 26, in 2 days", "Luis Ortega is off on Thu, Nov 26, in 2 days"]),
        ({"Technician": "Luis Ortega", "Scheduled_start": "2026-11-27 09:00"}, []),
        ({"Technician": "Luis Ortega", "Scheduled_start": "2026-12-03 09:00"}, []),  # a week later
        ({"Technician": "Luis Ortega", "Status": "Cancelled"}, []),
        ({"Technician": ""}, []),
        ({"Technician": "Ana Ruiz"}, []),
    ],
)  # fmt: skip
def test_a_job_on_its_technicians_day_off_is_told(cells: dict[str, str], told: list[str]) -> None:
    found = ahead("technician-off", jobs=[job("J-1", **cells)], technicians=CREW)
    assert [(line.what, line.days, line.why) for line in found.lines] == [("job J-1", -2, why) for why in told]


@pytest.mark.parametrize("cell", ["Ortega, Luis", "Luis Ortega / Ana Ruiz", "Luis", "Luis O. and Ana"])
def test_a_crew_is_read_as_people_write_it(cell: str) -> None:
    (line,) = ahead("technician-off", jobs=[job("J-1", Technician=cell)], technicians=CREW).lines
    assert line.why == "Luis Ortega is off on Thu, Nov 26, in 2 days"


def test_who_makes_the_visit_is_asked_and_not_who_has_the_job() -> None:
    jobs = [job("J-1", Technician="Luis Ortega"), job("J-2", Technician="Ana Ruiz")]
    visits = [visit("V-1", "J-1", "Ana Ruiz"), visit("V-2", "J-2", "Luis Ortega")]
    assert names(ahead("technician-off", jobs=jobs, visits=visits, technicians=CREW)) == {"J-2"}


def test_without_days_off_nobody_is_off() -> None:
    assert not len(ahead("technician-off", jobs=[job("J-1")], technicians=[{"Technician": "Tom", "Phone": "(312) 555-0142"}]))


def test_a_job_on_hold_waits_to_be_planned() -> None:
    rows = [job("J-1", Status="On hold", Scheduled_start="2026-11-17 09:00"), job("J-1", Status="On hold"), job("J-2")]
    (line,) = ahead("on-hold", jobs=rows).lines
    assert (line.record, line.amount, line.days, line.why) == ("J-1", 300, 0, "on hold; was to be Nov 17, 7 days ago")


def test_one_number_of_two_customers_is_two_jobs_on_hold_and_visits_of_one_job_are_one() -> None:
    rows = [job("7", Status="On hold", Total="900", Customer="Cy Poe"), job("7", Status="On hold", Total="5000"), job("7", Status="On hold", Total="5000"),
            job("8", Status="On hold", Total="400"), job("8", Status="On hold", Total="600")]  # fmt: skip
    found = ahead("on-hold", jobs=rows)
    assert [(line.record, line.customer, line.amount) for line in found.lines] == [
        ("7", "Ann Li", 5000),
        ("8", "Ann Li", 1000),
        ("7", "Cy Poe", 900),
    ]


MISSED = {"Status": "No show", "Scheduled_start": "2026-11-22 15:00"}


@pytest.mark.parametrize(
    ("visits", "jobs", "told"),
    [
        ([visit("V-1", "J-1")], [job("J-1", **MISSED)], set()),  # the calendar has the new visit
        ([{**visit("V-1", "J-1"), "Customer": ""}], [job("J-1", **MISSED)], set()),
        ([visit("V-1", "J-1", on="2026-11-22 15:00")], [job("J-1", **MISSED)], {"J-1"}),  # that very one
        ([{**visit("V-1", "J-1"), "Status": "On hold"}], [job("J-1", **MISSED)], {"J-1"}),
        ([{**visit("V-1", "J-1", on="2026-11-22 15:00"), "Status": "No show"}], [job("J-1", Scheduled_start="2026-11-20 15:00")], {"V-1"}),
        ([{**visit("V-1", "J-1", on="2026-11-22 15:00"), "Status": "No show"}], [job("J-1", **MISSED)], {"J-1"}),
        ([{**visit("V-1", "J-1", on="2026-11-22 15:00"), "Status": "No show"}], [job("J-1")], set()),
    ],
)  # fmt: skip
def test_a_visit_where_nobody_was_met_counts_and_a_later_visit_books_it_again(visits: list[Row], jobs: list[Row], told: set[str]) -> None:
    assert names(ahead("not-met", jobs=jobs, visits=visits)) == told


@pytest.mark.parametrize(
    ("cells", "others", "is_there"),
    [
        ({}, [], True),
        ({}, [job("J-2", Status="On hold")], True),  # that books nothing
        ({"Scheduled_start": "2026-10-24 09:00"}, [], False),  # too long ago
        ({}, [job("J-2")], False),  # they are booked again
        ({}, [job("J-2", Customer="Bob Ray")], True),
        ({}, [job("J-2", Scheduled_start="2026-11-10 09:00", Status="Completed")], True),  # that was before
        ({}, [job("J-2", Status="Cancelled")], True),
    ],
)  # fmt: skip
def test_who_was_not_at_home_is_told_until_they_are_booked_again(cells: dict[str, str], others: list[Row], is_there: bool) -> None:
    missed = job("J-1", **{"Status": "No show", "Scheduled_start": "2026-11-22 15:00", **cells})
    assert names(ahead("not-met", jobs=[missed, *others])) == ({"J-1"} if is_there else set())


def test_what_is_at_its_mark_is_to_be_ordered() -> None:
    shelf = [
        {"Item": "Flame sensor", "SKU": "FS-20", "On hand": "1", "Reorder at": "4"},
        {"Item": "Blower motor", "SKU": "BM-50", "On hand": "1", "Reorder at": "2", "Location": "Shelf"},
        {"Item": "Blower motor", "SKU": "BM-50", "On hand": "2", "Reorder at": "2", "Location": "Van"},
        {"Item": "Filter", "SKU": "F-1", "On hand": "5", "Reorder at": "4"},
        {"Item": "Tape", "SKU": "T-1", "On hand": "", "Reorder at": "4"},
        {"Item": "Pipe", "SKU": "P-1", "On hand": "0", "Reorder at": ""},
        {"Item": "Coil", "SKU": "C-1", "On hand": "2", "Reorder at": "2"},
    ]
    found = ahead("to-reorder", inventory=shelf)
    assert [(line.what, line.why) for line in found.lines] == [
        ("Coil (C-1)", "2 left, to be ordered at 2"), ("Flame sensor (FS-20)", "1 left, to be ordered at 4"),
    ]  # fmt: skip


def test_a_paper_says_whose_it_is_and_what_is_noted_of_it() -> None:
    card = {
        "Number": "608-1",
        "Item": "EPA 608 card",
        "Status": "Active",
        "Expires": "2026-11-17",
        "Holder": "Sam Whitaker",
        "Notes": "Class booked.",
    }
    (line,) = papers_expired(business(compliance=[card])).lines
    assert line.why == "expired Nov 17, 7 days ago; Sam Whitaker's; Class booked"
