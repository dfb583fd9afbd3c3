"""`init` in an office that is there already: what is new is offered, and nothing that somebody wrote is lost."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.offices import Office, Ran
from tests.stories.at_a_terminal import Terminal

NOW = "2026-11-23T10:00"
ENTER = "\r"
CTRL_C = "\x03\r"  # a key behind it wakes a prompt that was not waiting yet when it came
ESTIMATES = "Estimate #,Customer,Mobile,Status,Emailed,Total\nE-1,Ann Li,(312) 555-0142,Sent,10/02/2026,450\n"
LEADS = "Name,Phone,Source,Received,Status\nBo Park,(312) 555-0143,Web,11/20/2026,New\n"
RIGHT, TAKE, WRITE = "column is wrong: ", "what would differ there: ", "Write them [Y/n]: "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office of one sheet, and a second sheet that came later."""
    (tmp_path / "estimates.csv").write_text(ESTIMATES, encoding="utf-8")
    assert do(tmp_path, "init", "--yes").code == 0
    (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")
    return tmp_path


def do(folder: Path, *words: str) -> Ran:
    office = Office.__new__(Office)
    office.folder = folder
    return office.do(*words, now=NOW, env={"TZ": "America/Chicago"})


def text(folder: Path, name: str = "config.toml") -> str:
    return (folder / name).read_text(encoding="utf-8")


def tables(folder: Path, name: str = "config.toml") -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(text(folder, name))["tables"]
    return found


def edit(folder: Path) -> str:
    """What a person does to the file: a remark, another name, longer hours."""
    mine = text(folder).replace('"Our office"', '"Northside" # ours').replace("08:00-17:00", "07:00-18:00")
    (folder / "config.toml").write_text(mine, encoding="utf-8")
    return mine


def init(folder: Path) -> Terminal:
    return Terminal(folder, "--now", NOW, "init", lines=60)


def to_the_choice(terminal: Terminal) -> str:
    shown = terminal.until(RIGHT)
    assert "New here: leads (leads.csv)." in shown
    return terminal.press(ENTER, then=TAKE)


def test_new_tables_are_put_at_the_end_of_a_file_that_was_edited(folder: Path) -> None:
    mine = edit(folder)
    with init(folder) as terminal:
        shown = to_the_choice(terminal)
        assert '+file    = "leads.csv"' in shown
        assert not [line for line in shown.splitlines() if line.startswith("-") and not line.startswith("---")]
        assert "recipes/lead-reply.toml" in terminal.press(ENTER, then=WRITE)
        terminal.press(ENTER, then="all is well")
        assert terminal.end() == 0
    assert text(folder).startswith(mine.rstrip())
    assert tables(folder).keys() == {"estimates", "leads"}
    assert (folder / "recipes" / "lead-reply.toml").is_file()
    assert do(folder, "check").code == 0


def test_keeping_changes_nothing(folder: Path) -> None:
    mine = edit(folder)
    with init(folder) as terminal:
        to_the_choice(terminal)
        terminal.press("k" + ENTER, then="Nothing was changed.")
    assert text(folder) == mine
    assert not (folder / "recipes" / "lead-reply.toml").exists()


def test_a_new_one_beside_it_knows_the_office_and_leaves_the_old_one(folder: Path) -> None:
    mine = edit(folder)
    with init(folder) as terminal:
        to_the_choice(terminal)
        assert '-business_hours = { mon-fri = "07:00-18:00" }' in terminal.press("d" + ENTER, then=TAKE)
        assert "Type only Enter" in terminal.press("z" + ENTER, then=TAKE)
        terminal.press("n" + ENTER, then="all is well")
    assert text(folder) == mine
    assert tomllib.loads(text(folder, "config.toml.new"))["office"]["name"] == "Northside"
    assert tables(folder, "config.toml.new").keys() == {"estimates", "leads"}


def test_in_a_file_that_nobody_edited_they_stand_beside_the_others(folder: Path) -> None:
    with init(folder) as terminal:
        to_the_choice(terminal)
        terminal.press(ENTER, then=WRITE)
        terminal.press(ENTER, then="all is well")
    assert list(tables(folder)) == ["estimates", "leads"]
    assert text(folder).index("[tables.leads]") < text(folder).index("[limits]")


def test_ctrl_c_after_the_choice_still_changes_nothing(folder: Path) -> None:
    before = text(folder)
    with init(folder) as terminal:
        to_the_choice(terminal)
        terminal.press(ENTER, then=WRITE)
        terminal.press(CTRL_C, then="Stopped. Nothing was written.")
    assert text(folder) == before


def test_a_recipe_that_somebody_changed_stays_and_one_that_is_missing_is_offered(folder: Path) -> None:
    (folder / "leads.csv").unlink()
    recipe = folder / "recipes" / "estimate-follow-up.toml"
    mine = recipe.read_text(encoding="utf-8").replace('mode      = "approve"', 'mode      = "rehearse"')
    recipe.write_text(mine, encoding="utf-8")
    with init(folder) as terminal:
        terminal.until("Nothing is new")
        assert terminal.end() == 0
    assert recipe.read_text(encoding="utf-8") == mine
    recipe.unlink()
    with init(folder) as terminal:
        assert "recipes/estimate-follow-up.toml" in terminal.until(WRITE)
        terminal.press(ENTER, then="all is well")
    assert recipe.is_file()


def test_lists_of_ours_are_renewed_unless_somebody_added_to_them(folder: Path) -> None:
    (folder / "leads.csv").unlink()
    (folder / ".gitignore").write_text(".env\nmine/\n", encoding="utf-8")
    (folder / ".env.example").write_text("# TWILIO_AUTH_TOKEN=\n", encoding="utf-8")
    with init(folder) as terminal:
        shown = terminal.until(WRITE)
        assert ".env.example" in shown
        assert ".gitignore" not in shown
        terminal.press(ENTER, then="all is well")
    assert (folder / ".gitignore").read_text(encoding="utf-8") == ".env\nmine/\n"
    assert "# SMTP_PASSWORD=" in text(folder, ".env.example")


def test_a_table_that_config_names_is_not_taken_from_elsewhere(folder: Path) -> None:
    (folder / "leads.csv").unlink()
    (folder / "old.csv").write_text(ESTIMATES.replace("E-1", "E-9"), encoding="utf-8")
    before = text(folder)
    with init(folder) as terminal:
        assert "1  old.csv: looks like estimates too" in terminal.until("Enter for no: ")
        terminal.press("1" + ENTER, then="Is it another table [y/N]: ")
        terminal.press("y" + ENTER, then="Number: ")
        assert "config.toml says already where estimates is read from." in terminal.press("estimates" + ENTER, then="Enter for no: ")
        terminal.press(ENTER, then="Nothing is new")
    assert text(folder) == before


def test_what_config_names_is_kept_and_how_to_switch_is_told(folder: Path) -> None:
    (folder / "leads.csv").unlink()
    (folder / "exports").mkdir()
    (folder / "estimates.csv").rename(folder / "exports" / "estimates_2026-11-23.csv")
    mine = text(folder).replace('"estimates.csv"', '"exports/estimates_*.csv"')
    (folder / "config.toml").write_text(mine, encoding="utf-8")
    (folder / "newquotes.csv").write_text(ESTIMATES.replace("E-1", "E-9"), encoding="utf-8")
    with init(folder) as terminal:
        shown = " ".join(terminal.until("Enter for no: ").split())
        assert "newquotes.csv: looks like estimates too, but config.toml names exports/estimates_*.csv" in shown
        told = " ".join(terminal.press("1" + ENTER, then="Is it another table [y/N]: ").split())
        assert 'To switch, write there, under [tables.estimates], in place of what stands there: file = "newquotes.csv"' in told
        terminal.press(ENTER, then="Enter for no: ")
        assert "estimates_2026-11-23.csv:" not in shown
        terminal.press(ENTER, then="Nothing is new")
    assert text(folder) == mine
    script = do(folder, "init", "--yes").out
    assert "exports/estimates_2026-11-23.csv: estimates (number, customer" in script
    assert "newquotes.csv: looks like estimates too, but config.toml names exports/estimates_*.csv; to use it instead: file =" in script


def test_a_sheet_is_what_config_says_that_it_is(folder: Path) -> None:
    (folder / "leads.csv").write_text("Wer,Handy\nBo Park,(312) 555-0143\n", encoding="utf-8")
    mine = text(folder) + '\n[tables.leads]\nfile = "leads.csv"\ncolumns = { customer = "Wer", phone = "Handy" }\n'
    (folder / "config.toml").write_text(mine, encoding="utf-8")
    with init(folder) as terminal:
        shown = terminal.until(WRITE)
        assert "Not used" not in shown
        assert "recipes/lead-reply.toml" in shown
        terminal.press("nah" + ENTER, then="Nothing was changed.")


def test_several_new_tables_stand_on_one_page(folder: Path) -> None:
    (folder / "customers.csv").write_text("Name,Phone\nBo Park,(312) 555-0143\n", encoding="utf-8")
    with init(folder) as terminal:
        page = terminal.until("number of one to change: ")
        assert "1  customers      customers.csv      1 row" in page
        assert "2  leads          leads.csv          1 row" in page
        terminal.press("yep" + ENTER, then=TAKE)
        terminal.press(ENTER, then=WRITE)
        terminal.press(ENTER, then="all is well")
    assert tables(folder).keys() == {"estimates", "customers", "leads"}


def test_a_script_gets_no_recipe_for_a_table_that_is_not_named_yet(folder: Path) -> None:
    ran = do(folder, "init", "--yes")
    assert "[tables.leads]" in ran.out
    assert not (folder / "recipes" / "lead-reply.toml").exists()
    assert do(folder, "check").code == 0
