"""Which cell is meant, and what is left to whoever typed it."""

from datetime import date

import pytest

from contractor_ops.errors import NotWritten, NotWrittenYet
from contractor_ops.ports import RowChange, Sheet
from contractor_ops.sources.writing.placing import left_alone, place_changes

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


class TestAsTheRunReadIt:
    """A row is written only while it is the row that the run read, and a cell only while nobody has typed there since."""

    CHANGE = RowChange(
        "Leads", 2, {"Phone": "+13125550142"}, {"Status": "Viewed", "Next step": "Call"},
        as_read={"Customer": "Ann", "Phone": "(312) 555-0142", "Status": "Sent", "Next step": ""},
    )  # fmt: skip

    def now(self, *row: object) -> list[Sheet]:
        return [Sheet("Leads", [["Customer", "Phone", "Status", "Next step", "Notes"], list(row)])]

    def test_as_it_was(self) -> None:
        sheets = self.now("Ann", "(312) 555-0142", "Sent", None, "typed meanwhile")
        assert [one.value for one in place_changes(sheets, [self.CHANGE], "Books")] == ["Viewed", "Call"]
        assert left_alone(sheets, [self.CHANGE], "Books") == []

    def test_another_row_with_the_same_number(self) -> None:
        with pytest.raises(NotWrittenYet, match='"Customer" is "Zed" where "Ann" stood'):
            place_changes(self.now("Zed", "(312) 555-0142", "Sent", "", ""), [self.CHANGE], "Books")

    def test_a_cell_that_a_person_changed_stays_and_is_told(self) -> None:
        sheets = self.now("Ann", "(312) 555-0142", "Won", "", "")
        assert [one.heading for one in place_changes(sheets, [self.CHANGE], "Books")] == ["Next step"]
        assert left_alone(sheets, [self.CHANGE], "Books") == [
            'Books, sheet Leads, row 2, "Status": somebody has changed it since it was read, so it stays as it is.'
        ]

    def test_a_cell_that_says_it_already_is_nothing_to_tell(self) -> None:
        sheets = self.now("Ann", "(312) 555-0142", "Viewed", "", "")
        assert left_alone(sheets, [self.CHANGE], "Books") == []
