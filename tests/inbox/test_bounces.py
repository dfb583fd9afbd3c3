"""Bounces in the shapes that mail servers send them, each written for this test."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.inbox.bounces import failures, is_delivery_report, may_be_bounce, returned_message_id
from contractor_ops.inbox.mail_headers import read_mail
from contractor_ops.ports import Result

AT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
OURS = "<0123456789abcdef@northside.example>"

POSTFIX = f"""Return-Path: <>
From: MAILER-DAEMON@mx.northside.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: office@northside.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B1"
Message-Id: <20261123160000.AB12C@mx.northside.example>

This is a MIME-encapsulated message.

--B1
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.northside.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<ann@customer.example>: host mx.customer.example[192.0.2.7] said: 550 5.1.1
    <ann@customer.example>: Recipient address rejected: User unknown in virtual
    mailbox table (in reply to RCPT TO command)

--B1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.northside.example
X-Postfix-Queue-ID: AB12C
Arrival-Date: Mon, 23 Nov 2026 16:00:00 +0000 (UTC)

Final-Recipient: rfc822; ann@forwarded.example
Original-Recipient: rfc822;Ann@Customer.Example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.customer.example
Diagnostic-Code: smtp; 550 5.1.1 <ann@customer.example>: Recipient address
    rejected: User unknown in virtual mailbox table

--B1
Content-Description: Undelivered Message
Content-Type: message/rfc822

Return-Path: <office@northside.example>
From: Northside <office@northside.example>
To: Ann <ann@customer.example>
Message-ID: {OURS}
Content-Type: multipart/alternative; boundary="in"

--in
Content-Type: text/plain

Hi Ann
--in--

--B1--
"""

OFFICE_365 = f"""From: postmaster@customer.example
To: office@northside.example
Date: Mon, 23 Nov 2026 16:00:03 +0000
Content-Type: multipart/report; report-type=delivery-status;
	boundary="_89b7_"
Content-Language: en-US
Message-ID: <a1b2c3@DM6.prod.outlook.example>
In-Reply-To: <another@northside.example>
Subject: Undeliverable: Your estimate
Auto-Submitted: auto-replied
X-MS-Exchange-Message-Is-Ndr:

--_89b7_
Content-Type: multipart/alternative; differences=Content-Type; boundary="_in_"

--_in_
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to bob@customer.example couldn't be delivered.
bob wasn't found at customer.example.

--_in_
Content-Type: text/html; charset="us-ascii"

<html><body><p>Your message couldn't be delivered.</p></body></html>

--_in_--

--_89b7_
Content-Type: message/delivery-status

Reporting-MTA: dns;DM6.prod.outlook.example
Received-From-MTA: dns;mail.northside.example
Arrival-Date: Mon, 23 Nov 2026 16:00:01 +0000

Final-Recipient: rfc822;bob@customer.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient bob@customer.example not found by SMTP address lookup
X-Display-Name: Bob

--_89b7_
Content-Type: text/rfc822-headers

Received: from mail.northside.example
From: Northside <office@northside.example>
Message-ID:
 {OURS}

--_89b7_--
"""

GMAIL = f"""Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
To: office@northside.example
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {OURS}
In-Reply-To: {OURS}
X-Failed-Recipients: carl@customer.example
Message-ID: <65f.050a.GMR@mx.google.example>
Content-Type: multipart/report; boundary="0000abc"; report-type=delivery-status

--0000abc
Content-Type: multipart/related; boundary="0000def"

--0000def
Content-Type: multipart/alternative; boundary="0000ghi"

--0000ghi
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to carl@customer.example because the address couldn't be found.
--0000ghi--
--0000def--
--0000abc
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.example
Arrival-Date: Mon, 23 Nov 2026 08:00:00 -0800 (PST)
X-Original-Message-ID: {OURS}

