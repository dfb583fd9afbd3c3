"""Missed calls in the logs that offices have: Twilio, RingCentral, OpenPhone, Google Voice, Asterisk, and sheets of paper typed in."""

import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.stories.contract.telephone import ANN, BOB, MONDAY, OFFICE, RECIPE, Telephone, of, telephone
from tests.stories.texting import ZONE

CY = "+13125550144"
TEXT, TASK = ("act", "message"), ("act", "task")


def log(office: Telephone, lines: str, name: str = "calls.csv", encoding: str = "utf-8") -> Telephone:
    """A log as its program writes it."""
    office.configure(f'\n[tables.calls]\nfile = "{name}"\n')
    (office.folder / name).write_bytes(lines.encode(encoding))
    return office


def kinds(document: Any) -> dict[str, str]:
    """What is done about each number that is to be texted or called."""
    return {str(one["to"] or one["customer"] or one["record"]): one["action"] for one in document["decisions"] if one["decision"] == "act"}


# --- Twilio's own log


def twilio(folder: Path, now: str = f"{MONDAY}T10:10") -> Any:
    return telephone(folder, now, more='\n[tables.calls]\nsource = "twilio-calls"\n')


@pytest.mark.parametrize("leg", ["no-answer", "busy", "failed", "canceled"])
def test_twilio_nobody_took_the_leg(tmp_path: Path, leg: str) -> None:
    with twilio(tmp_path) as office:
        at = office.moment - timedelta(minutes=8)
        parent = office.server.call(ANN, at=at, status="completed", duration=40)
        office.server.call(ANN, at=at, status=leg, to="+13125550120", direction="outbound-dial", parent=parent)
        document = office.answer()
        assert [(one["record"], one["decision"]) for one in document["decisions"]] == [(parent, "act")]
        assert office.callers_texted == [ANN]


def test_twilio_two_legs_ring_and_one_is_answered(tmp_path: Path) -> None:
    with twilio(tmp_path) as office:
        at = office.moment - timedelta(minutes=8)
        parent = office.server.call(ANN, at=at, status="completed", duration=140)
        office.server.call(ANN, at=at, status="no-answer", to="+13125550120", direction="outbound-dial", parent=parent)
        office.server.call(ANN, at=at, status="completed", duration=130, to="+13125550121", direction="outbound-dial", parent=parent)
        assert (office.answer()["counts"]["rows"], office.texts()) == (0, [])


def test_twilio_a_leg_completed_in_six_seconds_may_be_somebodys_voicemail(tmp_path: Path) -> None:
    with twilio(tmp_path) as office:
        at = office.moment - timedelta(minutes=8)
        parent = office.server.call(ANN, at=at, status="completed", duration=40)
        office.server.call(ANN, at=at, status="completed", duration=6, to="+13125550120", direction="outbound-dial", parent=parent)
        assert [one["decision"] for one in office.answer()["decisions"]] == ["review"]
        assert office.texts() == []


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed", "canceled"])
def test_twilio_a_call_without_legs(tmp_path: Path, status: str) -> None:
    with twilio(tmp_path) as office:
        sid = office.server.call(ANN, at=office.moment - timedelta(minutes=8), status=status)
        assert [one["record"] for one in office.answer()["decisions"]] == [sid]
        assert office.callers_texted == [ANN]


@pytest.mark.parametrize("status", ["ringing", "in-progress", "queued"])
def test_twilio_a_call_that_is_still_going_on_is_not_missed(tmp_path: Path, status: str) -> None:
    with twilio(tmp_path) as office:
        office.server.call(ANN, at=office.moment - timedelta(seconds=20), status=status)
        office.answer()
        assert office.texts() == []


def test_twilio_called_back_since(tmp_path: Path) -> None:
    with twilio(tmp_path) as office:
        office.server.call(ANN, at=office.moment - timedelta(minutes=8), status="no-answer")
        office.server.call(
            OFFICE, at=office.moment - timedelta(minutes=3), status="completed", duration=80, to=ANN, direction="outbound-api"
        )
        document = office.answer()
        assert office.callers_texted == [] and "act" not in {one["decision"] for one in document["decisions"]}


