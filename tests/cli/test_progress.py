"""Progress is for a person who waits: in a pipe nothing is shown, and a bar never outlives its work."""

import io
import sys
import threading

import pytest

from contractor_ops.cli import progress as bar
from contractor_ops.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_pipe_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as tell:
        tell("Estimate follow-up: sending", 1, 2)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def test_what_is_over_soon_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress() as tell:
        tell("reading", 0, None)
    assert "reading" not in screen.getvalue()


def test_long_work_says_what_is_being_done(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(bar, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    with progress() as tell:
        tell("Estimate follow-up: sending", 1, 4)
        for timer in [one for one in threading.enumerate() if isinstance(one, threading.Timer)]:
            timer.join(5)
        tell("Estimate follow-up: sending", 2, 4)
    assert "Estimate follow-up: sending" in screen.getvalue()


def test_the_bar_is_gone_when_the_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with pytest.raises(KeyboardInterrupt), progress():
        raise KeyboardInterrupt
    assert not [one for one in threading.enumerate() if isinstance(one, threading.Timer)]
