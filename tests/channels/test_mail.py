import email
import email.policy
import socket
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.channels.mail import WAY_OUT, Sender, build, html_from_text, new_message_id, one_line
from contractor_ops.ports import ChannelDown, Message, Picture, Refused

OFFICE = Sender("Northside Heating & Air", "office@northside.example", postal_address="412 Kedzie Ave, Chicago, IL 60618")
MONDAY = datetime(2026, 11, 23, 10, 0, 5, tzinfo=UTC)
HELLO = Message("email", "ann@customer.example", "Ann Li", "Hi Ann,\n\nany questions?", "<abc@northside.example>", subject="Your estimate")


def sent(message: Message, sender: Sender = OFFICE) -> EmailMessage:
    """The message as whoever receives it reads it."""
    return email.message_from_bytes(build(message, sender, MONDAY).as_bytes(), policy=email.policy.default)  # type: ignore[return-value]


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_every_header_is_there() -> None:
    headers = dict(sent(HELLO).items())
    assert headers.pop("Content-Type").startswith("multipart/alternative; boundary=")
    assert headers == {
        "From": "Northside Heating & Air <office@northside.example>",
        "To": "Ann Li <ann@customer.example>",
        "Subject": "Your estimate",
        "Date": "Mon, 23 Nov 2026 10:00:05 +0000",
        "Message-ID": "<abc@northside.example>",
        "Reply-To": "Northside Heating & Air <office@northside.example>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }


def test_a_service_message_has_the_postal_address_and_no_way_out() -> None:
    mail = sent(HELLO)
    assert text_of(mail) == "Hi Ann,\n\nany questions?\n\nNorthside Heating & Air, 412 Kedzie Ave, Chicago, IL 60618\n"
    assert mail["List-Unsubscribe"] is None


def test_pictures_stand_in_the_page_and_the_text_stands_beside_it() -> None:
    pictures = (Picture("ageing", b"\x89PNG one"), Picture("weeks", b"\x89PNG two\r\n\x00"))
    mail = sent(replace(HELLO, html='<p><img src="cid:ageing"><img src="cid:weeks"></p>', pictures=pictures))
    plain, page = mail.iter_parts()
    assert (plain.get_content_type(), page.get_content_type()) == ("text/plain", "multipart/related")
    html, *images = page.iter_parts()
    assert "cid:ageing" in str(html.get_content())
    assert [(one["Content-ID"], one.get_content_type(), one.get_content_disposition(), one.get_content()) for one in images] == [
        ("<ageing>", "image/png", "inline", b"\x89PNG one"),
        ("<weeks>", "image/png", "inline", b"\x89PNG two\r\n\x00"),
    ]


def test_a_commercial_message_has_a_way_out_in_its_text_and_its_headers() -> None:
    mail = sent(replace(HELLO, commercial=True, html="<html><body><p>Hi Ann</p></body></html>"))
    assert mail["List-Unsubscribe"] == "<mailto:office@northside.example?subject=unsubscribe>"
    assert text_of(mail).endswith(f"Chicago, IL 60618\n{WAY_OUT}\n")
    page = text_of(mail, "html")
    assert "Northside Heating &amp; Air, 412 Kedzie Ave, Chicago, IL 60618" in page
    assert WAY_OUT in page
    assert page.endswith("</p>\n</body></html>")


def test_answers_and_the_way_out_go_to_the_reply_address() -> None:
    mail = sent(replace(HELLO, commercial=True), replace(OFFICE, reply_to="answers@northside.example"))
    assert mail["Reply-To"] == "Northside Heating & Air <answers@northside.example>"
    assert mail["List-Unsubscribe"] == "<mailto:answers@northside.example?subject=unsubscribe>"


def test_without_html_the_page_is_made_from_the_text() -> None:
    mail = sent(replace(HELLO, body="Hi <Ann>,\n\nsee https://northside.example/a"))
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    page = mail.get_body(["html"]).get_content()
    assert "<p>Hi &lt;Ann&gt;,</p>" in page
    assert '<a href="https://northside.example/a">' in page


def test_names_of_all_languages_arrive_as_written() -> None:
    mail = sent(
        replace(HELLO, to_name="José Muñoz, Sr.", subject="Presupuesto – señor 你好 " * 8), replace(OFFICE, from_name='Zoë "Z" & Sons')
    )
    assert mail["To"].addresses[0].display_name == "José Muñoz, Sr."
    assert mail["From"].addresses[0].display_name == 'Zoë "Z" & Sons'
    assert mail["Subject"] == ("Presupuesto – señor 你好 " * 8).strip()


def test_a_long_address_of_the_office_leaves_its_headers_whole() -> None:
    domain = "a-very-long-name-for-a-heating-and-air-conditioning-company-of-the.northside.example"
    wire = build(
        replace(HELLO, commercial=True, message_id=new_message_id(domain, "x")), replace(OFFICE, from_address=f"office@{domain}"), MONDAY
    )
    assert f"\r\nList-Unsubscribe: <mailto:office@{domain}?subject=unsubscribe>\r\n".encode() in wire.as_bytes()
    assert f"\r\nMessage-ID: {new_message_id(domain, 'x')}\r\n".encode() in wire.as_bytes()


def test_a_message_id_is_in_the_senders_domain_and_the_same_for_the_same_seed() -> None:
    first = new_message_id("northside.example", "estimate-follow-up|E-1042|first-nudge")
    assert first == new_message_id("northside.example", "estimate-follow-up|E-1042|first-nudge")
    assert first != new_message_id("northside.example", "estimate-follow-up|E-1043|first-nudge")
    assert first.startswith("<")
    assert first.endswith("@northside.example>")
    assert socket.gethostname().encode() not in build(HELLO, OFFICE, MONDAY).as_bytes()


def test_a_bare_id_is_put_into_the_senders_domain() -> None:
    assert sent(replace(HELLO, message_id="m-17"))["Message-ID"] == "<m-17@northside.example>"


def test_the_offices_own_address_must_be_one() -> None:
    with pytest.raises(ChannelDown, match="office's own e-mail address"):
        build(HELLO, replace(OFFICE, from_address="Northside"), MONDAY)


def test_a_text_becomes_html_with_paragraphs_and_links_and_everything_else_escaped() -> None:
    html = html_from_text("Hi <b>Ann</b> & Bob,\n\nPay here: https://pay.example/i?n=1&t=2.\nThanks\n")
    assert html == (
        "<p>Hi &lt;b&gt;Ann&lt;/b&gt; &amp; Bob,</p>\n"
        '<p>Pay here: <a href="https://pay.example/i?n=1&amp;t=2">https://pay.example/i?n=1&amp;t=2</a>.<br>Thanks</p>\n'
    )


@given(name=st.text(max_size=60), subject=st.text(max_size=200), body=st.text(max_size=300))
@settings(deadline=None)
def test_whatever_the_words_are_no_header_is_smuggled_in_and_the_wire_is_clean(name: str, subject: str, body: str) -> None:
    wire = build(replace(HELLO, to_name=name, subject=subject, body=body, commercial=True), OFFICE, MONDAY).as_bytes()
    mail = email.message_from_bytes(wire, policy=email.policy.default)
    assert sorted(mail.keys()) == sorted([
        "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted", "List-Unsubscribe", "Content-Type",
        "MIME-Version",
    ])  # fmt: skip
    assert [address.addr_spec for address in mail["To"].addresses] == ["ann@customer.example"]
    assert mail["Subject"] == one_line(subject) or not one_line(subject)
    # The library's newer parser puts a blank between two encoded words of a name, which RFC 2047 forbids; its older one does not.
    assert str(make_header(decode_header(parseaddr(email.message_from_bytes(wire)["To"])[0]))) == one_line(name)
    assert wire.isascii()
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert max(map(len, wire.split(b"\r\n"))) <= 998


@given(st.text(max_size=100))
@settings(deadline=None)
def test_whatever_the_address_is_it_is_taken_or_refused(address: str) -> None:
    try:
        mail = build(replace(HELLO, to=address), OFFICE, MONDAY).as_bytes()
    except Refused:
        return
    assert mail.count(b"\r\nTo: ") == 1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=2000))
@settings(deadline=None)
def test_the_words_arrive_as_they_were_written(body: str) -> None:
    arrived = text_of(sent(replace(HELLO, body=body), replace(OFFICE, postal_address="")))
    assert arrived == body.replace("\u2028", "\n").replace("\u2029", "\n").rstrip() + "\n"
