"""What a row of the technicians table says: days off, hours, territory, skills; what it says otherwise is told."""

from datetime import date, time
from decimal import Decimal

import pytest

from contractor_ops.dispatch.days_off import may_be_about, read_days_off
from contractor_ops.dispatch.places import Nearness, read_territory, spot_of
from contractor_ops.dispatch.skills import read_skills
from contractor_ops.dispatch.technicians import JOBS_A_DAY
from contractor_ops.dispatch.working_hours import read_shift, read_working_hours
from contractor_ops.tables.record import Problem

from .rows import crew_of, technician

TODAY = date(2026, 11, 23)
THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize("cell", [
    "Thu", "thursdays", "Sun, Thu", "Thu off", "Wed-Fri", "Tue/Thu", "every Thursday", "weekdays", "Nov 26", "Nov 26th", "26 Nov", "11/26",
    "11/26/2026", "11/26/26", "2026-11-26", "Nov 26, 2026", "Thu, Nov 26", "Thu Nov 26", "Thu, 11/26/2026", "Nov 25 - Nov 28", "Nov 25-28",
    "11/25 to 11/28", "2026-11-25 - 2026-11-28", "Nov 25, 2026 - Nov 28, 2026", "11/20/2026 to 12/1", "11/20 to 12/1/2026", "Sun\nNov 26", "Thurs.", "Tue & Thu", "Mon and Thursday", "Fri to Thu", "Nov 23 to Nov 27", "Sun; thursday", "12/30, 11/26",
    "Nov 20 - Jan 3", "2026-01-01 to 2027-06-30",
])  # fmt: skip
def test_off_that_thursday(cell: str) -> None:
    days = read_days_off(cell, TODAY)
    assert days.has(THURSDAY) and not days.not_understood


@pytest.mark.parametrize(
    "cell", ["", "-", "none", "Tue, Sun", "Nov 27", "Fri-Wed", "Mon-Wed", "2025-11-26", "weekends", "Nov 27 - Dec 2", "11/26/2025"]
)
def test_at_work_that_thursday(cell: str) -> None:
    days = read_days_off(cell, TODAY)
    assert not days.has(THURSDAY) and not days.not_understood


@pytest.mark.parametrize("cell", [
    "every other Thursday", "Thu mornings", "ask Dana", "13/45", "Feb 30", "Fri Nov 26", "2026-11-28 to 2026-11-24", "Thu, Nov 26 pm", "Thu after 3 pm",
    "not Thu", "thunder", "9999-12-28 to 9999-01-03",
])  # fmt: skip
def test_what_is_not_understood_is_told(cell: str) -> None:
    assert read_days_off(cell, TODAY).not_understood


@pytest.mark.parametrize(("part", "about"), [
    ("sick today", True), ("ask dana", True), ("every other thursday", True), ("thu mornings", True), ("every other friday", False),
    ("monthly, mondays", False), ("monthly", True),
])  # fmt: skip
def test_words_that_nobody_can_read_may_be_about_any_day_unless_they_name_weekdays(part: str, about: bool) -> None:
    assert may_be_about(part, THURSDAY) == about


def test_the_end_of_february_is_the_28th_in_most_years() -> None:
    days = read_days_off("2/20 to 2/29", TODAY)
    assert days.has(date(2027, 2, 28)) and days.has(date(2028, 2, 29)) and not days.has(date(2027, 3, 1))


@pytest.mark.parametrize("cell", ["12/20/2026 to 1/5", "12/20 to 1/5/2027", "12/20/2026 to 1/5/2027"])
def test_a_year_that_is_written_is_that_year(cell: str) -> None:
    days = read_days_off(cell, TODAY)
    assert days.has(date(2027, 1, 5)) and not days.has(date(2027, 12, 22)) and not days.has(date(2026, 1, 3))


def test_a_weekday_in_front_of_its_date_is_no_weekly_day_off() -> None:
    days = read_days_off("Thu, Nov 26", TODAY)
    assert not days.has(date(2026, 12, 3)) and not days.weekdays
    assert read_days_off("Wed, Nov 26", TODAY).has(date(2026, 12, 2)) and read_days_off("Wed, Nov 26", TODAY).has(THURSDAY)


def test_a_span_over_the_new_year_and_a_country_that_writes_the_day_first() -> None:
    assert read_days_off("Dec 28 - Jan 2", TODAY).has(date(2027, 1, 1)) and not read_days_off("Dec 28 - Jan 2", TODAY).has(date(2027, 1, 3))
    assert read_days_off("26/11", TODAY, day_first=True).has(THURSDAY) and read_days_off("26/11", TODAY).not_understood == ("26/11",)


@pytest.mark.parametrize(("text", "start", "end"), [
    ("8-16", 8, 16), ("08:00-17:00", 8, 17), ("7am-3pm", 7, 15), ("7 AM to 3 PM", 7, 15), ("8-5", 8, 17), ("8-8", 8, 20), ("8am-5", 8, 17), ("8-5pm", 8, 17),
    ("1-5pm", 13, 17), ("7a-3p", 7, 15), ("12-8pm", 12, 20), ("noon - 8pm", 12, 20), ("05:00-11:00", 5, 11),
])  # fmt: skip
def test_hours(text: str, start: int, end: int) -> None:
    assert read_shift(text) == (time(start), time(end))


@pytest.mark.parametrize("text", ["40", "1-5", "22-6", "24-7", "2026-08-16", "8", "flexible", "25-26", "8-12-16"])
def test_hours_that_are_not_understood(text: str) -> None:
    assert read_shift(text) is None
    assert read_working_hours(text).not_understood == (text,) and not read_working_hours(text).shifts


