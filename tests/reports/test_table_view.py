"""What a table or view looks like to people; scripts get the names of its own columns."""

import csv
import io
from pathlib import Path

import pytest
from rich.console import Console

from contractor_ops.office import open_office
from contractor_ops.reports.table_rows import STORY_HEADINGS, document, shown_headings
from contractor_ops.reports.table_view import plain_table, rich_table, table_notes
from contractor_ops.tables.record import Table
from contractor_ops.views.catalogue import READABLE, VIEWS
from contractor_ops.views.view import STORY, VERDICTS
from tests.stories.inside import Office

JOBS = ("Job #", "Customer", "Phone", "Email", "Address", "Job title", "Job type", "Status", "Technician", "Completed", "Hours", "Notes")
NOTE = "Replaced the motor, no parts, photos in app, signed. " * 3
ROWS = [
    ("J-1", "Ann Li", "312-555-0142", "ann@li.example", "1 Elm St", "No heat", "Repair", "Completed", "Tom Ray", "2026-11-20", "", NOTE),
    ("J-2", "Bo Park", "312-555-0143", "bo@park.example", "2 Elm St", "No heat", "Repair", "Scheduled", "Tom Ray", "", "", ""),
]
NOW = "2026-11-23T10:00"
OWN_NAMES = set(STORY_HEADINGS) | {"draft"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).sheet("jobs", JOBS, ROWS)


def note_gaps(office: Office) -> Table:
    from datetime import datetime

    opened = open_office(office.folder)
    return opened.table("note_gaps", now=datetime.fromisoformat(NOW).replace(tzinfo=opened.zone))


def first_line(office: Office, view: str, *words: str) -> list[str]:
    separator = "," if "csv" in words else "\t"
    return office.do("read", view, *words, now=NOW).out.splitlines()[0].split(separator)


def test_every_column_in_which_a_view_speaks_has_a_plain_heading() -> None:
    assert set(STORY_HEADINGS) == {column.name for column in (*VERDICTS, *STORY)}
    assert not any("_" in heading for heading in STORY_HEADINGS.values())
    taken = {name for view in VIEWS for name in VIEWS[view].spec.column_names}
    assert taken.isdisjoint(STORY_HEADINGS.values())


@pytest.mark.parametrize("view", ["note_gaps", "note_flags", "billing_gaps", "ready_to_bill"])
@pytest.mark.parametrize("words", [(), ("--format", "csv")], ids=["pipe", "csv"])
def test_people_see_none_of_the_names_that_are_for_recipes(office: Office, view: str, words: tuple[str, ...]) -> None:
    headings = first_line(office, view, *words)
    assert "number" in headings
    assert OWN_NAMES.isdisjoint(headings)


def test_csv_has_what_the_view_found_under_plain_headings(office: Office) -> None:
    [row] = csv.DictReader(io.StringIO(office.do("read", "note_gaps", "--format", "csv", now=NOW).out))
    assert (row["number"], row["why"], row["for"], row["look at first"]) == ("J-1", "missing: hours", "", "")
    assert row["no message because"] == "there is no technicians table to find them in"


def test_csv_has_the_same_columns_whatever_was_found(office: Office, tmp_path: Path) -> None:
    nothing = Office(tmp_path / "nothing").sheet("jobs", JOBS, ROWS[1:])
    assert first_line(nothing, "note_gaps", "--format", "csv") == first_line(office, "note_gaps", "--format", "csv")


def test_a_pipe_leaves_out_what_a_view_might_tell_and_does_not(office: Office) -> None:
    headings = first_line(office, "note_gaps")
    assert {"why", "no message because"} <= set(headings)
    assert {"for", "look at first", "nothing to do because"}.isdisjoint(headings)


def test_scripts_get_the_columns_under_their_own_names(office: Office) -> None:
    [record] = document(note_gaps(office), explain=False)["records"]
    assert record["because"] == "missing: hours"
    assert set(READABLE["note_gaps"].column_names) <= set(record)


def test_a_table_keeps_its_columns_so_that_it_can_be_fed_back(office: Office) -> None:
    jobs = open_office(office.folder).table("jobs")
    assert list(shown_headings(jobs)) == list(shown_headings(jobs).values())
    assert first_line(office, "jobs", "--format", "csv")[:3] == ["number", "customer", "email"]


def test_a_terminal_has_why_beside_the_first_columns_and_not_cut_short(office: Office) -> None:
    view = note_gaps(office)
    view.records[0].values["because"] = f"missing: {'x' * 90} the end"
    table = rich_table(view)
    assert [column.header for column in table.columns][:5] == ["row", "number", "customer", "why", "no message because"]
    console = Console(width=400, file=io.StringIO(), record=True)
    console.print(table)
    assert "the end" in console.export_text()


def test_yes_and_no_are_words(office: Office) -> None:
    gas = [("J-3", *ROWS[0][1:9], "2026-11-22", "1", "Smells of gas at the stove.")]
    lines = office.sheet("jobs", JOBS, gas).do("read", "note_flags", now=NOW).out.splitlines()
    told = dict(zip(lines[0].split("\t"), lines[1].split("\t"), strict=True))
    assert (told["urgent"], told["for"]) == ("yes", "owner")


def test_a_view_tells_why_lines_are_no_rows_and_a_table_what_they_are(office: Office) -> None:
    assert table_notes(note_gaps(office))[0] == "1 record. Not records: 1 not completed."
    assert "1 heading line" in table_notes(open_office(office.folder).table("jobs"))[0]
    assert "J-1" in plain_table(note_gaps(office))
