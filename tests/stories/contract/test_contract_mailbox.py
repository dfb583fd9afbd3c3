"""Answers by e-mail, out of a real mailbox: opt-outs in any dress, quotations that say nothing, bounces, automats, odd mail, kills."""

import os
import signal
import subprocess
import sys
import time
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.offices import ESTIMATES, INVOICES, of, reminders
from tests.providers import imap_server
from tests.providers.sendgrid_server import KEY
from tests.stories.test_answers_by_email import NOW, Mailing, answer, bounce, mailing, needs_dovecot

pytestmark = needs_dovecot
LATER = "2026-11-25T10:00"
QUOTE = "\n\nOn Mon, Nov 23, 2026 at 10:00 AM Northside Heating & Air <office@northside.example> wrote:\n"


def ours(office: Mailing, to: str = "ann@li.example") -> Any:
    """What we wrote to somebody."""
    return next(mail for address, mail in office.letters.taken if address == to)


def mail(
    words: str, sender: str = "Ann Li <ann@li.example>", subject: str = "Re: your estimate", number: int = 1, html: str = "", **headers: str
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "office@northside.example", subject
    made["Date"], made["Message-ID"] = format_datetime(NOW), f"<{number}@li.example>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def outlist(office: Mailing) -> list[str]:
    return [one["address"] for one in office.do("optout", "--list", "--format", "json").json]


def decision(office: Mailing, record: str = "E-1", now: str = LATER) -> str:
    return str(of(office.send(now), record)["decision"])


@pytest.mark.parametrize(
    "words",
    [
        "STOP",
        "unsubscribe",
        "Please remove me from your mailing list.",
        "No me manden más correos",
        "Take me off this list!\n\nSent from my iPhone",
    ],
)
def test_an_opt_out_in_any_words(tmp_path: Path, words: str) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.arrives(answer(ours(office), words))
        office.inbox()
        assert outlist(office) == ["ann@li.example"] and decision(office) == "ended"


def test_the_way_out_that_our_own_header_offers(tmp_path: Path) -> None:
    """A mail program's unsubscribe button writes exactly what List-Unsubscribe says."""
    with mailing(tmp_path) as office:
        office.send()
        [mailto] = [part.strip(" <>") for part in str(ours(office)["List-Unsubscribe"]).split(",") if "mailto:" in part]
        asked = parse_qs(urlsplit(mailto).query)
        office.arrives(mail(asked.get("body", ["\n"])[0] or "\n", "ann@li.example", unquote(asked.get("subject", ["unsubscribe"])[0])))
        office.inbox()
        assert outlist(office) == ["ann@li.example"]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("When can you start?" + QUOTE + "> Hi Ann. Reply STOP or unsubscribe.\n", "question"),
        (
            "No thanks\n\n________________________________\nFrom: Northside Heating & Air <office@northside.example>\nSent: Monday\nTo: Ann Li\nSubject: Your estimate\n\nTo unsubscribe answer STOP.\n",
            "no",
        ),
        ("Yes please\n-- \nAnn Li\nBus stop 12, End Street\n", "yes"),
        (
            "Sounds good\n\nEnviado desde mi iPhone\n\n> El 23 nov 2026, a las 10:00, Northside <office@northside.example> escribió:\n>\n> Reply STOP to end\n",
            "yes",
        ),
    ],
)
def test_what_is_quoted_is_not_what_is_said(tmp_path: Path, words: str, label: str) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.arrives(mail(words, In_Reply_To=str(ours(office)["Message-ID"])))
        found = office.inbox()
        assert ([came["label"] for came in found["replies"]], outlist(office)) == ([label], [])


