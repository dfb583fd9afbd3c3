"""What an item says of a visit is so: who goes, by the sheet or by the trail, and when, also after it was moved; and nobody is woken for it."""

from pathlib import Path

import pytest

from tests.stories.answering import answers
from tests.stories.bookings import HEADINGS, booking, office_with
from tests.stories.test_answers_before_a_visit import ANSWERED, alerts, item, looks, told


@pytest.mark.parametrize("technician", ["TBD", "", "unassigned"])
@pytest.mark.parametrize("number", ["J-1", ""])
def test_whom_the_trail_assigned_goes_also_where_the_booking_has_no_number(tmp_path: Path, number: str, technician: str) -> None:
    office = told(tmp_path, booking(number=number, Technician=technician))
    assert answers(office, "can we do Friday?", ANSWERED).reply.reason.endswith("stands at Wed, Dec 2, 1:00 pm, Tom Vale goes")


def test_where_nobody_is_meant_nobody_goes(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Technician="TBD"), crew=())
    office.run("booking-trail", "2026-11-20T10:00", "--send")
    assert answers(office, "can we do Friday?", ANSWERED).reply.reason.endswith("1:00 pm, nobody goes yet")


@pytest.mark.parametrize("number", ["J-1", ""])
def test_an_answer_to_a_reminder_becomes_urgent_with_a_number_and_without(tmp_path: Path, number: str) -> None:
    office = told(tmp_path, booking(number=number))
    office.run("booking-trail", "2026-11-30T13:05", "--send")
    came = answers(office, "nobody is home but the dog", "2026-12-01T09:00")
    assert item(office, came.task, "2026-12-01T09:00")["reason"].startswith("URGENT")


def test_a_visit_that_got_its_number_later_is_the_one_we_wrote_about(tmp_path: Path) -> None:
    office = told(tmp_path, booking(number=""))
    office.run("booking-trail", "2026-11-30T13:05", "--send")
    office.sheet("jobs", HEADINGS, [booking()])
    came = answers(office, "nobody is home but the dog", "2026-12-01T09:00")
    assert item(office, came.task, "2026-12-01T09:00")["reason"].startswith("URGENT")


def test_an_urgent_item_says_when_the_visit_is_now(tmp_path: Path) -> None:
    office = told(tmp_path)
    came = answers(office, "don't come", "2026-12-01T10:00")
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/11/2026 9:00 AM", Technician="Bo Lund")])
    looks(office, "2026-12-01T11:00")
    now = item(office, came.task, "2026-12-01T11:00")
    assert "job J-1 (Furnace tune-up) stands at Fri, Dec 11, 9:00 am, Bo Lund goes" in now["reason"]
    shown = " ".join(office.do("review", "show", str(came.task), now="2026-12-01T11:00").out.split())
    assert "stands at tomorrow" not in shown and "Tom Vale goes" not in shown


def test_a_day_without_a_time_is_near_from_two_days_before_its_morning(tmp_path: Path) -> None:
    office = told(tmp_path, booking(Scheduled_start="12/02/2026"))
    answers(office, "can we do Friday?", "2026-11-24T09:00")
    looks(office, "2026-11-30T07:05")
    assert alerts(office) == []
    looks(office, "2026-11-30T10:05")
    assert len(alerts(office)) == 1


def test_nobody_is_woken_and_the_item_is_urgent_at_once(tmp_path: Path) -> None:
    office = told(tmp_path, booking(Scheduled_start="12/02/2026 9:00 AM"))
    came = answers(office, "don't come", "2026-12-01T21:05")
    for at in ("2026-12-01T21:05", "2026-12-02T00:05", "2026-12-02T06:55"):
        looks(office, at)
        assert alerts(office) == []
        assert item(office, came.task, at)["reason"].startswith("URGENT")
    for at in ("2026-12-02T07:00", "2026-12-02T07:05"):
        looks(office, at)
        assert len(alerts(office)) == 1
