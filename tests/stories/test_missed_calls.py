"""Missed calls: who is texted back, in which words, who is called instead, and what becomes of the answer."""

from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, INVOICES, of
from tests.providers.twilio_server import TwilioServer
from tests.stories.texting import ANN, BOB, Texting

CALLS = ("Call SID", "Start time", "From", "To", "Direction", "Status", "Duration", "Transcript")
OFFICE = "+13125550100"
OWNER = "+13125550101"
RECIPE = (Path(__file__).parents[2] / "recipes" / "missed-call-text-back.toml").read_text(encoding="utf-8")
AUTO = RECIPE.replace('mode    = "approve"', 'mode    = "auto"')
CUSTOMERS = ("Name", "Phone", "Email", "Tags", "Do not contact", "Handle by hand", "Pause until")


def call(
    sid: str, at: str, number: str = ANN, status: str = "no-answer", seconds: str = "", transcript: str = "", direction: str = "inbound"
) -> tuple[str, ...]:
    to, caller = (number, OFFICE) if direction == "outbound" else (OFFICE, number)
    return (sid, f"2026-11-23 {at}", caller, to, direction, status, seconds, transcript)


@pytest.fixture
def server() -> Any:
    with TwilioServer() as one:
        yield one


@pytest.fixture
def office(tmp_path: Path, server: TwilioServer) -> Texting:
    made = Texting(tmp_path / "office", server)
    made.recipe("missed-call-text-back", AUTO)
    made.now = "2026-11-23T10:10"
    return made


def missed(office: Texting, *calls: tuple[str, ...]) -> Any:
    office.sheet("calls", CALLS, calls)
    return office.send("missed-call-text-back")


def test_a_caller_is_texted_once_within_minutes(office: Texting) -> None:
    one = of(missed(office, call("C1", "10:02")), "C1")
    assert (one["decision"], one["action"], one["channel"], one["to"], one["outcome"]) == ("act", "message", "sms", ANN, "queued")
    assert one["reason"] == "the call was 8 minutes ago"
    assert one["body"].startswith("Hi, this is Northside Heating & Air. Sorry we missed your call!")
    assert 1100 <= int(office.server.forms[-1]["ValidityPeriod"]) <= 22 * 60  # what is left of its half hour
    office.send("missed-call-text-back")
    assert office.texts() == [ANN]


def test_a_known_customer_is_greeted_by_name(office: Texting) -> None:
    office.sheet("customers", CUSTOMERS, [("Ann Li", ANN, "", "", "", "", "")])
    assert of(missed(office, call("C1", "10:02")), "C1")["body"].startswith("Hi Ann, this is Northside")


def test_a_burst_of_calls_gets_one_text(office: Texting) -> None:
    document = missed(office, call("C1", "10:00"), call("C2", "10:01"), call("C3", "10:03"))
    assert [one["outcome"] for one in document["decisions"]] == ["queued"] * 3
    assert len({one["settled_by"] for one in document["decisions"]} - {None}) == 1
    assert office.texts() == [ANN]


def test_who_calls_again_after_the_text_is_called_back(office: Texting) -> None:
    missed(office, call("C1", "10:02"))
    office.now = "2026-11-23T11:10"
    again = of(missed(office, call("C1", "10:02"), call("C2", "11:05")), "C2")
    assert (again["decision"], again["action"], office.texts()) == ("act", "task", [ANN])


@pytest.mark.parametrize(("minutes", "action"), [(29, "message"), (31, "task"), (180, "task")])
def test_older_than_the_window_is_a_call_back(office: Texting, minutes: int, action: str) -> None:
    hour, minute = divmod(10 * 60 + 10 - minutes, 60)
    one = of(missed(office, call("C1", f"{hour:02}:{minute:02}")), "C1")
    assert (one["decision"], one["action"]) == ("act", action)
    assert len(office.texts()) == (action == "message")


def test_a_call_of_the_night_is_on_the_list_when_the_office_opens(office: Texting) -> None:
    office.now = "2026-11-23T22:05"
    night = of(missed(office, call("C1", "22:00")), "C1")
    assert night["action"] == "task" and office.texts() == []
    office.now = "2026-11-24T09:05"
    assert of(office.send("missed-call-text-back"), "C1")["decision"] == "done"
    assert office.texts() == []
    assert [item["kind"] for item in office.queue()] == ["task"]


def test_after_hours_the_words_are_others_and_both_name_the_office(office: Texting) -> None:
    office.now = "2026-11-23T18:10"
    body = of(missed(office, call("C1", "18:05")), "C1")["body"]
    assert body.startswith("Hi, this is Northside Heating & Air. We are closed now and open tomorrow at 8:00 AM.")


