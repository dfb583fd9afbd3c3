"""Make an office from a folder of spreadsheets: what each file is taken for, and a config.toml that says so."""

import glob
import os
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from contractor_ops.config import read_config, zone_names
from contractor_ops.errors import ContractorOpsError, FilesNeedMending, UnusableFile
from contractor_ops.office import CONFIG, shipped_recipes
from contractor_ops.planning.identity import own_day
from contractor_ops.planning.screen import owed_on
from contractor_ops.recipe import Recipe, read_recipe
from contractor_ops.reports.printable import one_line
from contractor_ops.sources.file import FileSource, read_file
from contractor_ops.sources.find import spreadsheets_in
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.guess import guess_table
from contractor_ops.tables.record import Table
from contractor_ops.tomlfile import did_you_mean
from contractor_ops.views.catalogue import READABLE, VIEWS

ZONE_WAS_GUESSED = "# guessed from this computer"
"""Stands behind the time zone in config.toml until a person takes it away; `check` looks for it."""
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
    """One spreadsheet and what it is taken for: `table` is None when it fits nothing, and `why` says so.

    `rank` is what the files for one table are compared by. `instead_of` is the table that it could be, where another file was taken.
    """

    file: str
    table: str | None
    sheet: str | None = None
    columns: tuple[str, ...] = ()
    why: str = ""
    rank: tuple[bool, float, str] = (False, 0, "")
    instead_of: str = ""

    @property
    def name(self) -> str:
        """The file and, where it has several, the sheet."""
        return one_line(self.file) + (f', sheet "{one_line(self.sheet)}"' if self.sheet else "")

    @property
    def lines(self) -> list[str]:
        """What config.toml says under [tables.…] to have its rows."""
        return [f"file    = {_quoted(_every_export(self.file))}", *([f"sheet   = {_quoted(self.sheet)}"] if self.sheet else [])]

    def in_words(self) -> str:
        """One line for the person who looks on."""
        taken_for = f"{self.table} ({', '.join(self.columns)})" if self.table else self.why
        return f"{self.name}: {taken_for}"


def found_tables(folder: Path) -> list[Found]:
    """What every spreadsheet of a folder (and its exports/) is taken for; each table once, from the file that fits best."""
    if folder.exists() and not folder.is_dir():
        raise ContractorOpsError(f"{folder} is a file.", "Name the folder with your spreadsheets.")
    files = {file: None for inside in FOLDERS if (folder / inside).is_dir() for file in spreadsheets_in(folder, inside)}
    looked = [found for file in files for found in _look(folder, file)]
    best: dict[str, Found] = {}
    for one in looked:
        if one.table and (one.table not in best or one.rank > best[one.table].rank):
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
            best[sheet] = _if_it_reads(folder, Found(file, table, sheet, columns), score)
    return list(best.values()) or [Found(file, None, why="not a table that I recognise")]


def _if_it_reads(folder: Path, one: Found, score: float) -> Found:
    """The file as what it is taken for, or why it cannot be read so: what is written must pass `check`."""
    spec, sheets = TABLES[one.table or ""], [one.sheet] if one.sheet else None
    try:
        workbooks = FileSource(folder, [_every_export(one.file)], sheets).read()
        table = build_table(spec, workbooks, sheets=sheets, country="US", complete=False)
    except UnusableFile as error:
        return Found(one.file, None, why=f"looks like {one.table}, but cannot be used: {error.message}")
    columns, newest = tuple(column for column in table.columns if table.has(column)), max(map(own_day, table.records), default="")
    return replace(one, columns=columns, rank=(_has_open_rows(table), score, newest))


def _has_open_rows(table: Table) -> bool:
    """Whether a recipe that ships would have something to do: last year's list, all of it settled, is the wrong one."""
    wanted = {status for recipe in _shipped() if recipe.reads == table.name for status in recipe.when.status}
    statuses = {record["status"] for record in table.records} if wanted else set()
    if statuses - {None}:
        return any(meaning_of(str(status), TABLES[table.name].statuses) in wanted for status in statuses)
    return bool(statuses) and any((owed_on(record) or 0) > 0 for record in table.records)


@cache
def _shipped() -> list[Recipe]:
    return [read_recipe(file.read_bytes(), file.stem, READABLE, ["owner", "office"]) for file in sorted(shipped_recipes().glob("*.toml"))]


