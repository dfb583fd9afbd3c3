import logging
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from contractor_ops.clients.kept_open import stays_here
from contractor_ops.clients.sendgrid import SendGridClient
from contractor_ops.ports import ChannelDown, DeliveryError, InboxDown, InDoubt, Refused, TryLater
from tests.providers.sendgrid_server import KEY, NGINX_TOO_LARGE, Answer, SendGridServer, errors

DOWN, DOUBT, LATER, NO = ChannelDown, InDoubt, TryLater, Refused


def mail(to: str = "ann@customer.example", **more: Any) -> dict[str, Any]:
    return {
        "personalizations": [{"to": [{"email": to}]}],
        "from": {"email": "office@northside.example"},
        "subject": "Your estimate",
        "content": [{"type": "text/plain", "value": "Hi Ann"}],
        **more,
    }


@pytest.fixture
def server() -> Iterator[SendGridServer]:
    with SendGridServer() as running:
        yield running


@pytest.fixture
def client(server: SendGridServer) -> Iterator[SendGridClient]:
    one = SendGridClient(KEY, server.base, timeout=5.0)
    yield one
    one.close()


def impatient(server: SendGridServer) -> SendGridClient:
    return SendGridClient(KEY, server.base, timeout=0.2)


def test_a_mail_is_taken_under_sendgrids_id(server: SendGridServer, client: SendGridClient) -> None:
    assert client.send(mail()) == server.taken[0]["X-Message-Id"]
    assert server.requests == ["POST /v3/mail/send"]
    assert server.headers[0]["user-agent"].startswith("sendgrid/")
    assert server.headers[0]["content-type"] == "application/json"


def test_many_mails_use_one_connection(server: SendGridServer, client: SendGridClient) -> None:
    for number in range(20):
        client.send(mail(f"c{number}@customer.example"))
    assert len(server.taken) == 20
    assert server.connections == 1


