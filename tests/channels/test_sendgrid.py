import contextlib
import email
import email.policy
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractor_ops.channels.mail import WAY_OUT, Sender, build, new_message_id, one_line
from contractor_ops.channels.sendgrid import SendGrid, SendGridSettings
from contractor_ops.channels.settings import SendGridPart
from contractor_ops.ports import Channel, ChannelDown, InDoubt, Message, Picture, Receipt, Refused, TryLater
from tests.providers.prism import prism, why_no_prism
from tests.providers.sendgrid_server import KEY, Answer, SendGridServer, errors

OFFICE = Sender("Northside Heating & Air", "office@northside.example", postal_address="412 Kedzie Ave, Chicago, IL 60618")
MONDAY = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
HELLO = Message("email", "ann@customer.example", "Ann Li", "Hi Ann,\n\nany questions?", "<abc@northside.example>", subject="Your estimate")

Make = Callable[..., SendGrid]


def to(address: str) -> Message:
    return replace(HELLO, to=address, message_id=new_message_id("northside.example", address))


@pytest.fixture
def server() -> Iterator[SendGridServer]:
    with SendGridServer() as running:
        yield running


@pytest.fixture
def channel(server: SendGridServer) -> Iterator[Make]:
    made: list[SendGrid] = []

    def make(sender: Sender = OFFICE, key: str = KEY, **more: Any) -> SendGrid:
        made.append(SendGrid(SendGridSettings(**{"api_base": server.base, "timeout": 5.0, **more}), key, sender))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_mail_is_queued_under_sendgrids_id(server: SendGridServer, channel: Make) -> None:
    one: Channel = channel(in_flight=3)
    assert one.deliver(HELLO) == Receipt("queued", server.taken[0]["X-Message-Id"])
    assert (one.name, one.local, one.in_flight, one.per_second) == ("sendgrid", True, 3, None)


def test_the_whole_request_is_what_it_should_be(server: SendGridServer, channel: Make) -> None:
    channel().deliver(replace(HELLO, commercial=True))
    off = {"enable": False}
    footer = "Northside Heating & Air, 412 Kedzie Ave, Chicago, IL 60618"
    assert server.taken[0] == {
        "personalizations": [
            {"to": [{"email": "ann@customer.example", "name": "Ann Li"}], "custom_args": {"contractor_ops_id": "abc@northside.example"}}
        ],
        "from": {"email": "office@northside.example", "name": "Northside Heating & Air"},
        "reply_to": {"email": "office@northside.example", "name": "Northside Heating & Air"},
        "subject": "Your estimate",
        "content": [
            {"type": "text/plain", "value": f"Hi Ann,\n\nany questions?\n\n{footer}\n{WAY_OUT}\n"},
            {
                "type": "text/html",
                "value": "<p>Hi Ann,</p>\n<p>any questions?</p>\n"
                f'<p style="color:#666;font-size:small">{footer.replace("&", "&amp;")}<br>{WAY_OUT}</p>\n',
            },
        ],
        "headers": {
            "Message-ID": "<abc@northside.example>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": "<mailto:office@northside.example?subject=unsubscribe>",
        },
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": off,
            "subscription_tracking": off,
            "ganalytics": off,
        },
        "mail_settings": {"sandbox_mode": off, "footer": off},
        "X-Message-Id": server.taken[0]["X-Message-Id"],
    }


def test_it_says_what_the_same_mail_says_over_smtp(server: SendGridServer, channel: Make) -> None:
    message = replace(HELLO, commercial=True, body="Señora Muñoz:\n\n¿preguntas? https://pay.example/i?n=1&t=2", to_name="Ann\r\nLi")
    channel().deliver(message)
    (taken,) = server.taken
    smtp: Any = email.message_from_bytes(build(message, OFFICE, MONDAY).as_bytes(), policy=email.policy.default)
    texts = [part.get_content().replace("\r\n", "\n") for part in smtp.iter_parts()]
    assert [part["value"] for part in taken["content"]] == texts
    assert {name: smtp[name] for name in taken["headers"]} == taken["headers"]
    assert taken["subject"] == smtp["Subject"]
    assert [(person["name"], person["email"]) for person in (taken["personalizations"][0]["to"][0], taken["from"], taken["reply_to"])] == [
        (address.display_name, address.addr_spec)
        for address in (*smtp["To"].addresses, *smtp["From"].addresses, *smtp["Reply-To"].addresses)
    ]


