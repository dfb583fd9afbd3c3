"""Who the sample office knows: its customers and its technicians. All names, numbers and addresses are invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

CUSTOMERS = 60

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

FIRST_NAMES = (
    "Aaron", "Beth", "Carmen", "Darnell", "Elena", "Frank", "Gloria", "Hector", "Irene", "Jamal", "Karen", "Leonard", "Monique", "Nora",
    "Oscar", "Patrice", "Quentin", "Renee", "Stanley", "Tamika", "Ursula", "Victor", "Wendy", "Xavier", "Yolanda", "Zoe",
)  # fmt: skip
LAST_NAMES = (
    "Abbate", "Burke", "Castillo", "Dvorak", "Eastman", "Fitzroy", "Gorski", "Hollis", "Ibarra", "Jankowski", "Kowalczyk", "Lindqvist",
    "Mbeki", "Nakamura", "Ostrowski", "Pulaski", "Quigley", "Rosado", "Stavros", "Tran", "Underhill", "Vasquez", "Whitlock", "Zielinski",
)  # fmt: skip
AREA_CODES = ("312", "630", "708", "773", "847")
STREETS = (
    "Larkmoor Ave", "Old Foundry Rd", "Tamarind St", "Quarry Ln", "Bellwether Ct", "Prairie Clover Dr", "Hollis Pier Blvd", "Switchyard St",
)  # fmt: skip
TOWNS = (
    ("Chicago", "60618", "773"), ("Chicago", "60654", "312"), ("Evanston", "60202", "847"), ("Skokie", "60076", "847"),
    ("Park Ridge", "60068", "847"), ("Oak Park", "60302", "708"), ("Berwyn", "60402", "708"), ("Oak Lawn", "60453", "708"),
    ("Elmhurst", "60126", "630"), ("Downers Grove", "60515", "630"), ("Naperville", "60540", "630"),
)  # fmt: skip
PHONE_STYLES = ("({0}) {1}-{2}", "({0}) {1}-{2}", "{0}-{1}-{2}", "{0}.{1}.{2}", "+1 {0} {1} {2}", "{0}{1}{2}")
MAIL_HOSTS = ("mailbox.example", "lakepost.example", "homemail.example")


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer. `phone` is as the office typed it, `digits` the ten digits that a telephone log shows ("" without a phone)."""

    name: str
    phone: str
    digits: str
    email: str
    street: str
    town: str
    zip_code: str
    since: date
    notes: str = ""

    @property
    def address(self) -> str:
        """The address in one line."""
        return f"{self.street}, {self.town}, IL {self.zip_code}"


@dataclass(frozen=True, slots=True)
class Technician:
    """One technician; `days_off` and `hours` are as the office typed them."""

    name: str
    phone: str
    email: str
    skills: str
    territory: str
    days_off: str
    hours: str
    jobs_a_day: int


@dataclass(frozen=True, slots=True)
class CastMember:
    """A customer who stands for something a real office has to deal with."""

    name: str
    phone: str
    digits: str
    email: str
    notes: str = ""


# The cast use the numbers 555-0100 to 555-0119; everybody else starts at 555-0120.
CAST = {
    "li": CastMember("Li, Ann", "(312) 555-0102", "3125550102", "ann.li@mailbox.example"),
    "evans": CastMember("Mr. and Mrs. Evans", "847-555-0103", "8475550103", "evans.family@homemail.example"),
    "dental": CastMember("Lakeside Dental Group LLC", "(312) 555-0104", "3125550104", "office@lakesidedental.example"),
    "szymanski": CastMember("Walter Szymanski", "", "", "", "No phone, no e-mail: write him a letter"),
    "boone": CastMember("Keisha Boone", "(312) 555-0105 / 773-555-0106", "3125550105", "keisha.boone@lakepost.example"),
    "school": CastMember("Prairie Path Montessori", "(630) 555-0107 ext. 12", "6305550107", "facilities@prairiepath.example"),
    "haddad": CastMember("Omar Haddad", "(213) 555-0108", "2135550108", "omar.haddad@mailbox.example", "Lives in California"),
    "herrera": CastMember("Lucía Herrera", "(708) 555-0109", "7085550109", "", "Prefiere mensajes en español"),
    "okafor": CastMember("Grace Okafor", "(773) 555-0110", "7735550110", "grace.okafor@homemail.example"),
    "brandt": CastMember("Tom Brandt", "(630) 555-0111", "6305550111", "tom.brandt@lakepost.example"),
    "delgado": CastMember("Rosa Delgado", "(708) 555-0112", "7085550112", "rosa.delgado@mailbox.example"),
    "novak": CastMember("Peter Novak", "(847) 555-0113", "8475550113", "peter.novak@homemail.example"),
    "condos": CastMember("Maple Court Condominiums", "(847) 555-0114", "8475550114", "board@maplecourt.example"),
    "fontaine": CastMember("Denise Fontaine", "(773) 555-0115", "7735550115", "denise.fontaine@lakepost.example"),
    "bakery": CastMember("Three Wheat Bakery Inc.", "", "", "orders@threewheat.example", "E-mail only, never picks up"),
    "reyes": CastMember("Hank Reyes", "(708) 555-0116", "7085550116", "hank.reyes@mailbox.example"),
}


