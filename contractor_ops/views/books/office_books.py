"""The office's books: which estimates, change orders, invoices and payments belong to which job.

Joined by the numbers that the papers name; by names only where there is no number on either side, and nothing else fits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record, Table
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.copies import told_once_only
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.links import PAPERS, Linker, Links, shared_unknowns
from contractor_ops.views.books.names import by_names

if TYPE_CHECKING:
    from numpy import ndarray

_JOINING = ("jobs", "estimates", "change_orders", "invoices")
"""A payment for two invoices does not make one job of two: it stands in both books."""


def books_of(tables: Mapping[str, Table]) -> "Books":
    """Put the papers of an office together. A table that it does not keep is as good as empty; phones and e-mails may stand as written."""
    papers: dict[str, Sequence[Record]] = {name: tables[name].records if name in tables else [] for name in PAPERS}
    linker = Linker(papers)
    linker.by_numbers()
    by_names(linker)
    return Books(papers, linker.links, _grouped(papers, linker.links), linker)


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups as numbers from 0, those with jobs first: for each table the rows that are members of one, and of which.

    `rows[name]` and `groups[name]` are arrays of equal length, sorted by group; a payment for two jobs is in both.
    """

    count: int
    with_jobs: int
    rows: Mapping[str, "ndarray[Any, Any]"]
    groups: Mapping[str, "ndarray[Any, Any]"]

    def members(self, table: str, group: int) -> list[int]:
        """The rows of a table that are in a group, in the order of the sheet."""
        import numpy

        first, after = numpy.searchsorted(self.groups[table], (group, group + 1))
        return self.rows[table][first:after].tolist()  # type: ignore[no-any-return]

    def of_each(self, table: str) -> "ndarray[Any, Any]":
        """The group of each row of a table in which every row is in one: all but payments."""
        import numpy

        of = numpy.empty(len(self.rows[table]), dtype=numpy.int64)
        of[self.rows[table]] = self.groups[table]
        return of


@dataclass(frozen=True, slots=True)
class Books:
    """All books. `papers` are the records by table, `links` what they say of each other, `groups` which of them belong together."""

    papers: Mapping[str, Sequence[Record]]
    links: Links
    groups: Groups
    linker: Linker

    def all(self) -> Sequence[JobBooks]:
        """Every group of papers that belong together, in the order of the jobs; then papers that belong to no job that is known."""
        return _Lazily(self)

    def one(self, group: int) -> JobBooks:
        """The papers of one group."""
        found = {name: self.groups.members(name, group) for name in PAPERS}
        said = (sentence for name, rows in found.items() for row in rows for sentence in self.links.unsure.get((name, row), ()))
        papers = {name: tuple(self.papers[name][row] for row in rows) for name, rows in found.items()}
        papers["change_orders"], copies = told_once_only(papers["change_orders"])
        return JobBooks(**papers, unsure=tuple(dict.fromkeys((*said, *copies))))

    def of(self, wanted: str) -> list[JobBooks]:
        """The books of a job, estimate or invoice by its number, else those of a customer by name."""
        for name in ("jobs", "invoices", "estimates"):
            directory = self.linker.directory(name)
            if rows := directory.exactly(wanted.strip()) or directory.loosely(wanted.strip()):
                return [self.one(group) for group in self._groups_of(name, rows)]
        return [self.one(group) for group in self._of_customer(normal_name(wanted))]

    def _groups_of(self, table: str, rows: Sequence[int]) -> list[int]:
        import numpy

        return sorted(set(self.groups.groups[table][numpy.isin(self.groups.rows[table], rows)].tolist()))

    def _of_customer(self, name: str) -> list[int]:
        found: set[int] = set()
        for table in PAPERS if name else ():
            names = column_of(self.papers[table], "customer")
            known = {one: normal_name(str(one)) == name for one in set(names) if one}
            found.update(self._groups_of(table, [row for row, one in enumerate(names) if one and known[one]]))
        return sorted(found)


