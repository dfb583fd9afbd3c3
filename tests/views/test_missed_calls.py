"""Every kind of missed call, each beside one that only looks like it: a text, nothing at all, somebody who calls back, or a person who looks first."""

from datetime import datetime

import pytest

from tests.views.telephone import (
    ANN,
    BOB,
    EVE,
    HEADINGS,
    MARIA,
    NOW,
    OFFICE,
    log,
    missed,
    outgoing,
    reply,
    row,
    rows,
    text_sent,
    verdict,
    view,
)  # fmt: skip

CUSTOMERS = f"Customer,Phone,Email,Address,Customer #,Notes,Tags,Do not contact\nAnn Li,{ANN},ann@li.example,12 Elm St,C-7,,,\nBob Roe,{BOB},,,C-8,,,"


def customers(*lines: str) -> str:
    return "\n".join(("Customer,Phone,Email,Address,Customer #,Notes,Tags,Do not contact", *lines))


# ── who gets a text ──


def test_a_strangers_missed_call_is_texted() -> None:
    found = row(log(missed()))
    assert verdict(found) == "text" and found["phone"] == ANN and found["customer"] is None and found["known"] is False
    assert found["number"] == "c1" and found["started_at"] == datetime(2026, 11, 24, 10, 20) and found["calls"] == 1
    assert (found["urgent"], found["disputed"], found["status"]) == (False, False, "no-answer")


def test_a_known_customer_is_known_by_the_number() -> None:
    found = row(log(missed()), customers=CUSTOMERS)
    assert (found["customer"], found["email"], found["address"], found["customer_number"]) == (
        "Ann Li",
        "ann@li.example",
        "12 Elm St",
        "C-7",
    )
    assert found["known"] is True and verdict(found) == "text"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("leads", f"Lead #,Name,Phone,Received\nL-1,Ann Li,{ANN},2026-11-01"),
        ("jobs", f"Job #,Customer,Phone,Scheduled start\nJ-1,Ann Li,{ANN},2026-11-01"),
        ("estimates", f"Estimate #,Customer,Phone,Status,Total\nE-1,Ann Li,{ANN},Sent,100"),
        ("invoices", f"Invoice #,Customer,Phone,Status,Total,Balance\nI-1,Ann Li,{ANN},Paid,100,0"),
    ],
)
def test_a_caller_may_be_known_from_another_table(name: str, text: str) -> None:
    found = row(log(missed()), **{name: text})
    assert found["customer"] == "Ann Li" and found["known"] is True and verdict(found) == "text"


def test_the_latest_row_of_another_table_tells_the_address() -> None:
    text = f"Job #,Customer,Phone,Address,Scheduled start\nJ-2,Ann Li,{ANN},14 Oak St,2026-10-01\nJ-1,Ann Li,{ANN},12 Elm St,2025-10-01"
    assert row(log(missed()), jobs=text)["address"] == "14 Oak St"


def test_a_name_that_the_log_shows_finds_nobody() -> None:
    text = log(f"{missed(caller=EVE)},Ann Li", headings=f"{HEADINGS},Name")
    found = row(text, customers=CUSTOMERS)
    assert found["customer"] is None and found["known"] is False and found["caller_name"] == "Ann Li"


def test_a_customer_whom_the_office_wrote_into_the_log_is_greeted() -> None:
    found = row(log(f"{missed(caller=EVE)},Eve Poe", headings=f"{HEADINGS},Customer"))
    assert found["customer"] == "Eve Poe" and found["known"] is True


def test_two_people_with_one_number_are_texted_without_a_name() -> None:
    found = row(
        log(missed()),
        customers=customers(f"Ann Li,{ANN},ann@li.example,12 Elm St,C-7,,,", f"Tom Oak,{ANN},tom@oak.example,12 Elm St,C-9,,,yes"),
    )
    assert (found["customer"], found["email"], found["customer_number"], found["known"]) == (None, None, None, True)
    assert verdict(found) == "text" and found["do_not_contact"] is True


def test_one_customer_with_two_houses_keeps_the_name_and_loses_the_address() -> None:
    found = row(log(missed()), customers=customers(f"Ann Li,{ANN},,12 Elm St,C-7,,,", f'"Li, Ann",{ANN},,14 Oak St,C-9,,,'))
    assert found["customer"] == "Ann Li" and found["address"] is None and found["customer_number"] is None


