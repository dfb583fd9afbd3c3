"""An office manager makes an office of a folder of spreadsheets, at a terminal, with slips of the pen."""

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.offices import Office, Ran
from tests.stories.at_a_terminal import Terminal

NOW = "2026-11-23T10:00"
ENTER = "\r"
CTRL_C = "\x03\r"  # a key behind it wakes a prompt that was not waiting yet when it came
NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "TZ": "America/Denver"}
ESTIMATES = (
    "Estimate #,Customer,Mobile,Status,Day it left,Total,Colour\n"
    "E-1,Ann Li,(312) 555-0142,Sent,10/02/2026,450,red\n"
    "E-2,Bo Park,(312) 555-0143,Sent,10/05/2026,900,blue\n"
    "E-3,Cy Fox,(312) 555-0144,Accepted,10/07/2026,700,red\n"
)
INVOICES = (
    "Invoice #,Customer,Phone,Status,Due date,Balance\n"
    "1001,Ann Li,(312) 555-0142,Sent,10/30/2026,250.00\n"
    "1002,Bo Park,(312) 555-0143,Sent,10/31/2026,8250.00\n"
)
PAGE, RIGHT, AFTER_ALL, NAME = "number of one to change:", "column is wrong:", "Enter for no:", "as customers know it [Our office]: "
MENDS = "which mends it [Y/n]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Müller & Söhne"
    made.mkdir()
    (made / "Angebote, März.csv").write_text(ESTIMATES, encoding="utf-8")
    (made / "invoices.csv").write_text(INVOICES, encoding="utf-8")
    return made


def init(folder: Path, **env: str) -> Terminal:
    return Terminal(folder, "--now", NOW, "init", lines=60, env={**NO_KEYRING, **env})


def config(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))


def check(folder: Path) -> Ran:
    return Office.do(at(folder), "check", now=NOW, env=NO_KEYRING)


def at(folder: Path) -> Office:
    office = Office.__new__(Office)
    office.folder = folder
    return office


def to_the_questions(terminal: Terminal) -> None:
    """Everything is right, and no heading needs a word."""
    terminal.until(PAGE)
    terminal.press(ENTER, then="Number:")
    terminal.press(ENTER, then=NAME)


def skip(terminal: Terminal, questions: int, then: str) -> None:
    """Enter at each of so many questions; then these words come."""
    for _ in range(questions - 1):
        terminal.press(ENTER, then=":")
    terminal.press(ENTER, then=then)


