"""What `check` tells of a Twilio account and of what texts leave from; asked of a Twilio on this machine."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from contractor_ops.clients.twilio import TwilioSettings
from contractor_ops.clients.twilio_account import TwilioAccount
from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from tests.offices import CONFIG, Office
from tests.providers.prism import prism, why_no_prism
from tests.providers.twilio_server import TwilioServer, hangs, refuses

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")
LOCAL, TOLL_FREE = "+13125550100", "+18885550100"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioServer]:
    with TwilioServer() as one:
        monkeypatch.setenv("TWILIO_ACCOUNT_SID", one.account_sid)
        monkeypatch.setenv("TWILIO_AUTH_TOKEN", one.auth_token)
        yield one


def told(
    folder: Path, server: TwilioServer, sender: str = f'from = "{LOCAL}"', *, config: str = CONFIG, offline: bool = False
) -> list[str]:
    """What is said of texts, each with its level."""
    office = Office(folder, f'{config}\n[sms]\nprovider = "twilio"\n{sender}\napi_base = "{server.base}"\ntimeout = "1 s"\n')
    found = check_office(open_office(office.folder), NOW, offline=offline)
    return [f"{one.level}: {one.message}" for one in found if one.about in {"sms", "machine"} and one.message != "leaves through twilio"]


def registered(server: TwilioServer, status: str = "VERIFIED", *reasons: str) -> str:
    """The office's number stands in a messaging service whose campaign is in this state."""
    service = server.service()
    server.number(LOCAL, service=service)
    server.campaign(service, status, *reasons)
    return service


def test_a_registered_local_number_is_well(tmp_path: Path, server: TwilioServer) -> None:
    server.service("another")
    registered(server)
    assert told(tmp_path, server) == ["ok: texts leave from (312) 555-0100, a local number, registered with US carriers (A2P 10DLC)"]


def test_a_campaign_that_was_approved_counts_however_many_were_refused_before(tmp_path: Path, server: TwilioServer) -> None:
    service = registered(server, "FAILED", "The website does not load")
    server.campaign(service, "VERIFIED")
    assert [one[:5] for one in told(tmp_path, server)] == ["ok: t"]


@pytest.mark.parametrize(
    ("status", "words"),
    [("PENDING", "waits to be registered"), ("IN_PROGRESS", "waits to be registered"), ("FAILED", "was refused by US carriers (A2P 10DLC): No opt-in")],
)  # fmt: skip
def test_a_campaign_that_is_not_approved_stops_every_text(tmp_path: Path, server: TwilioServer, status: str, words: str) -> None:
    registered(server, status, "No opt-in")
    [one] = told(tmp_path, server)
    assert one.startswith("error: ") and words in one


def test_a_local_number_in_no_service_is_not_registered(tmp_path: Path, server: TwilioServer) -> None:
    server.number(LOCAL)
    [one] = told(tmp_path, server)
    assert one.startswith("error: (312) 555-0100, a local number, is not registered with US carriers (A2P 10DLC)")
    canadian = CONFIG.replace('country        = "US"', 'country        = "CA"')
    assert told(tmp_path / "canada", server, config=canadian)[0].startswith("warning: ")


@pytest.mark.parametrize(
    ("status", "level", "words"),
    [("TWILIO_APPROVED", "ok", "registered with US carriers (toll-free verification)"), ("IN_REVIEW", "error", "waits"),
     ("TWILIO_REJECTED", "error", "was refused by US carriers (toll-free verification): Business name does not match")],
)  # fmt: skip
def test_a_toll_free_number_has_a_verification_of_its_own(
    tmp_path: Path, server: TwilioServer, status: str, level: str, words: str
) -> None:
    server.verification(server.number("+18885550199"), "TWILIO_APPROVED")  # another number's says nothing of ours
    server.verification(server.number(TOLL_FREE), status, "Business name does not match" if "REJECTED" in status else None)
    [one] = told(tmp_path, server, f'from = "{TOLL_FREE}"')
    assert one.startswith(f"{level}: ") and words in one and "a toll-free number" in one


def test_a_number_that_is_not_ours_or_takes_no_texts_is_an_error(tmp_path: Path, server: TwilioServer) -> None:
    assert told(tmp_path / "a", server) == ["error: (312) 555-0100, a local number, is not one of this Twilio account"]
    server.number(LOCAL, sms=False)
    assert "error: (312) 555-0100, a local number, takes calls only, no texts" in told(tmp_path / "b", server)


