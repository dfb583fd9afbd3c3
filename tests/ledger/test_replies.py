from dataclasses import replace
from datetime import timedelta

import pytest

from contractor_ops.ports import Answer

RECIPE = "estimate-follow-up"


def answered(ledger, day_start, *known_as: str) -> dict[str, Answer]:
    return ledger.history(RECIPE, "estimates", [], known_as, day_start).answered


def test_a_reply_comes_back_as_it_was_kept(ledger, a_reply, at):
    kept = a_reply(
        "imap:<1@li.example>", "Yes please", channel="email", address="ann@li.example", label="yes", reason="it says yes", weight="pleasant",
        whole="Yes please\n> Any questions?", subject="Re: your estimate",
    )  # fmt: skip
    assert ledger.add_reply(kept) == 1
    assert ledger.replies() == [replace(kept, number=1)]


def test_a_reply_is_kept_once(ledger, a_reply):
    assert not ledger.reply_known("twilio:SM1")
    assert ledger.add_reply(a_reply()) == 1
    assert ledger.add_reply(a_reply(text="Other words")) is None
    assert ledger.reply_known("twilio:SM1")
    assert [reply.text for reply in ledger.replies()] == ["Can you call me?"]


def test_replies_are_told_by_when_they_were_written(ledger, a_reply, at):
    for key, minutes in (("c", 3), ("a", 1), ("b", 2)):
        ledger.add_reply(a_reply(key, at=at + timedelta(minutes=minutes)))
    assert [reply.key for reply in ledger.replies()] == ["a", "b", "c"]
    assert [reply.key for reply in ledger.replies(at + timedelta(minutes=2))] == ["b", "c"]


def test_a_reply_names_the_records_of_the_message_that_it_answers(ledger, run, a_claim, a_reply, at, day_start):
    group = [a_claim("E-1"), a_claim("E-2", body=None, settled_by="E-1")]
    ledger.claim(run, RECIPE, [[a_claim("E-9")], group], at, None, day_start)
    [message] = [message for message in ledger.messages() if len(message.steps) == 2]
    ledger.add_reply(a_reply("a", answers=message.id))
    ledger.add_reply(a_reply("b"))
    assert [(reply.answers, reply.records) for reply in ledger.replies()] == [
        (message.id, ((RECIPE, "estimates", "E-1"), (RECIPE, "estimates", "E-2"))),
        (None, ()),
    ]


def test_an_answer_stands_under_the_address_and_the_customer(ledger, a_reply, at, day_start):
    ledger.add_reply(a_reply(text="Can you\n  call   me?"))
    answer = Answer(at, "question", "stops", "Can you call me?")
    asked = ["+13125550142", "number:C-7", "ann@li.example", "number:C-8"]
    assert answered(ledger, day_start, *asked) == {"+13125550142": answer, "number:C-7": answer}
    assert answered(ledger, day_start, "number:C-7") == {"number:C-7": answer}
    assert answered(ledger, day_start) == {}


def test_a_reply_of_nobody_we_know_stands_under_its_address_only(ledger, a_reply, day_start):
    ledger.add_reply(a_reply(customer=None, customer_key=""))
    assert list(answered(ledger, day_start, "", "+13125550142")) == ["+13125550142"]


def test_the_first_words_of_an_answer_are_enough(ledger, a_reply, day_start):
    ledger.add_reply(a_reply(text="call me " * 100))
    assert answered(ledger, day_start, "number:C-7")["number:C-7"].words == ("call me " * 15)[:120]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_several_answers_the_weightiest_counts(ledger, a_reply, at, day_start, order):
    weights = ("stops", "pleasant", "automatic")
    for minute, position in enumerate(order):
        ledger.add_reply(a_reply(f"key-{position}", weight=weights[position], at=at + timedelta(minutes=minute)))
    assert answered(ledger, day_start, "number:C-7")["number:C-7"].weight == "stops"
    ledger._connection.run("UPDATE replies SET lifted_at = at WHERE weight = 'stops'")
    assert answered(ledger, day_start, "number:C-7")["number:C-7"].weight == "pleasant"


