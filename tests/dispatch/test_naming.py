"""Who a cell of the technician column names."""

import pytest

from contractor_ops.dispatch.naming import crew_listed

from .rows import technician

CREW = [technician("Mike Torres"), technician("Sam Whitaker", 3), technician("Kim Doyle", 4), technician("Kim Park", 5),
        technician("Sam Old", 6, active=False), technician("Reed and Sons", 7), technician("Mike Torres", 8)]  # fmt: skip


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
    assert crew_listed(CREW).named(cell).everybody == tuple(crew)


def test_without_a_table_each_part_is_a_name() -> None:
    assert crew_listed([]).named("Mike Torres & Sam").everybody == ("Mike Torres", "Sam")


def test_only_those_of_the_table_are_technicians_and_the_rest_is_doubtful() -> None:
    named = crew_listed(CREW).named("Ana Ruiz, Sam")
    assert named.technicians == ("Sam Whitaker",)
    assert [doubt.partition(";")[0] for doubt in named.doubts] == ['"Ana Ruiz" is not in the technicians table']


@pytest.mark.parametrize(
    ("cell", "meant"), [("Mike Tores", "Mike Torres"), ("Sam Witaker", "Sam Whitaker"), ("Ana Ruiz", None), ("Sam Olt", None)]
)
def test_a_name_that_is_nearly_one_of_the_table_is_asked_about(cell: str, meant: str | None) -> None:
    (doubt,) = crew_listed(CREW).named(cell).doubts
    assert doubt == f'"{cell}" is not in the technicians table; ' + (
        f"did you mean {meant}? Write the name as it stands there, or add a row."
        if meant
        else "write the name as it stands there, or add a row."
    )


@pytest.mark.parametrize(("cell", "guesses"), [
    ("Mike Torr", ('"Mike Torr" is taken for Mike Torres.',)), ("Sam, Mike Torr", ('"Mike Torr" is taken for Mike Torres.',)),
    ("Mike", ()), ("Mike T.", ()), ("M. Torres", ()), ("Torres, Mike", ()), ("MT", ()), ("Ana Ruiz", ()), ("Kim", ()),
])  # fmt: skip
def test_a_name_that_stops_short_is_a_guess_and_a_first_name_or_an_initial_is_not(cell: str, guesses: tuple[str, ...]) -> None:
    assert crew_listed(CREW).named(cell).guesses == guesses
