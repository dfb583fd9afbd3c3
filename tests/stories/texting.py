"""An office that texts through Twilio, for stories: a Twilio of our own on this machine, whose clock is the story's."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.offices import CONFIG, ESTIMATES, Ran, follow_up
from tests.providers.twilio_server import TwilioServer
from tests.stories import inside

ZONE = ZoneInfo("America/Chicago")
NOW = "2026-11-23T10:00"
ANN, BOB = "+13125550142", "+13125550143"


class Texting(inside.Office):
    """The office, and the server it texts through; `now` is the time of both, and moves when a story says so."""

    def __init__(self, folder: Path, server: TwilioServer, more: str = "", sms: str = "") -> None:
        self.server = server
        self.now = NOW
        server.clock = lambda: self.moment
        super().__init__(
            folder,
            f"""{CONFIG}
[sms]
provider = "twilio"
from     = "+13125550100"
api_base = "{server.base}"
timeout  = "2 s"
per_second = 100
{sms}
{more}
""",
        )

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.now).replace(tzinfo=ZONE)

    def do(self, *words: str, now: str | None = None, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Ran:
        secrets = {"TWILIO_ACCOUNT_SID": self.server.account_sid, "TWILIO_AUTH_TOKEN": self.server.auth_token}
        return super().do(*words, now=now or self.now, stdin=stdin, env={**secrets, **(env or {})})

    def send(self, recipe: str = "follow-up", *words: str) -> Any:
        """Run a recipe with --send; its document."""
        return self.run(recipe, self.now, "--send", *words)

    def inbox(self) -> Any:
        """Look into the inbox; what came."""
        return self.do("inbox", "--format", "json").json

    def texts(self) -> list[str]:
        """The numbers that a text was taken for."""
        return [row["to"] for row in self.server.messages if row["direction"] != "inbound"]


def estimate(
    number: str = "E-1", customer: str = "Ann Li", phone: str = ANN, sent: str = "2026-11-20", status: str = "Sent", email: str = ""
) -> tuple[str, ...]:
    return (number, customer, email, phone, "Furnace", status, sent, "480", "")


@contextmanager
def texting(folder: Path, *rows: tuple[str, ...], mode: str = "auto", more: str = "", sms: str = "") -> Iterator[Texting]:
    """An office with estimates and a follow-up recipe that texts."""
    with TwilioServer() as server:
        office = Texting(folder / "office", server, more, sms)
        office.sheet("estimates", ESTIMATES, rows or [estimate()])
        office.recipe("follow-up", follow_up(mode))
        yield office