def test_twilio_hidden_callers_and_many_pages(tmp_path: Path) -> None:
    with twilio(tmp_path) as office:
        at = office.moment - timedelta(hours=5)
        for number in range(120):
            office.server.call(f"+1312555{number:04}", at=at + timedelta(seconds=number), status="completed", duration=100)
        office.server.call("+266696687", at=office.moment - timedelta(minutes=5), status="no-answer")
        office.server.call(ANN, at=office.moment - timedelta(minutes=5), status="no-answer")
        document = office.answer()
        assert document["counts"]["rows"] == 2 and office.callers_texted == [ANN]


def test_twilio_a_call_of_yesterday_and_of_last_week(tmp_path: Path) -> None:
    with twilio(tmp_path, "2026-11-24T10:10") as office:
        yesterday = office.server.call(ANN, at=office.moment - timedelta(hours=20), status="no-answer")
        office.server.call(BOB, at=office.moment - timedelta(days=9), status="no-answer")
        document = office.answer()
        assert [(one["record"], one["action"]) for one in document["decisions"]] == [(yesterday, "task")]
        assert office.texts() == []


def test_twilio_does_not_answer_and_nothing_leaves(tmp_path: Path) -> None:
    from tests.providers.twilio_server import breaks

    with twilio(tmp_path) as office:
        office.server.call(ANN, at=office.moment - timedelta(minutes=5), status="no-answer")
        office.server.fails(*[breaks(503)] * 20, method="GET")
        ran = office.do("run", RECIPE, "--send", "--format", "json")
        assert ran.code not in {0, 1} and office.texts() == []
        assert "Traceback" not in ran.out + ran.err


def test_twilios_console_writes_utc(tmp_path: Path) -> None:
    headings = "Call Sid,Start Time,End Time,From,To,Direction,Status,Duration,Price"
    lines = [
        f"CA1,2026-11-23 16:02:00 UTC,,{ANN},{OFFICE},Inbound,no-answer,0,",
        f"CA2,2026-11-23 09:50:00 UTC,,{BOB},{OFFICE},Inbound,no-answer,0,",
    ]
    with telephone(tmp_path) as office:
        document = log(office, "\n".join([headings, *lines])).answer()
        assert office.callers_texted == [ANN]
        assert {one["record"]: one["action"] for one in document["decisions"]} == {"CA1": "message", "CA2": "task"}


# --- RingCentral

RINGCENTRAL = "Type,Phone Number,Name,Date,Time,Action,Action Result,Result Description,Duration"
NEWER = "Direction,Type,Phone Number,Name,Date,Time,Action,Action Result,Result Description,Duration,Included,Purchased"


@pytest.mark.parametrize("result", ["Missed", "Voicemail", "Hang Up", "No Answer", "Busy"])
def test_ringcentral_missed(tmp_path: Path, result: str) -> None:
    lines = [
        NEWER,
        f'Incoming,Voice,(312) 555-0142,,Mon 11/23/2026,10:02 AM,Phone Call,{result},"",0:00:21,-,-',
        'Incoming,Voice,(312) 555-0143,Bob Ray,Mon 11/23/2026,10:03 AM,Phone Call,Accepted,"",0:04:12,-,-',
        'Outgoing,Voice,(312) 555-0144,,Mon 11/23/2026,10:04 AM,VoIP Call,No Answer,"",0:00:20,-,-',
    ]
    with telephone(tmp_path) as office:
        document = log(office, "\r\n".join(lines), encoding="utf-8-sig").answer()
        assert office.callers_texted == [ANN] and document["counts"]["rows"] == 1


