"""No number is printed that nobody works out a second time: whoever adds one to a document must say how it is made, in one of these tests.

The tests named here hold whole parts of a document against what they worked out, number by number: a new number in such a part fails there.
A new part with a number fails here, until a test claims it.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.figures import (
    test_ahead_recomputed,
    test_needs_recomputed,
    test_rates_recomputed,
    test_report_recomputed,
    test_scorecard_recomputed,
    test_signals_recomputed,
    test_who_recomputed,
    test_worked_recomputed,
)
from tests.figures.raw_office import Sample, Told
from tests.figures.raw_week import Week

DIGEST = (
    test_needs_recomputed.RECOMPUTED | test_ahead_recomputed.RECOMPUTED | test_rates_recomputed.RECOMPUTED | test_signals_recomputed.RECOMPUTED
    | test_worked_recomputed.RECOMPUTED
)  # fmt: skip
NOW = "2026-11-23T09:30"


def leaves(document: Any, path: str = "") -> Iterator[str]:
    """Where numbers stand in a document: "needs[].lines[].amount"."""
    if isinstance(document, dict):
        for name, branch in document.items():
            yield from leaves(branch, f"{path}.{name}" if path else name)
    elif isinstance(document, list):
        for branch in document:
            yield from leaves(branch, f"{path}[]")
    elif isinstance(document, int | float) and not isinstance(document, bool):
        yield path


def parts(*documents: Any) -> set[str]:
    """The parts of documents in which numbers stand."""
    return {path.partition(".")[0].partition("[")[0] for document in documents for path in leaves(document)}


def test_every_number_of_the_digest_is_claimed(told: Told, week: Week) -> None:
    found = parts(told.weekly, told.daily, week.weekly, week.daily)
    assert found - DIGEST == set(), "numbers that no test works out"
    assert found == DIGEST, "a test claims a part in which there is no number"


def test_every_number_of_the_scorecard_is_claimed(told: Told) -> None:
    claimed = test_scorecard_recomputed.RECOMPUTED | {"sources"}
    found = parts(told.scorecard)
    assert found - claimed == set(), "numbers that no test works out"
    assert claimed - found <= {"tight"}, "a test claims a part in which there is no number"


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    office = Sample(tmp_path_factory.mktemp("numbers") / "office", date(2026, 11, 23))
    office.saved(NOW, "*")
    office.do("run", *test_report_recomputed.TITLES, now=NOW)
    return office


def test_every_number_of_the_report_is_claimed(rehearsed: Sample) -> None:
    documents = [rehearsed.do("report", *more, "--format", "json", now=NOW).json for more in ((), ("--since", "2026-11-20"))]
    assert parts(*documents) == test_report_recomputed.RECOMPUTED


def test_every_number_of_an_answer_is_claimed(rehearsed: Sample) -> None:
    names = ("Maple Court Condominiums", "Karen Ostrowski", "Yolanda Mbeki", "(708) 555-0177", "Hector Quigley", "2114")
    documents = [rehearsed.do("who", name, "--format", "json", now=NOW).json for name in names]
    assert parts(*documents) == test_who_recomputed.RECOMPUTED


def test_each_part_is_looked_at_whole() -> None:
    """A claim that no assertion holds would be an empty word: each part that is claimed stands in an assertion of its test."""
    for module in (test_needs_recomputed, test_ahead_recomputed, test_scorecard_recomputed, test_report_recomputed, test_who_recomputed,
                   test_signals_recomputed, test_rates_recomputed, test_worked_recomputed):  # fmt: skip
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        assert [part for part in module.RECOMPUTED if source.count(f'"{part}"') < 2] == [], module.__name__
