"""After a run: what it came to is written into the columns of the office's sheets that config.toml gives us. Nothing else is touched.

It comes last, after everything that was sent has been written into the ledger, and every value follows from the ledger and the sheet: what
cannot be written today is written by the next run.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime

from contractor_ops.config import people_names
from contractor_ops.errors import ContractorOpsError, NotWrittenYet, RunUnderWay
from contractor_ops.office import Office
from contractor_ops.planning.contacts import customer_list
from contractor_ops.planning.decision import Plan, WrittenBack
from contractor_ops.planning.talks import talks
from contractor_ops.ports import NewValue, RowChange, SentMessage
from contractor_ops.recipe import Recipe
from contractor_ops.reports.format import day
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Place, Table
from contractor_ops.views.catalogue import READABLE, VIEWS
from contractor_ops.work.notes import clean_notes
from contractor_ops.work.write_back_rows import WHOSE, changes_of, in_doubt, left_out, refuse_what_we_read, reused_numbers
from contractor_ops.work.write_back_statuses import note_statuses, note_written, open_statuses, waits_since
from contractor_ops.work.write_back_values import Known, StatusSet, contacts_of, next_steps_of, reviews_of, touched_by

Planned = Callable[[Recipe], Plan]
"""What a recipe plans now, after all that was done."""


@dataclass(slots=True)
class _Changes:
    """What is to be written into one file or spreadsheet, which people call `file`; `statuses` are those among it, by table."""

    file: str
    tables: dict[str, None] = field(default_factory=dict)
    rows: list[RowChange] = field(default_factory=list)
    statuses: list[tuple[Table, StatusSet]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Job:
    """One writing after a run. `things` are the changes, by the file or spreadsheet that they go to."""

    office: Office
    done: Sequence[tuple[Recipe, Plan]]
    planned: Planned
    now: datetime
    really: bool
    things: dict[str, _Changes] = field(default_factory=dict)


def write_back(office: Office, done: Sequence[tuple[Recipe, Plan]], planned: Planned, now: datetime, *, really: bool) -> list[WrittenBack]:
    """Write what these runs came to, each file once; in a rehearsal it is only tried. Never raises for what cannot be written."""
    job = _Job(office, done, planned, now, really)
    tables = dict.fromkeys(office.main_of(recipe.reads) for recipe, _ in done)
    wanted = [
        name for name in tables if name in office.config.tables and office.config.tables[name].write_back and name not in office.replaced
    ]
    told: list[WrittenBack] = []
    for name in wanted:
        try:
            told += [WrittenBack((name,), "", 0, None, really, sentence) for sentence in _gather(job, name)]
        except ContractorOpsError as error:
            told.append(WrittenBack((name,), "", 0, None, really, " ".join(error.lines())))
    told += [one for changes in job.things.values() for one in _write(job, changes)]
    if really and any(one.cells for one in told):
        office.forget_tables()
    return told


def _gather(job: _Job, name: str) -> list[str]:
    """Put a table's changes to those of its files; what there is to say about rows that cannot be written."""
    office = job.office
    table, wanted = office.table(name), wanted_in(office, name)
    refuse_what_we_read(table, wanted)
    ids = {record.place: identity for record in table.records if (identity := record_id(record, READABLE[name]))}
    messages = office.ledger.messages()
    known = office.ledger.history("", name, ids.values(), (), job.now).known
    customers = customer_list(office.table("customers") if office.has("customers") else None)
    doubtful = in_doubt(table, ids, reused_numbers(table, ids, known, messages, customers))
    sure = {place: identity for place, identity in ids.items() if place not in doubtful}
    statuses = open_statuses(office, table, sure, messages) if "status" in wanted else {}
    all_known = _known(job, table, ids, messages, statuses)
    if job.really:
        note_statuses(office, table, sure, statuses, job.now)

    def values_of(place: Place) -> Mapping[str, NewValue]:
        return all_known.values(sure[place], wanted) if place in sure else {}

    rows, keyless = changes_of(table, wanted, values_of, office.as_read(table, WHOSE))
    for file, changed in rows.items():
        changes = job.things.setdefault(office.one_thing(name, file), _Changes(file))
        changes.rows += changed
        changes.tables.setdefault(name)
        changes.statuses += [(table, statuses[sure[place]]) for place in sure if place.file == file and sure[place] in statuses]
    left = sum(1 for place in doubtful if place in ids and all_known.values(ids[place], wanted))
    return list(left_out(keyless, left))


