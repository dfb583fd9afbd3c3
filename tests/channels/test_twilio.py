"""Texts through Twilio's official client, against a server of our own that fails at every point, and behind Twilio's own description."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.channels.settings import TwilioPart
from contractor_ops.channels.twilio import LONGEST_WAIT, SHORTEST_WAIT, Twilio, valid_for
from contractor_ops.clients.twilio import TwilioSettings
from contractor_ops.ports import ChannelDown, DeliveryError, InDoubt, Message, Receipt, Refused, TryLater
from tests.providers.prism import prism, why_no_prism
from tests.providers.twilio_server import Fault, TwilioServer, breaks, drops, garbage, hangs, refuses, too_many

MONDAY = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
ANN, OURS, SERVICE = "+13125550142", "+13125550100", "MG" + "b" * 32

Connect = Callable[..., Twilio]


def text(to: str = ANN, body: str = "Hi Ann, any questions about the estimate?", **more: Any) -> Message:
    return Message("sms", to, "Ann Li", body, f"<{to}@northside.example>", **more)


@pytest.fixture
def server() -> Iterator[TwilioServer]:
    with TwilioServer(lambda: MONDAY) as one:
        yield one


@pytest.fixture
def connect(server: TwilioServer) -> Iterator[Connect]:
    made: list[Twilio] = []

    def channel(number: str = OURS, in_flight: int = 4, per_second: float | None = None, **more: Any) -> Twilio:
        chosen = {"api_base": server.base, "timeout": 5.0, "account_sid": server.account_sid, "auth_token": server.auth_token, **more}
        made.append(Twilio(TwilioSettings(from_number=number, **chosen), in_flight, per_second, lambda: MONDAY))
        return made[-1]

    yield channel
    for one in made:
        one.close()


def outcome(channel: Twilio, message: Message) -> Receipt | DeliveryError:
    try:
        return channel.deliver(message)
    except DeliveryError as error:
        return error


# what leaves


def test_a_text_is_handed_over_with_its_words_number_and_time(server: TwilioServer, connect: Connect) -> None:
    receipt = connect().deliver(text(body="Señora Muñoz, 你好 🙂 & more + = %", expires_at=MONDAY + timedelta(minutes=2, milliseconds=900)))
    (taken,) = server.outgoing()
    assert receipt == Receipt("queued", taken["sid"])
    assert server.forms == [{"To": ANN, "From": OURS, "Body": "Señora Muñoz, 你好 🙂 & more + = %", "ValidityPeriod": "120"}]


def test_a_messaging_service_chooses_the_number_itself(server: TwilioServer, connect: Connect) -> None:
    receipt = connect(number="", messaging_service=SERVICE).deliver(text())
    assert receipt.state == "queued"  # Twilio says "accepted"
    assert server.forms == [{"To": ANN, "MessagingServiceSid": SERVICE, "Body": text().body, "ValidityPeriod": str(LONGEST_WAIT)}]


def test_many_texts_use_one_connection(server: TwilioServer, connect: Connect) -> None:
    channel = connect()
    for number in range(10):
        channel.deliver(text(body=f"text {number}"))
    assert (len(server.outgoing()), server.connections) == (10, 1)


def test_a_status_that_says_it_is_gone_is_sent(server: TwilioServer, connect: Connect) -> None:
    server.first_status = "sent"
    assert connect().deliver(text()).state == "sent"


@pytest.mark.parametrize("status", ["failed", "undelivered", "canceled"])
def test_an_answer_that_says_at_once_that_it_failed_is_a_refusal(status: str, server: TwilioServer, connect: Connect) -> None:
    server.first_status = status
    with pytest.raises(Refused, match="a person must look"):
        connect().deliver(text())


# how long a text may wait at Twilio


@given(left=st.integers(-(10**6), 10**6), more=st.integers(0, 999_999))
def test_a_text_never_waits_longer_than_its_window(left: int, more: int) -> None:
    ends = MONDAY + timedelta(seconds=left, microseconds=more)
    try:
        seconds = valid_for(ends, MONDAY)
    except TryLater:
        assert ends < MONDAY + timedelta(seconds=SHORTEST_WAIT)
        return
    assert SHORTEST_WAIT <= seconds <= LONGEST_WAIT == 14_400
    assert MONDAY + timedelta(seconds=seconds) <= ends
    assert seconds == LONGEST_WAIT or ends < MONDAY + timedelta(seconds=seconds + 1)  # not a second less than it might


@pytest.mark.parametrize("seconds", [-60, 0, 4, 4.999])
def test_a_text_whose_window_is_over_is_not_handed_over(seconds: float, server: TwilioServer, connect: Connect) -> None:
    with pytest.raises(TryLater) as told:
        connect().deliver(text(expires_at=MONDAY + timedelta(seconds=seconds)))
    assert not told.value.everybody
    assert server.requests == []


def test_the_window_is_held_in_the_zone_it_was_given_in(server: TwilioServer, connect: Connect) -> None:
    connect().deliver(text(expires_at=datetime.fromisoformat("2026-11-23T10:10:00-06:00")))
    assert server.forms[0]["ValidityPeriod"] == "600"


# what goes wrong: each fault at each point

REFUSALS: list[tuple[Fault, type[DeliveryError], dict[str, Any]]] = [
    (refuses(21211), Refused, {"opted_out": False, "landline": False}),
    (refuses(21408, status=403), Refused, {}),
    (refuses(21610), Refused, {"opted_out": True, "landline": False}),
    (refuses(21612), Refused, {}),
    (refuses(21614), Refused, {"landline": True, "opted_out": False}),
    (refuses(21635), Refused, {"landline": True}),
    (refuses(29999, "something new"), Refused, {"opted_out": False, "landline": False}),
    (breaks(400), Refused, {}),
    (refuses(20003, status=401), ChannelDown, {}),
    (refuses(20003, status=403), ChannelDown, {}),
    (refuses(20006, status=403), ChannelDown, {}),
    (refuses(20404, status=404), ChannelDown, {}),
    (refuses(21606), ChannelDown, {}),
    (refuses(21608), ChannelDown, {}),
    (refuses(30002), ChannelDown, {}),
    (refuses(30034), ChannelDown, {}),
    (breaks(401), ChannelDown, {}),
    (breaks(404), ChannelDown, {}),
    (breaks(302), ChannelDown, {}),
    (refuses(21611), TryLater, {"everybody": True, "after": None}),
    (too_many(), TryLater, {"everybody": True, "after": None}),
    (too_many("7"), TryLater, {"everybody": True, "after": 7.0}),
    (too_many("0.5"), TryLater, {"after": 0.5}),
    (too_many("Wed, 21 Oct 2015 07:28:00 GMT"), TryLater, {"after": 0.0}),
    (too_many("soon"), TryLater, {"after": None}),
    (too_many("-1"), TryLater, {"after": None}),
    (breaks(429), TryLater, {"everybody": True}),
]
DOUBTS = [
    *(breaks(status, at) for status in (500, 502, 503, 504) for at in ("read", "taken")),
    refuses(20500, status=500),
    refuses(20429, status=503),
    *(hangs(at) for at in ("unread", "read", "taken")),
    *(drops(at) for at in ("unread", "read", "taken")),
    garbage(),
    garbage(body=""),
    garbage(body="[]"),
    garbage(body="null"),
    garbage(body="{}"),
    garbage(body='{"sid": 7}'),
    garbage(body='{"sid": "SM1", "date_created": 5}'),
    garbage(body='{"sid": "SM1", "status"'),
    garbage(body="<html>Log in to the hotel's network</html>", status=200),
    Fault("answer", "taken", 204),
]


@pytest.mark.parametrize(("fault", "kind", "more"), REFUSALS)
def test_a_refusal_is_certain(
    fault: Fault, kind: type[DeliveryError], more: dict[str, Any], server: TwilioServer, connect: Connect
) -> None:
    channel = connect()
    server.fails(fault)
    told = outcome(channel, text())
    assert type(told) is kind
    assert {name: getattr(told, name) for name in more} == more
    assert (len(server.requests), server.outgoing()) == (1, [])
    assert isinstance(outcome(channel, text()), Receipt)  # the next one is none the worse for it


@pytest.mark.parametrize("fault", DOUBTS)
def test_silence_and_nonsense_after_the_request_was_written_is_doubt_and_is_not_tried_again(
    fault: Fault, server: TwilioServer, connect: Connect
) -> None:
    channel = connect(timeout=0.3)
    server.fails(fault)
    told = outcome(channel, text())
    assert type(told) is InDoubt
    assert "may have left" in told.reason
    assert len(server.requests) == 1
    assert len(server.outgoing()) == (1 if fault.at == "taken" else 0)
    assert isinstance(outcome(channel, text()), Receipt)


def test_refusals_of_a_number_are_that_numbers_own(server: TwilioServer, connect: Connect) -> None:
    channel = connect()
    server.opted_out, server.landlines = {"+13125550111"}, {"+13125550112"}
    told = [outcome(channel, text(to)) for to in ("+13125550111", "+13125550112", ANN, "12")]
    assert [type(one) for one in told] == [Refused, Refused, Receipt, Refused]
    assert (told[0].opted_out, told[1].landline) == (True, True)  # type: ignore[union-attr]


def test_a_wrong_token_stops_the_run(server: TwilioServer, connect: Connect) -> None:
    with pytest.raises(ChannelDown, match="TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"):
        connect(auth_token="wrong").deliver(text())


@given(
    faults=st.lists(
        st.sampled_from([None, *(fault for fault, _, _ in REFUSALS), *(one for one in DOUBTS if one.how != "hang")]), max_size=8
    )
)
def test_whatever_happens_a_text_leaves_at_most_once_and_nothing_that_left_is_called_unsent(faults: list[Fault | None]) -> None:
    with TwilioServer(lambda: MONDAY) as server:
        channel = Twilio(TwilioSettings(server.account_sid, server.auth_token, OURS, "", server.base, 5.0), clock=lambda: MONDAY)
        for number, fault in enumerate(faults):
            if fault is not None:
                server.fails(fault)
            told = outcome(channel, text(body=f"text {number}"))
            left = [row for row in server.outgoing() if row["body"] == f"text {number}"]
            assert len(left) <= 1
            assert isinstance(told, Receipt | InDoubt) or not left
            assert not isinstance(told, Receipt) or told.provider_id == left[0]["sid"]
        assert len(server.requests) == len(faults)
        channel.close()


# nothing was put to Twilio: nothing is in doubt


def test_nobody_listens(connect: Connect) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(ChannelDown, match="Connection refused"):
            connect(api_base=base).deliver(text())


def test_a_host_that_does_not_exist(connect: Connect) -> None:
    with pytest.raises(ChannelDown, match="cannot be found"):
        connect(api_base="https://no-such-host.invalid").deliver(text())


def test_a_server_that_accepts_and_never_greets(connect: Connect) -> None:
    """The TLS handshake hangs: the time-out is one of reading, and yet nothing was written."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        with pytest.raises(ChannelDown, match="did not answer within"):
            connect(api_base=f"https://127.0.0.1:{deaf.getsockname()[1]}", timeout=0.3).deliver(text())


