"""Under which key a line of the digest and an item of the queue are about the same thing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contractor_ops.figures.values import Business, Line
from contractor_ops.ports import ReviewItem
from contractor_ops.tables.cells.names import normal_name

_OF_JOBS = frozenset({"note_gaps", "ready_to_bill"})
"""Views whose rows are about the job of their number."""
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Keys:
    """`gaps` maps a billing gap's own number to its job and customer: all gaps of a job are told in one line."""

    gaps: Mapping[str, str]

    def of_item(self, item: ReviewItem) -> Iterator[Key]:
        """What an item is about."""
        yield from (self.key(item.table, member.key.record) for member in item.members)

    def of_line(self, line: Line) -> Iterator[Key]:
        """What a line is about, what says most first: work that is not billed may stand in the queue as a gap."""
        if line.record:
            yield self.key(line.table, line.record)
            if line.table == "jobs":
                yield "billing_gaps", about_job(line.record, line.customer)

    def key(self, table: str, record: str) -> Key:
        """The key of one record."""
        if table == "billing_gaps":
            return table, self.gaps.get(record, record)
        return ("jobs" if table in _OF_JOBS else table), record


def keys_of(business: Business) -> Keys:
    """The keys of an office."""
    view = business.tables.get("billing_gaps")
    rows = view.records if view else ()
    return Keys({str(row["number"]): about_job(str(row["job"]), str(row["customer"] or "")) for row in rows if row["job"]})


def about_job(number: str, customer: str) -> str:
    """A job by number and customer: one number may stand for two jobs."""
    return f"{number}\n{normal_name(customer)}"
