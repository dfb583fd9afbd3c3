"""Whose row it is, in a Google Sheet: told by the cells that name it, before a writing and after it, wherever the row has moved to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contractor_ops.clients.google_grid import BLANK, GridCell, SheetCells
from contractor_ops.ports import RowChange, Sheet
from contractor_ops.sources.writing.placing import Target, columns_of

Name = tuple[str | float | None, ...]
"""What stands in the cells that tell whose row it is."""
_PHONE = 9
"""Digits of a telephone number, at least."""


@dataclass(frozen=True, slots=True)
class Proof:
    """These columns (from 0) of the row hold this name. `sure` is whether more than an address tells it: many rows may share one.

    The first of them, so many as `numbers`, hold a number, which is enough to know it by once it has been looked at.
    """

    columns: tuple[int, ...]
    name: Name
    sure: bool
    numbers: int

    def still_at(self, names: "Names", tab: str, row: int) -> bool:
        """Whether it is this row, though somebody may just have corrected the customer's address in it."""
        first = self.numbers or len(self.columns)
        return names.at(tab, row, self.columns[:first]) == self.name[:first]


Proofs = Mapping[tuple[str, int], Proof]
"""By sheet and row (from 0)."""


@dataclass(slots=True)
class Names:
    """Where each name stands in the sheets of a spreadsheet."""

    cells: Mapping[str, SheetCells]
    _rows: dict[tuple[str, tuple[int, ...]], dict[Name, list[int]]] = field(default_factory=dict)

    def at(self, tab: str, row: int, columns: Sequence[int]) -> Name:
        """The name of a row."""
        return tuple(self.cells[tab].at(row, column).shows for column in columns)

    def rows(self, tab: str, columns: tuple[int, ...], name: Name) -> Sequence[int]:
        """The rows that have a name."""
        if (tab, columns) not in self._rows:
            known: dict[Name, list[int]] = {}
            self._rows[tab, columns] = known
            for row in range(len(self.cells[tab].rows)):
                known.setdefault(self.at(tab, row, columns), []).append(row)
        return self._rows[tab, columns].get(name, ())


def proofs_of(changes: Sequence[RowChange], sheets: Sequence[Sheet], names: Names, file: str) -> dict[tuple[str, int], Proof]:
    """What tells whose each row is that is to be written."""
    by_name = {sheet.name: sheet for sheet in sheets}
    columns: dict[tuple[str, frozenset[str]], Mapping[str, int]] = {}
    found: dict[tuple[str, int], Proof] = {}
    for change in changes:
        tab, headings = change.sheet or "", frozenset({*change.key, *change.values, *(change.as_read or ())})
        if tab not in names.cells:
            continue
        if (tab, headings) not in columns:
            columns[tab, headings] = columns_of(by_name[tab], headings, (), file)
        proof = _proof(change, columns[tab, headings], names)
        at = tab, change.row - 1
        found[at] = proof if proof.sure else found.get(at, proof)
    return found


def _proof(change: RowChange, columns: Mapping[str, int], names: Names) -> Proof:
    others = sorted((change.as_read or {}).keys() - change.values.keys() - change.key.keys())
    own = tuple(columns[heading] for heading in (*change.key, *others))
    name = names.at(change.sheet or "", change.row - 1, own)
    more = any(cell is not None and not _is_address(cell) for cell in name[len(change.key) :])
    numbers = 0 if any("@" in text or text.startswith("+") for text in change.key.values()) else len(change.key)
    return Proof(own, name, more or numbers > 0, numbers)


def _is_address(cell: str | float) -> bool:
    text = str(cell)
    return "@" in text or (sum(map(str.isdecimal, text)) >= _PHONE and not any(map(str.isalpha, text)))


def ambiguous(proofs: Proofs, names: Names) -> set[tuple[str, int]]:
    """Rows that cannot be told from another one of their sheet, or that nothing but an e-mail address or a telephone number names."""
    return {at for at, proof in proofs.items() if not proof.sure or len(names.rows(at[0], proof.columns, proof.name)) > 1}


@dataclass(frozen=True, slots=True)
class Hit:
    """A cell of another row in which our words came to stand, and what stood there before, where that is known."""

    target: Target
    before: GridCell | None


def judge(raws: Sequence[tuple[Target, str | float]], proofs: Proofs, before: Names, after: Names) -> tuple[list[Hit], list[Target]]:
    """After a writing: the cells of other rows that got a row's words, and the cells that do not say what was written."""
    wrong: list[Hit] = []
    missing: list[Target] = []
    for target, raw in raws:
        tab = target.sheet or ""
        proof = proofs[tab, target.row]
        own = [target.row] if proof.still_at(after, tab, target.row) else after.rows(tab, proof.columns, proof.name)
        if len(own) == 1 and holds(after.cells[tab].at(own[0], target.column), raw):
            continue
        missing.append(target)
        if target.row not in own and holds(after.cells[tab].at(target.row, target.column), raw):
            hit = Hit(
                target,
                _before(
                    target, proof, before, after, {one.column for one, _ in raws if (one.sheet, one.row) == (target.sheet, target.row)}
                ),
            )
            if hit.before is None or not holds(hit.before, raw):
                wrong.append(hit)
    return wrong, missing


def _before(target: Target, proof: Proof, before: Names, after: Names, ours: set[int]) -> GridCell | None:
    """What the row that now stands there said before; nothing, where it is a new row that says nothing else."""
    tab = target.sheet or ""
    rows = before.rows(tab, proof.columns, after.at(tab, target.row, proof.columns))
    if len(rows) == 1:
        return before.cells[tab].at(rows[0], target.column)
    now = after.cells[tab].rows[target.row : target.row + 1]
    return BLANK if all(cell.shows is None for row in now for column, cell in enumerate(row) if column not in ours) else None


def holds(cell: GridCell, raw: str | float) -> bool:
    """Whether a value was entered in a cell; "" empties it."""
    if raw == "":
        return cell.entered in (None, "")
    if isinstance(raw, int | float) and isinstance(cell.entered, int | float):
        return abs(cell.entered - raw) < 1e-6
    return not cell.formula and cell.entered == raw
