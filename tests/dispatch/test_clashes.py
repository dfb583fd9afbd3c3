"""What cannot be kept is told with both sides."""

from decimal import Decimal

from .rows import clashing, job, technician, until

SAM = technician("Sam Ortiz")


def test_two_visits_at_one_time_are_told_both_ways() -> None:
    rows = [
        job("1", "26 9:00", ends_at=until(26, 11), technician="Sam"),
        job("2", "26 10:15", ends_at=until(26, 12), technician="Sam", customer="Bo Ray"),
    ]
    one, other = clashing([SAM], rows)
    assert (one.kind, one.visit.number, one.other and one.other.number, one.minutes) == ("overlap", "2", "1", 45)
    assert (other.kind, other.visit.number, other.other and other.other.number, other.minutes) == ("overlap", "1", "2", 45)
    assert other.line == (
        "Sam Ortiz has job 1 (Ann Li) on Thu, Nov 26 at 9:00 AM and job 2 (Bo Ray) on Thu, Nov 26 at 10:15 AM: 45 minutes lie over each other."
    )


def test_an_hour_that_is_only_assumed_is_said() -> None:
    rows = [job("1", "26 9:00", technician="Sam"), job("2", "26 9:30", technician="Sam", ends_at=until(26, 10))]
    assert {clash.line.partition(": ")[2] for clash in clashing([SAM], rows, None)} == {
        "30 minutes lie over each other; an hour is taken for job 1 (Ann Li), as no end is noted."
    }


def test_no_clash() -> None:
    rows = [
        job("1", "26 9:00", technician="Sam"), job("2", "26 10:00", technician="Sam"), job("3", "26", technician="Sam"),
        job("4", "26 9:00", technician="Bo"), job("5", "26 9:00"), job("6", "26 9:00", technician="Sam", status="cancelled"),
        job("1", "26 9:00", technician="Sam"), job("7", "20 9:00", technician="Sam"), job("8", "20 9:00", technician="Sam"),
    ]  # fmt: skip
    assert clashing([SAM, technician("Bo Lund")], rows) == []


def test_a_day_off_the_hours_one_too_many_and_somebody_who_has_left() -> None:
    crew = [technician("Al Ray", days_off="Nov 26"), technician("Bo Lund", hours="8-16"), technician("Cy Fox", jobs_a_day=Decimal(1)),
            technician("Di Poe", active=False)]  # fmt: skip
    rows = [
        job("1", "26 9:00", technician="Al"), job("2", "26 15:30", technician="Bo"), job("3", "26 9:00", technician="Cy"), job("4", "26", technician="Cy"),
        job("5", "27 9:00", technician="Di Poe"),
    ]  # fmt: skip
    assert [(clash.kind, clash.visit.number, clash.line) for clash in clashing(crew, rows)] == [
        ("day-off", "1", "Al Ray is off on Thu, Nov 26 and stands at job 1 (Ann Li)."),
        ("hours", "2", "Bo Lund works 8:00 AM to 4:00 PM; job 2 (Ann Li) on Thu, Nov 26 is from 3:30 PM to 4:30 PM."),
        ("too-many", "3", "Cy Fox has 2 jobs on Thu, Nov 26 and takes 1; job 3 (Ann Li) is one too many."),
        ("left", "5", "Di Poe has left and stands at job 5 (Ann Li) on Fri, Nov 27; give it to somebody else."),
    ]


def test_a_crew_of_two_clashes_for_each_of_them() -> None:
    rows = [job("1", "26 9:00", technician="Sam, Bo"), job("2", "26 9:00", technician="Bo and Sam")]
    found = clashing([SAM, technician("Bo Lund")], rows)
    assert sorted((clash.technician, clash.visit.number) for clash in found) == [
        (name, number) for name in ("Bo Lund", "Sam Ortiz") for number in "12"
    ]


def test_work_of_several_days_meets_another_visit_once() -> None:
    rows = [job("1", "25 8:00", ends_at=until(27, 17), technician="Sam"), job("2", "26 9:00", ends_at=until(26, 10), technician="Sam")]
    assert [(clash.visit.number, clash.minutes) for clash in clashing([SAM], rows)] == [("2", 60), ("1", 60)]
