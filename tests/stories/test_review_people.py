"""Who has an item, what a call about it brought, and that no queue waits for one person."""

from datetime import date
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from contractor_ops.ports import CallOutcome, Pause
from tests.offices import CONFIG, ESTIMATES, INVOICES, decided, follow_up, of, reminders
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
TUESDAY = "2026-11-24T10:00"
ROWS = [
    ("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", ""),
    ("E-2", "Bo Park", "bo@park.example", "312-555-0143", "Ducts", "Sent", "11/21/2026", "$90", ""),
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up(mode="approve"))
    office.run("mine", MONDAY)
    return office


def call(office: Office, record: str, outcome: str, *more: str) -> str:
    return told(office, office.item(record), outcome, *more)


def told(office: Office, number: str, outcome: str, *more: str) -> str:
    ran = office.do("review", "call", number, "--outcome", outcome, *more, now=MONDAY)
    assert ran.code == 0, ran.err
    return ran.out


def outcomes(office: Office) -> list[CallOutcome]:
    return open_office(office.folder).ledger.outcomes()


def tasks(office: Office, now: str = MONDAY) -> list[tuple[str, str, str]]:
    return [(one["record"], one["owner"], one["body"]) for one in office.queue(now=now) if one["kind"] == "task"]


# ── who has it ──


@pytest.mark.parametrize("to", ["owner", "Maria Lopez", "maria lopez"])
def test_an_item_is_given_to_a_person_by_key_or_name_and_stays_theirs(office: Office, to: str) -> None:
    number = office.item("E-1")
    assert office.do("review", "assign", number, "--to", to, now=MONDAY).out == f"{number} Ann Li: Maria Lopez has it now\n"
    office.run("mine", TUESDAY)
    assert {one["record"]: one["owner"] for one in office.queue()} == {"E-1": "owner", "E-2": "office"}


def test_nobody_is_given_anything_who_is_not_one_of_us(office: Office) -> None:
    ran = office.do("review", "assign", office.item("E-1"), "--to", "ofice", now=MONDAY)
    assert (ran.code, ran.out) == (3, "") and "office" in ran.err
    assert {one["owner"] for one in office.queue()} == {"office"}


@pytest.mark.parametrize(("now", "whose"), [(MONDAY, "office"), ("2026-11-27T10:00", "office"), ("2026-11-30T10:00", "owner")])
def test_what_waits_longer_than_three_business_days_falls_to_the_deputy(office: Office, now: str, whose: str) -> None:
    assert {(one["owner"], one["falls_to"]) for one in office.queue(now=now)} == {("office", whose)}
    assert len(office.queue("--owner", whose, now=now)) == 2
    assert len(office.queue("--owner", "office", now=now)) == 2


def test_what_is_theirs_who_is_away_falls_to_the_deputy_and_the_list_says_why(tmp_path: Path) -> None:
    config = CONFIG.replace('deputy = "owner" }', 'deputy = "owner", away_until = 2026-12-01 }')
    office = Office(tmp_path, config).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up(mode="approve"))
    office.run("mine", MONDAY)
    listed = office.do("review", "list", now=MONDAY).out
    assert listed.startswith("Maria Lopez: 2 items, by number")
    assert "falls to Maria Lopez: Dana Reed is away until Dec 1" in listed
    assert "for Dana Reed, falls to Maria Lopez (open)" in office.do("review", "show", office.item("E-1"), now=MONDAY).out
    assert len(office.queue("--owner", "owner", now=MONDAY)) == 2


def test_how_long_an_item_may_wait_is_the_offices_own(office: Office) -> None:
    office.configure('\n[limits]\nwaits_at_most = "1 week"\n')
    assert {one["falls_to"] for one in office.queue(now="2026-11-30T10:00")} == {"office"}
    assert {one["falls_to"] for one in office.queue(now="2026-12-01T10:00")} == {"owner"}


