"""The screen in the document is what comes out."""

import re
from pathlib import Path

import pytest

from tests.docs.documents import ROOT
from tests.offices import ESTIMATES, INVOICES, follow_up
from tests.stories.at_a_terminal import Terminal
from tests.stories.inside import Office

DOCUMENT = ROOT / "docs" / "clearing-the-queue.md"
NOW = "2026-11-23T10:00"
ROWS = [
    ("E-1042", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/18/2026", "$4,800", ""),
    ("E-1043", "Bo Park", "", "312-555-0143", "Ducts", "Sent", "11/18/2026", "$950", ""),
]
OWED = [("2041", "Ann Li", "", "312-555-0142", "Overdue", "10/01/2026", "11/01/2026", "$250", "$250", "")]
SCREEN = re.compile(r"(?<=```\n\n```\n).*?(?=```)", re.DOTALL)


def test_the_screen_is_what_comes_out(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).sheet("invoices", INVOICES, OWED)
    office.recipe("estimate-follow-up", follow_up(mode="auto")).run("estimate-follow-up", "2026-11-20T09:30", "--send")
    office.recipe("estimate-follow-up", follow_up(mode="approve")).run("estimate-follow-up", NOW)
    with Terminal(tmp_path, "review", "--now", NOW) as terminal:
        screen = terminal.until("q quit") + "\n"
    text = DOCUMENT.read_text(encoding="utf-8")
    if request.config.getoption("--refresh-golden"):
        DOCUMENT.write_text(SCREEN.sub(lambda _: screen, text, count=1), encoding="utf-8", newline="\n")
    assert screen == SCREEN.search(DOCUMENT.read_text(encoding="utf-8"))[0], (
        "if it is meant: pytest tests/docs/test_clearing_the_queue.py --refresh-golden"
    )  # type: ignore[index]
