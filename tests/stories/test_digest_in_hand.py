"""What somebody has in hand does not weigh in the digest like what is neglected; whom messages went to; and won work that nobody booked."""

from pathlib import Path
from typing import Any

import pytest

from contractor_ops.work.demo import make_demo
from tests.offices import ESTIMATES, INVOICES
from tests.stories.digests import CHASE, MONDAY, OWED, digest
from tests.stories.inside import Office

APPROVE = CHASE.replace('mode = "auto"', 'mode = "approve"')
MORNING, TOMORROW = "2026-11-23T10:00", "2026-11-24T10:00"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, OWED).recipe("chase", APPROVE).do("run", "chase", "--send", now="2026-11-22T10:00")
    return office


@pytest.fixture
def demo(tmp_path: Path) -> Office:
    make_demo(tmp_path / "office", MORNING)
    made = Office.__new__(Office)
    made.folder = tmp_path / "office"
    return made


def needs(office: Office, key: str, now: str = MONDAY) -> Any:
    return next((one for one in digest(office, now=now)["needs"] if one["key"] == key), None)


def in_hand(office: Office, now: str = MONDAY) -> list[tuple[str, bool]]:
    return [(line["record"], line["in_hand"]) for line in needs(office, "overdue", now)["lines"]]


def test_what_is_in_hand_is_not_in_the_one_number_and_stands_last(office: Office) -> None:
    office.do("review", "approve", office.item("1003"), now="2026-11-22T11:00")
    office.do("review", "snooze", office.item("1005"), "--until", "2026-12-01", now="2026-11-22T11:00")
    found = digest(office)
    assert (found["subject"], found["at_stake"], found["things"], found["in_hand"]) == (
        "$600 needs a decision: 2 overdue invoices", 600.0, 2, 2)  # fmt: skip
    assert in_hand(office) == [("1004", False), ("1002", False), ("1005", True), ("1003", True)]
    overdue = needs(office, "overdue")
    assert (overdue["count"], overdue["amount"], overdue["in_hand"]) == (4, 1400.5, 2)
    assert "Overdue invoices: 4, $1,400.50, of them 2 in hand" in office.do("digest", now=MONDAY).out
    assert in_hand(office, "2026-12-01T07:00")[0] == ("1005", False)  # put off until today


def test_all_in_hand_is_nothing_that_needs_you(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, [OWED[2]]).recipe("chase", APPROVE).do("run", "chase", "--send", now="2026-11-22T10:00")
    office.do("review", "call", office.item("1003"), "--outcome", "promise", "--on", "2026-11-25", now="2026-11-22T11:00")
    assert digest(office)["subject"] == "Northside Heating & Air: nothing needs you"
    assert "Overdue invoices: 1, $300.00, in hand" in office.do("digest", now=MONDAY).out
    assert needs(office, "promises-broken", "2026-11-26T07:00")["in_hand"] == 0


@pytest.mark.parametrize(("outcome", "told"), [("reached", True), ("dispute", False), ("wrong-number", False)])
def test_a_call_that_leaves_a_question_open_is_in_nobodys_hand(outcome: str, told: bool, office: Office) -> None:
    office.do("review", "call", office.item("1003"), "--outcome", outcome, now="2026-11-22T11:00")
    assert dict(in_hand(office))["1003"] is told


def test_a_voicemail_holds_until_the_next_business_day(office: Office) -> None:
    office.do("review", "call", office.item("1003"), "--outcome", "voicemail", now="2026-11-22T11:00")
    assert (dict(in_hand(office, "2026-11-22T17:00"))["1003"], dict(in_hand(office))["1003"]) == (True, False)


def test_what_was_dismissed_before_its_day_settles_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path)
    before = APPROVE.replace('after = "1 day"', 'before = "5 days"')
    office.sheet("invoices", INVOICES, [OWED[1]]).recipe("chase", before).do("run", "chase", "--send", now="2026-11-18T10:00")
    office.do("review", "dismiss", office.item("1002"), "--because", "they know", now="2026-11-18T11:00")
    assert in_hand(office) == [("1002", False)]