def test_a_length_that_counts_no_days_is_refused(office: Office) -> None:
    office.configure('\n[limits]\nwaits_at_most = "4 hours"\n')
    ran = office.do("review", "list", now=MONDAY)
    assert ran.code == 3 and "waits_at_most" in ran.err and "3 business days" in ran.err


# ── what a call brought ──


def test_reached_is_noted_and_the_item_stays_unless_it_is_settled(office: Office) -> None:
    assert "it stays in the queue" in call(office, "E-1", "reached", "--note", "thinks about it")
    [item] = [one for one in office.queue() if one["record"] == "E-1"]
    assert item["note"] == "reached them on Mon, Nov 23: thinks about it"
    assert "done" in call(office, "E-2", "reached", "--done")
    assert [one["record"] for one in office.queue()] == ["E-1"]
    assert sorted((one.record, one.outcome, one.address, one.note) for one in outcomes(office)) == [
        ("E-1", "reached", "+13125550142", "thinks about it"),
        ("E-2", "reached", "+13125550143", ""),
    ]


def test_a_message_that_was_released_stays_so_when_they_were_reached_and_leaves(office: Office) -> None:
    number = office.item("E-1")
    office.do("review", "approve", number, now=MONDAY)
    assert "it stays released, and leaves at the next run --send" in " ".join(told(office, number, "reached", "--note", "fine").split())
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["decision"] == "act"
    assert len(office.outbox()) == 1


@pytest.mark.parametrize("words", [("voicemail",), ("reached", "--done"), ("promise", "--on", "wed"), ("dispute",), ("wrong-number",)])
def test_that_a_release_is_taken_back_is_said(office: Office, words: tuple[str, ...]) -> None:
    number = office.item("E-1")
    office.do("review", "approve", number, now=MONDAY)
    assert "its release is taken back" in " ".join(told(office, number, *words).split())
    assert "its release" not in call(office, "E-2", *words)
    office.run("mine", MONDAY, "--send")
    assert office.outbox() == []


def test_a_voicemail_comes_back_on_the_next_business_day(office: Office) -> None:
    number = office.item("E-1")
    office.do("review", "call", number, "--outcome", "voicemail", now="2026-11-25T10:00")  # before Thanksgiving
    assert [one["until"] for one in office.queue() if one["record"] == "E-1"] == ["2026-11-27"]


def test_a_promise_stops_the_chasing_until_the_day_after_it_and_is_found_when_it_has_passed(office: Office) -> None:
    assert "nothing chases them before Thu, Nov 26" in call(office, "E-1", "promise", "--on", "wed", "--note", "by check")
    before, after = office.run("mine", "2026-11-25T10:00"), office.run("mine", "2026-11-26T10:00")
    assert (decided(before)["E-1"], decided(after)["E-1"]) == ("hold", "review")
    [promise] = outcomes(office)
    assert (promise.recipe, promise.table, promise.record, promise.customer, promise.promised_on, promise.note) == (
        "mine", "estimates", "E-1", "Ann Li", date(2026, 11, 25), "by check",
    )  # fmt: skip


def test_a_promise_needs_its_day_and_nothing_else_has_one(office: Office) -> None:
    number = office.item("E-1")
    for words in (("promise",), ("promise", "--on", "someday"), ("reached", "--on", "fri"), ("promised",)):
        assert office.do("review", "call", number, "--outcome", *words, now=MONDAY).code == 2, words
    assert outcomes(office) == []


def test_a_dispute_goes_to_the_owner_and_chasing_rests_until_a_person_lifts_it(office: Office) -> None:
    assert "disputed: Maria Lopez has it, chasing rests" in call(office, "E-1", "dispute", "--note", "never asked for it")
    for now in (MONDAY, TUESDAY):
        office.run("mine", now, "--send")
        [(record, owner, body)] = tasks(office)
        assert (record, owner) == ("E-1", "owner")
        assert "disputes: estimate E-1, $480.00. They say: never asked for it." in body and "resume +13125550142" in body
    assert of(office.run("mine", "2026-11-26T10:00"), "E-1")["decision"] == "hold"
    assert office.do("resume", "+13125550142", now=MONDAY).code == 0
    assert of(office.run("mine", "2026-11-26T10:00"), "E-1")["step"] == "second-nudge"


