"""One message for all of a customer's rows: credits netted, part payments a person's, nothing chased that is not owed."""

from pathlib import Path
from typing import Any

import pytest

from tests.offices import INVOICES, decided, of, reminders
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
PHONE = "312-555-0142"


def invoice(number: str, balance: str, customer: str = "Ann Li", phone: str = PHONE, email: str = "", total: str = "", due: str = "11/15/2026",
            status: str = "Sent", notes: str = "") -> tuple[str, ...]:  # fmt: skip
    return (number, customer, email, phone, status, "11/01/2026", due, total or balance, balance, notes)


def office_with(folder: Path, *rows: tuple[str, ...], **recipe: Any) -> Office:
    return Office(folder).sheet("invoices", INVOICES, rows).recipe("mine", reminders(**recipe))


def test_one_message_settles_all_of_a_customers_rows_and_the_rows_say_so(tmp_path: Path) -> None:
    office = office_with(tmp_path, invoice("I-1", "$300"), invoice("I-2", "$50", "Bo Park", "312-555-0143"), invoice("I-3", "$200"))
    document = office.run("mine", MONDAY, "--send")
    assert decided(document) == dict.fromkeys(("I-1", "I-2", "I-3"), "act")
    assert len(office.outbox()) == 2
    first, third = of(document, "I-1"), of(document, "I-3")
    assert (first["outcome"], third["outcome"], first["settled_by"], third["settled_by"]) == ("sent", "sent", None, "I-1")
    assert "I-1" in first["body"] and "I-3" in first["body"] and "$500" in first["body"]
    assert of(document, "I-2")["settled_by"] is None
    assert decided(office.run("mine", "2026-11-24T10:00", "--send")) == dict.fromkeys(("I-1", "I-2", "I-3"), "done")
    assert len(office.outbox()) == 2


def test_a_credit_is_taken_off_what_is_asked_for(tmp_path: Path) -> None:
    document = office_with(tmp_path, invoice("I-1", "$300"), invoice("I-2", "$200"), invoice("I-3", "-$150")).rehearse("mine", MONDAY)
    assert decided(document)["I-3"] in {"wait", "ended"}
    assert "$350" in of(document, "I-1")["body"]
    assert "$500" not in of(document, "I-1")["body"]


@pytest.mark.parametrize("credit", ["-$500", "-$800", "($500.00)"])
def test_a_net_credit_is_not_chased(tmp_path: Path, credit: str) -> None:
    document = office_with(tmp_path, invoice("I-1", "$300"), invoice("I-2", "$200"), invoice("I-3", credit)).rehearse("mine", MONDAY)
    assert "act" not in decided(document).values()


def test_a_credit_found_by_e_mail_alone_counts_too(tmp_path: Path) -> None:
    rows = (invoice("I-1", "$300", email="ann@li.example"), invoice("I-2", "-$300", phone="", email="ann@li.example"))
    assert decided(office_with(tmp_path, *rows).rehearse("mine", MONDAY))["I-1"] == "review"


def test_rows_that_share_only_the_e_mail_are_one_customers(tmp_path: Path) -> None:
    rows = (invoice("I-1", "$300", email="ann@li.example"), invoice("I-2", "$200", phone="", email="ann@li.example"))
    office = office_with(tmp_path, *rows)
    document = office.run("mine", MONDAY, "--send")
    assert len(office.outbox()) == 1
    assert of(document, "I-2")["settled_by"] == "I-1"


def test_a_credit_of_somebody_with_the_same_name_and_no_address_is_a_persons(tmp_path: Path) -> None:
    rows = (invoice("I-1", "$300"), invoice("I-2", "-$300", phone=""))
    assert decided(office_with(tmp_path, *rows).rehearse("mine", MONDAY))["I-1"] == "review"


def test_a_name_alone_does_not_put_two_people_into_one_message(tmp_path: Path) -> None:
    office = office_with(tmp_path, invoice("I-1", "$300"), invoice("I-2", "$200", phone="312-555-0149"))
    office.run("mine", MONDAY, "--send")
    assert len(office.outbox()) == 2


@pytest.mark.parametrize("balance", ["$0.00", "0", "-$20.00"])
def test_what_is_not_owed_never_acts(tmp_path: Path, balance: str) -> None:
    assert decided(office_with(tmp_path, invoice("I-1", balance, total="$300", status="Overdue")).rehearse("mine", MONDAY))["I-1"] in {
        "ended",
        "wait",
    }


@pytest.mark.parametrize("total", ["$0.00", "-$200.00"])
def test_what_is_not_owed_never_acts_in_a_sheet_without_balances(tmp_path: Path, total: str) -> None:
    headings = ("Invoice #", "Customer", "Phone", "Status", "Issued", "Due date", "Total")
    recipe = reminders().replace("{{ balance|money }}", "{{ total|money }}")
    office = Office(tmp_path).sheet("invoices", headings, [("I-1", "Ann Li", PHONE, "Sent", "11/01/2026", "11/15/2026", total)])
    assert decided(office.recipe("mine", recipe).rehearse("mine", MONDAY))["I-1"] in {"ended", "wait"}


def test_a_draft_never_acts(tmp_path: Path) -> None:
    assert decided(office_with(tmp_path, invoice("I-1", "$300", status="Draft")).rehearse("mine", MONDAY)) == {"I-1": "wait"}


