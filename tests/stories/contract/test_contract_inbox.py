"""What comes back: replies, results and opt-outs, once each, whatever happens meanwhile; and what an answer stops."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, INVOICES, message, of, reminders
from tests.providers.twilio_server import breaks, drops, garbage, hangs
from tests.stories.mail_server import until
from tests.stories.texting import ANN, BOB, Texting, estimate, texting

TWO = (estimate(), estimate("E-2", "Bob Ray", BOB))
OWNER = "+13125550101"
SERVICE = reminders(top='kind = "service"')
BILL = ("I-1", "Ann Li", "", ANN, "Sent", "2026-11-01", "2026-11-20", "100", "100", "")


def wrote(office: Texting, words: str, number: str = ANN, minutes: int = 20) -> Any:
    """The office texts, the customer answers after some minutes, somebody looks; what came."""
    office.send()
    office.now = (office.moment + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")
    office.server.text_from(number, words)
    return office.inbox()


def replies(office: Texting) -> list[dict[str, Any]]:
    """All that the ledger has of answers."""
    return list(office.do("read", "replies", "--format", "json").json["records"])


def next_day(office: Texting, recipe: str = "follow-up") -> Any:
    office.now = "2026-11-25T10:00"
    return office.send(recipe)


def outlist(office: Texting) -> list[str]:
    return [one["address"] for one in office.do("optout", "--list", "--format", "json").json]


def start(office: Texting, *words: str) -> "subprocess.Popen[str]":
    """The program as a process of its own."""
    env = {**os.environ, "TWILIO_ACCOUNT_SID": office.server.account_sid, "TWILIO_AUTH_TOKEN": office.server.auth_token}
    command = [sys.executable, "-m", "contractor_ops", *words, "--office", str(office.folder), "--now", office.now]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


# --- a reply


def test_a_reply_has_its_customer_its_record_and_the_message_it_answers(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        [came] = wrote(office, "Could you start in December?")["replies"]
        assert (came["from"], came["customer"], came["text"], came["label"]) == (ANN, "Ann Li", "Could you start in December?", "question")
        assert [one["record"] for one in came["records"]] == ["E-1"]
        assert came["answers"]["text"] == next(row["body"] for row in office.server.outgoing() if row["to"] == ANN)
        [item] = office.queue()
        assert item["owner"] == "office" and "Could you start in December?" in item["body"]
        assert "Could you start in December?" in office.do("why", "estimates", "E-1").out


@pytest.mark.parametrize(
    "words",
    ["How long does it take?", "yes", "Yes please!", "no", "No thanks", "STOP", "stop texting me", "ok thanks", "thanks", "👍", "This is a rip off", "I smell gas",
     "HELP", "asdf", "x" * 1500, "¿Cuándo pueden venir?", "\U0001f600", "  ", "line one\nline two", "<b>hi</b>", "=1+1"],
)  # fmt: skip
def test_any_answer_stops_what_chases_for_that_customer_only(tmp_path: Path, words: str) -> None:
    with texting(tmp_path, *TWO) as office:
        wrote(office, words)
        document = next_day(office)
        assert (of(document, "E-1")["decision"], of(document, "E-2")["decision"]) == ("ended", "act")
        assert (office.texts().count(ANN), office.texts().count(BOB)) == (1, 2)


def test_a_picture_without_words_is_an_answer_too(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        sid = office.server.text_from(ANN, "", at=office.moment + timedelta(minutes=5))
        office.server.message(sid)["num_media"] = "1"
        office.now = "2026-11-23T10:30"
        assert len(office.inbox()["replies"]) == 1
        assert of(next_day(office), "E-1")["decision"] == "ended"


def test_an_answer_ends_every_recipe_that_sells_or_chases_and_all_addresses_of_the_customer(tmp_path: Path) -> None:
    with texting(tmp_path, estimate(email="ann@li.example")) as office:
        wrote(office, "Let me think about it")
        office.sheet(
            "invoices", INVOICES, [BILL, ("I-2", "Ann Li", "ann@li.example", ANN, "Sent", "2026-11-01", "2026-11-20", "50", "50", "")]
        )
        office.recipe("reminders", reminders())
        assert {one["decision"] for one in next_day(office, "reminders")["decisions"]} == {"ended"}


@pytest.mark.parametrize(
    ("words", "goes_on"),
    [("yes", True), ("Yes!", True), ("thanks", True), ("Thank you so much", True), ("I am out of the office until Monday.", True), ("no", False),
     ("Can we do Friday?", False), ("This is a rip off", False), ("I smell gas", False), ("STOP", False), ("stop texting me", False), ("Yes, but can you do Friday?", False)],
)  # fmt: skip
def test_service_goes_on_after_yes_thanks_and_automatic_answers_and_after_nothing_else(tmp_path: Path, words: str, goes_on: bool) -> None:
    with texting(tmp_path) as office:
        wrote(office, words)
        office.sheet("invoices", INVOICES, [BILL])
        office.recipe("reminders", SERVICE)
        before = len(office.texts())
        one = of(next_day(office, "reminders"), "I-1")
        assert (one["decision"] == "act", ANN in office.texts()[before:]) == (goes_on, goes_on)


def test_a_message_released_before_the_answer_does_not_leave_after_it(tmp_path: Path) -> None:
    with texting(tmp_path, mode="approve") as office:
        office.send()
        assert office.do("review", "approve", office.item("E-1")).code == 0
        office.server.text_from(ANN, "We went with someone else")
        office.now = "2026-11-23T10:10"
        office.inbox()
        assert of(office.send(), "E-1")["decision"] == "ended"
        assert office.texts() == []


def test_an_answer_that_nobody_has_fetched_yet_is_found_by_the_next_look(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        office.send()
        for minute, words in ((5, "one"), (6, "two"), (7, "three")):
            office.server.text_from(ANN, words, at=office.moment + timedelta(minutes=minute))
        office.now = "2026-11-28T10:00"
        assert [came["text"] for came in office.inbox()["replies"]] == ["one", "two", "three"]


def test_a_person_lifts_it_and_only_a_person(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        wrote(office, "Let me think about it")
        assert of(next_day(office), "E-1")["decision"] == "ended"
        assert office.do("resume", "Ann Li").code == 0
        assert of(office.send(), "E-1")["decision"] == "act"
        assert office.texts() == [ANN, ANN]


def test_resume_does_not_lift_an_opt_out(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        wrote(office, "STOP")
        office.do("resume", "Ann Li")
        assert of(next_day(office), "E-1")["decision"] == "ended"
        assert office.texts() == [ANN] and outlist(office) == [ANN]


def test_a_stranger_is_a_persons_and_no_machine_answers(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.text_from("+13125550177", "Do you install boilers?")
        [came] = office.inbox()["replies"]
        assert (came["customer"], came["records"]) == (None, [])
        assert any("Do you install boilers?" in item["body"] for item in office.queue())
        assert office.texts() == []


@pytest.mark.parametrize("words", ["HELP", "How much is it?", "yes", "STOP", "START", "I am out of the office until Monday.", "CANCEL"])
def test_no_answer_is_ever_answered_by_a_machine(tmp_path: Path, words: str) -> None:
    with texting(tmp_path) as office:
        wrote(office, words)
        office.inbox()
        assert office.texts() == [ANN]


def test_our_own_messages_and_old_ones_are_no_replies(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        office.send()
        assert office.inbox()["replies"] == []


# --- stop and start


@pytest.mark.parametrize(
    "words",
    [
        "STOP",
        "stop",
        "Stop.",
        "STOPALL",
        "unsubscribe",
        "CANCEL",
        "END",
        "quit",
        "revoke",
        "remove",
        "ALTO",
        "please take me off your list",
        "no me manden más mensajes",
    ],
)
def test_stop_in_any_words_stops_everything_for_good(tmp_path: Path, words: str) -> None:
    with texting(tmp_path) as office:
        found = wrote(office, words)
        assert [one["address"] for one in found["opt_outs"]] == [ANN] and outlist(office) == [ANN]
        office.sheet("invoices", INVOICES, [BILL])
        office.recipe("reminders", SERVICE)
        assert of(next_day(office, "reminders"), "I-1")["decision"] == "ended"
        assert of(office.send(), "E-1")["decision"] == "ended"
        assert office.texts() == [ANN]


@pytest.mark.parametrize("words", ["Please stop by the shop", "No thanks", "the leak won't stop", "text me, don't call"])
def test_what_is_no_opt_out_is_none(tmp_path: Path, words: str) -> None:
    with texting(tmp_path) as office:
        assert wrote(office, words)["opt_outs"] == [] and outlist(office) == []
        assert len(office.queue()) == 1


def test_cancel_is_an_opt_out_and_a_person_looks_whether_the_appointment_was_meant(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        wrote(office, "CANCEL")
        assert outlist(office) == [ANN]
        assert len(office.queue()) == 1


@pytest.mark.parametrize("words", ["START", "start", "UNSTOP"])
def test_start_lifts_the_customers_own_stop(tmp_path: Path, words: str) -> None:
    with texting(tmp_path) as office:
        wrote(office, "STOP")
        office.now = "2026-11-23T11:00"
        office.server.text_from(ANN, words)
        assert office.inbox()["opt_ins"] == [ANN]
        assert outlist(office) == []


@pytest.mark.parametrize("words", ["START", "UNSTOP", "yes", "start again please"])
def test_start_does_not_lift_what_a_person_of_the_office_has_typed(tmp_path: Path, words: str) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.do("optout", ANN)
        office.now = "2026-11-23T10:30"
        office.server.text_from(ANN, words)
        assert office.inbox()["opt_ins"] == [] and outlist(office) == [ANN]
        assert of(next_day(office), "E-1")["decision"] == "ended"


def test_a_manual_block_beside_the_customers_own_stop_outlives_start(tmp_path: Path) -> None:
    for folder, stop_first in ((tmp_path / "a", True), (tmp_path / "b", False)):
        with texting(folder) as office:
            office.send()
            if not stop_first:
                office.do("optout", ANN)
            office.now = "2026-11-23T10:30"
            office.server.text_from(ANN, "STOP")
            office.inbox()
            if stop_first:
                office.do("optout", ANN)
            office.now = "2026-11-23T11:30"
            office.server.text_from(ANN, "START")
            office.inbox()
            assert outlist(office) == [ANN]


def test_yes_is_no_start(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        wrote(office, "STOP")
        office.now = "2026-11-23T11:00"
        office.server.text_from(ANN, "How is the weather?")
        office.inbox()
        assert outlist(office) == [ANN]


@pytest.mark.parametrize(("first", "second", "out"), [("STOP", "START", []), ("START", "STOP", [ANN])])
def test_both_in_one_look_count_in_the_order_they_were_written(tmp_path: Path, first: str, second: str, out: list[str]) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.text_from(ANN, first, at=office.moment + timedelta(minutes=1))
        office.server.text_from(ANN, second, at=office.moment + timedelta(minutes=2))
        office.now = "2026-11-23T10:30"
        office.inbox()
        assert outlist(office) == out


# --- urgent


@pytest.mark.parametrize("now", ["2026-11-23T10:30", "2026-11-23T23:50", "2026-11-26T03:00"])
def test_the_owner_hears_of_danger_at_once_at_any_hour_and_once(tmp_path: Path, now: str) -> None:
    with texting(tmp_path, *TWO) as office:
        office.send()
        office.now = now
        office.server.text_from(BOB, "How much is it?", at=office.moment - timedelta(minutes=3))
        office.server.text_from(ANN, "we smell gas in the basement", at=office.moment - timedelta(minutes=2))
        ran = office.do("inbox")
        assert ran.out.index("smell gas") < ran.out.index("How much is it?")
        assert office.texts().count(OWNER) == 1
        assert any("smell gas" in row["body"] for row in office.server.outgoing() if row["to"] == OWNER)
        for _ in range(3):
            office.inbox()
        assert office.texts().count(OWNER) == 1
        assert next(item for item in office.queue() if "smell gas" in item["body"])["owner"] == "owner"


def test_an_urgent_answer_is_kept_when_the_alert_cannot_leave(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.now = "2026-11-23T10:30"
        office.server.text_from(ANN, "we smell gas in the basement")
        office.server.fails(breaks(503), breaks(503), breaks(503), to=OWNER)
        office.do("inbox")
        assert any("smell gas" in item["body"] for item in office.queue())
        assert "smell gas" in office.do("report").out


# --- results


@pytest.mark.parametrize(
    ("status", "code", "shown"),
    [("delivered", None, False), ("sent", None, False), ("undelivered", 30003, True), ("undelivered", 30005, True), ("undelivered", 30006, True),
     ("failed", 30008, True), ("undelivered", 30004, True), ("undelivered", 30007, True), ("undelivered", 39999, True), ("failed", None, True)],
)  # fmt: skip
def test_what_became_of_a_text(tmp_path: Path, status: str, code: int | None, shown: bool) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.becomes(office.server.messages[0]["sid"], status, code)
        office.now = "2026-11-23T10:30"
        assert office.do("inbox").code == 0
        office.send()
        assert office.texts() == [ANN]
        assert ("Ann Li" in str([item["customer"] for item in office.queue()])) == shown


def test_a_result_is_told_once(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.becomes(office.server.messages[0]["sid"], "undelivered", 30003)
        office.now = "2026-11-23T10:30"
        assert len(office.inbox()["results"]) == 1
        assert office.inbox()["results"] == []
        office.send()
        before = office.do("ledger", "history", "--format", "json").json
        for _ in range(3):
            office.inbox()
        assert office.do("ledger", "history", "--format", "json").json == before


def test_a_result_never_goes_backwards(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.becomes(office.server.messages[0]["sid"], "delivered")
        office.now = "2026-11-23T10:30"
        office.inbox()
        before = office.states("E-1")
        office.server.becomes(office.server.messages[0]["sid"], "sent")
        office.inbox()
        assert office.states("E-1") == before


def test_a_landline_that_shows_later_is_remembered(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.becomes(office.server.messages[0]["sid"], "undelivered", 30006)
        office.now = "2026-11-23T10:30"
        office.inbox()
        office.sheet("estimates", ESTIMATES, [estimate(), estimate("E-9", "Ann Li", ANN, sent="2026-11-22")])
        document = next_day(office)
        assert office.texts() == [ANN]
        assert of(document, "E-9")["decision"] in {"review", "hold"}


# --- once each, whatever happens


def test_three_looks_find_everything_once(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        wrote(office, "How much?")
        before = (replies(office), office.queue(), office.do("ledger", "history", "--format", "json").json)
        for _ in range(3):
            found = office.inbox()
            assert (found["replies"], found["opt_outs"], found["results"]) == ([], [], [])
        assert (replies(office), office.queue(), office.do("ledger", "history", "--format", "json").json) == before


def test_two_messages_of_the_same_second_and_one_that_appears_late(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        office.send()
        at = office.moment + timedelta(minutes=5)
        office.now = "2026-11-23T10:06"
        office.server.text_from(ANN, "first", at=at)
        assert len(office.inbox()["replies"]) == 1
        office.server.text_from(BOB, "of the same second", at=at)
        office.server.text_from(ANN, "a minute older, shown late", at=at - timedelta(minutes=1))
        office.now = "2026-11-23T10:10"
        assert sorted(came["text"] for came in office.inbox()["replies"]) == ["a minute older, shown late", "of the same second"]
        assert office.inbox()["replies"] == []


def test_two_hundred_answers_are_each_found_once(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        for n in range(200):
            office.server.text_from(f"+1312555{n:04}", f"answer {n}", at=office.moment + timedelta(seconds=n))
        office.now = "2026-11-23T12:00"
        assert sorted(came["text"] for came in office.inbox()["replies"]) == sorted(f"answer {n}" for n in range(200))
        assert office.inbox()["replies"] == []


def test_one_person_sending_the_same_words_twice_said_them_twice(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        for minute in (5, 6):
            office.server.text_from(ANN, "hello?", at=office.moment + timedelta(minutes=minute))
        office.now = "2026-11-23T10:30"
        assert len(office.inbox()["replies"]) == 2


@pytest.mark.parametrize(
    "fault", [breaks(500), breaks(503), hangs(), drops(), garbage("read", status=200)], ids=["500", "503", "hangs", "drops", "garbage"]
)
def test_a_provider_in_trouble_loses_nothing_and_says_so(tmp_path: Path, fault: Any) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.now = "2026-11-23T10:30"
        office.server.text_from(ANN, "How much?")
        office.server.fails(*[fault] * 3, method="GET")
        ran = office.do("inbox")
        assert ran.code in {0, 5} and "Traceback" not in ran.out + ran.err
        office.server.text_from(BOB, "Me too")
        office.server._faults.clear()
        office.inbox()
        assert sorted(row["notes"] for row in replies(office)) == ["How much?", "Me too"]


def test_a_refused_log_in_is_told_in_plain_words(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        ran = office.do("inbox", env={"TWILIO_AUTH_TOKEN": "0" * 32})
        assert ran.code == 5
        assert "Twilio refused the log-in" in ran.out + ran.err and "0" * 32 not in ran.out + ran.err


def test_a_missing_secret_is_exit_3_and_names_it(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        ran = office.do("inbox", env={"TWILIO_AUTH_TOKEN": ""})
        assert ran.code == 3 and "TWILIO_AUTH_TOKEN" in ran.out + ran.err


@pytest.mark.parametrize("kill_at", ["first request", "last request", "0.02", "0.08", "0.2", "0.4"])
def test_a_look_that_is_killed_loses_nothing_and_doubles_nothing(tmp_path: Path, kill_at: str) -> None:
    with texting(tmp_path, *TWO) as office:
        office.send()
        for n in range(40):
            words = "STOP" if n % 10 == 0 else "I smell gas" if n == 5 else f"question number {n}?"
            office.server.text_from(f"+1312555{300 + n:04}", words, at=office.moment + timedelta(minutes=1, seconds=n))
        office.server.text_from(ANN, "Tell me more?", at=office.moment + timedelta(minutes=3))
        office.now = "2026-11-23T10:10"
        seen = len(office.server.requests)
        if "request" in kill_at:
            office.server.before_answer = lambda: time.sleep(0.3)
        look = start(office, "inbox")
        until(lambda: len(office.server.requests) > seen)
        if kill_at == "last request":
            time.sleep(0.35)
        elif kill_at != "first request":
            time.sleep(float(kill_at))
        look.send_signal(signal.SIGKILL)
        look.communicate()
        office.server.before_answer = lambda: None
        again = office.do("inbox", "--format", "json")
        assert again.code == 0, again.err
        assert office.inbox()["replies"] == []
        said = [(row["from"], row["notes"]) for row in replies(office)]
        assert len(said) == len(set(said)) == 41
        assert len(outlist(office)) == 4
        tasks = [item["body"] for item in office.queue() if "question number" in item["body"]]
        assert len(tasks) == 35
        alerts = [row["body"] for row in office.server.outgoing() if row["to"] == OWNER]
        assert len(alerts) <= 1 and any("smell gas" in item["body"] for item in office.queue())
        assert of(next_day(office), "E-1")["decision"] == "ended"


def test_two_looks_at_once(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.now = "2026-11-23T10:30"
        office.server.text_from(ANN, "How much?")
        office.server.before_answer = lambda: time.sleep(0.4)
        seen = len(office.server.requests)
        first = start(office, "inbox", "--format", "json")
        until(lambda: len(office.server.requests) > seen)
        second = office.do("inbox", "--format", "json")
        office.server.before_answer = lambda: None
        out, err = first.communicate()
        assert (first.returncode, second.code) == (0, 6), err
        assert len(json.loads(out)["replies"]) == 1 and len(replies(office)) == 1


def test_a_killed_look_never_makes_the_next_one_exit_6(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.before_answer = lambda: time.sleep(0.4)
        seen = len(office.server.requests)
        look = start(office, "inbox")
        until(lambda: len(office.server.requests) > seen)
        look.kill()
        look.communicate()
        office.server.before_answer = lambda: None
        assert office.do("inbox").code == 0


def test_an_opt_out_that_is_typed_while_a_run_sends_is_seen_when_its_turn_to_be_claimed_comes(tmp_path: Path) -> None:
    rows = [estimate(f"E-{n}", f"Pat {chr(65 + n // 26)}{chr(97 + n % 26)}oe", f"+1312555{300 + n:04}") for n in range(45)]
    with texting(tmp_path, *rows, sms="in_flight = 1") as office:
        last = rows[-1][3]
        done: list[int] = []
        file = office.folder / "config.toml"
        file.write_text(
            file.read_text().replace('timeout  = "2 s"', 'timeout  = "30 s"')
        )  # the opt-out starts a program while a text is under way

        def stop_it() -> None:
            if not done and len(office.server.outgoing()) == 2:
                done.append(start(office, "optout", last).wait())

        office.server.before_answer = stop_it
        document = office.send()
        assert done == [0] and last not in office.texts() and len(office.texts()) == 44
        assert of(document, "E-44")["outcome"] == "skipped"


# --- doubt


@pytest.mark.parametrize("fault", [breaks(500, "taken"), breaks(503, "taken"), hangs("taken"), drops("taken"), garbage("taken")])
def test_doubt_is_settled_by_the_next_look(tmp_path: Path, fault: Any) -> None:
    with texting(tmp_path) as office:
        office.server.fails(fault)
        assert of(office.send(), "E-1")["outcome"] == "in_doubt"
        office.now = "2026-11-23T10:20"
        office.server.becomes(office.server.messages[0]["sid"], "delivered")
        assert office.do("inbox").code == 0
        assert office.states("E-1")[-1] != "in_doubt"
        assert of(office.send(), "E-1")["decision"] == "wait" and office.texts() == [ANN]


@pytest.mark.parametrize("fault", [breaks(500), breaks(503), hangs("read"), drops("read")])
def test_what_the_provider_does_not_know_of_is_a_persons_and_never_sent_by_itself(tmp_path: Path, fault: Any) -> None:
    with texting(tmp_path) as office:
        office.server.fails(fault)
        assert of(office.send(), "E-1")["outcome"] == "in_doubt"
        for now in ("2026-11-23T10:20", "2026-11-23T16:00", "2026-11-24T10:00", "2026-11-25T10:00"):
            office.now = now
            office.inbox()
            assert of(office.send(), "E-1")["decision"] == "review"
        assert office.texts() == []
        assert len([item for item in office.queue() if item["record"] == "E-1"]) == 1


def test_somebody_elses_message_with_the_same_words_does_not_settle_it(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        office.server.fails(hangs("read"), to=ANN)
        office.send()
        office.now = "2026-11-23T10:20"
        office.inbox()
        assert of(office.send(), "E-1")["decision"] == "review"


# --- an answer to a service step of the same recipe


def test_a_service_step_with_reply_ends_at_a_question(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.sheet("invoices", INVOICES, [BILL])
        steps = message("one", 'after = "1 day"', "one for {{ customer.name }}") + message(
            "two", 'after = "4 days"', "two for {{ customer.name }}"
        )
        office.recipe("reminders", reminders(top='kind = "service"', steps=steps))
        office.send("reminders")
        office.now = "2026-11-23T11:00"
        office.server.text_from(ANN, "Which invoice is this?")
        office.inbox()
        assert of(next_day(office, "reminders"), "I-1")["decision"] == "ended"
        assert office.texts() == [ANN]
