"""Money, days and numbers as people in an office write them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from contractor_ops.reports.format import age, day, days_since, documents, listed, moment, money, phone, things
from contractor_ops.reports.report_items import rows_in_words

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Chicago"))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal("1250"), "$1,250.00"),
        (Decimal("-5"), "-$5.00"),
        (Decimal("0"), "$0.00"),
        (Decimal("1234567.895"), "$1,234,567.90"),
        (None, ""),
    ],
)
def test_money(amount, words):
    assert money(amount) == words


def test_days_tell_the_year_only_when_it_is_another():
    assert day(date(2026, 11, 2), NOW) == "Mon, Nov 2"
    assert day(date(2025, 12, 31), NOW) == "Wed, Dec 31, 2025"


def test_moments_are_told_in_the_office_s_time_zone():
    assert moment(datetime(2026, 11, 23, 6, 5, tzinfo=UTC), NOW) == "Mon, Nov 23, 12:05 am"
    assert moment(datetime(2026, 11, 23, 18, 0, tzinfo=UTC), NOW) == "Mon, Nov 23, 12:00 pm"
    assert day(datetime(2026, 11, 24, 5, 0, tzinfo=UTC), NOW) == "Mon, Nov 23"


def test_age_counts_days_of_the_calendar():
    assert [age(days_since(date(2026, 11, day), NOW)) for day in (25, 23, 22, 11)] == ["today", "today", "1 day", "12 days"]
    assert days_since(datetime(2026, 11, 23, 5, 59, tzinfo=UTC), NOW) == 1
    assert age(days_since(None, NOW)) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+13125550142", "(312) 555-0142"),
        ("+13125550142;ext=12", "(312) 555-0142 ext. 12"),
        ("+442079460958", "+44 20 7946 0958"),
        ("+nonsense", "+nonsense"),
        ("ann@li.example", "ann@li.example"),
        ("", ""),
    ],
)
def test_telephone_numbers(number, words):
    assert phone(number) == words


def test_documents_are_named_by_their_numbers():
    assert documents("estimates", ["E-1042"]) == "estimate E-1042"
    assert documents("change_orders", ["7", "8", "9"]) == "change orders 7, 8 and 9"
    assert documents("invoices", ["7", "7"]) == "invoice 7"


def test_a_record_without_a_number_of_its_own_is_only_counted():
    hashed = "~3f9a0c27b1d4"
    assert documents("calls", [hashed]) == "call"
    assert documents("calls", [hashed, "~9f9a0c27b1d4"]) == "2 calls"
    assert documents("invoices", ["2026112300000042"]) == "invoice 2026112300000042"


def test_numbers_of_things():
    assert [things("replies", 2), things("replies", 1), things("equipment", 3)] == ["2 replies", "1 reply", "3 equipment rows"]
    assert [listed([]), listed(["a"]), listed(["a", "b", "c"])] == ["", "a", "a, b and c"]
    assert [rows_in_words([31]), rows_in_words([5, 4, 9, 10, 11]), rows_in_words([])] == ["row 31", "rows 4, 5 and 9-11", ""]