def test_pictures_are_attached_where_the_page_can_name_them(server: SendGridServer, channel: Make) -> None:
    channel().deliver(replace(HELLO, html='<img src="cid:ageing">', pictures=(Picture("ageing", b"\x89PNG"),)))
    assert server.taken[0]["attachments"] == [
        {"content": "iVBORw==", "type": "image/png", "filename": "ageing.png", "disposition": "inline", "content_id": "ageing"}
    ]


def test_a_service_message_has_no_way_out(server: SendGridServer, channel: Make) -> None:
    channel().deliver(HELLO)
    assert "List-Unsubscribe" not in server.taken[0]["headers"]
    assert WAY_OUT not in server.taken[0]["content"][0]["value"]


def test_answers_go_to_the_reply_address(server: SendGridServer, channel: Make) -> None:
    channel(replace(OFFICE, reply_to="answers@northside.example")).deliver(HELLO)
    assert server.taken[0]["reply_to"]["email"] == "answers@northside.example"


BRACES = "Hi {{first_name}} {{{x}}} {{#if a}} -name- %name% [Unsubscribe] [%first | you%] <%body%> <%asm_group_unsubscribe_raw_url%> {% x %} $1 \\n"


def test_what_looks_like_a_template_reaches_the_customer_as_it_was_written(server: SendGridServer, channel: Make) -> None:
    channel().deliver(replace(HELLO, body=BRACES, subject=BRACES))
    (taken,) = server.taken
    assert taken["subject"] == BRACES
    assert taken["content"][0]["value"].startswith(BRACES + "\n")
    asks = {"substitutions", "dynamic_template_data", "sections", "template_id"}
    assert not asks & {*taken, *taken["personalizations"][0]}


@pytest.mark.parametrize(
    ("name", "goes_out"), [("Li, Ann", "Li Ann"), ('Ann "Annie" Li; Bob', "Ann Annie Li Bob"), ("", None), (" ,;", None)]
)
def test_a_name_that_sendgrid_would_take_for_addresses_loses_its_commas(
    name: str, goes_out: str | None, server: SendGridServer, channel: Make
) -> None:
    channel().deliver(replace(HELLO, to_name=name))
    assert server.taken[0]["personalizations"][0]["to"] == [{"email": HELLO.to, **({"name": goes_out} if goes_out else {})}]


@pytest.mark.parametrize(
    "address", ["", "ann", "ann@", "a b@c.example", "a@c.example, x@y.example", "a@c.example\r\nBcc: x@y.example", "<a@b.example>"]
)
def test_what_is_no_address_is_refused_and_sendgrid_is_not_asked(address: str, server: SendGridServer, channel: Make) -> None:
    with pytest.raises(Refused, match="is no e-mail address"):
        channel().deliver(replace(HELLO, to=address))
    assert server.requests == []


def test_the_offices_own_address_must_be_one(server: SendGridServer, channel: Make) -> None:
    with pytest.raises(ChannelDown, match="office's own e-mail address"):
        channel(replace(OFFICE, from_address="Northside")).deliver(HELLO)
    assert server.requests == []


def test_an_address_that_is_not_verified_at_sendgrid_stops_the_channel(server: SendGridServer, channel: Make) -> None:
    with pytest.raises(ChannelDown, match="verified Sender Identity"):
        channel(replace(OFFICE, from_address="office@another.example")).deliver(HELLO)


def test_a_wrong_key_stops_the_channel_and_is_not_repeated(server: SendGridServer, channel: Make) -> None:
    with pytest.raises(ChannelDown, match="SENDGRID_API_KEY") as caught:
        channel(key="SG.wrong").deliver(HELLO)
    assert "SG.wrong" not in caught.value.reason
    with pytest.raises(ChannelDown, match="SENDGRID_API_KEY"):
        channel(key="SG.wrong").probe()


def test_a_domain_with_foreign_letters_is_written_as_servers_take_it(server: SendGridServer, channel: Make) -> None:
    channel().deliver(to("ann@müller.example"))
    assert server.addresses == ["ann@xn--mller-kva.example"]


