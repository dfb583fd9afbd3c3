"""Make an office from a folder of spreadsheets: what each file is taken for, and a config.toml that says so."""

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import available_timezones

from contractor_ops.errors import ContractorOpsError, FilesNeedMending, UnusableFile
from contractor_ops.office import CONFIG, shipped_recipes
from contractor_ops.reports.printable import one_line
from contractor_ops.sources.file import FileSource, read_file
from contractor_ops.sources.find import spreadsheets_in
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.guess import guess_table
from contractor_ops.tomlfile import did_you_mean

HANDED_IN = {"messages", "replies", "reviews"}
FOLDERS = (Path(), Path("exports"))


@dataclass(frozen=True, slots=True)
class Answers:
    """What the spreadsheets cannot tell."""

    name: str = "Our office"
    timezone: str = ""
    owner: str = "The owner"
    manager: str = "The office"

    @property
    def zone(self) -> str:
        """The time zone that was given, else this machine's, else New York's."""
        return self.timezone or _zone_here()


@dataclass(frozen=True, slots=True)
class Found:
    """One spreadsheet and what it is taken for: `table` is None when it fits nothing, and `why` says so."""

    file: str
    table: str | None
    sheet: str | None = None
    columns: tuple[str, ...] = ()
    why: str = ""
    score: float = 0

    def in_words(self) -> str:
        """One line for the person who looks on."""
        if self.table is None:
            return f"{one_line(self.file)}: {self.why}"
        sheet = f', sheet "{one_line(self.sheet)}"' if self.sheet else ""
        return f"{one_line(self.file)}{sheet}: {self.table} ({', '.join(self.columns)})"


def found_tables(folder: Path) -> list[Found]:
    """What every spreadsheet of a folder (and its exports/) is taken for; each table once, from the file that fits best."""
    if folder.exists() and not folder.is_dir():
        raise ContractorOpsError(f"{folder} is a file.", "Name the folder with your spreadsheets.")
    files = {file: None for inside in FOLDERS if (folder / inside).is_dir() for file in spreadsheets_in(folder, inside)}
    looked = [found for file in files for found in _look(folder, file)]
    best: dict[str, Found] = {}
    for one in looked:
        if one.table and one.score > (best[one.table].score if one.table in best else 0):
            best[one.table] = one
    return [one if one.table is None or best[one.table] is one else _beside(one, best[one.table]) for one in looked]


def _look(folder: Path, file: str) -> list[Found]:
    try:
        guesses = [guess for guess in guess_table(read_file(folder / file, folder)) if guess[0] not in HANDED_IN]
    except UnusableFile as error:
        return [Found(file, None, why=error.message)]
    best: dict[str | None, Found] = {}
    for table, sheet, score, columns in guesses:
        if sheet not in best:
            best[sheet] = _if_it_reads(folder, Found(file, table, sheet, columns, score=score))
    return list(best.values()) or [Found(file, None, why="not a table that I recognise")]


def _if_it_reads(folder: Path, one: Found) -> Found:
    """The file as what it is taken for, or why it cannot be read so: what is written must pass `check`."""
    spec, sheets = TABLES[one.table or ""], [one.sheet] if one.sheet else None
    try:
        workbooks = FileSource(folder, [_every_export(one.file)], sheets).read()
        table = build_table(spec, workbooks, sheets=sheets, country="US", complete=False)
    except UnusableFile as error:
        return Found(one.file, None, why=f"looks like {one.table}, but cannot be used: {error.message}")
    return replace(one, columns=tuple(column for column in table.columns if table.has(column)))


def _beside(one: Found, chosen: Found) -> Found:
    return Found(one.file, None, why=f"looks like {one.table} too, but {chosen.file} fits better")


def write_office(folder: Path, found: list[Found], answers: Answers) -> list[str]:
    """Write config.toml and recipes/ where they are not there yet. Returns what was done, a line each."""
    if answers.zone not in available_timezones():
        raise FilesNeedMending([f'"{answers.zone}" is no time zone; {did_you_mean(answers.zone, available_timezones())}'])
    folder.mkdir(parents=True, exist_ok=True)
    tables = {one.table for one in found if one.table}
    lines = [_write(folder / CONFIG, _config(found, answers)), _write(folder / ".gitignore", "ledger.db*\noutbox/\n.env\n")]
    for recipe in sorted(shipped_recipes().glob("*.toml")):
        text = recipe.read_text(encoding="utf-8")
        if any(f'"{table}"' in text.partition("reads")[2].partition("\n")[0] for table in tables):
            lines.append(_write(folder / "recipes" / recipe.name, text))
    where = f" --office {folder}" if folder != Path() else ""
    return [*lines, f"Now see what is still missing: contractor-ops check{where}"]


def _write(file: Path, text: str) -> str:
    if file.exists():
        return f"{file} is there already and was left as it is."
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return f"{file} was written."


def _config(found: list[Found], answers: Answers) -> str:
    tables = "\n".join(_table(one) for one in found if one.table) or '# [tables.estimates]\n# file = "estimates.xlsx"\n'
    return f"""# This office, as contractor-ops knows it. Lines that begin with # are remarks or examples.

[office]
name           = {_quoted(answers.name)}
timezone       = {_quoted(answers.zone)}
country        = "US"
# phone          = "+13125550100"
# postal_address = "12 Example St, Chicago, IL 60601"      # stands under e-mails that follow up; the law asks for it
business_hours = {{ mon-fri = "08:00-17:00" }}
holidays       = "US"

[people]                                                    # everyone a recipe may name
owner  = {{ name = {_quoted(answers.owner)} }}                   # email = "…", phone = "…"
office = {{ name = {_quoted(answers.manager)}, deputy = "owner" }}

{tables}
# Without more, messages become files in outbox/ and nothing leaves. Your own mail server:
# [email]
# provider = "smtp"
# from     = "Our office <office@example.com>"
# host     = "mail.example.com"                             # user = "…"; the password is the secret SMTP_PASSWORD

[limits]
per_address_per_day = 1
per_run             = 50
send_between        = "09:00-20:00"
"""


def _table(one: Found) -> str:
    sheet = f"sheet   = {_quoted(one.sheet)}\n" if one.sheet else ""
    names = ", ".join(column for column in one.columns if TABLES[one.table or ""].column(column))
    file = _quoted(_every_export(one.file))
    return f'[tables.{one.table}]{" " * 39}# found: {names}\nfile    = {file}\n{sheet}max_age = "7 days"\n'


def _every_export(file: str) -> str:
    """ "exports/invoices_2026-11-23.csv" as a pattern: tomorrow's export has another name, and the newest is taken."""
    return re.sub(r"\d{4}-\d\d-\d\d([T_ -]?\d{4,6})?|\d{8,14}", "*", file)


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)


def _zone_here() -> str:
    """This machine's time zone, "America/New_York" where it does not say."""
    named = os.environ.get("TZ", "").lstrip(":")
    link = Path("/etc/localtime")
    linked = str(link.readlink()).partition("zoneinfo/")[2] if link.is_symlink() else ""
    found = next((name for name in (named, linked) if name in available_timezones()), "America/New_York")
    return "America/New_York" if found in {"UTC", "Etc/UTC"} else found
