"""Whatever becomes of a booking, at whatever point of its trail: nobody hears of a time that no longer holds, and nothing is passed over in silence."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.stories.trail_desk import CREW, Booking, TrailDesk

EXAMPLES = int(os.environ.get("TRAIL_EXAMPLES", "25"))
"""How many offices are tried: TRAIL_EXAMPLES=500 looks long and hard."""
BEGINNINGS = (datetime(2026, 10, 20, 9), datetime(2026, 10, 29, 16), datetime(2026, 12, 21, 7, 30), datetime(2027, 3, 10, 12))
"""Before both clock changes, over the turn of the year."""
HOURS = ((9, 0), (13, 0), (8, 30), (16, 45), (7, 0), (20, 30), (3, 0))
who = some.integers(0, 2)
then = some.sampled_from(("run", "run", "run when something is due", "nothing"))
"""What comes after a change; several changes may come between two runs."""
seldom = some.sampled_from((False, False, False, True))
"""What ends most of a booking's story must not end every one."""
days = some.sampled_from((0, 1, 2, 3, 5, 8, 13, 30))


def start_in(now: datetime, after: int, hour: int) -> datetime:
    return (now + timedelta(days=after)).replace(hour=HOURS[hour][0], minute=HOURS[hour][1])


class Trail(RuleBasedStateMachine):
    """An office whose sheet people change as they please."""

    @initialize(
        beginning=some.sampled_from(BEGINNINGS), crew=some.integers(2, 3), booked_ago=some.sampled_from((0, 1, 10)),
        drawn=some.lists(some.tuples(some.integers(1, 20), some.integers(0, 5), some.sampled_from(("Tom Vale", "Bo Lund", ""))), min_size=1, max_size=3),
    )  # fmt: skip
    def open_the_office(self, beginning: datetime, crew: int, booked_ago: int, drawn: list[tuple[int, int, str]]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="trail-"))
        more = {"Booked_on": f"{beginning - timedelta(days=booked_ago):%m/%d/%Y}"}
        bookings = [
            Booking(f"J-{n}", n, start_in(beginning, after, hour), technician, more=dict(more), old=booked_ago > 2)
            for n, (after, hour, technician) in enumerate(drawn)
        ]
        self.desk = TrailDesk(self.folder, beginning, bookings, crew)
        self.desk.run()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def booking(self, which: int) -> Booking:
        return self.desk.bookings[which % len(self.desk.bookings)]

    def and_then(self, then: str) -> None:
        if then == "run":
            self.a_run_soon(60)
        elif then == "run when something is due":
            self.next_thing_due()

    # ── time, and runs ──

    @rule()
    def next_thing_due(self) -> None:
        self.desk.until_something_is_due()
        self.desk.run()

    @rule(times=some.integers(2, 4))
    def some_things_due(self, times: int) -> None:
        for _ in range(times):
            self.next_thing_due()

    @rule(minutes=some.sampled_from((15, 60, 300)))
    def a_run_soon(self, minutes: int) -> None:
        self.desk.pass_time(timedelta(minutes=minutes))
        self.desk.run()

    @rule(after=some.sampled_from((1, 2, 4, 9, 30)))
    def no_run_for_days(self, after: int) -> None:
        self.desk.pass_time(timedelta(days=after))
        self.desk.run()

    @rule()
    def a_rehearsal(self) -> None:
        self.desk.pass_time(timedelta(minutes=15))
        self.desk.rehearse()

    # ── the sheet ──

    @rule(then=then, which=who, after=days, hour=some.integers(0, len(HOURS) - 1))
    def moved(self, then: str, which: int, after: int, hour: int) -> None:
        self.booking(which).start = start_in(self.desk.now, after, hour)
        self.and_then(then)

    @rule(then=then, which=who, hours=some.sampled_from((-1, 1, 3)))
    def moved_on_the_same_day(self, then: str, which: int, hours: int) -> None:
        booking = self.booking(which)
        if isinstance(booking.start, datetime):
            booking.start = booking.start.replace(hour=max(5, min(20, booking.start.hour + hours)))
        self.and_then(then)

    @rule(then=then, which=who, start=some.sampled_from(("blank", "past", "day only")))
    def start_spoilt(self, then: str, which: int, start: str) -> None:
        spoilt: dict[str, Callable[[], date | None]] = {
            "blank": lambda: None,
            "past": lambda: start_in(self.desk.now, -5, 0),
            "day only": lambda: (self.desk.now + timedelta(days=4)).date(),
        }
        self.booking(which).start = spoilt[start]()
        self.and_then(then)

    @rule(then=then, which=who, technician=some.sampled_from((*(one[0] for one in CREW), "", "Zed Nobody")))
    def reassigned(self, then: str, which: int, technician: str) -> None:
        self.booking(which).technician = technician
        self.and_then(then)

    @rule(then=then, which=who, status=some.sampled_from(("Cancelled", "Cancelled", "No-show", "In progress", "On hold", "Scheduled")))
    def status_changed(self, then: str, which: int, status: str) -> None:
        self.booking(which).status = status
        self.and_then(then)

    @rule(then=then, which=who)
    def booked_again(self, then: str, which: int) -> None:
        booking = self.booking(which)
        booking.status = "Scheduled"
        booking.more.pop("Completed", None)
        self.and_then(then)

    @rule(then=then, which=who)
    def completed(self, then: str, which: int) -> None:
        booking = self.booking(which)
        booking.status = "Completed"
        booking.more["Completed"] = f"{self.desk.now:%m/%d/%Y}"
        self.and_then(then)

    @rule(
        then=then,
        which=who,
        cell=some.sampled_from(
            (("Total", "489"), ("Job_title", "New furnace"), ("Address", ""), ("Address", "9 Oak St, Chicago, IL 60618"))
        ),
    )
    def another_cell_changed(self, then: str, which: int, cell: tuple[str, str]) -> None:
        self.booking(which).more[cell[0]] = cell[1]
        self.and_then(then)

    @rule(then=then, which=who)
    def merged_or_back(self, then: str, which: int) -> None:
        self.booking(which).on_sheet = not self.booking(which).on_sheet
        self.and_then(then)

    @rule(then=then, which=who, really=seldom)
    def renumbered(self, then: str, which: int, really: bool) -> None:
        old = self.booking(which)
        if really and old.on_sheet and len(self.desk.bookings) < 6:
            old.on_sheet = False
            self.desk.bookings.append(replace(old, number=f"{old.number}{len(self.desk.bookings)}", on_sheet=True, more=dict(old.more)))
        self.and_then(then)

    @rule(then=then, technician=some.integers(0, 1), after=some.integers(0, 9))
    def day_off(self, then: str, technician: int, after: int) -> None:
        self.desk.crew[technician][5] = f"{self.desk.now + timedelta(days=after):%Y-%m-%d}"
        self.and_then(then)

    @rule(which=who, status=some.sampled_from(("Cancelled", "Cancelled", "No-show", "In progress", "On hold", "Completed")), then=then)
    def another_status_for_a_while(self, which: int, status: str, then: str) -> None:
        self.booking(which).status = status
        self.a_run_soon(60)
        self.booking(which).status = "Scheduled"
        self.and_then(then)

    @rule(which=who, after=some.integers(2, 9), then=then)
    def there_and_back(self, which: int, after: int, then: str) -> None:
        booking = self.booking(which)
        before, booking.start = booking.start, start_in(self.desk.now, after, 1)
        self.a_run_soon(60)
        booking.start = before
        self.and_then(then)

    # ── people ──

    @rule(which=who, words=some.sampled_from(("yes", "thanks!", "ok", "can we do Friday?", "STOP")))
    def customer_answers(self, which: int, words: str) -> None:
        if self.desk.left:
            self.desk.answers(self.booking(which).who, words)

    @rule(which=who)
    def a_person_lets_it_go_on(self, which: int) -> None:
        self.desk.resume(self.booking(which).who)

    @rule(which=who, really=seldom)
    def opts_out(self, which: int, really: bool) -> None:
        if really:
            self.desk.opts_out(self.booking(which).who)

    @rule()
    def the_queue_is_released(self) -> None:
        self.desk.approve_all()


Trail.TestCase.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False
)
TestTrail = Trail.TestCase
