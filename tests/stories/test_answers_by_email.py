"""E-mail there and back: it leaves through SMTP or SendGrid, and what comes back stands in a real mailbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage, Message
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, Ran, follow_up, of
from tests.providers import imap_server
from tests.providers.imap_server import ImapServer, why_no_dovecot
from tests.providers.sendgrid_server import KEY, SendGridServer
from tests.stories import inside
from tests.stories.mail_server import Letters, config, mail_server
from tests.stories.texting import ZONE

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
needs_dovecot = pytest.mark.skipif(bool(why_no_dovecot()), reason=why_no_dovecot() or "Dovecot is there")
ROWS = [(f"E-{n}", name, email, "", "Furnace", "Sent", "2026-11-20", "480", "") for n, name, email in
        ((1, "Ann Li", "ann@li.example"), (2, "Bob Ray", "bob@ray.example"))]  # fmt: skip


class Mailing(inside.Office):
    """An office that sends by SMTP and reads a mailbox."""

    letters: Letters
    mailbox: ImapServer

    def do(self, *words: str, now: str | None = None, stdin: str | None = None, env: Any = None) -> Ran:
        return super().do(
            *words,
            now=now or NOW.isoformat(),
            stdin=stdin,
            env={"IMAP_PASSWORD": imap_server.PASSWORD, "SENDGRID_API_KEY": KEY, **(env or {})},
        )

    def send(self, now: str = NOW.isoformat()) -> Any:
        return self.run("follow-up", now, "--send")

    def inbox(self, now: str | None = None) -> Any:
        return self.do("inbox", "--format", "json", now=now).json

    def arrives(self, mail: Message) -> None:
        self.mailbox.put(mail)


@contextmanager
def mailing(folder: Path, mode: str = "auto") -> Iterator[Mailing]:
    with imap_server.imap_server() as mailbox, mail_server(letters := Letters()) as port:
        imap = f'[inbox]\nimap = {{ host = "127.0.0.1", port = {mailbox.port}, security = "none", user = "{imap_server.USER}" }}\n'
        office = Mailing(folder / "office", config(port, imap, timeout="2 s"))
        office.letters, office.mailbox = letters, mailbox
        office.sheet("estimates", ESTIMATES, ROWS)
        office.recipe("follow-up", follow_up(mode))
        yield office


def answer(to: Message, words: str, sender: str = "Ann Li <ann@li.example>", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "office@northside.example", "Re: your estimate"
    mail["Date"], mail["Message-ID"] = format_datetime(NOW), f"<{abs(hash((words, sender)))}@li.example>"
    mail["In-Reply-To"] = str(to["Message-ID"])
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    quoted = "\n".join(f"> {line}" for line in to.get_payload()[0].get_payload(decode=True).decode().splitlines())  # type: ignore[index, union-attr]
    mail.set_content(f"{words}\n\nOn Mon, Nov 23, 2026 at 10:00 AM Northside Heating & Air <office@northside.example> wrote:\n{quoted}\n")
    return mail


def bounce(of_mail: Message, address: str, status: str = "5.1.1") -> str:
    return f"""From: Mail Delivery System <MAILER-DAEMON@mx.northside.example>
To: office@northside.example
Subject: Undelivered Mail Returned to Sender
Date: {format_datetime(NOW)}
Message-ID: <bounce-1@mx.northside.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.northside.example

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: message/rfc822

Message-ID: {of_mail["Message-ID"]}
From: office@northside.example
To: {address}
Subject: Your estimate

