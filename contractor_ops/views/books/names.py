"""Papers without numbers, joined by their customer, and only where nothing else fits.

An invoice (or estimate) and a job are for each other when neither names a number, neither has another, and nothing speaks against
it: not the days, not what they are about. Where several fit, an equal total decides; else a person does.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.links import ONE, Linker
from contractor_ops.views.books.numbers import numbers_written

_Visits = Mapping[int, Sequence[int]]
"""The rows of each job that stands in several, by its first."""
_ACCEPTED = frozenset({"accepted", "converted"})
_WORD = re.compile(r"[^\W\d_]{4,}")
_SAYS_LITTLE = frozenset({
    "service", "services", "repair", "repairs", "replace", "replacement", "install", "installation", "work", "system", "unit", "home", "house",
    "visit", "call", "check", "invoice", "estimate", "job", "deposit", "with", "from", "existing",
})  # fmt: skip
_NAMED_IN_TEXT = re.compile(r"[A-Za-z]{0,5}-?\d[\w-]{2,}")


def by_names(linker: Linker) -> None:
    """Join what names no number and is named by none; tell where several fit."""
    if linker.papers["jobs"]:
        _Match(linker, "invoices", ("job", "estimate"), _invoice_fits).join()
        _Match(linker, "estimates", ("job",), _estimate_fits).join()
    _said_in_notes(linker)
    for table, columns in (("invoices", ("job", "estimate")), ("change_orders", ("job", "invoice")), ("payments", ("invoice", "job"))):
        _only_job(linker, table, columns)


@dataclass(frozen=True, slots=True)
class _Match:
    """Papers of one table that wait for a job, and jobs that wait for one of them."""

    linker: Linker
    table: str
    columns: tuple[str, ...]
    fits: Callable[[Record, Record], bool]

    def join(self) -> None:
        """Equal totals first; then what is left alone with each other, and several that come to the job's total; the rest is told."""
        loose = _loose(self.linker, self.table, self.columns)
        visits = _visits(self.linker) if loose else {}
        jobs = self._open_jobs(visits) if loose else []
        wanted = {
            row: fitting
            for row, found in _candidates(self.linker, self.table, loose, jobs, visits).items()
            if (fitting := [job for job in found if self._any(self.fits, row, visits.get(job, [job]))])
        }
        self._join_pairs(wanted, lambda row, job: self._any(_same_total, row, visits.get(job, [job])))
        self._join_pairs(wanted, lambda row, job: True)
        self._join_parts(wanted, visits)
        for row, found in wanted.items():
            self._tell(row, found)

    def _any(self, test: Callable[[Record, Record], bool], row: int, visits: Sequence[int]) -> bool:
        return any(test(self.linker.papers[self.table][row], self.linker.papers["jobs"][job]) for job in visits)

    def _open_jobs(self, visits: _Visits) -> list[int]:
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

    def _join_parts(self, wanted: dict[int, list[int]], visits: _Visits) -> None:
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
        for job in jobs:
            self.linker.links.doubt(("jobs", job), f"{paper} of the same customer names no job: it may belong to this one")
        if jobs:
            several = " or ".join(self.linker.called("jobs", job) for job in jobs[:3])
            self.linker.links.doubt((self.table, row), f"{paper} names no job: it may belong to {several}")


