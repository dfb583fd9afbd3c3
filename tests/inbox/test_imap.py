"""The mailbox, asked of a real Dovecot on this machine."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from contractor_ops.inbox.imap import Imap
from contractor_ops.inbox.settings import ImapPart, ImapSettings, InboxPart
from contractor_ops.ports import Batch, InboxDown, Reply, Result
from tests.providers.imap_server import PASSWORD, USER, ImapServer, imap_server, why_no_dovecot
from tests.stories.mail_server import free_port

pytestmark = pytest.mark.skipif(bool(why_no_dovecot()), reason=why_no_dovecot())

MONDAY = datetime(2024, 11, 25, 16, 0, tzinfo=UTC)
"""Long past by anybody's clock: a server takes no moment of arrival that is still to come."""
OURS = "<0123456789abcdef@northside.example>"
CUSTOMERS = {"ann@customer.example", "bob@customer.example"}


@pytest.fixture(scope="module")
def shared() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture
def server(shared: ImapServer) -> ImapServer:
    """The server, its INBOX empty."""
    shared.empty()
    return shared


Open = Callable[..., Imap]


@pytest.fixture
def opened() -> Iterator[Open]:
    made: list[Imap] = []

    def make(port: int, password: str = PASSWORD, own: tuple[str, ...] = (), **settings: Any) -> Imap:
        chosen = ImapSettings(**{"host": "127.0.0.1", "user": USER, "port": port, "security": "none", "timeout": 10.0, **settings})
        made.append(Imap(chosen, password, own))
        return made[-1]

    yield make
    for one in made:
        one.close()


