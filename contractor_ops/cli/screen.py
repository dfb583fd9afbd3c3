"""A terminal that shows one screen at a time and is asked for keys and short texts."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Self

import typer

from contractor_ops.reports.printable import printable
from contractor_ops.reports.review_card import Line, wrapped

_LOOKS = {"head": "1", "dim": "2", "words": "36", "warn": "1;31"}
ESCAPE, _END = "\x1b", ("\x03", "\x04")
"""Esc, and how arrows begin; Ctrl-C and Ctrl-D."""


class Screen:
    """Colours and clearing only where the terminal understands them, and no colours where NO_COLOR is set.

    While it is entered, keys come one by one and are not shown. Ctrl-C is a key too, so that it never cuts a decision in two.
    """

    def __init__(self) -> None:
        self._above: Sequence[Line] = ()
        self._plain = os.environ.get("TERM", "") == "dumb"
        self._colours = not self._plain and not os.environ.get("NO_COLOR")
        self._as_found: list[Any] | None = None
        with contextlib.suppress(ImportError):
            import readline  # lets people go back and forth in what they type

            # Esc alone may be the beginning of an arrow; with Enter it empties the line and ends it.
            readline.parse_and_bind(r'"\e\C-m": "\C-e\C-u\C-m"')

    def __enter__(self) -> Self:
        with contextlib.suppress(ImportError):
            import termios

            self._as_found = termios.tcgetattr(sys.stdin.fileno())
        return self

    def __exit__(self, *_: object) -> None:
        self._key_by_key(False)

    @property
    def width(self) -> int:
        """Columns, one of them left free: some terminals break a full line."""
        return max(shutil.get_terminal_size().columns - 1, 20)

    @property
    def height(self) -> int:
        """Lines."""
        return max(shutil.get_terminal_size().lines, 8)

    def show(self, lines: Sequence[Line], bottom: Sequence[Line]) -> None:
        """A new screen: the lines from the top, and at its foot what is always there."""
        self._above = lines
        lines = lines[: max(self.height - len(bottom), 0)]
        blank = 1 if self._plain else self.height - len(lines) - len(bottom)
        clear = "\n" if self._plain else "\x1b[2J\x1b[H"
        self.say([*lines, *[Line("")] * blank, *bottom], begin=clear, end=" ")

    def foot(self, bottom: Sequence[Line]) -> None:
        """The same screen with something else at its foot."""
        self.show(self._above, bottom)

    def say(self, lines: Sequence[Line], begin: str = "", end: str = "\n") -> None:
        """Lines below what is there. Keys that were typed before are forgotten: a bouncing key must not decide what nobody has read."""
        self._key_by_key(True)
        sys.stdout.write(begin + "\n".join(self._look(line) for line in lines) + end)
        sys.stdout.flush()

    def _look(self, line: Line) -> str:
        text, look = printable(line.text), _LOOKS.get(line.style)
        return f"\x1b[{look}m{text}\x1b[0m" if look and self._colours and text else text

    def key(self) -> str:
        """One key, small; `ESCAPE` for Esc, "" for arrows and the like, "q" for Ctrl-C, Ctrl-D and where the terminal is gone."""
        try:
            typed = typer.getchar() if self._as_found is None else os.read(sys.stdin.fileno(), 64).decode(errors="replace")
        except (EOFError, KeyboardInterrupt, OSError):
            return "q"
        if typed[:1] in {"", *_END}:
            return "q"
        if typed.startswith(ESCAPE):
            return "" if typed.strip(ESCAPE) else ESCAPE
        return typed[0].lower()

    def ask(self, question: str, given: str = "") -> str | None:
        """A line that is typed at the foot, None for an empty one, Esc with Enter, or Ctrl-C; `given` stands there already and may be changed."""
        room = (len(given) + 40) // self.width + 1 if given else 1
        self.foot([*wrapped(Line(question), self.width), *[Line("")] * room])
        if room > 1 and not self._plain:
            sys.stdout.write(f"\x1b[{room - 1}A")
        _prefill(given)
        try:
            with self.line_by_line():
                sys.stdout.write("\r")  # not in the prompt: it would count as a column, and longer lines would break in the wrong place
                return input("> ").strip() or None
        except (EOFError, KeyboardInterrupt):
            return None
        finally:
            _prefill("")

    @contextlib.contextmanager
    def line_by_line(self) -> Iterator[None]:
        """The terminal as it was found, for typing and for other programs."""
        self._key_by_key(False)
        yield

    def _key_by_key(self, wanted: bool) -> None:
        if self._as_found is None:
            return
        import termios
        import tty

        terminal = sys.stdin.fileno()
        if not wanted:
            termios.tcsetattr(terminal, termios.TCSADRAIN, self._as_found)
            return
        tty.setcbreak(terminal)  # forgets what was typed and not read
        mode = termios.tcgetattr(terminal)
        mode[3] &= ~termios.ISIG
        termios.tcsetattr(terminal, termios.TCSADRAIN, mode)


def _prefill(text: str) -> None:
    with contextlib.suppress(ImportError):
        import readline

        readline.set_startup_hook((lambda: readline.insert_text(text)) if text else None)
