"""What comes in at the front desk: the telephone log of the last month, and the leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from contractor_ops.sample.catalogue import season
from contractor_ops.sample.day import Day, working_day
from contractor_ops.sample.people import AREA_CODES, FIRST_NAMES, LAST_NAMES, MAIL_HOSTS, TOWNS

QUIET_CALLS = 165
LEADS = 40


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the telephone log; `digits` is the other party's number, "Anonymous" where it was hidden."""

    outgoing: bool
    digits: str
    name: str
    at: datetime
    result: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who asked for work."""

    received_at: datetime
    name: str
    digits: str
    email: str
    town: str
    source: str
    wants: str
    status: str
    message: str


# So many days ago, at, whose number ("" hidden, "?" a stranger's), incoming result, seconds, called back by the office.
RECENT_CALLS = (
    (2, time(10, 5), "?", "Missed", 0, True),
    (2, time(15, 40), "evans", "Accepted", 214, False),
    (1, time(7, 12), "?", "Missed", 0, False),
    (1, time(11, 31), "", "Missed", 0, False),
    (1, time(12, 24), "?", "Hang Up", 6, False),
    (1, time(14, 2), "?", "Accepted", 4, False),
    (1, time(16, 47), "delgado", "Missed", 0, True),
    (1, time(19, 38), "li", "Voicemail", 41, False),
    (1, time(22, 16), "?", "Voicemail", 63, False),
)


def calls(day: Day) -> list[Call]:
    """About 200 calls of the last 30 days, oldest first, none of today. Missed ones of earlier days were all called back."""
    log: list[Call] = []
    for _ in range(QUIET_CALLS):
        on = working_day(day.ago(day.rng.randint(3, 30)))
        log += _quiet_call(day, datetime.combine(on, time(day.rng.randint(8, 16), day.rng.randint(0, 59), day.rng.randint(0, 59))))
    strangers = _strangers(day, len(RECENT_CALLS))
    for ago, at, who, result, seconds, called_back in RECENT_CALLS:
        digits, name = _caller(day, who, strangers)
        first = Call(False, digits, name, datetime.combine(day.ago(ago), at), result, seconds)
        log += [first, _call_back(first, 97)] if called_back else [first]
    return sorted(log, key=lambda call: call.at)


def _quiet_call(day: Day, at: datetime) -> list[Call]:
    rng = day.rng
    customer = rng.choice(day.ordinary)
    kind, seconds = rng.random(), rng.randint(25, 540)
    if kind < 0.30:
        return [Call(True, customer.digits, customer.name, at, "Call connected", seconds)]
    if kind < 0.82:
        return [Call(False, customer.digits, customer.name, at, "Accepted", seconds)]
    missed = Call(False, customer.digits, customer.name, at, "Missed" if kind < 0.92 else "Voicemail", 0 if kind < 0.92 else 35)
    return [missed, _call_back(missed, seconds)]


def _call_back(call: Call, seconds: int) -> Call:
    return Call(True, call.digits, call.name, call.at + timedelta(minutes=12), "Call connected", seconds)


def _caller(day: Day, who: str, strangers: Iterator[str]) -> tuple[str, str]:
    if not who:
        return "Anonymous", ""
    if who == "?":
        return next(strangers), ""
    return day.cast[who].digits, day.cast[who].name


def _strangers(day: Day, count: int) -> Iterator[str]:
    """So many telephone numbers, all different, that are nobody's in the customer list."""
    free = [f"{area}555{line:04}" for area in AREA_CODES for line in range(170, 190)]
    return iter(day.rng.sample(free, count))


SOURCES = ("Website", "Google", "Referral", "Yard sign", "Phone")
WANTS = ("Furnace tune-up", "AC replacement", "Furnace replacement", "Mini-split for an attic", "Thermostat", "Boiler service")
# So many days ago, at, wants, message: nobody has answered these.
NEW_LEADS = (
    (3, time(16, 20), "Mini-split for an attic", "Third floor gets to 88 in summer, what would it cost?"),
    (1, time(9, 44), "Furnace replacement", "Furnace is 24 years old, would like a quote"),
    (1, time(18, 5), "Repair", "no {season}ing since this morning, two small kids"),
    (1, time(20, 31), "Boiler service", "Please call after 5"),
)


def leads(day: Day) -> list[Lead]:
    """Forty leads of six months, oldest first; the last few are new."""
    rng, people = day.rng, _prospects(day)
    found = []
    for ago in sorted(rng.sample(range(5, 180), LEADS - len(NEW_LEADS)), reverse=True):
        at = datetime.combine(day.ago(ago), time(rng.randint(7, 21), rng.randint(0, 59)))
        status = rng.choice(("Booked", "Booked", "Contacted", "Lost", "Lost"))
        found.append(Lead(at, *next(people), rng.choice(SOURCES), rng.choice(WANTS), status, ""))
    for ago, clock, wants, message in NEW_LEADS:
        at = datetime.combine(day.ago(ago), clock)
        found.append(Lead(at, *next(people), "Website", wants, "New", message.format(season=season(day.today))))
    return found


def _prospects(day: Day) -> Iterator[tuple[str, str, str, str]]:
    """Name, number, e-mail and town of people who are no customers yet."""
    names = day.rng.sample([(first, last) for first in FIRST_NAMES for last in LAST_NAMES], LEADS)
    for (first, last), digits in zip(names, _strangers(day, LEADS), strict=True):
        yield f"{first} {last}", digits, f"{first[0]}{last}@{day.rng.choice(MAIL_HOSTS)}".lower(), day.rng.choice(TOWNS)[0]
