"""Who should go, who may not, and in which words."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from contractor_ops.dispatch.assign import NO_CONTACT, Plan, Suggestion
from contractor_ops.dispatch.scoring import A_JOB, BEEN_THERE, NEARBY, PREFERRED, SAME_ZIP, TERRITORY
from contractor_ops.dispatch.visits import Visit
from contractor_ops.tables.record import Place, Record, Value

from .rows import NOW, ZIPS, crew_of, job, suggested, technician, until, visits

SAM = technician("Sam Ortiz", skills="boilers", territory="60618")
BO = technician("Bo Lund", 3, skills="cooling")


def test_the_line_says_why() -> None:
    rows = [
        job("1", "26 9:00"), job("2", "26 13:00", technician="Sam Ortiz"), job("3", "26 15:00", technician="Sam", address=ZIPS["far"]),
        job("4", technician="Sam Ortiz", status="completed", completed_on=date(2026, 3, 9)),
    ]  # fmt: skip
    (one,) = suggested([BO, SAM], rows, ("boilers", "boiler"))
    assert one.technician == "Sam Ortiz" and one.refused == {"Bo Lund": "does no boilers"}
    assert one.line == "Sam Ortiz: does boilers, works 60618, was there in March, another visit in 60618, 2 jobs that day"
    assert one.score == TERRITORY["zip"] + BEEN_THERE + SAME_ZIP + 2 * A_JOB


@pytest.mark.parametrize(("cells", "reason"), [
    ({"skills": "cooling"}, "does no boilers"),
    ({"skills": None}, "has no skills noted, and boilers is asked for"),
    ({"active": False}, "has left"),
    ({"days_off": "Thu"}, "is off on Thu, Nov 26"),
    ({"days_off": "Nov 25 - Nov 28"}, "is off on Thu, Nov 26"),
    ({"hours": "Mon-Wed 8-5"}, "is off on Thu, Nov 26"),
    ({"hours": "10-18"}, "works 10:00 AM to 6:00 PM"),
    ({"hours": "6-9:30"}, "works 6:00 AM to 9:30 AM"),
    ({"jobs_a_day": Decimal(1)}, "has 1 job on Thu, Nov 26 and takes 1"),
    ({"jobs_a_day": Decimal(0)}, "has 1 job on Thu, Nov 26 and takes 0"),
    ({}, "has job 2 (Ann Li) on Thu, Nov 26 at 9:30 AM"),
])  # fmt: skip
def test_why_somebody_may_not_go(cells: dict[str, Value], reason: str) -> None:
    sam = technician("Sam Ortiz", **{"skills": "boilers", **cells})
    (one,) = suggested([sam], [job("1", "26 9:00"), job("2", "26 9:30", technician="Sam Ortiz")], ("boilers",))
    assert one.technician is None and one.refused == {"Sam Ortiz": reason}
    assert one.line == f"Nobody fits: Sam Ortiz {reason}."


def test_nobody_fits_names_those_who_came_nearest() -> None:
    off = [technician(f"{name} Ray", row, skills="boilers", days_off="Thu") for row, name in enumerate(["Cy", "Al"], 4)]
    (one,) = suggested([BO, SAM, *off, technician("Di Fox", 6, active=False)], [
        job("1", "26 9:00"), job("2", "26 9:30", technician="Sam Ortiz"),
    ], ("boilers",))  # fmt: skip
    assert one.line == (
        "Nobody fits: Sam Ortiz has job 2 (Ann Li) on Thu, Nov 26 at 9:30 AM; Al Ray is off on Thu, Nov 26; Cy Ray is off on Thu, Nov 26; and 2 more."
    )
    assert suggested([], [job("1", "26 9:00")])[0].line == "Nobody fits: the technicians table names nobody."


def test_back_to_back_is_no_overlap_and_a_day_without_a_time_only_counts() -> None:
    rows = [job("1", "26 9:00"), job("2", "26 10:00", technician="Sam Ortiz"), job("3", "26", technician="Sam Ortiz")]
    (one,) = suggested([SAM], rows)
    assert one.technician == "Sam Ortiz" and one.line.endswith("2 jobs that day")


def test_the_territory_counts_by_how_exactly_it_names_the_place() -> None:
    cells = {"Al": "60618", "Bo": "606xx", "Cy": "Chicago", "Di": "all", "Ed": "60432"}
    crew = [technician(name, row, territory=cell) for row, (name, cell) in enumerate(cells.items(), 2)]
    chosen = [suggested(crew[first:], [job("1", "26 9:00")])[0] for first in range(5)]
    assert [one.technician for one in chosen] == list(cells)
    assert [one.score for one in chosen] == [40, 30, 20, 10, 0] == list(TERRITORY.values())
    assert [one.line.split(", ")[0] for one in chosen] == [
        "Al: works 60618", "Bo: works around 60618", "Cy: works in Chicago", "Di: works anywhere", "Ed: outside their territory",
    ]  # fmt: skip


def test_whom_the_customer_prefers_goes_from_anywhere() -> None:
    customer = Record("customers", {"name": "Ann Li", "preferred_technician": "Bo"}, Place("c.csv", None, 2))
    (one,) = suggested([SAM, BO], [job("1", "26 9:00")], customers=[customer])
    assert one.technician == "Bo Lund" and one.score == PREFERRED + TERRITORY["anywhere"] and "the customer prefers them" in one.line
    (one,) = suggested([SAM, technician("Cy Ray", 3, territory="60432", preferred_customers="Ann Li")], [job("1", "26 9:00")])
    assert one.technician == "Cy Ray" and "this customer is a regular of theirs" in one.line


def test_the_line_tells_why_the_preferred_one_does_not_go() -> None:
    customer = Record("customers", {"name": "Ann Li", "preferred_technician": "Bo Lund"}, Place("c.csv", None, 2))
    (one,) = suggested([SAM, technician("Bo Lund", 3, days_off="Thu")], [job("1", "26 9:00")], customers=[customer])
    assert one.technician == "Sam Ortiz"
    assert one.line.endswith("no other job that day; Bo Lund, whom the customer prefers, is off on Thu, Nov 26")


def test_the_way_counts_before_and_after() -> None:
    crew = [technician("Al Ray", 2, territory="all"), technician("Bo Lund", 3, territory="all")]
    around = [job("2", "26 8:00", technician="Bo Lund"), job("3", "26 11:00", technician="Bo Lund", address=ZIPS["near"])]
    away = [job(f"{number}9", f"26 {hour}:00", technician="Al Ray", address=ZIPS["far"]) for number, hour in enumerate([8, 11])]
    (one,) = suggested(crew, [job("1", "26 9:00"), *around, *away])
    assert one.technician == "Bo Lund" and one.score == TERRITORY["anywhere"] + 2 * A_JOB + SAME_ZIP + NEARBY
    assert "two visits nearby" in one.line


def test_what_was_suggested_counts_as_work_and_ties_go_by_name() -> None:
    crew = [technician("Cy Ray", 2), technician("Al Ray", 3), technician("Bo Lund", 4)]
    rows = [job(str(number), f"26 {9 + number}:00", number, customer=f"C {number}", address=None) for number in range(6)]
    assert [one.technician for one in suggested(crew, rows)] == ["Al Ray", "Bo Lund", "Cy Ray"] * 2
    assert [one.visit.number for one in suggested(crew, rows[::-1])] == list("012345")


def test_one_technician_gets_no_more_than_a_days_work() -> None:
    rows = [job(str(number), f"26 {8 + number}:00", number) for number in range(8)]
    found = [one.technician for one in suggested([technician("Sam Ortiz", jobs_a_day=Decimal(5))], rows)]
    assert found == ["Sam Ortiz"] * 5 + [None] * 3


def test_work_of_several_days_passes_over_weekends_not_over_holidays() -> None:
    long = job("1", "26 8:00", ends_at=until(30, 15))
    assert suggested([technician("Sam Ortiz", days_off="Sat, Sun", hours="8-16")], [long])[0].technician == "Sam Ortiz"
    assert suggested([technician("Sam Ortiz", days_off="Nov 27")], [long])[0].refused == {"Sam Ortiz": "is off on Fri, Nov 27"}
    busy = job("2", "30 9:00", technician="Sam Ortiz")
    assert suggested([technician("Sam Ortiz")], [long, busy])[0].refused == {"Sam Ortiz": "has job 2 (Ann Li) on Mon, Nov 30 at 9:00 AM"}


def test_a_visit_without_a_day_or_in_the_past() -> None:
    past, early, later, none = suggested([SAM], [job("1"), job("2", "20 9:00"), job("3", "23 9:45"), job("4", "23")])
    assert none.line == "Nobody is chosen yet: the visit has no day; set one."
    assert past.line == "Nobody is chosen: job 2 (Ann Li) on Fri, Nov 20 at 9:00 AM is past; set a new time."
    assert later.line == "Nobody is chosen: job 3 (Ann Li) on Mon, Nov 23 at 9:45 AM is past; set a new time."
    assert early.visit.number == "4" and early.technician == "Sam Ortiz"


def test_a_row_that_was_not_wholly_understood_is_told_in_the_line() -> None:
    (one,) = suggested([technician("Sam Ortiz", days_off="every other Friday")], [job("1", "26 9:00")])
    assert one.line == "Sam Ortiz: works anywhere, no other job that day; not all of their row was understood"


def test_only_open_visits_without_a_technician_are_asked_about() -> None:
    rows = [
        job("1", "26 9:00", technician="Zed"),
        job("2", "26 9:00", status="cancelled"),
        job("3", "26 9:00", completed_on=datetime(2026, 11, 22)),
    ]
    assert suggested([SAM], rows) == []


def test_a_name_that_stands_twice_is_never_chosen() -> None:
    (one,) = suggested([technician("Sam Ortiz", hours="8-16"), technician("Sam Ortiz", 3, hours="9-17")], [job("1", "26 9:00")])
    assert one.technician is None and one.refused == {"Sam Ortiz": "stands in the technicians table twice"}


def test_who_can_be_told_goes_before_all_who_cannot() -> None:
    near = technician("Al Ray", territory="60618")
    far = technician("Bo Lund", 3, territory="60432", phone="+13125550172")
    (one,) = suggested([near, far], [job("1", "26 9:00")])
    assert one.technician == "Bo Lund" and NO_CONTACT not in one.line
    (one,) = suggested([near, technician("Bo Lund", 3, skills="cooling", phone="+13125550172")], [job("1", "26 9:00")], ("boilers",))
    assert one.technician is None
    (one,) = suggested([near, technician("Bo Lund", 3, days_off="Thu", phone="+13125550172")], [job("1", "26 9:00")])
    assert one.technician == "Al Ray" and one.line.endswith(f"; {NO_CONTACT}")


def test_where_nobody_has_a_number_nothing_is_said_of_it() -> None:
    (one,) = suggested([SAM], [job("1", "26 9:00")])
    assert one.technician == "Sam Ortiz" and NO_CONTACT not in one.line


def plan_of(crew: list[Record], jobs: list[Record], skills: tuple[str, ...] = ()) -> tuple[Plan, list[Visit]]:
    people = crew_of(*crew)
    on_it = visits(people, jobs, skills)
    return Plan(on_it, people, NOW), on_it


def test_who_could_go_instead_is_never_whoever_stands_there() -> None:
    plan, (visit,) = plan_of([SAM, technician("Di Fox", 3, territory="606xx")], [job("1", "26 9:00", technician="Sam Ortiz")])
    found = plan.instead(visit)
    assert found and found.technician == "Di Fox"
    assert found.line == "Di Fox could go: works around 60618, no other job that day."


def test_nobody_else_is_told_with_the_reasons_of_the_nearest() -> None:
    plan, (visit,) = plan_of([SAM, BO], [job("1", "26 9:00", technician="Sam Ortiz")], ("boilers",))
    assert plan.instead(visit) == Suggestion(visit, None, 0, "Nobody else fits: Bo Lund does no boilers.", {"Bo Lund": "does no boilers"})
    plan, (visit,) = plan_of([SAM], [job("1", "26 9:00", technician="Sam Ortiz")])
    found = plan.instead(visit)
    assert found and found.line == "Nobody else fits: the technicians table names nobody else."


@pytest.mark.parametrize("starts", [None, "20 9:00", "23 9:00"])
def test_where_it_is_too_late_nobody_is_named(starts: str | None) -> None:
    plan, (visit,) = plan_of([SAM, BO], [job("1", starts, technician="Sam Ortiz")])
    assert plan.instead(visit) is None


def test_visits_that_are_all_given_away_count_one_for_the_other() -> None:
    crew = [SAM, technician("Di Fox", 3), technician("Ed Orr", 4)]
    plan, on_it = plan_of(crew, [job(str(number), "26 9:00", number, technician="Sam Ortiz") for number in (1, 2, 3)])
    asked = [plan.instead(visit) for visit in on_it]
    assert [one.technician for one in asked if one] == ["Di Fox"] * 3
    given = [plan.give_away(visit) for visit in on_it]
    assert [one.technician for one in given if one] == ["Di Fox", "Ed Orr", None]
