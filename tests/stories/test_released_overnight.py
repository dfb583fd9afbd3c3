"""What a person released before the sending hours leaves when they begin, also where the next step has fallen due meanwhile."""

from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, INVOICES, STEPS, decided, follow_up, message, of, reminders
from tests.stories.inside import Office


def estimate(sent: str, number: str = "E-1", total: str = "$480.00", status: str = "Sent", notes: str = "") -> tuple[str, ...]:
    return (number, "Ann Li", "", "312-555-0142", "Furnace", status, sent, total, notes)


def released(folder: Path, *rows: tuple[str, ...], now: str = "2026-11-23T08:25", **recipe: Any) -> Office:
    """An office in which a person has released all that waited before nine."""
    office = Office(folder)
    office.sheet("estimates", ESTIMATES, rows).recipe("mine", follow_up(**{"mode": "approve", **recipe}))
    return release(office, now)


def release(office: Office, now: str) -> Office:
    """A person releases all that waits."""
    office.run("mine", now)
    assert office.do("review", "approve", *(str(one["id"]) for one in office.queue()), now=now).code == 0
    return office


def sent(office: Office, now: str, record: str = "E-1") -> tuple[Any, ...]:
    """What the run at this time decided and did."""
    one = of(office.run("mine", now, "--send"), record)
    return one["decision"], one["step"], one["outcome"]


def states(office: Office) -> dict[int, str]:
    return {one["id"]: one["state"] for one in office.do("review", "list", "--all", "--format", "json").json}


@pytest.mark.parametrize(
    ("sent_on", "monday", "tuesday"),
    [
        ("10/07/2026", "2026-10-12", "2026-10-13"),
        ("10/28/2026", "2026-11-02", "2026-11-03"),  # the clocks went back on Sunday
        ("11/18/2026", "2026-11-23", "2026-11-24"),
        ("12/23/2026", "2026-12-28", "2026-12-29"),
        ("03/10/2027", "2027-03-15", "2027-03-16"),  # and forward
    ],
)
def test_what_was_released_before_nine_leaves_at_nine_and_the_next_step_comes_another_day(
    tmp_path: Path, sent_on: str, monday: str, tuesday: str
) -> None:
    office = released(tmp_path, estimate(sent_on), now=f"{monday}T08:25")
    held = of(office.run("mine", f"{monday}T08:26", "--send"), "E-1")
    assert (held["decision"], held["step"], held["until"][:16]) == ("hold", "first-nudge", f"{monday}T09:00")
    assert sent(office, f"{monday}T09:05") == ("act", "first-nudge", "sent")
    assert states(office) == {1: "done"}
    waits = of(office.run("mine", f"{monday}T09:20", "--send"), "E-1")
    assert (waits["decision"], waits["step"], waits["until"][:16]) == ("hold", "second-nudge", f"{tuesday}T09:00")
    assert office.queue() == []
    assert sent(office, f"{tuesday}T08:50") == ("hold", "second-nudge", None)
    assert sent(office, f"{tuesday}T09:00") == ("review", "second-nudge", None)
    release(office, f"{tuesday}T09:10")
    assert sent(office, f"{tuesday}T09:15") == ("act", "second-nudge", "sent")
    assert sent(office, f"{tuesday}T09:20")[:2] == ("wait", "hand-over")
    assert len(office.outbox()) == 2


def test_the_reasons_say_what_came_first_and_what_waits(tmp_path: Path) -> None:
    office = released(tmp_path, estimate("11/18/2026"))
    leaves = of(office.run("mine", "2026-11-23T09:05", "--send"), "E-1")
    assert leaves["reason"] == "sent 5 days ago, no answer; it was released before second-nudge fell due"
    waits = of(office.run("mine", "2026-11-23T09:20", "--send"), "E-1")
    left = "first-nudge, which a person had released, left today at 9:05 AM"
    assert waits["reason"] == f"sent 5 days ago, no answer; {left}: second-nudge waits for another day"
    office.run("mine", "2026-11-24T09:05")
    [item] = office.queue()
    assert item["reason"] == f"sent 6 days ago, no answer; {left.replace('today', 'Mon, Nov 23')}: a person releases it"


def test_a_call_list_waits_for_the_day_after_too(tmp_path: Path) -> None:
    office = released(tmp_path, estimate("11/09/2026"))
    assert sent(office, "2026-11-23T09:05") == ("act", "second-nudge", "sent")
    waits = of(office.run("mine", "2026-11-23T16:00", "--send"), "E-1")
    assert (waits["decision"], waits["step"], waits["until"][:16]) == ("hold", "hand-over", "2026-11-24T09:00")
    assert waits["reason"].endswith("left today at 9:05 AM: hand-over waits for another day")
    assert office.queue() == []
    assert sent(office, "2026-11-24T09:05") == ("act", "hand-over", "queued")
    assert sent(office, "2026-11-25T09:05")[0] == "done"
    assert len(office.outbox()) == 1


