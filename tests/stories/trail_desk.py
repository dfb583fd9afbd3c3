"""An office with a few bookings whose sheet changes under the trail, and what must hold after every run of it.

What people heard is kept here from what left: the program is never asked what it believes.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from contractor_ops.office import open_office
from contractor_ops.ports import Reply, RunEnd
from contractor_ops.reports.inbox_report import InboxReport
from contractor_ops.work.own_messages import INBOX
from contractor_ops.work.replies import take_reply
from tests.stories.bookings import HEADINGS, TECHNICIANS, office_with
from tests.stories.bookings import booking as row_of
from tests.stories.inside import Office

CHICAGO = ZoneInfo("America/Chicago")
LAST_DAY = datetime(2027, 4, 30, 20)
OPENS, CLOSES, SLOT = time(7), time(20), timedelta(minutes=15)

PEOPLE = (
    ("Ann Li", "312-555-0142", "ann@customer.example", "America/Chicago"),
    ("Bob Ray", "602-555-0143", "", "America/Phoenix"),
    ("Cy Dow", "646-555-0144", "cy@customer.example", "America/New_York"),
)
CREW = (
    ("Tom Vale", "312-555-0171", "", "heating, cooling, hvac", "", ""),
    ("Bo Lund", "", "bo@northside.example", "heating, cooling, hvac", "", ""),
    ("Di Fox", "312-555-0173", "", "heating, cooling, hvac", "606xx", "Sat, Sun"),
)
REACHED = {name: "+1" + phone.replace("-", "") if phone else email for name, phone, email, *_ in CREW}
OLD = tuple(row_of(number=f"O-{n}", Status="Completed", Completed="03/01/2024", Booked_on="02/01/2024", Scheduled_start="03/01/2024 9:00 AM")
            for n in range(12))  # fmt: skip
"""Work of long ago, so that one booking more or less is no suddenly short sheet."""

NAMES_A_TIME = ("confirmation", "reminder-48-hours", "day-of", "moved", "on-again")
BEFORE_THE_VISIT = ("reminder-48-hours", "day-of", "technician-day-before")
OPEN, DONE = frozenset({"Booked", "Scheduled"}), frozenset({"Completed", "Invoiced"})
ONLY_WHO_KNOWS = ("technician-called-off", "technician-moved", "technician-on-again")
STATUSES = {
    **dict.fromkeys((*NAMES_A_TIME, "technician-day-before", "tell-technician", "technician-moved", "technician-put-on", "technician-on-again"), OPEN),
    "technician-taken-off": OPEN | {"Cancelled"},
    **dict.fromkeys(("thank-you", "rating", "review-request", "rebooking", "related-service"), DONE),
    **dict.fromkeys(("called-off", "technician-called-off"), frozenset({"Cancelled"})),
}  # fmt: skip
"""Which status a booking has when a message about it leaves."""
STEPS = len(
    re.findall(r"^\[\[steps\]\]$", (Path(__file__).parents[2] / "recipes" / "booking-trail.toml").read_text(encoding="utf-8"), re.M)
)
WITH_A_PERSON = frozenset({"hold", "review", "broken"})
OFF = "called off"
OWNER = "+13125550101"
_DAY = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\w{3}) (\d{1,2})(?:, \d{4})?(?: at (\d{1,2}:\d\d [AP]M))?")
_TODAY = re.compile(r"coming today at (\d{1,2}:\d\d [AP]M)")


@dataclass
class Booking:
    """One row of the jobs sheet. `start`: a day, a moment, or nothing."""

    number: str
    who: int
    start: date | None
    technician: str
    status: str = "Scheduled"
    on_sheet: bool = True
    more: dict[str, str] = field(default_factory=dict)
    old: bool = False

    def row(self) -> tuple[str, ...]:
        name, phone, email, _ = PEOPLE[self.who]
        start = f"{self.start:%m/%d/%Y %I:%M %p}" if isinstance(self.start, datetime) else f"{self.start:%m/%d/%Y}" if self.start else ""
        return row_of(number=self.number, Customer=name, Phone=phone, Email=email, Status=self.status, Technician=self.technician,
                       Scheduled_start=start, **self.more)  # fmt: skip

    @property
    def moment(self) -> datetime | None:
        """When it starts, by the office's clock; a day without a time at its end."""
        if self.start is None or isinstance(self.start, datetime):
            return self.start
        return datetime.combine(self.start, time(23, 59))


@dataclass(frozen=True)
class Left:
    """A message that left."""

    at: datetime
    step: str
    record: str
    to: str
    words: str


