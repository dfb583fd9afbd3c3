"""A customer who was not there hears a friendly word the same day and one two days later; then somebody calls."""

from pathlib import Path

import pytest

from tests.offices import CONFIG
from tests.providers.twilio_server import TwilioServer
from tests.stories.bookings import HEADINGS, booking, decided, done_now, one
from tests.stories.contract.telephone import shipped
from tests.stories.inside import Office
from tests.stories.texting import ANN, Texting

WITH_NOTES = (*HEADINGS, "Notes")
SAME_DAY, TWO_DAYS, FOUR_DAYS = "2026-12-02T15:30", "2026-12-04T15:30", "2026-12-06T15:30"
STARTS = "12/02/2026 1:00 PM"


def missed(notes: str = "", **cells: str) -> tuple[str, ...]:
    return (*booking(**{"Status": "No show", "Total": "", **cells}), notes)


def office_with(folder: Path, *rows: tuple[str, ...], mode: str = "auto") -> Office:
    office = Office(folder, CONFIG).recipe("no-show-recovery", shipped("no-show-recovery", mode))
    return office.sheet("jobs", WITH_NOTES, rows)


def test_the_same_day_two_days_later_and_then_somebody_calls(tmp_path: Path) -> None:
    office = office_with(tmp_path, missed())
    assert done_now(office.run("no-show-recovery", "2026-12-02T14:30", "--send")) == set()
    first = office.run("no-show-recovery", SAME_DAY, "--send")
    assert done_now(first) == {"missed-you"}
    assert one(first, "missed-you")["body"] == (
        "Hi Ann, Northside Heating & Air came by on Wed, Dec 2 and we missed you. "
        "No problem: reply with a day that suits you and we'll set a new time, or call (312) 555-0100."
    )
    assert done_now(office.run("no-show-recovery", "2026-12-03T15:30", "--send")) == set()
    assert done_now(office.run("no-show-recovery", TWO_DAYS, "--send")) == {"ask-again"}
    call = office.run("no-show-recovery", FOUR_DAYS, "--send")
    assert done_now(call) == {"hand-over"}
    assert "Call Ann Li at (312) 555-0142 about a new time: nobody was there on Wed, Dec 2" in one(call, "hand-over")["body"]
    assert done_now(office.run("no-show-recovery", "2026-12-09T15:30", "--send")) == set()


@pytest.mark.parametrize("status", ["Booked", "Scheduled", "In progress", "Completed", "Invoiced", "Cancelled"])
def test_it_ends_when_the_job_goes_on_or_is_called_off(tmp_path: Path, status: str) -> None:
    office = office_with(tmp_path, missed())
    office.run("no-show-recovery", SAME_DAY, "--send")
    office.sheet("jobs", WITH_NOTES, [missed(Status=status, Completed="12/03/2026" if status in {"Completed", "Invoiced"} else "")])
    after = office.run("no-show-recovery", TWO_DAYS, "--send")
    assert {decision["decision"] for decision in after["decisions"]} == {"ended"}
    assert len(office.outbox()) == 1


@pytest.mark.parametrize("words", ["Sorry! Could you come on Friday at 9?", "Friday works", "Yes please", "Please don't come any more"])
def test_it_ends_with_an_answer(tmp_path: Path, words: str) -> None:
    with TwilioServer() as server:
        office = Texting(tmp_path, server)
        office.recipe("no-show-recovery", shipped("no-show-recovery", "auto")).sheet("jobs", WITH_NOTES, [missed()])
        office.now = SAME_DAY
        assert done_now(office.send("no-show-recovery")) == {"missed-you"}
        server.text_from(ANN, words)
        office.now = "2026-12-02T16:00"
        office.inbox()
        office.now = TWO_DAYS
        assert {decision["decision"] for decision in office.send("no-show-recovery")["decisions"]} == {"ended"}
        assert office.texts() == [ANN]


def test_it_ends_when_somebody_has_talked_to_them(tmp_path: Path) -> None:
    office = office_with(tmp_path, missed())
    office.run("no-show-recovery", SAME_DAY, "--send")
    calls = ("Direction", "From", "To", "Start time", "Result", "Duration")
    office.sheet("calls", calls, [("Outbound", "+13125550100", "+13125550142", "12/03/2026 10:00 AM", "Call connected", "0:03:10")])
    assert decided(office.run("no-show-recovery", TWO_DAYS, "--send")) == {None: "ended"}


def test_another_visit_that_they_miss_begins_anew(tmp_path: Path) -> None:
    office = office_with(tmp_path, missed())
    office.run("no-show-recovery", SAME_DAY, "--send")
    office.sheet("jobs", WITH_NOTES, [missed(Status="Scheduled", Scheduled_start="12/10/2026 1:00 PM")])
    office.run("no-show-recovery", TWO_DAYS, "--send")
    office.sheet("jobs", WITH_NOTES, [missed(Scheduled_start="12/10/2026 1:00 PM")])
    again = office.run("no-show-recovery", "2026-12-10T15:30", "--send")
    assert done_now(again) == {"missed-you"}
    assert "Thu, Dec 10" in one(again, "missed-you")["body"]


