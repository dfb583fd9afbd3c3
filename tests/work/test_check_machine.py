"""What `check` sees of the machine: room, folders, and who may read the secrets."""

import os
import shutil
import stat
from datetime import datetime
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from contractor_ops.work.check_machine import check_machine
from tests.offices import CONFIG, ESTIMATES, Office, follow_up

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")


def test_a_disk_that_is_nearly_full_is_told(tmp_path: Path) -> None:
    office = open_office(Office(tmp_path).folder)
    free = shutil.disk_usage(tmp_path).free
    assert list(check_machine(office, set(), least=free // 2)) == []
    [one] = check_machine(office, set(), least=free * 2)
    assert one.level == "warning" and " MB are free where " in one.message


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_a_ledger_that_cannot_be_opened_keeps_nothing_else_from_being_told(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, []).recipe("mine", follow_up())
    (tmp_path / "ledger.db").write_bytes(b"no ledger at all, but long enough to be taken for one" * 40)
    (tmp_path / ".env").write_text("SENDGRID_API_KEY=SG.x\n", encoding="utf-8")
    (tmp_path / ".env").chmod(0o644)
    found = check_office(open_office(office.folder), NOW)
    assert [one.about for one in found if "is damaged" in one.message] == ["ledger"]
    assert {"config.toml", "machine"} <= {one.about for one in found}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everything")
def test_a_folder_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    office = open_office(Office(tmp_path / "office").folder)
    office.folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert [one.level for one in check_machine(office, set())] == ["error"]
    finally:
        office.folder.chmod(stat.S_IRWXU)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_an_env_file_that_others_may_read_is_told_once_whoever_needs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SENDGRID_API_KEY", raising=False)
    office = Office(tmp_path)
    (tmp_path / ".env").write_text("SENDGRID_API_KEY=SG.x\n", encoding="utf-8")
    (tmp_path / ".env").chmod(0o644)
    assert _about_env(office) == ["machine"]
    office.configure('\n[email]\nprovider = "sendgrid"\nfrom = "office@northside.example"\napi_base = "http://127.0.0.1:9"\n')
    assert _about_env(office) == ["email"]
    (tmp_path / ".env").chmod(0o600)
    assert _about_env(office) == []


def _about_env(office: Office) -> list[str]:
    found = check_office(open_office(office.folder), NOW)
    return [one.about for one in found if one.level == "error" and "can be read by others" in one.message]


def test_an_office_in_a_synced_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    office = Office(tmp_path / "Dropbox" / "office", CONFIG)
    found = [one.message for one in check_office(open_office(office.folder), NOW) if one.about == "ledger" and one.level == "warning"]
    assert found and found[0].startswith("the office is in a synced folder")
