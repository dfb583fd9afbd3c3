"""Mistakes: typed wrong is 2, files to mend is 3; each is named with its place and the nearest right one, and nothing leaves."""

from pathlib import Path

import pytest

from contractor_ops.tomlfile import did_you_mean
from tests.offices import CONFIG, ESTIMATES, follow_up
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
ROWS = [("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", "")]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up())


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("run", "mien"), 3, "mine"),
        (("run",), 2, "RECIPE"),
        (("run", "mine", "--sned"), 2, "--send"),
        (("run", "mine", "--format", "xml"), 2, "json"),
        (("run", "mine", "--table", "estimates"), 2, "estimates=-"),
        (("run", "mine", "--table", "estimatse=x.csv"), 3, "estimates"),
        (("run", "mine", "--table", "estimates=nowhere.csv"), 3, "nowhere.csv"),
        (("read", "estimatse"), 3, "estimates"),
        (("read", "invoices"), 3, "invoices"),
        (("rnu", "mine"), 2, "contractor-ops run mine"),
        (("approve", "14"), 2, "contractor-ops review approve 14"),
        (("why", "estimates", "nobody"), 3, "E-1"),
        (("why", "estimates", "E-11"), 3, "E-1"),
        (("skip", "mien", "E-1", "--because", "x"), 3, "mine"),
        (("review", "aprove", "1"), 2, "aprove"),
        (("review", "show", "7"), 3, "7"),
    ],
)
def test_what_was_typed_wrong_is_told(office: Office, words: tuple[str, ...], code: int, told: str) -> None:
    ran = office.do(*words)
    assert ran.code == code, ran.out + ran.err
    assert told in ran.err
    assert "Traceback" not in ran.err and "bug" not in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("now", ["yesterday", "2026-13-01", "2026-11-23T25:00", "", "11/23/2026"])
def test_a_now_that_is_no_time_is_typed_wrong(office: Office, now: str) -> None:
    ran = office.do("run", "mine", "--now", now)
    assert ran.code == 2
    assert "--now" in ran.err


def test_a_folder_that_is_no_office_says_how_to_make_one(tmp_path: Path) -> None:
    for words in (("run", "mine"), ("report",)):
        office = Office(tmp_path / "office")
        (office.folder / "config.toml").unlink()
        ran = office.do(*words)
        assert ran.code == 3
        assert "init" in ran.err
        assert list(office.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ('mode  = "auto"', 'mdoe  = "auto"', ("mdoe", "mode")),
        ('mode  = "auto"', 'mode  = "automatic"', ("mode", "auto")),
        ('reads = "estimates"', 'reads = "estimatse"', ("estimatse", "estimates")),
        ('owner = "office"', 'owner = "offcie"', ("offcie", "office")),
        ('anchor = "sent_on"', 'anchor = "send_on"', ("send_on", "sent_on")),
        ('"viewed"]', '"veiwed"]', ("veiwed", "viewed")),
        ('after = "2 days"', 'after = "two days"', ("two days",)),
        ('after = "2 days"', 'afetr = "2 days"', ("afetr", "after")),
        ('do    = "task"', 'do    = "tsak"', ("tsak", "task")),
        ('to    = "customer"', 'to    = "custmer"', ("custmer", "customer")),
        ("[ends]", "[end]", ("end", "ends")),
        ('trigger = "An estimate was sent and not answered"', "", ("trigger",)),
        ('by    = ["sms", "email"]', 'by    = ["fax"]', ("fax", "sms")),
        ('name  = "second-nudge"', 'name  = "first-nudge"', ("first-nudge",)),
        ('title = "Estimate follow-up"', 'title = "Estimate follow-up', ("mine",)),
    ],
)
def test_a_wrong_place_in_a_recipe_is_named(office: Office, wrong: str, right: str, told: tuple[str, ...]) -> None:
    text = follow_up()
    assert wrong in text
    office.recipe("mine", text.replace(wrong, right, 1))
    ran = office.do("run", "mine", "--send", now=MONDAY)
    assert (ran.code, ran.out) == (3, ""), ran.out
    assert "mine" in ran.err and all(word in ran.err for word in told), ran.err
    assert office.outbox() == []


def test_check_tells_all_recipes_at_once_each_with_its_name_first(office: Office) -> None:
    office.recipe("other", follow_up().replace('mode  = "auto"', 'mdoe  = "auto"').replace('owner = "office"', 'ownre = "office"'))
    office.recipe("mine", follow_up().replace("{{ title }}", "{{ titel }}"))
    ran = office.do("check", now=MONDAY)
    assert ran.code == 3
    for words in ("mdoe", "ownre", "titel", "other.toml", "mine.toml"):
        assert words in ran.out, words
    findings = office.do("check", "--format", "json", now=MONDAY).json
    errors = [one["message"] for one in findings if one["level"] == "error"]
    assert len(errors) >= 3
    assert all(message.startswith(("mine.toml", "other.toml")) for message in errors)


