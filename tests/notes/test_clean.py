"""A technician's shorthand in sentences for a customer. The words stand in the tests, so that the trades' files may change."""

from pathlib import Path

import pytest

from contractor_ops.errors import FilesNeedMending
from contractor_ops.notes.clean import CleanNote, clean_note
from contractor_ops.notes.words import Words, add_own, read_words

OWN = b"""
[trade]
words = ["superheat"]
[verbs]
replace = { short = ["repl", "rplc"], noun = "replacement" }
check = { short = ["chk"], noun = "check" }
inspect = { short = ["insp"], noun = "inspection" }
repair = { noun = "repair" }
advise = { short = ["adv"] }
find = { short = ["fnd"], done = "found", doing = "finding" }
install = { short = ["inst"], noun = "installation" }
adjust = { short = ["adj"], noun = "adjustment" }
recommend = { short = ["rec"], head = "plain", then = "noun" }
need = { short = ["nds"], head = "plain", then = "noun" }
return = { short = ["rtn"], head = "plain" }
charge = { short = ["chrg"], noun = "charge" }
cut = { done = "cut", doing = "cutting" }
[nouns]
cap = "capacitor"
comp = "compressor"
cyl = "cylinder"
tstat = "thermostat"
cust = { means = "customer", who = true }
sh = { means = "superheat", after = ["#"], before = ["#"] }
sc = { means = "subcooling", after = ["#"], before = ["#"] }
cond = [{ means = "condensate", before = ["drain", "pump"] }, { means = "condenser", before = ["fan"] }]
hyd = "hydraulic"
mv = "mixing valve"
[adjectives]
"u/s" = "unserviceable"
[states]
words = ["noisy", "leaking", "bad", "cooling", "dead"]
[phrases]
"l/h" = "left-hand"
"w/" = "with"
"w/o" = "without"
tmrw = "tomorrow"
fri = "Friday"
didnt = "didn't"
"r & r" = "removed and replaced"
"c/o" = "cleanout"
[keep]
acronyms = ["TXV", "GFCI", "CO", "OK"]
names = ["Trane"]
units = ["psi", "lb", "mv"]
"""
WORDS = Words()
add_own(WORDS, {"own.toml": OWN})


