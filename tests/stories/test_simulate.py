"""A recipe under a clock that runs ahead: nothing leaves, nothing is kept, and every step comes when it would in life."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from contractor_ops.office import open_office
from contractor_ops.recipe import Recipe
from tests.offices import ESTIMATES, Ran
from tests.stories.bookings import SHIPPED
from tests.stories.inside import Office

NOW = "2026-10-26T10:00"
JOBS = ("Job #", "Customer", "Phone", "Address", "Status", "Scheduled start", "Technician", "Job type", "Title", "Completed", "Booked on")
TECHNICIANS = ("Name", "Phone", "Email", "Skills", "Territory")
ROWS = [
    ("J-1", "Ann Li", "312-555-0142", "1 Oak St, Chicago, IL 60618", "Scheduled", "11/04/2026 1:00 PM", "Tom Vale", "Tune-up", "Furnace tune-up", "", "10/26/2026"),
    ("J-2", "Bo Ray", "312-555-0143", "2 Oak St, Chicago, IL 60618", "Scheduled", "11/05/2026 1:00 PM", "Tom Vale", "Tune-up", "Furnace tune-up", "", "10/26/2026"),
]  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office").sheet("jobs", JOBS, ROWS)
    made.sheet(
        "technicians", TECHNICIANS, [("Tom Vale", "312-555-0160", "tom@northside.example", "heating, cooling, tune-up", "60618, Chicago")]
    )
    return made.sheet("estimates", ESTIMATES, [("E-1", "Cy Day", "", "312-555-0144", "New boiler", "Sent", "10/26/2026", "$4,200.00", "")])


def simulated(office: Office, recipe: str, *words: str, now: str = NOW) -> Any:
    ran = office.do("simulate", recipe, "--format", "json", *words, now=now)
    assert ran.code == 0, ran.err
    return ran.json


def done(document: Any) -> dict[str, str]:
    """When each step was done; each at most once."""
    found = [(one["step"], one["at"]) for one in document["decisions"] if one["outcome"] in {"sent", "queued"}]
    assert max(Counter(step for step, _ in found).values(), default=1) == 1, found
    return dict(found)


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.rglob("*") if file.is_file()}


def kinds(document: Any, step: str) -> list[str]:
    return [one["decision"] for one in document["decisions"] if one["step"] == step]


# ── nothing is touched ──


def test_nothing_leaves_and_nothing_is_kept_where_there_is_no_ledger_yet(office: Office) -> None:
    before = tree(office.folder)
    document = simulated(office, "booking-trail", "--days", "30", "--staged")
    assert done(document)["confirmation"]
    assert tree(office.folder) == before
    assert not office.outbox()


def test_the_ledger_that_there_is_counts_and_is_not_touched(office: Office) -> None:
    office.run("estimate-follow-up", "2026-10-28T09:05")
    office.do("review", "approve", office.item("E-1"), now="2026-10-28T09:06")
    office.run("estimate-follow-up", "2026-10-28T09:10", "--send")
    before = tree(office.folder)
    document = simulated(office, "estimate-follow-up", "--days", "30", "--record", "E-1", now="2026-10-28T10:00")
    assert list(done(document)) == ["second-nudge", "last-nudge", "hand-over"]
    assert tree(office.folder) == before


def test_a_ledger_whose_last_writes_stand_beside_it_is_read_whole_and_left_so(office: Office) -> None:
    from contractor_ops.ledger.ledger import SqliteLedger

    office.run("estimate-follow-up", "2026-10-26T09:05")
    ledger = SqliteLedger(office.folder / "ledger.db")
    try:
        ledger.skip("estimate-follow-up", "E-1", "she called", datetime.fromisoformat("2026-10-26T09:10-05:00"))
        before = tree(office.folder)
        assert before["ledger.db-wal"][0]
        document = simulated(office, "estimate-follow-up", "--days", "30")
        assert [(one["decision"], one["reason"]) for one in document["decisions"]] == [("ended", "skipped by a person: she called")]
        assert tree(office.folder) == before
    finally:
        ledger.close()


def test_providers_and_heartbeats_that_are_set_up_are_never_asked(office: Office) -> None:
    nowhere = "http://127.0.0.1:9"  # nothing listens there: whoever asked would be told
    office.configure(
        f'\n[sms]\nprovider = "twilio"\nfrom = "+13125550100"\napi_base = "{nowhere}"\n[heartbeat]\nurl = "{nowhere}/ping"\n'
        '[email]\nprovider = "smtp"\nfrom = "office@northside.example"\nhost = "127.0.0.1"\nport = 9\n'
    )
    document = simulated(office, "estimate-follow-up", "--days", "10", "--staged")
    assert [one["outcome"] for one in document["decisions"] if one["action"] == "message" and one["decision"] == "act"] == ["sent"] * 3


def test_the_same_is_said_twice(office: Office) -> None:
    words = ("simulate", "booking-trail", "--days", "60", "--staged", "--event", "2026-11-03 14:30 reply: can we do Friday?", "--format")
    for form in ("table", "json", "csv", "jsonl"):
        assert office.do(*words, form, now=NOW).out == office.do(*words, form, now=NOW).out


# ── a staged booking, over both clock changes ──


EVERYTHING = """
[job_types."Tune-up"]
rebook_after  = "150 days"
permit        = "Chicago"
subcontractor = "Volt Bros"
financing     = true
deposit       = 100
"""


def quiet_steps(recipe: Recipe) -> set[str]:
    """The steps that come where nothing changes and nothing is wrong."""
    return {step.name for step in recipe.steps if not step.on_change and step.when.status != ("cancelled",)} - {"settle-first"}


def test_a_staged_booking_over_200_days_shows_each_step_once_at_its_local_time(office: Office) -> None:
    office.configure(EVERYTHING)
    office.sheet("materials", ("Job type", "Item", "Qty"), [("Tune-up", "Filter 16x25", "1")])
    office.sheet("inventory", ("Item", "On hand"), [("Filter 16x25", "8")])
    document = simulated(office, "booking-trail", "--days", "200", "--staged")
    times = done(document)
    recipe = open_office(office.folder).recipe("booking-trail")
    assert {one["step"] for one in document["decisions"]} == {step.name for step in recipe.steps}
    assert times.keys() == quiet_steps(recipe)
    at_once = {
        "contact-record", "stage-booked", "job-record", "assign-technician", "calendar-entry", "check-materials", "confirmation", "permit",
        "subcontractor", "financing", "deposit",
    }  # fmt: skip
    assert {step for step, at in times.items() if at == "2026-10-26T10:00:00-05:00"} == at_once
    assert {step: at for step, at in times.items() if step not in at_once} == {
        "tell-technician": "2026-10-26T10:15:00-05:00",
        # Clocks go back on November 1; the visit is on Thursday, November 5, at nine.
        "reminder-48-hours": "2026-11-03T09:00:00-06:00",
        "checklist": "2026-11-04T09:00:00-06:00",
        "technician-day-before": "2026-11-04T16:00:00-06:00",
        "day-of": "2026-11-04T17:00:00-06:00",  # at seven on the day itself nothing may leave yet
        "completion": "2026-11-05T12:00:00-06:00",
        "thank-you": "2026-11-05T14:00:00-06:00",
        "rating": "2026-11-06T09:00:00-06:00",
        "review-request": "2026-11-08T12:00:00-06:00",
        "related-service": "2026-12-05T12:00:00-06:00",
        # They go forward on March 14.
        "rebooking": "2027-04-04T09:00:00-05:00",
    }
    assert [(one["kind"], one["at"], one["invented"]) for one in document["events"]] == [("done", "2026-11-05T12:00:00-06:00", True)]


def test_what_is_far_ahead_comes_in_the_office_s_hours_after_the_clocks_have_gone_forward(office: Office) -> None:
    events = ("--event", "2027-03-20 12:00 done:")  # clocks go forward on March 14
    times = done(simulated(office, "booking-trail", "--days", "200", "--staged", *events))
    assert times["thank-you"] == "2027-03-20T14:00:00-05:00"
    assert times["rating"] == "2027-03-21T09:00:00-05:00"


# ── what changes on the way ──


def test_an_answer_goes_to_a_person_and_holds_what_is_for_the_customer(office: Office) -> None:
    document = simulated(office, "booking-trail", "--days", "20", "--staged", "--event", "2026-10-28 14:30 reply: can we do Friday?")
    [event] = [one for one in document["events"] if one["kind"] == "reply"]
    assert event["at"] == "2026-10-28T14:30:00-05:00" and "Dana Reed" in event["came"]
    times = done(document)
    assert "confirmation" in times and "reminder-48-hours" not in times and "checklist" in times
    resumed = simulated(
        office, "booking-trail", "--days", "20", "--staged", "--event", "2026-10-28 reply: can we do Friday?", "--event", "oct 29 resume:"
    )
    assert done(resumed)["reminder-48-hours"] == "2026-11-03T09:00:00-06:00"


def test_who_opts_out_hears_nothing_more(office: Office) -> None:
    document = simulated(office, "estimate-follow-up", "--days", "40", "--staged", "--event", "2026-10-29 stop:")
    assert list(done(document)) == ["first-nudge"]
    assert document["decisions"][-1]["decision"] == "ended" and "STOP" in document["decisions"][-1]["reason"]
    assert "taken for: stop" in document["events"][0]["came"]


def test_a_booking_that_moves_gets_its_reminders_at_the_new_time(office: Office) -> None:
    document = simulated(office, "booking-trail", "--days", "40", "--record", "J-1", "--event", "2026-10-30 starts_at: 2026-11-12 13:00")
    times = done(document)
    assert times["moved"] == "2026-10-30T10:00:00-05:00"
    assert times["reminder-48-hours"] == "2026-11-10T13:00:00-06:00"
    assert "Bo Ray" not in str(document)


def test_a_booking_that_is_cancelled_gets_one_word_more(office: Office) -> None:
    document = simulated(office, "booking-trail", "--days", "40", "--record", "Ann Li", "--event", "oct 30 status: cancelled")
    times = done(document)
    assert times["called-off"] == "2026-10-30T10:00:00-05:00"
    assert not {"reminder-48-hours", "day-of", "thank-you"} & times.keys()
    assert kinds(document, "reminder-48-hours")[-1] == "ended"


def test_an_estimate_goes_up_its_ladder_and_comes_to_a_person(office: Office) -> None:
    document = simulated(office, "estimate-follow-up", "--days", "30", "--staged", now="2026-10-26T08:00")
    assert done(document) == {
        "first-nudge": "2026-10-28T09:05:00-05:00", "second-nudge": "2026-11-02T09:05:00-06:00",  # five days after a Monday is a Saturday
        "last-nudge": "2026-11-05T09:05:00-06:00", "hand-over": "2026-11-09T09:05:00-06:00",
    }  # fmt: skip
    won = simulated(office, "estimate-follow-up", "--days", "30", "--staged", "--event", "10/30 status: accepted", now="2026-10-26T08:00")
    assert list(done(won)) == ["first-nudge"]
    answered = simulated(
        office, "estimate-follow-up", "--days", "30", "--staged", "--event", "10/30 reply: not now", now="2026-10-26T08:00"
    )
    assert list(done(answered)) == ["first-nudge"] and answered["decisions"][-1]["decision"] == "ended"


def test_a_conversation_on_the_telephone_ends_what_only_wants_one(office: Office) -> None:
    office.sheet("leads", ("Lead #", "Name", "Phone", "Status", "Received"), [])
    office.sheet("calls", ("Call ID", "Date", "From", "To", "Direction", "Status", "Duration"), [])
    quiet = simulated(office, "lead-reply", "--days", "2", "--staged")
    assert {"first-answer", "hand-over"} == done(quiet).keys()
    talked = simulated(office, "lead-reply", "--days", "2", "--staged", "--event", "2026-10-26 10:05 call: wants Tuesday")
    assert done(talked).keys() == {"first-answer"} and "on the telephone" in talked["decisions"][-1]["reason"]


def test_a_column_may_be_emptied_and_what_becomes_too_dear_stops_for_a_person(office: Office) -> None:
    document = simulated(office, "estimate-follow-up", "--days", "5", "--record", "E-1", "--event", "oct 27 total: $20,000")
    assert [one["decision"] for one in document["decisions"]] == ["wait", "review"]
    blank = simulated(office, "estimate-follow-up", "--days", "5", "--record", "E-1", "--event", "oct 27 total:")
    assert blank["decisions"][-1]["decision"] == "review" and "total" in blank["decisions"][-1]["reason"]


# ── what a person would have to do ──


def shown(office: Office, *events: str, days: str = "20", now: str = NOW, whose: tuple[str, ...] = ("--staged",)) -> str:
    words = [word for event in events for word in ("--event", event)]
    ran = office.do("simulate", "booking-trail", "--days", days, *whose, *words, now=now)
    assert ran.code == 0, ran.err
    return ran.out


def test_an_unanswered_reply_and_every_message_that_died_of_it_stop_for_a_person(office: Office) -> None:
    out = shown(office, "2026-10-28 14:30 reply: can we do Friday?")
    assert "Nothing would stop" not in out
    assert "  reply: can we do Friday? (Wed, Oct 28): Dana Reed answers it, and then: contractor-ops resume" in out
    [died] = [line for line in out.splitlines() if "never left, because" in line]
    assert died.lstrip().startswith("reminder-48-hours (Tue, Nov 3), day-of (Wed, Nov 4), thank-you (Thu, Nov 5)")
    [total] = re.findall(r"(\d+) things would stop for a person: Dana Reed (\d+)", out)
    assert total[0] == total[1] == str(1 + died.count("("))
    assert "Nothing would stop for a person." in shown(office)


def test_who_opted_out_is_nobodys_task(office: Office) -> None:
    assert "never left, because" not in shown(office, "2026-10-28 stop:")


def test_a_change_that_is_heard_of_too_late_stops_for_a_person_who_calls(office: Office) -> None:
    out = shown(office, "2026-11-05 7:00 starts_at: 2026-11-05 15:00")
    assert "moved (Thu, Nov 5): Dana Reed calls them: they reckon with Thu, Nov 5, 9:00 am, and no message may leave before" in out


def test_steps_that_never_came_say_the_last_true_reason(office: Office) -> None:
    never = shown(office, "2026-10-28 14:30 reply: can we do Friday?").partition("Steps that never came:")[2]
    [reminder] = [line for line in never.splitlines() if "reminder-48-hours" in line]
    assert "is due" not in reminder and 'the customer wrote Wed, Oct 28 at 2:30 PM: "can we do Friday?"' in reminder
    assert "its status is Booked" not in never
    assert "related-service: is due Sat, Dec 5" in never  # after the end
    assert re.search(r"^  permit: only where permit is given$", never, re.MULTILINE)


def test_an_end_that_was_taken_back_is_no_reason(office: Office) -> None:
    out = shown(office, "2026-10-26 status: cancelled", "2026-10-28 status: scheduled")
    never = out.partition("Steps that never came:")[2]
    assert "its status is cancelled" not in never
    assert "completion, thank-you" in never and "only for what is completed or invoiced; its status is scheduled" in never


def test_what_would_tell_of_a_change_does_not_end_where_nothing_changed(office: Office) -> None:
    out = shown(office, "2026-10-28 stop:")
    assert "ended: the customer opted out" not in out.partition("Steps that never came:")[0].replace("no message: ", "")


def test_a_reminder_that_left_for_the_new_time_was_not_lost_for_the_old_one(office: Office) -> None:
    moved = ("2026-10-28 14:30 reply: can we do Friday?", "2026-11-03 10:00 starts_at: 2026-11-06 13:00", "2026-11-03 10:05 resume:")
    out = shown(office, *moved)
    assert re.search(r"reminder-48-hours +text to", out)
    assert "never left, because" not in out


# ── what happens to the office ──


def test_a_technician_who_is_sick_is_off_from_the_moment_that_it_is_known(office: Office) -> None:
    crew = [("Tom Vale", "312-555-0160", "tom@northside.example", "heating, cooling, tune-up", "60618, Chicago", "")]
    office.sheet("technicians", (*TECHNICIANS, "Days off"), crew)
    out = shown(office, "nov 4 sick: Tom", whose=("--record", "J-1"))
    assert "07:00  ≻ sick: Tom" in out and "the technicians table says of Tom Vale: days off 2026-11-04" in out
    assert "Tom Vale is off on Wed, Nov 4" in out.partition("≻ sick")[2] and "is off" not in out.partition("≻ sick")[0]
    span = shown(office, "nov 3-5 off: Tom Vale", whose=("--record", "J-1"))
    assert "days off 2026-11-03 - 2026-11-05" in span and "Tom Vale is off on Wed, Nov 4" in span
    everybody = shown(office, "nov 4 sick: Tom", whose=())  # a technician is no row
    assert "Tom Vale is off on Wed, Nov 4" in everybody


def test_a_row_that_is_taken_out_says_so_and_others_that_are_left_out_do_not(office: Office) -> None:
    office.recipe("booking-trail", SHIPPED.read_text(encoding="utf-8").replace('mode   = "approve"', 'mode   = "auto"', 1))
    office.run("booking-trail", "2026-10-26T10:00", "--send")
    out = shown(office, "oct 28 deleted", whose=("--record", "J-1"), now="2026-10-26T11:00")
    assert "≻ deleted" in out and "J-1 is gone from your jobs sheet" in out and "J-2" not in out
    assert re.search(r"reminder-48-hours.*: the row was taken out of the sheet", out)


def test_a_job_that_is_said_to_be_done_has_no_day_unless_it_is_written(office: Office) -> None:
    said = shown(office, "2026-11-05 14:00 status: completed")
    assert "was Booked; completed on stays blank, as nobody has written it (done: writes both)" in said
    done = simulated(office, "booking-trail", "--days", "20", "--staged", "--event", "nov 5 14:00 done:")
    assert done["events"][0]["came"] == "the sheet says status Completed, completed on 2026-11-05 14:00; status was Booked"
    assert {one["step"]: one["at"] for one in done["decisions"] if one["outcome"]}["thank-you"] == "2026-11-05T16:00:00-06:00"
    day = simulated(office, "booking-trail", "--days", "20", "--staged", "--event", "nov 6 9:00 done: nov 5")["events"][0]
    assert "completed on 2026-11-05;" in day["came"]


def test_who_is_assigned_in_the_ledger_alone_is_named_where_the_sheet_says_otherwise(office: Office) -> None:
    out = shown(office, "oct 28 technician: Bo Lund")
    assert "was blank; the ledger's own record says Tom Vale" in out
    assert "a blank cell does not change that" in shown(office, "oct 28 technician:")


# ── the whole table ──


def test_without_a_row_all_rows_are_simulated_and_caps_hold(office: Office) -> None:
    rows = [(f"E-{n}", "Cy Day", "", "312-555-0144", "New boiler", "Sent", "10/26/2026", "$4,200.00", "") for n in range(2)]
    office.sheet("estimates", ESTIMATES, rows)
    document = simulated(office, "estimate-follow-up", "--days", "4")
    sent = [(one["record"], one["at"][:10]) for one in document["decisions"] if one["outcome"] == "sent"]
    assert sent == [("E-0", "2026-10-28"), ("E-1", "2026-10-29")]
    assert [one["decision"] for one in document["decisions"] if one["record"] == "E-1"] == ["wait", "hold", "act", "wait"]


def test_a_brake_is_told_and_what_comes_after_is_shown(office: Office) -> None:
    office.configure("\n[limits]\nper_run = 1\n")
    rows = [(f"E-{n}", f"Cy Day {n}", "", f"312-555-01{n}4", "New boiler", "Sent", "10/26/2026", "$4,200.00", "") for n in range(4, 7)]
    office.sheet("estimates", ESTIMATES, rows)
    ran = office.do("simulate", "estimate-follow-up", "--days", "4", now=NOW)
    assert ran.code == 0
    assert (
        "! the brake unusual-volume would hold this run: 3 messages would leave in one run; the limit is 1. Here it is lifted." in ran.out
    )
    assert ran.out.count("text to Cy Day") == 3
    assert "In 4 days: 3 texts." in ran.out


# ── what was typed wrong ──


def told(ran: Ran) -> str:
    return re.sub(r"\s+", " ", ran.err)


def test_wrong_events_are_told_all_at_once_each_with_its_place(office: Office) -> None:
    events = ("dec 1", "oct 44 reply: x", "2026-10-01 reply: x", "2027-10-01 stop:", "oct 30 startsat: nov 3", "oct 30 25:00 stop:", "oct 30 reply:",
              "oct 30 total: lots", "status: cancelled", "oct 30 sick: Nobody Known", "oct 30 off:", "oct 44-45 off: Tom Vale")  # fmt: skip
    words = [word for event in events for word in ("--event", event)]
    ran = office.do("simulate", "booking-trail", "--days", "30", "--staged", *words, now=NOW)
    assert ran.code == 2
    for event in events:
        assert f'--event "{event}": ' in ran.err
    assert 'did you mean "starts_at"?' in ran.err and "no clock shows 25:00" in ran.err
    assert 'Write a day, a time if it matters, what happens and a colon: --event "2026-12-01 14:30 reply: can we do Friday?"' in told(ran)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("booking-trail", "--days", "0"), 2, "--days 0 cannot be simulated"),
        (("booking-trail", "--days", "1001"), 2, "from 1 to 1,000"),
        (("booking-trail", "--staged", "--record", "J-1"), 2, "cannot both be meant"),
        (("booking-trail", "--event", "oct 30 stop:"), 2, "Add --record NUMBER, or --staged"),
        (("booking-trial", "--staged"), 3, 'did you mean "booking-trail"?'),
        (("booking-trail", "--record", "J-11"), 3, 'did you mean "J-1"?'),
        (("invoice-reminders", "--days", "5"), 3, "config.toml does not say where the table invoices is"),
    ],
)
def test_what_cannot_be_simulated_is_said_in_a_sentence(office: Office, words: tuple[str, ...], code: int, said: str) -> None:
    ran = office.do("simulate", *words, now=NOW)
    assert (ran.code, ran.out) == (code, "")
    assert said in told(ran)