def test_from_a_folder_to_a_rehearsed_office(folder: Path) -> None:
    before = sorted(file.name for file in folder.iterdir())
    with init(folder) as terminal:
        page = terminal.until(PAGE)
        assert "    1  estimates      Angebote, März.csv      3 rows ?" in page
        assert "    2  invoices       invoices.csv            2 rows\n       number: Invoice #, customer: Customer, phone: Phone" in page
        assert "Type only Enter for yes, else the number of a line, from 1 to 2." in terminal.press("nope" + ENTER, then=PAGE)
        shown = terminal.press("yeah" + ENTER, then="Number:")
        assert "is taken for estimates, 3 rows" in shown
        assert "total          Total                   450.00 · 900.00" in shown
        assert "Left aside: Day it left, Colour" in shown
        assert "sent_on: the day it was sent" in shown
        assert "Type a number from 1 to 1, or only Enter." in terminal.press("7" + ENTER, then="Number:")
        assert "sent_on        Day it left             2026-10-02 · 2026-10-05" in terminal.press("1" + ENTER, then=RIGHT)
        assert "Type only Enter when it is right, else o, l or c" in terminal.press("what" + ENTER, then=RIGHT)
        terminal.press("ok" + ENTER, then=NAME)
        zone = terminal.press("Müller & Söhne" + ENTER, then="Your time zone")
        assert "America/Chicago is guessed from where 3 of 3 customers are." in zone
        terminal.press("Denvr" + ENTER, then='"Denvr" is no time zone. Is it America/Denver [y/N]')
        assert "America/Chicago" in terminal.press(ENTER, then="Your time zone")
        terminal.press("Odessa" + ENTER, then='"Odessa" is no time zone. Is it America/Chicago [Y/n]')
        terminal.press("y" + ENTER, then="The owner's name")
        terminal.press("Maria Lopez" + ENTER, then="their e-mail")
        assert "That is not one e-mail address" in terminal.press("maria@northside" + ENTER, then="their e-mail")
        terminal.press("Maria@Northside.example" + ENTER, then="their mobile")
        assert "only 9 digits" in terminal.press("312-555-010" + ENTER, then="their mobile")
        assert "so it is no mobile" in terminal.press("312-555-0101 ext 4" + ENTER, then="their mobile")
        asked = terminal.press("800-555-0101" + ENTER, then="Keep it [y/N]")
        assert "+18005550101 is a toll-free number: no texts are sent to it." in asked
        terminal.press(ENTER, then="their mobile")
        terminal.press("312-555-0101" + ENTER, then="Who looks after the office")
        terminal.press("Dana Reed" + ENTER, then="their e-mail")
        terminal.press(ENTER, then="their mobile")
        terminal.press(ENTER, then="The office's telephone")
        terminal.press("(312) 555-0100" + ENTER, then="Its postal address")
        terminal.press("412 Kedzie Ave, Chicago, IL 60618" + ENTER, then="answers go to [maria@northside.example]: ")
        proposed = terminal.press("Office@Northside.example" + ENTER, then=MENDS)
        assert "2 of 2 unpaid invoices, $8,500 (sure: each invoice's own balance and due day)" in " ".join(proposed.split())
        assert "Write the recipe invoice-reminders" in proposed
        listed = terminal.press(ENTER, then="Which of them go to Maria Lopez?")
        assert "1  estimate-follow-up      Dana Reed" in listed
        terminal.press("1" + ENTER, then="leave for real")
        terminal.press(ENTER, then="Write it [Y/n]")
        assert sorted(file.name for file in folder.iterdir()) == before
        last = terminal.press(ENTER, then="to try everything in")
        assert terminal.end() == 0
    assert "contractor-ops run invoice-reminders --office" in last
    written = config(folder)
    assert written["office"] | {"name": "Müller & Söhne", "timezone": "America/Chicago", "phone": "+13125550100"} == written["office"]
    assert written["office"]["postal_address"] == "412 Kedzie Ave, Chicago, IL 60618"
    assert written["people"]["owner"] == {"name": "Maria Lopez", "email": "maria@northside.example", "phone": "+13125550101"}
    assert written["people"]["office"] == {"name": "Dana Reed", "deputy": "owner"}
    assert written["email"] == {"from": "Müller & Söhne <office@northside.example>"}
    assert written["tables"]["estimates"]["columns"] == {"sent_on": "Day it left"}
    owners = {file.stem: tomllib.loads(file.read_text(encoding="utf-8"))["owner"] for file in (folder / "recipes").iterdir()}
    assert owners == {"estimate-follow-up": "owner", "invoice-reminders": "office"}
    assert "# TWILIO_AUTH_TOKEN=" in (folder / ".env.example").read_text(encoding="utf-8")
    assert ".env" in (folder / ".gitignore").read_text(encoding="utf-8").splitlines()
    checked = check(folder)
    assert checked.code == 0, checked.out
    assert "was guessed" not in checked.out
    assert "has no from" not in checked.out
    assert "Next: contractor-ops run invoice-reminders" in checked.out


@pytest.mark.parametrize("prompts", [[], ["Your time zone [America/Chicago]: ", "The owner's name [The owner]: "]])
def test_ctrl_c_leaves_nothing(folder: Path, prompts: list[str]) -> None:
    before = sorted(file.name for file in folder.iterdir())
    with init(folder) as terminal:
        to_the_questions(terminal)
        for prompt in prompts:
            terminal.press(ENTER, then=prompt)
        terminal.press(CTRL_C, then="Stopped. Nothing was written.")
        assert terminal.end() == 130
    assert sorted(file.name for file in folder.iterdir()) == before


