"""`trail`: where one booking stands, and which step of each booking is overdue. It writes nothing."""

import csv
import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from contractor_ops.reports.trail import Overdue, TrailStep
from contractor_ops.work.trail_order import by_gravity, gravest
from tests.providers.twilio_server import TwilioServer, refuses
from tests.stories.answering import answers
from tests.stories.at_a_terminal import Terminal
from tests.stories.bookings import CREW, HEADINGS, SHIPPED, TECHNICIANS, booking, office_with
from tests.stories.inside import Office
from tests.stories.texting import Texting

BOOKED = "2026-11-20T10:00"
STEP_KEYS = {"recipe", "step", "state", "overdue", "due", "until", "done_at", "how", "reason", "owner", "review"}
ALL_KEYS = {"job", "customer", "starts_at", "recipe", "step", "due", "reason", "owner", "review", "more"}


def trail(office: Office, now: str, job: str = "J-1") -> Any:
    ran = office.do("trail", job, "--format", "json", now=now)
    assert ran.code == 0, ran.err
    return ran.json


def steps(office: Office, now: str, job: str = "J-1") -> dict[str, Any]:
    return {step["step"]: step for step in trail(office, now, job)["steps"]}


def booked(folder: Path, *rows: tuple[str, ...], mode: str = "auto") -> Office:
    office = office_with(folder, *(rows or (booking(),)), mode=mode)
    office.run("booking-trail", BOOKED, "--send")
    return office


def test_every_step_of_the_recipe_stands_there_once_in_its_order(tmp_path: Path) -> None:
    found = trail(booked(tmp_path), "2026-11-23T10:00")
    names = [
        line.partition("=")[2].strip().strip('"') for line in SHIPPED.read_text(encoding="utf-8").splitlines() if line.startswith("name ")
    ]
    assert [step["step"] for step in found["steps"]] == names
    assert all(set(step) == STEP_KEYS and step["state"] in {"done", "due", "waiting", "skipped"} for step in found["steps"])
    assert (found["job"], found["customer"], found["starts_at"], found["technician"]) == ("J-1", "Ann Li", "2026-12-02T13:00", "Tom Vale")


def test_what_is_done_says_when_how_and_for_whom(tmp_path: Path) -> None:
    found = steps(booked(tmp_path), "2026-11-23T10:00")
    assert found["confirmation"]["state"] == "done"
    assert found["confirmation"]["done_at"].startswith("2026-11-20T10:00:") and found["confirmation"]["done_at"].endswith("-06:00")
    assert found["confirmation"]["how"] == "text to Ann Li at (312) 555-0142"
    assert found["tell-technician"]["how"] == "text to Tom Vale at (312) 555-0171"


def test_what_waits_says_for_when_or_for_what_and_what_is_left_out_says_why(tmp_path: Path) -> None:
    found = steps(booked(tmp_path), "2026-11-23T10:00")
    assert (found["reminder-48-hours"]["state"], found["reminder-48-hours"]["due"]) == ("waiting", "2026-11-30T13:00:00-06:00")
    assert found["moved"]["state"] == "waiting" and "the start changes" in found["moved"]["reason"]
    assert found["thank-you"]["state"] == "waiting" and "completed" in found["thank-you"]["reason"]
    assert found["deposit"]["state"] == "skipped" and "deposit" in found["deposit"]["reason"]
    assert found["assign-technician"]["state"] == "skipped"
    assert found["called-off"]["state"] == "skipped"


def test_what_is_due_says_why_it_is_not_done_and_whose_it_is(tmp_path: Path) -> None:
    office = booked(tmp_path, booking(Technician="Zed Nobody"), mode="approve")
    early = steps(office, "2026-11-20T09:59")["confirmation"]
    assert (early["state"], early["overdue"]) == ("due", False)  # less than an hour
    found = steps(office, "2026-11-20T11:30")
    assert (found["confirmation"]["state"], found["confirmation"]["overdue"]) == ("due", True)
    assert found["tell-technician"]["state"] == "waiting" and "Zed Nobody" in found["tell-technician"]["reason"]
    number = found["confirmation"]["review"]
    assert office.do("review", "show", str(number), now=BOOKED).code == 0
    assert found["confirmation"]["overdue"]
    office.do("review", "approve", str(number), now="2026-11-20T11:25")
    assert not steps(office, "2026-11-20T11:30")["confirmation"]["overdue"]  # released just now: it is on its way
    assert steps(office, "2026-11-20T13:00")["confirmation"]["overdue"]  # and no run has come since
    office.run("booking-trail", "2026-11-20T13:00", "--send")
    done = steps(office, "2026-11-20T13:05")["confirmation"]
    assert (done["state"], done["how"]) == ("done", f"text to Ann Li at (312) 555-0142, released by a person (number {number})")


