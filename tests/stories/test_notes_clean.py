"""The office manager reads job notes as the customer may: one job's, all of them, and with the office's own abbreviations."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.offices import Ran
from tests.stories.inside import Office

NOW = "2026-11-23T10:00"
HEADINGS = ["Job #", "Customer", "Title", "Job type", "Status", "Notes"]
SHORTHAND = "repl cap 45/5, chk chrg 12 sh, cust adv comp noisy rec repl"
ROWS = (
    ["J-1", "Ann Li", "No cooling", "AC repair", "Completed", SHORTHAND],
    ["J-2", "Bob Ray", "Leak", "Plumbing repair", "Completed", "Gate code 4410, 2233. repl fill vlv, smelled gas at the meter"],
    ["J-3", "Cy Orr", "Tune-up", "Tune-up", "Completed", ""],
    ["J-4", "Ann Li", "Bomba", "Pool", "Completed", "Cambié la bomba del cliente y revisé el filtro de agua"],
    ["", "Di Poe", "Panel", "Electrical", "Completed", "tightened lugs and fitings, hum gone 🙂"],
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office")
    made.sheet("jobs", HEADINGS, ROWS)
    return made


def clean(office: Office, *words: str) -> Ran:
    return office.do("notes", "clean", *words, now=NOW)


def notes(office: Office, *words: str) -> list[dict[str, Any]]:
    ran = clean(office, *words, "--format", "json")
    assert ran.code == 0, ran.err
    assert list(ran.json) == ["notes", "problems", "left_out"]
    found: list[dict[str, Any]] = ran.json["notes"]
    return found


def words_of(listed: Sequence[dict[str, str]]) -> list[str]:
    return [one["words"] for one in listed]


def test_one_job_is_shown_before_and_after(office: Office) -> None:
    [one] = notes(office, "j-1")
    assert (one["job"], one["customer"], one["title"], one["job_type"]) == ("J-1", "Ann Li", "No cooling", "AC repair")
    assert one["original"] == SHORTHAND
    assert one["clean"] == (
        "Replaced capacitor 45/5. Checked charge, 12 superheat. Customer advised that the compressor is noisy; recommend replacement."
    )
    assert (one["internal"], one["unsure"], one["spelled"], one["flags"]) == ([], [], [], [])
    assert one["source"] == {"file": "jobs.csv", "sheet": None, "row": 2}
    assert [entry["clean"] for entry in one["entries"]] == [one["clean"]]


def test_what_is_kept_out_stands_beside_with_its_reason(office: Office) -> None:
    [one] = notes(office, "J-2")
    assert one["internal"] == [{"words": "Gate code 4410, 2233.", "kind": "access"}]
    assert "4410" not in one["clean"] and "2233" not in one["clean"]
    assert one["clean"].startswith("Replaced fill valve")
    printed = clean(office, "J-2").out
    assert '  kept out   "Gate code 4410, 2233." (how to get in)\n' in printed


def test_a_flag_is_told_with_its_words_and_its_owner(office: Office) -> None:
    office.configure('\n[notes]\nflags = { safety = "owner" }\n')
    [flag] = notes(office, "J-2")[0]["flags"]
    assert (flag["name"], flag["owner"]) == ("safety", "owner")
    assert "smelled gas" in flag["words"].lower()


def test_all_jobs_with_a_note_are_shown_in_the_order_of_the_sheet(office: Office) -> None:
    assert [one["job"] for one in notes(office, "--all")] == ["J-1", "J-2", "J-4", None]
    assert clean(office, "--all").out.rstrip().endswith("1 job has no note.")


def test_a_job_without_a_note_is_shown_as_such(office: Office) -> None:
    [one] = notes(office, "J-3")
    assert (one["original"], one["clean"], one["entries"]) == ("", "", [])
    assert "(no note)" in clean(office, "J-3").out


def test_a_customers_name_finds_all_of_their_jobs(office: Office) -> None:
    assert [one["job"] for one in notes(office, "ann li")] == ["J-1", "J-4"]


def test_another_language_stays_as_written_and_is_a_persons(office: Office) -> None:
    [one] = notes(office, "J-4")
    assert one["clean"].rstrip(".") == ROWS[3][-1]
    assert "Spanish" in one["unsure"][0]["why"]


def test_a_slip_of_the_pen_is_listed(office: Office) -> None:
    one = notes(office, "--all")[-1]
    assert {"written": "fitings", "shown": "fittings"} in one["spelled"]
    assert one["clean"].endswith("fittings, hum gone 🙂.") or one["clean"].endswith("fittings, hum gone 🙂")


def test_lines_and_csv_have_a_row_for_each_job(office: Office) -> None:
    lines = clean(office, "--all", "--format", "jsonl").out.splitlines()
    rows = list(csv.DictReader(io.StringIO(clean(office, "--all", "--format", "csv").out)))
    assert (len(lines), len(rows)) == (4, 4)
    assert rows[1]["internal"] == '"Gate code 4410, 2233." (how to get in)'
    assert [row["row"] for row in rows] == ["2", "3", "5", "6"]


def test_an_unknown_job_is_told_with_the_nearest_number(office: Office) -> None:
    ran = clean(office, "J-9")
    assert (ran.code, ran.out) == (3, "")
    assert 'There is no job "J-9"; did you mean "J-' in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Name one job, or ask for all.\n"),
        (("J-1", "--all"), 'Name one job, or ask for all. It is one or the other, not "J-1" and --all together.\n'),
    ],
)
def test_either_one_job_or_all(office: Office, words: tuple[str, ...], said: str) -> None:
    ran = clean(office, *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)


@pytest.mark.parametrize(("wanted", "found"), [("5137", "J-05137"), ("J-5137", "J-05137"), ("j-05137", "J-05137"), ("#42", "K-42")])
def test_a_number_may_be_typed_without_its_letters_and_zeros(office: Office, wanted: str, found: str) -> None:
    office.sheet("jobs", HEADINGS, [*ROWS, ["J-05137", *ROWS[0][1:]], ["K-42", *ROWS[0][1:]]])
    assert [one["job"] for one in notes(office, wanted)] == [found]


def test_a_number_that_several_jobs_may_have_is_answered_with_all_of_them(office: Office) -> None:
    office.sheet("jobs", HEADINGS, [["J-42", *ROWS[0][1:]], ["K-42", *ROWS[0][1:]], ["J-43", *ROWS[0][1:]]])
    ran = clean(office, "42")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == '"42" may be J-42 or K-42: several numbers fit.\nWrite the one that you mean in full.\n'
    assert [one["job"] for one in notes(office, "K-42")] == ["K-42"]
    assert 'There is no job "M-42"; did you mean' in clean(office, "M-42").err


def test_a_customer_is_not_taken_for_a_number(office: Office) -> None:
    office.sheet("jobs", HEADINGS, [["000", "Bob Ray", *ROWS[0][2:]], ["J-1", *ROWS[0][1:]]])
    assert [one["job"] for one in notes(office, "Ann Li")] == ["J-1"]


def test_jobs_on_which_nothing_is_done_are_left_out_of_all_and_counted(office: Office) -> None:
    headings = [*HEADINGS, "Completed"]
    states = [("J-1", "Completed", "2026-11-20"), ("J-2", "Cancelled", ""), ("J-3", "Scheduled", ""), ("J-4", "scheduled", ""),
              ("J-5", "Scheduled", "2026-11-20"), ("J-6", "On hold", ""), ("J-7", "", "")]  # fmt: skip
    office.sheet("jobs", headings, [[number, "Ann Li", "", "", state, SHORTHAND, done] for number, state, done in states])
    ran = clean(office, "--all", "--format", "json")
    assert [one["job"] for one in ran.json["notes"]] == ["J-1", "J-5", "J-6", "J-7"]
    assert ran.json["left_out"] == {"cancelled": 1, "scheduled": 2}
    said = "Left out, as nothing was done there: 1 cancelled and 2 scheduled. To see one anyway: contractor-ops notes clean J-2"
    assert clean(office, "--all").out.splitlines()[-1].endswith(said)
    assert said in clean(office, "--all", "--format", "csv").err
    assert [one["job"] for one in notes(office, "J-2")] == ["J-2"]
    assert len(notes(office, "Ann Li")) == 7


# ── the office's own abbreviations ───────────────────────────────────────────────────────────────────────────────────


def own_words(office: Office, text: str) -> None:
    folder = office.folder / "abbreviations"
    folder.mkdir(exist_ok=True)
    (folder / "ours.toml").write_text(text, encoding="utf-8")


def test_the_offices_own_abbreviation_wins(office: Office) -> None:
    own_words(office, '[nouns]\ncap = "coffee pot"\n')
    assert notes(office, "J-1")[0]["clean"].startswith("Replaced coffee pot 45/5.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[nouns]\ncap = 3\n", "abbreviations/ours.toml: nouns.cap"),
        ('[nuns]\ncap = "x"\n', 'abbreviations/ours.toml: nuns is no key that I know; did you mean "nouns"?'),
        ('[nouns]\ncap = "x\n', "abbreviations/ours.toml: line 2"),
        ('[verbs]\nskim = { shrt = ["skm"] }\n', "abbreviations/ours.toml: verbs.skim.shrt is no key that I know"),
    ],
)
def test_a_mistake_in_them_is_told_with_file_and_key(office: Office, text: str, said: str) -> None:
    own_words(office, text)
    ran = clean(office, "J-1")
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err


def test_no_sheet_is_changed(office: Office) -> None:
    before = {file.name: file.read_bytes() for file in office.folder.iterdir()}
    clean(office, "--all")
    assert {file.name: file.read_bytes() for file in office.folder.iterdir()} == before
