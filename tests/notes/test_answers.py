"""Which job a technician's answer belongs to; what cannot be told goes to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.notes.answers import belongs_to, says_something

ASKED = ["J-5013", "J-5012"]


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("2.5 hrs, no parts", ["J-5012"], [("J-5012", "2.5 hrs, no parts")]),
        ("5012: 2.5 hrs, no parts", ASKED, [("J-5012", "5012: 2.5 hrs, no parts")]),
        ("J-5012 2.5 hrs no parts", ASKED, [("J-5012", "J-5012 2.5 hrs no parts")]),
        ("j-5012 - sig on paper", ASKED, [("J-5012", "j-5012 - sig on paper")]),
        ("#5012 sig on paper", ASKED, [("J-5012", "#5012 sig on paper")]),
        ("Job 5012: 3h", ASKED, [("J-5012", "Job 5012: 3h")]),
        ("sig is on paper for 5013", ASKED, [("J-5013", "sig is on paper for 5013")]),
        ("5012: 2.5 hrs no parts. 5013 sig on paper", ASKED, [("J-5012", "5012: 2.5 hrs no parts."), ("J-5013", "5013 sig on paper")]),
        (
            "5012 2 hrs\n5013 no parts\n5012 photos uploaded",
            ASKED,
            [("J-5012", "5012 2 hrs\n5012 photos uploaded"), ("J-5013", "5013 no parts")],
        ),
        ("2.5 hrs, no parts", ASKED, []),
        ("2 hrs. 5012: no parts 5013: no parts", ASKED, []),
        ("used part FS-5012, 1 hr", ASKED, []),
        ("5012.5 ohms and 5013 psi", ASKED, []),
        ("call 312-555-5012", ASKED, []),
        ("", ["J-5012"], []),
        ("5012 2h", ["A-5012", "B-5012"], []),
        ("A-5012 2h", ["A-5012", "B-5012"], [("A-5012", "A-5012 2h")]),
        ("2 hrs", [], []),
        ("5012 and 5013 both 2 hours", ASKED, [("J-5012", "5012 and 5013 both 2 hours"), ("J-5013", "5012 and 5013 both 2 hours")]),
        ("5012/5013: sig on paper", ASKED, [("J-5012", "5012/5013: sig on paper"), ("J-5013", "5012/5013: sig on paper")]),
        ("5012 3 hours. also for 5013 no parts", ASKED, [("J-5012", "5012 3 hours."), ("J-5013", "5013 no parts")]),
        ("5012 3 hours and 5013 no parts", ASKED, [("J-5012", "5012 3 hours"), ("J-5013", "5013 no parts")]),
        ("Used part number 5012 on this one, 2 hours", ASKED, []),
        ("ck 5012, no parts", ASKED, []),
        ("5012 psi? no, 12 psi", ASKED, []),
        ("Hi Dana, for 5012: 2 hrs, 5013: no parts", ASKED, []),
        ("7 filters, 2 hrs", ["7", "8"], []),
        ("7: filters, 2 hrs", ["7", "8"], [("7", "7: filters, 2 hrs")]),
        ("job 7 took 2 hrs", ["7", "8"], [("7", "job 7 took 2 hrs")]),
        ("1234-1: 2h. 1234-2: 3h", ["1234-1", "1234-2"], [("1234-1", "1234-1: 2h."), ("1234-2", "1234-2: 3h")]),
        ("1234: 2h", ["1234-1", "1234-2"], []),
        ("1234: 2h", ["1234-1"], [("1234-1", "1234: 2h")]),
        ("5014: 2h", ASKED, []),
        ("5013 🔧 2 horas, sin piezas", ASKED, [("J-5013", "5013 🔧 2 horas, sin piezas")]),
    ],
)
def test_the_job_is_told_by_its_number_or_by_being_the_only_one(text: str, asked: list[str], expected: list[tuple[str, str]]) -> None:
    assert list(belongs_to(text, asked)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Job 5050: 2 hrs",
        "job #5050 2 hrs, no parts",
        "wo 5050 took 2 hrs",
        "#5050 2 hrs",
        "Job JB-77015 2 hrs",
        "J-5050 2 hrs",
        "2 hrs, sig on paper for j-5050",
        "5050: 2 hrs",
        "5050 2 hrs",
        "finished, 5050 2 hrs",
        "2 hrs on 5050",
        "50501: 2 hrs",
        "5012: 2 hrs. 5050: no parts",
        "5012 and 5050 both 2 hrs",
        "5012/5050: sig on paper",
        "Job 5012 2 hrs, job 5050 no parts",
    ],
)
def test_a_text_that_names_another_job_is_no_answer_to_settle_without_a_person(text: str) -> None:
    assert belongs_to(text, ["J-5012"]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "2 hrs, used part number 5050",
        "ck 5050, 2 hrs",
        "0800 to 1030, no parts",
        "0800-1030, no parts",
        "1200 sq ft, 3 hrs",
        "call 312-555-0151, 2 hrs",
        "2500 psi, 2 hrs",
        "job took 2.5 hrs",
        "job 2 hrs, no parts",
        "added 2 lb 410a, 1 hr",
        "customer paid 4500, 2 hrs",
        "11/20/2026: 2 hrs",
        "gate code 4410: 2 hrs",
        "at 5050 Oak St, 2 hrs",
    ],
)
def test_other_figures_are_no_jobs(text: str) -> None:
    assert belongs_to(text, ["J-5012"]) == (("J-5012", text),)


@pytest.mark.parametrize(
    ("text", "asked", "unanswered", "expected"),
    [
        ("5012 make that 3 hrs", ASKED, ["J-5013"], ["J-5012"]),
        ("5013 3 hrs", ASKED, ["J-5013"], ["J-5013"]),
        ("2.5 hrs", ASKED, ["J-5013"], ["J-5013"]),
        ("make that 3 hrs", ASKED, ["J-5013"], []),
        ("make it 3 hrs", ["J-5012"], [], ["J-5012"]),
        ("2.5 hrs", ASKED, [], []),
        ("Job 5050: 2 hrs", ASKED, ["J-5013"], []),
        ("5012 2 hrs", ["A-5012", "B-5012"], ["B-5012"], []),
        ("can I leave at 3? been here 8 hours", ["J-5012"], ["J-5012"], []),
        ("5012 2 hrs, can I leave?", ["J-5012"], ["J-5012"], ["J-5012"]),
    ],
)
def test_a_number_counts_before_the_only_one_without_an_answer(
    text: str, asked: list[str], unanswered: list[str], expected: list[str]
) -> None:
    assert [number for number, _ in belongs_to(text, asked, unanswered)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "OK!",
        "Ok, will do 👍",
        "on it",
        "k thanks",
        "tomorrow",
        "Will send tonight",
        "…",
        "Got it, thank you!",
        "👍",
        "driving, I'll send it tonight",
        "sorry forgot, will do when I get home",
        "No problem",
        "no prob",
        "Sí, gracias",
        "10-4 boss",
        "ok on it, tomorrow morning",
    ],
)
def test_it_says_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize(
    "text",
    [
        "2.5",
        "no parts",
        "(1 photo attached)",
        "ok 3 hrs",
        "customer was not home",
        "done at 3, left 4:30",
        "okra",
        "sí, dos horas",
        "no",
        "none",
        "ask Luis",
        "no photos",
        "1 hr",
        "who is this",
        "truck broke down",
    ],
)
def test_it_says_something(text: str) -> None:
    assert says_something(text)


@given(st.text(max_size=200), st.lists(st.from_regex(r"[A-Z]-\d{3,5}|\d{3,6}", fullmatch=True), unique=True, max_size=4))
def test_parts_are_of_the_text_and_jobs_of_those_asked_about(text: str, asked: list[str]) -> None:
    for number, part in belongs_to(text, asked):
        assert number in asked and part
        assert all(line in text for line in part.split("\n"))
    says_something(text)


numbers = st.lists(st.from_regex(r"[A-Z]-[0-9]{4,5}", fullmatch=True), min_size=2, max_size=4, unique_by=lambda number: number[2:])
told = st.sampled_from(
    ["2.5 hrs", "no parts", "sig on paper", "3 photos in app", "used 2 filters", "customer was not home", "12 psi, 48 F"]
)


@given(
    numbers.flatmap(lambda asked: st.tuples(st.just(asked), st.permutations(asked), st.lists(told, min_size=4, max_size=4))),
    st.sampled_from([": ", " ", " - "]),
    st.sampled_from([". ", "\n", ", "]),
    st.booleans(),
)
def test_what_stands_behind_a_number_belongs_to_it(
    drawn: tuple[list[str], list[str], list[str]], colon: str, between: str, digits: bool
) -> None:
    asked, order, said = drawn
    text = between.join(f"{number[2:] if digits else number}{colon}{words}" for number, words in zip(order, said, strict=False))
    found = belongs_to(text, asked)
    assert [number for number, _ in found] == order
    assert all(words in part for (_, part), words in zip(found, said, strict=False))