class TrailDesk:
    """The office, its clock, and everybody who has heard from it."""

    def __init__(self, folder: Path, now: datetime, bookings: list[Booking], crew: int) -> None:
        self.now, self.bookings, self.crew = now, bookings, [list(one) for one in CREW[:crew]]
        self.office: Office = office_with(folder, *self._rows(), crew=self.crew)
        self.left: list[Left] = []
        self.told: dict[str, tuple[str, ...] | str] = {}
        """What each customer believes of a booking: its day and time, or that it is off."""
        self.technicians: dict[str, dict[str, tuple[str, ...]]] = {}
        """The same of each technician who was told of a booking."""
        self.ever_told: set[tuple[str, str]] = set()
        """Which technicians have ever heard of a booking."""
        self.opted_out: set[int] = set()
        self._knew = {one.number: REACHED.get(one.technician) for one in bookings if one.old}
        """Who had been told of old bookings before the trail began."""
        self.document: Any = None
        self._files = 0
        self._replies = 0

    # ── what happens ──

    def pass_time(self, by: timedelta) -> None:
        """Let time pass, up to the next slot of the recipe's runs."""
        self.now = _slot(self.now + by)

    def until_something_is_due(self) -> None:
        """Let time pass until the next moment that the last run named."""
        moments = [one[key] for one in (self.document or {"decisions": []})["decisions"] for key in ("due", "until") if one[key]]
        ahead = [at for text in moments if (at := datetime.fromisoformat(text).astimezone(CHICAGO).replace(tzinfo=None)) > self.now]
        self.now = _slot(min(ahead) if ahead and min(ahead) < LAST_DAY else self.now + timedelta(days=1))

    def write_sheets(self) -> None:
        self.office.sheet("jobs", HEADINGS, self._rows())
        self.office.sheet("technicians", TECHNICIANS, self.crew)

    def rehearse(self) -> None:
        """A rehearsal: a decision for everything, and nothing leaves."""
        self.write_sheets()
        ran = self.office.do("run", "booking-trail", "--format", "json", now=self._typed())
        assert ran.code in {0, 4, 5}, (ran.code, ran.err)
        self._every_row_and_step_is_decided(ran.json)
        assert self._messages() == self._files

    def run(self) -> None:
        """A run that sends, and everything that must hold after it."""
        self.write_sheets()
        ran = self.office.do("run", "booking-trail", "--send", "--format", "json", now=self._typed())
        assert ran.code in {0, 4, 5} and "Traceback" not in ran.err, (ran.code, ran.err)
        self.document = ran.json
        self._every_row_and_step_is_decided(self.document)
        new = [self._left(one) for one in self.document["decisions"] if one["outcome"] == "sent"]
        files, self._files = self._files, self._messages()
        assert self._files - files == len(new), "something left that no decision names"
        for one in new:
            self._may_leave(one)
            self._heard(one)
        self.left += new
        self._nothing_left_twice()
        if ran.code != 4:
            for booking in self.bookings:
                if booking.on_sheet:
                    self._no_silence(booking)
                    self._no_silence_in_the_crew(booking)
                else:
                    self._no_silence_of_a_row_that_left(booking)

    def answers(self, who: int, words: str) -> None:
        """The customer writes back, as the inbox takes it."""
        office, at = open_office(self.office.folder), self.now.replace(tzinfo=CHICAGO)
        office.clock = lambda: at
        self._replies += 1
        reply = Reply(f"story:{self._replies}", "sms", "+1" + PEOPLE[who][1].replace("-", ""), at, words)
        run = office.ledger.open_run(INBOX, at, True, "auto", office.machine)
        take_reply(office, reply, InboxReport(at), run, office.clock)
        office.ledger.close_run(run, at, RunEnd(0, {}))
        office.close()
        self._files = self._messages()
        if words == "STOP":
            self.opted_out.add(who)

    def resume(self, who: int) -> None:
        assert self.office.do("resume", PEOPLE[who][1], now=self._typed()).code in {0, 3}

    def opts_out(self, who: int) -> None:
        assert self.office.do("optout", PEOPLE[who][1], now=self._typed()).code == 0
        self.opted_out.add(who)

    def approve_all(self) -> None:
        """A person looks through the queue and releases whatever can be released."""
        for item in self.office.do("review", "list", "--format", "json", now=self._typed()).json:
            assert item["owner"] and item["reason"], item
            if item["kind"] == "review":
                assert self.office.do("review", "approve", str(item["id"]), now=self._typed()).code in {0, 2, 3}

    # ── what must hold ──

    def _every_row_and_step_is_decided(self, document: Any) -> None:
        counts = document["counts"]
        decisions = [one for one in document["decisions"] if one["step"]]
        left = [one["record"] for one in document["decisions"] if not one["step"]]
        assert len(set(left)) == len(left) and not {one.number for one in self.bookings if one.on_sheet} & set(left), left
        pairs = Counter((one["record"], one["step"]) for one in decisions)
        assert set(pairs.values()) <= {1}, [pair for pair, times in pairs.items() if times > 1]
        assert len(decisions) == counts["rows"] * STEPS
        assert len(document["decisions"]) == counts["decisions"] == sum(list(counts.values())[2:])
        records = {record for record, _ in pairs}
        assert records == {one.number for one in self.bookings if one.on_sheet}, f"decided are only {records}"
        for one in decisions:
            assert one["reason"] and one["owner"], one

    def _left(self, decision: Any) -> Left:
        return Left(self.now, decision["step"], decision["record"], decision["to"], f"{decision['subject'] or ''}\n{decision['body']}")

    def _may_leave(self, one: Left) -> None:
        booking = self._booking(one.record)
        for said in _times_named(one.words, one.at):
            assert same_time(said, booking.start), f"{one} names another time than the sheet, {booking.start}"
        assert booking.status in STATUSES[one.step], f"{one} leaves though the booking is {booking.status}"
        if one.step in BEFORE_THE_VISIT:
            assert booking.moment and one.at < booking.moment, f"{one} leaves after the visit began"
        if one.to in REACHED.values():
            assert one.step not in ONLY_WHO_KNOWS or (one.record, one.to) in self.ever_told, f"{one} goes to somebody who was never told"
            return
        assert booking.who not in self.opted_out, f"{one} leaves after an opt-out"
        assert one.step != "called-off" or one.record in self.told, f"{one} goes to somebody who was never told"
        if not one.to.count("@"):
            clock = one.at.replace(tzinfo=CHICAGO).astimezone(ZoneInfo(PEOPLE[booking.who][3]))
            assert time(9) <= clock.time() < time(20), f"{one} leaves at {clock:%H:%M} of the customer's clock"

    def _heard(self, one: Left) -> None:
        said = next(iter(_times_named(one.words, one.at)), None)
        if one.to not in REACHED.values():
            if one.step == "called-off":
                self.told[one.record] = OFF
            elif said:
                self.told[one.record] = said
            return
        crew = self._crew_told(one.record)
        self.ever_told.add((one.record, one.to))
        if one.step in {"technician-called-off", "technician-taken-off"}:
            crew.pop(one.to, None)
        elif said or one.to not in crew:
            crew[one.to] = said or ()

    def _nothing_left_twice(self) -> None:
        office = open_office(self.office.folder)
        keys = Counter((step.recipe, step.key) for message in office.ledger.messages() for step in message.steps)
        office.close()
        assert set(keys.values()) <= {1}, [key for key, times in keys.items() if times > 1]

    def _no_silence(self, booking: Booking) -> None:
        """Whoever believes in another time than the sheet's hears of it, or somebody has to do with that."""
        told = self.told.get(booking.number)
        if told is None or booking.who in self.opted_out:
            return
        if booking.status == "Cancelled":
            over = told != OFF and not isinstance(told, str) and _moment_of(told, self.now).date() < self.now.date()
            assert told == OFF or over or self._pending(booking, "called-off"), (
                f"{booking} is off, and the customer still believes in {told}"
            )
        elif booking.status in OPEN and booking.moment and booking.moment > self.now:
            fine = told != OFF and same_time(told, booking.start)
            assert fine or self._pending(booking, "moved", "on-again", "confirmation"), f"{booking}: the customer believes it is {told}"

    def _no_silence_in_the_crew(self, booking: Booking) -> None:
        crew = self._crew_told(booking.number)
        if booking.status == "Cancelled":
            crew = {to: said for to, said in crew.items() if not said or _moment_of(said, self.now).date() >= self.now.date()}
            assert not crew or self._pending(booking, "technician-called-off", "technician-taken-off"), (
                f"{booking} is off, and {crew} were not told"
            )
        elif booking.status in OPEN and booking.moment and booking.moment > self.now:
            goes = REACHED.get(booking.technician or self._assigned(booking), "")
            gone = [one for one in crew if one != goes]
            assert not gone or self._pending(booking, "technician-taken-off"), f"{booking}: {gone} still believe that they go"
            if goes and goes != self._knew.get(booking.number) and not self._just_assigned(booking):
                pending = self._pending(booking, "tell-technician", "technician-put-on", "technician-on-again")
                assert goes in crew or pending or self._asked_for_the_address(booking), f"{booking}: {goes} was not told"
            if crew.get(goes):
                fine = same_time(crew[goes], booking.start)
                assert fine or self._pending(booking, "technician-moved", "technician-put-on", "technician-on-again"), (
                    f"{booking}: {goes} believes in {crew[goes]}"
                )

    def _no_silence_of_a_row_that_left(self, booking: Booking) -> None:
        """Whoever was told of a visit to come that no sheet has any more: a person has to do with that."""
        told = [self.told.get(booking.number, OFF), *self._crew_told(booking.number).values()]
        expected = [at for one in told if not isinstance(one, str) and one and (at := _moment_of(one, self.now)) > self.now]
        asked = any(one["record"] == booking.number and one["decision"] == "review" for one in self.document["decisions"])
        assert asked or not expected, f"{booking} left the sheet, and {expected} are still believed in"

    # ── helpers ──

    def _messages(self) -> int:
        """How many messages have left, but for what the owner is told of urgent things."""
        return sum(OWNER not in path.read_text(encoding="utf-8") for path in self.office.outbox())

    def _pending(self, booking: Booking, *steps: str) -> bool:
        """Whether any of these steps will still be done, at a moment that is known or by a person."""
        mine = (one for one in self.document["decisions"] if one["record"] == booking.number and one["step"] in steps)
        return any(one["decision"] in WITH_A_PERSON or (one["decision"] == "wait" and one["due"]) for one in mine)

    def _asked_for_the_address(self, booking: Booking) -> bool:
        """Whether nobody can be sent there before somebody has written the address down, and was asked to."""
        asked = {
            one["step"] for one in self.document["decisions"] if one["record"] == booking.number and one["decision"] in {"done", "act"}
        }
        return booking.more.get("Address") == "" and bool(asked & {"settle-first", "settle-again"})

    def _just_assigned(self, booking: Booking) -> bool:
        """Whoever is assigned in one run is told in the next."""
        mine = [one for one in self.document["decisions"] if one["record"] == booking.number]
        return any(one["outcome"] == "queued" for one in mine if one["step"] in {"assign-technician", "assign-again"})

    def _assigned(self, booking: Booking) -> str:
        office = open_office(self.office.folder)
        own = office.ledger.own_values("bookings").get(booking.number, {}).get("technician")
        office.close()
        return own.value if own else ""

    def _booking(self, number: str) -> Booking:
        return next(one for one in self.bookings if one.number == number)

    def _crew_told(self, number: str) -> dict[str, tuple[str, ...]]:
        return self.technicians.setdefault(number, {})

    def _rows(self) -> list[tuple[str, ...]]:
        return [*(one.row() for one in self.bookings if one.on_sheet), *OLD]

    def _typed(self) -> str:
        return f"{self.now:%Y-%m-%dT%H:%M}"


