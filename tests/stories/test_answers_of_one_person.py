"""One person, several addresses: an answer from any of them is that person's answer, whichever the other sheets show and whatever is corrected."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contractor_ops.office import open_office
from contractor_ops.work.inbox import fetch_inbox
from tests.offices import ESTIMATES, INVOICES, follow_up, message, of, reminders
from tests.stories.texting import ANN, BOB, Texting, estimate, texting

MAIL, NEW = "ann@li.example", "+13125550199"
LATER = "2026-11-25T10:00"


def invoice(number: str, email: str = "", phone: str = "") -> tuple[str, ...]:
    return (number, "Ann Li", email, phone, "Sent", "2026-11-01", "2026-11-20", "100", "100", "")


def answers(office: Texting, words: str) -> None:
    """Ann answers by text, and somebody looks into the inbox."""
    office.now = "2026-11-23T10:20"
    office.server.text_from(ANN, words)
    office.now = "2026-11-23T10:30"
    office.inbox()


def looked_into(office: Texting) -> list[str]:
    """A look into the inbox beside a run that is under way in this process; the answers that are known then."""
    beside = open_office(office.folder)
    beside.clock = lambda: office.moment
    try:
        fetch_inbox(beside, office.moment, beside.clock)
        return [reply.text for reply in beside.ledger.replies()]
    finally:
        beside.close()


@pytest.fixture
def texted(tmp_path: Path) -> Iterator[Texting]:
    """Ann's estimate shows two addresses; she has been texted and has answered."""
    with texting(tmp_path, estimate(email=MAIL), estimate("E-2", "Bob Ray", BOB)) as office:
        office.send()
        answers(office, "Please use my new number 312 555 0199 and let me think until Christmas")
        office.now = LATER
        yield office


def invoices(office: Texting, *rows: tuple[str, ...]) -> Any:
    office.sheet("invoices", INVOICES, rows)
    office.recipe("reminders", reminders(top=""))
    return office.send("reminders")


def test_an_answer_by_text_stops_the_reminders_of_a_sheet_that_shows_only_the_mail(texted: Texting) -> None:
    document = invoices(texted, invoice("I-1", email=MAIL), invoice("I-2", email="bob@ray.example"))
    assert [of(document, number)["decision"] for number in ("I-1", "I-2")] == ["ended", "act"]
    assert "let me think until Christmas" in of(document, "I-1")["reason"]


def test_an_answer_holds_where_the_office_corrects_the_number(texted: Texting) -> None:
    texted.sheet("estimates", ESTIMATES, [estimate(phone=NEW), estimate("E-2", "Bob Ray", BOB)])
    document = texted.send()
    assert [of(document, number)["decision"] for number in ("E-1", "E-2")] == ["ended", "act"]
    assert NEW not in texted.texts()


def test_a_person_lifts_it_for_every_sheet(texted: Texting) -> None:
    texted.sheet("estimates", ESTIMATES, [estimate(phone=NEW), estimate("E-2", "Bob Ray", BOB)])
    assert texted.do("resume", "Ann Li").code == 0
    found = of(texted.send(), "E-1")
    assert found["outcome"] == "queued", found
    texted.now = "2026-11-26T10:00"
    assert of(invoices(texted, invoice("I-1", email=MAIL)), "I-1")["decision"] == "act"


def test_a_number_that_another_customer_has_now_is_not_stopped_but_asked_about(texted: Texting) -> None:
    """Numbers that started again in January: what the first E-1 answered says nothing of the second, and nothing is dropped in silence."""
    texted.sheet("estimates", ESTIMATES, [estimate(customer="Cal Dow", phone="+13125550144", sent="2026-11-21")])
    found = of(texted.send(), "E-1")
    assert (found["decision"], "another customer" in found["reason"]) == ("review", True)


def test_an_answer_that_comes_while_the_reminders_go_out_stops_the_one_to_the_other_address(tmp_path: Path) -> None:
    with texting(tmp_path, estimate(email=MAIL)) as office:
        office.send()
        office.now = LATER
        office.sheet("invoices", INVOICES, [invoice("I-0", phone=BOB)] + [invoice(f"I-{n}", phone=f"+131255501{n}") for n in range(10, 40)]
                     + [invoice("I-9", email=MAIL)])  # fmt: skip
        office.recipe("reminders", reminders(top=""))
        came: list[str] = []

        def ann_answers() -> None:
            office.server.before_answer = lambda: None
            office.server.text_from(ANN, "Call me first")
            came.extend(looked_into(office))

        office.server.before_answer = ann_answers
        document = office.send("reminders")
        assert came == ["Call me first"]
        assert of(document, "I-39")["outcome"] in {"sent", "queued"}
        last = of(document, "I-9")
        assert (last["outcome"], "the customer has answered" in last["reason"]) == ("skipped", True)


def test_a_message_to_the_owner_about_a_record_is_answered_by_no_customer(tmp_path: Path) -> None:
    steps = message("tell-owner", 'after = "1 day"', "Estimate {{ number }} is still open.").replace('to   = "customer"', 'to = "owner"')
    with texting(tmp_path) as office:
        office.recipe("follow-up", follow_up(steps=steps + message("nudge", 'after = "4 days"', "Any questions?"), top='shape = "trail"'))
        office.send()
        [owner] = office.texts()
        office.now = "2026-11-23T10:20"
        office.server.text_from(owner, "ok, thanks for telling me")
        office.now = LATER
        office.inbox()
        office.send()
        assert office.texts() == [owner, ANN]


def test_who_was_written_to_by_e_mail_may_answer_by_text(tmp_path: Path) -> None:
    with texting(tmp_path, estimate(email="ann@li.example")) as office:
        office.recipe("follow-up", follow_up().replace('by    = ["sms", "email"]', 'by    = ["email"]'))
        office.send()
        office.now = "2026-11-23T10:20"
        office.server.text_from(ANN, "Could you start in December?")
        [came] = office.inbox()["replies"]
        assert (came["customer"], [one["record"] for one in came["records"]]) == ("Ann Li", ["E-1"])
        assert "Any questions about the estimate" in came["answers"]["text"]
