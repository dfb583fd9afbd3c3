"""Answers of Twilio's that are shaped otherwise than its documents say: what cannot be read is unknown, never a fault of the office's."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from contractor_ops.clients.twilio import TwilioSettings
from contractor_ops.clients.twilio_account import AccountSeen, TwilioAccount, can_text
from contractor_ops.ports import ChannelDown
from tests.providers.http_server import Answer, Handler, HttpServer

SID, SERVICE, NUMBER = "AC" + "0a" * 16, "MG" + "0c" * 16, "+13125550100"
ACCOUNT = {"sid": SID, "status": "active", "type": "Full"}
NONE = {"services": [], "meta": {"key": "services", "next_page_url": None}}


@pytest.mark.parametrize(
    ("capabilities", "texts"),
    [
        ({"sms": True, "voice": True}, True),
        ({"SMS": True, "MMS": False}, True),
        ({"sms": False, "voice": True}, False),
        ({"voice": True}, None),
        ({"sms": "yes"}, None),
        (["SMS", "MMS"], True),
        (["sms"], True),
        (["voice"], False),
        ([], None),
        (True, None),
        ("sms", None),
        (None, None),
    ],
)
def test_whether_a_number_can_text(capabilities: object, texts: bool | None) -> None:
    assert can_text(capabilities) is texts


class Shaped(HttpServer):
    """Answers each path by its ending; `asked` are the paths."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers, self.asked = answers, list[str]()
        super().__init__(_Handler)


class _Handler(Handler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.owner.asked.append(path)
        bodies = [one for ending, one in self.owner.answers.items() if path.endswith(ending)]
        answer = Answer(200 if bodies else 404, json.dumps(bodies[0] if bodies else None).replace("SELF", self.owner.base).encode())
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)


def look(answers: dict[str, Any], service: str = "") -> tuple[AccountSeen, list[str]]:
    with Shaped(answers) as server:
        sender = {"messaging_service": service} if service else {"from_number": NUMBER}
        account = TwilioAccount(TwilioSettings(account_sid=SID, auth_token="e1" * 16, api_base=server.base, timeout=3.0, **sender))  # type: ignore[arg-type]
        try:
            return account.look(), server.asked
        finally:
            account.close()


def numbers(capabilities: object) -> dict[str, Any]:
    found = {"sid": "PN" + "0b" * 16, "phone_number": NUMBER, "capabilities": capabilities}
    return {f"/{SID}.json": ACCOUNT, "/IncomingPhoneNumbers.json": {"incoming_phone_numbers": [found]}, "/Services": NONE}


def in_service(number: object, capabilities: object) -> dict[str, Any]:
    rows = [{"sid": "PN" + "0b" * 16, "phone_number": number, "capabilities": capabilities}]
    return {
        f"/{SID}.json": ACCOUNT,
        f"/Services/{SERVICE}": {"sid": SERVICE, "friendly_name": "Office"},
        "/PhoneNumbers": {"phone_numbers": rows, "meta": {"key": "phone_numbers", "next_page_url": None}},
        "/Usa2p": {"compliance": [], "meta": {"key": "compliance", "next_page_url": None}},
    }


@pytest.mark.parametrize("capabilities", [["SMS"], True, "SMS", {"SMS": True}, None])
def test_a_number_whose_abilities_are_told_otherwise_is_no_fault(capabilities: object) -> None:
    [sender] = look(numbers(capabilities))[0].senders
    assert sender.texts


@pytest.mark.parametrize("capabilities", [["sms"], True, {"sms": True}, None])
def test_a_number_of_a_service_whose_abilities_are_told_otherwise_is_no_fault(capabilities: object) -> None:
    [sender] = look(in_service(NUMBER, capabilities), SERVICE)[0].senders
    assert (sender.number, sender.texts) == (NUMBER, True)


@pytest.mark.parametrize(
    ("answers", "service"),
    [({f"/{SID}.json": {}}, ""), ({f"/{SID}.json": []}, ""), ({f"/{SID}.json": None}, ""), (in_service(None, ["SMS"]), SERVICE)],
)
def test_an_answer_without_what_was_asked_for_means_nothing(answers: dict[str, Any], service: str) -> None:
    with pytest.raises(ChannelDown, match="gave an answer that means nothing"):
        look(answers, service)


@pytest.fixture
def endless() -> Iterator[dict[str, Any]]:
    """Each page of services is empty and names itself as the next."""
    yield {**numbers({"sms": True}), "/Services": {"services": [], "meta": {"key": "services", "next_page_url": "SELF/v1/Services?Page=1"}}}


def test_a_page_that_names_itself_as_the_next_is_asked_for_once(endless: dict[str, Any]) -> None:
    seen, asked = look(endless)
    assert seen.senders[0].registration == "none"
    assert sum(path.endswith("/Services") for path in asked) == 1
