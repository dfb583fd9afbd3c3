"""What the office manager reads while the customer is on the line."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from contractor_ops.ledger.ledger import SqliteLedger
from contractor_ops.ports import CallOutcome, KeptReply
from tests.offices import CONFIG, follow_up
from tests.stories.at_a_terminal import Terminal
from tests.stories.inside import Office
from tests.views.sheets import CHICAGO

NOW = "2026-11-23T10:00"
AT = datetime(2026, 11, 23, 10, 0, tzinfo=CHICAGO)

CUSTOMERS = ("Customer #", "Name", "Phone", "Email", "Address", "Do not contact", "Handle by hand", "Notes")
JOBS = (
    "Job #",
    "Customer",
    "Phone",
    "Email",
    "Address",
    "Title",
    "Status",
    "Technician",
    "Scheduled start",
    "Completed",
    "Invoice #",
    "Notes",
)
VISITS = ("Visit #", "Job #", "Customer", "Visit title", "Technician", "Scheduled start", "Completed at", "Status")
ESTIMATES = ("Estimate #", "Customer", "Email", "Phone", "Job title", "Status", "Emailed", "Expires", "Total")
INVOICES = ("Invoice #", "Customer", "Email", "Phone", "Job #", "Status", "Issued", "Due date", "Total", "Balance", "Promised on")
PAYMENTS = ("Payment #", "Date", "Customer", "Invoice #", "Method", "Amount")
CALLS = ("From", "To", "Direction", "Start time", "Status", "Duration")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Two Ann Lis with different phones, and a few others."""
    made = Office(tmp_path / "office", CONFIG)
    made.sheet("jobs", JOBS, [
        ("J-1", "Ann Li", "312-555-0142", "", "4 Elm St", "Furnace repair", "Completed", "Kim", "10/01/2026 8:00 AM", "10/01/2026", "2041",
         "Replaced the igniter. Runs well."),
        ("J-2", "Ann Li", "(312) 555-0142", "", "4 Elm St", "Tune-up", "Scheduled", "Luis", "11/25/2026 2:00 PM", "", "", ""),
        ("J-3", "LI, ANN", "312.555.0177", "", "9 Oak Ave", "AC install", "Completed", "Kim", "09/02/2026 8:00 AM", "09/02/2026", "", ""),
        ("2042", "Bo Ray", "312-555-0150", "", "7 Ash Ct", "Pump", "Completed", "Kim", "06/02/2026", "06/02/2026", "", ""),
    ])  # fmt: skip
    made.sheet("invoices", INVOICES, [
        ("2041", "Ann Li", "ann@li.example", "312-555-0142", "J-1", "Sent", "10/02/2026", "11/01/2026", "480", "480", "11/27/2026"),
        ("2042", "Cy Fox", "cy@fox.example", "", "", "Sent", "10/02/2026", "12/01/2026", "90", "90", ""),
        ("2043", "Ann Li", "", "312-555-0177", "J-3", "Paid", "09/03/2026", "10/03/2026", "5000", "0", ""),
    ])  # fmt: skip
    return made


def asked(office: Office, *words: str) -> Any:
    ran = office.do("who", *words, "--format", "json", now=NOW)
    assert ran.code == 0, ran.err
    return ran.json


def told(office: Office, *words: str) -> str:
    ran = office.do("who", *words, now=NOW)
    assert ran.code == 0, ran.err
    return ran.out


# ── who it is ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "wanted",
    [
        "312-555-0142",
        "(312) 555-0142",
        "+1 312 555 0142",
        "3125550142",
        "555-0142",
        "312 555 0142 x7",
        "ANN@li.example",
        "2041",
        "j-1",
        "J-2",
    ],
)
def test_a_customer_is_found_by_phone_email_or_the_number_of_a_paper(office: Office, wanted: str) -> None:
    found = asked(office, wanted)["customer"]
    assert (found["names"], found["phones"], found["emails"]) == (["Ann Li"], ["+13125550142"], ["ann@li.example"])
    assert found["papers"] == {"invoices": 1, "jobs": 2}


