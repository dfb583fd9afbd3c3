"""What the digest says of the queue and of the automation: whose turn it is, why things wait, what must be mended, whether all is well."""

from pathlib import Path

import pytest

from tests.offices import ESTIMATES, INVOICES
from tests.stories.digests import CHASE, MONDAY, OWED, digest, row
from tests.stories.inside import Office

REVIEW = CHASE.replace("[[steps]]", '[review_if]\nnotes_mention = ["lawyer", "discount"]\n[[steps]]')
APPROVE = CHASE.replace('mode = "auto"', 'mode = "approve"')


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, OWED)
    return office


# ── whose turn ──


def test_a_line_names_whose_turn_it_is(office: Office) -> None:
    office.recipe("chase", APPROVE).do("run", "chase", "--send", now="2026-11-20T10:00")
    office.do("review", "assign", office.item("1003"), "--to", "owner", now="2026-11-20T11:00")

    def owners(now: str) -> dict[str, str]:
        return {line["record"]: line["owner"] for one in digest(office, now=now)["needs"] for line in one["lines"]}

    assert owners(MONDAY) == {"1002": "office", "1003": "owner", "1004": "office", "1005": "office"}
    assert owners("2026-12-14T07:00")["1004"] == "owner"  # it has waited too long for Dana


def test_who_is_away_has_nothing(office: Office) -> None:
    office.recipe("chase", APPROVE).do("run", "chase", "--send", now="2026-11-20T10:00")
    config = office.folder / "config.toml"
    config.write_text(config.read_text().replace('deputy = "owner"', 'deputy = "owner", away_until = 2026-11-30'))
    owners = {line["record"]: line["owner"] for one in digest(office)["needs"] for line in one["lines"]}
    assert (owners["1003"], owners["1002"]) == ("owner", "office")  # the queue knows nothing yet of what fell due on Sunday


# ── why things wait ──


def noted(notes: list[str]) -> list[list[str]]:
    return [[*row(f"30{at}", "2026-11-20", f"{at}.00", f"Customer {at}")[:-1], note] for at, note in enumerate(notes, 10)]


def test_the_weightiest_say_why_they_wait(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, noted(["wants a discount", "her lawyer wrote", "", "asks for a discount"])).recipe("chase", REVIEW)
    office.do("run", "chase", "--send", now="2026-11-23T10:00")
    found = digest(office, now="2026-11-23T11:00")
    assert [(one["customer"], one["what"], one["amount"], one["owner"]) for one in found["reasons"]] == [
        ("Customer 11", "invoice 3011", 11.0, "office"), ("Customer 13", "invoice 3013", 13.0, "office"), ("Customer 10", "invoice 3010", 10.0, "office"),
    ]  # fmt: skip
    assert found["reasons"][0]["why"].endswith(': the notes say "her lawyer wrote"') and found["more_reasons"] == 0


def test_what_falls_to_a_reader_stands_first_and_the_rest_has_its_command(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, noted(["a discount"] * 7)).recipe("chase", REVIEW)
    office.do("run", "chase", "--send", now="2026-11-23T10:00")
    office.do("review", "assign", office.item("3010"), "--to", "owner", now="2026-11-23T10:30")
    found = digest(office, now="2026-11-23T11:00")
    assert [one["customer"] for one in found["reasons"]] == [f"Customer {at}" for at in (10, 16, 15, 14, 13)]
    assert "and 2 more: contractor-ops review list --owner office" in office.do("digest", now="2026-11-23T11:00").out


def test_drafts_that_only_want_a_release_are_counted(office: Office) -> None:
    office.recipe("chase", APPROVE).do("run", "chase", "--send", now="2026-11-20T10:00")
    assert digest(office)["reasons"] == [] and digest(office)["queue"][0]["things"] == 3


def test_what_must_be_mended_in_the_sheets_is_one_line(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, [row("1", "31/31/2026", "100.00"), row("2", "2026-11-01", "call me")]).recipe("chase", CHASE)
    office.do("run", "chase", "--send", now="2026-11-23T10:00")
    said = digest(office, now="2026-11-23T11:00")["spoilt"]
    assert said.startswith("2 rows must be mended before a recipe can go on: contractor-ops report.")
    assert said.endswith(" odd cells in invoices: contractor-ops check.")


# ── whether the automation is well ──


def test_nothing_switched_on_yet_is_said(office: Office) -> None:
    office.recipe("chase", CHASE).do("run", "chase", now="2026-11-20T10:00")  # a rehearsal
    found = digest(office)
    assert found["automation"] == "No recipe sends yet: none has run with --send. To see what would leave: contractor-ops run chase"
    assert found["automation"] in " ".join(office.do("digest", now=MONDAY).out.split())


def test_all_is_well_is_said(office: Office) -> None:
    office.recipe("chase", CHASE).do("run", "chase", "--send", now="2026-11-20T10:00")
    assert digest(office)["automation"] == "The scheduled recipe ran; nothing failed."
    assert digest(office, now="2026-11-30T07:00")["automation"] is None  # it has not run since: that is told


def test_an_office_without_recipes_is_told_nothing_of_them(tmp_path: Path) -> None:
    assert digest(Office(tmp_path))["automation"] is None


# ── billing gaps ──

JOBS = ("Job #", "Customer", "Status", "Completed", "Total", "Notes")
DONE = "Replaced valve. 2 hrs, no parts, pics in app, cust signed"


def test_gaps_of_one_job_are_one_line(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sheet("jobs", JOBS, [["J1", "Ann Li", "Completed", "2026-10-02", "500", DONE]])
    office.sheet("invoices", ("Invoice #", "Job #", "Customer", "Status", "Issued", "Due date", "Total", "Balance"),
                 [["1", "J1", "Ann Li", "Sent", "2026-10-03", "2026-12-30", "500", "500"]])  # fmt: skip
    office.sheet("change_orders", ("CO #", "Job #", "Customer", "Description", "Amount", "Approved"),
                 [["C1", "J1", "Ann Li", "Damper", "60", "2026-10-01"], ["C2", "J1", "Ann Li", "Vent", "70", "2026-10-01"]])  # fmt: skip
    [gaps] = [one for one in digest(office)["needs"] if one["key"] == "billing-gaps"]
    [line] = gaps["lines"]
    assert (line["what"], line["amount"]) == ("job J1", 130.0) and "C1" in line["why"] and "C2" in line["why"]


def test_jobs_are_not_held_against_estimates_that_name_no_job(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sheet("jobs", JOBS, [["J1", "Ann Li", "Scheduled", "", "5000", ""]])
    office.sheet("estimates", ESTIMATES, [["E1", "Bo Park", "", "", "Ducts", "Accepted", "2026-11-01", "700", ""]])
    said = "\"Jobs without an accepted estimate\" is missing: no row names a job's estimate or an estimate's job."
    assert said in digest(office)["left_out"]
    office.sheet("estimates", (*ESTIMATES, "Job #"), [["E1", "Bo Park", "", "", "Ducts", "Accepted", "2026-11-01", "700", "", "J2"]])
    assert said not in digest(office)["left_out"]
