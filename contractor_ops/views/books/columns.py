"""One table's columns as arrays. Amounts are whole cents, exact in a float up to 90 trillion dollars; unknown is NaN."""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

_TAX = ("tax", "subtotal")


class Columns:
    """One table's columns as arrays, each made once."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        self._made: dict[str, Array] = {}
        self._different: dict[str, Array] = {}

    def cents(self, name: str) -> "Array":
        """A column of money; NaN where it is blank or cannot be read."""
        return self._once(name, "cents", _cents)

    def net(self, rows: "Array") -> "Array":
        """Totals before tax of some rows, as far as a paper tells its tax; else as they stand. All rows would be dear: most need not be asked."""
        import numpy

        total = self.cents("total")[rows]
        tax, subtotal = (_cents([cells[row] for row in rows.tolist()]) for cells in (column_of(self.records, name) for name in _TAX))
        told = numpy.where(numpy.isnan(tax), numpy.where(subtotal <= total, subtotal, numpy.nan), total - tax)
        net: Array = numpy.where(numpy.isnan(told), total, told)
        return net

    def filled(self, name: str) -> "Array":
        """Where a column has something."""
        import numpy

        return self._once(name, "filled", lambda cells: numpy.array([cell is not None for cell in cells], dtype=bool))

    def yes(self, name: str) -> "Array":
        """Where a column says yes."""
        import numpy

        return self._once(name, "yes", lambda cells: numpy.array([cell is True for cell in cells], dtype=bool))

    def has_space(self, name: str) -> "Array":
        """Where a column's text is several words."""
        import numpy

        return self._once(name, "space", lambda cells: numpy.array([isinstance(cell, str) and " " in cell for cell in cells], dtype=bool))

    def means(self, wanted: Collection[str | None]) -> "Array":
        """Where the status means one of these; None is a status without a meaning that is known, or none."""
        return self.each("status", lambda status: self._meaning(status) in wanted)

    def each(self, name: str, test: Callable[[Value], bool]) -> "Array":
        """Where a test holds, which each different cell is put to once."""
        import numpy
        import pandas

        def make(cells: Sequence[Value]) -> "Array":
            column = numpy.empty(len(cells), dtype=object)
            column[:] = cells
            codes, self._different[name] = pandas.factorize(column, use_na_sentinel=False)
            return codes

        codes = self._once(name, "codes", make)
        answers: Array = numpy.array(
            [test(None if one is None or one != one else one) for one in self._different.get(name, ())], dtype=bool
        )
        return answers[codes] if len(codes) else numpy.zeros(0, dtype=bool)

    def _meaning(self, status: Value) -> str | None:
        return meaning_of(str(status), TABLES[self.records[0].table].statuses) if status is not None else None

    def _once(self, name: str, what: str, make: "Callable[[Sequence[Value]], Array]") -> "Array":
        key = f"{what} {name}"
        if key not in self._made:
            self._made[key] = make(column_of(self.records, name))
        return self._made[key]


def _cents(cells: Sequence[Value]) -> "Array":
    import numpy

    kinds = set(map(type, cells))
    if Decimal not in kinds:
        return numpy.full(len(cells), numpy.nan)
    amounts = map(float, cells) if len(kinds) == 1 else (float(cell) if isinstance(cell, Decimal) else numpy.nan for cell in cells)  # type: ignore[arg-type]
    cents: Array = numpy.rint(numpy.fromiter(amounts, float, len(cells)) * 100)
    return cents
