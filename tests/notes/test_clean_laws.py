"""Laws of the customer's version of a note, for whatever a technician may type: nothing is invented, nothing that matters is lost, nothing breaks."""

import re
from collections import Counter
from cProfile import Profile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.notes.clean import CleanNote, clean_note
from contractor_ops.notes.pieces import GLUE_WORDS
from contractor_ops.notes.plain import fold, plain
from contractor_ops.notes.words import Words, read_words

WORDS = read_words((), {})
SHORTS = sorted(WORDS.meanings)
ORDINARY = ["the", "a", "unit", "found", "no", "leak", "not", "cooling", "and", "customer", "advised", "is", "was", "left", "gate", "valve", "will", "didn't", "can't", "without", "never", "11/20", "9:15", "45/5", "R-410A", "12", '3/4"', "2026-11-20\nTXV", "#12", "50%", "(2)", "-", "--", ",", ";", ":", ".", "!", "?", "/", "&", "…", '"ok"', "•", "555-0100", "LO:", "Luis", "[2026-11-20", "Cambié", "de", "la", "bomba", "el", "agua", "gate", "code", "1234", "lockbox", "office:", "$450", "price", "wierd", "suport", "LEAKING\nBUCKET", "don't", "tell", "<id>", "<br>", "&amp;", "&frac12;", "&#52;", "🙂", "\x07", "\t", "\n", "\n11/21", "SW", "-", "----", "x2", "lb", "410a", "if", "next", "visit", "he", "she", "needs", "rec", "to", "by", "after", "tighten", "replace", "clean"]  # fmt: skip
shorthand = st.lists(st.one_of(st.sampled_from(SHORTS), st.sampled_from(ORDINARY)), max_size=40).map(" ".join)
anything = st.one_of(
    shorthand, shorthand.map(str.upper), st.text(max_size=200), st.text(alphabet="repl cap,.;:-/#0123456789()\n'", max_size=120)
)
job_types = st.sampled_from(["", "AC repair", "roof", "Water heater", "pool", "panel upgrade"])
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIGURES = re.compile(r"\d+")
_NEGATIONS = frozenset(
    [
        "no",
        "not",
        "never",
        "without",
        "cannot",
        "can't",
        "couldn't",
        "didn't",
        "doesn't",
        "don't",
        "won't",
        "isn't",
        "wasn't",
        "aren't",
        "hasn't",
        "haven't",
        "unable",
    ]
)


def cleaned(note: str, job_type: str = "", words: Words = WORDS) -> CleanNote:
    return clean_note(note, words, job_type=job_type)


def words_of(text: str) -> Counter[str]:
    return Counter(_WORD.findall(fold(text)))


@settings(max_examples=400, deadline=None)
@given(note=anything, job_type=job_types)
def test_no_figure_is_shown_more_often_than_it_is_written(note: str, job_type: str) -> None:
    shown = cleaned(note, job_type).clean
    assert Counter(_FIGURES.findall(shown)) <= Counter(_FIGURES.findall(note))


@settings(max_examples=400, deadline=None)
@given(note=anything, job_type=job_types)
def test_whatever_holds_a_figure_is_shown_as_it_is_written(note: str, job_type: str) -> None:
    """A size, a date, a part's number, a reading: with all that stands in it."""

    def with_figures(text: str) -> Counter[str]:
        parts = (part.strip(".,;:!?…()[]{}\"'’”“«»<>-–—*~ ") for part in re.split(r"[\s,;:=]+", text))
        return Counter(part for part in parts if any(map(str.isdecimal, part)))

    assert with_figures(cleaned(note, job_type).clean) <= with_figures(plain(note))


@settings(max_examples=400, deadline=None)
@given(note=anything, job_type=job_types)
def test_every_word_shown_is_written_or_stands_for_what_is_written(note: str, job_type: str) -> None:
    found = cleaned(note, job_type)
    written = fold(plain(note))
    traced = set(words_of(written)) | GLUE_WORDS | {word for slip in found.spelled for word in words_of(slip.shown)}
    firsts = {first for marks in (r"\s+", r"[\s,;:.!?()\[\]]+", r"[\s,;:.!?()\[\]/&+]+") for first in re.split(marks, written)}
    for key in {key for first in firsts for key in keys_from(first)}:
        traced |= {word for text in written_out(key) for word in words_of(text)}
    traced |= {done for word in traced & WORDS.verbs.keys() for done in words_of(WORDS.verbs[word][0].done)}
    assert set(words_of(found.clean)) <= traced


