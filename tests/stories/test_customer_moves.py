"""A customer who asks for another time, or for none: a person picks it, and the reminders of the old time rest until then."""

from pathlib import Path

import pytest

from tests.stories.answering import answers
from tests.stories.bookings import HEADINGS, booking, decided, done_now, office_with, one
from tests.stories.inside import Office

BOOKED, ANSWERED = "2026-11-20T10:00", "2026-11-23T10:00"


def told(folder: Path, *rows: tuple[str, ...]) -> Office:
    """An office that has confirmed its bookings."""
    office = office_with(folder, *(rows or (booking(),)))
    office.run("booking-trail", BOOKED, "--send")
    return office


@pytest.mark.parametrize("words", [
    "can we do Friday?", "need to reschedule", "can't make it tomorrow", "¿podemos cambiar la cita?", "Could you come later in the day?", "cancel my appointment",
    "Something came up, another day please", "Yes, but can we make it Thursday", "No puedo el miércoles", "that day doesn't work for us anymore",
])  # fmt: skip
def test_a_wish_to_move_is_recognised_and_says_which_visit(tmp_path: Path, words: str) -> None:
    office = told(tmp_path)
    came = answers(office, words, ANSWERED)
    assert (came.reply.label, came.reply.weight, came.owner) == ("move", "stops", "office")
    shown = " ".join(office.do("review", "show", str(came.task), now=ANSWERED).out.split())
    assert words in shown
    assert "job J-1 (Furnace tune-up) stands at Wed, Dec 2, 1:00 pm" in shown
    assert "Settle the time with them and change the jobs sheet" in shown
    assert "contractor-ops resume +13125550142" in shown


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("What time are you coming?", "question"), ("please don't cancel my appointment", "other"), ("did you reschedule my appointment?", "question"),
        ("Who is coming tomorrow", "question"), ("Can you change the filter too?", "question"), ("You rescheduled on me again", "complaint"),
        ("Sounds good, see you then", "yes"), ("STOP", "stop"), ("We smell gas, can't make it tomorrow", "urgent"), ("We'll be home after 3", "other"),
    ],
)  # fmt: skip
def test_what_only_sounds_like_it_stays_what_it_is(tmp_path: Path, words: str, label: str) -> None:
    assert answers(told(tmp_path), words, ANSWERED).reply.label == label


def test_without_a_visit_to_come_nobody_can_move_one(tmp_path: Path) -> None:
    done = told(tmp_path, booking(Status="Completed", Completed="11/20/2026"))
    assert answers(done, "can we do Friday?", ANSWERED).reply.label == "question"
    assert answers(done, "I need to reschedule", ANSWERED, address="+13125550177").reply.label == "other"


def test_while_it_waits_no_reminder_of_the_old_time_leaves_and_then_the_trail_goes_on_with_the_new_one(tmp_path: Path) -> None:
    office = told(tmp_path)
    answers(office, "can we do Friday?", ANSWERED)
    for at in ("2026-11-30T13:00", "2026-12-02T11:00"):
        document = office.run("booking-trail", at, "--send")
        assert not done_now(document) & {"reminder-48-hours", "day-of"}
    assert "can we do Friday?" in one(office.run("booking-trail", "2026-11-30T14:00"), "reminder-48-hours")["reason"]
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/11/2026 1:00 PM")])
    assert office.do("resume", "Ann Li", now="2026-12-02T12:00").code == 0
    moved = office.run("booking-trail", "2026-12-02T12:15", "--send")
    assert {"moved", "technician-moved"} <= done_now(moved)
    assert "Fri, Dec 11 at 1:00 PM" in one(moved, "moved")["body"]
    assert done_now(office.run("booking-trail", "2026-12-09T13:00", "--send")) == {"reminder-48-hours"}


def test_the_technician_is_ours_and_hears_all_the_same(tmp_path: Path) -> None:
    office = told(tmp_path)
    answers(office, "need to reschedule", ANSWERED)
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/11/2026 1:00 PM")])
    document = office.run("booking-trail", "2026-11-23T12:00", "--send")
    assert "technician-moved" in done_now(document) and decided(document)["moved"] in {"hold", "review"}


def test_of_two_visits_the_one_that_we_wrote_about_is_meant(tmp_path: Path) -> None:
    later = booking(number="J-2", Job_title="Duct cleaning", Booked_on="11/23/2026", Scheduled_start="12/15/2026 9:00 AM")
    office = told(tmp_path, booking(), later)
    office.run("booking-trail", "2026-11-23T10:00", "--send")
    came = answers(office, "need to reschedule", "2026-11-23T12:00")
    assert came.reply.records == (("booking-trail", "bookings", "J-2"),)
    assert "job J-2 (Duct cleaning) stands at Tue, Dec 15, 9:00 am" in came.reply.reason and "J-1" not in came.reply.reason


def test_an_answer_to_something_else_names_every_visit_to_come(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(), booking(number="J-2", Scheduled_start="12/15/2026 9:00 AM"))
    came = answers(office, "I need to reschedule", ANSWERED)  # nothing was ever written to them
    assert came.reply.label == "move" and "job J-1" in came.reply.reason and "job J-2" in came.reply.reason
    assert answers(office, "can we do Friday?", ANSWERED).reply.label == "question"
