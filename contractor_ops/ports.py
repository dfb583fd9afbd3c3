"""What the work asks of the outside world: sources, channels and the ledger, with their values and errors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from contractor_ops.tables.record import Place

# ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────────

Cell = Any
"""A raw cell: str, float, int, bool, date, datetime, time, timedelta; "" or None is blank."""


@dataclass(slots=True)
class Sheet:
    """A sheet as it stands: `rows[0]` is the spreadsheet's row 1. `name` is None in a CSV.

    `errors` maps (row, column), both counted from 0, to an error cell's text ("#REF!"). `hidden` sheets are never chosen by themselves.
    """

    name: str | None
    rows: list[list[Cell]]
    hidden: bool = False
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class Workbook:
    """One file as it stands: `file` is what people call it (relative to the office), `saved_at` its modification time (aware)."""

    file: str
    sheets: list[Sheet]
    saved_at: datetime | None


class Source(Protocol):
    """Where a table's rows come from."""

    def read(self) -> list[Workbook]:
        """Every file of the source. Raises UnusableFile with the file's name, a plain reason and a remedy."""
        ...


# ── channels ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Message:
    """One message that is about to leave. `message_id` is ours, made before sending; `expires_at` ends the sending window."""

    channel: Literal["sms", "email"]
    to: str
    to_name: str
    body: str
    message_id: str
    subject: str | None = None
    html: str | None = None
    commercial: bool = False
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A provider took the message: `sent`, or `queued` where it still has to leave."""

    state: Literal["sent", "queued"]
    provider_id: str


class DeliveryError(Exception):
    """The message did not leave, or nobody knows whether it did. `reason` is one plain sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryLater(DeliveryError):
    """It certainly did not leave, and may be tried again: a temporary refusal."""


class Refused(DeliveryError):
    """It certainly did not leave and never will to this address. `opted_out`: the provider says that the person wants no messages."""

    def __init__(self, reason: str, opted_out: bool = False) -> None:
        super().__init__(reason)
        self.opted_out = opted_out


class ChannelDown(DeliveryError):
    """Nothing can be put to this provider now (refused, silent, wrong credential): the run stops, nothing is in doubt."""


class InDoubt(DeliveryError):
    """The connection broke after the message was handed over: it may have left."""


class Channel(Protocol):
    """A way out. `name` is the provider's ("outbox", "smtp"); `local` means that nothing leaves this machine."""

    name: str
    local: bool

    def deliver(self, message: Message) -> Receipt:
        """Send one message. Raises TryLater, Refused, ChannelDown or InDoubt."""
        ...

    def left(self, message_id: str, since: datetime) -> bool | None:
        """Whether a message in doubt has left: True, False, or None where the provider cannot tell."""
        ...

    def close(self) -> None:
        """Let go of kept-open connections."""
        ...


# ── ledger ───────────────────────────────────────────────────────────────────────────────────────────────────────────

State = Literal[
    "claimed",  # set aside by a run; nothing has been tried
    "trying",  # handed to the channel; not known yet what became of it
    "sent",  # the provider took it
    "queued",  # a task is on the list, or the provider still has to send it
    "failed",  # refused for good
    "in_doubt",  # it may or may not have left: asked of the provider or put before a person
    "skipped",  # a person said: not this one
    "released",  # a claim given back: nothing had been tried, or a temporary refusal
]
SETTLED: frozenset[State] = frozenset({"sent", "queued", "failed", "skipped"})


@dataclass(frozen=True, slots=True)
class StepKey:
    """What must never happen twice: `anchor` is "" unless the recipe re-arms when its anchor moves."""

    record: str
    step: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class StepMemory:
    """What the ledger knows of one step: its state and when that was (aware)."""

    key: StepKey
    state: State
    at: datetime
    claim_id: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReviewMember:
    """One row's step inside a review item, with the hashes of the row and of the words that were shown."""

    key: StepKey
    row_hash: str
    words_hash: str
    place: Place
    customer: str | None = None
    amount: Decimal | None = None
    body: str | None = None


