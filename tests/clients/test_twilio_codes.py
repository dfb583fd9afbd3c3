"""What each of Twilio's codes becomes."""

import pytest

from contractor_ops.clients.twilio_codes import _MEANINGS, meaning_of

REFUSED = (21211, 21214, 21408, 21612, 30003, 30004, 30005, 30008)
STOPS = (20003, 20006, 21606, 21608, 30002, 30007, 30034, 30450)
LATER = (20429, 21611, 30001, 30036, 30610)


@pytest.mark.parametrize("code", REFUSED)
def test_what_never_reaches_this_number(code: int) -> None:
    one = meaning_of(code, 400)
    assert (one.kind, one.result, one.blocks, one.landline, one.opted_out) == ("refused", "failed", False, False, False)


@pytest.mark.parametrize("code", STOPS)
def test_what_the_office_must_mend_first(code: int) -> None:
    one = meaning_of(code, 400)
    assert (one.kind, one.result, one.blocks) == ("stops", "failed", True)


@pytest.mark.parametrize("code", LATER)
def test_what_passes(code: int) -> None:
    one = meaning_of(code, 400)
    assert (one.kind, one.result, one.blocks) == ("later", "unsent", False)


@pytest.mark.parametrize("code", [21614, 21635, 30006])
def test_a_landline(code: int) -> None:
    assert (meaning_of(code).kind, meaning_of(code).landline) == ("refused", True)


@pytest.mark.parametrize("code", [21610, 30640])
def test_who_wants_no_texts(code: int) -> None:
    assert (meaning_of(code).kind, meaning_of(code).opted_out) == ("refused", True)


@pytest.mark.parametrize("code", [20429, 21611])
def test_what_holds_for_every_message(code: int) -> None:
    assert meaning_of(code).everybody


@pytest.mark.parametrize("code", sorted(_MEANINGS))
def test_a_meaning_is_a_plain_sentence_that_names_the_code(code: int) -> None:
    reason = meaning_of(code, 400).reason
    assert reason[0].isupper()
    assert reason.endswith(f" (Twilio's code {code})")
    assert "\n" not in reason
    assert len(reason) <= 190


def test_an_unknown_code_goes_to_a_person_with_twilios_own_words() -> None:
    one = meaning_of(29999, 400, "Some new\x1b[31m\r\nthing.")
    assert one.kind == "refused"
    assert one.reason == "Twilio refused it, so a person must look (code 29999): Some new [31m thing"


def test_no_code_at_all() -> None:
    assert meaning_of(None).reason == "Twilio refused it, so a person must look (it gives no reason)"
    assert meaning_of(None, 400).kind == "refused"


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599, 408])
def test_a_fault_of_twilios_is_doubt_whatever_code_it_bears(status: int) -> None:
    assert {meaning_of(code, status).kind for code in (None, 20429, 21211, 21610, 20003)} == {"doubt"}


@pytest.mark.parametrize("code", [None, 20429, 12345, 21211])
def test_429_is_never_a_refusal_of_one_number(code: int | None) -> None:
    one = meaning_of(code, 429)
    assert (one.kind, one.everybody) == ("later", True)


@pytest.mark.parametrize("status", [301, 302, 307, 401, 403, 404, 405, 407])
def test_an_address_that_does_not_let_us_in_stops_the_run(status: int) -> None:
    assert meaning_of(None, status).kind == "stops"
    assert meaning_of(29999, status).kind == "stops"
