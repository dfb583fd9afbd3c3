"""What a customer must not read is kept out with what belongs to it; ordinary work is not. The phrases stand in the test."""

import pytest

from contractor_ops.notes.clean import CleanNote, clean_note
from contractor_ops.notes.internal import compiled
from contractor_ops.notes.words import Words, add_own

OWN = b"""
[verbs]
replace = { short = ["repl"], noun = "replacement" }
check = { short = ["chk"], noun = "check" }
[nouns]
cust = { means = "customer", who = true }
chrg = "charge"
[keep]
words = ["capacitor", "lockbox"]
[internal.access]
clause = ["gate|door|alarm code|pin", "(lock box|lockbox)"]
sentence = ["key is? under|behind"]
never = ["gate valve", "alarm code on"]
[internal.customer]
sentence = ["customer .. pain|rude"]
[internal.price]
clause = ["$", "told her #"]
doubt = ["discount"]
[internal.office]
sentence = ["don't tell .. customer"]
line = ["office:"]
never = ["front office:"]
"""
WORDS = Words()
add_own(WORDS, {"own.toml": OWN})


def clean(note: str) -> CleanNote:
    return clean_note(note, WORDS)


def kept(note: str) -> list[tuple[str, str]]:
    return [(remark.kind, remark.words) for remark in clean(note).internal]


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("gate code 4411, repl capacitor", "Replaced capacitor."),
        ("gate code, 4411. repl capacitor", "Replaced capacitor."),
        ("gate code, 4411, then #, repl capacitor", "Replaced capacitor."),
        ("gate code\n4411\nrepl capacitor", "Replaced capacitor."),
        ("4411, gate code. repl capacitor", "Replaced capacitor."),
        ("repl capacitor (gate code 4411)", "Replaced capacitor."),
        ("repl capacitor. used 4411 to get in. gate code 4411", "Replaced capacitor."),
        ("lockbox on rail, code 4411. repl capacitor", "Replaced capacitor."),
        ("repl capacitor. 4411# at keypad", "Replaced capacitor."),
        ("key's under the mat, left of the door. repl capacitor", "Replaced capacitor."),
        ("cust is a real pain, because she yells. repl capacitor", "Replaced capacitor."),
        ("cust is rude and she yells", ""),
        ("repl capacitor, cust is rude, she yells a lot, chk chrg", "Replaced capacitor. Checked charge."),
        ("repl capacitor, don't tell the cust", ""),
        ("repl capacitor. told her 450, normally 500", "Replaced capacitor."),
        ("repl capacitor. $450 cash", "Replaced capacitor."),
        ("repl capacitor 450 bucks", ""),
        ("repl capacitor. office: order a motor, chk chrg. 2 men\nchk chrg", "Replaced capacitor.\nChecked charge."),
        ("repl capacitor office: order a motor", "Replaced capacitor."),
        ("office - order a motor", ""),
        ("call Sam 312-555-0134. repl capacitor", "Replaced capacitor."),
        ("(312) 555 0134 is the tech, repl capacitor", "Replaced capacitor."),
        ("cust is rude, and repl capacitor", "Replaced capacitor."),
    ],
)
def test_internal_remarks_are_kept_out(note: str, shown: str) -> None:
    assert clean(note).clean == shown


@pytest.mark.parametrize(
    "note",
    [
        "Replaced gate valve.", "Alarm code on the panel 33.", "Front office: vent closed.", "Charged system with 2 lb R-410A.", "Customer advised.",
        "Checked lock-out relay.", "Opened the gate.", "Key switch replaced.", "Model 4411 fitted.", "Serial 312-555-01.",
    ],
)  # fmt: skip
def test_ordinary_work_is_not(note: str) -> None:
    assert clean(note).clean == note
    assert kept(note) == []


def test_each_remark_says_why_in_the_words_that_were_written() -> None:
    note = "Gate CODE: 4411; repl capacitor. Cust is rude! $450."
    assert kept(note) == [("access", "Gate CODE: 4411;"), ("customer", "Cust is rude!"), ("price", "$450.")]


def test_a_person_is_asked_where_work_stands_in_what_is_kept_out_and_where_part_of_a_sentence_is_shown() -> None:
    doubts = {doubt.words: doubt.why for doubt in clean("gate code 4411 repl capacitor. chk chrg, $450").unsure}
    assert doubts == {
        "gate code 4411 repl capacitor.": "kept out whole, though it may also tell of work",
        "chk chrg,": "only this part of its sentence is shown",
    }


def test_what_is_doubtful_is_kept_out_and_asked() -> None:
    found = clean("gave a discount. repl capacitor")
    assert found.clean == "Replaced capacitor."
    assert [doubt.why for doubt in found.unsure] == ["kept out because it may be about prices"]


def test_a_code_is_found_again_wherever_it_stands() -> None:
    found = clean("gate code 4411\nrepl capacitor\nused 4411 again\nmodel 4412")
    assert found.clean == "Replaced capacitor.\nModel 4412."


@pytest.mark.parametrize(
    ("phrase", "text", "fits"),
    [
        ("a|b c", "b c ", True), ("a|b c", "a b ", False), ("a b? c", "a c ", True), ("(a b|c) d", "a b d ", True), ("(a b|c) d", "c d ", True),
        ("(a b|c) d", "a d ", False), ("a .. d", "a b c d ", True), ("a .. d", "a b c x y d ", False), ("ab*", "abc ", True), ("ab*", "ac ", False),
        ("#", "x3 ", True), ("#", "x ", False), ("##", "a4411 ", True), ("##", "44 ", False), ("$", "$450 ", True), ("$", "450 dollars ", True), ("$", "450 ", False),
        ("office:", "office: ", True), ("office:", "office ", False), ("office", "office: ", True),
        ("#code", "4411 ", True), ("#code", "#4411# ", True), ("#code", "411 ", False), ("#code", "4411 psi ", False), ("#code", "24ACC4 ", False), ("#short", "12 ", True), ("#short", "4411 ", False),
        ("#price", "250 ", True), ("#price", "45.50 each ", True), ("#price", "2k for it ", True), ("#price", "6 lb ", False), ("a .", "a ", True), ("a .", "a b ", False), ("^ a", "a ", True),
    ],
)  # fmt: skip
def test_how_a_phrase_is_read(phrase: str, text: str, fits: bool) -> None:
    import re

    assert (re.match(compiled(phrase), text) is not None) is fits


def test_a_phrase_may_ask_for_the_beginning_of_a_clause() -> None:
    words = Words()
    add_own(words, {"own.toml": b'[internal.price]\nclause = ["^ charge #price"]'})
    assert clean_note("charge 250", words).clean == ""
    assert clean_note("trickle charge 250", words).internal == ()
