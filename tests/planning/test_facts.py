"""What planning takes from config.toml."""

from datetime import time

import pytest

from tests.planning.planned import facts

SMTP = '\n[email]\nprovider = "smtp"\nfrom = "a@northside.example"\nhost = "mail.northside.example"\n'


def test_the_office_as_planning_sees_it() -> None:
    ours = facts('\n[limits]\nper_address_per_day = 2\nper_run = 9\nsend_between = "10:00-18:30"\n')
    assert (ours.name, ours.country, ours.currency) == ("Northside Heating & Air", "US", "$")
    assert (ours.per_address_per_day, ours.per_run, ours.hours.start, ours.hours.end) == (2, 9, time(10), time(18, 30))
    assert ours.day_starts == time(10)  # what is due on a day is due when messages may leave
    assert ours.calendar.zone.key == "America/Chicago"


@pytest.mark.parametrize(
    ("more", "channels"),
    [
        ("", ("sms", "email")),
        (SMTP, ("email",)),
        (SMTP + '[sms]\nprovider = "outbox"\n', ("sms", "email")),  # somebody wants the texts as files
        ('\n[sms]\nfrom = "+13125550100"\n', ("sms", "email")),
    ],
)
def test_the_channels_that_messages_go_by_first(more: str, channels: tuple[str, ...]) -> None:
    assert facts(more).channels == channels
