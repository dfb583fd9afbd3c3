"""The second look: what the ledger remembers, what people said, and what is due."""

from datetime import date, datetime, timedelta

import pytest

from contractor_ops.planning.decision import Plan
from contractor_ops.ports import Answer, History, Known, Pause, Release, StepKey, StepMemory
from contractor_ops.recipe import Recipe
from contractor_ops.tables.record import Table
from tests.offices import message
from tests.planning.planned import MONDAY, TASK, ZONE, estimates, invoices, only, planned, recipe, table

NUDGES = message("first", 'after = "2 days"', "Hello {{ customer.name }}.") + message("second", 'after = "5 days"', "Hello again.") + TASK
LADDER = recipe(steps=NUDGES)
TRAIL = recipe(top='mode = "auto"\nshape = "trail"', steps=NUDGES)
INVOICES = (
    "Invoice #",
    "Customer",
    "Email",
    "Status",
    "Issued",
    "Due date",
    "Total",
    "Balance",
    "Promise to pay",
    "Disputed",
    "Hold until",
)


def estimate(sent: str = "11/20/2026", number: str = "E-1", customer: str = "Ann Li", notes: str = "", total: str = "$480") -> Table:
    return estimates((number, customer, "ann@li.example", "312-555-0142", "Furnace", "Sent", sent, total, notes))


def remembering(**states: str) -> History:
    """`first="sent"`: what the ledger knows of the steps of E-1."""
    keys = {name: StepKey("E-1", "call" if name == "task" else name) for name in states}
    return History(steps={keys[name]: StepMemory(keys[name], state, MONDAY, 1, "550 no such user") for name, state in states.items()})  # type: ignore[arg-type]


def kinds(plan: Plan) -> list[tuple[str | None, str]]:
    return [(one.step, one.decision) for one in plan.decisions]


@pytest.mark.parametrize(
    ("sent", "states", "found"),
    [
        ("11/22/2026", {}, ("first", "wait")),
        ("11/20/2026", {}, ("first", "act")),
        ("11/17/2026", {}, ("second", "act")),  # the first one is overtaken
        ("11/17/2026", {"first": "sent"}, ("second", "act")),
        ("11/17/2026", {"second": "sent"}, ("call", "wait")),
        ("11/20/2026", {"first": "sent"}, ("second", "wait")),
        ("11/20/2026", {"first": "skipped"}, ("second", "wait")),
        ("11/20/2026", {"first": "released"}, ("first", "act")),
        ("11/20/2026", {"first": "failed"}, ("first", "review")),
        ("11/20/2026", {"first": "in_doubt"}, ("first", "review")),
        ("11/20/2026", {"first": "trying"}, ("first", "review")),
        ("11/17/2026", {"first": "claimed"}, ("first", "review")),  # doubt about an overtaken step is a person's still
        ("11/01/2026", {"second": "sent"}, ("call", "act")),
        ("11/01/2026", {"task": "queued"}, ("call", "done")),
    ],
)
def test_a_ladder_has_one_decision_about_the_latest_step_that_is_due(sent: str, states: dict[str, str], found: tuple[str, str]) -> None:
    assert kinds(planned(LADDER, estimate(sent), history=remembering(**states))) == [found]


def test_in_a_trail_every_step_stands_for_itself() -> None:
    assert kinds(planned(TRAIL, estimate("11/17/2026"))) == [("first", "act"), ("second", "hold"), ("call", "wait")]
    after = planned(TRAIL, estimate("11/17/2026"), history=remembering(first="sent"))
    assert kinds(after) == [("first", "done"), ("second", "act"), ("call", "wait")]


def test_a_step_is_due_at_the_very_moment_and_not_before() -> None:
    at = datetime(2026, 11, 22, 9, 0, tzinfo=ZONE)
    assert only(planned(LADDER, estimate(), at)).decision == "act"
    early = only(planned(LADDER, estimate(), at - timedelta(seconds=1)))
    assert (early.decision, early.due) == ("wait", at)


def test_what_was_refused_says_why_until_a_person_has_settled_it() -> None:
    history = remembering(first="failed")
    assert "550 no such user" in only(planned(LADDER, estimate(), history=history)).reason
    history.releases[StepKey("E-1", "first")] = Release(1, "dismissed", "", "")
    assert kinds(planned(LADDER, estimate(), history=history)) == [("second", "wait")]


