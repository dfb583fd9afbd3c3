"""The seven signals and the measure of each recipe, counted by hand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contractor_ops.figures.automation import MINUTES_EACH, measured
from contractor_ops.figures.signals import ASKED, CALLS, signals
from contractor_ops.figures.values import Business, Share, Window
from contractor_ops.figures.windows import last_days
from contractor_ops.tables.record import Place, Record, Table, Value
from tests.figures.sheets import NOW, business

WEEK = last_days(NOW.date(), 7)
"""The Monday before last to yesterday: NOW is a Tuesday morning."""


def ledger(name: str, *rows: Mapping[str, Value]) -> Table:
    """A table as the ledger hands it in."""
    return Table(name, [Record(name, dict(one), Place("the ledger", None, None)) for one in rows], [], {})


def message(record: str, at: str, table: str = "estimates", **more: Value) -> dict[str, Value]:
    return {
        "recipe": "mine", "table": table, "record": record, "step": "nudge", "channel": "sms", "address": "+13125550142", "status": "sent",
        "sent_at": datetime.fromisoformat(at), "notes": f"about {record}", **more,
    }  # fmt: skip


def one(key: str, office: Business) -> Share:
    return next(share for share in signals(office, WEEK) if share.key == key)


def office(handed_in: Sequence[Table] = (), **sheets: Sequence[Mapping[str, Any]]) -> Business:
    made = business(**sheets)
    return Business({**made.tables, **{table.name: table for table in handed_in}}, made.now, made.config, made.is_business_day)


def counts(share: Share) -> tuple[int, int]:
    return share.part, share.whole


def test_without_any_sheet_each_says_what_is_missing() -> None:
    assert [(share.key, share.unknown) for share in signals(office(), WEEK)] == [
        ("leads-contacted", "no leads table"), ("calls-texted", "no calls table"), ("estimates-followed-up", "no estimates table"),
        ("notes-complete", "no jobs table"), ("invoices-reminded", "no invoices table"), ("exceptions-reviewed", "nothing has run yet"),
        ("questions-replaced", "nothing has run yet"),
    ]  # fmt: skip


LEAD = {"Lead #": "L-1", "Name": "Ann Li", "Phone": "(312) 555-0142", "Status": "New", "Received": "2026-11-18 10:00", "Contacted": ""}


@pytest.mark.parametrize(("lead", "sent", "told"), [
    ({}, [], (0, 1)),
    ({}, ["2026-11-19 09:59"], (1, 1)),
    ({}, ["2026-11-19 10:01"], (0, 1)),
    ({}, ["2026-11-18 09:59"], (0, 1)),  # before it came in
    ({"Contacted": "2026-11-18"}, [], (1, 1)),
    ({"Contacted": "2026-11-20"}, [], (0, 1)),
    ({"Received": "2026-11-18"}, ["2026-11-19 20:00"], (1, 1)),  # only the day is known
    ({"Received": "2026-11-23 09:00"}, [], (0, 0)),  # its day is not over
    ({"Received": "2026-11-10 09:00"}, [], (0, 0)),  # the week before
    ({"Received": ""}, [], (0, 0)),
])  # fmt: skip
def test_leads_contacted_within_a_day(lead: dict[str, str], sent: list[str], told: tuple[int, int]) -> None:
    messages = ledger("messages", *(message("L-1", at, "leads") for at in sent))
    assert counts(one("leads-contacted", office([messages], leads=[{**LEAD, **lead}]))) == told


def test_a_message_that_failed_contacted_nobody() -> None:
    failed = ledger("messages", message("L-1", "2026-11-18 10:05", "leads", status="failed"))
    assert counts(one("leads-contacted", office([failed], leads=[LEAD]))) == (0, 1)


def test_the_week_before_stands_beside() -> None:
    earlier = {**LEAD, "Lead #": "L-2", "Received": "2026-11-11", "Contacted": "2026-11-11"}
    found = one("leads-contacted", office(leads=[LEAD, earlier]))
    assert (counts(found), found.before, found.of_one) == ((0, 1), (1, 1), 0)


def test_a_callers_calls_of_one_day_are_one_text() -> None:
    def call(at: str, phone: str | None) -> dict[str, Value]:
        return {"started_at": datetime.fromisoformat(at), "phone": phone}

    missed = ledger(
        CALLS, call("2026-11-18 10:00", "+13125550142"), call("2026-11-18 10:20", "+13125550142"), call("2026-11-19 10:00", "+13125550142"),
        call("2026-11-19 11:00", "+13125550143"), call("2026-11-19 12:00", None),
    )  # fmt: skip
    texts = ledger("messages", message("C-1", "2026-11-18 10:29", "missed_calls"))
    found = one(
        "calls-texted", office([missed, texts], calls=[{"Call Sid": "CA1", "Start Time": "2026-11-18 10:00", "From": "+13125550142"}])
    )
    assert counts(found) == (1, 3)


ESTIMATE = {"Estimate #": "E-1", "Customer": "Ann Li", "Status": "Sent", "Sent": "2026-11-16", "Total": "100"}


@pytest.mark.parametrize(("estimate", "sent", "told"), [
    ({}, [], (0, 1)),
    ({}, ["2026-11-18 09:00"], (1, 1)),
    ({}, ["2026-11-20 09:00"], (1, 1)),
    ({}, ["2026-11-21 09:00"], (0, 1)),
    ({"Status": "Accepted"}, [], (0, 0)),  # answered: nobody had to
    ({"Status": "Accepted"}, ["2026-11-18 09:00"], (1, 1)),
    ({"Status": "Draft"}, [], (0, 0)),
    ({"Sent": "2026-11-21"}, [], (0, 0)),  # there is still time
    ({"Sent": "2026-11-01"}, [], (0, 0)),
])  # fmt: skip
def test_estimates_followed_up(estimate: dict[str, str], sent: list[str], told: tuple[int, int]) -> None:
    messages = ledger("messages", *(message("E-1", at) for at in sent))
    assert counts(one("estimates-followed-up", office([messages], estimates=[{**ESTIMATE, **estimate}]))) == told


INVOICE = {
    "Invoice #": "1",
    "Customer": "Ann Li",
    "Status": "Sent",
    "Issued": "2026-11-01",
    "Due": "2026-11-18",
    "Total": "100",
    "Balance": "100",
}


@pytest.mark.parametrize(("invoice", "sent", "told"), [
    ({}, [], (0, 1)),
    ({}, ["2026-11-14 09:00"], (1, 1)),
    ({}, ["2026-11-20 09:00"], (1, 1)),
    ({}, ["2026-11-13 09:00"], (0, 1)),
    ({}, ["2026-11-21 09:00"], (0, 1)),
    ({"Status": "Paid", "Balance": "0"}, [], (0, 0)),
    ({"Status": "Void"}, [], (0, 0)),
    ({"Due": "2026-11-23"}, [], (0, 0)),
])  # fmt: skip
def test_invoices_reminded(invoice: dict[str, str], sent: list[str], told: tuple[int, int]) -> None:
    messages = ledger("messages", *(message("1", at, "invoices") for at in sent))
    assert counts(one("invoices-reminded", office([messages], invoices=[{**INVOICE, **invoice}]))) == told


def test_notes_are_complete_where_no_gap_names_the_job() -> None:
    jobs = [{"Job #": f"J-{at}", "Customer": "Ann Li", "Status": "Completed", "Completed": f"2026-11-{18 + at}"} for at in range(3)]
    planned = {"Job #": "J-9", "Customer": "Ann Li", "Status": "Scheduled", "Completed": ""}
    gaps = Table("note_gaps", [Record("note_gaps", {"number": "J-1"}, Place("x.csv", None, 9))], [], {})
    assert counts(one("notes-complete", office([gaps], jobs=[*jobs, planned]))) == (2, 3)


def test_what_settled_itself_was_nobodys() -> None:
    rows = [("open", "message"), ("dismissed", "task"), ("done", "row"), ("approved", "message"), ("gone", "message"), ("open", "broken")]
    reviews = ledger("reviews", *({"status": status, "kind": kind, "created_at": datetime(2026, 11, 18, 9)} for status, kind in rows))
    assert counts(one("exceptions-reviewed", office([reviews]))) == (3, 4)


def test_questions_count_working_days() -> None:
    asked = ledger(ASKED, *({"asked_at": datetime(2026, 11, day, 15)} for day in (17, 17, 18, 21)))
    assert counts(one("questions-replaced", office([asked]))) == (2, 5)  # the 21st is a Saturday


# ── is a recipe worth it ──

MONTH = last_days(NOW.date(), 28)


def test_a_message_is_counted_once_and_a_win_is_a_record() -> None:
    both = {"address": "ann@li.example", "notes": "two invoices", "channel": "email", "status": "delivered"}
    messages = ledger(
        "messages", message("1", "2026-11-02 09:00", "invoices", **both), message("2", "2026-11-02 09:00", "invoices", **both),
        message("3", "2026-11-03 09:00", "invoices"), message("4", "2026-11-03 09:00", "invoices", status="failed", address="+13125550199"),
        message("5", "2026-11-03 09:00", "invoices", recipe="other"), message("6", "2026-10-01 09:00", "invoices"),
    )  # fmt: skip
    replies = ledger(
        "replies", {"recipe": "mine", "record": "3", "from": "+13125550142", "label": "stop", "received_at": datetime(2026, 11, 4)},
        {"recipe": "mine", "record": "1", "from": "ann@li.example", "label": "auto_reply", "received_at": datetime(2026, 11, 2)},
    )  # fmt: skip
    reviews = ledger("reviews", {"recipe": "mine", "kind": "message", "status": "open", "created_at": datetime(2026, 11, 5)})
    paid = [
        {**INVOICE, "Invoice #": number, "Status": "Paid", "Balance": "0", "Paid on": day, "Total": total}
        for number, day, total in (
            ("1", "2026-11-16", "100"),
            ("2", "2026-11-17", "250"),
            ("3", "2026-11-02", "70"),
            ("4", "2026-11-05", "1"),
        )
    ]
    [found] = measured(office([messages, replies, reviews], invoices=paid), {"mine": "Mine", "idle": "Idle"}, MONTH)
    # Number 2 was paid on the fifteenth day after, 3 before the message, 4 without one that arrived.
    assert (found.planned, found.sent, found.delivered, found.answered, found.opted_out) == (4, 2, 1, 1, 1)
    assert (found.won, found.won_amount, found.minutes_saved) == (1, Decimal(100), 2 * MINUTES_EACH)


def test_a_missed_call_is_won_by_a_booking_from_the_same_number() -> None:
    messages = ledger(
        "messages",
        message("C-1", "2026-11-09 09:00", "missed_calls"),
        message("C-2", "2026-11-09 09:05", "missed_calls", address="+13125550177"),
    )
    jobs = [
        {"Job #": "J-1", "Customer": "Ann Li", "Phone": "(312) 555-0142", "Status": "Scheduled", "Booked on": "2026-11-12", "Total": "480"}
    ]
    [found] = measured(office([messages], jobs=jobs), {"mine": "Mine"}, MONTH)
    assert (found.sent, found.won, found.won_amount) == (2, 1, Decimal(480))


def test_a_window_and_the_one_before_it_meet() -> None:
    assert Window(date(2026, 11, 17), date(2026, 11, 23)) == WEEK and WEEK.before() == Window(date(2026, 11, 10), date(2026, 11, 16))
