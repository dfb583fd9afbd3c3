"""Small offices on disk, opened in this process."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contractor_ops.ledger.ledger import SqliteLedger
from contractor_ops.office import Office, open_office
from tests import offices

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Chicago"))
ROWS = [
    ("E-1", "Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", "11/20/2026", "$480", ""),
    ("E-2", "Bo Ray", "bo@ray.example", "", "Roof", "Sent", "11/20/2026", "$900", ""),
    ("E-3", "Cy Fox", "", "", "Pump", "Sent", "11/20/2026", "$90", ""),
    ("E-4", "Di Poe", "di@poe.example", "", "Pump", "Sent", "31/31/2026", "$90", ""),
    ("E-5", "Ed Orr", "ed@orr.example", "", "Pump", "Accepted", "11/20/2026", "$90", ""),
]


@pytest.fixture
def folder(tmp_path: Path) -> offices.Office:
    return offices.Office(tmp_path).sheet("estimates", offices.ESTIMATES, ROWS).recipe("mine", offices.follow_up("approve"))


@pytest.fixture
def opened() -> Iterator[Callable[[offices.Office], Office]]:
    """Open an office as a command does; what is open is closed afterwards."""
    found: list[Office] = []

    def open_it(folder: offices.Office) -> Office:
        found.append(open_office(folder.folder))
        return found[-1]

    yield open_it
    for office in found:
        office.close()
        if isinstance(office.__dict__.get("ledger"), SqliteLedger):
            office.__dict__["ledger"].close()