def name_only(folder: Path, other: tuple[str, str]) -> Office:
    """Ann Li of invoice 1 is known by her name alone; invoice 2 is another's who is called the same, and has this e-mail and phone."""
    rows = [("1", "Ann Li", "", "", "Sent", "9/1/2026", "11/18/2026", "$300", "$300", ""),
            ("2", "Ann Li", *other, "Sent", "9/1/2026", "11/18/2026", "$300", "$300", "")]  # fmt: skip
    office = Office(folder).sheet("invoices", INVOICES, rows).recipe("chase", reminders("approve", top=""))
    office.run("chase", "2026-11-20T10:00", "--send")
    return office


@pytest.mark.parametrize("other", [("", "312-555-0177"), ("other.ann@mail.example", "")])
def test_a_dispute_of_somebody_known_by_name_only_stops_nobody_else_of_that_name(tmp_path: Path, other: tuple[str, str]) -> None:
    office = name_only(tmp_path, other)
    said = " ".join(call(office, "1", "dispute").split())
    assert "Maria Lopez has it, but chasing goes on. The sheets tell too little of them" in said
    assert said.endswith("To end this one: contractor-ops skip chase 1")
    assert open_office(office.folder).ledger.pauses() == []
    assert of(office.run("chase", "2026-11-24T10:00"), "2")["decision"] == "review"
    assert "contractor-ops skip chase 1" in tasks(office)[0][2]


def test_a_promise_of_somebody_known_by_name_only_lets_the_item_rest_and_nobody_else(tmp_path: Path) -> None:
    office = name_only(tmp_path, ("", "312-555-0177"))
    said = " ".join(call(office, "1", "promise", "--on", "wed").split())
    assert "promised for Wed, Nov 25: this item rests until Thu, Nov 26, nothing else does" in said
    assert open_office(office.folder).ledger.pauses() == []
    assert [one["until"] for one in office.queue() if one["record"] == "1"] == ["2026-11-26"]


def test_where_nobody_tells_more_than_the_name_all_of_that_name_are_one_and_rest(tmp_path: Path) -> None:
    office = name_only(tmp_path, ("", ""))
    assert "Maria Lopez has it, chasing rests" in call(office, "1", "dispute")
    assert open_office(office.folder).ledger.pauses() == [Pause("Ann Li", None, "disputed")]


def test_a_customer_number_lets_its_customer_rest_and_no_other_of_that_name(tmp_path: Path) -> None:
    office = name_only(tmp_path, ("", "312-555-0177"))
    rows = [("1", "Ann Li", "7", "", "Sent", "9/1/2026", "11/18/2026", "$300", "$300"),
            ("2", "Ann Li", "8", "312-555-0177", "Sent", "9/1/2026", "11/18/2026", "$300", "$300")]  # fmt: skip
    office.sheet("invoices", ("Invoice #", "Customer", "Customer #", "Phone", "Status", "Issued", "Due date", "Total", "Balance"), rows)
    call(office, "1", "dispute")
    assert open_office(office.folder).ledger.pauses() == [Pause("7", None, "disputed")]
    assert of(office.run("chase", "2026-11-24T10:00"), "2")["decision"] == "review"


def test_a_shorter_promise_does_not_lift_a_dispute(office: Office) -> None:
    number = office.item("E-1")
    call(office, "E-1", "dispute")
    office.do("review", "reopen", number, now=MONDAY)
    assert office.do("review", "call", number, "--outcome", "promise", "--on", "wed", now=MONDAY).code == 0
    assert open_office(office.folder).ledger.pauses() == [Pause("+13125550142", None, "disputed")]


