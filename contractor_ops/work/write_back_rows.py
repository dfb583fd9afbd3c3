"""Which rows of the office's sheets are meant, and what proves each of them: what is in doubt is left out, and counted."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from contractor_ops.errors import NotWritten
from contractor_ops.planning.contacts import CustomerList, contact_of
from contractor_ops.planning.identity import OWN_DAY, own_day
from contractor_ops.ports import Cell, Known, NewValue, RowChange, SentMessage
from contractor_ops.tables.record import Place, Record, Table

ValuesOf = Callable[[Place], Mapping[str, NewValue]]
"""What a row's cells are to say, by heading."""
AsRead = Callable[[Place, frozenset[str]], Mapping[str, Cell] | None]
"""What stood in a row when the run read it, by heading."""
_KEYS = ("number", "email", "phone")
WHOSE = ("number", "customer", "email", "phone", *OWN_DAY)
"""Our columns that tell whose row it is."""


def changes_of(
    table: Table, wanted: Mapping[str, str], values_of: ValuesOf, as_read: AsRead | None = None
) -> tuple[dict[str, list[RowChange]], int]:
    """Each file's rows with the values that they are to hold, and how many more have nothing that they could be proved by.

    `as_read` gives the cells of a row under the headings that are needed, and of the others that tell whose it is, where a writer must know.
    """
    by_file: dict[str, list[RowChange]] = {}
    keyless = 0
    reads = frozenset(heading for match in table.columns.values() if match for heading in match.headings)
    for record in table.records:
        place, values = record.place, values_of(record.place)
        if not values or place.row is None or place.file not in table.files:
            continue
        if key := _key(record, table):
            later = frozenset({wanted.get("last_contact", "")})
            change = RowChange(place.sheet, place.row, key, values, later, as_read and as_read(place, frozenset({*key, *values})), reads)
            by_file.setdefault(place.file, []).append(change)
        keyless += not key
    return by_file, keyless


def _key(record: Record, table: Table) -> dict[str, str]:
    """The heading and text that prove which row it is: its number, else its address."""
    for column in _KEYS:
        match, value = table.columns.get(column), record[column]
        if match and len(match.headings) == 1 and value:
            return {match.headings[0]: str(value)}
    return {}


def in_doubt(table: Table, ids: Mapping[Place, str], reused: Collection[str]) -> frozenset[Place]:
    """Rows of which nobody can tell whom their number stands for: what is known of it may be another's."""
    times = Counter(ids.values())
    found = ((record.place, ids.get(record.place, "")) for record in table.records if "number" not in record.problems)
    return frozenset(ids) - {place for place, identity in found if times[identity] == 1 and identity not in reused}


def reused_numbers(
    table: Table, ids: Mapping[Place, str], known: Mapping[str, Known], messages: Iterable[SentMessage], customers: CustomerList
) -> frozenset[str]:
    """Numbers that began again in January: another day than when we last acted on them, and nothing of the customer is the same."""
    found = {}
    for record in table.records:
        identity = ids.get(record.place, "")
        before = known.get(identity)
        if before and before.day and before.customer and before.day != own_day(record):
            found[identity] = before.customer, contact_of(record, customers)
    reached: dict[str, set[str]] = {}
    for message in messages if found else ():
        for step in message.steps:
            reached.setdefault(step.key.record, set()).add(message.address)
    return frozenset(
        identity for identity, (customer, now) in found.items()
        if customer != now.key and customer.partition(":")[2] not in now.addresses and not reached.get(identity, set()) & set(now.addresses)
    )  # fmt: skip


def left_out(keyless: int, doubtful: int) -> Iterator[str]:
    """A sentence for each kind of row that was left out."""
    if keyless:
        yield f"{_those(keyless, 'as it has', 'as they have')} neither a number nor an address to be sure of it by."
    if doubtful:
        yield (
            f"{_those(doubtful, 'as its number stands', 'as their number stands')} in another row too, cannot be read, or stood for another "
            "customer before. Give each row a number of its own."
        )


def _those(rows: int, one: str, many: str) -> str:
    return f"1 row was left out, {one}" if rows == 1 else f"{rows} rows were left out, {many}"


def refuse_what_we_read(table: Table, wanted: Mapping[str, str]) -> None:
    """Raise NotWritten where one of these headings is a column that we read something else from."""
    if feeding := _read_by_us(table, wanted):
        raise NotWritten(
            f'tables.{table.name}.write_back: "{feeding[1]}" is where we read {feeding[0]} from, so nothing was written.',
            "Name a column that is not used for anything else.",
        )


def _read_by_us(table: Table, wanted: Mapping[str, str]) -> tuple[str, str] | None:
    """Our column and the heading that is to be written, where we read something else from there."""
    written = {" ".join(heading.split()).casefold(): (name, heading) for name, heading in wanted.items()}
    for column, match in table.columns.items():
        for heading in match.headings if match else ():
            name, spelled = written.get(" ".join(heading.split()).casefold(), ("", ""))
            if name and name != column:
                return column, spelled
    return None
