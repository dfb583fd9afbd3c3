"""The dead-man's switch: what is asked, and what is said when nobody answers."""

import pytest
from pydantic import ValidationError

from contractor_ops.clients.heartbeat import UrlHeartbeat, address_of
from contractor_ops.config import Heartbeat
from tests.providers.heartbeat_server import switch, trickle


@pytest.mark.parametrize(
    ("url", "beat", "code", "asked"),
    [
        ("https://hc.example/uuid", "start", 0, "https://hc.example/uuid/start"),
        ("https://hc.example/uuid", "success", 0, "https://hc.example/uuid"),
        ("https://hc.example/uuid/", "failure", 4, "https://hc.example/uuid/4"),
        ("https://hc.example/key/{job}?create=1", "start", 0, "https://hc.example/key/run-lead-reply/start?create=1"),
        ("https://up.example/push/x?status={status}&msg={code}", "failure", 5, "https://up.example/push/x?status=down&msg=5"),
        ("https://up.example/push/x?status={status}", "start", 0, None),
        ("https://other.example/{state}/{job}", "success", 0, "https://other.example/success/run-lead-reply"),
    ],
)
def test_what_is_asked(url: str, beat: str, code: int, asked: str | None) -> None:
    assert address_of(url, beat, "run-lead-reply", code) == asked  # type: ignore[arg-type]


def test_a_jobs_name_cannot_leave_its_place_in_the_address() -> None:
    assert address_of("https://hc.example/key/{job}", "success", "../x?y", 0) == "https://hc.example/key/..%2Fx%3Fy"


def test_a_beat_is_heard_with_its_words() -> None:
    with switch() as heard:
        assert UrlHeartbeat(heard.address + "/uuid").beat("failure", "inbox", 5, "inbox: exit 5") is None
        assert heard.asked == [("/uuid/5", "inbox: exit 5")]


def test_a_switch_that_is_out_of_order_is_asked_twice_and_told_without_its_address() -> None:
    with switch() as heard:
        heard.status = 503
        assert UrlHeartbeat(heard.address + "/a-secret-uuid").beat("success", "inbox", 0, "") == "127.0.0.1 answered 503"
        assert len(heard.asked) == 2


def test_the_start_of_a_job_is_told_once() -> None:
    with switch() as heard:
        heard.status = 503
        assert UrlHeartbeat(heard.address).beat("start", "inbox", 0, "") == "127.0.0.1 answered 503"
        assert len(heard.asked) == 1


def test_a_switch_that_has_moved_is_told() -> None:
    with switch() as heard:
        heard.status = 301
        said = UrlHeartbeat(heard.address).beat("success", "inbox", 0, "")
        assert said == "127.0.0.1 answered 301: it has moved, write its new address into config.toml"


def test_a_switch_that_never_ends_its_answer_has_heard() -> None:
    """It promises a hundred thousand bytes and sends none: what it says is not waited for."""
    with switch() as heard:
        heard.promises = 100_000
        assert UrlHeartbeat(heard.address).beat("success", "inbox", 0, "") is None


def test_a_switch_that_answers_a_letter_at_a_time_is_not_waited_for() -> None:
    with trickle() as address:
        assert UrlHeartbeat(address, longest=0.5).beat("success", "inbox", 0, "") == "127.0.0.1 did not answer within 0.5 seconds"


def test_a_switch_that_is_not_there() -> None:
    with switch() as heard:
        gone = heard.address
    said = UrlHeartbeat(gone + "/a-secret-uuid").beat("success", "inbox", 0, "")
    assert said is not None
    assert said.startswith("127.0.0.1 cannot be reached")
    assert "secret" not in said


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/a secret", "http://127.0.0.1:1/sécret", "http://127.0.0.1:x/secret"])
def test_an_address_of_which_no_request_can_be_made_is_a_sentence_without_it(url: str) -> None:
    said = UrlHeartbeat(url).beat("success", "inbox", 0, "")
    assert said is not None
    assert "cret" not in said


@pytest.mark.parametrize(
    "url", ["https://hc.example/a b", "https://hc.example/ä", "https://user:word@hc.example/x", "https://hc.example/{jobb}"]
)
def test_an_address_that_cannot_be_meant_is_refused_by_the_config(url: str) -> None:
    with pytest.raises(ValidationError):
        Heartbeat(url=url)
