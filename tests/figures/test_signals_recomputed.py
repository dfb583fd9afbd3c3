"""A week of the sample office, run for real with servers on this machine; then each signal counted a second time from sheets and ledger."""

from datetime import date

import pytest

from tests.figures.raw_sheets import numbers
from tests.figures.raw_signals import calls, signals
from tests.figures.raw_week import MOMENTS, OTHERS, RECIPES, Week

RECOMPUTED = {"signals"}
"""The parts of the digest that these tests work out."""


def test_the_week_is_a_week_in_which_things_happened(week: Week) -> None:
    """Else the rest of these tests would hold of nothing."""
    assert set(RECIPES) <= {one["recipe"] for one in week.ledger.left} <= {*RECIPES, *OTHERS, "digest"}
    assert {one["state"] for one in week.ledger.reviews} == {"open", "approved", "dismissed", "done", "gone"}
    assert {one["channel"] for one in week.ledger.left} == {"sms", "email"}
    told = {one["key"]: (one["part"], one["whole"]) for one in week.weekly["signals"]}
    for key in (
        "calls-texted",
        "estimates-followed-up",
        "notes-complete",
        "invoices-reminded",
        "exceptions-reviewed",
        "questions-replaced",
    ):
        assert 0 < told[key][0] < told[key][1], key


def test_what_left_is_what_the_servers_took(week: Week) -> None:
    left = week.ledger.left
    texts = [one for one in week.ledger.messages if one["channel"] == "sms"]
    assert len(texts) == len(week.office.server.outgoing()) == 1 + sum(one["channel"] == "sms" for one in left)
    assert sorted(one["address"] for one in left if one["channel"] == "email") == sorted(week.letters.addresses)
    assert week.office.outbox() == []


def test_every_signal_of_the_week(week: Week) -> None:
    expected = signals(week.raw, week.ledger, week.clock)
    assert numbers(week.weekly["signals"]) == numbers(week.daily["signals"]) == expected
    assert [one["key"] for one in week.weekly["signals"] if one["unknown"]] == []


def test_a_lead_whose_day_is_not_over_is_not_counted_whether_it_was_answered_or_not(week: Week) -> None:
    """Three more came the day before."""
    told = week.office.do("digest", "--format", "json", now="2026-11-23T07:00").json
    (leads,) = [one for one in told["signals"] if one["key"] == "leads-contacted"]
    assert leads["whole"] == sum(date(2026, 11, 15) <= lead["at"].date() <= date(2026, 11, 21) for lead in week.raw.leads) == 1


def test_questions_count_by_working_days(week: Week) -> None:
    """The 21st is a Saturday, November 11 Veterans Day; two were asked on the 19th."""
    (told,) = [one for one in week.weekly["signals"] if one["key"] == "questions-replaced"]
    assert (told["part"], told["whole"], told["before"]) == (2, 5, {"part": 0, "whole": 4})


def test_a_thing_that_a_person_decided_stays_reviewed_whatever_became_of_it(week: Week) -> None:
    """Released requests that a later run took back, and items about which somebody called, are counted as looked at."""
    gone = [one for one in week.ledger.reviews if one["state"] == "gone"]
    assert {one["looked_at"] for one in gone} == {True, False}
    (told,) = [one for one in week.weekly["signals"] if one["key"] == "exceptions-reviewed"]
    settled = [one for one in week.ledger.reviews if one["kind"] != "broken" and one["state"] in ("approved", "dismissed", "done")]
    assert told["part"] >= len(settled) > 0


@pytest.mark.parametrize("moment", MOMENTS[-2:])
def test_only_calls_whose_half_hour_is_over_count(week: Week, moment: str) -> None:
    clock = week.clock.fromisoformat(moment)
    assert len(calls(week.raw, week.ledger, clock)) <= len(calls(week.raw, week.ledger, week.clock))
