"""CSV and its cousins as grids of text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.errors import UnusableFile
from contractor_ops.sources.delimited import read_delimited, separator_of

GRID = [["Número", "Client"], ["1", "José Núñez"], ["2", "Ann"]]
TEXT = "Número,Client\n1,José Núñez\n2,Ann\n"


def read(text: str | bytes) -> list[list[str]]:
    return read_delimited(text.encode() if isinstance(text, str) else text, "x.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    assert read(TEXT.encode(encoding)) == GRID


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read_and_an_empty_line_is_a_row(end: str) -> None:
    assert read(end.join(["a,b", "", "1,2", ""])) == [["a", "b"], [], ["1", "2"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_usual_separator_is_found_under_title_lines(separator: str) -> None:
    lines = ["Northside Heating, Air", "Invoices", "", separator.join(["Number", "Customer", "Total"])]
    lines += [separator.join([str(at), "Ann Li", f"{at}0"]) for at in range(5)]
    rows = read("\n".join(lines))
    assert rows[3:5] == [["Number", "Customer", "Total"], ["0", "Ann Li", "00"]]


def test_decimal_commas_do_not_beat_semicolons() -> None:
    assert read("Number;Paid;Total\n1;1,50;2,30\n2;0,50;4,10\n")[1] == ["1", "1,50", "2,30"]


def test_a_cell_with_line_breaks_does_not_speak_for_the_separators_in_it() -> None:
    text = "number,notes\n" + "".join(f'{number},"first; one\nsecond; two\nthird; three"\n' for number in range(3))
    assert separator_of(text) == ","


def test_a_separator_inside_quotes_does_not_count() -> None:
    assert separator_of('"a;b";c\n'.replace(";", "|").replace('"|', '",') + '"x|y|z",1\n') == ","


def test_the_line_that_names_the_separator_is_obeyed_and_not_shown() -> None:
    assert read("sep=;\r\na;b,c\r\n1;2\r\n") == [["a", "b,c"], ["1", "2"]]


def test_a_file_of_one_column_is_read() -> None:
    assert read("Name\nAnn\nBo\n") == [["Name"], ["Ann"], ["Bo"]]


def test_cells_forced_to_text_lose_their_wrapping() -> None:
    assert read('Number,Zip\n="5001",="02139"\n"=""5002""",x\n') == [["Number", "Zip"], ["5001", "02139"], ["5002", "x"]]


def test_line_breaks_inside_quotes_are_one_row() -> None:
    assert read('Number,Notes\r\n1,"first\nsecond, third"\r\n2,x\r\n') == [["Number", "Notes"], ["1", "first\nsecond, third"], ["2", "x"]]


def test_quotes_that_are_not_doubled_are_read_as_people_meant_them() -> None:
    assert read('Part,Count\n2" pipe,4\n"3" copper",5\n') == [["Part", "Count"], ['2" pipe', "4"], ['3 copper"', "5"]]


def test_rows_of_differing_width_and_very_long_cells_are_fine() -> None:
    long = "x" * 300_000
    assert read(f"a,b,c\n1\n1,2,3,4\n{long},2,3\n") == [["a", "b", "c"], ["1"], ["1", "2", "3", "4"], [long, "2", "3"]]


@pytest.mark.parametrize(
    "text",
    [
        'Number,Notes\n1,fine\n2,"never closed\n3,x\n4,y\n',
        'Number,Notes\n1,fine\n2,"never closed',
        'Number,Notes\n1,fine\n2,"never closed\n',
        'Number,Notes\n1,fine\n2,"swallows\n3,x\n4,"a proper cell"\n5,y\n',
        'Number,Notes\n1,"3" pipe"\n2,"never closed\n3,x\n',
    ],
)
def test_a_quote_never_closed_is_refused_with_the_row_where_it_was_opened(text: str) -> None:
    with pytest.raises(UnusableFile, match=r"x\.csv, row 3: a quote"):
        read(text)


def test_a_quoted_line_break_before_it_does_not_shift_the_named_row() -> None:
    with pytest.raises(UnusableFile, match="row 3"):
        read('Number,Notes\n1,"two\nlines"\n2,"never closed\n3,x\n')


@pytest.mark.parametrize("data", [b"a,b\n" + b"1,\x002\n" * 20, b"a,b\n" + bytes(range(256)) * 20])
def test_binary_content_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableFile, match=r"x\.csv is neither a spreadsheet nor text"):
        read(data)


def test_a_separator_that_tears_quoted_cells_apart_is_none() -> None:
    assert read('"a","b,"\n"","","",";"\n"","",""\n') == [["a", "b,"], ["", "", "", ";"], ["", "", ""]]


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=8).map(lambda text: text.replace('="', "'"))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_what_a_csv_writer_writes_is_read_back(rows: list[list[str]], end: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([["a", "b,"], *rows])
    assert read(out.getvalue()) == [["a", "b,"], *rows]
