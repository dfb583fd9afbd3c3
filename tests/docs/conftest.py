"""The sample office on one Monday, and a terminal in which `contractor-ops` is typed as the documents show it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

NOW = "2026-11-23T10:00"
SAVED = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("America/Chicago")).timestamp()


@dataclass
class Terminal:
    """A folder in which commands are typed; its `contractor-ops` takes it to be NOW."""

    folder: Path
    programs: Path

    def type(self, command: str, **env: str) -> tuple[int, str]:
        """Type a command: its exit code, and everything it printed. `cd` is remembered."""
        if command.startswith("cd "):
            self.folder = self.folder / command.removeprefix("cd ")
            return (0, "") if self.folder.is_dir() else (1, "no such folder")
        paths = f"{self.programs}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {command}"], cwd=self.folder, env={**os.environ, "PATH": paths, **env}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programs")
    script = folder / "contractor-ops"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m contractor_ops --now {NOW} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def sample(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office as `contractor-ops demo` makes it, its files saved that morning."""
    folder = tmp_path_factory.mktemp("sample")
    code, printed = Terminal(folder, programs).type("contractor-ops demo office")
    assert code == 0, printed
    for file in (folder / "office").rglob("*"):
        os.utime(file, (SAVED, SAVED))
    return folder / "office"


@pytest.fixture
def in_the_office(sample: Path, programs: Path, tmp_path: Path) -> Terminal:
    """A terminal in a copy of the sample office."""
    return Terminal(Path(shutil.copytree(sample, tmp_path / "office")), programs)


@pytest.fixture
def beside_the_sheets(sample: Path, programs: Path, tmp_path: Path) -> Terminal:
    """A terminal beside the folder `my-office`, which holds the sample's spreadsheets and nothing else."""
    shutil.copytree(
        sample,
        tmp_path / "my-office",
        ignore=shutil.ignore_patterns("config.toml", "ledger.db*", "README.txt", "recipes", ".contractor-ops*"),
    )
    return Terminal(tmp_path, programs)
