"""Match the office's headings to our columns: configuration first, then the catalogue's words, then what the values look like.

Nothing is guessed: a heading that could be two things, or two headings that claim one column with equal right, is told.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any, Literal

from contractor_ops.errors import UnusableFile
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.heading_words import heading_key
from contractor_ops.tables.looks import Look, are_amounts, are_numbers_of_documents, count_up, fits, has_times, main_look
from contractor_ops.tables.record import ColumnMatch

Values = Callable[[int], Iterable[Any]]
"""The cells below one heading, from the first row on."""
NOTHING_GIVEN: Mapping[str, tuple[tuple[int, ...], str]] = {}
Mode = Literal["one", "together", "first"]
"""How several headings feed one column: put together, or the first that is filled."""

_LOOK_WORDS = {
    "date": "dates", "number": "numbers", "phone": "telephone numbers", "email": "e-mail addresses", "yes_no": "yes or no", "text": "words",
}  # fmt: skip
_TEXT_KINDS = frozenset({"id", "text", "name"})
_DAY_AND_MOMENT = frozenset({"day", "moment"})
_NUMBERED = frozenset({"number", "job"})
"""Columns that hold the number of a document; a heading that may feed one of them or the title is settled by its values."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Which of the sheet's columns (counted from 0) feed one of ours, and why."""

    column: Column
    indexes: tuple[int, ...]
    mode: Mode
    why: str


@dataclass(slots=True)
class Headings:
    """A sheet's headings as matched: `feeds` by our column name, `unclear` the sentences about headings that stay open."""

    texts: Sequence[str]
    feeds: dict[str, Feed] = field(default_factory=dict)
    unclear: list[tuple[str, str]] = field(default_factory=list)

    def match(self, column: str) -> ColumnMatch | None:
        """How our column was found, or None."""
        feed = self.feeds.get(column)
        return None if feed is None else ColumnMatch(tuple(self.texts[index] for index in feed.indexes), feed.why)

    def spelling(self, column: str) -> str | None:
        """The file's heading for our column, for problems."""
        feed = self.feeds.get(column)
        return self.texts[feed.indexes[0]] if feed and self.texts[feed.indexes[0]] else (column if feed else None)


@dataclass(slots=True)
class _Option:
    """One way to feed a column."""

    indexes: tuple[int, ...]
    mode: Mode


def known_keys(spec: TableSpec) -> dict[str, set[str]]:
    """Every heading of the catalogue in our one form, with the columns that it may feed."""
    keys: dict[str, set[str]] = {}
    for column in spec.columns:
        for entry in column.headings:
            for piece in entry.replace(" + ", " | ").split(" | "):
                keys.setdefault(heading_key(piece), set()).add(column.name)
    return keys


def match_headings(
    spec: TableSpec,
    texts: Sequence[str],
    values: Values,
    configured: Mapping[str, str | list[str]],
    file: str,
    given: Mapping[str, tuple[tuple[int, ...], str]] = NOTHING_GIVEN,
) -> Headings:
    """Match headings to the table's columns; `values` gives the cells below one of them.

    `given` are columns that the layout has settled already: where they stand, and why.

    Raises UnusableFile when config.toml names a heading or a column that is not there.
    """
    found = Headings(texts)
    _configured_feeds(spec, found, configured, file)
    for name, (indexes, why) in given.items():
        column = spec.column(name)
        if column is not None and name not in found.feeds:
            found.feeds[name] = Feed(column, indexes, "one" if len(indexes) == 1 else "together", why)
    taken = {index for feed in found.feeds.values() for index in feed.indexes}
    places: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        if text and index not in taken:
            places.setdefault(heading_key(text), []).append(index)
    options = {column.name: _options(column, places) for column in spec.columns if column.name not in found.feeds}
    looks = _Looks(values)
    _drop_unfitting(spec, options, texts, looks)
    _settle_contests(spec, options, found, looks)
    for column in spec.columns:
        if options.get(column.name):
            _take(column, options[column.name][0], found, looks)
    _drop_running_balance(found, values)
    return found


