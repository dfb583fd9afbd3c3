"""Ratings: asked for once by message, kept as a table, low ones before a person, and nothing of it decides who is asked for a review."""

from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.office import open_office
from contractor_ops.work.inbox import fetch_inbox
from tests.stories.answering import answers
from tests.stories.bookings import HEADINGS, WEBSITE, booking, decided, done_now, office_with, one
from tests.stories.inside import Office

THANKED, ASKED, ANSWERED = "2026-12-02T13:00", "2026-12-03T14:00", "2026-12-03T15:00"
DONE = booking(Status="Completed", Completed="12/02/2026", Booked_on="12/01/2026")


def asked(folder: Path, *rows: tuple[str, ...]) -> Office:
    """An office that has asked for a rating."""
    office = office_with(folder, *(rows or (DONE,)), config=WEBSITE)
    office.run("booking-trail", THANKED, "--send")
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
        ("5 - Bo left his ladder here", 5), ("3 or 4", 3), ("uno", 1), ("0", 1), ("0/5", 1), ("zero stars", 1), ("2 and you broke my fence", 2),
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


@pytest.mark.parametrize(
    "words",
    [
        "5", "1", "1 - terrible service, I am very unhappy", "3, the leak is back", "4 but late", None, "terrible", "0", "never again", "worst ever",
        "2 and you broke my fence", "no", "👎", "12", "Who do I complain to?", "help", "1, and we smell gas since you left", "thanks",
    ],
)  # fmt: skip
def test_whatever_the_rating_the_request_for_a_review_is_the_same(tmp_path: Path, words: str | None) -> None:
    office = asked(tmp_path)
    if words:
        answers(office, words, ANSWERED)
    document = office.run("booking-trail", "2026-12-05T10:00", "--send")
    assert done_now(document) == {"review-request"}
    [review] = [one for one in document["decisions"] if one["step"] == "review-request"]
    assert review["body"].startswith("Hi Ann, if you have a minute, a few words about our work help others")


PIECES = (
    "0", "1", "2", "3", "5", "10", "7/10", "stars", "⭐", "👎", "terrible", "never again", "great job", "thank you", "no", "yes", "but", "worst ever", "why?",
    "you broke my fence", "still leaking", "call me", "lawyer", "BBB", "nobody told me when", "uno", "too late", "rude", "don't come back", "help",
)  # fmt: skip


@pytest.fixture(scope="module")
def office_that_asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asked(tmp_path_factory.mktemp("asked")).folder


@settings(max_examples=25, deadline=None)
@given(said=st.lists(st.sampled_from(PIECES), min_size=1, max_size=5))
def test_no_mixture_of_words_decides_who_is_asked_for_a_review(office_that_asked: Path, said: list[str]) -> None:
    office = Office.__new__(Office)
    office.folder = Path(mkdtemp(dir=office_that_asked.parent)) / "office"
    copytree(office_that_asked, office.folder)
    came = answers(office, " ".join(said), ANSWERED)
    review = one(office.run("booking-trail", "2026-12-05T10:00"), "review-request")
    opted_out = came.reply.address in office.do("optout", "--list", now=ANSWERED).out
    assert (review["decision"] == "act") is not opted_out


@pytest.mark.parametrize("words", ["terrible", "never again", "12", "you broke my fence", "When do you come to mend it?"])
def test_an_answer_in_words_goes_to_a_person_and_is_no_rating(tmp_path: Path, words: str) -> None:
    office = asked(tmp_path)
    came = answers(office, words, ANSWERED)
    shown = " ".join(office.do("review", "show", str(came.task), now=ANSWERED).out.split())
    assert words in shown and "The request for a review is the same for everybody and goes on." in shown
    assert ratings(office) == []


def test_an_answer_in_words_to_something_else_rests_as_ever(tmp_path: Path) -> None:
    office = asked(tmp_path, booking(Status="Completed", Completed="12/02/2026", Booked_on="12/01/2026"))
    office.run("booking-trail", "2026-12-05T10:00", "--send")  # the request for a review is what is answered now
    assert answers(office, "terrible", "2026-12-05T11:00").reply.lifted_at is None


def test_an_answer_long_after_the_question_is_no_answer_to_it(tmp_path: Path) -> None:
    office = asked(tmp_path)
    came = answers(office, "the heat is out again", "2026-12-20T11:00")
    assert "our question how we did" not in office.do("review", "show", str(came.task), now="2026-12-20T11:00").out


def test_a_rating_with_a_wish_beside_it_is_kept_and_a_person_sees_to_the_visit(tmp_path: Path) -> None:
    office = office_with(
        tmp_path, DONE, booking(number="J-7", Booked_on="12/01/2026", Scheduled_start="12/11/2026 9:00 AM"), config=WEBSITE
    )
    office.run("booking-trail", THANKED, "--send")
    assert "rating" in done_now(office.run("booking-trail", ASKED, "--send"))
    came = answers(office, "5 - cancel my Friday appointment", ANSWERED)
    shown = " ".join(office.do("review", "show", str(came.task), now=ANSWERED).out.split())
    assert [row["score"] for row in ratings(office)] == [5]
    assert "Asks to move or cancel a visit: job J-7 (Furnace tune-up) stands at Fri, Dec 11, 9:00 am, Tom Vale goes" in shown
    assert "URGENT" in office.do("review", "list", now=ANSWERED).out
    assert "review-request" in done_now(office.run("booking-trail", "2026-12-05T10:00", "--send"))


@pytest.mark.parametrize("words", ["terrible, cancel my Friday appointment", "cancel it", "can we do Friday?"])
def test_a_wish_in_answer_to_the_question_is_urgent_and_rests_no_request_for_a_review(tmp_path: Path, words: str) -> None:
    done_before, to_come = booking(Status="Completed", Completed="12/02/2026"), booking(number="J-7", Scheduled_start="12/11/2026 9:00 AM")
    office = office_with(tmp_path, done_before, to_come, config=WEBSITE)
    office.run("booking-trail", THANKED, "--send")
    office.run("booking-trail", ASKED, "--send")
    assert answers(office, words, ANSWERED).reply.label == "move"
    assert "URGENT" in office.do("review", "list", now=ANSWERED).out
    assert "review-request" in done_now(office.run("booking-trail", "2026-12-05T10:00", "--send"))


def test_danger_in_a_rating_still_wakes_the_owner(tmp_path: Path) -> None:
    office = asked(tmp_path)
    came = answers(office, "1, we smell gas", ANSWERED)
    assert came.owner == "owner" or came.reply.label == "urgent"
    opened = open_office(office.folder)
    moment = came.reply.at
    fetch_inbox(opened, moment, lambda: moment)
    opened.ledger.close()
    assert any("URGENT" in file.read_text(encoding="utf-8") for file in office.folder.glob("outbox/**/*") if file.is_file())


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
    document = office.run("booking-trail", "2026-12-03T16:00", "--send")
    assert decided(document, "J-7")["confirmation"] == "sent"  # the same customer books again
