"""What the ledger remembers, as plain values: steps and their states, claims, review items, runs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from contractor_ops.tables.record import Place

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
OPEN_STATES: frozenset[State] = frozenset({"claimed", "trying", "in_doubt"})
SETTLED: frozenset[State] = frozenset({"sent", "queued", "failed", "skipped"})

CONFIRMATION = "(opt-out confirmation)"
"""The one step that may be claimed for an address that has opted out: the law allows one message that confirms it."""

MANUAL = "a person of the office"
"""The source of an opt-out that the office itself has set: a customer's own START does not lift it."""


@dataclass(frozen=True, slots=True)
class StepKey:
    """What must never happen twice: `anchor` is "" unless the recipe re-arms when its anchor moves."""

    record: str
    step: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class StepMemory:
    """What the ledger knows of one step: its state and when that was (aware).

    `left` is when its words were handed over, which a provider's later word about them does not change; None where it had none.
    """

    key: StepKey
    state: State
    at: datetime
    claim_id: int
    detail: str = ""
    left: datetime | None = None

    @property
    def done_at(self) -> datetime:
        """When it was done."""
        return self.left or self.at


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


URGENT = "urgent/"
"""How the key of an urgent item begins."""
ReviewState = Literal["open", "approved", "dismissed", "done", "gone"]
"""open: a person must look · approved: leaves at the next `run --send` · dismissed: not this time · done: it left · gone: no longer due."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing a person must look at. `id` is 0 until the ledger has given it one; `key` is unique within the recipe.

    `kind`: "message" (words to release), "task" (something to do by hand), "row" (something to settle, nothing to release), "broken" (to mend in the sheet).
    `edited` holds a person's own words in place of `body`. `until`: snoozed till that day. `owner` is whom a person gave it to, since
    `assigned_at`, and then `assigned` says so too; else whom the recipe names.
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
    assigned: str | None = None
    assigned_at: datetime | None = None

    @property
    def urgent(self) -> bool:
        """Whether it stands before everything else: somebody may be in danger."""
        return self.key.startswith(URGENT)


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """A review item came from one state to another (None: it was new); the same one twice is a snooze or a note. `at` is aware."""

    item: int
    before: ReviewState | None
    state: ReviewState
    at: datetime


Outcome = Literal["reached", "voicemail", "dispute", "promise", "wrong-number"]
"""What a call brought."""


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """What a person noted of a call about one record of a review item; `address` is the number that was called, if any was known.

    `promised_on` is the day that payment was promised for. `id` is 0 until the ledger has given it one.
    """

    item: int
    recipe: str
    table: str
    record: str
    outcome: Outcome
    at: datetime
    customer: str | None = None
    customer_key: str = ""
    address: str | None = None
    promised_on: date | None = None
    note: str = ""
    id: int = 0


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


AnswerWeight = Literal["stops", "pleasant", "automatic"]
"""What an answer does: it stops whatever chases, sells or serves; "yes" and "thanks" let service messages go on; a machine wrote it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a customer answered last: when (aware), what triage took it for ("yes", "question" ...), and its first words.

    `to` is the step of ours that it answers, as "recipe/step", "" for none; `besides` the weightiest of what they answered to anything else.
    """

    at: datetime
    label: str
    weight: AnswerWeight
    words: str = ""
    to: str = ""
    besides: "Answer | None" = None

    def but(self, aside: Collection[str]) -> "Answer | None":
        """The weightiest that answers none of these steps."""
        one: Answer | None = self
        while one and one.to in aside:
            one = one.besides
        return one


@dataclass(frozen=True, slots=True)
class SentStep:
    """One step that a message settled."""

    claim_id: int
    recipe: str
    table: str
    key: StepKey
    owner: str
    state: State
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that was handed to a provider, and the steps that it settled, the one that it names first."""

    id: int
    at: datetime
    channel: str
    address: str
    customer: str | None
    customer_key: str
    provider: str
    message_id: str
    subject: str | None
    body: str | None
    steps: tuple[SentStep, ...]


