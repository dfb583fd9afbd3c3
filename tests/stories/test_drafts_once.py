"""A piece of work has one draft, whatever becomes of its number, its group or its price; where it has changed a person is told."""

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from tests.offices import CONFIG
from tests.stories.inside import Office

RECIPE = Path(__file__).parents[2] / "recipes" / "draft-invoices.toml"
JOBS = (
    "Job #",
    "Customer",
    "Title",
    "Job type",
    "Status",
    "Completed",
    "Scheduled",
    "Total",
    "Hours",
    "Parts used",
    "Photos",
    "Signature",
    "Notes",
)
ESTIMATES = ("Estimate #", "Customer", "Job #", "Title", "Status", "Total")
CHANGES = ("CO #", "Job #", "Description", "Amount", "Status")
INVOICES = ("Invoice #", "Customer", "Job #", "Title", "Status", "Issued", "Total")
ELSEWHERE = ("9", "Zoe Ash", "77", "Other work", "Sent", "2026-11-01", "5")
NOW, NEXT = "2026-11-23T10:00", "2026-11-24T10:00"
Row = Sequence[str]


def job(number: str, customer: str = "Ann Li", total: str = "900", completed: str = "2026-11-10", scheduled: str = "") -> Row:
    return (
        number,
        customer,
        "Repair",
        "Repair",
        "Completed",
        completed,
        scheduled,
        total,
        "2",
        "filter",
        "yes",
        "yes",
        "Replaced the capacitor.",
    )


def office(folder: Path, *jobs: Row, **papers: Sequence[Row]) -> Office:
    made = Office(folder, CONFIG)
    made.sheet("jobs", JOBS, jobs)
    made.sheet("invoices", INVOICES, [ELSEWHERE, *papers.get("invoices", [])])
    for name, headings in (("estimates", ESTIMATES), ("change_orders", CHANGES)):
        if name in papers:
            made.sheet(name, headings, papers[name])
    made.recipe("draft-invoices", RECIPE.read_text(encoding="utf-8"))
    return made


def send(made: Office, now: str = NOW) -> list[str | None]:
    return [one["outcome"] for one in made.run("draft-invoices", now, "--send")["decisions"]]


def files(made: Office) -> list[str]:
    return sorted(file.name for file in (made.folder / "drafts").iterdir())


def total(made: Office, name: str) -> Decimal:
    with (made.folder / "drafts" / name).open(encoding="utf-8-sig", newline="") as stream:
        return Decimal(list(csv.DictReader(stream))[-1]["Amount"])


def said(made: Office, now: str = NEXT) -> list[str]:
    return [one["reason"] for one in made.queue(now=now)]


# ── the same work by another name ────────────────────────────────────────────────────────────────────────────────────


def test_a_group_that_grows_is_not_drafted_again_and_a_person_is_told(tmp_path: Path) -> None:
    agreed = [("E-1", "Ann Li", "101, 102", "Two visits", "Accepted", "7000")]
    made = office(tmp_path, job("101", total=""), estimates=agreed)
    send(made)
    made.sheet("jobs", JOBS, [job("101", total=""), job("102", total="")])
    assert send(made, NEXT) == ["queued"]
    assert files(made) == ["draft-invoice-101.csv"]
    assert "101 was drafted on Mon, Nov 23 for $7,000.00, and nothing is drafted twice: as 101, 102 it is for $7,000.00" in said(made)
    assert send(made, NEXT) == [None]
    assert len(made.queue(now=NEXT)) == 2


def test_an_estimate_for_a_job_that_no_sheet_has_is_a_doubt(tmp_path: Path) -> None:
    made = office(tmp_path, job("101", total=""), estimates=[("E-1", "Ann Li", "101, 102", "Two visits", "Accepted", "7000")])
    [one] = made.run("draft-invoices", NOW)["decisions"]
    assert "estimate E-1 is for job 102 too, which no sheet of jobs has" in one["reason"]


@pytest.mark.parametrize("named", ["101", "Job 101", "J-101, 101"])
def test_an_estimate_for_this_job_alone_is_no_doubt(tmp_path: Path, named: str) -> None:
    made = office(tmp_path, job("101", total=""), estimates=[("E-1", "Ann Li", named, "One visit", "Accepted", "7000")])
    [one] = made.run("draft-invoices", NOW)["decisions"]
    assert one["reason"] == "signed off with nothing missing: draft invoice for $7,000.00"


def test_jobs_that_were_drafted_together_are_not_drafted_apart(tmp_path: Path) -> None:
    both = [("E-1", "Ann Li", "101, 102", "Two visits", "Accepted", "7000")]
    made = office(tmp_path, job("101", total="3000"), job("102", total="4000"), estimates=both)
    send(made)
    before = files(made)
    made.sheet("estimates", ESTIMATES, [("E-1", "Ann Li", "101", "One visit", "Accepted", "3000")])
    assert send(made, NEXT) == [None, None]
    assert files(made) == before
    assert [one for one in said(made) if one.startswith("101, 102 was drafted on Mon, Nov 23 for $7,000.00; it comes to $3,000.00 now")]


