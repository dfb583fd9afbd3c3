from datetime import date, timedelta

from contractor_ops.ports import Away, Heard, Numberless, Watched
from contractor_ops.ports.absent import GONE

RECIPE = "estimate-follow-up"
TODAY = date(2026, 11, 23)


def watched(start: str, now: str = "") -> Watched:
    return Watched({"starts_at": start}, {"starts_at": now or start}, None)


def tell(ledger, run, at, *claims, state="sent"):
    for claim, result in zip(claims, ledger.claim(run, RECIPE, [[one] for one in claims], at, None, at), strict=True):
        ledger.settle(result.claim_ids, state, at)
        assert claim


def test_a_record_is_away_when_it_is_not_present_and_its_visit_may_be_to_come(ledger, run, a_claim, at):
    tell(ledger, run, at, *(a_claim(record, customer="Ann Li", day="2026-11-20") for record in ("E-1", "E-2", "E-3", "E-4")))
    ledger.watch(RECIPE, {("E-1", "moved"): watched("2026-11-23T09:00:00"), ("E-2", "moved"): watched("2026-12-02")})
    ledger.watch(RECIPE, {("E-3", "moved"): watched("2026-11-22T09:00:00"), ("E-4", "moved"): watched("2026-11-22", "2026-12-02")})
    found = ledger.away(RECIPE, "estimates", {"E-2"}, TODAY)
    assert [one.record for one in found] == ["E-1", "E-4"]
    assert found[0] == Away("E-1", (Heard("first-nudge", "+13125550142", at),), "Ann Li")
    assert ledger.away("another", "estimates", set(), TODAY) == ledger.away(RECIPE, "jobs", set(), TODAY) == []


def test_one_that_somebody_was_asked_about_stays_away_when_its_day_has_passed(ledger, run, a_claim, at):
    tell(ledger, run, at, *(a_claim(record, day="2026-11-20") for record in ("E-1", "E-2", "E-3")))
    ledger.watch(RECIPE, {(record, "moved"): watched("2026-11-20") for record in ("E-1", "E-2", "E-3")})
    ledger.watch(
        RECIPE, {("E-1", GONE): Watched({"gone": "yes"}, {"gone": "yes"}, at), ("E-2", GONE): Watched({"gone": ""}, {"gone": ""}, None)}
    )
    assert [one.record for one in ledger.away(RECIPE, "estimates", set(), TODAY)] == ["E-1"]
    assert ledger.away(RECIPE, "estimates", {"E-1"}, TODAY) == []


def test_what_was_given_back_or_is_no_message_was_heard_by_nobody(ledger, run, a_claim, at):
    tell(ledger, run, at, a_claim("E-1", day="2026-11-20"), state="released")
    tell(ledger, run, at, a_claim("E-2", day="2026-11-20", channel=None, address=None), state="queued")
    ledger.watch(RECIPE, {(record, "moved"): watched("2026-12-02") for record in ("E-1", "E-2")})
    assert ledger.away(RECIPE, "estimates", set(), TODAY) == []


def test_messages_stand_in_their_order_and_open_tasks_are_counted(ledger, run, a_claim, an_item, at):
    later = at + timedelta(hours=1)
    tell(ledger, run, later, a_claim("E-1", "second-nudge", address="+13125550171"))
    tell(ledger, run, at, a_claim("E-1", day="2026-11-20"))
    ledger.watch(RECIPE, {("E-1", "moved"): watched("2026-12-02")})
    ledger.add_task(an_item("E-1/call"), at)
    done = ledger.add_task(an_item("E-1/visit"), at)
    ledger.decide_review(done, "done", at)
    [one] = ledger.away(RECIPE, "estimates", set(), TODAY)
    assert [heard.step for heard in one.heard] == ["first-nudge", "second-nudge"] and one.tasks == 1


def test_records_without_a_number_are_known_with_their_day_and_the_starts_that_were_told(ledger, run, a_claim, at):
    assert ledger.numberless("estimates") == {}
    tell(ledger, run, at, a_claim("~1f2e", day="2026-11-20"), a_claim("E-1", day="2026-11-20"))
    ledger.watch(RECIPE, {("~1f2e", "moved"): watched("2026-12-02"), ("~1f2e", "other"): Watched({"total": "5"}, {"total": "5"}, None)})
    assert ledger.numberless("estimates") == {"~1f2e": Numberless("2026-11-20", frozenset({"2026-12-02"}))}
    assert ledger.numberless("jobs") == {}
