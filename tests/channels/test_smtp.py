import asyncio
import email
import email.policy
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP

from contractor_ops.channels.mail import Sender, new_message_id
from contractor_ops.channels.smtp import Smtp, SmtpSettings
from contractor_ops.ports import ChannelDown, InDoubt, Message, Refused, TryLater

OFFICE = Sender("Northside Heating & Air", "office@northside.example", postal_address="412 Kedzie Ave, Chicago, IL 60618")
MONDAY = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
LOGIN, PASSWORD = "office@northside.example", "correct-horse"

Serve = Callable[..., int]


def to(address: str, body: str = "Hi Ann, any questions about the estimate?", **more: Any) -> Message:
    return Message("email", address, "Ann Li", body, new_message_id("northside.example", address), subject="Your estimate", **more)


@pytest.fixture
def channel() -> Iterator[Callable[..., Smtp]]:
    made: list[Smtp] = []

    def make(port: int, password: str | None = None, **settings: Any) -> Smtp:
        chosen = SmtpSettings(**{"host": "127.0.0.1", "port": port, "security": "none", "timeout": 5.0, **settings})
        made.append(Smtp(chosen, password, OFFICE, lambda: MONDAY))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_message_arrives_with_its_headers_words_and_envelope(serve: Serve, inbox: Any, channel: Any) -> None:
    receipt = channel(serve()).deliver(to("ann@customer.example"))
    (envelope,) = inbox.taken
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert (envelope.mail_from, envelope.rcpt_tos) == ("office@northside.example", ["ann@customer.example"])
    assert mail["Message-ID"] == receipt.provider_id == new_message_id("northside.example", "ann@customer.example")
    assert mail["Subject"] == "Your estimate"
    assert mail.get_body(["plain"]).get_content().startswith("Hi Ann, any questions about the estimate?\r\n")
    assert receipt.state == "sent"


def test_the_server_is_greeted_with_the_senders_domain_and_never_hears_the_machines_name(serve: Serve, inbox: Any, channel: Any) -> None:
    channel(serve()).deliver(to("ann@customer.example"))
    assert inbox.hosts == ["northside.example"]
    assert socket.gethostname().encode() not in inbox.taken[0].content


def test_many_messages_use_one_connection(serve: Serve, inbox: Any, channel: Any) -> None:
    smtp = channel(serve())
    for number in range(5):
        smtp.deliver(to(f"c{number}@customer.example"))
    assert len(inbox.taken) == 5
    assert len(inbox.peers) == 1


def test_lines_that_begin_with_a_dot_and_odd_line_ends_arrive_as_written(serve: Serve, inbox: Any, channel: Any) -> None:
    channel(serve()).deliver(to("ann@customer.example", body="one\n.\n..two\r\n.three\rfour"))
    mail = email.message_from_bytes(inbox.taken[0].content, policy=email.policy.default)
    assert mail.get_body(["plain"]).get_content().replace("\r\n", "\n").startswith("one\n.\n..two\n.three\nfour\n")
    assert b"\n" not in inbox.taken[0].content.replace(b"\r\n", b"")


def test_letters_of_all_languages_and_endless_lines_arrive_as_written(serve: Serve, inbox: Any, channel: Any) -> None:
    body = "Señora Muñoz, 你好 🙂 " + "x" * 5000
    channel(serve()).deliver(to("ann@customer.example", body=body))
    content = inbox.taken[0].content
    assert body in email.message_from_bytes(content, policy=email.policy.default).get_body(["plain"]).get_content()
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_a_recipient_that_is_refused_for_good_is_refused_and_the_next_one_goes_out_on_the_same_connection(
    serve: Serve, inbox: Any, channel: Any
) -> None:
    inbox.recipients["gone@customer.example"] = "550 5.1.1 no such mailbox"
    smtp = channel(serve())
    with pytest.raises(Refused, match=r"refuses the recipient: 550 5\.1\.1 no such mailbox"):
        smtp.deliver(to("gone@customer.example"))
    smtp.deliver(to("ann@customer.example"))
    assert [envelope.rcpt_tos for envelope in inbox.taken] == [["ann@customer.example"]]
    assert len(inbox.peers) == 1


