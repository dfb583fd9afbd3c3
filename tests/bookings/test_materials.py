"""What a booking needs against what is on hand: pull, order, ask."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contractor_ops.bookings.materials import NOTHING, WITH_THE_FIRST, Materials
from contractor_ops.tables.record import Value
from tests.bookings.rows import booking, checked, needs, one, stock

LINE_SET: dict[str, Any] = {"job_type": "Install", "item": "Line set 25 ft", "quantity": 1}


# ── Pull and order ──


def test_what_is_there_is_pulled_with_where_it_lies() -> None:
    shelf = stock(
        {"item": "Line set 25 ft", "on_hand": 3, "location": "Rack C"}, {"item": "line sets  25 FT", "on_hand": 1, "location": "Truck 2"}
    )
    assert one(booking("1"), needs(LINE_SET), shelf) == Materials(("1 × Line set 25 ft (Rack C, Truck 2)",))


def test_what_is_missing_must_be_ordered_and_what_there_is_is_pulled() -> None:
    found = one(booking("1"), needs({**LINE_SET, "quantity": 5}), stock({"item": "Line set 25 ft", "on_hand": 2}))
    assert found == Materials(("2 × Line set 25 ft",), ("Order 3 × Line set 25 ft: it needs 5, 2 left for it.",))
    found = one(booking("1"), needs(LINE_SET), stock({"item": "Line set 25 ft", "on_hand": 0}))
    assert found == Materials((), ("Order 1 × Line set 25 ft: it needs 1, none left for it.",))


def test_quantities_may_be_parts_of_one_and_less_than_none_is_none() -> None:
    found = one(booking("1"), needs({**LINE_SET, "quantity": Decimal("2.50")}), stock({"item": "Line set 25 ft", "on_hand": 100}))
    assert found.lines == ("2.5 × Line set 25 ft",)
    assert one(booking("1"), needs(LINE_SET), stock({"item": "Line set 25 ft", "on_hand": -4})).missing != ()
    oversold = stock({"item": "Line set 25 ft", "on_hand": 3}, {"item": "Line set 25 ft", "on_hand": -3})
    assert one(booking("1"), needs(LINE_SET), oversold).missing != ()


def test_more_is_ordered_once_when_the_shelf_gets_low() -> None:
    shelf = stock({"item": "Line set 25 ft", "on_hand": 5, "reorder_at": 3})
    found = checked([booking("1", 1), booking("2", 2), booking("3", 3)], needs(LINE_SET), shelf)
    assert [found[key].lines for key in "123"] == [
        ("1 × Line set 25 ft",),
        ("1 × Line set 25 ft; 3 left, order more",),
        ("1 × Line set 25 ft",),
    ]


# ── Who takes first ──


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 13)),
        (date(2026, 12, 1), datetime(2026, 12, 1, 8)),
        (datetime(2026, 12, 1, 23), date(2026, 12, 2)),
        (datetime(2026, 12, 1, 14, tzinfo=UTC), datetime(2026, 12, 1, 15)),
        (date(2026, 12, 24), None),
        (date(2026, 12, 24), "soon"),
    ],
)
def test_who_starts_earlier_takes_first(earlier: Value, later: Value) -> None:
    bookings = [booking("1", starts=later), booking("2", starts=earlier)]
    found = checked(bookings, needs(LINE_SET), stock({"item": "Line set 25 ft", "on_hand": 1}))
    assert found["2"].missing == () and found["1"].missing != ()


def test_of_two_at_one_time_the_lower_number_takes_first() -> None:
    bookings = [booking("102"), booking("101")]
    for order in (bookings, bookings[::-1]):
        found = checked(order, needs(LINE_SET), stock({"item": "Line set 25 ft", "on_hand": 1}))
        assert found["101"].missing == () and found["102"].missing != ()


def test_several_visits_of_a_job_use_its_materials_once() -> None:
    visits = [booking("101", 1, key="a"), booking("101", 2, key="b"), booking("102", 3)]
    found = checked(visits, needs(LINE_SET), stock({"item": "Line set 25 ft", "on_hand": 2}))
    assert (found["a"].lines, found["b"].lines, found["102"].missing) == (("1 × Line set 25 ft",), (WITH_THE_FIRST,), ())


def test_a_later_visit_of_a_job_without_a_list_is_told_so_too() -> None:
    found = checked([booking("101", 1, key="a"), booking("101", 2, key="b")], [], [])
    assert found["a"] == found["b"] and found["b"].doubts != ()


def test_jobs_without_a_number_are_each_their_own() -> None:
    found = checked([booking("", 1, key="a"), booking("", 2, key="b")], needs(LINE_SET), stock({"item": "Line set 25 ft", "on_hand": 1}))
    assert (found["a"].missing, found["b"].missing != ()) == ((), True)


# ── Which list ──


def test_a_jobs_own_list_holds_for_its_things_and_the_types_for_the_others() -> None:
    rows = needs(
        LINE_SET, {"job_type": "Install", "item": "Bracket", "quantity": 2}, {"job": "Job #0101", "item": "brackets", "quantity": 4}
    )
    shelf = stock({"item": "Line set 25 ft", "on_hand": 9}, {"item": "Bracket", "on_hand": 9})
    assert one(booking("101"), rows, shelf).lines == ("4 × Bracket", "1 × Line set 25 ft")
    assert one(booking("102"), rows, shelf).lines == ("2 × Bracket", "1 × Line set 25 ft")


def test_a_jobs_own_line_stands_in_place_of_the_types_whatever_their_part_numbers() -> None:
    rows = needs(LINE_SET, {"job": "101", "item": "Line set 25 ft", "number": "LS-25", "quantity": 3})
    assert one(booking("101"), rows, stock({"item": "Line set 25 ft", "number": "LS-25", "on_hand": 9})).lines == ("3 × Line set 25 ft",)


def test_the_list_is_found_by_title_then_type_then_kind() -> None:
    rows = needs(*({"job_type": name, "item": name, "quantity": 1} for name in ("AC tune-up", "Tune-up", "AC installation")))
    shelf = stock(*({"item": name, "on_hand": 9} for name in ("AC tune-up", "Tune-up", "AC installation")))
    assert one(booking("1", job_type="TUNE UP", title="AC Tune-Up"), rows, shelf).lines == ("1 × AC tune-up",)
    assert one(booking("1", job_type="tune-up", title="Spring"), rows, shelf).lines == ("1 × Tune-up",)
    assert one(booking("1", job_type="AC swap", kind="AC installation"), rows, shelf).lines == ("1 × AC installation",)


def test_a_thing_twice_on_a_list_is_needed_twice() -> None:
    found = one(booking("1"), needs(LINE_SET, {**LINE_SET, "item": "line set 25 ft"}), stock({"item": "Line set 25 ft", "on_hand": 9}))
    assert found.lines == ("2 × Line set 25 ft",)


@pytest.mark.parametrize("row", [{"item": "None"}, {"item": "Line set 25 ft", "quantity": 0}, {"item": "n/a", "quantity": 3}])
def test_that_nothing_is_needed_is_said(row: dict[str, Any]) -> None:
    assert one(booking("1"), needs({"job_type": "Install", **row}), []) == Materials((NOTHING,))


# ── What nobody can say ──


def test_a_type_without_a_list_is_a_doubt() -> None:
    told = 'There is no materials list for "Crane day". Add its rows to the materials table; its item "none" says that it needs nothing.'
    assert one(booking("1", job_type="Crane day"), needs(LINE_SET), []) == Materials(doubts=(told,))
    assert "for a job without a type" in one(booking("1", job_type=""), needs(LINE_SET), []).doubts[0]


@pytest.mark.parametrize("called", ["Line set", "Line set, 25 ft", "Lineset 25 ft", "Line set 25ft", "25 ft line set"])
def test_an_unlike_name_is_a_doubt_and_never_guessed(called: str) -> None:
    found = one(booking("1"), needs(LINE_SET), stock({"item": called, "on_hand": 9}))
    assert found == Materials(doubts=('"Line set 25 ft" is not in the inventory. Put it in, or write it as it is called there.',))


@pytest.mark.parametrize(
    ("listed", "shelved"), [("Filters", "filter"), ("SWITCH", "Switches"), ("gas valve", "Gas  valves"), ("Brass tee", "brass tees")]
)
def test_case_spaces_and_plural_do_not_matter(listed: str, shelved: str) -> None:
    assert one(booking("1"), needs({**LINE_SET, "item": listed}), stock({"item": shelved, "on_hand": 1})).lines == (
        f"1 × {' '.join(shelved.split())}",
    )


@pytest.mark.parametrize("quantity", [None, "a few", -2])
def test_an_unknown_quantity_is_a_doubt_and_takes_nothing(quantity: Any) -> None:
    rows = needs({**LINE_SET, "quantity": quantity}, {"job_type": "Repair", "item": "Line set 25 ft", "quantity": 1})
    found = checked([booking("1", 1), booking("2", 2, "Repair")], rows, stock({"item": "Line set 25 ft", "on_hand": 1}))
    assert found["1"] == Materials(doubts=('How many "Line set 25 ft" it needs is not said (materials.csv, row 2). Write a number there.',))
    assert found["2"].lines == ("1 × Line set 25 ft",)


def test_what_is_not_counted_is_not_promised() -> None:
    found = one(booking("1"), needs(LINE_SET), stock({"item": "Line set 25 ft"}))
    assert found == Materials(
        doubts=("It needs 1 Line set 25 ft, and nobody knows how many there are (inventory.csv, row 2). Count them.",)
    )
    counted = stock({"item": "Line set 25 ft"}, {"item": "Line set 25 ft", "on_hand": 1})
    assert one(booking("1"), needs(LINE_SET), counted).lines == ("1 × Line set 25 ft",)


# ── Part numbers ──

BY_NUMBER: dict[str, Any] = {"job_type": "Install", "item": "Filter", "number": "F-1", "quantity": 1}


def test_a_part_number_tells_things_of_one_name_apart() -> None:
    shelf = stock({"item": "Filter", "number": "F-1", "on_hand": 1}, {"item": "Filter", "number": "F-2", "on_hand": 9})
    assert one(booking("1"), needs({**BY_NUMBER, "quantity": 2}), shelf).missing != ()
    assert "Several things in the inventory are called" in one(booking("1"), needs({**BY_NUMBER, "number": None}), shelf).doubts[0]


def test_a_part_number_is_enough_where_nothing_speaks_against_it() -> None:
    assert one(booking("1"), needs(BY_NUMBER), stock({"item": "Filter 16x25x1", "number": "f-1", "on_hand": 1})).lines == (
        "1 × Filter 16x25x1",
    )
    assert one(booking("1"), needs(BY_NUMBER), stock({"item": "Filter", "on_hand": 1})).lines == ("1 × Filter",)
    assert one(booking("1"), needs({**BY_NUMBER, "item": None}), stock({"item": "Filter", "number": "F-1", "on_hand": 1})).lines == (
        "1 × Filter",
    )


def test_a_name_and_a_part_number_of_two_things_are_a_doubt() -> None:
    shelf = stock({"item": "Filter", "number": "F-9", "on_hand": 9}, {"item": "Motor", "number": "F-1", "on_hand": 9})
    assert one(booking("1"), needs(BY_NUMBER), shelf).doubts == (
        '"Filter" has another part number in the inventory than F-1. Correct one of them.',
    )
