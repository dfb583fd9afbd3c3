"""The same things in the logs of telephone providers: how each tells a missed call, its parts, and a call back."""

from tests.views.telephone import ANN, BOB, EVE, OFFICE, log, row, rows, verdict, view

# ── Twilio: a call that came in is "completed" once the greeting ran; its children tell who took it ──

TWILIO = "Call Sid,Parent Call Sid,Start Time,From,To,Direction,Status,Duration"
PARENT = f"CA1,,2026-11-24T16:00:00Z,{ANN},{OFFICE},inbound,completed,40"


def child(status: str, seconds: str = "", number: str = "CA2", to: str = "+13125550101") -> str:
    return f"{number},CA1,2026-11-24T16:00:05Z,{ANN},{to},outbound-dial,{status},{seconds}"


def test_a_child_leg_that_nobody_took_is_a_missed_call() -> None:
    table = view(log(PARENT, child("no-answer"), child("busy", number="CA3"), headings=TWILIO))
    [record] = table.records
    assert record["number"] == "CA1" and record["phone"] == ANN and verdict(record.values) == "text" and table.folded == 2


def test_one_child_leg_that_was_answered_is_enough() -> None:
    assert not view(log(PARENT, child("no-answer"), child("completed", "15", "CA3"), headings=TWILIO)).records


def test_a_child_leg_answered_for_six_seconds_may_be_somebodys_voicemail() -> None:
    found = row(log(PARENT, child("no-answer"), child("completed", "6", "CA3"), headings=TWILIO))
    assert found["review_because"] == "answered for 6 seconds: it may have been a voicemail" and found["duration"] == 6


def test_a_parent_without_children_is_judged_by_its_own_length() -> None:
    assert not view(log(PARENT, headings=TWILIO)).records
    assert verdict(row(log(PARENT.replace(",40", ",6"), headings=TWILIO))) == "review"


def test_a_parent_that_was_never_answered_needs_no_children() -> None:
    assert verdict(row(log(PARENT.replace("completed,40", "no-answer,"), headings=TWILIO))) == "text"


def test_grandchildren_and_children_before_their_parent() -> None:
    transfer = f"CA9,CA2,2026-11-24T16:00:20Z,{OFFICE},{BOB},outbound-dial,completed,80"
    assert not view(log(transfer, child("no-answer"), PARENT, headings=TWILIO)).records
    circle = [f"A,B,2026-11-24T16:00:00Z,{ANN},{OFFICE},inbound,no-answer,", f"B,A,2026-11-24T16:00:01Z,{ANN},{OFFICE},inbound,busy,"]
    assert len(rows(log(*circle, headings=TWILIO))) == 1


def test_children_without_their_parent_went_out() -> None:
    assert not view(log(child("no-answer"), headings=TWILIO)).records


def test_parts_of_a_call_from_before_the_window_are_no_call_of_their_own() -> None:
    lines = (
        f"CA1,,2026-11-20T16:20:00Z,{ANN},{OFFICE},inbound,completed,900",
        f"CA2,CA1,2026-11-20T16:40:00Z,{ANN},{OFFICE},inbound,no-answer,",
    )
    table = view(log(*lines, headings=TWILIO))
    assert not table.records and table.passed_over["older"] == 2


def test_a_click_to_call_reaches_the_customer_in_a_child_leg() -> None:
    click = f"CA5,,2026-11-24T16:10:00Z,{OFFICE},+13125550101,outbound-api,completed,200"
    customer = f"CA6,CA5,2026-11-24T16:10:10Z,{OFFICE},{ANN},outbound-dial,completed,180"
    found = row(log(PARENT.replace("completed,40", "no-answer,"), click, customer, headings=TWILIO))
    assert found["ended_because"] == "they were called back at 10:10 AM"


def test_the_api_s_own_names_are_understood() -> None:
    headings = "sid,parent_call_sid,start_time,from,to,direction,status,duration,answered_by,forwarded_from,caller_name,stir_verstat"
    lines = f"CA1,,2026-11-24T16:00:00Z,{ANN},{OFFICE},inbound,no-answer,,,,WIRELESS CALLER,TN-Validation-Passed-A"
    found = row(log(lines, headings=headings))
    assert verdict(found) == "text" and found["customer"] is None and found["caller_name"] == "WIRELESS CALLER"


def test_the_console_writes_the_zone_behind_the_time() -> None:
    found = row(
        log(
            f"CA1,10:20:05 CST 2026-11-24,{ANN},{OFFICE},inbound,no-answer,",
            headings="Call Sid,Start Time,From,To,Direction,Status,Duration",
        )
    )
    assert verdict(found) == "text" and found["started_at"].isoformat() == "2026-11-24T10:20:05-06:00"


# ── RingCentral: one number, minutes only ──

RINGCENTRAL = "Direction,Type,Phone Number,Name,Date,Time,Action,Action Result,Result Description,Duration"


