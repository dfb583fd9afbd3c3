"""Rows that had no number and got one: the same row, which the ledger knows by the name that it had before."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from contractor_ops.ports import History, Numberless, StepKey
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record

_DAYS = ("created_on", "booked_on")
Thing = TypeVar("Thing")


def former_ids(
    jobs: Iterable[Record], known: Mapping[str, Numberless], spec: TableSpec, address: Callable[[Record], str | None]
) -> dict[str, str]:
    """The id that each row had before it had a number, by its number.

    `known` has what the ledger knows of rows without one. `address` finds the address of a row whose cell is blank, as the view does.
    """
    rows = [replace(job, table=spec.name, values={**job.values, "address": job["address"] or address(job)}) for job in jobs]
    here = {record_id(row, spec) for row in rows if not row["number"]}
    before = [
        (str(row["number"]), old) for row in rows if row["number"] and (old := _without_number(row, spec)) in known and old not in here
        and _is_the_same(row, known[old])
    ]  # fmt: skip
    times = Counter(old for _, old in before)  # of two rows that may be it nobody can tell which it is
    return {number: old for number, old in before if times[old] == 1}


def as_one(history: History, former: Mapping[str, str]) -> History:
    """What the ledger knows of rows under both their names, all under the one that they have now."""
    if not former:
        return history
    now = {old: new for new, old in former.items()}

    def name(record: str) -> str:
        return now.get(record, record)

    return replace(
        history,
        steps=_by_name(history.steps, lambda key: replace(key, record=name(key.record)), now),
        releases=_by_name(history.releases, lambda key: replace(key, record=name(key.record)), now),
        watched=_by_name(history.watched, lambda key: (name(key[0]), key[1]), now),
        skips=_by_name(history.skips, name, now),
        known=_by_name(history.known, name, now),
        answered_records=_by_name(history.answered_records, name, now),
    )


Key = TypeVar("Key", StepKey, tuple[str, str], str)


def _by_name(found: Mapping[Key, Thing], name: Callable[[Key], Key], old: Mapping[str, str]) -> dict[Key, Thing]:
    """The same under the names of now; what is known under those already is the latest."""
    ours = {name(key): value for key, value in found.items() if _record(key) in old}
    return ours | {key: value for key, value in found.items() if _record(key) not in old}


def _record(key: StepKey | tuple[str, str] | str) -> str:
    return key.record if isinstance(key, StepKey) else key if isinstance(key, str) else key[0]


def _without_number(row: Record, spec: TableSpec) -> str:
    return record_id(replace(row, values={**row.values, "number": None}), spec) or ""


def _is_the_same(row: Record, known: Numberless) -> bool:
    """Whether the row is of the day that the ledger knows; one whose sheet names no such day must at least start when people were told."""
    own = next((row[name] for name in _DAYS if isinstance(row[name], date)), None)
    if isinstance(own, date):
        return known.day == (own.date() if isinstance(own, datetime) else own).isoformat()
    start = row["starts_at"] or row["scheduled_on"]
    return isinstance(start, date) and start.isoformat() in known.starts
