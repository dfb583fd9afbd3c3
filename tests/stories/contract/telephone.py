"""An office with a telephone, for the contract's stories: a log of calls in any shape, the recipe that ships, a Twilio on this machine."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.offices import of
from tests.providers.twilio_server import TwilioServer
from tests.stories.texting import ANN, BOB, Texting

OFFICE, OWNER = "+13125550100", "+13125550101"
RECIPE = "missed-call-text-back"
RECIPES = Path(__file__).parents[3] / "recipes"
HEADINGS = ("Call SID", "Start time", "From", "To", "Direction", "Status", "Duration", "Customer", "Transcript")
CUSTOMERS = ("Customer #", "Name", "Phone", "Email", "Do not contact", "Handle by hand", "Pause until")
LEADS = ("Lead #", "Customer", "Phone", "Email", "Request", "Status", "Received", "Notes")
MONDAY = "2026-11-23"
__all__ = [
    "ANN",
    "BOB",
    "CUSTOMERS",
    "HEADINGS",
    "LEADS",
    "MONDAY",
    "OFFICE",
    "OWNER",
    "RECIPE",
    "Telephone",
    "call",
    "of",
    "shipped",
    "telephone",
]


def shipped(name: str, mode: str = "auto") -> str:
    """A recipe that ships, in another mode."""
    text = (RECIPES / f"{name}.toml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("mode "))
    return text.replace(line, f'mode = "{mode}"')


class Telephone(Texting):
    """The office and its log of calls."""

    def log(self, *calls: Sequence[str], headings: Sequence[str] = HEADINGS) -> "Telephone":
        """Write the log: CSV under these headings."""
        self.sheet("calls", headings, calls)
        return self

    def answer(self, *words: str) -> Any:
        """`run missed-call-text-back --send`: its document."""
        return self.run(RECIPE, self.now, "--send", *words)

    def text_to(self, number: str) -> list[str]:
        """The words that were texted to a number."""
        return [row["body"] for row in self.server.outgoing() if row["to"] == number]

    @property
    def callers_texted(self) -> list[str]:
        """Whom a text was taken for, our own people left out."""
        return [number for number in self.texts() if number != OWNER]


def call(
    sid: str, at: str, number: str = ANN, status: str = "no-answer", seconds: str = "", day: str = MONDAY, direction: str = "inbound",
    customer: str = "", transcript: str = "",
) -> tuple[str, ...]:  # fmt: skip
    """A row under HEADINGS."""
    sender, to = (number, OFFICE) if direction == "inbound" else (OFFICE, number)
    return (sid, f"{day} {at}", sender, to, direction, status, seconds, customer, transcript)


@contextmanager
def telephone(folder: Path, now: str = f"{MONDAY}T10:10", mode: str = "auto", more: str = "", sms: str = "") -> Iterator[Telephone]:
    """An office that texts back who was missed."""
    with TwilioServer() as server:
        service = server.service()
        server.number(OFFICE, service=service)
        server.campaign(service, "VERIFIED")
        office = Telephone(folder / "office", server, more, sms)
        office.recipe(RECIPE, shipped(RECIPE, mode))
        office.now = now
        yield office