@pytest.mark.parametrize("wanted", [["li"], ["ann", "li"], ["Li, Ann"], ["LI"], ["an li"]])
def test_two_people_of_one_name_are_never_joined(office: Office, wanted: Sequence[str]) -> None:
    found = asked(office, *wanted)
    assert found["customer"] is None
    assert [(one["pick"], one["phones"], one["addresses"]) for one in found["choices"]] == [
        (1, ["+13125550142"], ["4 Elm St"]),
        (2, ["+13125550177"], ["9 Oak Ave"]),
    ]
    assert asked(office, *wanted, "--pick", "2")["customer"]["phones"] == ["+13125550177"]


def test_the_list_of_several_says_how_to_choose(office: Office) -> None:
    text = told(office, "ann", "li")
    assert '2 customers fit "ann li":' in text and "(312) 555-0177" in text and "9 Oak Ave" in text
    assert 'contractor-ops who "ann li" --pick NUMBER' in text
    assert office.do("who", "ann li", "--pick", "3", now=NOW).code == 2


def test_whoever_is_called_the_same_is_mentioned_and_kept_apart(office: Office) -> None:
    assert "Called the same, and kept apart: Ann Li, (312) 555-0177" in told(office, "3125550142")
    assert [one["number"] for one in asked(office, "3125550142")["customer"]["invoices"]] == ["2041"]


def test_a_number_that_is_two_customers_papers_names_both(office: Office) -> None:
    found = asked(office, "2042")
    assert [(one["names"], one["found_as"]) for one in found["choices"]] == [(["Bo Ray"], ["job 2042"]), (["Cy Fox"], ["invoice 2042"])]


def test_a_number_that_is_two_papers_of_one_customer_names_both(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [("2041", "Ann Li", "ann@li.example", "", "Roof", "Sent", "11/20/2026", "", "900")])
    found = asked(office, "2041")["customer"]
    assert (found["names"], found["found_as"]) == (["Ann Li"], ["estimate 2041", "invoice 2041"])
    assert "Ann Li (estimate 2041 and invoice 2041)" in told(office, "2041")


def test_the_nearest_names_are_told_where_nobody_is_called_so(office: Office) -> None:
    ran = office.do("who", "Ann Lee", now=NOW)
    assert (ran.code, ran.out) == (3, "")
    assert 'Nobody in your sheets goes by "Ann Lee".\nThe nearest names:\n  Ann Li  (312) 555-0142' in ran.err
    assert 'contractor-ops who "Ann Li"' in ran.err


@pytest.mark.parametrize("wanted", ["312-555-0199", "nobody@nowhere.example", "9999", "Xqzw"])
def test_what_is_nowhere_is_exit_3(office: Office, wanted: str) -> None:
    ran = office.do("who", wanted, now=NOW)
    assert ran.code == 3 and f'"{wanted}"' in ran.err


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Smith & Sons", "smith and sons"), ("Smith & Sons", "smith"), ("JOSÉ NÚÑEZ", "jose nunez"), ("José Núñez", "núñez"), ("O'Brien, Pat", "obrien"),
        ("PAT KELLY", "kelly, pat"), ("Szymanski, Walter", "szym"), ("24 Hour Diner", "24 hour"),
    ],
)  # fmt: skip
def test_names_are_found_however_they_are_written(tmp_path: Path, name: str, typed: str) -> None:
    row = ("E-1", name, "", "", "Roof", "Sent", "11/20/2026", "12/20/2026", "900")
    made = Office(tmp_path / "office").sheet("estimates", ESTIMATES, [row])
    found = asked(made, typed)["customer"]
    assert [one["number"] for one in found["estimates"]] == ["E-1"]


def test_a_phone_with_an_extension_is_found_without_it(tmp_path: Path) -> None:
    row = ("E-1", "Lakeside Dental LLC", "", "(312) 555-0104 ext. 12", "Roof", "Sent", "11/20/2026", "", "900")
    made = Office(tmp_path / "office").sheet("estimates", ESTIMATES, [row])
    assert asked(made, "312 555 0104")["customer"]["phones"] == ["+13125550104;ext=12"]
    assert "(312) 555-0104 ext. 12" in told(made, "5550104")