def clean(note: str, **more: str) -> CleanNote:
    return clean_note(note, WORDS, **more)


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        (
            "repl cap 45/5, chk chrg 12 sh, cust adv comp noisy rec repl",
            "Replaced capacitor 45/5. Checked charge, 12 superheat. Customer advised that the compressor is noisy; recommend replacement.",
        ),
        ("L/H BUCKET CYL LEAKING.", "Left-hand bucket cylinder leaking."),
        ("repl TXV, GFCI and R-410A w/ 3/4\" PVC pn AB12-X.", 'Replaced TXV, GFCI and R-410A with 3/4" PVC pn AB12-X.'),
        ("repl trane comp", "Replaced Trane compressor."),
        ("chk sh 11 sc 9", "Checked superheat 11, subcooling 9."),
        ("chk/repl cap", "Checked/replaced capacitor."),
        ("fnd cap bad repl cap", "Found capacitor bad; replaced capacitor."),
        ("RTU 3 repl cap", "RTU 3: replaced capacitor."),
        ("r & r cap", "Removed and replaced capacitor."),
        ("c.o. at side", "Cleanout at side."),
        ("- repl cap\n- chk chrg", "- Replaced capacitor.\n- Checked charge."),
        ("1) repl cap\n2) chk chrg", "1) Replaced capacitor.\n2) Checked charge."),
        ("cond drain, cond fan", "Condensate drain, condenser fan."),
        ("repl cap.chk chrg,rec repl", "Replaced capacitor. Checked charge; recommend replacement."),
        ("i repl cap", "I replaced capacitor."),
        ("repl 2 comp and 3 cap", "Replaced 2 compressors and 3 capacitors."),
        ("unit 2 comp bad", "Unit 2 compressor bad."),
        ("repl 2 comps and 3 caps", "Replaced 2 compressors and 3 capacitors."),
        ("REPAIR PIPE- BROKEN", "Repair pipe - broken."),
        ("pipe end ,unit 1 ,comp noisy", "Pipe end, unit 1, compressor noisy."),
        ("unit hot ( blown hose )", "Unit hot (blown hose)."),
        ("PUMP SEALS U/S REPAIR", "Pump seals unserviceable; repair."),
        ("UNIT HOT SEE HISTORY", "Unit hot; see history."),
        ("comp insp: ok", "Compressor inspection: OK."),
        ("inst fri", "Installation Friday."),
        ("Engine ok. L/H CYL LEAKING BADLY", "Engine OK. Left-hand cylinder leaking badly."),
        ("Repl cap &amp; chk<br>chrg &frac12; full", "Replaced capacitor & checked.\nCharged ½ full."),
    ],
)  # fmt: skip
def test_shorthand_becomes_sentences(note: str, shown: str) -> None:
    assert clean(note).clean == shown


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("repl cap", "Replaced capacitor."),
        ("repl'd cap", "Replaced capacitor."),
        ("repld cap", "Replaced capacitor."),
        ("repling cap", "Replacing capacitor."),
        ("rec repl", "Recommend replacement."),
        ("rec repl cap", "Recommend replacing capacitor."),
        ("rec adj cap and repl comp", "Recommend adjusting capacitor and replacing compressor."),
        ("rec repl in spring", "Recommend replacement in spring."),
        ("cap nds repl", "Capacitor: need replacement."),
        ("will repl cap", "Will replace capacitor."),
        ("came to repl cap and chk chrg", "Came to replace capacitor and check charge."),
        ("cap was repl", "Capacitor was replaced."),
        ("cap repl", "Capacitor replaced."),
        ("comp repl by others", "Compressor replaced by others."),
        ("after inst cap ran fine", "After installing capacitor ran fine."),
        ("cut out & repl cap", "Cut out & replaced capacitor."),
        ("cust adv to repl cap", "Customer advised to replace capacitor."),
        ("cust adv unit not cooling", "Customer advised that the unit is not cooling."),
        ("cust adv caps bad", "Customer advised that the capacitors are bad."),
        ("per cust adv", "Per customer advised."),
    ],
)
def test_a_verb_has_the_form_that_its_place_asks_for(note: str, shown: str) -> None:
    assert clean(note).clean == shown


@pytest.mark.parametrize(
    "note",
    [
        "cap not repl", "didn't repl cap", "didnt repl cap", "did not repl cap", "unable to repl cap", "will repl cap tmrw", "repl cap next visit", "repl cap?",
        "if bad, repl cap", "repl cap if it fails", "TODO: chk chrg, repl cap", "To do:\n- chk chrg\n- repl cap", "Next visit: chk chrg. repl cap",
        "cust declined cap repl", "cap repl declined", "inst of comp declined, cust wants cap repl", "waiting to repl cap", "no repl", "cust not sure repl cap",
        "need to repl cap", "rec repl cap", "rtn thurs to repl cap", "please repl cap", "unless fixed, repl cap", "possible repl in spring",
    ],
)  # fmt: skip
def test_work_is_never_said_to_be_done_that_was_not(note: str) -> None:
    shown = clean(note).clean.lower()
    if "not repl" in note and "did" not in note:
        assert "not replaced" in shown
    else:
        assert "replac" in shown
        assert "replaced" not in shown


