"""`budget JOB`: every figure of a job, with the rows it came from and how old they are, by hand."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.stories.contract_billing import billing_rows as rows
from tests.stories.contract_billing.billing_rows import CASES, NOW, Case, Est, Inv, Order
from tests.stories.contract_billing.shops import SHOPS, Shop, by_hand
from tests.stories.inside import Office

PAYMENTS = ("Payment #", "Customer", "Invoice #", "Job #", "Amount", "Date", "Method", "Type")
FIGURES = (
    "contract",
    "approved_changes",
    "pending_changes",
    "billed",
    "collected",
    "retainage",
    "costs",
    "left_to_bill",
    "left_of_budget",
    "forecast",
)
BIG = Case(
    "42", "", (Est("8000", "Declined", "Q-42-A"), Est("10000", "Approved", "Q-42-B")),
    (Order("1500", billed="Yes"), Order("-300", number="2"), Order("700", "Pending", number="3"), Order("999", "Declined", number="4")),
    invoices=(Inv("4000", "Paid", title="Progress billing 1"), Inv("3500", "Partially paid", "2500", "1000", "Progress billing 2"), Inv("9999", "Void", "0"),
              Inv("777", "Draft"), Inv("-100", "Sent", "-100", title="Credit memo")),
    status="In progress", done="", customer="Ada Abbot",
)  # fmt: skip


def budget(office: Office, job: str, now: str = NOW) -> Any:
    ran = office.do("budget", job, "--format", "json", now=now)
    assert ran.code == 0, ran.err
    [found] = ran.json["budgets"]
    return found


def figures(found: Any) -> dict[str, Any]:
    return {name: found[name]["amount"] for name in FIGURES}


def test_every_figure_of_a_big_job(tmp_path: Path) -> None:
    found = figures(budget(by_hand(tmp_path / "office", [BIG, Case("43", "480")]), "42"))
    assert found["contract"] == 10000 and found["approved_changes"] == 1200 and found["pending_changes"] == 700
    assert found["billed"] == 7400 and found["collected"] == 5000
    assert found["left_to_bill"] == 3800
    assert found["forecast"] in {11900, 11200}
    assert found["costs"] is None and found["left_of_budget"] is None, "what no sheet says is not known, and never 0"


def test_costs_budget_and_retainage(tmp_path: Path) -> None:
    office = by_hand(
        tmp_path / "office",
        [Case("42", "10000", (Est("10000"),), invoices=(Inv("4000"),), status="In progress", done="")],
        "\n[billing]\nretainage = 10\n",
    )
    jobs = office.folder / "jobs.csv"
    head, row = jobs.read_text().splitlines()
    jobs.write_text(f"{head},Total costs,Budget\n{row},2500,7000\n")
    found = figures(budget(office, "42"))
    assert (found["costs"], found["left_of_budget"], found["retainage"], found["left_to_bill"]) == (2500, 4500, 400, 6000)


def test_each_figure_names_its_rows_and_their_age(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", [BIG])
    old = datetime.fromisoformat("2026-11-20T10:00:00-06:00").timestamp()
    os.utime(office.folder / "invoices.csv", (old, old))
    found = budget(office, "42")
    assert [(row["file"], row["row"]) for row in found["contract"]["rows"]] == [("estimates.csv", 3)]
    assert {(row["file"], row["row"]) for row in found["approved_changes"]["rows"]} == {("change_orders.csv", 2), ("change_orders.csv", 3)}
    assert {(row["file"], row["row"], row["age_days"]) for row in found["billed"]["rows"]} >= {
        ("invoices.csv", 2, 3),
        ("invoices.csv", 3, 3),
    }
    for name in ("contract", "approved_changes", "pending_changes", "billed"):
        assert sum(row["amount"] for row in found[name]["rows"]) == found[name]["amount"], name


@pytest.mark.parametrize("sign", [1, -1])
def test_payments_say_what_came_in(tmp_path: Path, sign: int) -> None:
    cases = [
        Case("42", "2000", (Est("2000"),), invoices=(Inv("2000", balance="800", paid="1200"),), customer="Ada Abbot"),
        Case("43", "480", invoices=(Inv("480", "Paid"),), customer="Ben Baker"),
    ]
    office = by_hand(tmp_path / "office", cases)
    office.sheet("payments", PAYMENTS, [("P1", "Ada Abbot", "7420", "", str(sign * 700), "2026-11-15", "Card", "Payment"),
                                        ("P2", "Ada Abbot", "7420", "", str(sign * 500), "2026-11-18", "Check", "Payment"),
                                        ("P3", "Ben Baker", "7430", "", str(sign * 480), "2026-11-18", "Check", "Payment")])  # fmt: skip
    assert figures(budget(office, "42"))["collected"] == 1200 and figures(budget(office, "43"))["collected"] == 480


@pytest.mark.parametrize("shop", SHOPS)
def test_all_jobs_whatever_the_export(tmp_path: Path, shop: Shop) -> None:
    office = shop(tmp_path / "office", CASES)
    ran = office.do("budget", "--all", "--format", "json", now=NOW)
    assert ran.code == 0, ran.err
    found = {one["job"]: figures(one) for one in ran.json["budgets"]}
    wanted = {  # contract, approved changes, pending changes, billed, left to bill
        "102": (2000, 0, 0, 0, 2000), "121": (900, 0, 0, 900, 0), "151": (2000, 0, 0, 2300, -300), "153": (3000, 500, 0, 3900, -400), "161": (2000, 0, 0, 2000, 0),
        "136": (6000, 0, 0, 2000, 4000), "170": (2200, 0, 0, 2200, 0), "171": (2600, 0, 0, 2600, 0), "173": (6000, 0, 0, 6000, 0), "174": (2000, 0, 0, 2000, 0),
        "177": (2000, -250, 0, 1750, 0), "181": (2000, 350, 0, 2000, 350), "195": (2000, 0, 450, 0, 2000), "196": (2000, 0, 0, 2000, 0), "216": (1500, 0, 0, 1500, 0),
        "217": (1500, 0, 0, 1500, 0), "243": (9000, 0, 0, 9000, 0),
    }  # fmt: skip
    got = {
        number: tuple(found[number][name] for name in ("contract", "approved_changes", "pending_changes", "billed", "left_to_bill"))
        for number in wanted
        if number in found
    }
    assert got == wanted


def test_found_by_estimate_invoice_or_customer(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", [BIG, Case("43", "480", customer="Ben Baker")])
    assert {budget(office, wanted)["job"] for wanted in ("Q-42-B", "7420", "Ada Abbot", "42")} == {"42"}


def test_nobody_of_that_name(tmp_path: Path) -> None:
    ran = by_hand(tmp_path / "office", [BIG]).do("budget", "4711", "--format", "json", now=NOW)
    assert ran.code == 3 and "4711" in ran.err and "Traceback" not in ran.err


def test_only_a_jobs_table(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", [Case("42", "480", customer="Ada Abbot")])
    text = (office.folder / "config.toml").read_text()
    (office.folder / "config.toml").write_text(text[: text.index("[tables.estimates]")])
    found = figures(budget(office, "42"))
    assert found["contract"] == 480 and found["billed"] in {None, 0}


def test_formulas_in_csv(tmp_path: Path) -> None:
    ran = by_hand(tmp_path / "office", [Case("42", "480", customer="=cmd|' /C calc'!A0")], rows.CONFIG).do(
        "budget", "--all", "--format", "csv", now=NOW
    )
    assert ran.code == 0 and "cmd|" in ran.out and ",=cmd" not in ran.out and ',"=cmd' not in ran.out
