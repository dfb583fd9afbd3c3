"""What is carried out together, and what became of it."""

from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.actions.bundle import bundles_of, claims_for, conclude, hold
from tests.actions.conftest import AT, KEYS, decision


def test_rows_of_one_group_and_one_wording_are_one_bundle() -> None:
    ann, bo = {"group": "customer:ann", "to": "ann@li.example", "body": "Two invoices."}, {"to": "bo@ray.example"}
    due = [decision("E-1", **ann), decision("E-2", **bo), decision("E-3", **ann)]
    assert [[one.record for one in bundle] for bundle in bundles_of(due, "message")] == [["E-1", "E-3"], ["E-2"]]


def test_one_group_with_two_wordings_is_two_bundles() -> None:
    due = [decision("E-1", group="customer:ann", body="one"), decision("E-2", group="customer:ann", body="two")]
    assert len(bundles_of(due, "message")) == 2


def test_only_what_acts_and_is_of_that_action_is_carried_out() -> None:
    other = [decision("E-1"), decision("E-2", action="task"), decision("E-3")]
    other[2].decision = "hold"
    assert [[one.record for one in bundle] for bundle in bundles_of(other, "message")] == [["E-1"]]
    assert [[one.record for one in bundle] for bundle in bundles_of(other, "task")] == [["E-2"]]


@given(st.lists(st.tuples(st.sampled_from(["", "customer:ann", "customer:bo"]), st.sampled_from(["one", "two"])), max_size=12))
def test_every_decision_is_in_one_bundle_and_bundles_keep_the_order_of_the_sheet(rows: list[tuple[str, str]]) -> None:
    due = [decision(f"E-{n}", group=group, body=body, to="x@li.example") for n, (group, body) in enumerate(rows)]
    bundles = bundles_of(due, "message")
    assert sorted(one.record for bundle in bundles for one in bundle) == sorted(one.record for one in due)
    firsts = [due.index(bundle[0]) for bundle in bundles]
    assert firsts == sorted(firsts)
    for bundle in bundles:
        assert len({(one.group, one.body) for one in bundle}) == 1
        assert len(bundle) == 1 or bundle[0].group


def test_claims_name_the_record_whose_message_covers_them() -> None:
    claims = claims_for([decision("E-1"), decision("E-2"), decision("E-3")], "<1@northside.example>", KEYS, {"E-2": "2026-11-20"})
    assert [(one.key.record, one.settled_by, one.day, one.message_id) for one in claims] == [
        ("E-1", None, "", "<1@northside.example>"), ("E-2", "E-1", "2026-11-20", "<1@northside.example>"), ("E-3", "E-1", "", "<1@northside.example>"),
    ]  # fmt: skip


def test_a_step_is_claimed_by_its_key_and_not_by_its_name() -> None:
    [claim] = claims_for([decision("E-1", anchor="2026-11-25")], "", {"first-nudge": "nudge-of-old"}, {})
    assert (claim.key.step, claim.key.anchor) == ("nudge-of-old", "2026-11-25")


def test_a_claim_says_all_that_is_known_of_the_customer() -> None:
    [claim] = claims_for([decision("E-1", known_as=("+13125550142", "ann@li.example"))], "", KEYS, {})
    assert claim.known_as == ("+13125550142", "ann@li.example")


def test_the_outcome_and_its_note_stand_in_every_decision() -> None:
    bundle = [decision("E-1"), decision("E-2")]
    conclude(bundle, "failed", "no such mailbox")
    assert [(one.decision, one.outcome, one.settled_by, one.reason) for one in bundle] == [
        ("act", "failed", None, "sent 2 days ago — no such mailbox"), ("act", "failed", "E-1", "sent 2 days ago — no such mailbox"),
    ]  # fmt: skip


def test_what_is_held_did_nothing() -> None:
    bundle = [decision("E-1")]
    hold(bundle, "the window closed", AT)
    assert (bundle[0].decision, bundle[0].until, bundle[0].outcome, bundle[0].reason) == (
        "hold",
        AT,
        None,
        "sent 2 days ago — the window closed",
    )