def test_a_landlord_is_one_customer_with_each_of_the_properties(tmp_path: Path) -> None:
    rows = [
        (f"J-{n}", "Lou Price", "312-555-0160", "", f"{n} Elm St", "Boiler", "Completed", "Kim", "10/01/2026", "10/01/2026", "", "Done.")
        for n in (1, 2, 3)
    ]
    made = Office(tmp_path / "office").sheet("jobs", JOBS, rows)
    found = asked(made, "price")["customer"]
    assert found["addresses"] == ["1 Elm St", "2 Elm St", "3 Elm St"]
    assert told(made, "price").count("    at ") == 3


def test_papers_that_tell_only_a_name_go_with_the_paper_that_they_name(office: Office) -> None:
    office.sheet("payments", PAYMENTS, [("P-1", "11/10/2026", "Ann Li", "2041", "Check", "100"), ("P-2", "11/11/2026", "", "2043", "Card", "70"),
                                        ("P-3", "11/12/2026", "Ann Li", "", "Cash", "30")])  # fmt: skip
    first, other = asked(office, "3125550142")["customer"], asked(office, "3125550177")["customer"]
    assert [one["amount"] for one in first["payments"]] == [100]
    assert [one["amount"] for one in other["payments"]] == [70]
    assert first["unclear"] == other["unclear"] == ["payment P-3 (payments.csv, row 4)"]


def test_customer_numbers_tell_apart_who_shares_a_phone(tmp_path: Path) -> None:
    made = Office(tmp_path / "office").sheet("customers", CUSTOMERS, [
        ("7", "Ann Li", "312-555-0142", "", "4 Elm St", "", "", ""), ("8", "Bob Li", "312-555-0142", "", "5 Elm St", "", "", ""),
    ])  # fmt: skip
    assert [one["names"] for one in asked(made, "312-555-0142")["choices"]] == [["Ann Li"], ["Bob Li"]]
    assert asked(made, "8")["customer"]["number"] == "8"


def test_a_word_that_half_the_customers_have_is_not_listed(tmp_path: Path) -> None:
    rows = [(f"E-{n}", f"Ann Li{n}", "", f"312-555-{n:04}", "Roof", "Sent", "11/20/2026", "", "9") for n in range(60)]
    ran = Office(tmp_path / "office").sheet("estimates", ESTIMATES, rows).do("who", "ann", now=NOW)
    assert ran.code == 2 and '"ann" fits 60 names.' in ran.err


# ── what is told ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_next_visit_its_technician_and_how_old_that_is(office: Office) -> None:
    visits = asked(office, "3125550142")["customer"]["visits"]
    assert [(one["what"], one["when"], one["technician"], one["source"]["file"]) for one in visits] == [
        ("job J-2", "2026-11-25T14:00:00", "Luis", "jobs.csv")
    ]
    text = told(office, "3125550142")
    assert "Wed, Nov 25, 2:00 pm · Luis · Tune-up" in text and "as jobs.csv was saved" in text


def test_a_visit_of_its_own_sheet_stands_in_for_its_job(office: Office) -> None:
    office.sheet("visits", VISITS, [("J-2-1", "J-2", "Ann Li", "", "Sam", "11/26/2026 9:00 AM", "", "Scheduled")])
    [visit] = asked(office, "3125550142")["customer"]["visits"]
    assert (visit["when"], visit["technician"], visit["title"]) == ("2026-11-26T09:00:00", "Sam", "Tune-up")


def test_a_visit_that_was_to_be_and_is_not_marked_as_done_is_told(office: Office) -> None:
    text = office.do("who", "3125550142", now="2026-11-27T10:00").out
    assert "not marked as done: was for Wed, Nov 25, 2:00 pm" in text


