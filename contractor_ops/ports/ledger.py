"""What the work asks of the ledger."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from contractor_ops.ports.absent import Away, Numberless
from contractor_ops.ports.inbox import Result
from contractor_ops.ports.memory import (
    CallOutcome,
    ChannelTrouble,
    Claim,
    ClaimResult,
    Doubt,
    History,
    KeptReply,
    OwnValue,
    Pause,
    ReviewChange,
    ReviewItem,
    ReviewState,
    RunEnd,
    RunEntry,
    SentMessage,
    Shape,
    State,
    StepKey,
    Watched,
)  # fmt: skip


class Ledger(Protocol):
    """What has been decided, claimed, sent, answered, reviewed. All times aware; every write is in a transaction.

    Any method raises LedgerTrouble when the file is damaged, read-only, full, locked for over 30 s, or from a newer version.
    """

    # planning
    def history(self, recipe: str, table: str, records: Iterable[str], addresses: Iterable[str], day_start: datetime) -> History:
        """All that planning needs of the past for these records and addresses."""
        ...

    def away(self, recipe: str, table: str, present: Collection[str], since: date) -> list[Away]:
        """The records that are not among those present and of which a recipe's messages named a visit on that day or after it.

        One that somebody was asked about stays among them, also when its day has passed.
        """
        ...

    def numberless(self, table: str) -> Mapping[str, Numberless]:
        """The records that had no number when the ledger came to know them, by id."""
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

    def watch(self, recipe: str, seen: Mapping[tuple[str, str], Watched]) -> None:
        """Remember, by record and step, the columns that a recipe's steps watch."""
        ...

    def keep_values(self, table: str, key: StepKey, values: Mapping[str, str], recipe: str, customer_key: str, at: datetime) -> None:
        """Write into the ledger's own record of a row."""
        ...

    def own_values(self, table: str) -> Mapping[str, Mapping[str, OwnValue]]:
        """What the ledger's own records of a table say, by record and column."""
        ...

    # runs
    def open_run(self, recipe: str, now: datetime, sent: bool, mode: str, machine: str) -> int:
        """Begin a run; its number."""
        ...

    def close_run(self, run: int, at: datetime, end: RunEnd) -> None:
        """End a run."""
        ...

    def runs(self, recipe: str | None = None, limit: int = 50, *, sent: bool = False) -> list[RunEntry]:
        """Past runs, the latest first; with `sent` without rehearsals."""
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

    def recipes_left_open(self) -> list[str]:
        """The recipes that have claims which were never settled."""
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

    def assign_review(self, item: int, owner: str | None, at: datetime) -> None:
        """Give an item to a person, by key; None gives it back to whom the recipe names. It holds whatever runs find later."""
        ...

    def restore_review(self, before: ReviewItem, after: ReviewItem, at: datetime) -> bool:
        """Make what people said of an item what it was `before`; False, and nothing is changed, where it is no longer what it was `after`."""
        ...

    def review_changes(self, since: datetime) -> list[ReviewChange]:
        """What people and runs have made of review items after a moment, the oldest first."""
        ...

    def add_outcome(self, outcome: CallOutcome) -> int:
        """Keep what a call brought; its number."""
        ...

    def take_back_outcomes(self, outcomes: Sequence[int], at: datetime) -> None:
        """These were noted by mistake: they count no more."""
        ...

    def outcomes(self, since: datetime | None = None) -> list[CallOutcome]:
        """What calls brought, the oldest first, without what was taken back."""
        ...

    def note_question(self, what: str, at: datetime) -> None:
        """Note that somebody asked this program instead of a person: "why", "report"."""
        ...

    def questions(self, since: datetime | None = None) -> list[tuple[datetime, str]]:
        """When what was asked, the oldest first."""
        ...

    def opt_out(self, address: str, at: datetime, source: str) -> None:
        """An address wants no messages."""
        ...

    def opt_in(self, address: str, at: datetime, source: str, *, by_person: bool = True) -> bool:
        """An address wants messages again; whether it now gets some. A customer's own START (`by_person` false) never lifts a person's block."""
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

    # what comes back
    def cursor(self, place: str) -> str:
        """Where the last fetch from a place of the inbox left off, "" if there was none."""
        ...

    def move_cursor(self, place: str, cursor: str, at: datetime) -> None:
        """Go on from here next time."""
        ...

    def add_reply(self, reply: KeptReply) -> int | None:
        """Keep a reply; its number, or None where its key is known already."""
        ...

    def reply_known(self, key: str) -> bool:
        """Whether a reply has been kept before."""
        ...

    def replies(self, since: datetime | None = None) -> list[KeptReply]:
        """The replies, the oldest first."""
        ...

    def colleagues_replies(self, table: str) -> list[KeptReply]:
        """What our own people answered when they were asked about rows of this table, the oldest first."""
        ...

    def lift_answers(self, known_as: Sequence[str], at: datetime) -> int:
        """A person has dealt with what these addresses or customer keys answered: they stop nothing more; how many there were."""
        ...

    def has_written_to(self, address: str) -> bool:
        """Whether any message ever went to this address."""
        ...

    def first_message_at(self) -> datetime | None:
        """When the first message of all was claimed."""
        ...

    def sent_to(self, address: str, before: datetime, limit: int = 1) -> list[SentMessage]:
        """The last messages to an address before a moment that left or may have left, the latest first."""
        ...

    def sent_to_whoever_has(self, address: str, before: datetime) -> SentMessage | None:
        """The last message to a customer who was known by this address too, though it went to another one."""
        ...

    def sent_as(self, message_ids: Sequence[str]) -> list[SentMessage]:
        """The messages that had these Message-IDs of ours."""
        ...

    def sent_under(self, provider_id: str) -> SentMessage | None:
        """The message that a provider knows by this id."""
        ...

    def messages(self, since: datetime | None = None) -> list[SentMessage]:
        """Every message, the oldest first."""
        ...

    def result_known(self, key: str) -> bool:
        """Whether a result has been kept before."""
        ...

    def add_result(self, result: Result, message: int | None, at: datetime) -> bool:
        """Keep what a provider says became of a message (its SentMessage.id, None: none that we know); False where it is known already."""
        ...

    def results(self, since: datetime | None = None) -> list[tuple[int | None, Result]]:
        """What became of messages, the oldest first, each with its SentMessage.id."""
        ...

    def channel_troubles(self, since: datetime) -> list[ChannelTrouble]:
        """Channels whose last result since then says that nothing gets through."""
        ...

    def note_landline(self, address: str, at: datetime, source: str) -> None:
        """This number takes no texts."""
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