ONE_FORM = b"""
[verbs]
check = { short = ["chk"], noun = "check" }
clean = { short = ["cln"], noun = "cleaning" }
replace = { short = ["repl"], noun = "replacement" }
find = { short = ["fnd"], done = "found" }
lube = {}
tighten = {}
[nouns]
brgs = "bearings"
conns = "connections"
cust = { means = "customer", who = true }
[states]
words = ["worn", "bad", "clean"]
"""
SHIPPED = read_words((), {})
LISTS = Words()
add_own(LISTS, {"own.toml": ONE_FORM})


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("chk belts, lube brgs, cln coils, tighten conns", "Checked belts. Lubed bearings. Cleaned coils. Tightened connections."),
        ("CHK BELTS, TIGHTEN CONNS, CLN COILS", "Checked belts. Tightened connections. Cleaned coils."),
        ("cln & tighten conns", "Cleaned & tightened connections."),
        ("repl belt, tighten conns", "Replaced belt. Tightened connections."),
        ("tighten conns, lube brgs", "Tighten connections, lube bearings."),
    ],
)
def test_the_steps_of_a_list_have_one_form(note: str, shown: str) -> None:
    assert clean_note(note, LISTS).clean == shown


@pytest.mark.parametrize(
    "note",
    [
        "chk belts, replace belts", "fnd belt worn, replace belt", "chk belt 3 mm, cln coils, replace belt", "repl belts, check valve, cln coils",
        "cln coils, replace belt if worn", "cln coils, replace belts next visit", "cln coils, replace belts monthly", "chk belts, cust to replace pads, cln coils",
        "chk belts bad, replace belts, cln coils", "repl belt, lube pump, cln coils", "cln coils, tighten bolts?", "cust to cln coils, tighten bolts",
        "need to cln coils, tighten bolts", "cln coils, don't tighten bolts",
    ],
)  # fmt: skip
def test_a_verb_in_full_is_not_done_where_it_may_be_advice_or_a_thing(note: str) -> None:
    shown = clean_note(note, LISTS).clean.lower()
    assert next(word for word in ("replace ", "check valve", "lube ", "tighten ") if word in note) in shown


@pytest.mark.parametrize("note", ["cust to repl cap, chk chrg", "need to repl cap, chk chrg", "please repl cap, chk chrg"])
def test_what_follows_an_order_in_its_sentence_is_no_more_done_than_it(note: str) -> None:
    shown = clean(note).clean.lower()
    assert "checked" not in shown
    assert "replaced" not in shown


@pytest.mark.parametrize("word", ["not", "no", "never", "w/o", "didn't", "didnt", "can't"])
def test_a_no_stays_a_no(word: str) -> None:
    shown = clean(f"comp {word} leak at repl cap").clean
    assert {"w/o": "without", "didnt": "didn't"}.get(word, word) in shown.split()


def test_what_an_abbreviation_means_may_be_open_and_is_then_left_as_written() -> None:
    found = clean("chk cond & unit zqx")
    assert found.clean == "Checked cond & unit zqx."
    assert {(doubt.words, doubt.why) for doubt in found.unsure} == {
        ("cond", "it may be condensate or condenser"), ("zqx", "an abbreviation that is not known"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("job_type", "note", "shown"),
    [
        ("AC repair", "comp bad", "Compressor bad."),
        ("Roof replacement", "comp bad", "Composition shingle bad."),
        ("", "comp bad", "Comp bad."),
        ("", "low superheat, comp bad", "Low superheat, compressor bad."),
        ("Roofing", "low superheat, comp bad", "Low superheat, composition shingle bad."),
    ],
)
def test_an_abbreviation_of_two_trades_is_settled_by_the_job_and_the_note(job_type: str, note: str, shown: str) -> None:
    trades = read_words(("hvac", "roofing"), {})
    assert clean_note(note, trades, job_type=job_type).clean == shown


def test_the_only_trade_of_an_office_settles_it_too() -> None:
    assert clean_note("comp bad", read_words(("roofing",), {})).clean == "Composition shingle bad."


def test_a_unit_behind_its_number_is_a_unit() -> None:
    assert clean("12 mv at cap, repl mv").clean == "12 mv at capacitor. Replaced mixing valve."


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("REPL CAP. UNIT A: CHK CHRG. UNIT B: OK.", "Replaced capacitor. Unit A: checked charge. Unit B: OK."),
        ("NO CO FOUND, ABC12-X FITTED W/ 24V TXV", "No CO found, ABC12-X fitted with 24V TXV."),
        ("WON'T START, UHF RADIO DEAD", "Won't start, UHF radio dead."),
        ("TXV GFCI", "TXV GFCI."),
        ("Replaced TXV and GFCI", "Replaced TXV and GFCI."),
        ("BROKEN PIPE.OUTER SHELL GONE .", "Broken pipe. Outer shell gone."),
        ("NO GFCI'S ON PRE-HEAT LINE", "No GFCI's on pre-heat line."),
        ("WON'T START(SEE HISTORY)", "Won't start (see history)."),
    ],
)
def test_shouting_becomes_speaking(note: str, shown: str) -> None:
    assert clean(note).clean == shown


