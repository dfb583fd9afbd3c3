"""Texts that come back, and what became of ours, through Twilio's official client from a server of our own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from contractor_ops.clients.twilio import TwilioClient, TwilioSettings
from contractor_ops.inbox.twilio import TwilioInbox
from contractor_ops.ports import Arrival, Batch, Inbox, InboxDown, Reply, Result
from tests.providers.twilio_server import Fault, TwilioServer, drops, garbage, hangs, refuses

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
FIRST = NOW - timedelta(days=10)
ANN, OURS, THEIRS = "+13125550142", "+13125550100", "+13125550177"
SERVICE = "MG" + "1b" * 16

Connect = Callable[..., TwilioInbox]


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@pytest.fixture
def server() -> Iterator[TwilioServer]:
    with TwilioServer(lambda: NOW) as one:
        yield one


@pytest.fixture
def connect(server: TwilioServer) -> Iterator[Connect]:
    opened: list[TwilioInbox] = []

    def inbox(number: str = OURS, service: str = "", timeout: float = 5.0, token: str = "") -> TwilioInbox:
        settings = TwilioSettings(server.account_sid, token or server.auth_token, number, service, server.base, timeout)
        opened.append(TwilioInbox(TwilioClient(settings)))
        return opened[-1]

    yield inbox
    for one in opened:
        one.close()


def batches(inbox: Inbox, cursor: str = "", since: datetime = FIRST) -> list[Batch]:
    return list(inbox.fetch(cursor, since, lambda address, message_ids: False))


def look(inbox: Inbox, cursor: str = "", since: datetime = FIRST) -> tuple[list[Arrival], str]:
    given = batches(inbox, cursor, since)
    return [arrival for batch in given for arrival in batch.arrivals], given[-1].cursor


def send(server: TwilioServer, sender: str = OURS, status: str = "delivered", code: int | None = None, service: str = "") -> str:
    """A text of ours, and what became of it; its sid."""
    client = TwilioClient(TwilioSettings(server.account_sid, server.auth_token, "" if service else sender, service, server.base, 5.0))
    sid = client.create(ANN, "Hi Ann").sid
    client.close()
    server.becomes(sid, status, code, **({"from": sender} if service else {}))
    return sid


# ── replies ──


def test_a_text_is_a_reply_with_its_words_untouched(server: TwilioServer, connect: Connect) -> None:
    sid = server.text_from(ANN, "Yes, 9 works 👍\nAnn", NOW - hours(1))
    assert look(connect())[0] == [Reply(f"twilio:{sid}", "sms", ANN, NOW - hours(1), "Yes, 9 works 👍\nAnn")]


@pytest.mark.parametrize("sender", ["729725", "ACMEPARTS", "anonymous"])
def test_short_codes_and_senders_in_letters_stay_as_they_are(server: TwilioServer, connect: Connect, sender: str) -> None:
    server.text_from(sender, "Your code is 1")
    [reply] = look(connect())[0]
    assert isinstance(reply, Reply) and reply.address == sender


def test_an_answer_through_another_kind_of_message_is_the_same_persons(server: TwilioServer, connect: Connect) -> None:
    server.text_from(f"rcs:{ANN}", "stop", to=OURS)
    [reply] = look(connect())[0]
    assert isinstance(reply, Reply) and reply.address == ANN


@pytest.mark.parametrize(
    ("media", "body", "text"), [("1", "", "(a picture)"), ("3", " ", "(3 pictures)"), ("1", "See?", "See?"), ("0", "", "")]
)
def test_a_picture_without_words_is_told(server: TwilioServer, connect: Connect, media: str, body: str, text: str) -> None:
    server.message(server.text_from(ANN, body))["num_media"] = media
    [reply] = look(connect())[0]
    assert isinstance(reply, Reply) and reply.text == text


def test_a_text_that_is_still_arriving_is_given_once_it_is_whole(server: TwilioServer, connect: Connect) -> None:
    sid = server.text_from(ANN, "My fur")
    server.message(sid)["status"] = "receiving"
    given, cursor = look(connect())
    assert given == []
    server.becomes(sid, "received", body="My furnace is out")
    [reply] = look(connect(), cursor)[0]
    assert isinstance(reply, Reply) and reply.text == "My furnace is out"


def test_the_same_words_again_and_again_are_each_given(server: TwilioServer, connect: Connect) -> None:
    for minute in range(5):
        server.text_from(ANN, "I am driving", NOW - timedelta(minutes=5 - minute))
    assert len({arrival.key for arrival in look(connect())[0]}) == 5


# ── results ──


@pytest.mark.parametrize(
    ("status", "state"),
    [("sent", "sent"), ("partially_delivered", "sent"), ("delivered", "delivered"), ("read", "delivered")],
)
def test_what_became_of_a_text(server: TwilioServer, connect: Connect, status: str, state: str) -> None:
    sid = send(server, status=status)
    assert look(connect())[0] == [Result(f"twilio:{sid}:{status}", "sms", state, NOW, sid, address=ANN)]  # type: ignore[arg-type]


@pytest.mark.parametrize("status", ["queued", "accepted", "scheduled", "sending", "never heard of"])
def test_nothing_has_become_of_it_yet(server: TwilioServer, connect: Connect, status: str) -> None:
    sid = send(server, status="sent")
    server.message(sid)["status"] = status
    assert look(connect())[0] == []


@pytest.mark.parametrize("status", ["failed", "undelivered"])
@pytest.mark.parametrize(
    ("code", "state", "landline", "opted_out", "blocks", "says"),
    [
        (30006, "failed", True, False, False, "landline"),
        (21610, "failed", False, True, False, "opted out"),
        (30034, "failed", False, False, True, "not registered"),
        (30036, "unsent", False, False, False, "before the sending hours ended"),
        (30005, "failed", False, False, False, "no longer in use"),
        (39999, "failed", False, False, False, "39999"),
    ],
)
def test_a_text_that_failed_says_why_and_what_it_means(
    server: TwilioServer, connect: Connect, status: str, code: int, state: str, landline: bool, opted_out: bool, blocks: bool, says: str
) -> None:
    sid = send(server, status=status, code=code)
    [result] = look(connect())[0]
    assert isinstance(result, Result) and says in result.reason
    assert (result.key, result.provider_id, result.address, result.code) == (f"twilio:{sid}:{status}", sid, ANN, str(code))
    assert (result.state, result.landline, result.opted_out, result.blocks) == (state, landline, opted_out, blocks)


def test_a_failure_without_a_code_goes_to_a_person(server: TwilioServer, connect: Connect) -> None:
    send(server, status="failed")
    [result] = look(connect())[0]
    assert isinstance(result, Result) and (result.state, result.code) == ("failed", "") and "a person must look" in result.reason


def test_a_text_that_was_taken_back_never_arrived(server: TwilioServer, connect: Connect) -> None:
    server.message(send(server, status="sent"))["status"] = "canceled"
    [result] = look(connect())[0]
    assert isinstance(result, Result) and result.state == "failed" and "took it back" in result.reason


def test_a_status_that_changes_later_is_a_new_result(server: TwilioServer, connect: Connect) -> None:
    sid = send(server, status="sent")
    _, cursor = look(connect())
    server.clock = lambda: NOW + hours(50)
    send(server, status="delivered")
    server.becomes(sid, "undelivered", 30003)
    keys = [arrival.key for arrival in look(connect(), cursor)[0]]
    assert f"twilio:{sid}:undelivered" in keys and len(keys) == 2


# ── whose texts ──


def test_a_number_that_is_in_a_service_is_still_ours(server: TwilioServer, connect: Connect) -> None:
    sid = send(server)
    server.message(sid)["messaging_service_sid"] = SERVICE  # Twilio gives texts one that were sent without
    assert [arrival.key for arrival in look(connect())[0]] == [f"twilio:{sid}:delivered"]


def test_other_numbers_of_the_account_are_left_out(server: TwilioServer, connect: Connect) -> None:
    mine = {f"twilio:{server.text_from(ANN, 'for us')}", f"twilio:{send(server)}:delivered"}
    server.text_from(ANN, "for the shop next door", to=THEIRS)
    send(server, sender=THEIRS)
    assert {arrival.key for arrival in look(connect())[0]} == mine


def test_a_messaging_service_hears_all_its_numbers_and_nothing_of_other_services(server: TwilioServer, connect: Connect) -> None:
    mine = {f"twilio:{server.text_from(ANN, 'a')}", f"twilio:{server.text_from(ANN, 'b', to=THEIRS)}"}
    mine.add(f"twilio:{send(server, service=SERVICE)}:delivered")
    another = "MG" + "2c" * 16
    send(server, service=another)
    server.message(server.text_from(ANN, "for them", to=THEIRS))["messaging_service_sid"] = another
    assert {arrival.key for arrival in look(connect("", SERVICE))[0]} == mine


# ── from where it left off ──


def test_the_first_look_begins_at_its_moment_and_nothing_older_comes_later(server: TwilioServer, connect: Connect) -> None:
    server.text_from(ANN, "long ago", NOW - hours(5))
    server.text_from(ANN, "since", NOW - hours(3))
    given, cursor = look(connect(), since=NOW - hours(4))
    assert [reply.text for reply in given if isinstance(reply, Reply)] == ["since"]
    again, _ = look(connect(), cursor, since=NOW - timedelta(days=300))
    assert again == given


def test_a_look_goes_back_three_days_before_the_newest_message_seen(server: TwilioServer, connect: Connect) -> None:
    for days in (6, 4, 2.9, 0):
        server.text_from(ANN, f"{days} days ago", NOW - timedelta(days=days))
    given, cursor = look(connect())
    assert len(given) == 4
    again, after = look(connect(), cursor)
    assert [reply.text for reply in again if isinstance(reply, Reply)] == ["2.9 days ago", "0 days ago"] and after == cursor


def test_what_came_after_a_long_silence_is_all_given(server: TwilioServer, connect: Connect) -> None:
    server.text_from(ANN, "first")
    _, cursor = look(connect())
    _, cursor = look(connect(), cursor)  # nothing new
    later = {f"twilio:{server.text_from(ANN, 'x', NOW + timedelta(days=days))}" for days in range(1, 30, 4)}
    assert later <= {arrival.key for arrival in look(connect(), cursor)[0]}


def test_the_texts_of_a_day_that_began_elsewhere_are_not_lost(server: TwilioServer, connect: Connect) -> None:
    """Twilio's days are GMT's: 19:30 in Chicago is tomorrow there."""
    evening = datetime.fromisoformat("2026-11-22T19:30:00-06:00")
    server.text_from(ANN, "evening", evening)
    assert len(look(connect(), since=evening)[0]) == 1
    assert look(connect(), since=evening + timedelta(seconds=1))[0] == []


def test_an_empty_account_gives_an_empty_batch_and_a_place_to_go_on_from(server: TwilioServer, connect: Connect) -> None:
    [batch] = batches(connect())
    assert batch.arrivals == () and batch.cursor
    server.text_from(ANN, "hello")
    assert len(look(connect(), batch.cursor)[0]) == 1


@pytest.mark.parametrize("count", [99, 100, 101, 122, 450])
def test_hundreds_of_texts_are_given_once_each_and_the_oldest_first(server: TwilioServer, connect: Connect, count: int) -> None:
    sids = [server.text_from(ANN, str(number), NOW - timedelta(seconds=count - number)) for number in range(count)]
    given = batches(connect())
    assert [arrival.key for batch in given for arrival in batch.arrivals] == [f"twilio:{sid}" for sid in sids]
    assert {batch.cursor for batch in given[:-1]} <= {""} and given[-1].cursor
    assert all(batch.arrivals for batch in given)


def test_whoever_is_killed_between_two_batches_begins_at_the_same_place(server: TwilioServer, connect: Connect) -> None:
    for number in range(250):
        server.text_from(ANN, str(number), NOW - timedelta(seconds=number))
    half = connect().fetch("", FIRST, lambda address, message_ids: False)
    kept = {arrival.key: arrival for arrival in next(half).arrivals}
    cursor = ""  # that of the batch that was written down
    given, cursor = look(connect(), cursor)
    assert len(kept) == 100 and len(kept | {arrival.key: arrival for arrival in given}) == 250
    assert [arrival.key for arrival in given][:100] == list(kept)


def test_looking_twice_tells_the_same_keys(server: TwilioServer, connect: Connect) -> None:
    server.text_from(ANN, "hello", NOW - hours(1))
    send(server)
    first, cursor = look(connect())
    assert look(connect(), cursor) == (first, cursor)


def test_replies_and_results_are_in_one_order(server: TwilioServer, connect: Connect) -> None:
    for hour in (4, 2):
        server.text_from(ANN, "hm", NOW - hours(hour))
        server.clock = lambda hour=hour: NOW - hours(hour - 1)  # type: ignore[misc]
        send(server)
    moments = [arrival.at for arrival in look(connect())[0]]
    assert moments == sorted(moments) and len(set(moments)) == 4


# ── when Twilio cannot be asked ──


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (drops(), "gave an answer that means nothing|ended the connection"),
        (garbage("read", status=200), "means nothing"),
        (garbage("read", body='{"messages": [{"sid": 7}]}', status=200), "means nothing"),
        (Fault("answer", "read", 503, "<html>"), "HTTP 503"),
        (refuses(20429, status=429), "slow down"),
    ],
    ids=["dropped", "garbage", "odd rows", "gateway", "too many"],
)
def test_a_fault_is_told_and_nothing_is_lost(server: TwilioServer, connect: Connect, fault: Fault, says: str) -> None:
    server.text_from(ANN, "hello")
    inbox = connect()
    server.fails(fault, fault, method="GET")
    with pytest.raises(InboxDown, match=says):
        batches(inbox)
    server._faults.clear()
    assert len(look(inbox)[0]) == 1


def test_a_page_that_is_not_answered_gives_nothing_at_all(server: TwilioServer, connect: Connect) -> None:
    for number in range(450):
        server.text_from(ANN, str(number), NOW - timedelta(seconds=number))
    asked = 0

    def third_page_fails() -> None:
        nonlocal asked
        asked += 1
        if asked == 2:
            server.fails(refuses(20500, status=500), method="GET")

    server.before_answer = third_page_fails
    with pytest.raises(InboxDown):
        next(connect().fetch("", FIRST, lambda address, message_ids: False))
    assert asked == 3
    assert len(look(connect())[0]) == 450


def test_a_silent_server_is_not_waited_for_long(server: TwilioServer, connect: Connect) -> None:
    server.fails(hangs(), method="GET")
    with pytest.raises(InboxDown, match=r"did not answer within 0\.2 seconds"):
        batches(connect(timeout=0.2))


def test_a_wrong_token_says_what_to_do(connect: Connect) -> None:
    with pytest.raises(InboxDown, match=r"refused the log-in.*TWILIO_AUTH_TOKEN"):
        batches(connect(token="f0" * 16))
