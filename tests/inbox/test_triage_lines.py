"""Answers as lines, in and out."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.inbox.classify_lines import classify_lines


def labels(*lines: str) -> list[tuple[object, str]]:
    return [(line["id"], line["label"]) for line in classify_lines(lines)]


def test_each_line_has_one_verdict_in_order() -> None:
    found = list(classify_lines(['{"id": "a", "text": "STOP"}\n', "\n", "yes please\r\n", '{"id": 7, "text": "I smell gas"}']))
    assert [line["id"] for line in found] == ["a", 3, 7]
    assert [line["label"] for line in found] == ["stop", "yes", "urgent"]
    assert all(set(line) == {"id", "label", "reason"} and line["reason"] for line in found)


def test_subject_and_headers_are_read() -> None:
    assert labels(
        json.dumps({"id": 1, "text": "", "subject": "unsubscribe"}),
        json.dumps({"id": 2, "text": "stop", "headers": {"Auto-Submitted": "auto-replied"}}),
    ) == [(1, "stop"), (2, "auto_reply")]


def test_what_was_asked_may_make_more_of_an_answer() -> None:
    friday, five = {"id": 1, "text": "can we do Friday?"}, {"id": 2, "text": "4 - great job"}
    given = [{**one, **about} for about in ({}, {"about": "visit"}, {"about": "rating"}, {"about": 7}) for one in (friday, five)]
    assert [label for _, label in labels(*map(json.dumps, given))] == [
        "question",
        "other",
        "move",
        "other",
        "question",
        "rating",
        "question",
        "other",
    ]
    danger = {"id": 3, "text": "1 - I smell gas, can't make it tomorrow"}
    assert labels(*(json.dumps({**danger, "about": about}) for about in ("visit", "rating"))) == [(3, "urgent")] * 2


@pytest.mark.parametrize(("line", "expected"), [
    ('{"id": "x", "text": "stop"', (1, "stop")), ("{stop}", (1, "stop")), ('{"id": "x"}', ("x", "other")), ('{"id": "x", "text": null}', ("x", "other")),
    ('{"id": "x", "text": 5}', ("x", "other")), ('["stop"]', (1, "stop")), ('"stop"', (1, "stop")), ("12", (1, "other")), ("null", (1, "other")), ("{}", (1, "other")),
    ('{"text": "stop"}', (1, "stop")), ('{"id": null, "text": "stop"}', (None, "stop")), ('\ufeff{"id": 3, "text": "stop"}', (3, "stop")), ("[" * 100_000, (1, "other")),
    ('{"id": 1, "text": "stop", "subject": 4, "headers": ["Auto-Submitted"]}', (1, "stop")), ('{"id": 1, "text": "stop", "headers": {"Auto-Submitted": 4}}', (1, "stop")),
    ('{"id": 1, "text": "\\ud800 stop"}', (1, "stop")), ("9" * 5000, (1, "other")),
], ids=range(18))  # fmt: skip
def test_an_odd_line_does_not_end_it(line: str, expected: tuple[object, str]) -> None:
    assert labels(line, "stop") == [expected, (2, "stop")]


def test_the_first_verdict_is_there_before_the_second_line() -> None:
    asked: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(3):
            asked.append(number)
            yield "stop"

    found = classify_lines(lines())
    next(found)
    assert asked == [0]


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n\r"), max_size=60), max_size=8))
def test_any_lines_give_as_many_verdicts(lines: list[str]) -> None:
    written = [line for line in lines if line.strip("\ufeff \t\r\n\f\v\0")]
    found = list(classify_lines(lines))
    assert len(found) == len(written)
    json.dumps(found).encode("utf-8")
