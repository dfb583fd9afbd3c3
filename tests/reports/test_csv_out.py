"""Every CSV is safe in a spreadsheet and fit to be read back."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contractor_ops.reports.csv_out import write_csv


def cell_of(value: object) -> str:
    """The one cell of a one-cell file, as a spreadsheet would read it."""
    stream = io.StringIO()
    write_csv([{"cell": value, "end": "."}], ["cell", "end"], stream)
    _, (cell, _) = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    return cell


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+SUM(A1)",
        "-2+3",
        "@cmd",
        "\t=1",
        "\r=1",
        "\x00=1",
        " =1",
        "\n=1",
        "\x1b[0m=1",
        "-",
        "--5",
        "+",
        "＝1",
        '=HYPERLINK("x")',
        "-1,+cmd|' /C calc'!A0",
    ],
)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(formula):
    assert cell_of(formula).startswith("'")


@pytest.mark.parametrize(
    "plain",
    [
        "-5",
        "+3.50",
        "-1,250.00",
        "1e5",
        "-1e5",
        "-.5",
        "+13125550142",
        "+1 (312) 555-0142",
        "+13125550142;ext=12",
        "+13125550142, +13125550143",
        "Ann-Li",
        "a=b",
    ],
)
def test_plain_numbers_telephones_and_words_stay_as_they_are(plain):
    assert cell_of(plain) == plain


@given(st.text() | st.from_regex(r"[\s\x00]*[=+\-@][0-9a-z,.()|!+ ]*", fullmatch=True))
@example("+1,=1")
@example("-1%0")
def test_no_cell_starts_a_formula_unless_it_is_a_number_or_a_telephone(text):
    cell = cell_of(text)
    if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\x00")):
        assert cell[0] in "+-" and any(letter.isdigit() for letter in cell)
        assert not set(cell) - set("0123456789+-.,()eE% ;xt=")
        assert "=" not in cell.replace(";ext=", "")


@given(st.text())
def test_no_cell_holds_a_control_character(text):
    assert not any((ord(letter) < 32 and letter not in "\n\t") or 127 <= ord(letter) < 160 for letter in cell_of(text))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (Decimal("1250.50"), "1250.50"),
        (Decimal("1E+5"), "100000"),
        (Decimal("NaN"), ""),
        (Decimal("-5"), "-5"),
        (1.5, "1.5"),
        (float("nan"), ""),
        (True, "yes"),
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23, 10, tzinfo=UTC), "2026-11-23T10:00:00+00:00"),
        (timedelta(minutes=2), "120"),
        (["a", None, 3], "a, , 3"),
        ({"row": 3}, '{"row": 3}'),
    ],
)
def test_values_are_written_so_that_a_script_reads_them(value, cell):
    assert cell_of(value) == cell


def test_words_keep_their_lines_commas_and_quotes():
    words = 'Hi "Ann",\nany questions?'
    assert cell_of(words) == words


def test_a_column_that_a_row_lacks_is_blank_and_headings_are_cells_too():
    stream = io.StringIO()
    write_csv([{"a": 1}, {"=b": 2}], ["a", "=b"], stream)
    assert stream.getvalue() == "a,'=b\n1,\n,2\n"
