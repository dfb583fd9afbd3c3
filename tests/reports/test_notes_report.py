"""Notes before and after in a terminal, and what is said in each place that shows them."""

import io

from rich.console import Console

from contractor_ops.notes.clean import clean_note
from contractor_ops.notes.words import read_words
from contractor_ops.reports.cleaned_notes import CleanedNotes, JobNote, Raised
from contractor_ops.reports.notes_report import note_json, note_lines, note_rows, notes_json, render_notes
from contractor_ops.tables.record import Place, Record, Value

NOTE = "repl fill vlv. Gate code 4410\x1b[31m. ZRQ seen"


def found(note: str = NOTE, answers: str = "", number: str | None = "J-1") -> CleanedNotes:
    values: dict[str, Value] = {
        "number": number,
        "customer": "Ann Li",
        "title": "Leak",
        "job_type": None,
        "notes": note,
        "answers": answers,
    }
    job = Record("jobs", values, Place("jobs.csv", None, 2))
    cleaned = clean_note(note, read_words((), {}), answers=answers)
    return CleanedNotes([JobNote(job, cleaned, [Raised("safety", "smelled gas", "owner")])], without=2, problems=())


def rendered(notes: CleanedNotes, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    render_notes(notes, console)
    stream = console.file
    assert isinstance(stream, io.StringIO)
    return stream.getvalue().splitlines()


def test_before_and_after_stand_beside_each_other() -> None:
    lines = rendered(found(), 120)
    [beside] = [line for line in lines if "repl fill vlv" in line]
    assert beside.index("repl fill vlv") < beside.index("Replaced fill valve.")
    assert 'flag: safety: "smelled gas", for owner' in lines
    assert lines[-1] == "1 job: 1 with something kept out, 1 with something to look at. 2 jobs have no note."


def test_a_narrow_window_cuts_no_word_off() -> None:
    assert " ".join(" ".join(rendered(found("Replaced the contactor and both capacitors"), 40)).split()).count("capacitors") >= 1


def test_no_control_character_reaches_a_terminal_or_a_pipe() -> None:
    assert "\x1b" not in "".join(rendered(found(), 100)) + "".join(note_lines(found()))


def test_plain_lines_say_why_something_is_kept_out_and_what_to_look_at() -> None:
    lines = list(note_lines(found()))
    assert lines[0] == "J-1, Ann Li, Leak (jobs.csv, row 2)"
    assert [line for line in lines if line.startswith("  kept out") and "4410" in line and line.endswith("(how to get in)")]
    assert '  look at    "ZRQ": an abbreviation that is not known' in lines


def test_what_was_answered_later_stands_beside_the_note() -> None:
    lines = list(note_lines(found("repl fill vlv", "[2026-11-20 16:20 Tom Vega] 2 hrs, no parts")))
    assert "  answered   [2026-11-20 16:20 Tom Vega] 2 hrs, no parts" in lines


def test_a_job_without_a_number_is_named_by_its_row() -> None:
    assert next(note_lines(found(number=None))) == "A job without a number, Ann Li, Leak (jobs.csv, row 2)"


def test_what_is_left_out_is_counted_on_a_line_of_its_own() -> None:
    one = found()
    jobs = [Record("jobs", {"number": number, "status": status}, Place("jobs.csv", None, row))
            for row, (number, status) in enumerate([(None, "Cancelled"), ("J-8", "Scheduled "), ("J-9", "scheduled")], 3)]  # fmt: skip
    every = CleanedNotes(one.notes, 2, (), jobs)
    said = "Left out, as nothing was done there: 1 cancelled and 2 scheduled. To see one anyway: contractor-ops notes clean J-8"
    assert list(note_lines(every))[-1] == rendered(every, 160)[-1] == said
    assert notes_json(every)["left_out"] == {"cancelled": 1, "scheduled": 2}
    assert not any("Left out" in line for line in note_lines(one))


def test_csv_and_json_hold_the_same() -> None:
    one = found()
    [row] = note_rows(one)
    document = note_json(one.notes[0])
    assert (
        (row["job"], row["original"], row["clean"])
        == (document["job"], document["original"], document["clean"])
        == ("J-1", NOTE, row["clean"])
    )
    assert row["flags"] == 'safety: "smelled gas", for owner'
    assert document["flags"] == [{"name": "safety", "words": "smelled gas", "owner": "owner"}]
