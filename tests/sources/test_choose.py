"""Which sheets are meant."""

import pytest

from contractor_ops.errors import UnusableFile
from contractor_ops.sources.choose import choose_sheets

SHEETS = ["2025", "Open Jobs", "open jobs "]


def test_without_a_wish_all_are_meant() -> None:
    assert choose_sheets(SHEETS, None, "x.xlsx") == SHEETS
    assert choose_sheets(SHEETS, [], "x.xlsx") == SHEETS


def test_the_exact_name_wins_else_case_and_spaces_do_not_matter() -> None:
    assert choose_sheets(SHEETS, ["open jobs ", "2025"], "x.xlsx") == ["open jobs ", "2025"]
    assert choose_sheets(SHEETS, ["OPENJOBS"], "x.xlsx") == ["Open Jobs"]


def test_a_missing_sheet_names_the_nearest_and_all() -> None:
    with pytest.raises(UnusableFile) as refusal:
        choose_sheets(SHEETS, ["Open Job"], "x.xlsx")
    assert refusal.value.message == 'x.xlsx has no sheet "Open Job".'
    assert 'Did you mean "Open Jobs"?' in refusal.value.remedy
    assert "2025" in refusal.value.remedy