def test_a_release_of_friday_leaves_on_wednesday_where_no_run_came_between(tmp_path: Path) -> None:
    office = released(tmp_path, estimate("11/18/2026"), now="2026-11-20T16:00")
    assert sent(office, "2026-11-25T10:00") == ("act", "first-nudge", "sent")
    assert sent(office, "2026-11-25T19:00") == ("hold", "second-nudge", None)
    assert sent(office, "2026-11-26T10:00") == ("review", "second-nudge", None)


def test_where_two_later_steps_fell_due_the_last_of_them_follows(tmp_path: Path) -> None:
    office = released(tmp_path, estimate("11/18/2026"), now="2026-11-20T16:00", steps=STEPS.replace('"14 days"', '"9 days"'))
    assert sent(office, "2026-11-28T10:00") == ("act", "first-nudge", "sent")
    assert sent(office, "2026-11-28T11:00") == ("hold", "hand-over", None)
    assert sent(office, "2026-11-29T11:00") == ("act", "hand-over", "queued")
    assert len(office.outbox()) == 1


def test_steps_in_business_days_wait_for_the_next_one(tmp_path: Path) -> None:
    steps = STEPS.replace('"2 days"', '"1 business day"').replace('"5 days"', '"3 business days"')
    office = released(tmp_path, estimate("11/17/2026"), now="2026-11-20T08:25", steps=steps)
    assert sent(office, "2026-11-20T09:05") == ("act", "first-nudge", "sent")
    waits = of(office.run("mine", "2026-11-20T09:20", "--send"), "E-1")
    assert (waits["decision"], waits["until"][:16]) == ("hold", "2026-11-23T09:00")
    assert sent(office, "2026-11-22T10:00")[:2] == ("hold", "second-nudge")
    assert sent(office, "2026-11-23T09:05")[:2] == ("review", "second-nudge")


def test_where_only_some_are_a_persons_the_rest_goes_on_by_itself_the_day_after(tmp_path: Path) -> None:
    office = released(tmp_path, estimate("11/18/2026", total="$20,000"), mode="auto", more="[review_if]\ntotal_at_least = 15000")
    assert sent(office, "2026-11-23T09:05") == ("act", "first-nudge", "sent")
    asked = of(office.run("mine", "2026-11-23T09:20", "--send"), "E-1")
    assert (asked["decision"], asked["step"]) == ("review", "second-nudge")
    assert asked["reason"].endswith("second-nudge waits for another day")
    release(office, "2026-11-23T09:30")
    assert sent(office, "2026-11-23T09:35") == ("hold", "second-nudge", None)
    assert sent(office, "2026-11-24T09:05") == ("act", "second-nudge", "sent")


@pytest.mark.parametrize("words", [("optout", "312-555-0142"), ("skip", "mine", "E-1")])
def test_who_is_out_since_hears_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    office = released(tmp_path, estimate("11/18/2026"))
    assert office.do(*words, now="2026-11-23T08:40").code == 0
    assert sent(office, "2026-11-23T09:05")[0] == "ended"
    assert office.outbox() == []


def test_what_is_settled_since_ends_and_what_is_paused_waits_released(tmp_path: Path) -> None:
    office = released(tmp_path / "settled", estimate("11/18/2026"))
    office.sheet("estimates", ESTIMATES, [estimate("11/18/2026", status="Accepted")])
    assert sent(office, "2026-11-23T09:05")[0] == "ended"
    paused = released(tmp_path / "paused", estimate("11/18/2026"))
    paused.do("pause", "Ann Li", "--until", "2026-11-25", now="2026-11-23T08:40")
    assert sent(paused, "2026-11-23T09:05") == ("hold", "first-nudge", None)
    assert sent(paused, "2026-11-25T09:05") == ("act", "first-nudge", "sent")
    assert sent(paused, "2026-11-25T09:20") == ("hold", "second-nudge", None)


@pytest.mark.parametrize(("changed", "what"), [("row", "the row has changed since"), ("words", "the words have changed since")])
def test_what_changed_since_is_asked_again_about_the_step_that_is_due(tmp_path: Path, changed: str, what: str) -> None:
    office = released(tmp_path, estimate("11/18/2026"))
    if changed == "row":
        office.sheet("estimates", ESTIMATES, [estimate("11/18/2026", notes="call her first")])
    else:
        office.recipe("mine", follow_up("approve").replace("Any questions", "Any doubts"))
    asked = of(office.run("mine", "2026-11-23T09:05", "--send"), "E-1")
    assert (asked["decision"], asked["step"], office.outbox()) == ("review", "second-nudge", [])
    assert asked["reason"] == f"sent 5 days ago, no answer; first-nudge was released, but {what}: a person releases it"
    [item] = office.queue()
    for now in ("2026-11-23T09:20", "2026-11-24T09:05"):
        office.run("mine", now, "--send")
        [item] = office.queue()
        assert item["note"] == "1 (first-nudge) was released and did not leave before this step fell due"
    assert office.outbox() == []


