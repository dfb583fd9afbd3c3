"""The list for an office that sends by hand."""

import io

from contractor_ops.reports.call_list import CALL_COLUMNS, call_list, call_rows, calls_from_plans, calls_from_queue
from contractor_ops.reports.csv_out import write_csv


def test_the_list_as_text(office, monday, golden):
    golden("call-list.txt", call_list(calls_from_plans(monday), office.now))


def test_every_message_that_has_not_left_is_a_call_with_its_words_in_full(office):
    kinds = ("act", "review", "hold", "wait", "done", "ended")
    plan = office.plan(*(office.text(kind, f"E-{kind}", 2, kind) for kind in kinds))
    calls = calls_from_plans([plan])
    assert [call.name for call in calls] == ["act", "review", "hold"]
    assert all(call.words.endswith("Just reply here.") and "\n\n" in call.words for call in calls)


def test_what_has_left_or_may_have_left_is_not_to_be_sent_by_hand(office):
    outcomes = ("sent", "queued", "in_doubt", "skipped", "failed", None)
    plan = office.plan(*(office.text("act", str(n), 2, str(outcome), outcome=outcome) for n, outcome in enumerate(outcomes)), sent=True)
    assert [call.name for call in calls_from_plans([plan])] == ["failed", "None"]


def test_what_a_person_must_settle_because_it_is_in_doubt_is_not_to_be_sent_by_hand(office):
    doubt = office.text("review", "E-1", 2, "Jo Park", reason="in doubt since Friday")
    quoted = office.text("review", "E-2", 3, "Kim", reason='answered: "I am in doubt about the price"')
    assert [call.name for call in calls_from_plans([office.plan(doubt, quoted)])] == ["Kim"]
    assert calls_from_queue([office.review(12, "E-1", 2, reason="in doubt since Friday")], office.now) == []


def test_one_message_for_several_rows_is_one_call(office):
    rows = [office.text("act", str(n), n, "Dee", group="dee", table="invoices", body="Dear Dee" if n == 3 else None) for n in (2, 3, 4)]
    (call,) = calls_from_plans([office.plan(*rows)])
    assert (call.about, call.words) == ("invoices 2, 3 and 4", "Dear Dee")


def test_each_message_of_a_backlog_is_its_own_call(office):
    rows = [office.text("review", f"E-{n}", n, f"Old {n}", group="backlog") for n in (2, 3)]
    assert [call.name for call in calls_from_plans([office.plan(*rows)])] == ["Old 2", "Old 3"]


def test_the_queue_gives_a_person_s_own_words_where_there_are_some(office):
    items = [office.review(12, "E-1", 2, edited="Hi Ann, Dana here."), office.review(13, "E-2", 3, kind="row", body=None)]
    (call,) = calls_from_queue(items, office.now)
    assert (call.words, call.review) == ("Hi Ann, Dana here.", 12)


def test_the_words_can_be_copied_as_they_are(office):
    text = call_list(calls_from_plans([office.plan(office.text("act", "E-1", 2, "Ann Li"))]), office.now)
    line = "-" * 40
    assert text.split(line)[1] == (
        "\nHi Ann, it's Northside Heating & Air.\n\nAny questions about the estimate for the furnace ($1,250.00)? Just reply here.\n"
    )


def test_a_task_has_nothing_to_paste(office):
    task = office.decision("act", "E-1", 2, "Bob Stone", action="task", to="+13125550177", body="Call Bob Stone: no answer.")
    calls = calls_from_plans([office.plan(task)])
    assert "To do: Call Bob Stone: no answer." in call_list(calls, office.now)
    assert "----" not in call_list(calls, office.now)
    assert (call_rows(calls)[0]["to_do"], call_rows(calls)[0]["words"]) == ("Call Bob Stone: no answer.", "")


def test_a_person_without_a_number_is_on_the_list_and_it_says_so(office):
    for reason, said in (
        ("neither phone nor e-mail", "no number or e-mail in the sheet"),
        ("no phone that takes texts", "no address that fits"),
    ):
        nowhere = office.text(
            "review", "E-1", 2, "Ann Li", to=None, channel=None, reason=f"sent 2 days ago: the customer has {reason} in the sheet"
        )
        assert f"Call or text: {said}" in call_list(calls_from_plans([office.plan(nowhere)]), office.now)


def test_what_is_snoozed_is_not_on_the_list(office):
    assert calls_from_plans([office.plan(office.text("review", "E-1", 2, "Ann Li", until=office.now))]) == []


def test_the_list_as_csv_keeps_the_number_to_dial(office):
    stream = io.StringIO()
    write_csv(call_rows(calls_from_plans([office.plan(office.text("act", "E-1", 2, "Ann Li"))])), CALL_COLUMNS, stream)
    heading, first = stream.getvalue().splitlines()[:2]
    assert heading == ",".join(CALL_COLUMNS)
    assert first.startswith(",Ann Li,+13125550142,,")
