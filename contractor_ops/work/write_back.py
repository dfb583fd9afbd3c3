"""After a run: what it came to is written into the columns of the office's sheets that config.toml gives us. Nothing else is touched.

It comes last, after everything that was sent has been written into the ledger, and every value follows from the ledger and the sheet: what
cannot be written today is written by the next run.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime

from contractor_ops.config import people_names
from contractor_ops.errors import ContractorOpsError, NotWritten, NotWrittenYet, RunUnderWay
from contractor_ops.office import Office
from contractor_ops.planning.decision import Plan, WrittenBack
from contractor_ops.planning.talks import talks
from contractor_ops.ports import RowChange
from contractor_ops.recipe import Recipe
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Place, Record, Table
from contractor_ops.views.catalogue import READABLE, VIEWS
from contractor_ops.work.notes import clean_notes
from contractor_ops.work.write_back_values import Known, contacts_of, next_steps_of, reviews_of, statuses_of, touched_by

Planned = Callable[[Recipe], Plan]
"""What a recipe plans now, after all that was done."""
_KEYS = ("number", "email", "phone")


@dataclass(slots=True)
class _Changes:
    """What is to be written into one file or spreadsheet."""

    tables: dict[str, None] = field(default_factory=dict)
    rows: list[RowChange] = field(default_factory=list)


def write_back(office: Office, done: Sequence[tuple[Recipe, Plan]], planned: Planned, now: datetime, *, really: bool) -> list[WrittenBack]:
    """Write what these runs came to, each file once; in a rehearsal it is only tried. Never raises for what cannot be written."""
    tables = dict.fromkeys(office.main_of(recipe.reads) for recipe, _ in done)
    wanted = [
        name for name in tables if name in office.config.tables and office.config.tables[name].write_back and name not in office.replaced
    ]
    by_file: dict[str, _Changes] = {}
    told: list[WrittenBack] = []
    for name in wanted:
        try:
            told += _gather(office, name, [one for one in done if office.main_of(one[0].reads) == name], planned, by_file, now, really)
        except ContractorOpsError as error:
            told.append(WrittenBack((name,), "", 0, None, really, " ".join(error.lines())))
    told += [_write(office, file, changes, now, really) for file, changes in by_file.items()]
    if really and any(one.cells for one in told):
        office.forget_tables()
    return told


def _gather(
    office: Office,
    name: str,
    done: Sequence[tuple[Recipe, Plan]],
    planned: Planned,
    by_file: dict[str, _Changes],
    now: datetime,
    really: bool,
) -> list[WrittenBack]:
    """Put a table's changes to those of its files; what there is to say about rows that cannot be written."""
    table, wanted = office.table(name), _wanted(office, name)
    if feeding := _read_by_us(table, wanted):
        raise NotWritten(
            f'tables.{name}.write_back: "{feeding[1]}" is where we read {feeding[0]} from, so nothing was written.',
            "Name a column that is not used for anything else.",
        )
    ids = {record.place: identity for record in table.records if (identity := record_id(record, READABLE[name]))}
    known = _known(office, name, done, planned, ids, table, now)
    keyless = 0
    for record in table.records:
        place, identity = record.place, ids.get(record.place, "")
        values = known.values(identity, wanted)
        if not values or place.row is None or place.file not in table.files:
            continue
        if key := _key(record, table):
            changes = by_file.setdefault(place.file, _Changes())
            changes.rows.append(RowChange(place.sheet, place.row, key, values, frozenset({wanted.get("last_contact", "")})))
            changes.tables.setdefault(name)
        keyless += not key
    return [WrittenBack((name,), "", 0, None, really, _left_out(keyless))] if keyless else []


def _left_out(rows: int) -> str:
    those = "1 row was left out, as it has" if rows == 1 else f"{rows} rows were left out, as they have"
    return f"{those} neither a number nor an address to be sure of it by."


def _wanted(office: Office, name: str) -> dict[str, str]:
    """The heading for each thing that may be written into this table."""
    return {str(what): heading for what, heading in office.config.tables[name].write_back.items()}


