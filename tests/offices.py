"""Whole offices on disk, for tests: a folder with config.toml, recipes and CSV files, and the program run against it."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIG = """
[office]
name           = "Northside Heating & Air"
timezone       = "America/Chicago"
country        = "US"
phone          = "+13125550100"
postal_address = "412 Kedzie Ave, Chicago, IL 60618"
business_hours = { mon-fri = "08:00-17:00" }
holidays       = "US-IL"

[people]
owner  = { name = "Maria Lopez", email = "maria@northside.example", phone = "+13125550101" }
office = { name = "Dana Reed", email = "dana@northside.example", deputy = "owner" }
"""

ESTIMATES = ("Estimate #", "Customer", "Email", "Phone", "Job title", "Status", "Emailed", "Total", "Notes")
INVOICES = ("Invoice #", "Customer", "Email", "Phone", "Status", "Issued", "Due date", "Total", "Balance", "Notes")


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Office:
    """An office in a folder of its own."""

    def __init__(self, folder: Path, config: str = CONFIG) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(config, encoding="utf-8")

    def configure(self, text: str) -> "Office":
        """Add lines to config.toml."""
        with (self.folder / "config.toml").open("a", encoding="utf-8") as stream:
            stream.write(text)
        return self

    def sheet(self, table: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], more: str = "") -> "Office":
        """Write a table as CSV and name it in config.toml the first time."""
        file = self.folder / f"{table}.csv"
        if not file.exists():
            self.configure(f'\n[tables.{table}]\nfile = "{table}.csv"\n{more}\n')
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([headings, *rows])
        return self

    def recipe(self, name: str, text: str) -> "Office":
        """Write a recipe of the office's own."""
        (self.folder / "recipes").mkdir(exist_ok=True)
        (self.folder / "recipes" / f"{name}.toml").write_text(text, encoding="utf-8")
        return self

    def do(self, *words: str, now: str | None = None, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Ran:
        """Run the program as its user would."""
        command = [sys.executable, "-m", "contractor_ops", *words, "--office", str(self.folder), *(["--now", now] if now else [])]
        done = subprocess.run(
            command, input=stdin, capture_output=True, text=True, timeout=120, env={**os.environ, **(env or {})}, check=False
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def run(self, recipe: str, now: str, *words: str) -> Any:
        """The run document of one recipe."""
        ran = self.do("run", recipe, "--format", "json", *words, now=now)
        assert ran.out, ran.err
        return ran.json

    def rehearse(self, recipe: str, now: str) -> Any:
        """The run document of a rehearsal that writes nothing, without starting a program."""
        from datetime import datetime

        from contractor_ops.office import open_office
        from contractor_ops.work.run import plan_recipe

        office = open_office(self.folder)
        return plan_recipe(office, office.recipe(recipe), datetime.fromisoformat(now).replace(tzinfo=office.zone)).as_json()

    def queue(self, *words: str, now: str | None = None) -> Any:
        """What waits in the review queue."""
        return self.do("review", "list", "--format", "json", *words, now=now).json

    def item(self, record: str) -> str:
        """The number of the one item of the queue that is about a record."""
        [number] = [str(one["id"]) for one in self.queue() if one["record"] == record or record in str(one.get("records", ""))]
        return number

    def states(self, record: str) -> list[str]:
        """All that the ledger's history says of a record, the oldest first."""
        return [entry["state"] for entry in self.do("ledger", "history", "--format", "json").json if entry["record"] == record]

    def outbox(self) -> list[Path]:
        """Every message file."""
        return sorted(path for path in (self.folder / "outbox").rglob("*") if path.is_file()) if (self.folder / "outbox").is_dir() else []


def follow_up(mode: str = "auto", more: str = "", when: str = "", steps: str = "", top: str = "") -> str:
    """A small estimate recipe: two nudges and a hand-over."""
    return f"""
title = "Estimate follow-up"
reads = "estimates"
mode  = "{mode}"
owner = "office"
{top}
[why]
trigger = "An estimate was sent and not answered"
outcome = "Every estimate is won, lost or with a person"
review  = "Large estimates"
signal  = "estimates followed up on schedule"

[when]
status = ["sent", "viewed"]
anchor = "sent_on"
{when}
[ends]
status = ["accepted", "declined", "expired", "converted"]
reply  = true
{more}
""" + (steps or STEPS)


STEPS = """
[[steps]]
name  = "first-nudge"
after = "2 days"
do    = "message"
to    = "customer"
by    = ["sms", "email"]
text  = "Hi {{ customer.first_name }}, it's {{ office.name }}. Any questions about the estimate for {{ title }} ({{ total|money }})?"

[[steps]]
name  = "second-nudge"
after = "5 days"
do    = "message"
to    = "customer"
by    = ["sms", "email"]
text  = "Hi {{ customer.first_name }}, {{ office.name }} again about the estimate for {{ title }}."

[[steps]]
name  = "hand-over"
after = "14 days"
do    = "task"
text  = "Call {{ customer.name }} about estimate {{ number }} ({{ total|money }})."
"""


WHY = """
[why]
trigger = "Something is due"
outcome = "It is done"
review  = "What is odd"
signal  = "things done on time"
"""


def message(name: str, when: str, text: str, more: str = "") -> str:
    """One step that writes to the customer: `when` is its offset as it stands in a recipe."""
    return f'''
[[steps]]
name = "{name}"
{when}
do   = "message"
to   = "customer"
by   = ["sms", "email"]
text = """{text}"""
{more}
'''


def reminders(mode: str = "auto", top: str = 'one_per = "customer"', more: str = "", steps: str = "") -> str:
    """A small invoice recipe: one reminder a day after an invoice fell due."""
    words = "{{ customer.name }}: {{ count|plural('invoice') }} {{ number }}, {{ balance|money }} left."
    return f"""
title = "Reminders"
reads = "invoices"
mode  = "{mode}"
owner = "office"
{top}
{WHY}
[when]
status = ["sent", "partial", "overdue"]
anchor = "due_on"
[ends]
status = ["paid", "void", "written-off"]
reply  = true
{more}
""" + (steps or message("late", 'after = "1 day"', words))


def decided(document: Any) -> dict[str, str]:
    """Each record's decision."""
    return {one["record"]: one["decision"] for one in document["decisions"]}


def of(document: Any, record: str) -> Any:
    """One record's decision, whole."""
    return next(one for one in document["decisions"] if one["record"] == record)