@pytest.mark.parametrize("notes", [
    "Tech did not show, truck broke down", "our no-show, Luis overslept", "We missed this one, call and apologise", "Technician sick", "went to the wrong address",
])  # fmt: skip
def test_where_it_was_our_own_no_show_a_person_looks_first(tmp_path: Path, notes: str) -> None:
    office = office_with(tmp_path, missed(notes))
    document = office.run("no-show-recovery", SAME_DAY, "--send")
    assert one(document, "missed-you")["decision"] == "review"
    assert "notes mention" in one(document, "missed-you")["reason"]
    assert office.outbox() == []


@pytest.mark.parametrize("notes", ["Nobody home, rang twice", "Customer no show", "Tech waited 20 minutes, left a door hanger"])
def test_ordinary_notes_hold_nothing_up(tmp_path: Path, notes: str) -> None:
    assert done_now(office_with(tmp_path, missed(notes)).run("no-show-recovery", SAME_DAY, "--send")) == {"missed-you"}


def test_as_it_ships_a_person_releases_each_message(tmp_path: Path) -> None:
    office = office_with(tmp_path, missed(), mode="approve")
    office.run("no-show-recovery", SAME_DAY, "--send")
    assert office.outbox() == []
    assert [item["step"] for item in office.queue(now=SAME_DAY)] == ["missed-you"]


def test_two_visits_that_one_customer_missed_are_one_message(tmp_path: Path) -> None:
    office = office_with(tmp_path, missed(), missed(number="J-2", Job_title="Filter change", Scheduled_start="12/02/2026 2:00 PM"))
    assert done_now(office.run("no-show-recovery", "2026-12-02T16:30", "--send")) == {"missed-you"}
    assert len(office.outbox()) == 1


def test_what_was_missed_long_ago_is_never_written_to_in_a_flood(tmp_path: Path) -> None:
    rows = [
        missed(number=f"J-{n}", Customer=f"Ann Li {n}", Phone=f"312-555-01{n}", Email="", Scheduled_start="10/02/2026 1:00 PM")
        for n in range(20, 30)
    ]
    office = office_with(tmp_path, *rows)
    office.run("no-show-recovery", SAME_DAY, "--send")
    assert office.outbox() == []


def test_a_sheet_without_notes_and_calls_is_no_mistake(tmp_path: Path) -> None:
    headings = ("Job #", "Customer", "Phone", "Status", "Scheduled start")
    office = Office(tmp_path).recipe("no-show-recovery", shipped("no-show-recovery", "auto"))
    office.sheet("jobs", headings, [("J-1", "Ann Li", "312-555-0142", "No show", STARTS)])
    assert done_now(office.run("no-show-recovery", SAME_DAY, "--send")) == {"missed-you"}


def test_who_wants_no_messages_is_called(tmp_path: Path) -> None:
    office = office_with(tmp_path, missed(Email=""))
    assert office.do("optout", "312-555-0142", now=SAME_DAY).code == 0
    outcomes = [done_now(office.run("no-show-recovery", at, "--send")) for at in (SAME_DAY, TWO_DAYS, FOUR_DAYS)]
    assert outcomes == [set(), {"hand-over"}, set()]
    assert office.outbox() == []


def test_what_is_noticed_days_later_is_left_to_the_next_step(tmp_path: Path) -> None:
    office = office_with(tmp_path, missed())
    assert done_now(office.run("no-show-recovery", TWO_DAYS, "--send")) == {"ask-again"}


def test_while_a_message_waits_for_its_release_it_grows_no_older_than_a_day(tmp_path: Path) -> None:
    office = office_with(tmp_path, missed(), mode="approve")
    office.run("no-show-recovery", SAME_DAY, "--send")
    office.do("review", "approve", office.item("J-1"), now="2026-12-03T17:00")
    assert "missed-you" not in done_now(office.run("no-show-recovery", "2026-12-03T17:30", "--send"))


@pytest.mark.parametrize(
    ("other", "ends"),
    [
        ({"Scheduled_start": "12/08/2026 9:00 AM"}, True),
        ({"Scheduled_start": "12/08/2026 9:00 AM", "Job_title": "Faucet repair", "Job_type": "Plumbing"}, False),
        ({"Scheduled_start": "12/08/2026 9:00 AM", "Customer": "Bob Ray", "Phone": "312-555-0143", "Email": "bob@customer.example"}, False),
    ],
    ids=["of this kind", "of another kind", "of another customer"],
)
def test_it_ends_where_their_next_visit_stands_in_a_row_of_its_own(tmp_path: Path, other: dict[str, str], ends: bool) -> None:
    office = office_with(tmp_path, missed(), missed(Status="Scheduled", number="J-2", **other))
    assert ("missed-you" not in done_now(office.run("no-show-recovery", SAME_DAY, "--send"))) is ends