def _beside(one: Found, chosen: Found) -> Found:
    if chosen.lines == one.lines:
        return replace(one, table=None, why=f"{one.table}; of these files the newest is read")
    better = "has open rows" if chosen.rank[0] > one.rank[0] else "fits better" if chosen.rank[1] > one.rank[1] else "is newer"
    if chosen.rank == one.rank:
        better = "was found first"
    instead = ", ".join(re.sub("^(file|sheet) +=", r"\1 =", line) for line in one.lines)
    why = f"looks like {one.table} too, but {chosen.name} {better}; to use it instead: {instead} under [tables.{one.table}]"
    return replace(one, table=None, why=why, instead_of=one.table or "")


def write_office(folder: Path, found: list[Found], answers: Answers) -> list[str]:
    """Write config.toml and recipes/ where they are not there yet. Returns what was done, a line each."""
    if mistake := no_such_zone(answers.zone):
        raise FilesNeedMending([mistake])
    lines = [] if folder.exists() else [f"The folder {folder} did not exist; it was made."]
    folder.mkdir(parents=True, exist_ok=True)
    missing = _unnamed(folder / CONFIG, found)
    new = not (folder / CONFIG).exists()
    lines += [_write(folder / CONFIG, _config(found, answers)), *missing]
    if new and not answers.timezone:
        lines.append(f"The time zone {answers.zone} was guessed from this computer: see whether it is right.")
    lines.append(_write(folder / ".gitignore", "ledger.db*\noutbox/\n.env\n"))
    tables = {one.table for one in found if one.table}
    for recipe in _shipped():
        if (VIEWS[recipe.reads].main if recipe.reads in VIEWS else recipe.reads) in tables:
            file = f"{recipe.name}.toml"
            lines.append(_write(folder / "recipes" / file, (shipped_recipes() / file).read_text(encoding="utf-8")))
    where = f" --office {folder}" if folder != Path() else ""
    return [*lines, f"Now see what is still missing: contractor-ops check{where}"]


def no_such_zone(name: str) -> str:
    """What is wrong with a time zone's name, "" when there is such a zone."""
    return "" if name in available_timezones() else f'"{name}" is no time zone; {did_you_mean(name, zone_names())}'


def _unnamed(config: Path, found: list[Found]) -> list[str]:
    """The lines to put into a config.toml that is there already, for tables that it does not name."""
    if not config.exists():
        return []
    named = read_config(config.read_bytes(), str(config)).tables
    missing = [one for one in found if one.table and one.table not in named]
    lines = [line for one in missing for line in ["", *_table(one, found).splitlines()]]
    return ["It does not name all that was found here. To have the rest, add these lines:", *lines, ""] if missing else []


def _write(file: Path, text: str) -> str:
    if file.exists():
        return f"{file} is there already and was left as it is."
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return f"{file} was written."


def _config(found: list[Found], answers: Answers) -> str:
    guessed = "" if answers.timezone else f"        {ZONE_WAS_GUESSED}"
    tables = "\n".join(_table(one, found) for one in found if one.table) or '# [tables.estimates]\n# file = "estimates.xlsx"\n'
    return f"""# This office, as contractor-ops knows it. Lines that begin with # are remarks or examples.

[office]
name           = {_quoted(answers.name)}
timezone       = {_quoted(answers.zone)}{guessed}
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


def _table(one: Found, found: list[Found]) -> str:
    names = ", ".join(column for column in one.columns if TABLES[one.table or ""].column(column))
    lines = [f"[tables.{one.table}]{' ' * 39}# found: {names}", *one.lines]
    for other in found:
        if other.instead_of == one.table:
            lines += [
                "# Fits too. To have it instead, put # before the lines above and take it away here:",
                *(f"# {line}" for line in other.lines),
            ]
    return "\n".join([*lines, 'max_age = "7 days"', ""])


def _every_export(file: str) -> str:
    """ "exports/invoices_2026-11-23.csv" as a pattern: tomorrow's export has another name, and the newest is taken."""
    pattern, dated = re.subn(r"\d{4}-\d\d-\d\d([T_ -]?\d{4,6})?|\d{8,14}", "*", glob.escape(file))
    return pattern if dated else file


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # JSON allows it in quotes, TOML does not


def _zone_here() -> str:
    """This machine's time zone, "America/New_York" where it does not say."""
    named = os.environ.get("TZ", "").lstrip(":")
    link = Path("/etc/localtime")
    linked = str(link.readlink()).partition("zoneinfo/")[2] if link.is_symlink() else ""
    found = next((name for name in (named, linked) if name in available_timezones()), "America/New_York")
    return "America/New_York" if found in {"UTC", "Etc/UTC"} else found
