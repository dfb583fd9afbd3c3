"""Secrets: where they may stand, and that nobody else may read them."""

import os
from pathlib import Path

import pytest

from contractor_ops.errors import ContractorOpsError, MissingSecret
from contractor_ops.secrets import ENV_FILE, secret

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
