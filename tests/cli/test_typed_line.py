"""A line that somebody types, and the keys that come from a terminal."""

import os
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.cli.keys import Keys
from contractor_ops.cli.typed_line import TypedLine

LEFT, RIGHT, HOME, END, DELETE, BACK = "\x1b[D", "\x1b[C", "\x1b[H", "\x1b[F", "\x1b[3~", "\x7f"
WORD_LEFT, WORD_RIGHT = "\x1bb", "\x1b[1;5C"


def typed(text: str, *keys: str) -> str:
    """The line after these keys, with a bar where the next letter comes."""
    line = TypedLine(text)
    for key in keys:
        line.press(key)
    return f"{line.text[: line.at]}|{line.text[line.at :]}"


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        (("!",), "Hi Ann!|"), ((LEFT, "x"), "Hi Anx|n"), ((HOME, "x"), "x|Hi Ann"), ((HOME, RIGHT, RIGHT, DELETE), "Hi|Ann"),
        ((BACK, BACK), "Hi A|"), ((HOME, BACK), "|Hi Ann"), ((END, DELETE), "Hi Ann|"), ((WORD_LEFT,), "Hi |Ann"),
        ((WORD_LEFT, WORD_LEFT, WORD_LEFT), "|Hi Ann"), ((HOME, WORD_RIGHT, ","), "Hi,| Ann"), (("\x17",), "Hi |"), (("\x15",), "|"),
        ((HOME, "\x0b"), "|"), (("\t",), "Hi Ann |"), (("\x1b[5~", "\x1b[A", "\x00", "\x1bz"), "Hi Ann|"),
    ],
)  # fmt: skip
def test_keys_change_a_line_as_people_expect(keys: tuple[str, ...], left: str) -> None:
    assert typed("Hi Ann", *keys) == left


def test_an_accent_of_its_own_goes_with_its_letter() -> None:
    assert typed(unicodedata.normalize("NFD", "José"), BACK) == "Jos|"


@given(
    st.text(), st.lists(st.sampled_from([LEFT, RIGHT, HOME, END, DELETE, BACK, WORD_LEFT, WORD_RIGHT, "a", " ", "漢"])), st.integers(4, 12)
)
def test_the_rows_are_the_text_and_none_is_too_wide(text: str, keys: list[str], width: int) -> None:
    line = TypedLine(text)
    for key in keys:
        line.press(key)
    rows, row, column = line.rows(width, 10_000)
    assert "".join(rows) == f"{line.text} "
    assert 0 <= line.at <= len(line.text) and 0 <= row < len(rows) and 0 <= column < width
    assert all(
        sum(2 if unicodedata.east_asian_width(one) in "WF" else not unicodedata.combining(one) for one in part) <= width for part in rows
    )


def test_of_a_text_longer_than_the_screen_the_rows_around_the_place_are_shown() -> None:
    line = TypedLine("aaaabbbbccccdddd")
    assert line.rows(4, 2) == (["dddd", " "], 1, 0)
    line.press(HOME)
    assert line.rows(4, 2) == (["aaaa", "bbbb"], 0, 0)


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("ab", ["a", "b"]), ("\x1b[Ax", ["\x1b[A", "x"]), ("\x1bOD", ["\x1bOD"]), ("\x1b[1;5Cé", ["\x1b[1;5C", "é"]), ("\x1bb", ["\x1bb"]),
        ("\x1b\r", ["\x1b", "\r"]), ("\x1b\x1b", ["\x1b", "\x1b"]), ("\x1b", ["\x1b"]), ("a\x1b[3~", ["a", "\x1b[3~"]),
    ],
)  # fmt: skip
def test_an_arrow_is_one_key_and_esc_another(ends: tuple[int, int], sent: str, keys: list[str]) -> None:
    reading, writing = ends
    os.write(writing, sent.encode())
    os.close(writing)
    came = Keys(reading)
    assert [came.next() for _ in keys] == keys
    with pytest.raises(EOFError):
        came.next()


def test_a_letter_that_comes_in_two_parts_is_one_key(ends: tuple[int, int]) -> None:
    reading, writing = ends
    came = Keys(reading)
    os.write(writing, "aé".encode()[:2])
    assert came.next() == "a" and not came.more
    os.write(writing, "é".encode()[1:])
    assert came.next() == "é"
    os.close(writing)
