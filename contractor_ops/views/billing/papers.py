"""What is said of papers in more than one kind of gap: their names, and what nobody can read on them."""

from collections.abc import Iterator, Sequence

from contractor_ops.tables.record import Record
from contractor_ops.views.billing.case import called
from contractor_ops.views.books.links import ONE
from contractor_ops.views.books.what_counts import amount, meaning


def unreadable(papers: Sequence[Record]) -> Iterator[str]:
    """What cannot be read or is not known of papers on which a sum stands."""
    for one in papers:
        what, column = called(ONE[one.table], [one]), "amount" if one.table == "change_orders" else "total"
        if (problem := one.problems.get(column)) is not None:
            yield f'the {column} of {what} cannot be read ("{problem.value}")'
        elif amount(one, column) is None:
            yield f"{what} has no {column}"
        if one.table == "invoices" and one["status"] is not None and meaning(one) is None and (amount(one, "total") or 0) > 0:
            yield f'the status "{one["status"]}" of {what} is not known'


def named_by(papers: Sequence[Record]) -> str:
    """The papers in the name of a gap, "2041+2042"."""
    return "+".join(str(one["number"] or f"row {one.place.row}") for one in papers)


def withdrawn(invoice: Record) -> str:
    """Why an invoice bills nothing, in the sheet's own word: "is void", 'is "Refunded"'."""
    status = str(invoice["status"])
    return "is void" if status.casefold() == "void" else f'is "{status}"'
