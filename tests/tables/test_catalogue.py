import pytest

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import TableSpec

from .grids import column, read

PROMISED = {
    "invoices": "number customer email phone address title status job issued_on sent_on due_on paid_on total paid balance notes",
    "estimates": "number customer email phone address title status job created_on sent_on expires_on total notes",
    "jobs": "number customer email phone address title job_type status technician created_on scheduled_on starts_at completed_on total balance "
    "invoice estimate notes source booked_on access_notes parts hours photos signature",
    "calls": "number started_at from to phone direction status duration customer email title notes",
    "payments": "number customer invoice amount paid_on",
    "change_orders": "number job description amount status approved_on billed invoice",
    "customers": "name phone email notes",
    "technicians": "name phone email skills territory days_off",
    "inventory": "item on_hand reorder_at",
}
ALL = pytest.mark.parametrize("spec", TABLES.values(), ids=TABLES)


@pytest.mark.parametrize("table", PROMISED)
def test_the_columns_that_scripts_rely_on_come_first_and_in_order(table: str) -> None:
    promised = tuple(PROMISED[table].split())
    assert TABLES[table].column_names[: len(promised)] == promised


@ALL
def test_no_column_stands_twice_and_each_has_a_note(spec: TableSpec) -> None:
    assert len(set(spec.column_names)) == len(spec.columns)
    assert all(column.note.endswith(".") for column in spec.columns)


@ALL
def test_what_a_table_says_of_itself_names_its_own_columns(spec: TableSpec) -> None:
    named = {*spec.identity, *spec.unique, *spec.marks, *(name for group in (*spec.stops, *spec.needs) for name in group)}
    assert named <= set(spec.column_names) and spec.identity


def test_every_table_of_the_house_is_there() -> None:
    assert " ".join(TABLES) == (
        "calls leads estimates jobs visits invoices payments change_orders customers technicians equipment inventory materials compliance "
        "messages replies reviews ratings"
    )


def test_only_what_the_ledger_hands_in_has_no_headings() -> None:
    without = [name for name, spec in TABLES.items() if not any(column.headings for column in spec.columns)]
    assert without == ["messages", "replies", "reviews", "ratings"]


def test_a_payments_sheet_tells_whether_the_money_came() -> None:
    table = read(
        "payments",
        "Payment #,Customer,Job #,Amount,Paid on,Type,Status,Notes\n"
        "P1,Ann Bell,101,1000,2026-11-01,Card,Failed,declined by bank\nP2,Ann Bell,101,1000,2026-11-02,Card,Succeeded,",
    )
    assert [meaning_of(status, TABLES["payments"].statuses) for status in column(table, "status")] == ["failed", "received"]
    assert column(table, "type") == ["Card", "Card"] and table.problems == []


def test_a_payments_sheet_without_a_status_is_read_as_before() -> None:
    assert column(read("payments", "Customer,Invoice #,Amount,Paid on\nAnn Bell,1,1000,2026-11-01"), "status") == [None]
