"""Missed calls: what counts as missed, who is texted back, in which words and until when, and who is a person's."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.offices import INVOICES
from tests.stories.contract.telephone import ANN, BOB, CUSTOMERS, MONDAY, OFFICE, OWNER, RECIPE, call, of, telephone
from tests.stories.texting import ZONE

TEXT, TASK = ("act", "message"), ("act", "task")
NOBODY = object()


def kind(one: Any) -> tuple[str, str]:
    return one["decision"], one["action"]


def decide(folder: Path, *rows: tuple[str, ...], now: str = f"{MONDAY}T10:10", more: str = "") -> tuple[Any, list[str]]:
    """What a run makes of a log, and whom it texted."""
    with telephone(folder, now, more=more) as office:
        return office.log(*rows).answer(), office.callers_texted


# --- what counts as missed


@pytest.mark.parametrize(
    "status", ["no-answer", "No Answer", "Missed", "missed", "MISSED", "Busy", "busy", "Voicemail", "Missed call", "Left voicemail"]
)
def test_a_call_that_nobody_took_is_texted_back(tmp_path: Path, status: str) -> None:
    document, texted = decide(tmp_path, call("C1", "10:02", status=status))
    assert (kind(of(document, "C1")), texted) == (TEXT, [ANN])


@pytest.mark.parametrize(
    "row",
    [
        call("C1", "10:02", status="completed", seconds="95"),
        call("C1", "10:02", status="Answered", seconds="0:04:10"),
        call("C1", "10:02", status="Call connected", seconds="240"),
        call("C1", "10:02", status="Accepted", seconds="120"),
        call("C1", "10:02", status="no-answer", direction="outbound"),
        call("C1", "10:02", status="busy", direction="outbound-api"),
        call("C1", "10:02", status="completed", seconds="300", direction="Outgoing"),
    ],
    ids=lambda row: f"{row[4]}-{row[5]}",
)
def test_what_was_answered_or_dialled_by_us_is_no_missed_call(tmp_path: Path, row: tuple[str, ...]) -> None:
    document, texted = decide(tmp_path, row)
    assert (document["counts"]["rows"], document["decisions"], texted) == (0, [], [])


@pytest.mark.parametrize("seconds", ["1", "3", "6", "0:00:06", "00:06"])
def test_a_call_completed_in_a_few_seconds_is_a_persons_to_judge(tmp_path: Path, seconds: str) -> None:
    document, texted = decide(tmp_path, call("C1", "10:02", status="completed", seconds=seconds))
    assert (of(document, "C1")["decision"], texted) == ("review", [])
    assert of(document, "C1")["reason"] and of(document, "C1")["owner"] == "office"


def test_a_status_that_nobody_knows_is_a_persons(tmp_path: Path) -> None:
    document, texted = decide(tmp_path, call("C1", "10:02", status="Frobnicated"))
    assert (of(document, "C1")["decision"], texted) == ("review", [])


# --- who is never texted


@pytest.mark.parametrize(
    "number",
    ["anonymous", "Anonymous", "restricted", "Unknown", "Private", "PRIVATE NUMBER", "unavailable", "Blocked", "withheld", "No Caller ID", "",
     "266696687", "+266696687", "7378742833", "+7378742833", "2562533", "8656696", "86282452253", "+86282452253"],
)  # fmt: skip
def test_a_hidden_caller_stands_in_the_document_and_is_never_texted(tmp_path: Path, number: str) -> None:
    document, texted = decide(tmp_path, call("C1", "10:02", number))
    one = of(document, "C1")
    assert document["counts"]["rows"] == 1
    assert texted == []
    assert kind(one) != TEXT and one["reason"] and one["to"] is None


@pytest.mark.parametrize(
    "number",
    ["+18005550142", "+18335550142", "+18885550142", "800-555-0142", "+19005550142", "+442071838750", "+4930123456", "+18765550142",
     "+18095550142", "+525512345678", "72345", "242733", "911", "611", "12", OWNER, "(312) 555-0101", OFFICE, "312.555.0100"],
)  # fmt: skip
def test_toll_free_premium_foreign_short_and_our_own_numbers_are_never_texted(tmp_path: Path, number: str) -> None:
    document, texted = decide(tmp_path, call("C1", "10:02", number))
    assert (document["counts"]["rows"], texted) == (1, [])
    assert kind(of(document, "C1")) != TEXT and of(document, "C1")["reason"]


def test_a_number_of_the_teams_is_never_texted_though_the_sheet_writes_it_otherwise(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.sheet("technicians", ("Name", "Phone", "Email", "Skills"), [("Tom Ives", "(312) 555-0152", "", "hvac")])
        document = office.log(call("C1", "10:02", "+13125550152"), call("C2", "10:03", "312-555-0152")).answer()
        assert office.callers_texted == []
        assert {kind(one) for one in document["decisions"]}.isdisjoint({TEXT})


def test_an_opted_out_caller_is_called_not_texted(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        assert office.do("optout", "(312) 555-0142").code == 0
        document = office.log(call("C1", "10:02")).answer()
        assert office.callers_texted == []
        assert document["counts"]["rows"] == 1 and kind(of(document, "C1")) != TEXT


def test_a_caller_who_is_writing_with_us_is_not_texted(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.server.text_from(ANN, "Are you open today?", at=office.moment - timedelta(minutes=40))
        office.inbox()
        document = office.log(call("C1", "10:02")).answer()
        assert office.callers_texted == [] and kind(of(document, "C1")) != TEXT


@pytest.mark.parametrize(
    "back",
    [
        call("C2", "10:05", status="completed", seconds="95", direction="outbound"),
        call("C2", "10:05", status="completed", seconds="95", direction="outbound-dial"),
        call("C2", "10:06", "(312) 555-0142", status="Call connected", seconds="0:01:35", direction="Outgoing"),
        call("C2", "10:05", status="completed", seconds="140"),  # tried again, and got through
    ],
    ids=["outbound", "outbound-dial", "outgoing", "got-through"],
)
def test_who_has_been_talked_to_since_is_left_alone(tmp_path: Path, back: tuple[str, ...]) -> None:
    document, texted = decide(tmp_path, call("C1", "10:00"), back)
    assert (of(document, "C1")["decision"], texted) == ("ended", [])
    assert len(document["decisions"]) == document["counts"]["rows"] == 1


def test_a_call_that_we_had_before_the_missed_one_changes_nothing(tmp_path: Path) -> None:
    document, texted = decide(tmp_path, call("C0", "09:40", status="completed", seconds="95", direction="outbound"), call("C1", "10:02"))
    assert (kind(of(document, "C1")), texted) == (TEXT, [ANN])


@pytest.mark.parametrize(("column", "value"), [("Do not contact", "yes"), ("Handle by hand", "yes"), ("Pause until", "2026-12-24")])
def test_what_the_office_wrote_beside_a_customer_is_kept_to(tmp_path: Path, column: str, value: str) -> None:
    row = {"Customer #": "K1", "Name": "Ann Li", "Phone": "312 555 0142", column: value}
    with telephone(tmp_path) as office:
        office.sheet("customers", CUSTOMERS, [tuple(row.get(heading, "") for heading in CUSTOMERS)])
        document = office.log(call("C1", "10:02")).answer()
        assert office.callers_texted == [] and kind(of(document, "C1")) != TEXT


@pytest.mark.parametrize("words", [("pause", "+13125550142", "--until", "2026-12-01"), ("pause", "Ann Li", "--until", "2026-12-01")])
def test_a_paused_customer_is_not_texted(tmp_path: Path, words: tuple[str, ...]) -> None:
    with telephone(tmp_path) as office:
        office.sheet("customers", CUSTOMERS, [("K1", "Ann Li", ANN, "", "", "", "")])
        office.log(call("C1", "10:02"))
        assert office.do(*words).code == 0
        document = office.answer()
        assert office.callers_texted == [] and kind(of(document, "C1")) != TEXT


def test_i_already_called_him(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02"))
        assert office.do("skip", RECIPE, "C1", "--because", "I already called him").code == 0
        one = of(office.answer(), "C1")
        assert (one["decision"], office.callers_texted) == ("ended", [])
        assert "I already called him" in one["reason"] + office.do("why", "calls", "C1").out


# --- what a person must see


@pytest.mark.parametrize(
    "words",
    ["Hi it's Ann, I smell gas in the kitchen", "the carbon monoxide alarm is going off", "Water is flooding the basement please hurry",
     "there are sparks coming out of the panel", "our heat is out and we have a newborn baby"],
)  # fmt: skip
def test_an_urgent_voicemail_goes_to_a_person_and_the_owner_hears_at_once_and_once(tmp_path: Path, words: str) -> None:
    with telephone(tmp_path) as office:
        one = of(office.log(call("C1", "10:02", status="voicemail", seconds="30", transcript=words)).answer(), "C1")
        assert (one["decision"], office.callers_texted) == ("review", [])
        assert office.texts() == [OWNER]
        office.answer()
        assert office.texts() == [OWNER]


def test_a_quiet_voicemail_is_texted_back(tmp_path: Path) -> None:
    words = "Hi, this is Ann, could you call me about a quote for new gutters"
    document, texted = decide(tmp_path, call("C1", "10:02", status="voicemail", seconds="30", transcript=words))
    assert (kind(of(document, "C1")), texted) == (TEXT, [ANN])


def test_an_open_dispute_goes_to_a_person_and_a_settled_one_does_not(tmp_path: Path) -> None:
    rows = [("I-1", "Ann Li", "", ANN, "Disputed", "2026-11-01", "2026-11-10", "100", "100", ""),
            ("I-2", "Bob Ray", "", BOB, "Paid", "2026-11-01", "2026-11-10", "100", "0", "")]  # fmt: skip
    with telephone(tmp_path) as office:
        office.sheet("invoices", INVOICES, rows)
        document = office.log(call("C1", "10:02"), call("C2", "10:03", BOB)).answer()
        assert (of(document, "C1")["decision"], kind(of(document, "C2"))) == ("review", TEXT)
        assert office.callers_texted == [BOB]


# --- bursts and repeats


def test_a_burst_gets_one_text_and_each_call_says_so(tmp_path: Path) -> None:
    rows = [call(f"C{n}", f"10:0{n}") for n in range(1, 8)]
    with telephone(tmp_path) as office:
        document = office.log(*rows, call("D1", "10:05", BOB)).answer()
        assert sorted(office.callers_texted) == [ANN, BOB]
        assert document["counts"]["rows"] == len(document["decisions"]) == 8
        ann = [one for one in document["decisions"] if one["record"].startswith("C")]
        assert {one["outcome"] for one in ann} == {"queued"}
        settled = {one["settled_by"] for one in ann if one["settled_by"]}
        assert len(settled) == 1 and settled <= {one["record"] for one in ann}


def test_a_burst_that_begins_before_the_window_gets_no_second_text(tmp_path: Path) -> None:
    with telephone(tmp_path, f"{MONDAY}T10:03") as office:
        office.log(call("C1", "10:02")).answer()
        for minute in ("10:06", "10:09", "10:20"):
            office.now = f"{MONDAY}T{minute}"
            office.log(call("C1", "10:02"), call("C2", "10:05"), call("C3", "10:08"), call("C4", "10:19")).answer()
        assert office.callers_texted == [ANN]


def test_one_number_written_in_three_ways_is_one_caller(tmp_path: Path) -> None:
    rows = [call("C1", "10:01", "+13125550142"), call("C2", "10:02", "(312) 555-0142"), call("C3", "10:03", "312.555.0142")]
    document, texted = decide(tmp_path, *rows)
    assert texted == [ANN] and len(document["decisions"]) == 3


def test_the_same_number_is_not_texted_twice_within_a_day_and_is_called_instead(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02")).answer()
        office.now = f"{MONDAY}T16:05"
        assert kind(of(office.log(call("C1", "10:02"), call("C2", "16:00")).answer(), "C2")) != TEXT
        office.now = "2026-11-24T09:35"
        office.log(call("C1", "10:02"), call("C2", "16:00"), call("C3", "09:30", day="2026-11-24")).answer()
        assert office.callers_texted == [ANN]
        office.now = "2026-11-24T14:05"
        document = office.log(call("C1", "10:02"), call("C2", "16:00"), call("C4", "14:00", day="2026-11-24")).answer()
        assert (kind(of(document, "C4")), office.callers_texted) == (TEXT, [ANN, ANN])


def test_ten_runs_text_once(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02"))
        for minute in range(10, 30, 2):
            office.now = f"{MONDAY}T10:{minute}"
            office.answer()
        assert office.callers_texted == [ANN]


# --- the window, the hours, the words


@pytest.mark.parametrize(
    ("at", "now", "expected"),
    [
        ("10:00:00", "10:29:50", TEXT),
        ("10:00:00", "10:30:01", TASK),
        ("10:00", "10:00:00", TEXT),
        ("10:00", "13:00", TASK),
        ("19:40", "19:55", TEXT),
        ("19:55", "20:05", TASK),
        ("17:40", "17:50", TEXT),
        ("08:20", "09:05", TASK),
    ],
)
def test_a_text_leaves_only_in_its_window_and_in_sending_hours(tmp_path: Path, at: str, now: str, expected: tuple[str, str]) -> None:
    document, texted = decide(tmp_path, call("C1", at), now=f"{MONDAY}T{now}")
    assert kind(of(document, "C1")) == expected
    assert texted == ([ANN] if expected == TEXT else [])


@pytest.mark.parametrize(
    ("at", "now"),
    [("22:00", "2026-11-23T22:05"), ("23:59", "2026-11-24T00:10"), ("02:00", "2026-11-23T02:10"), ("06:58", "2026-11-23T07:00")],
)
def test_a_call_of_the_night_is_a_task_at_the_opening_and_never_a_text(tmp_path: Path, at: str, now: str) -> None:
    with telephone(tmp_path, now) as office:
        office.log(call("C1", at))
        for moment in (now, "2026-11-24T08:05", "2026-11-24T09:05", "2026-11-24T12:30"):
            office.now = moment
            office.answer()
        assert office.callers_texted == []
        [item] = office.queue()
        assert (item["record"], item["kind"], item["owner"]) == ("C1", "task", "office")


@pytest.mark.parametrize(("number", "now", "at"), [("+12135550142", "10:10", "10:02"), ("+12125550142", "19:10", "19:02")])
def test_the_callers_own_clock_counts(tmp_path: Path, number: str, now: str, at: str) -> None:
    """10:10 in Chicago is 8:10 in Los Angeles; 19:10 is 20:10 in New York."""
    document, texted = decide(tmp_path, call("C1", at, number), now=f"{MONDAY}T{now}")
    assert texted == [] and document["counts"]["rows"] == 1


def test_texas_sleeps_in_on_sundays(tmp_path: Path) -> None:
    sunday = "2026-11-22"
    document, texted = decide(
        tmp_path, call("C1", "10:32", "+17135550142", day=sunday), call("C2", "10:32", day=sunday), now=f"{sunday}T10:40"
    )
    assert "+17135550142" not in texted and document["counts"]["rows"] == 2


def body(folder: Path, day: str, at: str, now: str) -> str:
    with telephone(folder / f"{day}-{at}".replace(":", ""), f"{day}T{now}") as office:
        return str(of(office.log(call("C1", at, day=day)).answer(), "C1")["body"])


def test_the_words_after_hours_on_saturdays_sundays_and_holidays_are_others_and_all_name_the_office(tmp_path: Path) -> None:
    inside = body(tmp_path, MONDAY, "10:02", "10:05")
    closed = [body(tmp_path, day, at, now) for day, at, now in (
        (MONDAY, "18:02", "18:05"), ("2026-11-21", "10:02", "10:05"), ("2026-11-22", "13:02", "13:05"), ("2026-11-26", "10:02", "10:05"))]  # fmt: skip
    assert all("Northside Heating & Air" in words for words in (inside, *closed))
    assert all(words.split("Northside Heating & Air")[1] != inside.split("Northside Heating & Air")[1] for words in closed)


def test_the_edges_of_business_hours(tmp_path: Path) -> None:
    inside = body(tmp_path, MONDAY, "16:58", "16:59")
    after = body(tmp_path, MONDAY, "17:02", "17:03")
    assert inside != after and "closed" in after and "closed" not in inside


def test_on_friday_evening_it_says_monday(tmp_path: Path) -> None:
    assert "Mon" in body(tmp_path, "2026-11-20", "18:02", "18:05")


def test_the_office_opens_after_thanksgiving_not_on_it(tmp_path: Path) -> None:
    words = body(tmp_path, "2026-11-25", "18:02", "18:05")
    assert "tomorrow" not in words and "Thu" not in words


def test_a_known_customer_is_greeted_by_name_and_a_stranger_by_none(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.sheet("customers", CUSTOMERS, [("K1", "Ann Li", "(312) 555-0142", "", "", "", "")])
        document = office.log(call("C1", "10:02"), call("C2", "10:03", BOB)).answer()
        assert "Ann" in of(document, "C1")["body"] and of(document, "C1")["customer"] == "Ann Li"
        stranger = of(document, "C2")["body"]
        assert not any(odd in stranger for odd in ("None", "nan", "{{", "Hi ,", "  "))


def test_the_text_carries_what_is_left_of_its_window(tmp_path: Path) -> None:
    with telephone(tmp_path, f"{MONDAY}T19:58") as office:
        office.log(call("C1", "19:50")).answer()
        assert 1 <= int(office.server.forms[-1]["ValidityPeriod"]) <= 120


# --- the last two days


def test_every_missed_call_of_two_days_has_one_decision_and_only_fresh_ones_are_texted(tmp_path: Path) -> None:
    now = datetime(2026, 11, 24, 10, 10, tzinfo=ZONE)
    rows = []
    for hours in range(0, 48, 3):
        at = now - timedelta(hours=hours, minutes=5)
        rows.append(call(f"C{hours:02}", f"{at:%H:%M}", f"+1312555{200 + hours:04}" if hours else ANN, day=f"{at:%Y-%m-%d}"))
    rows.append(call("H1", "11:00", "anonymous"))
    document, texted = decide(tmp_path, *rows, now="2026-11-24T10:10")
    assert {one["record"] for one in document["decisions"]} == {row[0] for row in rows}
    assert document["counts"]["rows"] == len(rows)
    assert texted == [ANN]
    assert all(kind(one) == TASK or one["decision"] in {"review", "ended"} for one in document["decisions"] if one["record"] != "C00")


def test_a_call_that_was_told_ahead_of_the_clock_is_never_texted_hours_before(tmp_path: Path) -> None:
    document, texted = decide(tmp_path, call("C1", "15:00"))
    assert texted == [] and document["counts"]["rows"] <= 1


def test_a_rehearsal_texts_nobody_and_says_what_it_would_do(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02"))
        document = office.run(RECIPE, office.now)
        assert (kind(of(document, "C1")), of(document, "C1")["outcome"], office.texts()) == (TEXT, None, [])


def test_the_recipe_that_ships_asks_a_person_first(tmp_path: Path) -> None:
    with telephone(tmp_path, mode="approve") as office:
        assert of(office.log(call("C1", "10:02")).answer(), "C1")["decision"] == "review"
        assert office.texts() == []
        assert office.do("review", "approve", office.item("C1")).code == 0
        office.now = f"{MONDAY}T10:15"
        assert of(office.answer(), "C1")["outcome"] in {"sent", "queued"}
        assert office.texts() == [ANN]


def test_released_too_late_it_is_a_call(tmp_path: Path) -> None:
    with telephone(tmp_path, mode="approve") as office:
        office.log(call("C1", "10:02")).answer()
        office.do("review", "approve", office.item("C1"))
        office.now = f"{MONDAY}T12:15"
        document = office.answer()
        assert office.texts() == [] and kind(of(document, "C1")) == TASK


def test_only_the_calls_table_is_needed_and_the_view_can_be_read(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02"), call("C2", "10:03", BOB, "completed", "200"), call("C3", "10:04", "anonymous"))
        ran = office.do("read", "missed_calls", "--format", "json")
        assert ran.code == 0
        rows = {row["number"]: row for row in ran.json["records"]}
        assert set(rows) == {"C1", "C3"}
        assert rows["C1"]["phone"] == ANN and rows["C1"]["source"]["file"] == "calls.csv" and rows["C1"]["source"]["row"] == 2


def test_the_source_of_each_decision_is_its_row(tmp_path: Path) -> None:
    document, _ = decide(tmp_path, call("C0", "09:00", status="completed", seconds="90"), call("C1", "10:02"))
    source = of(document, "C1")["source"]
    assert (source["file"], source["row"]) == ("calls.csv", 3)


def test_a_call_without_a_time_is_never_texted(tmp_path: Path) -> None:
    row = call("C1", "10:02")
    document, texted = decide(tmp_path, (row[0], "", *row[2:]), call("C2", "10:03", BOB))
    assert texted == [BOB]
    assert of(document, "C1")["decision"] in {"broken", "review"}


def test_nobody_answers_the_text_and_a_person_calls(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02")).answer()
        office.now = f"{MONDAY}T12:30"
        assert kind(of(office.answer(), "C1")) == TASK
        [item] = office.queue()
        assert item["owner"] == "office" and "555-0142" in item["body"]
        assert office.texts() == [ANN]
