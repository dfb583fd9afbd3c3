"""`notes clean`: what a customer may read, beside the original: nothing that is not in it, and nothing that is only ours."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.offices import CONFIG
from tests.stories.contract_billing.flag_rows import ALL_NOTES
from tests.stories.contract_billing.note_rows import HEADINGS, JOB_TYPES, NOTES, job
from tests.stories.inside import Office

NOW = "2026-11-20T16:00"
NUMBERS = re.compile(r"\d+(?:[.,/:x-]\d+)*")


def office_of(folder: Path, notes: Sequence[str]) -> Office:
    rows = [job(n, "", note=note).row() for n, note in enumerate(notes, 1)]
    office = Office(folder / "office", CONFIG + JOB_TYPES)
    office.sheet("jobs", HEADINGS, rows)
    return office


def cleaned(folder: Path, notes: Sequence[str]) -> list[Any]:
    ran = office_of(folder, notes).do("notes", "clean", "--all", "--format", "json", now=NOW)
    assert ran.code == 0, ran.err
    found = {int(one["job"]): one for one in ran.json["notes"]}
    return [found[n] for n in range(1, len(notes) + 1)]


def clean(folder: Path, note: str) -> str:
    return str(cleaned(folder, [note])[0]["clean"])


def test_the_shorthand_of_the_issue_becomes_sentences(tmp_path: Path) -> None:
    text = clean(tmp_path, "repl cap 45/5, chk chrg 12 sh, cust adv comp noisy rec repl")
    assert all(
        word in text.lower()
        for word in ("replaced", "capacitor", "45/5", "charge", "12", "superheat", "customer", "compressor", "noisy", "replac")
    )
    assert not re.search(r"\b(repl|chk|chrg|adv|comp|rec)\b", text) and text[0].isupper() and text.rstrip().endswith(".")


def test_the_original_stands_beside_it_untouched(tmp_path: Path) -> None:
    notes = ["repl cap 45/5,  chk   chrg 12 sh", "¡Se cambió el capacitor! 🙂", "x\ny\n\nz", "11/19 SW: repl cap\n11/20 LO: chk chrg"]
    assert [one["original"] for one in cleaned(tmp_path, notes)] == notes


INTERNAL = (
    ("Gate code 4411#. Replaced the run capacitor.", ("4411",), "capacitor"),
    ("Replaced the run capacitor. Customer is a pain.", ("pain",), "capacitor"),
    ("Replaced the run capacitor. Our cost 38.50, bill her 210.", ("38.50", "210"), "capacitor"),
    ("Lockbox 0917 on the back door. Cleaned the coil.", ("0917",), "coil"),
    ("Cleaned the coil. Homeowner is a jerk, charge him extra.", ("jerk", "extra"), "coil"),
    ("Alarm code is 2580. Changed the filter.", ("2580",), "filter"),
    ("Changed the filter. Don't tell the customer we forgot last time.", ("forgot",), "filter"),
    ("Key under the mat. Changed the filter.", ("mat",), "filter"),
    ("Changed the filter. Markup 40% on parts.", ("40%", "Markup"), "filter"),
    ("Garage code 1234, side door. Flushed the water heater.", ("1234",), "water heater"),
)


def test_internal_remarks_are_kept_out_and_the_work_stays_in(tmp_path: Path) -> None:
    odd = []
    for (note, ours, work), one in zip(INTERNAL, cleaned(tmp_path, [note for note, _, _ in INTERNAL]), strict=True):
        if (
            any(word.lower() in one["clean"].lower() for word in ours)
            or work not in one["clean"].lower()
            or not all(word in str(one["internal"]) for word in ours)
        ):
            odd.append((note, one["clean"], one["internal"]))
    assert odd == []


OURS_NOT = (
    "Replaced the gate valve.", "Fault code 33 cleared, replaced the pressure switch.", "Customer pointed out a pain point in the duct, sealed it.",
    "Installed model 4411 thermostat.", "Keyed the new lockset, works.", "Cost of the repair was explained before the work began.",
)  # fmt: skip


def test_what_only_sounds_internal_stays(tmp_path: Path) -> None:
    kept = cleaned(tmp_path, OURS_NOT)
    assert [one["clean"] for one in kept][:2] == list(OURS_NOT[:2]) and [one["clean"] for one in kept][3:5] == list(OURS_NOT[3:5])


def test_stacked_entries_are_split_by_author_and_time(tmp_path: Path) -> None:
    [one] = cleaned(
        tmp_path,
        ["11/18/26 SW: found bad cap, ordered.\n11/19/26 LO: repl cap 45/5, tested ok.\n11/20/26 8:15 AM SW: cust called, all good."],
    )
    assert len(one["entries"]) == 3
    texts = [str(entry) for entry in one["entries"]]
    assert "ordered" in texts[0] and "45/5" in texts[1] and "called" in texts[2] and "SW" in texts[0] and "LO" in texts[1]


UNITS = "Charged 2.5 lb R-410A, 118 psi suction, 16x25x1 filter, 45/5 MFD cap P/N 27L-560, 3/4 in PVC, 240V, 30A, 10 ga, model 24ACC636A003 s/n 1234E56789, SH 12."


def test_units_and_part_numbers_are_untouched(tmp_path: Path) -> None:
    text = clean(tmp_path, UNITS)
    assert all(
        part in text
        for part in ("2.5 lb", "R-410A", "118 psi", "16x25x1", "45/5", "27L-560", "3/4", "240V", "30A", "24ACC636A003", "1234E56789", "12")
    )


def test_no_number_is_invented_lost_or_changed(tmp_path: Path) -> None:
    """Notes shaken together from pieces of the trade: the numbers of the clean one are numbers of the original, each no more often."""
    dice = random.Random(4)
    pieces = ["repl cap {}/5", "chk chrg {} sh", "added {} lb r410a", "filt 16x25x{}", "p/n {}-A{}", "{}v", "{} amps", "temp split {}", "cust adv comp noisy",
              "rec repl", "arr {}:15 left {}:45", "gate code {}", "w/h leaking", "brkr {}A", "inst {} ft pvc", "1 1/2 in trap", "ret trip {}/{}", "ph 7.{}", "2nd flr unit",
              "two caps", "a dozen screws", "half day", "11/{}/26 SW:", "$1{}0.00", "½ in valve", "no. {}", "x{}", "{}%"]  # fmt: skip
    notes = [
        ", ".join(re.sub(r"\{\}", lambda _: str(dice.randint(1, 99)), dice.choice(pieces)) for _ in range(dice.randint(1, 9)))
        for _ in range(300)
    ]
    for note, one in zip(notes, cleaned(tmp_path, notes), strict=True):
        invented = Counter(NUMBERS.findall(one["clean"])) - Counter(NUMBERS.findall(note))
        digits = Counter(re.findall(r"\d+", one["clean"])) - Counter(re.findall(r"\d+", note))
        assert not digits, (note, one["clean"], invented)


def test_other_languages_are_left_as_they_are(tmp_path: Path) -> None:
    notes = [
        "Se cambió el capacitor y se probó el sistema, enfría bien.",
        "Nous avons changé le filtre et nettoyé la bobine.",
        "Filter gewechselt, Anlage läuft wieder.",
    ]
    assert [one["clean"] for one in cleaned(tmp_path, notes)] == notes


@pytest.mark.parametrize("note", ["", "👍", ".", "ok", "-", "???", "<script>alert(1)</script>", "{{ 7*7 }}", "\\x1b[31m red"])
def test_notes_that_say_little(tmp_path: Path, note: str) -> None:
    ran = office_of(tmp_path, [note, "Cleaned the coil."]).do("notes", "clean", "--all", "--format", "json", now=NOW)
    assert ran.code == 0, ran.err
    assert not any("49" in one["clean"] for one in ran.json["notes"])


def test_long_notes_are_cleaned_whole(tmp_path: Path) -> None:
    long = "Cleaned the condenser coil, washed both filters and checked every register. " * 270
    text = clean(tmp_path, long)
    assert text.count("condenser coil") == 270


def test_unsure_is_marked_for_a_person(tmp_path: Path) -> None:
    [one] = cleaned(tmp_path, ["repl xqz valve brzk, chk"])
    assert one["unsure"]


def test_every_note_of_these_stories_is_cleaned_without_a_new_number(tmp_path: Path) -> None:
    notes = [note for note in (*ALL_NOTES, *(note.row()[8] for note in NOTES)) if note.strip(" -") and len(note) < 2_000]
    for note, one in zip(notes, cleaned(tmp_path, notes), strict=True):
        assert not Counter(re.findall(r"\d+", one["clean"])) - Counter(re.findall(r"\d+", note)), (note, one["clean"])


def test_every_format_and_one_job_by_number(tmp_path: Path) -> None:
    office = office_of(tmp_path, ["repl cap 45/5", "=cmd|' /C calc'!A0 chk chrg"])
    for form in ("json", "jsonl", "csv", "table"):
        ran = office.do("notes", "clean", "1", "--format", form, now=NOW)
        assert ran.code == 0 and "45/5" in ran.out and "calc" not in ran.out
    every = office.do("notes", "clean", "--all", "--format", "csv", now=NOW).out
    assert ",=cmd" not in every and ',"=cmd' not in every
    wrong = office.do("notes", "clean", "4711", "--format", "json", now=NOW)
    assert wrong.code == 3 and "4711" in wrong.err


@pytest.mark.parametrize("word", ["zorg", "lockset", "Trane", "mini-split", "backflow", "Schluter", "escutcheon", "Navien", "ridge-vent"])
def test_a_word_that_nobody_knows_is_left_alone(tmp_path: Path, word: str) -> None:
    """A brand, a thing of the trade, a name: changed into another word it would be an invention."""
    assert word.lower() in clean(tmp_path, f"repl {word} on roof").lower()
