"""The technician's way: asked once for exactly what is missing, reminded, then the office; the answer closes the gap that it answers."""

from pathlib import Path

import pytest

from tests.stories.contract_billing.crew import DAYS, LUIS, SAM, crew, mailed_crew, of, words_of
from tests.stories.contract_billing.note_rows import HEADINGS, job
from tests.stories.contract_billing.reading import missing
from tests.stories.test_answers_by_email import needs_dovecot

HOURS = job(501, "hours", hours="")
THIN = job(501, "hours parts photos", hours="", parts="", photos="")
OTHER = job(502, "hours", hours="")


def test_asked_once_for_exactly_what_is_missing(tmp_path: Path) -> None:
    with crew(tmp_path, THIN, job(503, "")) as office:
        assert of(office.ask(), "501")["outcome"] in {"sent", "queued"}
        [text] = office.text_to(SAM)
        assert missing(text.replace("AC repair", "")) == {"hours", "parts", "photos"} and "501" in text
        for minutes in (1, 30, 90):
            office.later(minutes)
            office.ask()
        assert len(office.text_to(SAM)) == 1 and office.texts() == [SAM] and office.tasks("501") == []


def test_then_reminded_then_the_office(tmp_path: Path) -> None:
    with crew(tmp_path, THIN) as office:
        office.ask()
        texts, tasks = [len(office.text_to(SAM))], [len(office.tasks("501"))]
        for day in DAYS:
            office.now = f"{day}T16:00"
            office.ask()
            office.ask()
            texts.append(len(office.text_to(SAM)))
            tasks.append(len(office.tasks("501")))
        assert texts[0] == 1 and texts[-1] == 2 and tasks[0] == 0 and tasks[-1] == 1, (texts, tasks)
        assert tasks.index(1) > texts.index(2), "the office's turn comes after the reminder"
        [item] = office.tasks("501")
        assert item["owner"] == "office" and missing(item["body"].split("Sam Whitaker")[-1]) == {"hours", "parts", "photos"}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("2.5 hours", {"parts", "photos"}),
        ("501: 2.5 hrs, no parts used, 3 photos uploaded", set()),
        ("Arrived 9:10, left 11:40. Used 1 capacitor 45/5. 4 pics attached", set()),
        ("no parts", {"hours", "photos"}),
    ],
)
def test_an_answer_closes_what_it_answers_and_stands_in_the_note(tmp_path: Path, words: str, left: set[str]) -> None:
    with crew(tmp_path, THIN, job(509, "signature", signature="", tech="Luis Ortega")) as office:
        office.ask()
        came = office.answers(SAM, words)
        assert [one["text"] for one in came["replies"]] == [words]
        assert office.gaps().get("501", frozenset()) == left and office.gaps()["509"] == {"signature"}
        assert words.split(",")[0].split(". ")[0] in office.note(
            "501"
        ) and "Cleaned the condenser coil and tested the system, cooling well." in office.note("501")


def test_what_is_left_after_half_an_answer_is_all_that_is_asked_again(tmp_path: Path) -> None:
    with crew(tmp_path, THIN) as office:
        office.ask()
        office.answers(SAM, "2.5 hours on site")
        for day in DAYS:
            office.now = f"{day}T16:00"
            office.ask()
        later = office.text_to(SAM)[1:]
        assert all(missing(text) == {"parts", "photos"} for text in later)
        assert len(office.tasks("501")) >= 1


def test_a_whole_answer_ends_it_and_nobody_is_asked_again(tmp_path: Path) -> None:
    with crew(tmp_path, HOURS) as office:
        office.ask()
        office.answers(SAM, "2.5 hours")
        for day in DAYS[:4]:
            office.now = f"{day}T16:00"
            office.ask()
        assert len(office.text_to(SAM)) == 1
        assert [
            item
            for item in office.queue(now=office.now)
            if item["kind"] == "task" and "hours" in item["body"] and "2.5" not in item["body"]
        ] == []


