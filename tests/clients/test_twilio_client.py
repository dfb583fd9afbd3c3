"""What Twilio's lists say, through the official client, against a server of our own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from contractor_ops.clients.twilio import TwilioClient, TwilioSettings
from contractor_ops.ports import ChannelDown, InboxDown, InDoubt
from tests.providers.prism import prism, why_no_prism
from tests.providers.twilio_server import Fault, TwilioServer, breaks, drops, garbage, hangs, refuses, too_many

MONDAY = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
ANN, BOB, OURS = "+13125550142", "+13125550143", "+13125550100"

Connect = Callable[..., TwilioClient]


@pytest.fixture
def server() -> Iterator[TwilioServer]:
    with TwilioServer(lambda: MONDAY) as one:
        yield one


@pytest.fixture
def connect(server: TwilioServer) -> Iterator[Connect]:
    made: list[TwilioClient] = []

    def client(number: str = OURS, **more: object) -> TwilioClient:
        chosen = {"api_base": server.base, "timeout": 5.0, "account_sid": server.account_sid, "auth_token": server.auth_token, **more}
        made.append(TwilioClient(TwilioSettings(from_number=number, **chosen)))
        return made[-1]

    yield client
    for one in made:
        one.close()


def send(server: TwilioServer, client: TwilioClient, to: str, body: str, status: str = "delivered", code: int | None = None) -> str:
    sid = client.create(to, body).sid
    server.becomes(sid, status, code)
    return sid


# the list of messages


def test_texts_that_came_and_texts_that_went_are_given_with_their_times(server: TwilioServer, connect: Connect) -> None:
    client = connect()
    came = server.text_from(ANN, "Yes please ☺", at=MONDAY - timedelta(hours=2))
    went = send(server, client, ANN, "Hi Ann")
    got = {one.sid: one for one in client.messages(MONDAY - timedelta(days=1))}
    assert set(got) == {came, went}
    assert (got[came].inbound, got[came].from_number, got[came].body) == (True, ANN, "Yes please ☺")
    assert got[came].sent == MONDAY - timedelta(hours=2)
    assert (got[went].inbound, got[went].to, got[went].status, got[went].created) == (False, ANN, "delivered", MONDAY)


def test_a_text_that_failed_says_why(server: TwilioServer, connect: Connect) -> None:
    client = connect()
    send(server, client, ANN, "Hi Ann", "undelivered", 30006)
    (one,) = client.messages(MONDAY)
    assert (one.status, one.code, one.meaning.landline, one.meaning.result) == ("undelivered", 30006, True, "failed")


def test_texts_of_other_numbers_of_the_account_are_left_out_where_texts_come_from_one_number(
    server: TwilioServer, connect: Connect
) -> None:
    server.text_from(ANN, "for us")
    server.text_from(BOB, "for the other shop", to="+13125550199")
    assert [one.body for one in connect().messages(MONDAY)] == ["for us"]
    assert {one.body for one in connect(number="", messaging_service="MG" + "0" * 32).messages(MONDAY)} == {"for us", "for the other shop"}


def test_whole_gmt_days_are_asked_for_whatever_zone_a_moment_is_in(server: TwilioServer, connect: Connect) -> None:
    server.text_from(ANN, "Sunday", at=datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC))
    server.text_from(ANN, "early on Monday", at=datetime(2026, 11, 23, 0, 0, tzinfo=UTC))
    evening_in_chicago = datetime.fromisoformat("2026-11-22T23:30:00-06:00")
    assert [one.body for one in connect().messages(evening_in_chicago)] == ["early on Monday"]
    assert {one.body for one in connect().messages(evening_in_chicago - timedelta(days=1))} == {"Sunday", "early on Monday"}


def test_long_lists_are_read_to_their_end_from_the_same_address(server: TwilioServer, connect: Connect) -> None:
    for number in range(450):
        server.text_from(ANN, f"text {number}", at=MONDAY - timedelta(seconds=number))
    got = [one.body for one in connect().messages(MONDAY - timedelta(days=1))]
    assert sorted(got) == sorted(f"text {number}" for number in range(450))
    assert [method for method, _ in server.requests] == ["GET"] * 4  # three pages of what came, one of what went


def test_what_arrives_while_a_list_is_read_neither_hides_nor_doubles_anything(server: TwilioServer, connect: Connect) -> None:
    for number in range(300):
        server.text_from(ANN, f"text {number}", at=MONDAY - timedelta(seconds=number))
    got = []
    for one in connect().messages(MONDAY - timedelta(days=1)):
        got.append(one.body)
        if len(got) == 150:
            server.text_from(ANN, "a late one", at=MONDAY + timedelta(seconds=1))
    assert sorted(got) == sorted(f"text {number}" for number in range(300))


def test_a_text_that_has_not_left_yet_is_not_in_the_list_but_can_be_asked_for(server: TwilioServer, connect: Connect) -> None:
    client = connect()
    sid = client.create(ANN, "Hi Ann").sid
    assert list(client.messages(MONDAY)) == []
    one = client.message(sid)
    assert one is not None
    assert (one.status, one.sent) == ("queued", None)
    assert client.message("SM" + "f" * 32) is None


# what was handed over for one number


def test_texts_to_a_number_are_found_whether_they_have_left_or_not(server: TwilioServer, connect: Connect) -> None:
    client = connect()
    first = send(server, client, ANN, "one")
    second = client.create(ANN, "two").sid
    send(server, client, BOB, "not hers")
    server.text_from(ANN, "hers")
    assert {one.sid for one in client.messages_to(ANN, MONDAY)} == {first, second}


def test_an_old_acquaintance_is_not_read_back_to_the_beginning(server: TwilioServer, connect: Connect) -> None:
    client = connect()
    for days in range(200, 0, -1):
        server.clock = lambda days=days: MONDAY - timedelta(days=2 * days)
        send(server, client, ANN, f"{days} days ago")
    server.clock = lambda: MONDAY
    sid = client.create(ANN, "today").sid
    server.requests.clear()
    assert [one.sid for one in client.messages_to(ANN, MONDAY - timedelta(minutes=5))] == [sid]
    assert len(server.requests) == 1


# calls


def test_calls_keep_their_legs_forwarding_and_names(server: TwilioServer, connect: Connect) -> None:
    parent = server.call(ANN, at=MONDAY, duration=31, forwarded_from="+13125550111", caller_name="LI ANN")
    child = server.call(ANN, at=MONDAY, status="no-answer", direction="outbound-dial", parent=parent, to="+13125550102")
    server.call("anonymous", at=MONDAY - timedelta(days=3))
    calls = {one.sid: one for one in connect().calls(MONDAY - timedelta(days=1))}
    assert set(calls) == {parent, child}
    theirs = calls[parent]
    assert (theirs.from_number, theirs.to, theirs.direction, theirs.status, theirs.parent) == (ANN, OURS, "inbound", "completed", "")
    assert (theirs.started, theirs.duration, theirs.forwarded_from, theirs.caller_name) == (MONDAY, 31, "+13125550111", "LI ANN")
    assert (calls[child].parent, calls[child].duration, calls[child].status) == (parent, None, "no-answer")


def test_a_long_call_log_is_read_to_its_end(server: TwilioServer, connect: Connect) -> None:
    sids = {server.call(ANN, at=MONDAY - timedelta(minutes=number)) for number in range(401)}
    assert {one.sid for one in connect().calls(MONDAY - timedelta(days=1))} == sids


# trouble

TROUBLE = [
    (refuses(20003, status=401), "refused the log-in"),
    (too_many("3"), "slow down"),
    (breaks(500), "fault of its own"),
    (breaks(502), "fault of its own"),
    (breaks(404), "not Twilio's address"),
    (garbage("read", status=200), "means nothing"),
    (garbage("read", body="[]", status=200), "means nothing"),
    (garbage("read", body="{}", status=200), "means nothing"),
    (garbage("read", body='{"messages": [{"sid": 7}]}', status=200), "means nothing"),
    (garbage("read", body='{"calls": [{"sid": "CA1", "duration": "long"}]}', status=200), "means nothing"),
    (Fault("answer", "read", 204), "means nothing"),
    (drops(), "ended the connection"),
    (hangs(), "did not answer within 0.3 seconds"),
]


@pytest.mark.parametrize(("fault", "words"), TROUBLE)
@pytest.mark.parametrize("what", ["messages", "calls", "messages_to"])
def test_a_list_that_cannot_be_read_is_a_sentence(what: str, fault: Fault, words: str, server: TwilioServer, connect: Connect) -> None:
    client = connect(timeout=0.3)
    ask = {
        "messages": lambda: client.messages(MONDAY),
        "calls": lambda: client.calls(MONDAY),
        "messages_to": lambda: client.messages_to(ANN, MONDAY),
    }
    server.fails(fault, method="GET")
    with pytest.raises(InboxDown) as told:
        list(ask[what]())
    assert words in told.value.reason
    assert list(ask[what]()) == []  # the next time it works


def test_a_list_that_breaks_off_in_the_middle_is_never_taken_for_the_whole(server: TwilioServer, connect: Connect) -> None:
    for number in range(250):
        server.text_from(ANN, f"text {number}", at=MONDAY - timedelta(seconds=number))
    got = []
    with pytest.raises(InboxDown):
        for one in connect().messages(MONDAY - timedelta(days=1)):
            got.append(one)
            if len(got) == 1:
                server.fails(breaks(500), method="GET")
    assert len(got) == 200


def test_the_log_in_can_be_tried(server: TwilioServer, connect: Connect) -> None:
    connect().probe()
    with pytest.raises(ChannelDown, match="TWILIO_AUTH_TOKEN"):
        connect(auth_token="wrong").probe()


@pytest.mark.parametrize("sid", ["", "AC 1", "AC1\r\nX-Evil: 1", "AC1/../x", "ACé"])
def test_an_account_that_cannot_be_one_is_not_asked_for(sid: str, server: TwilioServer, connect: Connect) -> None:
    with pytest.raises(ChannelDown, match="TWILIO_ACCOUNT_SID"):
        connect(account_sid=sid).create(ANN, "Hi Ann")
    assert server.requests == []


def test_the_token_is_never_shown(server: TwilioServer, connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    client = connect()
    client.create(ANN, "a very private text")
    server.fails(breaks(500))
    with pytest.raises(InDoubt) as told:
        client.create(ANN, "a very private text")
    shown = f"{client.settings!r}{caplog.text}{told.value!r}{told.value.__cause__!r}"
    assert server.auth_token not in shown
    assert "private" not in shown


def test_the_address_that_is_set_holds_whatever_the_environment_says(
    server: TwilioServer, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    monkeypatch.setenv("TWILIO_REGION", "au1")
    connect().create(ANN, "Hi Ann")
    assert len(server.outgoing()) == 1


@pytest.mark.skipif(bool(why_no_prism()), reason=why_no_prism())
def test_every_list_is_asked_for_as_twilios_own_description_says(server: TwilioServer, connect: Connect) -> None:
    for number in range(250):
        server.text_from(ANN, f"text {number}", at=MONDAY - timedelta(seconds=number))
    server.call(ANN, at=MONDAY, duration=3)
    with prism("twilio_api_v2010.json", server.base) as base:
        client = connect(api_base=base)
        sid = client.create(ANN, "Hi Ann", 60).sid
        assert len(list(client.messages(MONDAY - timedelta(days=1)))) == 250
        assert [one.sid for one in client.messages_to(ANN, MONDAY)] == [sid]
        assert len(list(client.calls(MONDAY - timedelta(days=1)))) == 1
        found = client.message(sid)
        assert found is not None
        assert found.body == "Hi Ann"
        client.probe()


def test_rows_come_the_latest_first(server: TwilioServer, connect: Connect) -> None:
    """As Twilio's lists do: whoever wants them in order must sort."""
    for number in range(3):
        server.text_from(ANN, f"text {number}", at=MONDAY + timedelta(seconds=number))
    times = [one.sent for one in connect().messages(MONDAY) if one.sent]
    assert all(later > earlier for later, earlier in pairwise(times))
