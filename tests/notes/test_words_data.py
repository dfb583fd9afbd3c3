"""The word files themselves: they load, contradict themselves nowhere, and mean in each trade what its people mean. What they keep from the customer, and what not."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pytest

from contractor_ops.notes.clean import clean_note
from contractor_ops.notes.points import TRADES
from contractor_ops.notes.words import Words, read_words
from tests.notes.remarks import KEPT, WORK

FILES = ("general", *TRADES)
COMMON = 2_000
"""As often an English word is seen by the dictionary's makers as none is that merely looks like an abbreviation."""
CONDITIONS = ("before", "after", "job_types")
EVERYDAY = {"ho", "wont", "cant", "whats", "gonna", "wanna", "mon", "til", "cap", "temp", "disco", "toil", "coup", "caps"}
"""Abbreviations without a condition that are also English words, of which no technician thinks when he writes them."""
DECLARED = {"hp", "wc", "reinstallation", "jumpered", "megging", "rodded", "rodding", "tagout"}
"""Words of ours that neither the dictionary nor a list of right words has, because nobody but a word file writes them."""


@lru_cache
def file_of(name: str) -> dict[str, Any]:
    return tomllib.loads((files("contractor_ops.notes.words") / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def words() -> Words:
    return read_words((), {})


@pytest.fixture(scope="module")
def frequency() -> Mapping[str, int]:
    from spellchecker import SpellChecker

    return SpellChecker(language="en").word_frequency


def meanings(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each abbreviation of a file for a thing, a state or a phrase, with each of its meanings."""
    for table in ("nouns", "adjectives", "phrases"):
        for key, value in file_of(name).get(table, {}).items():
            for meaning in value if isinstance(value, list) else [value]:
                yield key, meaning if isinstance(meaning, dict) else {"means": meaning}


def conditional(meaning: Mapping[str, Any]) -> bool:
    return any(meaning.get(condition) for condition in CONDITIONS)


def verb_shorts(name: str) -> Iterator[tuple[str, str]]:
    """Each abbreviation of a verb, with the verb and, where it is that form alone, what becomes of it."""
    for verb, part in file_of(name).get("verbs", {}).items():
        yield from ((short, verb) for short in part.get("short", ()))
        yield from ((short, f"{verb}, done") for short in part.get("done_short", ()))
        yield from ((short, f"{verb}, doing") for short in part.get("doing_short", ()))


def right_words() -> set[str]:
    """Every word that some file declares to be right, in small letters, word by word."""
    found: set[str] = set(DECLARED)
    for name in FILES:
        file = file_of(name)
        keep = file.get("keep", {})
        lists = (
            *(keep.get(key, ()) for key in ("acronyms", "names", "words")),
            file["states"]["words"],
            file.get("trade", {}).get("words", ()),
            file["verbs"],
        )
        for phrase in (phrase for one in lists for phrase in one):
            found |= {phrase.lower(), *phrase.lower().split()}
    return found


# ── the data ──


@pytest.mark.parametrize(
    ("name", "least"), [("general", 450), ("hvac", 250), ("plumbing", 200), ("electrical", 150), ("roofing", 120), ("pools", 120)]
)
def test_there_are_abbreviations_enough_in_every_trade(name: str, least: int) -> None:
    assert len({key for key, _ in (*meanings(name), *verb_shorts(name))}) >= least


@pytest.mark.parametrize("name", FILES)
def test_no_abbreviation_has_two_meanings_unless_its_place_settles_which(name: str) -> None:
    always: dict[str, set[str]] = {}
    for key, text in (*((key, one["means"]) for key, one in meanings(name) if not conditional(one)), *verb_shorts(name)):
        always.setdefault(key, set()).add(text)
    assert {key: texts for key, texts in always.items() if len(texts) > 1} == {}


@pytest.mark.parametrize("name", FILES)
def test_no_meaning_brings_a_figure(name: str) -> None:
    assert [(key, one["means"]) for key, one in meanings(name) if re.search(r"\d", one["means"])] == []
    assert [
        verb
        for verb, part in file_of(name)["verbs"].items()
        if re.search(r"\d", f"{verb}{part.get('done')}{part.get('doing')}{part.get('noun')}")
    ] == []


@pytest.mark.parametrize("name", FILES)
def test_every_meaning_is_english_or_a_declared_word_of_the_trade(name: str, frequency: Mapping[str, int]) -> None:
    right = right_words()
    parts = file_of(name)["verbs"]
    shown = [one["means"] for _, one in meanings(name)] + [
        form for verb, part in parts.items() for form in (verb, part.get("done", ""), part.get("doing", ""), part.get("noun", ""))
    ]
    spelled = {word.lower() for text in shown for word in re.findall(r"[^\W\d_][\w'-]*", text)}
    assert {
        word for word in spelled if word not in right and not all(part in right or part in frequency for part in word.split("-") if part)
    } == set()


@pytest.mark.parametrize("name", FILES)
def test_no_english_word_is_taken_for_an_abbreviation_wherever_it_stands(name: str, frequency: Mapping[str, int]) -> None:
    unconditional = {key for key, one in meanings(name) if not conditional(one)} | {key for key, _ in verb_shorts(name)}
    assert {key for key in unconditional - EVERYDAY if len(key) > 1 and frequency[key] >= COMMON} == set()


@pytest.mark.parametrize("name", FILES)
def test_what_stands_beside_an_abbreviation_is_one_word_in_small_letters(name: str) -> None:
    beside = {word for _, one in meanings(name) for condition in ("before", "after") for word in one.get(condition, ())}
    assert {word for word in beside if " " in word or word != word.lower()} == set()


# ── what it means where ──


@pytest.mark.parametrize(("note", "job_type", "shown"), [
    ("comp noisy", "AC repair", "Compressor noisy."), ("repl comp", "roof repair", "Replaced composition shingle."),
    ("repl cap 45/5", "no cool", "Replaced capacitor 45/5."), ("new cap on flue", "furnace", "New cap on flue."), ("new cap", "drain", "New cap."), ("rdg cap loose", "roof", "Ridge cap loose."),
    ("cond fan bad", "AC repair", "Condenser fan bad."), ("cond line clogged", "AC repair", "Condensate line clogged."), ("coil in good cond", "AC repair", "Coil in good condition."),
    ("CB tripped", "electrical", "Circuit breaker tripped."), ("repl disc at unit", "AC repair", "Replaced disconnect at unit."), ("disc press 325", "AC repair", "Discharge pressure 325."),
    ("sh 12", "AC tune-up", "Superheat 12."), ("osb sh rotted", "roof repair", "OSB sheathing rotted."), ("tub sh valve", "plumbing", "Tub shower valve."),
    ("sc 9", "AC tune-up", "Subcooling 9."), ("sub fed from garage", "panel", "Subpanel fed from garage."), ("30a dp brkr", "panel", "30a double-pole breaker."), ("cleared d/p", "gutter", "Cleared downpipe."),
    ("rtn air 75", "AC repair", "Return air 75."), ("rtn jet loose", "pool service", "Return jet loose."), ("clg ok", "AC repair", "Cooling OK."), ("wire in clg", "electrical", "Wire in ceiling."),
    ("rv stuck", "heat pump", "Reversing valve stuck."), ("rv sealed", "roof", "Ridge vent sealed."), ("rv weeping", "water heater", "Relief valve weeping."),
    ("main c/o", "drain", "Main cleanout."), ("c/o faucet", "plumbing", "Change out faucet."), ("wc running", "toilet", "Toilet running."), ("3.5 wc", "furnace", "3.5 wc."),
    ("vac'd pool", "pool service", "Vacuumed pool."), ("pulled vac", "AC repair", "Pulled vacuum."), ("b/w filter", "pool service", "Backwashed filter."), ("leak b/w studs", "plumbing", "Leak between studs."),
    ("de grids", "pool service", "DE grids."), ("new d/e at eave", "roof", "New drip edge at eave."), ("elec mtr base", "panel", "Electric meter base."), ("fan mtr bad", "AC repair", "Fan motor bad."), ("wtr mtr box", "plumbing", "Water meter box."),
    ("met w/ adj", "roof inspection", "Met with adjuster."), ("adj float", "toilet", "Adjusted float."), ("kit sink", "drain", "Kitchen sink."), ("rebuild kit", "plumbing", "Rebuild kit."), ("temp repair", "", "Temporary repair."), ("temp 121", "", "Temperature 121."),
    ("ph 7.4", "pool", "pH 7.4."), ("ta 90", "pool", "Total alkalinity 90."), ("hp not heating", "heat pump", "Heat pump not heating."), ("hp sw tripped", "AC repair", "High-pressure switch tripped."), ("1/3 hp motor", "AC repair", "1/3 HP motor."),
    ("gfci and pvc", "electrical", "GFCI and PVC."), ("co 0 ppm", "furnace", "CO 0 ppm."), ("unit u/s", "", "Unit unserviceable."), ("lh hose", "", "Left-hand hose."), ("12 mv", "water heater", "12 mv."),
])  # fmt: skip
def test_an_abbreviation_means_what_its_trade_means(note: str, job_type: str, shown: str, words: Words) -> None:
    assert clean_note(note, words, job_type=job_type).clean == shown


@pytest.mark.parametrize("note", ["comp bad", "rplcd cap", "rv ok"])
def test_what_two_trades_mean_differently_is_a_persons_where_nothing_tells_the_trade(note: str, words: Words) -> None:
    found = clean_note(note, words)
    assert any("may be" in one.why for one in found.unsure)


# ── what is kept from the customer ──


def bracketed(phrase: str) -> Iterator[str]:
    """Elements of a phrase in which a bracket stands within a word, so that they could never be found."""
    for element in re.finditer(r"\([^()]*\)\??|\S+", phrase):
        whole = element[0].startswith("(") and re.fullmatch(r"\([^()]*\)\??", element[0])
        if ("(" in element[0] or ")" in element[0]) and (not whole or phrase[element.end() : element.end() + 1] not in {"", " "}):
            yield element[0]


def test_every_phrase_of_the_internal_remarks_can_be_found() -> None:
    phrases = [phrase for part in file_of("internal")["internal"].values() for reach in part.values() for phrase in reach]
    assert len(phrases) > 250 and [phrase for phrase in phrases if any(bracketed(phrase))] == []


@pytest.mark.parametrize("frame", ["{}", "Cleaned coil. {}. Replaced filter.", "cleaned coil, {}, replaced filter"])
@pytest.mark.parametrize("remark", [remark for remarks in KEPT.values() for remark in remarks])
def test_an_internal_remark_is_never_shown(remark: str, frame: str, words: Words) -> None:
    found = clean_note(frame.format(remark), words)
    assert re.sub(r"cleaned coil|replaced filter|[\s.,;]", "", found.clean, flags=re.IGNORECASE) == ""
    assert remark.strip(".") in " ".join(one.words for one in found.internal)


@pytest.mark.parametrize("remark", [remark for kind in ("access", "price") for remark in KEPT[kind]])
def test_the_work_beside_it_stays(remark: str, words: Words) -> None:
    found = clean_note(f"Cleaned coil. {remark}. Replaced filter.", words)
    assert (found.clean.count("Cleaned coil."), found.clean.count("Replaced filter.")) == (1, 1)


@pytest.mark.parametrize("note", WORK)
def test_work_that_only_sounds_internal_is_shown(note: str, words: Words) -> None:
    assert clean_note(f"Arrived. {note}. Replaced filter.", words).internal == ()


def test_there_are_remarks_and_near_misses_enough() -> None:
    assert all(len(set(remarks)) == len(remarks) >= 35 for remarks in KEPT.values()) and len(set(WORK)) == len(WORK) >= 140
