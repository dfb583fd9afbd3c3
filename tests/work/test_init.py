"""An office made from a folder of spreadsheets."""

import tomllib
from pathlib import Path

import pytest

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from contractor_ops.work.init import Answers, found_tables, write_office
from tests.offices import ESTIMATES, INVOICES
from tests.work.conftest import NOW, ROWS

OURS = Answers('Pete "The Pump" Ltd', "America/Denver", "Maria Lopez", "Dana Reed")
INVOICE = ("1001", "Ann Li", "ann@li.example", "312-555-0142", "Overdue", "11/01/2026", "11/09/2026", "$480", "$480", "")


def write(file: Path, *rows: tuple[str, ...]) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")


def make(folder: Path) -> dict[str, object]:
    write_office(folder, found_tables(folder), OURS)
    return tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))


def test_each_spreadsheet_is_taken_for_what_it_is(tmp_path: Path) -> None:
    write(tmp_path / "follow ups.csv", ESTIMATES, *ROWS)
    write(tmp_path / "exports" / "invoices_2026-11-23.csv", INVOICES, INVOICE)
    write(tmp_path / "recipes for lunch.csv", ("Dish", "Salt"), ("Soup", "much"))
    found = {one.file: one for one in found_tables(tmp_path)}
    assert found["follow ups.csv"].table == "estimates"
    assert found["exports/invoices_2026-11-23.csv"].table == "invoices"
    assert found["recipes for lunch.csv"].table is None and found["recipes for lunch.csv"].why
    assert "follow ups.csv" in found["follow ups.csv"].in_words() and "estimates" in found["follow ups.csv"].in_words()
    assert len(found) == len(found_tables(tmp_path))


def test_what_is_written_passes_check(tmp_path: Path) -> None:
    write(tmp_path / "estimates.csv", ESTIMATES, *ROWS)
    write(tmp_path / "exports" / "invoices_2026-11-23.csv", INVOICES, INVOICE)
    config = make(tmp_path)
    assert config["office"]["name"] == 'Pete "The Pump" Ltd'  # type: ignore[index]
    assert config["tables"]["invoices"]["file"] == "exports/invoices_*.csv"  # type: ignore[index]
    office = open_office(tmp_path)
    findings = check_office(office, NOW)
    office.ledger.close()
    assert [one for one in findings if one.level == "error"] == []
    assert {path.stem for path in (tmp_path / "recipes").iterdir()} == {"estimate-follow-up", "invoice-reminders"}


def test_of_two_sheets_for_one_table_the_better_one_is_taken(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", ESTIMATES[:1] + ("Customer", "Status"), ("E-1", "Ann Li", "Sent"))
    write(tmp_path / "b.csv", ESTIMATES, *ROWS)
    found = {one.file: one for one in found_tables(tmp_path)}
    assert found["b.csv"].table == "estimates"
    assert found["a.csv"].table is None and "fits better" in found["a.csv"].why


def test_an_empty_folder_is_an_office_that_check_takes(tmp_path: Path) -> None:
    assert make(tmp_path / "new")["office"]["timezone"] == "America/Denver"  # type: ignore[index]
    assert not (tmp_path / "new" / "recipes").exists()


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    mine = '[office]\nname = "Mine"\ntimezone = "America/Denver"\n'
    (tmp_path / "config.toml").write_text(mine)
    lines = write_office(tmp_path, [], OURS)
    assert (tmp_path / "config.toml").read_text() == mine
    assert any("config.toml is there already" in line for line in lines)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    write_office(tmp_path, [], OURS)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_time_zone_that_does_not_exist_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ContractorOpsError, match='did you mean "America/Denver"'):
        write_office(tmp_path / "new", [], Answers(timezone="America/Denvr"))
    assert not (tmp_path / "new").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(ContractorOpsError, match="is a file"):
        found_tables(tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["we\\n\"quoted\"", "tab\tbed", "Ümläut & Söhne", "a # b", "\x7f"])
def test_any_name_can_stand_in_the_config(tmp_path: Path, name: str) -> None:
    write_office(tmp_path, [], Answers(name, "America/Denver"))
    assert tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))["office"]["name"] == name


@pytest.mark.parametrize("file", ["[old] estimates.csv", "estimates [2026-11-23].csv", "what's \"this\".csv", "estimates *.csv"])
def test_file_names_with_letters_that_patterns_use(tmp_path: Path, file: str) -> None:
    write(tmp_path / file, ESTIMATES, *ROWS)
    make(tmp_path)
    office = open_office(tmp_path)
    if "estimates" in office.config.tables:
        assert len(office.table("estimates").records) == len(ROWS)
    else:
        [found] = found_tables(tmp_path)
        assert found.table is None and found.why
