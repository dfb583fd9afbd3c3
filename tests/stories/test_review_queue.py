"""The review queue: what waits, for whom, and what each answer does."""

from pathlib import Path

import pytest

from tests.offices import ESTIMATES, decided, follow_up, of
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
TUESDAY = "2026-11-24T10:00"
ROWS = [
    ("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", ""),
    ("E-2", "Bo Park", "", "312-555-0143", "Ducts", "Sent", "11/21/2026", "$90", ""),
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up(mode="approve"))
    office.run("mine", MONDAY)
    return office


def words(office: Office, record: str) -> str:
    return next(one["body"] for one in office.queue() if one["record"] == record)


def test_a_rehearsal_fills_the_queue_once_however_often_it_runs(office: Office) -> None:
    before = office.queue()
    for _ in range(2):
        office.run("mine", MONDAY)
    assert office.queue() == before
    assert [one["record"] for one in before] == ["E-1", "E-2"]
    assert all(one["owner"] == "office" and one["body"] and one["to"] for one in before)


@pytest.mark.parametrize("who", ["office", "Dana Reed", "dana reed"])
def test_the_owner_is_named_by_key_or_name(office: Office, who: str) -> None:
    assert len(office.queue("--owner", who)) == 2
    assert office.queue("--owner", "owner") == []


def test_an_owner_who_does_not_exist_is_told(office: Office) -> None:
    ran = office.do("review", "list", "--owner", "ofice")
    assert ran.code == 3
    assert "office" in ran.err


def test_approve_releases_one_and_only_that_one(office: Office) -> None:
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    assert office.outbox() == []  # a release sends nothing by itself
    assert [one["record"] for one in office.queue()] == ["E-2"]
    assert decided(office.run("mine", MONDAY, "--send")) == {"E-1": "act", "E-2": "review"}
    assert len(office.outbox()) == 1
    assert [one["record"] for one in office.queue()] == ["E-2"]
    assert decided(office.run("mine", TUESDAY, "--send"))["E-1"] == "wait"


def test_edited_words_wait_for_their_release_and_leave_as_they_were_edited(office: Office) -> None:
    number = office.item("E-1")
    assert office.do("review", "edit", number, "--text", "Hello Ann, Dana here.", now=MONDAY).code == 0
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["outcome"] is None
    assert words(office, "E-1") == "Hello Ann, Dana here."
    office.do("review", "approve", number, now=MONDAY)
    sent = of(office.run("mine", MONDAY, "--send"), "E-1")
    assert (sent["outcome"], sent["body"]) == ("sent", "Hello Ann, Dana here.")
    [file] = office.outbox()
    assert "Hello Ann, Dana here." in file.read_text()


def test_words_edited_after_the_release_wait_again(office: Office) -> None:
    number = office.item("E-1")
    office.do("review", "approve", number, now=MONDAY)
    office.do("review", "edit", number, "--text", "Something else.", now=MONDAY)
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["decision"] == "review"
    assert office.outbox() == []


def test_words_that_the_recipe_changed_after_the_release_are_asked_again(office: Office) -> None:
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    office.recipe("mine", follow_up(mode="approve").replace("Any questions", "Any doubts"))
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["decision"] == "review"
    assert office.outbox() == []
    assert "doubts" in words(office, "E-1")
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["outcome"] == "sent"


@pytest.mark.parametrize(("column", "value"), [(3, "312-555-0199"), (7, "$999"), (8, "see me first"), (4, "Boiler")])
def test_a_row_that_changed_after_the_release_is_asked_again(office: Office, column: int, value: str) -> None:
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    changed = list(ROWS[0])
    changed[column] = value
    office.sheet("estimates", ESTIMATES, [changed, ROWS[1]])
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["decision"] == "review"
    assert office.outbox() == []


def test_a_row_that_only_moved_keeps_its_release(office: Office) -> None:
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    office.sheet("estimates", ESTIMATES, [ROWS[1], ROWS[0]])
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["outcome"] == "sent"


