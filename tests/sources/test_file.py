"""Files as a source: the right reader for what is in them, whatever their name says."""

import io
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import xlwt

from contractor_ops.errors import Exit, UnusableFile
from contractor_ops.sources.file import FileSource

CSV = b"Number,Customer,Total\n1,Ann Li,20\n2,Bo Ray,30\n"


def xlsx() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Number", "Total"])
    book.active.append(["A-1", 20])
    book.save(out)
    return out.getvalue()


def xls() -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("Jobs")
    for column, cell in enumerate(["A-1", 20]):
        sheet.write(0, column, cell)
    book.save(out)
    return out.getvalue()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def read(folder: Path, name: str, data: bytes) -> list[list[object]]:
    (folder / name).write_bytes(data)
    [workbook] = FileSource(folder, [name]).read()
    return workbook.sheets[0].rows


def test_a_file_is_named_from_the_office_and_dated_in_utc(tmp_path: Path) -> None:
    office = tmp_path / "office"
    (office / "exports").mkdir(parents=True)
    for path in (office / "exports" / "a.csv", tmp_path / "b.csv"):
        path.write_bytes(CSV)
        os.utime(path, (1_700_000_000, 1_700_000_000))
    inside, outside = FileSource(office, ["exports/a.csv", str(tmp_path / "b.csv")]).read()
    assert (inside.file, outside.file) == ("exports/a.csv", "b.csv")
    assert inside.saved_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "data", "rows"),
    [
        ("export.csv", xlsx(), [["Number", "Total"], ["A-1", 20.0]]),
        ("export.xls", xlsx(), [["Number", "Total"], ["A-1", 20.0]]),
        ("export.xlsx", xls(), [["A-1", 20.0]]),
        ("export.xls", CSV.replace(b",", b"\t"), [["Number", "Customer", "Total"], ["1", "Ann Li", "20"], ["2", "Bo Ray", "30"]]),
        ("export", CSV, [["Number", "Customer", "Total"], ["1", "Ann Li", "20"], ["2", "Bo Ray", "30"]]),
    ],
)
def test_the_content_decides_not_the_name(tmp_path: Path, name: str, data: bytes, rows: list[list[object]]) -> None:
    assert read(tmp_path, name, data) == rows


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.csv", b"", "empty"),
        ("x.csv", b"\xef\xbb\xbf\r\n \r\n", "empty"),
        ("x.xlsx", b"", "empty"),
        ("x.xls", b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        ("x.html", b'<?xml version="1.0" ?>\n<!DOCTYPE html>\n<html></html>', "a web page"),
        ("x.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "an XML Spreadsheet 2003"),
        ("x.xml", b'<?xml version="1.0"?><calls/>', "an XML file"),
        ("x.json", b'[{"number": 1}]', "a JSON file"),
        ("x.eml", b"Subject: Re: Test\r\nFrom: x <x@mail.example>\r\nMessage-Id: <1@mail.example>\r\n\r\nHello, you\r\n", "an e-mail"),
        ("x.vcf", b"BEGIN:VCARD\nFN:Ann\nEND:VCARD\n", "an address card"),
        ("x.pdf", b"%PDF-1.7 ...", "a PDF"),
        ("x.xls", b"The attachment could not be found!", "plain text"),
        ("x.docx", zipped("word/document.xml"), "a Word document"),
        ("x.zip", zipped("a.csv"), "a zip archive"),
        ("x.numbers", zipped("Index/Document.iwa"), "an Apple Numbers document"),
        ("x.xlsx", xlsx()[:2000], "damaged"),
        ("x.xls", xls()[:600], "damaged"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(500), "a password"),
    ],
)
def test_what_is_no_table_is_refused_plainly(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnusableFile) as refusal:
        read(tmp_path, name, data)
    assert refusal.value.message.startswith(name)
    assert reason in refusal.value.message
    assert refusal.value.remedy
    assert refusal.value.exit_code == Exit.FILES_NEED_MENDING


def test_a_heading_called_from_does_not_make_it_a_mailbox(tmp_path: Path) -> None:
    assert read(tmp_path, "calls.csv", b"From number,To number\n1,2\n") == [["From number", "To number"], ["1", "2"]]


def test_title_lines_of_a_report_are_not_taken_for_an_e_mail(tmp_path: Path) -> None:
    titles = b"Company: Northside\nReport: Invoices\nFrom: Jan 1\nTo: Jan 31\nDate: Feb 1\nNumber,Total\n1,2\n"
    assert len(read(tmp_path, "x.csv", titles)) == 7


def test_a_workbook_that_would_unpack_to_gigabytes_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/worksheets/sheet1.xml", "w") as part:
        for _ in range(260):
            part.write(bytes(1_000_000))
    with pytest.raises(UnusableFile, match=r"bomb\.xlsx would unpack to 0\.3 GB"):
        read(tmp_path, "bomb.xlsx", out.getvalue())


def test_wanted_sheets_choose_among_a_workbooks_and_leave_a_csv_alone(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("2024", "2025", "2026"):
        book.create_sheet(name).append([name])
    book.save(tmp_path / "jobs.xlsx")
    (tmp_path / "jobs.csv").write_bytes(CSV)
    workbook, text = FileSource(tmp_path, ["jobs.xlsx", "jobs.csv"], ["2026", "2025"]).read()
    assert [sheet.name for sheet in workbook.sheets] == ["2026", "2025"]
    assert [sheet.name for sheet in text.sheets] == [None]


def test_a_workbook_that_is_open_in_excel_is_read(tmp_path: Path) -> None:
    (tmp_path / "~$jobs.xlsx").write_bytes(b"\x05Dana")
    assert read(tmp_path, "jobs.xlsx", xlsx())[1] == ["A-1", 20.0]
