"""Records that are kept a column at a time look like a list of records."""

from decimal import Decimal

import pytest

from contractor_ops.tables.record import Place, Problem, Record
from contractor_ops.tables.records import Records, column_of, places_of, with_problems

PROBLEM = Problem("a.xlsx", "2026", 4, "Total", "lots", "This is a word.")


def kept() -> Records:
    return Records("jobs", "a.xlsx", "2026", [2, 4], ["number", "total"], [["1", "2"], [Decimal(5), None]], {1: {"total": PROBLEM}})


def as_list() -> list[Record]:
    return [
        Record("jobs", {"number": "1", "total": Decimal(5)}, Place("a.xlsx", "2026", 2)),
        Record("jobs", {"number": "2", "total": None}, Place("a.xlsx", "2026", 4), {"total": PROBLEM}),
    ]


def test_they_are_the_same_as_a_list_of_records() -> None:
    records = kept()
    assert records == as_list() and as_list() == records and len(records) == 2 and records[-1] == as_list()[1]
    assert records[:1] == as_list()[:1] and list(reversed(records)) == as_list()[::-1]
    with pytest.raises(IndexError):
        records[2]


def test_what_is_changed_in_a_record_stays_changed() -> None:
    records = kept()
    records[1].values["number"] = "9"
    assert records[-1]["number"] == "9" and [record["number"] for record in records] == ["1", "9"]


def test_columns_places_and_problems_are_told_the_same_way_of_both() -> None:
    for records in (kept(), as_list()):
        assert list(column_of(records, "number")) == ["1", "2"] and list(column_of(records, "notes")) == [None, None]
        assert list(places_of(records)) == [Place("a.xlsx", "2026", 2), Place("a.xlsx", "2026", 4)]
        assert [record["number"] for record in with_problems(records)] == ["2"]