class _Looks:
    """What each column's values look like, asked once."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self._seen: dict[int, Look | None] = {}

    def __getitem__(self, index: int) -> Look | None:
        if index not in self._seen:
            self._seen[index] = main_look(self.values(index))
        return self._seen[index]


def _configured_feeds(spec: TableSpec, found: Headings, configured: Mapping[str, str | list[str]], file: str) -> None:
    for name, wanted in configured.items():
        column = spec.column(name)
        if column is None:
            near = nearest(name, spec.column_names)
            raise UnusableFile(
                f'{file}: {spec.name} has no column "{name}".', f'Did you mean "{near}"? `contractor-ops tables` prints them all.'
            )
        headings = [wanted] if isinstance(wanted, str) else wanted
        indexes = tuple(_index_of(heading, found.texts, name, file) for heading in headings)
        found.feeds[name] = Feed(column, indexes, "together" if len(indexes) > 1 else "one", "config.toml says so")


def _index_of(heading: str, texts: Sequence[str], name: str, file: str) -> int:
    wanted = " ".join(heading.split())
    for form in (str, str.casefold, heading_key):
        for index, text in enumerate(texts):
            if text and form(text) == form(wanted):
                return index
    present = [text for text in texts if text]
    near = nearest(wanted, present)
    raise UnusableFile(
        f'{file}: config.toml says that {name} stands under "{heading}", but there is no such heading. There are: {", ".join(present)}.',
        f'Did you mean "{near}"? Write it as {name} = "{near}" under columns.' if near else "Correct it under columns.",
    )


def nearest(name: str, names: Sequence[str], least: float = 0) -> str | None:
    """The most alike of the names, to suggest and never to decide; None where none is `least` of 100 alike."""
    from rapidfuzz import process
    from rapidfuzz.utils import default_process

    best = process.extractOne(name, names, processor=default_process, score_cutoff=least)
    return str(best[0]) if best else None


def _options(column: Column, places: Mapping[str, list[int]]) -> list[_Option]:
    """Every way to feed the column that the sheet's headings allow, the best first."""
    found: list[_Option] = []
    for entry in column.headings:
        together = " + " in entry
        pieces = [places.get(heading_key(piece), []) for piece in entry.split(" + " if together else " | ")]
        indexes = tuple(dict.fromkeys(index for piece in pieces for index in piece))
        if not indexes or (together and not _enough(column, pieces)):
            continue
        mode: Mode = "one" if len(indexes) == 1 else ("together" if together else "first")
        found.append(_Option(indexes, mode))
    return found


def _enough(column: Column, pieces: Sequence[list[int]]) -> bool:
    """Whether enough of the pieces are there: a moment needs its date and its time, a name its first word."""
    if column.kind == "moment":
        return all(pieces)
    return bool(pieces[0]) if column.kind == "name" else any(pieces)


def _drop_unfitting(spec: TableSpec, options: dict[str, list[_Option]], texts: Sequence[str], looks: _Looks) -> None:
    """Where a heading may mean several of our columns, only those stay whose kind its values are."""
    keys = known_keys(spec)
    for column in spec.columns:
        for option in list(options.get(column.name, ())):
            index = option.indexes[0]
            rivals = keys[heading_key(texts[index])]
            shared = option.mode == "one" and _is_shared(spec, rivals)
            clock_only = (
                column.kind == "moment" and option.mode == "one" and option is not options[column.name][-1] and looks[index] != "date"
            )
            if (shared and not _holds(spec, column, rivals, index, looks)) or (clock_only and looks[index] is not None):
                options[column.name].remove(option)


def _is_shared(spec: TableSpec, names: set[str]) -> bool:
    kinds = {column.kind for column in spec.columns if column.name in names}
    return len(names) > 1 and (_number_or_title(names) or not (kinds <= _TEXT_KINDS or kinds <= {"day"}))


def _number_or_title(names: set[str]) -> bool:
    return "title" in names and not _NUMBERED.isdisjoint(names)


def _holds(spec: TableSpec, column: Column, rivals: set[str], index: int, looks: _Looks) -> bool:
    """Whether a column's values are of this kind, and none of a rival's: a number is no title, an amount is no number."""
    look = looks[index]
    if look is None or not fits(column.kind, look):
        return look is None
    kinds = {other.kind for other in spec.columns if other.name in rivals}
    values = looks.values
    if column.kind == "moment":
        return has_times(values(index))
    if _number_or_title(rivals) and column.name in {"title", *_NUMBERED}:
        return are_numbers_of_documents(values(index)) == (column.name in _NUMBERED)
    if column.kind == "text" and "money" in kinds:
        return look == "text"
    if column.kind == "id" and "money" in kinds:
        return not are_amounts(values(index))
    return column.kind != "money" or "id" not in kinds or not count_up(values(index))


