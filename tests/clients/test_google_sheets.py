"""Google Sheets through gspread: what is asked, what is asked again and for how long, and what each refusal means."""

import json
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from contractor_ops.clients.google_account import WrongKey, account_of
from contractor_ops.clients.google_grid import BLANK, GridCell
from contractor_ops.clients.google_patience import MINUTE
from contractor_ops.clients.google_refusals import GoogleTrouble
from contractor_ops.clients.google_sheets import GoogleSheets
from tests.providers.google_book import EMAIL, Broken, Formula, Spill, Tab
from tests.providers.google_sheets import (
    HTML_502,
    KEY,
    Answer,
    GoogleServer,
    drive_error,
    error,
    not_enabled,
    own_certificate,
    pem,
    rsa_key,
    too_many,
)

Connect = Callable[..., GoogleSheets]
BUSY = error(503, "UNAVAILABLE", "The service is currently unavailable.")


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as one:
        one.keep("Northside books", Tab("Jobs", [["Job #", "Done"], ["J-1", date(2026, 11, 20)]]))
        yield one
        assert one.invalid == []


@pytest.fixture
def waits() -> list[float]:
    """How long was waited, in place of waiting."""
    return []


@pytest.fixture
def connect(server: GoogleServer, waits: list[float]) -> Connect:
    def client(timeout: float = 5.0, base: str = "", writes: bool = False, **changed: Any) -> GoogleSheets:
        account = account_of(json.dumps(server.account(**changed)))
        return GoogleSheets(account, base or server.base, timeout, writes=writes, wait=waits.append)

    return client


def trouble(ask: Callable[[], object]) -> GoogleTrouble:
    with pytest.raises(GoogleTrouble) as raised:
        ask()
    return raised.value


# ── what is asked ──


def test_one_log_in_serves_all_requests(server: GoogleServer, connect: Connect) -> None:
    client = connect()
    assert client.about(KEY).title == "Northside books"
    assert client.values(KEY, ["Jobs"], "SERIAL_NUMBER") == [[["Job #", "Done"], ["J-1", 46346]]]
    assert client.values(KEY, ["Jobs"], "FORMATTED_STRING") == [[["Job #", "Done"], ["J-1", "11/20/2026"]]]
    assert client.changed_at(KEY) == datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    assert (server.logins, len(server.requests)) == (1, 4)


def test_a_reader_asks_for_nothing_but_reading(server: GoogleServer, connect: Connect) -> None:
    server.spreadsheets[KEY].shared[EMAIL] = "writer"
    refused = trouble(lambda: connect().write(KEY, {"'Jobs'!A2": "J-2"}))
    assert "insufficient authentication scopes" in refused.reason and not refused.taken
    assert server.cell("Jobs", "A2") == "J-1"


@pytest.mark.parametrize("title", ["It's", "A1", "Jobs 2026!", "Ünïcode ✓", "a'b''c"])
def test_every_title_can_be_asked_for(title: str, server: GoogleServer, connect: Connect) -> None:
    server.keep("Others", Tab(title, [["found"]]), Tab("Z", [["not this one"]]), key="other")
    assert connect().values("other", [title], "SERIAL_NUMBER") == [[["found"]]]


def test_more_titles_than_an_address_holds_are_asked_for_in_portions(server: GoogleServer, connect: Connect) -> None:
    titles = [f"The jobs of the crew number {number:03} in the year 2026" for number in range(150)]
    server.keep("Many", *(Tab(title, [[title]]) for title in titles), key="many")
    assert connect().values("many", titles, "SERIAL_NUMBER") == [[[title]] for title in titles]
    assert 1 < len(server.asked("values:batchGet")) < 10


def test_the_list_of_what_is_shared_is_followed_to_its_end(server: GoogleServer, connect: Connect) -> None:
    for number in range(7):
        server.keep(f"Sheet {number}", Tab("A"), key=f"key-{number}")
    server.keep("Somebody else's", Tab("A"), key="x", shared={"other@example.com": "reader"})
    server.keep("Thrown away", Tab("A"), key="y", trashed=True)
    server.page = 3
    assert [title for _, title in connect().shared()] == ["Northside books", *(f"Sheet {number}" for number in range(7))]
    assert len(server.requests) == 3


def test_a_token_that_was_forgotten_is_asked_for_again(server: GoogleServer, connect: Connect) -> None:
    client = connect()
    client.about(KEY)
    server.forget_tokens()
    assert client.about(KEY).title == "Northside books"
    assert server.logins == 2


# ── what is asked again, and for how long ──


