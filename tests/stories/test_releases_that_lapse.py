"""When a release holds no more: what changed, came too late, has waited too long, or gave way to what was learned since."""

from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, INVOICES, STEPS, decided, follow_up, message, of, reminders
from tests.stories.inside import Office
from tests.stories.test_released_overnight import estimate, grouped, invoice, release, released, sent, states

NUDGES = STEPS.partition('[[steps]]\nname  = "hand-over"')[0]
BO = ("E-2", "Bo Park", "", "312-555-0143", "Ducts", "Sent", "11/01/2026", "$90", "")
CREDIT = ("C-1", "Ann Li", "", "312-555-0142", "Sent", "11/01/2026", "11/01/2026", "-$100", "-$100", "")
NINE = "2026-11-23T09:05"


def late(more: str = "{{ balance|money }}") -> str:
    return message("late", 'after = "1 day"', f"{{{{ customer.name }}}}: invoice {{{{ number }}}} is overdue. {more}")


def said(office: Office) -> list[str]:
    """What left, the oldest first."""
    return [file.read_text().partition("\n\n")[2].strip() for file in office.outbox()]


def waits(office: Office) -> dict[str, Any]:
    """The one thing of the queue."""
    [item] = office.queue()
    return dict(item)


def old_business(folder: Path) -> Office:
    """Two old estimates that were released together; one has changed since, and the other customer is paused."""
    office = released(folder, estimate("11/01/2026"), BO, top='first_run = "review"', steps=NUDGES)
    office.sheet("estimates", ESTIMATES, [estimate("11/01/2026", notes="call her first"), BO])
    office.do("pause", "Bo Park", "--until", "2026-12-20", now="2026-11-23T08:30")
    return office


def test_a_changed_row_of_a_released_backlog_is_in_the_queue_at_once_and_stays_while_another_one_waits(tmp_path: Path) -> None:
    office = old_business(tmp_path)
    for now in (NINE, "2026-11-23T09:20", "2026-11-24T09:05", "2026-12-02T09:05"):
        assert decided(office.run("mine", now, "--send")) == {"E-1": "review", "E-2": "hold"}
        assert (waits(office)["id"], waits(office)["record"], states(office)) == (2, "E-1", {1: "approved", 2: "open"})
    assert waits(office)["note"] == "it was released with 1 and has changed since"
    assert office.outbox() == []


def test_each_row_of_such_a_backlog_leaves_by_its_own_release(tmp_path: Path) -> None:
    office = old_business(tmp_path / "first")
    release(office, NINE)
    office.run("mine", "2026-11-23T09:10", "--send")
    assert states(office) == {1: "approved", 2: "done"}
    office.run("mine", "2026-12-20T09:05", "--send")
    assert states(office) == {1: "done", 2: "done"} and len(said(office)) == 2
    last = old_business(tmp_path / "last")
    last.run("mine", NINE, "--send")
    last.run("mine", "2026-12-20T09:05", "--send")
    assert states(last) == {1: "done", 2: "open"}
    last.run("mine", "2026-12-21T09:05", "--send")
    assert waits(last)["id"] == 2
    last.do("review", "approve", "2", now="2026-12-21T09:10")
    last.run("mine", "2026-12-21T09:15", "--send")
    assert states(last) == {1: "done", 2: "done"} and len(said(last)) == 2


def test_the_digest_does_not_call_a_row_released_that_is_asked_about_again(tmp_path: Path) -> None:
    office = old_business(tmp_path)
    office.run("mine", NINE, "--send")
    groups = office.do("digest", "--format", "json", now="2026-11-24T07:00").json["needs"]
    lines = {line["what"]: line["why"] for group in groups for line in group["lines"]}
    assert "released" not in lines["estimate E-1"]
    assert lines["estimate E-2"].endswith("released, not yet gone")


BEFORE = message("see-you", 'before = "1 day"', "See you tomorrow, {{ customer.name }}.")
SOONER = message("soon", 'before = "3 days"', "See you in three days.") + BEFORE


