"""What could not be written is written by a later run, what a person has done since stays, and rows that are in doubt are left out."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.offices import ESTIMATES, INVOICES, follow_up, reminders
from tests.providers.google_book import EMAIL, Tab, rows_of
from tests.providers.google_sheets import KEY, GoogleServer
from tests.stories.inside import Office
from tests.stories.mail_server import Letters, config, mail_server
from tests.stories.test_google_sheet import key as google_key

MONDAY, TUESDAY, WEDNESDAY = "2026-11-23T10:00", "2026-11-24T10:00", "2026-11-25T10:00"
NUDGE = """
[[steps]]
name    = "nudge"
after   = "2 days"
do      = "message"
by      = ["email"]
subject = "Your estimate"
text    = "Any questions?"
sets_status = "Viewed"
"""
ANN = ["E-1", "Ann Li", "ann@li.example", "", "Furnace", "Sent", "2026-11-19", "900", ""]


@pytest.fixture
def port() -> Iterator[int]:
    with mail_server(Letters()) as one:
        yield one


@pytest.fixture
def office(tmp_path: Path, port: int) -> Office:
    made = Office(tmp_path / "office", config(port))
    made.sheet("estimates", ESTIMATES, [ANN], 'write_back = { status = "Status" }')
    made.recipe("follow-up", follow_up(steps=NUDGE))
    return made


def send(office: Office, now: str) -> list[str]:
    """Run it, and the status of each row afterwards."""
    assert office.do("run", "follow-up", "--send", now=now).code == 0
    return statuses(office)


def statuses(office: Office) -> list[str]:
    return [line.split(",")[5] for line in (office.folder / "estimates.csv").read_text().splitlines()[1:]]


def save(office: Office, status: str) -> None:
    """A person types a status and saves."""
    file = office.folder / "estimates.csv"
    file.write_text(file.read_text().replace(f",{statuses(office)[0]},", f",{status},"))


class TestStatus:
    def test_it_is_written_once_the_step_is_done(self, office: Office) -> None:
        before = (office.folder / "estimates.csv").read_text()
        assert send(office, MONDAY) == ["Viewed"]
        assert (office.folder / "estimates.csv").read_text() == before.replace("Sent", "Viewed")

    def test_what_could_not_be_written_is_written_when_the_file_is_free(self, office: Office) -> None:
        lock = office.folder / "~$estimates.csv"
        lock.touch()
        assert send(office, MONDAY) == ["Sent"]
        assert send(office, TUESDAY) == ["Sent"]
        lock.unlink()
        assert send(office, WEDNESDAY) == ["Viewed"]

    def test_a_rehearsal_in_between_changes_nothing(self, office: Office) -> None:
        (office.folder / "~$estimates.csv").touch()
        send(office, MONDAY)
        (office.folder / "~$estimates.csv").unlink()
        assert "1 cell would be written" in office.do("run", "follow-up", now=MONDAY).out
        assert send(office, TUESDAY) == ["Viewed"]

    def test_a_person_who_was_faster_is_right(self, office: Office) -> None:
        (office.folder / "~$estimates.csv").touch()
        send(office, MONDAY)
        save(office, "Accepted")
        (office.folder / "~$estimates.csv").unlink()
        assert send(office, TUESDAY) == ["Accepted"]

    def test_what_a_person_makes_of_it_afterwards_stays(self, office: Office) -> None:
        assert send(office, MONDAY) == ["Viewed"]
        save(office, "Sent")
        assert send(office, TUESDAY) == ["Sent"]

    def test_a_file_in_outbox_sets_none(self, tmp_path: Path) -> None:
        office = Office(tmp_path / "by-hand").sheet("estimates", ESTIMATES, [ANN], 'write_back = { status = "Status" }')
        office.recipe("follow-up", follow_up(steps=NUDGE))
        assert send(office, MONDAY) == ["Sent"]
        assert len(office.outbox()) == 1


def test_a_file_that_is_never_free_is_told_at_last(office: Office) -> None:
    (office.folder / "~$estimates.csv").touch()  # Excel crashed, and nobody has it open
    told = [office.do("run", "follow-up", "--send", "--quiet", now=now).out for now in (MONDAY, TUESDAY, WEDNESDAY)]
    assert told[:2] == ["", ""]
    assert "~$estimates.csv is beside it" in told[2]
    assert "It has not been written since Mon, Nov 23." in " ".join(told[2].split())
    reported = " ".join(office.do("report", now=WEDNESDAY).out.split())
    assert "Writing into estimates.csv: it could not be written since Mon, Nov 23." in reported
    (office.folder / "~$estimates.csv").unlink()
    send(office, WEDNESDAY)
    (office.folder / "~$estimates.csv").touch()
    assert office.do("run", "follow-up", "--send", "--quiet", now="2026-11-30T10:00").out == ""


class TestNumbersThatStandForTwo:
    COLUMNS = 'write_back = { last_contact = "Last contact", next_step = "Next step" }'
    HEADINGS = (*ESTIMATES, "Last contact", "Next step")

    def office(self, folder: Path, port: int, *rows: list[str]) -> Office:
        made = Office(folder / "shared", config(port))
        made.sheet("estimates", self.HEADINGS, rows, self.COLUMNS)
        made.recipe("follow-up", follow_up(steps=NUDGE.replace('sets_status = "Viewed"', "")))
        return made

    def test_one_number_on_two_rows_writes_into_neither(self, tmp_path: Path, port: int) -> None:
        ann, cy = [*ANN, "", ""], ["E-2", "Cy Dee", "cy@dee.example", "", "Boiler", "Sent", "2026-11-19", "900", "", "", ""]
        office = self.office(tmp_path, port, ann, cy)
        send(office, MONDAY)
        zed = ["E-1", "Zed Orr", "zed@orr.example", "", "Boiler", "Accepted", "2026-11-23", "700", "", "", ""]
        office.sheet("estimates", self.HEADINGS, [ann, zed, cy])
        ran = office.do("run", "follow-up", "--send", now=TUESDAY)
        assert "2 rows were left out, as their number stands in another row too" in ran.out
        rows = (office.folder / "estimates.csv").read_text().splitlines()
        assert [row.split(",")[9] for row in rows[1:]] == ["", "", "2026-11-23"]

    def test_a_number_that_began_again_in_january(self, tmp_path: Path, port: int) -> None:
        office = self.office(tmp_path, port, [*ANN, "", ""])
        send(office, MONDAY)
        zed = ["E-1", "Zed Orr", "zed@orr.example", "", "Boiler", "Sent", "2027-01-04", "700", "", "", ""]
        office.sheet("estimates", self.HEADINGS, [zed])
        ran = office.do("run", "follow-up", "--send", now="2027-01-07T10:00")
        assert (
            "1 row was left out, as its number stands in another row too, cannot be read, or stood for another customer before" in ran.out
        )
        assert (office.folder / "estimates.csv").read_text().splitlines()[1].endswith(",,,")


def test_two_files_of_one_name_get_what_is_theirs(tmp_path: Path, port: int) -> None:
    headings = (*ESTIMATES, "Last contact")
    office = Office(tmp_path / "office", config(port))
    files = []
    for branch, number, name in (("north", "1001", "ann"), ("south", "2001", "zed")):
        file = tmp_path / branch / "estimates.csv"
        file.parent.mkdir()
        row = [number, name, f"{name}@{branch}.example", "", "Furnace", "Sent", "2026-11-19", "900", "", ""]
        file.write_text(f"{','.join(headings)}\n{','.join(row)}\n")
        files.append(file)
    named = ", ".join(f'"{file.as_posix()}"' for file in files)
    office.configure(f'\n[tables.estimates]\nfiles = [{named}]\nwrite_back = {{ last_contact = "Last contact" }}\n')
    office.recipe("follow-up", follow_up(steps=NUDGE.replace('sets_status = "Viewed"', "")))
    told = office.run("follow-up", MONDAY, "--send")["write_back"]
    assert [(one["file"], one["cells"]) for one in told] == [(file.as_posix(), 1) for file in files]
    assert [file.read_text().splitlines()[1].endswith(",2026-11-23") for file in files] == [True, True]
    assert len({one["backup"] for one in told}) == 2


def test_two_spreadsheets_of_one_title_get_what_is_theirs(tmp_path: Path, port: int) -> None:
    estimate = ["1001", "Ann Li", "ann@li.example", "", "Furnace", "Accepted", date(2026, 11, 19), 900, "", ""]
    invoice = ["1001", "Zed Orr", "zed@orr.example", "", "Sent", date(2026, 11, 1), date(2026, 11, 10), 70, 70, "", ""]
    other_key = "2NorthsideBooksOfTheTests-0123456789_abcdefgh"
    with GoogleServer() as server:
        books = [
            server.keep("2026", Tab("Sheet1", rows_of((*headings, "Last contact"), row)), key=key, shared={EMAIL: "writer"})
            for key, headings, row in ((KEY, ("Number", *ESTIMATES[1:]), estimate), (other_key, ("Number", *INVOICES[1:]), invoice))
        ]
        office = Office(tmp_path / "office", config(port)).configure(f'\n[google]\napi_base = "{server.base}"\n')
        for table, key in (("estimates", KEY), ("invoices", other_key)):
            address = f"https://docs.google.com/spreadsheets/d/{key}/edit"
            office.configure(f'[tables.{table}]\ngoogle_sheet = "{address}"\nwrite_back = {{ last_contact = "Last contact" }}\n')
        google_key(office, server)
        by_mail = NUDGE.replace('sets_status = "Viewed"', "")
        office.recipe("follow-up", follow_up(steps=by_mail)).recipe("reminders", reminders(top="", more="", steps=by_mail))
        ran = office.do("run", "follow-up", "reminders", "--send", now=MONDAY)
    assert "1 cell written into 2026" in ran.out, ran.err
    assert [book.tabs[0].rows[1][-1] for book in books] == ["", "2026-11-23"]
