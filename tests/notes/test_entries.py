"""Stacked entries are split where a date, a time and a name begin a new one; a date in a sentence begins none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.notes.clean import clean_note
from contractor_ops.notes.entries import entries_of
from contractor_ops.notes.words import read_words

WORDS = read_words((), {})


def heads(note: str) -> list[tuple[str | None, str | None]]:
    return [(part.when, part.author) for part in entries_of(note, lambda word: word.lower() in {"ac", "arrived", "psi"})]


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("11/20 LO: no heat… 11/21 9:15 SW - repl sensor", [("11/20", "LO"), ("11/21 9:15", "SW")]),
        ("[2026-11-20 09:15 Luis Ortega] a [2026-11-21 10:00 Sam] b", [("2026-11-20 09:15", "Luis Ortega"), ("2026-11-21 10:00", "Sam")]),
        ("[11/20/2026 9:15 AM] Luis Ortega: a\n[11/21/2026] Sam: b", [("11/20/2026 9:15 AM", "Luis Ortega"), ("11/21/2026", "Sam")]),
        ("11/21 SW - newest first\n11/20 LO - oldest last", [("11/21", "SW"), ("11/20", "LO")]),
        ("11/20 LO - a; 11/21 SW - b; 11/22 LO - c", [("11/20", "LO"), ("11/21", "SW"), ("11/22", "LO")]),
        ("11/20/26 9:15am LO: a 11/21/26 2pm SW: b", [("11/20/26 9:15am", "LO"), ("11/21/26 2pm", "SW")]),
        ("LO 11/20: a\nSW 11/21: b", [("11/20", "LO"), ("11/21", "SW")]),
        ("Luis Ortega 11/20/2026 9:15 AM: a\nSam W. 11/21/2026 - b", [("11/20/2026 9:15 AM", "Luis Ortega"), ("11/21/2026", "Sam W.")]),
        ("11/20/2026 09:15 AM Luis Ortega (Technician)\na\n\n11/21/2026 Sam White (Office)\nb", [("11/20/2026 09:15 AM", "Luis Ortega"), ("11/21/2026", "Sam White")]),
        ("Luis Ortega - 11/20/2026\na", [("11/20/2026", "Luis Ortega")]),
        ("20 Nov 2026 - Luis: a\nNov 21 SW: b\nMon 11/23 LO: c", [("20 Nov 2026", "Luis"), ("Nov 21", "SW"), ("Mon 11/23", "LO")]),
        ("2026-11-20T09:15 Luis: a", [("2026-11-20T09:15", "Luis")]),
        ("11/20: a\n11/21: b", [("11/20", None), ("11/21", None)]),
        ("11/20 a\n11/21 b", [("11/20", None), ("11/21", None)]),
        ("a\n----\nb\n=====\nc", [(None, None), (None, None), (None, None)]),
        ("-- 11/20 LO --\na\n-- 11/21 SW --\nb", [("11/20", "LO"), ("11/21", "SW")]),
        ("came at ten. 11/20 LO: a", [(None, None), ("11/20", "LO")]),
    ],
)  # fmt: skip
def test_stacked_entries_are_split(note: str, found: list[tuple[str | None, str | None]]) -> None:
    assert heads(note) == found


@pytest.mark.parametrize(
    "note",
    [
        "filter changed 11/20", "filter changed 11/20 by LO, all ok 11/21", "insp passed 11/14. LO: ok", "on 11/20 replaced. on 11/21 returned", "11/20 repl cap",
        "3/4 PVC replaced\n1/2 copper run", "16x25 filter 11/20 and 11/21", "Arrived 9:15. Left 10:30", "11/20 AC: no cooling", "ran 6/2 romex - 45 ft",
        "13/45 - size", "call back 11/20 at 9:15 for heat", "", "no date", "99/99 LO: a",
    ],
)  # fmt: skip
def test_a_date_in_a_sentence_begins_no_entry(note: str) -> None:
    assert all(found == (None, None) for found in heads(note))


@pytest.mark.parametrize("note", ["CHANGEOUT RH ENG 25/01/08", "Offsite Repair RH120E May 09", "Pump changed 11/20/26", "11/20/26 Luis"])
def test_a_date_with_nothing_behind_it_heads_nothing_and_is_shown(note: str) -> None:
    shown = clean_note(note, WORDS).clean
    assert note.split()[-1] in shown
    assert heads(note) == [(None, None)]


def test_an_entry_with_a_date_inside_is_one_entry() -> None:
    assert heads("11/21/26 SW: filter changed 11/20. Next due 2/20/27: call") == [("11/21/26", "SW")]


def test_heads_are_shown_as_written_and_an_entry_of_which_nothing_is_left_is_not_shown() -> None:
    found = clean_note("11/20 LO: gate code 4411\n11/21 9:15 SW - repl sensor", WORDS)
    assert found.clean == "11/21 9:15 SW - Replaced sensor."
    assert [(entry.when, entry.author, entry.clean) for entry in found.entries] == [
        ("11/20", "LO", ""), ("11/21 9:15", "SW", "Replaced sensor."),
    ]  # fmt: skip
    assert found.entries[0].original == "11/20 LO: gate code 4411"


def test_a_head_that_no_mark_ends_stands_on_its_own_line() -> None:
    assert clean_note("11/20/2026 repl sensor\n11/21/2026 chk filter", WORDS).clean.splitlines()[:2] == ["11/20/2026", "Replaced sensor."]


@given(
    st.lists(
        st.sampled_from(["11/20 ", "LO: ", "SW - ", "\n", "[2026-11-20 ", "Luis] ", "a ", "9:15 ", "----\n", ". ", "(", "Nov 20 ", "3/4 "]),
        max_size=30,
    )
)
def test_no_word_is_lost_between_entries(pieces: list[str]) -> None:
    note = "".join(pieces)
    kept = "".join(f"{part.head}{part.text}" for part in entries_of(note, lambda _: False))
    marks = str.maketrans("", "", "-=_*#~ \n")
    assert kept.translate(marks) == note.translate(marks)