def test_a_server_that_speaks_no_tls(server: TwilioServer, connect: Connect) -> None:
    with pytest.raises(ChannelDown):
        connect(api_base=server.base.replace("http:", "https:"), timeout=2.0).deliver(text())
    assert server.outgoing() == []


def test_the_token_never_goes_unencrypted_to_another_machine(connect: Connect) -> None:
    channel = connect(api_base="http://api.twilio.example")
    with pytest.raises(ChannelDown, match="unencrypted"):
        channel.deliver(text())
    assert channel.left(text(), MONDAY) is None


def test_words_that_are_no_characters_are_that_texts_own_fault(server: TwilioServer, connect: Connect) -> None:
    with pytest.raises(Refused, match="no character"):
        connect().deliver(text(body="Hi \ud83d"))
    assert server.requests == []


# encrypted


def test_an_authority_that_nobody_trusts_gets_nothing(server_tls: ssl.SSLContext, connect: Connect) -> None:
    with TwilioServer(tls=server_tls) as server:
        with pytest.raises(ChannelDown, match="certificate that cannot be trusted"):
            connect(api_base=server.base).deliver(text())
        assert server.requests == []


def test_tls_trusts_what_the_system_trusts(server_tls: ssl.SSLContext, trusted: None, connect: Connect) -> None:
    with TwilioServer(tls=server_tls) as server:
        assert isinstance(connect(api_base=server.base).deliver(text()), Receipt)


