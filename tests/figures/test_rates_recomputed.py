"""The signals of an office that has sent nothing yet, worked out a second time from its sheets alone."""

import pytest

from tests.figures.raw_ledger import Nothing
from tests.figures.raw_office import Told
from tests.figures.raw_sheets import numbers
from tests.figures.raw_signals import signals

RECOMPUTED = {"signals"}
"""The parts of the digest that these tests work out."""


def test_every_signal_of_the_sheets(told: Told) -> None:
    assert numbers(told.weekly["signals"]) == numbers(told.daily["signals"]) == signals(told.raw, Nothing(), told.clock)


@pytest.mark.parametrize(("key", "days"), [("notes-complete", 7), ("leads-contacted", 7), ("close-rate", 180), ("collected-within-7", 28)])
def test_the_days_are_those_that_are_over(told: Told, key: str, days: int) -> None:
    (one,) = [one for one in told.weekly["signals"] if one["key"] == key]
    ordinal = told.raw.today.toordinal()
    assert [told.raw.today.fromisoformat(one[end]).toordinal() for end in ("first", "last")] == [ordinal - days, ordinal - 1]