@pytest.mark.parametrize(
    "fault",
    [too_many(), BUSY, error(500, "INTERNAL", "Internal error encountered."), Answer(502, HTML_502), error(504, "DEADLINE_EXCEEDED", "…"),
     drive_error(403, "userRateLimitExceeded", "User Rate Limit Exceeded"), "drop", "reset", "half"],
    ids=["429", "503", "500", "502 in HTML", "504", "403 that means 429", "cut off", "reset", "half an answer"],
)  # fmt: skip
def test_what_may_pass_is_asked_again(fault: Any, server: GoogleServer, connect: Connect, waits: list[float]) -> None:
    for _ in range(3):
        server.next(fault)
    assert connect().about(KEY).title == "Northside books"
    assert waits == [1, 2, 4]


def test_a_token_is_asked_for_again_with_the_same_patience(server: GoogleServer, connect: Connect, waits: list[float]) -> None:
    for what in (error(503, "UNAVAILABLE", "…"), "drop", Answer(429, b"", {"Retry-After": "7"})):
        server.next(what, to="/token")
    assert connect().about(KEY).title == "Northside books"
    assert waits == [1, 2, 7]


def test_patience_ends_after_a_minute_in_all(server: GoogleServer, connect: Connect, waits: list[float]) -> None:
    for _ in range(20):
        server.next(too_many())
    client = connect()
    told = trouble(lambda: client.about(KEY))
    assert told.reason == "Google wants to be asked less often (it allows 60 readings a minute)"
    assert waits == [1, 2, 4, 8, 16, 29] and sum(waits) == MINUTE
    asked = len(server.requests)
    trouble(lambda: client.about("another"))
    assert len(server.requests) == asked + 1, "one table has used it up, the next is asked for once"


def test_it_is_not_asked_before_the_time_that_it_names(server: GoogleServer, connect: Connect, waits: list[float]) -> None:
    server.next(too_many(**{"Retry-After": "11"}))
    connect().about(KEY)
    assert waits == [11]


def test_a_time_beyond_patience_is_not_waited_for(server: GoogleServer, connect: Connect, waits: list[float]) -> None:
    server.next(too_many(**{"Retry-After": "3600"}))
    trouble(lambda: connect().about(KEY))
    assert waits == [] and len(server.requests) == 1


def test_a_server_that_says_nothing_uses_patience_up(server: GoogleServer, connect: Connect, waits: list[float]) -> None:
    server.next("hang")
    client = connect(timeout=1)
    client.patience.left = 0.1
    assert trouble(lambda: client.about(KEY)).reason == "Google did not answer within 1 s"
    assert len(server.requests) == 1 and waits == []


def test_the_quota_is_kept_within_by_waiting(server: GoogleServer, waits: list[float]) -> None:
    now = 1_000_000.0
    server.now = lambda: now + sum(waits)
    account = account_of(json.dumps(server.account()))
    server.ahead = datetime.now(UTC).timestamp() - now  # the token's own clock
    client = GoogleSheets(account, server.base, 5, wait=waits.append)
    for _ in range(61):
        client.about(KEY)
    assert 0 < sum(waits) <= MINUTE


def test_a_page_that_is_no_answer_is_told_and_not_asked_again(server: GoogleServer, connect: Connect, waits: list[float]) -> None:
    server.next("garbage")
    assert trouble(lambda: connect().about(KEY)).reason == "Google gave an answer that means nothing"
    assert waits == []


@pytest.mark.parametrize("answer", [[], {}, {"sheets": None}, {"properties": {"title": "x"}, "sheets": [{}]}, 7])
def test_an_answer_of_another_shape_is_told(answer: Any, server: GoogleServer, connect: Connect) -> None:
    server.next(Answer(200, answer))
    assert trouble(lambda: connect().about(KEY)).reason == "Google gave an answer that means nothing"


@pytest.mark.parametrize(
    "answer", [{}, {"valueRanges": []}, {"valueRanges": [{"values": ["text"]}]}, {"valueRanges": [{"values": [[1]]}] * 2}]
)
def test_values_of_another_shape_are_told(answer: Any, server: GoogleServer, connect: Connect) -> None:
    server.next(Answer(200, answer))
    assert trouble(lambda: connect().values(KEY, ["Jobs"], "SERIAL_NUMBER")).reason == "Google gave an answer that means nothing"


