"""A packed table comes back the same, cell by cell and type by type."""

import marshal
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as some

from contractor_ops.tables.packing import pack, unpack
from contractor_ops.tables.record import ColumnMatch, Place, Problem, Record, Table, Value

zones = some.one_of(some.none(), some.just(UTC), some.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours))))
cells = some.one_of(
    some.none(), some.booleans(), some.integers(), some.floats(allow_nan=False), some.text(), some.decimals(allow_nan=False), some.dates(),
    some.datetimes(timezones=zones), some.timedeltas(),
)  # fmt: skip
columns = some.one_of(
    some.lists(cells, min_size=9, max_size=9),
    some.lists(some.sampled_from(["Paid", "Sent", None]), min_size=9, max_size=9),
    some.lists(some.sampled_from([date(2026, 11, 23), date(1999, 1, 1), None]), min_size=9, max_size=9),
    some.lists(some.sampled_from([Decimal("1.0"), Decimal("1.00"), Decimal(1), None]), min_size=9, max_size=9),
    some.lists(some.sampled_from([1, True, 1.0, Decimal(1)]), min_size=9, max_size=9),
)
places = some.builds(Place, some.sampled_from(["a.csv", "b.xlsx"]), some.sampled_from([None, "2026"]), some.integers(1, 99))


def there_and_back(table: Table) -> Table:
    return unpack(marshal.loads(marshal.dumps(pack(table))), table.read_at)


@settings(max_examples=150)
@given(some.dictionaries(some.sampled_from(["number", "total", "sent_on", "notes"]), columns, min_size=1), some.data())
def test_every_cell_has_its_value_and_its_type(by_name: dict[str, list[Value]], data: some.DataObject) -> None:
    records = [
        Record("jobs", {name: column[at] for name, column in by_name.items()}, data.draw(places), lines=data.draw(some.integers(1, 2)))
        for at in range(9)
    ]
    again = there_and_back(Table("jobs", records, [], {}))
    assert list(again.records) == records
    for before, after in zip(records, again.records, strict=True):
        assert list(after.values) == list(before.values)
        assert [(type(cell), str(cell)) for cell in after.values.values()] == [(type(cell), str(cell)) for cell in before.values.values()]
        assert type(after.place) is Place


def test_everything_beside_the_records_comes_back() -> None:
    one, two, three = (Problem("a.csv", None, row, "Total", "lots", "This is a word.") for row in (2, 3, 4))
    table = Table(
        "invoices", [], [one], {"number": ColumnMatch(("Invoice #",), "the heading says so"), "total": None}, date(2026, 11, 20),
        {"blank": 2}, 3, [two], [three], ("a.csv",), datetime(2026, 11, 23, 9, tzinfo=UTC),
    )  # fmt: skip
    assert there_and_back(table) == table


def test_records_of_several_sheets_with_other_columns_come_back_in_their_order() -> None:
    records = [
        Record("jobs", {"number": "1", "title": "Roof"}, Place("a.csv", None, 2)),
        Record("jobs", {"number": "2"}, Place("b.xlsx", "2026", 7)),
        Record("jobs", {"number": "3", "title": None}, Place("a.csv", None, 3)),
    ]
    again = there_and_back(Table("jobs", records, [], {}))
    assert list(again.records) == records and [list(record.values) for record in again.records] == [list(one.values) for one in records]


def test_every_kind_of_cell_that_a_record_may_hold_is_tried_here() -> None:
    assert set(get_args(Value)) == {str, Decimal, date, datetime, timedelta, int, float, bool, type(None)}