def test_no_at_the_end_leaves_nothing(folder: Path) -> None:
    with init(folder) as terminal:
        to_the_questions(terminal)
        skip(terminal, 10, MENDS)
        terminal.press("n" + ENTER, then="leave for real")
        assert "recipes/invoice-reminders.toml" not in terminal.press(ENTER, then="Write it [Y/n]").rpartition("This is written")[2]
        terminal.press("n" + ENTER, then="Nothing was written.")
        assert terminal.end() == 0
    assert not (folder / "config.toml").exists()


def test_what_nobody_wants_is_left_out_and_its_rival_taken(folder: Path) -> None:
    (folder / "bills.csv").write_text(INVOICES.replace("10/3", "01/3"), encoding="utf-8")
    with init(folder) as terminal:
        terminal.until(PAGE)
        terminal.press("2" + ENTER, then=RIGHT)
        terminal.press("l" + ENTER, then="bills.csv fits invoices too. Take that one [Y/n]")
        assert "in its place: bills.csv" in terminal.press("y" + ENTER, then=RIGHT)
        terminal.press(ENTER, then=PAGE)
        terminal.press(ENTER, then="Number:")
        shown = terminal.press(ENTER, then=AFTER_ALL)
        assert "invoices.csv: you left it out; it looks like invoices" in shown
        to_write(terminal)
    assert config(folder)["tables"]["invoices"]["file"] == "bills.csv"
    assert check(folder).code == 0


def test_a_sheet_that_is_named_a_table_takes_the_place_of_the_one_that_stood_for_it(folder: Path) -> None:
    with init(folder) as terminal:
        terminal.until(PAGE)
        terminal.press("1" + ENTER, then="Number:")
        terminal.press(ENTER, then=RIGHT)
        terminal.press("o" + ENTER, then="Number:")
        assert "Which heading says number or balance or due_on" in terminal.press("invo" + ENTER, then="Number:")
        assert "  2  due_on" in terminal.press("day" + ENTER, then="Number:")
        shown = terminal.press("due_on" + ENTER, then=RIGHT)
        assert "invoices.csv is left out, then: invoices is read from one place." in shown
        assert "Angebote, März.csv\n  is taken for invoices" in shown
        terminal.press(ENTER, then=PAGE)
        shown = terminal.press(ENTER, then=AFTER_ALL)
        assert "invoices.csv: invoices is read from Angebote, März.csv" in shown
        to_write(terminal)
    assert {name: part["file"] for name, part in config(folder)["tables"].items()} == {"invoices": "Angebote, März.csv"}


def to_write(terminal: Terminal) -> None:
    """Enter to the end, from the last question about the sheets."""
    terminal.press(ENTER, then=NAME)
    skip(terminal, 10, MENDS)
    terminal.press(ENTER, then="leave for real")
    terminal.press(ENTER, then="Write it [Y/n]")
    terminal.press(ENTER, then="to try everything in")
    assert terminal.end() == 0


def test_a_sheet_that_was_not_recognised_becomes_a_table_by_its_headings(folder: Path) -> None:
    (folder / "Wer.csv").write_text("Kunde,Handy\nAnn Li,312-555-0142\nBo Park,312-555-0143\n", encoding="utf-8")
    with init(folder) as terminal:
        terminal.until(PAGE)
        terminal.press(ENTER, then="Number:")
        assert "1  Wer.csv: not a table that I recognise" in terminal.press(ENTER, then=AFTER_ALL)
        terminal.press("1" + ENTER, then="Number:")
        assert "Which heading says name?" in terminal.press("customers" + ENTER, then="Number:")
        assert "Which heading says phone or email" in terminal.press("Kunde" + ENTER, then="Number:")
        assert "is taken for customers, 2 rows" in terminal.press("2" + ENTER, then=RIGHT)
        to_write(terminal)
    assert config(folder)["tables"]["customers"]["columns"] == {"name": "Kunde", "phone": "Handy"}
    assert check(folder).code == 0


