"""`lead-reply` as it ships: a first answer within minutes while the office is open, else at the opening, and a person when nobody has called."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.stories.contract.telephone import ANN, BOB, CUSTOMERS, LEADS, MONDAY, Telephone, call, of, shipped, telephone

TEXT, TASK = ("act", "message"), ("act", "task")


def lead(number: str = "L-1", at: str = f"{MONDAY} 10:00", phone: str = ANN, customer: str = "Ann Li", email: str = "", status: str = "New",
         request: str = "AC tune-up", notes: str = "") -> tuple[str, ...]:  # fmt: skip
    return (number, customer, phone, email, request, status, at, notes)


def kind(one: Any) -> tuple[str, str]:
    return one["decision"], one["action"]


def opened(office: Telephone, *rows: Sequence[str], mode: str = "auto") -> Telephone:
    office.recipe("lead-reply", shipped("lead-reply", mode))
    office.sheet("leads", LEADS, rows)
    return office


def reply(office: Telephone) -> Any:
    return office.run("lead-reply", office.now, "--send")


@pytest.mark.parametrize(
    ("at", "now", "expected"),
    [
        (f"{MONDAY} 10:00", f"{MONDAY}T10:00", TEXT),
        (f"{MONDAY} 10:00", f"{MONDAY}T10:05", TEXT),
        (f"{MONDAY} 16:50", f"{MONDAY}T16:55", TEXT),
        (f"{MONDAY} 18:00", "2026-11-24T09:05", TEXT),
        ("2026-11-22 14:00", f"{MONDAY}T09:05", TEXT),
        ("2026-11-23 03:00", f"{MONDAY}T09:05", TEXT),
        ("2026-11-19 10:00", f"{MONDAY}T10:05", TASK),
    ],
)
def test_when_it_is_answered(tmp_path: Path, at: str, now: str, expected: tuple[str, str]) -> None:
    with telephone(tmp_path, now) as office:
        document = reply(opened(office, lead(at=at)))
        assert kind(of(document, "L-1")) == expected
        assert office.texts() == ([ANN] if expected == TEXT else [])


@pytest.mark.parametrize(("at", "now"), [(f"{MONDAY} 18:00", f"{MONDAY}T18:05"), ("2026-11-22 11:00", "2026-11-22T13:00"), ("2026-11-26 10:00", "2026-11-26T10:05"),
                                         (f"{MONDAY} 03:00", f"{MONDAY}T03:05"), ("2026-11-21 10:00", "2026-11-21T10:05")])  # fmt: skip
def test_out_of_hours_nothing_leaves_and_it_says_until_when(tmp_path: Path, at: str, now: str) -> None:
    with telephone(tmp_path, now) as office:
        one = of(reply(opened(office, lead(at=at))), "L-1")
        assert one["decision"] in {"wait", "hold"} and (one["due"] or one["until"]) and office.texts() == []


def test_the_opening_after_a_holiday_and_a_weekend(tmp_path: Path) -> None:
    """Wednesday evening before Thanksgiving: the office opens on Friday."""
    with telephone(tmp_path, "2026-11-26T10:00") as office:
        opened(office, lead(at="2026-11-25 18:00"))
        reply(office)
        assert office.texts() == []
        office.now = "2026-11-27T09:05"
        assert kind(of(reply(office), "L-1")) == TEXT and office.texts() == [ANN]


def test_ten_runs_answer_once_and_the_words_name_the_office_and_the_request(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        opened(office, lead())
        for minute in range(1, 30, 3):
            office.now = f"{MONDAY}T10:{minute:02}"
            reply(office)
        [words] = office.text_to(ANN)
        assert "Northside Heating & Air" in words and "Ann" in words and "AC tune-up" in words and "{{" not in words


def test_nobody_has_called_within_the_window_and_a_person_is_asked_to(tmp_path: Path) -> None:
    with telephone(tmp_path, f"{MONDAY}T10:02") as office:
        opened(office, lead())
        reply(office)
        office.now = f"{MONDAY}T12:30"
        assert kind(of(reply(office), "L-1")) == TASK
        [item] = office.queue()
        assert item["owner"] == "office" and "555-0142" in item["body"] and "Ann Li" in item["body"]
        office.now = "2026-11-24T12:30"
        assert of(reply(office), "L-1")["decision"] in {"done", "review"} and office.texts() == [ANN] and len(office.queue()) == 1


@pytest.mark.parametrize(
    ("row", "ends"),
    [
        (call("C1", "10:30", status="completed", seconds="240", direction="outbound"), True),
        (call("C1", "10:30", "(312) 555-0142", status="Call connected", seconds="0:04:00", direction="Outgoing"), True),
        (call("C1", "10:30", status="completed", seconds="240"), True),
        (call("C1", "10:30", status="no-answer", direction="outbound"), False),
        (call("C1", "10:30", BOB, status="completed", seconds="240", direction="outbound"), False),
        (call("C1", "09:30", status="completed", seconds="240", direction="outbound"), False),
        (call("C1", "10:30", status="no-answer"), False),
    ],
    ids=["called", "called-ringcentral", "they-called", "not-reached", "somebody-else", "before-it-came", "they-missed-us"],
)
def test_somebody_has_talked_to_them_since(tmp_path: Path, row: tuple[str, ...], ends: bool) -> None:
    with telephone(tmp_path, f"{MONDAY}T10:02") as office:
        opened(office, lead()).log()
        reply(office)
        office.now = f"{MONDAY}T12:30"
        one = of(reply(office.log(row)), "L-1")
        assert one["decision"] == "ended" if ends else kind(one) == TASK


@pytest.mark.parametrize("status", ["Contacted", "Booked", "Lost", "booked"])
def test_what_is_over_is_over(tmp_path: Path, status: str) -> None:
    with telephone(tmp_path) as office:
        assert of(reply(opened(office, lead(status=status))), "L-1")["decision"] in {"ended", "wait"} and office.texts() == []


def test_an_answer_ends_it(tmp_path: Path) -> None:
    with telephone(tmp_path, f"{MONDAY}T10:02") as office:
        opened(office, lead(), lead("L-2", phone=BOB, customer="Bob Ray"))
        reply(office)
        office.now = f"{MONDAY}T10:30"
        office.server.text_from(ANN, "Great, Tuesday after 3 please")
        office.inbox()
        office.now = f"{MONDAY}T12:30"
        document = reply(office)
        assert (of(document, "L-1")["decision"], kind(of(document, "L-2"))) == ("ended", TASK)


def test_an_opted_out_lead_is_never_written_to(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.do("optout", ANN)
        one = of(reply(opened(office, lead())), "L-1")
        assert office.texts() == [] and kind(one) != TEXT


@pytest.mark.parametrize(
    "row",
    [
        lead(request="Gas smell in kitchen"),
        lead(request="EMERGENCY no heat"),
        lead(notes="this is an insurance claim"),
        lead(notes="I will call my lawyer"),
    ],
)
def test_a_person_looks_first(tmp_path: Path, row: tuple[str, ...]) -> None:
    with telephone(tmp_path) as office:
        assert of(reply(opened(office, row)), "L-1")["decision"] == "review" and office.texts() == []


def test_by_e_mail_where_there_is_no_mobile_and_a_person_where_there_is_neither(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        document = reply(
            opened(
                office,
                lead(phone="", email="ann@li.example"),
                lead("L-2", phone="", customer="Bob Ray"),
                lead("L-3", phone="+18005550142", customer="Cy Doe"),
            )
        )
        assert (of(document, "L-1")["channel"], of(document, "L-1")["to"]) == ("email", "ann@li.example")
        assert {kind(of(document, number)) for number in ("L-2", "L-3")}.isdisjoint({TEXT}) and office.texts() == []


def test_the_callers_own_clock_counts_here_too(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        one = of(reply(opened(office, lead(phone="+12135550142"))), "L-1")
        assert one["decision"] in {"hold", "wait"} and office.texts() == []


def test_the_recipe_that_ships_asks_a_person_first(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        opened(office, lead(), mode="approve")
        assert of(reply(office), "L-1")["decision"] == "review" and office.texts() == []
        assert office.do("review", "approve", office.item("L-1")).code == 0
        reply(office)
        assert office.texts() == [ANN]


def test_leads_without_numbers_are_told_apart_and_answered_once_each(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        opened(office, lead(""), lead("", phone="(312) 555-0143", customer="Bob Ray"))
        for office.now in (f"{MONDAY}T10:10", f"{MONDAY}T10:20", f"{MONDAY}T10:30"):
            reply(office)
            office.sheet("leads", LEADS, [lead("", phone="312.555.0143", customer="Bob Ray"), lead("", phone="312-555-0142")])
        assert sorted(office.texts()) == [ANN, BOB]


def test_a_lead_without_a_name_is_greeted_all_the_same(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        reply(opened(office, lead(customer="")))
        assert not any(odd in "".join(office.text_to(ANN)) for odd in ("None", "nan", "{{", "Hi ,"))


def test_a_lead_whose_time_cannot_be_read_is_never_texted(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        document = reply(opened(office, lead(at="last Tuesday"), lead("L-2", at="31/31/2026", phone=BOB)))
        assert {of(document, number)["decision"] for number in ("L-1", "L-2")} <= {"broken", "review"} and office.texts() == []


# --- the answer to a missed call becomes a lead


def test_the_answer_to_a_text_back_becomes_a_lead_row_with_what_it_said(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02")).answer()
        office.now = f"{MONDAY}T10:30"
        words = "Hi, Ann Li at 412 Oak St, Chicago. The furnace makes a loud banging noise"
        office.server.text_from(ANN, words)
        office.inbox()
        [row] = office.do("read", "leads", "--format", "json").json["records"]
        assert row["phone"] == ANN and row["notes"] == words and row["customer"] == "Ann Li" and "412 Oak St" in row["address"]
        office.inbox()
        assert len(office.do("read", "leads", "--format", "json").json["records"]) == 1
        assert words in str([item["body"] for item in office.queue()])


def test_such_a_lead_stands_beside_those_of_the_sheet_and_gets_no_machine_answer(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        opened(office, lead("L-7", at=f"{MONDAY} 10:05", phone=BOB, customer="Bob Ray"))
        office.log(call("C1", "10:02")).answer()
        office.now = f"{MONDAY}T10:30"
        office.server.text_from(ANN, "Ann Li, 412 Oak St, no hot water")
        office.inbox()
        records = office.do("read", "leads", "--format", "json").json["records"]
        assert len(records) == 2
        document = reply(office)
        assert len(document["decisions"]) == document["counts"]["rows"] == 2
        assert office.text_to(ANN) and len(office.text_to(ANN)) == 1 and len(office.text_to(BOB)) == 1


@pytest.mark.parametrize("words", ["STOP", "wrong number", "I am driving. (Auto-reply)", "who is this?"])
def test_an_answer_that_asks_for_nothing_still_ends_the_chain_for_that_caller(tmp_path: Path, words: str) -> None:
    with telephone(tmp_path) as office:
        office.log(call("C1", "10:02")).answer()
        office.now = (office.moment + timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M")
        office.server.text_from(ANN, words)
        office.inbox()
        office.now = f"{MONDAY}T12:30"
        office.answer()
        assert office.texts() == [ANN]


def test_a_known_customer_who_answers_is_named_in_the_lead(tmp_path: Path) -> None:
    with telephone(tmp_path) as office:
        office.sheet("customers", CUSTOMERS, [("K1", "Ann Li", "(312) 555-0142", "ann@li.example", "", "", "")])
        office.log(call("C1", "10:02")).answer()
        office.now = f"{MONDAY}T10:30"
        office.server.text_from(ANN, "the furnace is loud again")
        assert office.inbox()["replies"][0]["customer"] == "Ann Li"
        [row] = office.do("read", "leads", "--format", "json").json["records"]
        assert row["customer"] == "Ann Li" and "furnace is loud" in row["notes"]
