"""Whose rows are whose."""

from collections.abc import Mapping

import pytest

from contractor_ops.planning.papers import Papers, Row
from contractor_ops.planning.people import People, people_of
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Place, Record, Table, Value

PHONE, OTHER = "312-555-0142", "312-555-0177"


def papers(**tables: list[Mapping[str, Value]]) -> Papers:
    made = {}
    for name, rows in tables.items():
        records = [Record(name, dict(row), Place(f"{name}.csv", None, at + 2)) for at, row in enumerate(rows)]
        made[name] = Table(name, records, [], dict.fromkeys(TABLES[name].column_names))
    return Papers(made, "US", ("+13125550100",))


def shown(people: People) -> list[list[tuple[str, int]]]:
    return [sorted((row.table, row.at) for row in person.rows) for person in people.asked]


ANN = {"customer": "Ann Li", "phone": PHONE}


def test_a_shared_phone_or_email_joins_whatever_the_names() -> None:
    found = papers(
        jobs=[ANN, {"customer": "Bob Li", "phone": "(312) 555 0142"}, {"customer": "Bob Li", "phone": OTHER}],
        invoices=[{"customer": "A. Li", "email": "ann@li.example"}, {"customer": "Ann Li", "phone": PHONE, "email": "Ann@Li.example"}],
    )
    assert shown(people_of(found, {Row("jobs", 0)})) == [[("invoices", 0), ("invoices", 1), ("jobs", 0), ("jobs", 1)]]


def test_the_offices_own_number_joins_nobody() -> None:
    found = papers(jobs=[{"customer": "Ann Li", "phone": "312-555-0100"}, {"customer": "Bo Ray", "phone": "312-555-0100"}])
    assert shown(people_of(found, {Row("jobs", 0)})) == [[("jobs", 0)]]


@pytest.mark.parametrize(
    "paper",
    [{"customer": "Ann Li"}, {"customer": "ANN LI", "job": "J-1"}, {"job": "1", "customer": None}, {"customer": None, "job": "J-1"}],
)
def test_a_row_without_an_address_goes_to_the_only_one_of_its_name_or_of_the_paper_that_it_names(paper: Mapping[str, Value]) -> None:
    found = papers(jobs=[{**ANN, "number": "J-1"}, {"customer": "Bo Ray", "phone": OTHER, "number": "J-2"}], visits=[paper])
    assert shown(people_of(found, {Row("jobs", 0)})) == [[("jobs", 0), ("visits", 0)]]


def test_a_row_without_an_address_goes_by_its_paper_where_two_are_called_the_same() -> None:
    found = papers(
        jobs=[{**ANN, "number": "J-1"}, {"customer": "Ann Li", "phone": OTHER, "number": "J-2"}],
        visits=[{"customer": "Ann Li", "job": "J-2"}, {"customer": "Ann Li"}],
    )
    people = people_of(found, {Row("jobs", 0)})
    assert shown(people) == [[("jobs", 0)]]
    assert [record.place.row for record in people.asked[0].unclear] == [3]
    assert [sorted(person.rows) for person in people.namesakes] == [[Row("jobs", 1), Row("visits", 0)]]


def test_a_paper_names_another_and_joins_what_nothing_tells_apart() -> None:
    job, bill = {**ANN, "number": "J-1"}, {"customer": "Ann Li", "email": "ann@li.example", "job": "J-1"}
    assert shown(people_of(papers(jobs=[job], invoices=[bill]), {Row("jobs", 0)})) == [[("invoices", 0), ("jobs", 0)]]
    told_apart = papers(jobs=[job], invoices=[{**bill, "phone": OTHER}])
    assert shown(people_of(told_apart, {Row("jobs", 0)})) == [[("jobs", 0)]]


def test_the_same_name_with_a_phone_here_and_an_email_there_is_two_people() -> None:
    found = papers(jobs=[ANN], invoices=[{"customer": "Ann Li", "email": "ann@li.example"}])
    people = people_of(found, {Row("jobs", 0)})
    assert (shown(people), len(people.namesakes)) == ([[("jobs", 0)]], 1)


def test_a_number_used_for_two_customers_gives_a_nameless_row_to_neither() -> None:
    found = papers(
        invoices=[{**ANN, "number": "7"}, {"customer": "Bo Ray", "phone": OTHER, "number": "7"}],
        payments=[{"invoice": "7", "customer": None}],
    )
    assert shown(people_of(found, {Row("invoices", 0)})) == [[("invoices", 0)]]


def test_rows_of_one_name_and_nothing_else_are_one_customer() -> None:
    found = papers(jobs=[{"customer": "Ann Li"}, {"customer": "ANN LI"}, {"customer": "Bo Ray"}])
    assert shown(people_of(found, {Row("jobs", 0)})) == [[("jobs", 0), ("jobs", 1)]]


@pytest.mark.parametrize(
    ("typed", "rows"),
    [("INV-0042", [0]), ("inv-42", [0]), ("42", [1]), ("J-42", [1]), ("043", [2]), ("J-43", []), ("420", [])],
)  # fmt: skip
def test_papers_are_found_by_their_number_however_it_is_written(typed: str, rows: list[int]) -> None:
    found = papers(invoices=[{"number": "INV-0042"}, {"number": "42"}, {"number": "INV-43"}])
    assert sorted(row.at for row in found.numbered(typed)) == rows


def test_rows_of_one_name_and_two_places_are_two_people_where_nothing_else_tells() -> None:
    found = papers(
        jobs=[
            {"customer": "Ann Li", "number": "J-1", "address": "12 Oak St, Chicago"}, {"customer": "Ann Li", "number": "J-2", "address": "12 N. OAK STREET"},
            {"customer": "Ann Li", "number": "J-3", "address": "90 Elm Ave"},
        ],
        visits=[{"customer": "Ann Li", "job": "J-3"}, {"customer": "Ann Li"}],
    )  # fmt: skip
    people = people_of(found, papers_of_ann := found.named(["ann li"]))
    assert shown(people) == [[("jobs", 0), ("jobs", 1)], [("jobs", 2), ("visits", 0)]]
    assert all([record.place.row for record in person.unclear] == [3] for person in people.asked)
    one = people_of(found, {Row("jobs", 2)})
    assert (shown(one), len(one.namesakes)) == ([[("jobs", 2), ("visits", 0)]], 1)
    assert len(papers_of_ann) == 5


def test_a_paper_that_names_another_joins_two_places() -> None:
    found = papers(
        jobs=[{"customer": "Ann Li", "number": "J-1", "address": "12 Oak St"}],
        invoices=[{"customer": "Ann Li", "job": "J-1", "address": "90 Elm Ave"}],
    )
    assert shown(people_of(found, {Row("jobs", 0)})) == [[("invoices", 0), ("jobs", 0)]]
