"""The papers of one job, understood: what was agreed, what is billed, how far the work is."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from contractor_ops.config import BillingPart
from contractor_ops.tables.record import Record
from contractor_ops.views.books.billed import JobsByNumber, that_bill_work
from contractor_ops.views.books.invoice_words import notes_speak_of_a_part, speaks_of_a_part, speaks_of_the_rest
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.what_counts import accepted, amount, days_in, is_credit, meaning, told_once, total_of

State = Literal["done", "open", "off", "part", "unknown", "untold"]
"""How far work is. "part": some visits are done; "unknown": its status says nothing; "untold": the sheet has no status."""
OPEN = frozenset({"booked", "scheduled", "under-way", "on-hold"})
OFF = frozenset({"cancelled", "no-show"})
DONE = frozenset({"completed", "invoiced"})
REFUSED = frozenset({"declined", "expired"})


@dataclass(frozen=True, slots=True)
class Policy:
    """What the office wants told, and what its sheets can tell. `is_due` says of a day of completion whether an invoice should have gone out.

    `keeps` are its tables, `has` (table, column) for columns whose absence matters; `typical` job types that usually have an accepted estimate;
    `since` the first day of a table's papers; `sign` that of its payments; `linked` whether its jobs and estimates name each other.
    """

    billing: BillingPart
    today: date
    is_due: Callable[[date], bool]
    keeps: frozenset[str]
    has: frozenset[tuple[str, str]]
    typical: frozenset[str]
    since: Mapping[str, date]
    sign: int
    linked: bool = True

    def beyond(self, difference: Decimal, of: Decimal) -> bool:
        """Whether a difference from a sum is beyond the tolerance: its amount and its per cent, both."""
        tolerance = self.billing.tolerance
        return abs(difference) > tolerance.amount and abs(difference) * 100 > tolerance.percent * abs(of)

    def should_have_estimate(self, job_type: object) -> bool:
        """Whether every job of a type should have an accepted estimate."""
        return (kind := plain(job_type)) != "" and (kind in self.typical or kind in {plain(one) for one in self.billing.estimate_for})


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """One job; several rows are its visits. `done_on` is the last day of completion, `total` what it comes to."""

    rows: tuple[Record, ...]
    state: State
    done_on: date | None
    total: Decimal | None

    @property
    def number(self) -> str:
        """The job's number, "" where it has none."""
        return str(self.rows[0]["number"] or "")


