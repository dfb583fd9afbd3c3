import random
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.inbox.html_text import text_from_html
from contractor_ops.inbox.mail_headers import read_mail
from contractor_ops.inbox.mail_text import plain_text


def text_of(raw: str | bytes) -> str:
    return plain_text(read_mail(raw.encode() if isinstance(raw, str) else raw))


def html_mail(html: str) -> str:
    return text_of(f"Content-Type: text/html; charset=utf-8\n\n{html}")


# Which part is read


def test_the_plain_part_is_read_before_the_page() -> None:
    mail = EmailMessage()
    mail.set_content("Yes please.\n\nOn Monday Dana wrote:\n> Any questions?\n")
    mail.add_alternative("<p>Yes, on the page</p>", subtype="html")
    assert plain_text(mail) == "Yes please.\n\nOn Monday Dana wrote:\n> Any questions?"


@pytest.mark.parametrize("plain", ["", " \n\t\n"])
def test_the_page_is_read_where_the_plain_part_is_blank(plain: str) -> None:
    mail = EmailMessage()
    mail.set_content(plain)
    mail.add_alternative("<p>Yes</p><p>please</p>", subtype="html")
    assert plain_text(mail) == "Yes\n\nplease"


def test_a_page_with_its_pictures_is_read() -> None:
    mail = EmailMessage()
    mail.set_content("<p>Yes <img src='cid:1'></p>", subtype="html")
    mail.add_related(b"\x89PNG", maintype="image", subtype="png", cid="1")
    assert plain_text(mail) == "Yes"


def test_words_around_pictures_are_all_read_as_phones_write_them() -> None:
    mail = MIMEMultipart("mixed")
    mail.attach(MIMEText("Here is the roof."))
    mail.attach(MIMEApplication(b"\xff\xd8", "jpeg"))
    mail.attach(MIMEText("And please stop writing."))
    assert plain_text(mail) == "Here is the roof.\nAnd please stop writing."


@pytest.mark.parametrize("disposition", ["attachment", "inline"])
def test_attached_texts_are_not_the_mails_words(disposition: str) -> None:
    mail = EmailMessage()
    mail.set_content("See the list.")
    mail.add_attachment("stop\ncancel\n", filename="list.txt", disposition=disposition)
    assert plain_text(mail) == "See the list."


def test_a_forwarded_mail_that_is_attached_is_named_and_not_read() -> None:
    inner = EmailMessage()
    inner["Subject"] = "¿Cuánto?"
    inner.set_content("stop")
    mail = EmailMessage()
    mail.set_content("")
    mail.add_attachment(inner)
    assert plain_text(mail) == '[attachments only: the mail "¿Cuánto?"]'


def test_a_mail_of_attachments_only_names_them() -> None:
    mail = MIMEMultipart()
    for name in ("winmail.dat", "roof ñ.jpg"):
        part = MIMEApplication(b"\x78\x9f", "ms-tnef")
        part.add_header("Content-Disposition", "attachment", filename=name)
        mail.attach(part)
    assert plain_text(read_mail(mail.as_bytes())) == "[attachments only: winmail.dat, roof ñ.jpg]"


@pytest.mark.parametrize("raw", ["", "\n\n", "Subject: STOP\n\n\n", "Content-Type: text/html\n\n<html><body> <br> </body></html>"])
def test_a_mail_without_words_is_no_words(raw: str) -> None:
    assert text_of(raw) == ""


