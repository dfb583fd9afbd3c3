"""What a run came to stands in the office's own sheet, in the columns that were given for it, and nowhere else."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.offices import ESTIMATES, Office, follow_up
from tests.stories.mail_server import Letters, config, mail_server

HEADINGS = (*ESTIMATES, "Last contact", "Next step", "Review", "Ours?")
ROWS = [
    [
        "E-1",
        "Ann Li",
        "ann@li.example",
        "(312) 555-0142",
        "Furnace",
        "Sent",
        datetime(2026, 11, 19),
        900,
        "",
        None,
        "old words",
        None,
        "mine",
    ],
    [
        "E-2",
        "Bo Diaz",
        "bo@diaz.example",
        "(312) 555-0143",
        "Boiler",
        "Sent",
        datetime(2026, 11, 22),
        800,
        "",
        "spoke to his wife",
        None,
        None,
        "",
    ],
    [
        "E-3",
        "Cy Fox",
        "cy@fox.example",
        "(312) 555-0144",
        "Ducts",
        "Accepted",
        datetime(2026, 11, 10),
        700,
        "",
        None,
        None,
        "a person's own",
        "",
    ],
    ["E-4", "Di Orr", "di@orr.example", "(312) 555-0145", "Heat pump", "Sent", datetime(2026, 11, 18), 70_000, "", None, None, None, ""],
]
COLUMNS = '{ last_contact = "Last contact", next_step = "Next step", review = "Review" }'
MONDAY = "2026-11-23T10:00"


def workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2026"
    for row in [HEADINGS, *ROWS]:
        sheet.append(row)
    book.create_sheet("Other")["A1"] = "=SUM('2026'!H2:H5)"
    file = folder / "estimates.xlsx"
    book.save(file)
    return file


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path / "office")
    workbook(office.folder)
    office.configure(f'\n[tables.estimates]\nfile = "estimates.xlsx"\nwrite_back = {COLUMNS}\n')
    return office.recipe("follow-up", follow_up(more="[review_if]\ntotal_at_least = 15000\n"))


def columns(office: Office, *headings: str) -> list[list[object]]:
    sheet = openpyxl.load_workbook(office.folder / "estimates.xlsx")["2026"]
    return [[row[HEADINGS.index(heading)] for heading in headings] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_after_sending(office: Office) -> None:
    before = columns(office, *ESTIMATES, "Ours?")
    document = office.run("follow-up", MONDAY, "--send")
    [told] = document["write_back"]
    assert (told["tables"], told["file"], told["cells"], told["written"]) == (["estimates"], "estimates.xlsx", 4, True)
    assert (office.folder / told["backup"]).is_file()
    assert columns(office, "Last contact", "Next step", "Review") == [
        [None, "Second nudge on Nov 24, 2026", None],  # the message is a file in outbox/: nobody has it yet
        ["spoke to his wife", "First nudge on Nov 24, 2026", None],
        [None, None, "a person's own"],
        [None, "Second nudge, when Dana Reed has looked at it", "Dana Reed: sent 5 days ago, no answer: total is at least 15,000"],
    ]
    assert columns(office, *ESTIMATES, "Ours?") == before


def test_the_last_contact_is_a_message_that_left(tmp_path: Path) -> None:
    row = ["E-1", "Ann Li", "ann@li.example", "", "Furnace", "Sent", "2026-11-19", "900", "", ""]
    step = '[[steps]]\nname = "nudge"\nafter = "2 days"\ndo = "message"\nby = ["email"]\nsubject = "Furnace"\ntext = "Any questions?"\n'
    letters = Letters()
    with mail_server(letters) as port:
        office = Office(tmp_path / "office", config(port))
        office.sheet("estimates", (*ESTIMATES, "Last contact"), [row], 'write_back = { last_contact = "Last contact" }')
        office.recipe("follow-up", follow_up(steps=step)).run("follow-up", MONDAY, "--send")
    assert letters.addresses == ["ann@li.example"]
    assert (office.folder / "estimates.csv").read_text().splitlines()[1].endswith(",2026-11-23")


def test_it_is_said_in_the_report_and_only_once(office: Office) -> None:
    first = office.do("run", "follow-up", "--send", now=MONDAY)
    assert "4 cells written into estimates.xlsx; as it was before: backups/estimates-" in first.out
    kept = (office.folder / "estimates.xlsx").read_bytes()
    again = office.do("run", "follow-up", "--send", now=MONDAY)
    assert (again.code, "written into" in again.out) == (0, False)
    assert (office.folder / "estimates.xlsx").read_bytes() == kept


def test_a_rehearsal_only_says_it(office: Office) -> None:
    before = (office.folder / "estimates.xlsx").read_bytes()
    ran = office.do("run", "follow-up", now=MONDAY)
    assert "4 cells would be written into estimates.xlsx." in ran.out
    assert (office.folder / "estimates.xlsx").read_bytes() == before
    assert not (office.folder / "backups").exists()


class TestWhatCannotBeWritten:
    def test_a_file_that_is_open_is_told_and_nothing_else_changes(self, office: Office) -> None:
        (office.folder / "~$estimates.xlsx").touch()
        ran = office.do("run", "follow-up", "--send", now=MONDAY)
        assert ran.code == 0
        assert "Write-back: estimates.xlsx is open in Excel or LibreOffice" in ran.out
        assert "sent" in office.states("E-1")
        assert office.do("run", "follow-up", "--send", "--quiet", now=MONDAY).out == ""  # it may be open all day
        (office.folder / "~$estimates.xlsx").unlink()
        assert office.run("follow-up", MONDAY, "--send")["write_back"][0]["cells"] == 4

    def test_a_formula_in_one_of_the_columns(self, office: Office) -> None:
        book = openpyxl.load_workbook(office.folder / "estimates.xlsx")
        book["2026"]["K2"] = '=IF(H2>0,"Call","")'
        book.save(office.folder / "estimates.xlsx")
        ran = office.do("run", "follow-up", "--send", "--quiet", now=MONDAY)
        assert ran.code == 0
        assert 'Write-back: estimates.xlsx, sheet 2026, row 2, "Next step": the cell holds a formula' in ran.out
        assert columns(office, "Last contact")[0] == [None]

    def test_a_heading_that_is_not_there(self, office: Office) -> None:
        text = (office.folder / "config.toml").read_text()
        (office.folder / "config.toml").write_text(text.replace('"Next step"', '"Next thing"'))
        assert 'no column is called "Next thing"' in office.do("run", "follow-up", now=MONDAY).out

    def test_a_column_that_we_read(self, office: Office) -> None:
        text = (office.folder / "config.toml").read_text()
        (office.folder / "config.toml").write_text(text.replace('review = "Review"', 'review = "Notes"'))
        ran = office.do("run", "follow-up", "--send", now=MONDAY)
        assert 'Write-back of estimates: tables.estimates.write_back: "Notes" is where we read notes from' in ran.out
        assert not (office.folder / "backups").exists()


def test_a_brake_holds_the_writing_too(office: Office) -> None:
    office.run("follow-up", MONDAY, "--send")
    before = (office.folder / "estimates.xlsx").read_bytes()
    text = (office.folder / "config.toml").read_text()
    (office.folder / "config.toml").write_text(text.replace('file = "estimates.xlsx"', 'file = "estimates.xlsx"\nmax_age = "1 day"'))
    document = office.run("follow-up", "2027-01-11T10:00", "--send")
    assert [brake["name"] for brake in document["brakes"]] == ["stale-source"]
    assert "write_back" not in document
    assert (office.folder / "estimates.xlsx").read_bytes() == before


def test_without_write_back_nothing_is_touched(tmp_path: Path) -> None:
    office = Office(tmp_path / "office")
    before = workbook(office.folder).read_bytes()
    office.configure('\n[tables.estimates]\nfile = "estimates.xlsx"\n').recipe("follow-up", follow_up())
    assert "write_back" not in office.run("follow-up", MONDAY, "--send")
    assert (office.folder / "estimates.xlsx").read_bytes() == before


def test_clean_notes_of_jobs(tmp_path: Path) -> None:
    headings = ("Job #", "Customer", "Status", "Completed", "Notes", "Clean note")
    rows = [
        ["J-1", "Ann Li", "Completed", "2026-11-20", "repl cap & cont, chkd chg. cust happy", ""],
        ["J-2", "Bo", "Completed", "2026-11-20", "", ""],
    ]
    office = Office(tmp_path / "office").sheet("jobs", headings, rows, 'write_back = { clean_note = "Clean note" }')
    document = office.run("job-note-cleanup", MONDAY, "--send")
    assert document["write_back"][0]["cells"] == 1
    clean = office.do("notes", "clean", "J-1", "--format", "json").json["notes"][0]["clean"]
    first = (office.folder / "jobs.csv").read_text().splitlines()[1]
    assert clean.split(".")[0] in first
    assert first.startswith("J-1,Ann Li,Completed,2026-11-20,")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ('{ last_contct = "Last contact" }', "last_contct"),
        ('{ next_step = "Ours", review = "ours " }', "name a column of the sheet for each"),
        ('{ next_step = "" }', "name a column of the sheet for each"),
    ],
)
def test_mistakes_in_config(office: Office, columns: str, said: str) -> None:
    text = (office.folder / "config.toml").read_text()
    (office.folder / "config.toml").write_text(text.replace(COLUMNS, columns))
    ran = office.do("run", "follow-up", now=MONDAY)
    assert ran.code == 3
    assert said in ran.err
