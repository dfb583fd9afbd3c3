"""Money as it is written everywhere."""

from decimal import Decimal

import pytest

from contractor_ops.tables.money import dollars


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("1250", "$1,250.00"), ("12.345", "$12.35"), ("12.335", "$12.34"), ("12.344", "$12.34"), ("-25", "-$25.00"), ("-0.005", "-$0.01"),
        ("-0.004", "$0.00"), ("0", "$0.00"), ("999999999999999999999999999999.995", "$1,000,000,000,000,000,000,000,000,000,000.00"),
    ],
)  # fmt: skip
def test_half_a_cent_is_rounded_up(amount: str, written: str) -> None:
    assert dollars(Decimal(amount)) == written


def test_what_is_unknown_is_no_amount() -> None:
    assert dollars(None) == ""


def test_an_office_may_have_another_currency() -> None:
    assert dollars(Decimal("-1250.5"), "C$") == "-C$1,250.50"