def test_a_wrong_number_gets_nothing_more_and_the_office_mends_it(office: Office) -> None:
    assert "the office looks for the right one" in call(office, "E-1", "wrong-number", "--note", "a bakery")
    office.do("review", "approve", office.item("E-2"), now=MONDAY)
    run = office.run("mine", MONDAY, "--send")
    assert of(run, "E-1")["decision"] == "ended" and "opted out" in of(run, "E-1")["reason"]
    [(record, owner, body)] = tasks(office)
    assert (record, owner) == ("E-1", "office")
    assert "mend it in estimates.csv, row 2: (312) 555-0142 is not theirs" in body
    assert [one["record"] for one in office.queue()] == ["E-1"]
    mended = (*ROWS[0][:3], "312-555-0199", *ROWS[0][4:])
    office.sheet("estimates", ESTIMATES, [mended, ROWS[1]])
    again = of(office.run("mine", MONDAY), "E-1")
    assert (again["decision"], again["to"], again["step"]) == ("review", "+13125550199", "first-nudge")


def test_of_two_numbers_somebody_must_say_which_is_wrong_and_the_other_goes_on(office: Office) -> None:
    rows = [(*ROWS[0][:3], "312-555-0142, 312-555-0177", *ROWS[0][4:]), ROWS[1]]
    office.sheet("estimates", ESTIMATES, rows).run("mine", MONDAY)
    number = office.item("E-1")
    ran = office.do("review", "call", number, "--outcome", "wrong-number", now=MONDAY)
    assert ran.code == 2 and "Which number was wrong, (312) 555-0142 or (312) 555-0177?" in ran.err and "--number" in ran.err
    strange = office.do("review", "call", number, "--outcome", "wrong-number", "--number", "312-555-0199", now=MONDAY)
    assert strange.code == 2 and "(312) 555-0199 is none of their numbers" in strange.err
    assert office.do("review", "call", number, "--outcome", "wrong-number", "--number", "Ann", now=MONDAY).code == 2
    assert outcomes(office) == [] and open_office(office.folder).ledger.opt_outs() == []
    assert "(312) 555-0177 gets nothing more" in call(office, "E-1", "wrong-number", "--number", "312.555.0177")
    assert [address for address, _, _ in open_office(office.folder).ledger.opt_outs()] == ["+13125550177"]
    assert [(one.outcome, one.address) for one in outcomes(office)] == [("wrong-number", "+13125550177")]
    assert "(312) 555-0177 is not theirs" in tasks(office)[0][2]


def test_our_own_number_is_never_silenced(office: Office) -> None:
    rows = [(*ROWS[0][:3], "312-555-0101", *ROWS[0][4:]), ROWS[1]]
    office.sheet("estimates", ESTIMATES, rows).run("mine", MONDAY)
    call(office, "E-1", "wrong-number")
    assert open_office(office.folder).ledger.opt_outs() == []


def test_a_task_stays_one_item_with_its_new_owner(office: Office) -> None:
    office.run("mine", "2026-12-14T10:00", "--send")
    call(office, "E-1", "dispute")
    call(office, "E-2", "wrong-number")
    assert {(record, owner) for record, owner, _ in tasks(office)} == {("E-1", "owner"), ("E-2", "office")}
    assert len(office.queue()) == 2


def test_a_call_about_several_customers_is_refused(tmp_path: Path) -> None:
    rows = [(*row[:6], "11/05/2026", *row[7:]) for row in ROWS]
    office = Office(tmp_path).sheet("estimates", ESTIMATES, rows).recipe("mine", follow_up(mode="auto", top='first_run = "review"'))
    office.run("mine", "2026-11-18T10:00")
    ran = office.do("review", "call", "1", "--outcome", "reached", now=MONDAY)
    assert ran.code == 2 and "several customers" in ran.err, ran
    assert outcomes(office) == []
