"""What `check` hears when write-back is rehearsed: each column that config.toml gives us is tried on every row, and nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from contractor_ops.errors import ContractorOpsError, NotWritten, NotWrittenYet
from contractor_ops.office import Office
from contractor_ops.ports import NewValue
from contractor_ops.reports.format import listed
from contractor_ops.tables.record import Table
from contractor_ops.work.check_finding import Finding
from contractor_ops.work.check_sources import is_open
from contractor_ops.work.write_back import wanted_in
from contractor_ops.work.write_back_rows import WHOSE, changes_of, refuse_what_we_read

Samples = Mapping[str, Sequence[NewValue]]
"""What a run might write, by the name of what is written: a cell's own rule may let one value in and not another."""

_THOSE = "\0"


def check_write_back(office: Office, now: datetime, *, offline: bool = False) -> Iterator[Finding]:
    """Each table whose sheet is written into. `offline` leaves out those on the internet; one that cannot be read is told elsewhere."""
    for name, part in office.config.tables.items():
        if not part.write_back or (offline and part.asked_live):
            continue
        try:
            table = office.table(name)
        except ContractorOpsError:
            continue
        yield from _table(office, table, now.astimezone(office.zone))


def _table(office: Office, table: Table, now: datetime) -> Iterator[Finding]:
    about, wanted = f"table {table.name}", wanted_in(office, table.name)
    rows, keyless = changes_of(table, wanted, lambda place: dict.fromkeys(wanted.values()))
    refused = list(_gathered(_refused(office, table, wanted, now)))
    for message, remedy in refused:
        message = message.removeprefix(f"tables.{table.name}.").replace("othing was written", "othing would be written")
        yield Finding("warning", about, message if message.startswith("write_back") else f"write_back: {message}", remedy)
    if keyless and not rows:
        message = "write_back: no row has a number or an address to be sure of it by, so nothing would be written."
        yield Finding("warning", about, message, "Add a column with a number for each row.")
    elif rows and not refused and not is_open(office, table.name):
        yield Finding("ok", about, f"write_back: {_quoted(list(wanted.values()))} can be written")


def _refused(office: Office, table: Table, wanted: Mapping[str, str], now: datetime) -> Iterator[tuple[str, ContractorOpsError]]:
    """Each heading that would not be written, and why. All are tried together first: a sheet in which nothing is wrong is read once."""
    free: dict[str, str] = {}
    for what, heading in wanted.items():
        try:
            refuse_what_we_read(table, {what: heading})
            free[what] = heading
        except NotWritten as refusal:
            yield heading, refusal
    samples = _samples(office, table.name, now)
    together = list(_rehearsed(office, table, {heading: samples[what][0] for what, heading in free.items()}, free, now))
    begin = 0 if together else 1
    each = [
        (heading, refusal)
        for what, heading in free.items()
        for value in samples[what][begin:]
        for refusal in _rehearsed(office, table, {heading: value}, free, now)
    ]
    yield from each or [("", refusal) for refusal in together]


def _rehearsed(
    office: Office, table: Table, values: Mapping[str, NewValue], wanted: Mapping[str, str], now: datetime
) -> Iterator[ContractorOpsError]:
    """Why these values would not be written into all rows of a table, a refusal for each of its files. That one is open is told elsewhere."""
    for file, rows in changes_of(table, wanted, lambda place: values, office.as_read(table, WHOSE))[0].items():
        try:
            office.sheet_writer(table.name, file, now).rehearse(rows)
        except ContractorOpsError as refusal:
            if not (isinstance(refusal, NotWrittenYet) and is_open(office, table.name)):
                yield refusal


def _gathered(refused: Iterator[tuple[str, ContractorOpsError]]) -> Iterator[tuple[str, str]]:
    """Each reason once, with its remedy: a sheet that is protected refuses all columns."""
    headings: dict[tuple[str, str], list[str]] = {}
    for heading, refusal in refused:
        reason = refusal.message.replace(f'"{heading}"', _THOSE, 1) if heading else refusal.message
        headings.setdefault((reason, refusal.remedy), []).append(heading)
    for (reason, remedy), those in headings.items():
        yield reason.replace(_THOSE, _quoted(list(dict.fromkeys(those)))), remedy


def _quoted(headings: Sequence[str]) -> str:
    return listed([f'"{heading}"' for heading in headings])


def _samples(office: Office, name: str, now: datetime) -> Samples:
    recipes = [recipe for recipe in office.recipes() if office.main_of(recipe.reads) == name]
    statuses = dict.fromkeys(step.sets_status for recipe in recipes for step in recipe.steps if step.sets_status)
    day = now.date()
    return {
        "last_contact": [day],
        "next_step": [f"First nudge on {day:%b} {day.day}, {day.year}"],
        "review": ["The office: somebody should look at it"],
        "clean_note": ["Replaced the filter."],
        "status": [*statuses] or [None],
    }
