"""A password that is typed once: it is never shown, and found again by what needs it."""

import os
from pathlib import Path

import pytest

from tests.offices import Office
from tests.stories.at_a_terminal import Terminal

NOWHERE = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_it_is_kept_in_the_file_where_there_is_no_keyring(office: Office) -> None:
    ran = office.do("secret", "SMTP_PASSWORD", stdin="battery staple\n", env=NOWHERE)
    assert ran.code == 0, ran.err
    assert "battery" not in ran.out + ran.err
    kept = office.folder / ".env"
    assert kept.read_text(encoding="utf-8") == "SMTP_PASSWORD=battery staple\n"
    assert os.name != "posix" or kept.stat().st_mode & 0o777 == 0o600


def test_it_is_kept_in_the_keyring_and_found_there(office: Office, tmp_path: Path) -> None:
    keyring = {"PYTHON_KEYRING_BACKEND": "tests.providers.file_keyring.FileKeyring", "FILE_KEYRING": str(tmp_path / "keyring.json")}
    office.configure(
        '\n[email]\nprovider = "smtp"\nhost = "127.0.0.1"\nport = 1\nuser = "office"\nfrom = "Office <office@northside.example>"\n'
    )
    missing = office.do("check", env=keyring)
    assert "contractor-ops secret SMTP_PASSWORD" in missing.out
    ran = office.do("secret", "SMTP_PASSWORD", stdin="battery staple\n", env=keyring)
    assert "keyring" in ran.out, ran.err
    assert not (office.folder / ".env").exists()
    assert "SMTP_PASSWORD" not in office.do("check", env=keyring).out


def test_a_name_that_nothing_asks_for(office: Office) -> None:
    ran = office.do("secret", "SMTP_PASWORD", stdin="x\n", env=NOWHERE)
    assert (ran.code, '"SMTP_PASSWORD"' in ran.err or "SMTP_PASSWORD" in ran.err) == (2, True)


@pytest.mark.parametrize("typed", ["", "\n", "   \n"])
def test_nothing_typed_is_nothing_kept(office: Office, typed: str) -> None:
    ran = office.do("secret", "SMTP_PASSWORD", stdin=typed, env=NOWHERE)
    assert ran.code == 2
    assert not (office.folder / ".env").exists()


def test_what_stands_in_the_file_is_renewed_there(office: Office, tmp_path: Path) -> None:
    keyring = {"PYTHON_KEYRING_BACKEND": "tests.providers.file_keyring.FileKeyring", "FILE_KEYRING": str(tmp_path / "keyring.json")}
    office.do("secret", "SMTP_PASSWORD", "--file", stdin="old\n", env=keyring)
    office.do("secret", "SMTP_PASSWORD", stdin="new\n", env=keyring)
    assert (office.folder / ".env").read_text(encoding="utf-8") == "SMTP_PASSWORD=new\n"


def test_what_the_environment_says_is_not_kept_in_vain(office: Office) -> None:
    ran = office.do("secret", "SMTP_PASSWORD", stdin="new\n", env={**NOWHERE, "SMTP_PASSWORD": "old"})
    assert ran.code == 2
    assert "set in the environment" in ran.err


def test_a_key_of_many_lines_is_kept_in_one(office: Office) -> None:
    office.do("secret", "GOOGLE_SERVICE_ACCOUNT", stdin='{\n  "client_email": "a@b.example",\n  "private_key": "x\\ny"\n}\n', env=NOWHERE)
    kept = (office.folder / ".env").read_text(encoding="utf-8")
    assert kept == 'GOOGLE_SERVICE_ACCOUNT={"client_email": "a@b.example", "private_key": "x\\ny"}\n'
    assert office.do("secret", "GOOGLE_SERVICE_ACCOUNT", stdin="{\n", env=NOWHERE).code == 2


def test_without_a_name_it_tells_which_there_are_and_which_are_set_and_never_what_they_are(office: Office, tmp_path: Path) -> None:
    keyring = {"PYTHON_KEYRING_BACKEND": "tests.providers.file_keyring.FileKeyring", "FILE_KEYRING": str(tmp_path / "keyring.json")}
    office.do("secret", "SMTP_PASSWORD", "--file", stdin="battery\n", env=keyring)
    office.do("secret", "IMAP_PASSWORD", stdin="staple\n", env=keyring)
    listed = office.do("secret", env={**keyring, "TWILIO_AUTH_TOKEN": "horse"})
    places = dict(line.split(maxsplit=1) for line in listed.out.splitlines() if "set" in line and line[:1].isupper())
    assert (listed.code, places) == (
        0,
        {
            "TWILIO_ACCOUNT_SID": "not set", "TWILIO_AUTH_TOKEN": "set in the environment", "SENDGRID_API_KEY": "not set",
            "SMTP_PASSWORD": "set, in .env", "IMAP_PASSWORD": "set, in this computer's keyring",
            "GOOGLE_SERVICE_ACCOUNT": "not set", "GOOGLE_SERVICE_ACCOUNT_FILE": "not set",
        },
    )  # fmt: skip
    assert not any(value in listed.out for value in ("battery", "staple", "horse"))


def test_at_a_terminal_it_says_that_nothing_is_shown_and_breaks_its_lines_at_words(office: Office) -> None:
    with Terminal(office.folder, "secret", "SMTP_PASSWORD", columns=60, env=NOWHERE) as terminal:
        assert "Nothing is shown while you type or paste it. It is asked for" in terminal.until("The secret: ")
        terminal.press("battery\r", then="Try it:")
        assert terminal.end() == 0
        assert "battery" not in terminal.raw
        told = terminal.raw.partition("The secret: ")[2].replace("\r", "").splitlines()
    assert max(map(len, told)) <= max(60, *(len(word) for line in told for word in line.split()))
    assert (office.folder / ".env").read_text(encoding="utf-8") == "SMTP_PASSWORD=battery\n"


@pytest.mark.parametrize("more", ["battery\r", "batt"])
def test_what_is_typed_twice_is_neither_shown_nor_dropped_without_a_word(office: Office, more: str) -> None:
    with Terminal(office.folder, "secret", "SMTP_PASSWORD", env=NOWHERE) as terminal:
        terminal.until("The secret: ")
        terminal.press(f"battery\r{more}", then="It was thrown away")
        assert terminal.end() == 0
        assert "batt" not in terminal.raw
    assert (office.folder / ".env").read_text(encoding="utf-8") == "SMTP_PASSWORD=battery\n"


def test_what_was_typed_before_it_was_asked_for_counts(office: Office) -> None:
    with Terminal(office.folder, "secret", "SMTP_PASSWORD", env=NOWHERE) as terminal:
        terminal.press("battery\r", then="is kept in")
        assert terminal.end() == 0
    assert (office.folder / ".env").read_text(encoding="utf-8") == "SMTP_PASSWORD=battery\n"
