"""The ends of a call: whole numbers, extensions and accounts of the office's own, hidden callers."""

import pytest

from contractor_ops.tables.cells.lines import clean_line, clean_lines, is_inside
from contractor_ops.tables.cells.phones import HIDDEN_CALLER


@pytest.mark.parametrize(
    "cell",
    [
        "+13125550142", "(312) 555-0142", "3125550142", 3125550142.0, '"Ann Li" <3125550142>', "Ann Li <+13125550142>", "tel:+13125550142",
        "sip:+13125550142@pbx.example", "<sip:3125550142@10.0.0.1:5060>", "sips:13125550142@pbx.example;transport=tls",
    ],
)  # fmt: skip
def test_a_whole_number_is_written_in_one_way(cell: object) -> None:
    assert clean_line(cell, "US") == ("+13125550142", None)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("101", "101"), (101.0, "101"), ("101.0", "101"), ("ext. 101", "101"), ("x12", "12"), ("*97", "*97"), ("72345", "72345"), ("client1", "client1"),
        ("sip:101@pbx.example", "sip:101@pbx.example"), ("client:dana", "client:dana"), ("PJSIP/101-0000002a", "PJSIP/101-0000002a"),
        ("s", "s"), ("ring-group-2", "ring-group-2"), ("reception <102>", "102"),
    ],
)  # fmt: skip
def test_the_offices_own_extensions_and_accounts_stay_as_they_are(cell: object, kept: str) -> None:
    assert clean_line(cell, "US") == (kept, None) and is_inside(kept)


@pytest.mark.parametrize(
    "cell", ["anonymous", "Restricted", "266696687", "sip:anonymous@anonymous.invalid", "Anonymous <anonymous>", "No Caller ID"]
)
def test_a_hidden_caller_is_told(cell: str) -> None:
    assert clean_line(cell, "US") == (None, HIDDEN_CALLER)


@pytest.mark.parametrize("cell", ["555-0142", "239854880", "Smith", "Ann Li", "+1 822 555 0142"])
def test_what_is_neither_is_a_problem(cell: str) -> None:
    value, trouble = clean_line(cell, "US")
    assert value is None and trouble and trouble != HIDDEN_CALLER


@pytest.mark.parametrize("cell", ["", "-", None, "n/a"])
def test_blank_is_blank(cell: object) -> None:
    assert clean_line(cell, "US") == (None, None)


def test_a_column_keeps_its_troubles_by_place() -> None:
    assert clean_lines(["101", "anonymous", "3125550142"], "US") == (["101", None, "+13125550142"], {1: HIDDEN_CALLER})
    assert not is_inside("+13125550142")