def test_a_dot_behind_a_shortened_word_ends_a_sentence_only_where_the_writer_does_not_dot_what_he_shortens() -> None:
    assert clean("Leaking hyd. pipe on boom").clean == "Leaking hydraulic pipe on boom."
    assert clean("repl cap. comp bad. chk chrg").clean == "Replaced capacitor. Compressor bad. Checked charge."


def test_lines_that_an_editor_broke_are_one() -> None:
    note = "The customer asked us to look at the unit behind the house which\nhas not been running since last week. repl cap\nchk chrg"
    shown = "The customer asked us to look at the unit behind the house which has not been running since last week. Replaced capacitor.\nChecked charge."
    assert clean(note).clean == shown


@pytest.mark.parametrize(
    "note",
    [
        "Se cambió el capacitor y la bomba de agua.",
        "Nous avons remplacé la pompe et vérifié le niveau.",
        "水が漏れています",
        "Насос не работает",
    ],
)
def test_another_language_is_left_as_written_for_a_person(note: str) -> None:
    found = clean(note)
    assert found.clean == note
    assert [doubt.words for doubt in found.unsure] == [note]


def test_a_sentence_in_another_language_does_not_spoil_the_others() -> None:
    assert (
        clean("repl cap. El cliente no está en la casa. chk chrg").clean
        == "Replaced capacitor. El cliente no está en la casa. Checked charge."
    )


def test_answers_are_further_entries() -> None:
    found = clean("repl cap", answers="[2026-11-21 10:00 Sam] chk chrg\n[2026-11-22 10:00 Sam] adj tstat")
    assert found.original == "repl cap"
    assert found.clean.splitlines() == [
        "Replaced capacitor.",
        "[2026-11-21 10:00 Sam] Checked charge.",
        "[2026-11-22 10:00 Sam] Adjusted thermostat.",
    ]
    assert [entry.author for entry in found.entries] == [None, "Sam", "Sam"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("suport", "support"),
        ("recieved", "received"),
        ("leakng", "leaking"),
        ("capaciter", "capacitor"),
        ("seperate", "separate"),
        ("cuting", "cutting"),
        ("runnin", "running"),
        ("fallin", "falling"),
    ],
)
def test_a_clear_slip_is_put_right_and_told(written: str, shown: str) -> None:
    found = clean(f"the old {written} in unit")
    assert found.clean == f"The old {shown} in unit."
    assert [(slip.written, slip.shown) for slip in found.spelled] == [(written, shown)]


@pytest.mark.parametrize(
    "word",
    [
        "wierd",
        "falt",
        "lockset",
        "zorg",
        "susp",
        "Navien",
        "ABCX",
        "unit-x",
        "zo3g",
        "ecobee",
        "brive",
        "compart",
        "restick",
        "prople",
        "aduit",
    ],
)
def test_a_word_that_could_be_several_or_none_is_left(word: str) -> None:
    found = clean(f"the old {word} in unit")
    assert found.clean == f"The old {word} in unit."
    assert found.spelled == ()


def test_nothing_is_asked_of_plain_english() -> None:
    found = clean("Replaced the capacitor and checked the charge. The customer was happy.")
    assert (found.unsure, found.spelled, found.internal) == ((), (), ())
    assert found.clean == found.original


# ── the words ──


