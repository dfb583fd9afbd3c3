"""Where a person may be: every plausible time zone and state, from the job address and the telephone number.

People move and take their numbers along, and area codes reach over the borders of time zones. So nothing is guessed: what the
address says and what the number says are put together, and a message has to be allowed in all of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from contractor_ops.planning.places import Region, places

_MANY_ZONES = 12  # a number that could be in more zones than this (toll-free: 42) says nothing
_COUNTRIES_READ = {"US", "CA"}
_ENGLISH_WORDS = {"AL", "AS", "CO", "DE", "HI", "ID", "IN", "LA", "MA", "ME", "OH", "OK", "OR", "PA", "ON", "PE"}
_STREET_WORDS = {"CT", "NE"}  # "12 OAK CT" is a court, "500 5TH AVE NE" a direction
_COUNTRY = re.compile(r"[\s,]+(?:usa|u\.s\.a\.?|us|u\.s\.|united states(?: of america)?|canada)\s*\.?\s*$", re.IGNORECASE)
_POSTAL_CODE = re.compile(r"\b([ABCEGHJ-NPRSTVXY]\d[A-Z])[ -]?(\d[A-Z]\d)\b", re.IGNORECASE)
_ZIP = re.compile(r"(?<=[\s,])(\d{5})(?:[-\s]?\d{4})?(?=\s*(?:$|[,;(\n]))")
_NO_ZIP_BEFORE = re.compile(r"(?:\b(?:box|unit|apt|suite|ste|lot|no)\.?|#)\s*$", re.IGNORECASE)
_SHORT_ZIP = re.compile(r"\b([A-Za-z]{2})\s+(\d{4})\s*$")  # a spreadsheet took the leading zero of "02139"
_STREET_BEFORE = re.compile(r"(?:\d\w*|\b(?:north|south|east|west|[nsew]\.?|ne|nw|se|sw))$", re.IGNORECASE)
_NumberPlaces = tuple[tuple[str, ...], tuple[Region, ...]]


@dataclass(frozen=True)
class Whereabouts:
    """All that is plausible: `zones` (never empty), `states` as two letters, and in `why` what it was read from.

    `sure` is False where neither address nor number says anything and the office's own zone stands in.
    """

    zones: tuple[ZoneInfo, ...]
    states: tuple[str, ...]
    sure: bool
    why: str


@lru_cache(maxsize=20_000)
def whereabouts_of(phone: str | None, address: str | None, country: str, office_zone: ZoneInfo) -> Whereabouts:
    """Every zone and state in which the person with this number (E.164; several joined with ", ") and job address may be.

    `country` is the office's, two letters. Addresses are understood in the United States and Canada, numbers everywhere.
    """
    office = places().same_clock.get(office_zone.key, office_zone.key)
    numbers = [_places_of_number(number, country) for number in (phone or "").split(", ") if number]
    zones: list[str] = []
    regions: list[Region] = []
    reasons: list[str] = []
    for region, postcode in _places_of_address(address or "", country):
        zones += _settled(region, region.zones_at(postcode), numbers, office)
        regions.append(region)
        reasons.append(f"the address is in {region.name}")
    for number_zones, number_regions in numbers:
        zones += sorted(number_zones, key=lambda zone: zone != office)
        regions += number_regions
        if number_zones:
            reasons.append(f"the number belongs to {' or '.join(region.name for region in number_regions) or _cities(number_zones)}")
    if not zones:
        return Whereabouts((office_zone,), (), False, _unsure(phone, address, office_zone))
    states = _once(region.code for region in regions)
    return Whereabouts(tuple(ZoneInfo(zone) for zone in _once(zones)), states, True, " and ".join(_once(reasons)))


def _settled(region: Region, zones: tuple[str, ...], numbers: list[_NumberPlaces], office: str) -> tuple[str, ...]:
    """Zones of an address in a state that has several: one, where a number of that state and the office agree on it.

    Without this, an office in Houston would wait for El Paso with every customer whose address lacks a ZIP code.
    """
    local = {number_zones for number_zones, regions in numbers if region in regions}
    return (office,) if local == {(office,)} and office in zones else zones


def city(zone: ZoneInfo) -> str:
    """The zone as people say it: "America/Los_Angeles" is Los Angeles."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def _unsure(phone: str | None, address: str | None, office_zone: ZoneInfo) -> str:
    address_says = "the address names no state" if address else "there is no address"
    number_says = "the number belongs to no one place" if phone else "there is no number"
    return f"{address_says} and {number_says}, so the office's own time in {city(office_zone)} stands in"


