"""Cells of a column that are found in it as one text."""

from itertools import islice

import pytest

from contractor_ops.planning.searching import Searched, Way, only_figures, plain_names, small_letters

PHONES = ["(312) 555-0102", None, "312.555.0103 x12", "cell 3125550102\nhome 7735550104", ""]


@pytest.mark.parametrize(
    ("cells", "way", "wanted", "rows"),
    [
        (PHONES, only_figures, "5550102", [0, 3]),
        (PHONES, only_figures, "5550104", [3]),
        (PHONES, only_figures, "555010", [0, 2, 3]),
        (PHONES, only_figures, "9", []),
        (["INV-42", "42", "420", "J-0042"], small_letters, "42\n", [0, 1, 3]),
        (["INV-42", "420"], small_letters, "inv", [0]),
        (["a\nb", "b", "a"], small_letters, "a", [0, 2]),
        (["42", "42"], small_letters, "42\n", [0, 1]),
        (["José Núñez", "JOSE", "O'Brien", "Smith & Sons", "Smith"], plain_names, "jose", [0, 1]),
        (["José Núñez", "O'Brien", "Smith & Sons"], plain_names, "nunez", [0]),
        (["O'Brien", "O’Brien", "Smith & Sons"], plain_names, "obrien", [0, 1]),
        (["Smith & Sons", "Anderson"], plain_names, "and", [0, 1]),
        (["0", "", "7"], small_letters, "0\n", [0]),
        (["0", "", "7"], small_letters, "\n", [0, 1, 2]),
        ([], small_letters, "a", []),
    ],
)
def test_every_cell_with_the_text_is_found_once(cells: list[str | None], way: Way, wanted: str, rows: list[int]) -> None:
    assert list(islice(Searched(cells, way).rows_with(wanted), 20)) == rows  # also where it would never end