def test_what_no_run_has_seen_yet_is_due_now_and_overdue_once_runs_stay_away(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(), mode="auto")
    first = steps(office, "2026-11-20T10:00")
    assert {step["state"] for step in first.values()} >= {"due"} and not any(step["overdue"] for step in first.values())
    ran = office.do("trail", "J-1", now="2026-11-20T10:00")
    assert "confirmation: due now; booked today; the next run --send does it" in ran.out
    assert "! booking-trail has not run yet, so nothing of it is overdue" in ran.out
    office.run("booking-trail", "2026-11-20T10:00", "--send")
    office.sheet("jobs", HEADINGS, [booking(), booking(number="J-2", Customer="Bob Ray", Phone="312-555-0143", Email="")])
    assert not steps(office, "2026-11-20T10:05", "J-2")["confirmation"]["overdue"]  # typed in after the last run: the next one does it
    late = booking(number="J-3", Customer="Cy Orr", Phone="312-555-0144", Email="", Booked_on="11/23/2026")
    office.sheet("jobs", HEADINGS, [booking(), late])
    assert not steps(office, "2026-11-23T09:30", "J-3")["confirmation"]["overdue"]
    assert steps(office, "2026-11-23T11:00", "J-3")["confirmation"]["overdue"]  # runs have stayed away since Friday


def test_what_the_night_holds_is_not_overdue(tmp_path: Path) -> None:
    office = booked(tmp_path, booking(Scheduled_start="12/02/2026 6:30 AM"))
    held = steps(office, "2026-11-30T08:00")["reminder-48-hours"]
    assert (held["state"], held["overdue"], held["until"]) == ("due", False, "2026-11-30T09:00:00-06:00")


def test_what_a_person_did_or_refused_is_told(tmp_path: Path) -> None:
    office = booked(tmp_path, booking(Job_type="Furnace install", Job_title="Furnace install", Total="6000"), mode="approve")
    [permit] = [item for item in office.queue() if item["step"] == "permit"]
    assert "still open" in steps(office, BOOKED)["permit"]["how"]
    office.do("review", "done", str(permit["id"]), now="2026-11-20T10:30")
    assert steps(office, "2026-11-20T11:00")["permit"]["how"].endswith(f"list as number {permit['id']}, done by a person")
    [confirmation] = [item for item in office.queue() if item["step"] == "confirmation"]
    office.do("review", "dismiss", str(confirmation["id"]), "--because", "I called them", now="2026-11-20T10:30")
    refused = steps(office, "2026-11-20T11:00")["confirmation"]
    assert (refused["state"], refused["how"]) == ("done", "a person said: not this one (I called them)")


def test_a_reminder_that_was_sent_for_the_old_time_waits_for_the_new_one(tmp_path: Path) -> None:
    office = booked(tmp_path)
    office.run("booking-trail", "2026-11-30T13:00", "--send")
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/09/2026 9:00 AM")])
    office.run("booking-trail", "2026-11-30T15:00", "--send")
    found = steps(office, "2026-11-30T16:00")
    assert (found["reminder-48-hours"]["state"], found["reminder-48-hours"]["due"]) == ("waiting", "2026-12-07T09:00:00-06:00")
    assert found["reminder-48-hours"]["done_at"].startswith("2026-11-30T13:00")
    assert (found["moved"]["state"], found["moved"]["done_at"][:16]) == ("done", "2026-11-30T15:00")


def test_a_cancelled_booking_keeps_what_was_done_and_leaves_out_the_rest(tmp_path: Path) -> None:
    office = booked(tmp_path)
    office.sheet("jobs", HEADINGS, [booking(Status="Cancelled")])
    office.run("booking-trail", "2026-11-23T10:00", "--send")
    states = {name: step["state"] for name, step in steps(office, "2026-11-23T11:00").items()}
    assert {states[name] for name in ("confirmation", "tell-technician", "called-off", "technician-called-off")} == {"done"}
    assert {states[name] for name in ("reminder-48-hours", "day-of", "thank-you", "rebooking")} == {"skipped"}


