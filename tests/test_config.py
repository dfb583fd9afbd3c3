"""config.toml: every mistake told at once, with its key and the nearest right one, and no value repeated."""

import re
import tomllib
from datetime import date, time
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contractor_ops.config import Config, read_config
from contractor_ops.errors import FilesNeedMending
from contractor_ops.office_channels import check_channel
from contractor_ops.spans import Span
from tests.offices import CONFIG
from tests.slips import one_slip_away, slip

WHOLE = (
    CONFIG
    + """
[tables.estimates]
file = "estimates.xlsx"
sheet = "2026"
columns = { sent_on = "Emailed" }
max_age = "3 days"
[sms]
provider = "outbox"
from = "+13125550100"
[email]
provider = "smtp"
from = "Northside <office@northside.example>"
host = "mail.northside.example"
port = 587
security = "starttls"
user = "office"
timeout = "30 s"
[limits]
per_address_per_day = 1
per_run = 50
send_between = "09:00-20:00"
[digest]
daily = "07:00"
weekly = "mon 07:00"
to = ["owner"]
[heartbeat]
url = "https://ping.example/1"
[ledger]
path = ""
"""
)
SECRET = "hunter2-battery-staple"


def read(text: str) -> Config:
    config = read_config(text.encode())
    for kind in ("sms", "email"):
        check_channel(kind, config)
    return config


def mistakes(text: str) -> list[str]:
    with pytest.raises(FilesNeedMending) as refused:
        read(text)
    return refused.value.mistakes


def lines_with_a_key() -> list[tuple[int, str]]:
    """The number of each line that sets a key, and the key; people and business hours have keys of the office's own."""
    found, part = [], ""
    for number, line in enumerate(WHOLE.splitlines()):
        if heading := re.match(r"\[([a-z.]+)\]", line):
            part = heading[1]
        elif (key := re.match(r"(\w+)\s*=", line)) and part != "people":
            found.append((number, key[1]))
    return found


def test_a_whole_config_is_read() -> None:
    config = read(WHOLE)
    assert config.office.zone.key == "America/Chicago"
    assert config.tables["estimates"].patterns == ("estimates.xlsx",)
    assert config.tables["estimates"].wanted_sheets == ("2026",)
    assert config.tables["estimates"].max_age == Span(3, "days")
    assert config.limits.window == (time(9), time(20))
    assert config.people["office"].deputy == "owner"


def test_the_least_config_is_an_office_with_defaults() -> None:
    config = read('[office]\nname = "Ours"\ntimezone = "America/Chicago"\n')
    assert (config.limits.per_address_per_day, config.limits.per_run, config.tables, config.people) == (1, 50, {}, {})


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_misspelt_key_is_refused_and_the_nearest_right_one_is_named(data: st.DataObject) -> None:
    number, key = data.draw(st.sampled_from(lines_with_a_key()))
    wrong = data.draw(slip(key))
    lines = WHOLE.splitlines()
    assume(wrong and wrong != key)
    lines[number] = re.sub(r"^\w+\s*=.*", f'{wrong} = "{SECRET}"', lines[number])
    text = "\n".join(lines)
    assume(len(tomllib_keys(text)) == len(tomllib_keys(WHOLE)) and wrong not in {"file", "files", "sheet", "sheets"})
    told = [one for one in mistakes(text) if re.search(rf"[ .]{wrong} is no key that I know", one)]
    assert len(told) == 1
    meant = re.search(r'did you mean "(\w+)"', told[0])
    assert meant and (meant[1] == key or one_slip_away(wrong, meant[1]))
    assert SECRET not in "\n".join(mistakes(text))


