"""What the sheets' notes say of a row of the queue and of the same customer's other open papers."""

from collections.abc import Iterable, Iterator

from contractor_ops.office import Office
from contractor_ops.planning.conditions import met
from contractor_ops.ports import ReviewItem
from contractor_ops.reports.review_card import Remark
from contractor_ops.tables.record import Record

_WHOLE = frozenset({"note_flags", "note_gaps", "ready_to_bill"})
"""Tables whose items are about the note itself."""


class Notes:
    """The notes that a person must have read before they decide."""

    def __init__(self, office: Office) -> None:
        self._asks = {
            recipe.key: [test for test in recipe.review_if.tests if test.test == "mention" and test.column == "notes"]
            for recipe in office.recipes()
        }

    def of(self, item: ReviewItem, row: Record | None, others: Iterable[tuple[str, Record]]) -> Iterator[Remark]:
        """The row's own note where it decides or is what the item is about, and every note of their other open papers."""
        if row and row["notes"]:
            decides = "the notes say" in item.reason or any(met(row, test) for test in self._asks.get(item.recipe, ()))
            if decides or item.table in _WHOLE:
                yield Remark("its note", str(row["notes"]), decides)
        for what, record in others:
            if record["notes"]:
                yield Remark(what, str(record["notes"]), True)
