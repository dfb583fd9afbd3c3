"""What holds of materials whatever the tables hold."""

import re
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.bookings.materials import Booking, Materials
from tests.bookings.rows import booking, checked, needs, stock

ITEMS = ("Filter", "filters", "FILTER ", "Motor", "Tee")
COUNT = st.one_of(st.none(), st.integers(-3, 9))
SHELVES = st.lists(st.fixed_dictionaries({"item": st.sampled_from(ITEMS), "on_hand": COUNT, "reorder_at": COUNT}), max_size=6).map(
    lambda rows: stock(*rows)
)
LISTS = st.lists(
    st.fixed_dictionaries({"job_type": st.sampled_from(("A", "B")), "item": st.sampled_from((*ITEMS, "Unknown")), "quantity": COUNT}),
    max_size=8,
).map(lambda rows: needs(*rows))
STARTS = st.one_of(st.none(), st.integers(0, 90).map(lambda hours: datetime(2026, 12, 1) + timedelta(hours=hours)))
BOOKINGS = st.lists(st.tuples(st.sampled_from("AB"), STARTS), max_size=8).map(
    lambda made: [booking(str(100 + at), job_type=kind, starts=starts) for at, (kind, starts) in enumerate(made)]
)


def pulled(found: dict[str, Materials]) -> Counter[str]:
    """How many of each thing are promised, over all bookings."""
    total: Counter[str] = Counter()
    for materials in found.values():
        for line in materials.lines:
            if told := re.match(r"(\d+) × (\w+)", line):
                total[told[2].casefold().rstrip("s")] += int(told[1])
    return total


@given(BOOKINGS, LISTS, SHELVES)
def test_no_more_is_promised_than_is_on_hand(bookings: list[Booking], lists: Any, shelf: Any) -> None:
    there: Counter[str] = Counter()
    for row in shelf:
        there[str(row["item"]).casefold().strip().rstrip("s")] += int(row["on_hand"] or 0)
    promised = pulled(checked(bookings, lists, shelf))
    assert all(promised[item] <= max(there[item], 0) for item in promised)


@given(BOOKINGS, LISTS, SHELVES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(bookings: list[Booking], lists: Any, shelf: Any, rng: Any) -> None:
    before = checked(bookings, lists, shelf)
    for rows in (bookings, lists, shelf):
        rng.shuffle(rows)
    assert checked(bookings, lists, shelf) == before


@given(BOOKINGS, LISTS, SHELVES)
def test_every_booking_is_told_something(bookings: list[Booking], lists: Any, shelf: Any) -> None:
    found = checked(bookings, lists, shelf)
    assert found.keys() == {one.key for one in bookings}
    assert all(one.lines or one.missing or one.doubts for one in found.values())


@given(BOOKINGS, LISTS, SHELVES)
def test_a_later_booking_takes_nothing_from_an_earlier_one(bookings: list[Booking], lists: Any, shelf: Any) -> None:
    late = booking("999", job_type="A", starts=datetime(2027, 1, 1))
    started = [one for one in bookings if one.starts is not None]
    before, after = checked(started, lists, shelf), checked([*started, late], lists, shelf)
    assert {key: after[key] for key in before} == before


@given(st.integers(0, 20), st.integers(1, 20))
def test_what_is_pulled_and_what_is_ordered_is_what_is_needed(on_hand: int, quantity: int) -> None:
    found = checked(
        [booking("1", job_type="A")],
        needs({"job_type": "A", "item": "Tee", "quantity": quantity}),
        stock({"item": "Tee", "on_hand": on_hand}),
    )["1"]
    ordered = [Decimal(told[1]) for line in found.missing if (told := re.match(r"Order (\d+) ×", line))]
    assert pulled({"1": found})["tee"] + sum(ordered) == quantity