@pytest.mark.parametrize("first", [0, 1])
def test_of_equal_answers_the_latest_counts(ledger, a_reply, at, day_start, first):
    early, late = a_reply("early", "Who is this?"), a_reply("late", "And how much?", at=at + timedelta(seconds=1))
    for reply in (early, late) if first == 0 else (late, early):
        ledger.add_reply(reply)
    assert answered(ledger, day_start, "+13125550142")["+13125550142"].words == "And how much?"


def test_who_only_wants_messages_again_has_answered_nothing(ledger, a_reply, day_start):
    ledger.add_reply(a_reply("a", "START", label="start"))
    assert answered(ledger, day_start, "number:C-7") == {}
    ledger.add_reply(a_reply("b", "How much?"))
    ledger.add_reply(a_reply("c", "UNSTOP", label="start"))
    assert answered(ledger, day_start, "number:C-7")["number:C-7"].label == "question"


def test_what_a_person_has_dealt_with_stops_nothing_more(ledger, a_reply, at, day_start):
    later = at + timedelta(hours=2)
    ledger.add_reply(a_reply("a"))
    ledger.add_reply(a_reply("b", address="+13125550143", customer_key="number:C-8"))
    assert ledger.lift_answers(["+13125550142"], later) == 1
    assert [reply.lifted_at for reply in ledger.replies()] == [later, None]
    assert set(answered(ledger, day_start, "+13125550142", "number:C-7", "number:C-8")) == {"number:C-8"}
    assert ledger.lift_answers(["+13125550142"], later + timedelta(hours=1)) == 0
    assert ledger.replies()[0].lifted_at == later


def test_an_answer_after_the_lifting_stops_again(ledger, a_reply, at, day_start):
    ledger.add_reply(a_reply("a", "How much?"))
    ledger.lift_answers(["number:C-7"], at)
    ledger.add_reply(a_reply("b", "And when?"))
    assert answered(ledger, day_start, "number:C-7")["number:C-7"].words == "And when?"


@pytest.mark.parametrize("named", [["+13125550142"], ["number:C-7"], ["ann@li.example", "", "nobody@li.example"]])
def test_lifting_one_address_of_a_customer_lifts_all_that_the_customer_answered(ledger, a_reply, at, named):
    ledger.add_reply(a_reply("a"))
    ledger.add_reply(a_reply("b", channel="email", address="ann@li.example"))
    ledger.add_reply(a_reply("c", channel="email", address="ann@work.example"))
    ledger.add_reply(a_reply("d", address="+13125550143", customer_key=""))
    assert ledger.lift_answers(named, at) == 3


def test_lifting_an_address_that_is_nobodys_lifts_no_other_such(ledger, a_reply, at):
    ledger.add_reply(a_reply("a", customer_key=""))
    ledger.add_reply(a_reply("b", customer_key="", address="+13125550143"))
    assert ledger.lift_answers(["+13125550142"], at) == 1
    assert ledger.lift_answers([], at) == 0
    assert ledger.lift_answers([""], at) == 0


def test_a_customer_is_known_by_answers_that_were_lifted_before(ledger, a_reply, at):
    ledger.add_reply(a_reply("a"))
    ledger.lift_answers(["+13125550142"], at)
    ledger.add_reply(a_reply("b", channel="email", address="ann@li.example"))
    assert ledger.lift_answers(["+13125550142"], at) == 1


def test_a_claim_is_refused_once_the_customer_has_answered(ledger, run, a_claim, a_reply, at, day_start):
    ledger.add_reply(a_reply())
    groups = [
        [a_claim("E-1", stopped_by=frozenset({"stops", "pleasant"}))],
        [a_claim("E-2", stopped_by=frozenset({"stops", "pleasant"}), address="ann@li.example", customer_key="number:C-7")],
        [
            a_claim("E-3", stopped_by=frozenset({"stops", "pleasant"}), address="bob@ray.example"),
            a_claim("E-4", stopped_by=frozenset({"stops", "pleasant"})),
        ],
        [a_claim("E-5")],
        [a_claim("E-6", stopped_by=frozenset({"stops", "pleasant"}), address="bob@ray.example", customer_key="number:C-8")],
    ]
    refusals = [result.refusal for result in ledger.claim(run, RECIPE, groups, at, None, day_start)]
    assert refusals == ["the customer has answered"] * 3 + ["", ""]
    ledger.lift_answers(["number:C-7"], at)
    assert [result.refusal for result in ledger.claim(run, RECIPE, groups[:3], at, None, day_start)] == ["", "", ""]


