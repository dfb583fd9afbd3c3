"""The booking trail: what a booking starts, and what becomes of it when the booking changes."""

from pathlib import Path

from tests.stories.bookings import CREW, HEADINGS, WEBSITE, booking, decided, done_now, office_with, one

BOOKED, LATER = "2026-11-20T10:00", "2026-11-23T10:00"
AT_ONCE = {"contact-record", "stage-booked", "job-record", "tell-technician", "calendar-entry", "confirmation"}


def test_a_booking_starts_its_first_steps_once(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    assert done_now(office.run("booking-trail", BOOKED, "--send")) == AT_ONCE
    again = office.run("booking-trail", LATER, "--send")
    assert done_now(again) == set()
    assert {step for step, kind in decided(again).items() if kind == "done"} == AT_ONCE
    assert "BEGIN:VEVENT" in (tmp_path / "calendar" / "job-J-1.ics").read_text(encoding="utf-8")


def test_reminders_checklist_and_what_follows_come_at_their_times(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(), config=WEBSITE)
    office.run("booking-trail", BOOKED, "--send")
    assert done_now(office.run("booking-trail", "2026-11-30T12:59", "--send")) == set()
    assert done_now(office.run("booking-trail", "2026-11-30T13:00", "--send")) == {"reminder-48-hours"}
    assert done_now(office.run("booking-trail", "2026-12-01T16:00", "--send")) == {"checklist", "technician-day-before"}
    assert done_now(office.run("booking-trail", "2026-12-02T11:00", "--send")) == {"day-of"}
    office.sheet("jobs", HEADINGS, [booking(Status="Completed", Completed="12/02/2026")])
    assert done_now(office.run("booking-trail", "2026-12-02T15:00", "--send")) == {"completion", "thank-you"}
    assert done_now(office.run("booking-trail", "2026-12-03T10:00", "--send")) == {"rating"}
    assert done_now(office.run("booking-trail", "2026-12-05T10:00", "--send")) == {"review-request"}
    assert len(office.outbox()) == 8


def test_a_booking_that_moves_tells_everybody_who_was_told_and_arms_its_reminders_anew(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.run("booking-trail", "2026-11-30T13:00", "--send")
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/09/2026 9:00 AM")])
    moved = office.run("booking-trail", "2026-11-30T15:00", "--send")
    assert done_now(moved) == {"moved", "technician-moved", "calendar-moved"}
    assert "Wed, Dec 9 at 9:00 AM" in one(moved, "moved")["body"]
    assert decided(moved)["reminder-48-hours"] == "wait"
    assert done_now(office.run("booking-trail", "2026-12-02T11:00", "--send")) == set()
    assert done_now(office.run("booking-trail", "2026-12-07T09:00", "--send")) == {"reminder-48-hours"}


def test_a_booking_that_moves_back_before_anybody_heard_of_it_is_no_news(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/09/2026 9:00 AM")])
    assert decided(office.run("booking-trail", "2026-11-23T22:00", "--send"))["moved"] == "hold"  # the customer sleeps
    office.sheet("jobs", HEADINGS, [booking()])
    assert decided(office.run("booking-trail", "2026-11-24T09:00", "--send"))["moved"] == "wait"


def test_a_booking_that_moves_twice_is_told_twice_and_back_again_once_more(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    for day, at in (
        ("12/09/2026 9:00 AM", "2026-11-23T10:00"),
        ("12/02/2026 1:00 PM", "2026-11-24T10:00"),
        ("12/09/2026 9:00 AM", "2026-11-25T10:00"),
    ):
        office.sheet("jobs", HEADINGS, [booking(Scheduled_start=day)])
        assert "moved" in done_now(office.run("booking-trail", at, "--send"))
        assert "moved" not in done_now(office.run("booking-trail", at.replace("T10", "T11"), "--send"))


def test_another_technician_both_are_told(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Technician="Bo Lund")])
    document = office.run("booking-trail", LATER, "--send")
    assert done_now(document) == {"technician-taken-off", "technician-put-on"}
    assert (one(document, "technician-taken-off")["to"], one(document, "technician-put-on")["to"]) == ("+13125550171", "+13125550172")
    assert "Bo Lund goes" in one(document, "technician-taken-off")["body"]


def test_a_change_of_scope_goes_to_a_person(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Total="489", Job_title="Furnace tune-up and new thermostat")])
    assert done_now(office.run("booking-trail", LATER, "--send")) == {"scope-changed"}


