"""A Google on this machine, and a log-in to it that never really waits."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from contractor_ops.clients.google_account import account_of
from contractor_ops.clients.google_sheets import GoogleSheets
from tests.providers.google_sheets import GoogleServer


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as one:
        yield one
        assert one.invalid == []


@pytest.fixture
def connect(server: GoogleServer) -> Callable[..., GoogleSheets]:
    def sheets(timeout: float = 5.0, **more: Any) -> GoogleSheets:
        return GoogleSheets(account_of(json.dumps(server.account())), server.base, timeout, wait=lambda seconds: None, **more)

    return sheets
