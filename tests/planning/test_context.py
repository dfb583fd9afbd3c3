"""The names that words may use are those that they are given."""

from datetime import timedelta

import pytest

from contractor_ops.planning.context import known_names
from contractor_ops.tables.catalogue import TABLES
from tests.offices import message
from tests.planning.planned import MONDAY, estimates, only, planned, recipe

ROW = ("E-1", "Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", "11/20/2026", "$480", "call first")
THERE = {"number": "E-1", "title": "Furnace", "status": "Sent", "notes": "call first", "customer.name": "Ann Li", "customer.first_name": "Ann",
         "customer.phone": "+13125550142", "customer.email": "ann@li.example", "office.name": "Northside Heating & Air", "count": "1"}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), THERE.items())
def test_a_name_stands_for_what_the_row_or_the_office_says(name: str, value: str) -> None:
    assert name in known_names(TABLES["estimates"])
    assert only(planned(recipe(steps=message("nudge", 'after = "1 day"', f"{{{{ {name} }}}}")), estimates(ROW))).body == value


@pytest.mark.parametrize("name", sorted(known_names(TABLES["estimates"])))
def test_every_name_that_is_allowed_has_a_value_or_is_asked_about(name: str) -> None:
    decision = only(
        planned(recipe(steps=message("nudge", 'after = "1 day"', f"{{{{ {name} }}}}")), estimates(ROW), MONDAY + timedelta(hours=1))
    )
    assert bool(decision.body) == (decision.decision == "act")
    if not decision.body:
        assert f"the words need {name}" in decision.reason


def test_a_customer_is_no_text_and_every_column_has_its_name() -> None:
    for spec in TABLES.values():
        names = known_names(spec)
        assert "customer" not in names and "technician" not in names
        assert set(spec.column_names) - {"customer", "technician"} <= names
