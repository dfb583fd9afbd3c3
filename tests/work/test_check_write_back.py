"""`check` rehearses write-back: what would keep a column from being written is told before any run, and nothing is written."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from contractor_ops.work.check_finding import Finding
from tests.offices import ESTIMATES, Office, follow_up
from tests.providers.google_book import EMAIL, Tab, rows_of
from tests.providers.google_sheets import KEY, GoogleServer, not_enabled

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")
HEADINGS = (*ESTIMATES, "Options count", "Next step", "Review")
ROWS = [
    ("E-1", "Ann Li", "ann@li.example", "(312) 555-0142", "Furnace", "Sent", datetime(2026, 11, 19), 900, "", 3, None, None),
    ("E-2", "Bo Diaz", "bo@diaz.example", "(312) 555-0143", "Boiler", "Sent", datetime(2026, 11, 22), 800, "", 2, None, None),
]
BOTH = '{ next_step = "Next step", review = "Review" }'


def office(folder: Path, write_back: str, change: Callable[[Worksheet], object] = lambda sheet: None) -> Office:
    made = Office(folder).recipe("mine", follow_up())
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2026"
    for row in [HEADINGS, *ROWS]:
        sheet.append(row)
    change(sheet)
    book.save(folder / "estimates.xlsx")
    return made.configure(f'\n[tables.estimates]\nfile = "estimates.xlsx"\nwrite_back = {write_back}\n')


def told(office: Office, *, offline: bool = False) -> list[Finding]:
    """What is said of write-back, and that no file has changed by it."""
    before = {file: file.read_bytes() for file in office.folder.rglob("*") if file.is_file()}
    found = check_office(open_office(office.folder), NOW, offline=offline)
    assert {file: file.read_bytes() for file in before} == before
    assert not (office.folder / "backups").exists()
    return [one for one in found if one.about == "table estimates" and "write_back" in one.message]


def test_columns_that_can_be_written_are_well(tmp_path: Path) -> None:
    assert told(office(tmp_path, BOTH)) == [Finding("ok", "table estimates", 'write_back: "Next step" and "Review" can be written')]


def test_a_heading_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    [one] = told(office(tmp_path, '{ next_step = "Nextstep", review = "Review" }'))
    assert one.level == "warning"
    assert one.message == 'write_back: estimates.xlsx, sheet 2026: no column is called "Nextstep", so nothing would be written.'
    assert one.remedy == 'Add a column with that heading or, if "Next step" is meant, write that under write_back in config.toml.'


def test_nothing_unlike_is_suggested(tmp_path: Path) -> None:
    [one] = told(office(tmp_path, '{ last_contact = "Last contact" }'))
    assert one.remedy == "Add a column with that heading, or name another one under write_back in config.toml."


def test_every_wrong_heading_is_told(tmp_path: Path) -> None:
    found = told(office(tmp_path, '{ next_step = "Status", review = "Reviews", last_contact = "Called" }'))
    assert [one.message.split(",")[0] for one in found if "Status" in one.message] == ['write_back: "Status" is where we read status from']
    assert sorted(word for word in ("Reviews", "Called") for one in found if f'"{word}", so' in one.message) == ["Called", "Reviews"]
    assert len(found) == 3


def test_a_protected_sheet_is_told_once_for_all_columns(tmp_path: Path) -> None:
    [one] = told(office(tmp_path, BOTH, lambda sheet: sheet.protection.enable()))
    assert '"Next step" and "Review": the sheet is protected, so nothing would be written' in one.message


def test_a_formula_in_one_of_the_rows(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["K3"] = '=IF(H3>0,"Call","")'

    [one] = told(office(tmp_path, BOTH, change))
    assert 'row 3, "Next step": the cell holds a formula' in one.message


def test_a_status_that_a_drop_down_list_does_not_know(tmp_path: Path) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    def change(sheet: Worksheet) -> None:
        rule = DataValidation("list", formula1='"Sent,Accepted"', showErrorMessage=True)
        rule.add("F2:F9")
        sheet.add_data_validation(rule)

    made = office(tmp_path, '{ status = "Status" }', change)
    assert [one.level for one in told(made)] == ["ok"], "no step sets a status"
    step = '[[steps]]\nname = "nudge"\nafter = "2 days"\ndo = "message"\nsets_status = "Viewed"\ntext = "Any questions?"\n'
    made.recipe("mine", follow_up(steps=step))
    [one] = told(made)
    assert '"Viewed" is not in the cell\'s drop-down list (Sent, Accepted)' in one.message


def test_a_file_that_is_open_is_told_once(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    (tmp_path / "~$estimates.xlsx").touch()
    assert told(made) == []
    found = [one.message for one in check_office(open_office(tmp_path), NOW) if "~$estimates.xlsx" in one.message]
    assert len(found) == 1 and found[0].endswith("and nothing is written back into it")


def test_a_name_that_we_do_not_write_is_told_in_plain_words(tmp_path: Path) -> None:
    ran = office(tmp_path, '{ last_contakt = "Last contact" }').do("check")
    assert ran.code == 3
    assert 'tables.estimates.write_back: "last_contakt" cannot stand here; did you mean "last_contact"?' in ran.err


class TestGoogle:
    def office(self, folder: Path, server: GoogleServer, role: Literal["reader", "writer"]) -> Office:
        rows = [[cell.date() if isinstance(cell, datetime) else cell or "" for cell in row] for row in ROWS]
        server.keep("Books", Tab("2026", rows_of(HEADINGS, *rows)), shared={EMAIL: role})
        address = f"https://docs.google.com/spreadsheets/d/{KEY}/edit"
        made = Office(folder).recipe("mine", follow_up()).configure(f'\n[google]\napi_base = "{server.base}"\nkey_file = "key.json"\n')
        (folder / "key.json").write_text(json.dumps(server.account()), encoding="utf-8")
        (folder / "key.json").chmod(0o600)
        return made.configure(f'\n[tables.estimates]\ngoogle_sheet = "{address}"\nwrite_back = {BOTH}\n')

    def test_a_sheet_that_is_shared_for_looking_only(self, tmp_path: Path) -> None:
        with GoogleServer() as server:
            [one] = told(self.office(tmp_path, server, "reader"))
            assert f"{EMAIL} may look at it, but not change it, so nothing would be written" in one.message
            assert "choose Editor in place of Viewer" in one.remedy
            assert server.asked("batchUpdate") == [] and server.invalid == []

    def test_a_sheet_that_may_be_changed_is_well(self, tmp_path: Path) -> None:
        with GoogleServer() as server:
            assert [one.level for one in told(self.office(tmp_path, server, "writer"))] == ["ok"]
            assert server.asked("batchUpdate") == [] and server.invalid == []

    def test_where_drive_cannot_be_asked_nothing_is_said(self, tmp_path: Path) -> None:
        with GoogleServer() as server:
            server.next(not_enabled("drive.googleapis.com", "Google Drive API"), to="/drive")
            assert [one.level for one in told(self.office(tmp_path, server, "reader"))] == ["ok"]

    def test_offline_nobody_is_asked(self, tmp_path: Path) -> None:
        with GoogleServer() as server:
            assert told(self.office(tmp_path, server, "reader"), offline=True) == []
            assert server.requests == []