@pytest.mark.parametrize("balance", ["see Bob", "n/k", "$3OO"])
def test_a_balance_in_words_is_broken_or_a_persons_and_names_its_cell(tmp_path: Path, balance: str) -> None:
    document = office_with(tmp_path, invoice("I-1", balance, total="$300")).rehearse("mine", MONDAY)
    assert decided(document)["I-1"] in {"broken", "review"}
    [problem] = [one for one in document["problems"] if one["row"] == 2]
    assert (problem["column"], problem["value"]) == ("Balance", balance)


def test_a_part_payment_names_only_what_is_left(tmp_path: Path) -> None:
    one = of(office_with(tmp_path, invoice("I-1", "$100", total="$300", status="Partial")).rehearse("mine", MONDAY), "I-1")
    assert one["decision"] == "review" or ("$100" in one["body"] and "$300" not in one["body"])


def test_a_part_payment_is_a_persons_where_the_words_name_the_total(tmp_path: Path) -> None:
    office = office_with(tmp_path, invoice("I-1", "$100", total="$300", status="Partial"))
    office.recipe("mine", reminders().replace("{{ balance|money }}", "{{ total|money }}"))
    assert decided(office.rehearse("mine", MONDAY)) == {"I-1": "review"}


def test_a_doubtful_row_does_not_hold_up_the_customers_others(tmp_path: Path) -> None:
    rows = (invoice("I-1", "$300"), invoice("I-2", "$200", notes="Her lawyer called"))
    document = office_with(tmp_path, *rows, more='[review_if]\nnotes_mention = ["lawyer"]\n').rehearse("mine", MONDAY)
    assert decided(document)["I-2"] == "review"
    assert "I-2" not in (of(document, "I-1")["body"] or "")


def test_in_approve_mode_a_group_is_one_item_and_one_release(tmp_path: Path) -> None:
    office = office_with(tmp_path, invoice("I-1", "$300"), invoice("I-2", "$200"), mode="approve")
    office.run("mine", MONDAY)
    [item] = office.queue()
    assert office.do("review", "approve", str(item["id"]), now=MONDAY).code == 0
    document = office.run("mine", MONDAY, "--send")
    assert [one["outcome"] for one in document["decisions"]] == ["sent", "sent"]
    assert len(office.outbox()) == 1


def test_a_group_whose_member_was_paid_since_its_release_is_asked_again(tmp_path: Path) -> None:
    office = office_with(tmp_path, invoice("I-1", "$300"), invoice("I-2", "$200"), mode="approve")
    office.run("mine", MONDAY)
    office.do("review", "approve", str(office.queue()[0]["id"]), now=MONDAY)
    office.sheet("invoices", INVOICES, [invoice("I-1", "$300"), invoice("I-2", "$0", total="$200", status="Paid")])
    assert decided(office.run("mine", MONDAY, "--send")) == {"I-1": "review", "I-2": "ended"}
    assert office.outbox() == []


def test_an_invoice_whose_day_is_corrected_gets_its_first_reminder_once(tmp_path: Path) -> None:
    office = office_with(tmp_path, invoice("I-1", "$300"))
    office.run("mine", MONDAY, "--send")
    office.sheet("invoices", INVOICES, [invoice("I-1", "$300", due="11/20/2026")])
    assert decided(office.run("mine", "2026-11-24T10:00", "--send")) == {"I-1": "done"}
    assert len(office.outbox()) == 1


def test_the_lines_of_one_invoice_are_one_row(tmp_path: Path) -> None:
    rows = (invoice("I-1", "$500", total="$500"), invoice("I-1", "$500", total="$500"))
    document = office_with(tmp_path, *rows).rehearse("mine", MONDAY)
    assert document["counts"]["rows"] == 1
    assert "$500" in of(document, "I-1")["body"] and "$1,000" not in of(document, "I-1")["body"]


def test_a_part_payment_with_its_day_is_not_a_paid_invoice_and_a_paid_day_ahead_is_a_persons(tmp_path: Path) -> None:
    headings = ("Invoice #", "Customer", "Phone", "Status", "Due date", "Total", "Amount paid", "Paid on")
    rows = [
        ("I-1", "Ann Li", "312-555-0142", "Partial", "11/15/2026", "$1,000", "$300", "11/05/2026"),
        ("I-2", "Bo Park", "312-555-0143", "Sent", "11/15/2026", "$500", "", "12/24/2026"),
        ("I-3", "Cy Fox", "312-555-0144", "Sent", "11/15/2026", "$500", "$500", "11/20/2026"),
    ]
    document = Office(tmp_path).sheet("invoices", headings, rows).recipe("bills", reminders()).run("bills", MONDAY)
    assert {one["record"]: one["decision"] for one in document["decisions"]} == {"I-1": "act", "I-2": "review", "I-3": "ended"}
    assert "$700.00" in document["decisions"][0]["body"] and "1,000" not in document["decisions"][0]["body"]
    assert "lies ahead" in document["decisions"][1]["reason"]


def test_a_sheet_without_a_balance_asks_for_the_total_where_nothing_was_paid(tmp_path: Path) -> None:
    headings = ("Invoice #", "Customer", "Phone", "Status", "Due date", "Total")
    rows = [
        ("I-1", "Ann Li", "312-555-0142", "Sent", "11/15/2026", "$1,000"),
        ("I-2", "Bo Park", "312-555-0143", "Partial", "11/15/2026", "$500"),
    ]
    document = Office(tmp_path).sheet("invoices", headings, rows).recipe("bills", reminders()).run("bills", MONDAY)
    assert {one["record"]: one["decision"] for one in document["decisions"]} == {"I-1": "act", "I-2": "review"}
    assert "$1,000.00" in document["decisions"][0]["body"]
