"""Everything that an office's figures are made from: its tables, its views, and what the ledger hands in."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from contractor_ops.errors import ContractorOpsError, LedgerTrouble
from contractor_ops.figures.signals import ASKED, CALLS
from contractor_ops.figures.values import Business
from contractor_ops.office import Office
from contractor_ops.reports.digest import SourceAge
from contractor_ops.tables.catalogue import HANDED_IN, TABLES
from contractor_ops.tables.record import Place, Record, Table
from contractor_ops.views.catalogue import VIEWS

_CALLS_SINCE = timedelta(days=15)
"""Two weeks that are over, and today."""


def business_of(office: Office, now: datetime) -> tuple[Business, list[SourceAge]]:
    """What figures are made from at a moment, and how old each sheet is. A sheet that cannot be read is not there, and its age says why."""
    tables: dict[str, Table] = {}
    ages: list[SourceAge] = []
    for name in (one for one in TABLES if one not in HANDED_IN and office.has(one)):
        try:
            tables[name] = office.table(name)
            ages.append(_age(name, tables[name], now))
        except LedgerTrouble:
            raise
        except ContractorOpsError as error:
            ages.append(SourceAge(name, _file(office, name), None, None, error.message))
    tables |= dict(_made(office, now))
    calendar = office.facts.calendar
    unreadable = frozenset(one.table for one in ages if one.trouble)
    return Business(tables, now, office.config, calendar.is_business_day, unreadable), ages


def _made(office: Office, now: datetime) -> Iterator[tuple[str, Table]]:
    """The views whose sheets can be read, and the ledger's tables where there is a ledger."""
    for name in VIEWS:
        if office.has(name):
            try:
                yield name, office.table(name, now=now)
            except LedgerTrouble:
                raise
            except ContractorOpsError:
                continue  # the age of the sheet that it is made from says why
    if office.has("calls"):
        try:
            yield CALLS, office.missed_calls(now, now - _CALLS_SINCE)
        except LedgerTrouble:
            raise
        except ContractorOpsError:
            pass
    if office.ledger_file.exists():
        for name in HANDED_IN:
            yield name, office.table(name)
        asked = [Record(ASKED, {"asked_at": at, "notes": what}, Place("the ledger", None, None)) for at, what in office.ledger.questions()]
        yield ASKED, Table(ASKED, asked, [], {})


def _age(name: str, table: Table, now: datetime) -> SourceAge:
    """How old a table is: by the day that its report names, else by its oldest file."""
    since = datetime.combine(table.as_of, time(23, 59), now.tzinfo) if table.as_of else table.read_at
    days = max((now.date() - since.astimezone(now.tzinfo).date()).days, 0) if since else None
    return SourceAge(name, ", ".join(table.files), since.astimezone(now.tzinfo) if since else None, days)


def _file(office: Office, name: str) -> str:
    part = office.config.tables.get(name)
    return part.called if part else ""