def test_letters_before_the_at_that_sendgrid_does_not_take_are_refused_in_its_words(server: SendGridServer, channel: Make) -> None:
    server.next("read", errors(400, "Does not contain a valid address.", "personalizations.0.to.0.email"))
    with pytest.raises(Refused, match=r"Does not contain a valid address\."):
        channel().deliver(to("josé@customer.example"))


def test_in_sandbox_mode_a_mail_is_looked_at_and_not_taken(server: SendGridServer, channel: Make) -> None:
    sandbox = channel(sandbox=True)
    assert sandbox.deliver(HELLO) == Receipt("queued", HELLO.message_id)
    assert server.checked[0]["mail_settings"]["sandbox_mode"] == {"enable": True}
    assert server.taken == []
    server.next("done", "drop")
    with pytest.raises(InDoubt):
        sandbox.deliver(HELLO)
    assert sandbox.left(HELLO, MONDAY) is None


def test_a_sandbox_refuses_what_sendgrid_would_refuse(server: SendGridServer, channel: Make) -> None:
    with pytest.raises(Refused, match="valid address"):
        channel(sandbox=True).deliver(to("ann@localhost"))


def test_many_threads_share_a_channel_and_each_mail_arrives_once(server: SendGridServer, channel: Make) -> None:
    one, threads = channel(in_flight=8), 8
    first = threading.Barrier(threads)
    server.meanwhile = lambda path: first.wait(10)
    addresses = [f"c{number}@customer.example" for number in range(5 * threads)]
    with ThreadPoolExecutor(threads) as pool:
        receipts = list(pool.map(lambda address: one.deliver(to(address)), addresses))
    assert sorted(server.addresses) == sorted(addresses)
    assert {receipt.provider_id for receipt in receipts} == {taken["X-Message-Id"] for taken in server.taken}
    for address, receipt in zip(addresses, receipts, strict=True):
        (taken,) = (taken for taken in server.taken if taken["X-Message-Id"] == receipt.provider_id)
        assert taken["personalizations"][0]["to"][0]["email"] == address
    assert server.most_in_flight == server.connections == threads


def test_among_many_each_fault_concerns_its_own_mail_only(server: SendGridServer, channel: Make) -> None:
    one, faults = channel(timeout=1.0), 6
    for fault in (("done", "hang"), ("read", "drop"), ("done", Answer(503)), ("read", errors(429, "too many requests"))):
        server.next(*fault)
    server.next("done", "garbage")
    server.next("read", errors(400, "Does not contain a valid address.", "personalizations.0.to.0.email"))
    outcomes: dict[str, str] = {}

    def deliver(address: str) -> None:
        try:
            outcomes[address] = one.deliver(to(address)).state
        except (InDoubt, TryLater, Refused, ChannelDown) as error:
            outcomes[address] = type(error).__name__

    addresses = [f"c{number}@customer.example" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(deliver, addresses))
    assert sorted(outcomes.values()) == ["InDoubt"] * 4 + ["Refused", "TryLater"] + ["queued"] * (len(addresses) - faults)
    assert len(server.addresses) == len(set(server.addresses)) == len(addresses) - 3
    assert {address for address, outcome in outcomes.items() if outcome == "queued"} <= set(server.addresses)
    assert not {address for address, outcome in outcomes.items() if outcome in {"Refused", "TryLater"}} & set(server.addresses)


@pytest.mark.parametrize(("status", "state"), [("processed", "queued"), ("not_delivered", "queued"), ("delivered", "sent")])
def test_email_activity_tells_what_became_of_a_doubt(status: str, state: str, server: SendGridServer, channel: Make) -> None:
    one = channel(timeout=0.2)
    one.deliver(to("bob@customer.example"))
    server.next("done", "hang")
    with pytest.raises(InDoubt):
        one.deliver(to("ann@customer.example"))
    server.statuses["ann@customer.example"] = status
    assert one.left(to("ann@customer.example"), MONDAY) == Receipt(state, server.taken[1]["X-Message-Id"])  # type: ignore[arg-type]


def test_what_activity_does_not_show_is_not_known(server: SendGridServer, channel: Make) -> None:
    one = channel(timeout=0.2)
    server.next("read", "drop")
    with pytest.raises(InDoubt):
        one.deliver(HELLO)
    assert one.left(HELLO, MONDAY) is None


