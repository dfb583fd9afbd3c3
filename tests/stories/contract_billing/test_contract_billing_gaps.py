"""Billing gaps of whole offices: every gap that was planted and nothing else, whoever's export the papers stand in."""

import csv
import random
from pathlib import Path
from typing import Any

import pytest

from tests.stories.contract_billing import billing_rows as rows
from tests.stories.contract_billing.billing_rows import CASES, GAPS, NOW, Case, Est, Inv, Order
from tests.stories.contract_billing.reading import because, gap, money_in, records, unlike
from tests.stories.contract_billing.shops import SHOPS, Shop, by_hand
from tests.stories.inside import Office

TOTAL = sum(sum(case.tells.values()) for case in CASES)


def read(office: Office, now: str = NOW) -> Any:
    ran = office.do("read", "billing_gaps", "--format", "json", now=now)
    assert ran.code == 0, ran.err
    return ran.json


def told(office: Office, now: str = NOW) -> list[Any]:
    return [gap(record) for record in records(read(office, now))]


def test_every_gap_stands_four_times_in_these_papers() -> None:
    assert {kind: sum(kind in case.tells for case in CASES) >= 4 for kind in GAPS} == dict.fromkeys(GAPS, True)
    assert sum(not case.tells for case in CASES) >= 40


@pytest.mark.parametrize("shop", SHOPS)
def test_every_gap_is_told_with_what_is_at_stake_and_no_near_miss_is(tmp_path: Path, shop: Shop) -> None:
    odd = unlike(CASES, told(shop(tmp_path / "office", CASES)))
    assert not odd, "\n".join(odd)


def test_the_largest_stands_first_and_the_total_adds_up(tmp_path: Path) -> None:
    document = read(by_hand(tmp_path / "office", CASES))
    stakes = [record["amount"] for record in records(document)]
    assert stakes == sorted(stakes, reverse=True)
    assert document["sums"]["at stake"] == pytest.approx(sum(stakes))
    text = by_hand(tmp_path / "again", CASES).do("read", "billing_gaps", now=NOW).out
    assert f"{sum(stakes):,.2f}" in text or f"{sum(stakes):,.0f}" in text


def test_one_sum_of_money_is_not_counted_twice(tmp_path: Path) -> None:
    """A change that nobody billed is the same money as the difference between invoice and agreement."""
    assert sum(one.amount for one in told(by_hand(tmp_path / "office", CASES))) == pytest.approx(TOTAL)