def test_a_recipient_that_is_put_off_may_be_tried_later(serve: Serve, inbox: Any, channel: Any) -> None:
    inbox.recipients["full@customer.example"] = "451 greylisted, come back later"
    smtp = channel(serve())
    with pytest.raises(TryLater, match="451 greylisted"):
        smtp.deliver(to("full@customer.example"))
    smtp.deliver(to("ann@customer.example"))
    assert len(inbox.taken) == 1


@pytest.mark.parametrize(("reply", "error"), [("452 disk full", TryLater), ("554 looks like spam", Refused), ("421 closing", TryLater)])
def test_an_answer_to_the_final_dot_is_definite(reply: str, error: type[Exception], serve: Serve, inbox: Any, channel: Any) -> None:
    inbox.data_reply = reply
    smtp = channel(serve())
    with pytest.raises(error, match=reply[:3]):
        smtp.deliver(to("ann@customer.example"))
    inbox.data_reply = "250 OK"
    smtp.deliver(to("ann@customer.example"))
    assert len(inbox.taken) == 1


@pytest.mark.parametrize(("reply", "error"), [("451 try again", TryLater), ("550 not yours", ChannelDown), ("421 closing", ChannelDown)])
def test_a_sender_that_is_refused_stops_the_channel(reply: str, error: type[Exception], serve: Serve, inbox: Any, channel: Any) -> None:
    inbox.sender_reply = reply
    with pytest.raises(error, match=reply):
        channel(serve()).deliver(to("ann@customer.example"))


class _RefusesData(SMTP):
    async def smtp_DATA(self, arg: str) -> None:
        await self.push("451 not now")


def test_a_refusal_before_the_content_is_no_doubt(serve: Serve, inbox: Any, channel: Any) -> None:
    with pytest.raises(TryLater, match="451 not now"):
        channel(serve(_RefusesData)).deliver(to("ann@customer.example"))
    assert inbox.taken == []


def test_silence_after_the_dot_is_doubt_and_the_next_message_has_a_fresh_connection(serve: Serve, inbox: Any, channel: Any) -> None:
    inbox.after_data = lambda server: asyncio.sleep(3)
    smtp = channel(serve(), timeout=0.3)
    with pytest.raises(InDoubt, match="it may have left"):
        smtp.deliver(to("ann@customer.example"))
    inbox.after_data = None
    smtp.deliver(to("bob@customer.example"))
    assert [envelope.rcpt_tos for envelope in inbox.taken] == [["ann@customer.example"], ["bob@customer.example"]]
    assert len(inbox.peers) == 2


def test_a_connection_lost_after_the_dot_is_doubt(serve: Serve, inbox: Any, channel: Any) -> None:
    inbox.after_data = lambda server: server.transport.abort()
    smtp = channel(serve())
    with pytest.raises(InDoubt):
        smtp.deliver(to("ann@customer.example"))
    assert smtp.left(to("ann@customer.example"), MONDAY) is None


def test_an_answer_after_the_dot_that_means_nothing_is_doubt(serve: Serve, inbox: Any, channel: Any) -> None:
    inbox.data_reply = "what?"
    with pytest.raises(InDoubt):
        channel(serve()).deliver(to("ann@customer.example"))


class _HangsUpAtRcpt(SMTP):
    async def smtp_RCPT(self, arg: str) -> None:
        assert self.transport is not None
        self.transport.abort()


def test_a_connection_lost_before_the_content_is_no_doubt(serve: Serve, inbox: Any, channel: Any) -> None:
    with pytest.raises(ChannelDown, match="ended the connection"):
        channel(serve(_HangsUpAtRcpt)).deliver(to("ann@customer.example"))
    assert inbox.taken == []


def test_a_server_that_hung_up_while_idle_is_called_again_without_anybody_noticing(serve: Serve, inbox: Any, channel: Any) -> None:
    smtp = channel(serve(timeout=0.2))
    smtp.deliver(to("ann@customer.example"))
    time.sleep(0.6)
    smtp.deliver(to("bob@customer.example"))
    assert [envelope.rcpt_tos for envelope in inbox.taken] == [["ann@customer.example"], ["bob@customer.example"]]
    assert len(inbox.peers) == 2


def test_tls_where_the_server_speaks_plainly_is_told_with_a_remedy(serve: Serve, channel: Any) -> None:
    with pytest.raises(ChannelDown, match="another security"):
        channel(serve(), security="tls").deliver(to("ann@customer.example"))