def cast(rng: Random, today: date) -> dict[str, Customer]:
    """The customers of CAST with an address each, by their keys."""
    known = {}
    for key, one in CAST.items():
        street, town, zip_code, _area = _home(rng)
        known[key] = Customer(one.name, one.phone, one.digits, one.email, street, town, zip_code, _since(rng, today), one.notes)
    return known


def ordinary(rng: Random, today: date, count: int) -> list[Customer]:
    """So many customers of whom there is nothing special to say, each with a number and an address of their own."""
    names = rng.sample([(first, last) for first in FIRST_NAMES for last in LAST_NAMES], count)
    people = []
    for (first, last), line in zip(names, unused_lines(), strict=False):
        street, town, zip_code, area = _home(rng)
        digits = f"{area}555{line}"
        phone = rng.choice(PHONE_STYLES).format(area, "555", line)
        email = f"{first}.{last}@{rng.choice(MAIL_HOSTS)}".lower()
        people.append(Customer(f"{first} {last}", phone, digits, email, street, town, zip_code, _since(rng, today)))
    return people


def unused_lines(start: int = 120) -> Iterator[str]:
    """The last four digits 0120, 0121 … 0199: numbers that the telephone companies keep free for fiction."""
    return (f"{line:04}" for line in range(start, 200))


def technicians(today: date) -> list[Technician]:
    """The crew. Luis Ortega is off tomorrow, whatever day that is."""
    tomorrow = DAY_NAMES[(today + timedelta(days=1)).weekday()]
    luis_off = "Sat, Sun" if tomorrow in ("Sat", "Sun") else f"{tomorrow}, Sun"
    crew = (
        ("Luis Ortega", "luis", "heating, cooling", "Chicago, Oak Park", luis_off, "8-17", 4),
        ("Kim Doyle", "kim", "heating, boilers, hvac", "Evanston, Skokie, Park Ridge", "Sun", "8-17", 4),
        ("Sam Whitaker", "sam", "heating, cooling, mini-splits", "Elmhurst, Downers Grove, Naperville", "", "8-17", 4),
        ("Andre Baptiste", "andre", "heating, cooling, sheet metal", "all", "Sun", "7-17", 2),
        ("Priya Raman", "priya", "heating, hvac, thermostats", "Chicago, Berwyn, Oak Lawn", "", "8-17", 5),
    )
    return [
        Technician(name, f"(312) 555-01{90 + place}", f"{user}@northside.example", skills, territory, off, hours, jobs)
        for place, (name, user, skills, territory, off, hours, jobs) in enumerate(crew)
    ]


def spelled(day: date) -> str:
    """A day as Jobber writes it: "Nov 20, 2026"."""
    return f"{MONTH_NAMES[day.month - 1]} {day.day}, {day.year}"


def _home(rng: Random) -> tuple[str, str, str, str]:
    town, zip_code, area = rng.choice(TOWNS)
    return f"{rng.randint(100, 4999)} {rng.choice(STREETS)}", town, zip_code, area


def _since(rng: Random, today: date) -> date:
    return today - timedelta(days=rng.randint(200, 3000))
