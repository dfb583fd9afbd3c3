"""Where a state, a postcode or an area code lies: what places.toml knows, made ready to be asked."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class Region:
    """A state, a province or a territory: `zones` are the names of all its time zones, the more usual one first."""

    code: str
    name: str
    zones: tuple[str, ...]
    zone_by_postcode: dict[str, str]

    def zones_at(self, postcode: str | None) -> tuple[str, ...]:
        """The zones that are plausible there: one where the postcode settles it, else all of the region's."""
        zone = _longest_beginning(self.zone_by_postcode, postcode or "")
        return (zone,) if zone else self.zones


@dataclass(frozen=True)
class Places:
    """Every region by its code, and the ways that lead to one."""

    regions: dict[str, Region]
    code_by_postcode: dict[str, str]
    codes_by_area_code: dict[str, tuple[str, ...]]
    split_area_codes: dict[str, tuple[str, ...]]
    same_clock: dict[str, str]

    def region_of_postcode(self, postcode: str) -> Region | None:
        """The region whose postcodes begin like this one, or None."""
        code = _longest_beginning(self.code_by_postcode, postcode)
        return self.regions[code] if code else None

    def regions_of_area_code(self, area_code: str) -> tuple[Region, ...]:
        """The regions that use the area code: usually one; none for toll-free and foreign ones."""
        return tuple(self.regions[code] for code in self.codes_by_area_code.get(area_code, ()))

    @cached_property
    def by_name(self) -> dict[str, Region]:
        """Regions by their name in capitals, the longest name first: "WEST VIRGINIA" stands before "VIRGINIA"."""
        return {region.name.upper(): region for region in sorted(self.regions.values(), key=lambda region: -len(region.name))}


@lru_cache(maxsize=1)
def places() -> Places:
    """The places that ship with the package."""
    written = tomllib.loads(files(__package__).joinpath("places.toml").read_text(encoding="utf-8"))
    regions: dict[str, Region] = {}
    postcodes: dict[str, str] = {}
    area_codes: dict[str, tuple[str, ...]] = {}
    for code, entry in written["regions"].items():
        in_one_zone = {start: zone for zone, text in entry.get("one_zone", {}).items() for start in _beginnings(text)}
        regions[code] = Region(code, entry["name"], tuple(entry["zones"]), in_one_zone)
        postcodes.update(dict.fromkeys(_beginnings(entry["postcodes"]), code))
        for area_code in entry["area_codes"].split():
            area_codes[area_code] = (*area_codes.get(area_code, ()), code)
    split = {area_code: tuple(zones) for area_code, zones in written["split_area_codes"].items()}
    return Places(regions, postcodes, area_codes, split, written["same_clock"])


def _beginnings(text: str) -> Iterator[str]:
    for part in text.split():
        first, dash, last = part.partition("-")
        yield from (f"{number:03}" for number in range(int(first), int(last) + 1)) if dash else (first,)


def _longest_beginning(known: dict[str, str], postcode: str) -> str | None:
    starts = (postcode[:length] for length in range(len(postcode), 0, -1))
    return next((known[start] for start in starts if start in known), None)