def test_skipped_answered_opted_out_and_do_not_contact_are_over() -> None:
    skipped = History(skips={"E-1": "gave up"})
    assert only(planned(LADDER, estimate(), history=skipped)).reason == "skipped by a person: gave up"
    assert only(planned(LADDER, estimate("11/23/2026"), opted_out=["ann@li.example"])).decision == "ended"
    assert "+13125550142" in only(planned(LADDER, estimate(), opted_out=["+13125550142"])).reason


ANSWERS = {
    "stops": Answer(MONDAY, "question", "stops", "How long does it take?"),
    "pleasant": Answer(MONDAY, "yes", "pleasant", "Yes please"),
    "automatic": Answer(MONDAY, "auto_reply", "automatic", "I am out of the office"),
}


@pytest.mark.parametrize("known_as", ["ann@li.example", "+13125550142"])
@pytest.mark.parametrize("ends", ["", "reply = true"])
@pytest.mark.parametrize(("weight", "decision"), [("stops", "ended"), ("pleasant", "ended"), ("automatic", "review")])
def test_an_answer_stops_whatever_chases_or_sells(known_as: str, ends: str, weight: str, decision: str) -> None:
    found = only(planned(recipe(steps=NUDGES, ends=ends), estimate(), history=History(answered={known_as: ANSWERS[weight]})))
    assert found.decision == decision
    assert ANSWERS[weight].words in found.reason


@pytest.mark.parametrize(
    ("weight", "ends", "decision"),
    [
        ("stops", "", "hold"),
        ("stops", "reply = true", "ended"),
        ("pleasant", "", "act"),
        ("pleasant", "reply = true", "act"),
        ("pleasant", 'reply = "any"', "ended"),
        ("stops", 'reply = "any"', "ended"),
        ("automatic", 'reply = "any"', "act"),
        ("automatic", "", "act"),
    ],
)
def test_a_service_recipe_goes_on_after_a_pleasant_answer_and_stops_after_any_other(weight: str, ends: str, decision: str) -> None:
    service = recipe(top='mode = "auto"\nkind = "service"', steps=NUDGES, ends=ends)
    assert only(planned(service, estimate(), history=History(answered={"ann@li.example": ANSWERS[weight]}))).decision == decision


def test_the_weightiest_of_a_customers_answers_counts() -> None:
    history = History(answered={"ann@li.example": ANSWERS["automatic"], "+13125550142": ANSWERS["stops"]})
    assert only(planned(LADDER, estimate(), history=history)).decision == "ended"


@pytest.mark.parametrize("who", ["ann@li.example", "+13125550142", "Ann Li", "li, ann"])
def test_a_paused_customer_is_held_until_that_morning(who: str) -> None:
    held = only(planned(LADDER, estimate(), history=History(pauses=(Pause(who, date(2026, 11, 25), "on holiday"),))))
    assert (held.decision, held.until) == ("hold", datetime(2026, 11, 25, 9, 0, tzinfo=ZONE))
    assert "on holiday" in held.reason


@pytest.mark.parametrize(("who", "until"), [("bo@ray.example", date(2026, 11, 25)), ("Ann Li", date(2026, 11, 23))])
def test_a_pause_of_somebody_else_or_one_that_is_over_holds_nobody(who: str, until: date) -> None:
    assert only(planned(LADDER, estimate(), history=History(pauses=(Pause(who, until, ""),)))).decision == "act"


def test_a_pause_without_an_end_holds_until_somebody_lifts_it() -> None:
    held = only(planned(LADDER, estimate(), history=History(pauses=(Pause("Ann Li", None, ""),))))
    assert (held.decision, held.until) == ("hold", None)