def test_old_jobs_without_a_status_are_not_told_as_forgotten(tmp_path: Path) -> None:
    rows = [
        ("J-1", "Ann Li", "312-555-0142", "4 Elm St", "Pump", "10/01/2026"),
        ("J-2", "Ann Li", "312-555-0142", "4 Elm St", "Sump", "11/30/2026"),
    ]
    made = Office(tmp_path / "office").sheet("jobs", ("Job #", "Customer", "Phone", "Address", "Title", "Scheduled start"), rows)
    found = asked(made, "ann")["customer"]
    assert ([one["what"] for one in found["visits"]], [one["number"] for one in found["jobs"]]) == (["job J-2"], ["J-1"])


def test_what_is_owed_is_late_was_promised_and_came_in(office: Office) -> None:
    office.sheet("payments", PAYMENTS, [("P-1", "11/10/2026", "Ann Li", "2041", "Check", "100")])
    found = asked(office, "3125550142")["customer"]
    [bill] = found["invoices"]
    assert (bill["number"], bill["owed"], bill["days_late"], found["owed"]) == ("2041", 480, 22, 480)
    text = told(office, "3125550142")
    assert "OWES $480.00, $480.00 of it late" in text and "2041 · $480.00 · due Sun, Nov 1 · 22 days LATE" in text
    assert "Paid: $100.00 · Tue, Nov 10 · Check · invoice 2041" in text
    assert "Agreed: payment of invoice 2041 was promised for Fri, Nov 27" in text


def test_what_the_office_does_not_keep_is_never_told_as_nothing(tmp_path: Path) -> None:
    made = Office(tmp_path / "office").sheet("estimates", ESTIMATES, [("E-1", "Ann Li", "", "", "Roof", "Sent", "11/20/2026", "", "900")])
    text = told(made, "ann")
    assert "Your office keeps no jobs sheet." in text and "Your office keeps no invoices sheet." in text and "NOTHING" not in text


def test_a_sheet_that_cannot_be_read_is_named_and_the_others_answer(office: Office) -> None:
    (office.folder / "invoices.csv").write_bytes(b"")
    text = told(office, "3125550142")
    assert text.startswith("! What invoices would tell is not known: invoices.csv") and "Tune-up" in text
    assert "OWES NOTHING" not in text


def test_open_estimates_and_one_that_was_accepted_and_never_booked(tmp_path: Path) -> None:
    made = Office(tmp_path / "office").sheet("estimates", ESTIMATES, [
        ("E-1", "Bo Ray", "bo@ray.example", "", "Roof", "Sent", "11/13/2026", "11/20/2026", "900"),
        ("E-2", "Bo Ray", "bo@ray.example", "", "Gutter", "Accepted", "11/20/2026", "", "300"),
        ("E-3", "Bo Ray", "bo@ray.example", "", "Deck", "Declined", "11/20/2026", "", "700"),
    ])  # fmt: skip
    text = told(made, "bo ray")
    assert "E-1 · $900.00 · sent Fri, Nov 13 (10 days ago) · EXPIRED Fri, Nov 20 · Roof" in text
    assert "E-2 · $300.00 · sent Fri, Nov 20 (3 days ago) · Gutter · accepted; no job is booked for it" in text
    assert "E-3" not in text


def test_what_was_noted_about_an_open_invoice_stands_under_it(tmp_path: Path) -> None:
    row = ("2041", "Ann Li", "", "312-555-0142", "", "Sent", "11/02/2026", "12/02/2026", "480", "480", "", "Her lawyer wrote")
    made = Office(tmp_path / "office").sheet("invoices", (*INVOICES, "Notes"), [row])
    assert "2041 · $480.00 · due Wed, Dec 2\n    Her lawyer wrote\n" in told(made, "2041")


def test_what_somebody_asked_for_and_nobody_answered(tmp_path: Path) -> None:
    row = ("L-1", "11/20/2026", "Bo Ray", "312-555-0150", "Boiler service", "New")
    made = Office(tmp_path / "office").sheet("leads", ("Lead #", "Received", "Name", "Phone", "Service needed", "Status"), [row])
    assert "ASKED FOR\n  L-1 · asked on Fri, Nov 20 · New · no answer is noted · Boiler service\n" in told(made, "555-0150")


