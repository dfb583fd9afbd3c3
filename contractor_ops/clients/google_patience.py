"""How long Google is asked again: readings only, where the trouble may pass, and for a minute in all."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from contractor_ops.clients.google_answers import Answer, senseless
from contractor_ops.clients.google_http import NotReached
from contractor_ops.clients.google_refusals import GoogleTrouble, Refusal, meaning_of

MINUTE = 60.0
"""Seconds that are waited in all: Google's quota begins anew with each minute."""
_NOBODY_THERE = 4.0
"""Seconds of the longest pause where nobody is there at all: without a network nobody should have to wait for a minute."""
_LATER = "Try again in a few minutes."


@dataclass
class Patience:
    """What is left of it, in seconds, for all that one account asks; `wait` sleeps."""

    account: str
    wait: Callable[[float], object] = time.sleep
    left: float = MINUTE

    def ask(self, reading: Callable[[], Answer]) -> Answer:
        """The answer to a question that may be asked twice. Raises GoogleTrouble."""
        for pause in _pauses():
            try:
                return reading()
            except NotReached as nothing:
                self.left = 0.0 if pause > _NOBODY_THERE and not nothing.sent else self.left - nothing.seconds
                self._pause(pause, GoogleTrouble(f"Google {nothing.reason}", _LATER))
            except Refusal as refusal:
                trouble = meaning_of(refusal, self.account)
                if not refusal.busy:
                    raise trouble from refusal
                self._pause(pause, trouble, refusal.after or 0.0)
            except ValueError as error:  # what should be JSON is none
                raise senseless() from error
        raise AssertionError("the pauses never end")

    def _pause(self, seconds: float, trouble: GoogleTrouble, at_least: float = 0.0) -> None:
        """Wait before the next try. Raises the trouble once patience is at its end; a wait that Google names is never cut short."""
        if self.left <= 0 or at_least > self.left:
            raise trouble
        seconds = max(min(seconds, self.left), at_least)
        self.left -= seconds
        self.wait(seconds)


def _pauses() -> Iterator[float]:
    pause = 1.0
    while True:
        yield pause
        pause *= 2
