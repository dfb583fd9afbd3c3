"""The story of one record."""

from collections.abc import Callable

import pytest

from contractor_ops.errors import UnknownName
from contractor_ops.office import Office
from contractor_ops.work.run import run_recipe
from contractor_ops.work.why import why
from tests import offices
from tests.offices import ESTIMATES, follow_up
from tests.work.conftest import NOW, ROWS

Open = Callable[[offices.Office], Office]


@pytest.mark.parametrize("wanted", ["E-1", "e-1", " E-1 ", "Ann Li", "LI, ANN"])
def test_a_record_is_found_by_its_number_or_its_customer(folder: offices.Office, opened: Open, wanted: str) -> None:
    story = why(opened(folder), "estimates", wanted, NOW)
    assert [record["number"] for record in story.records] == ["E-1"]
    assert {(recipe, one.record) for recipe, one in story.decisions if recipe == "mine"} == {("mine", "E-1")}


def test_all_rows_of_a_customer_are_told(folder: offices.Office, opened: Open) -> None:
    folder.sheet("estimates", ESTIMATES, [*ROWS, ("E-9", "Ann Li", "ann@li.example", "", "Roof", "Draft", "", "", "")])
    story = why(opened(folder), "estimates", "ann li", NOW)
    assert [one.record for recipe, one in story.decisions if recipe == "mine"] == ["E-1", "E-9"]


def test_what_was_done_and_what_waits_is_told_and_nothing_is_written(folder: offices.Office, opened: Open) -> None:
    office = opened(folder.recipe("mine", follow_up("auto")))
    run_recipe(office, office.recipe("mine"), NOW, lambda: NOW, send=True)
    before = (office.ledger.entries(), office.ledger.reviews(), len(office.ledger.runs()))
    assert [entry["state"] for entry in why(office, "estimates", "E-1", NOW).history] == ["claimed", "trying", "sent"]
    assert [item.kind for item in why(office, "estimates", "E-3", NOW).items] == ["row"]
    assert (office.ledger.entries(), office.ledger.reviews(), len(office.ledger.runs())) == before


def test_one_bad_recipe_keeps_no_other_from_telling(folder: offices.Office, opened: Open) -> None:
    folder.recipe("bad", follow_up().replace("{{ office.name }}", "{{ office.name"))
    story = why(opened(folder), "estimates", "E-1", NOW)
    assert any(recipe == "mine" for recipe, _ in story.decisions)
    assert any(recipe == "bad" for recipe, _ in story.brakes)


@pytest.mark.parametrize(
    ("table", "wanted", "told"),
    [("estimates", "E-11", 'did you mean "E-1"'), ("estimate", "E-1", 'did you mean "estimates"'), ("invoices", "1", "does not say where")],
)
def test_what_does_not_exist_names_the_nearest_that_does(folder: offices.Office, opened: Open, table: str, wanted: str, told: str) -> None:
    with pytest.raises(UnknownName, match=told):
        why(opened(folder), table, wanted, NOW)