def test_who_was_answered_or_ended_waits_for_no_answer(demo: Office) -> None:
    demo.do("run", "lead-reply", "missed-call-text-back", "--send", now=MORNING)
    first, second, third, fourth = needs(demo, "leads-unanswered", TOMORROW)["lines"]
    assert [one["days"] for one in (first, second, third, fourth)] == [4, 2, 2, 2]  # who asked first stands first
    callers = needs(demo, "calls-unanswered", TOMORROW)["lines"]
    assert [one["why"].rsplit(" at ")[-1] for one in callers] == ["7:12 AM", "12:24 PM", "2:02 PM", "7:38 PM", "10:16 PM"]
    demo.do("review", "call", demo.item(first["record"]), "--outcome", "reached", now=MORNING)
    demo.do("review", "call", demo.item(second["record"]), "--outcome", "voicemail", now=MORNING)
    demo.do("review", "dismiss", demo.item(third["record"]), "--because", "spam", now=MORNING)
    demo.do("review", "snooze", demo.item(fourth["record"]), "--until", "2026-11-30", now=MORNING)
    demo.do("review", "done", demo.item(callers[0]["record"]), "--because", "called back", now=MORNING)
    leads = needs(demo, "leads-unanswered", TOMORROW)["lines"]
    assert [(one["record"], one["in_hand"]) for one in leads] == [(second["record"], False), (fourth["record"], True)]
    assert needs(demo, "calls-unanswered", TOMORROW)["lines"] == callers[1:]


def test_a_message_to_our_own_people_names_them(demo: Office) -> None:
    demo.do("run", "job-note-cleanup", "--send", now=MORNING)
    for item in demo.queue(now=MORNING):
        demo.do("review", "approve", str(item["id"]), now=MORNING)
    demo.do("run", "job-note-cleanup", "--send", now=MORNING)
    [done] = digest(demo, now="2026-11-23T12:00")["done"]
    assert "Sam Whitaker about Monique Dvorak's job" in done["outbox_to"]


# ── accepted, and nobody booked it ──

JOBS = ("Job #", "Estimate #", "Customer", "Phone", "Status", "Scheduled", "Total")


def won(number: str, customer: str = "Ann Li", sent: str = "2026-11-02", status: str = "Accepted", phone: str = "") -> list[str]:
    return [number, customer, "", phone, "Furnace", status, sent, "5000", ""]


def kept(folder: Path, estimates: list[list[str]], jobs: list[list[str]]) -> Office:
    """An office in which a job names an estimate."""
    linked = ["J1", "E0", "Bob Roe", "", "Scheduled", "2026-11-25", "700"]
    office = Office(folder)
    office.sheet("invoices", INVOICES, []).sheet("estimates", ESTIMATES, [won("E0", "Bob Roe", "2026-11-20"), *estimates])
    office.sheet("jobs", JOBS, [linked, *jobs])
    return office


def unbooked(office: Office) -> list[str]:
    found = needs(office, "estimates-not-booked")
    return [line["record"] for line in found["lines"]] if found else []


def test_won_work_that_nobody_booked_is_told(tmp_path: Path) -> None:
    office = kept(tmp_path, [won("E1"), won("E2", "Cy Poe", status="Sent"), won("E3", "Di Fox", status="Declined")], [])
    assert unbooked(office) == ["E1"]
    assert digest(office)["at_stake"] == 10_000.0  # E1, and E2 without an answer
    text = office.do("digest", now=MONDAY).out
    assert "Ann Li · estimate E1 · $5,000.00 · accepted; sent Nov 2, 21 days ago; no job is booked for it · Dana Reed" in " ".join(
        text.split()
    )


@pytest.mark.parametrize("sent", ["2026-11-21", "2026-08-24"])
def test_an_answer_of_just_now_or_of_last_season_is_no_decision(sent: str, tmp_path: Path) -> None:
    assert unbooked(kept(tmp_path, [won("E1", sent=sent)], [])) == []


@pytest.mark.parametrize(
    ("job", "told"),
    [
        (["J2", "E1", "Someone Else", "", "Completed", "2026-10-01", "5000"], []),  # it names the estimate
        (["J2", "", "Li, Ann", "", "Scheduled", "2026-11-30", "5000"], []),
        (["J2", "", "The Lis", "(312) 555-0142", "Scheduled", "2026-11-30", "5000"], []),
        (["J2", "", "Ann Li", "", "Completed", "2026-10-01", "90"], ["E1"]),  # work from before
    ],
)
def test_a_job_that_may_be_for_it_books_it(job: list[str], told: list[str], tmp_path: Path) -> None:
    assert unbooked(kept(tmp_path, [won("E1", phone="(312) 555-0142")], [job])) == told


def test_where_no_sheet_links_jobs_and_estimates_nobody_can_tell(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sheet("estimates", ESTIMATES, [won("E1")]).sheet("jobs", JOBS, [["J1", "", "Bob Roe", "", "Scheduled", "2026-11-25", "700"]])
    assert needs(office, "estimates-not-booked") is None


def test_more_than_ten_say_what_lists_them(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, [[f"20{at}", *OWED[1][1:]] for at in range(10, 23)])
    text = office.do("digest", now=MONDAY).out
    assert text.count("due Nov 22, 1 day ago") == 10 and "and 3 more: contractor-ops read invoices" in text
