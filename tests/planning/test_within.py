"""Messages that are right only for a while: within their time, in other words after hours, and a person instead where they cannot leave."""

from datetime import date, datetime, timedelta

import pytest

from contractor_ops.planning.decision import Decision
from contractor_ops.ports import Answer, History, Pause, Release, StepKey, StepMemory
from contractor_ops.tables.record import Table
from tests.planning.planned import MONDAY, ZONE, only, planned, recipe, table

LEADS = ("Lead ID", "Customer", "Phone", "Email", "Request", "Status", "Received", "Contacted on", "Notes")
STEPS = """
[[steps]]
name = "answer"
after = "0 minutes"
within = "30 minutes"
do = "message"
by = ["sms"]
text = "Hi {{ customer.first_name }}, {{ office.name }} here."
text_after_hours = "Hi {{ customer.first_name }}, {{ office.name }} opens {{ office.opens }}."
[[steps]]
name = "call"
after = "2 hours"
do = "task"
text = "Call {{ customer.name }}."
"""
SERVICE = recipe("leads", 'mode = "auto"\nkind = "service"', ends="called = true", steps=STEPS)
PHONE = "+13125550142"


def lead(at: datetime, phone: str = "312-555-0142", email: str = "") -> Table:
    return table("leads", LEADS, [("L-1", "Ann Li", phone, email, "No heat", "New", f"{at:%Y-%m-%d %H:%M}", "", "")], complete=True)


def decided(at: datetime, now: datetime = MONDAY, history: History | None = None, **more: object) -> Decision:
    return only(planned(SERVICE, lead(at, **more), now, history=history))  # type: ignore[arg-type]


def remembering(**states: str) -> History:
    keys = {name: StepKey("L-1", name) for name in states}
    return History(steps={keys[name]: StepMemory(keys[name], state, MONDAY, 1) for name, state in states.items()})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minutes", "step", "action"), [(0, "answer", "message"), (30, "answer", "message"), (31, "call", "task"), (300, "call", "task")]
)
def test_what_has_not_left_in_its_time_is_a_persons_to_call(minutes: int, step: str, action: str) -> None:
    found = decided(MONDAY - timedelta(minutes=minutes))
    assert (found.decision, found.step, found.action) == ("act", step, action)
    assert ("no message: that is more than 30 minutes ago" in found.reason) == (minutes > 30 and minutes < 120)


def test_nothing_is_written_at_night_or_hours_later() -> None:
    night = MONDAY.replace(hour=22)
    found = decided(night, night + timedelta(minutes=5))
    assert (found.decision, found.action) == ("act", "task")
    assert "22:05 in Chicago: messages leave between 09:00 and 20:00" in found.reason


def test_what_can_still_leave_in_its_time_waits_for_the_window() -> None:
    early = MONDAY.replace(hour=8, minute=50)
    found = decided(early, early + timedelta(minutes=5))
    assert (found.decision, found.action, found.until) == ("hold", "message", MONDAY.replace(hour=9, minute=0))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (MONDAY, "Hi Ann, Northside Heating & Air here."),
        (MONDAY.replace(hour=18), "Hi Ann, Northside Heating & Air opens tomorrow at 8:00 AM."),
        (datetime(2026, 11, 25, 18, 0, tzinfo=ZONE), "Hi Ann, Northside Heating & Air opens Friday at 8:00 AM."),  # Thanksgiving is skipped
        (datetime(2026, 11, 27, 18, 0, tzinfo=ZONE), "Hi Ann, Northside Heating & Air opens Monday at 8:00 AM."),
    ],
)
def test_after_hours_the_words_are_others_and_name_the_opening(at: datetime, words: str) -> None:
    assert decided(at - timedelta(minutes=3), at).body == words


def test_the_words_must_leave_by_then() -> None:
    assert decided(MONDAY - timedelta(minutes=10)).leaves_by == MONDAY + timedelta(minutes=20)