def test_another_customers_job_of_the_same_number_brings_no_second_draft(tmp_path: Path) -> None:
    made = office(tmp_path, job("5"))
    send(made)
    made.sheet("jobs", JOBS, [job("5"), job("5", "Bob Cole", total="700")])
    assert send(made, NEXT) == ["skipped", "queued"]
    drafted = files(made)
    assert [total(made, name) for name in drafted] == [Decimal(700), Decimal(900)]
    assert not [one for one in said(made) if "drafted twice" in one]
    made.sheet("jobs", JOBS, [job("5")])
    assert send(made, NEXT) == [None]
    assert files(made) == drafted


def test_work_under_a_new_number_has_a_draft_of_its_own(tmp_path: Path) -> None:
    made = office(tmp_path, job("101"))
    send(made)
    made.sheet("jobs", JOBS, [job("101"), job("102"), job("1010")])
    assert send(made, NEXT) == [None, "queued", "queued"]
    assert files(made) == ["draft-invoice-101.csv", "draft-invoice-1010.csv", "draft-invoice-102.csv"]


# ── what was drafted has changed ─────────────────────────────────────────────────────────────────────────────────────


def stale(folder: Path) -> Office:
    made = office(
        folder, job("5", total=""), estimates=[("E-1", "Ann Li", "5", "Work", "Accepted", "2000")],
        change_orders=[("CO-1", "5", "Second zone", "450", "Pending")],
    )  # fmt: skip
    send(made)
    made.sheet("change_orders", CHANGES, [("CO-1", "5", "Second zone", "450", "Approved")])
    return made


CHANGED = "5 was drafted on Mon, Nov 23 for $2,000.00; it comes to $2,450.00 now: mend the draft, or the invoice made of it"


def test_a_draft_that_comes_to_another_amount_is_told(tmp_path: Path) -> None:
    made = stale(tmp_path)
    assert send(made, NEXT) == [None]
    assert CHANGED in said(made)
    assert total(made, "draft-invoice-5.csv") == 2000
    assert [one["amount"] for one in made.queue(now=NEXT) if one["reason"] == CHANGED] == [450]


def test_it_is_told_once_and_again_when_it_changes_again(tmp_path: Path) -> None:
    made = stale(tmp_path)
    send(made, NEXT)
    [number] = [str(one["id"]) for one in made.queue(now=NEXT) if one["reason"] == CHANGED]
    made.do("review", "dismiss", number, now=NEXT)
    send(made, NEXT)
    assert CHANGED not in said(made)
    made.sheet("change_orders", CHANGES, [("CO-1", "5", "Second zone", "500", "Approved")])
    send(made, NEXT)
    assert [one for one in said(made) if "it comes to $2,500.00 now" in one]


@pytest.mark.parametrize("status", ["Pending", "Declined"])
def test_it_is_told_no_more_once_it_fits(tmp_path: Path, status: str) -> None:
    made = stale(tmp_path)
    send(made, NEXT)
    made.sheet("change_orders", CHANGES, [("CO-1", "5", "Second zone", "450", status)])
    send(made, NEXT)
    assert not [one for one in said(made) if "comes to" in one]


def test_it_is_told_no_more_once_the_job_is_billed(tmp_path: Path) -> None:
    made = stale(tmp_path)
    send(made, NEXT)
    made.sheet("invoices", INVOICES, [ELSEWHERE, ("10", "Ann Li", "5", "Work", "Sent", "2026-11-24", "2450")])
    send(made, NEXT)
    assert CHANGED not in said(made)


# ── a draft that cannot be written ───────────────────────────────────────────────────────────────────────────────────


def test_a_draft_that_cannot_be_written_is_no_decision_for_a_person(tmp_path: Path) -> None:
    made = office(tmp_path, job("5"))
    (tmp_path / "drafts").write_text("a file where the folder should be")
    assert send(made) == ["failed"]
    assert made.queue(now=NOW) == []
    (tmp_path / "drafts").unlink()
    assert send(made, NEXT) == ["queued"]
    assert files(made) == ["draft-invoice-5.csv"]


# ── a sheet without days of completion ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scheduled", "doubt"),
    [
        ("2026-11-09", "nobody wrote down when it was completed: the day of the visit stands in"),
        ("2026-11-30", "nobody wrote down when it was completed;"),
        ("", "nobody wrote down when it was completed;"),
    ],
)
def test_without_a_day_of_completion_there_is_a_draft_with_a_doubt_once(tmp_path: Path, scheduled: str, doubt: str) -> None:
    made = office(tmp_path, job("5", completed="", scheduled=scheduled, total="1200"))
    [one] = made.run("draft-invoices", NOW, "--send")["decisions"]
    assert (one["decision"], one["outcome"]) == ("act", "queued")
    assert doubt in one["reason"]
    assert send(made, NEXT) == [None]


def test_work_without_a_number_or_a_day_cannot_be_told_apart_and_waits_for_a_person(tmp_path: Path) -> None:
    made = office(tmp_path, job("", completed="", scheduled="2026-11-09"))
    [one] = made.run("draft-invoices", NOW)["decisions"]
    assert (one["decision"], one["reason"]) == ("broken", "it has no day of completion, and the steps count from that day")