def test_a_task_about_a_customer_who_has_answered_is_refused_where_it_says_so(ledger, run, a_claim, a_reply, at, day_start):
    ledger.add_reply(a_reply())
    task = a_claim(channel=None, address=None, customer_key="number:C-7", stopped_by=frozenset({"stops", "pleasant"}))
    assert ledger.claim(run, RECIPE, [[task]], at, None, at)[0].refusal == "the customer has answered"


def test_a_pleasant_answer_is_an_answer_too(ledger, run, a_claim, a_reply, at, day_start):
    ledger.add_reply(a_reply(label="yes", weight="pleasant"))
    assert (
        ledger.claim(run, RECIPE, [[a_claim(stopped_by=frozenset({"stops", "pleasant"}))]], at, None, day_start)[0].refusal
        == "the customer has answered"
    )


@pytest.mark.parametrize("fields", [{"weight": "automatic"}, {"label": "start"}])
def test_what_no_person_answered_lets_a_claim_pass(ledger, run, a_claim, a_reply, at, day_start, fields):
    ledger.add_reply(a_reply(**fields))
    assert ledger.claim(run, RECIPE, [[a_claim(stopped_by=frozenset({"stops", "pleasant"}))]], at, None, day_start)[0].claim_ids


def test_a_machines_answer_after_a_persons_does_not_let_a_claim_pass(ledger, run, a_claim, a_reply, at, day_start):
    ledger.add_reply(a_reply("a"))
    ledger.add_reply(a_reply("b", weight="automatic", at=at + timedelta(minutes=1)))
    assert (
        ledger.claim(run, RECIPE, [[a_claim(stopped_by=frozenset({"stops", "pleasant"}))]], at, None, day_start)[0].refusal
        == "the customer has answered"
    )


ANN, HER_MAIL, BOB = "+13125550142", "ann@li.example", "+13125550143"
STOPPED = frozenset({"stops", "pleasant"})


@pytest.fixture
def texted(ledger, run, a_claim, at, day_start):
    """A text to Ann, of whom the sheet knew two addresses; the message's number."""
    ledger.claim(run, RECIPE, [[a_claim("E-1", customer_key=f"phone:{ANN}", known_as=(ANN, HER_MAIL))]], at, None, day_start)
    return ledger.messages()[0].id


def records(ledger, day_start, *wanted: str, recipe: str = RECIPE, table: str = "estimates") -> dict[str, Answer]:
    return ledger.history(recipe, table, wanted, [], day_start).answered_records


@pytest.mark.parametrize("wrote", [{"address": ANN}, {"address": HER_MAIL}, {"address": "ann@private.example", "channel": "email"}])
def test_an_answer_is_everybodys_who_was_known_with_the_message(ledger, texted, a_reply, day_start, wrote):
    ledger.add_reply(a_reply(answers=texted, customer_key="", **wrote))
    assert set(answered(ledger, day_start, ANN, HER_MAIL, f"phone:{ANN}", BOB)) == {ANN, HER_MAIL, f"phone:{ANN}"}


def test_a_lighter_answer_to_the_message_hides_no_weightier_one_of_the_address(ledger, texted, a_reply, at, day_start):
    ledger.add_reply(a_reply("a", address=HER_MAIL, customer_key=""))
    ledger.add_reply(a_reply("b", weight="automatic", answers=texted, at=at + timedelta(minutes=1)))
    assert answered(ledger, day_start, HER_MAIL)[HER_MAIL].weight == "stops"