def test_two_names_in_other_tables_are_no_name() -> None:
    text = f"Job #,Customer,Phone,Scheduled start\nJ-2,Ann Li,{ANN},2026-10-01\nJ-1,Tom Oak,{ANN},2025-10-01"
    assert row(log(missed()), jobs=text)["customer"] is None


# ── what counts as missed ──


@pytest.mark.parametrize(
    "status", ["no-answer", "busy", "failed", "canceled", "Missed", "Voicemail", "NO ANSWER", "Hang Up", "Abandoned Call", "Rejected"]
)
def test_words_for_a_call_that_nobody_took(status: str) -> None:
    assert verdict(row(log(missed(status=status)))) == "text"


@pytest.mark.parametrize(
    ("status", "seconds"), [("completed", "15"), ("Accepted", "200"), ("Answered", ""), ("in-progress", ""), ("", "45")]
)
def test_a_call_that_somebody_took_is_no_row(status: str, seconds: str) -> None:
    table = view(log(missed(status=status, seconds=seconds)))
    assert not table.records and table.passed_over["answered"] == 1


@pytest.mark.parametrize(
    ("status", "seconds", "why"),
    [
        ("completed", "6", "answered for 6 seconds: it may have been a voicemail"),
        ("completed", "14", "answered for 14 seconds"),
        ("Accepted", "1", "answered for 1 second:"),
        ("completed", "0", "answered for 0 seconds"),
        ("completed", "", 'the status "completed" does not say whether anybody took the call'),
        ("Redirected", "80", 'the status "Redirected" does not say'),
        ("", "", "the log does not say what became of the call"),
        ("", "0", "the log does not say what became of the call"),
        ("", "9", "answered for 9 seconds"),
    ],
)
def test_a_call_that_may_have_been_missed_is_a_persons_to_judge(status: str, seconds: str, why: str) -> None:
    found = row(log(missed(status=status, seconds=seconds)))
    assert verdict(found) == "review" and why in found["review_because"]


def test_ringing_is_not_missed_until_it_has_rung_for_long() -> None:
    ringing = view(log(missed("2026-11-24 10:29:30", status="ringing")))
    assert not ringing.records and ringing.passed_over["still ringing"] == 1
    assert verdict(row(log(missed("2026-11-24 10:20:00", status="ringing")))) == "review"


def test_a_voicemail_is_missed_however_long_it_is() -> None:
    headings = f"{HEADINGS},Answered by"
    assert verdict(row(log(f"{missed(status='completed', seconds='40')},machine_start", headings=headings))) == "text"
    assert not view(log(f"{missed(status='completed', seconds='40')},human", headings=headings)).records


def test_outgoing_calls_and_calls_inside_the_office_are_never_missed() -> None:
    table = view(log(outgoing("2026-11-24 10:00:00", status="no-answer", seconds=""), "c2,2026-11-24 10:01:00,101,102,,no-answer,"))
    assert not table.records and table.passed_over == {"outgoing": 1, "inside the office": 1}


# ── which days ──


@pytest.mark.parametrize(
    ("at", "there"),
    [
        ("2026-11-20 10:31:00", True), ("2026-11-20 10:29:00", False), ("2026-11-22 09:00:00", True), ("2026-11-24 10:30:00", True),
    ],
)  # fmt: skip
def test_two_business_days_back_and_no_further(at: str, there: bool) -> None:
    assert ("c1" in rows(log(missed(at), missed("2026-11-24 10:00:00", BOB, number="c2")))) is there


def test_what_is_older_is_counted() -> None:
    assert view(log(missed("2026-11-02 09:00:00"), missed("2026-11-03 09:00:00", number="c2"))).passed_over["older"] == 2


def test_a_holiday_is_no_business_day() -> None:
    thursday = datetime(2026, 11, 26, 10, 30, tzinfo=NOW.tzinfo)  # Thanksgiving
    assert row(log(missed("2026-11-24 10:31:00")), now=thursday, holidays=["2026-11-26"])
    friday = datetime(2026, 11, 27, 10, 30, tzinfo=NOW.tzinfo)
    assert row(log(missed("2026-11-24 10:31:00")), now=friday, holidays=["2026-11-26"])


# ── nothing to do ──