def test_jobs_of_the_last_year_with_a_line_of_the_note(office: Office) -> None:
    text = told(office, "3125550142")
    assert "J-1 · Thu, Oct 1 · Completed · Kim · Furnace repair\n    Replaced the igniter. Runs well.\n" in text


def test_messages_answers_and_what_stands_still(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [("E-7", "Ann Li", "ann@li.example", "312-555-0142", "Roof", "Sent", "11/20/2026", "", "900")])
    office.recipe("mine", follow_up("auto"))
    assert office.do("run", "mine", "--send", now="2026-11-23T09:30").code == 0
    with_ledger(office).add_reply(
        KeptReply(
            "k1",
            "sms",
            "+13125550142",
            at(9, 40),
            "Ann Li",
            "",
            "question",
            "",
            "stops",
            "How long will it take?",
            "How long will it take?",
        )
    )
    office.do("optout", "ann@li.example", now="2026-11-23T09:45")
    office.do("pause", "312-555-0142", "--until", "2026-12-01", "--note", "on holiday", now="2026-11-23T09:50")
    office.do("skip", "mine", "E-7", "--because", "knows us", now="2026-11-23T09:55")
    found = asked(office, "ann@li.example")["customer"]
    assert [(one["ours"], one["words"][:12]) for one in found["messages"]] == [(False, "How long wil"), (True, "Hi Ann, it's")]
    text = told(office, "ann@li.example")
    assert 'Mon, Nov 23, 9:40 am: they texted (question): "How long will it take?"' in text
    assert "every message to ann@li.example: opted out on Mon, Nov 23" in text
    assert "paused until Tue, Dec 1: on holiday" in text
    assert "mine for E-7: somebody skipped it: knows us" in text
    assert 'they answered on Mon, Nov 23: "How long will it take?"; nobody has dealt with it' in text
    assert "once you have: contractor-ops resume +13125550142" in text


def test_what_waits_for_a_person_names_its_number_and_its_owner(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [("E-7", "Ann Li", "ann@li.example", "312-555-0142", "Roof", "Sent", "11/20/2026", "", "900")])
    office.recipe("mine", follow_up("approve"))
    office.do("run", "mine", now="2026-11-23T09:30")
    number = office.item("E-7")
    assert f"review item {number}, mine: waits for Dana Reed" in told(office, "555-0142")
    assert f"review item {number}" not in told(office, "555-0177")


def test_what_was_agreed_on_the_telephone(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [("E-7", "Ann Li", "", "312-555-0142", "Roof", "Sent", "11/20/2026", "", "900")])
    office.recipe("mine", follow_up("approve"))
    office.do("run", "mine", now="2026-11-23T08:30")
    item = int(office.item("E-7"))
    call = CallOutcome(
        item, "mine", "invoices", "2041", "promise", at(9, 0), "Ann Li", "", "+13125550142", date(2026, 11, 30), "after payday"
    )
    with_ledger(office).add_outcome(call)
    assert "Agreed: Mon, Nov 23: they promised to pay (invoice 2041): after payday, for Mon, Nov 30" in told(office, "2041")
    assert asked(office, "555-0177")["customer"]["agreed"] == []


def test_what_the_customers_sheet_forbids_and_what_cannot_be_read(tmp_path: Path) -> None:
    made = Office(tmp_path / "office").sheet(
        "customers", CUSTOMERS, [("7", "Ann Li", "312-555-0142", "", "4 Elm St", "yes", "yes", "Dog in the yard")]
    )
    made.sheet("invoices", INVOICES, [("1", "Ann Li", "", "312-555-0142", "", "Sent", "10/02/2026", "31/31/2026", "480", "480", "")])
    text = told(made, "ann")
    assert "customer 7" in text and "Note: Dog in the yard" in text
    assert "do not contact: the sheet says so (customers.csv, row 2)" in text and "handled by hand" in text
    assert "invoice 1: Due date cannot be used (invoices.csv, row 2)" in text


