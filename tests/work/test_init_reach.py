"""What is wrong with a mobile or a postal address, as far as it can be told while it is typed."""

import pytest

from contractor_ops.work.init_reach import missing_in_address, mobile_meant, why_no_texts


@pytest.mark.parametrize(
    ("address", "lacks"),
    [
        ("", ""), ("12 Main St", "a town and a ZIP code"), ("12345 Main St", "a town and a ZIP code"), ("12 Oak CT", "a town and a ZIP code"),
        ("12 Main St, Suite 4", "a town and a ZIP code"), ("PO Box 12", "a town and a ZIP code"), ("12 Main St, Chicago, IL", "a ZIP code"),
        ("12 Main St, St. Louis", "a ZIP code"), ("12 Main St 60601", "a town"), ("12 Main St, IL 60601", "a town"),
        ("412 Kedzie Ave, Chicago, IL 60618", ""), ("412 Kedzie Ave Chicago IL 60618", ""), ("350 5th Ave, New York 10118", ""),
        ("PO Box 12 Chicago IL 60601", ""), ("500 5th Ave NE, Seattle WA 98101-1234, USA", ""), ("12 King St W, Toronto, ON M5V 1A1", ""),
        ("1 Infinite Loop Cupertino CA 95014", ""), ("12 Main St Suite 4 St. Louis MO 63101", ""),
    ],
)  # fmt: skip
def test_a_postal_address_has_a_town_and_a_zip_code(address: str, lacks: str) -> None:
    assert missing_in_address(address) == lacks


@pytest.mark.parametrize(
    ("typed", "meant", "wrong"),
    [
        ("", "", ""), ("(312) 555-0101", "+13125550101", ""), ("312-555-0101 ext 4", "", "extension"),
        ("312-555-0101, 312-555-0102", "", "more than one"), ("555-0101", "", "area code is missing"),
    ],
)  # fmt: skip
def test_a_mobile_is_one_number_without_an_extension(typed: str, meant: str, wrong: str) -> None:
    value, told = mobile_meant(typed)
    assert value == meant
    assert (wrong in told) if wrong else not told


@pytest.mark.parametrize(
    ("number", "why"),
    [("", ""), ("+13125550101", ""), ("+18005550101", "toll-free"), ("+19005550101", "pay for"), ("+442079460018", "another country")],
)
def test_a_number_that_takes_no_texts_is_told(number: str, why: str) -> None:
    assert (why in why_no_texts(number)) if why else not why_no_texts(number)