def test_a_wrong_column_is_put_right(folder: Path) -> None:
    (folder / "invoices.csv").write_text(
        "Invoice #,Customer,Phone,Status,Due date,Balance,Agreed day\n1001,Ann Li,(312) 555-0142,Sent,10/30/2026,250.00,11/30/2026\n", encoding="utf-8"
    )  # fmt: skip
    with init(folder) as terminal:
        terminal.until(PAGE)
        terminal.press("2" + ENTER, then=RIGHT)
        terminal.press("c" + ENTER, then="Number:")
        assert "Which heading is due_on?" in terminal.press("due_on" + ENTER, then="Number:")
        assert "due_on         Agreed day              2026-11-30" in terminal.press("agr" + ENTER, then=RIGHT)
        terminal.press(ENTER, then=PAGE)
        terminal.press(ENTER, then="Number:")
        terminal.press(ENTER, then=NAME)
        skip(terminal, 10, "leave for real")
        terminal.press(ENTER, then="Write it [Y/n]")
        terminal.press(ENTER, then="to try everything in")
    assert config(folder)["tables"]["invoices"]["columns"] == {"due_on": "Agreed day"}


def test_a_column_that_was_said_by_mistake_is_taken_back(folder: Path) -> None:
    with init(folder) as terminal:
        terminal.until(PAGE)
        terminal.press(ENTER, then="Number:")
        terminal.press("1" + ENTER, then=RIGHT)
        terminal.press("c" + ENTER, then="Number:")
        assert "8  none                    it has no heading" in terminal.press("sent_on" + ENTER, then="Number:")
        assert "sent_on  " not in terminal.press("none" + ENTER, then=RIGHT).rpartition("is taken for estimates")[2]
        terminal.press("column" + ENTER, then="Number:")
        terminal.press("total" + ENTER, then="Number:")
        assert '"Total" says total by its own words.' in terminal.press("none" + ENTER, then=RIGHT)
        terminal.press("sí" + ENTER, then=NAME)
        skip(terminal, 10, MENDS)
        terminal.press(ENTER, then="leave for real")
        terminal.press(ENTER, then="Write it [Y/n]")
        terminal.press("sure" + ENTER, then="to try everything in")
        assert terminal.end() == 0
    assert "columns" not in config(folder)["tables"]["estimates"]


MANY = {
    "estimates": ESTIMATES.replace("Day it left", "Sent on"),
    "invoices": INVOICES,
    "leads": "Name,Phone,Source,Received,Status\nBo Park,(312) 555-0143,Web,11/20/2026,New\n",
    "customers": "Name,Phone,Email\nBo Park,(312) 555-0143,bo@park.example\n",
    "payments": "Invoice #,Customer,Date,Amount,Method\n1001,Ann Li,11/20/2026,250.00,Card\n",
    "technicians": "Technician,Mobile\nSam Reyes,(312) 555-0150\n",
}


@pytest.mark.parametrize(("lines", "columns"), [(24, 80), (24, 120), (14, 80)])
def test_many_tables_stand_on_one_page_and_are_asked_about_once(tmp_path: Path, lines: int, columns: int) -> None:
    for name, text in MANY.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    with Terminal(tmp_path, "--now", NOW, "init", lines=lines, columns=columns, env=NO_KEYRING) as terminal:
        page = terminal.until(PAGE)
        assert [line.split()[1] for line in page.splitlines() if line.strip()[:1].isdecimal() and "row" in line] == sorted(MANY)
        assert ("number: Estimate #" in page) is (lines == 24)
        assert max(map(len, page.splitlines())) <= columns
        terminal.press(ENTER, then=NAME)
        terminal.press(CTRL_C, then="Stopped.")
    assert not (tmp_path / "config.toml").exists()


