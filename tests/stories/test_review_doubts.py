"""A range of numbers releases what is routine: what has a doubt of its own is left for a person, and each reason has its own remedy."""

from pathlib import Path

import pytest

from tests.stories.bookings import CREW, booking, office_with
from tests.stories.inside import Office

NOW = "2026-11-20T10:00"


def number_of(office: Office, record: str, step: str, now: str = NOW) -> str:
    [found] = [str(one["id"]) for one in office.queue(now=now) if (one["record"], one["step"]) == (record, step)]
    return found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """One booking that is routine, and one that begins at three in the morning."""
    early = booking(
        number="J-2", Customer="Bob Ray", Phone="312-555-0143", Email="", Technician="Bo Lund", Scheduled_start="12/03/2026 3:00 AM"
    )
    office = office_with(tmp_path, booking(), early, mode="approve")
    office.run("booking-trail", NOW, "--send")
    settled = number_of(office, "J-2", "settle-first")  # it is meant, says a person; each message is still theirs to release
    assert office.do("review", "done", settled, now=NOW).code == 0
    office.run("booking-trail", NOW, "--send")
    return office


def test_a_range_leaves_out_a_message_with_a_doubt_of_its_own_and_says_how_to_decide_it(office: Office) -> None:
    routine, doubtful = number_of(office, "J-1", "confirmation"), number_of(office, "J-2", "confirmation")
    told = " ".join(office.do("review", "approve", "1-99", now=NOW).out.split())
    assert f"{routine} Ann Li: released" in told
    assert f"{doubtful} Bob Ray: left as it is: there is a doubt about it (booked" in told
    assert (
        "a start at 3:00 AM is hardly meant" in told and f"contractor-ops review show {doubtful}, then decide it by its own number" in told
    )
    assert f"{doubtful} Bob Ray: released" in office.do("review", "approve", doubtful, now=NOW).out


@pytest.mark.parametrize(("verb", "stays"), [("dismiss", False), ("done", True)])
def test_a_range_may_dismiss_doubts_and_does_not_tick_them_off(office: Office, verb: str, stays: bool) -> None:
    doubtful = number_of(office, "J-2", "confirmation")
    office.do("review", verb, f"{doubtful}-{doubtful}", now=NOW)
    assert (doubtful in [str(one["id"]) for one in office.queue(now=NOW)]) is stays


def test_several_numbers_are_shown_one_after_another(office: Office) -> None:
    one, other = number_of(office, "J-1", "confirmation"), number_of(office, "J-2", "confirmation")
    shown = office.do("review", "show", other, one, now=NOW).out
    assert shown.index(f"{other}: Bob Ray") < shown.index(f"\n\n{one}: Ann Li")
    assert [each["id"] for each in office.do("review", "show", one, other, "--format", "json", now=NOW).json] == [int(one), int(other)]
    assert office.do("review", "show", one, "--format", "json", now=NOW).json["id"] == int(one)


@pytest.mark.parametrize(
    ("cells", "crew", "step", "remedy"),
    [
        ({}, [("Tom Vale", "", "", *CREW[0][3:])], "tell-technician", "Add a phone or an e-mail to the technicians sheet, or tell them by hand"),
        ({"Technician": "Tom Wale"}, CREW, "tell-technician", "Write one name into jobs.csv, row 2, as the technicians sheet has it"),
        ({"Phone": "", "Email": ""}, CREW, "confirmation", "Add a mobile or an e-mail to the row or the customers list"),
        ({"Status": "Sceduled"}, CREW, "contact-record", "Mend the status in jobs.csv, row 2: contractor-ops tables lists the words"),
    ],
)  # fmt: skip
def test_each_reason_has_its_own_remedy(tmp_path: Path, cells: dict[str, str], crew: list[tuple[str, ...]], step: str, remedy: str) -> None:
    office = office_with(tmp_path, booking(**cells), crew=crew, mode="approve")
    office.run("booking-trail", NOW, "--send")
    for item in [str(one["id"]) for one in office.queue(now=NOW) if one["step"] == "settle-first"]:
        office.do("review", "done", item, now=NOW)
    office.run("booking-trail", NOW, "--send")
    items = office.do("report", "--format", "json", now=NOW).json["items"]
    [found] = [one["next"] for one in items if one["reason"].startswith(f"{step}: ")]
    assert found.startswith(remedy)


def test_a_list_that_is_missing_is_no_missing_address(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Job_type="Squirrels", Job_title="Squirrels"), mode="approve")
    office.sheet("materials", ("Job type", "Item", "Quantity"), [("Tune-up", "Filter", "1")])
    office.run("booking-trail", NOW, "--send")
    [found] = [
        one for one in office.do("report", "--format", "json", now=NOW).json["items"] if one["reason"].startswith("check-materials: ")
    ]
    assert found["next"].startswith("Add what it needs to the materials sheet, or see to it by hand: contractor-ops review done")
    assert "no address that fits" not in office.do("review", "list", now=NOW).out
