"""What a customer writes before a visit: whoever may drive in vain hears of it in time, in the queue, by alert and in their own messages."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from contractor_ops.office import open_office
from contractor_ops.work.inbox import fetch_inbox
from tests.stories.answering import answers
from tests.stories.bookings import HEADINGS, booking, decided, office_with, one
from tests.stories.inside import Office

BOOKED, ANSWERED = "2026-11-20T10:00", "2026-11-23T10:00"
NEAR = "2026-12-01T10:00"
ASK = "Ask the office before you drive."


def told(folder: Path, *rows: tuple[str, ...]) -> Office:
    """An office that has confirmed its bookings, the visit being on Dec 2 at 1 PM."""
    office = office_with(folder, *(rows or (booking(),)))
    office.run("booking-trail", BOOKED, "--send")
    return office


def looks(office: Office, at: str) -> list[str]:
    """A look into the inbox in which nothing new comes; what is wrong."""
    opened = open_office(office.folder)
    moment = datetime.fromisoformat(at).replace(tzinfo=opened.zone)
    report = fetch_inbox(opened, moment, lambda: moment)
    opened.ledger.close()
    return report.trouble


def item(office: Office, number: int | None, at: str) -> Any:
    [found] = [one for one in office.do("review", "list", "--format", "json", now=at).json if one["id"] == number]
    return found


def alerts(office: Office) -> list[str]:
    return [
        file.read_text(encoding="utf-8")
        for file in sorted(office.folder.glob("outbox/**/*"))
        if file.is_file() and "URGENT" in file.read_text()
    ]


@pytest.mark.parametrize("words", ["cancel", "CANCEL", "Cancel.", "please cancel", "cancelar"])
def test_a_bare_cancel_stops_our_texts_and_may_mean_the_visit(tmp_path: Path, words: str) -> None:
    office = told(tmp_path)
    came = answers(office, words, ANSWERED)
    assert came.reply.label == "stop" and came.reply.address in office.do("optout", "--list", now=ANSWERED).out
    listed = office.do("review", "list", now=ANSWERED).out
    assert "URGENT" in listed and "may mean the visit of Wed, Dec 2, 1:00 pm; texts to them are stopped: call" in " ".join(listed.split())


@pytest.mark.parametrize("words", ["cancel", "please cancel"])
def test_without_a_visit_to_come_a_cancel_is_a_stop_that_a_person_reads(tmp_path: Path, words: str) -> None:
    office = told(tmp_path, booking(Status="Completed", Completed="11/20/2026"))
    came = answers(office, words, ANSWERED)
    assert came.reply.label == "stop" and came.task and "may mean" not in came.reply.reason
    assert "URGENT" not in office.do("review", "list", now=ANSWERED).out


@pytest.mark.parametrize(
    "words", ["stop the visit", "don't come", "dont come tomorrow", "cancel it", "cancel appointment", "no vengan por favor"]
)
def test_who_calls_off_in_more_words_wants_our_texts_still(tmp_path: Path, words: str) -> None:
    office = told(tmp_path)
    came = answers(office, words, ANSWERED)
    assert came.reply.label == "move" and "Tom Vale goes" in came.reply.reason
    assert came.reply.address not in office.do("optout", "--list", now=ANSWERED).out


def test_another_address_is_no_wrong_number(tmp_path: Path) -> None:
    came = answers(told(tmp_path), "wrong address, it's 14 Oak", ANSWERED)
    assert came.task and came.reply.reason == 'their address may be another one: it says "wrong address"'


def test_what_is_written_two_days_before_is_urgent_and_names_who_goes(tmp_path: Path) -> None:
    office = told(tmp_path)
    came = answers(office, "nobody home, sorry", NEAR)
    listed = " ".join(office.do("review", "list", now=NEAR).out.split())
    assert came.reply.label == "other" and "URGENT" in listed
    assert "job J-1 (Furnace tune-up) stands at tomorrow, 1:00 pm, Tom Vale goes" in listed or "Tom Vale goes" in listed


def test_what_nobody_answers_becomes_urgent_as_the_visit_draws_near(tmp_path: Path) -> None:
    office = told(tmp_path)
    number = answers(office, "don't come", ANSWERED).task
    looks(office, "2026-11-30T12:00")
    assert "URGENT" not in office.do("review", "list", now="2026-11-30T12:00").out and alerts(office) == []
    looks(office, NEAR)
    listed = office.do("review", "list", now=NEAR).out
    assert "URGENT" in listed and listed.count("J-1\n") == 1 and f" {number}  Ann" not in listed
    [words] = alerts(office)
    assert "don't come" in words and "Tom Vale goes" in words
    looks(office, "2026-12-01T11:00")
    assert len(alerts(office)) == 1 and office.do("review", "list", now=NEAR).out == listed


def test_what_a_person_has_dealt_with_presses_nobody(tmp_path: Path) -> None:
    office = told(tmp_path)
    number = answers(office, "don't come", ANSWERED).task
    office.do("review", "done", str(number), now=ANSWERED)
    looks(office, NEAR)
    assert alerts(office) == [] and "URGENT" not in office.do("review", "list", now=NEAR).out


def test_a_question_is_urgent_and_wakes_nobody(tmp_path: Path) -> None:
    office = told(tmp_path)
    answers(office, "What time are you coming?", NEAR)
    assert looks(office, NEAR) == [] and alerts(office) == []
    assert "URGENT" in office.do("review", "list", now=NEAR).out


def test_the_technicians_messages_say_what_the_customer_wrote(tmp_path: Path) -> None:
    office = told(tmp_path)
    answers(office, "don't come", ANSWERED)
    reminded = one(office.run("booking-trail", "2026-12-01T16:05", "--send"), "technician-day-before")
    assert reminded["outcome"] == "sent" and f'The customer wrote on Nov 23: "don\'t come". {ASK}' in reminded["body"]
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/11/2026 1:00 PM")])
    moved = one(office.run("booking-trail", "2026-12-01T17:05", "--send"), "technician-moved")
    assert ASK in moved["body"]


def test_once_a_person_has_answered_the_technician_reads_nothing_of_it(tmp_path: Path) -> None:
    office = told(tmp_path)
    answers(office, "don't come", ANSWERED)
    office.do("resume", "Ann Li", now=ANSWERED)
    assert ASK not in one(office.run("booking-trail", "2026-12-01T16:05", "--send"), "technician-day-before")["body"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Don't come at all. My card is 4111 1111 1111 1111", "Don't come at all. ..."),
        ("Can we do Friday? Gate code 4411 then", "Can we do Friday? ..."),
        ("Can we do Friday? " + "The dog is at the vet and I must be there too. " * 4, "Can we do Friday? The dog is at the vet and I must be there too. The dog is at the vet and I must b..."),
    ],
)  # fmt: skip
def test_private_words_are_not_passed_on_and_long_ones_are_cut(tmp_path: Path, words: str, shown: str) -> None:
    office = told(tmp_path)
    answers(office, words, ANSWERED)
    body = one(office.run("booking-trail", "2026-12-01T16:05", "--send"), "technician-day-before")["body"]
    assert f'The customer wrote on Nov 23: "{shown}". {ASK}' in body


def test_what_was_written_of_another_visit_or_to_say_yes_is_not_this_ones(tmp_path: Path) -> None:
    other = booking(
        number="J-2", Job_title="Duct cleaning", Technician="Bo Lund", Booked_on="11/23/2026", Scheduled_start="12/02/2026 4:00 PM"
    )
    office = told(tmp_path, booking(), other)
    answers(office, "Sounds good, see you then", "2026-11-21T10:00")
    office.run("booking-trail", "2026-11-23T10:00", "--send")
    answers(office, "need to reschedule", "2026-11-23T12:00")
    document = office.run("booking-trail", "2026-12-01T16:05", "--send")
    assert ASK in one(document, "technician-day-before", "J-2")["body"]
    assert ASK not in one(document, "technician-day-before", "J-1")["body"]


def test_a_stop_is_no_word_about_the_visit_but_a_cancel_may_be(tmp_path: Path) -> None:
    for words, said in (("STOP", False), ("cancel", True)):
        office = told(tmp_path / words)
        answers(office, words, ANSWERED)
        document = office.run("booking-trail", "2026-12-01T16:05", "--send")
        assert (ASK in one(document, "technician-day-before")["body"]) is said
        assert decided(document)["reminder-48-hours"] == "ended"