def test_a_server_that_turns_us_away_at_the_door_is_down(channel: Any) -> None:
    with pytest.raises(ChannelDown, match="421 too many connections"):
        _answering(b"421 too many connections\r\n", lambda port: channel(port).deliver(to("ann@customer.example")))


def _answering(greeting: bytes, deliver: Callable[[int], object]) -> None:
    """A server that says one thing and hangs up: aiosmtpd always greets first."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            with listener.accept()[0] as line:
                line.sendall(greeting)

        thread = threading.Thread(target=greet)
        thread.start()
        try:
            deliver(listener.getsockname()[1])
        finally:
            thread.join()


def test_what_is_no_mail_server_is_down(channel: Any) -> None:
    with pytest.raises(ChannelDown):
        _answering(b"SSH-2.0-OpenSSH_9.2\r\n", lambda port: channel(port).deliver(to("ann@customer.example")))


def test_nobody_listening_is_down_and_names_the_server(channel: Any) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        with pytest.raises(ChannelDown, match=rf"127\.0\.0\.1:{port} cannot be reached: Connection refused"):
            channel(port).deliver(to("ann@customer.example"))


def test_a_server_that_never_greets_is_given_up_in_time(channel: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(ChannelDown, match=r"did not answer within 0\.2 seconds"):
        channel(silent.getsockname()[1], timeout=0.2).deliver(to("ann@customer.example"))


def test_a_host_that_does_not_exist_is_down(channel: Any) -> None:
    with pytest.raises(ChannelDown, match="cannot be found"):
        channel(25, host="mail.nowhere.invalid").deliver(to("ann@customer.example"))


@pytest.mark.parametrize("host", ["mail..northside.example", "x" * 70 + ".example"])
def test_a_host_that_nobody_could_have_is_down(host: str, channel: Any) -> None:
    with pytest.raises(ChannelDown, match="cannot be asked"):
        channel(25, host=host).probe()


def test_starttls_encrypts_and_the_password_is_taken(
    serve: Serve, authenticate: Any, inbox: Any, channel: Any, server_tls: ssl.SSLContext, trusted: None
) -> None:
    port = serve(tls_context=server_tls, require_starttls=True, authenticator=authenticate, auth_required=True)
    channel(port, PASSWORD, host="localhost", security="starttls", user=LOGIN).deliver(to("ann@customer.example"))
    assert len(inbox.taken) == 1
    assert inbox.hosts == ["northside.example", "northside.example"]


def test_tls_from_the_first_byte_works(serve: Serve, inbox: Any, channel: Any, server_tls: ssl.SSLContext, trusted: None) -> None:
    port = serve(ssl_context=server_tls)
    channel(port, security="tls").deliver(to("ann@customer.example"))
    assert len(inbox.taken) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    security: str, serve: Serve, inbox: Any, channel: Any, server_tls: ssl.SSLContext
) -> None:
    port = serve(tls_context=server_tls) if security == "starttls" else serve(ssl_context=server_tls)
    with pytest.raises(ChannelDown, match="certificate that cannot be trusted"):
        channel(port, PASSWORD, security=security, user=LOGIN).deliver(to("ann@customer.example"))
    assert inbox.taken == []


def test_a_server_without_starttls_gets_nothing(serve: Serve, inbox: Any, channel: Any) -> None:
    with pytest.raises(ChannelDown, match="no encryption"):
        channel(serve(), PASSWORD, security="starttls", user=LOGIN).deliver(to("ann@customer.example"))
    assert inbox.taken == []


class _NoTlsToday(SMTP):
    async def smtp_STARTTLS(self, arg: str) -> None:
        await self.push("454 TLS not available")


def test_a_server_that_refuses_starttls_gets_nothing(serve: Serve, inbox: Any, channel: Any, server_tls: ssl.SSLContext) -> None:
    with pytest.raises(ChannelDown, match="454 TLS not available"):
        channel(serve(_NoTlsToday, tls_context=server_tls), security="starttls").deliver(to("ann@customer.example"))
    assert inbox.taken == []


def test_a_wrong_password_stops_the_channel_and_is_not_repeated_in_the_sentence(
    serve: Serve, authenticate: Any, inbox: Any, channel: Any
) -> None:
    port = serve(authenticator=authenticate, auth_require_tls=False)
    with pytest.raises(ChannelDown, match=r"refuses the user office@northside\.example or the password \(SMTP_PASSWORD\): 535") as caught:
        channel(port, "wrong-horse", user=LOGIN).deliver(to("ann@customer.example"))
    assert "wrong-horse" not in caught.value.reason
    assert inbox.taken == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_server_that_wants_a_log_in_and_gets_none_stops_the_channel(serve: Serve, authenticate: Any, channel: Any) -> None:
    with pytest.raises(ChannelDown, match="530"):
        channel(serve(authenticator=authenticate, auth_required=True, auth_require_tls=False)).deliver(to("ann@customer.example"))


@pytest.fixture
def own_address() -> str:
    """This machine's address in its network, which stands for anybody else's: it is no loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as route:
        try:
            route.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            pytest.skip("this machine is in no network")
        return str(route.getsockname()[0])


