"""The words that reasons are made of."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from contractor_ops.planning.phrases import at, cell_trouble, count, day, money, since
from contractor_ops.tables.record import Problem
from tests.planning.planned import MONDAY, ZONE


@pytest.mark.parametrize(
    ("amount", "written"),
    [("1250", "$1,250.00"), ("-25", "-$25.00"), ("0", "$0.00"), ("0.005", "$0.01"), ("1234567.891", "$1,234,567.89")],
)
def test_money(amount: str, written: str) -> None:
    assert money(Decimal(amount)) == written


def test_money_of_another_country() -> None:
    assert money(Decimal(-25), "£") == "-£25.00"


def test_a_day_of_another_year_names_it() -> None:
    assert day(date(2026, 11, 3), MONDAY.date()) == "Tue, Nov 3"
    assert day(date(2025, 11, 3), MONDAY.date()) == "Mon, Nov 3, 2025"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 23, 9, 5, tzinfo=ZONE), "today at 9:05 AM"),
        (datetime(2026, 11, 24, 0, 0, tzinfo=ZONE), "Tue, Nov 24 at 12:00 AM"),
        (datetime(2027, 1, 4, 13, 0, tzinfo=ZONE), "Mon, Jan 4, 2027 at 1:00 PM"),
    ],
)
def test_a_moment(moment: datetime, words: str) -> None:
    assert at(moment, MONDAY) == words


@pytest.mark.parametrize(
    ("column", "on", "words"),
    [
        ("sent_on", date(2026, 11, 21), "sent 2 days ago"),
        ("sent_on", date(2026, 11, 22), "sent 1 day ago"),
        ("sent_on", date(2026, 11, 23), "sent today"),
        ("sent_on", datetime(2026, 11, 21, 23, 59), "sent 2 days ago"),
        ("due_on", date(2026, 11, 9), "14 days overdue"),
        ("due_on", date(2026, 11, 23), "due today"),
        ("due_on", date(2026, 11, 24), "due in 1 day"),
        ("starts_at", date(2026, 11, 25), "it starts in 2 days"),
        ("starts_at", date(2026, 11, 23), "it starts today"),
        ("starts_at", date(2026, 11, 21), "it started 2 days ago"),
        ("hold_until", date(2026, 11, 25), "hold until in 2 days"),
    ],
)
def test_how_long_ago_in_the_words_of_its_column(column: str, on: date, words: str) -> None:
    assert since(column, on, MONDAY) == words


def test_one_and_many() -> None:
    assert [count(number, "day") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_the_trouble_with_a_cell_names_its_heading_and_what_was_seen() -> None:
    problem = Problem("e.csv", None, 31, "Emailed", "31/31/2026", "There is no such day.")
    assert cell_trouble("sent_on", problem) == 'Emailed "31/31/2026": there is no such day'
    assert cell_trouble("sent_on", Problem("e.csv", None, 31, None, None, "There is no such day.")) == "sent: there is no such day"
