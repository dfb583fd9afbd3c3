"""A booking whose people were told is taken out of the sheet: somebody has to tell them, and hears so once."""

from pathlib import Path
from typing import Any

from tests.stories.bookings import HEADINGS, booking, decided, office_with
from tests.stories.inside import Office

BOOKED, LATER = "2026-11-20T10:00", "2026-11-23T10:00"
OLD = tuple(booking(number=f"O-{n}", Status="Completed", Completed="03/01/2024", Booked_on="02/01/2024", Scheduled_start="03/01/2024 9:00 AM")
            for n in range(12))  # fmt: skip
"""Work of long ago, so that one booking less is no suddenly short sheet."""
OTHER = booking(number="J-2", Customer="Bob Ray", Phone="312-555-0143", Email="bob@customer.example", Scheduled_start="12/08/2026 9:00 AM")
RENUMBERED = booking(number="J-14")


def office_of(folder: Path, *rows: tuple[str, ...], mode: str = "auto") -> Office:
    """An office that has told everybody of these bookings."""
    office = office_with(folder, *rows, *OLD, mode=mode)
    office.run("booking-trail", BOOKED, "--send")
    return office


def with_rows(office: Office, *rows: tuple[str, ...], at: str = LATER, send: bool = True) -> Any:
    """A run after the sheet came to hold these bookings alone."""
    office.sheet("jobs", HEADINGS, [*rows, *OLD])
    ran = office.do("run", "booking-trail", *(["--send"] if send else []), "--format", "json", now=at)
    assert ran.code == 0, ran.err
    return ran.json


def gone(document: Any) -> list[Any]:
    return [one for one in document["decisions"] if one["step"] is None and one["decision"] == "review"]


def asked(office: Office) -> list[dict[str, Any]]:
    return [item for item in office.queue() if item["recipe"] == "booking-trail" and not item["step"]]


