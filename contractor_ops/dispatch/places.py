"""Places of work: the ZIP code and town of an address, and the territory that a technician's row describes."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from contractor_ops.tables.cells.column import is_blank
from contractor_ops.tables.cells.names import normal_name

Nearness = Literal["zip", "area", "town", "anywhere", "outside"]
_ZIP = re.compile(r"(?:^|(?<=[\s,]))(\d{5})(?:-\d{4})?(?=\s*(?:$|[,;(\n]))")
_NO_ZIP_BEFORE = re.compile(r"(?:\b(?:box|unit|apt|suite|ste|lot|no)\.?|#)\s*$", re.IGNORECASE)
_SHORT_ZIP = re.compile(r"\b(?:CT|MA|ME|NH|NJ|PR|RI|VT)\s*,?\s+(\d{4})\s*$")  # a spreadsheet took the leading zero of "02139"
_POSTAL_CODE = re.compile(r"\b([ABCEGHJ-NPRSTVXY]\d[A-Z])[ -]?(\d[A-Z]\d)\b", re.IGNORECASE)
_COUNTRY = re.compile(r"[\s,]+(?:usa|u\.s\.a\.?|united states(?: of america)?|canada)\s*\.?\s*$", re.IGNORECASE)
_STATE_AT_END = re.compile(r"\s([A-Z]{2})$")
_BEHIND_THE_STREET = re.compile(
    r"\b(?:st|street|ave|avenue|rd|road|blvd|boulevard|ln|lane|dr|drive|ct|court|pl|place|ter|terrace|cir|circle|way|pkwy|parkway|hwy|sq)\b\.?"
    r"(?:\s+(?:[nsew]|[ns][ew])\b\.?)?(?:\s+(?:apt|unit|suite|ste|#)\.?\s*\w+)?\s+(?P<town>[a-z][a-z .'’-]+)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[,;/&+|\n]\s*|\s+\band\b\s+|(?<=\d)\s+(?=\d)|(?<=[\dx*])\s+(?=\d{3})", re.IGNORECASE)
_ONE_ZIP = re.compile(r"(\d{5})(?:-\d{4})?")
_RANGE = re.compile(r"(\d{5})\s*(?:[-–—]|to|thru|through)\s*(\d{5})", re.IGNORECASE)
_PREFIX = re.compile(r"(\d{3,4})(?:x{1,2}|\*{1,2})|(\d{3})|([a-z]\d[a-z])(?:[ -]?(?:\*+|x+))?", re.IGNORECASE)
_EVERYWHERE = frozenset({"all", "any", "anywhere", "everywhere", "all areas", "any area", "all zips", "all zip codes", "whole area"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an address lies: `zip_code` with `area`, its first three characters, both "" where unknown; `towns` may be the town."""

    zip_code: str = ""
    area: str = ""
    towns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Territory:
    """Where somebody works. Nothing stated at all is anywhere; `not_understood` are the parts of the cell that say something else."""

    zips: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    ranges: tuple[tuple[str, str], ...] = ()
    towns: frozenset[str] = frozenset()
    everywhere: bool = True
    not_understood: tuple[str, ...] = ()

    def nearness(self, spot: Spot) -> Nearness:
        """How exactly it names the spot; the most exact holds."""
        if spot.zip_code in self.zips:
            return "zip"
        if spot.zip_code and (spot.zip_code.startswith(self.prefixes) or (self.ranges and self._in_a_range(spot.zip_code))):
            return "area"
        if self.towns and not self.towns.isdisjoint(spot.towns):
            return "town"
        return "anywhere" if self.everywhere else "outside"

    def _in_a_range(self, zip_code: str) -> bool:
        return any(first <= zip_code <= last for first, last in self.ranges)


NOWHERE = Spot()


@lru_cache(maxsize=16_384)
def spot_of(address: str) -> Spot:
    """The spot that an address names; what cannot be told for certain is left out."""
    text = _COUNTRY.sub("", " ".join(address.replace("\n", ", ").split()))
    if postal := _POSTAL_CODE.search(text):
        return _spot("".join(postal.groups()).upper(), text[: postal.start()])
    for found in reversed(list(_ZIP.finditer(text))):
        if found.start() and not _NO_ZIP_BEFORE.search(text[: found.start()]):
            return _spot(found[1], text[: found.start()])
    if short := _SHORT_ZIP.search(text):
        return _spot("0" + short[1], text[: short.start(1)])
    return _spot("", text)


def _spot(zip_code: str, before: str) -> Spot:
    """The pieces between commas that have no figures are the town and the state; without commas, what stands behind the street."""
    pieces = [_STATE_AT_END.sub("", piece) for part in before.split(",") if (piece := part.strip())]
    towns = [piece for piece in pieces if not any(map(str.isdigit, piece))]
    towns += [found["town"] for piece in pieces if (found := _BEHIND_THE_STREET.search(piece))]
    return Spot(zip_code, zip_code[:3], frozenset(filter(None, map(normal_name, towns))))


def read_territory(cell: str) -> Territory:
    """What a cell says: ZIP codes, beginnings of ZIP codes ("606xx"), ranges, towns, or "all"."""
    zips, towns, unclear = set[str](), set[str](), list[str]()
    prefixes, ranges = set[str](), set[tuple[str, str]]()
    parts = [part.strip() for part in _BETWEEN.split(cell.strip()) if not is_blank(part.strip())]
    everywhere = not parts
    for part in parts:
        if part.casefold() in _EVERYWHERE:
            everywhere = True
        elif found := _RANGE.fullmatch(part):
            ranges.add((min(found.groups()), max(found.groups())))
        elif found := _ONE_ZIP.fullmatch(part):
            zips.add(found[1])
        elif found := _POSTAL_CODE.fullmatch(part):
            zips.add("".join(found.groups()).upper())
        elif found := _PREFIX.fullmatch(part):
            prefixes.add(next(filter(None, found.groups())).upper())
        elif any(map(str.isdigit, part)):
            unclear.append(part)
        else:
            towns.add(normal_name(part))
    return Territory(frozenset(zips), tuple(sorted(prefixes)), tuple(sorted(ranges)), frozenset(towns), everywhere, tuple(unclear))