@pytest.mark.parametrize(
    "caller", ["anonymous", "Restricted", "266696687", "7378742833", "+266696687", "sip:anonymous@anonymous.invalid", "Private", ""]
)
def test_a_hidden_caller_without_a_voicemail_cannot_be_helped(caller: str) -> None:
    found = row(log(missed(caller=caller)))
    assert verdict(found) == "ended" and "left no voicemail" in found["ended_because"] and found["phone"] is None


def test_a_hidden_caller_with_a_voicemail_is_for_a_person_to_hear() -> None:
    found = row(log(missed(caller="anonymous", status="Voicemail")))
    assert verdict(found) == "call back" and "hid the number" in found["no_message_because"]


def test_our_own_numbers_and_our_own_people_are_not_customers() -> None:
    assert row(log(missed(caller=OFFICE)))["ended_because"] == "it came from one of our own numbers"
    assert row(log(missed(caller=MARIA)))["ended_because"] == "it was one of our own people"
    assert "inside the office (101)" in row(log(missed(caller="101")))["ended_because"]


@pytest.mark.parametrize(
    ("caller", "why"),
    [
        ("+18005550142", "a toll-free number"),
        ("+19005550142", "a premium-rate number"),
        ("72345", "a short code"),
        ("+442079460018", "a foreign number"),
        ("+18765550142", "a foreign number"),
    ],
)
def test_machines_and_advertisers_are_left_alone(caller: str, why: str) -> None:
    found = row(log(missed(caller=caller)))
    assert verdict(found) == "ended" and why in found["ended_because"]


@pytest.mark.parametrize("caller", ["+18005550142", "+442079460018"])
def test_a_toll_free_or_foreign_caller_who_is_known_or_left_a_voicemail_is_called_back(caller: str) -> None:
    assert verdict(row(log(missed(caller=caller, status="Voicemail")))) == "call back"
    assert verdict(row(log(missed(caller=caller)), customers=customers(f"Ann Li,{caller},,,,,,"))) == "call back"


def test_suppliers_are_never_texted() -> None:
    assert "Ferguson" in row(log(missed(caller=EVE)), never_text={EVE: "Ferguson"})["ended_because"]
    assert EVE in row(log(missed(caller=EVE)), never_text={EVE: ""})["ended_because"]
    found = row(log(missed()), customers=customers(f"Acme Pipes,{ANN},,,,,Supplier; net 30,"))
    assert found["ended_because"] == "the customers table has this number as Supplier; net 30"
    assert verdict(row(log(missed()), customers=customers(f"Vendor Vance,{ANN},,,,,VIP,"))) == "text"


def test_the_telephone_systems_own_block_list_is_believed_for_strangers() -> None:
    assert "spam" in row(log(missed(status="Blocked")))["ended_because"]
    assert verdict(row(log(missed(status="Blocked")), customers=CUSTOMERS)) == "text"


def test_called_back_since_is_over() -> None:
    found = row(log(missed("2026-11-24 09:00:00"), outgoing("2026-11-24 09:20:00")))
    assert found["ended_because"] == "they were called back at 9:20 AM"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (outgoing("2026-11-24 09:20:00", seconds="14"), "call back"),  # a voicemail greeting, perhaps
        (outgoing("2026-11-24 09:20:00", status="no-answer", seconds=""), "call back"),
        (outgoing("2026-11-24 08:20:00"), "text"),  # before the call
        (outgoing("2026-11-24 09:20:00", BOB), "text"),  # somebody else
        (outgoing("2026-11-24 11:20:00"), "text"),  # not yet known at this hour
    ],
)
def test_what_is_no_call_back(line: str, what: str) -> None:
    found = row(log(missed("2026-11-24 09:00:00"), line))
    assert verdict(found) == what
    assert what == "text" or "somebody tried to call back at 9:20 AM" in found["no_message_because"]


def test_got_through_later_is_over() -> None:
    found = row(log(missed("2026-11-23 16:00:00"), missed("2026-11-23 16:20:00", status="completed", seconds="80", number="c2")))
    assert found["ended_because"] == "they called again and got through on Mon, Nov 23 at 4:20 PM"
    again = rows(log(missed("2026-11-23 16:00:00"), missed("2026-11-23 16:20:00", status="completed", seconds="8", number="c2")))
    assert verdict(again["c1"]) == "text" and verdict(again["c2"]) == "review"


# ── somebody calls back ──


def test_a_line_with_an_extension_takes_no_texts() -> None:
    found = row(log(missed()), customers=customers(f"Oak School,{ANN} x12,,,,,,"))
    assert verdict(found) == "call back" and found["customer"] == "Oak School" and "extensions" in found["no_message_because"]