def ringcentral(
    result: str, at: str = "10:05 AM", way: str = "Incoming", number: str = "(312) 555-0142", seconds: str = "0:00:18", name: str = ""
) -> str:
    return f"{way},Voice,{number},{name},Tue 11/24/2026,{at},Phone Call,{result},,{seconds}"


def test_ringcentral_missed_voicemail_hang_up() -> None:
    lines = [
        ringcentral(result, f"10:0{at} AM", number=f"(312) 555-014{at}")
        for at, result in enumerate(["Missed", "Voicemail", "Hang Up", "Rejected"])
    ]
    found = rows(log(*lines, ringcentral("Accepted", "10:07 AM", number="(312) 555-0149", seconds="0:01:30"), headings=RINGCENTRAL))
    assert len(found) == 4 and {verdict(one) for one in found.values()} == {"text"}
    assert all(one["title"] is None for one in found.values())


def test_ringcentral_called_back_in_the_same_minute() -> None:
    found = row(log(ringcentral("Missed"), ringcentral("Call connected", "10:05 AM", "Outgoing", seconds="0:02:00"), headings=RINGCENTRAL))
    assert verdict(found) == "ended"


def test_ringcentral_shows_a_name_that_nobody_is_greeted_by() -> None:
    found = row(log(ringcentral("Missed", name="CHICAGO IL"), headings=RINGCENTRAL))
    assert found["customer"] is None and found["caller_name"] == "Chicago Il"


def test_an_old_ringcentral_log_does_not_say_which_way_a_call_went() -> None:
    headings = RINGCENTRAL.removeprefix("Direction,")
    lines = [
        ringcentral(result, f"10:0{at} AM", number=f"(312) 555-014{at}").removeprefix("Incoming,")
        for at, result in enumerate(["Missed", "No Answer", "Call connected"])
    ]
    found = list(rows(log(*lines, headings=headings)).values())
    assert [verdict(one) for one in found] == ["text", "review"]
    assert found[1]["review_because"] == "the log does not say whether the call came in or went out"


# ── OpenPhone ──


def test_openphone() -> None:
    headings = "id,type,from number,to number,duration,call status,timestamp,user name"
    found = rows(
        log(
            f"a,incoming,{ANN},{OFFICE},0,missed,2026-11-24T16:00:00Z,", f"b,incoming,{BOB},{OFFICE},22,voicemail,2026-11-24T16:01:00Z,",
            f"c,incoming,{EVE},{OFFICE},90,completed,2026-11-24T16:02:00Z,Dana", f"d,outgoing,{OFFICE},{BOB},65,completed,2026-11-24T16:05:00Z,Dana",
            f"e,outgoing,{OFFICE},{ANN},0,no-answer,2026-11-24T16:06:00Z,Dana", headings=headings,
        )
    )  # fmt: skip
    assert {number: verdict(one) for number, one in found.items()} == {"a": "call back", "b": "ended"}


# ── Google Voice (what sources/google_voice.py makes of its pages) ──


def test_google_voice() -> None:
    headings = "Call ID,Start Time,Direction,Status,Phone Number,Name,Duration,Transcript"
    lines = (
        f"{ANN} - Missed - 2026-11-24T16_00_00Z,2026-11-24T16:00:00+00:00,Inbound,Missed,{ANN},,,",
        f"{BOB} - Voicemail - 2026-11-24T16_01_00Z,2026-11-24T16:01:00+00:00,Inbound,Voicemail,{BOB},Bob Roe,PT27S,Gas smell in the basement",
        "Missed - 2026-11-24T16_02_00Z,2026-11-24T16:02:00+00:00,Inbound,Missed,,,,",
        f"{EVE} - Received - 2026-11-24T16_03_00Z,2026-11-24T16:03:00+00:00,Inbound,Received,{EVE},,PT5S,",
        f"{EVE} - Placed - 2026-11-24T15_00_00Z,2026-11-24T15:00:00+00:00,Outbound,Placed,{EVE},,PT42S,",
        f"{ANN} - Placed - 2026-11-24T16_20_00Z,2026-11-24T16:20:00+00:00,Outbound,Placed,{ANN},,,",
    )
    found = [verdict(one) for one in rows(log(*lines, headings=headings)).values()]
    assert found == ["call back", "review", "ended", "review"]


# ── Asterisk and FreePBX: office time, a line for each telephone, extensions on the inside ──

FREEPBX = "calldate,clid,src,dst,lastapp,duration,billsec,disposition,uniqueid,linkedid"


def asterisk(
    disposition: str,
    dst: str = "101",
    billsec: int = 0,
    unique: str = "1.1",
    linked: str = "1.1",
    src: str = "3125550142",
    at: str = "10:00:00",
    app: str = "Dial",
) -> str:
    return f'2026-11-24 {at},"Ann <{src}>",{src},{dst},{app},{billsec + 10},{billsec},{disposition},{unique},{linked}'