def test_a_row_that_left_is_asked_about_once_with_who_was_told_what(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    [one] = gone(with_rows(office, OTHER))
    assert one["reason"] == (
        "J-1 is gone from your jobs sheet; Ann Li was told to expect you Wed, Dec 2 at 1:00 PM, and Tom Vale goes: "
        "put the row back and set it to Cancelled, or tell them yourselves, at (312) 555-0142"
    )
    assert (one["record"], one["owner"], one["customer"], one["to"], one["body"]) == ("J-1", "office", "Ann Li", None, None)
    [item] = asked(office)
    assert not gone(with_rows(office, booking(), OTHER, at="2026-11-23T10:15")) and not asked(office)
    assert len(gone(with_rows(office, OTHER, at="2026-11-23T10:30"))) == 1 and item["owner"] == "office"


def test_the_rehearsal_the_report_and_the_run_say_the_same(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    rehearsed = gone(with_rows(office, OTHER, send=False))
    assert gone(with_rows(office, OTHER)) == rehearsed and len(rehearsed) == 1
    assert "J-1 is gone from your jobs sheet" in office.do("report", now=LATER).out
    assert "J-1 is gone from your jobs sheet" in office.do("review", "list", now=LATER).out


def test_what_a_person_settled_stays_settled_until_the_row_leaves_again(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    with_rows(office, OTHER)
    [item] = asked(office)
    assert office.do("review", "dismiss", str(item["id"]), "--because", "I called them", now=LATER).code == 0
    assert not gone(with_rows(office, OTHER, at="2026-11-24T10:00")) and not asked(office)
    assert not gone(with_rows(office, OTHER, at="2026-12-01T10:00")) and not asked(office), "a visit that is near asks no second time"
    assert not gone(with_rows(office, booking(), OTHER, at="2026-12-01T10:15"))
    assert len(gone(with_rows(office, OTHER, at="2026-12-01T10:30"))) == 1 and len(asked(office)) == 1


def test_it_is_urgent_in_the_last_two_days_and_stays_until_somebody_has_seen_to_it(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    with_rows(office, OTHER)
    assert "[decide] Ann Li, booking J-1" in office.do("report", now=LATER).out
    with_rows(office, OTHER, at="2026-12-01T10:00")
    assert "[urgent] Ann Li, booking J-1" in office.do("report", now="2026-12-01T10:00").out
    for at in ("2026-12-02T13:15", "2026-12-03T16:00", "2026-12-21T10:00"):
        [one] = gone(with_rows(office, OTHER, at=at))
        assert "Tom Vale was to go: that hour has passed, so ask Ann Li at (312) 555-0142 whether anybody came" in one["reason"]
    [item] = asked(office)
    assert "[urgent] Ann Li, booking J-1" in office.do("report", now="2026-12-21T10:00").out
    office.do("review", "done", str(item["id"]), "--because", "I called her", now="2026-12-21T10:00")
    assert not gone(with_rows(office, OTHER, at="2026-12-21T10:15")) and not asked(office)


def test_a_row_that_leaves_after_its_visit_is_nobodys_task(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    assert not gone(with_rows(office, OTHER, at="2026-12-02T13:15")) and not asked(office)


def test_nobody_is_asked_about_who_was_never_told_or_knows_that_it_is_off(tmp_path: Path) -> None:
    office = office_of(tmp_path / "waits", booking(), OTHER, mode="approve")
    assert not gone(with_rows(office, OTHER))
    office = office_of(tmp_path / "off", booking(), OTHER)
    assert decided(with_rows(office, booking(Status="Cancelled"), OTHER))["called-off"] == "sent"
    assert not gone(with_rows(office, OTHER, at="2026-11-23T10:15"))


def test_whoever_heard_of_a_move_is_told_of_the_time_that_they_heard(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    assert decided(with_rows(office, booking(Scheduled_start="12/09/2026 9:00 AM"), OTHER))["moved"] == "sent"
    [one] = gone(with_rows(office, OTHER, at="2026-11-23T10:15"))
    assert "Ann Li was told to expect you Wed, Dec 9 at 9:00 AM" in one["reason"]


def test_who_took_over_goes_and_not_who_was_taken_off(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    done = decided(with_rows(office, booking(Technician="Bo Lund"), OTHER))
    assert (done["technician-taken-off"], done["technician-put-on"]) == ("sent", "sent")
    [one] = gone(with_rows(office, OTHER, at="2026-11-23T10:15"))
    assert "Bo Lund goes" in one["reason"] and "Tom Vale" not in one["reason"]


def test_what_was_released_does_not_leave_and_open_tasks_are_counted(tmp_path: Path) -> None:
    install = booking(Job_type="Furnace install", Job_title="Furnace install", Total="6000")
    office = office_of(tmp_path, install, OTHER, mode="approve")
    for step in ("confirmation", "tell-technician"):
        [item] = [item for item in office.queue() if item["step"] == step and item["record"] == "J-1"]
        office.do("review", "approve", str(item["id"]), now=BOOKED)
    with_rows(office, install, OTHER, at="2026-11-20T10:15")
    with_rows(
        office, booking(Job_type="Furnace install", Job_title="Furnace install", Total="6000", Scheduled_start="12/09/2026 9:00 AM"), OTHER
    )
    [item] = [item for item in office.queue() if item["step"] == "moved"]
    office.do("review", "approve", str(item["id"]), now=LATER)
    before, tasks = len(office.outbox()), [one for one in office.queue() if one["kind"] == "task" and one["record"] == "J-1"]
    [one] = gone(with_rows(office, OTHER, at="2026-11-23T10:15"))
    assert "Ann Li was told to expect you Wed, Dec 2 at 1:00 PM" in one["reason"]
    assert len(tasks) == 1 and one["reason"].startswith("J-1 is gone from your jobs sheet, and 1 task for it is still open; ")
    assert len(office.outbox()) == before
    assert [one for one in office.queue() if one["kind"] == "task" and one["record"] == "J-1"] == tasks


def test_another_number_for_the_same_visit_is_told_nobody_twice(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    document = with_rows(office, RENUMBERED, OTHER)
    [one] = gone(document)
    assert (
        "J-14 of the same customer and start is new: is it this booking under another number? If so, nobody has to be told" in one["reason"]
    )
    for at in ("2026-11-23T10:15", "2026-11-23T10:30"):
        steps = decided(document, "J-14")
        assert (steps["confirmation"], steps["tell-technician"]) == ("review", "review")
        document = with_rows(office, RENUMBERED, OTHER, at=at)
    [item] = asked(office)
    office.do("review", "dismiss", str(item["id"]), "--because", "renumbered", now=LATER)
    assert decided(with_rows(office, RENUMBERED, OTHER, at="2026-11-23T11:00"), "J-14")["confirmation"] == "review"
    assert decided(with_rows(office, RENUMBERED, OTHER, at="2026-11-30T13:00"), "J-14")["reminder-48-hours"] == "sent"


def test_two_bookings_made_one_ask_about_the_one_that_went(tmp_path: Path) -> None:
    both = booking(number="J-3", Scheduled_start="12/02/2026 3:00 PM")
    office = office_of(tmp_path, booking(), both, OTHER)
    [one] = gone(with_rows(office, booking(), OTHER))
    assert (
        one["record"] == "J-3"
        and "Ann Li was told to expect you Wed, Dec 2 at 3:00 PM" in one["reason"]
        and "another number" not in one["reason"]
    )


def test_half_a_sheet_is_a_brake_and_a_part_that_is_handed_in_asks_nobody(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    office.sheet("jobs", HEADINGS, [OTHER])
    assert office.do("run", "booking-trail", "--send", now=LATER).code == 4 and not asked(office)
    office.sheet("jobs", HEADINGS, [booking(), OTHER, *OLD])
    part = tmp_path / "part.csv"
    part.write_text((office.folder / "jobs.csv").read_text(encoding="utf-8").replace("J-1,", "J-77,"), encoding="utf-8")
    ran = office.do("run", "booking-trail", "--table", f"jobs={part}", "--format", "json", now=LATER)
    assert ran.code == 0 and not gone(ran.json)
