"""Every CSV that leaves the product: safe to open in a spreadsheet, and fit to be read back."""

import csv
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TextIO

from contractor_ops.tables.printable import printable

# A spreadsheet runs a cell that begins with one of these; Excel in East Asian locales takes the full-width ones too.
_STARTS_FORMULA = tuple("=+-@＝＋－＠")
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?(?:[eE][+-]?\d+)?%?", re.ASCII)
_PHONE = re.compile(r"\+\d[\d ().-]{5,18}\d(?:;ext=\d{1,7})?", re.ASCII)


def write_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """Write a heading row and one line for each row; a column that a row lacks is blank.

    Dates are ISO, money has no sign or commas, a length of time is its seconds, a list is joined with ", ", unknown is blank.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([cell(column) for column in columns])
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)


def cell(value: Any) -> str:
    """One value as a CSV cell: text that a spreadsheet would run as a formula begins with an apostrophe instead."""
    text = printable(_plain(value)).strip("\n\t")
    return f"'{text}" if text.lstrip().startswith(_STARTS_FORMULA) and not _harmless(text) else text


def _harmless(text: str) -> bool:
    """Whether it begins like a formula but is a plain number, a telephone number, or several of them."""
    if re.search(r"\d", text) and _NUMBER.fullmatch(text):
        return True
    return all(_PHONE.fullmatch(part) for part in text.split(", "))


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return format(value, "f") if value.is_finite() else ""
        case float():
            return repr(value) if math.isfinite(value) else ""
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return str(int(value.total_seconds()))
        case Mapping():
            return json.dumps(value, default=_plain, ensure_ascii=False)
        case list() | tuple() | set() | frozenset():
            return ", ".join(_plain(part) for part in value)
        case _:
            return str(value)