def tomllib_keys(text: str) -> list[str]:
    def keys(part: dict[str, Any]) -> list[str]:
        return [*part, *(key for value in part.values() if isinstance(value, dict) for key in keys(value))]

    try:
        return keys(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return []


@pytest.mark.parametrize(
    "line",
    [
        f'[email]\nprovider = "smtp"\nfrom = "a@b.example"\nhost = "c.example"\npassword = "{SECRET}"',
        f'[sms]\nauth_token = "{SECRET}"',
        f'smtp_password = "{SECRET}"\n',
        f'[people.sam]\nname = "Sam"\npassword = "{SECRET}"',
        f'[limits]\nper_run = "{SECRET}"',
        f'[email]\nprovider = "smtp"\nfrom = "a@b.example"\nhost = "c.example"\nport = "{SECRET}"',
        f'[email]\nprovider = "smtp"\nfrom = "{SECRET}"\nhost = "c.example"',
        f'[people]\nsam = "{SECRET}"',
        f'[heartbeat]\nurl = "{SECRET}"',
        f'[heartbeat]\nurl = {{ token = "{SECRET}" }}',
    ],
)
def test_no_value_is_repeated_whatever_is_wrong_with_it(line: str) -> None:
    base = '[office]\nname = "Ours"\ntimezone = "America/Chicago"\n'
    text = line + base if line.startswith("smtp_password") else base + line
    told = "\n".join(mistakes(text))
    assert SECRET not in told and told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"America/Chicago"', '"America/Chicgo"', '"America/Chicgo" is no time zone; did you mean "America/Chicago"?'),
        ('country        = "US"', 'country = "us"', "office.country"),
        ('holidays       = "US-IL"', 'holidays = "US-XX"', '"US-XX" is no calendar of holidays'),
        ('{ mon-fri = "08:00-17:00" }', '{ funday = "08:00-17:00" }', '"funday" names no days'),
        ('deputy = "owner"', 'deputy = "ownr"', 'people.office.deputy names "ownr", who is not in [people]; did you mean "owner"?'),
        ("[tables.estimates]", "[tables.estimate]", '"estimate" is no table; did you mean "estimates"?'),
        ("sent_on =", "sent_onn =", '"sent_onn" is no column of estimates; did you mean "sent_on"?'),
        ('file = "estimates.xlsx"', "", "say where its rows are"),
        ('sheet = "2026"', 'sheet = "2026"\nsheets = ["2026"]', "use sheet or sheets, not both"),
        ('max_age = "3 days"', 'max_age = "three days"', '"three days" is no length of time'),
        ("per_run = 50", "per_run = 0", "limits.per_run"),
        ("per_run = 50", "per_run = 1.5", "limits.per_run must be a whole number"),
        ('send_between = "09:00-20:00"', 'send_between = "20:00-09:00"', "ends before it begins"),
        ('to = ["owner"]', 'to = ["ownr"]', 'digest.to 1 names "ownr"'),
        ('provider = "smtp"', 'provider = "smpt"', '"smpt" is no provider of email; did you mean "smtp"?'),
        ("port = 587", "port = 70000", "port"),
        ('name           = "Northside Heating & Air"', "", "office.name is missing"),
    ],
)
def test_a_wrong_value_is_told_with_its_place(old: str, new: str, told: str) -> None:
    assert old in WHOLE
    text = WHOLE.replace(old, new)
    assert told in "\n".join(mistakes(text))


def test_a_misspelt_key_comes_first_and_is_not_missing_too() -> None:
    told = mistakes(WHOLE.replace("timezone ", "timezne  ").replace('name           = "Northside Heating & Air"', ""))
    assert told == ['config.toml: office.timezne is no key that I know; did you mean "timezone"?', "config.toml: office.name is missing"]


def test_all_mistakes_are_told_at_once() -> None:
    told = mistakes(WHOLE.replace('"America/Chicago"', '"Mars"').replace("per_run = 50", "per_run = -1").replace("deputy", "depty"))
    assert len(told) == 3
    assert all(one.startswith("config.toml: ") for one in told)


def test_a_day_may_be_written_with_or_without_quotes() -> None:
    for written in ('"2026-12-01"', "2026-12-01"):
        text = WHOLE.replace('deputy = "owner"', f'deputy = "owner", away_until = {written}')
        assert read(text).people["office"].away_until == date(2026, 12, 1)
