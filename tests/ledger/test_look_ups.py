"""Every look-up of a run and of the inbox goes by an index: none reads a table that grows with the years."""

import re
from datetime import timedelta

import pytest

from contractor_ops.ports import KeptReply

RECIPE = "estimate-follow-up"
GROWING = {"words", "addressees", "steps", "history", "details", "replies", "results", "known", "landlines", "review_members"}
ASKED = ["+13125550142", "ann@li.example", "number:C-7"]

LOOK_UPS = {
    "history": lambda ledger, at: ledger.history(RECIPE, "estimates", ["E-1", "E-2"], ASKED, at),
    "has_written_to": lambda ledger, at: ledger.has_written_to("ann@li.example"),
    "first_message_at": lambda ledger, at: ledger.first_message_at(),
    "sent_to": lambda ledger, at: ledger.sent_to("ann@li.example", at),
    "sent_as": lambda ledger, at: ledger.sent_as(["<1@northside.example>"]),
    "sent_under": lambda ledger, at: ledger.sent_under("SM1"),
    "messages": lambda ledger, at: ledger.messages(at),
    "reply_known": lambda ledger, at: ledger.reply_known("twilio:SM1"),
    "replies": lambda ledger, at: ledger.replies(at),
    "results": lambda ledger, at: ledger.results(at),
    "channel_troubles": lambda ledger, at: ledger.channel_troubles(at),
    "lift_answers": lambda ledger, at: ledger.lift_answers(ASKED, at),
    "abandoned": lambda ledger, at: ledger.abandoned(RECIPE, 2),
    "recipes_left_open": lambda ledger, at: ledger.recipes_left_open(),
    "result_known": lambda ledger, at: ledger.result_known("twilio:SM1"),
    "cursor": lambda ledger, at: ledger.cursor("imap"),
}


@pytest.fixture
def filled(ledger, run, a_claim, a_reply, a_result, at, day_start):
    """A ledger with a line in each table, so that no look-up ends early."""
    [taken] = ledger.claim(
        run,
        RECIPE,
        [[a_claim(message_id="<1@northside.example>", customer_key="number:C-7", day="2026-11-20", known_as=("ann@li.example",))]],
        at,
        None,
        at,
    )
    ledger.settle(taken.claim_ids, "sent", at, provider_id="SM1", detail="it went well")
    ledger.add_reply(a_reply(answers=1))
    ledger.add_result(a_result("1", "failed", blocks=True), 1, at)
    ledger.note_landline("+13125550142", at, "twilio")
    return ledger


def plans(ledger, look_up) -> list[str]:
    """How SQLite does each of a look-up's statements. A look whether there is anything at all ends with the first line."""
    connection, statements, found = ledger._connection, [], []
    connection.raw.set_trace_callback(statements.append)
    look_up()
    connection.raw.set_trace_callback(None)
    for statement in statements:
        if re.match(r"\s*(SELECT|UPDATE)", statement) and not re.match(r"SELECT 1 FROM replies .*LIMIT 1$", statement):
            aliases = {alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", statement)}
            for *_, said in connection.rows(f"EXPLAIN QUERY PLAN {statement}"):
                found.append(re.sub(r"^SCAN (\w+)", lambda match, aliases=aliases: f"SCAN {aliases.get(match[1], match[1])}", said))
    return found


def scans(said: list[str]) -> list[str]:
    """What is read from end to end, but for the index of what was left open, which is short."""
    return [one for one in said if one.startswith("SCAN") and one.split()[1] in GROWING and "steps_left_open" not in one]


@pytest.mark.parametrize("name", LOOK_UPS)
def test_a_look_up_reads_no_table_from_end_to_end(filled, at, name):
    said = plans(filled, lambda: LOOK_UPS[name](filled, at))
    assert said
    assert scans(said) == []


def test_a_claim_reads_no_table_from_end_to_end(filled, run, a_claim, at, day_start):
    one = a_claim("E-5", address="bob@ray.example", customer_key="number:C-8", stopped_by=frozenset({"stops", "pleasant"}))
    said = plans(filled, lambda: filled.claim(run, RECIPE, [[one]], at, 1, day_start))
    for index in ("replies_by_customer", "replies_by_words", "addressees_by_name"):
        assert any(index in how for how in said), index
    assert scans(said) == []


def test_a_channel_without_trouble_is_known_without_reading_what_was_delivered(filled, at):
    assert "results_that_block" in plans(filled, lambda: filled.channel_troubles(at))[0]


def test_many_replies_of_others_cost_nothing(ledger, run, a_claim, at, day_start):
    """Counted in steps of SQLite's own machine, which no busy computer changes."""
    ledger.claim(run, RECIPE, [[a_claim("E-7", address="a7@li.example", known_as=("a7@li.example",))]], at, None, day_start)

    def steps_of_a_history() -> int:
        counted = 0

        def count() -> int:
            nonlocal counted
            counted += 1
            return 0

        ledger._connection.raw.set_progress_handler(count, 10)
        ledger.history(
            RECIPE, "estimates", [f"E-{number}" for number in range(300)], [f"a{number}@li.example" for number in range(300)], day_start
        )
        ledger._connection.raw.set_progress_handler(None, 0)
        return counted

    def add(first: int, last: int) -> None:
        theirs = [
            [a_claim(f"F-{number}", address=f"b{number}@ray.example", known_as=(f"c{number}@ray.example",))]
            for number in range(first, last)
        ]
        ledger.claim(run, RECIPE, theirs, at - timedelta(days=9), None, day_start)
        with ledger._connection.writing():
            for number in range(first, last):
                values = (f"key-{number}", f"b{number}@ray.example", (at + timedelta(seconds=number)).isoformat(), f"number:B-{number}")
                sql = """
                    INSERT INTO replies (key, channel, address, at, customer_key, label, weight, answers)
                    VALUES (?, 'email', ?, ?, ?, 'other', 'stops', ?)"""
                ledger._connection.run(sql, (*values, number + 2))

    ledger.add_reply(KeptReply("one", "email", "a7@li.example", at, None, "", "other", "", "stops", "Hello", "", answers=1))
    add(0, 10)
    few = steps_of_a_history()
    add(10, 5000)
    assert steps_of_a_history() <= few * 1.1