@pytest.mark.parametrize("fault", [drops("read"), drops("taken")])
def test_a_tls_connection_that_breaks_after_the_request_is_doubt(
    fault: Fault, server_tls: ssl.SSLContext, trusted: None, connect: Connect
) -> None:
    with TwilioServer(tls=server_tls) as server:
        server.fails(fault)
        assert type(outcome(connect(api_base=server.base), text())) is InDoubt


# several at once


def test_texts_of_several_threads_get_their_own_answers_over_their_own_connections(server: TwilioServer, connect: Connect) -> None:
    channel, threads = connect(in_flight=8), 8
    all_are_there = threading.Barrier(threads)
    server.before_answer = lambda: all_are_there.wait(timeout=20)
    messages = [text(body=f"text {number}") for number in range(threads * 10)]
    with ThreadPoolExecutor(threads) as pool:
        receipts = list(pool.map(channel.deliver, messages))
    assert [server.message(one.provider_id)["body"] for one in receipts] == [message.body for message in messages]
    assert (server.most_at_once, len(server.outgoing())) == (threads, len(messages))
    assert server.connections <= threads


def test_faults_of_one_thread_are_not_anothers(server: TwilioServer, connect: Connect) -> None:
    channel, threads = connect(in_flight=8), 8
    numbers = [f"+1312555{number:04d}" for number in range(100, 180)]
    server.opted_out = set(numbers[::2])
    for number in numbers[1::4]:
        server.fails(too_many(str(int(number[-3:]))), to=number)
    with ThreadPoolExecutor(threads) as pool:
        told = list(pool.map(lambda number: outcome(channel, text(number)), numbers))
    assert all(isinstance(one, Refused) and one.opted_out for one in told[::2])
    assert [one.after for one in told[1::4] if isinstance(one, TryLater)] == [float(number[-3:]) for number in numbers[1::4]]
    assert {row["to"] for row in server.outgoing()} == set(numbers[3::4])