# Letters


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        ("utf-8", "¿Mañana?".encode(), "¿Mañana?"),
        ("iso-8859-1", "¿Mañana?".encode("latin-1"), "¿Mañana?"),
        ("us-ascii", "¿Mañana?".encode(), "¿Mañana?"),
        ("utf-8", b"We\x92ll take it \x96 ma\xf1ana", "We’ll take it – mañana"),
        ("x-nobody-knows", "¿Mañana?".encode(), "¿Mañana?"),
        ("x-nobody-knows", b"ma\xf1ana", "mañana"),
        ("base64", b"Yes", "Yes"),
        ("undefined", b"Yes", "Yes"),
        ('"a\x00b"', b"Yes", "Yes"),
        ("utf-16", "Sí".encode("utf-16"), "Sí"),
        ("gb2312", "你好".encode("gb2312"), "你好"),
    ],
)
def test_letters_are_read_whatever_they_are_said_to_be(charset: str, raw: bytes, text: str) -> None:
    import base64

    assert (
        text_of(f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n".encode() + base64.encodebytes(raw))
        == text
    )


def test_quoted_printable_is_undone() -> None:
    assert text_of("Content-Transfer-Encoding: quoted-printable\n\nYes, on Mon=\nday =E2=80=93 8 a.m.") == "Yes, on Monday – 8 a.m."


def test_nothing_unprintable_and_no_odd_line_ends_are_left() -> None:
    assert text_of(b"\n\xef\xbb\xbfone\r\ntwo\rthree\x00\x1b[31m\x07\n\n\n\nfour\xc2\xa0five   \n\n") == "one\ntwo\nthree[31m\n\nfour five"


def test_a_text_without_end_is_cut() -> None:
    assert len(text_of("\n" + "x" * 3_000_000)) == 100_000


# Pages


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div><div><br></div><div>three</div>", "one\ntwo\n\nthree"),
        ("one   two\n\nthree&nbsp;&amp;&#8217;four", "one two three &’four"),
        ("<style>p { stop: 1 }</style><script>stop()</script><title>stop</title><!-- stop -->yes", "yes"),
        ("<head><meta charset=utf-8><body>yes", "yes"),
        ("<ul><li>one<li>two</ul>", "- one\n- two"),
        ("<table><tr><td>Total</td><td>$450</td></tr><tr><td>Due</td></tr></table>", "Total $450\nDue"),
        ("<pre>one\n  two\n\nthree</pre>", "one\ntwo\n\nthree"),
        ('<a href="https://example.com/pay">Pay here.</a>', "Pay here. (https://example.com/pay)"),
        ('<a href="https://example.com/pay">https://example.com/pay</a>', "https://example.com/pay"),
        ('<a href="mailto:ann@customer.example">Ann</a> <a href="https://example.com"><img src="x"></a>', "Ann"),
        ("5 < 6 and 7 > 3 & so on", "5 < 6 and 7 > 3 & so on"),
        ("<p>never <b>closed<div>and <span>on", "never closed\nand on"),
        ("</div></blockquote></p></a></pre>yes", "yes"),
        ("<![if !supportLists]>yes<![endif]>", "yes"),
        ("<![nonsense[ x ]>yes", "yes"),
    ],
)
def test_a_page_reads_as_it_looks(html: str, text: str) -> None:
    assert html_mail(html).strip() == text


def test_a_page_that_calls_itself_plain_text_is_read_as_a_page() -> None:
    assert text_of("Content-Type: text/plain\n\n<html><body><p>Yes</p></body></html>") == "Yes"


GMAIL = """<div dir="ltr">Yes please</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">
On Mon, Nov 23, 2026 at 9:00 AM Office &lt;<a href="mailto:office@northside.example">office@northside.example</a>&gt; wrote:<br></div>
<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid"><p>Hi Ann,</p><p>any questions?</p>
<blockquote>older</blockquote></blockquote></div>"""
OUTLOOK = """<div class=WordSection1><p class=MsoNormal>Yes please<o:p></o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;
padding:3.0pt 0in 0in 0in'><p class=MsoNormal><b>From:</b> Office &lt;office@northside.example&gt;<br><b>Sent:</b> Monday<br><b>Subject:</b>
Your estimate</p></div></div><p class=MsoNormal>Hi Ann,</p><p>any questions?</p></div>"""
OUTLOOK_WEB = """<div>Yes please</div><div id="appendonsend"></div><hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">
<b>De:</b> Office<br><b>Enviado:</b> lunes</font><div>&nbsp;</div></div><div>Hi Ann,<p>any questions?</p></div>"""
APPLE = """<html><body>Yes please<br><div><br><blockquote type="cite"><div>On Nov 23, 2026, at 9:00 AM, Office wrote:</div><br>
<div><p>Hi Ann,</p><p>any questions?</p></div></blockquote></div></body></html>"""
YAHOO = """<div>Yes please</div><div id="ydp1yahoo_quoted_1" class="ydp1 yahoo_quoted"><div>On Monday, Office wrote:</div><div>Hi Ann,</div>
<div>any questions?</div></div>"""


