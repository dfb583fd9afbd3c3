"""Cells of a CSV file: the named ones change, and no other byte does."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.errors import NotWritten
from contractor_ops.ports import NewValue
from contractor_ops.sources.file import read_sheets
from tests.sources.writing.making import change, changed

TABLE = "Number,Customer,Status,Next step\r\nEST-1,Ann Li,Sent,Call\r\nEST-2,Bo,Won,\r\n"


def written(text: str | bytes, row: int, values: dict[str, NewValue], key: str = "") -> bytes:
    data = text.encode() if isinstance(text, str) else text
    return changed(data, change(row, values, sheet=None, key=key), name="estimates.csv")


def test_only_the_cell_changes() -> None:
    assert written(TABLE, 2, {"Next step": "Wait"}) == TABLE.replace("Call", "Wait").encode()
    assert written(TABLE, 3, {"Next step": "Wait"}) == TABLE.replace("Won,", "Won,Wait").encode()


def test_several_cells_in_one_go() -> None:
    changes = change(2, {"Next step": "a", "Status": "b"}, sheet=None), change(3, {"Next step": "c"}, sheet=None)
    after = changed(TABLE.encode(), *changes, name="estimates.csv")
    assert after.decode() == "Number,Customer,Status,Next step\r\nEST-1,Ann Li,b,a\r\nEST-2,Bo,Won,c\r\n"


@pytest.mark.parametrize(
    ("line", "new", "meant"),
    [
        ('EST-1,"Li, Ann",Sent,Call', "Wait", 'EST-1,"Li, Ann",Sent,Wait'),
        ('EST-1,Ann,Sent,"Call"', "Wait", 'EST-1,Ann,Sent,"Wait"'),
        ('"EST-1","Ann","Sent",""', "Wait", '"EST-1","Ann","Sent","Wait"'),
        ('"EST-1","Ann","Sent",', "Wait", '"EST-1","Ann","Sent","Wait"'),
        ("EST-1,Ann,Sent,Call", "Call, then wait", 'EST-1,Ann,Sent,"Call, then wait"'),
        ("EST-1,Ann,Sent,Call", 'the "big" one', 'EST-1,Ann,Sent,"the ""big"" one"'),
        ("EST-1,Ann,Sent,Call", "two\nlines", 'EST-1,Ann,Sent,"two\nlines"'),
        ('EST-1,"said ""yes"", so",Sent,Call', "Wait", 'EST-1,"said ""yes"", so",Sent,Wait'),
        ('EST-1,"two\r\nlines",Sent,Call', "Wait", 'EST-1,"two\r\nlines",Sent,Wait'),
        ('EST-1,2" pipe,Sent,Call', "Wait", 'EST-1,2" pipe,Sent,Wait'),
        ('EST-1,"2" pipe",Sent,Call', "Wait", 'EST-1,"2" pipe",Sent,Wait'),
        ('="EST-1",Ann,Sent,="Call"', "Wait", '="EST-1",Ann,Sent,Wait'),
        ("EST-1,Ann", "Wait", "EST-1,Ann,,Wait"),
        ("EST-1,Ann,Sent,Call,,", "Wait", "EST-1,Ann,Sent,Wait,,"),
        ("EST-1,Ann,Sent, Call ", "Wait", "EST-1,Ann,Sent,Wait"),
        ("EST-1,Ann,Sent,Call", None, "EST-1,Ann,Sent,"),
        ("EST-1,Ann,Sent,Call", date(2026, 11, 20), "EST-1,Ann,Sent,2026-11-20"),
        ("EST-1,Ann,Sent,Call", datetime(2026, 11, 20, 14, 5), "EST-1,Ann,Sent,2026-11-20 14:05"),
        ("EST-1,Ann,Sent,Call", Decimal("-12.50"), "EST-1,Ann,Sent,-12.50"),
        ("EST-1,Ann,Sent,Call", '=HYPERLINK("http://x.example")', 'EST-1,Ann,Sent,"\'=HYPERLINK(""http://x.example"")"'),
        ("EST-1,Ann,Sent,Call", "+call", "EST-1,Ann,Sent,'+call"),
    ],
)
def test_the_rows_own_way_of_writing_stays(line: str, new: NewValue, meant: str) -> None:
    around = "Number,Customer,Status,Next step\r\n{}\r\n\"EST-2\",Bo ,'x',\r\n\r\n,,,\r\n"
    assert written(around.format(line), 2, {"Next step": new}) == around.format(meant).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends(encoding: str, separator: str, end: str) -> None:
    lines = ["Number,Customer,Next step", "EST-1,José Müller,Call", "EST-2,Bo,"]
    text = end.join(lines).replace(",", separator)
    after = written(text.encode(encoding), 2, {"Next step": "Zurück – später"})
    assert after == text.replace("Call", "Zurück – später").encode(encoding)


def test_big_endian_and_a_line_that_names_the_separator() -> None:
    text = "sep=;\r\nNumber;Next step\r\nEST-1;Call\r\n"
    data = b"\xfe\xff" + text.encode("utf-16-be")
    assert written(data, 2, {"Next step": "a;b"}) == b"\xfe\xff" + text.replace("Call", '"a;b"').encode("utf-16-be")


def test_rows_count_as_the_spreadsheet_shows_them() -> None:
    text = 'Report\r\n\r\nNumber,Note,Next step\r\nEST-1,"a\r\nb",\r\nEST-2,,\r\n'
    assert written(text, 5, {"Next step": "x"}, key="EST-2") == text.replace("EST-2,,", "EST-2,,x").encode()


def test_what_it_says_already_is_not_written_again() -> None:
    text = TABLE.replace("Call", "2026-11-20")
    assert written(text, 2, {"Next step": date(2026, 11, 20)}) == text.encode()


class TestRefused:
    def test_letters_that_the_encoding_lacks(self) -> None:
        with pytest.raises(NotWritten, match='its encoding \\(cp1252\\) has no "→"'):
            written("Number,Customer,Next step\nEST-1,José,Call\n".encode("cp1252"), 2, {"Next step": "→"})

    def test_another_number_in_the_row(self) -> None:
        with pytest.raises(NotWritten, match='row 2: "Number" is "EST-1" where "EST-7" stood'):
            written(TABLE, 2, {"Next step": "x"}, key="EST-7")

    def test_zero_bytes(self) -> None:
        with pytest.raises(NotWritten, match="encoding is not understood"):
            written(TABLE.replace("Bo", "B\0o"), 2, {"Next step": "x"})

    def test_a_value_that_would_make_the_table_read_otherwise(self) -> None:
        text = "Number|Next step\nEST-1|\n"
        assert written(text, 2, {"Next step": "a,b,c,d"}) == b"Number|Next step\nEST-1|a,b,c,d\n"


cell = st.text(st.sampled_from("ab ,;\"'\n=é|\t"), max_size=8)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(cell, cell), min_size=1, max_size=5),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
    st.data(),
)
def test_whatever_stands_there_everything_else_stays(rows: list[tuple[str, str]], quoting: int, end: str, data: st.DataObject) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerow(["Number", "Note", "Next step", "Last"])
    writer.writerows([f"EST-{at}", note, step, "x"] for at, (note, step) in enumerate(rows, 1))
    before = out.getvalue().encode()
    at = data.draw(st.integers(1, len(rows)))
    new = data.draw(cell)
    after = written(before, at + 1, {"Next step": new}, key=f"EST-{at}")
    old_rows, new_rows = (read_sheets(each, "x.csv")[0].rows for each in (before, after))
    assert [row[:2] + row[3:] for row in old_rows] == [row[:2] + row[3:] for row in new_rows]
    assert [row[2] for row in old_rows[:at] + old_rows[at + 1 :]] == [row[2] for row in new_rows[:at] + new_rows[at + 1 :]]
    assert before.startswith(after[: before.index(f"EST-{at}".encode())])
    following = before.find(f"EST-{at + 1}".encode())
    assert following < 0 or after.endswith(before[following:])
