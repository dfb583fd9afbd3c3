"""A sheet that is kept and cannot be read: what is made from it is not told, and never told wrong."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from contractor_ops.figures.automation import measured
from contractor_ops.figures.lacking import lacking, unread
from contractor_ops.figures.leak import Untold
from contractor_ops.figures.leaks_asked import leads_unanswered
from contractor_ops.figures.leaks_billed import billing_gaps, invoices_late
from contractor_ops.figures.leaks_done import jobs_unbilled, notes_thin
from contractor_ops.figures.leaks_offered import estimates_quiet
from contractor_ops.figures.offers import by_age, close_rate
from contractor_ops.figures.receivables import Promise, credits, overdue, owed, past_due, promises_broken
from contractor_ops.figures.signals import CALLS, signals
from contractor_ops.figures.trends import trends
from contractor_ops.figures.turnaround import cannot_be_billed, collected_in_time, days_to_invoice, days_to_pay, not_billed
from contractor_ops.figures.unanswered import unanswered_calls, unanswered_leads
from contractor_ops.figures.untold import untold
from contractor_ops.figures.values import Business
from contractor_ops.figures.week_ahead import papers_expired, week_ahead
from contractor_ops.figures.windows import last_days
from contractor_ops.tables.record import Place, Record, Table
from contractor_ops.views.billing_gaps import BILLING_GAPS
from contractor_ops.views.missed_calls import MISSED_CALLS
from contractor_ops.views.note_gaps import NOTE_GAPS
from tests.figures.sheets import TODAY, business, day, invoice
from tests.views.sheets import DONE, PAID, but
from tests.views.telephone import ANN, log, missed, table

WEEK, MONTH = last_days(TODAY, 7), last_days(TODAY, 28)
BARE = {"Invoice #": "1", "Customer": "Ann Li", "Status": "Sent", "Issued": "2026-11-01", "Due date": "2026-11-15", "Total": "100"}
"""An invoice of which only the payments tell what is left."""
ESTIMATE = {
    "Estimate #": "E-1",
    "Job #": "J-99",
    "Customer": "Ann Li",
    "Status": "Sent",
    "Sent": "2026-11-05",
    "Total": "100",
    "Expires": "2026-11-27",
}
LEAD = {"Lead #": "L-1", "Name": "Ann Li", "Phone": "(312) 555-0142", "Status": "New", "Received": "2026-11-18 10:00"}
PAPER = {"Item": "Licence", "Number": "9", "Expires": "2026-11-20", "Status": "Active"}


def office(**more: Any) -> Business:
    """An office that keeps everything."""
    sheets = {
        "jobs": [DONE, but(DONE, Job_="J-2", Signature=""), but(DONE, Job_="J-3", Status="Scheduled", Completed="", Scheduled="2026-11-26", Technician="")],
        "invoices": [invoice("1"), invoice("2", Balance="-5", Total="-5")], "estimates": [ESTIMATE], "leads": [LEAD], "compliance": [PAPER],
        "payments": [but(PAID, Invoice_="9")], "visits": [{"Visit #": "V-1", "Job #": "J-3", "Scheduled start": "2026-11-26 09:00", "Technician": ""}],
        **more,
    }  # fmt: skip
    calls = {"calls": table("calls", log(missed("2026-11-24 09:05:00", ANN, number="c1")))}
    return business(calls, views=(NOTE_GAPS, MISSED_CALLS, BILLING_GAPS), **sheets)


def without(name: str, one: Business) -> Business:
    """The same office on a day on which a sheet cannot be read, with the views for which that sheet is needed."""
    gone = {name, *(view.spec.name for view in (NOTE_GAPS, MISSED_CALLS, BILLING_GAPS) if name in (view.main, *view.also))}
    return replace(one, tables={key: table for key, table in one.tables.items() if key not in gone}, unreadable=frozenset({name}))


def unknowns(one: Business) -> dict[str, str]:
    """Why each share and average cannot be told; "" where it can."""
    shares = (*signals(one, WEEK), close_rate(one, MONTH), collected_in_time(one, MONTH))
    return {figure.key: figure.unknown for figure in (*shares, days_to_invoice(one, MONTH), days_to_pay(one, MONTH))}


def test_what_is_not_kept_and_what_cannot_be_read_are_two_things() -> None:
    kept, broken = business(jobs=[DONE]), replace(business(jobs=[DONE]), unreadable=frozenset({"invoices", "change_orders"}))
    assert lacking(kept, "jobs", "invoices") == "no invoices table"
    assert lacking(broken, "jobs", "invoices") == "the invoices sheet cannot be read"
    assert lacking(broken, "change_orders.total") == "the change orders sheet cannot be read"
    assert lacking(broken, "jobs.total|jobs.status") == ""
    assert lacking(broken, "invoices|jobs.total") == "the invoices sheet cannot be read"  # the other column alone would tell it wrong
    assert (lacking(kept, "invoices?"), lacking(broken, "invoices?")) == ("", "the invoices sheet cannot be read")
    assert lacking(broken, "jobs.total|invoices?") == ""  # it is looked at only where there is no total
    assert lacking(broken, "jobs.nothing|invoices?") == "the invoices sheet cannot be read"


@pytest.mark.parametrize(("view", "sheet"), [("note_gaps", "estimates"), ("note_gaps", "jobs"), ("missed_calls", "customers"), (CALLS, "calls"),
                                             ("billing_gaps", "payments"), ("ready_to_bill", "change_orders")])  # fmt: skip
def test_a_view_cannot_be_read_where_a_sheet_that_it_is_made_from_cannot(view: str, sheet: str) -> None:
    broken = replace(business(), unreadable=frozenset({sheet}))
    assert unread(broken, view) == lacking(broken, view) == f"the {sheet.replace('_', ' ')} sheet cannot be read"


def test_the_whole_office_is_told_while_every_sheet_can_be_read() -> None:
    one = office()
    groups = (owed(one), past_due(one), credits(one), not_billed(one), cannot_be_billed(one), unanswered_leads(one), unanswered_calls(one),
              papers_expired(one))  # fmt: skip
    assert [len(group) for group in groups] == [1, 1, 1, 2, 1, 1, 1, 1]
    assert {group.key: len(group) for group in week_ahead(one) if len(group)} == {"unassigned": 1, "estimates-expiring": 1}


def test_a_job_is_not_called_unbilled_because_nobody_can_read_its_invoice() -> None:
    jobs = [but(DONE, Job_=f"J-{at}", Invoice_="") for at in range(5)]
    invoices = [invoice(str(at), Status="Paid", Balance="0", Total="4800", Job=f"J-{at}") for at in range(5)]
    broken = without("invoices", office(jobs=jobs, invoices=invoices))
    assert (len(not_billed(broken)), len(cannot_be_billed(broken))) == (0, 0)
    assert [one.why for one in (jobs_unbilled(broken, frozenset()), notes_thin(broken, frozenset())) if isinstance(one, Untold)] == [
        "the invoices sheet cannot be read"
    ] * 2
    assert signals(broken, WEEK)[3].unknown == ""  # notes stand in the jobs sheet


def test_without_the_invoices_nothing_is_told_of_money() -> None:
    broken = without("invoices", office())
    assert overdue(broken) == ()
    told = (owed(broken), past_due(broken), credits(broken), promises_broken(broken, [Promise("Ann Li", "1", day("2026-11-20"))]))
    assert [len(group) for group in told] == [0, 0, 0, 0]
    assert {key for key, why in unknowns(broken).items() if why == "the invoices sheet cannot be read"} >= {
        "invoices-reminded", "days-to-invoice", "days-to-pay", "collected-within-7",
    }  # fmt: skip
    assert {one.key: one.notes for one in trends(broken) if not one.values} == {
        "invoiced": ("the invoices sheet cannot be read",), "overdue": ("the invoices sheet cannot be read",),
    }  # fmt: skip
    assert all(isinstance(make(broken, frozenset()), Untold) for make in (invoices_late, billing_gaps, jobs_unbilled))


def test_payments_that_cannot_be_read_matter_where_the_invoices_have_no_balance() -> None:
    assert len(owed(without("payments", office()))) == 1  # the balance tells it
    part = {"Payment #": "P-1", "Customer": "Ann Li", "Invoice #": "1", "Amount": "100", "Paid on": "2026-11-10"}
    whole = office(invoices=[BARE], payments=[part])
    broken = without("payments", whole)
    assert (len(owed(whole)), len(owed(broken)), overdue(broken)) == (0, 0, ())  # it was paid
    assert unknowns(broken)["days-to-pay"] == unknowns(broken)["invoices-reminded"] == "the payments sheet cannot be read"
    assert [one.notes for one in trends(broken) if one.key == "collected"] == [("the payments sheet cannot be read",)]


def test_a_lead_is_not_unanswered_because_nobody_can_read_the_telephone_log() -> None:
    broken = without("calls", office())
    assert (len(unanswered_leads(broken)), len(unanswered_calls(broken))) == (0, 0)
    assert (
        unknowns(broken)["leads-contacted"]
        == unknowns(broken)["calls-texted"]
        == "the calls sheet cannot be read"
        == why(leads_unanswered(broken, frozenset()))
    )


@pytest.mark.parametrize("name", ["jobs", "estimates", "invoices"])
def test_a_lead_may_have_been_dealt_with_in_a_sheet_that_nobody_can_read(name: str) -> None:
    assert why(leads_unanswered(without(name, office()), frozenset())) == f"the {name} sheet cannot be read"


def test_an_estimate_may_be_named_by_a_job_that_nobody_can_read() -> None:
    broken = without("jobs", office())
    assert why(estimates_quiet(broken, frozenset())) == "the jobs sheet cannot be read"
    assert by_age(without("estimates", office())) == ()
    assert unknowns(without("estimates", office()))["close-rate"] == "the estimates sheet cannot be read"


@pytest.mark.parametrize(("name", "key"), [("jobs", "unassigned"), ("visits", "unassigned"), ("estimates", "estimates-expiring")])
def test_the_week_ahead_leaves_out_what_nobody_can_read(name: str, key: str) -> None:
    assert {group.key: len(group) for group in week_ahead(without(name, office()))}[key] == 0


def test_what_was_won_is_unknown_where_its_sheet_cannot_be_read() -> None:
    sent = {"recipe": "mine", "table": "invoices", "record": "1", "channel": "sms", "address": ANN, "status": "sent", "notes": "Hi",
            "sent_at": datetime(2026, 11, 18, 9)}  # fmt: skip
    messages = Table("messages", [Record("messages", sent, Place("the ledger", None, None))], [], {})
    one = without("invoices", office())
    [found] = measured(replace(one, tables={**one.tables, "messages": messages}), {"mine": "Mine"}, MONTH)
    assert (found.sent, found.won, found.won_unknown) == (1, 0, "the invoices sheet cannot be read")


def test_lists_that_are_missing_are_named_with_the_reason() -> None:
    assert untold(office()) == untold(business()) == ()
    found = {one.key: one.why for one in untold(without("invoices", office()))}
    assert found == dict.fromkeys(
        ("overdue", "jobs-cannot-be-billed", "jobs-not-billed", "billing-gaps", "calls-unanswered", "falling-due"), "the invoices sheet cannot be read"
    )  # fmt: skip
    undated = office(estimates=[{key: cell for key, cell in ESTIMATE.items() if key != "Expires"}])
    assert "estimates-expiring" not in {one.key for one in untold(without("invoices", undated))}  # the office never has that list
    assert {one.key for one in untold(without("compliance", office()))} == {"papers"}
    assert "short-of-material" not in {one.key for one in untold(without("jobs", office()))}  # no materials are kept here
    assert "leads-unanswered" in {one.key for one in untold(without("calls", office()))}


def test_where_no_row_links_jobs_and_estimates_that_is_said_once() -> None:
    apart = office(estimates=[but(ESTIMATE, Job_="")])
    assert [(one.key, one.why) for one in untold(apart)] == [("no-estimate", "no row names a job's estimate or an estimate's job")]
    leak = billing_gaps(apart, frozenset())
    assert not isinstance(leak, Untold) and leak.because.endswith("cannot be told: no row names a job's estimate or an estimate's job")
    small = [but(DONE, Total="200")]
    assert untold(office(estimates=[but(ESTIMATE, Job_="")], jobs=small)) == ()  # nothing here needs an estimate


def why(found: object) -> str:
    return found.why if isinstance(found, Untold) else f"told: {found}"
