"""Names of customers and people: "Li, Ann" the right way round, companies left alone, and the first name for a greeting."""

import re
import unicodedata
from functools import lru_cache

from contractor_ops.tables.cells.column import DASHES

_COMPANY_WORDS = frozenset({
    "inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "plc", "pllc", "pc", "co", "corp", "corporation", "company",
    "companies", "group", "holdings", "partners", "partnership", "associates", "association", "assoc", "assn", "hoa", "condo", "condos",
    "condominium", "condominiums", "apartments", "apts", "apartment", "properties", "property", "management", "mgmt", "realty",
    "realtors", "rentals", "rental", "homes", "developers", "development", "developments", "investments", "investors", "builders",
    "building", "construction", "contractors", "contracting", "remodeling", "remodelling", "renovations", "services", "service",
    "solutions", "systems", "heating", "cooling", "hvac", "plumbing", "electric", "electrical", "roofing", "pools", "landscaping",
    "restoration", "supply", "supplies", "distribution", "distributors", "industries", "enterprises", "manufacturing", "logistics",
    "transport", "trucking", "motors", "auto", "automotive", "school", "schools", "academy", "college", "university", "church",
    "temple", "mosque", "synagogue", "ministries", "parish", "hospital", "clinic", "dental", "medical", "health", "pharmacy", "hotel",
    "motel", "inn", "suites", "restaurant", "cafe", "grill", "bakery", "brewery", "deli", "pizza", "pizzeria", "kitchen", "market",
    "store", "stores", "shop", "mall", "plaza", "center", "centre", "club", "gym", "fitness", "salon", "spa", "daycare", "museum",
    "library", "theater", "theatre", "studio", "studios", "foundation", "trust", "bank", "insurance", "agency", "authority",
    "department", "dept", "district", "city", "county", "township", "municipality", "office", "offices", "tower", "towers", "warehouse",
    "farm", "farms", "ranch", "goods", "sports", "sporting", "hardware", "equipment", "tools", "international", "national", "american",
    "united", "family", "residence", "residences", "household", "tenant", "tenants", "customer", "client", "account", "accounts",
    "cash", "walk", "unknown", "misc", "various", "owner", "occupant", "resident", "residents", "advertising", "diner", "cakes",
    "cupcakes", "bodyshop", "masonry", "consulting", "telephone", "camp", "cars", "nursery", "lumber", "materials", "foods", "catering",
    "florist", "florists", "flowers", "designs", "media", "printing", "photography", "tech", "technologies", "energy", "solar",
    "painting", "cleaning", "cleaners", "lawncare", "lawn", "gardens", "fencing", "flooring", "drywall", "carpentry", "cabinets",
    "security", "alarm", "locksmith", "moving", "storage", "attorneys", "dentistry", "veterinary", "vet", "animal", "pet", "pets",
    "kennel", "hair", "beauty", "nails", "barber", "boutique", "jewelry", "jewelers", "books", "bookstore", "coffee", "bbq",
    "steakhouse", "tavern", "pub", "brewing", "liquors", "grocery", "groceries", "laundry", "laundromat", "cinema", "travel", "airport",
    "airlines", "rail", "freight", "express", "post", "courier", "government", "federal", "state", "court", "police", "fire", "army",
    "navy", "vfw", "legion", "lodge", "sanctuary", "society", "institute", "council", "committee", "parts", "repair", "repairs", "wash",
    "joint", "body", "works", "montessori", "preschool", "kindergarten", "childcare", "elementary", "learning", "estates",
    "commons", "crossing", "terrace", "village", "villas", "lofts", "garage", "convent", "rectory", "seminary", "yoga", "pilates",
    "optical", "orthodontics", "chiropractic", "physicians", "therapy", "wellness", "hospice", "rehab", "nursing", "charities", "union",
    "league", "bros", "sons", "daughters", "cooperative", "coop", "ventures", "wholesale", "trading", "imports", "outlet", "gallery",
    "antiques", "tire", "tires", "collision", "towing", "marina", "aviation", "depot", "bistro", "eatery", "cantina", "taqueria",
    "donuts", "creamery", "winery", "distillery",
})  # fmt: skip
_TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "reverend", "fr", "father", "pastor", "sir", "dame", "hon",
    "judge", "capt", "captain", "sgt", "lt", "col",
})  # fmt: skip
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "esq", "md", "phd", "dds", "dvm", "cpa", "rn", "pe"})
_JOINERS = frozenset({"and", "&", "+"})
_NO_PERSON = re.compile(r"[0-9:@/#*|\\]|\s[-–—]\s|['’]s\b|\b(?:t/a|d/b/a|c/o|dba|the|for|of|at|by|attn)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*")
_STATES = frozenset({
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA",
    "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN",
    "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC",
})  # fmt: skip