def test_a_number_that_is_none_is_shown_to_a_person() -> None:
    found = row(log(missed(caller="239854880")))
    assert verdict(found) == "call back" and '"239854880" is no whole telephone number' in found["no_message_because"]


def test_a_text_of_the_day_before_is_enough() -> None:
    found = row(log(missed()), messages=[text_sent("2026-11-24 08:00")])
    assert found["no_message_because"] == "they were texted over a missed call at 8:00 AM" and verdict(found) == "call back"


@pytest.mark.parametrize(
    "sent",
    [
        text_sent("2026-11-23 10:19"),  # more than a day before
        text_sent("2026-11-24 08:00", BOB),
        text_sent("2026-11-24 08:00", table="invoices"),
        text_sent("2026-11-24 08:00", status="failed"),
        text_sent("2026-11-24 10:21", record="c1"),  # this call's own: what follows it is the recipe's business
    ],
)
def test_what_is_no_text_of_the_day_before(sent: dict[str, object]) -> None:
    assert verdict(row(log(missed()), messages=[sent])) == "text"


def test_a_conversation_under_way_is_not_disturbed() -> None:
    found = row(log(missed()), replies=[reply("2026-11-22 18:10")])
    assert found["no_message_because"] == "a conversation is under way: they wrote on Sun, Nov 22 at 6:10 PM"
    by_mail = row(log(missed()), replies=[reply("2026-11-24 08:10", "ann@li.example")], customers=CUSTOMERS)
    assert "they wrote at 8:10 AM" in by_mail["no_message_because"]
    by_name = row(log(missed()), replies=[reply("2026-11-24 08:10", "other@li.example", customer="Ann Li")], customers=CUSTOMERS)
    assert verdict(by_name) == "call back"


@pytest.mark.parametrize(
    "wrote",
    [reply("2026-11-21 10:00"), reply("2026-11-24 09:00", BOB), reply("2026-11-24 09:00", label="auto_reply"), reply("2026-11-24 11:00")],
)
def test_what_is_no_conversation(wrote: dict[str, object]) -> None:
    assert verdict(row(log(missed()), replies=[wrote])) == "text"


def test_an_answer_to_this_calls_own_text_is_left_to_the_recipe() -> None:
    found = row(log(missed()), messages=[text_sent("2026-11-24 10:21", record="c1")], replies=[reply("2026-11-24 10:25")])
    assert verdict(found) == "text"


# ── a person first ──


def test_an_urgent_voicemail_is_shown_to_a_person() -> None:
    found = row(log(f"{missed(status='Voicemail')},I smell gas in the kitchen", headings=f"{HEADINGS},Transcript"))
    assert verdict(found) == "review" and found["urgent"] is True and found["review_because"] == "urgent: smell of gas"
    assert found["notes"] == "I smell gas in the kitchen"


def test_danger_is_never_dropped_whoever_calls() -> None:
    headings, words = f"{HEADINGS},Transcript", "gas smell"
    for caller in ("anonymous", "+18005550142", EVE):
        found = row(log(f"{missed(caller=caller, status='Voicemail')},{words}", headings=headings), never_text={EVE: "Ferguson"})
        assert verdict(found) == "review + call back"
    called = row(log(f"{missed(status='Voicemail')},{words}", f"{outgoing('2026-11-24 10:25:00')},", headings=headings))
    assert verdict(called) == "ended"


@pytest.mark.parametrize(
    ("words", "why"),
    [("Never again with you!", "a complaint: angry"), ("stop calling me", "the caller wants to be left alone: asks to stop")],
)
def test_angry_callers_are_a_persons(words: str, why: str) -> None:
    assert row(log(f"{missed(status='Voicemail')},{words}", headings=f"{HEADINGS},Transcript"))["review_because"] == why


def test_an_ordinary_voicemail_is_answered_by_text() -> None:
    assert verdict(row(log(f"{missed(status='Voicemail')},Hi it's Ann about the furnace", headings=f"{HEADINGS},Transcript"))) == "text"


INVOICES = "Invoice #,Customer,Phone,Email,Status,Total,Balance,Notes"


