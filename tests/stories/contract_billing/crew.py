"""An office whose technicians are asked about their notes: by text through a Twilio on this machine, or by e-mail through a real mailbox."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage, Message
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from tests.offices import of
from tests.providers import imap_server
from tests.providers.imap_server import ImapServer
from tests.providers.twilio_server import TwilioServer
from tests.stories.contract.telephone import shipped
from tests.stories.contract_billing.note_rows import HEADINGS, Note
from tests.stories.contract_billing.reading import because, missing, records
from tests.stories.inside import Office
from tests.stories.mail_server import Letters, config, mail_server
from tests.stories.texting import ZONE, Texting

SAM, LUIS = "+13125550151", "+13125550152"
RECIPE = "job-note-cleanup"
FRIDAY = "2026-11-20T16:00"
DAYS = ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04")
"""Working days after the Friday: Thanksgiving is left out."""
TECHNICIANS = ("Name", "Phone", "Email")


def words_of(letter: Message) -> str:
    """The plain text of a letter of ours."""
    part: Any = next(one for one in letter.walk() if one.get_content_type() == "text/plain")
    return str(part.get_payload(decode=True).decode())


class Asking(Office):
    """What both ways have in common: it runs the recipe and tells what is open."""

    now: str

    def ask(self) -> Any:
        return self.run(RECIPE, self.now, "--send")

    def gaps(self) -> dict[str, frozenset[str]]:
        """What each job still lacks."""
        ran = self.do("read", "note_gaps", "--format", "json", now=self.now)
        assert ran.code == 0, ran.err
        return {str(record["number"]): missing(because(record)) for record in records(ran.json)}

    def tasks(self, record: str) -> list[Any]:
        return [item for item in self.queue(now=self.now) if item["record"] == record or record in str(item.get("records", ""))]

    def note(self, number: str) -> str:
        """All that is known of a job's note now, original and answers, as `notes clean` tells it."""
        ran = self.do("notes", "clean", number, "--format", "json", now=self.now)
        assert ran.code == 0, ran.err
        return ran.out


class Crew(Asking, Texting):
    """Technicians with mobiles."""

    def answers(self, number: str, words: str, minutes: int = 20) -> Any:
        """A technician texts back, and somebody looks into the inbox."""
        self.later(minutes)
        self.server.text_from(number, words)
        self.later(5)
        return self.inbox()

    def later(self, minutes: int) -> None:
        from datetime import timedelta

        self.now = (datetime.fromisoformat(self.now) + timedelta(minutes=minutes)).isoformat(timespec="minutes")

    def text_to(self, number: str) -> list[str]:
        return [row["body"] for row in self.server.outgoing() if row["to"] == number]


@contextmanager
def crew(
    folder: Path, *notes: Note, technicians: Sequence[Sequence[str]] = (("Sam Whitaker", SAM, ""), ("Luis Ortega", LUIS, ""))
) -> Iterator[Crew]:
    with TwilioServer() as server:
        office = Crew(folder / "office", server)
        office.now = FRIDAY
        office.sheet("jobs", HEADINGS, [note.row() for note in notes]).sheet("technicians", TECHNICIANS, technicians)
        office.recipe(RECIPE, shipped(RECIPE, "auto"))
        yield office


class MailedCrew(Asking):
    """Technicians who are written to."""

    letters: Letters
    mailbox: ImapServer

    def do(self, *words: str, now: str | None = None, stdin: str | None = None, env: Any = None) -> Any:
        return super().do(*words, now=now or self.now, stdin=stdin, env={"IMAP_PASSWORD": imap_server.PASSWORD, **(env or {})})

    def answers(self, to: Message, words: str, sender: str, quoted: bool = True) -> Any:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, "office@northside.example", f"Re: {to['Subject']}"
        mail["Date"], mail["Message-ID"] = (
            format_datetime(datetime.fromisoformat(self.now).replace(tzinfo=ZONE)),
            f"<{abs(hash((words, sender)))}@mail.example>",
        )
        mail["In-Reply-To"] = str(to["Message-ID"])
        below = "\n\nOn Fri, Nov 20, 2026 at 4:00 PM Northside Heating & Air <office@northside.example> wrote:\n" + "\n".join(
            f"> {line}" for line in words_of(to).splitlines()
        )
        mail.set_content(words + (below if quoted else ""))
        self.mailbox.put(mail)
        return self.do("inbox", "--format", "json").json


@contextmanager
def mailed_crew(
    folder: Path, *notes: Note, technicians: Sequence[Sequence[str]] = (("Sam Whitaker", "", "sam@northside.example"),)
) -> Iterator[MailedCrew]:
    with imap_server.imap_server() as mailbox, mail_server(letters := Letters()) as port:
        imap = f'[inbox]\nimap = {{ host = "127.0.0.1", port = {mailbox.port}, security = "none", user = "{imap_server.USER}" }}\n'
        office = MailedCrew(folder / "office", config(port, imap, timeout="2 s"))
        office.letters, office.mailbox, office.now = letters, mailbox, FRIDAY
        office.sheet("jobs", HEADINGS, [note.row() for note in notes]).sheet("technicians", TECHNICIANS, technicians)
        office.recipe(RECIPE, shipped(RECIPE, "auto"))
        yield office


__all__ = ["DAYS", "FRIDAY", "LUIS", "RECIPE", "SAM", "Asking", "Crew", "MailedCrew", "crew", "mailed_crew", "of", "words_of"]
