"""What the office manager is told about a job's money, and the draft invoices that wait when a job is signed off."""

import csv
import io
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.offices import of
from tests.stories.inside import Office
from tests.views.sheets import AGREED, CHANGE, CHICAGO, DONE, INVOICE, PAID, Row, but

NOW = "2026-11-24T10:30"
RECIPE = (Path(__file__).parents[2] / "recipes" / "draft-invoices.toml").read_text(encoding="utf-8")


def keep(office: Office, table: str, *rows: Row, more: str = "") -> None:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    office.sheet(table, headings, [[row.get(heading, "") for heading in headings] for row in rows], more)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office")
    keep(
        made,
        "jobs",
        DONE,
        but(DONE, Job_="J-2", Customer="Bob Ray", Title="Boiler", Total="900"),
        but(DONE, Job_="J-3", Status="Cancelled"),
    )
    return made


def budgets(office: Office, *words: str) -> Any:
    ran = office.do("budget", *words, "--format", "json", now=NOW)
    assert ran.code == 0, ran.err
    return ran.json


# ── budget ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("wanted", ["J-1", "j-1", "E-1", "2001", "Ann Li", "li, ann"])
def test_a_job_is_found_by_its_number_its_papers_or_its_customer(office: Office, wanted: str) -> None:
    keep(office, "jobs", DONE, but(DONE, Job_="J-2", Customer="Bob Ray"))
    keep(office, "estimates", AGREED)
    keep(office, "invoices", but(INVOICE, Total="4000"))
    [one] = budgets(office, wanted)["budgets"]
    assert (one["job"], one["contract"]["amount"], one["left_to_bill"]["amount"]) == ("J-1", 4800, 800)
    assert one["contract"]["rows"][0]["file"] == "estimates.csv"


def test_who_is_not_there_is_told_with_the_nearest(office: Office) -> None:
    ran = office.do("budget", "J-11", now=NOW)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == 'There is no job, estimate, invoice or customer "J-11"; did you mean "J-1"?\n'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Name one job, or ask for all.\n"),
        (("J-1", "--all"), 'Name one job, or ask for all. It is one or the other, not "J-1" and --all together.\n'),
    ],
)
def test_one_job_or_all_of_them_must_be_asked_for(office: Office, words: Sequence[str], said: str) -> None:
    ran = office.do("budget", *words, now=NOW)
    assert (ran.code, ran.err.startswith(said)) == (2, True)


def test_a_name_that_is_like_no_other_is_answered_with_how_they_are_written(office: Office) -> None:
    keep(office, "jobs", *(but(DONE, Job_=f"J-{number}") for number in range(1, 30)))
    ran = office.do("budget", "xyzzy", now=NOW)
    assert ran.err.splitlines()[-1] == 'Write a number like "J-1" or a customer like "Ann Li" (jobs.csv, row 2).'


def test_a_number_that_several_jobs_may_have_is_answered_with_all_of_them(office: Office) -> None:
    keep(office, "jobs", but(DONE, Job_="J-042"), but(DONE, Job_="K-42"), but(DONE, Job_="J-43"))
    ran = office.do("budget", "42", now=NOW)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == '"42" may be J-042 or K-42: several numbers fit.\nWrite the one that you mean in full.\n'


def test_a_customer_with_many_jobs_gets_a_table_of_them(office: Office) -> None:
    many = [but(DONE, Job_=f"J-{number}", Total=number * 100) for number in range(1, 5)]
    keep(office, "invoices", but(INVOICE, Job_="J-8", Customer="Bob Ray"))
    keep(office, "jobs", *many[:3])
    assert "J-1, Furnace replacement, Ann Li, Completed\n  contract" in office.do("budget", "Ann Li", now=NOW).out
    keep(office, "jobs", *many, but(DONE, Job_="J-9", Status="Cancelled"))
    lines = office.do("budget", "Ann Li", now=NOW).out.splitlines()
    assert [line.split()[0] for line in lines[:7]] == ["job", "J-4", "J-3", "J-2", "J-1", "J-9", "total"]
    assert lines[6].split()[1] == "1,000.00"
    assert lines[7] == "5 jobs. Totals leave out cancelled jobs."
    assert lines[-1].endswith("contractor-ops budget J-4")


def test_labor_alone_is_told_as_what_the_costs_are_at_least(office: Office) -> None:
    office.configure("\n[billing]\nlabor_rate = 50\n")
    printed = office.do("budget", "J-1", now=NOW).out
    assert "  costs so far        at least $400.00  job J-1: jobs.csv, row 2" in printed
    assert 'material prices are missing: jobs.csv has no column "Materials cost"' in printed


def test_without_a_jobs_sheet_there_are_no_budgets(tmp_path: Path) -> None:
    ran = Office(tmp_path / "office").do("budget", "--all", now=NOW)
    assert ran.code == 3 and "[tables.jobs]" in ran.err


def test_all_jobs_stand_in_a_line_each_with_most_to_bill_first(office: Office) -> None:
    keep(office, "jobs", but(DONE, Job_="J-0", Total=""), DONE, but(DONE, Job_="J-2", Total="900"), but(DONE, Job_="J-3", Status="Cancelled"),
         but(DONE, Job_="J-4", Total="6000"), but(DONE, Job_="J-5", Total="50", Status="Paid"))  # fmt: skip
    keep(office, "invoices", but(INVOICE, Total="4500"))
    found = budgets(office, "--all")
    assert [one["job"] for one in found["budgets"]] == ["J-4", "J-2", "J-1", "J-5"]
    assert found["left_out"] == {"cancelled": 1, "without money": 1}
    assert found["totals"]["left_to_bill"] == {"amount": 7200, "not_known": 1}
    lines = office.do("budget", "--all", now=NOW).out.splitlines()
    assert lines[0].split()[:4] == ["job", "customer", "status", "contract"]
    [total] = [line for line in lines if line.startswith("total")]
    assert "7,200.00+?" in total
    assert lines[lines.index(total) + 1] == "4 jobs. Not shown: 1 cancelled and 1 without money."