# ── who only called ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_number_that_is_in_the_calls_only(office: Office) -> None:
    office.sheet("calls", CALLS, [
        ("(312) 555-0188", "(312) 555-0100", "inbound", "11/23/2026 9:05 AM", "no-answer", "0"),
        ("(312) 555-0189", "(312) 555-0100", "inbound", "11/20/2026 9:05 AM", "no-answer", "0"),
        ("(312) 555-0100", "(312) 555-0189", "outbound", "11/20/2026 9:30 AM", "completed", "120"),
    ])  # fmt: skip
    text = told(office, "312-555-0188")
    assert "This number is in none of your sheets but the calls." in text
    assert "Mon, Nov 23, 9:05 am: they called, missed" in text and "NOBODY HAS CALLED BACK." in text
    called_back = asked(office, "312-555-0189")["customer"]
    assert (called_back["papers"], called_back["called_back"]) == ({}, True)
    assert "LAST MESSAGES" not in text and "OWES" not in text


def test_a_missed_call_of_a_customer_is_told(office: Office) -> None:
    office.sheet("calls", CALLS, [("(312) 555-0142", "(312) 555-0100", "inbound", "11/23/2026 9:05 AM", "no-answer", "0")])
    text = told(office, "J-1")
    assert "they called, missed" in text and "NOBODY HAS CALLED BACK." in text


# ── formats, and what is written ─────────────────────────────────────────────────────────────────────────────────────


def test_rows_for_a_spreadsheet(office: Office) -> None:
    rows = list(csv.DictReader(io.StringIO(office.do("who", "555-0142", "--format", "csv", now=NOW).out)))
    assert [(row["section"], row["what"], row["amount"]) for row in rows if row["section"] in {"invoice", "visit"}] == [
        ("visit", "job J-2", ""),
        ("invoice", "2041", "480"),
    ]


def test_a_question_at_a_terminal_is_noted_where_there_is_a_ledger_and_makes_none(office: Office) -> None:
    at_a_terminal(office, "555-0142")
    assert not (office.folder / "ledger.db").exists()
    with_ledger(office).close()
    at_a_terminal(office, "555-0142")
    assert [what for _, what in with_ledger(office).questions()] == ["who"]


def test_a_list_to_choose_from_answers_nothing_until_one_is_chosen(office: Office) -> None:
    with_ledger(office).close()
    for keys, noted in (("\r", []), ("2\r", ["who"])):
        with Terminal(office.folder, "who", "li") as terminal:
            terminal.until("Which one?")
            terminal.press(keys, then="\n")
            assert terminal.end() == 0
        assert [what for _, what in with_ledger(office).questions()] == noted


def test_a_pipe_asks_nothing_in_place_of_a_person_and_a_pretended_time_is_none_to_count(office: Office) -> None:
    with_ledger(office).close()
    assert office.do("who", "555-0142").code == 0
    at_a_terminal(office, "555-0142", "--now", "2026-11-18T10:00")
    assert with_ledger(office).questions() == []


def at_a_terminal(office: Office, *words: str) -> None:
    with Terminal(office.folder, "who", *words) as terminal:
        assert terminal.end() == 0


@pytest.mark.parametrize("typed", ["0", "00", "#0", "J-0", "0000000", "000-0000"])
def test_nothing_but_zeros_is_nobodys_number(office: Office, typed: str) -> None:
    ran = office.do("who", typed, now=NOW)
    assert ran.code == 3 and f'Nobody in your sheets goes by "{typed}".' in ran.err


def test_a_zero_in_a_cell_names_no_paper_and_a_paper_that_is_numbered_so_is_found(tmp_path: Path) -> None:
    made = Office(tmp_path / "office", CONFIG)
    made.sheet("jobs", JOBS, [("0", "Ann Li", "312-555-0177", "", "", "Pump", "Completed", "Kim", "10/01/2026", "10/01/2026", "", "")])
    made.sheet("invoices", INVOICES, [("2041", "Ann Li", "", "", "0", "Sent", "10/02/2026", "11/01/2026", "480", "480", ""),
                                      ("2042", "Bo Ray", "", "312-555-0150", "0", "Sent", "10/02/2026", "11/01/2026", "90", "90", "")])  # fmt: skip
    assert [one["number"] for one in asked(made, "ray")["customer"]["invoices"]] == ["2042"]
    assert asked(made, "0")["customer"]["phones"] == ["+13125550177"]
    assert made.do("who", "00", now=NOW).code == 3
    made.sheet("leads", ("Lead #", "Name", "Phone"), [("L-1", "Ann Li", "312-555-0142")])
    first = asked(made, "312-555-0177")["customer"]
    assert (first["invoices"], first["unclear"]) == (
        [],
        ["invoice 2041 (invoices.csv, row 2)"],
    )  # which Ann Li's it is, a zero does not tell


