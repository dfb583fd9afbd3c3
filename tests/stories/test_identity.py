"""Who a row is: by its number, else by what it says; never by where it stands. Numbers used twice or started again are a person's."""

from pathlib import Path

import pytest

from tests.offices import ESTIMATES, INVOICES, decided, follow_up, of, reminders
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"


def estimate(
    number: str, customer: str, phone: str, sent: str = "11/21/2026", title: str = "Furnace", total: str = "$480.00"
) -> tuple[str, ...]:
    return (number, customer, "", phone, title, "Sent", sent, total, "")


ANN = estimate("E-1", "Ann Li", "312-555-0142")
BO = estimate("E-2", "Bo Park", "312-555-0143")


def office_with(folder: Path, *rows: tuple[str, ...]) -> Office:
    return Office(folder).sheet("estimates", ESTIMATES, rows).recipe("mine", follow_up())


def test_sorting_the_sheet_sends_nothing_twice(tmp_path: Path) -> None:
    office = office_with(tmp_path, ANN, BO)
    office.run("mine", MONDAY, "--send")
    office.sheet("estimates", ESTIMATES, [estimate("E-0", "Cy Fox", "312-555-0144", "11/23/2026"), BO, ANN])
    assert decided(office.run("mine", "2026-11-24T10:00", "--send")) == {"E-0": "wait", "E-1": "wait", "E-2": "wait"}
    assert len(office.outbox()) == 2


def test_rows_without_a_number_are_known_again_wherever_they_stand(tmp_path: Path) -> None:
    ann, bo = estimate("", "Ann Li", "312-555-0142"), estimate("", "Bo Park", "312-555-0143")
    office = office_with(tmp_path, ann, bo)
    first = office.run("mine", MONDAY, "--send")
    assert [one["outcome"] for one in first["decisions"]] == ["sent", "sent"]
    assert all(one["record"] for one in first["decisions"])
    office.sheet("estimates", ESTIMATES, [bo, ann])
    second = office.run("mine", "2026-11-24T10:00", "--send")
    assert [one["decision"] for one in second["decisions"]] == ["wait", "wait"]
    assert {one["record"] for one in second["decisions"]} == {one["record"] for one in first["decisions"]}
    assert len(office.outbox()) == 2


def test_a_row_without_a_number_keeps_its_name_when_its_status_or_notes_change(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimate("", "Ann Li", "312-555-0142"))
    before = office.run("mine", MONDAY, "--send")["decisions"][0]["record"]
    office.sheet("estimates", ESTIMATES, [("", "Ann Li", "", "312-555-0142", "Furnace", "Viewed", "11/21/2026", "$480.00", "called")])
    after = office.run("mine", "2026-11-24T10:00", "--send")["decisions"][0]
    assert (after["record"], after["decision"]) == (before, "wait")


@pytest.mark.parametrize(
    "top",
    ["", 'kind = "service"'],
)
def test_two_equal_rows_without_a_number_send_once_and_not_never(tmp_path: Path, top: str) -> None:
    twin = estimate("", "Ann Li", "312-555-0142")
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [twin, twin]).recipe("mine", follow_up(top=top))
    document = office.run("mine", MONDAY, "--send")
    assert len(document["decisions"]) == document["counts"]["rows"]
    if any(one["decision"] in {"review", "broken"} for one in document["decisions"]):
        return  # asking a person is right as well
    office.run("mine", "2026-11-24T10:00", "--send")
    assert len(office.outbox()) == 1


def test_equal_rows_without_a_number_do_not_silence_their_customer(tmp_path: Path) -> None:
    twin = ("", "Ann Li", "", "312-555-0142", "Sent", "11/01/2026", "11/15/2026", "$300", "$300", "")
    office = Office(tmp_path).sheet("invoices", INVOICES, [twin, twin, ("I-9", *twin[1:])]).recipe("bills", reminders())
    document = office.run("bills", MONDAY, "--send")
    assert "sent" in {one["outcome"] for one in document["decisions"]} or any(one["decision"] == "review" for one in document["decisions"])