# what became of a text in doubt


@pytest.mark.parametrize(("status", "state"), [("queued", "queued"), ("accepted", "queued"), ("sending", "queued"), ("sent", "sent"),
                                               ("delivered", "sent"), ("undelivered", "sent"), ("failed", "sent")])  # fmt: skip
def test_a_text_that_was_taken_is_found(status: str, state: str, server: TwilioServer, connect: Connect) -> None:
    channel = connect()
    server.fails(breaks(500, "taken"))
    assert type(outcome(channel, text())) is InDoubt
    (row,) = server.outgoing()
    server.becomes(row["sid"], status)
    assert channel.left(text(), MONDAY - timedelta(milliseconds=1)) == Receipt(state, row["sid"])  # type: ignore[arg-type]


def test_a_text_that_is_not_seen_is_never_called_unsent(server: TwilioServer, connect: Connect) -> None:
    channel = connect()
    server.fails(breaks(500, "read"))
    assert type(outcome(channel, text())) is InDoubt
    channel.deliver(text("+13125550143"))  # somebody else's
    channel.deliver(text(body="other words"))
    server.text_from(ANN, text().body)  # her own words, sent back
    assert channel.left(text(), MONDAY) is None


@pytest.mark.parametrize("fault", [breaks(500), refuses(20003, status=401), too_many(), garbage("read", status=200), drops(), hangs()])
def test_nobody_who_can_be_asked_proves_nothing(fault: Fault, server: TwilioServer, connect: Connect) -> None:
    channel = connect(timeout=0.3)
    channel.deliver(text())
    server.fails(fault, method="GET")
    assert channel.left(text(), MONDAY) is None
    assert isinstance(channel.left(text(), MONDAY), Receipt)


def test_texts_of_trial_accounts_and_with_other_blanks_are_known_again(server: TwilioServer, connect: Connect) -> None:
    channel, server.trial = connect(), True
    receipt = channel.deliver(text(body="Hi Ann,\r\nany  questions? \n"))
    server.message(receipt.provider_id)["body"] = server.message(receipt.provider_id)["body"].rstrip().replace("\r", "")
    assert channel.left(text(body="Hi Ann,\r\nany  questions? \n"), MONDAY) == receipt


def test_of_two_with_the_same_words_the_first_one_since_is_meant(server: TwilioServer, connect: Connect) -> None:
    channel, sids = connect(), {}
    for minutes in (-1440, -2, 1, 30):
        server.clock = lambda minutes=minutes: MONDAY + timedelta(minutes=minutes)
        sids[minutes] = channel.deliver(text()).provider_id
    assert channel.left(text(), MONDAY) == Receipt("queued", sids[1])
    assert channel.left(text(), MONDAY + timedelta(minutes=2)) == Receipt("queued", sids[30])
    assert channel.left(text(), MONDAY - timedelta(days=2)) == Receipt("queued", sids[-1440])


def test_a_text_that_is_known_to_be_anothers_is_not_taken_for_this_one(server: TwilioServer, connect: Connect) -> None:
    channel = connect()
    others = {channel.deliver(text()).provider_id}
    assert channel.left(text(), MONDAY, others.__contains__) is None
    receipt = channel.deliver(text())
    assert channel.left(text(), MONDAY, others.__contains__) == receipt