def test_hours_by_weekday() -> None:
    hours = read_working_hours("Mon-Wed, Fri 8-5; Sat 9:30-12")
    assert hours.on(date(2026, 11, 27)) == (time(8), time(17)) and hours.on(date(2026, 11, 28)) == (time(9, 30), time(12))
    assert hours.is_free(THURSDAY) and not hours.not_understood
    assert read_working_hours("Mon-Thu").not_understood == ("mon-thu",)


@pytest.mark.parametrize(("cell", "nearness"), [
    ("60618, 60625", "zip"), ("60618-1234", "zip"), ("60601 60618", "zip"), ("606xx", "area"), ("606*", "area"), ("606", "area"), ("6061x", "area"),
    ("60601-60620", "area"), ("60620 to 60601", "area"), ("Chicago, Oak Park", "town"), ("chicago and Skokie", "town"), ("all", "anywhere"),
    ("", "anywhere"), ("60625", "outside"), ("60601-60610", "outside"), ("605xx", "outside"), ("East Chicago", "outside"), ("Chicago, 606xx, 60618", "zip"),
])  # fmt: skip
def test_territory(cell: str, nearness: Nearness) -> None:
    assert read_territory(cell).nearness(spot_of("12 Oak St, Chicago, IL 60618")) == nearness
    assert not read_territory(cell).not_understood


@pytest.mark.parametrize(("address", "zip_code", "town"), [
    ("12 Oak St, Chicago, IL 60618", "60618", "chicago"), ("2140 N Halsted St Chicago IL 60618-1234", "60618", "chicago"),
    ("12345 Oak Ave, Oak Park", "", "oak park"), ("12 Oak Ave Apt 3 Oak Park, IL, 60302, USA", "60302", "oak park"), ("Evanston", "", "evanston"),
    ("5 Elm St, Cambridge, MA 2139", "02139", "cambridge"), ("1 King St W, Toronto, ON M5V 2T6", "M5V2T6", "toronto"),
    ("12 Oak St\nChicago, Illinois 60618", "60618", "chicago"),
])  # fmt: skip
def test_addresses(address: str, zip_code: str, town: str) -> None:
    spot = spot_of(address)
    assert spot.zip_code == zip_code and spot.area == zip_code[:3] and town in spot.towns


@pytest.mark.parametrize("address", ["", "12345 Oak Street", "PO Box 60618", "see notes 60618x"])
def test_no_zip_code_is_made_up(address: str) -> None:
    assert spot_of(address).zip_code == ""


@pytest.mark.parametrize(("cell", "wanted", "skill"), [
    ("heating, boilers", ("boiler",), "boilers"), ("Steam Boilers", ("boilers",), "Steam Boilers"), ("installs", ("installation",), "installs"),
    ("heating", ("furnace", "heating"), "heating"), ("all", ("boiler",), "everything"), ("water heaters", ("heating",), None),
    ("heating", ("heat pump",), None), ("cooling", ("boiler",), None), ("", ("boiler",), None), ("", (), ""), ("no boilers", ("boiler",), None),
    ("all except boilers", ("boiler",), None), ("mini-splits", ("mini split",), "mini-splits"),
])  # fmt: skip
def test_skills(cell: str, wanted: tuple[str, ...], skill: str | None) -> None:
    assert read_skills(cell).of(wanted) == skill


def test_a_row_with_nothing_but_a_name() -> None:
    (one,) = crew_of(technician("Sam Ortiz"))
    assert one.active and one.jobs_a_day == JOBS_A_DAY == 6 and not one.doubts and not one.is_off(THURSDAY)
    assert not crew_of(technician("  "))


def test_what_a_row_says_that_nobody_understands_is_told_with_a_remedy() -> None:
    record = technician(
        "Sam Ortiz", days_off="Sun, every other Friday", hours="flexible", territory="Zone 4", skills="all but gas", jobs_a_day=None
    )
    record.problems = {"jobs_a_day": Problem("crew.csv", None, 2, "Max jobs", "a few", "This is not a number; write it in figures.")}
    (one,) = crew_of(record)
    assert one.doubts == (
        'Sam Ortiz, skills: "all but gas" is not understood and does not count; list what they do, like heating, boilers.',
        'Sam Ortiz, territory: "Zone 4" is not understood and does not count; write ZIP codes, like 60618 or 606xx, or towns.',
        'Sam Ortiz, days off: "every other friday" is not understood and does not count; write weekdays or days, like Sat, Sun or Nov 26 - Nov 28.',
        'Sam Ortiz, hours: "flexible" is not understood and does not count; write them like 08:00-16:00.',
        'Sam Ortiz, Max jobs: "a few" does not count. This is not a number; write it in figures.',
    )
    assert one.is_off(date(2026, 11, 29)) and not one.is_off(date(2026, 11, 27)) and one.jobs_a_day == JOBS_A_DAY


def test_a_name_that_stands_twice() -> None:
    sam = technician("Sam Ortiz", skills="boilers")
    assert [one.twice for one in crew_of(sam, technician("Sam Ortiz", 3, skills="boilers"))] == [False]
    (one,) = crew_of(sam, technician("SAM ORTIZ", 3, skills="cooling"))
    assert one.twice and one.doubts == (f"{one.name} stands in the technicians table 2 times with different cells; leave one row.",)


def test_a_limit_and_regular_customers() -> None:
    (one,) = crew_of(technician("Sam Ortiz", jobs_a_day=Decimal("3"), preferred_customers="Li, Ann"))
    assert one.jobs_a_day == 3 and "ann li" in one.regulars
    (one,) = crew_of(technician("Sam Ortiz", preferred_customers="Li, Ann; Bo Ray\nCy Day"))
    assert one.regulars == {"ann li", "bo ray", "cy day"}