def test_each_cell_is_told_with_what_was_entered_and_what_it_shows(server: GoogleServer, connect: Connect) -> None:
    rows = [["Job #", Spill("=SEQUENCE(2)", [[1], [2]])], ["J-1"], [Formula("=1/2", 0.5), Broken(), True, date(2026, 11, 20)]]
    server.keep("Others", Tab("It's", rows, merges=["A3:B4"]), Tab("Z", [["z"]]), key="other")
    found = connect().cells("other", ["Z", "It's"])
    assert found["Z"].rows == [[GridCell("z", False, "z")]]
    cells = found["It's"]
    assert [cells.at(row, 1) for row in range(3)] == [
        GridCell("=SEQUENCE(2)", True, 1), GridCell(None, False, 2), GridCell("=Lost!A1", True, "#REF"),
    ]  # fmt: skip
    assert [cells.at(row, 1).filled for row in range(3)] == [False, True, False]
    assert [cells.at(2, column) for column in (0, 2, 3)] == [
        GridCell("=1/2", True, 0.5),
        GridCell(True, False, True),
        GridCell(46346, False, 46346),
    ]
    assert cells.at(9, 9) == BLANK and [cells.merged(3, column) for column in range(3)] == [True, True, False]


def test_cells_of_a_sheet_that_is_gone_are_told(connect: Connect) -> None:
    assert "renamed or removed" in trouble(lambda: connect().cells(KEY, ["Gone"])).reason


@pytest.mark.parametrize(
    "answer",
    [{}, {"sheets": []}, {"sheets": [{"properties": {}}]}, {"sheets": [{"properties": {"title": "Jobs"}, "data": [{"rowData": [7]}]}]}],
)
def test_cells_of_another_shape_are_told(answer: Any, server: GoogleServer, connect: Connect) -> None:
    server.next(Answer(200, answer))
    assert trouble(lambda: connect().cells(KEY, ["Jobs"])).reason == "Google gave an answer that means nothing"


def test_a_redirect_is_not_followed_with_the_token(server: GoogleServer, connect: Connect) -> None:
    server.next(Answer(302, b"", {"Location": f"{server.base}/elsewhere"}))
    assert "HTTP 302" in trouble(lambda: connect().about(KEY)).reason
    assert len(server.requests) == 1


def test_where_nobody_is_there_at_all_it_is_told_soon(server: GoogleServer, connect: Connect, waits: list[float]) -> None:
    client = connect(base="http://127.0.0.1:9")
    assert trouble(lambda: client.about(KEY)).reason == "Google cannot be reached: connection refused"
    assert waits == [1, 2, 4]


def test_a_host_without_an_address_is_told(server: GoogleServer, connect: Connect) -> None:
    client = connect(base="https://sheets.google.invalid")
    assert trouble(lambda: client.about(KEY)).reason == "Google cannot be found: is there an internet connection?"


def test_a_log_in_that_is_not_answered_is_told(server: GoogleServer, connect: Connect, waits: list[float]) -> None:
    server.next("hang", to="/token")
    client = connect(timeout=1)
    client.patience.left = 0.1
    assert trouble(lambda: client.about(KEY)).reason == "Google did not answer within 1 s"
    assert server.requests == [] and waits == []


def test_a_certificate_that_nobody_vouches_for_is_told_at_once(tmp_path: Path, connect: Connect, waits: list[float]) -> None:
    with GoogleServer(own_certificate(tmp_path)) as strange:
        assert trouble(lambda: connect(base=strange.base).about(KEY)).reason == "Google shows a certificate that cannot be trusted"
        assert strange.requests == [] and waits == []


@pytest.fixture
def encrypted(tmp_path: Path, connect: Connect) -> Iterator[tuple[GoogleServer, GoogleSheets]]:
    """A server whose certificate is trusted, and a client that is logged in there."""
    with GoogleServer(own_certificate(tmp_path)) as server:
        server.keep("Northside books", Tab("Jobs", [["Job #"], ["J-1"]]), shared={EMAIL: "writer"})
        client = connect(base=server.base, writes=True, token_uri=f"{server.base}/token")
        session = client._http.session
        session.verify = session._auth_request._ask.session.verify = str(tmp_path / "server.pem")
        client.about(KEY)
        yield server, client


@pytest.mark.parametrize("fault", ["drop", "reset", "garbled"])
def test_a_broken_line_is_no_wrong_certificate_and_a_reading_is_tried_again(
    fault: Any, encrypted: tuple[GoogleServer, GoogleSheets], waits: list[float]
) -> None:
    server, client = encrypted
    server.next(fault)
    server.next(fault)
    assert client.about(KEY).title == "Northside books" and waits == [1, 2]


