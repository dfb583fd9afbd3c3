"""The owner's summary, as cron and the owner meet it: whole offices, the program, real mail."""

import csv
import email
import email.policy
import json
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.offices import CONFIG, INVOICES, Office
from tests.stories.mail_server import Letters, config, mail_server

MONDAY = "2026-11-23T07:00"


def row(number: str, due: str, balance: str, customer: str = "Ann Li", status: str = "Sent", total: str = "") -> list[str]:
    return [number, customer, f"{number}@mail.example", f"(312) 555-{number}", status, "2026-09-01", due, total or balance, balance, ""]


OWED = [
    row("1001", "2026-11-23", "100.00"),  # due today is not overdue
    row("1002", "2026-11-22", "200.00"),
    row("1003", "2026-10-24", "300.00", "Bob Roe"),  # 30 days
    row("1004", "2026-10-23", "400.00", "Bob Roe"),  # 31 days
    row("1005", "2026-08-24", "500.50"),  # 91 days
    row("1006", "2026-01-05", "0.00", status="Paid", total="900.00"),
    row("1007", "2026-01-05", "900.00", status="Void"),
    row("1008", "2026-01-05", "-50.00"),
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).sheet("invoices", INVOICES, OWED)


def digest(office: Office, *words: str, now: str = MONDAY) -> Any:
    ran = office.do("digest", "--format", "json", *words, now=now)
    assert ran.code == 0, ran.err
    return ran.json


def test_the_one_number_is_what_is_overdue(office: Office) -> None:
    found = digest(office)
    overdue = sum(Decimal(one[8]) for one in OWED if one[4] == "Sent" and Decimal(one[8]) > 0 and one[6] < "2026-11-23")
    assert (found["at_stake"], found["things"]) == (float(overdue), 4)
    assert found["subject"] == "$1,400 needs a decision: 4 overdue invoices"
    assert {one["key"]: (one["count"], one["amount"]) for one in found["ageing"]} == {
        "not-due": (1, 100.0), "1-30": (2, 500.0), "31-60": (1, 400.0), "61-90": (0, 0.0), "over-90": (1, 500.5),
    }  # fmt: skip


def test_each_line_names_its_row_and_its_person(office: Office) -> None:
    [overdue] = digest(office)["needs"]
    assert [(one["record"], one["owner"], one["source"]["row"]) for one in overdue["lines"]] == [
        ("1005", "office", 6), ("1004", "office", 5), ("1003", "office", 4), ("1002", "office", 3),
    ]  # fmt: skip


def test_text_page_and_json_say_the_same(office: Office, tmp_path: Path) -> None:
    page = tmp_path / "digest.html"
    assert office.do("digest", "--html", str(page), now=MONDAY).code == 0
    text, html = office.do("digest", now=MONDAY).out, page.read_text(encoding="utf-8")
    assert "Bob Roe · invoice 1004 · $400.00 · due Oct 23, 31 days ago · Dana Reed" in text
    for said in ("$1,400", "Overdue invoices", "Bob Roe", "invoice 1004", "Dana Reed", "due Oct 23, 31 days ago", "data:image/png;base64,"):
        assert said in html
    assert "31 to 60 days overdue: $400.00 in 1 invoice" in text


def test_an_office_in_which_all_is_well_is_told_so(tmp_path: Path) -> None:
    quiet = Office(tmp_path).sheet("invoices", INVOICES, [row("1", "2026-12-20", "100")])
    assert digest(quiet)["subject"] == "Northside Heating & Air: nothing needs you"


def test_an_office_without_sheets_has_a_digest_too(tmp_path: Path) -> None:
    found = digest(Office(tmp_path))
    assert (found["things"], found["sources"]) == (0, [])
    assert {one["key"]: one["unknown"] for one in found["signals"]}["leads-contacted"] == "no leads table"


def test_a_sheet_that_cannot_be_read_is_told_and_the_rest_goes_on(office: Office) -> None:
    office.configure('\n[tables.jobs]\nfile = "jobs.xlsx"\n')
    (office.folder / "jobs.xlsx").write_bytes(b"no workbook")
    found = digest(office)
    assert found["subject"].startswith("! $1,400") and any("jobs" in sentence for sentence in found["trouble"])


# ── by e-mail ──


def test_it_leaves_once_a_day_for_each_reader(office: Office) -> None:
    office.configure('\n[digest]\nto = ["owner", "office"]\n')
    first = office.do("digest", "--send", now=MONDAY)
    again = office.do("digest", "--send", now="2026-11-23T09:00")
    weekly = office.do("digest", "--weekly", "--send", now="2026-11-23T09:00")
    tomorrow = office.do("digest", "--send", now="2026-11-24T07:00")
    assert [ran.code for ran in (first, again, weekly, tomorrow)] == [0, 0, 0, 0]
    assert again.out.count("has left today already; it is not sent again") == 2
    assert len(list((office.folder / "outbox" / "email").glob("*.eml"))) == 6


