"""Missed calls when several things come together: bursts with danger in them, providers in trouble, answers, kills, other recipes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, follow_up
from tests.providers.twilio_server import breaks, hangs, refuses, too_many
from tests.stories.contract.telephone import (
    ANN,
    BOB,
    CUSTOMERS,
    HEADINGS,
    LEADS,
    MONDAY,
    OWNER,
    RECIPE,
    Telephone,
    call,
    of,
    shipped,
    telephone,
)
from tests.stories.mail_server import until

TEXT, TASK = ("act", "message"), ("act", "task")


def kind(one: Any) -> tuple[str, str]:
    return one["decision"], one["action"]


# --- danger


@pytest.mark.parametrize("order", ["first", "middle", "last"])
def test_danger_in_one_call_of_a_burst_sends_no_text_for_any(tmp_path: Path, order: str) -> None:
    times = {"first": ("10:05", "10:03", "10:06"), "middle": ("10:02", "10:03", "10:05"), "last": ("10:01", "10:03", "10:02")}[order]
    danger = call("C2", times[1], status="voicemail", seconds="20", transcript="Hi I smell gas in my kitchen please hurry")
    rows = [call("C1", times[0]), danger, call("C3", times[2])]
    with telephone(tmp_path) as office:
        document = office.log(*rows).answer()
        assert office.callers_texted == [] and office.texts() == [OWNER]
        assert of(document, "C2")["decision"] == "review" and TEXT not in {kind(one) for one in document["decisions"]}


@pytest.mark.parametrize("now", ["2026-11-23T02:10", "2026-11-23T09:05", "2026-11-26T10:10", "2026-11-22T21:30"])
def test_danger_is_told_at_any_hour(tmp_path: Path, now: str) -> None:
    day, hour = now.split("T")
    at = f"{int(hour[:2]):02}:{max(int(hour[3:]) - 5, 0):02}"
    with telephone(tmp_path, now) as office:
        one = of(
            office.log(
                call("C1", at, day=day, status="voicemail", seconds="20", transcript="there is smoke coming out of the furnace")
            ).answer(),
            "C1",
        )
        assert (one["decision"] == "review" or kind(one) == TASK) and office.texts() == [OWNER]
        assert [item["record"] for item in office.queue()] == ["C1"]


@pytest.mark.parametrize("number", ["anonymous", "+18005550142", "", ANN])
def test_danger_from_anybody_is_a_persons(tmp_path: Path, number: str) -> None:
    with telephone(tmp_path) as office:
        office.do("optout", ANN)
        one = of(
            office.log(call("C1", "10:02", number, status="voicemail", seconds="20", transcript="we smell gas at 12 Oak Street")).answer(),
            "C1",
        )
        assert (one["decision"] == "review" or kind(one) == TASK) and office.callers_texted == [] and office.texts() == [OWNER]
        [item] = office.queue()
        assert "we smell gas at 12 Oak Street" in item["body"] + item["reason"]


def test_danger_of_hours_ago_is_still_a_persons(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        one = of(office.log(call("C1", "05:02", status="voicemail", seconds="20", transcript="our basement is flooding")).answer(), "C1")
        assert (one["decision"] == "review" or kind(one) == TASK) and office.callers_texted == []
        assert any("flooding" in str(item) for item in office.queue())


def test_an_urgent_call_in_a_rehearsal_alerts_nobody(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02", status="voicemail", seconds="20", transcript="we smell gas"))
        assert of(office.run(RECIPE, office.now), "C1")["decision"] == "review" and office.texts() == []


# --- conversations


@pytest.mark.parametrize("words", ["yes", "No thanks", "How much is it?", "thanks"])
def test_who_answered_something_this_morning_is_called(tmp_path: Path, words: str) -> None:
    with telephone(tmp_path, f"{MONDAY}T09:10") as office:
        office.sheet("estimates", ESTIMATES, [("E-1", "Ann Li", "", ANN, "Furnace", "Sent", "2026-11-20", "480", "")])
        office.recipe("follow-up", follow_up())
        office.send()
        office.now = f"{MONDAY}T09:40"
        office.server.text_from(ANN, words)
        office.inbox()
        office.now = f"{MONDAY}T10:10"
        before = len(office.texts())
        assert kind(of(office.log(call("C1", "10:02")).answer(), "C1")) != TEXT and len(office.texts()) == before


def test_an_answer_that_came_between_the_call_and_the_run_is_respected_only_after_a_look(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.server.text_from(ANN, "I just tried to call you")
        office.inbox()
        assert kind(of(office.log(call("C1", "10:02")).answer(), "C1")) != TEXT and office.callers_texted == []


def test_a_follow_up_of_today_does_not_keep_a_caller_from_being_answered(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.sheet("estimates", ESTIMATES, [("E-1", "Ann Li", "", ANN, "Furnace", "Sent", "2026-11-20", "480", "")])
        office.recipe("follow-up", follow_up())
        office.send()
        assert kind(of(office.log(call("C1", "10:02")).answer(), "C1")) == TEXT and office.texts() == [ANN, ANN]


def test_stop_to_the_text_back_and_another_call(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02")).answer()
        office.now = f"{MONDAY}T10:20"
        office.server.text_from(ANN, "STOP")
        office.inbox()
        for office.now, rows in (
            (f"{MONDAY}T11:10", [call("C1", "10:02"), call("C2", "11:05")]),
            ("2026-11-25T11:10", [call("C3", "11:05", day="2026-11-25")]),
        ):
            office.run(RECIPE, office.log(*rows).now, "--send", "--accept", "short-source")
        assert office.texts() == [ANN]


# --- providers in trouble


def test_patience_that_lasts_longer_than_the_window_is_a_call(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02"))
        office.server.fails(*[too_many("3600")] * 3)
        office.answer()
        office.server._faults.clear()
        office.now = f"{MONDAY}T10:45"
        assert kind(of(office.answer(), "C1")) == TASK and office.texts() == []


def test_a_landline_is_called(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.server.landlines = {ANN}
        office.log(call("C1", "10:02")).answer()
        for office.now in (f"{MONDAY}T10:15", f"{MONDAY}T10:20", f"{MONDAY}T12:30"):
            office.answer()
        assert office.texts() == [] and len([form for form in office.server.forms if form.get("To") == ANN]) == 1
        assert [item["record"] for item in office.queue()] == ["C1"]


@pytest.mark.parametrize("fault", [breaks(500), hangs("taken"), hangs("read"), refuses(21211), breaks(503, "taken")])
def test_a_fault_never_makes_two_texts_and_never_forgets_the_caller(tmp_path: Path, fault: Any) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02"))
        office.server.fails(fault, to=ANN)
        office.answer()
        for office.now in (f"{MONDAY}T10:15", f"{MONDAY}T10:25", f"{MONDAY}T12:30", "2026-11-24T09:30"):
            office.inbox()
            office.answer()
        assert len(office.texts()) <= 1
        assert [item["record"] for item in office.queue()] == ["C1"] * len(office.queue()) and office.queue()


def test_what_expired_at_the_provider_is_a_call_not_a_later_text(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02")).answer()
        office.server.messages[0].update(status="failed", error_code=30036)
        office.now = f"{MONDAY}T11:00"
        office.inbox()
        assert kind(of(office.answer(), "C1")) == TASK and office.texts() == [ANN]


def test_undelivered_is_a_persons(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02")).answer()
        office.server.becomes(office.server.messages[0]["sid"], "undelivered", 30005)
        office.now = f"{MONDAY}T10:20"
        office.inbox()
        for office.now in (f"{MONDAY}T10:25", f"{MONDAY}T12:30"):
            office.answer()
        assert office.texts() == [ANN] and {item["record"] for item in office.queue()} == {"C1"}


def test_a_run_that_is_killed_texts_nobody_twice_and_forgets_nobody(tmp_path: Path) -> None:
    rows = [call(f"C{n}", "10:02", f"+1312555{300 + n:04}") for n in range(20)]
    with telephone(tmp_path, sms="in_flight = 2") as office:
        office.log(*rows)
        office.server.before_answer = lambda: time.sleep(0.05)
        env = {**os.environ, "TWILIO_ACCOUNT_SID": office.server.account_sid, "TWILIO_AUTH_TOKEN": office.server.auth_token}
        command = [sys.executable, "-m", "contractor_ops", "run", RECIPE, "--send", "--office", str(office.folder), "--now", office.now]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        until(lambda: len(office.texts()) >= 5)
        run.send_signal(signal.SIGKILL)
        run.wait()
        office.server.before_answer = lambda: None
        for office.now in (f"{MONDAY}T10:15", f"{MONDAY}T10:20"):
            office.inbox()
            ran = office.do("run", RECIPE, "--send", "--format", "json")
            assert ran.code == 0, ran.err
        assert len(office.texts()) == len(set(office.texts()))
        doubtful = [one for one in ran.json["decisions"] if one["decision"] == "review"]
        assert len(office.texts()) + len(doubtful) >= 20 and len(doubtful) <= 2


# --- exports


def test_two_exports_that_overlap_tell_a_call_once(tmp_path: Path) -> None:
    import csv

    with telephone(tmp_path) as office:
        office.configure('\n[tables.calls]\nfiles = ["a.csv", "b.csv"]\n')
        for name, rows in (
            ("a.csv", [call("C1", "10:02"), call("C2", "10:03", BOB)]),
            ("b.csv", [call("C2", "10:03", BOB), call("C3", "10:04", "+13125550144")]),
        ):
            with (office.folder / name).open("w", newline="") as stream:
                csv.writer(stream).writerows([HEADINGS, *rows])
        document = office.answer()
        assert sorted(one["record"] for one in document["decisions"]) == ["C1", "C2", "C3"]
        assert sorted(office.callers_texted) == [ANN, BOB, "+13125550144"]


def test_calls_without_numbers_of_their_own_are_answered_once_over_many_exports(tmp_path: Path) -> None:
    headings = ("Start time", "From", "To", "Direction", "Status")
    rows = [
        ("2026-11-23 10:02", ANN, "+13125550100", "inbound", "no-answer"),
        ("2026-11-23 10:03", BOB, "+13125550100", "inbound", "no-answer"),
    ]
    with telephone(tmp_path) as office:
        for office.now, shown in (
            (f"{MONDAY}T10:10", rows),
            (f"{MONDAY}T10:15", rows[::-1]),
            (f"{MONDAY}T10:20", [rows[1], ("2026-11-23 10:18", "+13125550144", "+13125550100", "inbound", "no-answer"), rows[0]]),
        ):
            document = office.log(*shown, headings=headings).answer()
            assert len(document["decisions"]) == len(shown)
        assert sorted(office.callers_texted) == [ANN, BOB, "+13125550144"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_a_log_in_another_encoding_with_tabs(tmp_path: Path, encoding: str) -> None:
    with telephone(tmp_path) as office:
        office.configure('\n[tables.calls]\nfile = "calls.csv"\n')
        lines = [
            "Call Sid\tStart Time\tFrom\tTo\tDirection\tStatus\tName",
            f"C1\t2026-11-23 10:02\t{ANN}\t+13125550100\tinbound\tno-answer\tJosé",
            "",
        ]
        (office.folder / "calls.csv").write_bytes("\r\n".join(lines).encode(encoding))
        assert kind(of(office.answer(), "C1")) == TEXT and office.callers_texted == [ANN]


# --- with other recipes


def test_a_lead_who_also_calls_is_not_texted_by_both_at_the_same_minute(tmp_path: Path) -> None:
    """Both are service recipes: the caller's text is answered, and the lead's first answer too, at most one each."""
    with telephone(tmp_path) as office:
        office.recipe("lead-reply", shipped("lead-reply"))
        office.sheet("leads", LEADS, [("L-1", "Ann Li", ANN, "", "AC", "New", f"{MONDAY} 10:00", "")])
        office.log(call("C1", "10:02"))
        for _ in range(3):
            office.do("run", RECIPE, "lead-reply", "--send")
        assert 1 <= len(office.texts()) <= 2


def test_several_recipes_print_an_array_in_order_and_the_first_trouble_is_the_exit_code(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.sheet("estimates", ESTIMATES, [("E-1", "Bob Ray", "", BOB, "Furnace", "Sent", "2026-11-20", "480", "")])
        office.recipe("follow-up", follow_up())
        office.log(call("C1", "10:02"))
        office.server.fails(refuses(21211), to=ANN)
        ran = office.do("run", RECIPE, "follow-up", "--send", "--format", "json")
        assert ran.code == 5 and [one["recipe"] for one in ran.json] == [RECIPE, "follow-up"]
        assert [one["counts"]["rows"] for one in ran.json] == [1, 1] and office.texts() == [BOB]


def test_why_tells_a_calls_story(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.sheet("customers", CUSTOMERS, [("K1", "Ann Li", ANN, "", "", "", "")])
        office.log(call("C1", "10:02")).answer()
        for table in ("calls", "missed_calls"):
            ran = office.do("why", table, "C1")
            assert ran.code == 0 and "C1" in ran.out


def test_a_foreign_offices_own_country_is_not_foreign(tmp_path: Path) -> None:
    with telephone(tmp_path, f"{MONDAY}T10:10") as office:
        file = office.folder / "config.toml"
        text = (
            file.read_text()
            .replace('timezone       = "America/Chicago"', 'timezone       = "America/Toronto"')
            .replace('country        = "US"', 'country        = "CA"')
        )
        file.write_text(text.replace('holidays       = "US-IL"', 'holidays       = "CA-ON"'))
        document = office.log(call("C1", "10:02", "+14165550142"), call("C2", "10:02", "+442071838750")).answer()
        assert "+14165550142" in office.callers_texted and "+442071838750" not in office.callers_texted and document["counts"]["rows"] == 2


def test_read_can_be_fed_back(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02"), call("C2", "10:03", BOB, "completed", "300"))
        csv_text = office.do("read", "calls", "--format", "csv").out
        ran = office.do("run", RECIPE, "--table", "calls=-", "--format", "json", stdin=csv_text)
        assert ran.code == 0, ran.err
        assert kind(of(ran.json, "C1")) == TEXT and len(ran.json["decisions"]) == 1


def test_a_telephone(tmp_path: Path) -> None:
    """The office of these stories passes its own check."""
    with telephone(tmp_path) as office:
        ran = office.log(call("C1", "10:02")).do("check")
        assert ran.code == 0, ran.out
        assert isinstance(office, Telephone)