def _turned(wanted: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Who wants each job."""
    sought: dict[int, list[int]] = {}
    for row, jobs in wanted.items():
        for job in jobs:
            sought.setdefault(job, []).append(row)
    return sought


def _visits(linker: Linker) -> dict[int, list[int]]:
    """The rows of each job that stands in several, by its first."""
    above = {later: first for first, later in linker.links.same}
    found: dict[int, list[int]] = {}
    for later, first in above.items():
        while first in above:
            first = above[first]
        found.setdefault(first, [first]).append(later)
    return found


def _loose(linker: Linker, table: str, columns: tuple[str, ...]) -> list[int]:
    """Papers that name no number and that no job, estimate or invoice names."""
    return linker.without(table, columns, [other for other in ("jobs", "estimates", "invoices") if other != table])


def _candidates(linker: Linker, table: str, rows: Sequence[int], jobs: Sequence[int], visits: _Visits) -> dict[int, list[int]]:
    """For each paper the jobs of its customer, of these. A job's customer is whom any of its visits names."""
    mine, its = linker.who(table), linker.who("jobs")
    by_key: dict[str, list[int]] = {}
    for job in jobs if rows else ():
        for key in {key for one in visits.get(job, (job,)) for key in its.keys(one)}:
            by_key.setdefault(key, []).append(job)
    found: dict[int, list[int]] = {}
    for row in rows:
        theirs = dict.fromkeys(job for key in mine.keys(row) for job in by_key.get(key, ()))
        found[row] = [job for job in theirs if any(mine.agree(row, its, one) for one in visits.get(job, (job,)))]
    return found


def _invoice_fits(invoice: Record, job: Record) -> bool:
    if _meaning(invoice) == "void" or _is_credit(invoice):
        return False
    issued, begun = (
        _day(invoice, "issued_on", "sent_on"),
        min(_days(job, "booked_on", "created_on", "scheduled_on", "completed_on"), default=None),
    )
    return not (issued and begun and issued < begun) and _about_the_same(invoice, job)


def _estimate_fits(estimate: Record, job: Record) -> bool:
    """An estimate that nobody accepted may be for other work: it needs the job's own total."""
    made, done = _day(estimate, "created_on", "sent_on"), max(_days(job, "scheduled_on", "completed_on"), default=None)
    if made and done and made > done:
        return False
    return _about_the_same(estimate, job) and (_meaning(estimate) in _ACCEPTED or _same_total(estimate, job))


def _about_the_same(paper: Record, job: Record) -> bool:
    mine, its = _words(paper, "title"), _words(job, "title", "job_type")
    return _same_total(paper, job) or not (mine and its) or bool(mine & its)


def _same_total(paper: Record, job: Record) -> bool:
    return paper["total"] is not None and paper["total"] == job["total"]


def _words(record: Record, *columns: str) -> set[str]:
    return {word for column in columns for word in _WORD.findall(str(record[column] or "").casefold())} - _SAYS_LITTLE


def _meaning(record: Record) -> str | None:
    return meaning_of(str(record["status"] or ""), TABLES[record.table].statuses)


def _day(record: Record, *columns: str) -> date | None:
    return next(iter(_days(record, *columns)), None)


def _days(record: Record, *columns: str) -> list[date]:
    cells = (record[column] for column in columns)
    return [cell.date() if isinstance(cell, datetime) else cell for cell in cells if isinstance(cell, date)]


def _said_in_notes(linker: Linker) -> None:
    """A credit or a payment whose words name a paper of the same customer: "deposit for E-1042", "credit for invoice 2042"."""
    for table, columns in (("invoices", ("job", "estimate")), ("payments", ("invoice", "job"))):
        for row in _loose(linker, table, columns):
            if table == "payments" or _is_credit(linker.papers[table][row]):
                _join_said(linker, table, row)


def _is_credit(invoice: Record) -> bool:
    total = invoice["total"]
    return isinstance(total, Decimal) and total < 0


def _join_said(linker: Linker, table: str, row: int) -> None:
    record = linker.papers[table][row]
    said = " ".join(str(record[column] or "") for column in ("title", "type", "notes"))
    for number in dict.fromkeys(_NAMED_IN_TEXT.findall(said)):
        for named in ("invoices", "estimates", "jobs"):
            rows = [
                one for one in linker.directory(named).exactly(number) if linker.who(table).agree(row, linker.who(named), one) is not False
            ]
            if len(rows) == 1 and (named, rows[0]) != (table, row):
                # An invoice's credit belongs to its jobs; without one, to the invoice.
                linker.links.add(table, named, row, rows)
                return


def _only_job(linker: Linker, table: str, columns: tuple[str, ...]) -> None:
    """A credit, change order or payment that names no number is for the customer's job where there is only one, or for the one that it names in words."""
    visits = _visits(linker)
    later = {job for several in visits.values() for job in several[1:]}
    rows = [row for row in _loose(linker, table, columns) if table != "invoices" or _is_credit(linker.papers[table][row])]
    jobs = [row for row in range(len(linker.papers["jobs"])) if row not in later] if rows else []
    found = _candidates(linker, table, rows, jobs, visits)
    by_words = _by_words(linker, jobs) if table == "change_orders" and rows else {}
    for row in rows:
        text = _plain(linker.papers[table][row]["job"])
        own = [job for job in by_words.get(text, ()) if not found[row] or job in found[row]] if text else []
        theirs = own or found[row]
        if len(theirs) == 1:
            linker.links.add(table, "jobs", row, theirs)
        elif theirs and table == "change_orders":
            several = " or ".join(linker.called("jobs", job) for job in theirs[:3])
            linker.links.doubt((table, row), f"{linker.called(table, row)} names no job by its number: it may belong to {several}")


def _by_words(linker: Linker, jobs: Iterable[int]) -> Mapping[str, list[int]]:
    """Jobs by their title and by their customer."""
    found: dict[str, list[int]] = {}
    titles, customers = (column_of(linker.papers["jobs"], column) for column in ("title", "customer"))
    for job in jobs:
        for text in {_plain(titles[job]), _plain(customers[job])} - {""}:
            found.setdefault(text, []).append(job)
    return found


def _plain(cell: Value) -> str:
    return "" if cell is None or numbers_written(cell) else " ".join(str(cell).casefold().split())
