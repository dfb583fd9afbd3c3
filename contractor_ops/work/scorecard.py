"""The scorecard of an office, or of a folder of spreadsheets that is no office yet. Nothing is written into the folder."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from contractor_ops.config import Config, LedgerPart, NotesPart, read_config
from contractor_ops.errors import ContractorOpsError, LedgerTrouble, NoOffice
from contractor_ops.figures.leaks import leaks
from contractor_ops.figures.leaks_asked import LOOKED_BACK
from contractor_ops.figures.note_columns import columns_for_notes
from contractor_ops.figures.values import Business
from contractor_ops.office import CONFIG, Office, open_office
from contractor_ops.reports.scorecard import Scorecard
from contractor_ops.tables.record import Table
from contractor_ops.work.business import business_of
from contractor_ops.work.init import Answers, Found, found_tables

_MISSED = "missed_calls"


def is_office(folder: Path) -> bool:
    """Whether the folder has been set up."""
    return (folder / CONFIG).is_file()


def office_in(folder: Path) -> Office:
    """The office of a folder; without config.toml one that holds what its spreadsheets are taken for. Raises NoOffice where there is none."""
    if is_office(folder):
        return open_office(folder)
    if not folder.exists():
        raise NoOffice(f"The folder {folder} does not exist.", "Name the folder with your spreadsheets: contractor-ops scorecard FOLDER")
    found = found_tables(folder)
    if not any(one.table for one in found):
        seen = "; ".join(one.in_words() for one in found[:5]) or "there is no spreadsheet in it"
        raise NoOffice(f"Nothing in {folder} is a table that I recognise: {seen}.",
                       "Put exports of your estimates, invoices, jobs, leads or calls there. How columns may be called: contractor-ops tables")  # fmt: skip
    office = Office(folder, read_config(_as_config(folder, found).encode(), CONFIG))
    return Office(folder, _asking_what_is_kept(office))


def scorecard_of(office: Office, now: datetime) -> Scorecard:
    """Where the office leaks, at a moment."""
    with _unwritten(office) as read:
        business, ages = business_of(read, now)
        found = leaks(_with_calls_of_long(read, business))
    return Scorecard(office.config.office.name, now, found, tuple(ages), is_office(office.folder))


def _as_config(folder: Path, found: list[Found]) -> str:
    """What `init` would write of the tables, and no more."""
    name = folder.resolve().name.encode(errors="replace").decode() or Answers().name
    people = "\n".join(f"{key} = {{ name = {_quoted(who)} }}" for key, who in (("owner", Answers().owner), ("office", Answers().manager)))
    tables = "\n".join("\n".join([f"[tables.{one.table}]", *one.lines]) for one in found if one.table)
    return f'[office]\nname = {_quoted(name)}\ntimezone = {_quoted(Answers().zone)}\ncountry = "US"\n[people]\n{people}\n{tables}\n'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # JSON allows it in quotes, TOML does not


def _asking_what_is_kept(office: Office) -> Config:
    """Nobody has said yet what a note must tell: only what the jobs sheet has columns for is asked."""
    if not office.has("jobs"):
        return office.config
    jobs = office.table("jobs")
    needs = [point for point in NotesPart().needs if point in columns_for_notes(jobs.has, NotesPart().needs)]
    return office.config.model_copy(update={"notes": NotesPart(needs=tuple(needs))})


@contextmanager
def _unwritten(office: Office) -> Iterator[Office]:
    """The office as it is; where it has no ledger yet, one that is thrown away is asked, so that none is made."""
    if office.ledger_file.exists():
        yield office
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        part = LedgerPart(path=str(Path(scratch) / "ledger.db"))
        yield Office(office.folder, office.config.model_copy(update={"ledger": part}), office.replaced, office.clock)


def _with_calls_of_long(office: Office, business: Business) -> Business:
    """The business with the missed calls of three months in place of those of two days."""
    if _MISSED not in business.tables:
        return business
    tables: dict[str, Table] = dict(business.tables)
    try:
        tables[_MISSED] = office.missed_calls(business.now, business.now - timedelta(days=LOOKED_BACK))
    except LedgerTrouble:
        raise
    except ContractorOpsError:
        del tables[_MISSED]
    return replace(business, tables=tables)