def test_a_sheet_that_is_too_old_is_told(office: Office) -> None:
    keep(office, "invoices", INVOICE, more='max_age = "3 days"')
    saved = datetime(2026, 11, 18, 10, tzinfo=CHICAGO).timestamp()
    os.utime(office.folder / "invoices.csv", (saved, saved))
    document = budgets(office, "J-1")
    [source] = [source for source in document["budgets"][0]["sources"] if source["table"] == "invoices"]
    assert (source["age_days"], source["older_than"], document["budgets"][0]["billed"]["rows"][0]["age_days"]) == (6, "3 days", 6)
    assert "invoices.csv is 6 days old, older than 3 days. Save or export it again." in office.do("budget", "J-1", now=NOW).out
    assert "older than 3 days" in office.do("budget", "--all", "--format", "csv", now=NOW).err


def test_the_offices_own_rates_count(office: Office) -> None:
    keep(office, "jobs", but(DONE, Materials_cost="1000"))
    keep(office, "invoices", INVOICE)
    office.configure("\n[billing]\nretainage = 10\nlabor_rate = 50\n")
    [one] = budgets(office, "J-1")["budgets"]
    assert (one["retainage"]["amount"], one["costs"]["amount"], one["forecast_margin"]["amount"]) == (480, 1400, 3400)


def test_csv_has_a_row_for_each_job_that_no_spreadsheet_runs(office: Office) -> None:
    keep(office, "jobs", but(DONE, Customer="=1+1"), but(DONE, Job_="J-2", Total="10"))
    rows = list(csv.DictReader(io.StringIO(office.do("budget", "--all", "--format", "csv", now=NOW).out)))
    assert [(row["job"], row["customer"], row["contract"], row["costs"]) for row in rows] == [
        ("J-1", "'=1+1", "4800", ""), ("J-2", "Ann Li", "10", ""),
    ]  # fmt: skip


def test_each_job_is_a_line_of_json(office: Office) -> None:
    lines = office.do("budget", "--all", "--format", "jsonl", now=NOW).out.splitlines()
    assert len(lines) == 2 and all('"contract"' in line for line in lines)


# ── draft invoices ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_signed_off_job_has_a_draft_once_and_its_owner_is_told(office: Office) -> None:
    office.recipe("draft-invoices", RECIPE)
    keep(office, "estimates", AGREED)
    keep(office, "change_orders", CHANGE)
    one = of(office.run("draft-invoices", NOW, "--send"), "J-1")
    assert (one["decision"], one["action"], one["outcome"], one["owner"]) == ("act", "draft-invoice", "queued", "office")
    assert one["reason"].startswith("signed off with nothing missing: draft invoice for $5,260.00")
    assert one["body"] == (
        "Look over the draft invoice for J-1, Ann Li ($5,260.00): drafts/draft-invoice-J-1.csv. Then send it from your accounting program."
    )
    with (office.folder / "drafts" / "draft-invoice-J-1.csv").open(encoding="utf-8", newline="") as stream:
        assert [line["Amount"] for line in csv.DictReader(stream)] == ["4800.00", "460.00", "", "5260.00"]
    assert of(office.run("draft-invoices", NOW, "--send"), "J-1")["decision"] == "done"
    assert len(list((office.folder / "drafts").iterdir())) == 2
    assert office.outbox() == []


def test_a_rehearsal_leaves_no_draft(office: Office) -> None:
    office.recipe("draft-invoices", RECIPE)
    assert of(office.run("draft-invoices", NOW), "J-1")["outcome"] is None
    assert not (office.folder / "drafts").exists()


def test_what_a_person_must_look_at_is_said_where_the_draft_is(office: Office) -> None:
    office.recipe("draft-invoices", RECIPE)
    keep(office, "jobs", but(DONE, Total=""))
    one = of(office.run("draft-invoices", NOW), "J-1")
    assert "no price is known" in one["reason"]
    assert "(the price is not known)" in one["body"]


def test_a_job_that_lacks_something_or_is_billed_waits_for_no_draft(office: Office) -> None:
    office.recipe("draft-invoices", RECIPE)
    keep(office, "jobs", but(DONE, Photos=""), but(DONE, Job_="J-2"))
    keep(office, "invoices", but(INVOICE, Job_="J-2"))
    keep(office, "payments", PAID)
    assert office.run("draft-invoices", NOW)["decisions"] == []


def test_a_job_without_a_number_has_a_draft_too(office: Office) -> None:
    office.recipe("draft-invoices", RECIPE)
    keep(office, "jobs", but(DONE, Job_=""))
    [one] = office.run("draft-invoices", NOW, "--send")["decisions"]
    assert one["outcome"] == "queued" and one["body"].startswith(
        "Look over the draft invoice for the job without a number, Ann Li ($4,800.00)"
    )
    assert len(list((office.folder / "drafts").glob("draft-invoice-Ann-Li-2026-11-20-*.csv"))) == 1
