"""Nothing that a customer must not read is shown to him, however it is put; work that sounds like it is. The notes stand in leaks.py."""

import pytest

from contractor_ops.notes.clean import CleanNote, clean_note
from contractor_ops.notes.words import read_words
from tests.notes.leaks import FURTHER, LATER, STAYS, TOLD

WORDS = read_words((), {})
WHOLE_CARD = "4242 4242 4242 4242"


def clean(note: str) -> CleanNote:
    return clean_note(note, WORDS)


@pytest.mark.parametrize(("note", "secret"), TOLD + FURTHER + LATER)
def test_it_is_kept_out(note: str, secret: str) -> None:
    found = clean(note)
    assert secret.lower() not in found.clean.lower()
    assert any(secret.lower() in remark.words.lower() for remark in found.internal)


@pytest.mark.parametrize("note", STAYS)
def test_work_that_sounds_like_it_is_shown(note: str) -> None:
    assert clean(note).internal == ()


@pytest.mark.parametrize(
    "number",
    ["4242424242424242", "4242-4242-4242-4242", WHOLE_CARD, "4242.4242.4242.4242", "4242, 4242, 4242, 4242", "3782 822463 10005", "6304 0000 0000 0000", "4222222222222", "123-45-6789"],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "repl fuse. {}. ok", "CC {} repl fuse", "repl fuse\n{}\nok", "fc 3 cc {}", "s/n {}"])
def test_the_number_of_a_card_or_a_person_is_always_kept_out_and_told(number: str, around: str) -> None:
    found = clean(around.format(number))
    figures = number.replace("-", " ").replace(".", " ").replace(",", " ").split()
    assert not any(group in found.clean for group in figures)
    assert "combined chlorine" not in found.clean.lower()
    assert "kept out because it may be the number of a card or of a person" in {one.why for one in found.unsure}


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        (f"repl fuse. {WHOLE_CARD}, exp 04/28, cvv 123. tested", "Replaced fuse. Tested."),
        (f"repl fuse. exp 04/28, {WHOLE_CARD}", "Replaced fuse."),
        (f"repl fuse. mc {WHOLE_CARD} exp. date 12/2028, tested", "Replaced fuse. Tested."),
        ("our cost 45, charge 250. repl fuse", "Replaced fuse."),
    ],
)
def test_what_stands_beside_it_goes_with_it(note: str, shown: str) -> None:
    assert clean(note).clean == shown


@pytest.mark.parametrize(
    "note",
    [
        "Readings 1210 1250 1240 1260 rpm.",
        "Model 4242 4242.",
        "Serial 4242424242424241.",
        "Part 12-345-6789.",
        "Checked 120 208 240 480 volts.",
    ],
)
def test_other_figures_in_groups_stay(note: str) -> None:
    assert clean(note).internal == ()


@pytest.mark.parametrize("maker", ["Lennox", "Trane", "Pentair"])
def test_a_maker_is_no_other_customer(maker: str) -> None:
    assert clean(f"Used wiring diagram from {maker} install manual.").internal == ()


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("chg 6 lb 4 oz 410a", "Charged 6 lb 4 oz 410a."), ("chg 6lb 4oz r410a", "Charged 6lb 4oz r410a."), ("chgd 3 lbs r22", "Charged 3 lbs r22."),
        ("chg 2 fltrs", "Changed 2 filters."), ("chgd 20x25x2", "Changed 20x25x2."), ("need to chg 2 lb 410a", "Need to charge 2 lb 410a."),
        ("3/4 in. cplg", "3/4 in coupling."), ("repl 3/4 in. cplg, tested", "Replaced 3/4 in coupling, tested."), ("plugged 3 in. Tested ok", "Plugged 3 in. Tested OK."),
        ("😀 repl fuse", "😀 Replaced fuse."), ("🔧 chk chrg", "🔧 Checked charge."), ("µ", "µ."),
    ],
)  # fmt: skip
def test_what_was_written_is_not_bent(note: str, shown: str) -> None:
    assert clean_note(note, WORDS, job_type="AC repair").clean == shown