def test_the_mail_has_a_text_a_page_and_its_pictures(office: Office) -> None:
    assert office.do("digest", "--weekly", "--send", now=MONDAY).code == 0
    [file] = (office.folder / "outbox" / "email").glob("*.eml")
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    assert (mail["To"], mail["Subject"]) == ("Maria Lopez <maria@northside.example>", "$1,400 needs a decision: 4 overdue invoices")
    plain, related = mail.iter_parts()
    page, *pictures = related.iter_parts()
    names = [one["Content-ID"].strip("<>") for one in pictures]
    assert "ageing" in names and all(one.get_content().startswith(b"\x89PNG") for one in pictures)
    html = page.get_content()
    assert all(f"cid:{name}" in html for name in names) and html.count("<img") == len(names) == html.count("alt=")
    assert "NEEDS A DECISION" in plain.get_content() and "prefers-color-scheme: dark" in html and 'style="' in html


def test_over_smtp_it_arrives_as_it_was_written(tmp_path: Path) -> None:
    letters = Letters()
    with mail_server(letters) as port:
        office = Office(tmp_path, config(port)).sheet("invoices", INVOICES, OWED)
        ran = office.do("digest", "--send", now=MONDAY)
    assert ran.code == 0, ran.err
    [(to, mail)] = letters.taken
    assert to == "maria@northside.example" and mail["Subject"].startswith("$1,400 needs a decision")
    assert [part.get_content_type() for part in mail.walk()][:4] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
    ]


def test_a_server_that_refuses_it_is_no_secret(tmp_path: Path) -> None:
    letters = Letters()
    letters.answer_to = lambda _: "550 no such user"
    with mail_server(letters) as port:
        office = Office(tmp_path, config(port)).sheet("invoices", INVOICES, OWED)
        ran = office.do("digest", "--send", now=MONDAY)
    assert ran.code == 5 and "Maria Lopez: the digest of Mon, Nov 23 did not leave." in ran.out
    assert any("The last digest went wrong" in one for one in digest(office)["trouble"])


def test_a_reader_without_an_address_is_named(tmp_path: Path) -> None:
    office = Office(tmp_path, CONFIG.replace('email = "dana@northside.example", ', "")).configure('\n[digest]\nto = ["office"]\n')
    ran = office.do("digest", "--send", now=MONDAY)
    assert ran.code == 3 and "Dana Reed (office) has no e-mail address" in ran.err


def test_a_digest_is_no_recipe_that_is_gone(office: Office) -> None:
    assert office.do("digest", "--send", now=MONDAY).code == 0
    assert office.run("invoice-reminders", "2026-11-23T10:00")["brakes"] == []


@pytest.mark.parametrize(("words", "said"), [(["--daily", "--weekly"], "cannot both"), (["--format", "csv"], "cannot be printed as csv")])
def test_what_cannot_be_meant_is_refused(words: list[str], said: str, office: Office) -> None:
    ran = office.do("digest", *words, now=MONDAY)
    assert ran.code == 2 and said in ran.err


# ── what is not working ──


def test_a_stopped_run_and_one_that_did_not_happen_are_told(office: Office) -> None:
    office.recipe("chase", _CHASE).do("run", "chase", "--send", now="2026-11-18T10:00")
    assert any("Chase has not run since Wed, Nov 18" in one for one in digest(office)["trouble"])
    office.sheet("invoices", INVOICES, OWED[:1])
    assert office.do("run", "chase", "--send", now="2026-11-23T06:00").code == 4
    assert any("Chase is stopped by a brake (short-source)" in one for one in digest(office)["trouble"])


_CHASE = """
title = "Chase"
reads = "invoices"
owner = "office"
mode = "auto"
runs = "weekdays 09:00"
[why]
trigger = "An invoice is late"
outcome = "It is paid"
review = "Disputes"
signal = "Invoices reminded on time"
pain = "Nobody chases"
how_often = "Daily"
needs = "Due day"
owner_sees = "Overdue invoices"
[when]
status = ["sent"]
anchor = "due_on"
[[steps]]
name = "late"
after = "1 day"
do = "message"
to = "customer"
by = ["email"]
subject = "Invoice {{ number }}"
text = "Invoice {{ number }} is late."
"""


# ── its figures, recomputed from the raw sheets ──


def test_signals_and_measures_come_to_what_was_sent(office: Office) -> None:
    office.recipe("chase", _CHASE)
    assert office.do("run", "chase", "--send", now="2026-11-23T10:00").code == 0
    history = json.loads(office.do("ledger", "history", "--format", "json").out)
    sent = {entry["record"] for entry in history if entry["state"] == "sent"}
    found = digest(office, "--weekly", now="2026-11-24T07:00")
    [done] = [one for one in found["done"] if one["title"] == "Chase"]
    assert done["sent"] == len(sent) == 4
    with (office.folder / "invoices.csv").open(encoding="utf-8") as stream:
        fell_due = [one for one in csv.DictReader(stream) if one["Status"] == "Sent" and "2026-11-17" <= one["Due date"] <= "2026-11-23"]
    [reminded] = [one for one in found["signals"] if one["key"] == "invoices-reminded"]
    ripe = [one for one in fell_due if one["Due date"] < "2026-11-22" or one["Invoice #"] in sent]
    assert (reminded["part"], reminded["whole"]) == (len(sent & {one["Invoice #"] for one in ripe}), len(ripe)) == (1, 1)
    [measured] = [one for one in found["measured"] if one["recipe"] == "chase"] or [None]
    assert measured is None or measured["sent"] == 4


"""Measured over days that are over: what left today counts from tomorrow on."""
