"""What every room's tests share: golden texts, kept in files that one command refreshes."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from contractor_ops.cli.main import collect_rarely

# A busy machine is no defect. Where a failure must not depend on luck, the same examples are tried every time.
settings.register_profile("office", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("office")


@pytest.fixture(scope="session", autouse=True)
def folders_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The program's cache and log of these tests stand apart from those of whoever runs them."""
    home = tmp_path_factory.mktemp("home")
    before = {name: os.environ.get(name) for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")}
    os.environ.update({name: str(home / name) for name in before})
    yield home
    for name, value in before.items():
        os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def pytest_collection_finish() -> None:
    """Garbage is looked for as seldom as in the program, and never among the thousands of tests that stay until the end."""
    collect_rarely()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write the golden texts anew instead of comparing with them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in the `golden` folder beside the test."""
    folder = request.path.parent / "golden"

    def compare(name: str, text: str) -> None:
        file = folder / name
        if request.config.getoption("--refresh-golden"):
            folder.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert text == file.read_text(encoding="utf-8"), f"{file.name} differs; if it is meant: pytest {folder.parent} --refresh-golden"

    return compare