def test_a_message_that_did_not_arrive_is_not_done(tmp_path: Path) -> None:
    with TwilioServer() as server:
        office = Texting(tmp_path, server)
        office.now = BOOKED
        office.sheet("technicians", TECHNICIANS, CREW).sheet("jobs", HEADINGS, [booking(Email="")])
        office.recipe("booking-trail", SHIPPED.read_text(encoding="utf-8").replace('mode   = "approve"', 'mode   = "auto"', 1))
        server.fails(refuses(21211, "No such number."), to="+13125550142")
        office.send("booking-trail")
        found = steps(office, "2026-11-20T12:00")["confirmation"]
        assert (found["state"], found["overdue"]) == ("due", True) and "did not arrive" in found["reason"]


def test_the_ledgers_own_record_and_what_was_heard_stand_below(tmp_path: Path) -> None:
    office = booked(tmp_path, booking(Technician=""))
    office.sheet(
        "calls",
        ("Date", "From", "To", "Direction", "Result"),
        [("11/21/2026 9:15 AM", "+13125550142", "+13125550100", "Inbound", "Missed")],
    )
    answers(office, "can we do Friday?", "2026-11-23T10:00")
    found = trail(office, "2026-11-23T11:00")
    assert found["technician"] == "Tom Vale"
    assert {one["column"]: one["value"] for one in found["own"]}["technician"] == "Tom Vale"
    assert [(one["kind"], one["label"], one["words"]) for one in found["heard"]] == [
        ("call", "they called, Missed", ""), ("reply", "move", "can we do Friday?"),
    ]  # fmt: skip
    lines = office.do("trail", "J-1", now="2026-11-23T11:00").out
    assert "assign-technician: Fri, Nov 20, 10:00 am; assigned Tom Vale" in lines
    assert "Mon, Nov 23, 10:00 am: reply, move: can we do Friday?" in lines


def test_a_booking_is_found_by_name_and_telephone_too_and_of_several_one_must_be_named(tmp_path: Path) -> None:
    rows = [
        booking(),
        booking(number="J-2", Scheduled_start="12/08/2026 9:00 AM"),
        booking(number="J-3", Customer="Bob Ray", Phone="312-555-0143", Email=""),
    ]
    office = booked(tmp_path, *rows)
    assert trail(office, BOOKED, "bob ray")["job"] == trail(office, BOOKED, "(312) 555-0143")["job"] == "J-3"
    several = office.do("trail", "Ann Li", now=BOOKED)
    assert several.code == 2 and "fits 2 bookings" in several.err
    assert "J-1, Ann Li, Furnace tune-up, Scheduled" in several.err and "J-2" in several.err and "J-3" not in several.err
    unknown = office.do("trail", "J-99", now=BOOKED)
    assert (unknown.code, unknown.out) == (3, "") and "J-99" in unknown.err
    assert office.do("trail", now=BOOKED).code == office.do("trail", "J-1", "--all", now=BOOKED).code == 2


def test_all_tells_the_gravest_overdue_step_of_each_booking_the_soonest_visit_first(tmp_path: Path) -> None:
    rows = [
        booking(),
        booking(number="J-2", Customer="Bob Ray", Phone="312-555-0143", Booked_on="11/17/2026", Scheduled_start="12/04/2026 9:00 AM", Email=""),
        booking(number="J-3", Customer="Cy Orr", Phone="312-555-0144", Scheduled_start="11/21/2026 3:00 PM", Email=""),
        booking(number="J-4", Customer="Di Poe", Phone="312-555-0145", Email="", Status="Cancelled"),
        booking(number="J-5", Customer="Ed Fox", Phone="312-555-0146", Email="", Status="Completed", Completed="03/02/2026", Booked_on="03/01/2026"),
    ]  # fmt: skip
    office = booked(tmp_path, *rows, mode="approve")
    found = office.do("trail", "--all", "--format", "json", now="2026-11-20T12:00").json
    assert [(one["job"], one["starts_at"]) for one in found["overdue"]] == [
        ("J-3", "2026-11-21T15:00"), ("J-1", "2026-12-02T13:00"), ("J-2", "2026-12-04T09:00"),
    ]  # fmt: skip
    assert all(set(one) == ALL_KEYS for one in found["overdue"])
    lines = office.do("trail", "--all", now="2026-11-20T12:00").out.splitlines()
    assert lines[0].startswith("J-3 Cy Orr (starts Sat, Nov 21, 3:00 pm): ")
    assert lines[-1] == "3 open bookings: 3 with an overdue step, 0 without."
    rows_of_csv = list(csv.DictReader(io.StringIO(office.do("trail", "--all", "--format", "csv", now="2026-11-20T12:00").out)))
    assert [row["job"] for row in rows_of_csv] == ["J-3", "J-1", "J-2"]
    lines = office.do("trail", "J-2", "--format", "jsonl", now="2026-11-20T12:00").out.splitlines()
    assert [json.loads(line)["step"] for line in lines] == [step["step"] for step in trail(office, "2026-11-20T12:00", "J-2")["steps"]]


