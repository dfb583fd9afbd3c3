"""Which job somebody means, where the name that they typed stands nowhere: the nearest there is, or the several that fit."""

from collections.abc import Iterable, Sequence

from contractor_ops.errors import UnknownName
from contractor_ops.tables.record import Record, Table
from contractor_ops.tables.records import column_of
from contractor_ops.tomlfile import did_you_mean
from contractor_ops.views.books.numbers import core_of

_FEW = 5
"""So many numbers that fit are named."""


def unknown(wanted: str, kinds: str, tables: Sequence[Table], see: str) -> UnknownName:
    """The error for a name that finds nothing; `kinds` are what was looked for, "job or customer", `see` is the command that lists them."""
    if several := _several(wanted, tables):
        more = f" or {len(several) - _FEW:,} more" if len(several) > _FEW else ""
        return UnknownName(
            f'"{wanted}" may be {" or ".join(several[:_FEW])}{more}: several numbers fit.', "Write the one that you mean in full."
        )
    known = {str(value) for table in tables for name in ("number", "customer") for value in column_of(table.records, name) if value}
    near = did_you_mean(wanted, known, see)
    return UnknownName(f'There is no {kinds} "{wanted}"; {near}', "" if near.startswith("did you mean") else _example(tables[0].records))


def _several(wanted: str, tables: Iterable[Table]) -> list[str]:
    """Numbers that are the same but for letters and zeros before them: letters that somebody typed must be theirs."""
    letters, rest = core_of(wanted)
    if not rest or not any(map(str.isdigit, wanted)):
        return []
    for table in tables:
        alike = {text: core_of(text) for text in map(str, filter(None, column_of(table.records, "number")))}
        found = [text for text, (its, its_rest) in alike.items() if its_rest == rest and (its == letters or not (its and letters))]
        if len(found) > 1:
            return found
    return []


def _example(jobs: Sequence[Record]) -> str:
    one = next((job for job in jobs if job["number"] and job["customer"]), None)
    return f'Write a number like "{one["number"]}" or a customer like "{one["customer"]}" ({one.place}).' if one else ""
