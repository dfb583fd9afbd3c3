"""Each command pays only for what it does: libraries that take long to load are not loaded for those that have no need of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.offices import INVOICES, Office

DEAR = {
    "pandas",
    "numpy",
    "rapidfuzz",
    "spellchecker",
    "twilio",
    "sendgrid",
    "imap_tools",
    "requests",
    "gspread",
    "google",
    "openpyxl",
    "xlrd",
}
FOR_TABLES_ALONE = DEAR | {"jinja2", "sqlite3", "smtplib"}
FOR_NO_OFFICE = FOR_TABLES_ALONE | {"pydantic", "phonenumbers", "python_calamine"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    row = ["1001", "Ann Li", "ann@li.example", "(312) 555-0142", "open", "2026-10-01", "2026-10-15", "100", "100", ""]
    return Office(tmp_path).sheet("invoices", INVOICES, [row])


@pytest.mark.parametrize(
    ("command", "spared"),
    [
        ("--help", FOR_NO_OFFICE | {"contractor_ops.office"}),
        ("tables invoices", FOR_NO_OFFICE | {"contractor_ops.office"}),
        ("read invoices", FOR_TABLES_ALONE | {"contractor_ops.planning.planner"}),
        ("who ann", DEAR),
        ("run invoice-reminders", DEAR),
        ("run invoice-reminders --send", DEAR),
    ],
)
def test_nothing_is_loaded_that_is_not_needed(command: str, spared: set[str], office: Office) -> None:
    loaded = modules(office, command)
    assert not {one for one in loaded if one in spared or one.partition(".")[0] in spared}


def modules(office: Office, command: str) -> set[str]:
    """The modules that a command loads."""
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "contractor_ops", *command.split()],
        cwd=office.folder, capture_output=True, text=True, timeout=120, check=True,
    ).stderr  # fmt: skip
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}
    assert "contractor_ops.cli.main" in loaded
    return loaded
