"""Draft invoices: one for each job that is signed off with nothing missing, in a file for a person, once."""

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.offices import CONFIG, of
from tests.stories.contract_billing import billing_rows as rows
from tests.stories.contract_billing.billing_rows import CASES, NOW, Case, Est, Inv, Order
from tests.stories.contract_billing.note_rows import HEADINGS, NOTES, job
from tests.stories.contract_billing.reading import records
from tests.stories.contract_billing.shops import SHOPS, Shop, by_hand, invoices
from tests.stories.inside import Office

RECIPE = "draft-invoices"
READY = {"101", "102", "103", "105", "106", "110", "111", "112"}
EITHER = {"104", "116"}
"""An invoice that was only begun, and work that costs nothing: whether that is ready may be seen either way."""


def ready(office: Office) -> set[str]:
    ran = office.do("read", "ready_to_bill", "--format", "json", now=NOW)
    assert ran.code == 0, ran.err
    return {str(record["number"]) for record in records(ran.json)}


def drafts(office: Office) -> list[Path]:
    folder = office.folder / "drafts"
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def amounts(path: Path, kind: str) -> list[Decimal]:
    return [Decimal(line["Amount"]) for line in lines(path) if line["Line"] == kind]


def sent(office: Office, now: str = NOW) -> Any:
    return office.run(RECIPE, now, "--send")


def one(folder: Path, case: Case, more: str = rows.CONFIG) -> tuple[Office, Path]:
    office = by_hand(folder / "office", [case], more)
    sent(office)
    [draft] = drafts(office)
    return office, draft


@pytest.mark.parametrize("shop", SHOPS)
def test_ready_are_the_jobs_that_are_done_and_on_no_invoice(tmp_path: Path, shop: Shop) -> None:
    found = ready(shop(tmp_path / "office", CASES))
    assert READY - found == set() and found - READY - EITHER == set()


def test_none_is_ready_whose_note_lacks_something(tmp_path: Path) -> None:
    from tests.stories.contract_billing.note_rows import JOB_TYPES

    office = Office(tmp_path / "office", CONFIG + JOB_TYPES)
    office.sheet("jobs", HEADINGS, [note.row() for note in NOTES])
    done = {note.number for note in NOTES if not note.lacks and note.cells.get("Status", "Completed") == "Completed"}
    assert ready(office) == done
    assert {one["record"] for one in office.run(RECIPE, NOW)["decisions"] if one["decision"] == "act"} == done


def test_a_draft_holds_the_estimate_the_approved_changes_and_no_others(tmp_path: Path) -> None:
    orders = (
        Order("350"),
        Order("-100", number="2", what="Smaller pad"),
        Order("90", "Pending", number="3"),
        Order("70", "Declined", number="4"),
    )
    estimates = (Est("1700", "Declined", "Q-1-A"), Est("2000", "Approved", "Q-1-B"))
    office, draft = one(tmp_path, Case("1", "2250", estimates, orders, invoices=(), customer="Ada Abbot"))
    assert amounts(draft, "total") == [Decimal(2250)]
    assert sum(Decimal(line["Amount"]) for line in lines(draft) if line["Amount"] and line["Line"] != "total") == 2250
    text = draft.read_text()
    assert "Ada Abbot" in text and "Smaller pad" in text and "1700" not in text
    [item] = office.queue(now=NOW)
    assert item["owner"] == "office" and "2,250" in item["body"] and "Ada Abbot" in item["body"]
    assert "pending" in of(office.run(RECIPE, NOW), "1")["reason"] or "pending" in item["body"] or "pending" in str(item)


def test_parts_stand_on_it_with_their_quantities_and_without_a_guessed_price(tmp_path: Path) -> None:
    office = Office(tmp_path / "office", CONFIG)
    office.sheet("jobs", (*HEADINGS, "Total"), [[*job(1, "", parts="2 x filter 16x25x1; 1 capacitor 45/5").row(), "480"]])
    sent(office)
    [draft] = drafts(office)
    text = draft.read_text()
    assert "16x25x1" in text and "45/5" in text and amounts(draft, "total") == [Decimal(480)]
    filters = [line for line in lines(draft) if "16x25x1" in line["Description"]]
    assert filters and all(line["Quantity"] in {"2", ""} and line["Amount"] == "" for line in filters)


def test_a_deposit_is_taken_off(tmp_path: Path) -> None:
    _, draft = one(tmp_path, Case("1", "2000", (Est("2000", required="500", collected="500"),), invoices=()))
    assert amounts(draft, "total") == [Decimal(1500)]


def test_tax_of_the_estimate_is_on_it(tmp_path: Path) -> None:
    _, draft = one(tmp_path, Case("1", "1082.50", (Est("1082.50", subtotal="1000", tax="82.50"),), invoices=()))
    assert amounts(draft, "total") == [Decimal("1082.50")]