def test_a_damaged_ledger_is_told_and_the_sheets_answer(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [("E-7", "Bo Ray", "", "312-555-0150", "Roof", "Sent", "11/20/2026", "", "900")])
    (office.folder / "ledger.db").write_bytes(b"this is no ledger at all" * 400)
    text = told(office, "312-555-0150")
    assert "! Messages, answers and pauses are not known:" in text and "E-7 · $900.00" in text


def with_ledger(office: Office) -> SqliteLedger:
    return SqliteLedger(office.folder / "ledger.db")


def at(hour: int, minute: int) -> datetime:
    return AT.replace(hour=hour, minute=minute)


# ── our own people, and what is to be billed ─────────────────────────────────────────────────────────────────────────

TECHNICIANS = ("Name", "Phone", "Email", "Days off")


@pytest.mark.parametrize("typed", ["luis ortega", "luis o", "(312) 555-0190", "luis@northside.example"])
def test_our_own_people_are_known_by_name_number_and_email_with_their_jobs_of_today_and_tomorrow(office: Office, typed: str) -> None:
    office.sheet("technicians", TECHNICIANS, [("Luis Ortega", "312-555-0190", "luis@northside.example", "Tue, Sun")])
    office.sheet("visits", VISITS, [
        ("V-1", "J-2", "Ann Li", "Tune-up", "Luis Ortega", "11/24/2026 2:00 PM", "", "Scheduled"),
        ("V-2", "J-9", "Bo Ray", "Pump", "Kim Doyle", "11/24/2026 9:00 AM", "", "Scheduled"),
        ("V-3", "J-8", "Cy Fox", "Fan", "Luis Ortega", "11/30/2026 9:00 AM", "", "Scheduled"),
    ])  # fmt: skip
    text = told(office, typed)
    assert text.startswith(
        "Luis Ortega, technician: one of your own people\n  (312) 555-0190 · luis@northside.example\n  Days off: Tue, Sun\n"
    )
    assert "Tue, Nov 24, 2:00 pm · A DAY OFF · Ann Li · Tune-up · job J-2 · Scheduled" in text and "4 Elm St" in text
    assert "Bo Ray" not in text and "Cy Fox" not in text
    [one] = asked(office, typed)["own_people"]
    assert (one["role"], [visit["customer"] for visit in one["visits"]]) == ("technician", ["Ann Li"])


@pytest.mark.parametrize("cell", ["Luis Ortega, Kim Doyle", "Ortega, Luis", "Luis", "Kim Doyle / Luis O.", "Luis Ortega and Kim"])
def test_whoever_is_one_of_a_crew_has_its_jobs(office: Office, cell: str) -> None:
    office.sheet("technicians", TECHNICIANS, [("Luis Ortega", "312-555-0190", "", "Tue"), ("Kim Doyle", "", "", "")])
    office.sheet(
        "jobs", JOBS, [("J-2", "Ann Li", "312-555-0142", "", "4 Elm St", "Fan", "Scheduled", cell, "11/24/2026 2:00 PM", "", "", "")]
    )
    assert "Tue, Nov 24, 2:00 pm · A DAY OFF · Ann Li · Fan · job J-2" in told(office, "luis")
    office.sheet("technicians", TECHNICIANS, [("Luis Ortega", "312-555-0190", "", "Tue"), ("Luis Oman", "", "", "")])
    assert ("job J-2" in told(office, "luis ortega")) == ("Ortega" in cell)  # two people begin like that: nobody guesses