def test_a_row_without_number_and_customer_is_broken(tmp_path: Path) -> None:
    document = office_with(tmp_path, estimate("", "", "312-555-0142"), BO).rehearse("mine", MONDAY)
    assert sorted(one["decision"] for one in document["decisions"])[1] in {"broken", "review"}
    assert document["counts"]["rows"] == 2


def test_one_number_under_two_customers_is_a_persons_both_times(tmp_path: Path) -> None:
    document = office_with(tmp_path, ANN, estimate("E-1", "Bo Park", "312-555-0143")).rehearse("mine", MONDAY)
    assert document["counts"]["rows"] == 2
    assert all(one["decision"] in {"review", "broken"} for one in document["decisions"])
    assert all("E-1" in one["reason"] or "twice" in one["reason"] for one in document["decisions"])


def test_numbers_that_start_again_in_january_are_a_persons(tmp_path: Path) -> None:
    office = office_with(tmp_path, ANN)
    office.run("mine", MONDAY, "--send")
    office.sheet("estimates", ESTIMATES, [estimate("E-1", "Bo Park", "312-555-0143", "01/04/2027")])
    one = of(office.run("mine", "2027-01-07T10:00", "--send"), "E-1")
    assert (one["decision"], one["outcome"]) == ("review", None)
    assert len(office.outbox()) == 1


def test_numbers_that_start_again_are_a_persons_also_once_their_old_row_was_done(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimate("E-1", "Ann Li", "312-555-0142", "11/01/2026"))
    office.run("mine", MONDAY, "--send")  # the hand-over, the last step
    office.sheet("estimates", ESTIMATES, [estimate("E-1", "Bo Park", "312-555-0143", "12/01/2026")])
    assert of(office.run("mine", "2026-12-16T10:00", "--send"), "E-1")["decision"] == "review"


def test_a_new_phone_alone_or_a_new_day_alone_is_the_same_row(tmp_path: Path) -> None:
    office = office_with(tmp_path, ANN)
    office.run("mine", MONDAY, "--send")
    office.sheet("estimates", ESTIMATES, [estimate("E-1", "Ann Li", "312-555-0199")])
    assert decided(office.rehearse("mine", "2026-11-27T10:00")) == {"E-1": "act"}
    office.sheet("estimates", ESTIMATES, [estimate("E-1", "Ann Li", "312-555-0142", "11/20/2026")])
    assert decided(office.rehearse("mine", "2026-11-27T10:00")) == {"E-1": "act"}


def test_the_same_number_in_two_tables_has_two_stories(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimate("1001", "Ann Li", "312-555-0142"))
    office.sheet("invoices", INVOICES, [("1001", "Bo Park", "", "312-555-0143", "Sent", "11/01/2026", "11/15/2026", "$300", "$300", "")])
    office.recipe("bills", reminders())
    office.run("mine", MONDAY, "--send")
    assert of(office.rehearse("bills", MONDAY), "1001")["decision"] == "act"
    estimates = office.do("why", "estimates", "1001", "--format", "json", now=MONDAY).json
    invoices = office.do("why", "invoices", "1001", "--format", "json", now=MONDAY).json
    assert {entry["recipe"] for entry in estimates["history"]} == {"mine"}
    assert invoices["history"] == []


def test_why_and_skip_take_the_name_that_a_run_printed(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimate("", "Ann Li", "312-555-0142"))
    record = office.run("mine", MONDAY)["decisions"][0]["record"]
    told = office.do("why", "estimates", record, "--format", "json", now=MONDAY)
    assert told.code == 0, told.err
    assert [one["decision"] for one in told.json["decisions"] if one["recipe"] == "mine"] == ["act"]
    assert office.do("skip", "mine", record, "--because", "called", now=MONDAY).code == 0
    assert decided(office.rehearse("mine", MONDAY)) == {record: "ended"}