@pytest.mark.parametrize(
    ("promise", "disputed", "hold", "kind", "reason"),
    [
        ("", "", "", "act", "14 days overdue"),
        ("11/29/2026", "", "", "hold", "payment was promised for Sun, Nov 29"),
        ("11/22/2026", "", "", "act", "14 days overdue"),
        ("", "yes", "", "review", "the sheet says that it is disputed"),
        ("", "no", "", "act", "14 days overdue"),
        ("", "", "12/24/2026", "hold", "the sheet says: hold"),
    ],
)
def test_promises_disputes_and_hold_days_of_the_sheet(promise: str, disputed: str, hold: str, kind: str, reason: str) -> None:
    sheet = table(
        "invoices",
        INVOICES,
        [("1001", "Ann Li", "ann@li.example", "Overdue", "11/01/2026", "11/09/2026", "$480", "$480", promise, disputed, hold)],
    )
    decision = only(planned(recipe("invoices", steps=NUDGES.split(TASK)[0]), sheet))
    assert decision.decision == kind, decision.reason
    assert reason in decision.reason


def test_a_person_sees_what_the_recipe_wants_seen() -> None:
    careful = recipe(steps=NUDGES, more='[review_if]\ntotal_at_least = 15000\nnotes_mention = ["lawyer"]')
    assert only(planned(careful, estimate())).decision == "act"
    for cells, reason in (
        ({"total": "$15,000"}, "total is at least 15,000"),
        ({"notes": "Lawyer called"}, 'mention "lawyer"'),
        ({"total": "a lot"}, "total cannot be read"),
    ):
        decision = only(planned(careful, estimate(**cells)))
        assert decision.decision == "review" and reason in decision.reason


def test_twins_without_a_number_are_told_and_only_the_first_acts() -> None:
    row = ("", "Ann Li", "ann@li.example", "", "Furnace", "Sent", "11/20/2026", "$480", "")
    plan = planned(LADDER, estimates(row, row))
    assert [one.decision for one in plan.decisions] == ["act", "review"]
    assert "the same as one above it" in plan.decisions[1].reason


def test_numbers_that_start_again_in_january_are_a_persons() -> None:
    again = History(known={"E-1": Known("email:bo@ray.example", "2025-01-05")})
    assert "numbers may have started again" in only(planned(LADDER, estimate(), history=again)).reason
    same_day = History(known={"E-1": Known("email:bo@ray.example", "2026-11-20")})
    assert only(planned(LADDER, estimate(), history=same_day)).decision == "act"


def test_old_business_is_asked_about_on_the_first_run_only() -> None:
    careful: Recipe = recipe(top='mode = "auto"\nfirst_run = "review"', steps=NUDGES.split(TASK)[0])
    first = only(planned(careful, estimate("11/01/2026")))
    assert (first.decision, first.group) == ("review", "backlog")
    began_long_ago = History(first_sent_at=MONDAY - timedelta(days=60))
    assert only(planned(careful, estimate("11/01/2026"), history=began_long_ago)).decision == "act"
    assert only(planned(careful, estimate("11/15/2026"))).decision == "act"


def test_a_recipe_that_rearms_starts_again_when_its_anchor_moves() -> None:
    rearming, plain = recipe(top='mode = "auto"\nrearm = true', steps=NUDGES), recipe(steps=NUDGES)
    before = only(planned(rearming, estimate("11/20/2026")))
    key = StepKey("E-1", "first", before.anchor)
    sent = History(steps={key: StepMemory(key, "sent", MONDAY, 1)})
    assert only(planned(rearming, estimate("11/20/2026"), history=sent)).decision == "wait"
    assert only(planned(rearming, estimate("11/21/2026"), history=sent)).decision == "act"
    assert only(planned(plain, estimate("11/21/2026"), history=remembering(first="sent"))).decision == "wait"


def test_part_payments_are_a_persons_or_name_only_what_is_left() -> None:
    row = ("1001", "Ann Li", "ann@li.example", "", "Partial", "11/01/2026", "11/09/2026", "$480", "$100", "")
    left = recipe("invoices", steps=message("late", 'after = "1 day"', "{{ balance|money }} is left."))
    whole = recipe("invoices", steps=message("late", 'after = "1 day"', "{{ total|money }} is due."))
    assert (only(planned(left, invoices(row))).decision, only(planned(left, invoices(row))).body) == ("act", "$100.00 is left.")
    asked = only(planned(whole, invoices(row)))
    assert asked.decision == "review" and "$100.00 of $480.00 is left" in asked.reason
