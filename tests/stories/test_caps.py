"""Caps: a customer hears from the office once a day, whatever number of rows and recipes would like to write."""

from pathlib import Path
from typing import Any

from tests.offices import CONFIG, ESTIMATES, decided, follow_up, message, of
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
TUESDAY = "2026-11-24T10:00"


def row(number: str, customer: str, phone: str, email: str = "", sent: str = "11/21/2026", **_: Any) -> tuple[str, ...]:
    return (number, customer, email, phone, "Furnace", "Sent", sent, "$480.00", "")


def office_with(folder: Path, *rows: tuple[str, ...], limits: str = "") -> Office:
    return Office(folder, CONFIG + limits).sheet("estimates", ESTIMATES, rows)


def test_two_rows_of_one_customer_send_one_message_a_day(tmp_path: Path) -> None:
    office = office_with(
        tmp_path, row("E-1", "Ann Li", "(312) 555-0142"), row("E-2", "Ann Li", "312.555.0142"), row("E-3", "Bo Park", "312-555-0143")
    )
    office.recipe("mine", follow_up())
    document = office.run("mine", MONDAY, "--send")
    assert decided(document) == {"E-1": "act", "E-2": "hold", "E-3": "act"}
    assert of(document, "E-2")["until"] == "2026-11-24T09:00:00-06:00"
    assert len(office.outbox()) == 2
    assert decided(office.run("mine", "2026-11-23T19:00", "--send"))["E-2"] == "hold"
    next_day = office.run("mine", TUESDAY, "--send")
    assert (of(next_day, "E-2")["decision"], of(next_day, "E-2")["outcome"]) == ("act", "sent")


def test_the_same_e_mail_with_other_phones_is_one_customer(tmp_path: Path) -> None:
    office = office_with(
        tmp_path, row("E-1", "Ann Li", "312-555-0142", "ann@li.example"), row("E-2", "Ann Li", "312-555-0149", "Ann@Li.example")
    )
    assert decided(office.recipe("mine", follow_up()).rehearse("mine", MONDAY)) == {"E-1": "act", "E-2": "hold"}


