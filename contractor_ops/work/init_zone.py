"""The time zone that an office is likely in: from where its customers are, else from this computer."""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from contractor_ops.planning.places import Region, places
from contractor_ops.planning.whereabouts import whereabouts_of
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.work.init_found import Found

THIS_COMPUTER = "this computer"
_NOWHERE = ZoneInfo("UTC")
_MOST, _FEW = 400, 3
_CITY_TOO = {"WASHINGTON"}
"""A state whose name alone means a city on another coast to many."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A time zone, and what it was guessed from."""

    zone: str
    source: str


def zone_guess(found: Iterable[Found]) -> Guess:
    """Where most customers are, when that is clear; else what this computer says."""
    people = list(dict.fromkeys(each for one in found if one.table for each in one.people))[:_MOST]
    zones = Counter(zone for phone, address in people if (zone := _zone_of(phone, address)))
    if zones:
        zone, votes = zones.most_common(1)[0]
        if votes >= max(_FEW, 0.6 * zones.total()):
            return Guess(zone, f"where {votes} of {zones.total()} customers are")
    return zone_here()


def _zone_of(phone: str, address: str) -> str:
    number, _ = clean_phone(phone, "US")
    where = whereabouts_of(number, address, "US", _NOWHERE)
    return where.zones[0].key if where.sure and len(where.zones) == 1 else ""


def zone_here() -> Guess:
    """This machine's time zone, "America/New_York" where it does not say."""
    named = os.environ.get("TZ", "").lstrip(":")
    link = Path("/etc/localtime")
    linked = str(link.readlink()).partition("zoneinfo/")[2] if link.is_symlink() else ""
    found = next((name for name in (named, linked) if name in available_timezones()), "America/New_York")
    return Guess("America/New_York" if found in {"UTC", "Etc/UTC"} else found, THIS_COMPUTER)


def zone_of_state(typed: str) -> str:
    """The time zone of the state that a place ends with, "Peoria, IL" or "Ohio"; "" where none is named, or it has several."""
    region = _state(typed)
    return region.zones[0] if region and len(region.zones) == 1 else ""


def _state(typed: str) -> Region | None:
    words = typed.replace(",", " ").replace(".", "").upper().split()
    said = " ".join(words)
    if said in _CITY_TOO:
        return None
    named = next((region for name, region in places().by_name.items() if f" {said}".endswith(f" {name}")), None)
    return named or (places().regions.get(words[-1]) if words else None)


def home_zones(guess: str) -> list[str]:
    """The time zones of the country that an office is likely in; outside North America those of its continent."""
    ours = {zone for region in places().regions.values() for zone in region.zones}
    if guess in ours or guess in places().same_clock:
        return sorted(ours)
    return sorted(zone for zone in available_timezones() if zone.startswith(f"{guess.partition('/')[0]}/"))


def nearest_zone(typed: str, guess: str) -> str:
    """What is offered for words that name no time zone: one of their state, one at home that is spelt almost so, else the guess."""
    if region := _state(typed):
        return guess if guess in region.zones else region.zones[0]
    cities = {_city(zone): zone for zone in home_zones(guess)}
    alike = get_close_matches(_city(typed), cities, n=1, cutoff=0.75)
    return cities[alike[0]] if alike else guess


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ").strip().casefold()