def test_a_cancelled_booking_ends_and_whoever_was_told_hears_of_it(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Status="Cancelled")])
    document = office.run("booking-trail", LATER, "--send")
    told = {"called-off", "technician-called-off", "calendar-moved", "record-changed"}
    assert done_now(document) == told
    assert {kind for step, kind in decided(document).items() if step not in AT_ONCE | told} == {"ended", "wait"}
    assert decided(document)["technician-taken-off"] == "wait"
    assert done_now(office.run("booking-trail", "2026-12-01T10:00", "--send")) == set()


def test_a_cancelled_booking_that_nobody_was_told_of_is_told_to_nobody(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Status="Cancelled"))
    assert done_now(office.run("booking-trail", BOOKED, "--send")) == set()
    assert office.outbox() == []


def test_nobody_assigned_the_best_is_suggested_assigned_and_told_in_the_next_run(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Technician=""))
    first = office.run("booking-trail", BOOKED, "--send")
    assert "assign-technician" in done_now(first)
    assert "Tom Vale" in one(first, "assign-technician")["body"]
    assert "tell-technician" not in done_now(first)
    second = office.run("booking-trail", "2026-11-20T10:15", "--send")
    assert (done_now(second), one(second, "tell-technician")["to"]) == ({"tell-technician"}, "+13125550171")


def test_in_approve_mode_a_person_chooses_the_technician(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Technician=""), mode="approve")
    first = office.run("booking-trail", BOOKED, "--send")
    assert one(first, "assign-technician")["decision"] == "review"
    listed = office.do("review", "list", "--format", "json", now=BOOKED).json
    [number] = [item["id"] for item in listed if item["step"] == "assign-technician"]
    assert office.do("review", "approve", str(number), now=BOOKED).code == 0
    assert "assign-technician" in done_now(office.run("booking-trail", "2026-11-20T10:15", "--send"))


def test_where_nobody_fits_the_reason_goes_to_a_person_and_the_rest_goes_on(tmp_path: Path) -> None:
    crew = [("Cy Roof", "312-555-0173", "", "roofing", "", "")]
    document = office_with(tmp_path, booking(Technician=""), crew=crew).run("booking-trail", BOOKED, "--send")
    assert one(document, "assign-technician")["decision"] == "review"
    assert "Nobody fits: Cy Roof" in one(document, "assign-technician")["reason"]
    assert {"confirmation", "calendar-entry"} <= done_now(document)


def test_each_bad_cell_has_its_reason_and_the_other_steps_go_on(tmp_path: Path) -> None:
    rows = [
        booking(Booked_on="11/30/2026", number="J-1", Address=""),
        booking(Booked_on="11/30/2026", number="J-2", Scheduled_start="12/03/2026 3:00 AM", Phone="312-555-0143", Email=""),
        booking(Booked_on="11/30/2026", number="J-3", Scheduled_start="11/03/2026 9:00 AM", Phone="312-555-0144", Email=""),
        booking(Booked_on="11/30/2026", number="J-4", Job_type="Flux work", Job_title="Flux", Phone="312-555-0145", Email=""),
        booking(
            Booked_on="11/30/2026",
            number="J-5",
            Technician="Zed Nobody",
            Phone="312-555-0146",
            Email="",
            Scheduled_start="12/07/2026 9:00 AM",
        ),
    ]
    document = office_with(tmp_path, *rows).run("booking-trail", "2026-11-30T14:00", "--send")
    assert "there is no address" in one(document, "settle-first")["body"]
    assert (decided(document)["tell-technician"], decided(document)["confirmation"]) == ("wait", "sent")
    for number, words, decision in (("J-2", "3:00 AM is hardly meant", "wait"), ("J-3", "lies in the past", "ended")):
        assert one(document, "confirmation", number)["decision"] == decision
        assert words in one(document, "confirmation", number)["reason"]
        assert words in one(document, "settle-first", number)["body"]
        assert decided(document, number)["stage-booked"] == "queued"
    assert "Flux" in one(office_with(tmp_path / "flux", booking(Job_type="Flux work", Job_title="Flux")).run(
        "booking-trail", "2026-12-01T14:00", "--send"), "checklist")["reason"]  # fmt: skip
    assert one(document, "tell-technician", "J-5")["reason"].startswith("booked today: first settle:")
    assert decided(document, "J-5")["confirmation"] == "sent"


