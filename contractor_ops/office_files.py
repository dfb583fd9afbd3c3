"""Files that steps leave in an office's folder: drafts, checklists, calendar entries."""

from pathlib import Path, PureWindowsPath


def keep_draft(office: Path, name: str, text: str) -> str:
    """Write a draft into drafts/, beside one of that name that says something else; its name. Raises OSError."""
    folder, name = office / "drafts", _bare(name)
    stem, end = Path(name).stem, Path(name).suffix
    folder.mkdir(exist_ok=True)
    for number in range(1, 1000):
        file = folder / (name if number == 1 else f"{stem}-{number}{end}")
        if file.exists() and file.read_bytes() == text.encode():
            break
        if not file.exists():
            _write(file, text)
            break
    return file.name


def keep_file(office: Path, name: str, text: str) -> str:
    """Write a file such as calendar/J-1.ics, in place of the one that was there; its name. Raises OSError."""
    folder, _, rest = name.partition("/")
    (office / folder).mkdir(exist_ok=True)
    file = office / folder / _bare(rest)
    _write(file, text)
    return file.name


def _bare(name: str) -> str:
    """A name that stays in its folder: PureWindowsPath knows both kinds of slashes."""
    return PureWindowsPath(name).name


def _write(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(text.encode())
    beside.replace(file)