def test_ringcentral_the_old_log_without_directions(tmp_path: Path) -> None:
    lines = [
        RINGCENTRAL,
        'Voice,(312) 555-0142,,Mon 11/23/2026,10:02 AM,Phone Call,Missed,"",0:00:21',
        'Voice,(312) 555-0143,,Mon 11/23/2026,10:03 AM,VoIP Call,Call connected,"",0:04:12',
        'Fax,(312) 555-0144,,Mon 11/23/2026,10:04 AM,Phone Call,Received,"",0:01:12',
    ]
    with telephone(tmp_path) as office:
        document = log(office, "\r\n".join(lines), encoding="utf-8-sig").answer()
        assert office.callers_texted == [ANN] and BOB not in str(document)


def test_ringcentral_called_back_in_an_hour(tmp_path: Path) -> None:
    lines = [
        NEWER,
        'Outgoing,Voice,(312) 555-0142,,Mon 11/23/2026,10:08 AM,VoIP Call,Call connected,"",0:02:40,-,-',
        'Incoming,Voice,(312) 555-0142,,Mon 11/23/2026,10:02 AM,Phone Call,Missed,"",0:00:21,-,-',
    ]
    with telephone(tmp_path) as office:
        document = log(office, "\n".join(lines)).answer()
        assert [one["decision"] for one in document["decisions"]] == ["ended"] and office.texts() == []


@pytest.mark.parametrize("number", ["Anonymous", "Unknown", ""])
def test_ringcentral_hidden(tmp_path: Path, number: str) -> None:
    lines = [NEWER, f'Incoming,Voice,{number},,Mon 11/23/2026,10:02 AM,Phone Call,Missed,"",0:00:21,-,-']
    with telephone(tmp_path) as office:
        assert log(office, "\n".join(lines)).answer()["counts"]["rows"] == 1 and office.texts() == []


# --- OpenPhone


@pytest.mark.parametrize(
    "headings",
    ["id,direction,from,to,duration,status,createdAt,user", "Call ID,Type,From Number,To Number,Duration (s),Call Status,Timestamp,User Name",
     "ID,Direction,From,To,Duration (s),Status,Created At,User"],
)  # fmt: skip
def test_openphone(tmp_path: Path, headings: str) -> None:
    lines = [
        headings,
        f"AC1,incoming,{ANN},{OFFICE},0,missed,2026-11-23T16:02:00.000Z,Dana Reed",
        f"AC2,incoming,{BOB},{OFFICE},184,completed,2026-11-23T16:03:00.000Z,Dana Reed",
        f"AC3,outgoing,{OFFICE},{CY},0,no-answer,2026-11-23T16:04:00.000Z,Dana Reed",
        f"AC4,incoming,{CY},{OFFICE},0,missed,2026-11-23T10:04:00.000Z,Dana Reed",
    ]
    with telephone(tmp_path) as office:
        document = log(office, "\n".join(lines)).answer()
        assert office.callers_texted == [ANN]
        assert {one["record"]: one["action"] for one in document["decisions"]} == {"AC1": "message", "AC4": "task"}
        assert not any(one["customer"] == "Dana Reed" for one in document["decisions"])


# --- Google Voice


def voice_page(kind: str, at: str, number: str = ANN, name: str = "", length: str = "", words: str = "") -> str:
    tag = {"Missed": "missed", "Received": "received", "Placed": "placed", "Voicemail": "voicemail"}[kind]
    label = {"Missed": "Missed call from", "Received": "Received call from", "Placed": "Placed call to", "Voicemail": "Voicemail from"}[
        kind
    ]
    long = f'<abbr class="duration" title="{length}">({length})</abbr>' if length else ""
    said = f'<span class="description"><span class="full-text">{words}</span></span>' if words else ""
    return f"""<?xml version="1.0" ?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{label} {name}</title></head><body><div class="haudio"><span class="album">Call Log for </span>
<span class="fn">{label} {name}</span><div class="contributor vcard">{label} <a class="tel" href="tel:{number}"><span class="fn">{name}</span></a></div>
<abbr class="published" title="{at}">that day</abbr><br />{long}{said}
<div class="tags">Labels: <a rel="tag" href="http://www.google.com/voice#{tag}">{kind}</a></div></div></body></html>"""