def test_one_bad_recipe_keeps_no_other_from_running(office: Office) -> None:
    office.recipe("bad", "title = [")
    assert office.do("run", "mine", now=MONDAY).code == 0
    assert office.do("why", "estimates", "E-1", now=MONDAY).code == 0
    office.recipe("bad", follow_up().replace("{{ title }}", "{{ title"))
    assert office.do("why", "estimates", "E-1", now=MONDAY).code == 0
    assert office.do("report", now=MONDAY).code == 0


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ('timezone       = "America/Chicago"', 'timezone = "America/Chigaco"', ("America/Chicago",)),
        ('timezone       = "America/Chicago"', "", ("timezone",)),
        ('holidays       = "US-IL"', 'holidays = "US-XX"', ("holidays",)),
        ('country        = "US"', 'contry = "US"', ("contry", "country")),
        ('mon-fri = "08:00-17:00"', 'mon-fri = "17:00-08:00"', ("business_hours",)),
        ("[people]", "[poeple]", ("poeple", "people")),
        ("[people]", "[people", ("config.toml",)),
        ('name           = "Northside Heating & Air"', "name = “Northside”", ("line 3", "curly quotes")),
        ("[people]", '[tables.leads]\nfile = "x.csv"\ncolumns = { sent_on = "Went out" }\n[people]', ("tables.leads.columns", "sent_on")),
    ],
)
def test_a_wrong_place_in_the_config_is_named(tmp_path: Path, wrong: str, right: str, told: tuple[str, ...]) -> None:
    assert wrong in CONFIG
    office = Office(tmp_path, CONFIG.replace(wrong, right, 1)).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up())
    ran = office.do("check", now=MONDAY)
    assert ran.code == 3
    assert all(word in ran.out + ran.err for word in told), ran.out + ran.err


def test_an_unknown_key_is_refused_without_repeating_its_value(tmp_path: Path) -> None:
    office = Office(tmp_path, CONFIG + '\n[email]\nprovider = "smtp"\nhost = "x"\nfrom = "a@b.example"\npasword = "hunter2"\n')
    ran = office.sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up()).do("check", now=MONDAY)
    assert ran.code == 3
    assert "pasword" in ran.out + ran.err
    assert "hunter2" not in ran.out + ran.err


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\x03" * 50, b"PK\x03\x04 not a zip", b"just a line\n", b'Estimate #,Customer\n"E-1,Ann\n']
)
def test_a_file_that_cannot_be_used_is_exit_3_with_its_name_and_no_class_names(office: Office, content: bytes) -> None:
    (office.folder / "estimates.csv").write_bytes(content)
    for words in (("run", "mine", "--send"), ("check",)):
        ran = office.do(*words, now=MONDAY)
        assert ran.code == 3, (words, ran.out)
        assert "estimates.csv" in ran.out + ran.err
        assert "Error" not in ran.out + ran.err and "Traceback" not in ran.out + ran.err


def test_of_many_choices_a_few_are_named() -> None:
    numbers = [str(number) for number in range(2001, 2101)]
    assert did_you_mean("xyz", numbers, "contractor-ops read invoices") == "see contractor-ops read invoices"
    assert did_you_mean("xyz", numbers).endswith("2008 and 92 more")
    assert did_you_mean("ann lee", ["Ann Li", "Bo Park"]) == 'did you mean "Ann Li"?'


def test_without_an_editor_the_whole_command_is_told(office: Office) -> None:
    office.recipe("mine", follow_up(mode="approve")).do("run", "mine", now=MONDAY)
    ran = office.do("review", "edit", "1", now=MONDAY, env={"EDITOR": "", "VISUAL": ""})
    assert ran.code == 2
    assert "contractor-ops review edit" in ran.err and "--text" in ran.err


def test_a_file_that_is_not_there_is_exit_3(office: Office) -> None:
    (office.folder / "estimates.csv").unlink()
    for words in (("run", "mine", "--send"), ("check",)):
        ran = office.do(*words, now=MONDAY)
        assert ran.code == 3
        assert "estimates.csv" in ran.out + ran.err


def test_of_several_recipes_one_that_cannot_be_read_does_not_hide_the_others(office: Office) -> None:
    from tests.offices import INVOICES, reminders

    office.sheet("invoices", INVOICES, [("I-1", "Bo Park", "", "312-555-0143", "Sent", "11/01/2026", "11/15/2026", "$300", "$300", "")])
    office.recipe("bills", reminders())
    (office.folder / "estimates.csv").write_bytes(b"")
    ran = office.do("run", "mine", "bills", "--send", now=MONDAY)
    assert ran.code == 3
    assert "estimates.csv" in ran.out + ran.err
    assert len(office.outbox()) == 1


def test_a_damaged_ledger_is_exit_3_and_nothing_leaves(office: Office) -> None:
    office.do("run", "mine", now=MONDAY)
    for file in office.folder.glob("ledger.db*"):
        file.unlink()
    (office.folder / "ledger.db").write_bytes(b"this is no database, " * 500)
    ran = office.do("run", "mine", "--send", now=MONDAY)
    assert ran.code == 3
    assert "ledger.db" in ran.err
    assert office.outbox() == []
