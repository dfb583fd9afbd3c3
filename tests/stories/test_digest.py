"""The owner's summary, as cron and the owner meet it: whole offices, the program, real mail."""

import csv
import email
import email.policy
import json
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.offices import CONFIG, ESTIMATES, INVOICES
from tests.stories.digests import CHASE, MONDAY, OWED, digest, row
from tests.stories.inside import Office
from tests.stories.mail_server import Letters, config, free_port, mail_server

JOBS = ("Customer", "Status", "Completed", "Total", "Notes")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).sheet("invoices", INVOICES, OWED)


def test_the_one_number_is_what_is_overdue(office: Office) -> None:
    found = digest(office)
    overdue = sum(Decimal(one[8]) for one in OWED if one[4] == "Sent" and Decimal(one[8]) > 0 and one[6] < "2026-11-23")
    assert (found["at_stake"], found["things"]) == (float(overdue), 4)
    assert found["subject"] == "$1,400 needs a decision: 4 overdue invoices"
    assert {one["key"]: (one["count"], one["amount"]) for one in found["ageing"]} == {
        "not-due": (1, 100.0), "1-30": (2, 500.0), "31-60": (1, 400.0), "61-90": (0, 0.0), "over-90": (1, 500.5),
    }  # fmt: skip


def test_a_number_used_twice_is_two_invoices(tmp_path: Path) -> None:
    twice = [row("2042", "2026-11-01", "1000"), row("2042", "2026-11-01", "900", "Bob Roe")]
    assert digest(Office(tmp_path).sheet("invoices", INVOICES, twice))["at_stake"] == 1900.0


def test_one_piece_of_work_is_one_amount(tmp_path: Path) -> None:
    """A quiet estimate, a thin note and no accepted estimate: all three are about the same five thousand dollars."""
    office = Office(tmp_path).sheet(
        "estimates", ESTIMATES, [["E1", "Ann Li", "", "(312) 555-0142", "Furnace", "Sent", "2026-10-01", "5000", ""]]
    )
    office.sheet("jobs", ("Job #", "Estimate #", *JOBS), [["J1", "E1", "Ann Li", "Completed", "2026-11-02", "5000", "done"]])
    office.sheet("invoices", INVOICES, [])
    assert digest(office)["at_stake"] == 5000.0


VISITED = ("Job #", "Title", "Technician", *JOBS)
CHANGES = ("CO #", "Job #", "Description", "Amount", "Status", "Approved on", "Billed")


def test_a_job_of_two_rows_and_a_change_is_one_sum_wherever_it_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("invoices", INVOICES, [])
    office.sheet("jobs", VISITED, [["J-1", "Furnace", "Sam", "Ann Li", "Completed", on, "1000", ""] for on in ("2026-10-02", "2026-10-04")])
    office.sheet("change_orders", CHANGES, [["C1", "J-1", "Extra vent", "300", "Approved", "2026-10-02", "No"]])
    found = digest(office)
    assert (found["at_stake"], found["subject"]) == (1300.0, "$1,300 needs a decision: 1 finished job that cannot be billed")
    [leak] = office.do("scorecard", "--format", "json", now=MONDAY).json["leaks"]
    assert (leak["part"], leak["money"]) == (1, 1300.0)