def test_clocks_may_differ_by_minutes_but_yesterdays_text_is_another(server: TwilioServer, connect: Connect) -> None:
    channel = connect()
    receipt = channel.deliver(text())
    assert channel.left(text(), MONDAY + timedelta(minutes=4, milliseconds=300)) == receipt
    assert channel.left(text(), MONDAY + timedelta(minutes=6)) is None


# settings


@pytest.mark.parametrize(
    ("config", "rate"),
    [
        ({"from": OURS}, 1.0),
        ({"from": "+18005550100"}, 3.0),
        ({"from": "8885550100"}, 3.0),
        ({"messaging_service": SERVICE}, 1.0),
        ({"messaging_service": SERVICE, "per_second": 20}, 20.0),
        ({"from": "+18775550100", "per_second": 0.5}, 0.5),
    ],
)
def test_how_many_leave_in_a_second(config: dict[str, Any], rate: float) -> None:
    part = TwilioPart.model_validate({"provider": "twilio", **config})
    assert Twilio(part.settings("AC1", "token"), part.in_flight, part.per_second).per_second == rate


def test_config_becomes_settings() -> None:
    part = TwilioPart.model_validate({"provider": "twilio", "from": "13125550100", "timeout": "12 s", "api_base": "http://127.0.0.1:1"})
    assert part.settings(" AC1\n", " token ") == TwilioSettings("AC1", "token", OURS, "", "http://127.0.0.1:1", 12.0)
    assert TwilioPart.model_validate({"provider": "twilio", "from": "72345"}).settings("AC1", "t").from_number == "72345"


@pytest.mark.parametrize(
    ("base", "local"),
    [("http://127.0.0.1:8099", True), ("http://localhost:1", True), ("http://[::1]:1", True), ("https://api.twilio.com", False)],
)
def test_only_this_machine_is_local(base: str, local: bool) -> None:
    assert Twilio(TwilioSettings("AC1", "token", OURS, api_base=base)).local is local


# behind Twilio's own description of its API


@pytest.fixture(scope="module")
def described() -> Iterator[tuple[TwilioServer, str]]:
    with TwilioServer(lambda: MONDAY) as server, prism("twilio_api_v2010.json", server.base) as base:
        yield server, base


@pytest.mark.skipif(bool(why_no_prism()), reason=why_no_prism())
def test_every_request_is_as_twilios_own_description_says(described: tuple[TwilioServer, str], connect: Connect) -> None:
    server, base = described
    number = connect(api_base=base)
    service = connect(number="", messaging_service=SERVICE, api_base=base)
    words = ["Hi Ann", "Señora Muñoz, 你好 🙂 & + = %", "x" * 1600, "two\nlines"]
    for channel in (number, service):
        for body in words:
            message = text(body=body, expires_at=MONDAY + timedelta(minutes=9))
            receipt = channel.deliver(message)
            assert server.message(receipt.provider_id)["body"] == body
    assert isinstance(number.left(text(body="Hi Ann"), MONDAY), Receipt)
    number.probe()
    assert len(server.outgoing()) == 2 * len(words)


@pytest.mark.skipif(bool(why_no_prism()), reason=why_no_prism())
@pytest.mark.parametrize(("fault", "kind", "more"), [one for one in REFUSALS if one[0].status in {400, 401, 429}])
def test_refusals_come_through_the_description_as_they_are(
    fault: Fault, kind: type[DeliveryError], more: dict[str, Any], described: tuple[TwilioServer, str], connect: Connect
) -> None:
    server, base = described
    server.fails(fault)
    told = outcome(connect(api_base=base), text(body="refused"))
    assert type(told) is kind
    assert {name: getattr(told, name) for name in more} == more


@pytest.mark.skipif(bool(why_no_prism()), reason=why_no_prism())
@pytest.mark.parametrize(("place", "form"), [("ACshort", {"To": ANN, "Body": "x"}), ("AC" + "0a" * 16, {"Body": "x"}),
                                             ("AC" + "0a" * 16, {"To": ANN, "ValidityPeriod": "long"})])  # fmt: skip
def test_the_description_is_enforced(place: str, form: dict[str, str], described: tuple[TwilioServer, str]) -> None:
    server, base = described
    before = len(server.requests)
    request = Request(f"{base}/2010-04-01/Accounts/{place}/Messages.json", urlencode(form).encode(), {"Authorization": "Basic YTpi"})
    with pytest.raises(HTTPError) as told:
        urlopen(request, timeout=20)
    assert told.value.code == 422
    assert len(server.requests) == before