@pytest.mark.parametrize(
    "words",
    ["hours to follow, parts list tomorrow", "Will send 3 photos tonight", "no photos yet, no idea about hours", "Can you check with Luis, he has the hours and parts", "?",
     "I sent all that yesterday", "job 501", "501"],
)  # fmt: skip
def test_a_promise_is_no_answer(tmp_path: Path, words: str) -> None:
    with crew(tmp_path, THIN) as office:
        office.ask()
        office.answers(SAM, words)
        assert office.gaps() == {"501": {"hours", "parts", "photos"}}


def test_one_answer_about_two_jobs_that_names_both_closes_only_what_each_was_told(tmp_path: Path) -> None:
    """Or it goes to a person, whole: but never the hours of one job into the other."""
    with crew(tmp_path, HOURS, job(502, "photos", photos="")) as office:
        office.ask()
        office.answers(SAM, "501: 2 hours\n502: 3 photos uploaded")
        persons = [item for item in office.queue(now=office.now) if "3 photos" in item["body"]]
        assert office.gaps() == {} or (office.gaps() == {"501": {"hours"}, "502": {"photos"}} and persons)


@pytest.mark.parametrize("written", ["Sam Whitaker", "SAM WHITAKER", "Whitaker, Sam", " sam  whitaker "])
def test_a_technician_is_known_however_the_name_is_written(tmp_path: Path, written: str) -> None:
    with crew(tmp_path, job(501, "hours", hours="", tech=written)) as office:
        office.ask()
        assert office.texts() == [SAM]


@pytest.mark.parametrize("lacks", ["hours", "parts"])
@pytest.mark.parametrize("words", ["2.5", "none", "truck broke down, running late to the next job", "who is this", "ask Luis"])
def test_no_answer_is_swallowed(tmp_path: Path, lacks: str, words: str) -> None:
    """Either it closes the one point that was asked for, or somebody reads it: an answer to a message of ours is never lost in silence."""
    with crew(tmp_path, job(501, lacks, **{lacks: ""})) as office:
        office.ask()
        office.answers(SAM, words)
        assert office.gaps() == {} or any(words in item["body"] for item in office.queue(now=office.now))


def test_without_a_comma_no_reaches_only_its_own_word(tmp_path: Path) -> None:
    with crew(tmp_path, THIN) as office:
        office.ask()
        office.answers(SAM, "2 hours no parts 3 photos")
        assert office.gaps() == {}


def test_hours_for_two_jobs_together_are_a_persons(tmp_path: Path) -> None:
    """Nobody knows whether it is two hours each; and half a sentence must not end up in a note."""
    with crew(tmp_path, HOURS, OTHER) as office:
        office.ask()
        office.answers(SAM, "501 and 502 both 2 hours")
        assert office.gaps() == {} or (office.gaps() == {"501": {"hours"}, "502": {"hours"}} and office.queue(now=office.now))
        assert "501 and." not in office.note("501")


def test_pictures_by_text_are_photos(tmp_path: Path) -> None:
    with crew(tmp_path, job(501, "photos", photos="")) as office:
        office.ask()
        office.later(10)
        office.server.text_from(SAM, "here you go", pictures=3)
        office.later(5)
        office.inbox()
        assert office.gaps() == {}


@pytest.mark.parametrize("number", ["+13125550199", LUIS])
def test_a_strangers_or_a_colleagues_words_close_nothing_by_themselves(tmp_path: Path, number: str) -> None:
    """A job's number is no password: who was not asked is read by a person."""
    with crew(tmp_path, THIN) as office:
        office.ask()
        office.answers(number, "501: 2.5 hours, no parts, 3 photos")
        assert office.gaps() == {"501": {"hours", "parts", "photos"}}
        assert any("2.5 hours" in item["body"] for item in office.queue(now=office.now))


def test_two_technicians_of_one_name_are_a_persons(tmp_path: Path) -> None:
    with crew(tmp_path, HOURS, technicians=[("Sam Whitaker", SAM, ""), ("Sam Whitaker", LUIS, "")]) as office:
        office.ask()
        assert office.texts() == [] and len(office.tasks("501")) == 1