@pytest.mark.parametrize(
    ("history", "reason"),
    [
        (History(opted_out=frozenset({PHONE})), "opted out"),
        (History(pauses=(Pause(PHONE, date(2026, 12, 1), "on holiday"),)), "paused: on holiday"),
        (History(landlines=frozenset({PHONE})), "no number or address"),
        (
            History(answered={PHONE: Answer(MONDAY - timedelta(days=3), "question", "stops", "How much?")}),
            'the customer wrote Fri, Nov 20 at 10:00 AM: "How much?"',
        ),
    ],
)
def test_whoever_may_not_be_texted_is_called_at_once(history: History, reason: str) -> None:
    found = decided(MONDAY - timedelta(minutes=5), history=history)
    assert (found.decision, found.action) == ("act", "task")
    assert reason in found.reason


def test_after_the_text_a_person_calls_when_nobody_answered() -> None:
    sent = remembering(answer="sent")
    assert decided(MONDAY - timedelta(minutes=20), history=sent).decision == "wait"
    found = decided(MONDAY - timedelta(hours=2), history=sent)
    assert (found.decision, found.step) == ("act", "call")
    assert "no message" not in found.reason
    assert decided(MONDAY - timedelta(hours=2), history=remembering(answer="sent", call="queued")).decision == "done"


def test_the_call_that_stood_in_for_the_text_is_not_asked_for_again() -> None:
    assert decided(MONDAY - timedelta(minutes=45), history=remembering(call="queued")).decision == "done"


@pytest.mark.parametrize(("minutes", "decision"), [(-5, "act"), (5, "ended")])
def test_a_talk_on_the_telephone_since_then_ends_it(minutes: int, decision: str) -> None:
    at = MONDAY - timedelta(minutes=20)
    found = only(planned(SERVICE, lead(at), talks={PHONE: at + timedelta(minutes=minutes)}))
    assert found.decision == decision
    assert ("somebody talked to them on the telephone today at 9:45 AM" in found.reason) == (decision == "ended")


def test_a_step_in_hours_waits_for_the_opening() -> None:
    friday = datetime(2026, 11, 27, 17, 30, tzinfo=ZONE)
    in_hours = recipe("leads", 'mode = "auto"\nkind = "service"', steps=STEPS.replace("[[steps]]", "[[steps]]\nin_hours = true"))
    found = only(planned(in_hours, lead(friday), friday + timedelta(minutes=1)))
    assert (found.decision, found.due) == ("wait", datetime(2026, 11, 30, 8, 0, tzinfo=ZONE))
    found = only(planned(in_hours, lead(friday), datetime(2026, 11, 30, 8, 31, tzinfo=ZONE)))
    assert (found.decision, found.action) == ("act", "task")  # the sending window had not opened in its time
    answered = only(planned(in_hours, lead(friday), datetime(2026, 11, 30, 9, 59, tzinfo=ZONE), history=remembering(answer="sent")))
    assert (answered.decision, answered.due) == ("wait", datetime(2026, 11, 30, 10, 0, tzinfo=ZONE))  # two hours of Monday
    found = only(planned(in_hours, lead(MONDAY - timedelta(minutes=1))))
    assert (found.decision, found.due) == ("act", MONDAY - timedelta(minutes=1))


def test_a_landline_found_out_by_the_provider_has_another_way_ready_in_auto_mode() -> None:
    both = STEPS.replace('by = ["sms"]', 'by = ["sms", "email"]')
    auto = recipe("leads", 'mode = "auto"\nkind = "service"', steps=both)
    found = only(planned(auto, lead(MONDAY, email="ann@li.example")))
    assert (found.channel, found.instead and (found.instead.channel, found.instead.to)) == ("sms", ("email", "ann@li.example"))
    asked = recipe("leads", 'mode = "approve"\nkind = "service"', steps=both)
    assert only(planned(asked, lead(MONDAY, email="ann@li.example"))).instead is None
    known = only(planned(auto, lead(MONDAY, email="ann@li.example"), history=History(landlines=frozenset({PHONE}))))
    assert (known.channel, known.to) == ("email", "ann@li.example")