PAGES = {
    f"{ANN} - Missed - 2026-11-23T16_02_00Z.html": voice_page("Missed", "2026-11-23T10:02:00.000-06:00"),
    "Bob Ray - Received - 2026-11-23T16_03_00Z.html": voice_page("Received", "2026-11-23T10:03:00.000-06:00", BOB, "Bob Ray", "PT2M23S"),
    f"{CY} - Placed - 2026-11-23T16_04_00Z.html": voice_page("Placed", "2026-11-23T10:04:00.000-06:00", CY, "", "PT30S"),
    "+13125550145 - Missed - 2026-11-23T08_04_00Z.html": voice_page("Missed", "2026-11-23T02:04:00.000-06:00", "+13125550145"),
    "+13125550146 - Text - 2026-11-23T16_05_00Z.html": "<html><body><div class='hChatLog hfeed'>hello</div></body></html>",
}


@pytest.mark.parametrize("packed", [True, False])
def test_google_voice_takeout(tmp_path: Path, packed: bool) -> None:
    with telephone(tmp_path) as office:
        if packed:
            with zipfile.ZipFile(office.folder / "takeout-20261123T161000Z-001.zip", "w") as archive:
                for name, page in PAGES.items():
                    archive.writestr(f"Takeout/Voice/Calls/{name}", page)
            office.configure('\n[tables.calls]\nfile = "takeout-*.zip"\n')
        else:
            folder = office.folder / "Takeout" / "Voice" / "Calls"
            folder.mkdir(parents=True)
            for name, page in PAGES.items():
                (folder / name).write_text(page, encoding="utf-8")
            office.configure('\n[tables.calls]\nfile = "Takeout/Voice/Calls"\n')
        document = office.answer()
        assert office.callers_texted == [ANN]
        assert sorted(one["action"] for one in document["decisions"]) == ["message", "task"]


