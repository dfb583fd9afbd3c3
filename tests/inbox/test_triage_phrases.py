"""The words as data: how a phrase is written, and that each of ours can be found."""

import re
import tomllib
from importlib.resources import files

import pytest

from contractor_ops.channels.mail import WAY_OUT
from contractor_ops.inbox import phrases
from contractor_ops.inbox.newly_written import newly_written
from contractor_ops.inbox.phrases import meanings
from contractor_ops.tables.cells.phrases import Phrases
from contractor_ops.tables.cells.wording import Word, Wording, clean

WORDS = {"cat": ["cat", "tabby cat"], "off": ["off", "from"]}


def found(phrase: str, text: str) -> str:
    return Phrases([phrase], WORDS).find(Wording(clean(text)))


@pytest.mark.parametrize(("phrase", "text", "words"), [
    ("stop texting", "please STOP, texting me", "STOP, texting"), ("stop texting", "stop. Texting is fine", ""), ("stop texting", "nonstop texting", ""), ("stop texting", "stop texting's", ""),
    ("don't go", "dont go", "dont go"), ("don't go", "don’t go", "don’t go"), ("e-mail me", "e-mail me, email me", "e-mail me"), ("e-mail me", "email me", "email me"), ("más agua", "MAS AGUA", "MAS AGUA"),
    ("(a b|c) d", "x a b d", "a b d"), ("(a b|c) d", "c d", "c d"), ("a|c d", "c d", "c d"), ("a b? c", "a c", "a c"), ("a b? c", "a b c", "a b c"), ("a (b|$)", "a, then", "a"), ("a $", "a b", ""), ("a $", "a!", "a"),
    ("{cat} food", "a tabby cat food", "tabby cat food"), ("the {cat}", "the tabby cat", "the tabby cat"), ("a .. d", "a b c d", "a b c d"), ("a .. d", "a x y z w d", ""), ("a .. d", "a b. c d", ""),
    ("a ... d", "a b. c d", "a b. c d"), ("a / d", "a. d", "a. d"), ("a / b? d", "a. d", "a. d"), ("a ~ d", "a b d", "a b d"), ("a ~ d", "a and d", ""), ("detect test*", "detect testing", "detect testing"),
    ("at #", "at 9am", "at 9am"), ("# years", "for 87 years", "87 years"), ("stop (a|b (c|d))", "stop b d", "stop b d"), ("stop it", "sto\u200bp i\u0301t", "stop it"), ("stop it", "ＳＴＯＰ 𝗶𝘁", "STOP it"),
    ("bad dog", "see http://x.example/bad dog", ""), ("no $", "no...", "no"),
])  # fmt: skip
def test_how_a_phrase_is_written(phrase: str, text: str, words: str) -> None:
    assert found(phrase, text) == words


@pytest.mark.parametrize("phrase", ["* dog", ".. dog", "$ dog", "a* dog", "(a|b*) dog"])
def test_a_phrase_begins_with_a_whole_word(phrase: str) -> None:
    with pytest.raises(ValueError, match="must begin with a whole word"):
        Phrases([phrase], WORDS)


def test_what_is_never_meant_is_passed_over() -> None:
    never = Phrases(["stop by", "do not stop"], WORDS)
    stop = Phrases(["stop", "stop by force"], WORDS)
    assert stop.find(Wording("do not stop by noon; stop by"), never) == ""
    assert stop.find(Wording("stop by, stop"), never) == "stop"
    assert stop.find(Wording("stop by force"), never) == "stop by force"


def tables() -> list[tuple[str, str, list[str], dict[str, list[str]]]]:
    """Each list of phrases of ours: its file, its name, its phrases, and the words they may name."""
    listed = []
    for file in files(phrases).iterdir():
        if file.name.endswith(".toml"):
            read = tomllib.loads(file.read_text(encoding="utf-8"))
            words = read.pop("words", {})
            listed += [(file.name, f"{name}.{key}", entries, words) for name, table in read.items() for key, entries in table.items()]
    return listed


TABLES = tables()


@pytest.mark.parametrize(
    ("file", "name", "entries", "words"),
    [row for row in TABLES if row[1].split(".")[1] in ("says", "never", "opens", "limits")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_phrase_of_ours_can_be_read(file: str, name: str, entries: list[str], words: dict[str, list[str]]) -> None:
    assert len(entries) == len(set(entries))
    for entry in entries:
        assert re.fullmatch(r"[\w '|(){}?$*#./~-]+", entry) and entry.count("(") == entry.count(")") and "  " not in entry, entry
        first = Phrases([entry], words)
        for word in first._by_first:
            first.end(Wording("nothing"), Word(word, 0, 7))  # compiles it


@pytest.mark.parametrize(
    ("name", "entries"),
    [(row[1], row[2]) for row in TABLES if row[1].split(".")[1] in ("alone", "clause", "vocabulary")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_word_of_ours_can_be_met(name: str, entries: list[str]) -> None:
    assert len(entries) == len(set(entries))
    for entry in entries:
        text = Wording(clean(entry))
        assert not text.words or (text.words[0].start == 0 and text.words[-1].end == len(entry)), entry


def test_all_tables_are_used() -> None:
    assert set(meanings()) == {
        "stop", "wrong_number", "urgent", "no_heat", "frail", "polite", "start", "help", "yes", "caution", "no", "pleasant", "thanks", "complaint", "question", "auto_reply", "away",
        "move", "another_day", "new_address", "rating", "praise",
    }  # fmt: skip


def test_our_way_out_is_the_one_that_e_mails_carry() -> None:
    assert newly_written(f"yes\n{WAY_OUT}") == "yes"
