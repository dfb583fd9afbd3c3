"""The digest's line about ratings, worked out a second time from the ledger's own rows."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from tests.stories.answering import answers
from tests.stories.bookings import booking, office_with
from tests.stories.inside import Office

THANKED = "2026-12-02T16:00"
ASKED, ANSWERED, MORNING = "2026-12-03T10:00", "2026-12-03T11:00", "2026-12-04T07:00"
SAID = {"+13125550142": "5", "+13125550143": "2 and you broke my fence", "+13125550144": "4", "+13125550145": "0, never again"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    done = {"Status": "Completed", "Completed": "12/02/2026", "Booked_on": "12/01/2026", "Email": ""}
    rows = [booking(**done, number=f"J-{at}", Customer=f"Customer {at}", Phone=phone) for at, phone in enumerate(SAID, 1)]
    made = office_with(tmp_path, *rows)
    for at in (THANKED, ASKED):
        made.run("booking-trail", at, "--send")
    for phone, words in SAID.items():
        answers(made, words, ANSWERED, address=phone)
    return made


def scores(office: Office) -> list[int]:
    """What the ledger kept, read without any of our own code."""
    with closing(sqlite3.connect(open_office(office.folder).ledger_file)) as ledger:
        reasons = [reason for (reason,) in ledger.execute("SELECT reason FROM replies WHERE label = 'rating'")]
    return [int(found[1]) for reason in reasons if (found := re.search(r"(\d) of 5$", reason))]


def test_the_line_counts_what_came_and_names_the_low_ones(office: Office) -> None:
    found = scores(office)
    told = office.do("digest", "--format", "json", now=MORNING).json["ratings"]
    assert (told["count"], told["total"], told["average"]) == (len(found), sum(found), round(sum(found) / len(found), 1))
    assert sorted(one["score"] for one in told["low"]) == sorted(one for one in found if one <= 3) == [1, 2]
    text = office.do("digest", now=MORNING).out
    assert (
        "Ratings: 4 came, 3.0 of 5 on average; low: 2 from Customer 2 (job J-2, Tom Vale) and 1 from Customer 4 (job J-4, Tom Vale)" in text
    )


def test_where_nobody_rated_there_is_no_line(office: Office) -> None:
    assert office.do("digest", "--format", "json", now="2026-12-06T07:00").json["ratings"] is None
    assert "Ratings:" not in office.do("digest", now="2026-12-06T07:00").out
