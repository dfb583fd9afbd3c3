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


def told(*lines: tuple[str, ...]) -> dict[tuple[str, str], object]:
    """The words of each flag, by job and flag."""
    return {(str(row["job"]), str(row["flag"])): row["words"] for row in rows(*lines).values()}


def names(note: str) -> list[str]:
    return list(rows(job("J-1", note)))


def only(found: dict[str, dict[str, object]]) -> dict[str, object]:
    [row] = found.values()
    return row


def test_a_row_for_each_flag_with_its_words_and_its_owner() -> None:
    danger, sale = rows(
        job("J-1", "Smells of gas at the stove. Customer wants a quote for a new unit."), job("J-2", "Cleaned coil.")
    ).values()
    assert (danger["job"], danger["flag"], danger["words"], danger["falls_to"]) == ("J-1", "safety", "Smells of gas", "owner")
    assert (sale["number"], sale["falls_to"]) == ("J-1/upsell", "office")
    assert danger["because"] == 'safety: the note says "Smells of gas"'


def test_a_second_danger_is_shown_beside_the_first_and_is_a_row_of_its_own_name() -> None:
    before = rows(job("J-1", "Smelled gas at the meter."))
    after = rows(job("J-1", "Smelled gas at the meter.\nFurnace red tagged."))
    assert before.keys().isdisjoint(after) and len(after) == 1
    assert only(after)["because"] == 'safety: the note says "Smelled gas" and "red tagged"'
    assert only(after)["words"] == "Smelled gas · red tagged"


@pytest.mark.parametrize("later", ["Smelled gas at the meter.\nFurnace red tagged.", "Furnace red tagged."])
def test_new_words_of_danger_are_a_new_name(later: str) -> None:
    assert set(names(later)).isdisjoint(names("Smelled gas at the meter."))


@pytest.mark.parametrize("later", [
    "SMELLED GAS at the meter!!", "Smelled gas at the meter. Cleaned the coil.", "11/20 LO: smelled gas", "Smelled gas. Again smelled gas at the meter.",
])  # fmt: skip
def test_the_same_words_again_are_the_same_name(later: str) -> None:
    assert names(later) == names("Smelled gas at the meter.")


def test_the_order_in_which_dangers_are_written_makes_no_new_name() -> None:
    assert names("Furnace red tagged. Smelled gas.") == names("Smelled gas. Furnace red tagged.")


def test_what_is_not_grave_is_told_once_for_each_job() -> None:
    assert (
        names("Wants a quote for a new unit.") == names("Wants a quote for a new unit. Interested in a maintenance plan.") == ["J-1/upsell"]
    )


def test_of_a_cancelled_job_only_what_is_grave_is_told() -> None:
    note = "Customer furious and cancelled. Cracked heat exchanger, left it running. Wants a quote for a new unit. Need to come back."
    assert {flag for _, flag in told(job("J-1", note, "Cancelled"))} == {"safety", "angry-customer"}
    assert {flag for _, flag in told(job("J-1", note))} == {"safety", "angry-customer", "upsell", "return-visit"}


@pytest.mark.parametrize(("on", "status", "raised"), [("2026-10-24", "Completed", True), ("2026-10-23", "Completed", False), ("", "Completed", True),
                                                    ("2026-11-20", "Cancelled", True), ("2026-10-23", "Cancelled", False), ("2026-12-01", "Scheduled", True)])  # fmt: skip
def test_only_news_is_told(on: str, status: str, raised: bool) -> None:
    assert bool(rows(job("J-1", "Smells of gas.", status, on))) is raised


@pytest.mark.parametrize(("on", "urgent"), [("2026-11-21", True), ("2026-11-20", False)])
def test_a_danger_is_urgent_while_it_is_fresh(on: str, urgent: bool) -> None:
    assert only(rows(job("J-1", "Smells of gas.", on=on)))["urgent"] is urgent


def test_the_office_says_whose_it_is_and_nobody_is_invented() -> None:
    part = NotesPart.model_validate({"flags": {"safety": "office"}})
    assert only(rows(job("J-1", "Smells of gas."), notes=part))["falls_to"] == "office"
    assert only(rows(job("J-1", "Smells of gas."), people=("dana",)))["falls_to"] is None


def test_a_day_is_never_blank_and_never_ahead() -> None:
    found = rows(job("J-1", "Smells of gas.", on=""), job("J-2", "Smells of gas.", "Scheduled", "2026-12-01"))
    assert {row["noted_on"] for row in found.values()} == {NOW.date()} == {date(2026, 11, 23)}


def test_rows_that_raise_none_are_counted() -> None:
    built = build(given(jobs(job("J-1", "Cleaned coil."), job("J-2", ""), job("J-3", "Wants a quote.", "Cancelled"))))
    assert built.passed_over == {"nothing to see to": 1, "without a note": 1, "cancelled": 1}
