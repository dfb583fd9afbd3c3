"""What is printed: for people, for pipes, for scripts. No control character of a cell ever gets out."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractor_ops.cli.output import as_json, print_csv, print_json, print_json_lines, say, to_json, warn

NASTY = "\x1b[31mred\x07 \u202eback\u2028 \x9b2J \ud800 \x00"
values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=12), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=8)


def controls(text: str) -> set[str]:
    return {letter for letter in text if (ord(letter) < 32 and letter not in "\n\t") or 0x7F <= ord(letter) <= 0x9F or letter in "\u202e\u2028\u2029"}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("480.00"), "480"),
        (Decimal("480.50"), "480.5"),
        (Decimal("-0.1"), "-0.1"),
        (date(2026, 11, 23), '"2026-11-23"'),
        (datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("America/Chicago")), '"2026-11-23T10:00:00-06:00"'),
        (timedelta(minutes=1, microseconds=5), "60"),
        ({"a": [None, True, "ü"]}, '{"a": [null, true, "ü"]}'),
    ],
)
def test_values_as_scripts_read_them(value: Any, written: str) -> None:
    assert to_json(value) == written


def test_what_cannot_be_printed_is_our_mistake() -> None:
    with pytest.raises(TypeError, match="cannot print object as JSON"):
        as_json(object())


@given(values)
def test_json_says_the_same_when_it_is_read_again_and_has_no_control_character(value: Any) -> None:
    text = to_json(value)
    assert json.loads(text) == value
    assert not controls(text) and "\n" not in text
    text.encode("utf-8")


@given(st.dictionaries(st.text(max_size=5), values, max_size=4) | values)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_printed_document_is_one_value_of_json(capsys: pytest.CaptureFixture[str], value: Any) -> None:
    print_json(value)
    assert json.loads(capsys.readouterr().out) == value


def test_lists_of_a_document_stand_an_element_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"counts": {"rows": 2}, "decisions": [{"record": "E-1"}, {"record": "E-2"}], "problems": []})
    assert capsys.readouterr().out == '{\n"counts": {"rows": 2},\n"decisions": [\n{"record": "E-1"},\n{"record": "E-2"}\n],\n"problems": []\n}\n'


def test_json_lines_are_one_value_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_json_lines([{"a": "x\ny"}, {"a": NASTY}])
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["a"] for line in lines] == ["x\ny", NASTY]


def test_csv_can_be_read_again_and_runs_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    print_csv([{"a": "=1+1", "b": "-5", "c": "+13125550142"}, {"a": NASTY, "b": None, "c": 'quote "q", comma'}], ["a", "b", "c"])
    out = capsys.readouterr().out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert not rows[0]["a"].startswith("=") and (rows[0]["b"], rows[0]["c"]) == ("-5", "+13125550142")
    assert rows[1]["c"] == 'quote "q", comma' and rows[1]["b"] == ""
    assert not controls(out.replace("\r\n", "\n"))


def test_what_is_said_has_no_control_character_wherever_it_goes(capsys: pytest.CaptureFixture[str]) -> None:
    say(NASTY)
    warn(NASTY)
    said = capsys.readouterr()
    for text in (said.out, said.err):
        assert "red" in text and "back" in text
        assert not controls(text)