def test_google_voice_an_urgent_voicemail(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        page = voice_page("Voicemail", "2026-11-23T10:02:00.000-06:00", length="PT27S", words="Please call, we smell gas in the basement")
        with zipfile.ZipFile(office.folder / "takeout.zip", "w") as archive:
            archive.writestr(f"Takeout/Voice/Calls/{ANN} - Voicemail - 2026-11-23T16_02_00Z.html", page)
        office.configure('\n[tables.calls]\nfile = "takeout.zip"\n')
        assert [one["decision"] for one in office.answer()["decisions"]] == ["review"]
        assert office.callers_texted == []


# --- Asterisk


def asterisk(number: str, at: str, disposition: str, talked: int = 0, unique: str = "1", app: str = "Dial", dst: str = "3125550100") -> str:
    clid = f'"Wireless" <{number}>'
    fields = ["", number, dst, "from-trunk", clid, f"PJSIP/trunk-{unique}", f"PJSIP/101-{unique}", app, "PJSIP/101,20"]
    values = [*fields, at, at if talked else "", at, str(talked + 20), str(talked), disposition, "DOCUMENTATION", unique, ""]
    return ",".join(value if value.isdigit() else '"' + value.replace('"', '""') + '"' for value in values)


def test_asterisks_master_csv_without_headings(tmp_path: Path) -> None:
    lines = [
        asterisk("3125550142", "2026-11-23 10:02:00", "NO ANSWER", unique="1763913720.11"),
        asterisk("3125550143", "2026-11-23 10:03:00", "ANSWERED", 180, unique="1763913780.12"),
        asterisk("3125550144", "2026-11-23 10:04:00", "BUSY", unique="1763913840.13"),
        asterisk("anonymous", "2026-11-23 10:05:00", "NO ANSWER", unique="1763913900.14"),
        asterisk("3125550147", "2026-11-23 03:05:00", "NO ANSWER", unique="1763888700.15"),
    ]
    with telephone(tmp_path) as office:
        document = log(office, "\n".join(lines) + "\n", "Master.csv").answer()
        assert sorted(office.callers_texted) == [ANN, CY]
        assert document["counts"]["rows"] == 4


def test_freepbx_cdr_report_rings_a_group_and_somebody_answers(tmp_path: Path) -> None:
    headings = "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,uniqueid,did,linkedid"
    row = '2026-11-23 {at},"""Ann"" <{src}>",{src},{dst},ext-local,PJSIP/t-1,PJSIP/{dst}-1,Dial,x,{long},{talk},{what},{unique},3125550100,{linked}'
    lines = [
        headings,
        row.format(at="10:02:00", src="3125550142", dst="101", long=20, talk=0, what="NO ANSWER", unique="1.1", linked="1.1"),
        row.format(at="10:02:00", src="3125550142", dst="102", long=80, talk=65, what="ANSWERED", unique="1.2", linked="1.1"),
        row.format(at="10:04:00", src="3125550143", dst="101", long=20, talk=0, what="NO ANSWER", unique="2.1", linked="2.1"),
        row.format(at="10:04:00", src="3125550143", dst="102", long=20, talk=0, what="NO ANSWER", unique="2.2", linked="2.1"),
    ]
    with telephone(tmp_path) as office:
        log(office, "\n".join(lines), "cdr.csv").answer()
        assert office.callers_texted == [BOB]


# --- sheets


@pytest.mark.parametrize("heading", ["Name", "Customer", "Caller"])
def test_a_workbook_kept_by_hand(tmp_path: Path, heading: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Call log, November"])
    sheet.append([])
    sheet.append(["Date", "Time", heading, "Phone", "What happened", "Remarks"])
    sheet.append([datetime(2026, 11, 23), "10:02 AM", "Ann Li", "(312) 555-0142", "Missed", ""])
    sheet.append([datetime(2026, 11, 23), "10:03 AM", "Bob Ray", 3125550143, "Answered", "wants a quote"])
    sheet.append([])
    with telephone(tmp_path) as office:
        book.save(office.folder / "calls.xlsx")
        office.configure('\n[tables.calls]\nfile = "calls.xlsx"\ncolumns = { status = "What happened" }\n')
        document = office.answer()
        assert office.callers_texted == [ANN]
        [one] = document["decisions"]
        assert (one["source"]["file"], one["source"]["row"]) == ("calls.xlsx", 4)


@pytest.mark.parametrize(
    ("heading", "value"),
    [("Start Time", "2026-11-23T16:02:00Z"), ("Start Time", "2026-11-23T16:02:00+00:00"), ("Date/Time Start (UTC)", "2026-11-23 16:02:00"),
     ("Start Time (UTC)", "11/23/2026 16:02"), ("Start Time", "2026-11-23T11:02:00-05:00"), ("Start time", "2026-11-23 16:02:00 UTC"),
     ("Start time", "2026-11-23T10:02:00")],
)  # fmt: skip
def test_a_log_says_its_zone(tmp_path: Path, heading: str, value: str) -> None:
    lines = [f"Call Sid,{heading},From,To,Direction,Status", f"C1,{value},{ANN},{OFFICE},inbound,no-answer"]
    with telephone(tmp_path) as office:
        document = log(office, "\n".join(lines)).answer()
        assert [one["action"] for one in document["decisions"]] == ["message"] and office.callers_texted == [ANN]
        row = office.do("read", "missed_calls", "--format", "json").json["records"][0]
        at = datetime.fromisoformat(row["started_at"])
        at = at if at.tzinfo else at.replace(tzinfo=ZONE)
        assert at == datetime(2026, 11, 23, 16, 2, tzinfo=UTC)


@pytest.mark.parametrize("value", ["2026-11-23T10:02:00Z", "2026-11-23T04:02:00-06:00"])
def test_a_call_of_six_hours_ago_in_utc_is_no_fresh_one(tmp_path: Path, value: str) -> None:
    lines = ["Call Sid,Start Time,From,To,Direction,Status", f"C1,{value},{ANN},{OFFICE},inbound,no-answer"]
    with telephone(tmp_path) as office:
        document = log(office, "\n".join(lines)).answer()
        assert [one["action"] for one in document["decisions"]] == ["task"] and office.texts() == []


# --- the clocks go back and forward


@pytest.mark.parametrize(
    ("now", "value", "expected"),
    [
        ("2026-11-01T12:10", "2026-11-01T18:02:00Z", TEXT),
        ("2026-11-01T12:10", "2026-11-01T17:02:00Z", TASK),
        ("2026-03-08T12:10", "2026-03-08T17:02:00Z", TEXT),
        ("2026-03-08T12:10", "2026-03-08T16:02:00Z", TASK),
        ("2026-03-08T12:10", "2026-03-08T01:30:00-06:00", TASK),
        ("2026-03-08T12:10", "2026-03-08 02:30", TASK),
        ("2026-11-01T12:10", "2026-11-01 01:30", TASK),
    ],
)
def test_on_the_days_when_the_clocks_change(tmp_path: Path, now: str, value: str, expected: tuple[str, str]) -> None:
    lines = ["Call Sid,Start Time,From,To,Direction,Status", f"C1,{value},{ANN},{OFFICE},inbound,no-answer"]
    with telephone(tmp_path, now) as office:
        one = of(log(office, "\n".join(lines)).answer(), "C1")
        assert (one["decision"], one["action"]) == expected or (expected == TASK and one["decision"] in {"broken", "review"})
        assert office.callers_texted == ([ANN] if expected == TEXT else [])


def test_the_hour_that_comes_twice_is_told_apart(tmp_path: Path) -> None:
    """6:45Z is 1:45 before the change, 7:45Z is 1:45 after it: neither is ever texted, and they are two calls."""
    lines = [
        "Call Sid,Start Time,From,To,Direction,Status",
        *(f"C{n},2026-11-01T0{n}:45:00Z,+1312555014{n},{OFFICE},inbound,no-answer" for n in (6, 7)),
    ]
    with telephone(tmp_path, "2026-11-01T01:50") as office:
        log(office, "\n".join(lines))
        for now in ("2026-11-01T01:50", "2026-11-02T09:05"):
            office.now = now
            document = office.answer()
        assert len(document["decisions"]) == 2 and office.texts() == []
        assert len(office.queue()) == 2


# --- mistakes


@pytest.mark.parametrize(
    ("lines", "code"),
    [("", 3), ("Call Sid,From,To\nC1,+13125550142,+13125550100\n", 3), ("hello\nworld\n", 3)],
)
def test_a_log_that_cannot_be_used_stops_the_run_and_says_which(tmp_path: Path, lines: str, code: int) -> None:
    with telephone(tmp_path) as office:
        ran = log(office, lines).do("run", RECIPE, "--send")
        assert ran.code in {code, 4} and office.texts() == []
        assert "calls.csv" in ran.out + ran.err and "Traceback" not in ran.out + ran.err


def test_no_calls_table_at_all_is_exit_3_and_says_so(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        ran = office.do("run", RECIPE, "--send")
        assert ran.code == 3 and "calls" in ran.out + ran.err


def test_an_old_log_is_a_brake_where_the_office_says_so(tmp_path: Path) -> None:
    import os

    with telephone(tmp_path) as office:
        office.configure('\n[tables.calls]\nfile = "calls.csv"\nmax_age = "2 hours"\n')
        file = office.folder / "calls.csv"
        file.write_text(f"Call Sid,Start Time,From,To,Direction,Status\nC1,2026-11-23 10:02,{ANN},{OFFICE},inbound,no-answer\n")
        then = (office.moment - timedelta(hours=9)).timestamp()
        os.utime(file, (then, then))
        ran = office.do("run", RECIPE, "--send", "--format", "json")
        assert (ran.code, office.texts()) == (4, [])
        assert [brake["name"] for brake in ran.json["brakes"]] == ["stale-source"]
