"""What is not working stands at the top of the report, however it is printed."""

import io
import json

from rich.console import Console

from contractor_ops.ports import RunEnd
from contractor_ops.reports.exception_report import report_from_queue
from contractor_ops.reports.plain import render_plain
from contractor_ops.reports.report_data import report_json
from contractor_ops.reports.report_page import report_page
from contractor_ops.reports.terminal import render_terminal
from contractor_ops.reports.trouble import Called, Trouble, lost_channel, not_begun, opening, run_troubles, unread_recipe

CALLED = {
    "inbox": Called("Inbox", "look", "Answers may wait unread.", "contractor-ops inbox"),
    "nudges": Called("Estimate follow-up", "run with --send", "", "contractor-ops run nudges"),
}
REFUSED = RunEnd(3, {}, error="The secret A is not set.; The secret B is not set.")
WELL = RunEnd(0, {})


def told(office, *runs):
    kept = {}
    for run in runs:
        kept.setdefault(run.recipe, []).append(run)
    return [(one.about, one.message) for one in run_troubles(kept, CALLED, office.now)]


def test_a_run_that_went_wrong_is_told_with_its_words_and_what_it_means(office):
    assert told(office, office.run(1, "inbox", 1, WELL), office.run(2, "inbox", 0, REFUSED)) == [
        (
            "Inbox",
            "the last look, on Mon, Nov 23, 10:00 am, went wrong: The secret A is not set; The secret B is not set."
            " The one on Sun, Nov 22, 10:00 am went well. Answers may wait unread.",
        )
    ]


def test_what_went_well_since_is_no_trouble(office):
    assert told(office, office.run(1, "inbox", 1, REFUSED), office.run(2, "inbox", 0, WELL)) == []


def test_a_rehearsal_that_went_well_does_not_hide_the_run_that_did_not(office):
    rehearsal = office.run(2, "nudges", 0, WELL, sent=False)
    [(about, said)] = told(office, office.run(1, "nudges", 1, REFUSED), rehearsal)
    assert (about, said.startswith("the last run with --send, on Sun, Nov 22, 10:00 am, went wrong: ")) == ("Estimate follow-up", True)


def test_a_rehearsal_that_went_wrong_is_told_unless_a_person_stopped_it(office):
    wrong = office.run(1, "nudges", 0, RunEnd(3, {}, error="No file fits."), sent=False)
    assert told(office, wrong) == [("Estimate follow-up", "the last rehearsal, on Mon, Nov 23, 10:00 am, went wrong: No file fits.")]
    assert told(office, office.run(1, "nudges", 0, RunEnd(1, {}, error="KeyboardInterrupt"), sent=False)) == []


def test_a_run_that_was_broken_off_is_told_and_one_under_way_hides_nothing(office):
    assert told(office, office.run(1, "nudges", 1)) == [
        ("Estimate follow-up", "the last run with --send, on Sun, Nov 22, 10:00 am, never finished.")
    ]
    assert told(office, office.run(1, "nudges")) == []
    under_way = office.run(2, "inbox")
    assert [about for about, _ in told(office, office.run(1, "inbox", 1, REFUSED), under_way)] == ["Inbox"]


def test_a_brake_and_a_message_that_failed_are_told_elsewhere(office):
    assert told(office, office.run(1, "nudges", 0, RunEnd(4, {}, brakes=["stale-source"])), office.run(1, "inbox", 0, RunEnd(5, {}))) == []


def test_what_a_provider_refused_is_not_seen_in_a_rehearsal(office):
    called = {"nudges": Called("Estimate follow-up", "run with --send", "", "contractor-ops run nudges", "contractor-ops check")}
    well = office.run(1, "nudges", 0, WELL)
    [refused] = run_troubles(
        {"nudges": [well, office.run(2, "nudges", 0, RunEnd(5, {}, error="Twilio refused the log-in."))]}, called, office.now
    )
    assert refused.remedy == "contractor-ops check"
    assert "went well" not in refused.message  # both in the same minute: it would puzzle
    [unread] = run_troubles({"nudges": [office.run(1, "nudges", 0, REFUSED)]}, called, office.now)
    assert unread.remedy == "contractor-ops run nudges"


def test_a_bug_says_so(office):
    [(_, said)] = told(office, office.run(1, "nudges", 0, RunEnd(1, {}, error="list index out of range")))
    assert said.endswith("went wrong by a bug in contractor-ops, please report it (list index out of range).")


def test_what_is_a_week_old_or_not_of_this_office_is_left_out(office):
    assert told(office, office.run(1, "nudges", 8, REFUSED), office.run(2, "taken-away", 0, REFUSED)) == []


def test_the_report_opens_with_what_is_not_working():
    inbox, texts = Trouble("Inbox", "x"), lost_channel("sms", "Fri, Nov 20", "the account is closed.")
    assert opening([]) == ""
    assert opening([not_begun("contractor-ops run nudges")]) == "No recipe has run yet"
    assert opening([not_begun("contractor-ops run nudges"), inbox, texts, inbox]) == "No recipe has run yet; not working: Inbox and Texts"
    assert opening([Trouble(name, "x") for name in "ABCDE"]) == "Not working: A, B, C and 2 more"
    assert unread_recipe("mine", "one\ntwo\nthree").message == "it cannot be read and does nothing: one (and 2 more mistakes)"


def test_every_rendering_has_it_before_what_needs_a_person(office):
    troubles = [Trouble("Inbox", "the last look went wrong: <refused>.", "contractor-ops check tells what to mend.")]
    run = office.run(1, "inbox", 0, REFUSED)
    report = report_from_queue([office.review(12, "E-1", 2)], [run], office.people, office.now, {"inbox": "Inbox"}, troubles=troubles)
    text = render_plain(report)
    console = Console(width=80, file=io.StringIO(), record=True)
    render_terminal(report, console)
    window, page, document = console.export_text(), report_page(report, "Northside"), report_json(report)
    headline = "Not working: Inbox; 1 thing needs a person: Dana Reed 1"
    for shown in (text, window, page):
        assert headline in shown
        assert shown.index(headline) < shown.index("the last look went wrong") < shown.index("Ann Li")
        assert "contractor-ops check tells what to mend." in shown
    assert text.splitlines()[1:6] == [
        f"{headline}.", "", "TROUBLE: this is not working", "! Inbox: the last look went wrong: <refused>.", "  > contractor-ops check tells what to mend.",
    ]  # fmt: skip
    assert "&lt;refused&gt;" in page
    assert "The secret" not in "".join(report.notes)
    assert json.loads(json.dumps(document))["troubles"] == [
        {"about": "Inbox", "message": "the last look went wrong: <refused>.", "remedy": "contractor-ops check tells what to mend."}
    ]
    assert document["headline"] == headline


def test_a_failure_that_is_not_told_at_the_top_stays_in_the_notes(office):
    run = office.run(1, "inbox", 0, REFUSED)
    report = report_from_queue([], [run], office.people, office.now, {"inbox": "Inbox"})
    assert "It ended with: The secret A is not set" in report.notes[0]
