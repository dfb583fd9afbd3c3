"""What a note lacks: by the job's kind, by its columns, by its text."""

from decimal import Decimal
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.config import JobType, NotesPart
from contractor_ops.notes.needs import SAID, Missing, missing, needs_of, sentence
from contractor_ops.notes.points import DEFAULT_NEEDS, Point
from contractor_ops.tables.record import Place, Problem, Record
from tests.notes.corpus import LETTERS, NOTES

EVERYTHING = NotesPart(needs=tuple(LETTERS.values()))
WHOLE: dict[str, Any] = {"notes": "Cleaned the coil", "hours": Decimal(2), "parts": "none", "photos": "3", "signature": "Yes"}


def job(**cells: Any) -> Record:
    return Record("jobs", cells, Place("jobs.csv", None, 2))


DEFAULT = NotesPart()


def lacks(part: NotesPart = DEFAULT, **cells: Any) -> list[str]:
    return [one.point for one in missing(job(**cells), part)]


# ── the text ──


@pytest.mark.parametrize(("note", "tells"), NOTES, ids=[note[:60] or "blank" for note, _ in NOTES])
def test_what_a_note_tells(note: str, tells: str) -> None:
    told = {point for letter, point in LETTERS.items() if letter in tells}
    assert set(LETTERS.values()) - set(lacks(EVERYTHING, notes=note, technician="Luis Ortega")) == told


def test_there_are_notes_enough_and_each_point_is_told_and_only_seemingly_told() -> None:
    assert len(NOTES) >= 250 and len({note for note, _ in NOTES}) == len(NOTES)
    for letter in LETTERS:
        assert 5 <= sum(letter in tells for _, tells in NOTES) <= len(NOTES) - 100


def test_what_the_technician_answered_counts_as_the_note() -> None:
    assert lacks(notes="fixed it", answers="5012: cleaned the coil, 2 hrs, no parts, pics in the app, cust signed") == []
    assert lacks(notes=None, answers="2 hrs") == ["work", "parts", "photos", "signature"]


HEAD = "[2026-11-20 16:20 Sam Whitaker]"


@pytest.mark.parametrize(("point", "answer", "enough"), [
    ("hours", "2.5", True), ("hours", "J-5012: 2.5", True), ("hours", "J-5012 2", True), ("hours", "about 3", True), ("hours", "1 1/2", True), ("hours", "two", True), ("hours", "none", False), ("hours", "0", False), ("hours", "J-5012", False),
    ("hours", "ask Luis", False), ("hours", "truck broke down, running late to the next job", False), ("hours", "5012", False),
    ("parts", "none", True), ("parts", "J-5012: none", True), ("parts", "No.", True), ("parts", "0", True), ("hours", "0.0", False), ("parts", "2.5", False), ("parts", "who is this", False),
    ("photos", "yes", False), ("photos", "none", False), ("signature", "no", False), ("work", "2.5", False), ("work", "ask Luis", False), ("work", "truck broke down, running late to the next job", False), ("work", "who is this", False),
])  # fmt: skip
def test_a_bare_answer_is_enough_where_only_one_thing_was_asked(point: Point, answer: str, enough: bool) -> None:
    part = NotesPart(needs=(point,))
    assert (lacks(part, number="J-5012", answers=f"{HEAD} {answer}") == []) is enough
    assert (lacks(part, number="J-5012", answers=f"{HEAD} ask Kim\n{HEAD} {answer}") == []) is enough
    assert lacks(NotesPart(needs=(point, "model")), number="J-5012", answers=f"{HEAD} {answer}") == [point, "model"]


def test_who_answered_and_when_says_nothing_of_the_work() -> None:
    assert lacks(answers=f"{HEAD} J-5012: ok", number="J-5012", technician="Luis Ortega") == list(DEFAULT_NEEDS)


@pytest.mark.parametrize("order", list(permutations(("hours", "parts", "photos", "signature", "payment"), 3)))
def test_texts_have_no_commas(order: tuple[Point, ...]) -> None:
    """A "no" reaches its own word only, whatever stands beside it."""
    ways = {
        "hours": ["2 hours", "2.5 hrs", "3h"], "parts": ["no parts", "used 2 filters", "replaced capacitor"], "photos": ["3 photos", "pics uploaded"],
        "signature": ["cust signed", "sig on paper"], "payment": ["paid cash", "no charge"],
    }  # fmt: skip
    for words in product(*(ways[point] for point in order)):
        assert set(lacks(NotesPart(needs=tuple(ways)), notes=" ".join(words))) == {*ways} - {*order}, words  # type: ignore[arg-type]