def test_a_plan_shows_what_texts_cost() -> None:
    free = decided(MONDAY)
    assert (free.segments, free.cost) == (1, None)
    priced = only(planned(SERVICE, lead(MONDAY), limits='\n[sms]\nprovider = "twilio"\nfrom = "+13125550100"\n'))
    assert (priced.as_json()["segments"], priced.as_json()["cost"]) == (1, 0.0113)


LATER = (
    STEPS
    + """
[[steps]]
name = "later"
after = "5 days"
do = "message"
by = ["email"]
text = "Hi {{ customer.first_name }}, still interested?"
"""
)
MESSAGES_ONLY = recipe(
    "leads",
    'mode = "auto"',
    steps=LATER.replace(LATER[LATER.index('[[steps]]\nname = "call"') : LATER.index('[[steps]]\nname = "later"')], ""),
)


def later(at: datetime, now: datetime = MONDAY, history: History | None = None) -> Decision:
    return only(planned(MESSAGES_ONLY, lead(at, email="ann@li.example"), now, history=history))


def test_a_message_that_stands_behind_one_that_came_too_late_waits_for_its_own_day() -> None:
    found = later(MONDAY - timedelta(days=2))
    assert (found.decision, found.step, found.due) == ("wait", "later", MONDAY + timedelta(days=3))
    assert later(MONDAY - timedelta(days=5)).decision == "act"


def test_who_may_not_be_written_to_hears_nothing_from_any_step() -> None:
    out = History(opted_out=frozenset({PHONE}))
    assert later(MONDAY - timedelta(minutes=5), history=out).decision == "wait"
    found = later(MONDAY - timedelta(days=5), history=out)  # by e-mail, to somebody whose telephone has opted out
    assert (found.decision, "opted out" in found.reason) == ("review", True)


def test_the_clock_is_that_of_the_number_which_is_written_to() -> None:
    both = lead(MONDAY, phone="312-555-0142, 808-555-0143")
    found = only(planned(SERVICE, both, MONDAY, history=History(landlines=frozenset({PHONE}))))
    assert (found.action, "in Honolulu" in found.reason) == ("task", True)  # 6 in the morning there


def test_words_that_a_person_has_released_leave_as_they_are_or_not_at_all() -> None:
    doubtful = recipe(
        "leads",
        'mode = "auto"\nkind = "service"',
        steps=STEPS.replace('by = ["sms"]', 'by = ["sms", "email"]'),
        more='[review_if]\nnotes_mention = ["discount"]',
    )
    sheet = table(
        "leads",
        LEADS,
        [("L-1", "Ann Li", "312-555-0142", "ann@li.example", "No heat", "New", f"{MONDAY:%Y-%m-%d %H:%M}", "", "discount")],
        complete=True,
    )
    asked = only(planned(doubtful, sheet))
    assert (asked.decision, asked.instead) == ("review", None)
    release = Release(1, "approved", asked.row_hash, asked.words_hash, edited="As agreed we take 20 % off.", reason=asked.reason)
    leaves = only(planned(doubtful, sheet, history=History(releases={StepKey("L-1", "answer"): release})))
    assert (leaves.decision, leaves.body, leaves.instead) == ("act", "As agreed we take 20 % off.", None)


def test_no_mail_stands_in_for_a_text_where_the_last_one_bounced() -> None:
    both = recipe("leads", 'mode = "auto"\nkind = "service"', steps=STEPS.replace('by = ["sms"]', 'by = ["sms", "email"]'))
    history = History(undelivered={"ann@li.example": "no such mailbox"})
    found = only(planned(both, lead(MONDAY, email="ann@li.example"), history=history))
    assert (found.decision, found.channel, found.instead) == ("act", "sms", None)
    mailed = only(planned(both, lead(MONDAY, phone="", email="ann@li.example"), history=history))
    assert (mailed.decision, "did not arrive (no such mailbox)" in mailed.reason) == ("review", True)
