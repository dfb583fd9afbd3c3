"""What every command understands: which office, what time it is, which file stands in for a table."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import typer

from contractor_ops.cli import run
from contractor_ops.cli.options import Common, Desk, open_desk
from contractor_ops.errors import NoOffice, TypedWrong, UnknownName
from tests import offices

CHICAGO = ZoneInfo("America/Chicago")


def desk(folder: Path | None, now: str | None = None, tables: list[str] | None = None, before: Common | None = None) -> Desk:
    context = typer.Context(typer.main.get_command(run.app))
    context.obj = before
    return open_desk(context, folder, now, tables)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return offices.Office(tmp_path / "ours").folder


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-23T10:00", datetime(2026, 11, 23, 10, 0, tzinfo=CHICAGO)),
        (" 2026-11-23 10:00 ", datetime(2026, 11, 23, 10, 0, tzinfo=CHICAGO)),
        ("2026-11-23", datetime(2026, 11, 23, 0, 0, tzinfo=CHICAGO)),
        ("2026-11-23T10:00:00+00:00", datetime(2026, 11, 23, 4, 0, tzinfo=CHICAGO)),
        ("2026-11-23T16:00:00Z", datetime(2026, 11, 23, 10, 0, tzinfo=CHICAGO)),
    ],
)
def test_a_time_without_a_zone_is_the_offices(ours: Path, typed: str, moment: datetime) -> None:
    opened = desk(ours, typed)
    assert (opened.now, opened.now.tzinfo, opened.pretended) == (moment, CHICAGO, True)


def test_the_clock_goes_on_from_the_time_that_was_typed(ours: Path) -> None:
    opened = desk(ours, "2030-01-01T09:00")
    first, second = opened.clock(), opened.clock()
    assert opened.now <= first <= second < opened.now + timedelta(minutes=5)
    assert opened.office.clock() >= second


def test_without_a_time_it_is_now(ours: Path) -> None:
    opened = desk(ours)
    assert not opened.pretended
    assert abs(opened.now - datetime.now(CHICAGO)) < timedelta(minutes=5)


@pytest.mark.parametrize("typed", ["", "tomorrow", "10:00", "2026-13-01", "2026-11-31", "0", "9999-12-31T23:00", "0001-01-01T00:00+14:00"])
def test_what_is_no_time_is_typed_wrong(ours: Path, typed: str) -> None:
    with pytest.raises(TypedWrong, match="is no time"):
        desk(ours, typed)


def test_what_stands_after_the_command_beats_what_stands_before_it_and_both_beat_the_environment(
    ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, third = offices.Office(tmp_path / "other").folder, offices.Office(tmp_path / "third").folder
    monkeypatch.setenv("CONTRACTOR_OPS_OFFICE", str(third))
    assert desk(None).office.folder == third
    assert desk(None, before=Common(other, None)).office.folder == other
    assert desk(ours, before=Common(other, None)).office.folder == ours
    assert desk(ours, None, before=Common(None, "2026-11-23")).now.date().isoformat() == "2026-11-23"
    assert desk(ours, "2026-11-24", before=Common(None, "2026-11-23")).now.date().isoformat() == "2026-11-24"


def test_without_anything_it_is_this_folder(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONTRACTOR_OPS_OFFICE", raising=False)
    monkeypatch.chdir(ours)
    assert desk(None).office.config.office.name.startswith("Northside")
    monkeypatch.chdir(ours.parent)
    with pytest.raises(NoOffice) as nobody:
        desk(None)
    assert "This folder is no office" in nobody.value.message and "init" in nobody.value.remedy


def test_tables_read_from_elsewhere(ours: Path) -> None:
    assert desk(ours, tables=["estimates=-", " invoices = a=b.csv "]).office.replaced == {"estimates": "-", "invoices": "a=b.csv"}


@pytest.mark.parametrize("typed", ["estimates", "=x.csv", "estimates=", ""])
def test_a_table_without_a_name_or_a_file_is_typed_wrong(ours: Path, typed: str) -> None:
    with pytest.raises(TypedWrong, match="cannot be understood"):
        desk(ours, tables=[typed])


def test_a_table_that_does_not_exist_names_the_nearest(ours: Path) -> None:
    with pytest.raises(UnknownName, match='did you mean "estimates"'):
        desk(ours, tables=["estimate=-"])
