"""Which paper names which: estimates, change orders, invoices and payments joined to jobs and to each other by their numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.customers import Customers
from contractor_ops.views.books.numbers import Directory, base_of, core_of, numbers_written

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

PAPERS = ("jobs", "estimates", "change_orders", "invoices", "payments")
ONE = {"jobs": "job", "estimates": "estimate", "change_orders": "change order", "invoices": "invoice", "payments": "payment"}
"""What one of each is called."""
REFERENCES = (
    ("jobs", "invoice", "invoices"), ("jobs", "estimate", "estimates"), ("estimates", "job", "jobs"), ("change_orders", "job", "jobs"),
    ("change_orders", "invoice", "invoices"), ("invoices", "job", "jobs"), ("invoices", "estimate", "estimates"),
    ("payments", "invoice", "invoices"), ("payments", "job", "jobs"),
)  # fmt: skip
"""The columns in which papers name each other: the table, its column, the table that is named."""
Paper = tuple[str, int]
"""A table and a row of it, counted from 0."""
_MOST_CUSTOMERS = 50
"""A number that more customers share is no number: its rows are not held against each other one by one."""


@dataclass(slots=True)
class Links:
    """What the papers say of each other, by rows; `same` are rows of jobs that are visits of one job.

    `missing` has the numbers that a paper names and nobody knows, with the table that should hold them; `unsure` are sentences.
    `may_bill` are invoices that name no job, each with the jobs that it may be for.
    `at_once` holds whole columns of pairs, `one_by_one` what took a closer look.
    """

    at_once: dict[tuple[str, str], list[tuple["Array", "Array"]]] = field(default_factory=dict)
    one_by_one: dict[tuple[str, str], tuple[list[int], list[int]]] = field(default_factory=dict)
    same: list[tuple[int, int]] = field(default_factory=list)
    missing: dict[Paper, list[tuple[str, str]]] = field(default_factory=dict)
    unsure: dict[Paper, list[str]] = field(default_factory=dict)
    may_bill: dict[int, list[int]] = field(default_factory=dict)

    def add_all(self, one: str, other: str, rows: "Array", others: "Array") -> None:
        """Join rows of a table with rows of another, each with its own."""
        self.at_once.setdefault((one, other), []).append((rows, others))

    def add(self, one: str, other: str, row: int, others: Sequence[int]) -> None:
        """Join a row of a table with some of another."""
        rows, theirs = self.one_by_one.setdefault((one, other), ([], []))
        rows += [row] * len(others)
        theirs += others

    def doubt(self, paper: Paper, sentence: str) -> None:
        """Say what could not be settled about a paper."""
        self.unsure.setdefault(paper, []).append(sentence)

    def pairs(self, one: str, other: str) -> tuple["Array", "Array"]:
        """All pairs of rows of two tables of which the first names the other."""
        import numpy

        found = [*self.at_once.get((one, other), ()), self.one_by_one.get((one, other), ([], []))]
        rows, others = (numpy.concatenate([numpy.asarray(pair[side], dtype=numpy.int64) for pair in found]) for side in (0, 1))
        return rows, others

    def linked(self, table: str, *others: str) -> Iterator["Array"]:
        """The rows of a table that are joined to others, whichever of them names the other."""
        for other in others:
            yield self.pairs(table, other)[0]
            yield self.pairs(other, table)[1]


@dataclass(frozen=True, slots=True)
class Linker:
    """Joins the papers of an office by their numbers."""

    papers: Mapping[str, Sequence[Record]]
    links: Links = field(default_factory=Links)
    directories: dict[str, Directory] = field(default_factory=dict)
    customers: dict[str, Customers] = field(default_factory=dict)

    def by_numbers(self) -> Links:
        """Every reference followed; then visits of one job, and invoices that bear the job's own number."""
        for table, column, named in REFERENCES:
            if self.papers[table]:
                self._follow(table, column, named)
        self._visits()
        self._by_own_number()
        return self.links

    def who(self, table: str) -> Customers:
        """The customers of a table's papers."""
        if table not in self.customers:
            self.customers[table] = Customers(self.papers[table])
        return self.customers[table]

    def directory(self, table: str) -> Directory:
        """The numbers of a table's papers."""
        if table not in self.directories:
            self.directories[table] = Directory(self.papers[table])
        return self.directories[table]

    def _follow(self, table: str, column: str, named: str) -> None:
        import numpy

        cells = column_of(self.papers[table], column)
        if not any(cells):
            return
        found = self.directory(named).find_all(cells)
        there = numpy.flatnonzero(found >= 0)
        self.links.add_all(table, named, there, found[there])
        for row in numpy.flatnonzero(found < 0).tolist():
            if cells[row] is not None:
                self._look_closer(table, row, cells[row], named, several=found[row] == -2)

    def _look_closer(self, table: str, row: int, cell: Value, named: str, *, several: bool) -> None:
        """A cell that is not simply the number of one paper."""
        numbers = [str(cell)] if several else _split(str(cell), self.directory(named))
        for number in dict.fromkeys(numbers):
            exact = self.directory(named).exactly(number)
            rows = self._whose(table, row, named, exact or self.directory(named).loosely(number), sure=bool(exact), number=number)
            self.links.add(table, named, row, rows)
            if not rows:
                self.links.missing.setdefault((table, row), []).append((named, number))

    def _whose(self, table: str, row: int, named: str, rows: list[int], *, sure: bool, number: str) -> list[int]:
        """Of the papers with a number those that are this customer's; a number that stands there as it is and only once is enough."""
        if sure and len(rows) == 1:
            return rows
        agreed = {one: self.who(table).agree(row, self.who(named), one) for one in rows}
        theirs = [one for one, agrees in agreed.items() if agrees]
        theirs = theirs or ([one for one, agrees in agreed.items() if agrees is None] if self._one_customer(named, rows) else [])
        if rows and not theirs:
            told = "belongs to several customers" if len(rows) > 1 else "is another customer's"
            self.links.doubt((table, row), f"{self.called(table, row)} names {ONE[named]} {number}, which {told}")
        return theirs

    def _one_customer(self, table: str, rows: Sequence[int]) -> bool:
        """Whether nothing says that these papers are several customers'."""
        who = self.who(table)
        return all(who.agree(one, who, other) is not False for one, other in combinations(rows[:_MOST_CUSTOMERS], 2))

    def called(self, table: str, row: int) -> str:
        """ "invoice 2042", or where it stands when it has no number."""
        record = self.papers[table][row]
        return f"{ONE[table]} {record['number']}" if record["number"] else f"the {ONE[table]} in row {record.place.row}"

    def _visits(self) -> None:
        """Rows of one job number are visits of one job, unless they are for several customers: then each is with those of its own."""
        who = self.who("jobs")
        for rows in self.directory("jobs").several():
            firsts: list[int] = []
            for row in rows:
                first = next((one for one in firsts[:_MOST_CUSTOMERS] if who.agree(one, who, row)), None)
                if first is None:
                    firsts.append(row)
                else:
                    self.links.same.append((first, row))
            if self._one_customer("jobs", firsts):
                self.links.same += [(firsts[0], other) for other in firsts[1:]]
            else:
                for row in rows:
                    self.links.doubt(("jobs", row), f"job number {self.papers['jobs'][row]['number']} stands for {len(firsts)} customers")

    def _by_own_number(self) -> None:
        """Where neither names the other, an invoice with the number of a job of the same customer is that job's: Housecall Pro has one number for both."""
        loose = self.without("invoices", ("job", "estimate"), ("jobs", "estimates"))
        taken = {one for rows in self.links.linked("jobs", "invoices") for one in rows.tolist()} if loose else set()
        numbers = column_of(self.papers["invoices"], "number")
        jobs, mine, its = self.directory("jobs"), self.who("jobs"), self.who("invoices")
        for row in loose if len(self.papers["jobs"]) else ():
            number = str(numbers[row] or "")
            rows = jobs.exactly(number) or jobs.exactly(base_of(number) or "")
            rows = [one for one in rows if one not in taken and mine.agree(one, its, row)]
            self.links.add("invoices", "jobs", row, rows)

    def without(self, table: str, columns: Sequence[str], others: Sequence[str]) -> list[int]:
        """The rows of a table that name no number in these columns and are joined to none of these tables."""
        import numpy

        free = numpy.ones(len(self.papers[table]), dtype=bool)
        for rows in self.links.linked(table, *others):
            free[rows] = False
        cells = [column_of(self.papers[table], column) for column in columns]
        return [row for row in numpy.flatnonzero(free).tolist() if not any(numbers_written(column[row]) for column in cells)]


def _split(cell: str, directory: Directory) -> list[str]:
    """The numbers in a cell; a stroke stands between two only where both are known."""
    found = numbers_written(cell)
    if not found and "/" in cell:
        parts = [part for piece in cell.split("/") for part in numbers_written(piece)]
        if len(parts) == cell.count("/") + 1 and all(directory.exactly(part) or directory.loosely(part) for part in parts):
            found = parts
    return found


def shared_unknowns(links: Links) -> Iterator[list[Paper]]:
    """Papers that name the same number which nobody knows: they belong together all the same. Payments join nothing."""
    found: dict[tuple[str, tuple[str, str]], list[Paper]] = {}
    for paper, numbers in links.missing.items():
        for named, number in numbers if paper[0] != "payments" else ():
            found.setdefault((named, core_of(number)), []).append(paper)
    return (papers for papers in found.values() if len(papers) > 1)
