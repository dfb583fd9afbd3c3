"""What a cell's style says: whether it shows days, and whether a protected sheet locks it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

_BUILT_IN_DAYS = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)})
_NO_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
GENERAL = 0


@dataclass(frozen=True, slots=True)
class CellStyle:
    """One entry of a workbook's cell styles. `format` is the number of its number format, 0 is "General"."""

    format: int
    shows_days: bool
    locked: bool


PLAIN = CellStyle(GENERAL, shows_days=False, locked=True)


def read_styles(xml: bytes | None) -> list[CellStyle]:
    """The cell styles in their order. Raises ParseError or ValueError for a part that cannot be read."""
    if xml is None:
        return []
    root = ElementTree.fromstring(xml)  # noqa: S314 (the parser beneath refuses entity bombs)
    codes = {int(one.get("numFmtId", "-1")): one.get("formatCode", "") for one in root.iterfind("./{*}numFmts/{*}numFmt")}
    return [_style(one, codes) for one in root.iterfind("./{*}cellXfs/{*}xf")]


def _style(element: ElementTree.Element, codes: Mapping[int, str]) -> CellStyle:
    number = int(element.get("numFmtId", "0"))
    protection = element.find("{*}protection")
    locked = protection is None or protection.get("locked", "1") not in {"0", "false"}
    return CellStyle(number, number in _BUILT_IN_DAYS if number not in codes else _shows_days(codes[number]), locked)


def _shows_days(code: str) -> bool:
    """Whether a number format spells a day or a year: "mmm d, yyyy" does, "General" and "h:mm" do not."""
    letters = _NO_LETTERS.sub("", code.split(";")[0]).lower()
    return "general" not in letters and bool(re.search("[yd]", letters))
