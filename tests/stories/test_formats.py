"""What scripts lean on: formats, options before or after the command, pipes without colours, and the last line of a rehearsal."""

import contextlib
import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.offices import ESTIMATES, INVOICES, WHY, Ran, decided, follow_up, message, of, reminders
from tests.stories.inside import Office, run_main

MONDAY = "2026-11-23T10:00"
ROWS = [
    ("E-1", "Ann Li", "ann@li.example", "(312) 555-0142", "Furnace, new", "Sent", "11/21/2026", "$4,800.00", 'says "soon"'),
    ("E-2", "Bo Park", "", "+1 312-555-0143", "=2+3", "Sent", "11/22/2026", "$90.50", "line\nend"),
    ("E-3", "Cy Fox", "cy@fox.example", "", "Pump", "Accepted", "11/01/2026", "$9,000.00", ""),
    ("E-4", "Di Rey", "", "", "Boiler", "Sent", "11/20/2026", "", ""),
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up())


def typed(*words: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> Ran:
    """Run the program with exactly these words."""
    out, err = io.StringIO(), io.StringIO()
    with patch.dict(os.environ), contextlib.chdir(cwd or Path.cwd()):
        os.environ.pop("CONTRACTOR_OPS_OFFICE", None)
        code = run_main(words, env or {}, out, err)
    return Ran(code, out.getvalue(), err.getvalue())


def piped(*words: str, env: dict[str, str]) -> Ran:
    """Start the program with a pipe for what it prints."""
    done = subprocess.run([sys.executable, "-m", "contractor_ops", *words], capture_output=True, text=True, timeout=60, check=False,
                          env={**os.environ, **env})  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_json_jsonl_and_csv_tell_the_same_decisions(office: Office) -> None:
    document = office.run("mine", MONDAY)
    lines = [json.loads(line) for line in office.do("run", "mine", "--format", "jsonl", now=MONDAY).out.splitlines()]
    rows = rows_of(office.do("run", "mine", "--format", "csv", now=MONDAY).out)
    expected = [(one["record"], one["decision"]) for one in document["decisions"]]
    assert [(one["record"], one["decision"]) for one in lines] == expected
    assert [(one["record"], one["decision"]) for one in rows] == expected


def test_the_run_document_has_every_promised_key_in_words_of_the_contract(office: Office) -> None:
    document = office.run("mine", MONDAY)
    assert {"recipe", "now", "sent", "mode", "counts", "brakes", "decisions", "problems"} <= set(document)
    assert (document["recipe"], document["now"], document["sent"], document["mode"]) == ("mine", "2026-11-23T10:00:00-06:00", False, "auto")
    for one in document["decisions"]:
        assert {"decision", "record", "step", "reason", "source", "customer", "owner", "due", "until", "action", "channel", "to", "subject",
                "body", "outcome", "provider_id", "settled_by"} <= set(one)  # fmt: skip
        assert set(one["source"]) == {"table", "file", "sheet", "row"}
        assert one["reason"] and one["owner"] == "office"
    counts = document["counts"]
    assert counts["rows"] == len(document["decisions"]) == sum(value for key, value in counts.items() if key != "rows")
    assert office.run("mine", MONDAY, "--send")["sent"] is True


def test_the_document_fits_the_schema_that_is_printed(office: Office) -> None:
    schema = typed("schema", "run").json
    properties = schema["properties"] if "properties" in schema else next(iter(schema["$defs"].values()))["properties"]
    assert {"recipe", "now", "sent", "mode", "counts", "brakes", "decisions", "problems"} <= set(properties)


def test_one_recipe_is_an_object_and_several_an_array_in_order(office: Office) -> None:
    office.recipe("also", follow_up())
    assert isinstance(office.do("run", "mine", "--format", "json", now=MONDAY).json, dict)
    assert [one["recipe"] for one in office.do("run", "mine", "also", "--format", "json", now=MONDAY).json] == ["mine", "also"]
    assert [one["recipe"] for one in office.do("run", "also", "mine", "--format", "json", now=MONDAY).json] == ["also", "mine"]


def test_office_and_now_stand_before_or_after_the_command(office: Office, tmp_path: Path) -> None:
    folder = str(office.folder)
    spellings = [
        typed("run", "mine", "--format", "json", "--office", folder, "--now", MONDAY),
        typed("--office", folder, "--now", MONDAY, "run", "mine", "--format", "json"),
        typed("run", "mine", "--format", "json", "--now", MONDAY, cwd=office.folder),
        typed("run", "mine", "--format", "json", "--now", MONDAY, env={"CONTRACTOR_OPS_OFFICE": folder}),
        typed("run", "mine", "--format=json", "--now=2026-11-23T16:00:00Z", "--office", folder, env={"CONTRACTOR_OPS_OFFICE": "/nowhere"}),
        typed("--office", folder, "run", "mine", "--format=json", "--now=2026-11-23 10:00", env={"CONTRACTOR_OPS_OFFICE": "/nowhere"}),
    ]
    assert [ran.code for ran in spellings] == [0] * len(spellings), [ran.err for ran in spellings]
    assert all(ran.json == spellings[0].json for ran in spellings)


@pytest.mark.parametrize("command", ["review approve 1", "ledger history", "report"])
def test_every_command_takes_office_and_now_before_it(office: Office, command: str) -> None:
    office.recipe("mine", follow_up(mode="approve")).run("mine", MONDAY)
    ran = typed("--office", str(office.folder), "--now", MONDAY, *command.split())
    assert ran.code == 0, ran.err


def test_what_was_read_can_be_fed_back(office: Office) -> None:
    before = office.rehearse("mine", MONDAY)
    read = office.do("read", "estimates", "--format", "csv").out
    fed = office.do("run", "mine", "--table", "estimates=-", "--format", "json", now=MONDAY, stdin=read)
    assert fed.code == 0, fed.err
    keys = ("record", "decision", "step", "to", "body", "due")
    assert [{key: one[key] for key in keys} for one in fed.json["decisions"]] == [
        {key: one[key] for key in keys} for one in before["decisions"]
    ]
    (office.folder / "other.csv").write_text(read)
    other = office.do("run", "mine", "--table", f"estimates={office.folder / 'other.csv'}", "--format", "json", now=MONDAY)
    assert decided(other.json) == decided(before)


def test_what_was_fed_back_and_filtered_keeps_its_releases(office: Office) -> None:
    office.recipe("mine", follow_up(mode="approve")).run("mine", MONDAY)
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    read = office.do("read", "estimates", "--format", "csv").out
    fed = office.do("run", "mine", "--table", "estimates=-", "--format", "json", now=MONDAY, stdin=read)
    assert decided(fed.json)["E-1"] == "act"


def test_cells_that_a_spreadsheet_would_run_are_neutralised_and_phones_are_not(office: Office) -> None:
    rows = rows_of(office.do("read", "estimates", "--format", "csv").out)
    assert not rows[1]["title"].startswith("=")
    assert rows[1]["phone"] == "+13125550143"
    assert rows[0]["total"] in {"4800", "4800.00", "4800.0"}
    run = office.do("run", "mine", "--format", "csv", now="2026-11-25T10:00").out
    assert not any(cell.startswith("=") for row in rows_of(run) for cell in row.values() if cell)
    assert next(row for row in rows_of(run) if row["record"] == "E-2")["to"] == "+13125550143"


@pytest.mark.parametrize(
    "words", [("run", "mine"), ("read", "estimates"), ("report",), ("review", "list"), ("check",), ("why", "estimates", "E-1")]
)
def test_a_pipe_gets_no_colours_and_nothing_cut_off(office: Office, words: tuple[str, ...]) -> None:
    long = "A very long job title that goes on and on, " * 6
    office.sheet("estimates", ESTIMATES, [(*ROWS[0][:4], long, *ROWS[0][5:]), ROWS[3]])
    office.recipe("mine", follow_up(mode="approve")).run("mine", MONDAY)
    ran = piped(*words, "--office", str(office.folder), "--now", MONDAY, env={"COLUMNS": "40", "TERM": "xterm-256color"})
    assert ran.code == 0, ran.err
    assert "\x1b" not in ran.out + ran.err
    if words[0] in {"read", "why"}:
        assert long.strip() in ran.out
    if words[:2] == ("review", "list"):
        assert "($4,800.00)?" in ran.out  # the end of the words that would leave


def test_control_characters_of_cells_reach_no_pipe(tmp_path: Path) -> None:
    hostile = ("\x1b[31mred\x1b[0m", "bell\x07", "\x1b]0;title\x07", "rtl\u202eevil", "del\x7f", "\x9b31m")
    rows = [(f"E-{n}", "Ann Li", "", f"312-555-014{n}", cell, "Sent", "11/21/2026", "$480", cell) for n, cell in enumerate(hostile)]
    office = Office(tmp_path).sheet("estimates", ESTIMATES, rows).recipe("mine", follow_up(mode="approve"))
    for words in (("run", "mine"), ("run", "mine", "--format", "csv"), ("run", "mine", "--format", "json"), ("read", "estimates"),
                  ("review", "list"), ("report", "--call-list"), ("why", "estimates", "E-0")):  # fmt: skip
        ran = office.do(*words, now=MONDAY)
        assert ran.code == 0, ran.err
        assert {character for character in ran.out + ran.err if not character.isprintable()} <= {"\n", "\t"}, words


def test_the_last_line_of_a_rehearsal_says_what_would_leave_and_what_to_type(office: Office) -> None:
    last = office.do("run", "mine", now=MONDAY).out.strip().splitlines()[-1]
    assert last.startswith("Nothing was sent")
    assert "1 text" in last
    assert "contractor-ops run mine --send" in last
    office.recipe("mine", follow_up(mode="approve"))
    last = office.do("run", "mine", now=MONDAY).out.strip().splitlines()[-1]
    assert "Nothing was sent" in last and "review approve" in last
    sent = office.do("run", "mine", "--send", now=MONDAY).out
    assert "this was a rehearsal" not in sent


def test_a_rehearsal_that_a_brake_stops_says_so_last(tmp_path: Path) -> None:
    office = Office(tmp_path).configure("\n[limits]\nper_run = 1\n").sheet("estimates", ESTIMATES, ROWS[:2]).recipe("mine", follow_up())
    last = office.do("run", "mine", now="2026-11-25T10:00").out.strip().splitlines()[-1]
    assert "Nothing was sent" in last and "--accept unusual-volume" in last


@pytest.mark.parametrize("words", [("report",), ("report", "--call-list"), ("review", "list"), ("ledger", "history")])
def test_every_list_has_every_format(office: Office, words: tuple[str, ...]) -> None:
    office.run("mine", MONDAY, "--send")
    as_csv = office.do(*words, "--format", "csv", now=MONDAY)
    assert as_csv.code == 0, as_csv.err
    assert len(as_csv.out.splitlines()[0].split(",")) > 2
    assert office.do(*words, "--format", "json", now=MONDAY).json is not None
    assert all(isinstance(json.loads(line), dict) for line in office.do(*words, "--format", "jsonl", now=MONDAY).out.splitlines())


def test_read_json_is_what_scripts_rely_on(office: Office) -> None:
    document = office.do("read", "estimates", "--explain", "--format", "json").json
    assert {"records", "problems", "as_of", "columns"} <= set(document)
    first: dict[str, Any] = document["records"][0]
    assert (first["number"], first["total"], first["sent_on"], first["phone"], first["status"]) == (
        "E-1",
        4800,
        "2026-11-21",
        "+13125550142",
        "Sent",
    )
    assert first["source"] == {"file": "estimates.csv", "sheet": None, "row": 2}
    assert document["records"][3]["email"] is None
    assert document["columns"]["sent_on"] == "Emailed"


def test_a_pipe_that_is_closed_early_is_no_bug(office: Office) -> None:
    line = f"{sys.executable} -m contractor_ops run mine --format jsonl --office {office.folder} --now {MONDAY} | head -n 1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=60)
    assert json.loads(done.stdout)["record"] == "E-1"
    assert "Traceback" not in done.stderr and "bug" not in done.stderr


def test_files_with_a_byte_order_mark_and_windows_line_ends_are_read(office: Office) -> None:
    for name in ("config.toml", "recipes/mine.toml"):
        file = office.folder / name
        file.write_bytes(b"\xef\xbb\xbf" + file.read_text().replace("\n", "\r\n").encode())
    assert decided(office.rehearse("mine", MONDAY))["E-1"] == "act"


def test_numbers_of_documents_and_money_of_a_workbook_are_text_and_numbers(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [INVOICES, (1001.0, "Ann Li", "", 3125550142, "Sent", "11/01/2026", "11/15/2026", 300.5, 300.5, "")]:
        book.active.append(row)
    book.save(tmp_path / "invoices.xlsx")
    office = Office(tmp_path).configure('\n[tables.invoices]\nfile = "invoices.xlsx"\n').recipe("bills", reminders())
    one = of(office.rehearse("bills", MONDAY), "1001")
    assert (one["to"], "1001," in one["body"], "$300.50" in one["body"], "1001.0" in one["body"]) == ("+13125550142", True, True, False)
    assert one["source"] == {"table": "invoices", "file": "invoices.xlsx", "sheet": "Sheet", "row": 2}


def test_a_recipe_of_the_office_wins_over_one_that_ships(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, ROWS)
    assert office.run("estimate-follow-up", MONDAY)["mode"] == "approve"
    office.recipe("estimate-follow-up", follow_up(steps=message("mine", 'after = "1 day"', "Ours.")))
    assert of(office.rehearse("estimate-follow-up", MONDAY), "E-1")["body"] == "Ours."
    assert WHY
