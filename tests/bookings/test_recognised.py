"""Which kind of job a type and a title name, without a word from the office."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.bookings.kinds import Kinds, find_kind, shipped_kinds

KINDS = Kinds({})


def kind(job_type: str, title: str = "") -> str | None:
    found = KINDS.find(job_type, title)
    return found.name if found else None


@pytest.mark.parametrize(
    ("job_type", "title", "name"),
    [
        ("Tune-up", "AC tune-up", "AC tune-up"),
        ("Tune-up", "Furnace tune-up", "Furnace tune-up"),
        ("Tune-up", "Boiler service", "Boiler tune-up"),
        ("Tune-up", "", "Tune-up"),
        ("TUNEUP", "spring", "AC tune-up"),
        ("A/C maintenance", "", "AC tune-up"),
        ("Repair", "No heat", "Heating repair"),
        ("Repair", "Condensate leak", "AC repair"),
        ("Repair", "Something rattles", "Service call"),
        ("Diagnostic", "", "Service call"),
        ("Furnace install", "Furnace replacement", "Furnace installation"),
        ("Furnace Install ", "per estimate 2041", "Furnace installation"),
        ("Install", "Furnace, 80k BTU", "Furnace installation"),
        ("", "Furnace & AC install", "Heating and cooling installation"),
        ("Mini-split install", "Ductless mini-split", "Heat pump installation"),
        ("Controls", "Thermostat replacement", "Thermostat installation"),
        ("Plumbing", "Clogged kitchen drain", "Drain cleaning"),
        ("Plumbing", "Install new 50 gal water heater", "Water heater installation"),
        ("Plumbing", "No hot water", "Water heater service"),
        ("Water heaters", "Replacement", "Water heater installation"),
        ("Electrical", "Breaker box upgrade 200A", "Electrical panel upgrade"),
        ("Electrical", "Tesla charger install", "EV charger installation"),
        ("Roofing", "Roof leak repair", "Roof repair"),
        ("Roofing", "Tear-off and re-roof", "Roof replacement"),
        ("Pool", "Winterize pool", "Pool closing"),
        ("Pools", "Opening", "Pool opening"),
        ("Remodelling", "Bath renovation", "Bathroom remodel"),
        ("Estimate", "Furnace replacement", "Estimate visit"),
        ("", "Quote for new furnace install", "Estimate visit"),
        ("", "Bathroom remodel as per quote 118", "Bathroom remodel"),
    ],
)
def test_a_kind_is_found(job_type: str, title: str, name: str) -> None:
    assert kind(job_type, title) == name


def test_the_type_is_the_offices_word_and_the_title_only_makes_it_more_exact() -> None:
    assert kind("AC install", "Water heater in the way") == "AC installation"
    assert kind("AC install", "Furnace and AC install") == "Heating and cooling installation"


def test_words_far_apart_or_of_two_sentences_are_not_put_together() -> None:
    assert kind("", "Faucet replace and check water heater") == "Fixture installation"
    assert kind("", "Water heater looked at. Install permit sign") is None
    assert kind("", "Water heater looked at, install permit sign in the hall") is None


@pytest.mark.parametrize("text", ["", " ", "-", "Heat pump", "Roof", "Misc", "Installation", "2026", "😀", "冷房"])
def test_what_says_too_little_is_no_kind(text: str) -> None:
    assert kind(text) is None and kind("", text) is None


@pytest.mark.parametrize("name", shipped_kinds())
def test_each_kind_is_found_by_its_own_name(name: str) -> None:
    assert kind(name) == kind("", name) == kind(name.upper(), name) == name


def test_accents_and_plurals_do_not_matter() -> None:
    assert kind("Fürnace tune-ups") == kind("furnaces tune up") == "Furnace tune-up"


@given(st.text(max_size=40), st.text(max_size=60))
def test_any_text_is_looked_up_and_twice_the_same(job_type: str, title: str) -> None:
    assert find_kind(job_type, title, {}) == KINDS.find(job_type, title)
