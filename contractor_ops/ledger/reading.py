"""Reading the ledger: its entries in order, whether it is well, and a copy of it."""
# ruff: noqa: S608 - the SQL put together here is all our own; values are always handed over apart

from pathlib import Path
from typing import Any

from contractor_ops.ledger.connection import Connection, to_moment

_SHOWN = 20


def entries(connection: Connection, recipe: str | None, record: str | None) -> list[dict[str, Any]]:
    """Everything that happened to the steps asked for, in order of time (UTC). What was forgotten reads null."""
    asked = {"recipe": recipe, "record": record}
    conditions = [f"{column} = ?" for column, value in asked.items() if value is not None]
    sql = f"""
        SELECT recipe, record, step, anchor, history.state, address, history.at, channel, history.provider_id, detail,
               history.run_id, table_name, action, owner, settled_by
        FROM history
        JOIN steps ON steps.id = history.step_id
        JOIN words ON words.id = history.words_id
        LEFT JOIN details ON details.entry_id = history.id
        {"WHERE " + " AND ".join(conditions) if conditions else ""}
        ORDER BY history.at, history.id"""
    keys = ("recipe", "record", "step", "anchor", "state", "address", "time", "channel", "provider_id", "detail",
            "run", "table", "action", "owner", "settled_by")  # fmt: skip
    found = [dict(zip(keys, row, strict=True)) for row in connection.rows(sql, [value for value in asked.values() if value is not None])]
    for entry in found:
        entry["time"] = to_moment(entry["time"]).isoformat()
    return found


def verify(connection: Connection) -> list[str]:
    """What is wrong with the ledger, a sentence each; nothing if it is well."""
    broken = [said for (said,) in connection.rows(f"PRAGMA integrity_check({_SHOWN})") if said != "ok"]
    if broken:  # whatever else is asked of a damaged file, the answer cannot be trusted
        return [f"The ledger {connection.path} is damaged: {said}." for said in broken]
    return [*_lost_references(connection), *_disagreements(connection)]


def _lost_references(connection: Connection) -> list[str]:
    found = connection.rows("PRAGMA foreign_key_check")
    return [f"Line {number} of {table} names a line of {other} that is not there." for table, number, other, _ in found[:_SHOWN]]


def _disagreements(connection: Connection) -> list[str]:
    """Steps whose state is not what their last history entry says."""
    sql = """
        SELECT recipe, record, step, steps.state, coalesce(history.state, 'nothing')
        FROM steps
        LEFT JOIN (SELECT step_id, max(id) AS id FROM history GROUP BY step_id) AS last ON last.step_id = steps.id
        LEFT JOIN history ON history.id = last.id
        WHERE history.id IS NULL OR history.state <> steps.state OR history.id <> steps.entry_id
        LIMIT ?"""
    return [
        f'Step "{step}" of {record} in {recipe} stands as "{state}", but its history ends with "{last}".'
        for recipe, record, step, state, last in connection.rows(sql, (_SHOWN,))
    ]


def backup(connection: Connection, target: str) -> None:
    """Copy the ledger to a new file, mode 0600. Raises LedgerTrouble where there is a file already or it cannot be written."""
    connection.copy(Path(target))
