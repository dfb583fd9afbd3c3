from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.tables.cells.status_words import STATUS_WORDS
from contractor_ops.tables.cells.statuses import meaning_of

MEANINGS = {
    "estimates": {"draft", "sent", "viewed", "accepted", "declined", "expired", "converted"},
    "invoices": {"draft", "sent", "partial", "overdue", "paid", "void", "disputed", "written-off"},
    "payments": {"received", "pending", "failed", "void", "refunded"},
    "jobs": {"booked", "scheduled", "under-way", "completed", "invoiced", "cancelled", "no-show", "on-hold"},
    "leads": {"new", "contacted", "booked", "lost"},
    "change_orders": {"pending", "approved", "declined", "billed"},
    "calls": {"answered", "missed", "voicemail", "busy"},
}

CELLS = {
    "estimates": {
        "draft": ["Draft", "Not sent yet", "unsent"],
        "sent": [
            "Sent",
            "Open",
            "Pending",
            "Awaiting response",
            "Awaiting Approval",
            "Emailed",
            "Not sold yet",
            "Not approved",
            "Not accepted",
            "not yet signed",
            "Unsold",
            "no response",
            "Sent 11/20",
            "Hasn't accepted",
            "Sent to customer",
        ],
        "viewed": ["Viewed", "Opened by customer", "Sent, viewed"],
        "accepted": [
            "Accepted",
            "Approved",
            "pro approved",
            "Won",
            "Closed Won",
            "Sold",
            "Sold – schedule",
            "Accepted - not booked",
            "SOLD!",
            "approved by Ann",
            "Signed",
        ],
        "declined": ["Declined", "Rejected", "Lost", "Closed Lost", "Dismissed", "Declined - too expensive", "No"],
        "expired": ["Expired", "Archived"],
        "converted": ["Converted", "Copied to job", "Closed", "Converted to invoice", "Approved - invoiced"],
        None: [
            "Changes requested",
            "Sold?",
            "Approved (verbal)",
            "Customer says approved",
            "will accept",
            "Approved pending deposit",
            "Accepted, then cancelled",
            "DONE",
            "SCHEDULED",
            "no decision yet",
            "sent to wrong address",
            "Not declined",
            "hmm",
            "",
            "50% approved",
        ],
    },
    "invoices": {
        "draft": ["Draft", "Not sent"],
        "sent": [
            "Sent",
            "Open",
            "Unpaid",
            "Not paid",
            "not paid yet",
            "Awaiting Payment",
            "AUTHORISED",
            "Viewed",
            "Due in 5 days",
            "never paid",
            "hasn't paid",
            "haven’t been paid",
            "Not overdue",
            "Outstanding",
        ],
        "partial": ["Partial", "Partially paid", "Paid in part", "Deposit paid", "Not fully paid", "overdue, partially paid"],
        "overdue": ["Overdue", "Past Due", "PAST-DUE", "overdue 30 days", "Open - overdue", "Overdue on Nov 3", "Late"],
        "paid": ["Paid", "PAID IN FULL", "Paid 11/20/2025", "paid cash", "PAID - CK 1042", "pd", "Deposited"],
        "void": ["Void", "Voided", "Cancelled", "Deleted"],
        "disputed": ["Disputed", "in dispute", "Past due - in dispute"],
        "written-off": ["Bad Debt", "Written off", "write-off", "Sent to collections"],
        None: [
            "Paid?",
            "paid 50%",
            "Paid $200",
            "says he paid",
            "hold until paid",
            "Paid - check bounced",
            "to be paid",
            "should be paid",
            "overdue - lien filed",
            "Paid, refund due",
            "payment cancelled",
            "Pending",
            "Completed",
            "not disputed",
            "Scheduled",
        ],
    },
    "payments": {
        "received": [
            "Received",
            "Succeeded",
            "Paid",
            "CLEARED",
            "Settled Successfully",
            "Complete",
            "Deposited 11/2",
            "paid by check",
            "Approved",
        ],
        "pending": [
            "Pending",
            "Processing",
            "Not received",
            "Not cleared yet",
            "Captured / Pending Settlement",
            "Authorized",
            "In transit",
        ],
        "failed": [
            "Failed",
            "Declined by bank",
            "Card declined - NSF",
            "Check bounced",
            "Returned - NSF",
            "Payment failed",
            "Not successful",
        ],
        "void": ["Void", "VOIDED", "Canceled", "Deleted"],
        "refunded": ["Refunded", "Reversed", "Chargeback"],
        None: [
            "Disputed",
            "Partially refunded",
            "Refund pending",
            "Failed?",
            "paid $200",
            "Paid - check bounced",
            "Visa",
            "should clear Friday",
        ],
    },
    "jobs": {
        "booked": ["Booked", "UNSCHEDULED", "Needs scheduling", "to be scheduled", "Not scheduled"],
        "scheduled": ["Scheduled", "Upcoming", "Late", "Today", "Confirmed", "Not started"],
        "under-way": ["In progress", "Under way", "Dispatched", "On my way", "Not completed", "job not complete", "Ongoing"],
        "completed": ["Completed", "DONE", "complete unrated", "Requires Invoicing", "Completed - not invoiced", "Finished", "Closed"],
        "invoiced": ["Invoiced", "Completed, invoiced", "Billed"],
        "cancelled": ["Cancelled", "CANCELED", "user canceled", "Cancelled by customer"],
        "no-show": ["No show", "no-show", "NOSHOW", "Customer not home"],
        "on-hold": ["On hold", "On Hold - parts", "Waiting on parts", "Hold"],
        None: ["Almost done", "Scheduled (cancelled)", "cancelled, rescheduled", "completed?", "Archived"],
    },
    "leads": {
        "new": ["New", "New lead", "Not contacted", "Open"],
        "contacted": ["Contacted", "called back", "Left voicemail 11/3", "Followed up"],
        "booked": ["Booked", "Won", "Appointment set", "booked for Friday", "Converted"],
        "lost": ["Lost", "Not interested", "Dismissed", "lost - price", "spam"],
        None: ["Not booked", "maybe booked", "thinking"],
    },
    "change_orders": {
        "pending": ["Pending", "Awaiting approval", "Not approved", "not yet signed"],
        "approved": ["Approved", "Approved - not billed", "Signed"],
        "declined": ["Declined", "Rejected"],
        "billed": ["Billed", "Invoiced", "Approved, billed", "Collected"],
        None: ["approved?", "if approved"],
    },
    "calls": {
        "answered": ["Answered", "ANSWERED", "completed", "Call connected", "Accepted", "Received"],
        "missed": ["Missed", "NO ANSWER", "no-answer", "Not answered", "Hang Up", "canceled", "abandoned"],
        "voicemail": ["Voicemail", "Left voicemail", "Missed - voicemail"],
        "busy": ["Busy", "BUSY"],
        None: ["ringing", "queued", "blocked"],
    },
}