Hi Ann
--b--
"""


@needs_dovecot
def test_an_answer_by_e_mail_stops_what_sells_and_its_quotation_never_opts_anybody_out(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        [ann] = [mail for to, mail in office.letters.taken if to == "ann@li.example"]
        office.arrives(answer(ann, "Could you start in December?"))
        found = office.inbox()
        [came] = found["replies"]
        assert (came["label"], came["customer"], came["records"][0]["record"]) == ("question", "Ann Li", "E-1")
        assert (came["text"], found["opt_outs"]) == ("Could you start in December?", [])
        later = office.send("2026-11-25T10:00")
        assert [of(later, number)["decision"] for number in ("E-1", "E-2")] == ["ended", "act"]
        assert office.inbox()["replies"] == []
        assert "Seen" not in office.mailbox.flags()[1]  # the office still sees it as unread


@needs_dovecot
@pytest.mark.parametrize("words", ["unsubscribe", "Please take me off your mailing list."])
def test_an_opt_out_by_e_mail(tmp_path: Path, words: str) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.arrives(answer(office.letters.taken[0][1], words))
        assert office.inbox()["opt_outs"] == [{"address": "ann@li.example", "source": "the customer, by e-mail"}]
        assert of(office.send("2026-11-25T10:00"), "E-1")["decision"] == "ended"


@needs_dovecot
def test_an_automatic_answer_is_no_answer_but_makes_a_person_look(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.arrives(answer(office.letters.taken[0][1], "I am out of the office until Monday.", Auto_Submitted="auto-replied"))
        assert [came["label"] for came in office.inbox()["replies"]] == ["auto_reply"]
        looked_at = of(office.send("2026-11-25T10:00"), "E-1")
        assert (looked_at["decision"], len(office.letters.addresses)) == ("review", 3)
        assert "an automatic answer came" in looked_at["reason"]


@needs_dovecot
def test_a_bounce_is_written_down_and_shown(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        office.mailbox.put(bounce(office.letters.taken[0][1], "ann@li.example"))
        [failed] = office.inbox()["results"]
        assert (failed["state"], failed["to"], failed["records"]) == (
            "failed",
            "ann@li.example",
            [{"recipe": "follow-up", "record": "E-1"}],
        )
        assert "did not arrive" in office.do("report").out
        again = of(office.send(), "E-1")
        assert (again["decision"], len(office.letters.addresses)) == ("review", 2)


@needs_dovecot
def test_other_mail_is_nobodys_business(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        for number in range(3):
            mail = EmailMessage()
            mail["From"], mail["Subject"], mail["Message-ID"] = f"news{number}@shop.example", "Offers", f"<{number}@shop.example>"
            mail.set_content("Buy now. Please stop by the shop.")
            office.arrives(mail)
        assert office.inbox()["replies"] == []
        assert office.queue() == []


@needs_dovecot
@pytest.mark.parametrize("kept", [True, False])
def test_doubt_about_an_e_mail_is_settled_by_the_sent_folder_or_goes_to_a_person(tmp_path: Path, kept: bool) -> None:
    with mailing(tmp_path) as office:
        office.sheet("estimates", ESTIMATES, ROWS[:1])
        office.letters.wait = 3.0  # the server takes it and answers too late
        assert of(office.send(), "E-1")["outcome"] == "in_doubt"
        office.letters.wait = 0.0
        if kept:
            office.mailbox.put(office.letters.taken[0][1], "Sent")
        assert [one["state"] for one in office.inbox()["doubts"]] == (["sent"] if kept else ["in_doubt"])
        assert of(office.send(), "E-1")["decision"] == ("wait" if kept else "review")
        assert len(office.letters.taken) == 1


@needs_dovecot
def test_a_wrong_password_says_so_and_loses_nothing(tmp_path: Path) -> None:
    with mailing(tmp_path) as office:
        office.send()
        ran = office.do("inbox", env={"IMAP_PASSWORD": "wrong"})
        assert ran.code == 5 and "Nothing was lost" in ran.out and "wrong" not in ran.out
        missing = office.do("inbox", env={"IMAP_PASSWORD": ""})
        assert missing.code == 3 and "IMAP_PASSWORD" in missing.err


SENDGRID = """
[email]
provider = "sendgrid"
from     = "Northside Heating & Air <office@northside.example>"
api_base = "{base}"
timeout  = "2 s"
"""


def test_through_sendgrid_each_leaves_once_and_failures_and_opt_outs_come_back(tmp_path: Path) -> None:
    from tests.offices import CONFIG

    with SendGridServer() as server:
        office = Mailing(tmp_path / "office", CONFIG + SENDGRID.format(base=server.base))
        office.sheet("estimates", ESTIMATES, ROWS)
        office.recipe("follow-up", follow_up())
        document = office.send()
        assert [(one["outcome"], bool(one["provider_id"])) for one in document["decisions"]] == [("queued", True)] * 2
        now = int(NOW.timestamp())
        server.suppress("bounces", "ann@li.example", now + 60, reason="550 5.1.1 no such user")
        server.suppress("unsubscribes", "bob@ray.example", now + 60)
        found = office.inbox("2026-11-23T10:30")
        assert [(one["state"], one["to"]) for one in found["results"] if one["state"] == "failed"] == [("failed", "ann@li.example")]
        assert [one["address"] for one in found["opt_outs"]] == ["bob@ray.example"]
        later = office.send("2026-11-25T10:00")
        assert [of(later, number)["decision"] for number in ("E-1", "E-2")] == ["review", "ended"]
        office.do("optout", "bob@ray.example", "--remove")
        assert office.inbox("2026-11-25T11:00")["opt_outs"] == []  # a person has lifted it; the list still names him
