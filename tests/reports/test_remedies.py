"""What to do about each reason, which things cannot wait, and money that counts once however many steps wait."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from contractor_ops.reports.gravity import is_grave
from contractor_ops.reports.next_thing import nowhere
from contractor_ops.reports.remedies import of_an_address, remedy
from contractor_ops.reports.report_items import Item, by_owner

NOW = datetime.fromisoformat("2026-11-24T14:30:00-06:00")
WAITS = Item(
    "decide", "Dana Reed", "Ann Li", Decimal(6200), 1, "booking J-1", "deposit: booked today", "jobs.csv, row 2", "", table="bookings"
)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("booked today: the words need address, and the row has no such value", "Write it into jobs.csv, row 8, or settle it: contractor-ops review dismiss 5"),
        ('no kind of job is known for "Flux"; add it to [job_types] in config.toml', "Add the kind of job under [job_types] in config.toml, or see to it by hand: contractor-ops review done 5"),
        ("office has neither phone nor e-mail in config.toml", "Add a phone or an e-mail under [people] in config.toml, or tell them by hand: contractor-ops review done 5"),
        ("sent today: the customer has neither phone nor e-mail in the sheet", ""),
        ('the notes say "its start has passed"', ""),
        ("J-1 is gone from your jobs sheet; Ann Li was told to expect you today: put the row back", 'Put the row back, or tell them and settle it: contractor-ops review done 5 --because "…"'),
        ("J-1 is gone from your jobs sheet; J-2 is new: is it this booking under another number?", 'Compare the two bookings, tell whoever must know, and settle it: contractor-ops review done 5 --because "…"'),
        ("J-1 is gone from your jobs sheet; Bo Lund was told to go today: that hour has passed, so ask Bo Lund", 'Ask what became of the visit, and then: contractor-ops review done 5 --because "…"'),
    ],
)  # fmt: skip
def test_a_remedy_is_that_of_its_reason(reason: str, words: str) -> None:
    assert remedy(reason, "jobs.csv, row 8", None, 5) == words


def test_a_visit_that_has_begun_is_no_cell_to_mend() -> None:
    reason = 'booked 1 day ago: Scheduled start "2026-11-24 02:00 PM": its start has passed'
    assert remedy(reason, "jobs.csv, row 8", "+13125550137", 5) == (
        "The visit has begun: call (312) 555-0137 if they have not heard, bring the status up to date in jobs.csv, row 8, "
        "or settle this: contractor-ops review dismiss 5"
    )
    assert "call" not in remedy(reason, "jobs.csv, row 8", None, 5)


def test_only_words_without_an_address_have_none() -> None:
    assert of_an_address("the customer has no phone that takes texts and no e-mail address")
    assert nowhere("the customer has neither phone nor e-mail in the sheet") == "no number or e-mail in the sheet"
    assert nowhere('There is no materials list for "Squirrels"') == ""


@pytest.mark.parametrize(
    ("reason", "words", "step", "grave"),
    [
        ("it cannot be kept: Tom Vale is off on Wed, Nov 25", None, "settle-first", True),
        ("it cannot be kept: Tom Vale is off on Thu, Nov 26", None, "settle-first", False),
        ("a person releases it", "New job J-1, Tue, Nov 24 at 4:00 PM", "tell-technician", True),
        ("a person releases it", "You are booked on Tue, Nov 24 at 4:00 PM", "confirmation", False),
        ('There is no materials list for "Squirrels"', None, "check-materials", False),
    ],
)
def test_who_comes_today_or_tomorrow_cannot_wait(reason: str, words: str | None, step: str, grave: bool) -> None:
    assert is_grave(reason, words, step, NOW) is grave


def test_what_is_grave_stands_above_more_money_and_above_cells_to_mend() -> None:
    grave = replace(WAITS, about="booking J-2", amount=Decimal(180), grave=True)
    [section] = by_owner([WAITS, replace(WAITS, urgency="mend", about="booking J-3"), grave])
    assert [item.about for item in section.items] == ["booking J-2", "booking J-3", "booking J-1"]


def test_a_booking_counts_once_whatever_its_steps() -> None:
    again = replace(WAITS, reason="permit: booked today")
    unknown = replace(WAITS, amount=None)
    other = replace(WAITS, about="booking J-2", customer="Bob Ray", amount=Decimal(129))
    [section] = by_owner([WAITS, again, unknown, other])
    assert (len(section.items), section.amount) == (4, Decimal(6329))
