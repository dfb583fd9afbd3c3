"""Who hears what: rows put together, channels chosen, words filled in, releases kept to."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from contractor_ops.planning.decision import Decision
from contractor_ops.ports import History, Release, StepKey
from contractor_ops.tables.record import Table
from tests.offices import ESTIMATES, message
from tests.planning.planned import MONDAY, TASK, ZONE, estimates, invoices, only, planned, recipe, table

LATE = message("late", 'after = "1 day"', "{{ customer.name }}: {{ count }} x {{ number }}, {{ balance|money }} since {{ due_on|day }}.")
ONE = 'mode = "auto"\none_per = "customer"'
ANN = ("Ann Li", "ann@li.example", "")
CHICAGO, HONOLULU = "312-555-0142", "808-555-0199"


def invoice(number: str, who: tuple[str, ...] = ANN, balance: str = "$100", due: str = "11/09/2026", notes: str = "") -> tuple[str, ...]:
    return (number, *who, "Overdue" if not balance.startswith("-") else "Sent", "11/01/2026", due, balance.strip("-"), balance, notes)


def estimate(email: str = "ann@li.example", phone: str = CHICAGO, number: str = "E-1", notes: str = "") -> Table:
    return estimates((number, "Ann Li", email, phone, "Furnace", "Sent", "11/20/2026", "$480", notes))


def test_one_message_for_all_of_a_customers_rows_adds_up_what_they_owe() -> None:
    ours = recipe("invoices", ONE, steps=LATE)
    plan = planned(
        ours, invoices(invoice("1"), invoice("2", ("Bo Ray", "bo@ray.example", "")), invoice("3", balance="$50.50", due="11/05/2026"))
    )
    first, other, second = plan.decisions
    assert first.body == second.body == "Ann Li: 2 x 1 and 3, $150.50 since Thu, Nov 5."
    assert first.group == second.group and (other.group, other.body) == ("", "Bo Ray: 1 x 2, $100.00 since Mon, Nov 9.")
    assert "one message for 2 invoices" in first.reason


def test_a_row_with_a_doubt_stands_alone_and_holds_nobody_else_up() -> None:
    careful = recipe("invoices", ONE, more='[review_if]\nnotes_mention = ["lawyer"]', steps=LATE)
    plan = planned(careful, invoices(invoice("1"), invoice("2", notes="lawyer"), invoice("3")))
    assert [one.decision for one in plan.decisions] == ["act", "review", "act"]
    assert plan.decisions[0].body == "Ann Li: 2 x 1 and 3, $200.00 since Mon, Nov 9."


def test_a_credit_is_taken_off_and_one_that_covers_all_is_a_persons() -> None:
    ours = recipe("invoices", ONE, steps=LATE)
    part = planned(ours, invoices(invoice("1"), invoice("9", balance="-30"))).decisions[0]
    assert part.decision == "act" and "$70.00" in str(part.body)
    covered = planned(ours, invoices(invoice("1"), invoice("9", balance="-130"))).decisions[0]
    assert covered.decision == "review" and "credit of $130.00 covers what is owed" in covered.reason


def test_a_credit_under_the_same_name_alone_is_a_persons() -> None:
    ours = recipe("invoices", ONE, steps=LATE)
    [decision, _] = planned(ours, invoices(invoice("1"), invoice("9", ("Ann Li", "", ""), "-30"))).decisions
    assert decision.decision == "review" and "may not have been applied" in decision.reason


def test_in_a_trail_a_message_is_for_several_rows_and_never_for_several_steps_of_one() -> None:
    steps = message("soon", 'after = "1 day"', "{{ count }}: {{ number }} {{ balance|money }}") * 1
    steps += message("late", 'after = "3 days"', "{{ count }}: {{ number }} {{ balance|money }}")
    trail = recipe("invoices", ONE + '\nshape = "trail"\nkind = "service"', steps=steps)
    plan = planned(trail, invoices(invoice("1"), invoice("2")))
    assert [(one.record, one.step) for one in plan.decisions] == [("1", "soon"), ("1", "late"), ("2", "soon"), ("2", "late")]
    assert {one.body for one in plan.decisions} == {"2: 1 and 2 $200.00"}
    assert len({one.group for one in plan.decisions}) == 2


@pytest.mark.parametrize(
    ("email", "phone", "by", "way"),
    [
        ("ann@li.example", CHICAGO, '["sms", "email"]', ("sms", "+13125550142")),
        ("ann@li.example", CHICAGO, '["email", "sms"]', ("email", "ann@li.example")),
        ("ann@li.example", "1-800-555-0100", '["sms", "email"]', ("email", "ann@li.example")),
        ("ann@li.example", "312-555-0142 x12", '["sms", "email"]', ("email", "ann@li.example")),
        ("", CHICAGO, '["email"]', (None, None)),
        ("", "", '["sms", "email"]', (None, None)),
    ],
)
def test_a_message_goes_by_the_first_way_that_is_possible(email: str, phone: str, by: str, way: tuple[str | None, str | None]) -> None:
    ours = recipe(steps=message("nudge", 'after = "1 day"', "Hello.").replace('["sms", "email"]', by))
    decision = only(planned(ours, estimate(email, phone)))
    assert (decision.channel, decision.to) == way
    assert decision.decision == ("act" if way[0] else "review")


def test_who_cannot_be_reached_is_told_in_words() -> None:
    by_mail = recipe(steps=message("nudge", 'after = "1 day"', "Hello.").replace('["sms", "email"]', '["email"]'))
    assert "the customer has no e-mail address" in only(planned(by_mail, estimate(""))).reason
    assert "the customer has neither phone nor e-mail" in only(planned(by_mail, estimate("", ""))).reason
    both_ways = recipe(steps=message("nudge", 'after = "1 day"', "Hello."))
    assert "no phone that takes texts and no e-mail address" in only(planned(both_ways, estimate("", "1-800-555-0100"))).reason


def test_a_channel_that_somebody_set_up_comes_before_one_that_only_writes_files() -> None:
    smtp = '\n[email]\nprovider = "smtp"\nfrom = "a@northside.example"\nhost = "mail.northside.example"\n'
    ours = recipe(steps=message("nudge", 'after = "1 day"', "Hello."))
    assert only(planned(ours, estimate())).channel == "sms"
    assert only(planned(ours, estimate(), limits=smtp)).channel == "email"


def test_only_an_email_has_a_subject_and_the_title_stands_in() -> None:
    plain, own = (
        message("nudge", 'after = "1 day"', "Hello."),
        message("nudge", 'after = "1 day"', "Hello.", 'subject = "About {{ title }}"'),
    )
    assert only(planned(recipe(steps=plain), estimate(phone=""))).subject == "Ours"
    assert only(planned(recipe(steps=own), estimate(phone=""))).subject == "About Furnace"
    assert only(planned(recipe(steps=own), estimate())).subject is None


def test_a_placeholder_without_a_value_never_goes_out() -> None:
    ours = recipe(steps=message("nudge", 'after = "1 day"', "Hello {{ customer.name }}, {{ notes }}."))
    decision = only(planned(ours, estimate()))
    assert (decision.decision, decision.body) == ("review", None)
    assert "the words need notes" in decision.reason


def test_colleagues_are_written_to_at_any_hour_and_without_a_cap() -> None:
    ours = recipe(steps=message("tell", 'after = "1 day"', "Look at {{ number }}.").replace('to   = "customer"', 'to = "owner"'))
    night = datetime(2026, 11, 23, 3, 0, tzinfo=ZONE)
    plan = planned(
        ours, table("estimates", ESTIMATES, [(f"E-{n}", "Ann Li", "", "", "", "Sent", "11/20/2026", "", "") for n in range(3)]), night
    )
    assert [(one.decision, one.to, one.where) for one in plan.decisions] == [("act", "+13125550101", None)] * 3


def test_a_technician_is_found_in_the_technicians_table() -> None:
    headings = ("Job #", "Customer", "Email", "Status", "Scheduled", "Technician")
    jobs = table("jobs", headings, [("J-1", "Ann Li", "ann@li.example", "Scheduled", "11/20/2026", "Sam Poe")])
    people = table("technicians", ("Name", "Phone", "Email"), [("Sam Poe", "312-555-0177", "")], complete=True)
    ours = recipe("jobs", steps=message("brief", 'after = "1 day"', "Job {{ number }}.").replace('to   = "customer"', 'to = "technician"'))
    assert only(planned(ours, jobs, technicians=people)).to == "+13125550177"
    assert '"Sam Poe" is not one name in the technicians table' in only(planned(ours, jobs)).reason


def test_outside_the_sending_hours_of_the_customers_own_zone_it_is_held() -> None:
    ours = recipe(steps=message("nudge", 'after = "1 day"', "Hello."))
    held = only(planned(ours, estimate(phone=HONOLULU)))
    assert held.decision == "hold" and held.until is not None
    assert held.until.astimezone(ZONE) == datetime(2026, 11, 23, 13, 0, tzinfo=ZONE)


def test_one_message_has_one_clock_that_of_whoever_it_goes_to() -> None:
    ours = recipe("invoices", ONE, steps=LATE)
    away, near = ("Ann Li", "ann@li.example", HONOLULU), ("Ann Li", "ann@li.example", CHICAGO)
    for rows in ([invoice("1", near), invoice("2", away)], [invoice("1", away), invoice("2", near)]):
        first, second = planned(ours, invoices(*rows)).decisions
        assert (first.to, first.where, first.decision) == (second.to, second.where, second.decision)
        assert first.where is not None and (first.decision == "act") == ("Chicago" in str(first.where.zones))


def test_a_customer_has_one_message_a_day_whichever_row_it_is_about() -> None:
    ours, two = recipe(steps=message("nudge", 'after = "1 day"', "Hello.")), ("E-1", "E-2")
    sheet = estimates(*((number, "Ann Li", "ann@li.example", CHICAGO, "", "Sent", "11/20/2026", "", "") for number in two))
    first, second = planned(ours, sheet).decisions
    assert (first.decision, second.decision) == ("act", "hold")
    assert second.until == datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
    assert [one.decision for one in planned(ours, sheet, history=History(sent_today={"ann@li.example": 1})).decisions] == ["hold", "hold"]
    assert [one.decision for one in planned(ours, sheet, limits="\n[limits]\nper_address_per_day = 2\n").decisions] == ["act", "act"]
    service = recipe(top='mode = "auto"\nkind = "service"', steps=message("nudge", 'after = "1 day"', "Hello."))
    assert [one.decision for one in planned(service, sheet).decisions] == ["act", "act"]


APPROVE = recipe(top='mode = "approve"', steps=message("nudge", 'after = "1 day"', "Hello {{ customer.name }}."))
KEY = StepKey("E-1", "nudge")


def released(shown: Decision, **changes: object) -> History:
    return History(releases={KEY: replace(Release(1, "approved", shown.row_hash, shown.words_hash), **changes)})  # type: ignore[arg-type]


def test_what_a_person_released_leaves_and_what_has_changed_since_is_asked_again() -> None:
    shown = only(planned(APPROVE, estimate()))
    assert (shown.decision, shown.body) == ("review", "Hello Ann Li.")
    assert only(planned(APPROVE, estimate(), history=released(shown))).decision == "act"
    changed = only(planned(APPROVE, estimate(notes="called back"), history=released(shown)))
    assert changed.decision == "review" and "changed since they were released" in changed.reason
    other_words = recipe(top='mode = "approve"', steps=message("nudge", 'after = "1 day"', "Dear {{ customer.name }}."))
    assert only(planned(other_words, estimate(), history=released(shown))).decision == "review"


def test_a_persons_own_words_leave_in_place_of_ours() -> None:
    shown = only(planned(APPROVE, estimate()))
    edited = only(planned(APPROVE, estimate(), history=released(shown, edited="Dear Ann, did you decide?")))
    assert (edited.decision, edited.body) == ("act", "Dear Ann, did you decide?")


def test_what_was_put_aside_says_until_when() -> None:
    shown = only(planned(APPROVE, estimate()))
    snoozed = only(planned(APPROVE, estimate(), history=released(shown, state="open", until=date(2026, 11, 27))))
    assert (snoozed.decision, snoozed.until) == ("review", datetime(2026, 11, 27, 9, 0, tzinfo=ZONE))
    over = only(planned(APPROVE, estimate(), MONDAY + timedelta(days=5), history=released(shown, state="open", until=date(2026, 11, 27))))
    assert over.until is None


def test_a_task_needs_no_address_no_hour_and_no_release() -> None:
    ours = recipe(top='mode = "approve"', steps=TASK)
    night = datetime(2026, 12, 20, 3, 0, tzinfo=ZONE)
    decision = only(planned(ours, estimate("", ""), night))
    assert (decision.decision, decision.action, decision.body, decision.to) == ("act", "task", "Call Ann Li.", None)


def test_old_business_whose_words_cannot_be_put_together_stands_alone() -> None:
    ours = recipe(top='mode = "auto"\nfirst_run = "review"', steps=message("nudge", 'after = "1 day"', "Hello about {{ title }}."))
    rows = [(f"E-{n}", "Ann Li", "ann@li.example", "", title, "Sent", "10/01/2026", "", "") for n, title in enumerate(("Roof", "", "Pump"))]
    plan = planned(ours, estimates(*rows))
    assert [one.group for one in plan.decisions] == ["backlog", "", "backlog"]
    assert "the words need title" in plan.decisions[1].reason