# ── the columns ──


def test_a_whole_job_lacks_nothing_and_a_bare_one_everything() -> None:
    assert lacks(**WHOLE) == [] and lacks() == list(DEFAULT_NEEDS)


@pytest.mark.parametrize(("cells", "given"), [
    ({"hours": Decimal("0.25")}, True), ({"hours": Decimal(0)}, False), ({"hours": Decimal(-2)}, False), ({"hours": None}, False),
    ({"arrived_at": "9:05", "left_at": "11:30"}, True), ({"arrived_at": "9:05"}, False), ({"left_at": "11:30"}, False),
    ({"hours": Decimal(0), "arrived_at": "9:05", "left_at": "11:30"}, True), ({"arrived_at": "?", "left_at": "tbd"}, False),
    ({"starts_at": "9:05", "ends_at": "11:30", "scheduled_on": "x", "completed_on": "y"}, False),
])  # fmt: skip
def test_hours_worked_are_a_number_or_an_arrival_and_a_finish_never_the_schedule(cells: dict[str, Any], given: bool) -> None:
    assert ("hours" in lacks(**(WHOLE | {"hours": None} | cells))) is not given


@pytest.mark.parametrize(
    ("written", "given"), [("2 hrs, 15 min", True), ("about 2", True), ("2h15", True), ("later", False), ("see card", False)]
)
def test_hours_that_are_no_number_are_read_as_words(written: str, given: bool) -> None:
    record = job(**(WHOLE | {"hours": None}))
    record.problems = {"hours": Problem("jobs.csv", None, 2, "Hours", written, "This is no number.")}
    assert (missing(record, NotesPart()) == ()) is given


@pytest.mark.parametrize(("point", "cells", "given"), [
    ("parts", {"parts": "none"}, True), ("parts", {"parts": "None"}, True), ("parts", {"parts": "filter 16x25x1"}, True), ("parts", {"parts": "0"}, True),
    ("parts", {"parts": "2 x contactor"}, True), ("parts", {"parts": "TBD"}, False), ("parts", {"parts": "to follow"}, False), ("parts", {"parts": ""}, False),
    ("photos", {"photos": "3"}, True), ("photos", {"photos": "yes"}, True), ("photos", {"photos": "x"}, True), ("photos", {"photos": "https://pics.example/5012"}, True),
    ("photos", {"photos": "0"}, False), ("photos", {"photos": "0.0"}, False), ("photos", {"photos": "No"}, False), ("photos", {"photos": "to follow"}, False), ("photos", {"photos": "none"}, False), ("photos", {"photos": "12"}, True),
    ("signature", {"signature": "Yes"}, True), ("signature", {"signature": "Ann Li"}, True), ("signature", {"signature": "11/20/2026"}, True), ("signature", {"signature": "Noah Lee"}, True), ("signature", {"signature": "X"}, True),
    ("signature", {"signature": "No"}, False), ("signature", {"signature": "pending"}, False), ("signature", {"signature": "not home"}, False), ("signature", {"signature": "Customer not home"}, False), ("signature", {"signature": "N"}, False),
    ("signature", {"signature": "no - nobody there"}, False), ("signature", {"signature": "?"}, False), ("signature", {"signature": "Unsigned"}, False), ("signature", {"signature": "Nora Nance"}, True), ("signature", {"signature": "refused"}, False),
    ("readings", {"readings": "118/325"}, True), ("readings", {"readings": "0 ppm CO"}, True), ("readings", {"readings": "none"}, False), ("readings", {"readings": "not taken"}, False),
    ("model", {"model": "GX-80", "serial": "F123456"}, True), ("model", {"equipment": "Furnace Halvorsen GX-80, F123456"}, True), ("model", {"equipment": "Furnace"}, False), ("model", {"model": "GX-80"}, False), ("model", {"serial": "F123456"}, False),
    ("model", {"model": "GX-80", "notes": "Cleaned coil, S/N F123456"}, True), ("model", {"serial": "F123456", "notes": "Cleaned coil, model GX-80"}, True),
    ("payment", {"payment": "check 1042"}, True), ("payment", {"payment": "Cash"}, True), ("payment", {"payment": "$250.00"}, True), ("payment", {"payment": "No"}, False), ("payment", {"payment": "pending"}, False), ("payment", {"payment": "0"}, False), ("payment", {"payment": "unpaid"}, False),
    ("follow-up", {"follow_up": "No"}, True), ("follow-up", {"follow_up": "Yes"}, True), ("follow-up", {"follow_up": "back on Tuesday"}, True), ("follow-up", {"follow_up": "?"}, False), ("follow-up", {"follow_up": None}, False),
])  # fmt: skip
def test_a_point_is_given_by_its_column(point: Point, cells: dict[str, Any], given: bool) -> None:
    assert (lacks(NotesPart(needs=(point,)), **cells) == []) is given


