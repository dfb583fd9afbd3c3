"""What calls brought, and what was asked of the program."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from contractor_ops.ports import CallOutcome, Outcome


@pytest.fixture
def promise(ledger, an_item, at) -> CallOutcome:
    ledger.sync_reviews("estimate-follow-up", [an_item()], at)
    return CallOutcome(1, "estimate-follow-up", "invoices", "2042", "promise", at, "Ann Li", "number:C-7", "+13125550142",
                       date(2026, 12, 4), "pays on Friday")  # fmt: skip


def test_an_outcome_comes_back_as_it_went_in(ledger, promise, at):
    bare = CallOutcome(1, "estimate-follow-up", "invoices", "2043", "reached", at + timedelta(hours=1))
    numbers = [ledger.add_outcome(promise), ledger.add_outcome(bare)]
    assert ledger.outcomes() == [replace(promise, id=numbers[0]), replace(bare, id=numbers[1])]
    assert ledger.outcomes(at + timedelta(minutes=1)) == [replace(bare, id=numbers[1])]
    assert ledger.verify() == []


def test_what_was_taken_back_counts_no_more_and_is_not_deleted(ledger, promise, at):
    first, second = ledger.add_outcome(promise), ledger.add_outcome(promise)
    ledger.take_back_outcomes([first], at)
    assert [one.id for one in ledger.outcomes()] == [second]
    assert ledger._connection.rows("SELECT count(*) FROM call_outcomes") == [(2,)]


@pytest.mark.parametrize("known_as", ["+13125550142", "number:C-7"])
def test_forgetting_empties_who_was_called_and_keeps_that_it_was(ledger, promise, known_as):
    number = ledger.add_outcome(promise)
    ledger.forget_words([known_as])
    assert ledger.outcomes() == [replace(promise, id=number, customer=None, customer_key="", address=None, note="")]


def test_the_schema_knows_the_outcomes_of_the_ports(ledger, promise):
    assert [ledger.add_outcome(replace(promise, outcome=outcome)) for outcome in Outcome.__args__] == [1, 2, 3, 4, 5]


def test_questions_are_noted_by_name(ledger, at):
    ledger.note_question("why", at)
    ledger.note_question("report", at + timedelta(days=1))
    assert ledger.questions() == [(at, "why"), (at + timedelta(days=1), "report")]
    assert ledger.questions(at + timedelta(hours=1)) == [(at + timedelta(days=1), "report")]