def test_nobody_answered_the_text(office: Texting) -> None:
    missed(office, call("C1", "10:02"))
    office.now = "2026-11-23T12:10"
    late = of(office.send("missed-call-text-back"), "C1")
    assert (late["decision"], late["step"], late["action"]) == ("act", "call-back", "task")


def test_the_answer_ends_it_and_becomes_a_lead(office: Texting) -> None:
    missed(office, call("C1", "10:02"))
    office.now = "2026-11-23T10:30"
    office.server.text_from(ANN, "This is Ann Li, 412 Oak St. The furnace is making a loud noise")
    office.inbox()
    office.now = "2026-11-23T12:10"
    assert of(office.send("missed-call-text-back"), "C1")["decision"] == "ended"
    [lead] = office.do("read", "leads", "--format", "json").json["records"]
    assert (lead["customer"], lead["phone"], lead["address"], lead["status"]) == ("Ann Li", ANN, "412 Oak St", "contacted")
    assert "loud noise" in lead["title"]
    assert lead["notes"] == "This is Ann Li, 412 Oak St. The furnace is making a loud noise"


def test_opted_out_customers_and_replies_are_never_texted_but_called(office: Texting) -> None:
    office.do("optout", ANN)
    office.server.text_from(BOB, "Is anybody there?", at=office.moment.replace(hour=9))
    office.inbox()
    document = missed(office, call("C1", "10:02"), call("C2", "10:03", BOB))
    assert {one["action"] for one in document["decisions"]} == {"task"}
    assert office.texts() == []


@pytest.mark.parametrize("number", ["anonymous", "266696687", "+18005550123", "+19005550123", "+442071838750", "72345", OWNER, OFFICE])
def test_some_are_never_texted(office: Texting, number: str) -> None:
    one = of(missed(office, call("C1", "10:02", number)), "C1")
    assert one["decision"] in {"ended", "review"} and one["reason"]
    assert office.texts() == []


def test_suppliers_technicians_and_numbers_of_the_config_are_never_texted(office: Texting) -> None:
    office.configure('\n[calls]\nnever_text = { "Acme Supply" = "312-555-0150" }\n')
    office.sheet("customers", CUSTOMERS, [("Pipes Inc", "+13125550151", "", "supplier", "", "", "")])
    office.sheet("technicians", ("Name", "Phone", "Skills"), [("Tom", "+13125550152", "hvac")])
    document = missed(office, *(call(f"C{n}", "10:02", f"+131255501{n}") for n in (50, 51, 52)))
    assert [one["decision"] for one in document["decisions"]] == ["ended"] * 3
    assert "Acme Supply" in of(document, "C50")["reason"]


def test_who_was_called_back_or_got_through_is_done(office: Texting) -> None:
    document = missed(office, call("C1", "10:00"), call("C2", "10:05", ANN, "completed", "95", direction="outbound"),
                      call("C3", "10:01", BOB), call("C4", "10:04", BOB, "completed", "130"))  # fmt: skip
    assert [one["decision"] for one in document["decisions"]] == ["ended", "ended"]
    assert office.texts() == []


def test_a_call_of_a_few_seconds_is_a_persons_to_judge(office: Texting) -> None:
    one = of(missed(office, call("C1", "10:02", status="completed", seconds="6")), "C1")
    assert (one["decision"], office.texts()) == ("review", [])


def test_an_urgent_voicemail_goes_to_a_person_and_alerts_the_owner(office: Texting) -> None:
    document = missed(
        office, call("C1", "10:02", status="voicemail", transcript="Hi, there is a strong smell of gas in our kitchen, please call")
    )
    assert of(document, "C1")["decision"] == "review"
    assert office.texts() == [OWNER]
    assert office.do("report").out.index("[urgent]") > 0


def test_an_open_dispute_goes_to_a_person(office: Texting) -> None:
    office.sheet("invoices", INVOICES, [("I-1", "Ann Li", "", ANN, "Disputed", "2026-11-01", "2026-11-10", "100", "100", "")])
    assert of(missed(office, call("C1", "10:02")), "C1")["decision"] == "review"


def test_in_approve_mode_a_person_releases_it_and_a_late_release_is_a_call_back(office: Texting) -> None:
    office.recipe("missed-call-text-back", RECIPE)
    assert of(missed(office, call("C1", "10:02")), "C1")["decision"] == "review"
    office.do("review", "approve", office.item("C1"))
    office.now = "2026-11-23T10:45"
    late = of(office.send("missed-call-text-back"), "C1")
    assert (late["decision"], late["action"], office.texts()) == ("act", "task", [])