def test_two_jobs_at_one_time_for_one_technician_are_told_and_settled_by_a_person(tmp_path: Path) -> None:
    rows = [booking(), booking(number="J-2", Customer="Bob Ray", Phone="312-555-0143", Email="bob@customer.example")]
    document = office_with(tmp_path, *rows).run("booking-trail", BOOKED, "--send")
    for number in ("J-1", "J-2"):
        assert one(document, "tell-technician", number)["decision"] == "wait"
        assert "Tom Vale" in one(document, "settle-first", number)["body"]
        assert decided(document, number)["confirmation"] == "sent"


def test_what_a_person_says_is_meant_goes_on_with_their_yes(tmp_path: Path) -> None:
    rows = [booking(), booking(number="J-2", Customer="Bob Ray", Phone="312-555-0143", Email="bob@customer.example")]
    office = office_with(tmp_path, *rows)
    office.run("booking-trail", BOOKED, "--send")
    [item] = [
        one["id"] for one in office.do("review", "list", "--format", "json", now=BOOKED).json if str(one["body"]).startswith("Booking J-2")
    ]
    assert office.do("review", "done", str(item), now=BOOKED).code == 0
    document = office.run("booking-trail", "2026-11-20T10:15", "--send")
    assert (decided(document)["tell-technician"], decided(document, "J-2")["tell-technician"]) == ("wait", "review")


def test_a_technician_without_a_phone_is_a_reason_of_its_own(tmp_path: Path) -> None:
    document = office_with(tmp_path, booking(), crew=[("Tom Vale", "", "", *CREW[0][3:])]).run("booking-trail", BOOKED, "--send")
    assert "the technician has neither phone nor e-mail" in one(document, "tell-technician")["reason"]
    assert decided(document)["confirmation"] == "sent"


def test_a_job_that_is_done_early_gets_no_reminder(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Status="Completed", Completed="11/24/2026")])
    office.run("booking-trail", "2026-11-24T15:00", "--send")
    assert done_now(office.run("booking-trail", "2026-11-30T13:00", "--send")) <= {"review-request", "rating"}
    assert decided(office.run("booking-trail", "2026-12-02T11:00", "--send"))["day-of"] == "wait"


def test_a_job_that_is_opened_again_thanks_nobody_twice(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Status="Completed", Completed="12/02/2026")])
    assert "thank-you" in done_now(office.run("booking-trail", "2026-12-02T15:00", "--send"))
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/08/2026 1:00 PM")])
    office.run("booking-trail", "2026-12-03T10:00", "--send")
    assert "reminder-48-hours" in done_now(office.run("booking-trail", "2026-12-06T13:00", "--send"))
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/08/2026 1:00 PM", Status="Completed", Completed="12/08/2026")])
    assert "thank-you" not in done_now(office.run("booking-trail", "2026-12-08T15:00", "--send"))


def test_an_opt_out_keeps_nobody_of_ours_from_their_work(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Email=""))
    assert office.do("optout", "312-555-0142", now=BOOKED).code == 0
    document = office.run("booking-trail", BOOKED, "--send")
    assert (decided(document)["confirmation"], decided(document)["tell-technician"]) == ("ended", "sent")
