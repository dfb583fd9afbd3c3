from datetime import timedelta

import pytest

from contractor_ops.ports import SentMessage, SentStep, StepKey

RECIPE = "estimate-follow-up"


def test_a_message_is_told_with_the_steps_that_it_settled(ledger, run, a_claim, at, day_start):
    ann = {"customer": "Ann Li", "customer_key": "number:C-7", "message_id": "<1@northside.example>", "provider": "twilio"}
    group = [a_claim("E-1", **ann), a_claim("E-2", "second-nudge", "2026-11-20", **{**ann, "body": None, "settled_by": "E-1"})]
    [taken] = ledger.claim(run, RECIPE, [group], at, None, day_start)
    ledger.settle(taken.claim_ids, "queued", at + timedelta(seconds=1), provider_id="SM1")
    first, second = (
        SentStep(claim_id, RECIPE, "estimates", key, "office", "queued", "SM1")
        for claim_id, key in zip(
            taken.claim_ids, [StepKey("E-1", "first-nudge"), StepKey("E-2", "second-nudge", "2026-11-20")], strict=True
        )
    )
    expected = SentMessage(
        1, at, "sms", "+13125550142", "Ann Li", "number:C-7", "twilio", "<1@northside.example>", None, "Any questions?", (first, second)
    )
    assert ledger.messages() == [expected]
    assert ledger.sent_to("+13125550142", at + timedelta(days=1)) == [expected]
    assert ledger.sent_as(["<1@northside.example>"]) == [expected]
    assert ledger.sent_under("SM1") == expected


@pytest.mark.parametrize(
    ("state", "may_have_left"),
    [("claimed", True), ("trying", True), ("sent", True), ("queued", True), ("failed", True), ("in_doubt", True), ("skipped", False), ("released", False)],
)  # fmt: skip
def test_what_was_given_back_was_not_sent(ledger, run, a_claim, at, day_start, state, may_have_left):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    if state == "trying":
        ledger.trying(taken.claim_ids, at)
    elif state != "claimed":
        ledger.settle(taken.claim_ids, state, at)
    assert ledger.has_written_to("+13125550142") is may_have_left
    assert bool(ledger.sent_to("+13125550142", at)) is may_have_left
    assert [step.state for message in ledger.messages() for step in message.steps] == [state]
    assert ledger.first_message_at() == at


def test_a_task_is_no_message(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim(channel=None, message_id="<1@northside.example>")]], at, None, day_start)
    assert ledger.messages() == ledger.sent_to("+13125550142", at) == ledger.sent_as(["<1@northside.example>"]) == []
    assert not ledger.has_written_to("+13125550142")
    assert ledger.first_message_at() is None


def test_the_last_messages_to_an_address_before_a_moment(ledger, run, a_claim, at, day_start):
    for hour in range(4):
        ledger.claim(run, RECIPE, [[a_claim(f"E-{hour}")]], at + timedelta(hours=hour), None, day_start)
    ledger.claim(run, RECIPE, [[a_claim("E-9", address="bob@ray.example")]], at + timedelta(hours=2), None, day_start)

    def records(before, limit):
        return [message.steps[0].key.record for message in ledger.sent_to("+13125550142", before, limit)]

    assert records(at + timedelta(hours=2), 1) == ["E-2"]
    assert records(at + timedelta(hours=2), 2) == ["E-2", "E-1"]
    assert records(at + timedelta(days=1), 9) == ["E-3", "E-2", "E-1", "E-0"]
    assert records(at - timedelta(microseconds=1), 9) == []


def test_one_that_was_given_back_hides_none_before_it(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim("E-1")]], at, None, day_start)
    [late] = ledger.claim(run, RECIPE, [[a_claim("E-2")]], at + timedelta(hours=1), None, day_start)
    ledger.settle(late.claim_ids, "released", at + timedelta(hours=1))
    assert [message.steps[0].key.record for message in ledger.sent_to("+13125550142", at + timedelta(days=1))] == ["E-1"]


def test_messages_are_found_by_their_ids_in_the_order_asked_for(ledger, run, a_claim, at, day_start):
    groups = [[a_claim(f"E-{number}", message_id=f"<{number}@northside.example>")] for number in range(3)]
    ledger.claim(run, RECIPE, groups, at, None, day_start)
    asked = ["<2@northside.example>", "<from@elsewhere.example>", "", "<0@northside.example>", "<2@northside.example>"]
    assert [message.steps[0].key.record for message in ledger.sent_as(asked)] == ["E-2", "E-0"]
    assert ledger.sent_as([]) == []


def test_a_provider_that_does_not_know_an_id_knows_no_message(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    assert ledger.sent_under("SM1") is None
    assert ledger.sent_under("") is None


def test_a_message_keeps_its_steps_when_they_are_claimed_anew(ledger, run, a_claim, at, day_start):
    [first] = ledger.claim(run, RECIPE, [[a_claim(message_id="<1@northside.example>")]], at, None, day_start)
    ledger.settle(first.claim_ids, "queued", at, provider_id="SM1")
    ledger.settle(first.claim_ids, "released", at, detail="the provider says that it never left")
    later = at + timedelta(hours=1)
    [second] = ledger.claim(run, RECIPE, [[a_claim(message_id="<2@northside.example>")]], later, None, day_start)
    ledger.settle(second.claim_ids, "sent", later, provider_id="SM2")
    assert [
        (message.message_id, [(step.claim_id, step.state, step.provider_id) for step in message.steps]) for message in ledger.messages()
    ] == [
        ("<1@northside.example>", [(first.claim_ids[0], "released", "")]),
        ("<2@northside.example>", [(second.claim_ids[0], "sent", "SM2")]),
    ]
    assert ledger.sent_under("SM1").message_id == "<1@northside.example>"
    assert [message.message_id for message in ledger.sent_to("+13125550142", later, 9)] == ["<2@northside.example>"]


def test_messages_since_a_moment(ledger, run, a_claim, at, day_start):
    for number, minutes in enumerate((5, 0, 3)):
        ledger.claim(run, RECIPE, [[a_claim(f"E-{number}")]], at + timedelta(minutes=minutes), None, day_start)
    assert [message.steps[0].key.record for message in ledger.messages()] == ["E-1", "E-2", "E-0"]
    assert [message.steps[0].key.record for message in ledger.messages(at + timedelta(minutes=3))] == ["E-2", "E-0"]
    assert ledger.first_message_at() == at


def test_more_messages_than_a_statement_holds(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim(f"E-{number}")] for number in range(1203)], at, None, day_start)
    assert [message.steps[0].key.record for message in ledger.messages()] == [f"E-{number}" for number in range(1203)]
