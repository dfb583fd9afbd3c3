"""`check`: everything that would stop or spoil a run, each with its place."""

from collections.abc import Callable

import pytest

from contractor_ops.office import Office
from contractor_ops.work.check import Finding, check_office
from tests import offices
from tests.offices import ESTIMATES, follow_up
from tests.work.conftest import NOW, ROWS

Open = Callable[[offices.Office], Office]


def found(office: Office, level: str, about: str = "") -> list[Finding]:
    return [one for one in check_office(office, NOW) if one.level == level and about in one.about]


def told(findings: list[Finding]) -> str:
    return "\n".join(f"{one.about}: {one.message} {one.remedy}" for one in findings)


def test_an_office_that_works_has_no_errors(folder: offices.Office, opened: Open) -> None:
    office = opened(folder)
    assert found(office, "error") == []
    [recipe] = found(office, "ok", "recipe mine")
    assert "mode approve" in recipe.message and "review" in recipe.message


def test_nothing_leaves_and_the_queue_stays_as_it_is(folder: offices.Office, opened: Open) -> None:
    office = opened(folder.recipe("mine", follow_up("auto")))
    check_office(office, NOW)
    assert folder.outbox() == []
    assert office.ledger.reviews() == [] and office.ledger.entries() == [] and office.ledger.runs() == []


def test_cells_that_cannot_be_read_are_told_with_their_row(folder: offices.Office, opened: Open) -> None:
    assert "row 5" in told(found(opened(folder), "warning", "table estimates"))
    assert "31/31/2026" in told(found(opened(folder), "warning", "table estimates"))


def test_all_recipes_that_are_wrong_are_told_at_once_and_keep_no_other_from_being_checked(folder: offices.Office, opened: Open) -> None:
    folder.recipe("bad-key", follow_up().replace("owner =", "ownr =")).recipe("bad-words", follow_up().replace("{{ office.name }}", "{{ ofice.name }}"))
    office = opened(folder)
    errors = told(found(office, "error"))
    assert "bad-key.toml: " in errors and 'did you mean "owner"' in errors
    assert "bad-words" in errors and "ofice" in errors
    assert found(office, "ok", "recipe mine")


def test_a_sheet_that_is_not_there_is_an_error_of_its_table(folder: offices.Office, opened: Open) -> None:
    (folder.folder / "estimates.csv").rename(folder.folder / "estimates 2.csv")
    assert "estimates.csv" in told(found(opened(folder), "error", "table estimates"))


@pytest.mark.parametrize(
    ("more", "about"),
    [
        ("[email]\nprovider = \"pigeon\"\n", "email"),
        ("[email]\nprovider = \"smtp\"\nhost = \"x.example\"\n", "email"),
        ("[sms]\npasword = \"hunter2\"\n", "sms"),
    ],
)
def test_a_channel_that_is_not_set_up_is_an_error(folder: offices.Office, opened: Open, more: str, about: str) -> None:
    errors = found(opened(folder.configure(more)), "error", about)
    assert errors and "hunter2" not in told(errors)


def test_what_could_be_missed_is_a_warning(folder: offices.Office, opened: Open) -> None:
    folder.sheet("estimates", [heading for heading in ESTIMATES if heading != "Status"], [(*row[:5], *row[6:]) for row in ROWS])
    folder.configure('[heartbeat]\nurl = "https://ping.example/1"\n')
    warnings = told(found(opened(folder), "warning"))
    assert "there is no column for status" in warnings
    assert "max_age is not set" in warnings
    assert "[heartbeat] does nothing yet" in warnings
    assert "a run would stop at the brake missing-column" in warnings


def test_questions_of_why_that_are_not_needed_are_asked_for(folder: offices.Office, opened: Open) -> None:
    assert "pain" in told(found(opened(folder), "warning", "recipe mine"))
