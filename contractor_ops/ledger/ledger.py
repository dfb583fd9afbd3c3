"""The ledger in SQLite: one file in the office's folder. Each method is a function of the file named after its concern."""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from contractor_ops.ledger import (
    calls,
    claims,
    forgetting,
    history,
    known,
    messages,
    people,
    questions,
    queue,
    reading,
    replies,
    results,
    reviews,
    runs,
    trails,
)
from contractor_ops.ledger.connection import WAIT, connect
from contractor_ops.ledger.migrating import bring_up_to_date, make_new
from contractor_ops.ports import (
    Away,
    CallOutcome,
    ChannelTrouble,
    Claim,
    ClaimResult,
    Doubt,
    History,
    KeptReply,
    Numberless,
    OwnValue,
    Pause,
    Result,
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
)


class SqliteLedger:
    """`ports.Ledger` in the file at `path`, which is made if there is none, in a folder that must be there.

    `wait` is how many seconds a lock is waited for. Opening brings an older ledger up to date, after making a copy of it. Any
    method raises LedgerTrouble when the file is damaged, read-only, full or locked; opening also when it is from a newer version.
    """

    def __init__(self, path: str | Path, wait: float = WAIT) -> None:
        if not os.access(path, os.F_OK):
            make_new(Path(path), wait)
        self._connection = connect(Path(path), wait)
        try:
            bring_up_to_date(self._connection)
        except BaseException:
            self._connection.close()
            raise

    # planning

    def history(self, recipe: str, table: str, records: Iterable[str], addresses: Iterable[str], day_start: datetime) -> History:
        """All that planning needs of the past for these records and addresses."""
        return history.history(self._connection, recipe, table, records, addresses, day_start)

    def away(self, recipe: str, table: str, present: Collection[str], since: date) -> list[Away]:
        """The records that are not among those present and of which a recipe's messages named a visit on that day or after it, by id."""
        return known.away(self._connection, recipe, table, present, since)

    def numberless(self, table: str) -> Mapping[str, Numberless]:
        """The records that had no number when the ledger came to know them, by id."""
        return known.numberless(self._connection, table)

    def shape(self, table: str) -> Shape | None:
        """What a table's sheet looked like when it was last trusted."""
        return runs.shape(self._connection, table)

    def remember_shape(self, table: str, shape: Shape) -> None:
        """Trust a table's sheet as it looks now."""
        runs.remember_shape(self._connection, table, shape)

    def recipes_seen(self) -> Mapping[str, str]:
        """The recipes that have done something to somebody, each with its table."""
        return runs.recipes_seen(self._connection)

    def last_machine(self) -> str | None:
        """The machine of the latest run; of this very run once it is open."""
        return runs.last_machine(self._connection)

    def last_sent_now(self, recipe: str) -> datetime | None:
        """The latest now that a `--send` of the recipe ever had; this very run's once it is open."""
        return runs.last_sent_now(self._connection, recipe)

    def watch(self, recipe: str, seen: Mapping[tuple[str, str], Watched]) -> None:
        """Remember, by record and step, the columns that a recipe's steps watch."""
        trails.watch(self._connection, recipe, seen)

    def keep_values(self, table: str, key: StepKey, values: Mapping[str, str], recipe: str, customer_key: str, at: datetime) -> None:
        """Write into the ledger's own record of a row."""
        trails.keep_values(self._connection, table, key, values, recipe, customer_key, at)

    def own_values(self, table: str) -> Mapping[str, Mapping[str, OwnValue]]:
        """What the ledger's own records of a table say, by record and column."""
        return trails.own_values(self._connection, table)

    # runs

    def open_run(self, recipe: str, now: datetime, sent: bool, mode: str, machine: str) -> int:
        """Begin a run; its number. `machine` is "hostname/boot-id": `abandoned` goes by it."""
        return runs.open_run(self._connection, recipe, now, sent, mode, machine)

    def close_run(self, run: int, at: datetime, end: RunEnd) -> None:
        """Record how a run ended."""
        runs.close_run(self._connection, run, at, end)

    def runs(self, recipe: str | None = None, limit: int = 50, *, sent: bool = False) -> list[RunEntry]:
        """The latest runs, newest first; with `sent` without rehearsals."""
        return runs.runs(self._connection, recipe, limit, sent=sent)

    # claims

    def claim(
        self, run: int, recipe: str, groups: Sequence[Sequence[Claim]], at: datetime, cap: int | None, day_start: datetime
    ) -> list[ClaimResult]:
        """Set groups aside, durably, each as a whole or not at all; a result for each, in order."""
        return claims.claim(self._connection, run, recipe, groups, at, cap, day_start)

    def trying(self, claim_ids: Sequence[int], at: datetime) -> None:
        """Mark claims as handed to the channel; this outlives a kill, not a power cut. Raises LedgerTrouble for a claim that is lost."""
        claims.trying(self._connection, claim_ids, at)

    def settle(self, claim_ids: Sequence[int], state: State, at: datetime, provider_id: str = "", detail: str = "") -> None:
        """Record what became of claims. Raises LedgerTrouble for one that cannot come to that state any more."""
        claims.settle(self._connection, claim_ids, state, at, provider_id, detail)

    def abandoned(self, recipe: str, run: int) -> list[Doubt]:
        """Claims that other runs left open: "claimed" was never tried, "trying" and "in_doubt" may have left."""
        return claims.abandoned(self._connection, recipe, run)

    def recipes_left_open(self) -> list[str]:
        """The recipes that have claims which were never settled."""
        return claims.recipes_left_open(self._connection)

    # people's decisions

    def sync_reviews(self, recipe: str, items: Sequence[ReviewItem], at: datetime) -> None:
        """Make the recipe's queue what its last run says it is; tasks are left alone."""
        reviews.sync_reviews(self._connection, recipe, items, at)

    def add_task(self, item: ReviewItem, at: datetime) -> int:
        """Put a task on the list; its number."""
        return reviews.add_task(self._connection, item, at)

    def reviews(self, states: Sequence[ReviewState] = ("open",)) -> list[ReviewItem]:
        """The items in these states, by when they are due."""
        return reviews.reviews(self._connection, states)

    def review(self, item: int) -> ReviewItem | None:
        """One item by its number."""
        return reviews.review(self._connection, item)

    def decide_review(self, item: int, state: ReviewState, at: datetime, note: str = "", until: date | None = None) -> None:
        """Record what a person said of an item. Raises UnknownName where there is none, or it is done or gone."""
        reviews.decide_review(self._connection, item, state, at, note, until)

    def edit_review(self, item: int, body: str, at: datetime) -> None:
        """Put a person's own words in place of the message's. Raises UnknownName where there is none, or it is done or gone."""
        reviews.edit_review(self._connection, item, body, at)

    def assign_review(self, item: int, owner: str | None, at: datetime) -> None:
        """Give an item to a person, or back to whom the recipe names. Raises UnknownName where there is none, or it is done or gone."""
        queue.assign_review(self._connection, item, owner, at)

    def restore_review(self, before: ReviewItem, after: ReviewItem, at: datetime) -> bool:
        """Take back what people said of an item between `before` and `after`; False where somebody or a run has gone on from there."""
        return queue.restore_review(self._connection, before, after, at)

    def review_changes(self, since: datetime) -> list[ReviewChange]:
        """What became of review items after a moment, the oldest first."""
        return queue.review_changes(self._connection, since)

    def add_outcome(self, outcome: CallOutcome) -> int:
        """Keep what a call brought, durably; its number."""
        return calls.add_outcome(self._connection, outcome)

    def take_back_outcomes(self, outcomes: Sequence[int], at: datetime) -> None:
        """These outcomes count no more."""
        calls.take_back_outcomes(self._connection, outcomes, at)

    def outcomes(self, since: datetime | None = None) -> list[CallOutcome]:
        """What calls brought since then, the oldest first, without what was taken back."""
        return calls.outcomes(self._connection, since)

    def note_question(self, what: str, at: datetime) -> None:
        """Note that this program was asked instead of a person."""
        questions.note_question(self._connection, what, at)

    def questions(self, since: datetime | None = None) -> list[tuple[datetime, str]]:
        """When what was asked since then, the oldest first."""
        return questions.questions(self._connection, since)

    def opt_out(self, address: str, at: datetime, source: str) -> None:
        """Never message this address again."""
        people.opt_out(self._connection, address, at, source)

    def opt_in(self, address: str, at: datetime, source: str, *, by_person: bool = True) -> bool:
        """Lift an opt-out; whether the address now gets messages. A customer's own START (`by_person` false) lifts no person's block."""
        return people.opt_in(self._connection, address, at, source, by_person)

    def opt_outs(self) -> list[tuple[str, datetime, str]]:
        """The addresses that are never messaged: address, since when, who said so."""
        return people.opt_outs(self._connection)

    def pause(self, pause: Pause, at: datetime) -> None:
        """Let a customer's automation rest."""
        people.pause(self._connection, pause, at)

    def resume(self, who: str, at: datetime) -> bool:
        """End a pause; whether there was one."""
        return people.resume(self._connection, who, at)

    def pauses(self) -> list[Pause]:
        """The pauses that nobody has ended."""
        return people.pauses(self._connection)

    def skip(self, recipe: str, record: str, reason: str, at: datetime) -> None:
        """Take one record out of a recipe."""
        people.skip(self._connection, recipe, record, reason, at)

    def forget_words(self, addresses: Sequence[str]) -> int:
        """Empty all that was written to or by these addresses or customer keys; how many messages to them that were."""
        return forgetting.forget_words(self._connection, addresses)

    # what comes back

    def cursor(self, place: str) -> str:
        """Where the last fetch from a place of the inbox left off, "" if there was none."""
        return results.cursor(self._connection, place)

    def move_cursor(self, place: str, cursor: str, at: datetime) -> None:
        """Go on from here next time; to be called once all that came before is written down."""
        results.move_cursor(self._connection, place, cursor, at)

    def add_reply(self, reply: KeptReply) -> int | None:
        """Keep a reply, durably; its number, or None where its key is known already. Its `records` are found, not given."""
        return replies.add_reply(self._connection, reply)

    def reply_known(self, key: str) -> bool:
        """Whether a reply has been kept before."""
        return replies.reply_known(self._connection, key)

    def replies(self, since: datetime | None = None) -> list[KeptReply]:
        """The replies written since then, the oldest first."""
        return replies.replies(self._connection, since)

    def colleagues_replies(self, table: str) -> list[KeptReply]:
        """What our own people answered about rows of this table, the oldest first."""
        return replies.colleagues_replies(self._connection, table)

    def lift_answers(self, known_as: Sequence[str], at: datetime) -> int:
        """A person has dealt with what these addresses or customer keys answered; how many answers that were."""
        return replies.lift_answers(self._connection, known_as, at)

    def has_written_to(self, address: str) -> bool:
        """Whether a message to this address left or may have left."""
        return messages.has_written_to(self._connection, address)

    def first_message_at(self) -> datetime | None:
        """When the first message of all was claimed."""
        return messages.first_message_at(self._connection)

    def sent_to(self, address: str, before: datetime, limit: int = 1) -> list[SentMessage]:
        """The last messages to an address up to a moment that left or may have left, the latest first."""
        return messages.sent_to(self._connection, address, before, limit)

    def sent_to_whoever_has(self, address: str, before: datetime) -> SentMessage | None:
        """The last message to a customer who was known by this address too, though it went to another one."""
        return messages.sent_to_whoever_has(self._connection, address, before)

    def sent_as(self, message_ids: Sequence[str]) -> list[SentMessage]:
        """The messages that had these Message-IDs, in the order of the ids."""
        return messages.sent_as(self._connection, message_ids)

    def sent_under(self, provider_id: str) -> SentMessage | None:
        """The message that a provider knows by this id."""
        return messages.sent_under(self._connection, provider_id)

    def messages(self, since: datetime | None = None) -> list[SentMessage]:
        """Every message claimed since then, the oldest first; its steps say whether it left."""
        return messages.messages(self._connection, since)

    def result_known(self, key: str) -> bool:
        """Whether a result has been kept before."""
        return results.result_known(self._connection, key)

    def add_result(self, result: Result, message: int | None, at: datetime) -> bool:
        """Keep what a provider says became of a message; False where it is known already."""
        return results.add_result(self._connection, result, message, at)

    def results(self, since: datetime | None = None) -> list[tuple[int | None, Result]]:
        """What happened to messages since then, the oldest first, each with its SentMessage.id."""
        return results.results(self._connection, since)

    def channel_troubles(self, since: datetime) -> list[ChannelTrouble]:
        """Channels whose last result since then says that nothing gets through."""
        return results.channel_troubles(self._connection, since)

    def note_landline(self, address: str, at: datetime, source: str) -> None:
        """This number takes no texts."""
        results.note_landline(self._connection, address, at, source)

    # reading it

    def entries(self, recipe: str | None = None, record: str | None = None) -> list[dict[str, Any]]:
        """Everything that happened, in order of time."""
        return reading.entries(self._connection, recipe, record)

    def verify(self) -> list[str]:
        """What is wrong with the ledger, a sentence each."""
        return reading.verify(self._connection)

    def backup(self, target: str) -> None:
        """Copy the ledger to a new file."""
        reading.backup(self._connection, target)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
