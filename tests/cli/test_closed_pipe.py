"""Somebody stops reading what a command prints: nothing is wrong, and nothing is said."""

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.offices import Office


def run(office: Office, *words: str, stdout: int) -> tuple[int, str]:
    command = [sys.executable, "-m", "contractor_ops", "--office", str(office.folder), *words]
    done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
    return done.returncode, done.stderr


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office")


LITTLE, MUCH = ("review", "list"), ("tables",)


@pytest.mark.parametrize("words", [LITTLE, MUCH])
def test_a_reader_that_has_gone(office: Office, words: tuple[str, ...]) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    code, said = run(office, *words, stdout=writes)
    os.close(writes)
    assert (code, said) == (0, "")


@pytest.mark.skipif(not hasattr(select, "epoll"), reason="what refuses to be written to as a closed pipe of Windows does is Linux's")
@pytest.mark.parametrize("words", [LITTLE, MUCH])
def test_a_reader_that_has_gone_on_windows(office: Office, words: tuple[str, ...]) -> None:
    """Windows says EINVAL, as Linux does of this."""
    with select.epoll() as refuses:
        with pytest.raises(OSError, match="Invalid argument"):
            os.write(refuses.fileno(), b"x")
        assert run(office, *words, stdout=refuses.fileno()) == (0, "")


@pytest.mark.skipif(not hasattr(select, "epoll"), reason="see above")
def test_the_exit_code_is_the_command_s_own(office: Office) -> None:
    with select.epoll() as refuses:
        code, said = run(office, "inbox", "--format", "jsonl", "--now", "2026-11-23T10:00", stdout=refuses.fileno())
        assert (code, said) == (0, "")
        code, said = run(office, "run", "nobody", stdout=refuses.fileno())
        assert code == 3
        assert "nobody" in said
