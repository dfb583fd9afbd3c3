"""Who a record is, and which rows are one customer."""

from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.planning.identity import joined_keys, own_day, row_hash
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.identity import digest_of, record_id
from contractor_ops.tables.record import Record
from tests.offices import ESTIMATES
from tests.planning.planned import record

SPEC = TABLES["estimates"]
addresses = st.lists(
    st.sampled_from(["+13125550101", "+13125550102", "a@x.example", "b@x.example", "c@x.example"]), max_size=3, unique=True
).map(tuple)
customers = st.lists(st.tuples(st.sampled_from([None, None, "17", "18"]), addresses), max_size=8)


def estimate(number: str = "", customer: str = "Ann Li", title: str = "Furnace", notes: str = "", sent: str = "11/20/2026") -> Record:
    return record("estimates", ESTIMATES, number, customer, "ann@li.example", "", title, "Sent", sent, "$480", notes)


def test_a_record_is_its_number() -> None:
    assert record_id(estimate("0017"), SPEC) == "0017"


def test_without_a_number_it_is_what_its_table_says_and_never_where_it_stands() -> None:
    one, other = estimate(), estimate()
    other.place = other.place._replace(row=40)
    assert record_id(one, SPEC) == record_id(other, SPEC)
    assert str(record_id(one, SPEC)).startswith("~")
    assert record_id(estimate(customer="LI, ANN"), SPEC) == record_id(one, SPEC)
    assert record_id(estimate(title="Roof"), SPEC) != record_id(one, SPEC)
    assert record_id(estimate(notes="called"), SPEC) == record_id(one, SPEC)


def test_a_row_that_says_nothing_of_itself_is_nobody() -> None:
    nothing = Record("estimates", {"notes": "?"}, estimate().place)
    assert record_id(nothing, SPEC) is None


def test_the_hash_of_a_row_is_of_all_that_it_says_in_any_order() -> None:
    one = estimate("E-1")
    other = Record(one.table, dict(reversed(list(one.values.items()))), one.place._replace(row=9))
    assert row_hash(one) == row_hash(other)
    assert row_hash(one) != row_hash(estimate("E-1", notes="called"))


def test_hashes_keep_their_parts_apart_and_take_any_text() -> None:
    assert digest_of("ab", "c") != digest_of("a", "bc")
    assert len(digest_of("\udcff", None)) == 20


def test_the_own_day_of_a_record_is_a_day_without_its_time() -> None:
    assert own_day(estimate(sent="11/20/2026")) == own_day(estimate(sent="11/20/2026 9:30 AM")) == "2026-11-20"
    assert own_day(estimate(sent="")) == ""


@given(customers)
def test_rows_without_a_number_that_share_an_address_are_one_customer(rows: list[tuple[str | None, tuple[str, ...]]]) -> None:
    keys = joined_keys(rows)
    for key, (number, ways) in zip(keys, rows, strict=True):
        for other_key, (other_number, other_ways) in zip(keys, rows, strict=True):
            if not number and not other_number and set(ways) & set(other_ways):
                assert key == other_key


@given(customers, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_addresses_changes_no_key(rows: list[tuple[str | None, tuple[str, ...]]], random: object) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    keys = joined_keys(rows)
    assert joined_keys([rows[place] for place in order]) == [keys[place] for place in order]
    assert joined_keys([(number, ways[::-1]) for number, ways in rows]) == keys


@given(customers)
def test_a_number_tells_customers_apart_and_nothing_joins_nobody(rows: list[tuple[str | None, tuple[str, ...]]]) -> None:
    for key, (number, ways) in zip(joined_keys(rows), rows, strict=True):
        if number:
            assert key == f"number:{number}"
        elif not ways:
            assert key == ""
        else:
            assert key


@given(customers)
def test_a_row_is_joined_to_a_number_only_where_no_other_number_has_a_claim(rows: list[tuple[str | None, tuple[str, ...]]]) -> None:
    for key, (number, ways) in zip(joined_keys(rows), rows, strict=True):
        if not number and ways:
            direct = {other for other, others in rows if other and set(others) & set(ways)}
            assert len(direct) < 2 or not key.startswith("number:")
            if key.startswith("number:"):
                assert not direct or key == f"number:{next(iter(direct))}"


def test_addresses_join_through_a_row_that_has_both() -> None:
    rows = [(None, ("a@x.example",)), (None, ("+13125550101",)), (None, ("+13125550101", "a@x.example"))]
    assert len(set(joined_keys(rows))) == 1
    assert len(set(joined_keys(rows[:2]))) == 2


def test_a_row_without_a_number_is_the_customer_under_whose_number_its_address_stands() -> None:
    assert joined_keys([("17", ("a@x.example",)), (None, ("a@x.example",))]) == ["number:17"] * 2
    shared = joined_keys([("17", ("a@x.example",)), ("18", ("a@x.example",)), (None, ("a@x.example",))])
    assert shared == ["number:17", "number:18", "email:a@x.example"]
