"""A secret typed at a terminal: nothing of it is shown, neither what is asked for nor what is typed too much."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from contractor_ops.cli.output import say_wrapped

_THROWN_AWAY = "More was typed than was asked for. It was thrown away, so that it does not stand in your shell."


@contextmanager
def typed_unseen(prompt: str) -> Iterator[str]:
    """A line that somebody types; until it is kept, what else they type is not shown either, and afterwards they are told that it is gone."""
    try:
        import termios
    except ImportError:  # Windows
        yield str(typer.prompt(prompt, hide_input=True, default="", show_default=False))
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    unseen = termios.tcgetattr(terminal)
    unseen[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSADRAIN, unseen)  # what was typed already counts: getpass would throw it away
    try:
        sys.stdout.write(f"{prompt}: ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        sys.stdout.write("\n")
        yield line
        if _is_more(terminal):
            say_wrapped(_THROWN_AWAY)
    finally:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


def _is_more(terminal: int) -> bool:
    """Whether keys wait that nobody has asked for, a line that was not ended among them."""
    import select
    import termios

    keys = termios.tcgetattr(terminal)
    keys[3] &= ~termios.ICANON
    termios.tcsetattr(terminal, termios.TCSANOW, keys)
    return bool(select.select([terminal], [], [], 0)[0])