@pytest.mark.parametrize(
    ("invoice", "why"),
    [
        (f"17,Ann Li,{ANN},,Disputed,500,500,", "invoice 17 is disputed"),
        ("17,Ann Li,,,In dispute,500,500,", "invoice 17 is disputed"),  # by the name of a known customer
        ("17,A. Li,,ann@li.example,Disputed,500,500,", "invoice 17 is disputed"),
        (f"17,Ann Li,{ANN},,Overdue,500,500,her lawyer wrote", 'the notes on invoice 17 say "lawyer"'),
    ],
)
def test_an_open_dispute_goes_to_a_person(invoice: str, why: str) -> None:
    found = row(log(missed()), customers=CUSTOMERS, invoices=f"{INVOICES}\n{invoice}")
    assert verdict(found) == "review" and found["review_because"] == why and found["disputed"] is True


@pytest.mark.parametrize(
    "invoice",
    [
        f"17,Ann Li,{ANN},,Paid,500,0,her lawyer wrote",
        f"17,Bob Roe,{BOB},,Disputed,500,500,",
        f"17,Ann Li,{ANN},,Overdue,500,500,call after 5",
    ],
)
def test_what_is_no_open_dispute(invoice: str) -> None:
    found = row(log(missed()), customers=CUSTOMERS, invoices=f"{INVOICES}\n{invoice}")
    assert verdict(found) == "text" and found["disputed"] is False


def test_the_notes_on_a_customer_may_tell_of_a_dispute() -> None:
    found = row(log(missed()), customers=customers(f"Ann Li,{ANN},,,,threatens small claims court,,"))
    assert found["review_because"] == 'the notes on this customer say "small claims"'


@pytest.mark.parametrize(
    ("verified", "what"),
    [
        ("TN-Validation-Failed-A", "review"),
        ("TN-Validation-Passed-C", "review"),
        ("TN-Validation-Passed-A", "text"),
        ("No-TN-Validation", "text"),
        ("", "text"),
    ],
)
def test_a_number_that_the_network_does_not_vouch_for_may_be_forged(verified: str, what: str) -> None:
    assert verdict(row(log(f"{missed()},{verified}", headings=f"{HEADINGS},Stir Verstat"))) == what


def test_several_reasons_are_all_told_the_gravest_first() -> None:
    text = log(f"{missed(status='completed', seconds='6')},gas smell,TN-Validation-Failed-C", headings=f"{HEADINGS},Transcript,StirVerstat")
    reasons = row(text, customers=CUSTOMERS, invoices=f"{INVOICES}\n17,Ann Li,{ANN},,Disputed,500,500,")["review_because"].split("; ")
    assert [reason.split()[0] for reason in reasons] == ["urgent:", "invoice", "the", "answered"]


def test_a_log_without_times_or_of_another_zone_is_a_persons() -> None:
    by_day = row(log(f"c1,2026-11-24,Missed,{ANN}", headings="Call ID,Date,Status,From"))
    assert by_day["review_because"] == "the log does not say at what time"
    ahead = view(log(missed("2026-11-24 16:20:00")))
    assert "lies ahead (at 4:20 PM)" in str(ahead.records[0]["review_because"])
    assert 'let the heading say so: "Start Time (UTC)"' in ahead.warnings[0].message
    utc = view(log(missed("2026-11-24 16:20:00"), headings=HEADINGS.replace("Start Time", "Start Time (UTC)")))
    assert verdict(dict(utc.records[0].values)) == "text" and not utc.warnings


def test_a_call_whose_time_nobody_can_read_keeps_its_cell() -> None:
    table = view(log(missed("yesterday"), missed("2026-11-24 10:00:00", BOB, number="c2")))
    unreadable = table.records[0]
    assert unreadable["started_at"] is None and unreadable.problems["started_at"].value == "yesterday" and table.problems


# ── bursts and copies ──


def test_a_burst_is_a_row_for_each_call_and_each_knows_of_the_others() -> None:
    found = rows(log(*(missed(f"2026-11-24 10:2{n}:00", number=f"c{n}") for n in range(3)), missed(caller=BOB, number="c9")))
    assert {number: one["calls"] for number, one in found.items()} == {"c0": 3, "c1": 3, "c2": 3, "c9": 1}


