"""What `init` adds to a config.toml that is there: nothing that somebody wrote is lost, whatever it looks like."""

import pytest

from contractor_ops.config import read_config
from contractor_ops.errors import FilesNeedMending
from contractor_ops.work.init_answers import Answers
from contractor_ops.work.init_config import config_text, new_tables, renewed, with_tables
from contractor_ops.work.init_found import Found

ESTIMATES = Found("estimates.csv", "estimates", columns=("number", "total"))
LEADS = Found(
    'leads "new".xlsx', "leads", 'Sheet "1"', columns=("customer",), said={"customer": "Who\\is it", "address": ["Street", "Town"]}
)
NORTHSIDE = Answers(
    'Hall "H" & Söhne', "America/Chicago", "Maria Lopez", "Dana Reed", "maria@n.example", "+13125550101", phone="+13125550100"
)


def test_what_is_written_is_read_back_as_it_was_said() -> None:
    config = read_config(config_text([ESTIMATES, LEADS], NORTHSIDE).encode())
    assert (config.office.name, config.office.phone) == ('Hall "H" & Söhne', "+13125550100")
    assert (config.people["owner"].email, config.people["owner"].phone) == ("maria@n.example", "+13125550101")
    leads = config.tables["leads"]
    assert (leads.file, leads.sheet, leads.columns) == (LEADS.file, LEADS.sheet, dict(LEADS.said))


def test_in_a_file_as_it_was_written_new_tables_stand_beside_the_others() -> None:
    before = config_text([ESTIMATES], NORTHSIDE)
    assert with_tables(before, [LEADS], [ESTIMATES, LEADS]) == config_text([ESTIMATES, LEADS], NORTHSIDE)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("change", [("07:00", "06:30"), ("[limits]", "[limits]  # mine"), ('max_age = "7 days"', 'max_age = "2 days"')])
def test_after_a_change_they_stand_at_the_end_and_the_rest_is_untouched(change: tuple[str, str], ending: str) -> None:
    mine = config_text([ESTIMATES], NORTHSIDE).replace("08:00", "07:00").replace(*change).replace("\n", ending)
    more = with_tables(mine, [LEADS], [ESTIMATES, LEADS])
    assert more.startswith(mine.rstrip())
    assert more.count("\n") == more.count(ending)
    assert read_config(more.encode()).tables.keys() == {"estimates", "leads"}


def test_a_file_that_cannot_be_added_to_is_left_alone_and_the_lines_are_told() -> None:
    mine = '[office]\nname = "N"\ntimezone = "America/Chicago"\n'
    inline = 'tables = { estimates = { file = "estimates.csv" } }\n' + mine
    with pytest.raises(FilesNeedMending) as told:
        with_tables(inline, [LEADS], [ESTIMATES, LEADS])
    assert "[tables.leads]" in told.value.remedy


def test_a_new_file_beside_it_keeps_what_the_old_one_says_of_the_office() -> None:
    mine = config_text([ESTIMATES], NORTHSIDE).replace('holidays       = "US"', 'holidays       = "US-IL"')
    fresh = read_config(renewed(mine, [LEADS], [ESTIMATES, LEADS]).encode())
    assert (fresh.office.name, fresh.office.timezone, fresh.office.holidays) == (NORTHSIDE.name, "America/Chicago", "US")
    assert fresh.tables.keys() == {"estimates", "leads"}


def test_a_time_zone_that_was_guessed_stays_marked() -> None:
    before = config_text([ESTIMATES], Answers())
    assert "# guessed from" in renewed(before, [], [ESTIMATES])


def test_what_is_named_already_is_not_new() -> None:
    config = read_config(config_text([ESTIMATES], NORTHSIDE).encode())
    assert new_tables(config, [ESTIMATES, LEADS, Found("x.csv", None)]) == [LEADS]
