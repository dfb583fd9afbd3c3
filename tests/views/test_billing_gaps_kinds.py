"""Every kind of billing gap: with what is at stake, in a sentence that names it, and no money in two of them."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from contractor_ops.config import BillingPart
from tests.views.gap_rows import SCHEDULED, SMALL, SMALL_BILL, UNDER_WAY, amount_of, gaps, one, told
from tests.views.sheets import AGREED, CHANGE, DONE, INVOICE, PAID, but

NOT, EARLY, DIFFERS, TWICE = "not invoiced", "invoiced, not completed", "differs", "two invoices"
NOT_BILLED, UNAPPROVED, NO_ESTIMATE = "change order not billed", "change without approval", "no accepted estimate"
NOT_TAKEN, NOT_CREDITED, BALANCE = "deposit not taken", "deposit not credited", "paid with a balance"
SAID_BILLED = but(CHANGE, Billed="Yes", Invoice_="2001")
ASKS = but(AGREED, Deposit_required="1200", Deposit_collected="1200")
PLANTED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "done and forgotten": (NOT, "480", {"jobs": SMALL}),
    "done three days ago": (NOT, "480", {"jobs": but(SMALL, Completed="2026-11-21")}),
    "at the estimate's price, not the job's": (NOT, "4800", {"jobs": but(DONE, Total="4500"), "estimates": AGREED}),
    "with its change": (NOT, "5260", {"estimates": AGREED, "change_orders": CHANGE}),
    "the rest after a deposit": (NOT, "3600", {"estimates": AGREED, "invoices": but(INVOICE, Title="Deposit", Total="1200")}),
    "only a draft": (NOT, "480", {"jobs": SMALL, "invoices": but(SMALL_BILL, Status="Draft")}),
    "only a void one": (NOT, "480", {"jobs": SMALL, "invoices": but(SMALL_BILL, Status="Void")}),
    "on the calendar": (EARLY, "480", {"jobs": but(SCHEDULED, Total="480"), "invoices": SMALL_BILL}),
    "in progress": (EARLY, "4800", {"jobs": UNDER_WAY, "estimates": AGREED, "invoices": INVOICE}),
    "efficient and in two stages": (EARLY, "4800", {"jobs": SCHEDULED, "estimates": AGREED,
                                                    "invoices": but(INVOICE, Title="Two-stage furnace, 95% efficiency")}),
    "on hold": (EARLY, "480", {"jobs": but(SMALL, Status="On hold", Completed=""), "invoices": SMALL_BILL}),
    "called off": (EARLY, "480", {"jobs": but(SMALL, Status="Cancelled", Completed=""), "invoices": SMALL_BILL}),
    "below": (DIFFERS, "200", {"estimates": AGREED, "invoices": but(INVOICE, Total="4600")}),
    "above": (DIFFERS, "300", {"estimates": AGREED, "invoices": but(INVOICE, Total="5100")}),
    "a cent beyond the tolerance": (DIFFERS, "1.01", {"estimates": AGREED, "invoices": but(INVOICE, Total="4801.01")}),
    "above the estimate and its change": (DIFFERS, "400", {"estimates": AGREED, "change_orders": SAID_BILLED, "invoices": but(INVOICE, Total="5660")}),
    "the change that takes away was not taken off": (
        DIFFERS, "460", {"estimates": AGREED, "change_orders": but(SAID_BILLED, Amount="-460"), "invoices": INVOICE}),
    "before tax": (DIFFERS, "100", {"estimates": AGREED, "invoices": but(INVOICE, Subtotal="4900", Tax="404.25", Total="5304.25")}),
    "deposit and rest": (DIFFERS, "320", {"estimates": AGREED, "invoices": [
        but(INVOICE, Invoice_="1990", Title="Deposit", Total="1200", Status="Paid"), but(INVOICE, Title="Final", Total="3920")]}),
    "two jobs on one invoice": (DIFFERS, "400", {"jobs": [DONE, but(DONE, Job_="J-2")], "invoices": but(INVOICE, Job_="J-1, J-2", Total="10000"),
                                                 "estimates": [AGREED, but(AGREED, Estimate_="E-2", Job_="J-2")]}),
    "a change forgotten": (NOT_BILLED, "460", {"estimates": AGREED, "change_orders": CHANGE, "invoices": INVOICE}),
    "one of two changes": (NOT_BILLED, "275", {"estimates": AGREED, "change_orders": [SAID_BILLED, but(CHANGE, CO_="CO-2", Amount="275")],
                                               "invoices": but(INVOICE, Total="5260")}),
    "billed in part": (NOT_BILLED, "160", {"estimates": AGREED, "change_orders": but(CHANGE, Billed="", Billed_amount="300"),
                                           "invoices": but(INVOICE, Total="5100")}),
    "pending and billed": (UNAPPROVED, "460", {"estimates": AGREED, "change_orders": but(SAID_BILLED, Status="Pending"),
                                               "invoices": but(INVOICE, Total="5260")}),
    "declined and billed": (UNAPPROVED, "460", {"estimates": AGREED, "change_orders": but(SAID_BILLED, Status="Declined"),
                                                "invoices": but(INVOICE, Total="5260")}),
    "pending and done": (UNAPPROVED, "460", {"estimates": AGREED, "change_orders": but(CHANGE, Status="Pending", Notes="Installed Friday"),
                                             "invoices": INVOICE}),
    "large, without one": (NO_ESTIMATE, "4800", {"invoices": INVOICE}),
    "still sent": (NO_ESTIMATE, "480", {"jobs": SMALL, "estimates": but(AGREED, Status="Sent", Total="480"), "invoices": SMALL_BILL}),
    "declined": (NO_ESTIMATE, "480", {"jobs": SMALL, "estimates": but(AGREED, Status="Declined", Total="480"), "invoices": SMALL_BILL}),
    "nothing collected": (NOT_TAKEN, "1200", {"jobs": UNDER_WAY, "estimates": but(ASKS, Deposit_collected="0")}),
    "collected in part": (NOT_TAKEN, "700", {"jobs": UNDER_WAY, "estimates": but(ASKS, Deposit_collected="500")}),
    "paid in part": (NOT_TAKEN, "900", {"jobs": UNDER_WAY, "estimates": but(ASKS, Deposit_collected=""),
                                        "payments": but(PAID, Invoice_="", Job_="J-1", Amount="300")}),
    "not taken off": (NOT_CREDITED, "1200", {"estimates": ASKS, "invoices": but(INVOICE, Balance="4800")}),
    "taken off in part": (NOT_CREDITED, "700", {"estimates": ASKS, "invoices": but(INVOICE, Balance="4300")}),
    "called paid": (BALANCE, "120", {"jobs": SMALL, "invoices": but(SMALL_BILL, Status="Paid", Balance="120")}),
    "the same again": (TWICE, "480", {"jobs": SMALL, "invoices": [SMALL_BILL, but(SMALL_BILL, Invoice_="2002")]}),
    "the same again, beside an estimate": (TWICE, "4800", {"estimates": AGREED, "invoices": [INVOICE, but(INVOICE, Invoice_="2002")]}),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_gap_and_amount(name: str) -> None:
    kind, amount, papers = PLANTED[name]
    assert told(**{"jobs": DONE, **papers}) == [(kind, Decimal(amount))]


@pytest.mark.parametrize("name", PLANTED)
def test_the_sentence_names_the_amount_and_the_row_says_where_it_stands(name: str) -> None:
    _, amount, papers = PLANTED[name]
    row = one(**{"jobs": DONE, **papers})
    assert f"${Decimal(amount):,.2f}" in str(row["because"])
    assert str(row["number"]).startswith("J-1/") and "J-1" in str(row["job"]) and row["customer"] == "Ann Li"
    assert "jobs.csv, row 2" in str(row["found_in"]).replace("csv row", "csv, row") and row["since"] is not None


def test_sentences() -> None:
    assert one(jobs=DONE, estimates=AGREED)["because"] == "not invoiced: $4,800.00, completed 4 days ago (estimate E-1)"
    below = one(jobs=DONE, estimates=AGREED, invoices=but(INVOICE, Total="4600"))
    assert below["because"] == "invoice 2001 is $200.00 below what was agreed ($4,800.00 in estimate E-1)"
    assert below["number"] == "J-1/differs/2001/-200.00"


def test_a_number_stays_the_same_tomorrow_wherever_the_row_stands() -> None:
    first = [row["number"] for row in gaps(jobs=[SMALL, but(SMALL, Job_="J-2", Customer="Bo Ek")]).records]
    again = [row["number"] for row in gaps(jobs=[but(SMALL, Job_="J-2", Customer="Bo Ek"), SMALL]).records]
    assert sorted(map(str, first)) == sorted(map(str, again)) == ["J-1/not-invoiced", "J-2/not-invoiced"]


# ── the whole ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_largest_first_unknown_last_and_what_is_at_stake_in_all() -> None:
    table = gaps(jobs=[SMALL, but(SMALL, Job_="J-2", Customer="Bo Ek", Total="700"), but(SMALL, Job_="J-3", Customer="Cy Fox", Total="")])
    assert [amount_of(row) for row in table.records] == [Decimal(700), Decimal(480), None]
    assert table.sums == {"at stake": Decimal(1180)}


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ({}, [(NOT, Decimal(4800))]),
        ({"estimates": but(AGREED, Status="Sent")}, [(NOT, Decimal(4800))]),
        ({"estimates": but(ASKS, Deposit_collected="0")}, [(NOT, Decimal(4800))]),
        ({"jobs": SCHEDULED, "invoices": INVOICE}, [(EARLY, Decimal(4800))]),
        ({"estimates": ASKS, "invoices": but(INVOICE, Status="Paid", Balance="1200")}, [(BALANCE, Decimal(1200))]),
    ],
)
def test_no_money_is_counted_twice(papers: dict[str, Any], expected: list[Any]) -> None:
    table = gaps(**{"jobs": DONE, **papers})
    found = [(row["gap"], amount_of(row)) for row in table.records]
    assert [gap for gap in found if gap[1] is not None or gap in expected] == expected
    assert table.sums["at stake"] == sum(amount for _, amount in expected if amount is not None)


CENTS = st.integers(-150_000, 150_000).map(lambda cents: Decimal(cents) / 100)


@for_all(change=CENTS, off=CENTS, billed=st.sampled_from(["Yes", "No", ""]), status=st.sampled_from(["Approved", "Pending", "Declined"]))
@settings(max_examples=60, deadline=None)
def test_what_is_at_stake_is_the_sum_of_rows_and_never_negative(change: Decimal, off: Decimal, billed: str, status: str) -> None:
    papers = {
        "change_orders": but(CHANGE, Amount=str(change), Billed=billed, Status=status),
        "invoices": but(INVOICE, Total=str(4800 + off)),
    }
    table = gaps(jobs=DONE, estimates=AGREED, **papers)
    amounts = [amount for row in table.records if (amount := amount_of(row)) is not None]
    assert table.sums["at stake"] == sum(amounts)
    assert all(amount > 0 for amount in amounts) and amounts == sorted(amounts, reverse=True)
    assert len({row["number"] for row in table.records}) == len(table.records)


@for_all(off=CENTS)
@settings(max_examples=40, deadline=None)
def test_a_difference_is_told_exactly_when_it_is_beyond_the_tolerance(off: Decimal) -> None:
    found = told(jobs=DONE, estimates=AGREED, invoices=but(INVOICE, Total=str(4800 + off)))
    assert found == ([(DIFFERS, abs(off))] if abs(off) > 1 else [])


# ── what a person must say ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "papers",
    [
        {"jobs": but(SMALL, Completed="")},
        {"jobs": but(SMALL, Completed="31/31/2026")},
        {"jobs": but(SMALL, Status="Zzz")},
        {"jobs": but(SMALL, Status="Invoiced")},
        {"jobs": but(SMALL, Status="Cancelled", Completed=""), "invoices": SMALL_BILL},
        {"estimates": but(AGREED, Status="Thinking"), "invoices": INVOICE},
        {"estimates": but(AGREED, Total="ask Bob"), "invoices": INVOICE},
        {"estimates": AGREED, "invoices": but(INVOICE, Total="see paper")},
        {"estimates": AGREED, "invoices": INVOICE, "change_orders": but(CHANGE, Status="Thinking it over", Billed="")},
        {"jobs": [but(SMALL, Job_=""), but(SMALL, Job_="")]},
        {"estimates": AGREED, "invoices": INVOICE, "change_orders": but(CHANGE, Status="Declined", Notes="Installed the standard one instead")},
        {"jobs": [SMALL, but(SMALL, Job_="J-2", Title="Other repair")], "invoices": but(SMALL_BILL, Job_="")},
    ],
)  # fmt: skip
def test_what_is_unsure_goes_to_a_person(papers: dict[str, Any]) -> None:
    rows = gaps(**{"jobs": DONE, **papers}).records
    assert rows and all(row["review_because"] for row in rows if row["amount"] is None or len(rows) == 1)
    assert any(row["review_because"] for row in rows)


def test_an_unreadable_total_is_told_without_an_amount() -> None:
    row = one(jobs=but(SMALL, Total="call me"))
    assert (row["gap"], row["amount"]) == (NOT, None) and row["review_because"]


def test_what_is_certain_waits_for_nobody() -> None:
    assert one(jobs=SMALL)["review_because"] is None


# ── what the office sets ─────────────────────────────────────────────────────────────────────────────────────────────


def test_patience_tolerance_and_where_an_estimate_is_needed() -> None:
    patient = BillingPart.model_validate({"not_invoiced_after": "10 days"})
    assert told(patient, jobs=SMALL) == []
    wide = BillingPart.model_validate({"tolerance": {"amount": 250}})
    assert told(wide, jobs=DONE, estimates=AGREED, invoices=but(INVOICE, Total="4600")) == []
    strict = BillingPart.model_validate({"estimate_for": ["repair"]})
    assert told(strict, jobs=SMALL, invoices=SMALL_BILL) == [(NO_ESTIMATE, Decimal(480))]
    easy = BillingPart.model_validate({"estimate_from": 10_000})
    assert told(easy, jobs=DONE, invoices=INVOICE) == []


@pytest.mark.parametrize(("others", "expected"), [(3, [(NO_ESTIMATE, Decimal(480))]), (2, [])])
def test_a_job_of_a_type_that_usually_has_an_estimate_needs_one(others: int, expected: list[Any]) -> None:
    names = [(f"J-{10 + at}", f"Customer {'ABC'[at]}") for at in range(others)]
    jobs = [but(SMALL, Job_=number, Customer=who) for number, who in names]
    estimates = [but(AGREED, Estimate_=f"E-{number}", Job_=number, Customer=who, Total="480") for number, who in names]
    invoices = [but(SMALL_BILL, Invoice_=f"3{number}", Job_=number, Customer=who) for number, who in names]
    assert told(jobs=[SMALL, *jobs], estimates=estimates, invoices=[SMALL_BILL, *invoices]) == expected
