"""What is piped in."""

import io

import openpyxl
import pytest

from contractor_ops.errors import UnusableFile
from contractor_ops.sources.standard_input import StandardInput


def test_piped_text_and_bytes_are_a_workbook_of_unknown_age() -> None:
    for stream in (io.StringIO("Número,b\n1,2\n"), io.BytesIO("Número,b\r\n1,2\r\n".encode())):
        [workbook] = StandardInput(stream).read()
        assert (workbook.file, workbook.saved_at) == ("standard input", None)
        assert [(sheet.name, sheet.rows) for sheet in workbook.sheets] == [(None, [["Número", "b"], ["1", "2"]])]


def test_a_piped_workbook_is_read_too() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Number", 7])
    book.save(out)
    out.seek(0)
    [workbook] = StandardInput(out).read()
    assert workbook.sheets[0].rows == [["Number", 7.0]]


def test_nothing_piped_is_refused() -> None:
    with pytest.raises(UnusableFile, match="standard input is empty"):
        StandardInput(io.BytesIO(b"")).read()
