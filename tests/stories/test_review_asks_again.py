"""A key that is no answer brings the question again; it never decides about the next customer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import ESTIMATES, INVOICES, follow_up, of, reminders
from tests.stories.at_a_terminal import Terminal
from tests.stories.contract.telephone import shipped
from tests.stories.contract_billing.note_rows import HEADINGS, job
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
NAMES = ("Ann Li", "Bo Park", "Cy Fox", "Di Orr", "Ed Moe", "Flo Nye", "Gus Ott", "Hal Poe", "Ida Roe")
ROWS = [(f"E-{n}", name, "", f"312-555-014{n}", "Furnace", "Sent", "11/21/2026", f"${n}80", "") for n, name in enumerate(NAMES, 1)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up(mode="approve"))
    office.run("mine", MONDAY)
    return office


@pytest.fixture
def terminal(office: Office) -> Iterator[Terminal]:
    with Terminal(office.folder, "review", "--now", MONDAY) as terminal:
        terminal.until("q quit")
        yield terminal


def decision(office: Office, recipe: str) -> str:
    return str(of(office.run(recipe, MONDAY), "1")["decision"])


def decided(office: Office) -> dict[str, str]:
    listed = office.do("review", "list", "--all", "--format", "json", now=MONDAY).json
    return {
        one["record"]: one["state"] if not one["until"] else f"until {one['until']}"
        for one in listed
        if one["state"] != "open" or one["until"]
    }


def test_done_with_that_is_asked_until_it_is_answered_and_a_no_stays_with_the_customer(office: Office, terminal: Terminal) -> None:
    terminal.press("c", then="goes back)")
    terminal.press("r", then="> ")
    terminal.press("\r", then="y yes, n no")
    for stray in "cdx":
        assert "Done with that?" in terminal.press(stray, then="y yes, n no")
    assert "1 of 9  Ann Li" in terminal.press("n")
    assert decided(office) == {}


def test_a_mistyped_day_is_asked_for_again_and_its_letters_decide_nothing(office: Office, terminal: Terminal) -> None:
    terminal.press("s", then="> ")
    assert '"yesterdayy" is no day' in terminal.press("yesterdayy\r", then="> ")
    assert "2 of 9  Bo Park" in terminal.press("dec 1\r")
    assert decided(office) == {"E-1": "until 2026-12-01"}


def test_a_mistyped_day_of_a_promise_is_asked_for_again(tmp_path: Path) -> None:
    owed = ("1", "Ann Li", "", "312-555-0141", "Sent", "9/1/2026", "11/18/2026", "$300", "$300", "")
    office = Office(tmp_path).sheet("invoices", INVOICES, [owed]).recipe("chase", reminders("approve"))
    office.run("chase", MONDAY)
    with Terminal(office.folder, "review", "--now", MONDAY) as terminal:
        terminal.until("q quit")
        terminal.press("c", then="goes back)")
        terminal.press("p", then="> ")
        assert '"someday" is no day' in terminal.press("someday\r", then="> ")
        terminal.press("dec 1\r", then="> ")
        terminal.press("\r", then="still wait")
    assert decided(office) == {"1": "until 2026-12-02"}
    assert decision(office, "chase") == "hold"


def test_a_reason_that_is_missing_and_a_key_that_is_no_answer_are_told_what_is_expected(office: Office, terminal: Terminal) -> None:
    terminal.press("x", then="> ")
    assert "A few words are needed. Why?" in terminal.press("\r", then="> ")
    terminal.press("\x1b")
    terminal.press("a", then="goes back)")
    assert '"m" is no answer here: press 1 or 2, or Esc to go back.' in terminal.press("m", then="goes back)")
    terminal.press("\x1b")
    assert decided(office) == {}


def test_a_call_about_an_estimate_offers_no_promise_to_pay(office: Office, terminal: Terminal) -> None:
    asked = terminal.press("c", then="goes back)")
    assert "d dispute" in asked and "promise" not in asked


def test_esc_goes_back_from_every_question(office: Office, terminal: Terminal) -> None:
    for key, asked in {"s": "> ", "x": "> ", "e": "($180.00)?", "a": "goes back)", "c": "goes back)", "g": "goes back."}.items():
        terminal.press(key, then=asked)
        assert "1 of 9  Ann Li" in terminal.press("\x1b"), key
    terminal.press("c", then="goes back)")
    terminal.press("v", then="> ")
    assert "1 of 9  Ann Li" in terminal.press("half a word\x1b")
    assert decided(office) == {}


def test_arrows_still_move_in_a_line_that_is_typed(office: Office, terminal: Terminal) -> None:
    terminal.press("x", then="> ")
    terminal.press("a\x1b[Db\r")
    assert [
        one["note"] for one in office.do("review", "list", "--all", "--format", "json", now=MONDAY).json if one["state"] == "dismissed"
    ] == ["ba"]


def test_a_list_longer_than_the_screen_is_shown_page_by_page_before_it_asks(office: Office, terminal: Terminal) -> None:
    first = terminal.press("g", then="goes back.")
    assert "Page 1 of 2" in terminal.press("y", then="goes back.")
    last = terminal.press(" ", then="y yes, n no")
    assert all(f"Hi {name.split()[0]}," in first + last for name in NAMES)
    assert "Release these 9? You have not come to 8 of them yet." in " ".join(last.split())
    terminal.press("y", then="still wait.")
    assert set(decided(office)) == {row[0] for row in ROWS}


def test_what_was_left_for_later_is_in_no_group(office: Office, terminal: Terminal) -> None:
    terminal.press("n")
    assert "g group of 8" in terminal.screen()
    terminal.press("g", then="goes back.")
    terminal.press(" ", then="y yes, n no")
    terminal.press("y", then="still waits.")
    assert "E-1" not in decided(office) and len(decided(office)) == 8


def test_a_danger_is_not_ticked_off_by_one_key(tmp_path: Path) -> None:
    row = job(1001, "", note="Replaced the igniter. Smelled gas at the meter.", done="11/23/2026").row()
    office = Office(tmp_path).sheet("jobs", HEADINGS, [row]).recipe("note-flags", shipped("note-flags", "approve"))
    office.run("note-flags", MONDAY, "--send")
    with Terminal(office.folder, "review", "--now", MONDAY) as terminal:
        terminal.until("q quit")
        assert "This is urgent" in " ".join(terminal.press("d", then="> ").split())
        assert "A few words are needed." in " ".join(terminal.press("\r", then="> ").split())
        assert "1 of 1" in terminal.press("\x1b")
        assert decided(office) == {}
        terminal.press("d", then="> ")
        terminal.press("Priya, the meter is tight\r", then="0 items still wait.")
    assert list(decided(office).values()) == ["done"]
    assert "done by hand: Priya, the meter is tight" in office.do("review", "list", "--all", now=MONDAY).out


def test_a_text_longer_than_the_line_is_changed_in_nano_where_nobody_chose_an_editor(office: Office, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    nano = tmp_path / "bin" / "nano"
    nano.write_text('#!/bin/sh\nprintf "Hello Ann, Dana here.\\n" > "$1"\n')
    nano.chmod(0o755)
    path = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"}
    with Terminal(office.folder, "review", "--now", MONDAY, env=path) as terminal:
        terminal.until("q quit")
        assert "(your words):\n  Hello Ann, Dana here." in terminal.press("e")
        asked = terminal.press("e", then="Dana here.")
        assert "Esc goes back" in asked
