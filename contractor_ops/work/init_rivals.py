"""Each table from one place: from where config.toml says, else from what fits best; and of the others, why they are not used."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from contractor_ops.config import TablePart, read_config
from contractor_ops.errors import UnusableFile
from contractor_ops.office import CONFIG
from contractor_ops.sources.find import find_files
from contractor_ops.work.init_found import NEWEST_IS_READ, Found


def parts_named(folder: Path) -> Mapping[str, TablePart]:
    """The tables that the folder's config.toml names; none where there is no such file."""
    file = folder / CONFIG
    return read_config(file.read_bytes(), str(file)).tables if file.is_file() else {}


def settled(folder: Path, looked: Iterable[Found]) -> list[Found]:
    """What was looked at, each table once."""
    parts = parts_named(folder)
    files = {table: _read_now(folder, part) for table, part in parts.items()}
    known = [_as_named(one, folder / one.file, parts, files) for one in looked]
    best: dict[str, Found] = {}
    for one in known:
        if one.table and one.table not in parts and (one.table not in best or one.rank > best[one.table].rank):
            best[one.table] = one
    return [one if one.table is None or one.is_named else _judged(one, best, parts, known) for one in known]


def _judged(one: Found, best: Mapping[str, Found], parts: Mapping[str, TablePart], known: Sequence[Found]) -> Found:
    table = one.table or ""
    if table in parts:
        return _beside_named(one, parts[table], [other for other in known if other.is_named and other.table == table])
    return one if best[table] is one else _beside(one, best[table], known)


def _read_now(folder: Path, part: TablePart) -> Collection[Path]:
    """The files that a table is read from today."""
    if part.asked_live:
        return ()
    try:
        return find_files(folder, part.patterns)
    except UnusableFile:
        return ()


def _as_named(one: Found, path: Path, parts: Mapping[str, TablePart], files: Mapping[str, Collection[Path]]) -> Found:
    """What config.toml says that a sheet is, whatever it looks like."""
    for table, part in parts.items():
        same_sheet = one.sheet in (None, *(part.wanted_sheets or ())) or (part.wanted_sheets is None and one.table == table)
        same_place = one.google == part.google_sheet if one.google else path in files[table]
        if same_sheet and same_place:
            return replace(one, table=table, columns=one.columns if one.table == table else (), why="", is_named=True)
    return one


def _beside_named(one: Found, part: TablePart, kept: Sequence[Found]) -> Found:
    """One that fits a table that config.toml reads from elsewhere."""
    if any(other.lines == one.lines for other in kept):
        return replace(one, table=None, why=f"{one.table}; {NEWEST_IS_READ}")
    why = f"looks like {one.table} too, but config.toml names {part.called}; to use it instead: {_inline(one)} under [tables.{one.table}]"
    return replace(one, table=None, why=why, instead_of=one.table or "")


def _beside(one: Found, chosen: Found, looked: Iterable[Found]) -> Found:
    """One that fits a table that another was chosen for, and why that one; of several exports of the same kind only the best is told so."""
    alike = [other for other in looked if other.table == one.table and other.lines == one.lines]
    if chosen.lines == one.lines or max(alike, key=lambda other: other.rank) is not one:
        return replace(one, table=None, why=f"{one.table}; {NEWEST_IS_READ}")
    better = "has open rows" if chosen.rank[0] > one.rank[0] else "fits better" if chosen.rank[1] > one.rank[1] else "is newer"
    if chosen.rank == one.rank:
        better = "was found first"
    why = f"looks like {one.table} too, but {chosen.name} {better}; to use it instead: {_inline(one)} under [tables.{one.table}]"
    return replace(one, table=None, why=why, instead_of=one.table or "")


def _inline(one: Found) -> str:
    return ", ".join(re.sub("^(file|sheet) +=", r"\1 =", line) for line in one.lines)
