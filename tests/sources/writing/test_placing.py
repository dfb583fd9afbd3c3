"""Which cell is meant, and what is left to whoever typed it."""

from datetime import date

import pytest

from contractor_ops.errors import NotWritten
from contractor_ops.ports import RowChange, Sheet
from contractor_ops.sources.writing.placing import place_changes

DAY = date(2026, 11, 20)


def placed(there: object, key: dict[str, str] | None = None, values: dict[str, object] | None = None, later: bool = True) -> list[object]:
    rows = [
        ["Leads of the week"],
        [],
        ["Name", "Phone", "E-mail", "Last contact"],
        ["Ann", "(312) 555-0142 or 555-0143", "Ann <ann@li.example>", there],
    ]
    change = RowChange("Leads", 4, key or {"Name": "Ann"}, values or {"Last contact": DAY}, frozenset({"Last contact"} if later else ()))  # type: ignore[arg-type]
    return [(one.row, one.column, one.value) for one in place_changes([Sheet("Leads", rows)], [change], "leads.xlsx")]


@pytest.mark.parametrize("there", ["", None, date(2026, 11, 19), "11/19/2026", "2026-11-19", "19 Nov 2026"])
def test_a_day_moves_on(there: object) -> None:
    assert placed(there) == [(3, 3, DAY)]


@pytest.mark.parametrize(
    "there", [date(2026, 11, 20), date(2026, 12, 1), "11/20/2026", "20.11.2026", "01/12/2026", "left word with his wife"]
)
def test_what_a_person_typed_about_the_same_day_or_later_stays(there: object) -> None:
    assert placed(there) == []


def test_other_columns_are_ours() -> None:
    assert placed("left word", later=False) == [(3, 3, DAY)]


@pytest.mark.parametrize("key", [{"E-mail": "ann@li.example"}, {"Phone": "+13125550142"}, {"name": "Ann", "E-mail": "Ann@Li.example"}])
def test_a_row_without_a_number_is_known_by_its_address(key: dict[str, str]) -> None:
    assert placed("", key) == [(3, 3, DAY)]


@pytest.mark.parametrize("key", [{"E-mail": "bo@li.example"}, {"Phone": "+13125550199"}, {"Name": "An"}, {"Name": ""}])
def test_another_rows_address_is_no_proof(key: dict[str, str]) -> None:
    with pytest.raises(NotWritten):
        placed("", key)


def test_without_a_key_nothing_is_written() -> None:
    sheet = Sheet("Leads", [["Name", "Last contact"], ["Ann", ""]])
    with pytest.raises(NotWritten):
        place_changes([sheet], [RowChange("Leads", 2, {}, {"Last contact": DAY})], "leads.xlsx")
