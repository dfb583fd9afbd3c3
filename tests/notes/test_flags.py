"""What a note lets slip, and notes that only sound like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.notes.flags import flags_in
from contractor_ops.notes.points import FLAGS
from tests.notes.flag_corpus import NOTES

SLIPS = (
    ("damage", "hit sprinkler head w/ trencher, will replace"),
    ("damage", "water stain on ceiling from leak above"),
    ("safety", "gas odor in bsmt, called peoples gas"),
    ("safety", "hx has crack, shut down furnace"),
    ("safety", "panel bus burnt, arcing at main lug"),
    ("return-visit", "ret trip req'd, need 3/4 ball valve"),
    ("return-visit", "wtg on part"),
    ("return-visit", "couldn't finish, will come back mon"),
    ("angry-customer", "HO mad about price"),
    ("angry-customer", "cust upset we were late"),
    ("warranty", "warr claim comp"),
    ("warranty", "poss wty on blower mtr"),
    ("upsell", "cust wants quote for new ac"),
    ("upsell", "interested in maint plan"),
    ("upsell", "quoted new panel upgrade"),
    ("damage", "cracked tile in shower when removing valve"),
    ("safety", "water leaking into panel"),
    ("return-visit", "need f/u to check charge"),
    ("angry-customer", "refused to pay, says not fixed"),
    ("safety", "Smells of gas at furnace"),
    ("safety", "Burnt wiring at the disconnect"),
    ("damage", "Scratched the hardwood while moving the unit"),
    ("damage", "water damage to ceiling below"),
    ("angry-customer", "Customer very upset about the third visit"),
    ("warranty", "under warranty, file claim"),
    ("return-visit", "need to return with the part"),
    ("upsell", "customer interested in quote for new water heater"),
    ("safety", "huele a gas en la cocina"),
)
NOTHING = """
Replaced flame sensor, cycled 5 times, runs as it should.
Contactor pitted and capacitor weak, replaced both. Charge is right.
Drain was blocked. Flushed it, levelled the pan, no more water.
Found roof leak at chimney flashing, resealed.
Patched 3 damaged shingles after storm
Return air temp 72, supply 53, split 19
Customer to call back for scheduling
Explained warranty to customer, 10 yr parts 1 yr labor
Checked smoke and CO detectors, all good. CO 0 ppm
Tightened loose neutral, tested all outlets
Cleaned pool filter, pH 7.4, chlorine 3 ppm, salt 3100
Installed GFCI at kitchen counter and tested
Installed new hardwood floor register
Replaced broken toilet handle
Filter dirty, recommended changing every 3 months
Customer requested morning appt
Customer happy, paid check 1042
Leak at shutoff under sink repaired, dry now
Left door hanger, nobody home
Wore fall protection on the roof
Went back to the shop for parts, finished same day
Replaced wet ceiling tile per quote
Hot water heater leaking, replaced with 50 gal
Gate code 4410 dog in yard
Pulled permit, passed inspection
Customer complained of no heat, found tripped limit
Customer wants thermostat set at 70
Ordered by Mike at front desk
Burner flames blue, CO reading 0 in flue
Rep'l burnt contactor
Water heater flue draws well, no backdraft
Changed battery in thermostat
Second visit, finished wiring
Unit was low on charge, added 2 lb R-410A, leak searched, none found
Reset GFCI on pool light
Breaker trips with microwave, spread the load on 2 circuits
New owner, old records under Smith
Vacuumed pool, backwashed, added acid
Adjusted door, works good
No GFCI tripping after 30 min
Estimate was approved, started demo
no odor, no leak at meter
roof decking solid, no soft spots
no return visit needed
replaced damaged capacitor
safety switch replaced
customer was not upset
not under warranty
"""


@pytest.mark.parametrize(("note", "flags"), NOTES, ids=[note[:60] for note, _ in NOTES])
def test_a_note_raises_just_its_flags(note: str, flags: str) -> None:
    found = flags_in(note)
    assert {flag.name for flag in found} == set(flags.split()), found
    assert all(flag.words in note for flag in found)


def test_there_are_notes_enough_of_each_kind() -> None:
    assert len(NOTES) >= 450 and len({note for note, _ in NOTES}) == len(NOTES)
    assert all(sum(name in flags.split() for _, flags in NOTES) >= 20 for name in FLAGS)
    assert sum(not flags for _, flags in NOTES) >= 250


@pytest.mark.parametrize(("name", "note"), SLIPS)
def test_the_note_raises_the_flag_with_its_own_words(name: str, note: str) -> None:
    words = {flag.name: flag.words for flag in flags_in(f"Cleaned the coil, tested. {note}")}
    assert name in words
    assert words[name].lower() in note.lower()  # type: ignore[index]


@pytest.mark.parametrize("note", NOTHING.strip().split("\n"))
def test_the_note_raises_no_flag(note: str) -> None:
    assert flags_in(note) == ()


def test_the_gravest_flag_stands_first_and_each_once() -> None:
    found = flags_in("Customer interested in a quote. Smells of gas, gas odor in the hall. Customer is mad.")
    assert [flag.name for flag in found] == ["safety", "angry-customer", "upsell"]


def test_all_different_words_that_raise_a_flag_are_kept() -> None:
    [danger] = flags_in("Smells of gas. Cleaned coil. Furnace red tagged. SMELLS OF GAS again.")
    assert (danger.words, danger.also, danger.all_words) == ("Smells of gas", ("red tagged",), ("Smells of gas", "red tagged"))


def test_a_no_holds_for_its_own_clause() -> None:
    assert [flag.words for flag in flags_in("No gas leak at the meter. Gas leak at the stove.")] == ["Gas leak"]


@given(st.text(max_size=400))
def test_any_text_may_be_asked(text: str) -> None:
    assert {flag.name for flag in flags_in(text)} <= set(FLAGS)


def test_a_long_note_is_looked_through() -> None:
    assert [flag.name for flag in flags_in("cleaned coil and tested. " * 900 + "Smells of gas.")] == ["safety"]
