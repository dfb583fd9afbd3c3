"""Printing a value: Rich on a terminal, plain text in a pipe, or JSON, JSON lines and CSV for scripts."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contractor_ops.reports.printable import printable

if TYPE_CHECKING:
    from rich.console import Console


def is_terminal() -> bool:
    """Whether a person is looking."""
    return sys.stdout.isatty()


def terminal() -> "Console":
    """A console as wide as the terminal."""
    from rich.console import Console

    return Console(highlight=False)


def say(text: str) -> None:
    """Print text without control characters, whatever cell it came from."""
    sys.stdout.write(printable(text) + "\n")


def say_wrapped(text: str) -> None:
    """Print lines for reading: on a terminal broken between words, in line with where the words begin; in a pipe as they are."""
    say(_wrapped(text) if is_terminal() else text)


def warn(text: str) -> None:
    """Print a remark where it does not spoil a pipe."""
    sys.stderr.write(printable(text) + "\n")


def warn_wrapped(text: str) -> None:
    """Print a remark for reading: on a terminal broken between words."""
    warn(_wrapped(text) if sys.stderr.isatty() else text)


def _wrapped(text: str) -> str:
    import shutil
    import textwrap

    width = shutil.get_terminal_size().columns
    lines = []
    for line in printable(text).split("\n"):
        indent = " " * len(_MARGIN.match(line)[0])  # type: ignore[index]
        lines.append(textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False))
    return "\n".join(lines)


def write_page(file: Path, html: str) -> None:
    """Write a page into a file, and say where. Raises FilesNeedMending where it cannot be written."""
    from contractor_ops.errors import FilesNeedMending

    try:
        file.write_text(html, encoding="utf-8")
    except OSError as error:
        raise FilesNeedMending([f"{file} cannot be written: {error.strerror}."], "Name a file in a folder that exists.") from None
    warn(f"Written: {file}")


_MARGIN = re.compile(r" *(?:\S+ {2,})?")
"""What stands before the words of a line: blanks, and a label with blanks after it."""
_UNSEEN = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def to_json(value: Any) -> str:
    """One line of JSON in which no control character stands, whatever the cells held."""
    text = json.dumps(value, ensure_ascii=False, default=as_json)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_json(value: Any) -> None:
    """Print a value as JSON; the lists inside an object stand an element a line, so that people can read it and tools can compare it."""
    write = sys.stdout.write
    if isinstance(value, dict):
        write("{")
        for position, (key, part) in enumerate(value.items()):
            write(("," if position else "") + f"\n{to_json(key)}: ")
            _write_part(part, write)
        write("\n}\n")
    else:
        _write_part(value, write)
        write("\n")


def _write_part(part: Any, write: Callable[[str], Any]) -> None:
    if isinstance(part, list) and part:
        write("[\n" + ",\n".join(map(to_json, part)) + "\n]")
    else:
        write(to_json(part))


def print_json_lines(values: Iterable[Any]) -> None:
    """Print one JSON value a line."""
    for value in values:
        sys.stdout.write(to_json(value) + "\n")


def print_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows as CSV that no spreadsheet runs as a formula."""
    from contractor_ops.reports.csv_out import write_csv

    write_csv(rows, columns, sys.stdout)


def as_json(value: Any) -> Any:
    """Money as a number, days and moments as ISO text, durations as seconds."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    raise TypeError(f"cannot print {type(value).__name__} as JSON")