@pytest.mark.parametrize("when", ["read", "done"])
@pytest.mark.parametrize("fault", ["drop", "reset", "garbled"])
def test_a_writing_on_a_broken_line_may_have_been_done(fault: Any, when: Any, encrypted: tuple[GoogleServer, GoogleSheets]) -> None:
    server, client = encrypted
    server.next(fault, when, to="batchUpdate")
    told = trouble(lambda: client.write(KEY, {"'Jobs'!A2": "J-2"}))
    assert told.taken and told.reason == "Google ended the connection"
    assert server.cell("Jobs", "A2") == ("J-2" if when == "done" else "J-1")


# ── what each refusal means ──


def test_a_sheet_that_is_not_shared_is_told_with_the_address_to_share_it_with(server: GoogleServer, connect: Connect) -> None:
    server.spreadsheets[KEY].shared = {}
    told = trouble(lambda: connect().about(KEY))
    assert told.reason == f"it is not shared with {EMAIL}"
    assert f"click Share and add {EMAIL} (Viewer is enough" in told.remedy


@pytest.mark.parametrize(
    ("answer", "reason", "remedy"),
    [
        (error(404, "NOT_FOUND", "Requested entity was not found."), f"knows no such spreadsheet, or it is not shared with {EMAIL}", "Copy its address"),
        (not_enabled(), "the Google Sheets API is not switched on", "project=123456789012 and wait a few minutes."),
        (not_enabled("drive.googleapis.com", "Google Drive API"), "the Google Drive API is not switched on", "max_age cannot be used"),
        (drive_error(403, "accessNotConfigured", "Access Not Configured. Drive API has not been used in project 1 before"),
         "the Google Drive API is not switched on", "console.cloud.google.com"),
        (error(400, "FAILED_PRECONDITION", "This operation is not supported for this document"), "no Google Sheet", "Save as Google Sheets"),
        (error(400, "INVALID_ARGUMENT", "Unable to parse range: 'Jobs'"), "renamed or removed", "Try again"),
        (error(400, "INVALID_ARGUMENT", "Invalid value at 'x'\n\x1b[31m" + "y" * 2000), "Google says: Invalid value at 'x' [31myyy", ""),
        (Answer(418, b""), "Google says: HTTP 418", ""),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_do(
    answer: Answer, reason: str, remedy: str, server: GoogleServer, connect: Connect, waits: list[float]
) -> None:
    server.next(answer)
    told = trouble(lambda: connect().about(KEY))
    assert reason in told.reason and remedy in told.remedy
    assert len(told.reason) < 450 and "\x1b" not in told.reason and waits == []


def test_a_refused_log_in_is_told(server: GoogleServer, connect: Connect) -> None:
    for _ in range(3):
        server.next(error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."))
    assert trouble(lambda: connect().about(KEY)).reason.startswith(f"Google does not accept the log-in of {EMAIL}")


# ── the log-in ──


@pytest.mark.parametrize(("ahead", "where"), [(7200, "120 minutes behind"), (-7200, "120 minutes ahead of")])
def test_a_clock_that_is_wrong_is_told_by_how_much(ahead: float, where: str, server: GoogleServer, connect: Connect) -> None:
    server.ahead = ahead
    told = trouble(lambda: connect().about(KEY))
    assert told.reason == f"this machine's clock is {where} Google's, which refuses the log-in"


def test_a_key_that_was_replaced_is_told(server: GoogleServer, connect: Connect) -> None:
    told = trouble(lambda: connect(private_key=pem(rsa_key("second"))).about(KEY))
    assert told.reason == f"Google does not know this key of {EMAIL}: it was deleted or replaced"


def test_an_account_that_was_deleted_is_told(server: GoogleServer, connect: Connect) -> None:
    server.known.clear()
    assert "it was deleted" in trouble(lambda: connect().about(KEY)).reason


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"error": "disabled_client", "error_description": "The OAuth client was disabled."}, "is disabled"),
        ({"error": "unauthorized_client", "error_description": "Client is unauthorized"}, "refuses the log-in"),
        ({"token": "none"}, "refuses the log-in"),
        (b"<html>", "refuses the log-in"),
    ],
)
def test_another_trouble_with_the_log_in_is_told(body: Any, told: str, server: GoogleServer, connect: Connect) -> None:
    server.next(Answer(400 if isinstance(body, bytes) or "error" in body else 200, body), to="/token")
    assert told in trouble(lambda: connect().about(KEY)).reason


def test_a_damaged_key_is_told_and_never_shown(server: GoogleServer, connect: Connect) -> None:
    hidden = "verysecret" * 2
    told = trouble(lambda: connect(private_key=f"-----BEGIN PRIVATE KEY-----\nMII{hidden}\n-----END PRIVATE KEY-----\n").about(KEY))
    assert told.reason == f"the key of {EMAIL} holds a private_key that is damaged"
    assert hidden not in "".join(traceback.format_exception(told))


