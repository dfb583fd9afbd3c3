"""A Google Sheet as something to write into: read just before, written at once or not at all, never twice, and looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from contractor_ops.clients.google_refusals import GoogleTrouble, Refusal, meaning_of
from contractor_ops.clients.google_sheets import GoogleSheets, quoted
from contractor_ops.errors import NotWritten, UnusableFile
from contractor_ops.ports import Cell, NewValue, RowChange, Sheet, Written
from contractor_ops.sources.google_cells import FIRST_DAY
from contractor_ops.sources.google_guards import refuse
from contractor_ops.sources.google_proof import Hit, Names, Proofs, ambiguous, holds, judge, proofs_of
from contractor_ops.sources.google_sheet import Book
from contractor_ops.sources.writing.areas import address
from contractor_ops.sources.writing.placing import Target, as_text, left_alone, place_changes

_LOOK = "Look at the sheet; File, Version history shows what was changed."
_LOOKS = (0.0, 2.0, 5.0)
"""Seconds before each look for a writing that was not answered: Google carries out what it got when it comes to it."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Placed:
    """What is to be written where: each cell with its value as Google takes it, and what tells whose row it is."""

    title: str
    raws: Sequence[tuple[Target, str | float]]
    proofs: Proofs
    names: Names
    left: Sequence[str]
    told: Sequence[str]

    def written(self, cells: int) -> Written:
        """What the writing came to."""
        return Written(cells, left=self.left, told=self.told)


