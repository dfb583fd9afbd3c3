"""What people read of a trail: each line names its step, and what nobody gets is drawn together."""

from pathlib import Path

from tests.stories.bookings import booking, office_with

NOW = "2026-11-20T10:00"


def test_each_line_of_run_and_report_begins_with_its_step(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(), mode="approve")
    shown = office.do("run", "booking-trail", now=NOW).out
    assert "   confirmation: booked today: a person releases it\n" in shown
    assert "   tell-technician: booked today: a person releases it\n" in shown
    assert "   confirmation: booked today: a person releases it\n" in office.do("report", now=NOW).out
    assert "       tell-technician: booked today: a person releases it\n" in office.do("review", "list", now=NOW).out


def test_what_a_step_keeps_for_several_bookings_is_one_line(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(), booking(number="J-2", Scheduled_start="12/02/2026 9:00 AM"), mode="approve")
    rehearsed = office.do("run", "booking-trail", now=NOW).out
    assert "ROUTINE, Booking trail: done with --send, nothing leaves (4)\n- 2 bookings: contact-record, update-row\n" in rehearsed
    assert "8 steps without a message would be done" in rehearsed
    assert "8 steps without a message done" in office.do("run", "booking-trail", "--send", now=NOW).out


def test_of_one_booking_the_words_are_shown(tmp_path: Path) -> None:
    shown = office_with(tmp_path, booking()).do("run", "booking-trail", now=NOW).out
    assert "- Ann Li: stage-booked, update-row\n  stage: Booked; leads.status: Booked\n" in shown


def test_a_doubt_that_is_a_task_already_is_no_cell_to_tidy(tmp_path: Path) -> None:
    off = booking(Scheduled_start="12/05/2026 9:00 AM")  # a Saturday, on which Tom Vale is off
    shown = office_with(tmp_path, off, mode="approve").do("run", "booking-trail", now=NOW).out
    assert "settle-first: booked today" in shown
    assert "[tidy]" not in shown


def test_an_assignment_is_released_and_is_no_message(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Technician=""), mode="approve")
    shown = office.do("run", "booking-trail", now=NOW).out
    assert "assign-technician: booked today: a person releases it" in shown
    assert "> Look at it and release it: contractor-ops review approve" in shown
    listed = office.do("review", "list", now=NOW).out
    assert "       Tom Vale: does " in listed
    assert "no address" not in listed


def test_check_tries_a_step_on_the_rows_that_it_is_for(tmp_path: Path) -> None:
    done = booking(number="J-2", Status="Completed", Completed="11/19/2026", Technician="")
    office = office_with(tmp_path, booking(Job_type="Comfort check", Job_title="Comfort check"), done)
    said = [line for line in office.do("check", "--offline", now=NOW).out.splitlines() if "recipe booking-trail" in line]
    assert any(line.startswith("ok") for line in said)
    assert [line for line in said if line.startswith("warning") and ("checklist" in line or "technician" in line)] == []


def test_check_names_what_to_begin_with_and_a_trail_last(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.sheet("invoices", ("Invoice #", "Customer", "Email", "Due date", "Balance", "Status"),
                 [("1", "Ann Li", "ann@customer.example", "10/01/2026", "400.00", "Sent")])  # fmt: skip
    assert "Next: contractor-ops run invoice-reminders" in office.do("check", "--offline", now=NOW).out
    assert "Next: contractor-ops run invoice-reminders" in office.do("check", now=NOW).out