# the number


def _places_of_number(number: str, country: str) -> _NumberPlaces:
    """The zones and regions of a number; nothing for one that has no place, such as a toll-free one."""
    import phonenumbers  # 50 ms
    from phonenumbers import timezone

    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return (), ()
    known = places()
    zones = tuple(known.same_clock.get(zone, zone) for zone in timezone.time_zones_for_number(parsed))
    if len(zones) > _MANY_ZONES or timezone.UNKNOWN_TIMEZONE in zones:
        return (), ()
    if parsed.country_code != 1:
        return zones, ()
    area_code = str(parsed.national_number)[:3]
    return known.split_area_codes.get(area_code, zones), known.regions_of_area_code(area_code)


# the address


def _places_of_address(address: str, country: str) -> list[tuple[Region, str | None]]:
    """The region that the address names, with its postcode; both regions where word and postcode disagree."""
    if country not in _COUNTRIES_READ:
        return []
    text = _COUNTRY.sub("", address.strip())
    if country == "CA":
        text = re.sub(r"[\s,]+CA$", "", text)  # the country, after a province
    if postal := _POSTAL_CODE.findall(text):
        code = "".join(postal[-1]).upper()
        region = places().region_of_postcode(code)
        return [(region, code)] if region else []
    zip_code, head = _zip_code(text)
    by_zip = places().region_of_postcode(zip_code) if zip_code else None
    by_word = _named_state(head, sure=zip_code is not None)
    found: list[tuple[Region, str | None]] = [(by_zip, zip_code)] if by_zip else []
    if by_word and by_word != by_zip and not (by_zip and by_word.code in _STREET_WORDS):
        found.insert(0, (by_word, None))
    return found


def _zip_code(text: str) -> tuple[str | None, str]:
    """The ZIP code and what stands before it; a house number or the number of a box is none."""
    for found in reversed(list(_ZIP.finditer(text))):
        if not _NO_ZIP_BEFORE.search(text[: found.start()]):
            return found[1], text[: found.start()]
    if short := _SHORT_ZIP.search(text):
        region = places().region_of_postcode("0" + short[2])
        if region and region.code == short[1].upper():
            return "0" + short[2], text[: short.start(2)]
    return None, text


def _named_state(text: str, *, sure: bool) -> Region | None:
    """The state that the text ends with or, without a ZIP code behind it, that one of its parts ends with, the last such part first."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    for part in reversed(parts[-1:] if sure else parts):
        if region := _abbreviated(part, sure=sure) or _spelled_out(part, sure=sure):
            return region
    return None


def _abbreviated(part: str, *, sure: bool) -> Region | None:
    """From "Odessa TX" or "TX"; small "in" and "or", and "CT" and "NE" at the end of a street, only where they cannot be anything else."""
    word = re.sub(r"(?<=[A-Za-z])\.", "", part).rpartition(" ")[2]
    region = places().regions.get(word.upper())
    alone = len(part.replace(".", "")) == 2
    if region is None or alone or sure:
        return region
    if region.code in _STREET_WORDS or (region.code in _ENGLISH_WORDS and not word.isupper()):
        return None
    return region


def _spelled_out(part: str, *, sure: bool) -> Region | None:
    """From "Odessa Texas" or "Texas"; "401 N Michigan" is a street."""
    words = " ".join(part.upper().replace("É", "E").split())  # Québec
    for name, region in places().by_name.items():
        before = words.removesuffix(name)
        if words == name or (before.endswith(" ") and before != words and (sure or not _STREET_BEFORE.search(before.rstrip()))):
            return region
    return None


# small things


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _cities(zones: Iterable[str]) -> str:
    return " or ".join(_once(city(ZoneInfo(zone)) for zone in zones))
