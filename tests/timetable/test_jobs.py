"""The office's jobs: what runs when, and never two looks into the inbox in one minute."""

from datetime import datetime
from zoneinfo import ZoneInfo

from contractor_ops.timetable.jobs import LOOK, Job, for_some
from tests.timetable.offices import jobs

ZONE = ZoneInfo("America/Chicago")


def named(found: list[Job]) -> dict[str, Job]:
    return {job.name: job for job in found}


def test_the_sample_office() -> None:
    assert {job.name: str(job.when) for job in jobs()} == {
        "inbox": "every 5 minutes, day and night",
        "missed-call-text-back": "every 5 minutes, day and night",
        "lead-reply": "every 10 minutes, from 7:03 to 19:53",
        "dispatch-alerts": "every 10 minutes, from 6:03 to 19:53",
        "booking-trail": "every 15 minutes, from 7:03 to 19:48",
        "no-show-recovery": "every 30 minutes, from 8:03 to 18:33",
        "billing-check-and-note-flags": "Monday to Friday at 7:40",
        "draft-invoices": "Monday to Friday at 8:45",
        "estimate-follow-up": "Monday to Friday at 9:08",
        "invoice-reminders": "Monday to Friday at 9:18",
        "job-note-cleanup": "Monday to Friday at 16:33",
        "call-list": "Monday to Saturday at 8:00 and 13:00",
        "report": "every day at 9:30",
        "digest-daily": "Tuesday to Friday at 7:00",
        "digest-weekly": "Mondays at 7:00",
        "ledger-backup": "Sundays at 18:00",
    }


def test_what_chases_looks_into_the_inbox_first() -> None:
    found = named(jobs())
    assert found["estimate-follow-up"].steps == (("inbox", "--quiet"), ("run", "estimate-follow-up", "--send", "--quiet"))
    assert found["billing-check-and-note-flags"].steps == (("run", "billing-check", "note-flags", "--send", "--quiet"),)
    assert found["missed-call-text-back"].steps == (("run", "missed-call-text-back", "--send", "--quiet"),)


def test_no_two_looks_into_the_inbox_are_in_one_minute() -> None:
    for more in ("", '[inbox]\nevery = "every 15 minutes"\n', '[inbox]\nevery = "hourly"\n'):
        looks = [job.when for job in jobs(more, estimate_follow_up="weekdays 09:05", invoice_reminders="mon,thu 09:08", job_note_cleanup="mon 09:10, 9:11")
                 if ("inbox", "--quiet") in job.steps]  # fmt: skip
        assert len(looks) == 4
        assert not any(one.meets(other) for at, one in enumerate(looks) for other in looks[at + 1 :])


def test_a_time_at_which_nobody_looks_stays_as_it_was_written() -> None:
    assert str(named(jobs(estimate_follow_up="weekdays 09:07"))["estimate-follow-up"].when) == "Monday to Friday at 9:07"
    assert str(named(jobs(estimate_follow_up="daily 23:55"))["estimate-follow-up"].when) == "every day at 23:58"


def test_recipes_of_one_time_share_one_look() -> None:
    found = named(jobs(estimate_follow_up="weekdays 09:15"))
    assert found["estimate-follow-up-and-invoice-reminders"].steps[1] == (
        "run",
        "estimate-follow-up",
        "invoice-reminders",
        "--send",
        "--quiet",
    )


def test_a_recipe_without_runs_is_left_out() -> None:
    assert "lead-reply" not in named(jobs(lead_reply=""))


def test_an_office_without_recipes_has_no_lists() -> None:
    none = dict.fromkeys(("billing_check", "booking_trail", "dispatch_alerts", "no_show_recovery", "draft_invoices", "estimate_follow_up", "invoice_reminders", "job_note_cleanup", "lead_reply", "missed_call_text_back", "note_flags"), "")  # fmt: skip
    assert list(named(jobs(**none))) == ["inbox", "digest-daily", "digest-weekly", "ledger-backup"]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_what_is_made_up_for_and_what_is_not() -> None:
    found = named(jobs())
    seven = moment("2026-11-24T07:00")
    assert found["digest-daily"].makes_sense(seven, moment("2026-11-24T10:30"))
    assert not found["digest-daily"].makes_sense(seven, moment("2026-11-24T19:30"))
    assert not found["job-note-cleanup"].makes_sense(moment("2026-11-24T16:33"), moment("2026-11-25T01:00"))
    assert found["ledger-backup"].makes_sense(moment("2026-11-22T18:00"), moment("2026-11-24T07:00"))
    assert not found["lead-reply"].makes_sense(moment("2026-11-24T19:53"), moment("2026-11-24T22:00"))
    assert found["inbox"].makes_sense(moment("2026-11-24T09:05"), moment("2026-11-24T09:09:59"))


def test_what_was_installed_for_some_recipes_goes_on_when_others_come_and_go() -> None:
    together = jobs(estimate_follow_up="weekdays 09:15")
    [both] = [job for job in together if job.name == "estimate-follow-up-and-invoice-reminders"]
    assert both.recipes == ("estimate-follow-up", "invoice-reminders")
    alone = for_some(together, "estimate-follow-up")
    assert alone is not None
    assert alone.steps == (LOOK, ("run", "estimate-follow-up", "--send", "--quiet"))
    assert (alone.name, alone.keys, alone.when) == ("estimate-follow-up", ("estimate-follow-up",), both.when)
    gone = for_some(jobs(invoice_reminders=""), "estimate-follow-up-and-invoice-reminders")
    assert gone is not None and gone.steps[-1] == ("run", "estimate-follow-up", "--send", "--quiet")
    apart = for_some(jobs(), "estimate-follow-up-and-invoice-reminders")
    assert apart is not None and apart.recipes == ("estimate-follow-up", "invoice-reminders")
    assert for_some(jobs(), "estimate") is None