def test_whoever_has_left_is_not_asked(tmp_path: Path) -> None:
    with crew(tmp_path, HOURS) as office:
        office.sheet("technicians", ("Name", "Phone", "Email", "Active"), [("Sam Whitaker", SAM, "", "No")])
        office.ask()
        assert office.texts() == [] and len(office.tasks("501")) == 1


def test_an_answer_stays_when_the_sheet_is_exported_again_and_when_it_is_asked_late(tmp_path: Path) -> None:
    with crew(tmp_path, THIN) as office:
        office.ask()
        office.now = "2026-11-24T16:00"
        office.ask()
        office.answers(SAM, "2.5 hours")
        office.answers(SAM, "no parts, 4 photos uploaded")
        office.sheet("jobs", HEADINGS, [THIN.row(), job(505, "").row()])
        office.now = "2026-12-10T09:00"
        assert office.gaps() == {}
        assert "2.5 hours" in office.note("501") and "no parts, 4 photos uploaded" in office.note("501")


def test_the_draft_is_ready_as_soon_as_the_answer_is_there(tmp_path: Path) -> None:
    from tests.stories.contract_billing.test_contract_draft_invoices import ready

    with crew(tmp_path, THIN) as office:
        office.ask()
        assert ready(office) == set()
        office.answers(SAM, "2.5 hours, no parts, 4 photos uploaded")
        assert ready(office) == {"501"}


def test_what_a_technician_lets_slip_in_an_answer_is_flagged(tmp_path: Path) -> None:
    with crew(tmp_path, HOURS) as office:
        office.ask()
        office.answers(SAM, "2.5 hours. Smelled gas at the meter when I left")
        ran = office.do("read", "note_flags", "--format", "json")
        assert [(one["job"], one["flag"]) for one in ran.json["records"]] == [("501", "safety")]


@pytest.mark.parametrize("words", ["ok", "OK 👍", "will do", "thanks", "on it", "later today", "I don't know"])
def test_an_answer_that_tells_nothing_closes_nothing(tmp_path: Path, words: str) -> None:
    with crew(tmp_path, THIN) as office:
        office.ask()
        office.answers(SAM, words)
        assert office.gaps() == {"501": {"hours", "parts", "photos"}}
        for day in DAYS:
            office.now = f"{day}T16:00"
            office.ask()
        assert office.tasks("501"), "somebody must get it in the end"


def test_an_answer_that_could_be_about_two_jobs_is_a_persons(tmp_path: Path) -> None:
    with crew(tmp_path, HOURS, OTHER) as office:
        office.ask()
        assert "501" in " ".join(office.text_to(SAM)) and "502" in " ".join(office.text_to(SAM))
        office.answers(SAM, "2.5 hours")
        assert office.gaps() == {"501": {"hours"}, "502": {"hours"}}
        assert [item for item in office.queue(now=office.now) if "2.5 hours" in item["body"]] != []


def test_a_number_in_the_answer_says_which_job(tmp_path: Path) -> None:
    with crew(tmp_path, HOURS, OTHER) as office:
        office.ask()
        office.answers(SAM, "502: 2.5 hours")
        assert office.gaps() == {"501": {"hours"}}
        assert "2.5 hours" in office.note("502") and "2.5 hours" not in office.note("501")


def test_another_technicians_answer_is_about_his_own_job(tmp_path: Path) -> None:
    with crew(tmp_path, HOURS, job(504, "hours", hours="", tech="Luis Ortega")) as office:
        office.ask()
        assert sorted(office.texts()) == [SAM, LUIS]
        office.answers(LUIS, "3 hours")
        assert office.gaps() == {"501": {"hours"}}


def test_stop_from_a_technician_stops_the_texts_and_the_office_goes_on(tmp_path: Path) -> None:
    with crew(tmp_path, THIN) as office:
        office.ask()
        office.answers(SAM, "STOP")
        for day in DAYS:
            office.now = f"{day}T16:00"
            office.ask()
        assert len(office.text_to(SAM)) == 1 and office.gaps() == {"501": {"hours", "parts", "photos"}}
        assert office.tasks("501"), "the gap is still open, and nobody was told"