_COMPARED = str.maketrans(
    {chr(code): chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {"&": " and ", "'": "", ".": ""}
)


def clean_name(text: str | None) -> str | None:
    """The name as one says it: "Li, Ann" is "Ann Li", a person in capitals gets small letters; companies stay as written."""
    kept = " ".join((text or "").split())
    if kept in DASHES or kept.lower() in {"n/a", "#n/a"}:
        return None
    if not ("," in kept or kept.isupper()) or not _may_be_person(kept):
        return kept
    turned = _turned(kept)
    if turned.isupper() and len(turned.split()) in {2, 3, 4} and len(turned) > 5:
        return " ".join(_spelled(word) for word in turned.split())
    return turned


def first_name(text: str | None) -> str | None:
    """What to call a customer in a greeting, None where that is not certain: companies, "Mr. Evans", "TACTICS", an initial.

    "Ann & Bob Li" are "Ann and Bob".
    """
    name = clean_name(text)
    name = _BRACKETS.sub(" ", name or "")
    if not _may_be_person(name) or not _only_suffixes(name.partition(",")[2]):
        return None
    words = [word for word in name.replace(",", " ").split() if _plain(word) not in _SUFFIXES]
    titled = [word for word in words if _plain(word) in _TITLES]
    words = [word for word in words if _plain(word) not in _TITLES]
    if len(words) == 4 and words[1].lower() in _JOINERS and not titled:
        return f"{_spelled_first(words[0])} and {_spelled_first(words[2])}" if all(map(_is_given, (words[0], words[2]))) else None
    if len(words) == 1 and not titled and words[0].istitle() and _is_given(words[0]):
        return words[0]  # "Ann": were it a company's name, that is how one would address it too
    if not 2 <= len(words) <= 4 or not _JOINERS.isdisjoint(word.lower() for word in words) or not _is_given(words[0]):
        return None
    return _spelled_first(words[0])


@lru_cache(maxsize=65_536)
def normal_name(text: str | None) -> str:
    """A name for comparing: small letters, no accents or punctuation, "&" as "and", "Li, Ann" like "Ann Li"."""
    cleaned = clean_name(text) or ""
    if cleaned.isascii():  # nearly all names, and ten times as fast
        return " ".join(cleaned.translate(_COMPARED).split())
    name = unicodedata.normalize("NFKD", cleaned).casefold().replace("&", " and ")
    kept = (
        character for character in unicodedata.normalize("NFKD", name) if not unicodedata.combining(character) and character not in "'’."
    )
    return " ".join("".join(character if character.isalnum() else " " for character in kept).split())


def _may_be_person(name: str) -> bool:
    """Whether nothing in a name says that it is a company, a place, a job or a remark."""
    return not _NO_PERSON.search(name) and _COMPANY_WORDS.isdisjoint(map(_plain, re.split(r"[\s,-]+", name)))


def _turned(name: str) -> str:
    """A name like "Li, Ann" as "Ann Li". What only might be turned ("Smith, Jones & Brown", "Austin, TX", "Ann Li, Jr.") is not."""
    surname, comma, given = name.partition(",")
    surname, given = surname.strip(), given.strip()
    words = [_plain(word) for word in given.split()]
    if not comma or "," in given or not surname or not 1 <= len(words) <= 4 or len(surname.split()) > 3:
        return name
    names_two = not _JOINERS.isdisjoint(words) and _TITLES.isdisjoint(words)
    if (
        names_two
        or _only_suffixes(given)
        or (given in _STATES and not surname.isupper())
        or not _JOINERS.isdisjoint(surname.lower().split())
    ):
        return name
    first = " ".join(word for word in given.split() if _plain(word) not in _SUFFIXES)
    return " ".join([first, surname, *(word for word in given.split() if _plain(word) in _SUFFIXES)])


def _only_suffixes(text: str) -> bool:
    return {_plain(word) for word in text.split()} <= _SUFFIXES


def _plain(word: str) -> str:
    return word.strip(".,'’\"()").lower().replace(".", "")


def _is_given(word: str) -> bool:
    return len(_plain(word)) > 1 and word.replace("'", "").replace("’", "").replace("-", "").isalpha()


def _spelled(word: str) -> str:
    """A word in capitals with small letters: O'BRIEN as O'Brien, ANN-MARIE as Ann-Marie; II and LI. keep their sense."""
    if _plain(word) in {"ii", "iii", "iv"}:
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)


def _spelled_first(word: str) -> str:
    return _spelled(word) if word.isupper() or word.islower() else word
