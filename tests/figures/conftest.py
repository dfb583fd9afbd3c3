"""The offices whose figures are worked out a second time from their files: written once, asked by several tests."""

from collections.abc import Iterator

import pytest

from tests.figures.raw_office import CASES, Told
from tests.figures.raw_office import told as told_of
from tests.figures.raw_week import Week, worked


@pytest.fixture(scope="session", params=CASES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Each office, and what the program says of it."""
    return told_of(CASES[request.param], tmp_path_factory.mktemp("office") / "sample")


@pytest.fixture(scope="session")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    """The office after a week of work, and what the program says of it."""
    with worked(tmp_path_factory.mktemp("week") / "office") as office:
        yield office