def test_every_table_has_the_meanings_that_recipes_name() -> None:
    assert {table: set(words) for table, words in STATUS_WORDS.items()} == MEANINGS


@pytest.mark.parametrize(
    ("table", "cell", "meaning"),
    [(table, cell, meaning) for table, cells in CELLS.items() for meaning, texts in cells.items() for cell in texts],
)
def test_a_status_means_what_the_office_means(table: str, cell: str, meaning: str | None) -> None:
    assert meaning_of(cell, STATUS_WORDS[table]) == meaning


@pytest.mark.parametrize("table", STATUS_WORDS)
def test_no_word_has_two_meanings_and_each_means_its_own(table: str) -> None:
    for one, other in combinations(STATUS_WORDS[table].values(), 2):
        assert set(one).isdisjoint(other)
    for meaning, words in STATUS_WORDS[table].items():
        for word in (meaning, *words):
            assert meaning_of(word.upper(), STATUS_WORDS[table]) == meaning, word


def test_an_office_s_own_words_are_understood_with_their_own_negation() -> None:
    own = {"sent": ("out",), "accepted": ("sign-off given",)}
    assert meaning_of("Sign off given", own) == "accepted"
    assert meaning_of("not sign-off given", own) == "sent"
    assert meaning_of("OUT!", own) == "sent"
    assert meaning_of("paid", own) is None


@given(st.sampled_from(sorted(STATUS_WORDS)), st.text())
def test_reading_a_status_never_raises(table: str, cell: str) -> None:
    assert meaning_of(cell, STATUS_WORDS[table]) in {None, *STATUS_WORDS[table]}


@given(
    st.sampled_from(["paid", "paid in full", "settled"]),
    st.sampled_from(["not {}", "isn't {}", "never {}", "not yet {}", "has not been {}"]),
)
def test_what_is_denied_is_never_read_as_paid(word: str, denial: str) -> None:
    assert meaning_of(denial.format(word), STATUS_WORDS["invoices"]) != "paid"