def test_overlapping_exports_tell_a_call_once() -> None:
    one, other = (
        log(missed(), missed("2026-11-24 10:21:00", number="c2")),
        log(missed("2026-11-24 10:21:00", number="c2"), missed("2026-11-24 10:22:00", number="c3")),
    )
    table = view(one, other)
    assert [record["number"] for record in table.records] == ["c1", "c2", "c3"]
    plain = "Start Time,From,Status\n{}"
    table = view(
        plain.format(f"2026-11-24 10:20:05,{ANN},Missed\n2026-11-24 10:21:07,{ANN},Missed"),
        plain.format(f"2026-11-24 10:21:07,{ANN},Missed"),
    )
    assert len(table.records) == 2 and table.folded == 1


def test_two_tries_in_one_minute_of_a_log_that_tells_minutes_are_two_calls() -> None:
    lines = f"Date,Time,Phone Number,Direction,Action Result\n11/24/2026,10:05 AM,{ANN},Incoming,Missed\n11/24/2026,10:05 AM,{ANN},Incoming,Missed"
    assert len(rows(lines)) == 2 and len(rows(lines, lines)) == 2


@pytest.mark.parametrize(("at", "caller"), [("2026-11-24 09:00:00", ANN), ("2026-11-23 09:30:00", BOB)])
def test_numbers_that_start_again_are_different_calls(at: str, caller: str) -> None:
    found = rows(log(missed("2026-11-23 09:00:00", number="1"), missed(at, caller, number="1")))
    assert [one["phone"] for one in found.values()] == [ANN, caller] and list(found) == ["1", "1-2"]


def test_one_caller_in_one_second_is_one_call_whatever_its_lines_are_called() -> None:
    assert list(rows(log(missed("2026-11-24 10:20:05", number="a"), missed("2026-11-24 10:20:05", number="b")))) == ["a"]
    assert len(rows(log(missed("2026-11-24 10:20:05", number="a"), missed("2026-11-24 10:20:06", number="b")))) == 2


# ── the clocks ──


def test_the_hours_of_a_log_in_office_time_and_in_utc_are_the_same() -> None:
    naive = row(log(missed("2026-11-24 09:00:00"), outgoing("2026-11-24 09:20:00")))
    aware = row(log(missed("2026-11-24T15:00:00Z"), outgoing("2026-11-24T15:20:00Z")))
    offset = row(log(missed("2026-11-24T09:00:00-06:00"), outgoing("2026-11-24T10:20:00-05:00")))
    assert naive["ended_because"] == aware["ended_because"] == offset["ended_because"] == "they were called back at 9:20 AM"


def test_the_night_that_has_an_hour_twice() -> None:
    now = datetime(2026, 11, 1, 8, 0, tzinfo=NOW.tzinfo)
    text = log(missed("2026-11-01T06:50:00Z"), outgoing("2026-11-01T07:10:00Z"))  # 1:50 in summer time, 1:10 in winter time
    assert row(text, now=now)["ended_because"] == "they were called back at 1:10 AM"
    backwards = log(missed("2026-11-01T07:10:00Z"), outgoing("2026-11-01T06:50:00Z"))
    assert verdict(row(backwards, now=now)) == "text"
    within = datetime(2026, 11, 1, 1, 20, tzinfo=NOW.tzinfo, fold=1)  # 07:20 UTC
    assert verdict(row(log(missed("2026-11-01T07:15:00Z")), now=within)) == "text"


def test_the_night_that_lacks_an_hour() -> None:
    now = datetime(2026, 3, 8, 3, 10, tzinfo=NOW.tzinfo)  # ten minutes after 1:59:59
    assert verdict(row(log(missed("2026-03-08 02:30:00")), now=now)) == "review"  # read as 3:30, which lies ahead
    assert verdict(row(log(missed("2026-03-08 01:55:00"), outgoing("2026-03-08 03:05:00")), now=now)) == "ended"


def test_forty_eight_hours_are_forty_eight_hours_when_the_clocks_change() -> None:
    sunday = datetime(2026, 11, 1, 12, 0, tzinfo=NOW.tzinfo)
    wide = rows(log(missed("2026-10-29 12:01:00"), missed("2026-10-29 11:59:00", number="c2")), now=sunday)
    assert list(wide) == ["c1"]


# ── what the view tells of itself ──


def test_a_row_says_where_it_stands_and_lines_that_were_put_together_are_counted() -> None:
    table = view(log(missed("2026-11-24 09:00:00", BOB, number="c0"), missed(), missed()))
    assert [record.place.row for record in table.records] == [2, 3] and table.folded == 1 and table.records[1].lines == 2
    assert table.files == ("calls-1.csv",) and table.read_at is not None and table.has("customer")
