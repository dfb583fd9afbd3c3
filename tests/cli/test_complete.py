"""The Tab key in bash: commands, recipes, tables and people, without a look into the ledger."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None, reason="there is no bash on this machine")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "estimates-by-hand.toml").write_text("This is no recipe yet.", encoding="utf-8")
    (tmp_path / "config.toml").write_text('[people.dana]\nname = "Dana Reed"\n[people.lou]\nname = "Lou Marsh"\n', encoding="utf-8")
    (tmp_path / "ledger.db").write_text("This is no ledger: whoever opened it would say so.", encoding="utf-8")
    return tmp_path


def offered(typed: str, folder: Path) -> list[str]:
    """What bash offers when Tab is pressed after these words, by the very script that the program prints."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    program = programs / "contractor-ops"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m contractor_ops "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    words = typed.split(" ")
    script = f"""
eval "$(env _CONTRACTOR_OPS_COMPLETE=source_bash contractor-ops)"
COMP_WORDS=({" ".join(f"'{word}'" for word in words)})
COMP_CWORD={len(words) - 1}
_contractor_ops_completion contractor-ops
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(
        [str(BASH), "-c", script], cwd=folder, env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("contractor-ops wa", ["watch"]),
        ("contractor-ops review re", ["reopen"]),
        ("contractor-ops run estimate", ["estimate-follow-up", "estimates-by-hand"]),
        ("contractor-ops run --send invoice-reminders estimates-", ["estimates-by-hand"]),
        ("contractor-ops read inv", ["inventory", "invoices"]),
        ("contractor-ops why cust", ["customers"]),
        ("contractor-ops tables pay", ["payments"]),
        ("contractor-ops review list --owner ", ["dana", "lou"]),
        ("contractor-ops check --try l", ["lou"]),
        ("contractor-ops digest --we", ["--weekly"]),
    ],
)
def test_tab_offers(typed: str, expected: list[str], office: Path) -> None:
    assert offered(typed, office) == expected


def test_another_office_is_looked_into_where_one_is_named(office: Path) -> None:
    elsewhere = office / "elsewhere"
    elsewhere.mkdir()
    assert offered(f"contractor-ops run --office {office} estimates-", elsewhere) == ["estimates-by-hand"]
    assert offered(f"contractor-ops --office {office} run estimates-", elsewhere) == ["estimates-by-hand"]
    assert offered("contractor-ops run estimates-", elsewhere) == []


def test_a_config_that_cannot_be_read_offers_nothing_and_says_nothing(office: Path) -> None:
    (office / "config.toml").write_text("[people", encoding="utf-8")
    assert offered("contractor-ops check --try ", office) == []


def test_it_is_installed_by_a_command(tmp_path: Path) -> None:
    env = {**os.environ, "HOME": str(tmp_path)}
    script = f'"{sys.executable}" -m contractor_ops --install-completion; true'  # bash looks on: its own name is found by it
    done = subprocess.run([str(BASH), "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert "bash" in done.stdout, done.stderr
    assert "contractor-ops" in (tmp_path / ".bashrc").read_text(encoding="utf-8")
