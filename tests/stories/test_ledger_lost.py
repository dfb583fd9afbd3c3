"""A ledger that was deleted: nobody hears twice, and `check` says which copy to put back."""

import shutil
from pathlib import Path

import pytest

from tests.offices import CONFIG, ESTIMATES, INVOICES, follow_up, reminders
from tests.stories.inside import Office

MONDAY, TUESDAY = "2026-11-23T10:00", "2026-11-24T10:00"
ROWS = [("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480.00", "")]
BILLS = [("I-1", "Cy Fox", "", "312-555-0199", "Sent", "11/01/2026", "11/15/2026", "$300", "$300", "")]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path, CONFIG).sheet("estimates", ESTIMATES, ROWS).sheet("invoices", INVOICES, BILLS)
    return made.recipe("mine", follow_up()).recipe("bills", reminders())


def lose(office: Office) -> None:
    for file in office.folder.glob("ledger.db*"):
        if file.suffix != ".lock":
            file.unlink()


def brakes(office: Office, *words: str, now: str = MONDAY) -> list[str]:
    return [one["name"] for one in office.do("run", *words, "--format", "json", now=now).json["brakes"]]


def test_the_first_runs_of_an_office_are_held_by_nothing(office: Office) -> None:
    assert office.do("digest", "--send", now=MONDAY).code != 4
    assert office.do("run", "mine", "bills", "--send", now=MONDAY).code == 0
    assert len([file for file in office.outbox() if "-+1312" in file.name]) == 2
    assert office.recipe("third", follow_up()).do("run", "third", "--send", now=MONDAY).code == 0


def test_a_first_run_that_failed_does_not_hold_the_next(office: Office) -> None:
    (office.folder / "estimates.csv").rename(office.folder / "away.csv")
    assert office.do("run", "mine", "--send", now=MONDAY).code == 3
    (office.folder / "away.csv").rename(office.folder / "estimates.csv")
    assert office.do("run", "mine", "--send", now=MONDAY).code == 0


def test_messages_in_the_outbox_tell_that_the_ledger_was_lost(office: Office) -> None:
    office.do("run", "mine", "--send", now=MONDAY)
    lose(office)
    for file in office.folder.glob("ledger.db*.lock"):
        file.unlink()
    assert brakes(office, "mine") == ["ledger-new"]
    for _ in range(2):  # the run that it held is no run that sent
        assert brakes(office, "mine", "--send") == ["ledger-new"]
    assert len(office.outbox()) == 1
    office.do("inbox", now=MONDAY)
    assert brakes(office, "bills", "--send") == ["ledger-new"]
    assert office.do("run", "bills", "--send", "--accept", "ledger-new", now=MONDAY).code == 0
    assert brakes(office, "bills", "--send", now=TUESDAY) == []


def test_a_lock_tells_it_where_messages_leave_no_file(office: Office) -> None:
    office.do("run", "mine", "--send", now=MONDAY)
    lose(office)
    shutil.rmtree(office.folder / "outbox")
    (office.folder / "ledger.db.mine.lock").touch()
    for words in (("mine",), ("bills", "--send"), ("mine", "--send"), ("mine", "--send")):
        assert brakes(office, *words) == ["ledger-new"]
    assert office.outbox() == []


def test_check_names_the_copy_and_once_it_is_back_all_is_well(office: Office) -> None:
    copy = office.folder / "backups" / "ledger-2026-11-23.db"
    office.do("run", "mine", "--send", now=MONDAY)
    assert office.do("ledger", "backup", str(copy), now=MONDAY).code == 0
    lose(office)
    shutil.rmtree(office.folder / "outbox")
    ran = office.do("check", "--format", "json", now=MONDAY)
    [found] = [one for one in ran.json if "the ledger is new" in one["message"]]
    assert (ran.code, found["level"], found["about"]) == (3, "error", "ledger")
    assert "backups/ledger-2026-11-23.db knows of 1 message" in found["message"]
    assert "copy backups/ledger-2026-11-23.db to ledger.db" in found["remedy"]
    assert brakes(office, "mine", "--send") == ["ledger-new"]
    lose(office)
    shutil.copy(copy, office.folder / "ledger.db")
    assert brakes(office, "mine", "--send") == []
    assert office.outbox() == []
    assert not [one for one in office.do("check", "--format", "json", now=MONDAY).json if "the ledger is new" in one["message"]]


def test_the_report_tells_what_the_brake_saw_and_what_to_do(office: Office) -> None:
    office.do("run", "mine", "--send", now=MONDAY)
    lose(office)
    office.do("run", "mine", "--send", now=MONDAY)
    told = office.do("report", now=MONDAY).out
    assert "topped by a brake: " in told.splitlines()[1]
    assert "the ledger is new, but this office has sent before (outbox/ holds 1 message that it does not know" in told
    assert "> Put its newest copy back: contractor-ops check says which." in told
    assert "contractor-ops run mine --accept ledger-new" in told