def test_our_whole_letter_under_an_answer_in_html_is_no_opt_out(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        page = next(part for part in ours(office).walk() if part.get_content_type() == "text/html").get_payload(decode=True).decode()
        html = f'<div dir="ltr">Could you do Friday?</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 23 Northside wrote:</div><blockquote class="gmail_quote">{page}</blockquote></div>'
        made = EmailMessage()
        made["From"], made["To"], made["Subject"], made["Date"], made["Message-ID"] = (
            "ann@li.example",
            "office@northside.example",
            "Re: x",
            format_datetime(NOW),
            "<7@li.example>",
        )
        made["In-Reply-To"] = str(ours(office)["Message-ID"])
        made.set_content(html, subtype="html")
        office.arrives(made)
        found = office.inbox()
        assert ([came["label"] for came in found["replies"]], outlist(office)) == (["question"], [])
        assert found["replies"][0]["text"] == "Could you do Friday?"


@pytest.mark.parametrize(
    ("charset", "cte"), [("utf-8", "base64"), ("iso-8859-1", "quoted-printable"), ("utf-8", "quoted-printable"), ("windows-1252", "base64")]
)
def test_encodings(tmp_path: Path, charset: str, cte: str) -> None:
    with mailing(tmp_path) as office:
        office.send()
        made = EmailMessage()
        made["From"], made["To"], made["Subject"], made["Date"], made["Message-ID"] = (
            "ann@li.example",
            "office@northside.example",
            "Re: Überraschung",
            format_datetime(NOW),
            "<8@li.example>",
        )
        made["In-Reply-To"] = str(ours(office)["Message-ID"])
        made.set_content("¿Cuándo pueden venir, señor Núñez?", charset=charset, cte=cte)
        office.arrives(made)
        assert [came["text"] for came in office.inbox()["replies"]] == ["¿Cuándo pueden venir, señor Núñez?"]


def test_an_answer_from_another_address_of_theirs_is_tied_by_what_it_answers(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.arrives(answer(ours(office), "I write from my phone: not this year", "Ann <ann.private@mail.example>"))
        [came] = office.inbox()["replies"]
        assert came["customer"] == "Ann Li" and [one["record"] for one in came["records"]] == ["E-1"]
        assert decision(office) == "ended"


def test_a_new_mail_of_a_customer_that_answers_nothing_stops_too(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.arrives(mail("Hello, I have a question about my estimate", subject="my furnace"))
        assert len(office.inbox()["replies"]) == 1 and decision(office) == "ended"


@pytest.mark.parametrize(
    "headers",
    [{"Auto_Submitted": "auto-replied"}, {"X_Autoreply": "yes"}, {"Precedence": "auto_reply"}, {"X_Auto_Response_Suppress": "All"}],
)
def test_an_automat_lets_service_go_on_and_nothing_is_answered(tmp_path: Path, headers: dict[str, str]) -> None:
    with mailing(tmp_path) as office:
        office.send()
        before = len(office.letters.taken)
        away = mail("I am away until Monday.", In_Reply_To=str(ours(office)["Message-ID"]))
        for name, value in headers.items():
            away[name.replace("_", "-")] = value
        office.arrives(away)
        assert [came["label"] for came in office.inbox()["replies"]] == ["auto_reply"]
        assert len(office.letters.taken) == before and outlist(office) == []
        office.sheet("invoices", INVOICES, [("I-1", "Ann Li", "ann@li.example", "", "Sent", "2026-11-01", "2026-11-20", "100", "100", "")])
        office.recipe("reminders", reminders(top='kind = "service"'))
        assert of(office.run("reminders", LATER, "--send"), "I-1")["decision"] == "act"
        assert decision(office) != "act"


def test_a_bounce_is_a_persons_and_is_never_written_to_again(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.mailbox.put(bounce(ours(office), "ann@li.example"))
        office.inbox()
        assert office.inbox()["results"] == []
        assert decision(office) == "review" and office.letters.addresses.count("ann@li.example") == 1
        assert outlist(office) == [] and "Ann Li" in office.do("report").out


def test_a_delay_is_no_bounce(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.mailbox.put(
            bounce(ours(office), "ann@li.example", "4.4.7")
            .replace("Action: failed", "Action: delayed")
            .replace("550 5.1.1 User unknown", "450 4.4.7 still trying")
        )
        assert [one for one in office.inbox()["results"] if one["state"] == "failed"] == []
        assert decision(office) == "act"


def test_a_bounce_of_somebody_elses_mail_is_nobodys(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        stranger = mail("x", number=99)
        office.mailbox.put(bounce(stranger, "nobody@else.example"))
        office.inbox()
        assert decision(office) == "act" and outlist(office) == []


def test_danger_by_e_mail_reaches_the_owner_at_once_and_once(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.arrives(answer(ours(office), "We smell gas in the basement!"))
        for _ in range(3):
            office.inbox()
        assert office.letters.addresses.count("maria@northside.example") == 1


@pytest.mark.parametrize(
    "odd",
    [
        b"no headers at all", b"\r\n\r\n", b"From: ann@li.example\r\n\r\n", b"From: \xff\xfe <ann@li.example>\r\nSubject: =?utf-8?b?////?=\r\n\r\n\xff\xff\xff",
        b"From: ann@li.example\r\nContent-Type: text/plain; charset=no-such-charset\r\n\r\nhello \xe9", b"From: ann@li.example\r\nContent-Type: multipart/mixed\r\n\r\nno boundary",
        b"From: ann@li.example\r\nDate: the day after\r\nMessage-ID: <<<>>>\r\nIn-Reply-To: \r\n\r\nhello", b"From: " + b"a" * 5000 + b"\r\n\r\nhello",
        b"From: ann@li.example\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%not base64%%%%",
    ],
    ids=range(9),
)  # fmt: skip
def test_odd_mail_does_not_end_the_look(tmp_path: Path, odd: bytes) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.mailbox.put(odd)
        office.arrives(answer(ours(office, "bob@ray.example"), "How much?", "Bob Ray <bob@ray.example>"))
        ran = office.do("inbox", "--format", "json")
        assert ran.code == 0, ran.err + ran.out
        assert "How much?" in [came["text"] for came in ran.json["replies"]]
        assert office.inbox()["replies"] == []


def test_a_large_mail_with_pictures(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        made = mail("Here is the photo. Can you fix it?", In_Reply_To=str(ours(office)["Message-ID"]))
        made.add_attachment(os.urandom(3_000_000), maintype="image", subtype="jpeg", filename="photo.jpg")
        office.arrives(made)
        assert [came["text"] for came in office.inbox()["replies"]] == ["Here is the photo. Can you fix it?"]


def test_a_mailbox_that_is_made_anew_brings_nothing_twice(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        first = answer(ours(office), "How much?")
        office.arrives(first)
        assert len(office.inbox()["replies"]) == 1
        office.mailbox.empty()
        office.arrives(first)
        office.arrives(answer(ours(office, "bob@ray.example"), "And for me?", "Bob Ray <bob@ray.example>"))
        assert [came["text"] for came in office.inbox()["replies"]] == ["And for me?"]
        assert len(office.queue()) == 2


def test_control_characters_in_mail_never_reach_a_terminal(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.arrives(mail("hello \x1b[31mred\x1b]0;title\x07 \u202e backwards?", In_Reply_To=str(ours(office)["Message-ID"])))
        printed = (
            office.do("inbox").out + office.do("report").out + office.do("review", "list").out + office.do("why", "estimates", "E-1").out
        )
        assert "hello" in printed and not any(odd in printed for odd in "\x1b\x07")


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.4])
def test_a_look_that_is_killed_loses_nothing_and_doubles_nothing(tmp_path: Path, seconds: float) -> None:
    with mailing(tmp_path) as office:
        office.sheet(
            "estimates",
            ESTIMATES,
            [(f"E-{n}", f"Pat {chr(65 + n)}oe", f"pat{n}@doe.example", "", "Furnace", "Sent", "2026-11-20", "480", "") for n in range(20)],
        )
        office.send()
        for number, (to, sent) in enumerate(office.letters.taken):
            office.arrives(answer(sent, "STOP" if number % 5 == 0 else f"question {number}?", f"<{to}>"))
        env = {**os.environ, "IMAP_PASSWORD": imap_server.PASSWORD, "SENDGRID_API_KEY": KEY}
        command = [sys.executable, "-m", "contractor_ops", "inbox", "--office", str(office.folder), "--now", NOW.isoformat()]
        look = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        time.sleep(0.45 + seconds)
        look.send_signal(signal.SIGKILL)
        look.wait()
        assert office.do("inbox").code == 0
        assert office.inbox()["replies"] == []
        records = office.do("read", "replies", "--format", "json").json["records"]
        assert len(records) == 20 and len({(row["from"], row["notes"]) for row in records}) == 20
        assert len(outlist(office)) == 4
        assert {one["decision"] for one in office.send(LATER)["decisions"]} == {"ended"}
