"""In a window of 60 columns no line is cut inside a word: the last ones are those that people copy."""

import re
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="no terminals of this kind here")

from tests.offices import ESTIMATES, Office, follow_up
from tests.stories.at_a_terminal import Terminal

COLUMNS = 60


def shown(folder: Path, *words: str, env: dict[str, str] | None = None) -> list[str]:
    with Terminal(folder, *words, "--now", "2026-11-23T10:00", columns=COLUMNS, env={"COLUMNS": str(COLUMNS), **(env or {})}) as terminal:
        terminal.end()
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.raw).replace("\r", "").splitlines()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office").sheet("estimates", ESTIMATES, [])
    return made.configure('\n[inbox.imap]\nhost = "127.0.0.1"\nport = 1\nuser = "office@northside.example"\n').recipe("mine", follow_up())


@pytest.mark.parametrize("words", [("inbox",), ("run", "nobody-knows-it"), ("watch", "--once"), ("review", "approve", "12")])
def test_every_line_fits(office: Office, words: tuple[str, ...]) -> None:
    lines = shown(office.folder, *words, env={"IMAP_PASSWORD": "a secret"})
    assert len(lines) > 1
    assert max(map(len, lines)) <= COLUMNS


def test_the_way_to_install_a_schedule_fits(office: Office) -> None:
    *_, first, last = shown(office.folder, "cron", "--for", "systemd")
    assert (first, last) == (
        "2 jobs are shown; nothing was installed. To install them:", "contractor-ops cron --install --for systemd",
    )  # fmt: skip
