"""The tables that an answer is found in, what could not be read of them, and how old each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.planning.papers import LOOKED_IN
from contractor_ops.reports.who import Age
from contractor_ops.tables.record import Table

CALLS = "calls"
OWN = "technicians"
"""Our own people are looked up elsewhere; that their sheet cannot be read is told all the same."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the office keeps, at a moment (office time). `unread` has a sentence for each table that could not be used."""

    tables: Mapping[str, Table]
    now: datetime
    ages: tuple[Age, ...]
    not_kept: frozenset[str]
    unread: Mapping[str, str]


def shelf_of(office: Office, now: datetime) -> Shelf:
    """Read the tables, phones and e-mails as written. One that cannot be read keeps nobody from the others."""
    tables: dict[str, Table] = {}
    unread: dict[str, str] = {}
    wanted = (*LOOKED_IN, CALLS)
    for name in (*wanted, OWN):
        try:
            if office.has(name):
                tables[name] = office.table(name, complete=False)
        except ContractorOpsError as error:
            unread[name] = f"What {name} would tell is not known: {' '.join(error.lines())}"
    tables.pop(OWN, None)
    not_kept = frozenset(wanted) - tables.keys() - unread.keys()
    return Shelf(tables, now, tuple(_age(office, table, now) for table in tables.values()), not_kept, unread)


def _age(office: Office, table: Table, now: datetime) -> Age:
    part = office.config.tables.get(table.name) if table.name not in office.replaced else None
    live = part is not None and part.asked_live
    at = table.as_of or (table.read_at.astimezone(now.tzinfo) if table.read_at else None)
    moment = datetime.combine(table.as_of, time(23, 59), now.tzinfo) if table.as_of else table.read_at
    max_age = part.max_age if part else None
    too_old = str(max_age) if max_age and moment and office.facts.calendar.has_gone_by(max_age, moment.astimezone(now.tzinfo), now) else ""
    changed = bool(part and part.google_sheet and max_age)  # only for its max_age is a live sheet asked when it was changed
    return Age(table.name, ", ".join(table.files), at if not live or changed or table.as_of else None, too_old, live)
