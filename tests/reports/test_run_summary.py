"""The last lines of a run."""

from datetime import timedelta

import pytest

from contractor_ops.planning.decision import Brake
from contractor_ops.reports.run_summary import run_summary


def test_a_rehearsal_in_auto_says_what_would_leave_and_what_to_type(office):
    plan = office.plan(
        office.text("act", "E-1", 2, "Ann Li"),
        office.text("act", "E-2", 3, "Bo", channel="email"),
        office.decision("act", "E-3", 4, "Cy", action="task"),
    )
    assert run_summary([plan]) == [
        "Nothing was sent, this was a rehearsal: 1 text and 1 e-mail would leave; 1 task would go on the list. "
        "To send: contractor-ops run estimate-follow-up --send"
    ]


def test_a_rehearsal_in_approve_says_how_to_release(office):
    plan = office.plan(office.text("review", "E-1", 2, "Ann Li"), office.text("review", "E-2", 3, "Bo"), mode="approve")
    (line,) = run_summary([plan])
    assert line == (
        "Nothing was sent, this was a rehearsal: 2 messages wait for a person to release. "
        "Read what waits: contractor-ops review list, then contractor-ops review approve NUMBER. "
        "Then send: contractor-ops run estimate-follow-up --send"
    )


def test_a_rehearsal_of_a_recipe_that_only_rehearses_says_which_key_to_change(office):
    (line,) = run_summary([office.plan(office.text("act", "E-1", 2, "Ann Li"), mode="rehearse")])
    assert 'set mode = "approve" in recipes/estimate-follow-up.toml' in line
    assert "--send" not in line


def test_a_rehearsal_with_nothing_due_says_so(office):
    (line,) = run_summary([office.plan(office.decision("wait", "E-1", 2, "Ann Li"))])
    assert line == "Nothing was sent, this was a rehearsal: nothing is due that could leave."


@pytest.mark.parametrize("sent", [True, False])
def test_a_braked_run_names_the_brake_and_its_remedy(office, sent):
    brake = Brake("stale-source", "old", "Save it again. If it is meant: contractor-ops run estimate-follow-up --accept stale-source")
    (line,) = run_summary([office.plan(office.text("act", "E-1", 2, "Ann Li"), brakes=[brake], sent=sent)])
    assert line.startswith("Nothing was sent")
    assert line.endswith(
        "estimate-follow-up is stopped by stale-source. Save it again. "
        "If it is meant: contractor-ops run estimate-follow-up --accept stale-source"
    )
    assert "would leave" not in line


def test_several_brakes_are_told_first_and_how_to_lift_them_all_comes_last(office):
    brakes = [
        Brake(name, "old", f"Mend {name}. If it is meant: --accept {name}") for name in ("stale-source", "short-source", "clock-back")
    ]
    (line,) = run_summary([office.plan(office.text("act", "E-1", 2, "Ann Li"), brakes=brakes, accepted=("short-source",))])
    assert line.endswith(
        "estimate-follow-up is stopped by stale-source and clock-back. Mend stale-source. Mend clock-back. "
        "If it is meant: contractor-ops run estimate-follow-up --accept stale-source --accept short-source --accept clock-back"
    )


def test_a_brake_that_was_accepted_is_accepted_again_in_what_to_type(office):
    brake = Brake("stale-source", "old", "Save it again.")
    (line,) = run_summary([office.plan(office.text("act", "E-1", 2, "Ann Li"), brakes=[brake], accepted=("stale-source", "clock-back"))])
    assert line.endswith("To send: contractor-ops run estimate-follow-up --send --accept stale-source")


def test_what_is_snoozed_waits_for_nobody(office):
    asleep = office.text("review", "E-1", 2, "Ann Li", until=office.now + timedelta(days=3))
    assert "message waits" not in run_summary([office.plan(asleep)])[0]
    assert run_summary([office.plan(asleep, sent=True)]) == ["Estimate follow-up: no message was sent. Nothing new waits for people."]


def test_several_recipes_end_in_one_line_with_one_command(office):
    first = office.plan(office.text("act", "E-1", 2, "Ann Li"))
    second = office.plan(office.text("act", "7", 2, "Bo", table="invoices"), recipe="invoice-reminders")
    quiet = office.plan(office.decision("wait", "9", 2, "Cy"), recipe="lead-reply")
    (line,) = run_summary([first, second, quiet])
    assert "2 texts would leave" in line
    assert line.endswith("contractor-ops run estimate-follow-up invoice-reminders --send")


