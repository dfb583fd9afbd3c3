from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contractor_ops.inbox.sendgrid import SendGridInbox
from contractor_ops.ports import Arrival, Inbox, InboxDown, OptOut, Result, SentMessage, SentStep, StepKey
from tests.providers.sendgrid_server import KEY, LISTS, Answer, SendGridServer, errors

MONDAY = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
NOW = int(MONDAY.timestamp())
HOUR, DAY = 3600, 86400


def everybody(address: str, message_ids: Sequence[str]) -> bool:
    return True


@pytest.fixture
def server() -> Iterator[SendGridServer]:
    with SendGridServer() as running:
        yield running


@pytest.fixture
def inbox(server: SendGridServer) -> Iterator[SendGridInbox]:
    one = SendGridInbox(KEY, server.base, 0.3, lambda: MONDAY)
    yield one
    one.close()


def fetched(
    inbox: Inbox, cursor: str = "", since: datetime = MONDAY - timedelta(days=3), concerns: Any = everybody
) -> tuple[list[Arrival], str]:
    """What comes, and the cursor once all of it has been written down."""
    batches = list(inbox.fetch(cursor, since, concerns))
    return [arrival for batch in batches for arrival in batch.arrivals], batches[-1].cursor if batches else cursor


def test_every_list_says_what_it_means(server: SendGridServer, inbox: SendGridInbox) -> None:
    server.suppress("bounces", "Gone@Customer.example", NOW - 5, status="5.1.1", reason="550 5.1.1 The email account\r\n does not exist")
    server.suppress("blocks", "full@customer.example", NOW - 4, status="4.0.0", reason="421 try later\x07")
    server.suppress("invalid_emails", "ann@customer.exmaple", NOW - 3, reason="Mail domain mentioned in email address is unknown")
    server.suppress("unsubscribes", "no@customer.example", NOW - 2)
    server.suppress("spam_reports", "angry@customer.example", NOW - 1, ip="192.0.2.7")
    arrivals, cursor = fetched(inbox)

    def at(seconds: int) -> datetime:
        return MONDAY - timedelta(seconds=seconds)

    assert arrivals == [
        Result(f"sendgrid:bounce:gone@customer.example:{NOW - 5}", "email", "failed", at(5), address="gone@customer.example", code="5.1.1",
               reason="it bounced: 550 5.1.1 The email account does not exist"),
        Result(f"sendgrid:block:full@customer.example:{NOW - 4}", "email", "failed", at(4), address="full@customer.example", code="4.0.0",
               reason="the recipient's mail server turned it away: 421 try later"),
        Result(f"sendgrid:invalid:ann@customer.exmaple:{NOW - 3}", "email", "failed", at(3), address="ann@customer.exmaple",
               reason="SendGrid takes the address for invalid: Mail domain mentioned in email address is unknown"),
        OptOut(f"sendgrid:unsubscribe:no@customer.example:{NOW - 2}", "email", "no@customer.example", at(2), "unsubscribed at SendGrid"),
        OptOut(f"sendgrid:spam-report:angry@customer.example:{NOW - 1}", "email", "angry@customer.example", at(1), "reported our mail as spam"),
    ]  # fmt: skip
    assert cursor == str(NOW - 1)


def test_nothing_new_moves_nothing(inbox: SendGridInbox) -> None:
    assert fetched(inbox, "1795400000") == ([], "1795400000")


def test_the_next_fetch_goes_on_from_the_cursor_and_overlaps_a_day(server: SendGridServer, inbox: SendGridInbox) -> None:
    server.suppress("bounces", "old@customer.example", NOW - 2 * DAY)
    server.suppress("bounces", "known@customer.example", NOW - HOUR)
    before, cursor = fetched(inbox)
    server.suppress("unsubscribes", "late@customer.example", NOW - 2 * HOUR)  # stamped before the cursor, and on the list only now
    server.suppress("spam_reports", "new@customer.example", NOW - 60)
    after, _ = fetched(inbox, cursor)
    assert [one.address for one in before] == ["old@customer.example", "known@customer.example"]  # type: ignore[union-attr]
    assert [one.address for one in after] == ["late@customer.example", "known@customer.example", "new@customer.example"]  # type: ignore[union-attr]
    assert {one.key for one in before} & {one.key for one in after} == {f"sendgrid:bounce:known@customer.example:{NOW - HOUR}"}


def test_all_pages_come_and_the_oldest_first(server: SendGridServer, inbox: SendGridInbox) -> None:
    for number in range(1203):
        server.suppress("bounces", f"c{number}@customer.example", NOW - number)
    batches = list(inbox.fetch("", MONDAY - timedelta(days=1), everybody))
    times = [int(arrival.key.rpartition(":")[2]) for batch in batches for arrival in batch.arrivals]
    assert times == list(range(NOW - 1202, NOW + 1))
    assert [int(batch.cursor) for batch in batches] == [int(batch.arrivals[-1].key.rpartition(":")[2]) for batch in batches]
    assert len(batches) > 1


def test_pages_smaller_than_asked_for_are_read_to_their_end(server: SendGridServer, inbox: SendGridInbox) -> None:
    server.page = 7
    for number in range(30):
        server.suppress("blocks", f"c{number}@customer.example", NOW - number)
    arrivals, _ = fetched(inbox)
    assert len({one.key for one in arrivals}) == len(arrivals) == 30


def test_entries_that_are_added_meanwhile_neither_hide_others_nor_come_twice(server: SendGridServer, inbox: SendGridInbox) -> None:
    server.page = 5
    for number in range(20):
        server.suppress("bounces", f"c{number}@customer.example", NOW - number - 1)
    added = iter(range(6))
    server.meanwhile = lambda path: (
        "bounces" in path and [server.suppress("bounces", f"n{n}@customer.example", NOW) for n in [next(added, None)] if n is not None]
    )
    keys = [one.key for one in fetched(inbox)[0]]
    assert len(set(keys)) == len(keys)
    assert {f"sendgrid:bounce:c{number}@customer.example:{NOW - number - 1}" for number in range(20)} <= set(keys)