@dataclass(frozen=True, slots=True)
class GoogleWriter:
    """One spreadsheet by its key; `client` may write, `looker` asks what it may do, where somebody can."""

    client: GoogleSheets
    key: str
    looker: GoogleSheets | None = None

    def rehearse(self, changes: Sequence[RowChange]) -> Written:
        """How many cells `write` would change; nothing is touched. Raises NotWritten where `write` would, as far as it can be known."""
        placed = self._placed(changes)
        if placed.raws and not self._may_change():
            refusal = meaning_of(Refusal(403, ""), self.client.account.email, writing=True)
            raise NotWritten(f"{placed.title}: {refusal.reason}, so nothing was written.", refusal.remedy)
        return placed.written(len(placed.raws))

    def write(self, changes: Sequence[RowChange]) -> Written:
        """Change these cells and nothing else; Google keeps what was there before in its version history. Raises NotWritten."""
        placed = self._placed(changes)
        if not placed.raws:
            return placed.written(0)
        lost = self._put(placed)
        wrong, missing = self._look_again(placed, lost)
        if wrong:
            raise self._put_back(placed, wrong)
        if lost and len(missing) == len(placed.raws):
            raise NotWritten(
                f"{placed.title}: {lost.reason}, and nothing of what was to be written can be seen there. Google may still carry it out.",
                "The next run looks again, and writes what is missing then.",
            )
        if missing:
            raise NotWritten(f"{_cells_of(placed.title, missing)}: what was written does not stand there any more.", _LOOK)
        return placed.written(len(placed.raws))

    def _may_change(self) -> bool:
        """What Google Drive says; where it says nothing, the writing itself will tell."""
        try:
            return self.looker is None or self.looker.may_change(self.key)
        except GoogleTrouble:
            return True

    def _placed(self, changes: Sequence[RowChange]) -> _Placed:
        """The cells to change, as the spreadsheet is now. Raises NotWritten."""
        title, sheets = self._read(list(dict.fromkeys(change.sheet or "" for change in changes)))
        targets, left = place_changes(sheets, changes, title), tuple(left_alone(sheets, changes, title))
        try:
            names = self._names(targets)
        except GoogleTrouble as trouble:
            raise NotWritten(f"{title}: {trouble.reason}, so nothing was written.", trouble.remedy) from trouble
        for tab, cells in names.cells.items():
            refuse([one for one in targets if one.sheet == tab], next(one for one in sheets if one.name == tab), cells)
        proofs = proofs_of(changes, sheets, names, title)
        doubtful = ambiguous(proofs, names)
        sure = [one for one in targets if (one.sheet, one.row) not in doubtful]
        told = _doubts([one for one in targets if (one.sheet, one.row) in doubtful])
        return _Placed(title, [(one, _raw(one.value, one.there)) for one in sure], proofs, names, left, told)

    def _read(self, tabs: Sequence[str]) -> tuple[str, list[Sheet]]:
        """The spreadsheet's title and these sheets as they are now."""
        book = Book(self.client, self.key)
        try:
            there = {tab.title for tab in book.about.tabs}
            wanted = [tab for tab in tabs if tab in there]  # for one that is missing, the placing says so
            return book.about.title, book.sheets(wanted) if wanted else []
        except GoogleTrouble as trouble:
            raise NotWritten(f"The Google Sheet cannot be read: {trouble.reason}, so nothing was written.", trouble.remedy) from trouble
        except UnusableFile as trouble:
            raise NotWritten(f"{trouble.message.rstrip('.')}, so nothing was written.", trouble.remedy) from trouble

    def _names(self, targets: Sequence[Target]) -> Names:
        """The cells of all that is to be written, as they are now. Raises GoogleTrouble."""
        tabs = list(dict.fromkeys(target.sheet or "" for target in targets))
        return Names(self.client.cells(self.key, tabs) if tabs else {})

    def _put(self, placed: _Placed) -> GoogleTrouble | None:
        """Ask Google once; what is given back is why it is not known whether it was done. Raises NotWritten where it surely was not."""
        try:
            self.client.write(self.key, {_cell_name(target): raw for target, raw in placed.raws})
        except GoogleTrouble as trouble:
            if not trouble.taken:
                raise NotWritten(f"{placed.title}: {trouble.reason}, so nothing was written.", trouble.remedy) from trouble
            return trouble
        return None

    def _look_again(self, placed: _Placed, lost: GoogleTrouble | None) -> tuple[list[Hit], list[Target]]:
        """The cells of other rows that got our words, and those that do not say what was written."""
        for pause in _LOOKS if lost else _LOOKS[:1]:
            if pause:
                self.client.patience.wait(pause)
            try:
                after = self._names([target for target, _ in placed.raws])
            except GoogleTrouble as trouble:
                first = lost.reason if lost else "the writing was taken"
                raise NotWritten(f"The Google Sheet may have been written or not: {first}, and then {trouble.reason}.", _LOOK) from trouble
            wrong, missing = judge(placed.raws, placed.proofs, placed.names, after)
            if wrong or len(missing) < len(placed.raws):
                break
        return wrong, missing

    def _put_back(self, placed: _Placed, wrong: Sequence[Hit]) -> NotWritten:
        """Give other rows back what they said, as far as that is known; what there is to say about it."""
        known = [(hit.target, hit.before) for hit in wrong if hit.before is not None and not hit.before.formula]
        values = {target: "" if before.entered is None else before.entered for target, before in known}
        done = False
        try:
            if values:
                self.client.write(self.key, {_cell_name(target): value for target, value in values.items()})
                now = self._names(list(values))
                done = all(holds(now.cells[one.sheet or ""].at(one.row, one.column), value) for one, value in values.items())
        except GoogleTrouble:
            pass  # told below
        back = (
            "What stood there was put back." if done and len(values) == len(wrong) else "Not everything that stood there could be put back."
        )
        where = _cells_of(placed.title, [hit.target for hit in wrong])
        return NotWritten(f"{where}: somebody moved rows at the very moment of writing, so another row got our words. {back}", _LOOK)


def _doubts(targets: Sequence[Target]) -> tuple[str, ...]:
    """A sentence about rows that are left alone."""
    rows = list(dict.fromkeys(str(target.place) for target in targets))
    if not rows:
        return ()
    only = "nothing but a telephone number or an e-mail address tells whose row it is, or another row says the same"
    return (f"{_some(rows)}: left as it is, as {only}. Give each row a number of its own.",)


def _some(names: Sequence[str]) -> str:
    return "; ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def _cells_of(title: str, targets: Sequence[Target]) -> str:
    return f"{title}, {_some([f'{target.sheet}, {address(target.row, target.column)}' for target in targets])}"


def _cell_name(target: Target) -> str:
    return quoted(target.sheet or "", address(target.row, target.column))


def _raw(value: NewValue, before: Cell) -> str | float:
    """A value as Google takes it as it is: a day is a number where the cell shows days already, else the day in words."""
    if value is None:
        return ""
    if isinstance(value, date) and isinstance(before, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
        return (moment - FIRST_DAY) / timedelta(days=1)
    if isinstance(value, Decimal | int):
        return float(value) if isinstance(value, Decimal) and value % 1 else int(value)
    return as_text(value)
