"""Which message a result is about, whose answer is whose, and what of other people's mail and texts is kept: nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from contractor_ops.office import open_office
from tests.offices import ESTIMATES, follow_up, message, of
from tests.providers.twilio_server import TwilioServer, breaks, drops
from tests.stories.inside import Office
from tests.stories.test_answers_by_email import NOW, bounce, mailing, needs_dovecot
from tests.stories.test_missed_calls import AUTO, CALLS, call
from tests.stories.texting import ANN, BOB, Texting, estimate, texting

ON_OUR_WAY = follow_up(steps=message("one", 'after = "2 days"', "Hi {{ customer.first_name }}, we are on our way."), top='kind = "service"')
LEADS = ("Lead #", "Name", "Phone", "Title", "Status", "Received")
SERVICE = "MG" + "1b" * 16


def kept_addresses(office: Office) -> list[str]:
    """Whom the results that the ledger keeps are about."""
    opened = open_office(office.folder)
    found = [result.address for _, result in opened.ledger.results()]
    opened.ledger.close()
    return found


@contextmanager
def under_way(office: Office, record: str) -> Iterator[None]:
    """A run that is handing over a record's message just now, and then hears that it was taken."""
    opened, ledger = open_office(office.folder), sqlite3.connect(office.folder / "ledger.db")

    def becomes(state: str) -> None:
        with ledger:
            ledger.execute("UPDATE steps SET state = ? WHERE record = ?", (state, record))

    with opened.lock("follow-up"):
        becomes("trying")
        yield
        becomes("sent")
    ledger.close()
    opened.ledger.close()