def test_the_run_gives_each_gap_one_decision_with_its_amount_and_its_row(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", CASES)
    view, document = records(read(office)), office.run("billing-check", NOW)
    assert document["brakes"] == []
    assert document["counts"]["rows"] == len(document["decisions"]) >= len(view)
    assert {one["decision"] for one in document["decisions"]} <= {"act", "review"}
    for record in view:
        [one] = [
            one for one in document["decisions"] if one["reason"].startswith(because(record)) and one["customer"] == record["customer"]
        ]
        assert record["amount"] in money_in(one["reason"]), one
        assert one["source"]["file"].endswith(".csv") and one["source"]["row"] > 1 and one["owner"] in {"office", "owner"}


def test_the_same_gaps_are_put_on_the_list_once(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", CASES[:9])
    office.run("billing-check", NOW, "--send")
    waiting = len(office.queue(now=NOW))
    office.run("billing-check", "2026-11-24T10:00", "--send")
    assert (
        waiting
        == sum(len(case.tells) for case in CASES[:9])
        == len([one for one in office.queue(now="2026-11-24T10:00") if "110" not in str(one["record"])])
    )


# --- settings


def test_days_of_patience_are_the_offices(tmp_path: Path) -> None:
    cases = (Case("1", "480", done="2026-11-20", invoices=()), Case("2", "490", done="2026-11-13", invoices=(), tells={rows.NOT: 490}))
    office = by_hand(tmp_path / "office", cases, '\n[billing]\nnot_invoiced_after = "10 days"\n')
    assert unlike(cases, told(office)) == []


@pytest.mark.parametrize(
    ("done", "now", "expected"), [("2026-11-20", "2026-11-22T23:00", 0), ("2026-11-20", "2026-11-23T00:01", 1), ("2026-10-31", NOW, 1)]
)
def test_three_days_by_default(tmp_path: Path, done: str, now: str, expected: int) -> None:
    assert len(told(by_hand(tmp_path / "office", [Case("1", "480", done=done, invoices=())], ""), now)) == expected


@pytest.mark.parametrize(("total", "expected"), [("2000.99", []), ("2001.00", []), ("2001.01", [1.01]), ("1998.99", [1.01])])
def test_a_dollar_of_tolerance_by_default(tmp_path: Path, total: str, expected: list[float]) -> None:
    case = Case("1", "2000", (Est("2000"),), invoices=(Inv(total),))
    assert [one.amount for one in told(by_hand(tmp_path / "office", [case], ""))] == expected


def test_a_difference_before_tax_is_told_and_never_with_all_the_tax(tmp_path: Path) -> None:
    with_tax = Case("1", "1836", (Est("1620", subtotal="1500", tax="120"),), invoices=(Inv("1836", subtotal="1700", tax="136"),))
    only_invoice = Case("2", "2273.25", (Est("2000"),), invoices=(Inv("2273.25", subtotal="2100", tax="173.25"),))
    found = {next(iter(one.jobs)): one.amount for one in told(by_hand(tmp_path / "office", [with_tax, only_invoice]))}
    assert found["1"] in {200, 216} and found["2"] in {100, 108.25}


# --- papers that are hard to put together


def only(cases: list[Case], folder: Path, more: str = rows.CONFIG) -> list[str]:
    return unlike(cases, told(by_hand(folder / "office", cases, more)))


def test_change_orders_are_counted_afresh_for_each_job(tmp_path: Path) -> None:
    cases = [
        Case("1", "2000", (Est("2000"),), (Order("350"),), tells={rows.ORDER: 350}, may={rows.DIFFERS: 350}),
        Case("2", "2350", (Est("2000"),), (Order("350", billed="Yes"),)),
        Case("3", "2000", (Est("2000"),), (Order("350", "Declined"),)),
    ]
    assert only(cases, tmp_path) == []


def test_names_join_where_there_is_one_job_of_that_name(tmp_path: Path) -> None:
    cases = [
        Case("1", "1500", (Est("1500", job=""),), invoices=(Inv("1500", job=""),), customer="Ada Abbot"),
        Case("2", "1600", (Est("1600", job=""),), invoices=(Inv("1850", job=""),), customer="Ben Baker", tells={rows.DIFFERS: 250}),
        Case("3", "1700", (Est("1700", job=""),), invoices=(), customer="Cora Cole", tells={rows.NOT: 1700}),
    ]
    assert only(cases, tmp_path) == []


def test_two_invoices_of_a_name_with_one_job_are_both_that_jobs(tmp_path: Path) -> None:
    """A deposit and the rest, out of QuickBooks: there is no other job that either could be for."""
    cases = [Case("1", "4000", (Est("4000", job=""),), invoices=(Inv("1000", "Paid", title="Deposit", job=""), Inv("3000", title="Final", job="")), customer="Ada Abbot"),
             Case("2", "480", invoices=(), tells={rows.NOT: 480})]  # fmt: skip
    assert only(cases, tmp_path) == []


def test_a_change_order_whose_status_nobody_knows_is_not_passed_over(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", [Case("1", "2000", (Est("2000"),), (Order("350", "Thinking it over", ""),))])
    document = office.run("billing-check", NOW)
    assert "Thinking it over" in str(document["decisions"]) + str(document["problems"])


def test_a_name_with_two_jobs_is_nobodys_without_a_person(tmp_path: Path) -> None:
    """One invoice, two jobs it could be for: neither is taken as billed in silence, neither is called forgotten for certain."""
    cases = [Case("1", "480", customer="Ada Abbot", invoices=(Inv("480", job=""),)), Case("2", "480", customer="Ada Abbot", invoices=())]
    office = by_hand(tmp_path / "office", cases)
    document = office.run("billing-check", NOW)
    about = [one for one in document["decisions"] if one["customer"] == "Ada Abbot"]
    assert {one["record"].split("/")[0] for one in about} == {"1", "2"}
    assert all(one["decision"] == "review" or one["action"] == "task" for one in about)
    assert all("may belong" in one["reason"] for one in about), [one["reason"] for one in about]


def test_two_people_of_one_name_with_different_numbers_are_not_mixed_up(tmp_path: Path) -> None:
    cases = [
        Case("1", "480", customer="Ada Abbot"),
        Case("2", "490", customer="Ada Abbot", invoices=(), tells={rows.NOT: 490}),
    ]
    assert only(cases, tmp_path) == []


def test_a_job_number_used_by_two_customers_bills_only_its_own(tmp_path: Path) -> None:
    """Numbers began again in January: the invoice is Ada's, so Ben's job is still to be billed, by whatever name it is told."""
    office = by_hand(tmp_path / "office", [Case("1", "480", customer="Ada Abbot"), Case("1", "530", customer="Ben Baker", invoices=())])
    document = office.run("billing-check", NOW)
    assert "Ben Baker" in {one["customer"] for one in document["decisions"] if one["decision"] in {"act", "review"}}
    assert not [one for one in document["decisions"] if one["customer"] == "Ada Abbot" and one["decision"] == "act"]


def test_an_invoice_number_used_by_two_customers_is_two_invoices(tmp_path: Path) -> None:
    cases = [
        Case("1", "480", customer="Ada Abbot", invoices=(Inv("480", number="9001"),)),
        Case("2", "530", customer="Ben Baker", invoices=(Inv("530", number="9001"),)),
        Case("3", "540", customer="Cora Cole", invoices=(), tells={rows.NOT: 540}),
    ]
    assert only(cases, tmp_path) == []


def test_housecall_pro_counts_segments_of_a_job(tmp_path: Path) -> None:
    """A job 1234 in two visits is billed as 1234-1 and 1234-2."""
    office = Office(tmp_path / "office", rows_config())
    office.sheet("jobs", ("Job #", "Job description", "Job status", "Customer name", "Address", "Job created date", "Job scheduled start date", "Completed date",
                          "Assigned employees", "Job amount", "Due amount"),
                 [("1234", "Repipe", "Completed", "Ann Li", "1 Kedzie Ave", "2026-10-01", "2026-11-10 09:00:00", "2026-11-12", "Sam Whitaker", "$2,000.00", "$0.00"),
                  ("1235", "Repipe", "Completed", "Bob Ray", "2 Kedzie Ave", "2026-10-01", "2026-11-10 09:00:00", "2026-11-12", "Sam Whitaker", "$900.00", "$900.00"),
                  ("12", "Tune-up", "Completed", "Cy Moss", "3 Kedzie Ave", "2026-10-01", "2026-11-10 09:00:00", "2026-11-12", "Sam Whitaker", "$150.00", "$150.00")])  # fmt: skip
    office.sheet("estimates", ("Estimate #", "Customer", "Job #", "Outcome", "Total"), [("E-1", "Ann Li", "1234", "Won", "2000")])
    office.sheet("invoices", ("Invoice Number", "Customer", "Status", "Date", "Amount", "Due"),
                 [("1234-1", "Ann Li", "Paid", "2026-11-12", "$1,200.00", "$0.00"), ("1234-2", "Ann Li", "Paid", "2026-11-12", "$800.00", "$0.00")])  # fmt: skip
    found = [(sorted(one.jobs), one.kind, one.amount) for one in told(office)]
    assert found == [(["1235"], rows.NOT, 900), (["12"], rows.NOT, 150)]


QUICKBOOKS = """Northside Heating & Air,,,,,,,
Invoice List by Date,,,,,,,
"November 1-23, 2026",,,,,,,

Date,Transaction type,Num,Name,Memo,Due date,Amount,Open balance
11/13/2026,Invoice,5001,Ada Abbot,,12/13/2026,"1,500.00","1,500.00"
11/13/2026,Invoice,5002,Ben Baker,,12/13/2026,"1,850.00","1,850.00"
11/13/2026,Invoice,5003,Edna Ellis,Deposit,12/13/2026,"1,000.00",0.00
11/13/2026,Credit Memo,5004,Dale Drake,,12/13/2026,-200.00,0.00
11/13/2026,Invoice,5005,Dale Drake,,12/13/2026,"2,200.00","2,000.00"
TOTAL,,,,,,"$6,350.00","$5,350.00"



"Accrual Basis Monday, November 23, 2026 09:30 AM GMT-06:00",,,,,,,
"""


def rows_config() -> str:
    from tests.offices import CONFIG

    return CONFIG + rows.CONFIG


def test_quickbooks_has_names_and_no_job_numbers(tmp_path: Path) -> None:
    cases = [
        Case("1", "1500", (Est("1500"),), customer="Ada Abbot"),
        Case("2", "1600", (Est("1600"),), customer="Ben Baker", tells={rows.DIFFERS: 250}),
        Case("3", "1700", (Est("1700"),), customer="Cora Cole", tells={rows.NOT: 1700}),
        Case("4", "2000", (Est("2000"),), customer="Dale Drake"),
        Case("5", "4000", (Est("4000"),), customer="Edna Ellis", status="In progress", done=""),
    ]
    office = by_hand(tmp_path / "office", cases)
    (office.folder / "invoices.csv").write_text(QUICKBOOKS, encoding="utf-8", newline="\r\n")
    assert unlike(cases, told(office)) == []


def told_as(office: Office) -> set[tuple[frozenset[str], str, float | None]]:
    return {(one.jobs, one.kind, one.amount) for one in told(office)}


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", CASES)
    before = told_as(office)
    for seed in (1, 2):
        for table in ("jobs", "estimates", "change_orders", "invoices"):
            head, *lines = (office.folder / f"{table}.csv").read_text().splitlines()
            random.Random(seed).shuffle(lines)
            (office.folder / f"{table}.csv").write_text("\n".join([head, *lines]) + "\n")
        assert told_as(office) == before


@pytest.mark.parametrize("written", ["J-{}", "#{}", "Job {}", "00{}", "{}.0", " {} "])
def test_other_papers_write_a_jobs_number_in_their_own_way(tmp_path: Path, written: str) -> None:
    cases = [
        Case("301", "480"),
        Case("302", "490", invoices=(), tells={rows.NOT: 490}),
        Case("303", "2000", (Est("2000"),), (Order("350"),), tells={rows.ORDER: 350}, may={rows.DIFFERS: 350}),
    ]
    office = by_hand(
        tmp_path / "office",
        [
            *cases,
            Case("304", "300", customer="Bob Ray", invoices=(Inv("500", job="304, 305"),)),
            Case("305", "200", customer="Bob Ray", invoices=()),
        ],
    )
    for table, column in (("estimates", 2), ("change_orders", 0), ("invoices", 2)):
        with (office.folder / f"{table}.csv").open(newline="") as stream:
            head, *lines = csv.reader(stream)
        for line in lines:
            line[column] = ", ".join(written.format(part.strip()) for part in line[column].split(","))
        with (office.folder / f"{table}.csv").open("w", newline="") as stream:
            csv.writer(stream).writerows([head, *lines])
    assert unlike(cases, told(office)) == []


def test_what_the_customer_keeps_back_is_no_difference(tmp_path: Path) -> None:
    cases = [
        Case("1", "10000", (Est("10000"),), invoices=(Inv("9000"),)),
        Case("2", "10000", (Est("10000"),), invoices=(Inv("8500"),), tells={rows.DIFFERS: 500}),
    ]
    office = by_hand(tmp_path / "office", cases)
    head, first, second = (office.folder / "invoices.csv").read_text().splitlines()
    (office.folder / "invoices.csv").write_text(f"{head},Retainage\n{first},1000\n{second},1000\n")
    assert unlike(cases, told(office)) == []


# --- payments


PAYMENTS = ("Payment #", "Customer", "Invoice #", "Job #", "Amount", "Date", "Method", "Type")


@pytest.mark.parametrize("sign", ["", "-"])
def test_payments_prove_a_deposit(tmp_path: Path, sign: str) -> None:
    """Jobber writes payments below zero, other programs above; a deposit without an invoice names its job."""
    cases = [
        Case("1", "4000", (Est("4000", required="1000"),), status="In progress", done="", invoices=(), customer="Ada Abbot"),
        Case(
            "2",
            "4000",
            (Est("4000", required="1000"),),
            status="In progress",
            done="",
            invoices=(),
            customer="Ben Baker",
            tells={rows.DEPOSIT: 1000},
        ),
        Case(
            "3",
            "4000",
            (Est("4000", required="1000"),),
            status="In progress",
            done="",
            invoices=(Inv("1000", "Paid", title="Deposit"),),
            customer="Cora Cole",
        ),
        Case(
            "4",
            "4000",
            (Est("4000", required="1500"),),
            status="In progress",
            done="",
            invoices=(),
            customer="Dale Drake",
            tells={rows.DEPOSIT: 900},
        ),
    ]
    office = by_hand(tmp_path / "office", cases)
    office.sheet("payments", PAYMENTS, [("P1", "Ada Abbot", "", "1", f"{sign}1000", "2026-11-01", "Check", "Deposit"),
                                        ("P3", "Cora Cole", "730", "3", f"{sign}1000", "2026-11-15", "Card", "Payment"),
                                        ("P4", "Dale Drake", "", "4", f"{sign}600", "2026-11-01", "Check", "Deposit")])  # fmt: skip
    assert unlike(cases, told(office)) == []


# --- bad input


def test_only_a_jobs_table(tmp_path: Path) -> None:
    cases = [Case("1", "480", invoices=(), tells={rows.NOT: 480})]
    office = by_hand(tmp_path / "office", cases)
    text = (office.folder / "config.toml").read_text()
    start = text.index("[tables.estimates]")
    (office.folder / "config.toml").write_text(text[:start])
    assert office.do("read", "billing_gaps", "--format", "json", now=NOW).code == 0
    assert office.do("run", "billing-check", "--format", "json", now=NOW).code == 0


def test_where_there_is_no_table_of_invoices_nobody_can_say_that_one_is_missing_from_a_job_that_says_invoiced(tmp_path: Path) -> None:
    cases = [Case("1", "480", status="Invoiced"), Case("2", "490", status="Paid")]
    office = by_hand(tmp_path / "office", cases)
    text = (office.folder / "config.toml").read_text()
    (office.folder / "config.toml").write_text(text[: text.index("[tables.estimates]")])
    assert read(office)["records"] == []


def test_empty_tables(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", [])
    assert read(office)["records"] == []
    document = office.run("billing-check", NOW)
    assert document["decisions"] == [] and document["counts"]["rows"] == 0


def test_jobs_without_numbers_are_told_by_their_customer(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", [Case("1", "480", customer="Ada Abbot", invoices=()), Case("2", "490", customer="Ben Baker")])
    jobs = office.folder / "jobs.csv"
    jobs.write_text(jobs.read_text().replace("\n1,Ada", "\n,Ada"))
    about = [one for one in office.run("billing-check", NOW)["decisions"] if one["customer"] == "Ada Abbot"]
    assert [480.0 in money_in(one["reason"]) for one in about] == [True] and about[0]["decision"] in {"act", "review"}


def test_unreadable_cells_are_explained_and_nothing_is_dropped(tmp_path: Path) -> None:
    """A total in words, an error cell, an impossible day: each stays visible, in the decisions or the problems."""
    cases = [
        Case("1", "call me", invoices=()),
        Case("2", "#REF!", invoices=()),
        Case("3", "480", done="31/31/2026", invoices=()),
        Case("4", "480", status="Zzz unknown", invoices=()),
        Case("5", "2000", (Est("ask Bob"),)),
        Case("6", "2000", (Est("2000"),), invoices=(Inv("see paper"),)),
        Case("7", "490", invoices=(), tells={rows.NOT: 490}),
    ]
    office = by_hand(tmp_path / "office", cases)
    ran = office.do("run", "billing-check", "--format", "json", now=NOW)
    assert ran.code == 0 and "Traceback" not in ran.err
    document = ran.json
    seen = {(problem["column"], problem["value"]) for problem in document["problems"]}
    assert {("Total", "call me"), ("Total", "#REF!"), ("Completed", "31/31/2026"), ("Total", "ask Bob"), ("Total", "see paper")} <= seen
    by_job = {case.number: [one for one in document["decisions"] if one["customer"] == case.who] for case in cases}
    assert all(by_job[number] for number in ("1", "2", "5", "6", "7")), {number: len(found) for number, found in by_job.items()}
    assert [one["decision"] for one in by_job["7"]] == ["act"]
    assert all(one["decision"] in {"review", "broken", "act"} for found in by_job.values() for one in found)


def test_a_negative_invoice_is_a_credit_and_no_gap_of_its_own(tmp_path: Path) -> None:
    cases = [Case("1", "2000", (Est("2000"),), invoices=(Inv("2000"), Inv("-50", "Sent", "0", title="Credit memo"))), Case("2", "480")]
    office = by_hand(tmp_path / "office", cases, "\n[billing]\ntolerance = { amount = 100 }\n")
    assert unlike(cases, told(office)) == []


def test_formulas_in_names_do_not_run_in_a_spreadsheet(tmp_path: Path) -> None:
    case = Case("1", "480", customer="=cmd|' /C calc'!A0", invoices=(), title="+1+1")
    ran = by_hand(tmp_path / "office", [case]).do("read", "billing_gaps", "--format", "csv", now=NOW)
    assert ran.code == 0 and "cmd" in ran.out
    assert ",=cmd" not in ran.out and ',"=cmd' not in ran.out and not ran.out.splitlines()[1].startswith("=")


def test_other_languages_and_emoji_are_kept(tmp_path: Path) -> None:
    case = Case("1", "480", customer="Lucía Herrera 🏠", title="Reparación de caldera", invoices=(), tells={rows.NOT: 480})
    office = by_hand(tmp_path / "office", [case])
    [record] = records(read(office))
    assert record["customer"].startswith("Lucía Herrera")
