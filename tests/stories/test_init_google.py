"""An office made of a Google Sheet: looked through live, through Google's own client."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.offices import INVOICES, Office, Ran
from tests.providers.google_book import Tab, rows_of
from tests.providers.google_sheets import KEY, GoogleServer
from tests.stories.at_a_terminal import Terminal

NOW = "2026-11-23T10:00"
ADDRESS = f"https://docs.google.com/spreadsheets/d/{KEY}/edit"
ESTIMATES = ("Estimate #", "Customer", "Phone", "Status", "Emailed", "Total")
OPEN = ["00123", "Ann Li", "(312) 555-0142", "Sent", date(2026, 11, 20), 4850]
OWED = ["1001", "Ann Li", "", "", "Sent", date(2026, 10, 1), date(2026, 10, 15), 250, 250, ""]


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as one:
        one.keep("Northside books", Tab("Estimates", rows_of(ESTIMATES, OPEN)), Tab("Owed", rows_of(INVOICES, OWED)))
        yield one
        assert one.invalid == []


@pytest.fixture
def office(tmp_path: Path, server: GoogleServer) -> Office:
    return Office(tmp_path / "office").configure(f'[google]\napi_base = "{server.base}"\n')


def key(server: GoogleServer, folder: Path) -> Path:
    file = folder / "google-key.json"
    file.write_text(json.dumps(server.account()), encoding="utf-8")
    file.chmod(0o600)
    return file


def test_its_sheets_become_tables(office: Office, server: GoogleServer, tmp_path: Path) -> None:
    (office.folder / "estimates.csv").write_text(
        "Estimate #,Customer,Status,Emailed,Total\nE-1,Bo Park,Sent,11/20/2026,900\n", encoding="utf-8"
    )
    secret = {"GOOGLE_SERVICE_ACCOUNT_FILE": str(key(server, tmp_path))}
    with Terminal(office.folder, "--now", NOW, "init", "--google-sheet", ADDRESS, lines=60, env=secret) as terminal:
        page = terminal.until("number of one to change: ")
        assert 'Northside books, sheet "Owed"' in page
        assert 'Northside books, sheet "Estimates"' in page
        assert "estimates.csv: looks like estimates too" in terminal.press("\r", then="Enter for no: ")
        terminal.press("\r", then="what would differ there: ")
        terminal.press("\r", then="Write them [Y/n]: ")
        terminal.press("\r", then="all is well")
    tables = tomllib.loads((office.folder / "config.toml").read_text(encoding="utf-8"))["tables"]
    assert tables == {
        "estimates": {"google_sheet": ADDRESS, "sheet": "Estimates"}, "invoices": {"google_sheet": ADDRESS, "sheet": "Owed"}
    }  # fmt: skip
    assert "E-1" not in office.do("read", "estimates", now=NOW, env=secret).out


def test_without_a_key_a_script_is_told(office: Office) -> None:
    ran: Ran = office.do("init", "--yes", "--google-sheet", ADDRESS, env={"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"})
    assert (ran.code, "GOOGLE_SERVICE_ACCOUNT_FILE" in ran.err) == (3, True)


def test_at_a_terminal_the_key_file_is_asked_for_and_kept(office: Office, server: GoogleServer, tmp_path: Path) -> None:
    file = key(server, tmp_path)
    nothing = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    with Terminal(office.folder, "init", "--google-sheet", ADDRESS, lines=60, env=nothing) as terminal:
        terminal.until("Where is that file: ")
        assert "is not there" in terminal.press("../googel-key.json\r", then="Where is that file: ")
        terminal.press("../google-key.json\r", then="number of one to change: ")
        terminal.press("\r", then="what would differ there: ")
        terminal.press("\r", then="Write them [Y/n]: ")
        terminal.press("\r", then="all is well")
        assert terminal.end() == 0
    assert (office.folder / ".env").read_text(encoding="utf-8") == f"GOOGLE_SERVICE_ACCOUNT_FILE={file}\n"
    assert office.do("read", "estimates", now=NOW, env=nothing).code == 0