@pytest.mark.parametrize("html", [GMAIL, OUTLOOK, OUTLOOK_WEB, APPLE, YAHOO], ids=["gmail", "outlook", "outlook web", "apple", "yahoo"])
def test_what_is_quoted_is_marked_and_what_is_new_is_not(html: str) -> None:
    lines = [line for line in html_mail(html).split("\n") if line.strip("> ")]
    assert [line for line in lines if not line.startswith(">")] == ["Yes please"]
    assert [line for line in lines if line.startswith("> ")][-2:] in (["> Hi Ann,", "> any questions?"], ["> any questions?", "> > older"])


def test_what_is_written_below_a_quotation_is_new() -> None:
    html = '<div class="gmail_quote"><div>On Monday Office wrote:</div><blockquote class="gmail_quote">Questions?</blockquote><div>Please stop.</div></div>'
    assert html_mail(html) == "> On Monday Office wrote:\n>\n> Questions?\n\nPlease stop."


def test_a_line_above_a_signature_is_no_quotation() -> None:
    assert html_mail('<p>Please stop.</p><div style="border-top: 1px solid #ccc">Ann Li</div><p>312 555 0142</p>') == (
        "Please stop.\n\nAnn Li\n\n312 555 0142"
    )  # fmt: skip


def test_indented_words_are_no_quotation() -> None:
    assert (
        html_mail('<blockquote style="margin:0 0 0 40px; border: none; padding:0px"><div>Please stop.</div></blockquote>') == "Please stop."
    )


# Whatever comes


@given(st.binary(max_size=400))
def test_any_bytes_are_some_text(raw: bytes) -> None:
    assert isinstance(text_of(raw), str)


PIECES = [
    b"From: a@b.example\n", b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: multipart/alternative; boundary=\"c\"\n", b"\n", b"--b\n",
    b"--b--\n", b"--c\n", b"Content-Type: text/html; charset*0*=utf''x\n", b"Content-Type: text/plain; charset=\xff\n", b"<div>", b"</div>", b"<blockquote>",
    b"</blockquote>", b"<![CDATA[", b"<!", b"&#xD800;", b"&#99999999999;", b"Content-Transfer-Encoding: base64\n", b"=", b"YWJj\n", b"yes\n",
    b"Content-Type: message/rfc822\n", b"Content-Disposition: attachment; filename*=utf-8''%FF\n", b"Content-Disposition: ;;;=\n", b"\x00", b"<a href>",
    b"Content-Type: message/delivery-status\n", b"Content-Transfer-Encoding: x-uuencode\n", b"begin 644 x\n", b"<pre>", b"<style>", b"</style>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_broken_mail_is_some_text(pieces: list[bytes]) -> None:
    text = text_of(b"".join(pieces))
    assert text == text.encode("utf-8").decode()


def nested(levels: int) -> bytes:
    opening = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(levels))
    return opening + b"Content-Type: text/plain\n\nyes\n"


@pytest.mark.parametrize("levels", [1, 30, 100, 200, 300, 450, 1000, 5000])
def test_parts_in_parts_without_end_are_some_text(levels: int) -> None:
    text = text_of(nested(levels))
    assert text == "yes" if levels <= 30 else text


@pytest.mark.parametrize("piece", ["<a ", "<x y='", "<!--", "<![", "</p", "<?", "<div><br>", "<a href=http://a>x<br>", "<p></blockquote>"])
def test_a_page_made_to_keep_a_reader_busy_for_hours_does_not(piece: str) -> None:
    assert "last" not in text_from_html("first" + piece * (2_000_000 // len(piece)) + "last")


def test_tags_in_any_order_are_some_text() -> None:
    chance = random.Random(1)  # the same every time
    tags = [
        "<div>",
        "</div>",
        "<blockquote>",
        "</blockquote>",
        "x",
        "<br>",
        "<a href=http://h>",
        "</a>",
        " ",
        "<div class=gmail_quote>",
        "<pre>",
    ]
    text = text_from_html("".join(chance.choice(tags) for _ in range(50_000)))
    assert {line.lstrip("> ").replace("(http://h)", "").strip(" x") for line in text.split("\n")} == {""}