@dataclass(frozen=True, slots=True)
class KeptReply:
    """A reply as the ledger keeps it: whose it is, what triage made of it, and the message that it answers (None: none of ours).

    `text` is what was newly written, quotations and signature cut off; `whole` all of it. `number` is 0 until the ledger has given it one.
    """

    key: str
    channel: str
    address: str
    at: datetime
    customer: str | None
    customer_key: str
    label: str
    reason: str
    weight: AnswerWeight
    text: str
    whole: str
    subject: str = ""
    answers: int | None = None
    number: int = 0
    records: tuple[tuple[str, str, str], ...] = ()
    """Recipe, table and record of each step that the answered message settled; a colleague's words: of each row that they are about."""
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """The last thing that kept all of a channel's messages from arriving, with nothing delivered since."""

    channel: str
    code: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Watched:
    """Columns that a step watches: their values when it last acted or was first seen, as they are now, and since when (aware) they differ.

    `times`: how often the step has acted on a change.
    """

    told: Mapping[str, str]
    now: Mapping[str, str]
    changed_at: datetime | None
    times: int = 0


@dataclass(frozen=True, slots=True)
class OwnValue:
    """One value of the ledger's own record of a row: what a recipe's step wrote there, and when (aware)."""

    value: str
    recipe: str
    step: str
    at: datetime


@dataclass(slots=True)
class History:
    """All that planning needs to remember for one recipe and the rows that are still live.

    `steps` and `releases` are by step key; `sent_today` counts messages to an address on the office's day of `now`, across
    recipes; `answered` maps an address or a customer's key to the latest answer that no person has lifted, of those that stop something
    the weightiest, also where it came from another address of the customer whom the answered message went to; `answered_records` maps the
    records that such a message was about. `landlines` are numbers that a provider says take no texts, `undelivered` addresses whose last
    message did not arrive, and why. `first_sent_at` is the first `--send` of the recipe. `watched` has the columns that
    steps watch, by record and step.
    """

    first_sent_at: datetime | None = None
    steps: dict[StepKey, StepMemory] = field(default_factory=dict)
    releases: dict[StepKey, Release] = field(default_factory=dict)
    sent_today: dict[str, int] = field(default_factory=dict)
    opted_out: frozenset[str] = frozenset()
    pauses: tuple[Pause, ...] = ()
    skips: dict[str, str] = field(default_factory=dict)
    answered: dict[str, Answer] = field(default_factory=dict)
    answered_records: dict[str, Answer] = field(default_factory=dict)
    landlines: frozenset[str] = frozenset()
    undelivered: dict[str, str] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    watched: dict[tuple[str, str], Watched] = field(default_factory=dict)


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
    provider: str = ""
    subject: str | None = None
    body: str | None = None
    settled_by: str | None = None
    stopped_by: frozenset[AnswerWeight] = frozenset()
    """Refused where the customer has given an answer of such a weight, also to a message about this record, and nobody has lifted that."""
    known_as: tuple[str, ...] = ()
    """Every address of the customer whom the message goes to; empty for tasks and for messages to our own people."""
    aside: frozenset[str] = frozenset()
    """Steps, as "recipe/step": what was answered to those counts for nothing here."""


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """Whether a group was claimed; if not, `refusal` says why.

    It is one of "already done", "opted out", "daily cap", "skipped by a person", "paused", "the customer has answered".
    """

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
    provider: str = ""
    subject: str | None = None
    body: str | None = None
    customer: str | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a sheet looked like when it was last trusted."""

    rows: int
    columns: tuple[str, ...]
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended, for the report: `exit_code`, the counts of the run document, brakes that stopped it.

    `seen` has for each brake, in the same order, what it saw and what to do; earlier versions kept only the names.
    """

    exit_code: int
    counts: Mapping[str, int]
    brakes: Sequence[str] = ()
    accepted: Sequence[str] = ()
    error: str = ""
    seen: Sequence[tuple[str, str]] = ()


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
