"""Finds the files that a config's `file` or `files` mean."""

import glob
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from contractor_ops.errors import UnusableFile
from contractor_ops.sources.google_voice import holds_pages

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt"})
# Excel's owner file ~$x.xlsx, LibreOffice's .~lock.x#, macOS's ._x, half-finished downloads and saves.
_NOT_FOR_READING = re.compile(r"[~.].*|.*(?:\.tmp|\.part|\.crdownload|\.download|\.bak|~|#)", re.IGNORECASE)
_CONFLICT = re.compile(
    r"(?P<stem>.+?)(?: \([^()]*\bconflict(?:ed copy)?\b[^()]*\)|\.sync-conflict-[\w-]+)(?P<suffix>\.\w+)?",  # Dropbox, Nextcloud; Syncthing
    re.IGNORECASE,
)
_COMPUTER = re.compile(r"PC|(?i:desktop|laptop|notebook|surface|macbook|imac|workstation|^win-)")  # OneDrive: name-COMPUTER.xlsx
_SHOWN = 8


def find_files(office: Path, patterns: Sequence[str]) -> list[Path]:
    """The files that names and patterns stand for, in order, each once.

    A name is that file, or a folder of pages that Google Voice wrote.
    A pattern (`exports/estimate_export_*.csv`) is its newest file, by modification time, ties by name.
    Raises UnusableFile when there is none, or when a sync program has left a conflicted copy that may hold newer rows.
    """
    found = [_newest(office, each) if _is_pattern(office, each) else _named(office, each) for each in patterns]
    return list(dict.fromkeys(found))


def _is_pattern(office: Path, name: str) -> bool:
    return glob.has_magic(name) and not (office / name).exists()  # "jobs [2026].xlsx" is a name too


def _named(office: Path, name: str) -> Path:
    path = office / name
    if not path.exists():
        raise _missing(office, name)
    if path.is_dir() and holds_pages(path):
        return path
    if path.is_dir():
        raise UnusableFile(f"{name} is a folder, not a file.", f'Name the file inside it, or a pattern such as "{name}/*.xlsx".')
    siblings = _names_in(path.parent)
    for sibling in siblings:
        copy = path.with_name(sibling)
        if original_of(sibling, siblings) == path.name and copy.stat().st_mtime_ns > path.stat().st_mtime_ns:
            raise _conflict(name, sibling)
    return path


def _newest(office: Path, pattern: str) -> Path:
    matches = (office / match for match in glob.glob(pattern, root_dir=office, recursive=True))  # noqa: PTH207 (a pattern may be absolute)
    candidates = [path for path in matches if path.is_file() and not _NOT_FOR_READING.fullmatch(path.name)]
    if not candidates:
        raise _missing(office, pattern)
    for path in sorted(candidates):
        original = original_of(path.name, _names_in(path.parent))
        if original is not None:
            raise _conflict(original, path.name)
    return max(candidates, key=lambda path: (path.stat().st_mtime_ns, path.name))


def original_of(name: str, siblings: Iterable[str]) -> str | None:
    """The file that `name` is a sync program's conflicted copy of, or None. A computer's name counts only beside its original."""
    conflict = _CONFLICT.fullmatch(name)
    if conflict:
        return conflict["stem"] + (conflict["suffix"] or "")
    stem, suffix = Path(name).stem, Path(name).suffix
    beside = set(siblings)
    for hyphen in (at for at, letter in enumerate(stem) if letter == "-"):
        if stem[:hyphen] + suffix in beside and _COMPUTER.search(stem[hyphen + 1 :]):
            return stem[:hyphen] + suffix
    return None


def _conflict(original: str, copy: str) -> UnusableFile:
    return UnusableFile(
        f'"{copy}" is a conflicted copy of "{Path(original).name}": two people saved at the same time, and rows may stand in either.',
        "Open both, put the rows together in one, and delete the other or move it to another folder.",
    )


def _missing(office: Path, name: str) -> UnusableFile:
    from rapidfuzz import fuzz, process

    # Text files are mostly notes: they stand last.
    there = sorted(spreadsheets_in(office, Path(name).parent), key=lambda each: each.lower().endswith(".txt"))
    stem = _letters(name)
    nearest = process.extractOne(stem, {each: _letters(each) for each in there}, scorer=fuzz.ratio, score_cutoff=65) if stem else None
    hints = [f'Did you mean "{nearest[2]}"?'] if nearest else []
    if not nearest and glob.has_magic(name):
        hints = [f"Export it again into {Path(name).parent.as_posix()}/." if "/" in name else "Export it again."]
    elif not nearest:
        hints = ["Put it there again, or name another one in config.toml."]
    more = f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else ""
    hints.append(f"Spreadsheets there: {', '.join(there[:_SHOWN])}{more}." if there else "There are no spreadsheets there.")
    sentence = f'No file fits "{name}".' if glob.has_magic(name) else f'There is no file "{name}".'
    return UnusableFile(sentence, " ".join(hints))


def _letters(name: str) -> str:
    """What a file is called without its folder, its ending, numbers and wildcards: an export of invoices is no export of calls."""
    return re.sub(r"[\W\d_]+", "", Path(name).stem.lower())


def spreadsheets_in(office: Path, folder: Path = Path()) -> list[str]:
    """Every spreadsheet in the office's folder and in `folder`, as a config would name it, sorted."""
    folders = dict.fromkeys([Path(), folder])
    return sorted(
        (each / name).as_posix()
        for each in folders
        for name in _names_in(office / each)
        if Path(name).suffix.lower() in SPREADSHEETS and not _NOT_FOR_READING.fullmatch(name)
    )


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