Final-Recipient: rfc822; carl@customer.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.example. (192.0.2.26, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos or
 550-5.1.1 unnecessary spaces. For more information, go to
 550 5.1.1 https://support.example/mail/?p=NoSuchUser d2e1a72fcca58-1 - gsmtp
Last-Attempt-Date: Mon, 23 Nov 2026 08:00:01 -0800 (PST)

--0000abc--
"""

QMAIL = f"""Return-Path: <>
From: MAILER-DAEMON@old.example
To: office@northside.example
Subject: failure notice
Date: 23 Nov 2026 16:00:00 -0000
Message-ID: <20261123160000.1.qmail@old.example>

Hi. This is the qmail-send program at old.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<Dan@Customer.example>:
user is over quota
(#5.2.2)

--- Below this line is a copy of the message.

Return-Path: <office@northside.example>
From: Northside <office@northside.example>
To: dan@customer.example
Message-ID: {OURS}

Hi Dan
"""

EXIM = f"""Return-path: <>
X-Failed-Recipients: eve@customer.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@exim.example>
To: office@northside.example
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1abc-0001@exim.example>

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  eve@customer.example
    host mx.customer.example [192.0.2.9]
    SMTP error from remote mail server after end of data:
    554 5.7.1 Message rejected: looks like spam to us

------ This is a copy of the message, including all the headers. ------

Message-ID: {OURS}
From: Northside <office@northside.example>

Hi Eve
"""


def found(raw: str) -> list[Result]:
    return failures(read_mail(raw.encode()), AT)


@pytest.mark.parametrize(
    ("raw", "address", "code", "reason", "bounce_id"),
    [
        (POSTFIX, "ann@customer.example", "5.1.1", "the mailbox does not exist (5.1.1): <ann@customer.example>: Recipient address rejected: "
         "User unknown in virtual mailbox table", "<20261123160000.AB12C@mx.northside.example>"),
        (OFFICE_365, "bob@customer.example", "5.1.10", "the mailbox does not exist (5.1.10): RESOLVER.ADR.RecipientNotFound; "
         "Recipient bob@customer.example not found by SMTP address lookup", "<a1b2c3@DM6.prod.outlook.example>"),
        (GMAIL, "carl@customer.example", "5.1.1", "the mailbox does not exist (5.1.1): The email account that you tried to reach does not exist. "
         "Please try double-checking the recipient's email address for typos or unnecessary spaces. For more…", "<65f.050a.GMR@mx.google.example>"),
        (QMAIL, "dan@customer.example", "5.2.2", "the mailbox is full (5.2.2): user is over quota", "<20261123160000.1.qmail@old.example>"),
        (EXIM, "eve@customer.example", "5.7.1", "it was refused as spam or by policy (5.7.1): Message rejected: looks like spam to us",
         "<E1abc-0001@exim.example>"),
    ],
    ids=["postfix", "office 365", "gmail", "qmail", "exim"],
)  # fmt: skip
def test_a_bounce_says_who_did_not_get_which_message_and_why(raw: str, address: str, code: str, reason: str, bounce_id: str) -> None:
    (result,) = found(raw)
    assert result == Result(
        f"imap:bounce:{bounce_id}:{address}", "email", "failed", AT, message_id=OURS, address=address, code=code, reason=reason
    )


@pytest.mark.parametrize("raw", [POSTFIX, OFFICE_365, GMAIL, QMAIL, EXIM], ids=["postfix", "office 365", "gmail", "qmail", "exim"])
def test_its_headers_alone_tell_that_it_may_be_one(raw: str) -> None:
    assert may_be_bounce(read_mail(raw.partition("\n\n")[0].encode()))


def test_a_letter_from_a_person_is_none() -> None:
    mail = EmailMessage()
    mail["From"], mail["Return-Path"] = "Ann Postman <ann@customer.example>", "<ann@customer.example>"
    mail.set_content("Your message wasn't delivered to me, by the way.")
    assert (may_be_bounce(mail), failures(mail, AT)) == (False, [])


@pytest.mark.parametrize("action", ["delayed", "Delayed (will retry)", "relayed", "expanded", "delivered"])
def test_what_is_on_its_way_or_has_arrived_is_no_failure(action: str) -> None:
    raw = POSTFIX.replace("Action: failed", f"Action: {action}").replace("could not\nbe delivered", "was not yet\ndelivered")
    assert found(raw) == []
    assert is_delivery_report(read_mail(raw.encode()))


@pytest.mark.parametrize("action", ["failed", "FAILED (user unknown)", "error"])
def test_servers_say_failed_in_several_ways(action: str) -> None:
    assert len(found(POSTFIX.replace("Action: failed", f"Action: {action}"))) == 1


def test_a_report_without_an_action_is_read_by_its_status() -> None:
    assert len(found(POSTFIX.replace("Action: failed\n", ""))) == 1
    assert found(POSTFIX.replace("Action: failed\n", "").replace("Status: 5", "Status: 4")) == []


def test_each_address_that_failed_is_a_result_of_its_own() -> None:
    more = "Final-Recipient: rfc822; bob@customer.example\nAction: failed\nStatus: 5.2.2\n\nFinal-Recipient: rfc822; carl@customer.example\nAction: delivered\n"
    results = found(POSTFIX.replace("\n--B1\nContent-Description: Undelivered", f"\n{more}\n--B1\nContent-Description: Undelivered"))
    assert [(one.address, one.code) for one in results] == [("ann@customer.example", "5.1.1"), ("bob@customer.example", "5.2.2")]
    assert len({one.key for one in results}) == 2


def test_a_bounce_that_names_no_address_is_known_by_our_message() -> None:
    raw = POSTFIX.replace(
        "Final-Recipient: rfc822; ann@forwarded.example\nOriginal-Recipient: rfc822;Ann@Customer.Example\n",
        "Final-Recipient: x400; /c=us/\n",
    )
    (result,) = found(raw)
    assert (result.address, result.message_id) == ("", OURS)


def test_a_bounce_that_shows_neither_address_nor_message_is_nothing() -> None:
    raw = POSTFIX.replace(
        "Final-Recipient: rfc822; ann@forwarded.example\nOriginal-Recipient: rfc822;Ann@Customer.Example\n",
        "Final-Recipient: x400; /c=us/\n",
    )
    assert found(raw.replace(f"Message-ID: {OURS}\n", "")) == []


def test_a_message_that_we_never_sent_is_told_too() -> None:
    (result,) = found(POSTFIX.replace(OURS, "<stranger@elsewhere.example>"))
    assert result.message_id == "<stranger@elsewhere.example>"


def test_without_the_message_that_came_back_what_the_bounce_answers_is_it() -> None:
    assert returned_message_id(read_mail(GMAIL.encode())) == OURS
    assert returned_message_id(read_mail(OFFICE_365.replace(f"Message-ID:\n {OURS}\n", "").encode())) == "<another@northside.example>"


@pytest.mark.parametrize(
    ("status", "said", "reason"),
    [
        ("5.1.1", "", "the mailbox does not exist (5.1.1)"),
        ("5.1.2", "smtp; 550 Host unknown", "the part after the @ does not exist (5.1.2): 550 Host unknown"),
        ("5.2.1", "", "the mailbox is switched off (5.2.1)"),
        ("5.2.2", "", "the mailbox is full (5.2.2)"),
        ("5.3.4", "", "the message is too large for the mail server (5.3.4)"),
        ("4.4.7", "smtp; 451 4.4.7 Message expired", "the mail server did not take it in time (4.4.7): Message expired"),
        ("5.7.1", "", "it was refused as spam or by policy (5.7.1)"),
        ("5.0.0", "smtp; 554 No such user here", "the mailbox does not exist (5.0.0): 554 No such user here"),
        ("5.0.0", "smtp; 552 5.2.2 Over quota", "the mailbox is full (5.2.2): Over quota"),
        ("5.0.0", "smtp; 554 30 This mailbox is disabled", "the mailbox is switched off (5.0.0): 554 30 This mailbox is disabled"),
        ("5.4.1", "smtp; 550 5.4.1 Recipient address rejected: Access denied",
         "the mailbox does not exist (5.4.1): Recipient address rejected: Access denied"),
        ("5.7.1", "smtp; 550 5.7.1 User unknown", "the mailbox does not exist (5.7.1): User unknown"),
        ("5.0.0", "smtp; 554 Computer says no", "the mail server refused it for good (5.0.0): 554 Computer says no"),
        ("", "", "the mail server refused it for good"),
    ],
)  # fmt: skip
def test_the_reason_is_a_plain_sentence_with_the_servers_words(status: str, said: str, reason: str) -> None:
    head, _, rest = POSTFIX.partition("Status: 5.1.1\n")
    after = rest[rest.index("\n--B1") :]
    (result,) = found(f"{head}Status: {status}\n" + (f"Diagnostic-Code: {said}\n" if said else "") + after)
    assert (result.reason, result.blocks) == (reason, False)


@pytest.mark.parametrize("code", ["5.7.23", "5.7.26", "5.7.515"])
def test_what_holds_for_all_mail_of_the_office_blocks(code: str) -> None:
    (result,) = found(POSTFIX.replace("Status: 5.1.1", f"Status: {code}"))
    assert result.blocks
    assert result.reason.startswith(f"the mail server does not believe that it comes from the office (SPF, DKIM, DMARC) ({code}): ")


def test_long_words_are_shortened() -> None:
    (result,) = found(POSTFIX.replace("User unknown in virtual", "words " * 500))
    assert len(result.reason) < 250
    assert result.reason.endswith("words…")


def test_a_bounce_in_words_that_may_pass_is_no_failure() -> None:
    warning = QMAIL.replace(
        "Hi. This is the qmail-send program at old.example.", "This is a warning message only.\nYou do not need to resend your message."
    )
    assert found(warning.replace("permanent error; I've given up", "temporary error; I keep trying")) == []


def test_a_read_receipt_is_no_bounce() -> None:
    raw = """From: ann@customer.example
Content-Type: multipart/report; report-type=disposition-notification; boundary="b"

--b

Your message was displayed.
--b
Content-Type: message/disposition-notification

Final-Recipient: rfc822;ann@customer.example
Disposition: manual-action/MDN-sent-manually; displayed

--b--
"""
    mail = read_mail(raw.encode())
    assert (failures(mail, AT), is_delivery_report(mail)) == ([], False)


def test_a_bounce_that_is_cut_off_is_still_read() -> None:
    (result,) = found(POSTFIX[: POSTFIX.index('Content-Type: multipart/alternative; boundary="in"')])
    assert (result.address, result.message_id) == ("ann@customer.example", OURS)


PIECES = [piece + "\n" for raw in (POSTFIX, OFFICE_365, GMAIL, QMAIL, EXIM) for piece in raw.split("\n")] + [
    "Content-Type: message/delivery-status; charset*0*=x''\n", "Content-Type: text/rfc822-headers\n", "Content-Type: message/rfc822\n",
    "Content-Transfer-Encoding: base64\n", "Status:\n", "Diagnostic-Code: ;\n", "Final-Recipient: ;@\n", "\udcff\n", "\n", "\n\n",
]  # fmt: skip


@given(st.sampled_from([POSTFIX, GMAIL, QMAIL]), st.lists(st.tuples(st.integers(0, 2000), st.sampled_from(PIECES)), max_size=15))
def test_no_bounce_is_too_broken(raw: str, torn: list[tuple[int, str]]) -> None:
    for place, piece in torn:
        raw = raw[:place] + piece + raw[place + len(piece) :]
    mail = read_mail(raw.encode("utf-8", "surrogateescape"))
    assert all(one.address or one.message_id for one in failures(mail, AT))
