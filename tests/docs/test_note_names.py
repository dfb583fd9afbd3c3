"""The names of points, flags and trades that config.toml takes stand in the documents, and the words beside them do what is said."""

import re
from dataclasses import dataclass

import pytest

from contractor_ops.config import NotesPart
from contractor_ops.notes.flags import falls_to, flags_in
from contractor_ops.notes.needs import missing
from contractor_ops.notes.points import DEFAULT_NEEDS, FLAGS, TRADES, Point
from contractor_ops.notes.words import read_words
from contractor_ops.tables.record import Place, Record
from tests.docs.documents import ROOT

DOCUMENT = (ROOT / "docs" / "job-notes.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "config.example.toml").read_text(encoding="utf-8")
POINTS: tuple[Point, ...] = (*DEFAULT_NEEDS, "readings", "model", "payment", "follow-up")


@dataclass(frozen=True)
class Row:
    """A row of a table of names: the name, the cells behind it, and the words in quotes at its end."""

    name: str
    cells: tuple[str, ...]
    words: str


def rows(heading: str) -> dict[str, Row]:
    """The rows of the table whose second column has this heading, by name."""
    table = re.search(rf"^\|[^|]*\| {re.escape(heading)} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", DOCUMENT, re.MULTILINE)
    assert table is not None
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1].splitlines()]
    return {cells[1].strip("`"): Row(cells[1].strip("`"), tuple(cells[2:]), re.findall('"([^"]+)"', cells[-1])[0]) for cells in found}


NEEDS, FLAG_ROWS, TRADE_ROWS = rows("name in `needs` and `also`"), rows("name in `flags`"), rows("name in `trades`")


def test_every_name_is_listed_and_no_other() -> None:
    assert tuple(NEEDS) == POINTS
    assert tuple(FLAG_ROWS) == FLAGS
    assert tuple(TRADE_ROWS) == TRADES


def test_every_name_is_one_that_config_takes() -> None:
    part = NotesPart.model_validate({"needs": list(NEEDS), "flags": dict.fromkeys(FLAG_ROWS, "owner"), "trades": list(TRADE_ROWS)})
    assert part.needs == POINTS


@pytest.mark.parametrize("point", POINTS)
def test_the_words_beside_a_point_tell_it_and_nothing_does_not(point: Point) -> None:
    part = NotesPart(needs=(point,))
    assert missing(job(NEEDS[point].words), part) == ()
    assert [one.point for one in missing(job("x"), part)] == [point]


@pytest.mark.parametrize("flag", FLAGS)
def test_the_words_beside_a_flag_raise_it_and_it_falls_to_whom_is_said(flag: str) -> None:
    row = FLAG_ROWS[flag]
    assert [one.name for one in flags_in(row.words)] == [flag]
    assert [falls_to(one.name, {}, {"owner", "office"}) for one in flags_in(row.words)] == [row.cells[0]]


@pytest.mark.parametrize("trade", TRADES)
def test_the_abbreviation_beside_a_trade_is_one_of_its_own(trade: str) -> None:
    written = re.findall(r'"(\w+)" is (.+)', TRADE_ROWS[trade].cells[0])[0]
    assert (written[1], trade) in [(one.text, one.trade) for one in read_words((), {}).meanings[written[0]]]
    assert written[0] not in read_words([other for other in TRADES if other != trade][:1], {}).meanings


def test_the_example_names_them_all_beside_the_key() -> None:
    part = EXAMPLE.split("\n[calls]\n")[1].split("\n[notes]\n")[0]
    assert re.findall('"([a-z-]+)"', part.split("# What can be needed")[1]) == [*POINTS, *FLAGS, *TRADES]


def job(note: str) -> Record:
    return Record("jobs", {"number": "J-1", "notes": note}, Place("jobs.csv", None, 2), {})