def test_words_of_a_persons_own_leave_first_too_and_however_often_it_runs_they_leave_once(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [estimate("11/18/2026")]).recipe("mine", follow_up("approve"))
    office.run("mine", "2026-11-23T08:20")
    office.do("review", "edit", "1", "--text", "Hello Ann, Dana here.", now="2026-11-23T08:25")
    office.do("review", "approve", "1", now="2026-11-23T08:25")
    for minute in range(10, 20):
        office.run("mine", f"2026-11-23T09:{minute}", "--send")
    [file] = office.outbox()
    assert "Hello Ann, Dana here." in file.read_text()


def test_in_a_trail_the_next_step_does_not_wait(tmp_path: Path) -> None:
    office = released(tmp_path, estimate("11/09/2026"), top='shape = "trail"')
    by_step = {one["step"]: one["decision"] for one in office.run("mine", "2026-11-23T09:05", "--send")["decisions"]}
    assert by_step == {"first-nudge": "act", "second-nudge": "hold", "hand-over": "act"}


LATE = message("late", 'after = "1 day"', "{{ customer.name }}: {{ number }}, {{ balance|money }}.") + message(
    "later", 'after = "8 days"', "{{ customer.name }} again: {{ number }}, {{ balance|money }}."
)


def invoice(number: str, due: str) -> tuple[str, ...]:
    return (number, "Ann Li", "", "312-555-0142", "Sent", "11/01/2026", due, "$300", "$300", "")


def grouped(folder: Path, *rows: tuple[str, ...]) -> Office:
    office = Office(folder)
    office.sheet("invoices", INVOICES, rows).recipe("mine", reminders("approve", steps=LATE))
    return release(office, "2026-11-23T08:25")


def test_a_message_for_several_rows_leaves_as_it_was_released(tmp_path: Path) -> None:
    office = grouped(tmp_path, invoice("I-1", "11/15/2026"), invoice("I-2", "11/20/2026"))
    document = office.run("mine", "2026-11-23T09:05", "--send")
    assert [(one["step"], one["outcome"], one["body"]) for one in document["decisions"]] == [
        ("late", "sent", "Ann Li: I-1 and I-2, $600.00.")
    ] * 2
    after = office.run("mine", "2026-11-23T09:20", "--send")
    assert decided(after) == {"I-1": "hold", "I-2": "wait"}
    assert len(office.outbox()) == 1


def test_a_row_that_joins_the_customers_others_after_the_release_comes_another_day(tmp_path: Path) -> None:
    office = grouped(tmp_path, invoice("I-1", "11/20/2026"), invoice("I-2", "11/20/2026"), invoice("I-3", "11/22/2026"))
    document = office.run("mine", "2026-11-23T09:05", "--send")
    assert decided(document) == {"I-1": "act", "I-2": "act", "I-3": "review"}
    [file] = office.outbox()
    assert "I-1 and I-2, $600.00" in file.read_text()
    release(office, "2026-11-23T09:10")
    assert decided(office.run("mine", "2026-11-23T09:20", "--send"))["I-3"] == "hold"
    assert of(office.run("mine", "2026-11-24T09:05", "--send"), "I-3")["outcome"] == "sent"
    assert len(office.outbox()) == 2


def test_of_old_business_released_together_one_changed_row_does_not_keep_the_others_back(tmp_path: Path) -> None:
    steps = STEPS.partition('[[steps]]\nname  = "hand-over"')[0]
    rows = [
        estimate("11/01/2026", "E-1"),
        (*estimate("11/01/2026", "E-2")[:1], "Bo Park", "", "312-555-0143", "Ducts", "Sent", "11/01/2026", "$90", ""),
    ]
    office = released(tmp_path, *rows, top='first_run = "review"', steps=steps)
    office.sheet("estimates", ESTIMATES, [estimate("11/01/2026", "E-1", notes="call her first"), rows[1]])
    assert decided(office.run("mine", "2026-11-23T08:30", "--send")) == {"E-1": "review", "E-2": "hold"}
    assert of(office.run("mine", "2026-11-23T09:05", "--send"), "E-2")["outcome"] == "sent"
    assert [one["record"] for one in office.queue()] == ["E-1"]
    assert len(office.outbox()) == 1
