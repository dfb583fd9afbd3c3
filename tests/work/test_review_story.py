"""Whom an item is about, what was said, and what is open."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from contractor_ops.office import Office
from contractor_ops.ports import Claim, KeptReply, ReviewItem, ReviewMember, StepKey
from contractor_ops.tables.record import Place
from contractor_ops.work.review_story import Stories
from tests import offices
from tests.work.conftest import NOW

ROWS = [
    ("E-1", "Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", "11/20/2026", "$480", ""),
    ("E-2", "Ann Li", "", "312-555-0142", "Ducts", "Viewed", "11/10/2026", "$90", ""),
    ("E-3", "Ann Li", "", "312-555-0199", "Another Ann's roof", "Sent", "11/10/2026", "$9000", ""),
    ("E-4", "Ann Li", "", "312-555-0142", "Done", "Accepted", "11/10/2026", "$70", ""),
]
OWED = [
    ("2001", "ANN LI", "", "", "Overdue", "10/01/2026", "11/01/2026", "$250", "$50", ""),
    ("2002", "Ann Li", "ann@li.example", "", "Paid", "10/01/2026", "11/01/2026", "$250", "$0", ""),
]


@pytest.fixture
def office(folder: offices.Office, opened: Callable[[offices.Office], Office]) -> Office:
    folder.sheet("estimates", offices.ESTIMATES, ROWS).sheet("invoices", offices.INVOICES, OWED)
    return opened(folder)


def about(record: str, **more: object) -> ReviewItem:
    member = ReviewMember(StepKey(record, "first-nudge"), "r", "w", Place("estimates.csv", None, 2), "Ann Li")
    return ReviewItem("mine", "k", "message", "office", "why", (member,), **{"customer": "Ann Li", "table": "estimates", **more})  # type: ignore[arg-type]


def test_the_number_and_the_other_open_papers_of_the_same_customer(office: Office) -> None:
    story = Stories(office, NOW).story(about("E-1"))
    assert story.phones == ("+13125550142",)
    assert [(one.what, str(one.amount)) for one in story.open] == [("estimate E-2", "90"), ("invoice 2001", "50")]


def test_what_was_said_last_by_both_sides_in_order(office: Office) -> None:
    ledger = office.ledger
    run = ledger.open_run("mine", NOW, True, "auto", "desk/1")
    for days, words in ((9, "First"), (4, "Second")):
        claim = Claim(StepKey("E-1", words), "estimates", "message", "office", "Ann Li", channel="sms", address="+13125550142", body=words)
        [taken] = ledger.claim(run, "mine", [[claim]], NOW - timedelta(days=days), None, NOW - timedelta(days=days))
        ledger.settle(taken.claim_ids, "sent", NOW - timedelta(days=days))
    for key, address, words in (("1", "+13125550142", "Call me"), ("2", "ann@li.example", "By mail"), ("3", "+13125550177", "A stranger")):
        at = NOW - timedelta(days=int(key))
        ledger.add_reply(KeptReply(key, "sms", address, at, None, "", "other", "", "pleasant", words, words))
    said = Stories(office, NOW).story(about("E-1")).said
    assert [(one.who, one.words) for one in said] == [("we", "First"), ("we", "Second"), ("they", "By mail"), ("they", "Call me")]


def test_a_stranger_who_answered_is_called_where_they_wrote_from(office: Office) -> None:
    member = ReviewMember(StepKey("+13125550155", "reply"), "", "", Place("+13125550155", None, None))
    stories = Stories(office, NOW)
    caller = stories.caller(ReviewItem("inbox", "k", "task", "office", "why", (member,), table="replies"))
    assert (caller.name, caller.phones) == ("", ("+13125550155",))


def test_a_row_that_is_gone_or_a_sheet_that_cannot_be_read_keeps_nobody_from_deciding(office: Office) -> None:
    assert Stories(office, NOW).story(about("E-99", to="+13125550142")).phones == ("+13125550142",)
    (office.folder / "estimates.csv").unlink()
    office._tables.clear()
    assert Stories(office, NOW).story(about("E-1", to="+13125550142")).phones == ("+13125550142",)


def test_every_note_of_the_row_and_of_the_customers_entry_is_told_and_only_some_decide(
    folder: offices.Office, opened: Callable[[offices.Office], Office]
) -> None:
    folder.sheet("estimates", offices.ESTIMATES, [(*ROWS[0][:-1], "Habla español, llamar después de las 5")])
    folder.sheet("customers", ("Name", "Phone", "Notes"), [("Ann Li", "312-555-0142", "Prefiere mensajes")])
    notes = Stories(opened(folder), NOW).notes(about("E-1"))
    assert [(one.what, one.words, one.decides) for one in notes] == [
        ("its note", "Habla español, llamar después de las 5", False),
        ("the customers list", "Prefiere mensajes", False),
    ]


def test_of_two_rows_with_one_number_the_item_s_own_is_called(folder: offices.Office, opened: Callable[[offices.Office], Office]) -> None:
    twins = [ROWS[0], ("E-1", "Bo Park", "", "312-555-0155", "Ducts", "Sent", "11/20/2026", "$90", "")]
    folder.sheet("estimates", offices.ESTIMATES, twins)
    assert Stories(opened(folder), NOW).caller(about("E-1")).phones == ("+13125550142",)


def test_calls_of_the_last_days_stand_in_the_story(folder: offices.Office, opened: Callable[[offices.Office], Office]) -> None:
    headings = ("Call ID", "Date", "Time", "Direction", "From", "To", "Result", "Duration")
    rows = [
        ("1", "10/01/2026", "9:00 AM", "Inbound", "3125550142", "3125550100", "Answered", "5:30"),
        ("2", "11/19/2026", "9:00 AM", "Outbound", "3125550100", "3125550142", "Answered", "5:30"),
        ("3", "11/22/2026", "7:38 PM", "Inbound", "3125550142", "3125550100", "Voicemail", "0:41"),
    ]
    folder.sheet("estimates", offices.ESTIMATES, ROWS[:1]).sheet("calls", headings, rows)
    said = Stories(opened(folder), NOW).story(about("E-1")).said
    assert [(one.at.date().isoformat(), one.who, one.words) for one in said] == [
        ("2026-11-19", "we", "called: answered"),
        ("2026-11-22", "they", "called: voicemail; nobody has called back"),
    ]


def test_what_else_of_the_customer_waits_is_named_by_number(office: Office) -> None:
    other = about("2001", table="invoices")
    office.ledger.add_task(other, NOW)
    assert Stories(office, NOW).story(about("E-1")).waiting == ("1: invoice 2001, why",)


PAID_IN = ("Invoice #", "Customer", "Phone", "Status", "Due date", "Total", "Amount paid")


@pytest.mark.parametrize(
    ("status", "total", "paid", "shown"),
    [
        ("Sent", "$1000", "$900", ("100", "")),
        ("Sent", "$1000", "", ("1000", "in all; what is still owed is not known")),
        ("Sent", "", "", ("None", "what is still owed is not known")),
        ("Paid", "$1000", "$900", ("100", "but its status says paid")),
        ("Sent", "$1000", "$1000", None),
        ("Paid", "$1000", "", None),
        ("Draft", "$1000", "$0", None),
    ],
)
def test_also_open_is_what_is_owed_and_not_the_total(
    folder: offices.Office, opened: Callable[[offices.Office], Office], status: str, total: str, paid: str, shown: tuple[str, str] | None
) -> None:
    folder.sheet("estimates", offices.ESTIMATES, ROWS[:1])
    folder.sheet("invoices", PAID_IN, [("2001", "Ann Li", "312-555-0142", status, "11/01/2026", total, paid)])
    story = Stories(opened(folder), NOW).story(about("E-1"))
    assert [(str(one.amount), one.remark) for one in story.open] == ([shown] if shown else [])