def test_a_rehearsal_leaves_no_file_and_sending_leaves_one_once(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", [Case("1", "480", invoices=()), Case("2", "490", invoices=())])
    assert of(office.run(RECIPE, NOW), "1")["decision"] == "act" and drafts(office) == []
    sent(office)
    before = {path: path.read_bytes() for path in drafts(office)}
    assert len(before) == 2 and len(office.queue(now=NOW)) == 2
    for now in (NOW, "2026-11-24T09:00", "2026-12-24T09:00"):
        sent(office, now)
    assert {path: path.read_bytes() for path in drafts(office)} == before and len(office.queue(now="2026-12-24T09:00")) == 2


def test_what_a_person_wrote_into_a_draft_stays(tmp_path: Path) -> None:
    office, draft = one(tmp_path, Case("1", "480", invoices=()))
    draft.write_text("my own words")
    sent(office, "2026-11-24T09:00")
    assert draft.read_text() == "my own words"


def test_a_file_of_that_name_that_was_there_before_stays(tmp_path: Path) -> None:
    _, draft = one(tmp_path, Case("1", "480", invoices=()))
    again = by_hand(tmp_path / "again", [Case("1", "480", invoices=())])
    (again.folder / "drafts").mkdir()
    (again.folder / "drafts" / draft.name).write_text("an old one")
    sent(again)
    assert (again.folder / "drafts" / draft.name).read_text() == "an old one" or "an old one" in "".join(
        path.read_text() for path in drafts(again)
    )
    assert any("480" in path.read_text() for path in drafts(again))


def test_once_billed_it_is_ended_and_no_second_draft_comes(tmp_path: Path) -> None:
    office, _ = one(tmp_path, Case("1", "480", invoices=()))
    office.sheet("invoices", *invoices([Case("1", "480", invoices=(Inv("480"),))]))
    document = sent(office, "2026-11-25T09:00")
    assert all(one["decision"] in {"done", "ended"} for one in document["decisions"]) and len(drafts(office)) == 1


@pytest.mark.parametrize("number", ["../../../evil", "A/B 7", "CON", "x" * 300, "7\\..\\8", "..", "Ä-7 ☂"])
def test_odd_numbers_make_a_file_in_drafts_and_nowhere_else(tmp_path: Path, number: str) -> None:
    office = by_hand(tmp_path / "deep" / "er" / "office", [Case("1", "480", invoices=())])
    jobs = office.folder / "jobs.csv"
    jobs.write_text(jobs.read_text().replace("\n1,", f'\n"{number}",'))
    outside = {path for path in tmp_path.rglob("*") if path.is_file()}
    document = sent(office)
    assert [one["outcome"] for one in document["decisions"]] == ["queued"], document
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - outside
    assert {path for path in new if path.suffix == ".csv"} == set(drafts(office)) and len(drafts(office)) == 1


def test_formulas_in_a_draft_do_not_run(tmp_path: Path) -> None:
    _, draft = one(
        tmp_path,
        Case(
            "1",
            "480",
            (Est("480", title="=HYPERLINK(A1)"),),
            (Order("20", what="+cmd|' /C calc'!A0"),),
            invoices=(),
            customer="=cmd|' /C calc'!A0",
        ),
    )
    cells = [cell for line in lines(draft) for cell in line.values()]
    assert any("cmd|" in cell for cell in cells) and not any(cell.startswith(("=", "+cmd", "@")) for cell in cells)


def test_a_number_used_twice_overwrites_nothing(tmp_path: Path) -> None:
    office = by_hand(
        tmp_path / "office", [Case("1", "480", customer="Ada Abbot", invoices=()), Case("1", "530", customer="Ben Baker", invoices=())]
    )
    document = sent(office)
    assert {one["customer"] for one in document["decisions"]} == {"Ada Abbot", "Ben Baker"}
    written = "".join(path.read_text() for path in drafts(office))
    for who, one in ((one["customer"], one) for one in document["decisions"]):
        assert one["decision"] in {"review", "broken"} or who in written


def test_a_job_without_a_number_has_its_draft_too(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", [Case("1", "480", customer="Ada Abbot", invoices=())])
    jobs = office.folder / "jobs.csv"
    jobs.write_text(jobs.read_text().replace("\n1,", "\n,"))
    document = sent(office)
    assert [one["customer"] for one in document["decisions"]] == ["Ada Abbot"] and document["decisions"][0]["decision"] in {"act", "review"}
    assert len(drafts(office)) == 1 or office.queue(now=NOW)


def test_a_job_without_a_price_gets_no_invented_one(tmp_path: Path) -> None:
    office = by_hand(tmp_path / "office", [Case("1", "", invoices=()), Case("2", "call me", invoices=())])
    document = sent(office)
    assert len(document["decisions"]) == 2
    assert all(
        not amounts(path, "total") or amounts(path, "total") == []
        for path in drafts(office)
        if any(line["Line"] == "total" and line["Amount"] for line in lines(path))
    )


def test_two_jobs_of_one_estimate_are_not_billed_twice(tmp_path: Path) -> None:
    cases: Sequence[Case] = [Case("1", "", (Est("2000", number="Q-1", job="1, 2"),), invoices=(), customer="Ada Abbot", estimate_cell="Q-1"),
                             Case("2", "", invoices=(), customer="Ada Abbot", estimate_cell="Q-1")]  # fmt: skip
    office = by_hand(tmp_path / "office", cases)
    sent(office)
    assert sum(sum(amounts(path, "estimate"), Decimal(0)) for path in drafts(office)) == 2000


def test_only_jobs_and_empty_tables(tmp_path: Path) -> None:
    office = Office(tmp_path / "office", CONFIG)
    office.sheet("jobs", HEADINGS, [])
    assert ready(office) == set() and sent(office)["decisions"] == [] and drafts(office) == []
