from datetime import date
from zoneinfo import ZoneInfo

import pytest

from contractor_ops.errors import TypedWrong
from contractor_ops.planning.calendar import OfficeCalendar
from contractor_ops.work.typed_day import past_day, typed_day

MONDAY = date(2026, 11, 23)
CALENDAR = OfficeCalendar(ZoneInfo("America/Chicago"), {}, "US-IL")


def day(text: str, country: str = "US") -> str:
    return typed_day(text, MONDAY, country, CALENDAR).isoformat()


@pytest.mark.parametrize(
    ("text", "meant"),
    [("today", "2026-11-23"), ("tomorrow", "2026-11-24"), ("tom", "2026-11-24"), ("fri", "2026-11-27"), ("Friday", "2026-11-27"),
     ("thurs", "2026-11-26"), ("mon", "2026-11-30"), ("next mon", "2026-11-30"), ("next fri", "2026-12-04"), ("next week", "2026-11-30"),
     ("+3", "2026-11-26"), ("+ 3 days", "2026-11-26"), ("in 2 weeks", "2026-12-07"), ("+2w", "2026-12-07"),
     ("+3 business days", "2026-11-27"), ("dec 1", "2026-12-01"), ("Dec. 1st", "2026-12-01"), ("1 december", "2026-12-01"),
     ("1st dec", "2026-12-01"), ("12/1", "2026-12-01"), ("12/1/26", "2026-12-01"), ("12/1/2026", "2026-12-01"), ("12-1", "2026-12-01"),
     ("2026-12-01", "2026-12-01"), ("dec 1 2026", "2026-12-01"), ("Tue, Dec 1", "2026-12-01"), ("jan 5", "2027-01-05"),
     ("11/23", "2026-11-23"), ("  FRI ", "2026-11-27")],
)  # fmt: skip
def test_a_day_is_understood_as_people_type_it(text: str, meant: str) -> None:
    assert day(text) == meant


@pytest.mark.parametrize(("text", "meant"), [("1/12", "2026-12-01"), ("1.12.", "2026-12-01"), ("1/12/2026", "2026-12-01")])
def test_elsewhere_the_day_comes_first(text: str, meant: str) -> None:
    assert day(text, "GB") == meant


@pytest.mark.parametrize("text", ["nov 20", "11/20", "2026-11-22", "yesterday", "feb 29", "13/1", "may", "2026-12", "32", "7", "", "soon",
                                  "+4 hours", "Mon, Dec 1", "0/0", "dec 0", "+99999"])  # fmt: skip
def test_what_is_no_day_or_past_is_refused(text: str) -> None:
    with pytest.raises(TypedWrong):
        day(text)


def test_a_past_day_is_named() -> None:
    with pytest.raises(TypedWrong, match="2026-11-20 is past"):
        day("nov 20")


@pytest.mark.parametrize(
    ("text", "meant"),
    [("today", "2026-11-23"), ("yesterday", "2026-11-22"), ("tuesday", "2026-11-17"), ("fri", "2026-11-20"), ("mon", "2026-11-16"),
     ("last fri", "2026-11-20"), ("last mon", "2026-11-16"), ("last week", "2026-11-16"), ("this week", "2026-11-23"), ("-3", "2026-11-20"),
     ("3 days ago", "2026-11-20"), ("2 weeks ago", "2026-11-09"), ("3 business days ago", "2026-11-18"), ("nov 20", "2026-11-20"),
     ("11/20", "2026-11-20"), ("11/20/26", "2026-11-20"), ("2026-11-20", "2026-11-20"), ("Fri, Nov 20", "2026-11-20"), ("jun 1", "2026-06-01"),
     ("11/23", "2026-11-23")],
)  # fmt: skip
def test_a_day_gone_by_is_understood_the_same_way(text: str, meant: str) -> None:
    assert past_day(text, MONDAY, "US", CALENDAR).isoformat() == meant


@pytest.mark.parametrize(
    "text", ["tomorrow", "dec 1", "dec 24", "+3", "2026-11-24", "next fri", "soon", "", "99999 days ago", "4 hours ago", "feb 30"]
)
def test_what_is_no_day_or_to_come_is_refused_where_a_past_one_is_asked_for(text: str) -> None:
    with pytest.raises(TypedWrong):
        past_day(text, MONDAY, "US", CALENDAR)


def test_a_day_to_come_is_named() -> None:
    with pytest.raises(TypedWrong, match="2026-12-01 is still to come"):
        past_day("dec 1", MONDAY, "US", CALENDAR)
