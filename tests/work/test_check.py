"""What `check` warns of before anything runs."""

from datetime import datetime
from pathlib import Path

from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from contractor_ops.work.init import Answers, found_tables, write_office
from tests.offices import CONFIG, ESTIMATES, INVOICES, Office, follow_up, reminders

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")
ROW = ("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", "")


def found_in(office: Office, level: str = "warning") -> list[str]:
    return [f"{one.about}: {one.message}" for one in check_office(open_office(office.folder), NOW) if one.level == level]


def without(heading: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """The estimates' headings and row without one of the columns."""
    at = list(ESTIMATES).index(heading)
    return [*ESTIMATES[:at], *ESTIMATES[at + 1 :]], [(*ROW[:at], *ROW[at + 1 :])]


def test_what_init_could_not_know_is_warned_of_until_it_is_filled_in(tmp_path: Path) -> None:
    (tmp_path / "estimates.csv").write_text(
        "Estimate #,Customer,Mobile,Status,Emailed,Total\nE-1,Ann Li,312-555-0142,Sent,11/20/2026,450\n"
    )
    write_office(tmp_path, found_tables(tmp_path), Answers())
    told = [one.message for one in check_office(open_office(tmp_path), NOW) if one.level == "warning"]
    wanted = ("office.name is still", "was guessed by init", "office.phone is missing", "[email] has no from")
    assert [words for words in wanted if not any(words in message for message in told)] == []
    config = tmp_path / "config.toml"
    text = config.read_text(encoding="utf-8").replace('"Our office"', '"Northside"').replace("# guessed from this computer", "")
    config.write_text(text.replace('# phone          = "+13125550100"', 'phone = "312 555 01"'), encoding="utf-8")
    told = [one.message for one in check_office(open_office(tmp_path), NOW) if one.level == "warning"]
    assert not any("office.name" in message or "guessed" in message for message in told)
    assert any('office.phone "312 555 01" is no telephone number' in message for message in told)


def test_a_sheet_through_which_nobody_can_be_reached_is_warned_of_unless_there_are_customers(tmp_path: Path) -> None:
    headings, rows = ["Estimate #", "Customer", "Status", "Emailed", "Total"], [("E-1", "Ann Li", "Sent", "11/21/2026", "$480")]
    office = Office(tmp_path, CONFIG).sheet("estimates", headings, rows).recipe("mine", follow_up())
    assert any("neither a phone nor an e-mail column" in message for message in found_in(office))
    office.sheet("customers", ["Name", "Phone"], [("Ann Li", "312-555-0142")])
    assert not any("neither a phone nor an e-mail column" in message for message in found_in(office))


def test_another_day_that_stands_in_for_the_anchor_is_told_once(tmp_path: Path) -> None:
    headings = [heading if heading != "Emailed" else "Created" for heading in ESTIMATES]
    office = Office(tmp_path).sheet("estimates", headings, [ROW, ("E-2", *ROW[1:])]).recipe("mine", follow_up())
    told = [message for message in found_in(office) if "no column for sent_on" in message and "recipe mine" in message]
    assert len(told) == 1 and 'they count from "Created" instead' in told[0]


def test_a_sheet_without_the_column_that_stops_messages_is_an_error_in_plain_words(tmp_path: Path) -> None:
    headings, rows = without("Status")
    office = Office(tmp_path).sheet("estimates", headings, rows).recipe("mine", follow_up())
    assert any("there is no column for status; without it customers who have paid" in message for message in found_in(office, "error"))
    assert office.do("check", now="2026-11-23T10:00").code == 3


def test_of_a_table_that_no_recipe_reads_problems_are_only_counted(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [ROW]).recipe("mine", follow_up())
    office.sheet("payments", ["Payment #", "Customer", "Amount", "Paid on"], [("P-1", "Ann Li", "a lot", "11/20/2026")])
    assert not any(message.startswith("table payments") for message in found_in(office))
    assert any("no recipe reads payments; see contractor-ops read for payments (" in message for message in found_in(office, "ok"))


def test_that_replies_are_not_read_is_told_once_for_all_recipes(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [ROW]).recipe("mine", follow_up()).recipe("bills", reminders())
    office.sheet("invoices", INVOICES, [("I-1", "Bo Park", "", "312-555-0143", "Sent", "11/01/2026", "11/15/2026", "$300", "$300", "")])
    assert len([message for message in found_in(office) if message.startswith("replies:")]) == 1
