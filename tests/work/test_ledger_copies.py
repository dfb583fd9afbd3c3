"""Which copies of the ledger are kept."""

from datetime import date, timedelta

from contractor_ops.work.ledger_copies import kept


def test_the_last_eight_and_the_last_one_of_each_of_twelve_months() -> None:
    """A copy each Sunday for three years."""
    last = date(2026, 11, 22)
    sundays = [last - timedelta(weeks=week) for week in range(156)]
    found = sorted(kept(sundays), reverse=True)
    assert found[:8] == sundays[:8]
    assert found[8:] == [
        date(2026, 9, 27), date(2026, 8, 30), date(2026, 7, 26), date(2026, 6, 28), date(2026, 5, 31), date(2026, 4, 26), date(2026, 3, 29),
        date(2026, 2, 22), date(2026, 1, 25), date(2025, 12, 28),
    ]  # fmt: skip


def test_few_copies_all_stay() -> None:
    days = [date(2026, 11, day) for day in range(1, 9)]
    assert kept(days) == set(days)
    assert kept([]) == set()
