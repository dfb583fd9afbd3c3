"""Papers without numbers, joined by their customer, and only where nothing else fits.

An invoice (or estimate) and a job are for each other when neither names a number, neither has another, and nothing speaks against
it: not the days, not what they are about. Where several fit, an equal total decides; else a person does.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contractor_ops.tables.record import Record
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.candidates import Visits, candidates, loose, visits_of
from contractor_ops.views.books.links import ONE, Linker
from contractor_ops.views.books.numbers import core_of, numbers_written
from contractor_ops.views.books.only_job import for_the_only_job, said_in_notes
from contractor_ops.views.books.what_counts import ACCEPTED, days_in, is_credit, meaning

_WORD = re.compile(r"[^\W\d_]{4,}")
_SAYS_LITTLE = frozenset({
    "service", "services", "repair", "repairs", "replace", "replacement", "install", "installation", "work", "system", "unit", "home", "house",
    "visit", "call", "check", "invoice", "estimate", "job", "deposit", "with", "from", "existing",
})  # fmt: skip


def by_names(linker: Linker) -> None:
    """Join what names no number and is named by none; tell where several fit."""
    if linker.papers["jobs"]:
        _Match(linker, "invoices", ("job", "estimate"), _invoice_fits).join()
        _Match(linker, "estimates", ("job",), _estimate_fits).join()
    said_in_notes(linker)
    for_the_only_job(linker)


@dataclass(frozen=True, slots=True)
class _Match:
    """Papers of one table that wait for a job, and jobs that wait for one of them."""

    linker: Linker
    table: str
    columns: tuple[str, ...]
    fits: Callable[[Record, Record], bool]

    def join(self) -> None:
        """Equal totals first; then what is left alone with each other, and several that come to the job's total; the rest is told."""
        indirect = set(_by_their_estimate(self.linker)) if self.table == "invoices" else set()
        rows = [*loose(self.linker, self.table, self.columns), *sorted(indirect)]
        visits = visits_of(self.linker) if rows else {}
        jobs = self._open_jobs(visits) if rows else []
        unpriced = set(self.linker.without("jobs", ("estimate",), ("estimates",))) if indirect else set()
        wanted = {
            row: fitting
            for row, found in candidates(self.linker, self.table, rows, jobs, visits).items()
            if (
                fitting := [
                    job for job in found if self._any(self.fits, row, visits.get(job, [job])) and (row not in indirect or job in unpriced)
                ]
            )
        }
        self._join_pairs(wanted, lambda row, job: self._any(_same_total, row, visits.get(job, [job])))
        self._join_pairs(wanted, lambda row, job: True)
        self._join_parts(wanted, visits)
        for row, found in wanted.items():
            self._tell(row, found)

    def _any(self, test: Callable[[Record, Record], bool], row: int, visits: Sequence[int]) -> bool:
        return any(test(self.linker.papers[self.table][row], self.linker.papers["jobs"][job]) for job in visits)

    def _open_jobs(self, visits: Visits) -> list[int]:
        """Jobs without such a paper; of several visits the first stands for all."""
        free = self.linker.without("jobs", (ONE[self.table],), (self.table,))
        later = {job for rows in visits.values() for job in rows[1:]}
        all_free = set(free) if visits else set()
        return [job for job in free if job not in later and (job not in visits or all_free.issuperset(visits[job]))]

    def _join_pairs(self, wanted: dict[int, list[int]], may: Callable[[int, int], bool]) -> None:
        """Join each two that want each other and nobody else, and take them out of `wanted`."""
        allowed = {row: [job for job in jobs if may(row, job)] for row, jobs in wanted.items()}
        sought = _turned(allowed)
        joined = {row: jobs[0] for row, jobs in allowed.items() if len(jobs) == 1 and sought[jobs[0]] == [row]}
        self._join_all(wanted, joined)

    def _join_parts(self, wanted: dict[int, list[int]], visits: Visits) -> None:
        """Join papers that could be for no other job and together come to its total: the deposit and the rest."""
        joined: dict[int, int] = {}
        for job, rows in _turned(wanted).items():
            whole = {self.linker.papers["jobs"][one]["total"] for one in visits.get(job, [job])}
            totals = [total for row in rows if isinstance(total := self.linker.papers[self.table][row]["total"], Decimal)]
            if len(totals) == len(rows) and all(len(wanted[row]) == 1 for row in rows) and sum(totals, Decimal(0)) in whole:
                joined |= dict.fromkeys(rows, job)
        self._join_all(wanted, joined)

    def _join_all(self, wanted: dict[int, list[int]], joined: Mapping[int, int]) -> None:
        taken = set(joined.values())
        for row, job in joined.items():
            self.linker.links.add(self.table, "jobs", row, [job])
            del wanted[row]
        for others in wanted.values() if taken else ():
            others[:] = [job for job in others if job not in taken]

    def _tell(self, row: int, jobs: Sequence[int]) -> None:
        paper = self.linker.called(self.table, row)
        if self.table == "invoices":
            self.linker.links.may_bill[row] = list(jobs)
        for job in jobs:
            self.linker.links.doubt(("jobs", job), f"{paper} of the same customer names no job: it may belong to this one")
        if jobs:
            several = " or ".join(self.linker.called("jobs", job) for job in jobs[:3])
            self.linker.links.doubt((self.table, row), f"{paper} names no job: it may belong to {several}")