def test_an_offices_own_word_stands_in_place_of_ours() -> None:
    own: Words = read_words(("hvac",), {"abbreviations/ours.toml": b'[nouns]\ncap = "condenser cap"\n'})
    assert clean_note("repl cap", own).clean == "Replaced condenser cap."


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (b'[nuons]\nx = "y"', 'own.toml: nuons is no key that I know; did you mean "nouns"?'),
        (b'[verbs]\nfix = { shrt = ["fx"] }', 'own.toml: verbs.fix.shrt is no key that I know; did you mean "short"?'),
        (b'[internal.pric]\nclause = ["x"]', 'own.toml: internal.pric is no key that I know; did you mean "price"?'),
        (b"[nouns]\nx = 3", "own.toml: nouns.x"),
        (b"[nouns\n", "own.toml: line 1"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place_and_the_nearest_key(content: bytes, mistake: str) -> None:
    with pytest.raises(FilesNeedMending) as wrong:
        read_words((), {"own.toml": content})
    assert wrong.value.mistakes[0].startswith(mistake)


def test_every_file_that_ships_can_be_read() -> None:
    folder = Path(__file__).parents[2] / "contractor_ops" / "notes" / "words"
    assert {file.stem for file in folder.glob("*.toml")} >= {
        "general",
        "hvac",
        "plumbing",
        "electrical",
        "roofing",
        "pools",
        "internal",
        "foreign",
    }
    assert read_words((), {}).meanings


def test_what_an_office_keeps_as_it_is_has_none_of_our_meanings() -> None:
    own = read_words(("hvac",), {"own.toml": b'[keep]\nacronyms = ["TXV"]\n'})
    assert clean_note("repl txv", own).clean == "Replaced TXV."


def test_two_letters_of_another_trade_are_left_and_asked() -> None:
    found = clean_note("chk ta", read_words((), {}), job_type="AC repair")
    assert (found.clean, [doubt.words for doubt in found.unsure]) == ("Checked ta.", ["ta"])


def test_a_phrase_that_cannot_be_read_is_told() -> None:
    with pytest.raises(FilesNeedMending, match=r'own.toml: internal.access.clause 1: "a\|\(b c\) d" cannot be read'):
        read_words((), {"own.toml": b'[internal.access]\nclause = ["a|(b c) d"]\n'})


@pytest.mark.parametrize(
    ("note", "job_type", "shown"),
    [
        ("REPAIR HYD TEMP WIRING", "", "Repair hydraulic temperature wiring."),
        ("temp wiring in attic", "", "Temporary wiring in attic."),
        ("r.h. engine temp. gauge u/s.", "", "Right-hand engine temperature gauge unserviceable."),
        ("L.H. Track Appears Loose", "", "Left-hand Track Appears Loose."),
        ("new hyd. pump seal", "", "New hydraulic pump seal."),
        ("ROLLER 2 RH REMOVED", "", "Roller 2 right-hand removed."),
        ("indoor temp 75, 45% rh", "AC repair", "Indoor temperature 75, 45% relative humidity."),
        ("sh 8 sc 11, sp 130", "AC repair", "Superheat 8, subcooling 11, sp 130."),
        ("ENGINE BLOWING WH SMOKE", "", "Engine blowing white smoke."),
        ("will rplace pump", "", "Will replace pump."),
        ("tested w hose, seal n side", "", "Tested with hose, seal north side."),
        ("no 24v at w", "", "No 24v at w."),
        ("REPAIR BROKEN GREASE LINES", "", "Repair broken grease lines."),
        ("fuel cap is missing", "", "Fuel cap is missing."),
        ("CODE 2262 FUEL PRESSURE COMING ON", "", "Code 2262 fuel pressure coming on."),
        ("Repl motor. Code 2262 at side door", "", "Replaced motor."),
    ],
)
def test_a_word_that_means_two_things_has_the_meaning_of_its_neighbours(note: str, job_type: str, shown: str) -> None:
    assert clean_note(note, SHIPPED, job_type=job_type).clean == shown