class _Lazily(Sequence[JobBooks]):
    """Books that are put together when they are asked for: most jobs are fine, and nobody asks."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def __len__(self) -> int:
        return self._books.groups.count

    @overload
    def __getitem__(self, at: int) -> JobBooks: ...
    @overload
    def __getitem__(self, at: slice) -> list[JobBooks]: ...
    def __getitem__(self, at: int | slice) -> JobBooks | list[JobBooks]:
        places = range(len(self))[at]
        return self._books.one(places) if isinstance(places, int) else [self._books.one(place) for place in places]

    def __iter__(self) -> Iterator[JobBooks]:
        return map(self._books.one, range(len(self)))


def _grouped(papers: Mapping[str, Sequence[Record]], links: Links) -> Groups:
    """Papers that are joined, directly or by others, form one group."""
    import numpy

    starts: dict[str, int] = {}
    count = 0
    for name in _JOINING:
        starts[name] = count
        count += len(papers[name])
    labels = _joined(numpy.arange(count), *_edges(links, starts))
    found, groups = numpy.unique(labels, return_inverse=True)
    of = {name: groups[starts[name] : starts[name] + len(papers[name])] for name in _JOINING}
    with_jobs = int(numpy.searchsorted(found, len(papers["jobs"])))  # a label is the first member's place, and jobs stand first
    rows: dict[str, ndarray[Any, Any]] = {}
    sorted_groups: dict[str, ndarray[Any, Any]] = {}
    for name in _JOINING:
        rows[name] = numpy.argsort(of[name], kind="stable")
        sorted_groups[name] = of[name][rows[name]]
    rows["payments"], sorted_groups["payments"], total = _payments(len(papers["payments"]), links, of, len(found))
    return Groups(total, with_jobs, rows, sorted_groups)


def _edges(links: Links, starts: Mapping[str, int]) -> tuple["ndarray[Any, Any]", "ndarray[Any, Any]"]:
    import numpy

    ones = [numpy.array([one for one, _ in links.same], dtype=numpy.int64)]
    others = [numpy.array([other for _, other in links.same], dtype=numpy.int64)]
    for one, other in {*links.at_once, *links.one_by_one}:
        if one in starts and other in starts:
            rows, its = links.pairs(one, other)
            ones.append(rows + starts[one])
            others.append(its + starts[other])
    for first, *rest in shared_unknowns(links):
        ones.append(numpy.full(len(rest), starts[first[0]] + first[1]))
        others.append(numpy.array([starts[name] + row for name, row in rest]))
    return numpy.concatenate(ones), numpy.concatenate(others)


def _joined(labels: "ndarray[Any, Any]", ones: "ndarray[Any, Any]", others: "ndarray[Any, Any]") -> "ndarray[Any, Any]":
    """Give everything that is joined the smallest of its places."""
    import numpy

    while True:
        lowest = numpy.minimum(labels[ones], labels[others])
        joined = labels.copy()
        for side in (ones, others):
            numpy.minimum.at(joined, side, lowest)
            numpy.minimum.at(joined, labels[side], lowest)
        while not numpy.array_equal(joined, joined[joined]):
            joined = joined[joined]
        if numpy.array_equal(joined, labels):
            return labels
        labels = joined


def _payments(
    count: int, links: Links, of: Mapping[str, "ndarray[Any, Any]"], groups: int
) -> tuple["ndarray[Any, Any]", "ndarray[Any, Any]", int]:
    """The groups that each payment belongs to; one that belongs to none is a group of its own."""
    import numpy
    import pandas

    pairs = [(of[table], *links.pairs("payments", table)) for table in ("invoices", "jobs", "estimates")]
    joined = pandas.concat(
        [pandas.DataFrame({"row": rows, "group": groups_of[others]}) for groups_of, rows, others in pairs]
    ).drop_duplicates()
    free = numpy.ones(count, dtype=bool)
    free[joined["row"].to_numpy()] = False
    alone = numpy.flatnonzero(free)
    lonely = pandas.DataFrame({"row": alone, "group": groups + numpy.arange(len(alone))})
    members = pandas.concat([joined, lonely]).sort_values(["group", "row"])
    return members["row"].to_numpy(), members["group"].to_numpy(), groups + len(alone)
