"""Which jobs a paper without a number may be for: those of its customer."""

from collections.abc import Mapping, Sequence

from contractor_ops.views.books.links import Linker

Visits = Mapping[int, Sequence[int]]
"""The rows of each job that stands in several, by its first."""


def visits_of(linker: Linker) -> dict[int, list[int]]:
    """The rows of each job that stands in several, by its first."""
    above = {later: first for first, later in linker.links.same}
    found: dict[int, list[int]] = {}
    for later, first in above.items():
        while first in above:
            first = above[first]
        found.setdefault(first, [first]).append(later)
    return found


def loose(linker: Linker, table: str, columns: tuple[str, ...]) -> list[int]:
    """Papers that name no number and that no job, estimate or invoice names."""
    return linker.without(table, columns, [other for other in ("jobs", "estimates", "invoices") if other != table])


def candidates(linker: Linker, table: str, rows: Sequence[int], jobs: Sequence[int], visits: Visits) -> dict[int, list[int]]:
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
