"""Where an office leaks: each leak with what is one and what only looks like it, its money, how sure it is, and which comes first."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from contractor_ops.figures.leak import Leak, ranked
from contractor_ops.figures.leaks import Leaks, leaks
from contractor_ops.figures.values import Line
from contractor_ops.views.billing_gaps import BILLING_GAPS
from contractor_ops.views.missed_calls import SPEC as MISSED
from contractor_ops.views.missed_calls import missed_since
from contractor_ops.views.note_gaps import NOTE_GAPS
from tests.figures.sheets import business, invoice
from tests.views.sheets import AGREED, CHANGE, DONE, INVOICE, NOW, Row, but, given, tables

FRESH = datetime(2026, 11, 24, 8, tzinfo=NOW.tzinfo)


def looked_at(**sheets: Any) -> Leaks:
    """The leaks of these sheets, saved this morning, with the missed calls of three months."""
    made = tables(**sheets)
    for table in made.values():
        table.read_at = FRESH
    if "calls" in made:
        made[MISSED.name] = missed_since(given(made), NOW - timedelta(days=90))
    return leaks(business(made, (NOTE_GAPS, BILLING_GAPS)))


def leak(key: str, **sheets: Any) -> Leak:
    """One leak, found or not."""
    seen = looked_at(**sheets)
    return next(one for one in (*seen.found, *seen.tight) if one.key == key)


def untold(key: str, **sheets: Any) -> str:
    """Why a leak cannot be told."""
    return next(one.why for one in looked_at(**sheets).untold if one.key == key)


def records(one: Leak) -> set[str]:
    return {line.record for line in one.lines}


def estimate(number: str, status: str = "Sent", sent: str = "2026-11-03", total: str = "1000", **cells: Any) -> Row:
    return {"Estimate #": number, "Customer": f"Customer {number}", "Status": status, "Emailed": sent, "Total": total, **cells}


ANSWERED = [
    *(estimate(f"A{n}", "Accepted", "2026-10-01", str(1000 * n)) for n in range(1, 7)),
    *(estimate(f"D{n}", "Declined", "2026-10-01") for n in range(4)),
]
"""Six of ten were accepted, half of those for more than $3,500."""


def lead(number: str, received: str = "2026-11-18 9:00", status: str = "New", **cells: Any) -> Row:
    return {
        "Lead #": number,
        "Name": f"Lead {number}",
        "Phone": f"+1312555010{number[-1]}",
        "Received": received,
        "Status": status,
        **cells,
    }


def call(at: str, number: str, status: str = "Missed", direction: str = "Incoming") -> Row:
    return {"Start time": at, "Phone": number, "Direction": direction, "Status": status, "Duration": "0" if status == "Missed" else "300"}


OFFICE_CALLS = call("2026-11-02 9:00", "+13125550190", "Call connected", "Outgoing")
"""By this the log shows that it holds calls from the office."""


# ── estimates ──


def test_quiet_estimates_are_worth_what_was_offered_times_the_close_rate() -> None:
    one = leak("estimates-quiet", estimates=[*ANSWERED, estimate("Q1", total="2000"), estimate("Q2", total="3000", sent="2026-11-20")])
    assert records(one) == {"Q1"}
    assert (one.part, one.whole, one.money) == (1, 2, Decimal(1200))
    assert one.how == "$2,000 offered × 60 % close rate"
    assert (one.sure, one.recipe) == ("fairly sure", "estimate-follow-up")
    assert one.because == "of 10 estimates of 180 days that were answered or had their time 6 were accepted; quiet ones may do worse"
    assert one.rows == 12


@pytest.mark.parametrize(("sent", "quiet"), [("2026-11-17", True), ("2026-11-18", False), ("2026-11-23", False), ("2026-06-01", True)])
def test_an_estimate_is_quiet_from_the_seventh_day_on(sent: str, quiet: bool) -> None:
    assert records(leak("estimates-quiet", estimates=[estimate("Q1", sent=sent)])) == ({"Q1"} if quiet else set())


def test_an_estimate_that_expires_tomorrow_and_was_sent_yesterday_is_not_quiet() -> None:
    assert not leak("estimates-quiet", estimates=[estimate("Q1", sent="2026-11-23", Expires="2026-11-25")]).part


@pytest.mark.parametrize("status", ["Accepted", "Declined", "Draft", "Expired", "Converted"])
def test_an_estimate_that_was_answered_or_never_sent_is_not_quiet(status: str) -> None:
    assert not leak("estimates-quiet", estimates=[estimate("Q1", status)]).part


def test_an_estimate_that_a_job_names_was_accepted_whatever_its_status_says() -> None:
    jobs = [but(DONE, Estimate_number="Q1")]
    assert records(leak("estimates-quiet", estimates=[estimate("Q1"), estimate("Q2")], jobs=jobs)) == {"Q2"}


def test_an_old_estimate_is_counted_and_brings_no_money() -> None:
    one = leak("estimates-quiet", estimates=[*ANSWERED, estimate("Q1"), estimate("Q2", sent="2026-08-25", total="9000")])
    assert (one.part, one.money) == (2, Decimal(545))  # the old one had its time: six of eleven were accepted
    assert one.how == "$1,000 offered × 55 % close rate (1 left out)"
    assert one.because.endswith("; left out: 1 older than 90 days")
    assert [line.why.endswith("too old for the sum") for line in one.lines] == [False, True]


def test_without_enough_answers_nobody_knows_what_a_quiet_estimate_is_worth() -> None:
    one = leak("estimates-quiet", estimates=[*ANSWERED[:4], estimate("Q1")])
    assert (one.money, one.sure) == (None, "a guess")
    assert one.how == "$1,000 offered, no close rate: only 4 answered or out of time in 180 days"


def test_a_total_that_nobody_knows_is_left_out_and_told() -> None:
    one = leak("estimates-quiet", estimates=[*ANSWERED, estimate("Q1", total=""), estimate("Q2")])
    assert (one.money, one.how) == (Decimal(600), "$1,000 offered × 60 % close rate (1 left out)")
    assert one.because.endswith("; left out: 1 without a total")


# ── leads and calls ──


def test_leads_are_worth_the_close_rate_of_the_usual_estimate() -> None:
    one = leak("leads-unanswered", leads=[lead("1"), lead("2"), lead("3", status="Booked")], estimates=ANSWERED)
    assert records(one) == {"1", "2"}
    assert (one.part, one.whole, one.money, one.sure) == (2, 3, Decimal(4200), "a guess")
    assert one.how == "2 leads × 60 % close rate × $3,500 usual estimate"


@pytest.mark.parametrize("status", ["Contacted", "Booked", "Lost"])
def test_a_lead_that_was_answered_is_none(status: str) -> None:
    assert not leak("leads-unanswered", leads=[lead("1", status=status)]).part


@pytest.mark.parametrize(
    ("received", "counts"),
    [
        ("2026-11-24 8:00", False),
        ("2026-11-23 16:00", True),
        ("2026-11-20 16:00", True),
        ("2026-08-26 9:00", True),
        ("2026-08-25 9:00", False),
    ],
)
def test_a_lead_counts_when_a_business_day_has_passed_and_for_ninety_days(received: str, counts: bool) -> None:
    one = leak("leads-unanswered", leads=[lead("1", received), lead("9", "2026-11-10", "Booked")])
    assert records(one) == ({"1"} if counts else set())


def test_what_came_in_on_sunday_has_waited_no_business_day_on_monday() -> None:
    made = tables(leads=[lead("1", "2026-11-22 9:00"), lead("9", "2026-11-10", "Booked")])
    monday = replace(business(made), now=NOW - timedelta(days=1))
    assert not [one for one in leaks(monday).found if one.key == "leads-unanswered"]


@pytest.mark.parametrize(
    "sheets",
    [
        {"estimates": [estimate("E1", "Sent", "2026-11-18", Phone="(312) 555-0101")]},
        {"jobs": [but(DONE, Phone="312.555.0101", Completed="2026-11-20")]},
        {"calls": [call("2026-11-18 10:00", "+13125550101", "Call connected", "Outgoing")]},
    ],
    ids=["an estimate", "a job", "a call"],
)
def test_a_lead_for_whom_something_was_done_since_is_answered_whatever_its_status_says(sheets: Any) -> None:
    assert records(leak("leads-unanswered", leads=[lead("1"), lead("2")], **sheets)) == {"2"}


def test_a_lead_of_a_customer_of_last_year_is_a_lead() -> None:
    jobs = [but(DONE, Phone="312.555.0101", Completed="2025-11-20")]
    assert records(leak("leads-unanswered", leads=[lead("1")], jobs=jobs)) == {"1"}


def test_callers_whom_nobody_called_back() -> None:
    calls = [
        OFFICE_CALLS,
        call("2026-11-16 9:00", "+13125550101"), call("2026-11-16 9:30", "+13125550101"),  # the same caller, twice
        call("2026-11-17 9:00", "+13125550102"), call("2026-11-17 9:20", "+13125550102", "Call connected", "Outgoing"),  # called back
        call("2026-11-18 9:00", "+13125550103"), call("2026-11-18 9:40", "+13125550103", "Accepted"),  # tried again, and got through
        call("2026-11-24 9:00", "+13125550104"),  # this morning
        call("2026-11-12 9:00", "+13125550105"),  # a customer
    ]  # fmt: skip
    one = leak("calls-unanswered", calls=calls, estimates=ANSWERED, customers=[{"Name": "Ann Li", "Phone": "312 555 0105"}])
    assert (one.part, one.whole) == (2, 4)
    assert (one.money, one.how) == (Decimal(2100), "1 unknown × 60 % close rate × $3,500 usual estimate")
    assert (one.sure, one.because) == ("a guess", "not every caller wants an estimate")


def test_where_the_log_has_no_calls_out_a_call_back_would_not_be_seen() -> None:
    one = leak("calls-unanswered", calls=[call("2026-11-16 9:00", "+13125550101")])
    assert (one.part, one.money, one.sure) == (1, None, "a guess")
    assert "no calls from the office" in one.because


def test_a_caller_who_is_a_lead_is_counted_once() -> None:
    seen = looked_at(
        leads=[lead("1", "2026-11-16 9:00")], calls=[OFFICE_CALLS, call("2026-11-16 8:50", "+13125550101")], estimates=ANSWERED
    )
    assert [one.key for one in seen.found] == ["leads-unanswered"]


def test_a_log_of_last_spring_tells_nothing() -> None:
    why = untold("calls-unanswered", calls=[call("2026-03-16 9:00", "+13125550101")])
    assert why == "no call in the last 90 days; the newest is of Mar 16"


# ── work and invoices ──


def job(number: str, **cells: Any) -> Row:
    return but(DONE, Job_=number, Customer=f"Customer {number}", **cells)


def billed(number: str, of: str, **cells: Any) -> Row:
    return but(INVOICE, Invoice_=number, Job_=of, Customer=f"Customer {of}", **cells)


OTHER = billed("2009", "J-9", Status="Paid")


def test_finished_work_on_no_invoice_counts_from_the_third_day() -> None:
    jobs = [
        job("J-1", Completed="2026-11-21"),
        job("J-2", Completed="2026-11-22"),
        job("J-3", Status="Scheduled", Completed=""),
        job("J-9"),
    ]
    one = leak("jobs-unbilled", jobs=jobs, invoices=[OTHER])
    assert records(one) == {"J-1"}
    assert (one.part, one.whole, one.money, one.sure) == (1, 3, Decimal(4800), "sure")


def test_a_job_that_waits_for_its_note_is_counted_there_and_not_twice() -> None:
    seen = looked_at(jobs=[job("J-1", Photos="", Signature=""), job("J-2", Total=""), job("J-9")], invoices=[OTHER])
    told = {one.key: (records(one), one.money) for one in seen.found}
    assert told["notes-thin"] == ({"J-1"}, Decimal(4800))
    assert told["jobs-unbilled"] == ({"J-2"}, None)


@pytest.mark.parametrize("cells", [{"Completed": "2026-11-24"}, {"Status": "Cancelled"}, {"Status": "Invoiced"}])
def test_a_note_is_not_thin_on_the_day_of_the_work_nor_on_work_that_is_billed_or_off(cells: Row) -> None:
    assert not leak("notes-thin", jobs=[job("J-1", Photos="", **cells), job("J-9")], invoices=[OTHER]).part


def test_where_no_sheet_tells_what_is_billed_a_thin_note_has_no_price() -> None:
    one = leak("notes-thin", jobs=[job("J-1", Photos="")])
    assert (one.money, one.how, one.sure) == (None, "which jobs are billed is not known", "a guess")


def test_a_jobs_sheet_without_columns_for_photos_may_have_them_elsewhere() -> None:
    bare = {name: cell for name, cell in job("J-1").items() if name != "Photos"}
    one = leak("notes-thin", jobs=[bare], invoices=[OTHER])
    assert (one.sure, one.because) == ("a guess", "the jobs sheet has no column for photos: that may stand elsewhere")


def test_late_invoices_are_what_is_owed_on_them() -> None:
    one = leak(
        "invoices-late",
        invoices=[
            invoice("1", Balance="80"),
            invoice("2", Due_date="2026-11-24"),
            invoice("3", Balance="0"),
            invoice("4", Status="Disputed"),
        ],
    )
    assert records(one) == {"1"}
    assert (one.part, one.whole, one.money, one.sure) == (1, 3, Decimal(80), "sure")


def test_where_totals_stand_in_for_balances_or_credits_are_large_it_is_less_sure() -> None:
    whole = [{name: cell for name, cell in invoice("1").items() if name != "Balance"}]
    assert leak("invoices-late", invoices=whole).sure == "fairly sure"
    credit = invoice("2", Total="-20", Balance="-20")
    one = leak("invoices-late", invoices=[invoice("1"), credit])
    assert (one.money, one.sure, one.because) == (Decimal(100), "fairly sure", "credits of $20 are not taken off")
    assert leak("invoices-late", invoices=[invoice("1", Balance="200"), credit]).sure == "sure"


def test_a_change_that_is_on_no_invoice_is_a_gap() -> None:
    one = leak("billing-gaps", jobs=[DONE], estimates=[AGREED], change_orders=[CHANGE], invoices=[INVOICE])
    assert (one.part, one.money, one.recipe) == (1, Decimal(460), "billing-check")


def test_too_much_on_an_invoice_is_a_gap_that_costs_nothing() -> None:
    one = leak("billing-gaps", jobs=[DONE], estimates=[AGREED], invoices=[but(INVOICE, Total="5000", Due_date="2026-12-20")])
    assert (one.part, one.money) == (1, None)
    under = leak("billing-gaps", jobs=[DONE], estimates=[AGREED], invoices=[but(INVOICE, Total="4500", Due_date="2026-12-20")])
    assert (under.part, under.money) == (1, Decimal(300))


def test_an_invoice_that_is_late_is_not_a_gap_besides() -> None:
    late = but(INVOICE, Total="4000", Balance="4000", Issued="2026-10-21", Due_date="2026-11-01")
    seen = looked_at(jobs=[DONE], estimates=[AGREED], invoices=[late])
    assert {one.key: one.money for one in seen.found} == {"invoices-late": Decimal(4000)}
    [gaps] = [one for one in seen.tight if one.key == "billing-gaps"]
    assert gaps.how == "no amount is known; 1 about papers that are counted above"


# ── all of them ──


def test_what_is_missing_is_named() -> None:
    seen = looked_at(estimates=ANSWERED)
    assert {one.key: one.why for one in seen.untold} == {
        "notes-thin": "no jobs table", "jobs-unbilled": "no jobs table", "invoices-late": "no invoices table", "billing-gaps": "no jobs table",
        "leads-unanswered": "no leads table", "calls-unanswered": "no calls table",
    }  # fmt: skip
    assert untold("jobs-unbilled", jobs=[DONE]) == "no invoices table and the jobs sheet has no column invoice"


def test_a_sheet_of_last_week_is_told_less_surely() -> None:
    made = tables(invoices=[invoice("1")])
    for days, sure in ((7, "sure"), (8, "fairly sure")):
        made["invoices"].read_at = FRESH - timedelta(days=days)
        [one] = leaks(business(made)).found
        assert one.sure == sure
    assert one.because.endswith("; the invoices sheet is 8 days old")


def made(key: str, money: str | None, sure: Any, days: int = 1) -> Leak:
    return Leak(key, key, "", 1, 1, "", Decimal(money) if money else None, "", sure, "", 1, (), None, "", (Line("", "", "", days=days),))


def test_the_first_is_the_one_with_the_most_money_that_is_sure_then_the_oldest() -> None:
    """$100 sure is worth $100, $150 fairly sure $105, $300 as a guess $90; unknown money stands last."""
    one, two, three = made("sure", "100", "sure"), made("fair", "150", "fairly sure"), made("guess", "300", "a guess")
    young, old, unknown = made("young", "50", "sure", 3), made("old", "50", "sure", 9), made("unknown", None, "sure", 400)
    order = [two, one, three, old, young, unknown]
    assert ranked([unknown, young, three, old, one, two]) == tuple(order)


def test_where_nothing_is_known_the_surest_is_first_then_the_oldest() -> None:
    guess, fresh, old = made("guess", None, "a guess", 90), made("fresh", None, "sure", 2), made("old", None, "sure", 8)
    assert ranked([guess, fresh, old]) == (old, fresh, guess)


def test_no_paper_is_in_two_leaks() -> None:
    seen = looked_at(
        jobs=[job("J-1", Photos=""), job("J-2"), job("J-4")], estimates=[*ANSWERED, estimate("Q1")],
        invoices=[billed("2004", "J-4", Due_date="2026-11-01", Balance="4800"), OTHER], leads=[lead("1")],
        calls=[OFFICE_CALLS, call("2026-11-16 8:50", "+13125550101"), call("2026-11-16 8:50", "+13125550102")],
    )  # fmt: skip
    papers = [(line.table, line.record) for one in seen.found for line in one.lines]
    assert len(papers) == len(set(papers)) == 6
    assert {one.key for one in seen.found} == {
        "notes-thin",
        "jobs-unbilled",
        "invoices-late",
        "estimates-quiet",
        "leads-unanswered",
        "calls-unanswered",
    }