def wanted_in(office: Office, name: str) -> dict[str, str]:
    """The heading for each thing that may be written into this table."""
    return {str(what): heading for what, heading in office.config.tables[name].write_back.items()}


def _known(job: _Job, table: Table, ids: Mapping[Place, str], messages: Sequence[SentMessage], statuses: Mapping[str, StatusSet]) -> Known:
    office, name = job.office, table.name
    wanted, ledger, zone = wanted_in(office, name), office.ledger, office.zone
    tables = {name, *(view for view in VIEWS if VIEWS[view].main == name)}
    people = people_names(office.config.people)
    items = ledger.reviews(("open", "approved", "dismissed", "done", "gone")) if {"next_step", "review"} & wanted.keys() else []
    contacts = contacts_of(messages, ledger.outcomes(), tables, zone) if "last_contact" in wanted else {}
    if "last_contact" in wanted:
        _add_talks(office, table, ids, contacts, job.now)
    return Known(
        contacts,
        next_steps_of(list(_plans(job, name)), ids, people, zone) if "next_step" in wanted else {},
        reviews_of([item for item in items if item.state == "open"], tables, people),
        {record: one.status for record, one in statuses.items()},
        _clean_notes(office, ids) if "clean_note" in wanted else {},
        touched_by(messages, items, tables),
    )


def _plans(job: _Job, name: str) -> Iterable[Plan]:
    """What every recipe of the table plans now that really runs: those just run, and those that have sent before."""
    office, ran = job.office, {recipe.key for recipe, _ in job.done}
    for recipe in office.recipes():
        if (
            office.main_of(recipe.reads) == name
            and recipe.mode != "rehearse"
            and (recipe.key in ran or office.ledger.last_sent_now(recipe.key))
        ):
            yield job.planned(recipe)


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


def _write(job: _Job, changes: _Changes) -> list[WrittenBack]:
    office, tables, file = job.office, tuple(changes.tables), changes.file
    try:
        writer = office.sheet_writer(tables[0], file, job.now)
        with office.lock("write-back") if job.really else nullcontext():  # runs of other recipes may write into the same file
            written = writer.write(changes.rows) if job.really else writer.rehearse(changes.rows)
    except ContractorOpsError as error:
        return [_refused(job, tables, file, error)]
    if job.really:
        waits_since(office, file, job.now, waits=False)
        for table, status in changes.statuses:
            note_written(office, table, [status], job.now)
    left = [WrittenBack(tables, file, 0, None, job.really, sentence, passing=True) for sentence in written.left]
    told = [WrittenBack(tables, file, 0, None, job.really, sentence) for sentence in written.told]
    return [WrittenBack(tables, file, written.cells, written.backup, job.really), *left, *told]


def _refused(job: _Job, tables: tuple[str, ...], file: str, error: ContractorOpsError) -> WrittenBack:
    """What kept a file from being written. What passes by itself is told as trouble all the same once it has lasted for days."""
    trouble, passing = " ".join(error.lines()), isinstance(error, NotWrittenYet | RunUnderWay)
    since = waits_since(job.office, file, job.now, waits=True) if passing and job.really else None
    if since:
        trouble = f"{trouble} It has not been written since {day(since, job.now)}."
    return WrittenBack(tables, file, 0, None, job.really, trouble, passing and since is None)
