"""The program on a terminal of its own: keys go in, screens come out."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

_SECONDS = 60  # only how long a hanging program is waited for
_CLEAR = "\x1b[2J\x1b[H"
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[=>])")


class Terminal:
    """A terminal in which a command runs; leaving it ends the command as closing the window does."""

    def __init__(self, folder: Path, *words: str, columns: int = 80, lines: int = 24, env: Mapping[str, str] | None = None) -> None:
        command = [sys.executable, "-m", "contractor_ops", *words, "--office", str(folder)]
        surroundings = {key: value for key, value in os.environ.items() if key not in {"EDITOR", "VISUAL", "NO_COLOR", "COLUMNS", "LINES"}}
        surroundings |= {"TERM": "xterm", **(env or {})}
        self.raw = ""
        self._place = 0
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, command, surroundings)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        os.close(self._terminal)
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.pid, signal.SIGHUP)
            os.waitpid(self.pid, 0)

    def until(self, words: str) -> str:
        """Wait until these words come after what was waited for before; the screen as it is then, without colours."""
        while words not in _ESCAPES.sub("", self.raw[self._place :]):
            if not self._read():
                raise AssertionError(f"{words!r} never came, the program ended with:\n{self.screen()}")
        self._place = len(self.raw)
        return self.screen()

    def press(self, keys: str, then: str = "q quit") -> str:
        """Type keys, and wait for the words that tell that it is the person's turn again."""
        os.write(self._terminal, keys.encode())
        return self.until(then)

    def end(self) -> int:
        """Wait for the end; the exit code."""
        while self._read():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def screen(self) -> str:
        """What stands on the screen, without colours and blank lines."""
        told = _ESCAPES.sub("", self.raw.rpartition(_CLEAR)[2]).replace("\r", "")
        return "\n".join(line.rstrip() for line in told.split("\n") if line.strip())

    def _read(self) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], _SECONDS)
        if not ready:
            raise AssertionError(f"nothing came any more after:\n{self.screen()}")
        try:
            came = os.read(self._terminal, 65536)
        except OSError:  # the program has closed its side
            return False
        self.raw += came.decode(errors="replace")
        return bool(came)
