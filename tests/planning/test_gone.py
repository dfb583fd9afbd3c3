"""Rows that left the sheet: who expects the visit, by what they heard last, and what is said of it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from contractor_ops.planning.decision import Decision
from contractor_ops.planning.former import as_one, former_ids
from contractor_ops.planning.gone import gone_of
from contractor_ops.ports import Away, Heard, History, Known, Numberless, Release, StepKey, StepMemory, Watched
from contractor_ops.ports.absent import GONE
from contractor_ops.recipe import Recipe, read_recipe
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Place, Record, Table, Value
from contractor_ops.views.bookings import SPEC
from contractor_ops.views.catalogue import READABLE
from tests.planning.planned import MONDAY, PEOPLE

ANN, TOM, BO = "+13125550142", "+13125550171", "bo@northside.example"
TRAIL = Path(__file__).parents[2] / "recipes" / "booking-trail.toml"
EARLIER = MONDAY - timedelta(days=3)
NEXT_WEEK, AFTER_IT = "2026-12-02T13:00:00", "2026-12-09T09:00:00"
CREW = (("Tom Vale", TOM, None), ("Bo Lund", None, BO))


def trail() -> Recipe:
    return read_recipe(TRAIL.read_bytes(), "booking-trail", READABLE, PEOPLE)


def heard(*told: tuple[str, str], tasks: int = 0, customer: str | None = "Ann Li") -> Away:
    """Who heard what, an hour apart."""
    return Away("J-1", tuple(Heard(step, to, EARLIER + timedelta(hours=hour)) for hour, (step, to) in enumerate(told)), customer, tasks)


def starts(told: str, now: str = "", changed_at: datetime | None = None, step: str = "moved") -> History:
    return History(watched={("J-1", step): Watched({"starts_at": told}, {"starts_at": now or told}, changed_at)})


def asked(away: Away, history: History, now: datetime = MONDAY) -> list[Decision]:
    technicians = Table("technicians", [Record("technicians", {"name": name, "phone": phone, "email": email}, Place("technicians.csv", None, row))
                                        for row, (name, phone, email) in enumerate(CREW, 2)], [], {})  # fmt: skip
    found = gone_of(trail(), Table("bookings", [], [], {}, files=("jobs.csv",)), [away], history, [], {}, technicians, "jobs", now)
    return found.decisions


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([("confirmation", ANN)], "Ann Li was told to expect you Wed, Dec 2 at 1:00 PM: put"),
        ([("tell-technician", TOM)], "Tom Vale was told to go Wed, Dec 2 at 1:00 PM: put"),
        ([("confirmation", ANN), ("tell-technician", BO)], "Ann Li was told to expect you Wed, Dec 2 at 1:00 PM, and Bo Lund goes: put"),
        ([("confirmation", ANN), ("called-off", ANN), ("on-again", ANN)], "Ann Li was told to expect you"),
        ([("tell-technician", TOM), ("technician-taken-off", TOM), ("technician-put-on", BO)], "Bo Lund was told to go"),
        ([("confirmation", ANN), ("tell-technician", "+13125550179")], "and the technician goes"),
    ],
)
def test_it_says_who_expects_the_visit(told: list[tuple[str, str]], said: str) -> None:
    [one] = asked(heard(*told), starts(NEXT_WEEK))
    assert said in one.reason and (one.decision, one.step, one.owner, one.urgent) == ("review", None, "office", "")


@pytest.mark.parametrize(
    "told",
    [
        [("confirmation", ANN), ("called-off", ANN)],
        [("tell-technician", TOM), ("technician-called-off", TOM)],
        [("tell-technician", TOM), ("technician-taken-off", TOM)],
        [("confirmation", ANN), ("thank-you", ANN)],
    ],
)
def test_who_knows_that_it_is_off_or_over_is_nobodys_task(told: list[tuple[str, str]]) -> None:
    assert not asked(heard(*told), starts(NEXT_WEEK))


def test_the_start_is_the_one_that_they_heard_of() -> None:
    moved_since = starts(NEXT_WEEK, AFTER_IT, changed_at=EARLIER + timedelta(minutes=30))
    assert "Wed, Dec 2 at 1:00 PM" in asked(heard(("confirmation", ANN)), moved_since)[0].reason
    assert "Wed, Dec 9 at 9:00 AM" in asked(heard(("confirmation", ANN), ("moved", ANN)), moved_since)[0].reason


def test_a_visit_that_has_begun_or_has_no_start_is_asked_about_no_more() -> None:
    told = heard(("confirmation", ANN))
    assert not asked(told, starts("2026-11-23T09:00:00")) and asked(told, starts("2026-11-23T11:00:00"))
    assert not asked(told, starts("2026-11-22")) and asked(told, starts("2026-11-23"))
    assert not asked(told, starts("")) and not asked(told, starts("next week")) and not asked(told, History())


def test_two_days_before_it_is_urgent() -> None:
    told = heard(("confirmation", ANN))
    assert not asked(told, starts("2026-11-25T10:15:00"))[0].urgent and asked(told, starts("2026-11-25T10:00:00"))[0].urgent


def test_open_tasks_are_counted() -> None:
    assert asked(heard(("confirmation", ANN)), starts(NEXT_WEEK))[0].reason.startswith("J-1 is gone from your jobs sheet; ")
    with_tasks = asked(heard(("confirmation", ANN), tasks=2), starts(NEXT_WEEK))[0].reason
    assert with_tasks.startswith("J-1 is gone from your jobs sheet, and 2 tasks for it are still open; ")


def test_what_a_person_settled_is_done_until_it_was_back() -> None:
    told, history = heard(("confirmation", ANN)), starts(NEXT_WEEK)
    history.releases[StepKey("J-1", "", "0")] = Release(3, "dismissed", "", "")
    assert [one.decision for one in asked(told, history)] == ["done"]
    history.watched["J-1", GONE] = Watched({"gone": ""}, {"gone": ""}, None, 1)
    assert [one.decision for one in asked(told, history)] == ["review"]


def job(**values: Value) -> Record:
    base: dict[str, Value] = {
        "number": "B-11",
        "customer": "Ann Li",
        "title": "Tune-up",
        "address": "12 Main St",
        "booked_on": EARLIER.date(),
    }
    return Record("jobs", {**base, **values}, Place("jobs.csv", None, 2))


def before(**values: Value) -> str:
    """The id that such a booking has without a number."""
    return record_id(Record(SPEC.name, {**job(**values).values, "number": None}, Place("", None, None)), SPEC) or ""


def test_a_number_that_comes_later_is_the_same_booking_on_the_same_day_only() -> None:
    known = {before(): Numberless("2026-11-20")}
    assert former_ids([job()], known, SPEC, lambda row: None) == {"B-11": before()}
    assert not former_ids([job(booked_on=MONDAY.date())], known, SPEC, lambda row: None)
    assert not former_ids([job(title="Repair")], known, SPEC, lambda row: None)
    assert not former_ids([job(), job(number=None)], known, SPEC, lambda row: None), "the one without a number is still there"
    assert not former_ids([job(), job(number="B-12")], known, SPEC, lambda row: None), "nobody can tell which of them it is"
    assert former_ids([job(address=None)], known, SPEC, lambda row: "12 Main St") == {"B-11": before()}


def test_without_a_day_of_booking_the_start_must_be_the_one_that_was_told() -> None:
    known = {before(): Numberless("2026-11-20", frozenset({NEXT_WEEK}))}
    told = datetime.fromisoformat(NEXT_WEEK)
    assert former_ids([job(booked_on=None, starts_at=told)], known, SPEC, lambda row: None)
    assert not former_ids([job(booked_on=None, starts_at=told + timedelta(days=365))], known, SPEC, lambda row: None)


def test_what_is_known_under_two_names_is_one_and_the_latest_counts() -> None:
    def memory(record: str, step: str) -> StepMemory:
        return StepMemory(StepKey(record, step), "sent", EARLIER, 1)

    history = History(
        steps={one.key: one for one in (memory("~a", "confirmation"), memory("B-11", "moved"), memory("J-2", "moved"))},
        watched={("~a", "moved"): Watched({"starts_at": NEXT_WEEK}, {}, None), ("B-11", "moved"): Watched({"starts_at": AFTER_IT}, {}, None)},
        known={"~a": Known("C-1", "2026-11-20")}, skips={"~a": "by hand"},
    )  # fmt: skip
    one = as_one(history, {"B-11": "~a"})
    assert set(one.steps) == {StepKey("B-11", "confirmation"), StepKey("B-11", "moved"), StepKey("J-2", "moved")}
    assert one.watched["B-11", "moved"].told == {"starts_at": AFTER_IT} and len(one.watched) == 1
    assert (one.known, one.skips) == ({"B-11": Known("C-1", "2026-11-20")}, {"B-11": "by hand"})
    assert as_one(history, {}) is history