@pytest.mark.parametrize("goes", [True, False], ids=["loopback", "network"])
def test_an_unencrypted_password_goes_to_a_loopback_address_only(
    goes: bool, serve: Serve, authenticate: Any, inbox: Any, channel: Any, own_address: str
) -> None:
    said: list[str] = []

    class Listens(SMTP):
        async def smtp_AUTH(self, arg: str) -> None:
            said.append(arg)
            await super().smtp_AUTH(arg)

    host = "127.0.0.1" if goes else own_address
    smtp = channel(serve(Listens, host, authenticator=authenticate, auth_require_tls=False), PASSWORD, host=host, user=LOGIN)
    if goes:
        smtp.deliver(to("ann@customer.example"))
    else:
        with pytest.raises(ChannelDown, match="password unencrypted"):
            smtp.deliver(to("ann@customer.example"))
    assert (len(said), len(inbox.taken)) == ((1, 1) if goes else (0, 0))


@pytest.mark.parametrize(
    ("host", "local"),
    [("localhost", True), ("127.0.0.1", True), ("::1", True), ("127.8.8.8", True), ("mail.northside.example", False), ("192.0.2.1", False)],
)
def test_the_channel_knows_whether_anything_leaves_this_machine(host: str, local: bool) -> None:
    assert Smtp(SmtpSettings(host), None, OFFICE).local is local


@pytest.mark.parametrize(
    "address", ["", "ann", "ann@", "a b@c.example", "a@c.example\r\nRCPT TO:<x@y.example>", "a@b@c.example", "<a@b.example>"]
)
def test_what_is_no_address_is_refused_before_anything_is_sent(address: str, serve: Serve, inbox: Any, channel: Any) -> None:
    with pytest.raises(Refused, match="is no e-mail address"):
        channel(serve()).deliver(to(address))
    assert inbox.hosts == []


def test_a_name_with_a_line_end_smuggles_no_header_in(serve: Serve, inbox: Any, channel: Any) -> None:
    message = replace(to("ann@customer.example"), to_name="Ann\r\nBcc: x@y.example", subject="Hello\nX-Evil: 1")
    channel(serve()).deliver(message)
    mail = email.message_from_bytes(inbox.taken[0].content, policy=email.policy.default)
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert mail["Subject"] == "Hello X-Evil: 1"


def test_an_address_with_foreign_letters_goes_to_servers_that_take_it(serve: Serve, inbox: Any, channel: Any) -> None:
    channel(serve(enable_SMTPUTF8=True)).deliver(to("josé@customer.example"))
    assert inbox.taken[0].rcpt_tos == ["josé@customer.example"]
    with pytest.raises(Refused, match="outside a-z"):
        channel(serve(enable_SMTPUTF8=False)).deliver(to("josé@customer.example"))


def test_a_domain_with_foreign_letters_goes_everywhere(serve: Serve, inbox: Any, channel: Any) -> None:
    channel(serve(enable_SMTPUTF8=False)).deliver(to("ann@müller.example"))
    assert inbox.taken[0].rcpt_tos == ["ann@xn--mller-kva.example"]


def test_probing_sends_nothing_and_tells_what_is_wrong(serve: Serve, authenticate: Any, inbox: Any, channel: Any) -> None:
    port = serve(authenticator=authenticate, auth_require_tls=False)
    channel(port, PASSWORD, user=LOGIN).probe()
    assert inbox.hosts == ["northside.example"]
    assert inbox.taken == []
    with pytest.raises(ChannelDown, match="refuses the user"):
        channel(port, "wrong", user=LOGIN).probe()
