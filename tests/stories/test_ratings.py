"""Ratings: asked for once by message, kept as a table, low ones before a person, and nothing of it decides who is asked for a review."""

from pathlib import Path

import pytest

from tests.stories.answering import answers
from tests.stories.bookings import HEADINGS, WEBSITE, booking, decided, done_now, office_with
from tests.stories.inside import Office

ASKED, ANSWERED = "2026-12-03T10:00", "2026-12-03T11:00"
DONE = booking(Status="Completed", Completed="12/02/2026", Booked_on="12/01/2026")


def asked(folder: Path, *rows: tuple[str, ...]) -> Office:
    """An office that has asked for a rating."""
    office = office_with(folder, *(rows or (DONE,)), config=WEBSITE)
    assert "rating" in done_now(office.run("booking-trail", ASKED, "--send"))
    return office


def ratings(office: Office) -> list[dict[str, object]]:
    return office.do("read", "ratings", "--format", "json", now="2026-12-10T10:00").json["records"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ("5", 5), ("4/5", 4), ("five", 5), ("10/10?", 5), ("4 - great job", 4), ("5 stars", 5), ("cinco estrellas", 5), ("⭐⭐⭐⭐⭐", 5),
        ("I'd give it a 4, thanks!", 4), ("Great job! 5", 5), ("5 great work, thanks Tom!", 5), ("4 out of 5", 4),
    ],
)  # fmt: skip
def test_a_good_rating_is_kept_and_opens_nothing(tmp_path: Path, words: str, score: int) -> None:
    office = asked(tmp_path)
    before = office.queue()
    came = answers(office, words, ANSWERED)
    assert (came.reply.label, came.task) == ("rating", None)
    assert office.queue() == before
    [row] = ratings(office)
    assert {name: row[name] for name in ("score", "job", "customer", "technician", "recipe", "notes")} == {
        "score": score, "job": "J-1", "customer": "Ann Li", "technician": "Tom Vale", "recipe": "booking-trail", "notes": words,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ("2", 2), ("1 - nobody told me when", 1), ("3, late", 3), ("6/10", 3), ("4 but the faucet still drips", 4), ("5, when can you do the other one?", 5),
        ("5 - Bo left his ladder here", 5), ("3 or 4", 3), ("uno", 1),
    ],
)  # fmt: skip
def test_a_low_one_or_one_with_trouble_in_it_is_the_owners_with_the_words(tmp_path: Path, words: str, score: int) -> None:
    office = asked(tmp_path)
    came = answers(office, words, ANSWERED)
    assert came.reply.label == "rating" and came.owner == "office"
    shown = office.do("review", "show", str(came.task), now=ANSWERED).out
    assert words in shown and f"{score} of 5" in shown
    assert [row["score"] for row in ratings(office)] == [score]


@pytest.mark.parametrize(
    "words", ["5 people came", "4 weeks and still not done", "1 question: when do I pay", "call me at 5", "can't give you 5 stars", "sorry I meant 5, not 1", "12"]
)  # fmt: skip
def test_a_number_that_counts_something_else_goes_to_a_person_as_ever(tmp_path: Path, words: str) -> None:
    office = asked(tmp_path)
    came = answers(office, words, ANSWERED)
    assert came.reply.label != "rating" and came.task
    assert ratings(office) == []


def test_danger_stays_danger_and_a_stop_stays_a_stop(tmp_path: Path) -> None:
    assert answers(asked(tmp_path / "a"), "1 - we smell gas since you left", ANSWERED).reply.label == "urgent"
    assert answers(asked(tmp_path / "b"), "2. Stop texting me", ANSWERED).reply.label == "stop"


@pytest.mark.parametrize("words", ["5", "1", "1 - terrible service, I am very unhappy", "3, the leak is back", "4 but late", None])
def test_whatever_the_rating_the_request_for_a_review_is_the_same(tmp_path: Path, words: str | None) -> None:
    office = asked(tmp_path)
    if words:
        answers(office, words, ANSWERED)
    document = office.run("booking-trail", "2026-12-05T10:00", "--send")
    assert done_now(document) == {"review-request"}
    [review] = [one for one in document["decisions"] if one["step"] == "review-request"]
    assert review["body"].startswith("Hi Ann, if you have a minute, a few words about our work help others")


def test_a_bare_number_after_another_message_is_still_the_rating(tmp_path: Path) -> None:
    office = asked(tmp_path)
    office.run("booking-trail", "2026-12-05T10:00", "--send")
    assert answers(office, "5", "2026-12-05T12:00").reply.records == (("booking-trail", "bookings", "J-1"),)
    assert answers(office, "4, the tech came late", "2026-12-05T12:30").reply.label == "other"
    assert answers(office, "5", "2026-12-11T12:00").reply.label == "other"  # more than a week later
    assert [row["score"] for row in ratings(office)] == [5]


def test_where_nobody_asked_a_number_is_no_rating(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", "2026-11-20T10:00", "--send")
    assert answers(office, "5", "2026-11-20T11:00").reply.label == "other"
    assert answers(office, "5", "2026-11-20T11:00", address="+13125550199").reply.label == "other"


def test_an_answer_by_e_mail_is_a_rating_too(tmp_path: Path) -> None:
    row = booking(Status="Completed", Completed="12/02/2026", Booked_on="12/01/2026", Phone="")
    office = asked(tmp_path, row)
    words = "4 - thanks!\n\nOn Thu, Dec 3, 2026 Northside wrote:\n> how did we do, from 1 (badly) to 5 (very well)?"
    came = answers(office, words, ANSWERED, address="ann@customer.example", subject="Re: How did we do?")
    assert (came.reply.label, came.task) == ("rating", None)


def test_another_customers_review_and_steps_go_on_beside_it(tmp_path: Path) -> None:
    office = asked(tmp_path)
    answers(office, "2", ANSWERED)
    office.sheet("jobs", HEADINGS, [DONE, booking(number="J-7", Booked_on="12/03/2026", Scheduled_start="12/10/2026 9:00 AM")])
    document = office.run("booking-trail", "2026-12-03T12:00", "--send")
    assert decided(document, "J-7")["confirmation"] == "sent"  # the same customer books again
