"""Text from a cell can do nothing to a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.reports.printable import one_line, printable


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b2Jgone", "gone"),
        ("\x1b]0;a title\x07here", "here"),
        ("\x1b]8;;http://x.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("bell\x07 back\x08space\x00", "bell backspace"),
        ("abc\u202edcba\u2066x\u200f", "abcdcbax"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("tab\tkept", "tab\tkept"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("Zoë, José, 李, 👩‍🔧", "Zoë, José, 李, 👩‍🔧"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_only_what_can_be_seen_is_left(text, safe):
    assert printable(text) == safe


@given(st.text(st.characters(categories=["Cc", "Cf", "Cs", "L", "P", "Zs", "Zl", "Zp"])))
def test_nothing_that_moves_the_cursor_or_turns_the_text_is_left(text):
    safe = printable(text)
    assert not any(letter in safe for letter in "\x1b\x9b\r\x07\x08\x00\x7f\u202e\u2066\u2028")
    safe.encode("utf-8")


def test_one_line_is_one_line():
    assert one_line("  Ann\r\n\tLi\u2028\x1b[2J ") == "Ann Li"
