"""What the sheets' notes say of a row of the queue and of the same customer's other open papers."""

from collections.abc import Iterable, Iterator

from contractor_ops.office import Office
from contractor_ops.planning.conditions import met
from contractor_ops.ports import ReviewItem
from contractor_ops.reports.review_card import Remark
from contractor_ops.tables.record import Record


class Notes:
    """The notes that a person must have read before they decide."""

    def __init__(self, office: Office) -> None:
        self._asks = {
            recipe.key: [test for test in recipe.review_if.tests if test.test == "mention" and test.column == "notes"]
            for recipe in office.recipes()
        }

    def of(self, item: ReviewItem, rows: Iterable[Record], listed: Record | None, others: Iterable[tuple[str, Record]]) -> Iterator[Remark]:
        """Every note of the item's rows, of the customer's entry in the list, and of their other open papers. Only some must be read first."""
        for row in rows:
            if row["notes"]:
                decides = "the notes say" in item.reason or any(met(row, test) for test in self._asks.get(item.recipe, ()))
                what = "its note" if len(item.members) == 1 else f"the note of {row['number'] or row.place}"
                yield Remark(what, str(row["notes"]), decides)
        if listed and listed["notes"]:
            yield Remark("the customers list", str(listed["notes"]))
        for what, record in others:
            if record["notes"]:
                yield Remark(what, str(record["notes"]), True)