def mail(sender: str = "Ann Li <ann@customer.example>", body: str = "Yes please", at: datetime = MONDAY, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = sender, USER
    made["Date"] = at
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made


def is_customer(address: str, message_ids: Any) -> bool:
    return address in CUSTOMERS or OURS in message_ids


def everything(
    imap: Imap, cursor: str = "", since: datetime = MONDAY - timedelta(days=7), concerns: Any = is_customer
) -> tuple[list[Any], str]:
    arrivals: list[Any] = []
    for batch in imap.fetch(cursor, since, concerns):
        arrivals += batch.arrivals
        cursor = batch.cursor
    return arrivals, cursor


# What a reply is


def test_a_reply_comes_with_its_words_its_writer_and_what_it_answers(server: ImapServer, opened: Open) -> None:
    written = mail(body="Yes, please go ahead.\n\nAnn", Message_ID="<re-1@customer.example>", Subject="Re: Your estimate", In_Reply_To=OURS,
                   References=f"<first@northside.example> <second@customer.example> {OURS}", Reply_To="trap@elsewhere.example")  # fmt: skip
    server.put(written, arrived=MONDAY + timedelta(minutes=1))
    (reply,), _ = everything(opened(server.port))
    assert reply == Reply(
        "imap:<re-1@customer.example>", "email", "ann@customer.example", MONDAY, "Yes, please go ahead.\n\nAnn", "Re: Your estimate",
        "Ann Li", (OURS, "<second@customer.example>", "<first@northside.example>"), {"content-type": 'text/plain; charset="utf-8"'},
    )  # fmt: skip


def test_the_headers_that_tell_an_automatic_answer_come_along(server: ImapServer, opened: Open) -> None:
    server.put(mail(Auto_Submitted="auto-replied", X_Auto_Response_Suppress="All", Return_Path="<>", X_Mailer="Some program"))
    (reply,), _ = everything(opened(server.port))
    assert {**reply.headers, "content-type": ""} == {
        "auto-submitted": "auto-replied", "x-auto-response-suppress": "All", "return-path": "<>", "content-type": "",
    }  # fmt: skip


def test_the_address_is_that_of_from_in_lower_case_and_names_are_decoded(server: ImapServer, opened: Open) -> None:
    server.put("From: =?utf-8?q?Ann_Mu=C3=B1oz=2C_Jr=2E?= <Ann@Customer.Example>\nSubject: =?utf-8?b?wr9DdcOhbmRvPw==?=\n\nHola\n")
    (reply,), _ = everything(opened(server.port))
    assert (reply.address, reply.name, reply.subject) == ("ann@customer.example", "Ann Muñoz, Jr.", "¿Cuándo?")


def test_a_mail_without_an_id_has_the_same_key_every_time(server: ImapServer, opened: Open) -> None:
    server.put(mail(body="first", at=MONDAY))
    server.put(mail(body="second", at=MONDAY + timedelta(hours=1)))
    (one, two), _ = everything(opened(server.port))
    (again, _), _ = everything(opened(server.port))
    assert one.key == again.key != two.key


@pytest.mark.parametrize(
    ("date", "at"),
    [
        (MONDAY - timedelta(hours=2), MONDAY - timedelta(hours=2)),
        (MONDAY + timedelta(days=400), MONDAY),
        ("yesterday at tea", MONDAY),
        ("Mon, 25 Nov 2024 12:00:00 -0000", MONDAY - timedelta(hours=4)),
    ],
    ids=["written before it came", "in the future", "no date at all", "no zone"],
)
def test_a_reply_was_written_when_it_says_but_never_after_it_came(date: Any, at: datetime, server: ImapServer, opened: Open) -> None:
    said = f"{date:%a, %d %b %Y %H:%M:%S %z}" if isinstance(date, datetime) else date
    server.put(f"From: ann@customer.example\nDate: {said}\n\nYes\n", arrived=MONDAY)
    (reply,), _ = everything(opened(server.port))
    assert reply.at == at


# What concerns us


def test_mail_that_answers_ours_concerns_us_whoever_writes_it(server: ImapServer, opened: Open) -> None:
    server.put(mail("Cousin <cousin@elsewhere.example>", References=OURS))
    server.put(mail("Friend <friend@elsewhere.example>"))
    arrivals, _ = everything(opened(server.port))
    assert [one.address for one in arrivals] == ["cousin@elsewhere.example"]


def test_a_mail_that_says_unsubscribe_concerns_us_whoever_writes_it(server: ImapServer, opened: Open) -> None:
    server.put(mail("other@elsewhere.example", body="", Subject=" Unsubscribe "))
    server.put(mail("news@elsewhere.example", Subject="How to unsubscribe from anything"))
    arrivals, _ = everything(opened(server.port))
    assert [(one.address, one.subject, one.text) for one in arrivals] == [("other@elsewhere.example", "Unsubscribe", "")]


def test_what_the_office_wrote_itself_is_no_reply(server: ImapServer, opened: Open) -> None:
    server.put(mail(f"Office <{USER.upper()}>", In_Reply_To=OURS))
    server.put(mail("Dana <dana@northside.example>", In_Reply_To=OURS, Subject="unsubscribe"))
    assert everything(opened(server.port, own=("Dana@northside.example",)))[0] == []


def test_what_does_not_concern_us_is_never_fetched_whole(opened: Open) -> None:
    with imap_server() as server:
        server.put_all(mail(f"news{number}@elsewhere.example", body="x" * 2000) for number in range(200))
        server.put(mail(body="Yes please"))
        before = len(server.fetched(2))
        imap = opened(server.port)
        arrivals, _ = everything(imap)
        imap.close()
        count = server.fetched(before + 1)[-1]
        assert [one.text for one in arrivals] == ["Yes please"]
        assert (count["body_count"], count["hdr_count"]) == (1, 201)
        assert count["body_bytes"] < 1000


def test_nothing_is_marked_as_read_or_otherwise(server: ImapServer, opened: Open) -> None:
    server.put(mail())
    server.put(mail(), flags="\\Flagged")
    server.put(BOUNCE)
    server.put(mail(), flags="\\Seen")
    before = server.flags()
    arrivals, _ = everything(opened(server.port))
    assert len(arrivals) == 4
    assert list(before.values()) == ["\\Recent", "\\Flagged \\Recent", "\\Recent", "\\Seen \\Recent"]
    assert server.flags() == before


# From where it left off


def test_it_goes_on_where_it_left_off(server: ImapServer, opened: Open) -> None:
    server.put(mail(body="one"))
    first, cursor = everything(opened(server.port))
    assert everything(opened(server.port), cursor) == ([], cursor)
    server.put(mail(body="two"))
    second, later = everything(opened(server.port), cursor)
    assert ([one.text for one in first], [one.text for one in second]) == (["one"], ["two"])
    assert everything(opened(server.port), later) == ([], later)


def test_the_same_connection_may_look_again(server: ImapServer, opened: Open) -> None:
    imap = opened(server.port)
    server.put(mail(body="one"))
    _, cursor = everything(imap)
    server.put(mail(body="two"))
    arrivals, later = everything(imap, cursor)
    assert [one.text for one in arrivals] == ["two"]
    assert later.partition(":")[0] == cursor.partition(":")[0]


def test_an_empty_mailbox_gives_a_cursor_from_which_nothing_is_missed(server: ImapServer, opened: Open) -> None:
    nothing, cursor = everything(opened(server.port))
    server.put(mail(body="a mail that came late, with an old date of arrival"), arrived=MONDAY - timedelta(days=90))
    arrivals, _ = everything(opened(server.port), cursor)
    assert (nothing, len(arrivals)) == ([], 1)


def test_with_no_cursor_it_begins_at_the_moment_that_it_is_told(server: ImapServer, opened: Open) -> None:
    server.put(mail(body="long ago"), arrived=MONDAY - timedelta(days=8))
    server.put(mail(body="a minute before"), arrived=MONDAY - timedelta(minutes=1))
    server.put(mail(body="at that moment"), arrived=MONDAY)
    arrivals, cursor = everything(opened(server.port), since=MONDAY)
    assert [one.text for one in arrivals] == ["at that moment"]
    assert everything(opened(server.port), cursor) == ([], cursor)


def test_killed_between_two_batches_it_loses_nothing(server: ImapServer, opened: Open) -> None:
    server.put_all(mail(body=f"answer {number}") for number in range(60))
    imap = opened(server.port)
    stopped: Batch = next(iter(imap.fetch("", MONDAY - timedelta(days=1), is_customer)))
    imap.close()
    rest, _ = everything(opened(server.port), stopped.cursor)
    assert 0 < len(stopped.arrivals) < 60
    assert [one.text for one in (*stopped.arrivals, *rest)] == [f"answer {number}" for number in range(60)]


def test_a_folder_that_is_numbered_anew_is_read_again_by_date(server: ImapServer, opened: Open) -> None:
    server.put_all([mail(body=f"old {number}") for number in range(3)], "Customers", arrived=MONDAY - timedelta(days=30))
    imap = opened(server.port, folder="Customers")
    _, cursor = everything(imap)
    imap.close()
    server.remove("Customers")
    server.put(mail(body="older than that"), "Customers", arrived=MONDAY - timedelta(days=30))
    server.put(mail(body="new"), "Customers", arrived=MONDAY)
    arrivals, later = everything(opened(server.port, folder="Customers"), cursor)
    assert [one.text for one in arrivals] == ["new"]
    assert later.partition(":")[0] != cursor.partition(":")[0]


@pytest.mark.parametrize("cursor", ["nonsense", ":", "12:", "12:x"])
def test_a_cursor_that_means_nothing_begins_by_date(cursor: str, server: ImapServer, opened: Open) -> None:
    server.put(mail())
    assert len(everything(opened(server.port), cursor)[0]) == 1


def test_of_an_answer_that_is_removed_meanwhile_a_person_hears_at_least_that_it_came(server: ImapServer, opened: Open) -> None:
    server.put_all([mail(body="answer 0"), mail(body="answer 1"), BOUNCE])

    def throwing_away(address: str, message_ids: Any) -> bool:
        server.empty()
        return True

    arrivals, cursor = everything(opened(server.port), concerns=throwing_away)
    assert [one.text for one in arrivals] == ["[the mailbox server does not hand over the words of this mail]"] * 2
    assert everything(opened(server.port), cursor) == ([], cursor)


# What came back


BOUNCE = f"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {USER}
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-1@mx.example>
Date: Mon, 25 Nov 2024 16:00:00 +0000
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b

I'm sorry to have to inform you that your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; gone@customer.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: message/rfc822

From: {USER}
Message-ID: {OURS}

Hi
--b--
"""


def test_a_bounce_of_ours_is_a_result_whoever_it_comes_from(server: ImapServer, opened: Open) -> None:
    server.put(BOUNCE, arrived=MONDAY + timedelta(seconds=5))
    arrivals, _ = everything(opened(server.port), concerns=lambda address, message_ids: OURS in message_ids)
    assert arrivals == [
        Result("imap:bounce:<bounce-1@mx.example>:gone@customer.example", "email", "failed", MONDAY + timedelta(seconds=5), message_id=OURS,
               address="gone@customer.example", code="5.1.1", reason="the mailbox does not exist (5.1.1): User unknown")
    ]  # fmt: skip


def test_a_bounce_of_what_somebody_wrote_by_hand_is_not_given(server: ImapServer, opened: Open) -> None:
    server.put(BOUNCE.replace(OURS, "<by-hand@northside.example>"))
    assert everything(opened(server.port))[0] == []
    server.put(BOUNCE.replace(f"Message-ID: {OURS}\n", "").replace("gone@", "ann@"))  # which mail came back is not shown
    assert [one.address for one in everything(opened(server.port))[0]] == ["ann@customer.example"]


def test_a_report_of_a_delay_is_neither_a_result_nor_a_reply(server: ImapServer, opened: Open) -> None:
    server.put(
        BOUNCE.replace("Action: failed", "Action: delayed").replace("Status: 5", "Status: 4").replace("To:", f"In-Reply-To: {OURS}\nTo:")
    )
    assert everything(opened(server.port))[0] == []


def test_an_absence_note_without_a_return_path_is_a_reply(server: ImapServer, opened: Open) -> None:
    server.put(mail(body="I am away until Monday.", Return_Path="<>", Auto_Submitted="auto-replied"))
    server.put(mail("other@elsewhere.example", body="I am away too.", Return_Path="<>"))
    arrivals, _ = everything(opened(server.port))
    assert [one.text for one in arrivals] == ["I am away until Monday."]


def test_a_bounce_in_words_that_nobody_knows_is_read_by_a_person_if_it_shows_our_message(server: ImapServer, opened: Open) -> None:
    words = "Alas, alack! Your letter found no home.\n\nYou wrote:\nSubject: Your estimate\nMessage-ID: "
    server.put(mail("MAILER-DAEMON@odd.example", body=words + OURS))
    server.put(mail("MAILER-DAEMON@odd.example", body=words + "<not-ours@elsewhere.example>"))
    (reply,), _ = everything(opened(server.port))
    assert (reply.address, reply.text.split("\n")[0]) == ("mailer-daemon@odd.example", "Alas, alack! Your letter found no home.")


# Large and odd mail


def with_photo(body: str, size: int, after: str = "") -> EmailMessage:
    made = mail(body=body)
    made.add_attachment(b"\xff" * size, maintype="image", subtype="jpeg", filename="roof.jpg")
    if after:
        made.add_attachment(after, disposition="inline")
    return made


def test_of_a_very_large_mail_only_the_beginning_and_the_end_are_fetched(opened: Open) -> None:
    with imap_server() as server:
        server.put(with_photo("Here is the roof.", 15_000_000, after="Please stop writing to me."))
        imap = opened(server.port)
        (reply,), _ = everything(imap)
        imap.close()
        assert reply.text.split("\n") == ["Here is the roof.", "", "Please stop writing to me."]
        assert server.fetched(2)[-1]["body_bytes"] < 500_000


def test_of_a_mail_with_photos_the_words_are_read(server: ImapServer, opened: Open) -> None:
    server.put(with_photo("Here is the roof.", 1_000_000))
    (reply,), _ = everything(opened(server.port))
    assert reply.text == "Here is the roof."


@pytest.mark.parametrize(
    "odd",
    [
        b"", b"\n", b"\n\n", b"no headers at all", b"From: ann@customer.example\n", b"From: <<>>\nDate: x\n\n", b"\xff\xfe\x01\nFrom: \xff\n\nx",
        b"From: =?utf-8?b?////?= <ann@customer.example>\nSubject: =?nonsense?q?=FF?=\nReferences: <<<a> <b\n\nx",
        b"From: ann@customer.example\nContent-Type: multipart/mixed; boundary=\n\nx", b"From: ann@customer.example\nMessage-ID: none\n\nx",
        b"From: ann@customer.example, bob@customer.example\n\nx", b"From: friends: ann@customer.example;\n\nx",
    ],
)  # fmt: skip
def test_no_mail_is_too_odd(odd: bytes, server: ImapServer, opened: Open) -> None:
    server.put(odd or b"\r\n")
    server.put(mail(body="after it"))
    arrivals, _ = everything(opened(server.port), concerns=lambda address, message_ids: True)
    assert arrivals[-1].text == "after it"


def test_letters_sent_as_they_are_in_headers_are_read(server: ImapServer, opened: Open) -> None:
    server.put("From: Muñoz <ann@customer.example>\nSubject: ¿Cuándo?\n\nHola\n")
    (reply,), _ = everything(opened(server.port))
    assert (reply.name, reply.subject, reply.address) == ("Muñoz", "¿Cuándo?", "ann@customer.example")


# The folder of sent mail


@pytest.mark.parametrize(
    ("folder", "flag", "told"),
    [("Envoyés", "\\Sent", ""), ("Sent Items", "\\Archive", ""), ("Out & about", "\\Archive", "Out & about")],
)
def test_a_message_that_has_left_is_found_in_the_folder_of_sent_mail(folder: str, flag: str, told: str, opened: Open) -> None:
    with imap_server(folder, flag) as server:
        server.put(mail(f"Office <{USER}>", Message_ID=OURS), folder, arrived=MONDAY)
        imap = opened(server.port, sent_folder=told)
        assert imap.in_sent_folder(OURS, MONDAY) is True
        assert imap.in_sent_folder("<another@northside.example>", MONDAY) is False
        assert imap.in_sent_folder(OURS, MONDAY + timedelta(days=30)) is False


def test_without_a_folder_of_sent_mail_nobody_knows(opened: Open) -> None:
    with imap_server("Drafts", "\\Drafts") as server:
        assert opened(server.port).in_sent_folder(OURS, MONDAY) is None
        assert opened(server.port, sent_folder="Not there").in_sent_folder(OURS, MONDAY) is None
    assert opened(free_port()).in_sent_folder(OURS, MONDAY) is None


def test_looking_into_the_folder_of_sent_mail_between_two_batches_loses_nothing(server: ImapServer, opened: Open) -> None:
    server.put_all(mail(body=f"answer {number}") for number in range(120))
    imap, words = opened(server.port), []
    for batch in imap.fetch("", MONDAY - timedelta(days=1), is_customer):
        words += [one.text for one in batch.arrivals if isinstance(one, Reply)]
        assert imap.in_sent_folder(OURS, MONDAY) is False
    assert words == [f"answer {number}" for number in range(120)]


# Servers that answer otherwise than Dovecot

LOGGED_IN = (b"* OK ready\r\n", b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n", b"TAG OK done\r\n",
             b"* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT 12] next\r\nTAG OK done\r\n")  # fmt: skip
HEAD = b"From: ann@customer.example\r\nMessage-ID: <a@customer.example>\r\n\r\n"


def test_a_server_may_give_the_uid_last_and_tell_of_other_mails_between(opened: Open) -> None:
    arrived = b'RFC822.SIZE 90 INTERNALDATE " 5-Nov-2024 16:00:00 +0000"'
    heads = b"* 3 FETCH (%s BODY[HEADER.FIELDS (FROM)] {%d}\r\n%s UID 11)\r\n* 2 FETCH (FLAGS (\\Seen) UID 10)\r\nTAG OK done\r\n"
    whole = b"* 2 FETCH (FLAGS (\\Seen))\r\n* 3 FETCH (BODY[] {%d}\r\n%sYes UID 11)\r\nTAG OK done\r\n" % (len(HEAD) + 3, HEAD)
    found = b"* SEARCH 10 11\r\nTAG OK done\r\n"
    heard: list[str] = []
    with answering(*LOGGED_IN, found, heads % (arrived, len(HEAD), HEAD), whole, heard=heard) as port:
        (reply,), cursor = everything(opened(port), "7:10")
    assert (reply.text, reply.at, cursor) == ("Yes", datetime(2024, 11, 5, 16, tzinfo=UTC), "7:11")
    assert heard[2:4] == ['EXAMINE "INBOX"', "UID SEARCH UID 11:*"]
    assert [re.findall(r"BODY\S*", command) for command in heard[4:]] == [["BODY.PEEK[HEADER.FIELDS"], ["BODY.PEEK[])"]]


def test_a_server_that_goes_by_a_day_of_another_zone_leaves_nothing_out(opened: Open) -> None:
    heard: list[str] = []
    with answering(*LOGGED_IN, b"* SEARCH\r\nTAG OK done\r\n", heard=heard) as port:
        assert everything(opened(port), since=MONDAY) == ([], "7:11")
    assert heard[-1] == "UID SEARCH (SINCE 24-Nov-2024)"


def test_of_an_answer_that_the_server_cannot_hand_over_a_person_hears_at_least_that_it_came(opened: Open) -> None:
    head = b'* 1 FETCH (UID 11 RFC822.SIZE 90 INTERNALDATE "05-Nov-2024 16:00:00 +0000" BODY[HEADER.FIELDS (FROM)] {%d}\r\n%s)\r\nTAG OK done\r\n'
    answers = (b"* SEARCH 11\r\nTAG OK done\r\n", head % (len(HEAD), HEAD), b"TAG NO The mail is damaged\r\n")
    with answering(*LOGGED_IN, *answers) as port:
        (reply,), cursor = everything(opened(port), "7:10")
    assert (reply.key, reply.address, cursor) == ("imap:<a@customer.example>", "ann@customer.example", "7:11")
    assert reply.text == "[the mailbox server does not hand over the words of this mail]"


# When the server can't be asked


@pytest.mark.parametrize(("security", "tls"), [("tls", True), ("starttls", False)])
def test_it_is_asked_over_an_encrypted_connection(
    security: str, tls: bool, server: ImapServer, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca))
    server.put(mail())
    arrivals, _ = everything(opened(server.tls_port if tls else server.port, security=security))
    assert len(arrivals) == 1


@pytest.mark.parametrize(("security", "tls"), [("tls", True), ("starttls", False)])
def test_a_certificate_that_nobody_trusts_stops_it_before_the_password(security: str, tls: bool, opened: Open) -> None:
    with imap_server() as server:
        with pytest.raises(InboxDown, match="a certificate that cannot be trusted"):
            everything(opened(server.tls_port if tls else server.port, security=security))
        assert "Login:" not in (server.folder / "dovecot.log").read_text()


def test_a_wrong_password_is_a_plain_sentence_without_it(server: ImapServer, opened: Open) -> None:
    with pytest.raises(InboxDown) as down:
        everything(opened(server.port, "wrong horse"))
    assert down.value.reason == (
        f"The mailbox server 127.0.0.1:{server.port} refuses the user {USER} or the password (IMAP_PASSWORD): Authentication failed."
    )


def test_a_password_of_any_letters_is_tried(server: ImapServer, opened: Open) -> None:
    with pytest.raises(InboxDown, match="refuses the user"):
        everything(opened(server.port, 'contraseña "quoted" \\'))


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"host": "nobody.invalid"}, "cannot be found: is the host's name right"),
        ({"host": "a..b"}, "cannot be asked"),
        ({"port": -1}, "cannot be reached: Connection refused"),
        ({"folder": "Not there"}, 'has no folder "Not there" that can be looked into: Mailbox doesn\'t exist: Not there'),
        ({"security": "tls"}, "cannot be talked to in this way; try another security"),
    ],
)
def test_whatever_is_wrong_is_a_plain_sentence(settings: dict[str, Any], sentence: str, server: ImapServer, opened: Open) -> None:
    port = settings.pop("port", server.port)
    with pytest.raises(InboxDown) as down:
        everything(opened(port if port > 0 else free_port(), **settings))
    assert down.value.reason.startswith(f"The mailbox server {settings.get('host', '127.0.0.1')}:")
    assert sentence in down.value.reason


@contextmanager
def answering(greeting: bytes = b"", *answers: bytes, heard: list[str] | None = None) -> Iterator[int]:
    """A server that greets, and answers each command with the next of these, TAG standing for the command's tag; then it falls silent."""
    heard = [] if heard is None else heard
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            peer, _ = listening.accept()
            with peer, peer.makefile("rb") as asked:
                peer.sendall(greeting)
                for answer in answers:
                    tag, _, command = asked.readline().partition(b" ")
                    heard.append(command.decode().strip())
                    peer.sendall(answer.replace(b"TAG", tag))
                while asked.readline():
                    pass

        threading.Thread(target=talk, daemon=True).start()
        yield listening.getsockname()[1]


def test_a_silent_server_is_waited_for_no_longer_than_the_timeout(opened: Open) -> None:
    with answering() as port, pytest.raises(InboxDown, match=r"did not answer within 0\.2 seconds"):
        everything(opened(port, timeout=0.2))


def test_a_server_that_falls_silent_at_the_log_in(opened: Open) -> None:
    with answering(b"* OK [CAPABILITY IMAP4rev1] ready\r\n") as port, pytest.raises(InboxDown, match="did not answer within"):
        everything(opened(port, timeout=0.2))


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_that_falls_silent_before_encryption(security: str, opened: Open) -> None:
    with answering() as port, pytest.raises(InboxDown, match="did not answer within"):
        everything(opened(port, timeout=0.2, security=security))


@pytest.mark.parametrize(
    ("lines", "settings", "sentence"),
    [
        ([b"* BYE [ALERT] too busy\r\n"], {}, "refuses what it is asked: too busy"),
        ([b"HTTP/1.1 400 Bad Request\r\n\r\n"], {}, "does not talk as mailbox servers do"),
        ([b"* OK ready\r\n", b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nTAG OK done\r\n"], {}, "takes no log-in in this way"),
        ([b"* OK ready\r\n", b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n"], {"security": "starttls"}, r"offers no encryption \(STARTTLS\)"),
        (
            [b"* OK ready\r\n", b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n", b"TAG NO [UNAVAILABLE] Try later\r\n"],
            {},
            "nobody in just now: Try later",
        ),
        ([*LOGGED_IN[:3], b"TAG BAD [CLIENTBUG] What?\r\n"], {}, r"refuses what it is asked: What\?$"),
        ([*LOGGED_IN[:3], b"* BYE going down\r\n"], {}, "ended the connection"),
    ],
)
def test_servers_that_will_not(lines: list[bytes], settings: dict[str, Any], sentence: str, opened: Open) -> None:
    with answering(*lines) as port, pytest.raises(InboxDown, match=sentence):
        everything(opened(port, timeout=0.5, **settings))


def test_a_server_that_ends_between_two_batches_loses_nothing(opened: Open) -> None:
    with imap_server() as server:
        server.put_all(mail(body=f"answer {number}") for number in range(60))
        imap = opened(server.port)
        batches = imap.fetch("", MONDAY - timedelta(days=1), is_customer)
        first = next(batches)
        server.stop()
        with pytest.raises(InboxDown, match=r"ended the connection|cannot be reached"):
            next(batches)
        assert len(first.arrivals) == 50


def test_a_connection_that_was_lost_is_opened_again(server: ImapServer, opened: Open) -> None:
    server.put(mail())
    imap = opened(server.port)
    _, cursor = everything(imap)
    imap._mailbox._kept.client.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # as a router drops it
    with pytest.raises(InboxDown):
        everything(imap, cursor)
    assert everything(imap, cursor) == ([], cursor)


def test_probing_says_what_is_wrong_and_nothing_where_all_is_right(server: ImapServer, opened: Open) -> None:
    opened(server.port).probe()
    with pytest.raises(InboxDown, match="refuses the user"):
        opened(server.port, "wrong").probe()


@pytest.fixture
def own_address() -> str:
    """This machine's address in its network, which stands for anybody else's: it is no loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as route:
        try:
            route.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            pytest.skip("this machine is in no network")
        return str(route.getsockname()[0])


def test_a_password_never_goes_unencrypted_to_another_machine(own_address: str, opened: Open) -> None:
    heard: list[bytes] = []
    with socket.create_server((own_address, 0)) as listening:

        def talk() -> None:
            peer, _ = listening.accept()
            with peer, peer.makefile("rb") as asked:
                peer.sendall(b"* OK ready\r\n")
                for line in asked:
                    heard.append(line)
                    peer.sendall(b"* CAPABILITY IMAP4rev1\r\n" + line.split(b" ")[0] + b" OK done\r\n")

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        with pytest.raises(InboxDown, match="would get the password unencrypted"):
            everything(opened(listening.getsockname()[1], host=own_address, timeout=5.0))
        thread.join(5)
    assert not any(b"LOGIN" in line or PASSWORD.encode() in line for line in heard)
    assert heard


# Settings


@pytest.mark.parametrize(("security", "port"), [("tls", 993), ("starttls", 143), ("none", 143)])
def test_the_port_is_that_of_the_security_unless_said(security: Any, port: int) -> None:
    part = ImapPart(host="mail.northside.example", user=USER, security=security)
    assert part.settings() == ImapSettings("mail.northside.example", USER, port, security, 30.0, "INBOX", "")
    assert ImapPart(host="mail.northside.example", user=USER, security=security, port=1143).settings().port == 1143


def test_the_shortest_settings_are_encrypted() -> None:
    assert ImapPart.model_validate({"host": "mail.northside.example", "user": USER, "timeout": "5 s"}).settings() == ImapSettings(
        "mail.northside.example", USER, 993, "tls", 5.0
    )


def test_a_port_that_speaks_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="port 993 is encrypted from the start"):
        ImapPart(host="mail.northside.example", user=USER, security="starttls", port=993)


def test_the_inbox_needs_no_mailbox_and_confirms_no_opt_out_unless_told() -> None:
    assert (InboxPart().imap, InboxPart().confirm_opt_outs) == (None, False)
    with pytest.raises(ValueError, match="Extra inputs"):
        InboxPart.model_validate({"imapp": {}})
