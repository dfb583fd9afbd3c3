"""What a note says that decides stands on the card, and nobody releases past it by one key."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.offices import ESTIMATES, INVOICES, follow_up
from tests.stories.at_a_terminal import Terminal
from tests.stories.contract.telephone import shipped
from tests.stories.contract_billing.note_rows import HEADINGS, job
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
ROWS = [
    ("E-1", "Denise Hale", "", "312-555-0141", "Furnace", "Sent", "11/21/2026", "$480", ""),
    ("E-2", "Bo Park", "", "312-555-0142", "Ducts", "Sent", "11/21/2026", "$90", "Wants a discount"),
    ("E-3", "Cy Fox", "", "312-555-0143", "Fan", "Sent", "11/21/2026", "$70", "Gate code 12"),
    ("E-4", "Di Orr", "", "312-555-0144", "Pump", "Sent", "11/21/2026", "$60", ""),
]
OWED = [("2103", "Denise Hale", "", "312-555-0141", "Sent", "10/01/2026", "11/15/2026", "$280", "$280", "Her lawyer wrote, do not contact")]
ASKS = 'review_if.notes_mention = ["discount", "lawyer"]'


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).sheet("invoices", INVOICES, OWED)
    office.recipe("mine", follow_up(mode="approve", top=ASKS)).run("mine", MONDAY)
    return office


@contextmanager
def card_of(office: Office, name: str) -> Iterator[tuple[Terminal, str]]:
    """The queue on a terminal, at the card of this customer."""
    with Terminal(office.folder, "review", "--now", MONDAY) as terminal:
        screen = terminal.until("q quit")
        while name not in screen:
            screen = terminal.press("n")
        yield terminal, screen


def state(office: Office, record: str) -> str:
    return next(
        one["state"] for one in office.do("review", "list", "--all", "--format", "json", now=MONDAY).json if one["record"] == record
    )


@pytest.mark.parametrize(
    ("name", "record", "note"),
    [
        ("Denise Hale", "E-1", "Invoice 2103 says: Her lawyer wrote, do not contact"),
        ("Bo Park", "E-2", "Its note says: Wants a discount"),
    ],
)
def test_a_note_stands_on_the_card_and_r_asks_once(office: Office, name: str, record: str, note: str) -> None:
    with card_of(office, name) as (terminal, screen):
        assert note in screen
        asked = terminal.press("r", then="y yes, n no")
        assert note in asked and "You have read the note. Release it all the same?" in asked
        assert name in terminal.press("n")
        assert state(office, record) == "open"
        terminal.press("r", then="y yes, n no")
        terminal.press("y")
    assert state(office, record) == "approved"


def test_a_note_that_decides_nothing_asks_nothing(office: Office) -> None:
    with card_of(office, "Cy Fox") as (terminal, screen):
        assert "Its note says: Gate code 12" in screen
        assert "Di Orr" in terminal.press("r")
    assert state(office, "E-3") == "approved"


def test_a_group_leaves_out_those_with_a_note(office: Office) -> None:
    with card_of(office, "Cy Fox") as (terminal, _):
        asked = terminal.press("g", then="y yes, n no")
        assert "Hi Cy," in asked and "Hi Di," in asked and "Hi Denise," not in asked and "Hi Bo," not in asked


def test_a_flag_shows_the_note_itself(tmp_path: Path) -> None:
    row = job(1001, "", note="Replaced the igniter. Smelled gas at the meter, told the customer to call the utility.").row()
    office = Office(tmp_path).sheet("jobs", HEADINGS, [row]).recipe("note-flags", shipped("note-flags", "approve"))
    office.run("note-flags", MONDAY, "--send")
    with card_of(office, "1001") as (terminal, screen):
        whole = "told the customer to call the utility."
        assert whole in " ".join(screen.split())
        assert whole in " ".join(terminal.press("v", then="Any key goes back.").split())