def test_all_counts_what_nobody_can_read_and_lists_whose_people_know_nothing(tmp_path: Path) -> None:
    rows = [
        booking(),
        booking(number="J-2", Customer="Bob Ray", Phone="312-555-0143", Email="", Scheduled_start="11/24/2026 9:00 AM", Address=""),
        booking(number="J-3", Customer="Cy Orr", Phone="312-555-0144", Email="", Scheduled_start="tomorow 9"),
        booking(number="J-4", Customer="Di Poe", Phone="312-555-0145", Email="", Scheduled_start="11/30/2026 1:00 PM", Status="Schedlued"),
        booking(number="J-5", Customer="Ed Fox", Phone="312-555-0146", Email="", Scheduled_start="12/21/2026 1:00 PM", Address=""),
    ]
    office = booked(tmp_path, *rows)
    found = office.do("trail", "--all", "--format", "json", now="2026-11-20T12:00").json
    late = {one["job"]: one for one in found["overdue"]}
    assert late.keys() == {"J-2", "J-3", "J-4"} and found["without"] == 2, "the visit of J-5 is a month away"
    assert late["J-2"]["step"] == "tell-technician" and late["J-2"]["reason"].startswith("first settle: there is no address")
    items = {one["record"]: one["id"] for one in office.queue(now="2026-11-20T12:00") if one["step"] == "settle-first"}
    assert (late["J-2"]["review"], late["J-3"]["review"]) == (items["J-2"], items["J-3"])
    assert "Schedlued" in late["J-4"]["reason"]


def test_of_two_rows_with_one_number_each_names_its_own_item(tmp_path: Path) -> None:
    office = booked(tmp_path, booking(), booking(Customer="Bob Ray", Phone="312-555-0143", Email="", Scheduled_start="12/03/2026 9:00 AM"))
    found = office.do("trail", "--all", "--format", "json", now="2026-11-20T12:00").json["overdue"]
    asked = {one["customer"]: one["id"] for one in office.queue(now="2026-11-20T12:00")}
    assert len(found) == 2 and {one["customer"]: one["review"] for one in found} == asked


def test_a_list_of_material_stands_below_somebody_who_knows_nothing(tmp_path: Path) -> None:
    now = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Chicago"))

    def late(job: str, starts: str, do: str, days: int) -> Overdue:
        step = TrailStep("booking-trail", do, "due", "", "office", now - timedelta(days=days), overdue=True, do=do)
        return Overdue(job, "Ann Li", starts, step)

    squirrel, far = late("squirrel", "2026-11-24T08:00", "check-materials", 9), late("far", "2026-12-03T09:00", "message", 1)
    tomorrow, past = late("tomorrow", "2026-11-24T09:00", "message", 1), late("past", "2026-11-20T09:00", "message", 3)
    unknown = late("no start", "", "message", 4)
    order = sorted([squirrel, past, unknown, far, tomorrow], key=lambda one: by_gravity(one, now))
    assert [one.job for one in order] == ["tomorrow", "far", "no start", "squirrel", "past"]
    assert gravest([squirrel.step, tomorrow.step]).do == "message"


