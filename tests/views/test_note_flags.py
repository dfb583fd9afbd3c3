"""What the notes of the last weeks let slip: a row for each flag, with the words and whose it is."""

from datetime import date

import pytest

from contractor_ops.config import NotesPart
from contractor_ops.views.note_flags import build
from tests.views.test_note_gaps import NOW, given, jobs


def rows(
    *lines: tuple[str, ...], notes: NotesPart | None = None, people: tuple[str, ...] = ("owner", "office")
) -> dict[str, dict[str, object]]:
    built = build(given(jobs(*lines), notes=notes or NotesPart(), people=people))
    return {str(record["number"]): dict(record.values) for record in built.records}


def job(number: str, note: str, status: str = "Completed", on: str = "2026-11-20") -> tuple[str, ...]:
    return (number, "Ann Li", "Tune-up", "Luis Ortega", status, on, note)


def test_a_row_for_each_flag_with_its_words_and_its_owner() -> None:
    found = rows(job("J-1", "Smells of gas at the stove. Customer wants a quote for a new unit."), job("J-2", "Cleaned coil."))
    assert list(found) == ["J-1/safety", "J-1/upsell"]
    assert (found["J-1/safety"]["words"], found["J-1/safety"]["falls_to"], found["J-1/upsell"]["falls_to"]) == (
        "Smells of gas",
        "owner",
        "office",
    )
    assert found["J-1/safety"]["because"] == 'safety: the note says "Smells of gas"'


@pytest.mark.parametrize(("on", "status", "told"), [("2026-10-24", "Completed", True), ("2026-10-23", "Completed", False), ("", "Completed", True),
                                                    ("2026-11-20", "Cancelled", False), ("2026-12-01", "Scheduled", True)])  # fmt: skip
def test_only_news_of_jobs_that_stand(on: str, status: str, told: bool) -> None:
    assert bool(rows(job("J-1", "Smells of gas.", status, on))) is told


@pytest.mark.parametrize(("on", "urgent"), [("2026-11-21", True), ("2026-11-20", False)])
def test_a_danger_is_urgent_while_it_is_fresh(on: str, urgent: bool) -> None:
    assert rows(job("J-1", "Smells of gas.", on=on))["J-1/safety"]["urgent"] is urgent


def test_the_office_says_whose_it_is_and_nobody_is_invented() -> None:
    part = NotesPart.model_validate({"flags": {"safety": "office"}})
    assert rows(job("J-1", "Smells of gas."), notes=part)["J-1/safety"]["falls_to"] == "office"
    assert rows(job("J-1", "Smells of gas."), people=("dana",))["J-1/safety"]["falls_to"] is None


def test_a_day_is_never_blank_and_never_ahead() -> None:
    found = rows(job("J-1", "Smells of gas.", on=""), job("J-2", "Smells of gas.", "Scheduled", "2026-12-01"))
    assert {row["noted_on"] for row in found.values()} == {NOW.date()} == {date(2026, 11, 23)}


def test_rows_that_raise_none_are_counted() -> None:
    built = build(given(jobs(job("J-1", "Cleaned coil."), job("J-2", ""), job("J-3", "Smells of gas.", "Cancelled"))))
    assert built.passed_over == {"nothing to see to": 1, "without a note": 1, "cancelled": 1}