def test_several_threads_have_a_connection_each_and_keep_it(server: SendGridServer, client: SendGridClient) -> None:
    threads, each = 6, 15
    together = threading.Barrier(threads)
    server.meanwhile = lambda path: together.wait(10)
    ids: list[str] = []

    def work(name: int) -> None:
        ids.extend(client.send(mail(f"c{name}-{number}@customer.example")) for number in range(each))

    running = [threading.Thread(target=work, args=(name,)) for name in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    assert len(set(ids)) == len(set(server.addresses)) == len(server.taken) == threads * each
    assert server.most_in_flight == server.connections == threads


@pytest.mark.parametrize(
    ("answer", "becomes", "words"),
    [
        (errors(400, "Does not contain a valid address.", "personalizations.0.to.0.email"), NO, r"refuses the message: Does not contain a valid address\.$"),
        (errors(400, "The subject is required.", "subject"), NO, "The subject is required"),
        (Answer(400, {"errors": [{"message": "One."}, {"message": "Two."}]}), NO, r"One\.; Two\."),
        (Answer(400, b""), NO, "400 Bad Request"),
        (Answer(413, NGINX_TOO_LARGE, {"Content-Type": "text/html"}), NO, r"too large$"),
        (errors(400, "The from object must be provided for every email send.", "from"), DOWN, "takes no mail from this office"),
        (errors(400, "Does not contain a valid address.", "from.email"), DOWN, "takes no mail from this office"),
        (errors(400, "The sandbox mode enable param should be a boolean value.", "mail_settings.sandbox_mode.enable"), DOWN, "boolean"),
        (errors(403, "The from address does not match a verified Sender Identity.", "from"), DOWN, "verified Sender Identity"),
        (errors(401, "The provided authorization grant is invalid, expired, or revoked"), DOWN, r"refuses the key \(SENDGRID_API_KEY\): The provided"),
        (errors(401, "Maximum credits exceeded"), DOWN, "takes no more mail from this account: Maximum credits exceeded"),
        (errors(403, "access forbidden"), DOWN, r"does not allow mail/send to this key \(SENDGRID_API_KEY\) or account: access forbidden"),
        (Answer(404, b"<html>nothing here</html>"), DOWN, "is api_base right"),
        (errors(405, "method not allowed"), DOWN, "is api_base right"),
        (Answer(302, b"", {"Location": "https://elsewhere.example/"}), DOWN, "302 Found"),
        (errors(429, "too many requests"), LATER, "takes no more mail just now: too many requests"),
        (Answer(500, {"errors": [{"message": "internal server error"}]}), DOUBT, "it may have left: internal server error"),
        (Answer(502, b"<html>Bad Gateway</html>"), DOUBT, "502 Bad Gateway"),
        (Answer(503, b""), DOUBT, "503 Service Unavailable"),
        (Answer(504, b""), DOUBT, "504 Gateway Timeout"),
        (Answer(408, b""), DOUBT, "408 Request Timeout"),
        (Answer(200, b"<html>Welcome to our Wi-Fi</html>"), DOUBT, "gave an answer that means nothing"),
    ],
)  # fmt: skip
def test_what_sendgrid_answers_becomes_one_of_our_few_kinds(
    answer: Answer, becomes: type[DeliveryError], words: str, server: SendGridServer, client: SendGridClient
) -> None:
    server.next("read", answer)
    with pytest.raises(becomes, match=words) as caught:
        client.send(mail())
    assert type(caught.value) is becomes
    assert caught.value.reason.startswith(f"SendGrid ({server.base.partition('://')[2]}) ")
    assert KEY not in caught.value.reason
    assert len(server.requests) == 1, "nothing is tried again by itself, and no redirect is followed"
    client.send(mail())
    assert len(server.taken) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_after_it_was_taken_is_doubt_and_the_mail_is_there_once(
    status: int, server: SendGridServer, client: SendGridClient
) -> None:
    server.next("done", Answer(status))
    with pytest.raises(InDoubt):
        client.send(mail())
    assert len(server.taken) == 1


@pytest.mark.parametrize("what", ["hang", "drop", "reset", "garbage"])
@pytest.mark.parametrize(("when", "taken"), [("read", 0), ("done", 1)])
@pytest.mark.parametrize("connection", ["new", "kept"])
def test_silence_once_the_request_was_read_is_doubt(when: Any, what: Any, taken: int, connection: str, server: SendGridServer) -> None:
    client, before = impatient(server), 1 if connection == "kept" else 0
    for _ in range(before):
        client.send(mail())
    server.next(when, what)
    with pytest.raises(InDoubt, match="it may have left"):
        client.send(mail())
    assert len(server.taken) == before + taken
    client.send(mail())  # over a new connection
    assert len(server.taken) == before + taken + 1
    client.close()


@pytest.mark.parametrize("what", ["hang", "drop", "reset", "garbage"])
@pytest.mark.parametrize("connection", ["new", "kept"])
def test_silence_before_the_request_was_read_is_doubt_unless_its_end_was_never_written(
    what: Any, connection: str, server: SendGridServer
) -> None:
    """The server hangs up while we write: what we hear first is up to the two systems, but whatever we say of it must be true."""
    client, before = impatient(server), 1 if connection == "kept" else 0
    for _ in range(before):
        client.send(mail())
    server.next("unread", what)
    try:
        client.send(mail())
        assert (connection, len(server.taken)) == ("kept", 2), "only a connection that broke may be replaced"
    except (InDoubt, ChannelDown):
        assert len(server.taken) == before
    client.close()


def test_a_request_that_was_cut_off_is_no_doubt(server: SendGridServer) -> None:
    """More than the systems' buffers hold: the server hangs up long before the end was written."""
    server.next("unread", "reset")
    with pytest.raises(ChannelDown, match="ended the connection"):
        impatient(server).send(mail(content=[{"type": "text/plain", "value": "x" * 20_000_000}]))
    assert server.taken == []


@pytest.mark.parametrize(("when", "taken"), [("read", 0), ("done", 1)])
def test_an_answer_that_breaks_off_after_its_status_is_an_answer(
    when: Any, taken: int, server: SendGridServer, client: SendGridClient
) -> None:
    server.next(when, "half")
    if taken:
        assert client.send(mail()) == server.taken[0]["X-Message-Id"]
    else:
        with pytest.raises(Refused, match="400 Bad Request"):
            client.send(mail())
    assert len(server.taken) == taken


def test_a_connection_that_the_server_let_go_is_replaced_without_a_doubt(server: SendGridServer, client: SendGridClient) -> None:
    client.send(mail())
    server.hang_up()
    client.send(mail())
    assert len(server.taken) == 2
    assert server.connections == 2


def test_a_connection_that_waited_long_is_not_trusted(
    server: SendGridServer, client: SendGridClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contractor_ops.clients.kept_open.KEPT_FOR", 0.0)
    client.send(mail())
    client.send(mail())
    assert server.connections == 2


def test_nobody_listening_is_down_and_names_the_server() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        with pytest.raises(ChannelDown, match=rf"^SendGrid \(127\.0\.0\.1:{port}\) cannot be reached: Connection refused$"):
            SendGridClient(KEY, f"http://127.0.0.1:{port}", 5.0).send(mail())


def test_a_host_that_does_not_exist_is_down() -> None:
    with pytest.raises(ChannelDown, match="cannot be found"):
        SendGridClient(KEY, "https://sendgrid.nowhere.invalid", 5.0).send(mail())


@pytest.mark.parametrize("base", ["https://api sendgrid.com", "https://127.0.0.1:port", f"https://{'x' * 70}.example", "https://[::1"])
def test_an_address_that_nobody_could_have_is_down(base: str) -> None:
    with pytest.raises(ChannelDown, match="is its address right"):
        SendGridClient(KEY, base, 5.0).send(mail())


def test_a_server_without_tls_is_down_and_hears_no_key(server: SendGridServer) -> None:
    with pytest.raises(ChannelDown, match="safe way"):
        SendGridClient(KEY, server.base.replace("http:", "https:"), 5.0).send(mail())
    assert server.headers == []


def test_a_server_that_never_gets_through_its_tls_is_given_up_in_time_and_nothing_is_in_doubt() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(ChannelDown, match=r"did not answer within 0\.2 seconds"):
        SendGridClient(KEY, f"https://127.0.0.1:{silent.getsockname()[1]}", 0.2).send(mail())


def test_the_key_goes_nowhere_unencrypted_but_to_this_machine() -> None:
    with pytest.raises(ChannelDown, match="would get the key unencrypted"):
        SendGridClient(KEY, "http://192.0.2.1", 5.0).send(mail())


@pytest.mark.parametrize("key", ["SG.with a\nline end", "SG.ünïcode", ""])
def test_a_key_that_cannot_be_one_is_said_so_without_repeating_it(key: str, server: SendGridServer) -> None:
    with pytest.raises(ChannelDown, match=r"key \(SENDGRID_API_KEY\)") as caught:
        SendGridClient(key, server.base, 5.0).send(mail())
    assert not key or key not in caught.value.reason
    assert server.requests == []


def test_blanks_around_a_key_are_forgiven(server: SendGridServer) -> None:
    SendGridClient(f" {KEY}\n", f"{server.base}/", 5.0).send(mail())
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        ({"Retry-After": "17"}, 17.0),
        ({"Retry-After": "Mon, 23 Nov 2026 16:00:30 GMT", "Date": "Mon, 23 Nov 2026 16:00:00 GMT"}, 30.0),
        ({"X-RateLimit-Reset": "1795449645", "Date": "Mon, 23 Nov 2026 16:00:00 GMT"}, 45.0),
        ({"X-RateLimit-Reset": "1392815263"}, 0.0),
        ({"Retry-After": "soon", "X-RateLimit-Reset": "never"}, None),
        ({}, None),
    ],
)
def test_a_limit_holds_for_everybody_and_says_how_long_to_wait(
    headers: dict[str, str], after: float | None, server: SendGridServer, client: SendGridClient
) -> None:
    server.next("read", errors(429, "too many requests", **headers))
    with pytest.raises(TryLater) as caught:
        client.send(mail())
    assert caught.value.everybody
    assert caught.value.after == after