def test_an_answer_holds_for_the_records_of_the_message(ledger, run, a_claim, a_reply, at, day_start):
    group = [a_claim("E-1", known_as=(ANN,)), a_claim("E-2", body=None, settled_by="E-1", known_as=(ANN,))]
    ledger.claim(run, RECIPE, [group, [a_claim("E-3", address=BOB, known_as=(BOB,))]], at, None, day_start)
    ledger.add_reply(a_reply(answers=1))
    assert records(ledger, day_start, "E-1", "E-2", "E-3") == dict.fromkeys(
        ["E-1", "E-2"], Answer(at, "question", "stops", "Can you call me?", f"{RECIPE}/first-nudge")
    )
    assert set(records(ledger, day_start, "E-1", recipe="win-back")) == {"E-1"}
    assert records(ledger, day_start, "E-1", recipe="reminders", table="invoices") == {}
    ledger.lift_answers([ANN], at)
    assert records(ledger, day_start, "E-1", "E-2", "E-3") == {}


def test_behind_the_weightiest_answer_stand_those_to_other_steps(ledger, run, a_claim, a_reply, at, day_start):
    asked = a_claim("E-1", "rating", known_as=(ANN,))
    ledger.claim(run, RECIPE, [[a_claim("E-1", known_as=(ANN,))], [asked]], at, None, day_start)
    ledger.add_reply(a_reply("a", answers=1, at=at))
    ledger.add_reply(a_reply("b", answers=2, at=at + timedelta(hours=1)))
    ledger.add_reply(a_reply("c", answers=2, at=at + timedelta(hours=2)))
    found = records(ledger, day_start, "E-1")["E-1"]
    nudged, rated = f"{RECIPE}/first-nudge", f"{RECIPE}/rating"
    assert (found.at, found.to, found.but({rated}).to, found.but({rated, nudged})) == (at + timedelta(hours=2), rated, nudged, None)


def test_an_answer_to_a_message_to_our_own_people_is_none_about_the_record(ledger, run, a_claim, a_reply, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim("E-1", "tell-owner", address="+13125550101")]], at, None, day_start)
    ledger.add_reply(a_reply(address="+13125550101", customer_key="", answers=1))
    assert records(ledger, day_start, "E-1") == {}


@pytest.mark.parametrize("named", [ANN, HER_MAIL, f"phone:{ANN}"])
def test_lifting_by_any_name_of_the_customer_lifts_what_the_customer_answered(ledger, texted, a_reply, at, named):
    ledger.add_reply(a_reply("a", address=ANN, customer_key="", answers=texted))
    ledger.add_reply(a_reply("b", address=HER_MAIL, customer_key=""))  # it names no message of ours
    ledger.add_reply(a_reply("c", address="ann@private.example", customer_key="", answers=texted))
    ledger.add_reply(a_reply("d", address=BOB, customer_key=""))
    assert ledger.lift_answers([named], at) == 3


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"record": "I-1", "address": HER_MAIL}, "the customer has answered"),
        ({"record": "I-1", "address": BOB, "known_as": (BOB, HER_MAIL)}, "the customer has answered"),
        ({"record": "E-1", "step": "second-nudge", "address": "+13125550199"}, "the customer has answered"),
        ({"record": "I-1", "address": "+13125550199"}, ""),
        ({"record": "I-1", "address": HER_MAIL, "stopped_by": frozenset()}, ""),
        ({"record": "E-1", "step": "second-nudge", "address": "+13125550199", "stopped_by": frozenset({"pleasant"})}, ""),
    ],
)
def test_a_claim_is_refused_by_an_answer_to_any_message_of_the_customer_or_about_the_record(
    ledger, run, texted, a_claim, a_reply, at, day_start, fields, refusal
):
    ledger.add_reply(a_reply(answers=texted, customer_key=f"phone:{ANN}"))
    one = a_claim(**{"customer_key": "", "stopped_by": STOPPED, **fields})
    assert ledger.claim(run, RECIPE, [[one]], at, None, day_start)[0].refusal == refusal


def test_what_a_colleague_wrote_names_every_row_that_it_is_about(ledger, a_reply, at):
    records = (("job-note-cleanup", "note_gaps", "J-1"), ("job-note-cleanup", "note_gaps", "J-2"))
    kept = a_reply("a", "J-1: 2 hrs. J-2: no parts", customer="Luis Ortega", records=records, lifted_at=at)
    ledger.add_reply(kept)
    ledger.add_reply(a_reply("b"))
    assert [reply.records for reply in ledger.replies()] == [records, ()]
    assert ledger.colleagues_replies("note_gaps") == [replace(kept, number=1)]
    assert ledger.colleagues_replies("jobs") == []
