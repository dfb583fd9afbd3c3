from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.tables.cells.money import clean_money, clean_number

CENTS = st.integers(-99_999_999_999, 99_999_999_999)


def one(cell: object) -> Decimal | None:
    cleaned, troubles = clean_money([cell])
    assert not troubles
    return cleaned[0]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("$8,988.00", "8988"), ("(250.00)", "-250"), ("($45.00)", "-45"), ("$(45.00)", "-45"), ("-$15,224.75", "-15224.75"), ("$-5", "-5"),
        ("250.00-", "-250"), ("− 12.00", "-12"), ("1,234", "1234"), ("1.234,56", "1234.56"), ("12,345,678.90", "12345678.90"),
        ("1'234.50", "1234.50"), ("1\xa0234,50", "1234.50"), ("1\u202f234.50", "1234.50"), ("USD 1,200.00", "1200"), ("1200 CAD", "1200"),
        ("$1,200.00 CAD", "1200"), ("€5", "5"), ("£ 5.20", "5.20"), ("100.00 CR", "-100"), ("100.00 DR", "100"), (" 7 ", "7"), (".50", "0.5"),
        ('="$5.00"', "5"), ("'19.99", "19.99"), ("1.234.567", "1234567"), ("+10.00", "10"),
        (12.5, "12.5"), (0.1 + 0.2, "0.30"), (7, "7"), (0.0125, "0.0125"), (100 / 3, "33.33"), (-2.675, "-2.675"), (1e9, "1000000000"),
        (Decimal("3.10"), "3.10"),
    ],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_written(cell: object, amount: str) -> None:
    assert one(cell) == Decimal(amount)


@pytest.mark.parametrize("cell", ["", None, "  ", "-", "–", "$ -", "$", "n/a", "N/A", "none", "\xa0", "\u200b"])
def test_nothing_is_unknown_and_never_zero(cell: object) -> None:
    assert one(cell) is None


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("call me", "word"), ("TBD", "word"), ("paid", "word"), ("half", "word"), ("1.2.3", "no number"), ("12/5", "one plain amount"),
        ("100-200", "one plain amount"), ("250 + tax", "one plain amount"), ("~250", "one plain amount"), ("1.5E+03", "one plain amount"),
        ("5k", "in full"), ("$1.5k", "in full"), ("2 million", "in full"), ("8.25%", "percentage"), ("nan", "word"), ("-5 CR", "contradict"),
        ("(-5)", "contradict"), ("(5", "contradict"), ("12,50.00", "no number"), ("1,23,456", "no number"), ("#REF!", "spreadsheet error"),
        ("#N/A", "spreadsheet error"),
        (float("nan"), "not a number"), (float("inf"), "not a number"), (1e15, "too large"), ("9999999999999", "too large"), (True, "word"), (False, "word"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_told_and_stays_unknown(cell: object, says: str) -> None:
    cleaned, troubles = clean_money(["1.00", cell])
    assert cleaned == [Decimal("1.00"), None]
    assert says in troubles[1]


def test_a_column_of_decimal_commas_is_read_with_decimal_commas() -> None:
    assert clean_money(["12,50", "1.234", "1.234,56", "7"]) == ([Decimal("12.50"), Decimal(1234), Decimal("1234.56"), Decimal(7)], {})


def test_one_decimal_comma_in_a_column_of_points_is_told_and_the_rest_is_read() -> None:
    cleaned, troubles = clean_money(["12,50", "1,234", "1,234.50"])
    assert cleaned == [None, Decimal(1234), Decimal("1234.50")]
    assert "decimal comma" in troubles[0]


def test_where_both_ways_are_proved_a_number_that_could_be_two_is_told() -> None:
    cleaned, troubles = clean_money(["1.234,56", "1,234.56", "1.234", "5.00"])
    assert cleaned == [Decimal("1234.56"), Decimal("1234.56"), None, Decimal("5.00")]
    assert set(troubles) == {2}


def test_a_bool_is_no_amount_even_beside_a_one() -> None:
    cleaned, troubles = clean_money([1, True, 1.0, 0, False])
    assert cleaned == [Decimal(1), None, Decimal(1), Decimal(0), None]
    assert set(troubles) == {1, 4}


def test_a_column_of_floats_with_gaps_keeps_its_gaps_and_has_no_negative_zero() -> None:
    cleaned, troubles = clean_money([12.5, None, "", 0.1 + 0.2, -0.0])
    assert cleaned == [Decimal("12.5"), None, None, Decimal("0.30"), Decimal(0)]
    assert str(cleaned[4]) == "0.00"
    assert not troubles


@given(CENTS)
def test_an_amount_comes_back_from_every_style(cents: int) -> None:
    amount = Decimal(cents) / 100
    size, minus = f"{abs(amount):,.2f}", "-" if cents < 0 else ""
    european = size.replace(",", " ").replace(".", ",").replace(" ", ".")
    bracketed = f"({size})" if cents < 0 else size
    for cell in (
        f"{minus}${size}",
        f"${minus}{size}",
        f"{size}{minus}",
        bracketed,
        f"USD {minus}{size}",
        size.replace(",", "'") + minus,
        float(amount),
    ):
        assert one(cell) == amount, cell
    assert clean_money([f"{minus}{european}", "0,50"])[0][0] == amount


@given(st.lists(st.one_of(st.text(), st.floats(), st.booleans(), st.none(), st.integers(), st.decimals(allow_nan=False))))
def test_cleaning_amounts_and_numbers_never_raises(values: list[object]) -> None:
    for clean in (clean_money, clean_number):
        cleaned, troubles = clean(values)
        assert len(cleaned) == len(values)
        assert all(cleaned[index] is None and sentence for index, sentence in troubles.items())


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("2", "2"), ("1.5", "1.5"), ("2 hrs", "2"), ("1,000", "1000"), ("2h", "2"), ("1.25 hours", "1.25"), ("1:30", "1.5"), ("0:45:00", "0.75"),
        ("1 h 30 min", "1.5"), ("45 min", "0.75"), ("2h30m", "2.5"), ("3 ea.", "3"), ("12 ft", "12"), ("-4", "-4"), (2.0, "2"), (0.1 + 0.2, "0.3"),
    ],
)  # fmt: skip
def test_hours_and_quantities_lose_their_unit(cell: object, number: str) -> None:
    cleaned, troubles = clean_number([cell])
    assert cleaned == [Decimal(number)]
    assert not troubles


@pytest.mark.parametrize("cell", ["3 days", "a few", "1/2", "5k", True, "2 x 4 hrs"])
def test_what_is_no_plain_number_is_told(cell: object) -> None:
    cleaned, troubles = clean_number([cell])
    assert cleaned == [None]
    assert "number" in troubles[0]