def _settle_contests(spec: TableSpec, options: dict[str, list[_Option]], found: Headings, looks: _Looks) -> None:
    """Let each heading feed one column only; a day and its moment, two texts or two durations may share it."""
    for _ in range(len(spec.columns)):
        contest = _contest(spec, options)
        if contest is None:
            return
        index, columns = contest
        winner = min(columns, key=lambda column: column.kind == "status") if looks[index] is None else _only_sum(columns)
        if winner is None:
            names = " or ".join(column.name for column in columns)
            heading = found.texts[index]
            said = f'"{heading}" could be {names}. Say which under columns in config.toml, such as {columns[0].name} = "{heading}".'
            found.unclear.append((heading, said))
        for column in columns:
            if column is not winner:
                options[column.name] = [option for option in options[column.name] if index not in option.indexes]


def _only_sum(columns: Sequence[Column]) -> Column | None:
    """A sheet that knows only a sum before tax has no other total."""
    return next((one for one in columns if one.name == "total"), None) if {one.name for one in columns} == {"total", "subtotal"} else None


def _contest(spec: TableSpec, options: Mapping[str, list[_Option]]) -> tuple[int, list[Column]] | None:
    claims: dict[int, list[Column]] = {}
    for column in spec.columns:
        for option in options.get(column.name, ())[:1]:
            for index in option.indexes:
                claims.setdefault(index, []).append(column)
    for index, columns in claims.items():
        kinds = {column.kind for column in columns}
        sharing = kinds <= _TEXT_KINDS or kinds == {"seconds"} or (kinds <= _DAY_AND_MOMENT and len(kinds) == len(columns))
        if len(columns) > 1 and not sharing:
            return index, columns
    return None


def _take(column: Column, option: _Option, found: Headings, looks: _Looks) -> None:
    if option.mode == "first":
        option = _without_blank_rivals(column, option, looks)
    if option.mode == "first" and not _agree([looks.values(index) for index in option.indexes]):
        texts = [f'"{found.texts[index]}"' for index in option.indexes]
        which = f'Say which under columns in config.toml, such as {column.name} = "…".'
        if len(set(texts)) < len(texts):
            which = "Rename one of them in the sheet."
        said = f"{' and '.join(texts)} both claim {column.name} and differ. {which}"
        found.unclear.append((found.texts[option.indexes[0]], said))
        return
    found.feeds[column.name] = Feed(column, option.indexes, option.mode, _why(column, option, looks))


def _without_blank_rivals(column: Column, option: _Option, looks: _Looks) -> _Option:
    kept = tuple(index for index in option.indexes if looks[index] is not None)
    fitting = tuple(index for index in kept if fits(column.kind, looks[index])) if column.kind not in _TEXT_KINDS else kept
    chosen = fitting or kept or option.indexes[:1]
    return _Option(chosen, "one" if len(chosen) == 1 else "first")


def _agree(columns: Sequence[Iterable[Any]]) -> bool:
    """Whether in every row all that is filled says the same."""
    return all(
        len({str(cell).strip().casefold() for cell in cells if cell is not None} - {""}) <= 1 for cells in zip(*columns, strict=True)
    )


def _why(column: Column, option: _Option, looks: _Looks) -> str:
    if option.mode == "together":
        return "put together from these headings"
    if option.mode == "first":
        return "these headings say the same"
    look = looks[option.indexes[0]]
    if column.kind in {"day", "moment", "money"} and look is not None and fits(column.kind, look):
        return f"the heading says so, and its values are {_LOOK_WORDS[look]}"
    return "the heading says so"


def _drop_running_balance(found: Headings, values: Values) -> None:
    """A balance that only adds up the amounts above it is nobody's."""
    balance, total = found.feeds.get("balance"), found.feeds.get("total")
    if balance is None or total is None or balance.why.startswith("config") or heading_key(found.texts[balance.indexes[0]]) != "balance":
        return
    if _runs(list(islice(values(total.indexes[0]), 400)), list(islice(values(balance.indexes[0]), 400))):
        del found.feeds["balance"]


def _runs(amounts: list[Any], balances: list[Any]) -> bool:
    from contractor_ops.tables.cells.money import clean_money

    pairs = [(a, b) for a, b in zip(clean_money(amounts)[0], clean_money(balances)[0], strict=True) if a is not None and b is not None]
    running = sum(b == before + a and before != 0 for (_, before), (a, b) in pairwise(pairs))
    starting = sum(a == b for a, b in pairs)
    return running > 0 and running + starting >= 0.9 * len(pairs)