@pytest.mark.parametrize(
    "trouble",
    [errors(403, "access forbidden"), errors(404, "not found"), errors(429, "too many requests"), Answer(503), Answer(200, b"<html>"), Answer(200, []),
     Answer(200, {"messages": None}), Answer(200, {"messages": [None, {"to_email": "someone@else.example", "msg_id": "x.filter1"}]}),
     "hang", "drop", "garbage"],
)  # fmt: skip
def test_where_activity_cannot_be_asked_nobody_knows(trouble: Any, server: SendGridServer, channel: Make) -> None:
    one = channel(timeout=0.2)
    one.deliver(HELLO)
    server.next("done", trouble)
    assert one.left(HELLO, MONDAY) is None
    assert one.left(HELLO, MONDAY) == Receipt("queued", server.taken[0]["X-Message-Id"])


def test_an_account_without_activity_cannot_tell(server: SendGridServer, channel: Make) -> None:
    server.has_activity = False
    one = channel()
    one.deliver(HELLO)
    assert one.left(HELLO, MONDAY) is None


def test_tls_trusts_what_the_system_trusts_and_its_connection_is_kept(server_tls: ssl.SSLContext, trusted: None) -> None:
    with SendGridServer(server_tls) as server:
        one = SendGrid(SendGridSettings(server.base, 5.0), KEY, OFFICE)
        for number in range(5):
            one.deliver(to(f"c{number}@customer.example"))
        assert (len(server.taken), server.connections) == (5, 1)
        one.close()


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(server_tls: ssl.SSLContext) -> None:
    with SendGridServer(server_tls) as server, pytest.raises(ChannelDown, match="certificate that cannot be trusted"):
        SendGrid(SendGridSettings(server.base, 5.0), KEY, OFFICE).deliver(HELLO)
    assert server.headers == []


def test_config_says_how_sendgrid_is_reached() -> None:
    part = SendGridPart.model_validate(
        {"provider": "sendgrid", "from": "Our Office <office@northside.example>", "timeout": "10 s", "sandbox": True}
    )
    assert part.settings() == SendGridSettings("https://api.sendgrid.com", 10.0, 8, True)
    assert SendGrid(part.settings(), KEY, OFFICE).local is False


@pytest.fixture(scope="module")
def described() -> Iterator[tuple[str, SendGridServer]]:
    """SendGrid's own description of its API, enforced in front of our server."""
    if why := why_no_prism():
        pytest.skip(why)
    with SendGridServer() as server, prism("tsg_mail_v3.json", server.base) as base:
        yield base, server


def test_sendgrids_own_description_lets_our_requests_pass(described: tuple[str, SendGridServer]) -> None:
    base, server = described
    one = SendGrid(SendGridSettings(base, 30.0), KEY, OFFICE)
    for message in (
        HELLO,
        replace(HELLO, commercial=True),
        replace(HELLO, to_name="", subject=None, html="<p>Hi</p>"),
        replace(HELLO, body=BRACES),
    ):
        assert one.deliver(message) == Receipt("queued", server.taken[-1]["X-Message-Id"])
    sandbox = SendGrid(SendGridSettings(base, 30.0, sandbox=True), KEY, OFFICE)
    checked = len(server.checked)
    with contextlib.suppress(InDoubt):  # the description knows no answer of 200, so Prism may put one of its own in its place
        sandbox.deliver(HELLO)
    assert len(server.checked) == checked + 1
    one.close()
    sandbox.close()


def test_sendgrids_own_description_stops_what_is_no_request(described: tuple[str, SendGridServer]) -> None:
    base, server = described
    before = len(server.requests)
    with pytest.raises(Refused):
        SendGrid(SendGridSettings(base, 30.0), KEY, OFFICE).client.send({"subject": "no personalizations, no sender"})
    assert len(server.requests) == before


WORDS = st.text(max_size=60)


@given(name=WORDS, subject=WORDS, body=st.text(max_size=200), html=st.none() | st.text(max_size=200), commercial=st.booleans())
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_words_are_the_description_lets_them_pass(
    name: str, subject: str, body: str, html: str | None, commercial: bool, described: tuple[str, SendGridServer]
) -> None:
    base, server = described
    one = SendGrid(SendGridSettings(base, 30.0), KEY, OFFICE)
    one.deliver(replace(HELLO, to_name=name, subject=subject, body=body, html=html, commercial=commercial))
    assert server.taken[-1]["subject"] == (one_line(subject) or OFFICE.from_name)
    one.close()
