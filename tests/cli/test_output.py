"""What is printed for people to read, on a real terminal and in a pipe."""

import os
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="no terminals of this kind here")
SAY = "import sys; from contractor_ops.cli.output import say_wrapped; say_wrapped(sys.argv[1])"


def in_a_pipe(text: str) -> str:
    return subprocess.run([sys.executable, "-c", SAY, text], capture_output=True, text=True, check=True).stdout


def on_a_terminal(text: str, columns: int) -> list[str]:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns)}
    with subprocess.Popen([sys.executable, "-c", SAY, text], stdout=theirs, env=environment) as program:
        os.close(theirs)
        printed = b""
        while part := _read(ours):
            printed += part
        assert program.wait() == 0
    os.close(ours)
    return printed.decode().replace("\r\n", "\n").splitlines()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that the other end is closed
        return b""


def test_a_terminal_breaks_lines_between_words_and_in_line_with_them() -> None:
    text = "warning  config.toml: the name is still the example\n       Hi Ann, it's Northside\n\nno-reply@a-very-long-address.example"
    assert on_a_terminal(text, 30) == [
        "warning  config.toml: the name",
        "         is still the example",
        "       Hi Ann, it's Northside",
        "",
        "no-reply@a-very-long-address.example",
    ]


def test_a_pipe_gets_whole_lines() -> None:
    text = "warning  config.toml: " + "a word " * 60 + "ends"
    assert in_a_pipe(text) == text + "\n"