def test_a_technician_who_cannot_be_reached_is_a_task_at_once(tmp_path: Path) -> None:
    with crew(tmp_path, THIN, technicians=[("Sam Whitaker", "", "")]) as office:
        one = of(office.ask(), "501")
        assert office.texts() == []
        assert one["decision"] == "review" or (one["decision"], one["action"]) == ("act", "task")
        [item] = office.tasks("501")
        assert item["owner"] == "office"


def test_no_table_of_technicians_is_no_mistake(tmp_path: Path) -> None:
    with crew(tmp_path, THIN) as office:
        text = (office.folder / "config.toml").read_text()
        (office.folder / "config.toml").write_text(text[: text.index("[tables.technicians]")])
        office.ask()
        assert office.texts() == [] and len(office.tasks("501")) == 1


def test_the_sheet_that_was_filled_in_closes_it_too(tmp_path: Path) -> None:
    with crew(tmp_path, HOURS) as office:
        office.ask()
        office.sheet("jobs", HEADINGS, [job(501, "", hours="2.5").row()])
        office.now = f"{DAYS[0]}T16:00"
        office.ask()
        assert office.gaps() == {} and len(office.text_to(SAM)) == 1


def test_a_rehearsal_asks_nobody(tmp_path: Path) -> None:
    with crew(tmp_path, THIN) as office:
        assert of(office.run("job-note-cleanup", office.now), "501")["decision"] == "act"
        assert office.texts() == []


def test_customers_hear_nothing(tmp_path: Path) -> None:
    """A customer with a mobile in the sheet is not who is asked."""
    with crew(tmp_path, THIN) as office:
        jobs = office.folder / "jobs.csv"
        head, row = jobs.read_text().splitlines()
        jobs.write_text(f"{head},Phone,Email\n{row},+13125550142,ann@li.example\n")
        for day in ("2026-11-20", *DAYS):
            office.now = f"{day}T16:00"
            office.ask()
        assert set(office.texts()) == {SAM}


@needs_dovecot
def test_asked_and_answered_by_e_mail(tmp_path: Path) -> None:
    with mailed_crew(tmp_path, THIN) as office:
        office.ask()
        office.ask()
        [(to, letter)] = office.letters.taken
        assert to == "sam@northside.example"
        body = words_of(letter)
        assert missing(body.replace("AC repair", "")) == {"hours", "parts", "photos"} and "501" in f"{body}{letter['Subject']}"
        office.now = "2026-11-20T17:00"
        office.answers(
            letter,
            "2.5 hours, no parts, 3 photos uploaded\n\nSam Whitaker\nNorthside Heating & Air, 412 Kedzie Ave",
            "Sam Whitaker <sam@northside.example>",
        )
        assert office.gaps() == {}
        assert "2.5 hours, no parts, 3 photos uploaded" in office.note("501") and "cannot be billed" not in office.note("501")


@needs_dovecot
def test_what_we_quoted_ourselves_answers_nothing(tmp_path: Path) -> None:
    """The question names hours, parts and photos; quoted below an "ok" it must not count as an answer."""
    with mailed_crew(tmp_path, THIN) as office:
        office.ask()
        [(_, letter)] = office.letters.taken
        office.now = "2026-11-20T17:00"
        office.answers(letter, "ok", "Sam Whitaker <sam@northside.example>")
        assert office.gaps() == {"501": {"hours", "parts", "photos"}}


@needs_dovecot
def test_without_a_mobile_the_e_mail_and_after_a_stop_too(tmp_path: Path) -> None:
    with mailed_crew(tmp_path, THIN) as office:
        office.ask()
        [(_, letter)] = office.letters.taken
        office.now = "2026-11-20T17:00"
        office.answers(letter, "unsubscribe", "Sam Whitaker <sam@northside.example>")
        for day in DAYS:
            office.now = f"{day}T16:00"
            office.ask()
        assert len(office.letters.taken) == 1 and office.tasks("501")