@dataclass(frozen=True)
class Case:
    """One group of papers. What it works out is worked out once, when it is asked for."""

    books: JobBooks
    policy: Policy

    @cached_property
    def works(self) -> list[Work]:
        """The jobs, visits of one put together."""
        found: dict[object, list[Record]] = {}
        for job in self.books.jobs:
            found.setdefault(job["number"] or id(job), []).append(job)
        return [self._work(rows) for rows in found.values()]

    def _work(self, rows: Sequence[Record]) -> Work:
        states = {self._state(row) for row in rows} - {"off"}
        state: State = "off" if not states else states.pop() if len(states) == 1 else "part" if "done" in states else "open"
        days = [day for row in rows if (day := day_in(row, "completed_on"))]
        return Work(tuple(rows), state, max(days, default=None), total_of(amount(one, "total") for one in told_once(rows, "total")))

    def _state(self, job: Record) -> State:
        known = meaning(job)
        if known in OFF:
            return "off"
        done = day_in(job, "completed_on")
        if known in DONE or (done is not None and done <= self.policy.today):
            return "done"
        if known in OPEN:
            return "open"
        return "unknown" if ("jobs", "status") in self.policy.has else "untold"

    @cached_property
    def live(self) -> list[Record]:
        """Invoices that stand, credits apart: sent, paid, overdue, written off, or of a status that nobody knows."""
        return [one for one in self.books.invoices if meaning(one) not in {"draft", "void"} and not is_credit(one)]

    @cached_property
    def credits(self) -> list[Record]:
        """What was given back, totals below zero."""
        return [one for one in self.books.invoices if meaning(one) not in {"draft", "void"} and is_credit(one)]

    @cached_property
    def drafts(self) -> list[Record]:
        """Invoices that were begun and not sent."""
        return [one for one in self.books.invoices if meaning(one) == "draft"]

    @cached_property
    def accepted(self) -> list[Record]:
        """Estimates that the customer said yes to: their status says so, or there is a day of approval and no refusal."""
        sure = accepted(self.books.estimates, self.books.jobs)
        return [one for one in self.books.estimates if one in sure or (one["approved_on"] is not None and meaning(one) not in REFUSED)]

    @cached_property
    def billed(self) -> Decimal | None:
        """What is billed, credits taken off; None where an invoice's total is not known."""
        return total_of(amount(one, "total") for one in (*self.live, *self.credits))

    @cached_property
    def going(self) -> list[Work]:
        """The jobs that were not called off."""
        return [work for work in self.works if work.state != "off"]

    @property
    def is_done(self) -> bool:
        """Whether all of the work is done."""
        return bool(self.going) and all(work.state == "done" for work in self.going)

    @cached_property
    def worth(self) -> Decimal | None:
        """What the jobs come to by their own rows."""
        return total_of(work.total for work in self.going) if self.going else None

    def bills(self, invoice: Record) -> list[Work]:
        """The jobs that an invoice is for: those that it names or that name it, else all."""
        return list(dict.fromkeys(self._work_of[id(job)] for job in self._payers.of(invoice))) or self.works

    @cached_property
    def _payers(self) -> JobsByNumber:
        return JobsByNumber(self.books.jobs)

    @cached_property
    def _work_of(self) -> dict[int, Work]:
        return {id(row): work for work in self.works for row in work.rows}

    @cached_property
    def covered(self) -> frozenset[Work]:
        """The jobs that an invoice bills which stands for more than a part."""
        whole = [self.bills(one) for one in that_bill_work(self.books) if not is_part(one)]
        return (
            frozenset(self.works) if any(bills is self.works for bills in whole) else frozenset(work for bills in whole for work in bills)
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap. `key` tells it from others of its job; `amount` is at stake, None where nobody can tell; `paper` is the row that shows it best.

    `because` begins with the kind; `since` are days to count from, the first that is known; `named` are the papers of its sentence.
    `billed` says that its money stands on an invoice: what is still open there may be the same money.
    """

    kind: str
    key: str
    amount: Decimal | None
    because: str
    paper: Record
    since: tuple[date | None, ...]
    review: tuple[str, ...] = ()
    named: tuple[Record, ...] = ()
    agreed: Decimal | None = None
    works: tuple[Work, ...] = field(default=())
    billed: bool = False


def is_part(invoice: Record) -> bool:
    """Whether an invoice says that it bills only a part that comes before the rest: a deposit, progress, a change order."""
    return marked(invoice) and not any(speaks_of_the_rest(words) for words in _words(invoice))


def marked(invoice: Record) -> bool:
    """Whether an invoice says that it is one of several: a part, or what was left."""
    return any(speaks_of_a_part(words) for words in _words(invoice)) or notes_speak_of_a_part(invoice["notes"])


def _words(invoice: Record) -> Iterable[str]:
    """Where an invoice says what it is: its title, and its number where that has words: "2041 draw 2"."""
    number = str(invoice["number"] or "")
    return (str(invoice["title"] or ""), *([number] if " " in number else []))


def day_in(record: Record, *columns: str) -> date | None:
    """The first of these columns that has a day."""
    return next(iter(days_in(record, *columns)), None)


def plain(text: object) -> str:
    """A kind of job for comparing: capitals, dashes and spaces do not matter."""
    return " ".join(re.findall(r"\w+", str(text or "").casefold()))


def called(kind: str, papers: Iterable[Record]) -> str:
    """ "invoice 2041", "invoices 2041 and 2042"; a paper without a number is named by its row."""
    names = [str(one["number"]) if one["number"] else f"in {one.place}" for one in papers]
    return f"{kind if len(names) == 1 else kind + 's'} {in_words(names)}"


def in_words(names: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1] if names else "") if part)


def ago(day: date, today: date) -> str:
    """ "8 days ago", "today"."""
    days = (today - day).days
    return (
        "today" if days == 0 else f"{days} day{'' if days == 1 else 's'} ago" if days > 0 else f"in {-days} day{'' if days == -1 else 's'}"
    )