def test_twilios_own_call_log_is_a_source(tmp_path: Path, server: TwilioServer) -> None:
    office = Texting(tmp_path / "office", server, '\n[tables.calls]\nsource = "twilio-calls"\n')
    office.recipe("missed-call-text-back", AUTO)
    office.now = "2026-11-23T10:10"
    at = office.moment
    parent = server.call(ANN, at=at.replace(minute=2), status="completed", duration=24)
    server.call(ANN, at=at.replace(minute=2), status="no-answer", to="+13125550120", direction="outbound-dial", parent=parent)
    talked = server.call(BOB, at=at.replace(minute=3), status="completed", duration=90)
    server.call(BOB, at=at.replace(minute=3), status="completed", duration=85, to="+13125550120", direction="outbound-dial", parent=talked)
    document = office.send("missed-call-text-back")
    assert [(one["record"], one["outcome"]) for one in document["decisions"]] == [(parent, "queued")]
    assert office.texts() == [ANN]


LEAD = ("Lead ID", "Customer", "Phone", "Email", "Request", "Status", "Received", "Notes")
LEAD_REPLY = (
    (Path(__file__).parents[2] / "recipes" / "lead-reply.toml")
    .read_text(encoding="utf-8")
    .replace('mode     = "approve"', 'mode     = "auto"')
)


@pytest.mark.parametrize(
    ("received", "now", "decision", "action"),
    [
        ("2026-11-23 10:00", "2026-11-23T10:05", "act", "message"),
        ("2026-11-23 18:00", "2026-11-23T18:05", "wait", "message"),
        ("2026-11-23 18:00", "2026-11-24T09:05", "act", "message"),
        ("2026-11-20 10:00", "2026-11-23T10:05", "act", "task"),
    ],
)
def test_a_new_lead_is_answered_in_hours_or_at_the_opening(office: Texting, received: str, now: str, decision: str, action: str) -> None:
    office.recipe("lead-reply", LEAD_REPLY)
    office.sheet("leads", LEAD, [("L-1", "Cy Doe", BOB, "cy@doe.example", "AC tune-up", "New", received, "")])
    office.now = now
    one = of(office.send("lead-reply"), "L-1")
    assert (one["decision"], one["action"]) == (decision, action)


def test_a_lead_that_nobody_has_called_is_handed_over_and_one_that_was_called_is_done(office: Texting) -> None:
    office.recipe("lead-reply", LEAD_REPLY)
    rows = [
        ("L-1", "Cy Doe", BOB, "", "AC tune-up", "New", "2026-11-23 09:30", ""),
        ("L-2", "Ann Li", ANN, "", "Furnace", "New", "2026-11-23 09:30", ""),
    ]
    office.sheet("leads", LEAD, rows)
    office.sheet("calls", CALLS, [])
    assert {one["outcome"] for one in office.send("lead-reply")["decisions"]} == {"queued"}
    office.now = "2026-11-23T11:35"
    office.sheet("calls", CALLS, [call("C9", "10:30", ANN, "completed", "240", direction="outbound")])
    document = office.send("lead-reply")
    assert (of(document, "L-1")["action"], of(document, "L-2")["decision"]) == ("task", "ended")
    assert "talked to them on the telephone today at 10:30 AM" in of(document, "L-2")["reason"]


def test_an_estimate_keeps_its_place_beside_a_missed_call(office: Texting) -> None:
    """The cap of a message a day is for what chases; whoever calls is answered all the same."""
    from tests.offices import follow_up

    office.sheet("estimates", ESTIMATES, [("E-1", "Ann Li", "", ANN, "Furnace", "Sent", "2026-11-20", "480", "")])
    office.recipe("follow-up", follow_up())
    office.send()
    assert of(missed(office, call("C1", "10:02")), "C1")["outcome"] == "queued"
    assert office.texts() == [ANN, ANN]


def test_a_sheet_kept_by_hand_is_understood_and_a_line_with_an_extension_is_called(office: Texting) -> None:
    office.sheet("calls", ("Date", "Time", "Caller ID", "What happened", "Len"),
                 [("11/23/26", "10:01 AM", "(312) 555-0142", "no answer", ""), ("11/23/26", "10:03", "312.555.0143 x12", "MISSED", "0:00")])  # fmt: skip
    document = office.send("missed-call-text-back")
    assert [(one["decision"], one["action"]) for one in document["decisions"]] == [("act", "message"), ("act", "task")]
    assert "an office line with extensions" in document["decisions"][1]["reason"]
    assert office.texts() == [ANN]
