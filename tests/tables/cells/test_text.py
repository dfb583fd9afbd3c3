from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.tables.cells.text import clean_ids, clean_text, clean_yes_no


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  two  spaces ", "two  spaces"), ("a\r\nb\rc", "a\nb\nc"), ("tab\there", "tab\there"), ("\x1b[31mred\x07", "[31mred"), ("a\u202eb", "ab"),
        ("ok\x00", "ok"),
        ("'Twas fine", "'Twas fine"), ('="00123"', "00123"), ("N/A", None), ("NA", None), ("Na Li", "Na Li"), ("none", "none"), ("👩‍🔧 fixed", "👩‍🔧 fixed"), ("#1042", "#1042"),
        (5.0, "5"), (5.25, "5.25"), (0.1 + 0.2, "0.3"), (True, "TRUE"), (date(2026, 11, 20), "2026-11-20"),
        (datetime(2026, 11, 20, 9), "2026-11-20 09:00:00"),
        ("", None), (None, None), ("-", None), ("—", None), (" \xa0\u200b", None), (float("nan"), None),
    ],
)  # fmt: skip
def test_a_text_loses_only_what_is_no_writing(cell: object, text: str | None) -> None:
    assert clean_text([cell]) == ([text], {})


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (1042.0, "1042"), (1042, "1042"), ("1042.0", "1042"), ("0042", "0042"), ("'0042", "0042"), ('="5001"', "5001"), ("#1042", "#1042"),
        ("EST40-2", "EST40-2"),
        ("1234567890123456789", "1234567890123456789"), ("101, 102", "101, 102"), (" 7 ", "7"), ("1.10", "1.10"), (date(2026, 11, 20), "2026-11-20"),
        ("", None), ("-", None), ("n/a", None), ("None", None), (None, None),
    ],
)  # fmt: skip
def test_a_document_number_is_text_without_a_decimal_point(cell: object, number: str | None) -> None:
    assert clean_ids([cell]) == ([number], {})


@pytest.mark.parametrize("cell", [1234567890123456789.0, 1e15, float("inf"), "1.23457E+18"])
def test_a_number_that_excel_has_rounded_is_told(cell: object) -> None:
    cleaned, troubles = clean_ids(["1", cell])
    assert cleaned == ["1", None]
    assert "Excel has rounded" in troubles[1]


@pytest.mark.parametrize("clean", [clean_text, clean_ids, clean_yes_no])
def test_an_error_cell_is_told(clean: object) -> None:
    cleaned, troubles = clean(["#REF!", "#N/A"])  # type: ignore[operator]
    assert cleaned == [None, None]
    assert all("spreadsheet error" in trouble for trouble in troubles.values())


def test_yes_and_no_are_read_and_an_empty_cell_is_neither() -> None:
    column = ["Yes", "y", "x", "TRUE", "1", "✓", True, 1.0, "No", "n", "0", "FALSE", False, 0.0, "", "-", None, "N/A"]
    assert clean_yes_no(column) == ([True] * 8 + [False] * 6 + [None] * 4, {})


def test_what_is_neither_yes_nor_no_is_told() -> None:
    cleaned, troubles = clean_yes_no(["maybe", 3.0])
    assert cleaned == [None, None]
    assert set(troubles) == {0, 1}


@given(st.lists(st.one_of(st.text(), st.floats(), st.booleans(), st.none(), st.integers(), st.dates(), st.times(), st.timedeltas())))
def test_cleaning_texts_never_raises_and_leaves_no_control_characters(values: list[object]) -> None:
    for clean in (clean_text, clean_ids, clean_yes_no):
        cleaned, troubles = clean(values)
        assert len(cleaned) == len(values)
        assert all(cleaned[index] is None for index in troubles)
    for text in clean_text(values)[0]:
        assert text is None or (text and not any(ord(character) < 32 and character not in "\n\t" for character in text))


@given(st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9 ,.!?'()/&-]*[A-Za-z0-9]\Z"))
def test_plain_writing_is_never_changed(text: str) -> None:
    assert clean_text([text]) == ([text], {})