def test_dismissed_means_that_this_step_is_not_done_and_the_next_one_comes(office: Office) -> None:
    assert office.do("review", "dismiss", office.item("E-1"), "--because", "I called her", now=MONDAY).code == 0
    assert decided(office.run("mine", MONDAY, "--send"))["E-1"] == "wait"
    assert [one["record"] for one in office.queue()] == ["E-2"]
    later = of(office.run("mine", "2026-11-26T10:00", "--send"), "E-1")
    assert (later["decision"], later["step"]) == ("review", "second-nudge")
    assert "I called her" in office.do("why", "estimates", "E-1", now=MONDAY).out


def test_dismissed_says_that_only_this_step_is_settled_and_how_to_end_it(office: Office) -> None:
    number = office.item("E-1")
    said = office.do("review", "dismiss", number, now=MONDAY).out
    assert said == f"{number} Ann Li: dismissed; the recipe goes on with its next step. To end it for good: contractor-ops skip mine E-1\n"
    assert office.do("skip", "mine", "E-1", now=MONDAY).code == 0


@pytest.mark.parametrize("answer", [("approve",), ("dismiss",), ("done",), ("snooze", "--until", "2026-11-25")])
def test_an_answer_can_be_taken_back(office: Office, answer: tuple[str, ...]) -> None:
    number = office.item("E-1")
    assert office.do("review", answer[0], number, *answer[1:], now=MONDAY).code == 0
    assert "Ann Li" not in office.do("review", "list", now=MONDAY).out
    assert office.do("review", "reopen", number, now=MONDAY).out == f"{number} Ann Li: open again\n"
    assert "Ann Li" in office.do("review", "list", now=MONDAY).out
    assert decided(office.run("mine", MONDAY, "--send"))["E-1"] == "review"
    assert office.outbox() == []


def test_what_is_open_or_closed_cannot_be_reopened(office: Office) -> None:
    number = office.item("E-1")
    assert office.do("review", "reopen", number, now=MONDAY).code == 2
    office.do("review", "approve", number, now=MONDAY)
    office.run("mine", MONDAY, "--send")
    ran = office.do("review", "reopen", number, now=MONDAY)
    assert (ran.code, ran.out) == (2, "") and "done already" in ran.err


def test_a_task_is_ticked_off_as_done(office: Office) -> None:
    office.run("mine", "2026-12-14T10:00", "--send")
    number = office.item("E-1")
    assert "review done" in office.do("review", "show", number, now=MONDAY).out
    assert office.do("review", "done", number, now=MONDAY).out == f"{number} Ann Li: done\n"
    assert [one["record"] for one in office.queue()] == ["E-2"]


def test_a_row_without_an_address_says_what_to_do_about_it(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [(*ROWS[0][:3], "", *ROWS[0][4:]), ROWS[1]])
    office.run("mine", MONDAY)
    number = office.item("E-1")
    shown = office.do("review", "show", number, now=MONDAY).out
    assert "To: no number or e-mail in the sheet" in shown
    assert "Add a mobile or an e-mail" in shown and f"contractor-ops review dismiss {number}" in shown
    assert "no number or e-mail in the sheet" in office.do("report", "--call-list", now=MONDAY).out


def test_the_list_is_in_the_order_of_the_numbers(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [*ROWS, ("E-0", "Cy Fox", "", "312-555-0144", "AC", "Sent", "11/20/2026", "$70", "")])
    office.run("mine", MONDAY)
    assert [one["id"] for one in office.queue()] == [1, 2, 3]


def test_released_messages_that_the_night_holds_are_told_last(office: Office) -> None:
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    said = office.do("run", "mine", "--send", now="2026-11-23T21:00").out.splitlines()[-1]
    assert said == "1 released message is held, until Tue, Nov 24, 9:00 am: run the same command again then, or let cron do it."


def test_snoozed_stays_a_review_and_comes_back_on_its_day(office: Office) -> None:
    number = office.item("E-1")
    assert office.do("review", "snooze", number, "--until", "2026-11-25", now=MONDAY).code == 0
    snoozed = of(office.run("mine", TUESDAY, "--send"), "E-1")
    assert snoozed["decision"] == "review"
    assert snoozed["until"][:10] == "2026-11-25"
    assert "Ann Li" not in office.do("review", "list", now=TUESDAY).out
    assert "Ann Li" in office.do("review", "list", now="2026-11-25T10:00").out


