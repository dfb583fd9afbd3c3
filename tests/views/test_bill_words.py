"""What the words of jobs and invoices say of how they are billed, and what only sounds like it."""

import pytest

from contractor_ops.views.billing.bill_words import free_of_charge, is_fee, recurs_after


@pytest.mark.parametrize(
    "words", ["Cancellation fee", "Trip charge", "no-show fee", "Service call fee", "Diagnostic fee", "CALLOUT CHARGE"]
)
def test_a_fee(words: str) -> None:
    assert is_fee(words)


@pytest.mark.parametrize(
    "words", ["", "Furnace replacement", "Round trip to the supplier", "Diagnostic and repair", "Recharge fee schedule"]
)
def test_no_fee(words: str) -> None:
    assert not is_fee(words)


@pytest.mark.parametrize(
    ("words", "said"), [("Warranty repair", "Warranty"), ("call-back", "call-back"), ("Do not bill", "Do not bill"), ("N/C", "N/C"), ("Free estimate", "Free")]
)  # fmt: skip
def test_free_of_charge(words: str, said: str) -> None:
    assert free_of_charge(words) == said


@pytest.mark.parametrize(
    "words", ["Furnace", "Free standing range", "freestanding tub", "Maintenance-free battery", "carefree", "Lead-free valve"]
)
def test_not_free_of_charge(words: str) -> None:
    assert free_of_charge(words) is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Weekly mowing", 5), ("Bi-weekly cleaning", 10), ("Monthly maintenance", 20), ("Annual tune-up", 60), ("Quarterly pest control, membership", 20),
        ("Maintenance plan", 20), ("Furnace tune-up", None), ("Annuals planted", None), ("", None),
    ],
)  # fmt: skip
def test_how_far_apart_its_bills_are(words: str, days: int | None) -> None:
    assert recurs_after(words) == days