def test_the_same_customer_number_is_one_customer(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet(
        "estimates",
        ("Estimate #", "Customer ID", "Customer", "Phone", "Job title", "Status", "Emailed", "Total"),
        [("E-1", "C-7", "Ann Li", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480"),
         ("E-2", "C-7", "Ann Li", "312-555-0149", "Ducts", "Sent", "11/21/2026", "$90")],
    )  # fmt: skip
    assert decided(office.recipe("mine", follow_up()).rehearse("mine", MONDAY)) == {"E-1": "act", "E-2": "hold"}


def test_a_name_alone_joins_nobody(tmp_path: Path) -> None:
    office = office_with(tmp_path, row("E-1", "John Smith", "312-555-0142"), row("E-2", "John Smith", "312-555-0143"))
    assert decided(office.recipe("mine", follow_up()).rehearse("mine", MONDAY)) == {"E-1": "act", "E-2": "act"}


def test_the_cap_holds_across_recipes_and_commands(tmp_path: Path) -> None:
    office = office_with(tmp_path, row("E-1", "Ann Li", "312-555-0142")).recipe("one", follow_up()).recipe("other", follow_up())
    assert of(office.run("one", MONDAY, "--send"), "E-1")["outcome"] == "sent"
    second = of(office.run("other", "2026-11-23T15:00", "--send"), "E-1")
    assert (second["decision"], second["until"]) == ("hold", "2026-11-24T09:00:00-06:00")
    assert of(office.run("other", TUESDAY, "--send"), "E-1")["outcome"] == "sent"


def test_priority_decides_who_writes_and_the_documents_keep_the_order_asked_for(tmp_path: Path) -> None:
    office = office_with(tmp_path, row("E-1", "Ann Li", "312-555-0142"))
    office.recipe("low", follow_up()).recipe("high", follow_up(top="priority = 5"))
    for words in ((), ("--send",)):
        low, high = office.do("run", "low", "high", "--format", "json", *words, now=MONDAY).json
        assert (low["recipe"], high["recipe"]) == ("low", "high")
        assert (of(low, "E-1")["decision"], of(high, "E-1")["decision"]) == ("hold", "act")
    assert len(office.outbox()) == 1


def test_service_messages_are_exempt_but_counted(tmp_path: Path) -> None:
    office = office_with(tmp_path, row("E-1", "Ann Li", "312-555-0142"), row("E-2", "Ann Li", "312-555-0142"))
    office.recipe("service", follow_up(top='kind = "service"')).recipe("sales", follow_up())
    assert decided(office.run("service", MONDAY, "--send")) == {"E-1": "act", "E-2": "act"}
    assert len(office.outbox()) == 2
    assert decided(office.rehearse("sales", "2026-11-23T12:00")) == {"E-1": "hold", "E-2": "hold"}


def test_a_service_message_leaves_after_todays_follow_up(tmp_path: Path) -> None:
    office = office_with(tmp_path, row("E-1", "Ann Li", "312-555-0142"))
    office.recipe("service", follow_up(top='kind = "service"')).recipe("sales", follow_up())
    office.run("sales", MONDAY, "--send")
    assert of(office.run("service", "2026-11-23T12:00", "--send"), "E-1")["outcome"] == "sent"


def test_the_offices_own_people_are_exempt(tmp_path: Path) -> None:
    tell = '[[steps]]\nname = "tell"\nafter = "1 day"\ndo = "message"\nto = "owner"\nby = ["email"]\ntext = "Look at {{ number }}."\n'
    office = office_with(
        tmp_path, row("E-1", "Ann Li", "312-555-0142"), row("E-2", "Bo Park", "312-555-0143"), row("E-3", "Cy Fox", "312-555-0144")
    )
    document = office.recipe("mine", follow_up(steps=tell)).run("mine", "2026-11-23T22:30", "--send")
    assert {one["outcome"] for one in document["decisions"]} == {"sent"}
    assert {one["to"] for one in document["decisions"]} == {"maria@northside.example"}


def test_a_higher_cap_lets_more_leave(tmp_path: Path) -> None:
    rows = [row(f"E-{number}", "Ann Li", "312-555-0142") for number in (1, 2, 3)]
    office = office_with(tmp_path, *rows, limits="\n[limits]\nper_address_per_day = 2\n").recipe("mine", follow_up())
    assert decided(office.rehearse("mine", MONDAY)) == {"E-1": "act", "E-2": "act", "E-3": "hold"}


def test_more_messages_than_per_run_is_a_brake_and_exactly_per_run_is_not(tmp_path: Path) -> None:
    rows = [row(f"E-{number}", "Ann Li", f"312-555-01{number:02}") for number in range(51)]
    office = office_with(tmp_path, *rows).recipe("mine", follow_up())
    ran = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
    assert (ran.code, [one["name"] for one in ran.json["brakes"]]) == (4, ["unusual-volume"])
    assert (len(ran.json["decisions"]), office.outbox()) == (51, [])
    office.sheet("estimates", ESTIMATES, rows[:50])
    assert office.rehearse("mine", MONDAY)["brakes"] == []


def test_the_day_of_the_cap_ends_at_the_offices_midnight(tmp_path: Path) -> None:
    office = office_with(tmp_path, row("E-1", "Ann Li", "213-555-0142"), row("E-2", "Ann Li", "213-555-0142"))
    office.recipe("mine", follow_up())
    # 21:30 in Chicago is 19:30 in Los Angeles: both days are the 23rd; at 11:00 next morning a new day has begun.
    assert decided(office.run("mine", "2026-11-23T21:30", "--send")) == {"E-1": "act", "E-2": "hold"}
    assert decided(office.run("mine", "2026-11-24T11:00", "--send"))["E-2"] == "act"
    assert len(office.outbox()) == 2


def test_a_text_and_an_e_mail_to_one_customer_share_the_days_one_message(tmp_path: Path) -> None:
    by_mail = message("mail", 'after = "1 day"', "Hello from {{ office.name }}.").replace('["sms", "email"]', '["email"]')
    office = office_with(tmp_path, row("E-1", "Ann Li", "312-555-0142", "ann@li.example"))
    office.recipe("text", follow_up()).recipe("mail", follow_up(steps=by_mail))
    assert of(office.run("text", MONDAY, "--send"), "E-1")["channel"] == "sms"
    assert of(office.rehearse("mail", "2026-11-23T12:00"), "E-1")["decision"] == "hold"