def test_a_server_that_gives_one_page_for_ever_is_left(server: SendGridServer, inbox: SendGridInbox) -> None:
    for _ in range(20):
        server.next("done", Answer(200, [{"email": "ann@customer.example", "created": NOW}]))
    assert len(fetched(inbox)[0]) == len(LISTS)


def test_the_first_fetch_learns_all_who_ever_opted_out_but_no_old_failures(server: SendGridServer, inbox: SendGridInbox) -> None:
    for name in LISTS:
        server.suppress(name, f"{name}@customer.example", NOW - 700 * DAY)
    arrivals, cursor = fetched(inbox)
    assert sorted(one.address for one in arrivals) == ["spam_reports@customer.example", "unsubscribes@customer.example"]  # type: ignore[union-attr]
    assert fetched(inbox, cursor, MONDAY)[1] == cursor


def test_failures_of_others_are_not_given_and_opt_outs_of_others_are(server: SendGridServer, inbox: SendGridInbox) -> None:
    server.suppress("bounces", "Ann@customer.example", NOW)
    server.suppress("bounces", "newsletter-reader@elsewhere.example", NOW)
    server.suppress("unsubscribes", "future-customer@elsewhere.example", NOW)
    arrivals, _ = fetched(inbox, concerns=lambda address, ids: address == "ann@customer.example")
    assert [one.address for one in arrivals] == ["ann@customer.example", "future-customer@elsewhere.example"]  # type: ignore[union-attr]


def test_a_time_that_has_not_come_does_not_hide_what_comes_before_it(server: SendGridServer, inbox: SendGridInbox) -> None:
    server.suppress("bounces", "odd@customer.example", NOW + 400 * DAY)
    assert fetched(inbox)[1] == str(NOW)


def test_being_killed_in_the_middle_loses_nothing(server: SendGridServer, inbox: SendGridInbox) -> None:
    for number in range(500):
        server.suppress("bounces", f"c{number}@customer.example", NOW - 10 * number)
    first = next(inbox.fetch("", MONDAY - timedelta(days=3), everybody))
    rest, _ = fetched(inbox, first.cursor)
    assert len({one.key for one in (*first.arrivals, *rest)}) == 500


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (errors(401, "authorization required"), r"refuses the key \(SENDGRID_API_KEY\)"),
        (errors(403, "access forbidden"), "does not allow suppression/bounces to this key"),
        (errors(429, "too many requests"), "asked less often"),
        (Answer(503), "cannot answer just now"),
        (Answer(200, b"<html>Welcome</html>"), "means nothing"),
        (Answer(200, {"bounces": []}), "SendGrid's list of bounces is not as its description says"),
        (Answer(200, [{"email": "ann@customer.example"}]), "not as its description says"),
        (Answer(200, [{"email": None, "created": 5}]), "not as its description says"),
        (Answer(200, ["ann@customer.example"]), "not as its description says"),
        ("hang", r"did not answer within 0\.3 seconds"),
        ("drop", "ended the connection"),
    ],
)
def test_a_list_that_cannot_be_had_is_said_and_the_next_fetch_has_all(
    fault: Any, words: str, server: SendGridServer, inbox: SendGridInbox
) -> None:
    server.suppress("bounces", "gone@customer.example", NOW)
    server.next("done", fault)
    with pytest.raises(InboxDown, match=words) as caught:
        fetched(inbox)
    assert caught.value.reason.startswith("SendGrid")
    assert KEY not in caught.value.reason
    assert len(fetched(inbox)[0]) == 1


def test_nothing_is_given_before_every_list_was_read(server: SendGridServer, inbox: SendGridInbox) -> None:
    """The cursor is one for all lists: it must not pass what a list that failed would have told."""
    server.suppress("bounces", "gone@customer.example", NOW)

    def hang_up(path: str) -> None:
        if "spam_reports" in path:
            raise ConnectionAbortedError

    server.meanwhile = hang_up
    with pytest.raises(InboxDown):
        next(inbox.fetch("", MONDAY, everybody))


def test_nobody_listening_is_said() -> None:
    with SendGridServer() as gone:
        base = gone.base
    with pytest.raises(InboxDown, match="cannot be reached"):
        fetched(SendGridInbox(KEY, base, 0.3))


def sent(address: str, id: str) -> SentMessage:
    step = SentStep(1, "follow-up", "estimates", StepKey("E-1", "first-nudge"), "office", "queued", id)
    return SentMessage(1, MONDAY - timedelta(hours=1), "email", address, "Ann Li", "", "sendgrid", "<1@x.example>", "Hello", "Hi", (step,))


@pytest.mark.parametrize("name", ["bounces", "invalid_emails"])
def test_mail_to_an_address_that_failed_long_ago_is_dropped_without_a_word_and_asked_for(
    server: SendGridServer, inbox: SendGridInbox, name: str
) -> None:
    server.suppress(name, "gone@customer.example", NOW - 90 * DAY, reason="550 no such user")
    server.suppress(name, "later@customer.example", NOW - 60, reason="550 no such user")  # after ours had left: its own entry tells of it
    messages = [sent(f"{who}@customer.example", f"id-{who}") for who in ("gone", "later", "ann")]
    assert [(result.state, result.provider_id) for result in inbox.became(messages)] == [
        ("failed", "id-gone"), ("sent", "id-later"), ("sent", "id-ann")
    ]  # fmt: skip
