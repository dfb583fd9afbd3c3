"""A week in which the sample office really works: texts and e-mails leave to servers on this machine, people release, dismiss, call and ask."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from contractor_ops.office import open_office
from tests.figures.raw_ledger import ZONE, Ledger
from tests.figures.raw_office import Sample, retype, rewrite
from tests.figures.raw_sheets import Raw, Row
from tests.offices import Ran
from tests.providers.twilio_server import TwilioServer
from tests.stories.mail_server import Letters, mail_server

WRITTEN, MEASURED = date(2026, 11, 23), "2026-11-24T07:00"
RECIPES = ("missed-call-text-back", "lead-reply", "estimate-follow-up", "invoice-reminders")
OTHERS = ("billing-check", "draft-invoices", "note-flags", "job-note-cleanup")
MOMENTS = (
    "2026-11-17T09:30", "2026-11-18T09:30", "2026-11-19T09:20", "2026-11-19T13:30", "2026-11-20T16:30", "2026-11-22T12:40", "2026-11-22T16:55",
    "2026-11-23T09:10",
)  # fmt: skip
TOLD_LAST = "2026-11-23T12:00"
"""When the owner had the last daily summary."""
ASKED = ("2026-11-11T10:00", "2026-11-17T10:00", "2026-11-19T10:00", "2026-11-19T15:00", "2026-11-21T10:00")
PROVIDERS = """[sms]
provider = "twilio"
from     = "+13125550100"
per_second = 50
api_base = "{base}"

[email]
provider = "smtp"
host     = "127.0.0.1"
port     = {port}
security = "none"
"""


class Working(Sample):
    """The sample office with providers, and what is typed and answered there."""

    def __init__(self, folder: Path, server: TwilioServer, port: int) -> None:
        super().__init__(folder, WRITTEN)
        self.saved("2026-11-23T08:00", "*")
        self.server = server
        config = folder / "config.toml"
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace("[email]\n", PROVIDERS.format(base=server.base, port=port)), encoding="utf-8")

    def do(self, *words: str, now: str | None = None, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Ran:
        if now:
            self.server.clock = lambda: datetime.fromisoformat(now).replace(tzinfo=ZONE)
        secrets = {"TWILIO_ACCOUNT_SID": self.server.account_sid, "TWILIO_AUTH_TOKEN": self.server.auth_token}
        return super().do(*words, now=now, stdin=stdin, env={**secrets, **(env or {})})

    def typed(self, *words: str, now: str) -> Ran:
        ran = self.do(*words, now=now)
        assert ran.code == 0, (words, ran.err)
        return ran

    def items(self, now: str, kind: str, recipe: str = "") -> list[Row]:
        """What is open in the queue, of a kind."""
        return [one for one in self.queue(now=now) if one["kind"] == kind and one["state"] == "open" and recipe in ("", one["recipe"])]

    def works(self, moment: str) -> None:
        """The recipes run; a person releases all messages that wait but the last, which is dismissed, and they run again."""
        self.do("run", *RECIPES, "--send", now=moment)
        *released, last = [str(one["id"]) for one in self.items(moment, "message")] or [""]
        if released:
            self.typed("review", "approve", *released, now=moment)
            self.typed("review", "dismiss", last, now=moment)
        self.do("run", *RECIPES, "--send", now=moment)

    def calls(self, moment: str) -> None:
        """People work through the queue by telephone: a promise, a talk, a voicemail; a task is ticked off, one is put off, one handed on."""
        self.do("run", *RECIPES, *OTHERS, "--send", now=moment)
        first, second, third = (str(one["id"]) for one in self.items(moment, "message", "invoice-reminders")[:3])
        self.typed("review", "call", first, "--outcome", "promise", "--on", "2026-11-21", now=moment)
        self.typed("review", "call", second, "--outcome", "reached", "--done", now=moment)
        self.typed("review", "call", third, "--outcome", "voicemail", now=moment)
        done, put_off, handed_on = (str(one["id"]) for one in self.items(moment, "task")[:3])
        self.typed("review", "done", done, "--because", "seen to", now=moment)
        self.typed("review", "snooze", put_off, "--until", "2026-11-30", now=moment)
        self.typed("review", "assign", handed_on, "--to", "owner", now=moment)

    def comes_back(self) -> None:
        """Texts arrive, all but one; one customer asks, one wants to hear no more."""
        texts = self.server.outgoing()
        self.server.clock = lambda: datetime(2026, 11, 23, 14, tzinfo=ZONE)
        for one in texts[:-1]:
            self.server.becomes(one["sid"], "delivered")
        self.server.becomes(texts[-1]["sid"], "undelivered", 30003)
        estimates = [one["address"] for one in self.ledger.left if one["recipe"] == "estimate-follow-up" and one["channel"] == "sms"]
        self.server.text_from(estimates[-3], "What would the bigger one cost?")
        self.server.text_from(estimates[-4], "STOP")
        self.typed("inbox", now="2026-11-23T15:00")

    def sells(self) -> None:
        """An invoice of which the customer was reminded is paid, and a caller who was texted books a job."""
        reminded = [one for one in self.ledger.left if one["recipe"] == "invoice-reminders"]
        number = reminded[0]["steps"][0]["record"]
        (invoice,) = (one for one in Raw(self.folder, WRITTEN).invoices if one["number"] == number)
        rewrite(self, "exports/invoices_*.csv", number, {"Status": "Paid", "Balance ($)": "$0.00"})
        rewrite(self, "payments.csv", "P-9999", {"Date": "11/23/2026", "Customer": invoice["customer"], "Invoice #": number, "Method": "Card",
                                                 "Amount": str(invoice["balance"])})  # fmt: skip
        caller = next(one["address"] for one in self.ledger.left if one["recipe"] == "missed-call-text-back")
        new = {"Customer": "Ulla Vance", "Phone": caller, "Status": "Scheduled", "Booked on": datetime(2026, 11, 23), "Total": 640,
               "Scheduled start": datetime(2026, 12, 9, 9), "Technician": "Kim Doyle"}  # fmt: skip
        retype(self, "jobs.xlsx", "J-9999", new)

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.folder / "ledger.db")


class Week:
    """The office after its week, and what the program says of it."""

    def __init__(self, office: Working, letters: Letters) -> None:
        self.office, self.letters = office, letters
        self.clock = datetime.fromisoformat(MEASURED)
        self.raw, self.ledger = Raw(office.folder, self.clock.date()), office.ledger
        self.weekly: Any = office.do("digest", "--weekly", "--format", "json", now=MEASURED).json

    @cached_property
    def daily(self) -> Any:
        return self.office.do("digest", "--daily", "--format", "json", now=MEASURED).json

    def recipe(self, key: str) -> Any:
        return next(one for one in self.weekly["measured"] if one["recipe"] == key)


@contextmanager
def worked(folder: Path) -> Iterator[Week]:
    """Let the week pass."""
    letters = Letters()
    with TwilioServer() as server, mail_server(letters) as port:
        office = Working(folder, server, port)
        office.calls("2026-11-17T09:20")
        for moment in MOMENTS:
            office.works(moment)
        office.do("run", *OTHERS, "--send", now="2026-11-23T09:30")
        office.typed("digest", "--daily", "--send", now=TOLD_LAST)
        office.comes_back()
        office.sells()
        for at in ASKED:
            open_office(folder).ledger.note_question("who", datetime.fromisoformat(at).replace(tzinfo=ZONE))  # only a terminal notes it
        yield Week(office, letters)