def _by_their_estimate(linker: Linker) -> Iterator[int]:
    """Invoices that name an estimate and no job, where the estimate has no job either: QuickBooks writes them so."""
    jobs, estimates = (column_of(linker.papers["invoices"], column) for column in ("job", "estimate"))
    if not any(estimates):
        return
    billed, priced = ({one for rows in linker.links.linked(table, "jobs") for one in rows.tolist()} for table in ("invoices", "estimates"))
    rows, its = linker.links.pairs("invoices", "estimates")
    billed |= {row for row, estimate in zip(rows.tolist(), its.tolist(), strict=True) if estimate in priced}
    of_jobs = {core_of(number) for (table, _), named in linker.links.missing.items() if table == "jobs" for _, number in named}
    for row, (job, estimate) in enumerate(zip(jobs, estimates, strict=True)):
        numbers = set(map(core_of, numbers_written(estimate)))
        if row not in billed and numbers and not numbers & of_jobs and not numbers_written(job):
            yield row


def _turned(wanted: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Who wants each job."""
    sought: dict[int, list[int]] = {}
    for row, jobs in wanted.items():
        for job in jobs:
            sought.setdefault(job, []).append(row)
    return sought


def _day(record: Record, *columns: str) -> date | None:
    return next(iter(days_in(record, *columns)), None)


def _invoice_fits(invoice: Record, job: Record) -> bool:
    if meaning(invoice) == "void" or is_credit(invoice):
        return False
    issued, begun = (
        _day(invoice, "issued_on", "sent_on"),
        min(days_in(job, "booked_on", "created_on", "scheduled_on", "completed_on"), default=None),
    )
    return not (issued and begun and issued < begun) and _about_the_same(invoice, job)


def _estimate_fits(estimate: Record, job: Record) -> bool:
    """An estimate that nobody accepted may be for other work: it needs the job's own total."""
    made, done = _day(estimate, "created_on", "sent_on"), max(days_in(job, "scheduled_on", "completed_on"), default=None)
    if made and done and made > done:
        return False
    return _about_the_same(estimate, job) and (meaning(estimate) in ACCEPTED or _same_total(estimate, job))


def _about_the_same(paper: Record, job: Record) -> bool:
    mine, its = _words(paper, "title"), _words(job, "title", "job_type")
    return _same_total(paper, job) or not (mine and its) or bool(mine & its)


def _same_total(paper: Record, job: Record) -> bool:
    return paper["total"] is not None and paper["total"] == job["total"]


def _words(record: Record, *columns: str) -> set[str]:
    return {word for column in columns for word in _WORD.findall(str(record[column] or "").casefold())} - _SAYS_LITTLE
