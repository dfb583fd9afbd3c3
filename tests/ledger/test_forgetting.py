from pathlib import Path

from contractor_ops.ledger.ledger import SqliteLedger
from contractor_ops.ports import ReviewItem, ReviewMember, StepKey
from contractor_ops.tables.record import Place

RECIPE = "estimate-follow-up"


def test_forgetting_empties_the_words_and_keeps_what_was_done(ledger, run, a_claim, at, day_start):
    hers, his = a_claim("E-1", customer="Ann Li"), a_claim("E-2", customer="Bob Ray", address="+13125550143")
    taken, _ = ledger.claim(run, RECIPE, [[hers], [his]], at, None, day_start)
    ledger.settle(taken.claim_ids, "failed", at, detail="no such number: +13125550142")
    ledger.opt_out("+13125550142", at, "sms")
    assert ledger.forget_words(["+13125550142"]) == 1
    assert [(entry["state"], entry["address"], entry["detail"]) for entry in ledger.entries(record="E-1")] == [
        ("claimed", None, None),
        ("failed", None, None),
    ]
    assert ledger.entries(record="E-2")[0]["address"] == "+13125550143"
    assert [address for address, _, _ in ledger.opt_outs()] == ["+13125550142"]
    assert ledger.claim(run, RECIPE, [[hers]], at, None, day_start)[0].refusal == "already done"
    assert ledger.verify() == []


def test_forgetting_reaches_the_review_queue(ledger, an_item, at):
    item = an_item(customer="Ann Li", to="+13125550142", body="Hi Ann", subject="For Ann")
    ledger.sync_reviews(RECIPE, [item], at)
    ledger.edit_review(1, "Dear Ann", at)
    ledger.forget_words(["+13125550142"])
    found = ledger.review(1)
    assert (found.customer, found.to, found.body, found.subject, found.edited, found.members[0].customer) == (None,) * 6


def test_forgotten_words_are_not_in_the_file_any_more(path: Path, at, day_start, a_claim):
    ledger = SqliteLedger(path)
    run = ledger.open_run(RECIPE, at, True, "auto", "front-desk/boot-1")
    ledger.claim(run, RECIPE, [[a_claim(body="Zanzibar pergola", customer_key="+13125550142")]], at, None, day_start)
    ledger.forget_words(["+13125550142"])
    ledger.close()
    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"first-nudge" in everything
    assert b"Zanzibar pergola" not in everything
    assert b"3125550142" not in everything


def test_forgetting_nobody_forgets_nothing(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim(customer_key="")]], at, None, day_start)
    assert ledger.forget_words([]) == 0
    assert ledger.forget_words([""]) == 0
    assert ledger.entries()[0]["address"] == "+13125550142"


def test_forgetting_empties_what_a_customer_wrote_and_keeps_that_it_came(ledger, a_reply, at):
    by_phone, by_email = a_reply("twilio:SM1"), a_reply("imap:<1@li.example>", address="ann@li.example", subject="Re: your estimate")
    other = a_reply("twilio:SM2", address="+13125550143", customer="Bob Ray", customer_key="number:C-8")
    for reply in (by_phone, by_email, other):
        ledger.add_reply(reply)
    assert ledger.forget_words(["+13125550142", "number:C-7"]) == 0
    first, second, third = ledger.replies()
    for forgotten, before in ((first, by_phone), (second, by_email)):
        said = (
            forgotten.address,
            forgotten.customer,
            forgotten.customer_key,
            forgotten.text,
            forgotten.whole,
            forgotten.subject,
            forgotten.reason,
        )
        assert said == ("", None, "", "", "", "", "")
        assert (forgotten.key, forgotten.label, forgotten.weight, forgotten.at) == (before.key, "question", "stops", at)
    assert third.text == other.text
    assert ledger.add_reply(by_phone) is None  # it does not come back at the next fetch


def test_forgetting_reaches_results_of_the_messages_and_landlines(ledger, run, a_claim, a_result, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.add_result(a_result("twilio:1", "failed", reason="+13125550142 is a landline"), 1, at)
    ledger.add_result(a_result("twilio:2", "failed", reason="no such number", address="+13125550142"), None, at)
    ledger.add_result(a_result("twilio:3", "failed", reason="no such number", address="+13125550143"), None, at)
    ledger.note_landline("+13125550142", at, "twilio")
    ledger.forget_words(["+13125550142"])
    assert [(message, result.address, result.reason) for message, result in ledger.results()] == [
        (1, "", ""), (None, "", ""), (None, "+13125550143", "no such number"),
    ]  # fmt: skip
    assert ledger.history(RECIPE, "estimates", [], ["+13125550142"], day_start).landlines == frozenset()


def test_a_message_that_was_forgotten_is_still_a_message(ledger, run, a_claim, at, day_start):
    [taken] = ledger.claim(run, RECIPE, [[a_claim(customer="Ann Li")]], at, None, day_start)
    ledger.settle(taken.claim_ids, "sent", at, provider_id="SM1")
    ledger.forget_words(["+13125550142"])
    [message] = ledger.messages()
    assert (message.address, message.customer, message.customer_key, message.body) == ("", None, "", None)
    assert [step.state for step in message.steps] == ["sent"]
    assert ledger.sent_under("SM1") == message
    assert not ledger.has_written_to("+13125550142")


def test_forgotten_answers_are_not_in_the_file_any_more(path: Path, at, a_reply):
    ledger = SqliteLedger(path)
    ledger.add_reply(a_reply(text="Zanzibar pergola", reason='it says "pergola"'))
    member = ReviewMember(StepKey("+13125550142", "reply"), "", "", Place("+13125550142", None, None), "Ann Li")
    task = ReviewItem("inbox", "reply/1", "task", "office", 'wrote "pergola"', (member,), "Ann Li", body="Zanzibar pergola")
    ledger.add_task(task, at)
    ledger.forget_words(["+13125550142"])
    ledger.close()
    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"twilio:SM1" in everything
    assert b"pergola" not in everything
    assert b"3125550142" not in everything


def test_forgetting_empties_what_was_known_with_a_message_and_the_record_stays_stopped(path: Path, at, day_start, a_claim, a_reply):
    ledger = SqliteLedger(path)
    run = ledger.open_run(RECIPE, at, True, "auto", "front-desk/boot-1")
    hers, his = (
        a_claim("E-1", known_as=("+13125550142", "ann@li.example")),
        a_claim("E-2", address="+13125550143", known_as=("bob@ray.example",)),
    )
    ledger.claim(run, RECIPE, [[hers], [his]], at, None, day_start)
    ledger.add_reply(a_reply("a", "Zanzibar pergola", address="ann@private.example", customer_key="", answers=1))
    ledger.add_reply(a_reply("b", "Hello", address="+13125550143", customer_key="", answers=2))
    ledger.forget_words(["+13125550142"])
    history = ledger.history(RECIPE, "estimates", ["E-1", "E-2"], ["+13125550142", "ann@li.example", "bob@ray.example"], day_start)
    assert set(history.answered) == {"bob@ray.example"}
    assert {record: answer.words for record, answer in history.answered_records.items()} == {"E-1": "", "E-2": "Hello"}
    assert ledger.verify() == []
    ledger.close()
    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"bob@ray.example" in everything
    for hers_alone in (b"3125550142", b"ann@li.example", b"ann@private.example", b"pergola"):
        assert hers_alone not in everything
