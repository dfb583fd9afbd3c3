"""What `check` advises where a provider cannot be used, and of numbers and addresses that lead nowhere."""

from datetime import datetime
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from contractor_ops.work.check_finding import Finding
from contractor_ops.work.check_reached import remedy_of
from tests.offices import CONFIG, Office

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")


def found(office: Office, about: str) -> list[Finding]:
    return [one for one in check_office(open_office(office.folder), NOW) if one.about == about and one.level != "ok"]


def test_a_mail_server_that_refuses_the_connection_has_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAP_PASSWORD", "x")
    more = '\n[email]\nprovider = "smtp"\nhost = "127.0.0.1"\nport = 1\nfrom = "o@northside.example"\n'
    office = Office(tmp_path, f'{CONFIG}{more}\n[inbox]\nimap = {{ host = "127.0.0.1", port = 1, user = "o@northside.example" }}\n')
    [mail], [box] = found(office, "email"), found(office, "inbox")
    assert "Connection refused" in mail.message and "Connection refused" in box.message
    assert mail.remedy.startswith("Are host and port under [email] in config.toml right (the port is mostly 587")
    assert box.remedy.startswith("Are host and port under [inbox] in config.toml right (the port is mostly 993")


@pytest.mark.parametrize(
    ("reason", "provider", "remedy"),
    [
        ("The mail server x:587 refuses the user a or the password (SMTP_PASSWORD): 535", "smtp", "contractor-ops secret SMTP_PASSWORD"),
        ("SendGrid did not answer within 10 seconds", "sendgrid", "Is there an internet connection on this machine?"),
        ("Twilio refused the log-in: 20003", "twilio", "contractor-ops secret TWILIO_AUTH_TOKEN"),
        ("The mail server x:587 turns us away: 554", "smtp", "See what stands under [email] in config.toml"),
    ],
)
def test_what_to_look_at_follows_from_what_went_wrong(reason: str, provider: str, remedy: str) -> None:
    assert remedy in remedy_of(reason, "email", provider)


def test_a_reason_that_says_what_to_do_needs_no_second_advice() -> None:
    assert remedy_of("The mail server x:25 offers no log-in on this port; is the port right?", "email", "smtp") == ""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('phone = "+13125550101"', 'phone = "+13125550101;ext=4"', "an extension: texts cannot reach it"),
        ('phone = "+13125550101"', 'phone = "312 555 01"', 'people.owner.phone (Maria Lopez) "312 555 01" is no telephone number'),
        ('"+13125550100"', '"(312) 555-0100 ext 4"', 'office.phone "(312) 555-0100 ext 4" has an extension'),
        ("412 Kedzie Ave, Chicago, IL 60618", "412 Kedzie Ave", 'office.postal_address "412 Kedzie Ave" has no town and ZIP code'),
        ("412 Kedzie Ave, Chicago, IL 60618", "412 Kedzie Ave, Chicago, IL", "has no ZIP code"),
    ],
)
def test_numbers_and_addresses_that_lead_nowhere_are_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in CONFIG
    told = found(Office(tmp_path, CONFIG.replace(old, new)), "config.toml")
    assert [one.remedy != "" for one in told if message in one.message] == [True]


def test_whole_numbers_and_addresses_are_well(tmp_path: Path) -> None:
    told = found(Office(tmp_path, CONFIG), "config.toml")
    assert [one.message for one in told if "phone" in one.message or "postal" in one.message] == []
