"""The kinds that ship: each complete, plain enough for a text message, and none in another's way."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

import contractor_ops.bookings
from contractor_ops.bookings.kind import Kind
from contractor_ops.bookings.kinds import Kinds, shipped_kinds
from contractor_ops.bookings.recognise import Names
from contractor_ops.spans import Span

WRITTEN = tomllib.loads((Path(contractor_ops.bookings.__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
KEYS = {"words", "weight", "minutes", "skills", "preparation", "checklist", "rebook_after", "related", "permit"}
ONE_TEXT = 160


def kind(name: str) -> Kind:
    found = Kinds({}).find(name, "")
    assert found is not None
    return found


def test_there_are_kinds_for_every_trade() -> None:
    assert 25 <= len(shipped_kinds()) <= 40
    skills = {skill for name in shipped_kinds() for skill in kind(name).skills}
    assert {"heating", "cooling", "plumbing", "electrical", "roofing", "pools", "remodeling"} <= skills


@pytest.mark.parametrize("name", shipped_kinds())
def test_a_kind_is_complete_and_plainly_said(name: str) -> None:
    assert set(WRITTEN["kinds"][name]) <= KEYS
    one = kind(name)
    assert one.minutes and 30 <= one.minutes <= 960
    assert 3 <= len(one.checklist) <= 7 and len(set(one.checklist)) == len(one.checklist)
    assert one.preparation.isascii() and len(one.preparation) <= ONE_TEXT
    assert 1 <= one.preparation.count(". ") + one.preparation.endswith(".") <= 2
    for line in (*one.checklist, *filter(None, [one.related])):
        assert line[0].isupper() and line.endswith(".") and len(line) <= 100
    assert (one.subcontractor, one.financing, one.deposit) == (False, False, None)


def test_no_two_kinds_are_recognised_by_the_same_words() -> None:
    names: Names[str] = Names((), WRITTEN["same"])
    meant: dict[frozenset[str], str] = {}
    for name, written in WRITTEN["kinds"].items():
        for text in written["words"]:
            assert names.words(text), text
            assert meant.setdefault(names.words(text), name) == name, text


def test_permits_are_for_what_is_built_in_and_never_for_service() -> None:
    wanted = {name for name in shipped_kinds() if kind(name).permit}
    assert {
        "Furnace installation",
        "AC installation",
        "Water heater installation",
        "Electrical panel upgrade",
        "Roof replacement",
    } <= wanted
    assert not [name for name in wanted if any(word in name for word in ("tune-up", "repair", "service", "visit", "inspection"))]


def test_what_comes_again_has_its_day() -> None:
    assert kind("AC tune-up").rebook_after == Span(350, "days")
    assert kind("AC tune-up").rebook_on(date(2026, 5, 4)) == date(2027, 4, 19)
    assert kind("Leak repair").rebook_on(date(2026, 5, 4)) is None
    assert Kind("x", rebook_after=Span(26, "weeks")).rebook_on(date(2026, 1, 1)) == date(2026, 7, 2)
