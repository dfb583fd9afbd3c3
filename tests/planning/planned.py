"""Plans for the tests of planning: a sheet as rows of text and a recipe's text go in, decisions come out."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from contractor_ops.config import read_config
from contractor_ops.planning.decision import Decision, Plan
from contractor_ops.planning.facts import Facts, facts_of
from contractor_ops.planning.planner import Request, plan
from contractor_ops.ports import History, StepKey, StepMemory
from contractor_ops.recipe import Recipe, read_recipe
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Record, Table
from tests.offices import CONFIG, ESTIMATES, INVOICES, WHY, message
from tests.tables.grids import read

ZONE = ZoneInfo("America/Chicago")
PEOPLE = ("owner", "office")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
TEXT = message("nudge", 'after = "2 days"', "Hi {{ customer.name }}, about {{ number }}.")
TASK = """
[[steps]]
name = "call"
after = "14 days"
do = "task"
text = "Call {{ customer.name }}."
"""


@lru_cache
def config(more: str = "") -> Any:
    return read_config((CONFIG + more).encode())


@lru_cache
def facts(more: str = "") -> Facts:
    return facts_of(config(more))


def table(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]], complete: bool = False) -> Table:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return read(name, text.getvalue(), complete=complete)


def estimates(*rows: Sequence[str]) -> Table:
    return table("estimates", ESTIMATES, rows)


def invoices(*rows: Sequence[str]) -> Table:
    return table("invoices", INVOICES, rows)


def record(name: str, headings: Sequence[str], *cells: str) -> Record:
    return table(name, headings, [cells], complete=True).records[0]


def recipe(
    reads: str = "estimates", top: str = 'mode = "auto"', when: str = "", ends: str = "", more: str = "", steps: str = TEXT + TASK
) -> Recipe:
    anchor, live, over = {
        "estimates": ("sent_on", ["sent", "viewed"], ["accepted", "declined", "expired", "converted"]),
        "invoices": ("due_on", ["sent", "partial", "overdue"], ["paid", "void", "written-off"]),
        "jobs": ("scheduled_on", ["booked", "scheduled"], ["completed", "cancelled", "invoiced"]),
        "leads": ("received_on", ["new"], ["contacted", "booked", "lost"]),
    }[reads]
    text = f"""
title = "Ours"
reads = "{reads}"
owner = "office"
{top}
{WHY}
[when]
status = {live}
anchor = "{anchor}"
{when}
[ends]
status = {over}
{ends}
{more}
{steps}
"""
    return read_recipe(text.encode(), "ours", TABLES, PEOPLE)


def planned(
    recipe: Recipe,
    table: Table,
    now: datetime = MONDAY,
    *,
    history: History | None = None,
    customers: Table | None = None,
    technicians: Table | None = None,
    opted_out: Iterable[str] = (),
    limits: str = "",
    talks: Mapping[str, datetime] | None = None,
) -> Plan:
    past = history or History()

    def remember(records: Sequence[str], addresses: Sequence[str]) -> History:
        return past

    return plan(Request(recipe, TABLES[recipe.reads], table, customers, technicians, facts(limits), config(limits).people, remember,
                        frozenset(opted_out), now, talks=talks or {}))  # fmt: skip


def as_sent(history: History, decisions: Iterable[Decision], recipe: Recipe, at: datetime) -> None:
    """Put into a history that everything that could be done was done."""
    keys = {step.name: step.key for step in recipe.steps}
    for one in decisions:
        if one.decision == "act":
            key = StepKey(one.record, keys[one.step or ""], one.anchor)
            state = "sent" if one.action == "message" else "queued"
            history.steps[key] = StepMemory(key, state, at, len(history.steps) + 1)  # type: ignore[arg-type]


def only(plan: Plan) -> Decision:
    [decision] = plan.decisions
    return decision
