"""Who a cell of the technician column names."""

import pytest

from contractor_ops.figures.crew import Technicians
from tests.views.sheets import tables

CREW = [{"Technician": "Mike Torres", "Phone": ""}, {"Technician": "Sam Whitaker", "Phone": ""}, {"Technician": "Kim Doyle", "Phone": ""}, {"Technician": "Kim Park", "Phone": ""},
        {"Technician": "Sam Old", "Phone": "", "Active": "No"}, {"Technician": "Reed and Sons", "Phone": ""}]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "crew"),
    [
        ("Mike Torres", ["Mike Torres"]), ("Torres, Mike", ["Mike Torres"]), ("mike  torres", ["Mike Torres"]), ("Mike", ["Mike Torres"]),
        ("Mike T.", ["Mike Torres"]), ("Mike X.", ["Mike X."]), ("Mike Torres, Sam Whitaker", ["Mike Torres", "Sam Whitaker"]),
        ("Mike Torres / Sam Whitaker", ["Mike Torres", "Sam Whitaker"]), ("Mike and Sam", ["Mike Torres", "Sam Whitaker"]),
        ("MIKE AND SAM", ["Mike Torres", "Sam Whitaker"]), ("Mike/Sam", ["Mike Torres", "Sam Whitaker"]), ("Mike | Mike Torres", ["Mike Torres"]),
        ("Kim", ["Kim"]), ("Kim P", ["Kim Park"]), ("Kim Doyle + Kim P.", ["Kim Doyle", "Kim Park"]), ("Reed and Sons", ["Reed and Sons"]),
        ("Sam Old", ["Sam Old"]), ("Ana Ruiz", ["Ana Ruiz"]), ("Ana Ruiz, TBD", ["Ana Ruiz"]), ("TBD", []), ("n/a", []), (None, []), ("", []),
    ],
)  # fmt: skip
def test_a_cell_names_people_as_the_table_has_them(cell: str | None, crew: list[str]) -> None:
    assert Technicians(tables(technicians=CREW)["technicians"].records).crew_of(cell) == tuple(crew)


def test_without_a_table_each_part_is_a_name() -> None:
    assert Technicians(()).crew_of("Mike Torres & Sam") == ("Mike Torres", "Sam")
