"""The time zone that an office is likely in: from where its customers are, else from this computer."""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from contractor_ops.planning.whereabouts import whereabouts_of
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.work.init_found import Found

THIS_COMPUTER = "this computer"
_NOWHERE = ZoneInfo("UTC")
_MOST, _FEW = 400, 3


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
