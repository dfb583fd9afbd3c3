"""What somebody answers to "how did we do?" stops what any answer stops; only the request for a review does not depend on it."""

import re
from pathlib import Path

import pytest

from tests.stories.answering import answers
from tests.stories.bookings import HEADINGS, WEBSITE, booking, done_now, office_with, one
from tests.stories.inside import Office

THANKED, ASKED, ANSWERED = "2026-12-02T13:00", "2026-12-03T14:00", "2026-12-03T15:00"
KIND = '\n[job_types."Comfort check"]\nrelated = "Ducts want a cleaning."\n'
DONE = booking(Job_type="Comfort check", Status="Completed", Completed="12/02/2026", Booked_on="12/01/2026")
NEXT = booking(number="J-7", Booked_on="12/03/2026", Scheduled_start="12/18/2026 9:00 AM")
INVOICES = ("Invoice #", "Customer", "Email", "Phone", "Status", "Issued", "Due date", "Total", "Balance", "Notes")
REMINDERS = Path(__file__).parents[2] / "recipes" / "invoice-reminders.toml"
FURIOUS = "I'm not paying, your guy broke my furnace, talk to my lawyer"


def asked(folder: Path) -> Office:
    """An office that has asked how it did, and is owed an invoice; each recipe sends by itself."""
    office = office_with(folder, DONE, config=WEBSITE + KIND)
    owed = ("I-1", "Ann Li", "ann@customer.example", "312-555-0142", "Sent", "11/20/2026", "11/30/2026", "189", "189", "")
    office.sheet("invoices", INVOICES, [owed])
    office.recipe("invoice-reminders", re.sub(r'(?m)^mode(\s*)= "approve"', r'mode\1= "auto"', REMINDERS.read_text(encoding="utf-8")))
    office.run("booking-trail", THANKED, "--send")
    assert "rating" in done_now(office.run("booking-trail", ASKED, "--send"))
    return office


def reminded(office: Office) -> bool:
    decisions = office.run("invoice-reminders", "2026-12-07T14:00", "--send")["decisions"]
    return any(one["outcome"] in {"sent", "queued"} for one in decisions)


WORDS = (
    FURIOUS, "terrible", "When do you come to mend it?", "1, and we smell gas since you left", "2 and you broke my fence",
    "4 but the faucet still drips",
)  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_all_that_chases_and_sells_rests_and_the_request_for_a_review_does_not(tmp_path: Path, words: str) -> None:
    office = asked(tmp_path)
    came = answers(office, words, ANSWERED)
    assert "review-request" in done_now(office.run("booking-trail", "2026-12-05T14:00", "--send"))
    assert not reminded(office)
    sold = one(office.run("booking-trail", "2027-01-02T14:00", "--send"), "related-service")
    assert sold["outcome"] is None and "resume" in sold["reason"]
    assert "contractor-ops resume +13125550142" in " ".join(office.do("review", "show", str(came.task), now=ANSWERED).out.split())


@pytest.mark.parametrize("words", WORDS)
def test_so_do_the_reminders_of_the_next_visit(tmp_path: Path, words: str) -> None:
    office = asked(tmp_path)
    answers(office, words, ANSWERED)
    office.sheet("jobs", HEADINGS, [DONE, NEXT])
    assert "reminder-48-hours" not in done_now(office.run("booking-trail", "2026-12-16T12:00", "--send"), "J-7")


@pytest.mark.parametrize("words", [None, "5", "1", "2/5"])
def test_a_bare_rating_stops_nothing(tmp_path: Path, words: str | None) -> None:
    office = asked(tmp_path)
    if words:
        answers(office, words, ANSWERED)
    assert reminded(office)
    office.sheet("jobs", HEADINGS, [DONE, NEXT])
    assert "reminder-48-hours" in done_now(office.run("booking-trail", "2026-12-16T12:00", "--send"), "J-7")


@pytest.mark.parametrize("words", [None, "5", "1"])
def test_nor_does_it_stop_what_sells(tmp_path: Path, words: str | None) -> None:
    office = asked(tmp_path)
    if words:
        answers(office, words, ANSWERED)
    assert "related-service" in done_now(office.run("booking-trail", "2027-01-02T14:00", "--send"))


def test_a_person_lifts_it(tmp_path: Path) -> None:
    office = asked(tmp_path)
    answers(office, FURIOUS, ANSWERED)
    office.do("resume", "Ann Li", now="2026-12-04T10:00")
    assert reminded(office)


def test_what_was_answered_to_something_else_holds_the_request_for_a_review(tmp_path: Path) -> None:
    office = office_with(tmp_path, DONE, config=WEBSITE + KIND)
    assert "thank-you" in done_now(office.run("booking-trail", THANKED, "--send"))
    answers(office, FURIOUS, "2026-12-02T14:00")
    office.run("booking-trail", ASKED, "--send")
    review = one(office.run("booking-trail", "2026-12-05T14:00", "--send"), "review-request")
    assert review["outcome"] is None and "resume" in review["reason"]


@pytest.mark.parametrize(
    "typed",
    [
        [("pause", "Ann Li", "--until", "2026-12-31")],
        [("optout", "+13125550142"), ("optout", "ann@customer.example")],
        [("skip", "booking-trail", "J-1", "--because", "the owner's brother")],
    ],
)
def test_what_a_person_types_stops_the_request_for_a_review(tmp_path: Path, typed: list[tuple[str, ...]]) -> None:
    office = asked(tmp_path)
    answers(office, "terrible", ANSWERED)
    for command in typed:
        ran = office.do(*command, now="2026-12-04T10:00")
        assert ran.code == 0, ran.err
    assert "review-request" not in done_now(office.run("booking-trail", "2026-12-05T14:00", "--send"))
