"""`review` on a terminal: one item at a time, a key for each decision, everything written at once."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, INVOICES, follow_up
from tests.stories.at_a_terminal import Terminal
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
NAMES = ("Ann Li", "Bo Park", "Cy Fox")
ROWS = [(f"E-{n}", name, "", f"312-555-014{n}", "Furnace", "Sent", "11/21/2026", f"${n}80", "") for n, name in enumerate(NAMES, 1)]
OWED = [("2001", "Ann Li", "", "312-555-0141", "Sent", "10/01/2026", "11/01/2026", "$250", "$250", "")]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).sheet("invoices", INVOICES, OWED)
    office.recipe("mine", follow_up(mode="approve")).run("mine", MONDAY)
    return office


@contextmanager
def queue(office: Office, *words: str, **how: Any) -> Iterator[Terminal]:
    """The queue on a terminal, its first card shown."""
    with Terminal(office.folder, "review", *words, "--now", MONDAY, **how) as terminal:
        terminal.until("q quit")
        yield terminal


def states(office: Office) -> dict[str, str]:
    listed = office.do("review", "list", "--all", "--format", "json", now=MONDAY).json
    return {one["record"]: one["state"] if not one["until"] else f"until {one['until']}" for one in listed if one["kind"] == "message"}


def test_a_card_tells_why_the_story_and_the_words_and_its_keys_stand_at_the_foot(office: Office) -> None:
    with queue(office) as terminal:
        screen = terminal.screen()
    assert screen.splitlines()[0] == "1 of 3  Ann Li · estimate E-1 · $180.00"
    for part in ("sent 2 days ago, no answer", "Estimate follow-up, for Dana Reed", "estimates.csv, row 2", "invoice 2001, due Sun, Nov 1 $250.00",
                 "To (312) 555-0141 by text:", "Any questions about the estimate for Furnace ($180.00)?"):  # fmt: skip
        assert part in " ".join(screen.split()), part
    assert screen.splitlines()[-1].endswith("q quit")


def test_every_decision_is_written_before_the_next_card_stands_there_and_outlives_the_closed_window(office: Office) -> None:
    with queue(office) as terminal:
        assert "2 of 3  Bo Park" in terminal.press("r")
        assert states(office) == {"E-1": "approved", "E-2": "open", "E-3": "open"}
        terminal.press("s", then="> ")
        assert "3 of 3  Cy Fox" in terminal.press("fri\r")
    assert states(office) == {"E-1": "approved", "E-2": "until 2026-11-27", "E-3": "open"}


def test_undo_takes_back_one_after_the_other_and_shows_what_it_took_back(office: Office) -> None:
    with queue(office) as terminal:
        terminal.press("r")
        terminal.press("x", then="> ")
        terminal.press("I called him\r")
        assert states(office) == {"E-1": "approved", "E-2": "dismissed", "E-3": "open"}
        assert "2 of 3  Bo Park" in terminal.press("u")
        assert "1 of 3  Ann Li" in terminal.press("u")
        assert "There is nothing to take back." in terminal.press("u")
    assert set(states(office).values()) == {"open"}


def test_alike_items_are_released_together_once_their_words_were_shown(office: Office) -> None:
    with queue(office) as terminal:
        asked = terminal.press("g", then="y yes, n no")
        assert all(f"Hi {name.split()[0]}," in asked for name in NAMES)
        assert "1 of 3" in terminal.press("n")
        assert set(states(office).values()) == {"open"}
        terminal.press("g", then="y yes, n no")
        ended = terminal.press("y", then="still wait.")
        assert "3 released; 0 items still wait." in ended
        assert terminal.end() == 0
    assert set(states(office).values()) == {"approved"}


def test_of_two_numbers_the_one_that_was_called_is_asked_for_and_only_that_one_is_silenced(tmp_path: Path) -> None:
    two = [(*ROWS[0][:3], "312-555-0141, 312-555-0177", *ROWS[0][4:])]
    office = Office(tmp_path).sheet("estimates", ESTIMATES, two).recipe("mine", follow_up(mode="approve"))
    office.run("mine", MONDAY)
    with queue(office) as terminal:
        terminal.press("c", then="goes back)")
        asked = terminal.press("w", then="goes back)")
        assert "Which number did you call?" in asked and "1 (312) 555-0141  2 (312) 555-0177" in asked
        assert "Which number did you call?" in terminal.press("nd", then="goes back)")
        terminal.press("\x1b")
        assert office.do("optout", "--list", "--format", "json").json == []
        terminal.press("c", then="goes back)")
        terminal.press("w", then="goes back)")
        terminal.press("2", then="> ")
        terminal.press("a bakery\r", then="still wait.")
    assert [one["address"] for one in office.do("optout", "--list", "--format", "json").json] == ["+13125550177"]


def test_an_item_is_given_to_somebody_else(office: Office) -> None:
    with queue(office) as terminal:
        terminal.press("a", then="goes back)")
        assert "1 Ann Li: Maria Lopez has it now" in terminal.press("1")
    assert [one["record"] for one in office.queue("--owner", "Maria Lopez")] == ["E-1"]


def test_words_are_changed_in_the_editor_and_then_released(office: Office, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nprintf "Hello Ann, Dana here.\\n" > "$1"\n')
    editor.chmod(0o755)
    with queue(office, env={"EDITOR": str(editor)}) as terminal:
        assert "(your words):\n  Hello Ann, Dana here." in terminal.press("e")
        terminal.press("r")
    office.run("mine", MONDAY, "--send")
    assert ["Hello Ann, Dana here." in file.read_text() for file in office.outbox()] == [True]


def test_words_are_changed_at_the_foot_where_there_is_no_editor(office: Office) -> None:
    with queue(office) as terminal:
        terminal.press("e", then="Furnace ($180.00)?")
        assert "($180.00)? Best, Dana" in " ".join(terminal.press(" Best, Dana\r").split())
    [first] = [one for one in office.queue() if one["record"] == "E-1"]
    assert first["body"].endswith("($180.00)? Best, Dana")


@pytest.mark.parametrize("keys", ["\x03", "\x04", "q"])
def test_ctrl_c_and_q_end_it_without_a_loss_and_without_a_mistake(office: Office, keys: str) -> None:
    with queue(office) as terminal:
        terminal.press("r")
        assert "1 released; 2 items still wait." in terminal.press(keys, then="still wait.")
        assert terminal.end() == 0
    assert states(office) == {"E-1": "approved", "E-2": "open", "E-3": "open"}


def test_ctrl_c_and_an_empty_line_go_back_from_a_question(office: Office) -> None:
    with queue(office) as terminal:
        for back in ("\x03", "\r"):
            terminal.press("s", then="> ")
            time.sleep(0.5)  # Python misses a Ctrl-C between showing a prompt and waiting for keys; no person is as fast
            assert "1 of 3  Ann Li" in terminal.press(back)
    assert set(states(office).values()) == {"open"}


def test_what_cannot_be_understood_is_said_and_nothing_is_decided(office: Office) -> None:
    with queue(office) as terminal:
        terminal.press("s", then="> ")
        assert '"someday" is no day.' in terminal.press("someday\r", then="> ")
        assert "1 of 3  Ann Li" in terminal.press("\r")
        assert "? shows what each does" in terminal.press("z")
        assert "? shows what each does" in terminal.press("\x1b[A")
        assert "snooze: put it aside" in terminal.press("?", then="Any key goes back.")
        assert "1 of 3  Ann Li" in terminal.press(" ")
    assert set(states(office).values()) == {"open"}


def test_keys_that_bounce_decide_one_item_only(office: Office) -> None:
    with queue(office) as terminal:
        assert "2 of 3  Bo Park" in terminal.press("rrrr")
    assert states(office) == {"E-1": "approved", "E-2": "open", "E-3": "open"}


def test_what_was_sent_meanwhile_cannot_be_taken_back(office: Office) -> None:
    with queue(office) as terminal:
        terminal.press("r")
        office.run("mine", MONDAY, "--send")
        assert "1 cannot be taken back: it has left" in terminal.press("u")
    assert states(office)["E-1"] == "done"


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (60, 20), (60, 14)])
def test_no_screen_is_wider_or_longer_than_the_terminal(office: Office, columns: int, lines: int) -> None:
    with queue(office, columns=columns, lines=lines) as terminal:
        for keys in ("", "r", "n"):
            told = terminal.press(keys) if keys else terminal.screen()
            last = re.sub(r"\x1b\[[0-9;]*m", "", terminal.raw.rpartition("\x1b[2J\x1b[H")[2]).replace("\r", "")
            assert max(map(len, last.split("\n"))) <= columns
            assert len(last.split("\n")) == lines
            assert " of 3  " in told


def test_words_that_did_not_fit_are_shown_whole_before_they_are_released(office: Office) -> None:
    with queue(office, columns=40, lines=12) as terminal:
        assert "Furnace" not in terminal.screen()
        asked = terminal.press("r", then="y yes, n no")
        assert "Any questions about the estimate for Furnace ($180.00)?" in " ".join(asked.split())
        assert set(states(office).values()) == {"open"}
        terminal.press("y")
    assert states(office)["E-1"] == "approved"


def test_colours_are_left_out_where_nobody_wants_them(office: Office) -> None:
    with queue(office) as coloured, queue(office, env={"NO_COLOR": "1"}) as plain:
        assert "\x1b[1m" in coloured.raw
        assert "\x1b[1m" not in plain.raw and "\x1b[36m" not in plain.raw


def test_off_a_terminal_the_queue_is_listed(office: Office) -> None:
    assert office.do("review", now=MONDAY).out == office.do("review", "list", now=MONDAY).out


def test_only_one_persons_items_are_gone_through(office: Office) -> None:
    office.do("review", "assign", office.item("E-2"), "--to", "owner", now=MONDAY)
    with queue(office, "--owner", "Maria Lopez") as terminal:
        assert "1 of 1  Bo Park" in terminal.screen()