@pytest.mark.parametrize(
    ("steps", "now", "expected"),
    [
        (BEFORE + message("thanks", 'after = "1 day"', "Thanks."), "2026-11-26T09:05", ("review", "thanks", None)),
        (BEFORE + message("today", 'after = "0 days"', "We come today."), "2026-11-24T09:05", ("review", "today", None)),
        (BEFORE + message("today", 'before = "0 days"', "We come today."), "2026-11-24T09:05", ("review", "today", None)),
        (SOONER, "2026-11-23T10:05", ("act", "soon", "sent")),  # the visit is still to come
        (SOONER, "2026-11-24T09:05", ("review", "see-you", None)),
    ],
)
def test_what_comes_before_a_day_is_not_brought_back_when_the_day_has_come(
    tmp_path: Path, steps: str, now: str, expected: tuple[Any, ...]
) -> None:
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, [invoice("I-1", "11/24/2026")]).recipe("mine", reminders("approve", top="", steps=steps))
    release(office, "2026-11-21T20:30" if steps == SOONER else "2026-11-23T20:30")
    row = of(office.run("mine", now, "--send"), "I-1")
    assert (row["decision"], row["step"], row["outcome"]) == expected
    if row["decision"] == "review":
        assert office.outbox() == [] and "was released, but the day that it is about has come" in row["reason"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-30T09:00", ("act", "first-nudge", "sent")),  # a week after the second nudge fell due, to the minute
        ("2026-11-30T09:01", ("review", "second-nudge", None)),
        ("2027-03-22T10:00", ("act", "hand-over", "queued")),
    ],
)
def test_a_release_that_has_waited_for_more_than_a_week_is_asked_again(tmp_path: Path, now: str, expected: tuple[Any, ...]) -> None:
    office = released(tmp_path, estimate("11/18/2026"), now="2026-11-20T16:00")
    row = of(office.run("mine", now, "--send"), "E-1")
    assert (row["decision"], row["step"], row["outcome"]) == expected
    if row["step"] != "first-nudge":
        assert "first-nudge was released, but second-nudge fell due more than a week ago" in row["reason"]
        assert office.outbox() == []


def test_a_customers_credit_is_taken_off_once_unless_a_person_looks(tmp_path: Path) -> None:
    rows = [invoice("I-1", "11/20/2026"), invoice("I-2", "11/20/2026"), invoice("I-3", "11/22/2026"), CREDIT]
    office = grouped(tmp_path, *rows)
    document = office.run("mine", NINE, "--send")
    assert said(office) == ["Ann Li: I-1 and I-2, $500.00."]
    doubt = "their credit of $100.00 is taken off in another message too, so this sum may be too low"
    assert doubt in of(document, "I-3")["reason"] and decided(document)["I-3"] == "review"
    asked = of(office.run("mine", "2026-11-24T09:05", "--send"), "I-3")
    assert asked["decision"] == "review" and doubt in asked["reason"] and len(said(office)) == 1
    office.do("review", "edit", "2", "--text", "Ann Li: I-3, $300.00.", now="2026-11-24T09:10")
    office.do("review", "approve", "2", now="2026-11-24T09:10")
    office.run("mine", "2026-11-24T09:15", "--send")
    assert said(office)[1:] == ["Ann Li: I-3, $300.00."]


def test_a_credit_that_was_told_with_one_invoice_is_not_told_by_itself_with_the_next_one(tmp_path: Path) -> None:
    office = Office(tmp_path)
    rows = [invoice("I-1", "11/20/2026"), invoice("I-3", "11/22/2026"), CREDIT]
    office.sheet("invoices", INVOICES, rows).recipe("mine", reminders("auto", steps=late()))
    assert decided(office.run("mine", "2026-11-21T10:00", "--send"))["I-1"] == "act"
    assert decided(office.run("mine", NINE, "--send"))["I-3"] == "review"
    assert said(office) == ["Ann Li: invoice I-1 is overdue. $200.00"]


CREDITED = ("C-1", "Ann Li", "", "312-555-0142", "Sent", "11/22/2026", "11/22/2026", "-$300", "-$300", "")


@pytest.mark.parametrize("words", ["", "{{ balance|money }}"])
def test_a_net_credit_that_came_after_the_release_is_not_chased(tmp_path: Path, words: str) -> None:
    office = Office(tmp_path)
    rows = [invoice("I-1", "11/20/2026")]
    office.sheet("invoices", INVOICES, rows).recipe("mine", reminders("approve", steps=late(words)))
    release(office, "2026-11-23T08:25")
    office.sheet("invoices", INVOICES, [*rows, CREDITED])
    row = of(office.run("mine", NINE, "--send"), "I-1")
    assert row["decision"] == "review" and "credit of $300.00 covers what is owed" in row["reason"]
    assert office.outbox() == [] and len(office.queue()) == 1


