"""Twilio's call log as a table, through its official client from a server of our own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from contractor_ops.clients.twilio import TwilioClient, TwilioSettings
from contractor_ops.errors import UnusableFile
from contractor_ops.sources.twilio_calls import TwilioCalls
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue.calls import CALLS
from contractor_ops.tables.record import Table
from tests.providers.twilio_server import Fault, TwilioServer, garbage, hangs, refuses

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
ANN, OURS, MOBILE = "+13125550142", "+13125550100", "+13125550111"

Connect = Callable[..., TwilioCalls]


@pytest.fixture
def server() -> Iterator[TwilioServer]:
    with TwilioServer(lambda: NOW) as one:
        yield one


@pytest.fixture
def connect(server: TwilioServer) -> Connect:
    def source(days: int = 7, timeout: float = 5.0, token: str = "") -> TwilioCalls:
        settings = TwilioSettings(server.account_sid, token or server.auth_token, OURS, "", server.base, timeout)
        return TwilioCalls(TwilioClient(settings), lambda: NOW, days)

    return source


def table(source: TwilioCalls) -> Table:
    return build_table(CALLS, source.read(), country="US")


def test_a_call_and_the_telephone_that_it_rang_are_a_record_each(server: TwilioServer, connect: Connect) -> None:
    at = NOW - timedelta(minutes=10)
    parent = server.call(ANN, at, duration=25, caller_name="LI ANN", stir_verstat="TN-Validation-Passed-A", forwarded_from="+13125550188")
    child = server.call(ANN, at + timedelta(seconds=2), "no-answer", to=MOBILE, direction="outbound-dial", parent=parent)
    read = table(connect())
    first, second = (record.values for record in read.records)
    assert first == first | {
        "number": parent, "started_at": at, "from": ANN, "to": OURS, "direction": "inbound", "status": "completed", "duration": 25,
        "parent": None, "forwarded_from": "+13125550188", "caller_name": "LI ANN", "verified": "TN-Validation-Passed-A",
    }  # fmt: skip
    assert (second["number"], second["parent"], second["to"]) == (child, parent, MOBILE)
    assert (second["direction"], second["status"], second["duration"]) == ("outbound-dial", "no-answer", None)
    assert first.get("customer") is None, "the network's name for a caller greets nobody"
    assert read.problems == [] and read.read_at == NOW and read.files == ("Twilio's call log",)


@pytest.mark.parametrize("status", ["queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"])
def test_every_status_stays_as_it_is_and_an_unanswered_call_has_no_duration(server: TwilioServer, connect: Connect, status: str) -> None:
    server.call(ANN, status=status, duration=12 if status == "completed" else None)
    [record] = table(connect()).records
    assert (record["status"], record["duration"]) == (status, 12 if status == "completed" else None)


@pytest.mark.parametrize("caller", ["anonymous", "+266696687", "Restricted", "client:dana", "sip:dana@pbx.example.com"])
def test_a_caller_without_a_number_keeps_its_row(server: TwilioServer, connect: Connect, caller: str) -> None:
    sid = server.call(caller, status="no-answer")
    read = table(connect())
    [record] = read.records
    assert (record["number"], record["to"], record["status"]) == (sid, OURS, "no-answer")


def test_times_are_moments_whatever_the_office_zone(server: TwilioServer, connect: Connect) -> None:
    at = datetime.fromisoformat("2026-11-22T19:30:00-06:00")
    server.call(ANN, at)
    [record] = table(connect()).records
    assert record["started_at"] == at


def test_a_call_at_midnight_keeps_its_time(server: TwilioServer, connect: Connect) -> None:
    """A column of nothing but midnights would be taken for days."""
    at = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    server.call(ANN, at)
    [record] = table(connect()).records
    assert record["started_at"] == at


def test_only_the_last_days_are_asked_for_to_the_second(server: TwilioServer, connect: Connect) -> None:
    for hours in (49, 47, 1):
        server.call(ANN, NOW - timedelta(hours=hours), duration=hours)
    assert [record["duration"] for record in table(connect(days=2)).records] == [47, 1]


def test_hundreds_of_calls_are_read_over_pages_and_the_oldest_comes_first(server: TwilioServer, connect: Connect) -> None:
    sids = [server.call(ANN, NOW - timedelta(minutes=450 - number), duration=5) for number in range(450)]
    source = connect()
    assert [record["number"] for record in table(source).records] == sids
    assert [record["number"] for record in table(source).records] == sids, "it can be read again"


def test_no_calls_are_a_table_without_rows(connect: Connect) -> None:
    read = table(connect())
    assert len(read.records) == 0 and read.problems == [] and read.columns["from"] is not None


def test_what_a_network_calls_a_caller_does_no_harm(server: TwilioServer, connect: Connect) -> None:
    server.call(ANN, caller_name='TOTAL, "X"\n=HYPERLINK("http://example.com")', duration=3)
    server.call(ANN, caller_name="Total", duration=4)
    assert len(table(connect()).records) == 2


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (garbage("read", status=200), "means nothing"),
        (Fault("answer", "read", 503, "<html>"), "HTTP 503"),
        (refuses(20429, status=429), "slow down"),
        (refuses(20003, status=401), "refused the log-in"),
    ],
    ids=["garbage", "gateway", "too many", "log-in"],
)
def test_a_log_that_cannot_be_asked_for_is_an_unusable_file(server: TwilioServer, connect: Connect, fault: Fault, says: str) -> None:
    server.call(ANN)
    server.fails(fault, method="GET")
    with pytest.raises(UnusableFile, match=f"Twilio's call log cannot be read. Twilio.*{says}") as told:
        connect().read()
    assert told.value.remedy and not told.value.message.endswith("..")


def test_half_a_log_is_none(server: TwilioServer, connect: Connect) -> None:
    for number in range(450):
        server.call(ANN, NOW - timedelta(minutes=number))
    server.before_answer = lambda: server.fails(refuses(20500, status=500), method="GET")
    with pytest.raises(UnusableFile):
        connect().read()


def test_a_silent_server_is_not_waited_for_long(server: TwilioServer, connect: Connect) -> None:
    server.fails(hangs(), method="GET")
    with pytest.raises(UnusableFile, match=r"did not answer within 0\.2 seconds"):
        connect(timeout=0.2).read()


def test_a_wrong_token_says_what_to_do(connect: Connect) -> None:
    with pytest.raises(UnusableFile, match="TWILIO_AUTH_TOKEN"):
        connect(token="f0" * 16).read()