def _known(
    office: Office, name: str, done: Sequence[tuple[Recipe, Plan]], planned: Planned, ids: Mapping[Place, str], table: Table, now: datetime
) -> Known:
    wanted, ledger, zone = _wanted(office, name), office.ledger, office.zone
    tables = {name, *(view for view in VIEWS if VIEWS[view].main == name)}
    people = people_names(office.config.people)
    messages = ledger.messages()
    items = ledger.reviews(("open", "approved", "dismissed", "done", "gone")) if {"next_step", "review"} & wanted.keys() else []
    contacts = contacts_of(messages, ledger.outcomes(), tables, zone) if "last_contact" in wanted else {}
    if "last_contact" in wanted:
        _add_talks(office, table, ids, contacts, now)
    statuses: dict[str, str] = {}
    for recipe, plan in done:
        statuses |= statuses_of(plan, recipe, ids)
    return Known(
        contacts,
        next_steps_of(list(_plans(office, name, done, planned)), ids, people, zone) if "next_step" in wanted else {},
        reviews_of([item for item in items if item.state == "open"], tables, people),
        statuses,
        _clean_notes(office, ids) if "clean_note" in wanted else {},
        touched_by(messages, items, tables),
    )


def _plans(office: Office, name: str, done: Sequence[tuple[Recipe, Plan]], planned: Planned) -> Iterable[Plan]:
    """What every recipe of the table plans now that really runs: those just run, and those that have sent before."""
    ran = {recipe.key for recipe, _ in done}
    for recipe in office.recipes():
        if (
            office.main_of(recipe.reads) == name
            and recipe.mode != "rehearse"
            and (recipe.key in ran or office.ledger.last_sent_now(recipe.key))
        ):
            yield planned(recipe)


def _add_talks(office: Office, table: Table, ids: Mapping[Place, str], contacts: dict[str, date], now: datetime) -> None:
    """Telephone conversations that the call log tells of, by the number that stands in the row."""
    spoken = talks(office.table("calls"), office.own_numbers, now) if office.has("calls") else {}
    for record in table.records if spoken else ():
        at = spoken.get(str(record["phone"] or ""))
        if at and (identity := ids.get(record.place)):
            day = at.astimezone(office.zone).date()
            contacts[identity] = max(day, contacts.get(identity, day))


def _clean_notes(office: Office, ids: Mapping[Place, str]) -> dict[str, str]:
    notes = clean_notes(office, None).notes
    return {ids[one.job.place]: one.note.clean for one in notes if one.note.clean and one.job.place in ids}


def _read_by_us(table: Table, wanted: Mapping[str, str]) -> tuple[str, str] | None:
    """Our column and the heading that is to be written, where we read something else from there."""
    written = {" ".join(heading.split()).casefold(): (name, heading) for name, heading in wanted.items()}
    for column, match in table.columns.items():
        for heading in match.headings if match else ():
            name, spelled = written.get(" ".join(heading.split()).casefold(), ("", ""))
            if name and name != column:
                return column, spelled
    return None


def _key(record: Record, table: Table) -> dict[str, str]:
    """The heading and text that prove which row it is: its number, else its address."""
    for column in _KEYS:
        match, value = table.columns.get(column), record[column]
        if match and len(match.headings) == 1 and value:
            return {match.headings[0]: str(value)}
    return {}


def _write(office: Office, file: str, changes: _Changes, now: datetime, really: bool) -> WrittenBack:
    tables = tuple(changes.tables)
    try:
        writer = office.sheet_writer(tables[0], file, now)
        with office.lock("write-back") if really else nullcontext():  # runs of other recipes may write into the same file
            written = writer.write(changes.rows) if really else writer.rehearse(changes.rows)
    except ContractorOpsError as error:
        passing = isinstance(error, NotWrittenYet | RunUnderWay)
        return WrittenBack(tables, file, 0, None, really, " ".join(error.lines()), passing)
    return WrittenBack(tables, file, written.cells, written.backup, really)