def by_hand(office: Office) -> None:
    office.sheet("customers", ("Name", "Phone", "By hand"), [("Ann Li", "312-555-0142", "yes")])


def stricter(office: Office) -> None:
    office.recipe("mine", follow_up("approve", more="[review_if]\ntotal_at_least = 100"))


@pytest.mark.parametrize(("learn", "doubt"), [(by_hand, "this customer is always handled by hand"), (stricter, "total is at least 100")])
def test_a_doubt_that_came_up_since_is_asked_and_what_is_released_knowing_it_leaves(tmp_path: Path, learn: Any, doubt: str) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [estimate("11/18/2026")]).recipe("mine", follow_up("approve"))
    release(office, "2026-11-20T10:00")
    learn(office)
    row = of(office.run("mine", "2026-11-20T10:05", "--send"), "E-1")
    assert (row["decision"], row["step"]) == ("review", "first-nudge")
    assert row["reason"] == f"sent 2 days ago, no answer: {doubt}; this came up after it was released"
    assert (office.outbox(), states(office)) == ([], {1: "open"})
    release(office, "2026-11-20T10:10")
    assert sent(office, "2026-11-20T10:15") == ("act", "first-nudge", "sent")


@pytest.mark.parametrize(("sent_on", "step"), [("11/18/2026", ("review", "second-nudge")), ("11/09/2026", ("act", "hand-over"))])
def test_a_doubt_about_an_overtaken_message_leaves_the_row_to_the_step_that_is_due(
    tmp_path: Path, sent_on: str, step: tuple[str, str]
) -> None:
    office = released(tmp_path, estimate(sent_on))
    by_hand(office)
    row = of(office.run("mine", NINE, "--send"), "E-1")
    assert ((row["decision"], row["step"]), office.outbox()) == (step, [])
    assert "was released, but" in row["reason"] and "handled by hand" in row["reason"]


def test_a_doubt_that_was_told_is_not_asked_again_the_next_day(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [estimate("11/18/2026")]).recipe("mine", follow_up("approve"))
    by_hand(office)
    release(office, "2026-11-20T20:30")
    assert sent(office, "2026-11-21T09:05") == ("act", "first-nudge", "sent")


MANY = "\n[limits]\nper_address_per_day = 5\n"


def test_one_message_for_all_of_a_customers_rows_is_one_a_day_whatever_the_cap(tmp_path: Path) -> None:
    office = Office(tmp_path).configure(MANY)
    rows = [invoice("I-1", "11/19/2026"), invoice("I-2", "11/22/2026")]
    office.sheet("invoices", INVOICES, rows).recipe("mine", reminders("approve", steps=late()))
    release(office, "2026-11-20T20:30")
    office.recipe("mine", reminders("auto", steps=late()))
    document = office.run("mine", NINE, "--send")
    assert decided(document) == {"I-1": "act", "I-2": "hold"}
    assert of(document, "I-2")["until"][:16] == "2026-11-24T09:00"
    assert of(office.run("mine", "2026-11-23T09:20", "--send"), "I-2")["decision"] == "hold"
    assert len(said(office)) == 1
    assert of(office.run("mine", "2026-11-24T09:05", "--send"), "I-2")["outcome"] == "sent"


@pytest.mark.parametrize("until", ["2026-11-24", "2027-06-01"])
def test_a_pause_that_holds_a_released_message_keeps_no_task_off_the_list(tmp_path: Path, until: str) -> None:
    office = released(tmp_path, estimate("11/09/2026"))
    office.do("pause", "Ann Li", "--until", until, now="2026-11-23T08:30")
    row = of(office.run("mine", NINE, "--send"), "E-1")
    assert (row["decision"], row["step"], row["outcome"]) == ("act", "hand-over", "queued")
    assert row["reason"].endswith("second-nudge was released, but the customer is paused")
    assert [item["kind"] for item in office.queue()] == ["task"]
    office.do("resume", "Ann Li", now="2026-11-24T08:30")
    office.run("mine", "2026-11-24T09:05", "--send")
    assert office.outbox() == []
