"""Note gaps of whole offices: each job that cannot be billed yet, and exactly what its note does not tell."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.offices import CONFIG, of
from tests.stories.contract.telephone import shipped
from tests.stories.contract_billing.note_rows import HEADINGS, JOB_TYPES, NOTES, OTHER_HEADINGS, Note, job
from tests.stories.contract_billing.reading import because, missing, records
from tests.stories.inside import Office

NOW = "2026-11-20T16:00"
TECHNICIANS = (
    ("Name", "Phone", "Email"),
    [("Sam Whitaker", "+13125550151", "sam@northside.example"), ("Luis Ortega", "+13125550152", "luis@northside.example")],
)
PATIENT = "\n[limits]\nper_run = 500\n"
RECIPE = "job-note-cleanup"


def office_of(folder: Path, notes: Sequence[Note] = NOTES, headings: Sequence[str] = HEADINGS, more: str = JOB_TYPES + PATIENT) -> Office:
    office = Office(folder / "office", CONFIG + more)
    office.sheet("jobs", headings, [note.row() for note in notes]).sheet("technicians", *TECHNICIANS)
    office.recipe(RECIPE, shipped(RECIPE, "auto"))
    return office


def read(office: Office, now: str = NOW) -> Any:
    ran = office.do("read", "note_gaps", "--format", "json", now=now)
    assert ran.code == 0, ran.err
    return ran.json


def told(office: Office, now: str = NOW) -> dict[str, str]:
    return {str(record["number"]): because(record) for record in records(read(office, now))}


def unlike(notes: Sequence[Note], told: dict[str, str]) -> list[str]:
    """Every job about which something else was told than what its note lacks."""
    found = {number: missing(words) for number, words in told.items()}
    wanted = {note.number: note.lacks for note in notes if note.lacks}
    return [f"{number}: lacks {sorted(wanted.get(number, ()))}, told {sorted(found.get(number, ()))} ({told.get(number)})"
            for number in sorted({*wanted, *found}) if wanted.get(number, frozenset()) != found.get(number, frozenset())]  # fmt: skip


def test_there_are_enough_of_them() -> None:
    assert len(NOTES) >= 100 and sum(not note.lacks for note in NOTES) >= 40
    assert len({note.number for note in NOTES}) == len(NOTES)
    assert max(len(row) for note in NOTES for row in note.row()) > 40_000


@pytest.mark.parametrize("headings", [HEADINGS, OTHER_HEADINGS])
def test_each_gap_is_told_and_nothing_else(tmp_path: Path, headings: Sequence[str]) -> None:
    odd = unlike(NOTES, told(office_of(tmp_path, headings=headings)))
    assert not odd, "\n".join(odd)


def test_from_a_workbook_with_real_numbers(tmp_path: Path) -> None:
    from openpyxl import Workbook

    office, book = office_of(tmp_path), Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, *(note.row() for note in NOTES if len(note.row()[8]) < 30_000)):
        sheet.append([int(cell) if cell.isdigit() and len(cell) < 6 else "'" + cell if cell.startswith("=") else cell for cell in row])
    book.save(office.folder / "jobs.xlsx")
    (office.folder / "config.toml").write_text((office.folder / "config.toml").read_text().replace("jobs.csv", "jobs.xlsx"))
    assert unlike([note for note in NOTES if len(note.row()[8]) < 30_000], told(office)) == []


def test_the_run_names_what_is_missing_and_nothing_else(tmp_path: Path) -> None:
    office = office_of(tmp_path)
    document = office.run(RECIPE, NOW)
    lacking = {note.number: note.lacks for note in NOTES if note.lacks}
    going = [one for one in document["decisions"] if one["decision"] not in {"ended", "done"}]
    assert document["brakes"] == [] and document["counts"]["rows"] == len(document["decisions"])
    assert {one["record"]: missing(one["reason"]) for one in going} == lacking
    assert all(one["source"]["file"] == "jobs.csv" and one["source"]["row"] > 1 and one["owner"] for one in going)


def test_who_is_asked(tmp_path: Path) -> None:
    """The technician where there is one; else the office, at once."""
    document = office_of(tmp_path).run(RECIPE, NOW)
    asked = of(document, "1709")
    assert (asked["decision"], asked["action"], asked["to"]) == ("act", "message", "+13125550151")
    for number in ("1711", "1713"):  # no technician, one whom nobody knows
        one = of(document, number)
        assert (one["decision"], one["action"], one["owner"]) == ("act", "task", "office") or one["decision"] == "review", one
    two = of(document, "1712")
    assert two["decision"] in {"act", "review"} and (two["action"] != "message" or two["to"] in {"+13125550151", "+13125550152"})


def test_a_job_that_an_invoice_bills_is_not_asked_about_and_one_with_a_void_invoice_is(tmp_path: Path) -> None:
    office = office_of(tmp_path, [job(1, "", hours=""), job(2, "hours", hours=""), job(3, "hours", hours="")])
    office.sheet("invoices", ("Invoice #", "Customer", "Job #", "Status", "Issued", "Total", "Balance"),
                 [("7001", "Customer of 1", "1", "Sent", "2026-11-20", "480", "480"), ("7002", "Customer of 2", "2", "Void", "2026-11-20", "480", "0"),
                  ("7003", "Somebody Else", "31, 32", "Sent", "2026-11-20", "480", "480")])  # fmt: skip
    assert {number: missing(words) for number, words in told(office).items()} == {"2": {"hours"}, "3": {"hours"}}


def test_what_every_job_needs_is_the_offices(tmp_path: Path) -> None:
    notes = [job(1, "", hours="", photos="", signature=""), job(2, "work", note="", hours=""), job(3, "parts", parts=""), job(4, "readings", type="Tune-up"),
             job(5, "signature", type="Big job", signature="", note="", parts="")]  # fmt: skip
    types = '\n[notes]\nneeds = ["work", "parts"]\n[notes.job_types]\n"Tune-up" = { also = ["readings"] }\n"Big job" = { needs = ["signature"] }\n'
    assert unlike(notes, told(office_of(tmp_path, notes, more=types))) == []


def test_a_kind_of_job_is_known_in_any_case(tmp_path: Path) -> None:
    notes = [job(1, "readings model", type="ac TUNE-UP"), job(2, "", type="site visit", hours="", parts="", photos="", signature="")]
    assert unlike(notes, told(office_of(tmp_path, notes))) == []


def test_a_wrong_point_in_the_settings_is_explained(tmp_path: Path) -> None:
    ran = office_of(tmp_path, NOTES[:1], more='\n[notes]\nneeds = ["work", "photo"]\n').do("read", "note_gaps", "--format", "json", now=NOW)
    assert ran.code == 3 and "photo" in ran.err and "notes" in ran.err


# --- bad input


def test_jobs_without_numbers_and_numbers_used_twice(tmp_path: Path) -> None:
    notes = [job("", "hours", customer="Ada Abbot", hours=""), job("", "", customer="Ben Baker"), job(7, "photos", customer="Cora Cole", photos=""),
             job(7, "parts", customer="Dale Drake", parts="")]  # fmt: skip
    office = office_of(tmp_path, notes)
    document = office.run(RECIPE, NOW)
    told = {one["customer"]: one for one in document["decisions"] if one["decision"] not in {"ended", "done"}}
    assert set(told) == {"Ada Abbot", "Cora Cole", "Dale Drake"}
    assert "hours" in told["Ada Abbot"]["reason"]
    assert told["Cora Cole"]["source"]["row"] == 4 and told["Dale Drake"]["source"]["row"] == 5
    assert {told["Cora Cole"]["decision"], told["Dale Drake"]["decision"]} <= {"review", "broken"}


def test_only_a_jobs_table_and_one_without_most_columns(tmp_path: Path) -> None:
    office = Office(tmp_path / "office", CONFIG)
    office.sheet("jobs", ("Job #", "Customer", "Status", "Completed", "Notes"),
                 [("1", "Ada Abbot", "Completed", "2026-11-20", "Cleaned the coil, 2 hrs, no parts, 3 photos, customer signed."),
                  ("2", "Ben Baker", "Completed", "2026-11-20", "Cleaned the coil and tested.")])  # fmt: skip
    assert {number: missing(words) for number, words in told(office).items()} == {"2": {"hours", "parts", "photos", "signature"}}


def test_empty_tables(tmp_path: Path) -> None:
    office = office_of(tmp_path, [])
    assert read(office)["records"] == [] and office.run(RECIPE, NOW)["decisions"] == []


def test_cells_that_cannot_be_read_are_explained(tmp_path: Path) -> None:
    notes = [
        job(1, "hours", hours="#REF!"),
        job(2, "hours", hours="see sheet"),
        job(3, "", done="31/31/2026"),
        job(4, "", status="Zzz"),
        job(5, "hours", hours=""),
    ]
    office = office_of(tmp_path, notes)
    document = office.run(RECIPE, NOW)
    found = {one["record"]: one for one in document["decisions"]}
    assert {"1", "2", "5"} <= set(found) and all("hours" in found[number]["reason"].lower() for number in ("1", "2", "5"))
    assert {("Hours", "#REF!"), ("Completed", "31/31/2026")} <= {(one["column"], one["value"]) for one in document["problems"]}


def test_notes_of_any_size_and_language_are_kept_whole(tmp_path: Path) -> None:
    words = "Se cambió el capacitor 🙂 — 18° de diferencia. " * 500
    office = office_of(tmp_path, [job(1, "hours", hours="", note=words)])
    [record] = records(read(office))
    assert record["notes"].strip() == words.strip()


def test_formulas_are_neutralised_in_csv(tmp_path: Path) -> None:
    ran = office_of(tmp_path).do("read", "note_gaps", "--format", "csv", now=NOW)
    cells = [cell for row in csv.reader(ran.out.splitlines()) for cell in row]
    assert any("cmd|" in cell for cell in cells) and not any(cell.startswith(("=", "+cmd", "@")) for cell in cells)
