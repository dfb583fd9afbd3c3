"""An office with a ledger of its own, and a way out that does what a test has told it to do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from contractor_ops.actions.bundle import Bundle
from contractor_ops.actions.message import Sending
from contractor_ops.config import read_config
from contractor_ops.ledger.ledger import SqliteLedger
from contractor_ops.office import Office
from contractor_ops.planning.decision import Decision
from contractor_ops.ports import ChannelDown, InDoubt, Message, Receipt, Refused, TryLater, nobody
from contractor_ops.recipe import read_recipe
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.identity import digest_of
from contractor_ops.tables.record import Place
from contractor_ops.work.recover import recover
from tests.offices import CONFIG, follow_up

AT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
DAY_START = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
KEYS = {"first-nudge": "first-nudge", "hand-over": "hand-over"}
RECIPE = read_recipe(follow_up().encode(), "mine", TABLES, ["office", "owner"])


@dataclass
class Post:
    """A way out. `script` says what becomes of each message in turn, then all are taken; `taken` is what really left.

    `asked` is everything that was handed over. With `remembers` it can tell afterwards what has left, as some providers can.
    """

    script: list[str] = field(default_factory=list)
    remembers: bool = False
    name: str = "post"
    local: bool = True
    in_flight: int = 1
    per_second: float | None = None
    asked: list[Message] = field(default_factory=list)
    taken: list[Message] = field(default_factory=list)
    put_off: list[str] = field(default_factory=list)

    def deliver(self, message: Message) -> Receipt:
        self.asked.append(message)
        what = self.script.pop(0) if self.script else "sent"
        if what == "try-later":
            self.put_off.append(message.to)
            raise TryLater("451 come back later")
        if what in {"refused", "opted-out"}:
            raise Refused("550 no such mailbox", opted_out=what == "opted-out")
        if what == "down":
            raise ChannelDown("421 closing")
        if what in {"sent", "doubt-but-left", "killed-after"}:
            self.taken.append(message)
        if what.startswith("doubt"):
            raise InDoubt("the connection broke")
        if what.startswith("killed"):
            raise KeyboardInterrupt
        return Receipt("sent", message.message_id)

    def left(self, message: Message, claimed_at: datetime, known: Callable[[str], bool] = nobody) -> Receipt | Literal[False] | None:
        if not self.remembers:
            return None
        return Receipt("sent", message.message_id) if any(one.message_id == message.message_id for one in self.taken) else False

    def probe(self) -> None:
        """There is nobody to ask."""

    def close(self) -> None:
        """There is nothing to let go of."""


@dataclass
class Desk:
    """The office of a test: what is open here is closed when the test is over."""

    folder: Path
    post: Post = field(default_factory=Post)

    def __post_init__(self) -> None:
        self.office = Office(self.folder, read_config(CONFIG.encode()), _channels={"sms": self.post, "email": self.post})

    @property
    def ledger(self) -> SqliteLedger:
        ledger = self.office.ledger
        assert isinstance(ledger, SqliteLedger)
        return ledger

    def open_run(self) -> int:
        return self.ledger.open_run("mine", AT, True, "auto", self.office.machine)

    def recover(self, run: int) -> None:
        recover(self.office, RECIPE.key, run, lambda: AT)

    def sending(self, run: int, cap: int | None = None, open_until: datetime | None = None, clock: Sequence[datetime] = ()) -> Sending:
        """`open_until` closes the sending window, `clock` lists what the clock says in turn."""
        times = iter(clock)
        return Sending(
            "mine", run, self.ledger, self.office.channel, lambda: next(times, AT),
            lambda _, moment: (open_until is None or moment < open_until, None if open_until is None or moment < open_until else open_until),
            self.office.new_message_id, KEYS, {}, cap, DAY_START, second_try_after=0,
        )  # fmt: skip

    def state(self, record: str) -> str:
        return [entry["state"] for entry in self.ledger.entries(record=record)][-1]

    def states(self, record: str) -> list[str]:
        return [entry["state"] for entry in self.ledger.entries(record=record)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.ledger.close()


def decision(record: str = "E-1", **fields: object) -> Decision:
    """One message that is due now."""
    known = {
        "action": "message", "step": "first-nudge", "channel": "email", "to": f"{record.lower()}@li.example",
        "subject": "Your estimate", "body": f"About {record}.", "customer": "Ann Li", "customer_key": f"email:{record}", "reason": "sent 2 days ago",
    }  # fmt: skip
    known.update(fields)  # type: ignore[arg-type]
    step, reason, customer = known.pop("step"), known.pop("reason"), known.pop("customer")
    one = Decision("act", record, step, reason, "estimates", Place("estimates.csv", None, 2), customer, "office", **known)  # type: ignore[arg-type]
    one.words_hash = one.words_hash or digest_of(one.to, one.body)
    return one


def alone(*records: str) -> list[Bundle]:
    """Messages to different people, one each."""
    return [[decision(record)] for record in records]
