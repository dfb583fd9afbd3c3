"""A terminal that shows one screen at a time and is asked for keys and short texts."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Self

import typer

from contractor_ops.cli.keys import END_KEYS, ESCAPE, Keys
from contractor_ops.cli.typed_line import TypedLine
from contractor_ops.reports.printable import printable
from contractor_ops.reports.review_card import Line, wrapped

_LOOKS = {"head": "1", "dim": "2", "words": "36", "warn": "1;31"}
_PROMPT = "> "


class Screen:
    """Colours and clearing only where the terminal understands them, and no colours where NO_COLOR is set.

    While it is entered, keys come one by one and are not shown. Ctrl-C is a key too, so that it never cuts a decision in two.
    """

    def __init__(self) -> None:
        self._above: Sequence[Line] = ()
        self._plain = os.environ.get("TERM", "") == "dumb"
        self._colours = not self._plain and not os.environ.get("NO_COLOR")
        self._as_found: list[Any] | None = None
        self._keys = Keys(0)

    def __enter__(self) -> Self:
        with contextlib.suppress(ImportError):
            import termios

            self._as_found = termios.tcgetattr(sys.stdin.fileno())
            self._keys = Keys(sys.stdin.fileno())
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
            typed = typer.getchar() if self._as_found is None else self._keys.next()
        except (EOFError, KeyboardInterrupt, OSError):
            return "q"
        if typed[:1] in {"", *END_KEYS}:
            return "q"
        if typed.startswith(ESCAPE):
            return "" if typed.strip(ESCAPE) else ESCAPE
        return typed[0].lower()

    def ask(self, question: str, given: str = "") -> str | None:
        """A line that is typed at the foot, None for Esc or Ctrl-C; `given` stands there already and may be changed."""
        above = wrapped(Line(question), self.width)
        room = min((len(given) + 40) // self._line_width + 1 if given else 1, self.height - len(above))
        self.foot([*above, *[Line("")] * room])
        if room > 1 and not self._plain:
            sys.stdout.write(f"\x1b[{room - 1}A")
        sys.stdout.write("\r")
        if self._as_found is None or self._plain:
            return self._given_line(given)
        return self._typed(TypedLine(given), self.height - len(above))

    @property
    def _line_width(self) -> int:
        return max(self.width - len(_PROMPT), 10)

    def _typed(self, line: TypedLine, most: int) -> str | None:
        """Key by key: Esc goes back at once, and what is typed is drawn here, whatever its length."""
        sys.stdout.write(_PROMPT)
        row = 0
        while True:
            row = self._draw(line, most, row)
            try:
                while (key := self._keys.next()) not in {"\r", "\n", ESCAPE, *END_KEYS}:
                    line.press(key)
                    if not self._keys.more:  # of a text that is pasted, the end is enough
                        break
                else:
                    return line.text.strip() if key in {"\r", "\n"} else None
            except EOFError:
                return None

    def _draw(self, line: TypedLine, most: int, row_before: int) -> int:
        """The line anew, and the cursor where the next letter comes; its row, from the first one down."""
        margin = len(_PROMPT)
        rows, row, column = line.rows(self._line_width, most)
        up = f"\x1b[{row_before}A" if row_before else ""
        back = f"\x1b[{len(rows) - 1 - row}A" if row < len(rows) - 1 else ""
        told = f"\r\n{' ' * margin}".join(printable(one) for one in rows)
        sys.stdout.write(f"{up}\r\x1b[{margin}C\x1b[J{told}{back}\r\x1b[{margin + column}C")
        sys.stdout.flush()
        return row

    def _given_line(self, given: str) -> str | None:
        """Where keys do not come one by one, or nothing can be drawn: a line as Python reads it."""
        _prefill(given)
        try:
            with self.line_by_line():
                return input(_PROMPT).strip()
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
        self._keys.forget()
        mode = termios.tcgetattr(terminal)
        mode[3] &= ~termios.ISIG
        termios.tcsetattr(terminal, termios.TCSADRAIN, mode)


def _prefill(text: str) -> None:
    with contextlib.suppress(ImportError):
        import readline

        readline.set_startup_hook((lambda: readline.insert_text(text)) if text else None)