def test_half_an_hour_into_a_visit_that_nobody_was_told_of_somebody_calls(tmp_path: Path) -> None:
    office = booked(tmp_path, booking(Scheduled_start="11/20/2026 2:00 PM", Technician="Nobody Known"))
    lines = office.do("trail", "--all", now="2026-11-20T14:30").out.splitlines()
    assert lines[0].startswith("J-1 Ann Li (starts Fri, Nov 20, 2:00 pm): tell-technician: since Fri, Nov 20, 10:00 am; ")
    assert "it has begun: call them" in lines[0] and "Scheduled start" not in lines[0]
    assert "it has begun" not in office.do("trail", "--all", now="2026-11-20T13:30").out


def test_a_booking_that_left_the_sheet_shows_what_the_ledger_knows(tmp_path: Path) -> None:
    other = booking(number="J-2", Scheduled_start="12/09/2026 1:00 PM")
    office = booked(tmp_path, booking(Job_type="Furnace install", Job_title="Furnace install", Total="6000"), other)
    office.sheet("jobs", HEADINGS, [other])
    found = trail(office, "2026-11-23T10:00")
    assert (found["gone"], found["place"], found["customer"]) == (True, "in no sheet any more", "Ann Li")
    told = {step["step"]: step["how"] for step in found["steps"]}
    assert told["confirmation"] == "text to Ann Li at (312) 555-0142" and told["tell-technician"] == "text to Tom Vale at (312) 555-0171"
    assert told["permit"].endswith("still open")
    lines = office.do("trail", "J-1", now="2026-11-23T10:00").out
    assert lines.startswith("J-1 Ann Li, was to start Wed, Dec 2, 1:00 pm") and "! J-1 is in no sheet any more" in lines
    assert trail(office, "2026-11-23T10:00", "J-2")["gone"] is False
    unknown = office.do("trail", "J-99", now="2026-11-23T10:00")
    assert unknown.code == 3 and "J-99" in unknown.err


def test_looking_changes_nothing(tmp_path: Path) -> None:
    office = booked(tmp_path, mode="approve")
    before = office.do("ledger", "export", now=BOOKED).out, office.queue(), sorted(tmp_path.rglob("*"))
    office.do("trail", "J-1", now="2026-12-01T10:00")
    office.do("trail", "--all", now="2026-12-01T10:00")
    assert (office.do("ledger", "export", now=BOOKED).out, office.queue(), sorted(tmp_path.rglob("*"))) == before


def test_a_recipe_of_the_offices_own_is_a_trail_too_and_a_mistake_in_it_is_told(tmp_path: Path) -> None:
    office = booked(tmp_path)
    own = SHIPPED.read_text(encoding="utf-8").partition("# ── when it is booked")[0].replace("Booking trail", "Gate codes")
    task = '[[steps]]\nname = "gate-code"\nafter = "1 days"\ndo = "task"\ntext = "Ask {{ customer.name }} for the gate code.'
    office.recipe("gate-codes", f'{own}{task}"\n')
    found = trail(office, "2026-11-23T10:00")["steps"]
    assert [(one["recipe"], one["state"], one["overdue"]) for one in found if one["step"] == "gate-code"] == [("gate-codes", "due", False)]
    office.run("gate-codes", "2026-11-20T09:00", "--send")  # it ran before that fell due, and then no more
    found = trail(office, "2026-11-23T10:00")["steps"]
    assert [one["overdue"] for one in found if one["step"] == "gate-code"] == [True]
    office.recipe("gate-codes", f'{own}{task} {{{{ nonsense }}}}"\n')
    ran = office.do("trail", "J-1", now="2026-11-23T10:00")
    assert ran.code == 0 and "! gate-codes: " in ran.out and "nonsense" in ran.out and "confirmation" in ran.out


def test_without_a_jobs_table_it_says_what_is_missing(tmp_path: Path) -> None:
    ran = Office(tmp_path).do("trail", "J-1", now=BOOKED)
    assert ran.code == 3 and "jobs" in ran.err and "Traceback" not in ran.err


def test_on_a_terminal_it_is_a_table(tmp_path: Path) -> None:
    office = booked(tmp_path)
    with Terminal(office.folder, "trail", "J-1", "--now", "2026-11-23T10:00", columns=100, lines=60) as terminal:
        shown = terminal.until("overdue.")
    assert "how it stands" in shown and "reminder-48-hours" in shown
