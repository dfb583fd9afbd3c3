"""The office's spreadsheet stays the office's: no command changes a byte, or the time, of a file that it reads."""

import hashlib
from pathlib import Path

import pytest

from tests.offices import ESTIMATES, INVOICES, follow_up, reminders
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"


def look(office: Office) -> dict[str, tuple[str, int, int]]:
    """Every file that the office wrote itself: its content, its time, its rights."""
    ours = ("ledger", "outbox", ".lock")
    files = [
        path
        for path in office.folder.rglob("*")
        if path.is_file() and not any(part in str(path.relative_to(office.folder)) for part in ours)
    ]
    return {str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns, path.stat().st_mode) for path in files}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    import openpyxl

    office = Office(tmp_path).sheet(
        "estimates", ESTIMATES, [("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", "")]
    )
    book = openpyxl.Workbook()
    for row in [INVOICES, ("I-1", "Bo Park", "", "312-555-0143", "Sent", "11/01/2026", "11/15/2026", 300, 300, "")]:
        book.active.append(row)
    book.save(tmp_path / "invoices.xlsx")
    office.configure('\n[tables.invoices]\nfile = "invoices.xlsx"\n')
    return office.recipe("mine", follow_up(mode="approve")).recipe("bills", reminders())


def test_no_command_changes_what_it_reads(office: Office) -> None:
    before = look(office)
    assert {Path(name).name for name in before} == {"config.toml", "estimates.csv", "invoices.xlsx", "mine.toml", "bills.toml"}
    for words in (
        ("check",), ("read", "invoices", "--format", "csv"), ("run", "mine", "bills"), ("why", "invoices", "I-1"), ("review", "approve", "1"),
        ("run", "mine", "bills", "--send"), ("report", "--call-list"), ("skip", "mine", "E-1", "--because", "done"), ("optout", "312-555-0142"),
    ):  # fmt: skip
        ran = office.do(*words, now=MONDAY)
        assert ran.code == 0, (words, ran.err)
        assert look(office) == before, words
    assert len(office.outbox()) == 2


def test_a_sheet_that_may_only_be_read_is_enough(office: Office) -> None:
    for name in ("estimates.csv", "invoices.xlsx", "config.toml"):
        (office.folder / name).chmod(0o444)
    assert office.do("run", "mine", "bills", "--send", now=MONDAY).code == 0


def test_a_file_that_excel_holds_open_is_not_taken_for_a_table(office: Office) -> None:
    (office.folder / "~$invoices.xlsx").write_bytes(b"\x05Dana")
    config = office.folder / "config.toml"
    config.write_text(config.read_text().replace('"invoices.xlsx"', '"*.xlsx"'))
    assert office.do("read", "invoices", "--format", "json").code == 0


def test_the_ledger_is_for_its_owner_only(office: Office) -> None:
    office.do("run", "bills", "--send", now=MONDAY)
    assert (office.folder / "ledger.db").stat().st_mode & 0o077 == 0
