"""What stands in the exception report, and in which order."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.planning.asking import RELEASES
from contractor_ops.planning.decision import KINDS, Brake, Decision, Plan
from contractor_ops.ports import RunEnd
from contractor_ops.reports.exception_report import ExceptionReport, build_report, report_from_queue
from contractor_ops.tables.record import Place, Table

TITLES = {"estimate-follow-up": "Estimate follow-up", "invoice-reminders": "Invoice reminders"}


def report_of(office, *decisions, queue=(), tables=(), **plan) -> ExceptionReport:
    return build_report([office.plan(*decisions, **plan)], office.people, office.now, queue, tables)


def test_decisions_that_need_nobody_are_no_items(office):
    quiet = [office.decision(kind, f"E-{kind}", 3, "Ann Li") for kind in ("hold", "wait", "done", "ended")]
    assert report_of(office, office.text("act", "E-1", 2, "Ann Li"), *quiet).items == ()


def test_each_kind_of_thing_to_do_is_an_item(office):
    report = report_of(
        office,
        office.text("review", "E-1", 2, "Ann Li"),
        office.decision("review", "E-2", 3, "Ann Li"),
        office.decision("broken", "E-3", 4, "Ann Li"),
        office.decision("act", "E-4", 5, "Ann Li", action="task", body="Call Ann Li.", outcome="queued"),
        office.text("act", "E-5", 6, "Ann Li", outcome="failed"),
        office.text("act", "E-6", 7, "Ann Li", outcome="in_doubt"),
        office.text("review", "E-7", 8, "Ann Li", reason='sent 2 days ago: notes mention "lawyer"'),
        sent=True,
    )
    assert {item.about: item.urgency for item in report.items} == {
        "estimate E-1": "release",
        "estimate E-2": "decide",
        "estimate E-3": "mend",
        "estimate E-4": "do",
        "estimate E-5": "failed",
        "estimate E-6": "in doubt",
        "estimate E-7": "decide",
    }


def test_trouble_comes_first_then_rows_to_mend_then_amount_times_age(office):
    report = report_of(
        office,
        office.decision("review", "old-small", 2, "A", 30, "100"),
        office.decision("review", "new-large", 3, "B", 1, "9000"),
        office.decision("review", "backlog", 4, "C", 90, "99000", group="backlog"),
        office.decision("review", "unknown-amount", 5, "D", 4),
        office.decision("broken", "broken", 6, "E", None),
        office.text("act", "failed", 7, "F", 0, "1", outcome="failed"),
    )
    order = [item.about.removeprefix("estimate ") for item in report.items]
    assert order == ["failed", "broken", "new-large", "unknown-amount", "old-small", "1 estimate"]


def test_money_at_stake_goes_by_amount_in_the_places_that_it_has(office):
    gaps = {"table": "billing_gaps", "action": "task", "body": "See to it."}
    rows = [
        office.decision("act", "J-1", 2, "A", 40, "200", **gaps),
        office.decision("review", "E-1", 3, "B", 3, "2000"),
        office.decision("act", "J-2", 4, "C", 1, "3000", **gaps),
        office.decision("act", "J-3", 5, "D", 90, None, **gaps),
        office.decision("review", "E-2", 6, "E", 1, "10"),
        office.decision("act", "J-4", 7, "F", 1, "9000", urgent="gas", **gaps),
    ]
    order = [item.about.split()[-1] for item in report_of(office, *rows).items]
    assert order == ["J-4", "J-2", "J-1", "E-1", "J-3", "E-2"]


def test_the_reason_of_a_billing_gap_is_printed_once(office):
    because = "not invoiced: $480.00, completed 10 days ago (estimate E-1; with change order 2)"
    body = f"Ann Li, job J-1: {because}. See jobs.csv, row 2."
    told = {"table": "billing_gaps", "action": "task", "body": body, "reason": f'{because}; its status says "Paid"'}
    gap = office.decision("act", "J-1", 2, "Ann Li", 10, "480", **told)
    waiting = office.review(5, "J-1", 2, table="billing_gaps", kind="task", body=body, to=None, channel=None, reason=told["reason"])
    for report in (report_of(office, gap), report_from_queue([waiting], [], office.people, office.now, TITLES)):
        (item,) = report.items
        assert (item.reason, item.next) == (told["reason"], "Ann Li, job J-1. See jobs.csv, row 2.")


def test_words_of_a_billing_gap_that_say_something_else_stay_whole(office):
    for body in ("Bill it: not invoiced: $48.00 more. See jobs.csv.", "Look at job J-1."):
        gap = office.decision("act", "J-1", 2, "Ann Li", 10, table="billing_gaps", action="task", body=body, reason="not invoiced: $48.00")
        (item,) = report_of(office, gap).items
        assert item.next == body


def test_a_draft_that_could_not_be_written_asks_for_the_folder(office):
    draft = {"table": "ready_to_bill", "action": "draft-invoice", "body": "Look over drafts/x.csv.", "outcome": "failed"}
    (item,) = report_of(office, office.decision("act", "J-1", 2, "Ann Li", **draft), sent=True).items
    assert (item.urgency, item.next) == ("failed", "See that drafts/ can be written to: the next run with --send tries again")


def test_one_number_under_two_customers_is_two_things_to_do(office):
    report = report_of(office, office.text("review", "E-1", 2, "Ann Li"), office.text("review", "E-1", 3, "Bob Stone"))
    assert sorted(item.customer for item in report.items) == ["Ann Li", "Bob Stone"]


def test_the_person_with_the_most_urgent_item_comes_first_under_the_name_that_config_gives(office):
    report = report_of(
        office,
        office.decision("review", "E-1", 2, "Ann Li", owner="office"),
        office.decision("broken", "E-2", 3, "Ann Li", owner="owner"),
        office.decision("review", "E-3", 4, "Ann Li", 1, "5", owner="nobody-by-that-key"),
    )
    assert [section.owner for section in report.sections] == ["Maria Lopez", "Dana Reed", "nobody-by-that-key"]
    assert report.headline() == "3 things need a person: Maria Lopez 1, Dana Reed 1 and nobody-by-that-key 1"


def test_a_row_to_mend_names_its_cell_and_what_stands_in_it(office):
    report = report_of(office, office.decision("broken", "E-1", 31, "Ann Li", None), problems=[office.problem(31, "Emailed", "31/31/2026")])
    (item,) = report.items
    assert item.place == "estimates.xlsx, sheet 2026, row 31, column Emailed"
    assert item.next == 'Mend "Emailed" in estimates.xlsx, sheet 2026, row 31 (it says "31/31/2026")'


def test_a_row_that_two_recipes_and_every_step_of_a_trail_cannot_use_is_one_row_to_mend(office):
    steps = [office.decision("broken", "E-1", 31, "Ann Li", None, "100", step=step) for step in ("confirm", "remind")]
    other = office.decision("broken", "E-1", 31, "Ann Li", None, "100", step=None)
    plans = [office.plan(*steps, trail=True), office.plan(other, recipe="booking-trail")]
    (item,) = build_report(plans, office.people, office.now).items
    assert (item.rows, item.amount) == (1, 100)


def test_the_cells_of_one_column_that_stopped_nothing_are_one_item_and_the_last(office):
    problems = [office.problem(row, "Mobile", "?", "it is no telephone number") for row in (61, 62, 63, 70)]
    report = report_of(office, office.decision("ended", "E-1", 61, "A"), office.decision("review", "E-2", 2, "B"), problems=problems)
    assert [item.urgency for item in report.items] == ["decide", "tidy"]
    assert report.items[-1].place == "estimates.xlsx, sheet 2026, rows 61-63 and 70, column Mobile"


def test_a_problem_told_by_a_row_to_mend_is_not_told_again(office):
    report = report_of(office, office.decision("broken", "E-1", 31, "A"), problems=[office.problem(31, "Emailed", "soon")])
    assert [item.urgency for item in report.items] == ["mend"]


def test_a_backlog_is_one_item_with_its_number_and_its_money(office):
    rows = [office.text("review", f"E-{n}", n, f"Customer {n}", 40, "1000", group="backlog") for n in range(10, 22)]
    (item,) = report_of(office, *rows).items
    assert (item.urgency, item.about, item.amount, item.rows) == ("backlog", "12 estimates", 12000, 12)


def test_one_message_for_several_rows_is_shown_once_wherever_it_stands(office):
    waiting = [
        office.text("review", f"{n}", n, "Dee", group="dee", table="invoices", body="Dear Dee" if n == 8 else None) for n in (7, 8, 9)
    ]
    leaving = [office.text("act", f"{n}", n, "Kim", group="kim", table="invoices", body="Dear Kim" if n == 1 else None) for n in (1, 2)]
    report = report_of(office, *waiting, *leaving)
    (item,), (line,) = report.items, report.routine
    assert (item.about, item.rows, item.urgency) == ("invoices 7, 8 and 9", 3, "release")
    assert (line.customer, line.rows, line.words) == ("Kim", 2, "Dear Kim")


def test_a_doubt_about_the_row_is_a_question_and_not_a_release(office):
    asked = {
        f"sent 2 days ago: {RELEASES}": "release",
        f"sent 2 days ago: {RELEASES}; their credit of $85.00 is taken off": "release",
        "sent 9 days ago: it fell due more than a week before the first sending: old business that a person releases or drops": "release",
        "sent 2 days ago: the row or the words have changed since they were released": "release",
        "sent 9 days ago: its status is Disputed; it fell due more than a week before the first sending": "decide",
        f'sent 2 days ago: the notes say "well: {RELEASES}"': "decide",
    }
    rows = [office.text("review", f"E-{n}", n, f"Customer {n}", reason=reason) for n, reason in enumerate(asked, 2)]
    queue = [office.review(n, f"E-{n}", n, reason=reason) for n, reason in enumerate(asked, 2)]
    assert {item.reason: item.urgency for item in report_of(office, *rows).items} == asked
    assert {item.reason: item.urgency for item in report_from_queue(queue, [], office.people, office.now, TITLES).items} == asked


def test_a_question_with_words_asks_for_the_notes_and_one_without_address_says_what_is_missing(office):
    doubt = office.text("review", "E-1", 2, "Ann Li", reason="sent 2 days ago: its status is Disputed")
    nowhere = office.text(
        "review",
        "E-2",
        3,
        "Bo",
        1,
        "5",
        to=None,
        channel=None,
        reason="sent 3 days ago: the customer has neither phone nor e-mail in the sheet",
    )
    queue = [office.review(12, "E-1", 2), office.review(13, "E-2", 3)]
    assert [item.next for item in report_of(office, doubt, nowhere, queue=queue).items] == [
        "Read what speaks against it and decide: contractor-ops review show 12",
        "Add a mobile or an e-mail to the row or the customers list, or reach them another way and settle it: contractor-ops review dismiss 13",
    ]


def test_what_is_snoozed_is_left_out_of_a_run_s_report_and_counted(office):
    asleep = office.text("review", "E-1", 2, "Ann Li", until=office.now + timedelta(days=3))
    report = report_of(office, asleep, office.text("review", "E-2", 3, "Bo"))
    assert [item.customer for item in report.items] == ["Bo"]
    assert report.notes == ("1 thing is snoozed till a later day.",)


def test_a_missing_column_is_all_that_is_shown_of_its_rows(office):
    brake = Brake(
        "missing-column", "the column for status is gone", "Put it back. If it is meant: contractor-ops run x --accept missing-column"
    )
    rows = [office.decision("broken", "E-1", 2, "A"), office.text("act", "E-2", 3, "B"), office.decision("hold", "E-3", 4, "C")]
    stopped, accepted = (report_of(office, *rows, brakes=[brake], accepted=names) for names in ((), ("missing-column",)))
    assert (stopped.items, stopped.routine, stopped.holds) == ((), (), ())
    assert stopped.headline() == "Stopped by a brake: Estimate follow-up"
    assert stopped.brakes[0].sentences == ("Put it back.", "If it is meant: contractor-ops run x --accept missing-column")
    assert len(accepted.items) == len(accepted.routine) == len(accepted.holds) == 1


def test_a_sum_is_of_one_kind_of_money_only(office):
    estimates = [office.text("review", f"E-{n}", n, f"C {n}", 2, "100") for n in (2, 3)]
    invoice = office.text("review", "7", 4, "Dee", 2, "30", table="invoices", owner="owner")
    report = report_of(office, *estimates, invoice, office.text("review", "8", 5, "Kim", 2, "5", owner="owner"))
    assert {section.owner: section.amount for section in report.sections} == {"Dana Reed": 200, "Maria Lopez": None}


def test_rows_settled_by_another_record_s_message_are_counted_with_it(office):
    head = office.text("act", "1", 2, "Dee", outcome="sent")
    covered = office.decision("act", "2", 3, "Dee", action="message", channel="sms", outcome="sent", settled_by="1")
    (line,) = report_of(office, head, covered, sent=True).routine
    assert (line.rows, line.fate) == (2, "sent")
    plan = office.plan(head, covered, sent=True)
    assert build_report([plan], office.people, office.now, outbox={"sms"}).routine[0].fate == "written to outbox/"
    assert build_report([plan], office.people, office.now, outbox={"email"}).routine[0].fate == "sent"


def test_an_item_tells_its_number_in_the_review_queue(office):
    report = report_of(office, office.text("review", "E-1", 2, "Ann Li"), queue=[office.review(12, "E-1", 2)])
    assert report.items[0].next == "Read the message and release it: contractor-ops review approve 12"


def test_a_task_says_whom_to_dial_once(office):
    without = office.decision("act", "E-1", 2, "Ann Li", action="task", to="+13125550142", body="Call Ann Li.")
    within = office.decision("act", "E-2", 3, "Bo", 1, action="task", to="+13125550143", body="Call Bo at (312) 555-0143.")
    wordless = office.decision("act", "E-3", 4, "Cy", 0, action="task", to="+13125550144")
    assert [item.next for item in report_of(office, without, within, wordless).items] == [
        "Call Ann Li. Dial (312) 555-0142",
        "Call Bo at (312) 555-0143.",
        "Call Cy at (312) 555-0144",
    ]


def test_a_brake_that_was_accepted_stops_nothing(office):
    brake = Brake("stale-source", "old", "save it")
    stopped = report_of(office, office.text("act", "E-1", 2, "Ann Li"), brakes=[brake])
    accepted = report_of(office, office.text("act", "E-1", 2, "Ann Li"), brakes=[brake], accepted=("stale-source",))
    assert [(len(report.brakes), report.routine[0].fate) for report in (stopped, accepted)] == [
        (1, "stopped by a brake"),
        (0, "leaves with --send"),
    ]


def test_lines_that_are_no_records_are_told(office):
    table = Table("invoices", [], [], {}, passed_over={"blank": 2, "total": 1, "section": 0}, folded=3)
    notes = report_of(office, tables=[table]).notes
    assert notes[0] == "invoices: 0 records; 3 lines folded into another; 3 lines passed over (2 blank and 1 total)."


@given(kinds=st.lists(st.sampled_from(KINDS)))
def test_the_counts_add_up_to_the_rows(kinds):

    now = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    decisions = [
        Decision(kind, f"E-{n}", None, "so", "estimates", Place("e.csv", None, n + 2), None, "office") for n, kind in enumerate(kinds)
    ]
    report = build_report([Plan("r", "R", now, "auto", False, len(kinds), decisions)], {}, now)
    (line,) = report.counts
    numbers = [int(word) for word in line.in_words().replace("+", " ").replace("=", " ").split() if word.isdigit()]
    assert line.adds_up and numbers[0] == len(kinds) == sum(numbers[1:])


def test_a_trail_adds_up_to_its_decisions(office):
    steps = [office.decision(kind, "B-1", 2, "Ann Li", step=step) for kind, step in (("done", "confirm"), ("wait", "remind"))]
    (line,) = report_of(office, *steps, trail=True).counts
    assert line.in_words() == "1 row, 2 decisions = 0 act + 0 review + 0 hold + 1 wait + 1 done + 0 ended + 0 broken"


def test_a_row_without_a_decision_is_said_loudly(office):
    report = report_of(office, office.decision("wait", "E-1", 2, "Ann Li"), rows=2)
    assert report.counts[0].in_words().startswith("2 rows IS NOT 0 act")
    assert report.counts_title() == "Rows and decisions do not add up"


# ── from the queue ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_queue_is_told_without_a_plan(office):
    items = [office.review(12, "E-1042", 12), office.review(13, "E-1043", 13, kind="row", body=None, reason="in doubt since Friday")]
    report = report_from_queue(items, [], office.people, office.now, TITLES)
    assert [(item.urgency, item.about, item.review, item.age, item.recipe) for item in report.items] == [
        ("in doubt", "estimate E-1043", 13, 3, "Estimate follow-up"),
        ("release", "estimate E-1042", 12, 3, "Estimate follow-up"),
    ]


def test_what_is_snoozed_is_counted_but_not_shown_until_its_day(office):
    asleep = office.review(12, "E-1", 2, until=office.now.date().replace(day=24))
    awake = office.review(13, "E-2", 3, until=office.now.date())
    report = report_from_queue([asleep, awake], [], office.people, office.now, {})
    assert [item.review for item in report.items] == [13]
    assert "1 thing is snoozed till a later day." in report.notes


def test_what_a_person_released_is_routine(office):
    report = report_from_queue([office.review(12, "E-1", 2, state="approved")], [], office.people, office.now, TITLES)
    assert report.items == () and report.routine[0].fate == "released, leaves at the next run --send"


def test_the_last_run_of_each_recipe_tells_its_counts_its_brakes_and_when_it_was(office):
    older = office.run(1, days_ago=3, end=RunEnd(0, {"rows": 9, "act": 9}))
    newer = office.run(2, days_ago=1, end=RunEnd(4, {"rows": 2, "act": 1, "wait": 1}, brakes=["stale-source"]))
    report = report_from_queue([], [newer, older], office.people, office.now, TITLES)
    assert [(brake.recipe, brake.name) for brake in report.brakes] == [("Estimate follow-up", "stale-source")]
    assert [line.rows for line in report.counts] == [2]
    assert report.notes[0] == "Estimate follow-up: last run with --send on Sun, Nov 22, 10:00 am."
    assert "Invoice reminders: never run." in report.notes


def test_a_brake_is_told_in_its_own_words_where_the_ledger_kept_them_and_counts_in_the_head_line(office):
    words = ("estimates.xlsx is 10 days old.", "Save it again. If it is meant: contractor-ops run x --accept stale-source")
    run = office.run(1, end=RunEnd(4, {"rows": 2, "wait": 2}, brakes=["stale-source"], seen=[words]))
    report = report_from_queue([office.review(12, "E-1", 2)], [run], office.people, office.now, TITLES)
    [brake] = report.brakes
    assert (brake.message, brake.remedy) == words
    assert report.headline() == "Stopped by a brake: Estimate follow-up; 1 thing needs a person: Dana Reed 1"


def test_a_run_that_never_ended_is_told(office):
    report = report_from_queue([], [office.run(1, days_ago=1, sent=False)], office.people, office.now, TITLES)
    assert "rehearsed on Sun, Nov 22, 10:00 am and never finished" in report.notes[0]


def test_a_run_that_has_just_begun_is_under_way_and_the_brake_of_the_one_before_still_holds(office):
    braked = office.run(1, days_ago=1, end=RunEnd(4, {"rows": 2, "wait": 2}, brakes=["stale-source"]))
    report = report_from_queue([], [braked, office.run(2)], office.people, office.now, TITLES)
    assert report.notes[0] == "Estimate follow-up: run with --send since Mon, Nov 23, 10:00 am, and not ended yet."
    assert [brake.name for brake in report.brakes] == ["stale-source"]