ReviewState = Literal["open", "approved", "dismissed", "done", "gone"]
"""open: a person must look · approved: leaves at the next `run --send` · dismissed: not this time · done: it left · gone: no longer due."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing a person must look at. `id` is 0 until the ledger has given it one; `key` is unique within the recipe.

    `kind`: "message" (words to release), "task" (something to do by hand), "row" (something to settle, nothing to release), "broken" (to mend in the sheet).
    `edited` holds a person's own words in place of `body`. `until`: snoozed till that day.
    """

    recipe: str
    key: str
    kind: Literal["message", "task", "row", "broken"]
    owner: str
    reason: str
    members: tuple[ReviewMember, ...]
    customer: str | None = None
    amount: Decimal | None = None
    channel: str | None = None
    to: str | None = None
    subject: str | None = None
    body: str | None = None
    due: datetime | None = None
    table: str = ""
    id: int = 0
    state: ReviewState = "open"
    created_at: datetime | None = None
    until: date | None = None
    note: str = ""
    edited: str | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """What a person said about one step: `state` is the review item's; the hashes are of what was shown."""

    item: int
    state: ReviewState
    row_hash: str
    words_hash: str
    until: date | None = None
    edited: str | None = None
    note: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A customer whose automation rests: `who` is an address, a customer number or a name as the office typed it."""

    who: str
    until: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows a record's id to stand for: its customer key and its own day (ISO)."""

    customer: str
    day: str