def test_of_a_service_every_number_is_told(tmp_path: Path, server: TwilioServer) -> None:
    service = registered(server)
    server.number(TOLL_FREE, service=service)
    second, first = told(tmp_path, server, f'messaging_service = "{service}"')
    assert first == "ok: texts leave from (312) 555-0100, a local number, registered with US carriers (A2P 10DLC)"
    assert second.startswith("error: (888) 555-0100, a toll-free number, is not registered with US carriers (toll-free verification)")


def test_a_service_without_numbers_sends_nothing(tmp_path: Path, server: TwilioServer) -> None:
    assert told(tmp_path, server, f'messaging_service = "{server.service("Texts")}"') == [
        'error: the messaging service "Texts" has no number to send from'
    ]


def test_a_short_code_is_asked_nothing_more(tmp_path: Path, server: TwilioServer) -> None:
    assert told(tmp_path, server, 'from = "24587"') == ["ok: texts leave from 24587, a short code"]


def test_suspended_and_trial_accounts_are_told(tmp_path: Path, server: TwilioServer) -> None:
    registered(server)
    server.account_type = "Trial"
    assert "this is a trial account" in told(tmp_path / "a", server)[0]
    server.account_status = "suspended"
    assert told(tmp_path / "b", server) == ["error: the Twilio account is suspended: nothing can leave"]


def test_what_this_token_may_not_see_is_no_error(tmp_path: Path, server: TwilioServer) -> None:
    registered(server)
    server.registry_is_open = False
    seen = told(tmp_path, server)
    assert seen[1] == "ok: texts leave from (312) 555-0100, a local number"
    assert seen[0].startswith("warning: whether US carriers know the number could not be looked up")


def test_a_wrong_token_is_one_error_in_plain_words(tmp_path: Path, server: TwilioServer) -> None:
    server.auth_token = "another"
    [one] = told(tmp_path, server)
    assert one.startswith("error: twilio cannot be used: Twilio refused the log-in")


def test_a_twilio_that_falls_silent_in_the_middle_is_a_warning(tmp_path: Path, server: TwilioServer) -> None:
    server.before_answer = lambda: server.fails(hangs(), method="GET") if len(server.requests) == 1 else None
    [one] = told(tmp_path, server)
    assert one.startswith("warning: what texts leave from could not be looked at: Twilio") and "did not answer within 1 seconds" in one


def test_an_account_that_may_not_be_fetched_is_a_warning(tmp_path: Path, server: TwilioServer) -> None:
    server.before_answer = lambda: server.fails(refuses(20403, "Forbidden", 403), method="GET") if len(server.requests) == 1 else None
    assert told(tmp_path, server)[0].startswith("warning: what texts leave from could not be looked at: ")


def test_a_clock_that_is_off_is_told_by_twilios(tmp_path: Path, server: TwilioServer) -> None:
    registered(server)
    server.date = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    assert any(one.startswith("warning: its clock is 10 minutes behind Twilio's") for one in told(tmp_path / "a", server))
    server.date = format_datetime(datetime.now(UTC) - timedelta(hours=5), usegmt=True)
    assert any(one.startswith("warning: its clock is 5 hours ahead of Twilio's") for one in told(tmp_path / "b", server))


def test_offline_nobody_is_asked(tmp_path: Path, server: TwilioServer) -> None:
    assert told(tmp_path, server, offline=True) == ["ok: leaves through twilio; not asked with --offline"]
    assert server.requests == []


def test_nothing_but_questions_is_put_to_twilio(tmp_path: Path, server: TwilioServer) -> None:
    registered(server)
    told(tmp_path, server)
    assert {method for method, _ in server.requests} == {"GET"}


@pytest.mark.skipif(bool(why_no_prism()), reason=why_no_prism())
def test_the_account_and_its_number_are_asked_for_as_twilios_own_description_says(server: TwilioServer) -> None:
    server.number(LOCAL)
    with prism("twilio_api_v2010.json", server.base) as base:
        account = TwilioAccount(TwilioSettings(server.account_sid, server.auth_token, LOCAL, api_base=base, timeout=5.0))
        seen = account.look()
        account.close()
    assert seen.status == "active" and [(one.ours, one.texts) for one in seen.senders] == [(True, True)]