def test_a_limit_without_a_servers_clock_is_counted_by_ours(server: SendGridServer, client: SendGridClient) -> None:
    reset = int((datetime.now(UTC) + timedelta(seconds=60)).timestamp())
    server.next("read", errors(429, "too many requests", **{"X-RateLimit-Reset": str(reset), "Date": "whenever"}))
    with pytest.raises(TryLater) as caught:
        client.send(mail())
    assert caught.value.after is not None
    assert 30 < caught.value.after <= 60


def test_only_a_sandbox_may_answer_200(server: SendGridServer, client: SendGridClient) -> None:
    tried = mail(mail_settings={"sandbox_mode": {"enable": True}})
    assert client.send(tried, sandbox=True) == ""
    assert len(server.checked) == 1
    with pytest.raises(InDoubt):
        client.send(tried)
    assert server.taken == []


def test_words_of_the_provider_come_as_one_plain_line(server: SendGridServer, client: SendGridClient) -> None:
    server.next("read", errors(400, "No \x1b[31mred\x07\r\nlines, " + "x" * 1000, "subject"))
    with pytest.raises(Refused) as caught:
        client.send(mail())
    assert caught.value.reason.isprintable()
    assert len(caught.value.reason) < 400


@pytest.mark.parametrize("body", [b"[]", b'{"errors": null}', b'{"errors": {"a": 1}}', b'{"errors": [null, 7, {"field": 3}]}', b"\xff\xfe"])
def test_a_refusal_in_another_form_is_a_refusal(body: bytes, server: SendGridServer, client: SendGridClient) -> None:
    server.next("read", Answer(400, body))
    with pytest.raises(Refused):
        client.send(mail())


