from datetime import timedelta

from contractor_ops.ports import History, Known, StepKey, StepMemory

RECIPE = "estimate-follow-up"


def test_an_empty_ledger_remembers_nothing(ledger, day_start):
    assert ledger.history(RECIPE, "estimates", ["E-1"], ["+13125550142"], day_start) == History()


def test_a_step_is_remembered_with_its_state_and_reason(ledger, run, a_claim, at, day_start):
    [taken] = ledger.claim(run, RECIPE, [[a_claim(anchor="2026-11-20")]], at, None, day_start)
    ledger.trying(taken.claim_ids, at)
    later = at + timedelta(seconds=2)
    ledger.settle(taken.claim_ids, "failed", later, detail="550 no such mailbox")
    key = StepKey("E-1", "first-nudge", "2026-11-20")
    memory = StepMemory(key, "failed", later, taken.claim_ids[0], "550 no such mailbox", at)
    assert ledger.history(RECIPE, "estimates", iter(["E-1", "E-1"]), [], day_start).steps == {key: memory}


def test_only_the_records_and_the_recipe_asked_for_are_remembered(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim("E-1")], [a_claim("E-2")]], at, None, day_start)
    ledger.claim(run, "win-back", [[a_claim("E-3")]], at, None, day_start)
    history = ledger.history(RECIPE, "estimates", ["E-2", "E-3"], [], day_start)
    assert [key.record for key in history.steps] == ["E-2"]


def test_more_records_than_a_statement_holds(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim(f"E-{number}", address=f"a{number}@li.example")] for number in range(1203)], at, None, day_start)
    records, addresses = [f"E-{number}" for number in range(2000)], [f"a{number}@li.example" for number in range(2000)]
    history = ledger.history(RECIPE, "estimates", records, addresses, day_start)
    assert len(history.steps) == 1203
    assert sum(history.sent_today.values()) == 1203


def test_a_record_is_known_by_the_customer_and_day_of_its_last_claim(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim("E-1", customer_key="C-7", day="2025-01-04"), a_claim("E-2")]], at, None, day_start)
    ledger.claim(run, RECIPE, [[a_claim("E-1", "second-nudge", customer_key="C-9", day="2026-01-04")]], at, None, day_start)
    assert ledger.history(RECIPE, "estimates", ["E-1", "E-2"], [], day_start).known == {"E-1": Known("C-9", "2026-01-04")}
    assert ledger.history(RECIPE, "invoices", ["E-1"], [], day_start).known == {}


def test_a_message_to_our_own_people_changes_nobody_whom_a_record_is_known_to_stand_for(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim("E-1", customer_key="C-7", day="2026-01-04")]], at, None, day_start)
    ledger.claim(run, RECIPE, [[a_claim("E-1", "tell-owner", address="+13125550101", day="2026-01-05")]], at, None, day_start)
    assert ledger.history(RECIPE, "estimates", ["E-1"], [], day_start).known == {"E-1": Known("C-7", "2026-01-05")}


def test_a_claim_that_was_refused_makes_nothing_known(ledger, run, a_claim, at, day_start):
    ledger.opt_out("+13125550142", at, "sms")
    ledger.claim(run, RECIPE, [[a_claim("E-1", customer_key="C-7", day="2025-01-04")]], at, None, day_start)
    assert ledger.history(RECIPE, "estimates", ["E-1"], [], day_start).known == {}


def undelivered(ledger, day_start, *addresses: str) -> dict[str, str]:
    return ledger.history(RECIPE, "estimates", [], addresses, day_start).undelivered


def test_an_address_is_undelivered_until_a_later_message_leaves(ledger, run, a_claim, at, day_start):
    def message(record: str, state: str, detail: str = "") -> None:
        [taken] = ledger.claim(run, RECIPE, [[a_claim(record)]], at, None, day_start)
        ledger.settle(taken.claim_ids, state, at, detail=detail)

    message("E-1", "sent")
    assert undelivered(ledger, day_start, "+13125550142") == {}
    message("E-2", "failed", "the line is busy")
    message("E-3", "failed", "no such number")
    message("E-4", "released")
    assert undelivered(ledger, day_start, "+13125550142", "+13125550143") == {"+13125550142": "no such number"}
    assert undelivered(ledger, day_start, "+13125550143") == {}
    message("E-5", "queued")
    assert undelivered(ledger, day_start, "+13125550142") == {}


def test_a_failure_that_nobody_explained_counts_too(ledger, run, a_claim, at, day_start):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.settle(taken.claim_ids, "failed", at)
    assert undelivered(ledger, day_start, "+13125550142") == {"+13125550142": "the provider did not say why"}