def test_half_a_postal_address_is_asked_about_once_more_and_then_taken_with_a_remark(folder: Path) -> None:
    with init(folder) as terminal:
        to_the_questions(terminal)
        skip(terminal, 9, "Its postal address")
        asked = terminal.press("12 Main St" + ENTER, then="Enter keeps it as it is [12 Main St]: ")
        assert "Missing, it seems: a town and a ZIP code." in asked
        terminal.press(ENTER, then=MENDS)
        terminal.press(ENTER, then="leave for real")
        terminal.press(ENTER, then="Write it [Y/n]")
        terminal.press(ENTER, then="to try everything in")
    assert config(folder)["office"]["postal_address"] == "12 Main St"
    assert "# a town and a ZIP code may be missing" in (folder / "config.toml").read_text(encoding="utf-8")


def to_sending(terminal: Terminal) -> None:
    to_the_questions(terminal)
    skip(terminal, 10, MENDS)
    terminal.press(ENTER, then="leave for real")
    terminal.press("yes" + ENTER, then="Texts through Twilio")


def test_secrets_are_not_shown_and_kept_where_only_the_user_may_read(folder: Path) -> None:
    with init(folder) as terminal:
        to_sending(terminal)
        terminal.press("y" + ENTER, then="Your Twilio number")
        assert "This is needed" in terminal.press(ENTER, then="Your Twilio number")
        terminal.press("3125550100" + ENTER, then="E-mail [y/N]")
        terminal.press("n" + ENTER, then="Enter for later: ")
        assert "It begins with AC" in terminal.press("battery staple" + ENTER, then="Enter for later: ")
        terminal.press("AC00112233" + ENTER, then="Enter for later: ")
        terminal.press("horse" + ENTER, then="Write it [Y/n]")
        terminal.press(ENTER, then="to try everything in")
        assert terminal.end() == 0
        assert not {"battery", "AC00112233", "horse"} & set(terminal.raw.replace("\r", " ").split())
    assert config(folder)["sms"] == {"provider": "twilio", "from": "+13125550100"}
    kept = folder / ".env"
    assert kept.read_text(encoding="utf-8") == "TWILIO_ACCOUNT_SID=AC00112233\nTWILIO_AUTH_TOKEN=horse\n"
    assert os.name != "posix" or kept.stat().st_mode & 0o777 == 0o600


def test_a_provider_without_its_password_stays_a_remark(folder: Path) -> None:
    with init(folder) as terminal:
        to_sending(terminal)
        terminal.press(ENTER, then="E-mail [y/N]")
        terminal.press("y" + ENTER, then="The address that e-mails come from")
        terminal.press("office@northside.example" + ENTER, then="SendGrid")
        terminal.press("nope" + ENTER, then="[mail.northside.example]")
        terminal.press(ENTER, then="[office@northside.example]")
        terminal.press(ENTER, then="Enter for later: ")
        terminal.press(ENTER, then="Write it [Y/n]")
        assert "Still missing: contractor-ops secret SMTP_PASSWORD" in terminal.press(ENTER, then="to try everything in")
    assert '# host     = "mail.northside.example"' in (folder / "config.toml").read_text(encoding="utf-8").splitlines()
    assert config(folder)["email"] == {"from": "Our office <office@northside.example>"}
    assert not (folder / ".env").exists()
    assert check(folder).code == 0


def test_an_empty_folder_becomes_an_office_to_fill_in(tmp_path: Path) -> None:
    with init(tmp_path / "new") as terminal:
        assert "There is no spreadsheet in" in terminal.until(NAME)
        assert "America/Denver is guessed from this computer." in terminal.press("Northside" + ENTER, then="Your time zone")
        terminal.press("central" + ENTER, then="The owner's name")
        skip(terminal, 7, "Its postal address")
        terminal.press(ENTER, then="leave for real")
        terminal.press(ENTER, then="Write it [Y/n]")
        assert "once more, when your exports are in the folder" in terminal.press(ENTER, then="to try everything in")
    assert config(tmp_path / "new")["office"]["timezone"] == "America/Chicago"