def test_a_column_that_says_no_is_made_good_by_the_note() -> None:
    assert lacks(**(WHOLE | {"signature": "No", "notes": "Cleaned coil. Signature on paper, cust signed at the door."})) == []


# ── the kind of job ──

PART = NotesPart(
    needs=("work", "hours"),
    job_types={"Tune-up": JobType(also=("readings",)), "Warranty": JobType(needs=("photos",)), "AC install": JobType(needs=("work",), also=("model", "payment", "work"))},
)  # fmt: skip


@pytest.mark.parametrize(("kind", "needs"), [
    ("Tune-up", ["work", "hours", "readings"]), ("tune up", ["work", "hours", "readings"]), ("TUNEUP", ["work", "hours", "readings"]), ("Warranty", ["photos"]),
    ("AC Install.", ["work", "model", "payment"]), ("Repair", ["work", "hours"]), ("", ["work", "hours"]), ("Tune-up deluxe", ["work", "hours"]),
])  # fmt: skip
def test_what_a_kind_of_job_needs(kind: str, needs: list[str]) -> None:
    assert list(needs_of(kind, PART)) == needs == lacks(PART, job_type=kind or None)


def test_a_name_of_signs_only_is_no_kind() -> None:
    assert needs_of("--", NotesPart(job_types={"!!": JobType(needs=())})) == DEFAULT_NEEDS


# ── how it is said ──


def test_what_is_missing_stands_in_a_sentence() -> None:
    found = missing(job(**(WHOLE | {"hours": None, "photos": "0", "signature": "No"})), NotesPart())
    assert found == (Missing("hours", "hours"), Missing("photos", "photos"), Missing("signature", "a signature"))
    assert (
        sentence(found) == "hours, photos and a signature"
        and sentence(found[:1]) == "hours"
        and sentence(found[1:]) == "photos and a signature"
    )


def test_half_of_a_machines_name_is_asked_for() -> None:
    part = NotesPart(needs=("model",))
    assert (
        sentence(missing(job(model="GX-80"), part)) == "the serial number"
        and sentence(missing(job(serial="F1234"), part)) == "the model number"
    )
    assert sentence(missing(job(), part)) == "model and serial number"


def test_no_phrase_has_a_word_of_another_point() -> None:
    for point, said in SAID.items():
        for other in {*SAID} - {point}:
            assert not any(other.startswith(word) or word.startswith(other) for word in said.replace("-", " ").split() if len(word) > 3), (
                said,
                other,
            )


# ── whatever is written ──


@given(st.text(max_size=300), st.text(max_size=40))
def test_no_text_is_too_odd(note: str, cell: str) -> None:
    record = job(notes=note, parts=cell, photos=cell, signature=cell, payment=cell, readings=cell, model=cell, serial=cell, follow_up=cell)
    found = missing(record, EVERYTHING)
    assert found == missing(record, EVERYTHING) and {one.point for one in found} <= set(LETTERS.values())


@given(
    st.sampled_from([note for note, _ in NOTES if note]),
    st.sampled_from([" ", "\n", "🔧 ", "  \t"]),
    st.sampled_from([str.upper, str.lower, str]),
)
def test_case_blanks_and_signs_do_not_matter(note: str, sign: str, case: Any) -> None:
    before, after = lacks(EVERYTHING, notes=note), lacks(EVERYTHING, notes=f"{sign}{case(note)}{sign}")
    assert before == after


def test_a_long_note_is_read_to_its_end() -> None:
    assert lacks(notes="Customer told me a long story. " * 600 + "Cleaned coil. 2 hrs. No parts. Pics in app. Cust signed.") == []
