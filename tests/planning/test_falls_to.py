"""No queue waits for one person."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from contractor_ops.config import Person
from contractor_ops.planning.falls_to import falls_to, why_fallen
from contractor_ops.ports import ReviewItem
from contractor_ops.spans import Span

ZONE = ZoneInfo("America/Chicago")
THREE = Span(3, "business days")
MARIA, DANA, KIT = Person(name="Maria Lopez"), Person(name="Dana Reed", deputy="kit"), Person(name="Kit Nash")
PEOPLE = {"owner": MARIA, "office": DANA, "kit": KIT}
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=ZONE)


def an_item(
    created: datetime | None = FRIDAY, owner: str = "office", until: date | None = None, assigned_at: datetime | None = None
) -> ReviewItem:
    return ReviewItem("r", "k", "task", owner, "why", (), created_at=created, until=until, assigned="office" if assigned_at else None,
                      assigned_at=assigned_at)  # fmt: skip


def at(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=ZONE)


def business_day(day: date) -> bool:
    return day.weekday() < 5 and day != date(2026, 11, 26)  # Thanksgiving


@pytest.mark.parametrize(
    ("now", "whose"),
    [(at(20), "office"), (at(23), "office"), (at(25), "office"), (at(26), "office"), (at(27), "kit"), (at(29), "kit"),
     (at(1, 12), "kit"), (at(2, 12), "owner"), (at(31, 12), "owner")],
)  # fmt: skip
def test_what_waits_over_three_business_days_falls_to_the_deputy_and_then_to_the_owner(now: datetime, whose: str) -> None:
    assert falls_to(an_item(), PEOPLE, now, business_day, THREE) == whose


@pytest.mark.parametrize(("length", "whose"), [(Span(2, "days"), "owner"), (Span(4, "days"), "kit"), (Span(1, "weeks"), "office")])
def test_calendar_days_and_weeks_count_every_day(length: Span, whose: str) -> None:
    assert falls_to(an_item(), PEOPLE, at(25), business_day, length) == whose


@pytest.mark.parametrize(("day", "whose"), [(23, "kit"), (24, "kit"), (25, "office")])
def test_the_last_day_away_is_counted_in(day: int, whose: str) -> None:
    people = {**PEOPLE, "office": Person(name="Dana Reed", deputy="kit", away_until=date(2026, 11, 24))}
    assert falls_to(an_item(), people, at(day), business_day, THREE) == whose


def test_a_deputy_who_is_away_passes_it_on_to_the_owner() -> None:
    away = date(2026, 12, 24)
    people = {**PEOPLE, "office": Person(name="Dana Reed", deputy="kit", away_until=away), "kit": Person(name="Kit", away_until=away)}
    assert falls_to(an_item(), people, at(23), business_day, THREE) == "owner"


def test_whoever_is_here_has_it_where_those_further_up_are_away() -> None:
    people = {**PEOPLE, "owner": Person(name="Maria Lopez", away_until=date(2026, 12, 24))}
    assert falls_to(an_item(owner="owner"), people, at(23), business_day, THREE) == "owner"  # nobody stands in for her
    assert falls_to(an_item(), people, datetime(2026, 12, 10, tzinfo=ZONE), business_day, THREE) == "kit"


def test_where_all_are_away_it_stays_where_it_is() -> None:
    away = date(2026, 12, 24)
    people = {key: Person(name=one.name, deputy=one.deputy, away_until=away) for key, one in PEOPLE.items()}
    assert falls_to(an_item(), people, at(23), business_day, THREE) == "office"


def test_deputies_in_a_circle_end_with_the_owner() -> None:
    people = {"owner": MARIA, "a": Person(name="A", deputy="b", away_until=date(2026, 12, 1)),
              "b": Person(name="B", deputy="a", away_until=date(2026, 12, 1))}  # fmt: skip
    assert falls_to(an_item(owner="a"), people, at(23), business_day, THREE) == "owner"


def test_a_snoozed_item_waits_for_nobody_and_counts_from_the_day_it_comes_back() -> None:
    asleep = an_item(until=date(2026, 12, 7))
    whose = [falls_to(asleep, PEOPLE, now, business_day, THREE) for now in (at(4, 12), at(7, 12), at(10, 12), at(11, 12))]
    assert whose == ["office", "office", "office", "kit"]


def test_who_was_given_an_item_has_as_long_as_anybody() -> None:
    assert falls_to(an_item(assigned_at=at(30)), PEOPLE, at(2, 12), business_day, THREE) == "office"


def test_what_nobody_of_us_has_is_the_owners() -> None:
    assert falls_to(an_item(owner="gone"), PEOPLE, at(20), business_day, THREE) == "owner"
    assert falls_to(an_item(owner="gone"), {}, at(20), business_day, THREE) == "gone"


def test_the_evening_in_utc_is_the_same_day_here() -> None:
    created = datetime(2026, 11, 21, 3, tzinfo=ZoneInfo("UTC"))  # Friday, nine in the evening
    assert [falls_to(an_item(created), PEOPLE, at(day), business_day, Span(1, "business days")) for day in (23, 24)] == ["office", "kit"]


def test_why_it_fell_is_said() -> None:
    people = {**PEOPLE, "office": Person(name="Dana Reed", away_until=date(2026, 12, 1))}
    assert why_fallen(an_item(), people, at(23), THREE) == "Dana Reed is away until Dec 1"
    assert why_fallen(an_item(), PEOPLE, at(27), THREE) == "it has waited for Dana Reed longer than 3 business days"
    assert why_fallen(an_item(owner="gone"), PEOPLE, at(27), THREE) == "gone is nobody in [people]"
