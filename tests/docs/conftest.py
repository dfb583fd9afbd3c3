"""The sample office on one Monday, and a terminal in which `contractor-ops` is typed as the documents show it."""

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.providers.twilio_server import TwilioServer
from tests.stories.inside import run_main

NOW = "2026-11-23T10:00"
ZONE = ZoneInfo("America/Chicago")
SAVED = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE).timestamp()
RELEASED = {"Lakeside": "1", "Evans": "3", "Keisha": "12", "Ann": "14"}
ANSWERS = {
    "+13125550102": ("09:35", "How long would the work take?"),
    "+13125550104": ("09:42", "Yes please. Also we smell gas near the rooftop unit"),
    "+13125550105": ("09:44", "Please take me off your list"),
}

_PLAIN = re.compile(r"contractor-ops [^|<>&;$`\\*?]*")


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
        if _PLAIN.fullmatch(command):
            return self._inside(shlex.split(command)[1:], env)
        paths = f"{self.programs}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {command}"], cwd=self.folder, env={**os.environ, "PATH": paths, **env}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout

    def _inside(self, words: list[str], env: Mapping[str, str]) -> tuple[int, str]:
        """What is nothing but our program needs no shell, and no start of its own."""
        printed = io.StringIO()
        with contextlib.chdir(self.folder):
            code = run_main(["--now", NOW, *words], env, printed, printed)
        return code, printed.getvalue()


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


TEXTS = ("Yes, go ahead please", "Please take me off your list", "How long will that take?", "Our furnace is out and we have a newborn")
"""The lines of the file that the page hands to `inbox classify`."""


@pytest.fixture
def with_answers(in_the_office: Terminal) -> Iterator[Terminal]:
    """A terminal in a copy of the sample office that texts through a Twilio on this machine. Four texts left at 9:30, three customers have answered."""
    office = in_the_office.folder
    with TwilioServer() as server:
        with (office / "config.toml").open("a", encoding="utf-8") as config:
            config.write(f'\n[sms]\nprovider = "twilio"\nfrom = "+13125550100"\napi_base = "{server.base}"\nper_second = 100\n')
        secrets = office / ".env"
        secrets.write_text(f"TWILIO_ACCOUNT_SID={server.account_sid}\nTWILIO_AUTH_TOKEN={server.auth_token}\n", encoding="utf-8")
        secrets.chmod(0o600)
        server.clock = lambda: datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)
        for command in (f"review approve {' '.join(RELEASED.values())}", "run estimate-follow-up --send"):
            code, printed = in_the_office.type(f"contractor-ops {command} --now 2026-11-23T09:30")
            assert code == 0, printed
        for text in server.outgoing():
            answered = text["to"] in ANSWERS
            server.becomes(text["sid"], "delivered" if answered else "undelivered", None if answered else 30003)
        for number, (at, words) in ANSWERS.items():
            server.text_from(number, words, at=datetime.fromisoformat(f"2026-11-23T{at}").replace(tzinfo=ZONE))
        (office / "answers.txt").write_text("\n".join(TEXTS) + "\n", encoding="utf-8")
        yield in_the_office
