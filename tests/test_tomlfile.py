"""TOML as people save it, and mistakes told so that they can be mended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.errors import FilesNeedMending
from contractor_ops.tomlfile import did_you_mean, nearest, read_toml


def mistake(content: bytes) -> str:
    with pytest.raises(FilesNeedMending) as refused:
        read_toml(content, "config.toml")
    [sentence] = refused.value.mistakes
    return sentence


@pytest.mark.parametrize(
    "content", [b'a = "1"\nb = 2\n', b'\xef\xbb\xbfa = "1"\nb = 2\n', b'a = "1"\r\nb = 2\r\n', b'\xef\xbb\xbfa = "1"\r\nb = 2']
)
def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(content: bytes) -> None:
    assert read_toml(content, "config.toml") == {"a": "1", "b": 2}


@pytest.mark.parametrize(
    ("content", "place", "hint"),
    [
        (b"a = 1\nb = hello\n", "line 2", "text must stand in quotes"),
        (b"a = True\n", "line 1", "true/false in small letters"),
        (b"a = 1\na = 2\n", "line 2", "this key stands twice"),
        (b"a 1\n", "line 1", "a line must read key = value"),
        (b'a = 1\n\nb = "hello\n', "line 3", "a quote is not closed"),
        (b'a = """\nhello\n', "the last line", "a quote is not closed"),
        (b"a = [1, 2\n", "the last line", ""),
        (b"a = 1\nb = '\xfc'\n", "line 2", "Save the file as UTF-8"),
        (b"a = " + b"9" * 5000, "config.toml", "a number is too long"),
        (b"a = " + b"[" * 5000, "config.toml", "brackets stand too deep"),
    ],
)
def test_a_mistake_names_its_file_and_line_and_what_to_do(content: bytes, place: str, hint: str) -> None:
    told = mistake(content)
    assert told.startswith("config.toml") and place in told and hint in told


@pytest.mark.parametrize(
    "content",
    [b"password = hunter2", b'a = "hunter2', b"a = 1\nb = 2 hunter2", b"[a\nhunter2 = 1", b'a = "hunter2\\q"', b"a = {b = hunter2}"],
)
def test_values_are_never_repeated(content: bytes) -> None:
    assert "hunter2" not in mistake(content)


@given(st.binary(max_size=60) | st.text('ab="[]{}.\n#\\1-:', max_size=60).map(str.encode))
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    try:
        assert isinstance(read_toml(content, "config.toml"), dict)
    except FilesNeedMending as refused:
        assert str(refused).startswith("config.toml")


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("rusn", ["runs", "first_run"], "runs"),
        ("recipient", ["owner", "steps"], None),
        ("Timezone", ["timezone", "name"], "timezone"),
        ("america/chicgo", ["America/Chicago", "America/Denver"], "America/Chicago"),
        ("postal", ["postal_address", "phone"], "postal_address"),
    ],
)
def test_the_nearest_word(word: str, known: list[str], meant: str | None) -> None:
    assert nearest(word, known) == meant


def test_what_is_said_of_an_unknown_word() -> None:
    assert did_you_mean("estimate", ["estimates", "jobs"]) == 'did you mean "estimates"?'
    assert did_you_mean("zzz", ["jobs", "estimates"]) == "it can be estimates, jobs"
    assert did_you_mean("zzz", []) == "there is none"