def test_show_tells_the_words_the_address_and_the_row(office: Office) -> None:
    shown = office.do("review", "show", office.item("E-1"), now=MONDAY)
    assert shown.code == 0
    for part in ("Ann Li", "555-0142", "estimates.csv", "row 2", "Any questions about the estimate for Furnace"):
        assert part in shown.out, part


def test_what_was_answered_cannot_be_answered_again(office: Office) -> None:
    number = office.item("E-1")
    office.do("review", "approve", number, now=MONDAY)
    office.run("mine", MONDAY, "--send")
    for command in (("approve",), ("dismiss",), ("edit", "--text", "x"), ("snooze", "--until", "2026-12-01")):
        ran = office.do("review", command[0], number, *command[1:], now=MONDAY)
        assert ran.code in {2, 3}, command
    assert office.do("review", "approve", "999", now=MONDAY).code == 3
    assert office.do("review", "approve", "seven", now=MONDAY).code == 2


def test_a_row_that_ended_takes_its_item_along(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [(*ROWS[0][:5], "Accepted", *ROWS[0][6:]), ROWS[1]])
    office.run("mine", MONDAY)
    assert [one["record"] for one in office.queue()] == ["E-2"]


def test_a_release_is_for_its_step_only(office: Office) -> None:
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    office.sheet("estimates", ESTIMATES, [(*ROWS[0][:7], "$999", ""), ROWS[1]])
    later = of(office.run("mine", "2026-11-27T10:00", "--send"), "E-1")
    assert (later["step"], later["decision"]) == ("second-nudge", "review")
    assert office.outbox() == []


def test_a_release_that_came_too_late_for_its_step_is_told(office: Office) -> None:
    number = office.item("E-1")
    office.do("review", "approve", number, now=MONDAY)
    office.sheet("estimates", ESTIMATES, [(*ROWS[0][:7], "$999", ""), ROWS[1]])
    office.run("mine", "2026-11-27T10:00", "--send")
    [waiting] = [one for one in office.queue() if one["record"] == "E-1"]
    assert waiting["step"] == "second-nudge"
    assert "first-nudge was released, but the row has changed since" in waiting["reason"]
    assert waiting["note"] == f"{number} (first-nudge) was released and did not leave before this step fell due"


def test_what_is_put_aside_stays_so_when_a_later_step_falls_due(office: Office) -> None:
    office.do("review", "snooze", office.item("E-1"), "--until", "2026-12-01", now=MONDAY)
    for day in ("2026-11-27", "2026-11-28", "2026-11-30"):
        assert office.run("mine", f"{day}T10:00", "--send")["counts"]["review"] == 2
        assert "Ann Li" not in office.do("review", "list", now=f"{day}T10:00").out
    assert "Ann Li" in office.do("review", "list", now="2026-12-01T10:00").out
    assert office.outbox() == []


def test_a_release_still_keeps_the_sending_hours_and_the_cap(office: Office) -> None:
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    held = of(office.run("mine", "2026-11-23T21:00", "--send"), "E-1")
    assert (held["decision"], office.outbox()) == ("hold", [])
    assert of(office.run("mine", TUESDAY, "--send"), "E-1")["outcome"] == "sent"


def test_several_are_released_at_once_and_a_typing_mistake_releases_none(office: Office) -> None:
    first, second = office.item("E-1"), office.item("E-2")
    assert office.do("review", "approve", first, "999", now=MONDAY).code == 3
    assert len(office.queue()) == 2
    assert office.do("review", "approve", first, second, now=MONDAY).code == 0
    office.run("mine", MONDAY, "--send")
    assert len(office.outbox()) == 2


def test_the_report_shows_what_runs_found_and_the_call_list_can_be_pasted(office: Office) -> None:
    report = office.do("report", now=MONDAY)
    assert report.code == 0
    assert "Ann Li" in report.out and "Dana Reed" in report.out.title()
    office.sheet("estimates", ESTIMATES, [*ROWS, ("E-3", "Cy Fox", "", "312-555-0144", "AC", "Sent", "11/21/2026", "$70", "")])
    assert "Cy Fox" not in office.do("report", now=MONDAY).out  # it never plans
    calls = office.do("report", "--call-list", now=MONDAY)
    assert calls.code == 0
    assert "Any questions about the estimate for Furnace ($480.00)?" in " ".join(calls.out.split())
    assert "555-0142" in calls.out
    assert "\x1b" not in calls.out