def keys_from(first: str) -> list[str]:
    bare = first.strip("\"'“”’*-–—{}<>«»~")
    return [key for key in SHORTS if key.split(" ")[0] in {first, bare}] if first else []


def written_out(key: str) -> set[str]:
    texts = {meaning.text for form in (key, f"{key}s") for meaning in WORDS.meanings.get(form, ())}
    for verb in (meaning.verb for meaning in WORDS.meanings[key]):
        texts |= (
            {verb.plain, verb.done, verb.doing, verb.noun, f"{verb.plain}s", f"{verb.plain}es", f"{verb.plain[:-1]}ies"} if verb else set()
        )
    return texts


@settings(max_examples=400, deadline=None)
@given(note=anything, job_type=job_types)
def test_no_negation_is_lost(note: str, job_type: str) -> None:
    """Each stands in what is shown, or in a remark that is kept out as a whole."""
    found = cleaned(note, job_type)
    there = words_of(
        f"{found.clean} {' '.join(remark.words for remark in found.internal)} {' '.join(entry.head for entry in found.entries)}"
    )
    written = Counter({word: count for word, count in words_of(plain(note)).items() if word in _NEGATIONS})
    assert written <= there


@settings(max_examples=200, deadline=None)
@given(note=anything, answers=anything)
def test_the_original_is_untouched_and_every_entry_is_part_of_it(note: str, answers: str) -> None:
    found = clean_note(note, WORDS, answers=answers)
    assert found.original == note
    whole = Counter(_FIGURES.findall(plain(note))) + Counter(_FIGURES.findall(plain(answers)))
    assert Counter(_FIGURES.findall(" ".join(entry.original for entry in found.entries))) == whole


@settings(max_examples=200, deadline=None)
@given(note=anything)
def test_what_is_kept_out_is_not_shown(note: str) -> None:
    found = cleaned(note)
    shown = Counter(_FIGURES.findall(found.clean))
    kept = Counter(figure for remark in found.internal for figure in _FIGURES.findall(remark.words))
    assert shown + kept <= Counter(_FIGURES.findall(plain(note)))


code = st.from_regex(r"[1-9][0-9]{3}[#*]?", fullmatch=True)
between = st.sampled_from(
    [
        " ",
        ", ",
        ": ",
        " is ",
        " - ",
        "; ",
        ". ",
        "\n",
        " = ",
        ", then ",
        " (",
        ":",
        ",",
        " #",
        ", #",
        "=",
        ".",
        "(",
        "#",
        "-",
        " … ",
        "\n\n",
        " – ",
    ]
)
about = st.sampled_from(["gate code", "Gate Code", "lockbox code", "GATE CODE", "lock box", "alarm code", "door code", "garage code"])
around = st.sampled_from(["", "repl cap, ", "chk chrg 12 sh. ", "11/20 LO: ", "cust adv ", "- "])
behind = st.sampled_from(["", " repl cap", ", chk chrg", ". no leaks fnd", "\nrec repl comp", ") inst TXV"])


@settings(max_examples=300, deadline=None)
@given(before=around, what=about, mark=between, figures=code, after=behind)
def test_no_code_leaks_whatever_stands_between_it_and_its_name(before: str, what: str, mark: str, figures: str, after: str) -> None:
    found = cleaned(f"{before}{what}{mark}{figures}{after}")
    assert figures.strip("#*") not in found.clean


@settings(max_examples=50, deadline=None)
@given(note=st.text(max_size=2000))
def test_nothing_that_can_be_typed_breaks_it(note: str) -> None:
    assert cleaned(note).original == note


@pytest.mark.parametrize(
    "piece",
    [
        "repl cap, ",
        "repl cap ",
        "key under mat, ",
        "office: ",
        "a and ",
        "11/20 LO: chk chrg\n",
        "(",
        "a.b",
        "gate code 1",
        "key ",
        "1-",
        "LO ",
        "$",
        "&#x",
        "<",
        "\n",
        "🙂",
        "л",
    ],
)
def test_a_long_note_is_kept_whole_and_takes_time_in_proportion(piece: str) -> None:
    """Twenty times the text may do at most forty times the work; work is counted in calls, not in seconds."""
    small, large = (calls_for(piece * (size // len(piece))) for size in (1_000, 20_000))
    assert large < 40 * small + 10_000


def calls_for(note: str) -> int:
    clean_note("repl cap wierd", WORDS)
    with Profile() as watched:
        found = clean_note(note, WORDS)
    assert found.original == note
    return sum(one.callcount for one in watched.getstats())