def test_one_message_for_several_rows_is_counted_once(office):
    rows = [office.text("act", str(n), n, "Dee", group="dee") for n in (2, 3, 4)]
    assert "1 text would leave" in run_summary([office.plan(*rows)])[0]


def test_after_send_it_says_what_was_sent_and_what_did_not(office):
    plan = office.plan(
        office.text("act", "E-1", 2, "A", outcome="sent"),
        office.text("act", "E-2", 3, "B", outcome="queued"),
        office.text("act", "E-3", 4, "C", outcome="sent", channel="email"),
        office.text("act", "E-4", 5, "D", outcome="failed"),
        office.text("act", "E-5", 6, "E", outcome="in_doubt"),
        office.text("act", "E-6", 7, "F"),
        sent=True,
    )
    assert run_summary([plan]) == [
        "Estimate follow-up: 2 texts and 1 e-mail sent; 1 message failed; 1 message is in doubt; "
        "1 message could not leave now and will be tried at the next run. 2 rows wait for people: contractor-ops report"
    ]


def test_what_went_to_the_outbox_is_not_said_to_have_been_sent(office):
    texts = [office.text("act", f"E-{n}", n, "A", outcome="sent") for n in (1, 2)]
    mails = [office.text("act", f"E-{n}", n, "B", outcome="sent", channel="email") for n in (3, 4)]
    plan = office.plan(*texts, *mails[:1], sent=True)
    assert run_summary([plan], {"sms", "email"}) == [
        "Estimate follow-up: 2 texts and 1 e-mail written to outbox/. Nothing new waits for people.",
        "2 texts and 1 e-mail were written to outbox/: send them by hand, or set up a provider.",
    ]
    assert run_summary([office.plan(*texts[:1], *mails, sent=True)], {"sms"}) == [
        "Estimate follow-up: 2 e-mails sent; 1 text written to outbox/. Nothing new waits for people.",
        "1 text was written to outbox/: send it by hand, or set up a provider.",
    ]


def test_released_messages_that_must_wait_are_told_last_with_when_and_how_they_leave(office):
    night = office.now.replace(hour=23)
    morning, later = night + timedelta(hours=10), night + timedelta(hours=12)
    held = [office.text("hold", f"E-{n}", n, "A", until=until) for n, until in enumerate((later, morning, morning, morning), 1)]
    plan = office.plan(*held, mode="approve", sent=True)
    released = [office.review(n, f"E-{n}", n, state="approved") for n in (1, 2, 3)]
    assert run_summary([plan], released=released)[-1] == (
        "3 released messages are held, the first until Tue, Nov 24, 9:00 am: run the same command again then, or let cron do it."
    )
    assert run_summary([plan], released=released[1:2])[-1] == (
        "1 released message is held, until Tue, Nov 24, 9:00 am: run the same command again then, or let cron do it."
    )
    assert run_summary([plan]) == ["Estimate follow-up: no message was sent. Nothing new waits for people."]


def test_a_release_that_rests_until_a_person_lifts_it_is_counted_and_named(office):
    morning = office.now.replace(hour=23) + timedelta(hours=10)
    held = [office.text("hold", "E-1", 2, "Ann Li"), office.text("hold", "E-2", 3, "Bo Ray", until=morning)]
    plan = office.plan(*held, mode="approve", sent=True)
    released = [office.review(n, f"E-{n}", n, state="approved") for n in (1, 2)]
    lifted = "until a person lifts it (Ann Li): contractor-ops who NAME says why, and what to type."
    assert run_summary([plan], released=released)[-1] == (
        "2 released messages are held, the first until Tue, Nov 24, 9:00 am: run the same command again then, or let cron do it. "
        f"1 of them {lifted}"
    )
    assert run_summary([plan], released=released[:1])[-1] == f"1 released message is held, {lifted}"


def test_drafts_that_could_not_be_written_are_no_messages(office):
    draft = {"action": "draft-invoice", "body": "Look over drafts/x.csv.", "outcome": "failed"}
    rows = [office.decision("act", f"J-{row}", row, f"Customer {row}", **draft) for row in (2, 3)]
    (line,) = run_summary([office.plan(*rows, recipe="draft-invoices", sent=True)])
    assert line == "Draft invoices: no message was sent; 2 drafts could not be written. 2 rows wait for people: contractor-ops report"
