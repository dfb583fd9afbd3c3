"""Runs: what was executed when, on which machine, and how it ended; and what the tables' sheets looked like then."""

import json
from collections.abc import Mapping
from datetime import datetime

from contractor_ops.errors import Exit
from contractor_ops.ledger.connection import Connection, Row, to_moment, to_text
from contractor_ops.ports import RunEnd, RunEntry, Shape


def open_run(connection: Connection, recipe: str, now: datetime, sent: bool, mode: str, machine: str) -> int:
    """Begin a run; its number."""
    sql = "INSERT INTO runs (recipe, now, sent, mode, machine) VALUES (?, ?, ?, ?, ?) RETURNING id"
    with connection.writing(durable=False):
        return int(connection.rows(sql, (recipe, to_text(now), int(sent), mode, machine))[0][0])


def close_run(connection: Connection, run: int, at: datetime, end: RunEnd) -> None:
    """Record how a run ended."""
    sql = "UPDATE runs SET ended_at = ?, exit_code = ?, counts = ?, brakes = ?, accepted = ?, error = ? WHERE id = ?"
    said = (json.dumps(dict(end.counts)), json.dumps(_brakes(end)), json.dumps(list(end.accepted)), end.error)
    with connection.writing(durable=False):
        connection.run(sql, (to_text(at), int(end.exit_code), *said, run))


def runs(connection: Connection, recipe: str | None, limit: int, *, sent: bool = False) -> list[RunEntry]:
    """The latest runs, of one recipe or of all, newest first; with `sent` without rehearsals."""
    sql = """
        SELECT id, recipe, now, sent, mode, ended_at, exit_code, counts, brakes, accepted, error FROM runs
        WHERE recipe = coalesce(?, recipe) AND sent >= ? ORDER BY id DESC LIMIT ?"""
    return [_entry(found) for found in connection.rows(sql, (recipe, int(sent), limit))]


def _brakes(end: RunEnd) -> list[str] | list[list[str]]:
    """The brakes as they are kept: each with its words where these are known."""
    if len(end.seen) != len(end.brakes):
        return list(end.brakes)
    return [[name, *words] for name, words in zip(end.brakes, end.seen, strict=True)]


def _end(exit_code: int, counts: str, brakes: str, accepted: str, error: str) -> RunEnd:
    held = [[one] if isinstance(one, str) else one for one in json.loads(brakes)]
    seen = (
        tuple((message, remedy) for _, message, remedy in held)
        if all(len(one) == len(("name", "message", "remedy")) for one in held)
        else ()
    )
    return RunEnd(exit_code, json.loads(counts), tuple(one[0] for one in held), tuple(json.loads(accepted)), error, seen)


def _entry(found: Row) -> RunEntry:
    run, recipe, now, sent, mode, ended_at, exit_code, counts, brakes, accepted, error = found
    end = _end(exit_code, counts, brakes, accepted, error) if ended_at is not None else None
    return RunEntry(run, recipe, to_moment(now), bool(sent), mode, to_moment(ended_at) if ended_at else None, end)


def first_sent_at(connection: Connection, recipe: str) -> datetime | None:
    """The now of the recipe's first `--send` that no brake stopped; one that is under way counts."""
    sql = "SELECT now FROM runs WHERE recipe = ? AND sent = 1 AND coalesce(brakes, '[]') = '[]' ORDER BY id LIMIT 1"
    found = connection.row(sql, (recipe,))
    return to_moment(found[0]) if found else None


def last_sent_now(connection: Connection, recipe: str) -> datetime | None:
    """The now of the recipe's latest `--send` that no brake stopped."""
    sql = "SELECT now FROM runs WHERE recipe = ? AND sent = 1 AND coalesce(exit_code, 0) <> ? ORDER BY id DESC LIMIT 1"
    found = connection.row(sql, (recipe, int(Exit.BRAKE)))
    return to_moment(found[0]) if found else None


def last_machine(connection: Connection) -> str | None:
    """The machine of the latest run, as "hostname/boot-id"."""
    found = connection.row("SELECT machine FROM runs ORDER BY id DESC LIMIT 1")
    return found[0] if found else None


def recipes_seen(connection: Connection) -> Mapping[str, str]:
    """The recipes that have done something to somebody, each with its table. What the office does of its own, such as an alert, is in brackets."""
    sql = """
        SELECT recipe, (SELECT table_name FROM steps WHERE steps.recipe = seen.recipe AND state IN ('sent', 'queued')
                       AND step NOT LIKE '(%' LIMIT 1) AS about
        FROM (SELECT DISTINCT recipe FROM runs) AS seen"""
    return {recipe: table for recipe, table in connection.rows(sql) if table is not None}


def shape(connection: Connection, table: str) -> Shape | None:
    """What a table's sheet looked like when it was last trusted."""
    found = connection.row("SELECT row_count, columns, seen_at FROM shapes WHERE table_name = ?", (table,))
    return Shape(found[0], tuple(json.loads(found[1])), to_moment(found[2])) if found else None


def remember_shape(connection: Connection, table: str, seen: Shape) -> None:
    """Trust a table's sheet as it looks now."""
    sql = """
        INSERT INTO shapes (table_name, row_count, columns, seen_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (table_name) DO UPDATE SET row_count = excluded.row_count, columns = excluded.columns, seen_at = excluded.seen_at"""
    with connection.writing(durable=False):
        connection.run(sql, (table, seen.rows, json.dumps(list(seen.columns)), to_text(seen.seen_at)))