def same_time(said: tuple[str, ...] | str, start: date | None) -> bool:
    """Whether words name the start that the sheet has; words may leave the time of day out."""
    if start is None or isinstance(said, str):
        return False
    month, day, clock = said
    at = f"{start:%I:%M %p}".lstrip("0") if isinstance(start, datetime) and start.time() != time() else ""
    return (month, day) == (f"{start:%b}", str(start.day)) and clock in {"", at}


def _moment_of(said: tuple[str, ...], now: datetime) -> datetime:
    """When a visit is of which words have named month, day and clock; a day without a time at its end."""
    month, day, clock = said
    day_in = datetime.strptime(f"{month} {day} {now.year} {clock or '11:59 PM'}", "%b %d %Y %I:%M %p")
    return min((day_in.replace(year=now.year + years) for years in (-1, 0, 1)), key=lambda one: abs(one - now))


def _times_named(words: str, at: datetime) -> Iterator[tuple[str, ...]]:
    for found in _DAY.finditer(words):
        yield found[1], found[2], found[3] or ""
    for found in _TODAY.finditer(words):
        yield f"{at:%b}", str(at.day), found[1]


def _slot(moment: datetime) -> datetime:
    """The first quarter of an hour between 7:00 and 20:00 at this moment or after it."""
    past = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    moment = moment - past + (SLOT if past else timedelta(0))
    if moment.time() > CLOSES:
        moment = datetime.combine(moment.date() + timedelta(days=1), OPENS)
    return max(moment, datetime.combine(moment.date(), OPENS))
