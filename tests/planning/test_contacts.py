"""Where a customer can be reached, and how rows and the customers table are put together."""

from datetime import date

import pytest

from contractor_ops.planning.contacts import Contact, contact_of, customer_list, may_match, together
from contractor_ops.tables.record import Record, Table
from tests.planning.planned import record, table

HEADINGS = ("Invoice #", "Customer", "Customer number", "Email", "Phone", "Status", "Due date", "Balance", "Do not contact")
LISTED = ("Customer number", "Name", "Phone", "Email", "Address", "Do not contact", "Pause until", "Handle by hand")


def invoice(customer: str = "Ann Li", number: str = "", email: str = "", phone: str = "", silent: str = "") -> Record:
    return record("invoices", HEADINGS, "1001", customer, number, email, phone, "Sent", "11/20/2026", "$480", silent)


def listed(*rows: tuple[str, ...]) -> Table:
    return table("customers", LISTED, rows, complete=True)


ANN = ("17", "Ann Li", "312-555-0142", "ann@li.example", "12 Oak St, Chicago, IL 60601", "", "", "")


def test_a_rows_own_phone_and_email_come_first() -> None:
    contact = contact_of(invoice(email="Ann@Home.example"), customer_list(listed(ANN)))
    assert (contact.phones, contact.emails, contact.address) == ((), ("ann@home.example",), "12 Oak St, Chicago, IL 60601")


@pytest.mark.parametrize("row", [invoice(), invoice("LI, ANN"), invoice("Somebody Else", "17")])
def test_the_customers_table_is_joined_by_number_or_by_a_name_that_stands_there_once(row: Record) -> None:
    contact = contact_of(row, customer_list(listed(ANN, ("18", "Bo Ray", "", "bo@ray.example", "", "", "", ""))))
    assert contact.addresses == ("+13125550142", "ann@li.example")


def test_a_name_that_stands_there_twice_joins_to_neither() -> None:
    twice = listed(ANN, ("18", "Ann Li", "", "other@li.example", "", "", "", ""))
    assert contact_of(invoice(), customer_list(twice)).addresses == ()
    assert contact_of(invoice(number="18"), customer_list(twice)).emails == ("other@li.example",)


def test_without_a_customers_table_a_row_stands_for_itself() -> None:
    contact = contact_of(invoice(), customer_list(None))
    assert (contact.name, contact.first_name, contact.addresses, contact.key) == ("Ann Li", "Ann", (), "")


def test_what_the_office_says_of_a_customer_counts_wherever_it_stands() -> None:
    marked = listed(("17", "Ann Li", "", "ann@li.example", "", "yes", "12/1/2026", "yes"))
    contact = contact_of(invoice(), customer_list(marked))
    assert (contact.do_not_contact, contact.pause_until, contact.by_hand) == (True, date(2026, 12, 1), True)
    assert contact_of(invoice(silent="yes"), customer_list(None)).do_not_contact
    assert not contact_of(invoice(silent="no"), customer_list(listed(ANN))).do_not_contact


@pytest.mark.parametrize(
    ("phones", "reached"),
    [
        (("+13125550142",), "+13125550142"),
        (("+13125550142;ext=12",), None),  # an office line
        (("+18005550100",), None),
        (("+18005550100", "+13125550142"), "+13125550142"),
        (("+442079460018",), None),  # a landline
        ((), None),
    ],
)
def test_a_text_goes_to_the_first_phone_that_takes_texts(phones: tuple[str, ...], reached: str | None) -> None:
    assert Contact("Ann Li", "Ann", phones, ("ann@li.example",), "").reachable_by("sms", "US") == reached


def test_an_email_goes_to_the_first_address() -> None:
    assert Contact("Ann Li", "Ann", (), ("ann@li.example", "li@li.example"), "").reachable_by("email", "US") == "ann@li.example"
    assert Contact("Ann Li", "Ann", ("+13125550142",), (), "").reachable_by("email", "US") is None


def test_an_opt_out_holds_for_a_phone_whatever_its_extension() -> None:
    assert Contact("Ann Li", "Ann", ("+13125550142;ext=12",), (), "").addresses == ("+13125550142",)


def test_rows_of_one_customer_have_one_key() -> None:
    rows = [invoice(phone="312-555-0142"), invoice(email="ann@li.example"), invoice(email="ann@li.example", phone="312-555-0142")]
    contacts = together([contact_of(row, customer_list(None)) for row in rows])
    assert len({contact.key for contact in contacts}) == 1
    assert [contact.emails for contact in contacts] == [(), ("ann@li.example",), ("ann@li.example",)]


@pytest.mark.parametrize("phone", ["+13125550142", "312-555-0142", "(312) 555.0142 x3", "3125550142 / 3125550199"])
def test_a_quick_look_misses_no_phone_however_it_is_written(phone: str) -> None:
    raw = Record("invoices", {"phone": phone}, invoice().place)
    assert may_match(raw, ["+13125550142"])


def test_a_quick_look_misses_no_email_and_sees_nothing_in_blanks() -> None:
    place = invoice().place
    assert may_match(Record("invoices", {"email": "ANN@Li.example; x@y.example"}, place), ["ann@li.example"])
    assert not may_match(
        Record("invoices", {"email": "bo@ray.example", "phone": "312-555-0199"}, place), ["ann@li.example", "+13125550142"]
    )
    assert not may_match(Record("invoices", {}, place), ["ann@li.example"])
