"""Flags in job notes: what somebody must see to, with the words that gave it away, at the person it belongs to."""

from pathlib import Path
from typing import Any

import pytest

from tests.offices import CONFIG
from tests.stories.contract_billing.flag_rows import ALSO, BY_FLAG, SEVERAL
from tests.stories.contract_billing.flag_rows_field import FIELD
from tests.stories.contract_billing.reading import because, records
from tests.stories.inside import Office

NOW = "2026-11-20T16:00"
HEADINGS = (
    "Job #",
    "Customer",
    "Job title",
    "Status",
    "Technician",
    "Completed",
    "Technician notes",
    "Parts used",
    "Hours",
    "Photos",
    "Signature",
)
OWNERS = """
[notes]
flags = { safety = "owner", damage = "owner", angry-customer = "owner", warranty = "office", return-visit = "office", upsell = "lead" }
"""
PEOPLE = CONFIG + 'lead   = { name = "Pat Quill", email = "pat@northside.example" }\n'
TYPED = [(note, {flag}) for flag, (planted, _) in BY_FLAG.items() for note in planted] + [
    (note, set[str]()) for _, near in BY_FLAG.values() for note in near
]
ALL = [*TYPED, *SEVERAL]


def office_of(folder: Path, notes: list[str], more: str = OWNERS, status: str = "Completed") -> Office:
    office = Office(folder / "office", PEOPLE + more + "\n[limits]\nper_run = 500\n")
    office.sheet("jobs", HEADINGS, [(str(n), f"Customer of {n}", "Repair", status, "Sam Whitaker", "2026-11-20", note, "none", "2", "3", "Yes")
                                           for n, note in enumerate(notes, 1)])  # fmt: skip
    return office


def flags(office: Office) -> list[tuple[int, str, Any]]:
    ran = office.do("read", "note_flags", "--format", "json", now=NOW)
    assert ran.code == 0, ran.err
    return [(int(record["job"] if record.get("job") else record["number"]), str(record["flag"]), record) for record in records(ran.json)]


def test_there_are_eight_of_each_and_eight_near_misses() -> None:
    assert all(len(planted) >= 8 <= len(near) for planted, near in BY_FLAG.values())


def test_each_flag_is_raised_and_no_near_miss_is(tmp_path: Path) -> None:
    found: dict[int, set[str]] = {}
    for number, flag, _ in flags(office_of(tmp_path, [note for note, _ in ALL])):
        found.setdefault(number, set()).add(flag)
    odd = [f"{note!r}: {sorted(wanted)} expected, {sorted(found.get(n, ()))} raised" for n, (note, wanted) in enumerate(ALL, 1)
           if not wanted <= found.get(n, set()) <= wanted | ALSO.get(note, set())]  # fmt: skip
    assert not odd, "\n".join(odd)


@pytest.mark.parametrize("flag", FIELD)
def test_as_technicians_write_in_the_field(tmp_path: Path, flag: str) -> None:
    """Only this flag is looked at: a hole in a ceiling that will be patched is a return visit as well."""
    planted, near = FIELD[flag]
    raised = {number for number, name, _ in flags(office_of(tmp_path, [*planted, *near])) if name == flag}
    odd = [f"not raised: {note}" for n, note in enumerate(planted, 1) if n not in raised]
    odd += [f"wrongly raised: {note}" for n, note in enumerate(near, len(planted) + 1) if n in raised]
    assert not odd, "\n".join(odd)


def test_the_words_that_triggered_it_are_shown_as_written(tmp_path: Path) -> None:
    for number, flag, record in flags(office_of(tmp_path, [note for note, _ in ALL])):
        note = ALL[number - 1][0]
        words = record["words"]
        assert words and all(part.strip(' "“”…') in note for part in (words if isinstance(words, list) else str(words).split(" · "))), (
            flag,
            words,
            note,
        )
        assert any(word.strip(' ".,“”') in because(record) for word in str(words).split()), because(record)


def test_each_goes_to_its_owner(tmp_path: Path) -> None:
    notes = ["Smelled gas at the meter.", "Dented the garage door with the ladder.", "Cust was furious because we were late.", "Still in warranty.",
             "Return trip needed to set the fan.", "Promised her a quote for a new water heater."]  # fmt: skip
    office = office_of(tmp_path, notes)
    document = office.run("note-flags", NOW, "--send")
    owners = {one["customer"].removeprefix("Customer of "): one["owner"] for one in document["decisions"]}
    assert owners == {"1": "owner", "2": "owner", "3": "owner", "4": "office", "5": "office", "6": "lead"}
    assert {one["decision"] for one in document["decisions"]} <= {"act", "review"}
    assert len(office.queue(now=NOW)) == 6 and {item["owner"] for item in office.queue(now=NOW)} == {"owner", "office", "lead"}
    office.run("note-flags", "2026-11-21T16:00", "--send")
    assert len(office.queue(now="2026-11-21T16:00")) == 6


def test_without_owners_the_recipes_owner_gets_them(tmp_path: Path) -> None:
    document = office_of(tmp_path, ["Smelled gas at the meter."], more="").run("note-flags", NOW)
    assert [one["owner"] for one in document["decisions"]] in (["office"], ["owner"])


def test_an_owner_who_is_nobody_is_refused(tmp_path: Path) -> None:
    ran = office_of(tmp_path, ["Smelled gas."], more='\n[notes]\nflags = { safety = "marai" }\n').do(
        "read", "note_flags", "--format", "json", now=NOW
    )
    assert ran.code == 3 and "marai" in ran.err


def test_two_flags_of_one_note_are_two(tmp_path: Path) -> None:
    found = {(number, flag) for number, flag, _ in flags(office_of(tmp_path, [note for note, _ in SEVERAL]))}
    assert found == {(n, flag) for n, (_, wanted) in enumerate(SEVERAL, 1) for flag in wanted}


@pytest.mark.parametrize(
    "note",
    [
        "SMELLED GAS AT THE METER!!",
        "smelled gas\nat the meter",
        "11/20 SW: smelled gas at the meter 😬",
        "x" * 20_000 + ". Smelled gas at the meter. " + "y " * 5_000,
    ],
)
def test_however_it_is_written(tmp_path: Path, note: str) -> None:
    assert [flag for _, flag, _ in flags(office_of(tmp_path, [note]))] == ["safety"]


def test_empty_and_only_jobs(tmp_path: Path) -> None:
    office = office_of(tmp_path, [])
    assert flags(office) == [] and office.run("note-flags", NOW)["decisions"] == []


def test_a_number_used_twice_loses_no_flag(tmp_path: Path) -> None:
    office = office_of(tmp_path, ["Smelled gas at the meter.", "Dented the garage door with the ladder."])
    jobs = office.folder / "jobs.csv"
    jobs.write_text(jobs.read_text().replace("\n2,Customer of 2", "\n1,Customer of 2"))
    decided = {one["customer"]: one["decision"] for one in office.run("note-flags", NOW)["decisions"]}
    assert set(decided) == {"Customer of 1", "Customer of 2"} and set(decided.values()) <= {"act", "review", "broken"}
