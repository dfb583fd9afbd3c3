"""The seven signals and the measure of each recipe, counted by hand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contractor_ops.config import read_config
from contractor_ops.figures.automation import MINUTES_EACH, measured
from contractor_ops.figures.signals import ASKED, CALLS, signals
from contractor_ops.figures.values import Business, Share, Window
from contractor_ops.figures.windows import last_days
from contractor_ops.tables.record import Place, Record, Table, Value
from tests.figures.sheets import NOW, business
from tests.offices import CONFIG

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
    ({"Received": "2026-11-23 09:00"}, ["2026-11-23 09:05"], (0, 0)),  # and is not counted because it went well, either
    ({"Received": "2026-11-23", "Contacted": "2026-11-23"}, [], (0, 0)),
    ({"Received": "2026-11-22 09:00"}, [], (0, 1)),
    ({"Received": "2026-11-16 09:00"}, [], (0, 1)),  # its day ended on the first of these days
    ({"Received": "2026-11-15 09:00"}, [], (0, 0)),  # the week before
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
    ({"Status": "Accepted", "Approved": "2026-11-17"}, [], (0, 0)),  # answered in time: nobody had to
    ({"Status": "Accepted", "Approved": "2026-11-17"}, ["2026-11-18 09:00"], (0, 0)),
    ({"Status": "Accepted", "Approved": "2026-11-18"}, [], (0, 1)),  # no answer in two days, and then one that nobody asked for
    ({"Status": "Accepted", "Approved": "2026-11-22"}, ["2026-11-18 09:00"], (1, 1)),
    ({"Status": "Accepted"}, [], (0, 1)),  # nobody knows when
    ({"Status": "Declined"}, [], (0, 1)),
    ({"Status": "Declined"}, ["2026-11-18 09:00"], (1, 1)),
    ({"Status": "Expired"}, [], (0, 1)),
    ({"Status": "Draft"}, [], (0, 0)),
    ({"Sent": "2026-11-20"}, [], (0, 0)),  # there is still time
    ({"Sent": "2026-11-20"}, ["2026-11-22 09:00"], (0, 0)),
    ({"Sent": "2026-11-19"}, [], (0, 1)),  # the time for it ended yesterday
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
    ({"Status": "Paid", "Balance": "0"}, [], (0, 0)),  # nobody knows when
    ({"Status": "Paid", "Balance": "0", "Paid on": "2026-11-18"}, ["2026-11-16 09:00"], (0, 0)),
    ({"Status": "Paid", "Balance": "0", "Paid on": "2026-11-23"}, [], (0, 1)),  # late, and nobody reminded them
    ({"Status": "Paid", "Balance": "0", "Paid on": "2026-11-23"}, ["2026-11-20 09:00"], (1, 1)),
    ({"Status": "Void"}, [], (0, 0)),
    ({"Due": "2026-11-22"}, [], (0, 0)),  # there is still time
    ({"Due": "2026-11-22"}, ["2026-11-22 09:00"], (0, 0)),
    ({"Due": "2026-11-21"}, [], (0, 1)),
])  # fmt: skip
def test_invoices_reminded(invoice: dict[str, str], sent: list[str], told: tuple[int, int]) -> None:
    messages = ledger("messages", *(message("1", at, "invoices") for at in sent))
    assert counts(one("invoices-reminded", office([messages], invoices=[{**INVOICE, **invoice}]))) == told


DONE = {
    "Job #": "J-1", "Customer": "Ann Li", "Status": "Completed", "Completed": "2026-11-20", "Notes": "Cleared the drain, flushed the line and tested it.",
    "Parts used": "none", "Hours": "1.5", "Photos": "3", "Signature": "Yes",
}  # fmt: skip
THIN = {**DONE, "Notes": "", "Hours": "", "Photos": "", "Signature": ""}


@pytest.mark.parametrize(("job", "told"), [
    (DONE, (1, 1)),
    ({**DONE, "Status": "Invoiced"}, (1, 1)),
    (THIN, (0, 1)),
    ({**THIN, "Status": "Invoiced"}, (0, 1)),  # billed with an empty note: that is the failure
    ({**THIN, "Invoice #": "2001"}, (0, 1)),
    ({**DONE, "Hours": ""}, (0, 1)),
    ({**DONE, "Status": "Invoiced", "Signature": ""}, (0, 1)),
    ({**DONE, "Completed": "2026-11-24"}, (0, 0)),  # today is not over
    ({**DONE, "Completed": "2026-11-16"}, (0, 0)),
    ({**DONE, "Completed": ""}, (0, 0)),
    ({**THIN, "Status": "Cancelled"}, (0, 0)),
])  # fmt: skip
def test_notes_of_completed_jobs_are_read_whether_they_are_billed_or_not(job: dict[str, str], told: tuple[int, int]) -> None:
    paid = {**INVOICE, "Invoice #": "2001", "Job #": "J-1", "Status": "Paid", "Balance": "0"}
    assert counts(one("notes-complete", office(jobs=[job], invoices=[paid]))) == told


def test_the_notes_of_the_week_before_stand_beside() -> None:
    jobs = [
        DONE,
        {**THIN, "Job #": "J-2", "Status": "Invoiced", "Completed": "2026-11-12"},
        {**DONE, "Job #": "J-3", "Completed": "2026-11-10"},
    ]
    assert one("notes-complete", office(jobs=jobs)).before == (1, 2)


def test_a_jobs_sheet_without_any_note_tells_nothing_of_notes() -> None:
    bare = {"Job #": "J-1", "Customer": "Ann Li", "Status": "Completed", "Completed": "2026-11-20"}
    found = one("notes-complete", office(jobs=[bare]))
    assert (counts(found), found.unknown) == ((0, 0), "the jobs sheet has no column for work, hours, parts, photos or signature")


@pytest.mark.parametrize("status", ["failed", "undelivered", "refused", "unsent", "skipped", "released", "claimed"])
def test_what_never_left_is_no_success(status: str) -> None:
    lost = ledger(
        "messages", message("L-1", "2026-11-18 10:05", "leads", status=status), message("E-1", "2026-11-18 10:05", status=status),
        message("1", "2026-11-18 10:05", "invoices", status=status), message("C-1", "2026-11-18 10:05", "missed_calls", status=status),
    )  # fmt: skip
    missed = ledger(CALLS, {"started_at": datetime(2026, 11, 18, 10), "phone": "+13125550142"})
    log = [{"Call Sid": "CA1", "Start Time": "2026-11-18 10:00", "From": "+13125550142"}]
    found = office([lost, missed], leads=[LEAD], estimates=[ESTIMATE], invoices=[INVOICE], calls=log)
    assert [counts(share) for share in signals(found, WEEK)][:3] == [(0, 1), (0, 1), (0, 1)]
    assert counts(one("invoices-reminded", found)) == (0, 1)
    assert measured(found, {"mine": "Mine"}, MONTH)[0].sent == 0


def test_a_caller_whose_half_hour_is_not_over_is_not_counted_yet() -> None:
    missed = ledger(CALLS, {"started_at": datetime(2026, 11, 24, 10, 5), "phone": "+13125550142"})
    log = [{"Call Sid": "CA1", "Start Time": "2026-11-24 10:05", "From": "+13125550142"}]
    made = office([missed], calls=log)
    today = Window(NOW.date(), NOW.date())
    assert [counts(share) for share in signals(made, today) if share.key == "calls-texted"] == [(0, 0)]


def review(status: str, looked_at: bool, kind: str = "message") -> dict[str, Value]:
    return {"status": status, "kind": kind, "looked_at": looked_at, "created_at": datetime(2026, 11, 18, 9)}


@pytest.mark.parametrize(("item", "told"), [
    (review("open", False), (0, 1)),
    (review("approved", True), (1, 1)),
    (review("dismissed", True), (1, 1)),
    (review("done", True, "task"), (1, 1)),
    (review("gone", False), (0, 0)),  # it settled itself
    (review("gone", True), (1, 1)),  # released, and lapsed or overtaken before it left: somebody has looked at it all the same
    (review("open", True), (1, 1)),  # called, and to be called again; or released, and its row changed
    (review("open", False, "broken"), (0, 0)),
])  # fmt: skip
def test_what_a_person_did_counts_whatever_became_of_it(item: dict[str, Value], told: tuple[int, int]) -> None:
    assert counts(one("exceptions-reviewed", office([ledger("reviews", item)]))) == told


# ── what cannot be told yet ──


def through(config: str, *tables: Table, **sheets: Sequence[Mapping[str, Any]]) -> Business:
    """An office with these ways out."""
    made = office(tables, **sheets)
    return Business(made.tables, made.now, read_config(f"{CONFIG}{config}".encode()), made.is_business_day)


TWILIO = '\n[sms]\nprovider = "twilio"\n'


def test_a_file_in_the_outbox_is_no_success_and_saves_no_time() -> None:
    written = ledger(
        "messages", *(message(record, "2026-11-18 10:05", table, provider="outbox")
                      for record, table in (("L-1", "leads"), ("E-1", "estimates"), ("1", "invoices"), ("C-1", "missed_calls")))
    )  # fmt: skip
    missed = ledger(CALLS, {"started_at": datetime(2026, 11, 18, 10), "phone": "+13125550142"})
    log = [{"Call Sid": "CA1", "Start Time": "2026-11-18 10:00", "From": "+13125550142"}]
    found = office([written, missed], leads=[LEAD], estimates=[ESTIMATE], invoices=[INVOICE], calls=log)
    told = {share.key: share for share in signals(found, WEEK)}
    for key in ("leads-contacted", "calls-texted", "estimates-followed-up", "invoices-reminded"):
        assert (counts(told[key]), told[key].unknown) == ((0, 1), "nothing is sent by itself yet (outbox)")
        assert told[key].sentence.endswith("What only became a file in outbox/ does not count.")
    [mine] = measured(found, {"mine": "Mine"}, MONTH)
    assert (mine.planned, mine.written, mine.sent, mine.minutes_saved, mine.won) == (4, 4, 0, 0, 0)


def test_what_a_person_did_is_told_in_an_office_that_sends_nothing() -> None:
    found = one("leads-contacted", office(leads=[{**LEAD, "Contacted": "2026-11-18"}]))
    assert (counts(found), found.unknown) == ((1, 1), "")


def test_a_recipe_that_never_sent_has_not_failed() -> None:
    why = "cannot be told yet: no message about estimates has been sent so far"
    assert one("estimates-followed-up", through(TWILIO, estimates=[ESTIMATE])).unknown == why
    other = ledger("messages", message("1", "2026-11-18 09:00", "invoices", provider="twilio"))
    assert one("estimates-followed-up", through(TWILIO, other, estimates=[ESTIMATE])).unknown == why


def test_once_something_was_sent_none_in_time_is_none() -> None:
    late = ledger("messages", message("E-1", "2026-11-22 09:00", provider="twilio"))
    found = one("estimates-followed-up", through(TWILIO, late, estimates=[ESTIMATE]))
    assert (counts(found), found.unknown) == ((0, 1), "")


def test_where_there_was_nothing_to_do_that_is_said() -> None:
    nothing = office(
        [ledger("reviews"), ledger(ASKED), ledger(CALLS)], leads=[{**LEAD, "Received": "2026-10-01"}], estimates=[{**ESTIMATE, "Sent": "2026-10-01"}],
        invoices=[{**INVOICE, "Due": "2026-10-01"}], jobs=[{**DONE, "Completed": "2026-10-01"}],
        calls=[{"Call Sid": "CA1", "Start Time": "2026-11-18 10:00", "From": "+13125550142"}],
    )  # fmt: skip
    assert [share.unknown.removeprefix("cannot be told yet: ") for share in signals(nothing, WEEK)] == [
        "no lead's first day ended in these days", "no call was missed in these days", "no estimate was due for a follow-up in these days",
        "no job was completed in these days", "no invoice was due for a reminder in these days", "nothing was put before a person in these days",
        "nobody has looked anything up so far",
    ]  # fmt: skip


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


JOB = {"Job #": "J-1", "Customer": "Ann Li", "Phone": "(312) 555-0142", "Status": "Scheduled", "Booked on": "2026-11-12", "Total": "480"}


def test_a_missed_call_is_won_by_a_booking_from_the_same_number() -> None:
    messages = ledger(
        "messages",
        message("C-1", "2026-11-09 09:00", "missed_calls"),
        message("C-2", "2026-11-09 09:05", "missed_calls", address="+13125550177"),
    )
    [found] = measured(office([messages], jobs=[JOB]), {"mine": "Mine"}, MONTH)
    assert (found.sent, found.won, found.won_amount, found.won_unknown) == (2, 1, Decimal(480), "")


def test_two_missed_calls_and_one_booking_are_one_win() -> None:
    messages = ledger("messages", message("C-1", "2026-11-09 09:00", "missed_calls"), message("C-2", "2026-11-11 09:00", "missed_calls"))
    [found] = measured(office([messages], jobs=[JOB]), {"mine": "Mine"}, MONTH)
    assert (found.sent, found.won, found.won_amount) == (2, 1, Decimal(480))


def test_two_bookings_of_one_caller_are_two_and_the_visits_of_one_job_are_one() -> None:
    messages = ledger("messages", message("C-1", "2026-11-09 09:00", "missed_calls"))
    jobs = [JOB, {**JOB, "Booked on": "2026-11-13", "Total": "480"}, {**JOB, "Job #": "J-2", "Total": "20"}]
    [found] = measured(office([messages], jobs=jobs), {"mine": "Mine"}, MONTH)
    assert (found.won, found.won_amount) == (2, Decimal(500))


def test_of_two_recipes_the_one_that_wrote_last_has_the_win() -> None:
    messages = ledger(
        "messages", message("C-1", "2026-11-09 09:00", "missed_calls"), message("L-1", "2026-11-10 09:00", "leads", recipe="leads"),
        message("L-2", "2026-11-13 09:00", "leads", recipe="late"),
    )  # fmt: skip
    found = measured(office([messages], jobs=[JOB]), {"mine": "Mine", "leads": "Leads", "late": "Late"}, MONTH)
    assert {one.recipe: (one.won, one.won_amount) for one in found} == {"mine": (0, None), "leads": (1, Decimal(480)), "late": (0, None)}


@pytest.mark.parametrize(("paid", "won"), [
    ("2026-11-09", 1), ("2026-11-09 09:30", 1), ("2026-11-09 08:30", 0), ("2026-11-08", 0), ("2026-11-23", 1), ("2026-11-24", 0),
])  # fmt: skip
def test_what_was_paid_before_the_message_left_was_not_won_by_it(paid: str, won: int) -> None:
    messages = ledger("messages", message("1", "2026-11-09 09:00", "invoices"))
    bill = {**INVOICE, "Status": "Paid", "Balance": "0", "Paid on": paid}
    [found] = measured(office([messages], invoices=[bill]), {"mine": "Mine"}, MONTH)
    assert found.won == won


def test_a_number_that_two_customers_have_is_won_for_the_one_who_was_written_to() -> None:
    messages = ledger("messages", message("1", "2026-11-09 09:00", "invoices", customer="Bob Ray"))
    bill = {**INVOICE, "Status": "Paid", "Balance": "0", "Paid on": "2026-11-12"}
    both = [bill, {**bill, "Customer": "Bob Ray", "Total": "70"}]
    [found] = measured(office([messages], invoices=both), {"mine": "Mine"}, MONTH)
    assert (found.won, found.won_amount) == (1, Decimal(70))


def test_without_a_day_of_the_answer_nobody_knows_what_was_won() -> None:
    messages = ledger("messages", message("E-1", "2026-11-09 09:00"))
    [found] = measured(office([messages], estimates=[{**ESTIMATE, "Status": "Accepted"}]), {"mine": "Mine"}, MONTH)
    assert (found.sent, found.won, found.won_unknown) == (1, 0, "the estimates sheet has no column approved on")


def test_a_window_and_the_one_before_it_meet() -> None:
    assert Window(date(2026, 11, 17), date(2026, 11, 23)) == WEEK and WEEK.before() == Window(date(2026, 11, 10), date(2026, 11, 16))