def test_asterisk_several_telephones_rang_and_nobody_came() -> None:
    found = row(
        log(asterisk("NO ANSWER"), asterisk("BUSY", "102"), asterisk("NO ANSWER", "103", unique="1.2", at="10:00:04"), headings=FREEPBX)
    )
    assert verdict(found) == "text" and found["phone"] == ANN and found["title"] is None


def test_asterisk_one_telephone_was_answered() -> None:
    assert not view(log(asterisk("NO ANSWER"), asterisk("ANSWERED", "102", 16, "1.2", at="10:00:04"), headings=FREEPBX)).records
    assert not view(log(asterisk("ANSWERED", billsec=120), asterisk("NO ANSWER", "102", 0, "1.2"), headings=FREEPBX)).records


def test_asterisk_counts_the_ringing_into_the_duration_and_the_talk_alone_counts() -> None:
    found = row(log(asterisk("ANSWERED", billsec=6), headings=FREEPBX))  # 16 seconds with the ringing
    assert found["review_because"] == "answered for 6 seconds: it may have been a voicemail"


def test_asterisk_voicemail_and_announcements_are_nobody() -> None:
    assert verdict(row(log(asterisk("ANSWERED", "vmu101", 40, app="VoiceMail"), headings=FREEPBX))) == "text"
    assert (
        verdict(row(log(asterisk("ANSWERED", "s", 40, app="BackGround"), asterisk("NO ANSWER", unique="1.2"), headings=FREEPBX))) == "text"
    )


def test_asterisk_inside_calls_and_calls_out() -> None:
    table = view(
        log(
            asterisk("NO ANSWER", src="101", dst="102"),
            asterisk("NO ANSWER", src="102", dst="3125550143", unique="2.1", linked="2.1"),
            headings=FREEPBX,
        )
    )
    assert not table.records and table.passed_over == {"inside the office": 1, "outgoing": 1}


def test_asterisk_called_back_from_an_extension() -> None:
    lines = (asterisk("NO ANSWER"), asterisk("ANSWERED", "3125550142", 60, "3.1", "3.1", src="101", at="10:10:00"))
    assert row(log(*lines, headings=FREEPBX))["ended_because"] == "they were called back at 10:10 AM"


def test_a_short_asterisk_log_has_neither_numbers_nor_seconds() -> None:
    headings = "calldate,src,dst,duration,billsec,disposition"
    lines = ["{at},2145550140,4361,7,0,BUSY", "{at},2145550140,4362,9,0,NO ANSWER", "{at},2145550140,4373,226,217,ANSWERED"]
    whole = [line.format(at="2026-11-24 10:05") for line in lines]
    assert not view(log(*whole, headings=headings)).records
    assert len(rows(log(*whole[:2], headings=headings))) == 1


def test_asterisks_own_log_has_no_headings() -> None:
    line = '"","{src}","{dst}","default","","PJSIP/a","PJSIP/b","{app}","x","2026-11-24 10:0{n}:00","","2026-11-24 10:01:00","{ring}","{talk}","{how}","DOCUMENTATION","1.{n}",""'
    text = "\n".join([
        line.format(src="3125550142", dst="101", app="Dial", n=1, ring=18, talk=0, how="NO ANSWER"),
        line.format(src="3125550143", dst="101", app="Dial", n=2, ring=98, talk=90, how="ANSWERED"),
        line.format(src="101", dst="102", app="Dial", n=3, ring=18, talk=0, how="NO ANSWER"),
    ])  # fmt: skip
    table = view(text)
    assert [record["phone"] for record in table.records] == [ANN] and table.records[0].place.row == 1
    assert not table.problems


# ── others ──


def test_callrail() -> None:
    found = row(
        log("Missed Call,Ann Li,(312) 555-0142,2026-11-24 10:04,12", headings="Call Status,Name,Number,Start Time,Duration (seconds)")
    )
    assert verdict(found) == "text" and found["phone"] == ANN


def test_a_log_that_the_office_writes_by_hand() -> None:
    headings = "Date,Time,Phone,Customer,Answered,Notes"
    lines = ["11/24/2026,10:05,312-555-0142,Ann Li,No,", "11/24/2026,10:06,312-555-0143,Bob Roe,Yes,"]
    found = row(log(*lines, headings=headings))
    assert found["customer"] == "Ann Li" and verdict(found) == "text"


def test_two_providers_put_together() -> None:
    one = log(f"CA1,,2026-11-24T16:00:00Z,{ANN},{OFFICE},inbound,no-answer,", headings=TWILIO)
    other = log(ringcentral("Accepted", "10:20 AM", seconds="0:01:10"), headings=RINGCENTRAL)
    assert row(one, other)["ended_because"] == "they called again and got through at 10:20 AM"
