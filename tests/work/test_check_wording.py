"""A recipe's words, tried by `check` on the rows that are live."""

from datetime import datetime
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from tests.offices import CONFIG, ESTIMATES, Office, follow_up

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")
TEXT = "Hi {{ customer.first_name }}, it's {{ office.name }}. Any questions about the estimate for {{ title }} ({{ total|money }})?"


def row(
    number: str = "E-1", title: str = "Furnace", phone: str = "312-555-0142", status: str = "Sent", total: str = "$480"
) -> tuple[str, ...]:
    return (number, "Ann Li", "", phone, title, status, "11/21/2026", total, "")


def told(folder: Path, *rows: tuple[str, ...], text: str = TEXT, config: str = CONFIG, level: str = "warning") -> list[str]:
    Office(folder, config).sheet("estimates", ESTIMATES, rows).recipe("mine", follow_up().replace(TEXT, text))
    found = check_office(open_office(folder), NOW)
    return [one.message for one in found if (one.about, one.level) == ("recipe mine", level) and "[why]" not in one.message]


def test_rows_that_lack_a_value_are_counted_and_named(tmp_path: Path) -> None:
    rows = [row(), row("E-2", title=""), row("E-3", title=""), row("E-4", title="", status="Declined")]
    assert told(tmp_path, *rows) == ["2 of 3 rows (E-2, E-3) have no title: they would go to a person"]


def test_a_value_that_has_a_stand_in_is_not_missed(tmp_path: Path) -> None:
    rows = [row(), row("E-2", title="")]
    office = Office(tmp_path).sheet("estimates", ESTIMATES, rows)
    office.recipe("mine", follow_up().replace("{{ title }}", "{{ title or 'your house' }}"))
    assert not [one for one in check_office(open_office(tmp_path), NOW) if "no title" in one.message]


def test_a_row_whose_step_is_not_due_yet_is_tried_too(tmp_path: Path) -> None:
    fresh = (*row("E-2", title="")[:6], "11/23/2026", "$480", "")
    assert told(tmp_path, row(), fresh) == ["1 of 2 rows (E-2) has no title: they would go to a person"]


def test_a_column_that_the_sheet_lacks_is_told_once_also_while_no_row_is_live(tmp_path: Path) -> None:
    headings = [heading for heading in ESTIMATES if heading != "Job title"]
    cells = [cell for heading, cell in zip(ESTIMATES, row(status="Declined"), strict=True) if heading != "Job title"]
    office = Office(tmp_path).sheet("estimates", headings, [cells]).recipe("mine", follow_up())
    found = [one for one in check_office(open_office(office.folder), NOW) if "title" in one.message and one.about == "recipe mine"]
    assert [one.message for one in found] == [
        "its words need title, and estimates.csv has no column for it: every message would go to a person"
    ]
    assert 'columns = { title = "…" } under [tables.estimates]' in found[0].remedy


def test_what_config_does_not_say_of_the_office_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, row(), text="{{ title }}: see {{ office.website }}") == [
        "its words need office.website, and config.toml does not say it: every message would go to a person"
    ]


def test_rows_that_nobody_can_be_reached_through_are_named(tmp_path: Path) -> None:
    assert told(tmp_path, row(), row("E-2", phone="")) == [
        "1 of 2 rows (E-2): the customer has neither phone nor e-mail in the sheet. They would go to a person"
    ]


def test_signs_of_the_wording_that_double_the_price_are_named(tmp_path: Path) -> None:
    [one] = told(tmp_path, row(), text="{{ title }} 🔧 ł — “fine”")
    assert one == 'step first-nudge: "🔧", "ł" leaves 70 characters to a segment instead of 160: texts cost double'


def test_signs_of_the_rows_that_double_the_price_are_named_with_the_rows(tmp_path: Path) -> None:
    assert told(tmp_path, row(), row("E-2", title="Żar")) == ['"Ż" in 1 of 2 rows (E-2) makes their texts cost double']
    assert told(tmp_path / "é", row(title="Café")) == []


@pytest.mark.parametrize(
    ("link", "words"),
    [("bit.ly/abc", ["step first-nudge: carriers stop texts with links of bit.ly"]), ("https://www.TinyURL.com/x", ["step first-nudge: carriers stop texts with links of www.tinyurl.com"]),
     ("http://pay.northside.example/x", ["step first-nudge: the link to pay.northside.example is not safe (http)"]), ("https://northside.example/pay", [])],
)  # fmt: skip
def test_links_that_carriers_stop_are_told(tmp_path: Path, link: str, words: list[str]) -> None:
    assert told(tmp_path, row(), text=f"{{{{ title }}}}: {link}") == words


def test_the_longest_text_of_any_live_row_is_told_with_its_price(tmp_path: Path) -> None:
    priced = f'{CONFIG}\n[sms]\nprovider = "outbox"\n'
    [one] = told(tmp_path, row(), row("E-2", title="boiler " * 40), config=priced, level="ok")
    assert one.endswith("the longest text is 3 segments")
    priced = f'{CONFIG}\n[sms]\nprovider = "twilio"\nfrom = "+13125550100"\napi_base = "http://127.0.0.1:9"\nprice_per_segment = 0.02\n'
    [one] = told(tmp_path / "priced", row(), row("E-2", title="boiler " * 40), config=priced, level="ok")
    assert one.endswith("the longest text is 3 segments, $0.06")


def test_a_text_that_twilio_would_refuse_for_its_length_is_an_error(tmp_path: Path) -> None:
    [one] = told(tmp_path, row(title="boiler " * 250), level="error")
    assert one.startswith("the longest text has 1,8") and one.endswith("and texts end at 1,600")


def test_text_for_after_hours_is_tried_while_the_office_is_open(tmp_path: Path) -> None:
    text = follow_up().replace("[[steps]]", "[[steps]]\ntext_after_hours = '{{ notes }} until we open'", 1)
    Office(tmp_path).sheet("estimates", ESTIMATES, [row()]).recipe("mine", text)
    assert [one.message for one in check_office(open_office(tmp_path), NOW) if "no notes" in one.message] == [
        "1 of 1 row (E-1) has no notes: they would go to a person"
    ]