def test_the_log_in_is_only_made_where_the_key_says(server: GoogleServer, connect: Connect) -> None:
    """google-auth would also ask iamcredentials.googleapis.com, by itself and in the background."""
    client = connect()
    client.about(KEY)
    from google.auth.exceptions import TransportError

    with pytest.raises(TransportError):
        client._http.session._auth_request(f"{server.base}/elsewhere", method="GET")
    assert len(server.requests) == 1


@pytest.mark.parametrize("base", ["http://relay.example.com", "http://10.0.0.1:80"])
def test_the_token_is_never_sent_unencrypted_to_another_machine(base: str, server: GoogleServer, connect: Connect) -> None:
    assert "unencrypted" in trouble(lambda: connect(base=base).about(KEY)).reason
    assert server.logins == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no JSON"),
        ("not json", "is no JSON"),
        ("[]", "is not a service account's key"),
        ('{"installed": {"client_id": "x"}}', "is an OAuth client"),
        ('{"type": "authorized_user"}', "is a person's log-in"),
        ('{"type": "service_account", "client_email": "a@b.example", "token_uri": "https://x"}', "lacks private_key"),
        (
            '{"type": "service_account", "client_email": "a@b.example", "private_key": "x", "token_uri": "http://x.example/token"}',
            "https://",
        ),
        ('{"type": "service_account", "client_email": "a@b.example", "private_key": "x", "token_uri": "nonsense"}', "https://"),
    ],
)
def test_what_is_no_key_is_told(text: str, reason: str) -> None:
    with pytest.raises(WrongKey) as raised:
        account_of(text)
    assert reason in raised.value.reason and raised.value.remedy


def test_an_account_does_not_show_its_key(server: GoogleServer) -> None:
    assert "PRIVATE" not in repr(account_of(json.dumps(server.account())))


# ── writing ──


@pytest.mark.parametrize("fault", ["drop", "hang", BUSY])
def test_without_a_log_in_nothing_can_have_been_written(fault: Any, server: GoogleServer, connect: Connect) -> None:
    server.spreadsheets[KEY].shared[EMAIL] = "writer"
    server.next(fault, to="/token")
    trouble(lambda: connect(timeout=1, writes=True).write(KEY, {"'Jobs'!A2": "J-2"}))
    assert server.asked("batchUpdate") == [] and server.cell("Jobs", "A2") == "J-1"


def test_cells_are_written_exactly_as_they_are(server: GoogleServer, connect: Connect) -> None:
    server.spreadsheets[KEY].shared[EMAIL] = "writer"
    connect(writes=True).write(KEY, {"'Jobs'!A2": "00123", "'Jobs'!C3": "=1+1", "'Jobs'!B2": 46347})
    assert (server.cell("Jobs", "A2"), server.cell("Jobs", "C3"), server.cell("Jobs", "B2")) == ("00123", "=1+1", date(2026, 11, 21))
    cells = connect(writes=True).cells(KEY, ["Jobs"])["Jobs"]
    assert [[cell.entered for cell in row] for row in cells.rows] == [["Job #", "Done"], ["00123", 46347], [None, None, "=1+1"]]
    assert not cells.at(2, 2).formula and cells.at(2, 2).shows == "=1+1"


@pytest.mark.parametrize("fault", ["hang", "drop", "reset", "half", "garbage", BUSY, Answer(502, HTML_502)])
@pytest.mark.parametrize("when", ["read", "done"])
def test_a_writing_is_never_repeated(fault: Any, when: Any, server: GoogleServer, connect: Connect, waits: list[float]) -> None:
    server.spreadsheets[KEY].shared[EMAIL] = "writer"
    client = connect(timeout=1, writes=True)
    client.about(KEY)
    server.next(fault, when, to="batchUpdate")
    assert trouble(lambda: client.write(KEY, {"'Jobs'!A2": "J-2"})).taken
    assert len(server.asked("batchUpdate")) == 1 and waits == []
    assert server.cell("Jobs", "A2") == ("J-2" if when == "done" else "J-1")


@pytest.mark.parametrize(
    "fault", [too_many(), error(403, "PERMISSION_DENIED", "The caller does not have permission"), error(404, "NOT_FOUND", "…")]
)
def test_a_refused_writing_was_surely_not_done(fault: Answer, server: GoogleServer, connect: Connect) -> None:
    client = connect(writes=True)
    server.next(fault, to="batchUpdate")
    assert not trouble(lambda: client.write(KEY, {"'Jobs'!A2": "J-2"})).taken