def test_one_number_of_two_customers_is_two_jobs(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("invoices", INVOICES, [])
    office.sheet(
        "jobs",
        VISITED,
        [["7", "Fan", "Sam", who, "Completed", "2026-11-02", worth, ""] for who, worth in (("Ann Li", "1000"), ("Cy Poe", "900"))],
    )
    assert digest(office)["at_stake"] == 1900.0


def test_an_estimate_that_a_job_names_is_in_no_list_of_those_without_an_answer(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("invoices", INVOICES, [])
    numbers = [f"E-{at}" for at in range(1, 8)]
    office.sheet(
        "jobs", ("Job #", "Estimate #", *JOBS), [[f"J{one}", one, "Ann Li", "Invoiced", "2026-11-12", "500", ""] for one in numbers]
    )
    states = ["Expired"] * 3 + ["Sent"] * 4
    office.sheet("estimates", ESTIMATES, [[one, "Ann Li", "", "(312) 555-0142", "Furnace", state, "2026-10-25", "500", ""]
                                          for one, state in zip(numbers, states, strict=True)])  # fmt: skip
    found = digest(office)
    assert [one["key"] for one in found["needs"] if one["key"].startswith("estimates")] == []
    [rate] = [one for one in found["signals"] if one["key"] == "close-rate"]
    assert (rate["part"], rate["whole"]) == (7, 7)


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
    assert (mail["To"], mail["Subject"]) == (
        "Maria Lopez <maria@northside.example>",
        "This week: $1,400 needs a decision: 4 overdue invoices",
    )
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
    assert ran.code == 3 and "nobody in [digest] to has an e-mail address" in ran.err


def test_a_reader_without_an_address_keeps_it_from_nobody_else(tmp_path: Path) -> None:
    office = Office(tmp_path, CONFIG.replace('email = "dana@northside.example", ', "")).configure('\n[digest]\nto = ["office", "owner"]\n')
    ran = office.do("digest", "--send", now=MONDAY)
    assert ran.code == 5 and "Dana Reed (office) has no e-mail address" in ran.out and "Maria Lopez: written to outbox/" in ran.out


def test_two_readers_with_one_address_get_it_once(tmp_path: Path) -> None:
    office = Office(tmp_path, CONFIG.replace("dana@", "maria@")).configure('\n[digest]\nto = ["office", "owner"]\n')
    assert office.do("digest", "--send", now=MONDAY).code == 0
    assert len(list((office.folder / "outbox" / "email").glob("*.eml"))) == 1


def test_a_reader_who_opted_out_is_told_how_to_come_back(office: Office) -> None:
    office.do("optout", "maria@northside.example")
    ran = office.do("digest", "--send", now=MONDAY)
    assert ran.code == 5 and "contractor-ops optout maria@northside.example --remove" in ran.out


def test_a_digest_is_no_recipe_that_is_gone(office: Office) -> None:
    assert office.do("digest", "--send", now=MONDAY).code == 0
    assert office.run("invoice-reminders", "2026-11-23T10:00")["brakes"] == []


@pytest.mark.parametrize(("words", "said"), [(["--daily", "--weekly"], "cannot both"), (["--format", "csv"], "cannot be printed as csv")])
def test_what_cannot_be_meant_is_refused(words: list[str], said: str, office: Office) -> None:
    ran = office.do("digest", *words, now=MONDAY)
    assert ran.code == 2 and said in ran.err


# ── what is not working ──


def test_a_stopped_run_and_one_that_did_not_happen_are_told(office: Office) -> None:
    office.recipe("chase", CHASE).do("run", "chase", "--send", now="2026-11-18T10:00")
    assert any("Chase has not run since Wed, Nov 18" in one for one in digest(office)["trouble"])
    office.sheet("invoices", INVOICES, OWED[:1])
    assert office.do("run", "chase", "--send", now="2026-11-23T06:00").code == 4
    assert any("Chase is stopped by a brake (short-source)" in one for one in digest(office)["trouble"])


def test_a_short_sheet_and_a_broken_recipe_are_told(office: Office) -> None:
    office.recipe("chase", CHASE).do("run", "chase", "--send", now="2026-11-23T06:00")
    office.sheet("invoices", INVOICES, OWED[:4]).recipe("chase", "title = ")
    told = " ".join(digest(office)["trouble"])
    assert "invoices.csv has 4 rows; last time it had 8. The figures below may be wrong." in told
    assert "The recipe chase cannot be read and does nothing" in told


def test_a_server_that_is_down_sends_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path, config(free_port())).sheet("invoices", INVOICES, OWED).recipe("chase", CHASE)
    assert office.do("run", "chase", "--send", now="2026-11-23T10:00").code == 5
    assert digest(office, now="2026-11-23T11:00")["done"] == []


def test_the_queue_says_who_has_what_since_when(office: Office) -> None:
    office.recipe("chase", CHASE.replace('mode = "auto"', 'mode = "approve"')).do("run", "chase", "--send", now="2026-11-20T10:00")
    first, second, *_ = (one["id"] for one in office.do("review", "list", "--format", "json", now=MONDAY).json)
    office.do("review", "approve", str(first), now=MONDAY)
    office.do("review", "snooze", str(second), "--until", "2026-12-01", now=MONDAY)
    [dana] = digest(office)["queue"]
    assert dana == {"owner": "office", "things": 1, "urgent": 0, "oldest": 3, "put_off": 1, "released": 1}
    assert "Dana Reed: 1 thing waits, the oldest 3 days; 1 put off; 1 released and not yet gone" in office.do("digest", now=MONDAY).out


@pytest.mark.parametrize(("completed", "told"), [("2026-11-20", 500.0), ("2026-11-21", 0.0)])
def test_work_done_just_now_is_not_late_yet(completed: str, told: float, tmp_path: Path) -> None:
    note = "Replaced valve. 2 hrs, no parts, pics in app, cust signed"
    office = Office(tmp_path).sheet("jobs", ("Job #", *JOBS), [["J1", "Ann Li", "Completed", completed, "500", note]])
    assert digest(office.sheet("invoices", INVOICES, []))["at_stake"] == told


def test_a_caller_stays_told_until_somebody_calls_back(tmp_path: Path) -> None:
    headings = ("Call Sid", "Start Time", "From", "To", "Direction", "Status", "Duration")
    missed = ["CA1", "2026-11-18 10:00", "+13125550142", "+13125550100", "inbound", "no-answer", "0"]
    back = ["CA2", "2026-11-20 10:00", "+13125550100", "+13125550142", "outbound", "completed", "240"]
    office = Office(tmp_path).sheet("calls", headings, [missed])
    assert [one["key"] for one in digest(office)["needs"]] == ["calls-unanswered"]
    office.sheet("calls", headings, [missed, back])
    assert digest(office)["needs"] == []


def test_what_people_did_stands_behind_the_line(office: Office) -> None:
    office.recipe("chase", CHASE.replace('mode = "auto"', 'mode = "approve"')).do("run", "chase", "--send", now="2026-11-20T10:00")
    ids = {one["record"]: str(one["id"]) for one in office.do("review", "list", "--format", "json", now=MONDAY).json}
    office.do("review", "approve", ids["1003"], now=MONDAY)
    office.do("review", "snooze", ids["1004"], "--until", "2026-12-01", now=MONDAY)
    office.do("review", "call", ids["1005"], "--outcome", "promise", "--on", "2026-11-30", now=MONDAY)
    said = {line["record"]: line["why"] for one in digest(office)["needs"] for line in one["lines"]}
    assert said["1003"].endswith("; released, not yet gone")
    assert said["1004"].endswith("; put off till Tue, Dec 1")
    assert said["1005"].endswith("; promised on Mon, Nov 23 to pay by Mon, Nov 30")
    assert said["1002"].endswith("due Nov 22, 1 day ago")


def test_danger_stands_before_everything_else(tmp_path: Path) -> None:
    jobs = [["J1", "Ann Li", "Completed", "2026-11-22", "500", "Replaced valve. Strong smell of gas at the meter, customer told."]]
    office = Office(tmp_path).sheet("jobs", ("Job #", *JOBS), jobs)
    found = digest(office)  # whether a recipe has looked yet or not
    assert found["subject"].startswith("URGENT! ") and found["needs"][0]["key"] == "dangers"
    assert 'safety: the note says "smell of gas"' in found["needs"][0]["lines"][0]["why"]
    assert "1 thing is URGENT: somebody may be in danger" in office.do("digest", now=MONDAY).out
    office.do("run", "note-flags", "--send", now=MONDAY)
    assert sum(one["urgent"] for one in digest(office)["queue"]) == 1


def test_estimates_of_last_summer_are_no_decision(tmp_path: Path) -> None:
    rows = [
        ["E1", "Ann Li", "", "", "Furnace", "Sent", "2026-07-01", "5000", ""],
        ["E2", "Bo Park", "", "", "Ducts", "Sent", "2026-11-01", "700", ""],
    ]
    found = digest(Office(tmp_path).sheet("estimates", ESTIMATES, rows))
    assert found["at_stake"] == 700.0
    assert any("1 estimate without an answer for more than 90 days ($5,000.00)" in one for one in found["left_out"])


# ── its figures, recomputed from the raw sheets ──


def test_signals_and_measures_come_to_what_was_sent(tmp_path: Path) -> None:
    letters = Letters()
    with mail_server(letters) as port:
        office = Office(tmp_path, config(port)).sheet("invoices", INVOICES, OWED).recipe("chase", CHASE)
        assert office.do("run", "chase", "--send", now="2026-11-23T10:00").code == 0
    history = json.loads(office.do("ledger", "history", "--format", "json").out)
    sent = {entry["record"] for entry in history if entry["state"] == "sent"}
    found = digest(office, "--weekly", now="2026-11-26T07:00")
    [done] = [one for one in found["done"] if one["title"] == "Chase"]
    assert done["sent"] == len(sent) == len(letters.taken) == 4
    with (office.folder / "invoices.csv").open(encoding="utf-8") as stream:
        fell_due = [one for one in csv.DictReader(stream) if one["Status"] == "Sent" and "2026-11-19" <= one["Due date"] <= "2026-11-25"]
    [reminded] = [one for one in found["signals"] if one["key"] == "invoices-reminded"]
    assert (reminded["part"], reminded["whole"]) == (len(sent & {one["Invoice #"] for one in fell_due}), len(fell_due)) == (1, 2)
    [measured] = [one for one in found["measured"] if one["recipe"] == "chase"]
    assert (measured["sent"], measured["planned"], measured["won"]) == (4, 4, 0)
