"""Invoices that name a job which no sheet has, or another customer's: a slip of the pen, perhaps, and then one of the customer's jobs is billed after all."""

from collections import Counter
from datetime import date
from functools import cached_property

from contractor_ops.tables.record import Record
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.numbers import ends_of
from contractor_ops.views.books.office_books import Books
from contractor_ops.views.books.what_counts import NOT_BILLED, amount, days_in, meaning

_MOST = 5
"""More jobs than these are not told one by one."""
_PAYS_FOR_OTHERS = 3
"""Who has so many invoices for other people's jobs pays for them, as a landlord does: none is a slip."""


class Strays:
    """The invoices of an office's books that stand and are for no job, or for one of somebody else; looked for once somebody asks."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._linker = books.linker

    def of(self, group: int) -> list[str]:
        """A sentence for each one that may be for these jobs."""
        return [said for _, said in sorted(self.found(group).items())]

    def found(self, group: int) -> dict[int, str]:
        """Those that may be for these jobs, by their rows: they are for the customer, or their number is near, and were not issued before the work."""
        found: dict[int, str] = {}
        for job in self._books.groups.members("jobs", group) if self._unknown or self._elsewhere else ():
            for row in self._near(job):
                if row not in found and self._bills(row) and self._may_be_for(job, row) and (said := self._sentence(row)):
                    found[row] = said
        return found

    def _near(self, job: int) -> set[int]:
        who, its = self._linker.who("jobs"), self._linker.who("invoices")
        theirs = {row for key in who.keys(job) for row in self._by_customer.get(key, ()) if who.agree(job, its, row)}
        return theirs | {row for row in self._by_number.get(job, ()) if who.agree(job, its, row) is not False}

    def _may_be_for(self, job: int, row: int) -> bool:
        """A sheet of jobs may begin later than that of invoices: what was issued before the work is for an older job."""
        issued = _first_day(self._books.papers["invoices"][row], "issued_on", "sent_on")
        begun = _first_day(self._books.papers["jobs"][job], "starts_at", "scheduled_on", "completed_on")
        return issued is None or begun is None or issued >= begun

    def _bills(self, row: int) -> bool:
        invoice = self._books.papers["invoices"][row]
        total = amount(invoice, "total")
        return meaning(invoice) not in NOT_BILLED and (total is None or total > 0)

    @cached_property
    def _unknown(self) -> dict[int, list[str]]:
        """The numbers of jobs that nobody knows, or that are not this customer's, on invoices that are for no other job."""
        groups = self._books.groups
        with_jobs = set(groups.rows["invoices"][groups.groups["invoices"] < groups.with_jobs].tolist())
        told = (
            (row, [number for named, number in numbers if named == "jobs"])
            for (table, row), numbers in self._books.links.missing.items()
            if table == "invoices" and row not in with_jobs
        )
        return {row: numbers for row, numbers in told if numbers}

    @cached_property
    def _elsewhere(self) -> dict[int, int]:
        """Invoices that are for a job under another name: the landlord's, or a wrong number."""
        import numpy

        names, its = (numpy.array(column_of(self._books.papers[table], "customer"), dtype=object) for table in ("invoices", "jobs"))
        rows, jobs = self._books.links.pairs("invoices", "jobs")
        unlike = numpy.flatnonzero(names[rows] != its[jobs]) if len(rows) else ()
        pairs = ((int(rows[at]), int(jobs[at])) for at in unlike)
        other = {row: job for row, job in pairs if names[row] and its[job]}
        times = Counter(names[row] for row in other)
        return {row: job for row, job in other.items() if times[names[row]] < _PAYS_FOR_OTHERS}

    @cached_property
    def _by_customer(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row in (*self._unknown, *self._elsewhere):
            for key in self._linker.who("invoices").keys(row):
                found.setdefault(key, []).append(row)
        return found

    @cached_property
    def _by_number(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row, numbers in self._unknown.items():
            for job in {one for number in numbers for one in self._linker.directory("jobs").may_mean(number)}:
                found.setdefault(job, []).append(row)
        return found

    def _sentence(self, row: int) -> str:
        called = self._linker.called("invoices", row)
        if row in self._elsewhere:
            return self._of_another(called, row, self._elsewhere[row])
        jobs = self._linker.directory("jobs")
        taken = [number for number in self._unknown[row] if jobs.exactly(number) or jobs.loosely(number)]
        unknown = [number for number in self._unknown[row] if number not in taken]
        said = [f"names job {number}, which is another customer's: if it is for this one, write its number there" for number in taken]
        if unknown:
            several = len(unknown) > 1
            which = f"which {'are' if several else 'is'} in no sheet{''.join(map(self._remedy, unknown))}"
            said.insert(0, f"names {'jobs' if several else 'job'} {' and '.join(unknown)}, {which}")
        return f"{called} {' and '.join(said)}"

    def _of_another(self, called: str, row: int, job: int) -> str:
        """Where the two are one customer under two names there is nothing to tell."""
        if self._linker.who("invoices").agree(row, self._linker.who("jobs"), job) is not False:
            return ""
        other = self._books.papers["jobs"][job]
        return f"{called} of the same customer names job {other['number']}, which is {other['customer']}'s: if it is for this one, write its number there"

    def _remedy(self, number: str) -> str:
        """What to write on the invoice, where somebody can guess which jobs are meant."""
        jobs = self._linker.directory("jobs")
        if (ends := ends_of(number)) and all(map(jobs.exactly, ends)):
            return f": if it is for {ends[0]} to {ends[1]}, write each number there, with commas"
        alike = jobs.alike(number)
        return f": write {' or '.join(alike)} there, whichever it is for" if 0 < len(alike) <= _MOST else ""


def _first_day(record: Record, *columns: str) -> date | None:
    return next(iter(days_in(record, *columns)), None)
