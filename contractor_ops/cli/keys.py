"""The keys that somebody presses at a terminal, one at a time: a letter, a control character, Esc, or an arrow with all that it sends."""

import codecs
import contextlib
import os
import select

ESCAPE, END_KEYS = "\x1b", ("\x03", "\x04")
"""Esc, and how arrows begin; Ctrl-C and Ctrl-D."""
_REST_COMES_WITHIN = 0.05  # seconds: an arrow's characters come together, also over a slow line; nobody types Esc and a letter so fast


class Keys:
    """What comes from a terminal that hands keys on as they are pressed."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._came = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def more(self) -> bool:
        """Whether more has come already, as when text is pasted."""
        return bool(self._came)

    def forget(self) -> None:
        """Drop what has come and was not asked for."""
        self._came = ""
        self._decoder.reset()

    def next(self) -> str:
        """The next key. Raises EOFError where the terminal is gone."""
        while not self._came:
            self._read()
        if not self._came.startswith(ESCAPE):
            return self._take(1)
        if len(self._came) == 1 and select.select([self._terminal], [], [], _REST_COMES_WITHIN)[0]:
            with contextlib.suppress(EOFError):
                self._read()
        return self._take(self._sequence())

    def _sequence(self) -> int:
        """How many characters belong to the Esc that stands first: alone, with a letter (Alt), or an arrow and the like."""
        rest = self._came[1:]
        if not rest or rest[0] < " ":  # Esc, and then Enter or another one
            return 1
        if rest[0] == "O":
            return min(len(self._came), 3)
        if rest[0] != "[":
            return 2
        return next((at + 2 for at, character in enumerate(rest) if at and "@" <= character <= "~"), len(self._came))

    def _take(self, length: int) -> str:
        taken, self._came = self._came[:length], self._came[length:]
        return taken

    def _read(self) -> None:
        try:
            came = os.read(self._terminal, 1024)
        except OSError:
            raise EOFError from None
        if not came:
            raise EOFError
        self._came += self._decoder.decode(came)
