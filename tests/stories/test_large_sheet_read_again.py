"""A large sheet that has not changed is not read again, and one that has changed is never taken for the old one."""

from pathlib import Path

import pytest

from contractor_ops.office import open_office
from contractor_ops.tables.packing import pack
from contractor_ops.tables.record import Table

CONFIG = """
[office]
name = "Large"
timezone = "America/Chicago"
[people]
office = { name = "Dana Reed" }
[digest]
to = ["office"]
[tables.estimates]
file = "estimates.csv"
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / "cache")
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "config.toml").write_text(CONFIG)
    lines = [f"E-{number},Customer {number},person{number}@mail.example,Sent,2026-11-20,{number}.50" for number in range(12_000)]
    (folder / "estimates.csv").write_text("\n".join(["Estimate #,Customer,Email,Status,Sent on,Total", *lines]))
    return folder


def read(folder: Path) -> Table:
    return open_office(folder).table("estimates", complete=False)


def test_the_second_reading_is_the_same_as_the_first(office: Path, tmp_path: Path) -> None:
    first = read(office)
    assert list((tmp_path / "cache" / "tables").iterdir())
    second = read(office)
    assert pack(second) == pack(first) and second.read_at == first.read_at and list(second.records) == list(first.records)


def test_a_status_that_was_changed_is_seen(office: Path) -> None:
    read(office)
    sheet = office / "estimates.csv"
    sheet.write_text(
        sheet.read_text().replace("E-77,Customer 77,person77@mail.example,Sent", "E-77,Customer 77,person77@mail.example,Paid")
    )
    assert read(office).records[77]["status"] == "Paid"


def test_a_changed_config_is_obeyed(office: Path) -> None:
    read(office)
    (office / "config.toml").write_text(CONFIG + 'columns = { title = "Email" }\n')
    assert read(office).records[5]["title"] == "person5@mail.example"
