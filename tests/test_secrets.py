"""Secrets: where they may stand, and that nobody else may read them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from contractor_ops.errors import ContractorOpsError, MissingSecret
from contractor_ops.secrets import ENV_FILE, keep_in_file, keep_in_keyring, secret
from tests.providers.file_keyring import FileKeyring

NAME = "SMTP_PASSWORD"
posix = pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")


@pytest.fixture(autouse=True)
def _nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)


def write(office: Path, content: str | bytes, mode: int = 0o600) -> None:
    file = office / ENV_FILE
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    file.chmod(mode)


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, f"{NAME}=from-the-file")
    assert secret(NAME, tmp_path) == "from-the-file"
    monkeypatch.setenv(NAME, "from-the-environment")
    assert secret(NAME, tmp_path) == "from-the-environment"


@pytest.mark.parametrize(
    "line",
    [
        f"{NAME}=battery staple",
        f"export {NAME}=battery staple",
        f'{NAME} = "battery staple"',
        f"\ufeff{NAME}='battery staple'",
        f"# no\nOTHER=1\r\n{NAME}=battery staple\r\n",
    ],
)
def test_a_line_of_the_env_file(tmp_path: Path, line: str) -> None:
    write(tmp_path, line)
    assert secret(NAME, tmp_path) == "battery staple"


@pytest.mark.parametrize("content", [None, "", f"{NAME}=", f"#{NAME}=x", f"{NAME}_OLD=x", f"{NAME}\n"])
def test_a_secret_that_is_not_there_names_its_variable_and_what_to_do(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        write(tmp_path, content)
    with pytest.raises(MissingSecret) as missing:
        secret(NAME, tmp_path)
    assert NAME in missing.value.message and "chmod 600" in missing.value.remedy


@posix
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_a_file_that_others_may_read_is_not_used_and_its_value_not_shown(tmp_path: Path, mode: int) -> None:
    write(tmp_path, f"{NAME}=battery-staple", mode)
    with pytest.raises(MissingSecret, match="can be read by others") as refused:
        secret(NAME, tmp_path)
    assert "battery-staple" not in str(refused.value.lines())


def test_a_file_in_another_encoding_is_a_sentence(tmp_path: Path) -> None:
    write(tmp_path, f"{NAME}=b\xe4tterie".encode("latin-1"))
    with pytest.raises(ContractorOpsError, match="UTF-8"):
        secret(NAME, tmp_path)


@pytest.fixture
def keyring_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A real keyring that works."""
    import keyring

    monkeypatch.setenv("FILE_KEYRING", str(tmp_path / "keyring.json"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    yield tmp_path / "keyring.json"
    keyring.set_keyring(before)


def test_a_keyring_that_is_a_file_in_plain_text_is_no_safe_place(tmp_path: Path) -> None:
    import keyring
    from keyrings.alt.file import PlaintextKeyring

    before, plain = keyring.get_keyring(), PlaintextKeyring()
    plain.file_path = str(tmp_path / "keyring.cfg")
    keyring.set_keyring(plain)
    try:
        assert not keep_in_keyring(NAME, "battery staple", tmp_path)
        assert not (tmp_path / "keyring.cfg").exists()
    finally:
        keyring.set_keyring(before)


def test_a_secret_of_the_keyring_belongs_to_one_office(tmp_path: Path, keyring_in_a_file: Path) -> None:
    north, south = tmp_path / "north", tmp_path / "south"
    assert keep_in_keyring(NAME, "battery staple", north)
    assert secret(NAME, north) == "battery staple"
    with pytest.raises(MissingSecret):
        secret(NAME, south)


def test_without_a_keyring_nothing_is_kept_there(tmp_path: Path) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        assert not keep_in_keyring(NAME, "battery staple", tmp_path)
        with pytest.raises(MissingSecret):
            secret(NAME, tmp_path)
    finally:
        keyring.set_keyring(before)


def test_the_env_file_keeps_its_other_lines_and_is_for_this_user_alone(tmp_path: Path) -> None:
    write(tmp_path, f"# ours\nOTHER=1\n{NAME}=old\n")
    keep_in_file(NAME, "battery=staple", tmp_path)
    file = tmp_path / ENV_FILE
    assert file.read_text(encoding="utf-8") == f"# ours\nOTHER=1\n{NAME}=battery=staple\n"
    assert secret(NAME, tmp_path) == "battery=staple"
    assert os.name != "posix" or file.stat().st_mode & 0o077 == 0


def test_an_env_file_that_others_may_read_is_not_added_to(tmp_path: Path) -> None:
    write(tmp_path, "OTHER=1\n", 0o644)
    with pytest.raises(MissingSecret, match="can be read by others"):
        keep_in_file(NAME, "battery staple", tmp_path)
    assert "battery" not in (tmp_path / ENV_FILE).read_text(encoding="utf-8")