def test_a_technicians_sheet_that_cannot_be_read_is_named(office: Office) -> None:
    office.configure('\n[tables.technicians]\nfile = "technicians.xlsx"\n')
    (office.folder / "technicians.xlsx").write_bytes(b"no workbook")
    ran = office.do("who", "sam whitaker", now=NOW)
    assert ran.code == 3 and "What technicians would tell is not known: " in ran.err
    assert "What technicians would tell is not known: " in told(office, "bo ray")


def test_somebody_of_the_office_is_known_and_a_customer_of_that_name_stands_beside_them(office: Office) -> None:
    assert told(office, "maria lopez").startswith("Maria Lopez, of the office: one of your own people\n")
    office.sheet("leads", ("Name", "Phone", "Status"), [("Maria Lopez", "312-555-0160", "New")])
    text = told(office, "maria lopez")
    assert text.startswith("Also one of your own people: Maria Lopez, of the office") and "(312) 555-0160" in text


def test_work_that_is_done_and_on_no_invoice_is_to_be_billed(office: Office) -> None:
    jobs = ("Job #", "Customer", "Phone", "Title", "Status", "Completed", "Total", "Invoice #")
    office.sheet("jobs", jobs, [
        ("J-7", "Di Wu", "312-555-0161", "Thermostat", "Completed", "11/20/2026", "275", ""),
        ("J-8", "Di Wu", "312-555-0161", "Fan", "Completed", "11/21/2026", "", ""),
        ("J-9", "Ed Ito", "312-555-0162", "Pump", "Completed", "11/20/2026", "90", ""),
        ("J-10", "Flo Orr", "312-555-0163", "Pump", "Completed", "11/20/2026", "90", "5555"),
        ("J-11", "Gus Ali", "312-555-0164", "Pump", "Scheduled", "", "90", ""),
    ])  # fmt: skip
    office.sheet("invoices", INVOICES, [("3001", "Ed Ito and Co", "", "", "J-9", "Sent", "11/21/2026", "12/21/2026", "90", "90", "")])
    text = told(office, "di wu")
    assert "OWES NOTHING; to be billed: $275.00 and 1 job of which the amount is not known" in text
    assert "To be billed: J-7 · $275.00 · done Fri, Nov 20 · Thermostat" in text
    for name in ("ed ito", "flo orr", "gus ali"):
        assert "to be billed" not in told(office, name).lower(), name


def test_an_invoice_that_names_no_job_may_be_the_bill(office: Office) -> None:
    office.sheet("jobs", ("Job #", "Customer", "Phone", "Status", "Completed", "Total"),
                 [("J-7", "Di Wu", "312-555-0161", "Completed", "11/20/2026", "275")])  # fmt: skip
    office.sheet("invoices", INVOICES, [("3001", "Di Wu", "", "312-555-0161", "", "Sent", "11/21/2026", "12/21/2026", "275", "275", "")])
    assert "to be billed" not in told(office, "di wu").lower()


def test_two_addresses_of_one_name_are_two_people_where_nothing_else_tells(office: Office) -> None:
    office.sheet("jobs", ("Job #", "Customer", "Address", "Status", "Completed"),
                 [("J-7", "Di Wu", "4 Elm St", "Completed", "11/20/2026"), ("J-8", "Di Wu", "90 Oak Ave", "Completed", "11/20/2026")])  # fmt: skip
    text = told(office, "di wu")
    assert '2 customers fit "di wu":' in text and "4 Elm St" in text and "90 Oak Ave" in text
    assert "A name alone does not tell that two are one person: ask for the address." in text
    assert [one["number"] for one in asked(office, "di wu", "--pick", "2")["customer"]["jobs"]] == ["J-8"]
    assert "Called the same, and kept apart: Di Wu, 90 Oak Ave" in told(office, "J-7")


def test_several_of_a_list_may_be_asked_for_at_once(office: Office) -> None:
    with Terminal(office.folder, "who", "ann li", "--now", NOW) as terminal:
        terminal.until("Enter for none: ")
        text = terminal.press("1 2\r", then="9 Oak Ave\r\n\r\nNEXT VISIT")
        assert "4 Elm St" in text
        assert terminal.end() == 0
