"""What trails remember: columns that steps watch, and what steps wrote into the ledger's own record of a row."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from contractor_ops.ledger.connection import Connection, to_moment, to_text
from contractor_ops.ports import OwnValue, StepKey, Watched


def watched(connection: Connection, recipe: str, records: Sequence[str]) -> dict[tuple[str, str], Watched]:
    """The columns that a recipe's steps watch, by record and step."""
    if not connection.row("SELECT 1 FROM watched WHERE recipe = ? LIMIT 1", (recipe,)):
        return {}
    sql = "SELECT record, step, told, now, changed_at, times FROM watched WHERE recipe = ? AND record IN (these)"
    read: dict[str, dict[str, str]] = {}  # what most rows say is the same
    return {
        (record, step): _watched(read.get(told) or read.setdefault(told, json.loads(told)), now, changed_at, times)
        for record, step, told, now, changed_at, times in connection.among(sql, [recipe], records)
    }


def _watched(told: dict[str, str], now: str | None, changed_at: str | None, times: int) -> Watched:
    return Watched(told, json.loads(now) if now else told, to_moment(changed_at) if changed_at else None, times)


def watch(connection: Connection, recipe: str, seen: Mapping[tuple[str, str], Watched]) -> None:
    """Remember watched columns as they are now."""
    sql = "INSERT OR REPLACE INTO watched (recipe, record, step, told, now, changed_at, times) VALUES (?, ?, ?, ?, ?, ?, ?)"
    with connection.writing():
        for (record, step), one in seen.items():
            changed_at = to_text(one.changed_at) if one.changed_at else None
            connection.run(
                sql,
                (
                    recipe,
                    record,
                    step,
                    json.dumps(dict(one.told)),
                    None if one.now == one.told else json.dumps(dict(one.now)),
                    changed_at,
                    one.times,
                ),
            )


def keep_values(
    connection: Connection, table: str, key: StepKey, values: Mapping[str, str], recipe: str, customer_key: str, at: datetime
) -> None:
    """Write into the ledger's own record of a row, by the name of the step that did."""
    sql = """
        INSERT INTO own_values (table_name, record, column_name, value, customer_key, recipe, step, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
    with connection.writing():
        for column, value in values.items():
            connection.run(sql, (table, key.record, column, value, customer_key, recipe, key.step, to_text(at)))


def own_values(connection: Connection, table: str) -> dict[str, dict[str, OwnValue]]:
    """What the ledger's own records of a table say now, by record and column; a value that was emptied is left out."""
    sql = "SELECT record, column_name, value, recipe, step, at FROM own_values WHERE table_name = ? AND value IS NOT NULL ORDER BY id"
    found: dict[str, dict[str, OwnValue]] = {}
    for record, column, value, recipe, step, at in connection.rows(sql, (table,)):
        found.setdefault(record, {})[column] = OwnValue(value, recipe, step, to_moment(at))
    return found