def mail_from(sender: str, words: str) -> EmailMessage:
    """A new mail, which answers none of ours."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "office@northside.example", "Your text"
    mail["Date"], mail["Message-ID"] = format_datetime(NOW), f"<{abs(hash((sender, words)))}@mail.example>"
    mail.set_content(words)
    return mail


def returned(message_id: str) -> Any:
    """What a bounce brings back: a mail with this id."""
    return {"Message-ID": message_id}


# a text in doubt


def test_doubt_is_not_settled_by_the_text_of_another_visit(tmp_path: Path) -> None:
    with texting(tmp_path, estimate()) as office:
        office.recipe("follow-up", ON_OUR_WAY)
        office.send()
        office.sheet("estimates", ESTIMATES, [estimate(), estimate("E-2")])
        office.now = "2026-11-23T10:30"
        office.server.fails(drops("read"))
        office.send()
        [doubt] = office.inbox()["doubts"]
        assert (doubt["record"], doubt["state"]) == ("E-2", "in_doubt")


@pytest.mark.parametrize(("first", "second"), [("read", "taken"), ("taken", "read"), ("taken", "taken")])
def test_of_two_in_doubt_with_the_same_words_each_gets_its_own_text(tmp_path: Path, first: Any, second: Any) -> None:
    with texting(tmp_path, estimate()) as office:
        office.recipe("follow-up", ON_OUR_WAY)
        office.server.fails(drops(first))
        office.server.fails(breaks(500), method="GET")
        office.send()
        office.sheet("estimates", ESTIMATES, [estimate(), estimate("E-2")])
        office.now = "2026-11-23T10:30"
        office.server._faults.clear()
        office.server.fails(drops(second))
        office.server.fails(breaks(500), method="GET")  # the run asks after the first, and hears nothing
        office.send()
        office.server._faults.clear()
        states = {one["record"]: one["state"] for one in office.inbox()["doubts"]}
        assert states == {"E-1": "queued" if first == "taken" else "in_doubt", "E-2": "queued" if second == "taken" else "in_doubt"}


def test_a_text_of_a_killed_run_is_found_however_late_its_provider_can_be_asked(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.fails(drops("taken"))
        office.send()
        with sqlite3.connect(office.folder / "ledger.db") as ledger:
            ledger.execute("UPDATE steps SET state = 'trying'")
        office.now = "2026-11-23T16:00"
        office.server.fails(breaks(503), method="GET")
        assert [one["state"] for one in office.inbox()["doubts"]] == ["in_doubt"]
        office.server._faults.clear()
        assert [one["state"] for one in office.inbox()["doubts"]] == ["queued"]


# a bounce


@needs_dovecot
def test_a_bounce_that_comes_while_its_mail_is_handed_over_is_settled_at_the_next_look(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.mailbox.put(bounce(office.letters.taken[0][1], "ann@li.example"))
        with under_way(office, "E-1"):
            assert [one["to"] for one in office.inbox()["results"]] == ["ann@li.example"]
            assert "failed" not in office.states("E-1")
        assert office.inbox()["results"] == []
        office.inbox()
        assert office.states("E-1").count("failed") == 1


@needs_dovecot
@pytest.mark.parametrize(
    ("message_id", "to"),
    [("<private-1@northside.example>", "lawyer@court.example"), ("<by-hand-1@northside.example>", "ann@li.example")],
    ids=["to a stranger", "to a customer"],
)
def test_a_bounce_of_mail_that_somebody_wrote_by_hand_is_none_of_our_business(tmp_path: Path, message_id: str, to: str) -> None:
    with mailing(tmp_path) as office:
        office.send("2026-11-22T12:00")  # before the bounce, by any clock
        office.mailbox.put(bounce(returned(message_id), to, "5.2.3"))
        ran = office.do("inbox")
        assert to not in ran.out
        assert kept_addresses(office) == []
        assert "failed" not in office.states("E-1")


@needs_dovecot
def test_a_bounce_that_does_not_show_what_came_back_is_the_last_messages_to_that_address(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send("2026-11-22T12:00")
        words = bounce(returned(""), "ann@li.example").replace("Message-ID: \n", "")
        office.mailbox.put(words)
        assert [one["records"][0]["record"] for one in office.inbox()["results"]] == ["E-1"]
        assert "failed" in office.states("E-1")


def test_of_texts_that_other_programs_send_from_our_number_nothing_is_kept(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.messages.append(
            {**office.server.messages[0], "sid": "SM" + "99" * 16, "to": BOB, "body": "Your code is 1234", "status": "sent"}
        )
        office.server.becomes("SM" + "99" * 16, "undelivered", 30003)
        office.server.becomes(office.server.messages[0]["sid"], "delivered")
        found = office.inbox()
        assert [one["to"] for one in found["results"]] == [ANN]
        assert kept_addresses(office) == [ANN]


# whose answer it is


@needs_dovecot
@pytest.mark.parametrize(
    ("customers", "email"),
    [
        ([], "ann@li.example"),
        ([("C-7", "Ann Li", "", "Ann <ann.li@home.example>; ann@work.example")], "ann@work.example"),
    ],
    ids=["in the same row", "in the row of the customer of that number"],
)
def test_whom_we_have_only_texted_may_answer_by_mail(tmp_path: Path, customers: list[tuple[str, ...]], email: str) -> None:
    with mailing(tmp_path) as office:
        headings = (*ESTIMATES, "Customer number")
        office.sheet(
            "estimates", headings, [("E-1", "Ann Li", "" if customers else email, ANN, "Furnace", "Sent", "2026-11-20", "480", "", "C-7")]
        )
        office.sheet("customers", ("Customer number", "Name", "Phone", "Email"), customers or [("C-8", "Cy Doe", "", "cy@doe.example")])
        steps = message("one", 'after = "2 days"', "Hi").replace('["sms", "email"]', '["sms"]')
        office.recipe("follow-up", follow_up(steps=steps))
        office.send()
        for sender in (f"Ann Li <{email}>", "cy@doe.example", "news@shop.example"):
            office.arrives(mail_from(sender, "Please take me off your list."))
        found = office.inbox()
        assert [(one["from"], one["customer"], one["label"]) for one in found["replies"]] == [(email, "Ann Li", "stop")]
        assert of(office.send("2026-11-25T10:00"), "E-1")["decision"] in {"done", "ended"}


def test_two_spellings_of_a_name_are_one_customer(tmp_path: Path) -> None:
    rows = [estimate(customer="Ann Li", sent="2026-11-23"), estimate("E-2", "ann  li.", sent="2026-11-23")]
    with texting(tmp_path, *rows) as office:
        office.server.text_from(ANN, "Hello, about the furnace?")
        assert [one["customer"] for one in office.inbox()["replies"]] == ["Ann Li"]
    with texting(tmp_path / "two", estimate(sent="2026-11-23"), estimate("E-2", "Bob Li", sent="2026-11-23")) as office:
        office.server.text_from(ANN, "Hello, about the furnace?")
        assert [one["customer"] for one in office.inbox()["replies"]] == [None]


def answered(office: Texting) -> None:
    """Two customers of one name answer."""
    office.send()
    office.now = "2026-11-23T10:20"
    office.server.text_from(ANN, "Let me think")
    office.server.text_from(BOB, "I want to speak to your boss")
    office.now = "2026-11-23T10:30"
    office.inbox()


def test_a_name_alone_lifts_no_namesakes_answer(tmp_path: Path) -> None:
    with texting(tmp_path, estimate(), estimate("E-2", phone=BOB)) as office:
        answered(office)
        ran = office.do("resume", "Ann Li")
        assert ran.code == 2
        assert "2 customers called Ann Li have answered: (312) 555-0142 and (312) 555-0143." in ran.err
        assert office.do("resume", ANN).code == 0
        office.now = "2026-11-25T10:00"
        document = office.send()
        assert [of(document, number)["decision"] for number in ("E-1", "E-2")] == ["act", "ended"]
        assert office.do("resume", "ann li").code == 0  # only one is left of that name


def test_a_pause_by_name_is_lifted_and_the_namesakes_answers_are_not(tmp_path: Path) -> None:
    with texting(tmp_path, estimate(), estimate("E-2", phone=BOB)) as office:
        answered(office)
        office.do("pause", "Ann Li", "--until", "2027-01-01")
        ran = office.do("resume", "Ann Li")
        assert (ran.code, "The pause is lifted. But 2 customers" in ran.out) == (0, True)
        office.now = "2026-11-25T10:00"
        assert {one["decision"] for one in office.send()["decisions"]} == {"ended"}


def test_one_customer_with_several_answers_is_resumed_by_name(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        for words in ("Let me think", "And what would a new one cost?"):
            office.server.text_from(ANN, words)
        office.now = "2026-11-23T10:30"
        office.inbox()
        assert office.do("resume", "Ann Li").code == 0


# other people's texts


def test_texts_to_another_service_of_the_account_are_neither_kept_nor_an_opt_out(tmp_path: Path) -> None:
    with TwilioServer() as server:
        office = Texting(tmp_path / "office", server)
        config = office.folder / "config.toml"
        config.write_text(config.read_text().replace('from     = "+13125550100"', f'messaging_service = "{SERVICE}"', 1))
        for words in ("My lab results?", "STOP"):
            sid = server.text_from("+13125550177", words, to="+13125550199")
            server.message(sid)["messaging_service_sid"] = "MG" + "2c" * 16
        server.message(server.text_from(ANN, "Are you open?"))["messaging_service_sid"] = SERVICE
        found = office.inbox()
        assert ([one["from"] for one in found["replies"]], found["opt_outs"]) == ([ANN], [])


# callers who answered, and the sheet of leads


@pytest.mark.parametrize(
    ("phone", "status", "received", "leads"),
    [
        ("(312) 555-0142", "New", "2026-11-20", 1),
        ("(312) 555-0142", "Contacted", "", 1),
        ("(312) 555-0142", "Lost", "2026-11-23", 1),
        ("(312) 555-0142", "Booked", "", 1),
        ("(312) 555-0142", "Lost", "2026-05-04", 2),
        ("(312) 555-0142", "Booked", "2026-05-04", 2),
        ("(773) 555-0142", "New", "2026-11-20", 2),
        ("(773) 555-0100 or (312) 555-0142", "New", "2026-11-20", 1),
    ],
    ids=["open", "open, no day", "lost since", "booked, no day", "lost long ago", "booked long ago", "another area", "one of two numbers"],
)
def test_who_answered_is_a_lead_unless_the_sheet_has_this_one(tmp_path: Path, phone: str, status: str, received: str, leads: int) -> None:
    with TwilioServer() as server:
        office = Texting(tmp_path / "office", server)
        office.recipe("missed-call-text-back", AUTO)
        office.sheet("calls", CALLS, [call("C1", "10:02")])
        office.now = "2026-11-23T10:10"
        office.send("missed-call-text-back")
        office.now = "2026-11-23T10:30"
        server.text_from(ANN, "This is Ann Li. The furnace is making a loud noise")
        office.inbox()
        office.sheet("leads", LEADS, [("L-1", "Ann Li", phone, "Old furnace", status, received)])
        assert len(office.do("read", "leads", "--format", "json").json["records"]) == leads
