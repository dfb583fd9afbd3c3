"""A password that is typed once: it is never shown, and found again by what needs it."""

import os
from pathlib import Path

import pytest

from tests.offices import Office

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
