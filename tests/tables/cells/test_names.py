import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.tables.cells.names import clean_name, first_name, normal_name


@pytest.mark.parametrize(
    ("written", "name", "first"),
    [
        ("Ann Li", "Ann Li", "Ann"), ("Maria", "Maria", "Maria"), ("Li, Ann", "Ann Li", "Ann"), ("LI, ANN", "Ann Li", "Ann"), ("ANN LI", "Ann Li", "Ann"), ("ann li", "ann li", "Ann"),
        ("O'BRIEN, MARY-ANN", "Mary-Ann O'Brien", "Mary-Ann"), ("de la Cruz, Maria", "Maria de la Cruz", "Maria"), ("Li,  Ann Jr.", "Ann Li Jr.", "Ann"),
        ("Dr. Ann Li", "Dr. Ann Li", "Ann"), ("Ann Li Jr.", "Ann Li Jr.", "Ann"), ("Ann Li, Jr.", "Ann Li, Jr.", "Ann"),
        ("Mary Ann Li", "Mary Ann Li", "Mary"),
        ("José Núñez", "José Núñez", "José"), ("Ann Li (garage)", "Ann Li (garage)", "Ann"), ("JOHN SMITH III", "John Smith III", "John"),
        ("Ann & Bob Li", "Ann & Bob Li", "Ann and Bob"), ("Ann and Bob Li", "Ann and Bob Li", "Ann and Bob"),
    ],
)  # fmt: skip
def test_a_person_has_a_first_name(written: str, name: str, first: str) -> None:
    assert clean_name(written) == name
    assert first_name(written) == first


@pytest.mark.parametrize(
    "written",
    [
        "Foundry Distribution, Inc", "Sports Basement", "Carter Katz - REP", "Bluewater Pools LLC", "T/A Agency", "The House of Sireen", "Garrick Inc.",
        "Freeman Sporting Goods:55 Twin Lane", "Customer 04, T/A Agency", "Smith, Jones & Brown", "Johnson & Johnson", "Grace Lutheran Church",
        "Oak Park HOA",
        "Katz Property Management", "Evans Family", "Austin, TX", "TACTICS", "cash", "walk-in", "unknown", "Mr. and Mrs. Evans",
        "Mr. Evans", "J. Li",
        "Li, Ann & Bob", "ann@mail.example", "Pye's Cakes", "Books by Bessie", "Lee Advertising", "Prairie Path Montessori", "Lincoln Park Preschool", "Archer Tire",
    ],
)  # fmt: skip
def test_who_may_be_no_single_person_is_kept_as_written_and_not_called_by_a_first_name(written: str) -> None:
    assert clean_name(written) == written
    assert first_name(written) is None


@pytest.mark.parametrize("written", ["", None, "  ", "-", "–", "n/a"])
def test_no_name_is_unknown(written: str | None) -> None:
    assert clean_name(written) is None
    assert first_name(written) is None
    assert normal_name(written) == ""


def test_names_compare_equal_whatever_their_order_case_and_punctuation() -> None:
    assert normal_name("Li, Ann") == normal_name("ANN LI") == normal_name("ann  li.") == "ann li"
    assert normal_name("Núñez & Sons, Inc.") == normal_name("nunez and sons inc") == "nunez and sons inc"
    assert normal_name("Ann Li") != normal_name("Ann Lin")


@given(st.text())
def test_cleaning_a_name_never_raises_and_comparing_is_stable(text: str) -> None:
    cleaned = clean_name(text)
    first_name(text)
    assert cleaned is None or cleaned.strip() == cleaned != ""
    assert normal_name(normal_name(text)) == normal_name(text)