def test_the_key_is_in_no_log(server: SendGridServer, client: SendGridClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.send(mail())
        client.read("scopes")
    assert KEY not in caplog.text
    assert "customer.example" not in caplog.text


def test_what_is_read_comes_as_json_says_it(server: SendGridServer, client: SendGridClient) -> None:
    assert client.read("scopes") == {"scopes": ["mail.send", "suppression.read", "messages.read"]}
    server.suppress("bounces", "a+b@customer.example", 1_795_449_600, reason="gone", status="5.1.1")
    assert client.read("suppression/bounces", start_time=0, limit=500, offset=0)[0]["email"] == "a+b@customer.example"
    assert server.requests[1] == "GET /v3/suppression/bounces?limit=500&offset=0&start_time=0"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (errors(401, "authorization required"), "refuses the key"),
        (errors(403, "access forbidden"), "does not allow suppression/bounces to this key"),
        (errors(429, "too many requests"), "wants to be asked less often"),
        (Answer(503), "cannot answer just now: 503"),
        (Answer(200, b"<html>"), "means nothing"),
        (Answer(200, b""), "means nothing"),
        ("hang", r"did not answer within 0\.2 seconds"),
        ("drop", "ended the connection"),
        ("reset", "ended the connection"),
        ("garbage", "means nothing"),
        ("half", "means nothing"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(fault: Any, words: str, server: SendGridServer) -> None:
    client = impatient(server)
    server.next("done", fault)
    with pytest.raises(InboxDown, match=words):
        client.read("suppression/bounces")
    assert client.read("suppression/bounces") == []
    client.close()


def test_probing_sends_nothing_and_tells_what_is_wrong(server: SendGridServer, client: SendGridClient) -> None:
    client.probe()
    server.scopes = ["suppression.read"]
    with pytest.raises(ChannelDown, match='"Mail Send" access'):
        client.probe()
    server.key = "SG.another"
    with pytest.raises(ChannelDown, match="refuses the key"):
        client.probe()
    assert server.taken == []


@pytest.mark.parametrize(
    ("address", "local"),
    [("http://127.0.0.1:99", True), ("http://localhost", True), ("https://[::1]:1", True), ("https://api.sendgrid.com", False), ("https://[::1", False),
     ("https://127.0.0.1.example", False), ("", False)],
)  # fmt: skip
def test_it_is_known_whether_anything_leaves_this_machine(address: str, local: bool) -> None:
    assert stays_here(address) is local


def test_dates_of_headers_are_what_the_tests_take_them_for() -> None:
    assert format_datetime(datetime.fromtimestamp(1_795_449_600, UTC), usegmt=True) == "Mon, 23 Nov 2026 16:00:00 GMT"