@dataclass(slots=True)
class History:
    """All that planning needs to remember for one recipe and the rows that are still live.

    `steps` and `releases` are by step key; `sent_today` counts messages to an address on the office's day of `now`, across
    recipes; `answered` maps a record id to when its customer answered. `first_sent_at` is the first `--send` of the recipe.
    """

    first_sent_at: datetime | None = None
    steps: dict[StepKey, StepMemory] = field(default_factory=dict)
    releases: dict[StepKey, Release] = field(default_factory=dict)
    sent_today: dict[str, int] = field(default_factory=dict)
    opted_out: frozenset[str] = frozenset()
    pauses: tuple[Pause, ...] = ()
    skips: dict[str, str] = field(default_factory=dict)
    answered: dict[str, datetime] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """One step about to be done for one record. A group's claims share `message_id`: they are taken together or not at all."""

    key: StepKey
    table: str
    action: str
    owner: str
    customer: str | None = None
    customer_key: str = ""
    day: str = ""
    channel: str | None = None
    address: str | None = None
    message_id: str = ""
    subject: str | None = None
    body: str | None = None
    settled_by: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """Whether a group was claimed; if not, `refusal` says why: "already done", "daily cap", "opted out"."""

    claim_ids: tuple[int, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim that an earlier run left open: enough to ask the provider and to tell a person."""

    claim_id: int
    recipe: str
    key: StepKey
    channel: str | None
    address: str | None
    message_id: str
    at: datetime
    state: State


@dataclass(frozen=True, slots=True)
class Shape:
    """What a sheet looked like when it was last trusted."""

    rows: int
    columns: tuple[str, ...]
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended, for the report: `exit_code`, the counts of the run document, brakes that stopped it."""

    exit_code: int
    counts: Mapping[str, int]
    brakes: Sequence[str] = ()
    accepted: Sequence[str] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class RunEntry:
    """One past run of one recipe."""

    id: int
    recipe: str
    now: datetime
    sent: bool
    mode: str
    ended_at: datetime | None
    end: RunEnd | None


class Ledger(Protocol):
    """What has been decided, claimed, sent, answered, reviewed. All times aware; every write is in a transaction.

    Any method raises LedgerTrouble when the file is damaged, read-only, full, locked for over 30 s, or from a newer version.
    """

    # planning
    def history(self, recipe: str, table: str, records: Iterable[str], addresses: Iterable[str], day_start: datetime) -> History:
        """All that planning needs of the past for these records and addresses."""
        ...

    def shape(self, table: str) -> Shape | None:
        """What a table's sheet looked like when it was last trusted."""
        ...

    def remember_shape(self, table: str, shape: Shape) -> None:
        """Trust a sheet's shape from now on."""
        ...

    def recipes_seen(self) -> Mapping[str, str]:
        """Recipe and table, for recipes that have done something."""
        ...

    def last_machine(self) -> str | None:
        """The machine of the latest run."""
        ...

    def last_sent_now(self, recipe: str) -> datetime | None:
        """The latest `now` of the recipe's runs with --send."""
        ...

    # runs
    def open_run(self, recipe: str, now: datetime, sent: bool, mode: str, machine: str) -> int:
        """Begin a run; its number."""
        ...

    def close_run(self, run: int, at: datetime, end: RunEnd) -> None:
        """End a run."""
        ...

    def runs(self, recipe: str | None = None, limit: int = 50) -> list[RunEntry]:
        """Past runs, the latest first."""
        ...

    # claims
    def claim(
        self, run: int, recipe: str, groups: Sequence[Sequence[Claim]], at: datetime, cap: int | None, day_start: datetime
    ) -> list[ClaimResult]:
        """Take groups of steps in one durable transaction; a group is taken whole or refused. `cap` counts messages to an address since `day_start`."""
        ...

    def trying(self, claim_ids: Sequence[int], at: datetime) -> None:
        """Note, without waiting for the disk, that these are being handed to the channel."""
        ...

    def settle(self, claim_ids: Sequence[int], state: State, at: datetime, provider_id: str = "", detail: str = "") -> None:
        """Write what became of claims."""
        ...

    def abandoned(self, recipe: str, run: int) -> list[Doubt]:
        """Claims that other runs of the recipe left open; one that was never tried comes back as "claimed"."""
        ...

    # people's decisions
    def sync_reviews(self, recipe: str, items: Sequence[ReviewItem], at: datetime) -> None:
        """Bring a recipe's queue up to date: new items open, changed ones open again, those no longer given are gone."""
        ...

    def add_task(self, item: ReviewItem, at: datetime) -> int:
        """Put a task on the list, once; its number."""
        ...

    def reviews(self, states: Sequence[ReviewState] = ("open",)) -> list[ReviewItem]:
        """Review items in these states, the oldest due first."""
        ...

    def review(self, item: int) -> ReviewItem | None:
        """One review item, or None."""
        ...

    def decide_review(self, item: int, state: ReviewState, at: datetime, note: str = "", until: date | None = None) -> None:
        """Write what a person decided."""
        ...

    def edit_review(self, item: int, body: str, at: datetime) -> None:
        """Keep a person's own words for a message."""
        ...

    def opt_out(self, address: str, at: datetime, source: str) -> None:
        """An address wants no messages."""
        ...

    def opt_in(self, address: str, at: datetime, source: str) -> None:
        """An address wants messages again."""
        ...

    def opt_outs(self) -> list[tuple[str, datetime, str]]:
        """Addresses that want no messages, since when, and who said so."""
        ...

    def pause(self, pause: Pause, at: datetime) -> None:
        """Let a customer rest."""
        ...

    def resume(self, who: str, at: datetime) -> bool:
        """Lift a pause; whether there was one."""
        ...

    def pauses(self) -> list[Pause]:
        """Every pause."""
        ...

    def skip(self, recipe: str, record: str, reason: str, at: datetime) -> None:
        """End a recipe for one record."""
        ...

    # reading it
    def entries(self, recipe: str | None = None, record: str | None = None) -> list[dict[str, Any]]:
        """The history as plain values, the oldest first."""
        ...

    def verify(self) -> list[str]:
        """What is wrong with the ledger, a sentence each; empty when it is well."""
        ...

    def backup(self, target: str) -> None:
        """Copy the ledger to a file that does not exist yet."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
