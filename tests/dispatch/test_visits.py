"""What a row of jobs says: when, how long, by whom, and which names the technicians table does not know."""

from datetime import UTC, date, datetime

import pytest

from contractor_ops.dispatch.naming import Crew
from contractor_ops.tables.record import Place, Record

from .rows import NOW, crew_of, job, technician, until, visits

PEOPLE = crew_of(technician("Sam Ortiz"), technician("Sam Whitaker"), technician("Bo Lund"), technician("Kim Doyle", active=False))


@pytest.mark.parametrize(("cell", "names"), [
    ("Sam Ortiz", ["Sam Ortiz"]), ("ortiz, sam", ["Sam Ortiz"]), ("Sam O.", ["Sam Ortiz"]), ("S. Ortiz", ["Sam Ortiz"]), ("SW", ["Sam Whitaker"]),
    ("Bo", ["Bo Lund"]), ("B", ["Bo Lund"]), ("Lund", ["Bo Lund"]), ("Bo, Sam W", ["Bo Lund", "Sam Whitaker"]), ("Bo and Sam O", ["Bo Lund", "Sam Ortiz"]),
    ("Kim Doyle", ["Kim Doyle"]), ("", []), ("TBD", []), ("Unassigned", []), ("--", []),
])  # fmt: skip
def test_names_as_people_write_them(cell: str, names: list[str]) -> None:
    named = Crew(PEOPLE).named(cell)
    assert sorted(named.technicians) == sorted(names) and not named.doubts


def test_names_that_nobody_has_or_two_people_have() -> None:
    crew = Crew(PEOPLE)
    assert crew.named("Sam").doubts == ('"Sam" could be Sam Ortiz and Sam Whitaker; write the whole name.',)
    unknown = '"Zed" is not in the technicians table; write the name as it stands there, or add a row.'
    assert crew.named("Zed").doubts == (unknown,)
    assert crew.named("Bo, Zed") == (("Bo Lund",), (unknown,), ("Bo Lund", "Zed"), ())
    assert crew.named("Kim").doubts  # has left


def test_somebody_unknown_is_assigned_all_the_same() -> None:
    (visit,) = visits(PEOPLE, [job("1", "26 9:00", technician="Zed")])
    assert visit.is_assigned and not visit.technicians and visit.doubts


def test_what_the_ledger_assigned_counts_where_the_sheet_names_nobody() -> None:
    rows = [job("1", "26 9:00", technician="TBD"), job("2", "26 9:00", technician="Bo"), job("3", "26 9:00")]
    found = visits(PEOPLE, rows, assigned={"1": "Sam Ortiz", "2": "Sam Ortiz"})
    assert [visit.technicians for visit in found] == [("Sam Ortiz",), ("Bo Lund",), ()]


def test_times_are_the_offices() -> None:
    aware, naive, day, none = visits(PEOPLE, [
        job("1", starts_at=datetime(2026, 11, 26, 15, tzinfo=UTC)), job("2", "26 9:00"), job("3", "26"), job("4"),
    ])  # fmt: skip
    assert aware.starts == naive.starts == datetime(2026, 11, 26, 9)
    assert day.starts is None and day.day == date(2026, 11, 26) and none.day is None
    assert NOW.tzinfo is not None


def test_how_long_it_takes() -> None:
    def minutes(kind: int | None, **cells: datetime) -> tuple[int, bool]:
        (visit,) = visits(PEOPLE, [job("1", "26 9:00", **cells)], minutes=kind)
        return visit.minutes, visit.takes_an_hour

    assert minutes(None) == (60, True) and minutes(90) == (90, False)
    assert minutes(90, ends_at=until(26, 11, 30)) == (150, False)
    assert minutes(None, ends_at=until(26, 8)) == (60, True)  # ends before it begins: a slip
    (long,) = visits(PEOPLE, [job("1", "25 8:00", ends_at=until(27, 17))])
    assert [day.day for day in long.days] == [25, 26, 27]
    (late,) = visits(PEOPLE, [job("1", "25 20:00", ends_at=until(26, 0))])
    assert [day.day for day in late.days] == [25]


def test_what_is_open() -> None:
    rows = [job("1", "26"), job("2", "26", status="Completed"), job("3", "20", completed_on=date(2026, 11, 20)), job("4", "26", status="Cancelled"),
            job("5", "26", status="hm"), job("6", "26", status=None)]  # fmt: skip
    assert [visit.standing for visit in visits(PEOPLE, rows)] == ["open", "done", "done", "off", "open", "open"]


def test_whom_a_customer_prefers() -> None:
    def customers(*rows: tuple[str, str | None, str]) -> list[Record]:
        return [
            Record("customers", {"name": name, "number": number, "preferred_technician": who}, Place("c.csv", None, 2))
            for name, number, who in rows
        ]

    def preferred(*rows: tuple[str, str | None, str], **cells: str) -> tuple[str | None, tuple[str, ...]]:
        (visit,) = visits(PEOPLE, [job("1", "26", **cells)], customers=customers(*rows))
        return visit.preferred, visit.doubts

    assert preferred(("Li, Ann", None, "Bo")) == ("Bo Lund", ())
    assert preferred(("Ann Li", "7", "Bo"), ("Ann Li", "8", "Sam Ortiz"), customer_number="8") == ("Sam Ortiz", ())
    assert preferred(("Ann Li", None, "Bo"), ("Ann Li", None, "Sam Ortiz")) == (None, ())
    name, (doubt,) = preferred(("Ann Li", None, "Zed"))
    assert name is None and doubt.startswith('The customer\'s preferred technician: "Zed" is not in the technicians table')
