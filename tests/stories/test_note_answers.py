"""A thin job note: the technician is asked once, reminded, then the office; what he answers is attached to the job and closes the gap."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.offices import of
from tests.providers.twilio_server import TwilioServer
from tests.stories.texting import Texting

LUIS = "+13125550151"
JOBS = ("Job #", "Customer", "Job title", "Status", "Technician", "Completed", "Hours", "Parts used", "Photos", "Signature", "Notes")
CREW = ("Name", "Phone", "Email")
CLEANED = "Cleaned burners and flame sensor."


def job(
    number: str = "5012", hours: str = "", photos: str = "3", signature: str = "Yes", technician: str = "Luis Ortega"
) -> tuple[str, ...]:
    return (number, "Ann Li", "No heat", "Completed", technician, "2026-11-20", hours, "none", photos, signature, CLEANED)


@contextmanager
def crew(folder: Path, *jobs: tuple[str, ...], mode: str = "auto") -> Iterator[Texting]:
    with TwilioServer() as server:
        office = Texting(folder / "office", server)
        office.sheet("jobs", JOBS, jobs or [job()])
        office.sheet("technicians", CREW, [("Luis Ortega", LUIS, ""), ("Kim Park", "+13125550152", "")])
        recipe = Path("recipes/job-note-cleanup.toml").read_text(encoding="utf-8")
        office.recipe("job-note-cleanup", recipe.replace('mode  = "approve"', f'mode  = "{mode}"'))
        yield office


def answered(office: Texting, words: str, number: str = LUIS, **more: Any) -> Any:
    """The technician writes, and somebody looks into the inbox ten minutes later."""
    office.now = f"{office.now[:13]}:20"
    office.server.text_from(number, words, **more)
    office.now = f"{office.now[:13]}:30"
    return office.inbox()


def gaps(office: Texting) -> dict[str, str]:
    return {row["number"]: row["missing"] for row in office.do("read", "note_gaps", "--format", "json").json["records"]}


def note(office: Texting, number: str = "5012") -> Any:
    return next(row for row in office.do("read", "jobs", "--format", "json").json["records"] if row["number"] == number)


def test_the_technician_is_asked_once_with_exactly_what_is_missing(tmp_path: Path) -> None:
    with crew(tmp_path, job(photos="0")) as office:
        found = of(office.send("job-note-cleanup"), "5012")
        assert (found["outcome"], found["step"], found["to"]) == ("queued", "ask", LUIS)
        assert "missing: hours and photos" in found["reason"]
        [text] = office.server.outgoing()
        assert (
            "5012" in text["body"] and "Ann Li" in text["body"] and "hours and photos" in text["body"] and "signature" not in text["body"]
        )
        again = of(office.send("job-note-cleanup"), "5012")
        assert (again["decision"], again["step"], office.texts()) == ("wait", "remind", [LUIS])


def test_he_is_reminded_on_the_next_working_day_and_then_it_is_the_offices(tmp_path: Path) -> None:
    with crew(tmp_path) as office:
        seen = []
        for day in ("23", "24", "24", "25", "25", "26", "27"):
            office.now = f"2026-11-{day}T16:30"
            found = of(office.send("job-note-cleanup"), "5012")
            seen.append((day, found["step"], found["outcome"]))
        assert [one for one in seen if one[2]] == [("23", "ask", "queued"), ("24", "remind", "queued"), ("25", "hand-over", "queued")]
        assert office.texts() == [LUIS, LUIS]
        [task] = office.queue()
        assert (task["kind"], task["owner"]) == ("task", "office") and "5012" in task["body"] and "hours" in task["body"]


def test_the_answer_is_attached_to_the_job_and_the_gap_closes(tmp_path: Path) -> None:
    with crew(tmp_path) as office:
        office.send("job-note-cleanup")
        [came] = answered(office, "2.5 hrs")["replies"]
        assert (came["customer"], came["records"]) == (
            "Luis Ortega", [{"recipe": "job-note-cleanup", "table": "note_gaps", "record": "5012"}],
        )  # fmt: skip
        assert note(office)["answers"] == "[2026-11-23 10:20 Luis Ortega] 2.5 hrs"
        assert note(office)["notes"] == CLEANED
        assert gaps(office) == {}
        assert office.queue() == []
        office.now = "2026-11-25T16:30"
        assert office.send("job-note-cleanup")["decisions"] == []
        assert office.texts() == [LUIS]


def test_a_picture_is_an_answer_too(tmp_path: Path) -> None:
    with crew(tmp_path, job(hours="2", photos="0")) as office:
        office.send("job-note-cleanup")
        answered(office, "", pictures=2)
        assert "(2 photos attached)" in note(office)["answers"] and gaps(office) == {}


def test_what_the_answer_does_not_tell_stays_open_and_a_person_sees_why(tmp_path: Path) -> None:
    with crew(tmp_path, job(photos="0")) as office:
        office.send("job-note-cleanup")
        answered(office, "2.5 hrs, forgot my phone")
        assert gaps(office) == {"5012": "photos"}
        office.now = "2026-11-24T16:30"
        found = of(office.send("job-note-cleanup"), "5012")
        assert (found["decision"], office.texts()) == ("review", [LUIS])
        assert "forgot my phone" in found["reason"]


@pytest.mark.parametrize("words", ["ok", "Will do 👍", "on it, thanks"])
def test_ok_closes_nothing_and_he_is_reminded(tmp_path: Path, words: str) -> None:
    with crew(tmp_path) as office:
        office.send("job-note-cleanup")
        answered(office, words)
        assert gaps(office) == {"5012": "hours"} and note(office)["answers"] is None
        office.now = "2026-11-24T16:30"
        assert of(office.send("job-note-cleanup"), "5012")["outcome"] == "queued"


def test_several_jobs_are_told_apart_by_their_numbers(tmp_path: Path) -> None:
    with crew(tmp_path, job("5012"), job("5013", signature="No")) as office:
        office.send("job-note-cleanup")
        answered(office, "5012: 2.5 hrs. 5013: 1 hour, customer signed")
        assert gaps(office) == {}
        assert note(office, "5012")["answers"].endswith("5012: 2.5 hrs.")
        assert note(office, "5013")["answers"].endswith("5013: 1 hour, customer signed")


def test_an_answer_that_may_be_about_two_jobs_goes_to_a_person(tmp_path: Path) -> None:
    with crew(tmp_path, job("5012"), job("5013")) as office:
        office.send("job-note-cleanup")
        answered(office, "2.5 hrs")
        assert gaps(office) == {"5012": "hours", "5013": "hours"}
        [task] = office.queue()
        assert task["kind"] == "task" and "2.5 hrs" in task["body"] and "Luis Ortega" in task["body"]


def test_the_one_that_is_still_open_is_meant_once_the_other_is_answered(tmp_path: Path) -> None:
    with crew(tmp_path, job("5012"), job("5013")) as office:
        office.send("job-note-cleanup")
        answered(office, "5013 1 hr")
        office.now = "2026-11-23T11:00"
        answered(office, "2.5 hrs")
        assert gaps(office) == {}


def test_a_correction_stays_with_the_job_that_it_names(tmp_path: Path) -> None:
    with crew(tmp_path, job("5012"), job("5013")) as office:
        office.send("job-note-cleanup")
        answered(office, "5012: 2.5 hrs")
        office.now = "2026-11-23T11:00"
        answered(office, "5012 make that 3 hrs")
        assert gaps(office) == {"5013": "hours"}
        assert note(office, "5012")["answers"].endswith("5012 make that 3 hrs") and note(office, "5013")["answers"] is None


@pytest.mark.parametrize("words", ["Job 5050: 2 hrs", "5050: 2 hrs", "can I leave at 3? been here 8 hours"])
def test_words_about_another_job_close_nothing_and_a_person_sees_them(tmp_path: Path, words: str) -> None:
    with crew(tmp_path) as office:
        office.send("job-note-cleanup")
        answered(office, words)
        assert gaps(office) == {"5012": "hours"} and note(office)["answers"] is None
        [task] = office.queue()
        assert task["kind"] == "task" and words in task["body"]


def test_a_question_beside_the_answer_is_seen_by_a_person(tmp_path: Path) -> None:
    with crew(tmp_path) as office:
        office.send("job-note-cleanup")
        answered(office, "5012: 2.5 hrs. Can I leave at 3?")
        assert gaps(office) == {}
        [task] = office.queue()
        assert "Can I leave at 3?" in task["body"]


def test_where_nobody_can_be_asked_the_office_has_it_at_once(tmp_path: Path) -> None:
    with crew(tmp_path, job("5012", technician=""), job("5013", technician="Old Joe")) as office:
        document = office.send("job-note-cleanup")
        assert [(one["step"], one["outcome"]) for one in document["decisions"]] == [("hand-over", "queued")] * 2
        assert office.texts() == [] and len(office.queue()) == 2
        office.now = "2026-11-24T16:30"
        assert [one["decision"] for one in office.send("job-note-cleanup")["decisions"]] == ["done", "done"]


def test_a_technician_who_wants_no_texts_gets_none(tmp_path: Path) -> None:
    with crew(tmp_path) as office:
        office.send("job-note-cleanup")
        answered(office, "STOP")
        office.now = "2026-11-24T16:30"
        found = of(office.send("job-note-cleanup"), "5012")
        assert (found["decision"], office.texts()) == ("review", [LUIS])
        assert "wants no messages" in found["reason"]


def test_a_person_releases_each_question_first(tmp_path: Path) -> None:
    with crew(tmp_path, mode="approve") as office:
        office.send("job-note-cleanup")
        assert office.texts() == []
        office.do("review", "approve", office.item("5012"))
        office.send("job-note-cleanup")
        assert office.texts() == [LUIS]
