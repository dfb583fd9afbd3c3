"""In which order `check` tells what it found, and that one cause is told once."""

from datetime import datetime
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from contractor_ops.work.check_finding import Finding, tally
from contractor_ops.work.check_order import in_order
from tests.offices import ESTIMATES, INVOICES, Office, follow_up, reminders

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")
ROW = ("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", "")
BILL = ("I-1", "Bo Park", "", "312-555-0143", "Sent", "11/01/2026", "11/15/2026", "$300", "$300", "")


def found(office: Office) -> list[Finding]:
    return check_office(open_office(office.folder), NOW)


def test_what_stops_a_run_comes_first_and_what_is_well_last() -> None:
    well = Finding("ok", "sms", "well")
    later = Finding("warning", "table calls", "odd", weight="cosmetic")
    spoils = Finding("warning", "recipe a", "no total")
    stops = Finding("warning", "recipe a", "held", weight="stops")
    error = Finding("error", "email", "refused")
    assert in_order([well, later, spoils, stops, error]) == [error, stops, spoils, later, well]


def test_a_cause_is_told_at_the_table_with_the_recipes_that_it_stops() -> None:
    gone = 'No file fits "x_*.csv".'
    [one] = in_order([Finding("error", f"recipe {name}", gone) for name in "ab"] + [Finding("error", "table jobs", gone, "Export it.")])
    assert one == Finding("error", "table jobs", f"{gone} It stops a and b.", "Export it.")


def test_tables_with_one_cause_are_one_finding() -> None:
    [one] = in_order(Finding("error", f"table {name}", "Its key is not set.", "Set it.") for name in ("jobs", "leads", "calls"))
    assert one.message == "Its key is not set. So it is with the tables leads and calls."


def test_what_only_two_recipes_have_in_common_is_told_at_the_first() -> None:
    [one] = in_order(Finding("warning", f"recipe {name}", "a run would be stopped", "", "stops", "another machine") for name in "ab")
    assert (one.about, one.message) == ("recipe a", "a run would be stopped. So it is with b.")


def test_a_deleted_export_is_one_error(tmp_path: Path) -> None:
    office = Office(tmp_path).configure('\n[tables.estimates]\nfile = "exports/estimates_*.csv"\n').recipe("mine", follow_up())
    office.sheet("invoices", INVOICES, [BILL]).recipe("bills", reminders())
    [one] = [one for one in found(office) if one.level == "error"]
    assert (one.about, one.message) == ("table estimates", 'No file fits "exports/estimates_*.csv". It stops estimate-follow-up and mine.')
    assert one.remedy.startswith("Export it again into exports/.")


def test_run_names_the_table_whose_file_is_gone(tmp_path: Path) -> None:
    office = Office(tmp_path).configure('\n[tables.estimates]\nfile = "exports/estimates_*.csv"\n').recipe("mine", follow_up())
    ran = office.do("run", "mine", now="2026-11-23T10:00")
    assert ran.code == 3
    assert ran.err.splitlines()[0] == 'Table estimates: No file fits "exports/estimates_*.csv".'
    assert "Export it again into exports/." in ran.err


@pytest.mark.parametrize("mistakes", [1, 2])
def test_a_mistake_in_a_recipe_is_counted_once(tmp_path: Path, mistakes: int) -> None:
    text = follow_up().replace('after = "2 days"', 'afer = "2 days"')
    text = text if mistakes == 1 else text.replace('owner = "office"', 'owner = "offfice"')
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [ROW], 'max_age = "3 days"').recipe("mine", text)
    told = found(office)
    assert [one.about for one in told if "mine.toml" in one.message] == ["recipe mine"] * tally(told)[0]
    assert 'did you mean "after"?' in " ".join(one.message for one in told)


def test_an_old_file_is_told_once_with_what_it_stops(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [ROW], 'max_age = "3 days"').recipe("mine", follow_up())
    ran = office.do("check", "--format", "json", now="2037-01-11T10:00")
    [old] = [one for one in ran.json if "max_age is 3 days" in one["message"]]
    assert old["message"].endswith("It stops estimate-follow-up and mine.")
    assert not any("stale-source" in one["message"] for one in ran.json)


def test_odd_telephone_numbers_are_gathered_at_the_end(tmp_path: Path) -> None:
    rows = [(f"E-{number}", "Ann Li", "ann@li.example", f"555-0{number}", *ROW[4:]) for number in range(101, 106)]
    office = Office(tmp_path).sheet(
        "estimates", ESTIMATES, [*rows, ("E-9", "Bo", "bo@x.example", "", "Roof", "Sent", "31/31/2026", "$9", "")]
    )
    troubles = [one for one in found(office.recipe("mine", follow_up())) if one.level != "ok"]
    [odd] = [one for one in troubles if "telephone" in one.message]
    assert odd.message == ('estimates.csv: 5 odd telephone numbers: row 2 "555-0101", row 3 "555-0102", row 4 "555-0103" and 2 more')
    assert odd.remedy == "See them with: contractor-ops read estimates"
    assert any('"31/31/2026"' in one.message for one in troubles[: troubles.index(odd)])
    assert all(one.weight == "cosmetic" for one in troubles[troubles.index(odd) :])
