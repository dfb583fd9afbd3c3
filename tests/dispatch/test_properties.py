"""What holds for every table: nobody goes who may not, skill is a must, and the order of rows changes nothing."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.dispatch.assign import Plan, Suggestion
from contractor_ops.dispatch.naming import NOBODY, Crew
from contractor_ops.dispatch.technicians import technicians_of
from contractor_ops.tables.record import Record, Value

from .rows import NOW, ZIPS, clashing, crew_of, job, suggested, technician, visits

NAMES = ["Al Ray", "Bo Lund", "Cy Fox", "Di Poe", "Al Moss"]
SKILLS = ["boilers", "cooling", "boilers, cooling", "all", None, "no boilers"]
STARTS = datetime(2026, 11, 23, 6)

crews = st.lists(
    st.fixed_dictionaries({
        "name": st.sampled_from(NAMES), "skills": st.sampled_from(SKILLS), "territory": st.sampled_from(["60618", "606xx", "Joliet", "all", None]),
        "days_off": st.sampled_from([None, "Tue", "Nov 24 - Nov 25", "every other Friday"]), "hours": st.sampled_from([None, "8-16", "Mon-Wed 7-15"]),
        "active": st.sampled_from([None, True, True, False]), "jobs_a_day": st.sampled_from([None, Decimal(1), Decimal(3)]),
        "preferred_customers": st.sampled_from([None, "Ann Li"]),
    }), max_size=5,
).map(lambda rows: [technician(str(row["name"]), at, **{key: value for key, value in row.items() if key != "name"}) for at, row in enumerate(rows, 2)])  # fmt: skip


def _job(at: int, cells: dict[str, Value], quarter: int, length: int | None) -> Record:
    starts = STARTS + timedelta(minutes=15 * quarter)
    return job(str(at), row=at, **cells, starts_at=starts, ends_at=starts + timedelta(minutes=length) if length else None)


jobs = st.lists(
    st.tuples(
        st.fixed_dictionaries({
            "customer": st.sampled_from(["Ann Li", "Bo Ray", None]), "address": st.sampled_from([*ZIPS.values(), None]),
            "technician": st.sampled_from([None, None, "Bo", "Al Ray", "Al", "Zed", "Cy, Di"]),
            "status": st.sampled_from(["scheduled", "scheduled", "completed", "cancelled", None]),
        }),
        st.integers(0, 200), st.sampled_from([None, 30, 120, 2000]),
    ), max_size=14,
).map(lambda rows: [_job(at, *row) for at, row in enumerate(rows, 2)])  # fmt: skip


def _told(suggestions: list[Suggestion]) -> list[tuple[object, ...]]:
    return [(one.visit.number, one.technician, one.score, one.line, dict(one.refused)) for one in suggestions]


@given(crews, jobs)
def test_whoever_is_suggested_may_go(crew: list[Record], rows: list[Record]) -> None:
    people = {one.name: one for one in crew_of(*crew)}
    taken: dict[str, list[tuple[datetime, datetime]]] = {}
    for one in suggested(crew, rows, ("boiler",)):
        if one.technician is None:
            assert one.line.startswith("Nobody ") and one.score == 0
            continue
        assert one.technician not in one.refused and one.line.startswith(f"{one.technician}: does ")
        assert one.visit.day and one.visit.starts and one.visit.ends
        chosen = people[one.technician]
        assert chosen.active and not chosen.twice and not chosen.is_off(one.visit.day)
        assert chosen.skills.everything or "boilers" in chosen.skills.written
        mine = taken.setdefault(one.technician, [])
        assert all(one.visit.ends <= start or end <= one.visit.starts for start, end in mine)
        mine.append((one.visit.starts, one.visit.ends))


@given(crews, jobs)
def test_everybody_is_either_able_or_refused(crew: list[Record], rows: list[Record]) -> None:
    names = {one.name for one in crew_of(*crew)}
    for one in suggested(crew, rows, ("boiler",)):
        assert set(one.refused) <= names
        if one.technician is None and one.visit.starts and one.visit.starts >= NOW.replace(tzinfo=None):
            assert set(one.refused) == names


@given(crews, jobs, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(crew: list[Record], rows: list[Record], random: Random) -> None:
    told, wrong = _told(suggested(crew, rows, ("boiler", "cooling"))), [clash.line for clash in clashing(crew, rows)]
    crew, rows = crew.copy(), rows.copy()
    random.shuffle(crew)
    random.shuffle(rows)
    assert _told(suggested(crew, rows, ("boiler", "cooling"))) == told
    assert [clash.line for clash in clashing(crew, rows)] == wrong


@given(crews, jobs)
def test_what_is_suggested_brings_no_clash(crew: list[Record], rows: list[Record]) -> None:
    before = [clash.line for clash in clashing(crew, rows)]
    for one in suggested(crew, rows):
        if one.technician:
            one.visit.record.values["technician"] = one.technician
    assert [clash.line for clash in clashing(crew, rows)] == before


@given(crews, jobs)
def test_whoever_could_go_instead_is_somebody_else_and_brings_no_clash(crew: list[Record], rows: list[Record]) -> None:
    people = crew_of(*crew)
    on_it = visits(people, rows, ("boiler",))
    plan = Plan(on_it, people, NOW)
    for visit in (one for one in on_it if one.standing == "open" and one.technicians):
        found = plan.instead(visit)
        if found is None or found.technician is None:
            continue
        assert found.technician not in visit.technicians and found.line.startswith(f"{found.technician} could go: does ")
        theirs = [clash.line for clash in clashing(crew, rows) if clash.technician == found.technician]
        written, visit.record.values["technician"] = visit.record["technician"], found.technician
        assert [clash.line for clash in clashing(crew, rows) if clash.technician == found.technician] == theirs
        visit.record.values["technician"] = written


cells = st.text(max_size=30) | st.lists(
    st.sampled_from(["Thu", "Nov", "26", "11/26", "2026", "-", ",", "to", "8", "5pm", "606", "xx", "60618", "all", "no", "every", "Feb 29", "Sam", "O."]),
    max_size=7,
).map(" ".join)  # fmt: skip


@given(cells, st.booleans())
def test_no_cell_is_too_odd_to_be_read(cell: str, day_first: bool) -> None:
    row = technician(f"Sam {cell}", skills=cell, territory=cell, days_off=cell, hours=cell, preferred_customers=cell)
    assert [one.name for one in technicians_of([row], NOW.date(), "GB" if day_first else "US")]
    (one,) = suggested([row], [job("1", "26 9:00", customer=cell, address=cell, technician=None)])
    assert (one.technician is None) == bool(one.refused)
    named = Crew(crew_of(technician("Sam Ortiz"), technician("Sam Whitaker"))).named(cell)
    assert set(named.technicians) <= {"Sam Ortiz", "Sam Whitaker"}
    assert bool(named.technicians or named.doubts) or not any(map(str.isalnum, cell)) or cell.strip().casefold() in NOBODY


@given(crews, jobs)
def test_nobody_else_would_have_scored_more(crew: list[Record], rows: list[Record]) -> None:
    (one, *_) = [*suggested(crew, rows, ("boiler",)), None]
    if one is None or one.technician is None:
        return
    others = [row for row in crew if row["name"] != one.technician]
    second = suggested(others, rows, ("boiler",))[0]
    assert second.technician is None or (second.score, one.technician) <= (one.score, second.technician)
