"""An office whose tables are Google Sheets, as its manager meets it: the program, and Google on this machine."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.offices import CONFIG, INVOICES, Ran, follow_up, of
from tests.offices import Office as Started
from tests.providers.google_book import EMAIL, Broken, Spill, Spreadsheet, Tab, rows_of
from tests.providers.google_sheets import KEY, GoogleServer
from tests.stories.inside import Office
from tests.stories.mail_server import Letters, config, mail_server

NOW = "2026-11-23T10:00"
ADDRESS = f"https://docs.google.com/spreadsheets/d/{KEY}/edit#gid=0"
ESTIMATES = ("Estimate #", "Customer", "Email", "Phone", "Job title", "Status", "Emailed", "Total", "Notes")
ROWS = [
    ["00123", "Ann Li", "ann@li.example", 3125550142, "Furnace", "Sent", date(2026, 11, 20), 4850, ""],
    ["00124", "Bob Roe", "bob@roe.example", "(312) 555-0143", "Boiler", "Accepted", date(2026, 11, 2), 7300.5, "won"],
    ["00125", "Cy Dee", "cy@dee.example", "(312) 555-0144", "Ducts", "Sent", date(2026, 11, 21), Broken(), ""],
]


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as one:
        yield one
        assert one.invalid == []


@pytest.fixture
def book(server: GoogleServer) -> Spreadsheet:
    owed = [["1001", "Ann Li", "", "", "Sent", date(2026, 10, 1), date(2026, 10, 15), 250, 250, ""]]
    return server.keep("Northside books", Tab("Estimates", rows_of(ESTIMATES, *ROWS)), Tab("Invoices", rows_of(INVOICES, *owed)))


@pytest.fixture
def office(tmp_path: Path, server: GoogleServer, book: Spreadsheet) -> Office:
    made = Office(tmp_path / "office")
    made.configure(f'[google]\napi_base = "{server.base}"\n')
    made.configure(f'[tables.estimates]\ngoogle_sheet = "{ADDRESS}"\n[tables.invoices]\ngoogle_sheet = "{ADDRESS}"\nsheet = "Invoices"\n')
    key(made, server)
    made.recipe("estimate-follow-up", follow_up())
    return made


def key(office: Started, server: GoogleServer, **changed: Any) -> Path:
    """The key file where the office's .env says that it is."""
    file = office.folder.parent / "google-key.json"
    file.write_text(json.dumps(server.account(**changed)), encoding="utf-8")
    file.chmod(0o600)
    env = office.folder / ".env"
    env.write_text(f"GOOGLE_SERVICE_ACCOUNT_FILE={file}\n", encoding="utf-8")
    env.chmod(0o600)
    return file


def refused(ran: Ran) -> str:
    assert ran.code == 3 and "Traceback" not in ran.err and "PRIVATE" not in ran.err + ran.out
    return ran.err


def test_read_shows_the_sheet_as_it_stands(office: Office, server: GoogleServer) -> None:
    ran = office.do("read", "estimates", "--format", "json", now=NOW)
    told = ran.json
    assert [(one["number"], one["sent_on"], one["total"]) for one in told["records"]] == [
        ("00123", "2026-11-20", 4850), ("00124", "2026-11-02", 7300.5), ("00125", "2026-11-21", None),
    ]  # fmt: skip
    [problem] = told["problems"]
    assert (problem["file"], problem["sheet"], problem["row"], problem["value"]) == ("Northside books", "Estimates", 4, "#REF!")
    assert len(server.requests) == 3 and server.logins == 1


def test_run_writes_to_customers_once(office: Office, server: GoogleServer) -> None:
    first = office.run("estimate-follow-up", NOW, "--send")
    ann = of(first, "00123")
    assert (ann["decision"], ann["channel"], ann["to"]) == ("act", "sms", "+13125550142")
    assert of(first, "00124")["decision"] == "ended"
    sent = len(office.outbox())
    office.run("estimate-follow-up", NOW, "--send")
    assert len(office.outbox()) == sent > 0


def test_check_reads_every_table_of_one_spreadsheet_with_three_requests(office: Office, server: GoogleServer) -> None:
    ran = office.do("check", now=NOW)
    assert "Northside books: 3 records" in ran.out and "max_age" not in ran.out
    assert len(server.requests) == 3


def test_who_and_digest_say_whose_figures_they_are(office: Office) -> None:
    who = office.do("who", "ann", now=NOW)
    assert who.code == 0 and "250" in who.out
    digest = office.do("digest", "--format", "json", now=NOW).json
    assert {(one["table"], one["file"]) for one in digest["sources"]} >= {("estimates", "Northside books"), ("invoices", "Northside books")}
    assert digest["at_stake"] == 250


def test_a_sheet_that_is_not_shared_is_told_everywhere(office: Office, book: Spreadsheet, server: GoogleServer) -> None:
    book.shared.clear()
    told = refused(office.do("read", "invoices", now=NOW))
    assert f"The Google Sheet of invoices cannot be read: it is not shared with {EMAIL}." in told
    assert f"click Share and add {EMAIL}" in told
    assert f"it is not shared with {EMAIL}" in office.do("check", now=NOW).out.replace("\n", " ").replace("  ", " ")
    server.requests.clear()
    digest = office.do("digest", "--format", "json", now=NOW).json
    [trouble] = {one["trouble"] for one in digest["sources"] if one["table"] == "invoices"}
    assert trouble.startswith("The Google Sheet of invoices cannot be read")
    assert len(server.requests) == 1, "what failed once is not asked for again"
    assert refused(office.do("run", "estimate-follow-up", "--send", now=NOW)) and office.outbox() == []


def test_max_age_counts_from_the_last_change(office: Office, book: Spreadsheet) -> None:
    config = office.folder / "config.toml"
    config.write_text(
        config.read_text(encoding="utf-8").replace('sheet = "Invoices"', 'sheet = "Invoices"\nmax_age = "3 days"'), encoding="utf-8"
    )
    recipe = (Path(__file__).parents[2] / "recipes" / "invoice-reminders.toml").read_text(encoding="utf-8")
    office.recipe("invoice-reminders", recipe)
    book.modified = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert "stale-source" not in office.do("run", "invoice-reminders", now=NOW).out
    book.modified = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    ran = office.do("run", "invoice-reminders", now=NOW)
    assert ran.code == 4 and "Northside books is from" in ran.out + ran.err


def test_another_time_zone_is_told(office: Office, book: Spreadsheet) -> None:
    book.zone = "America/Los_Angeles"
    book.tabs[0].rows[1][6] = datetime(2026, 11, 20, 14, 5)
    assert "time zone is America/Los_Angeles, the office's America/Chicago" in " ".join(office.do("read", "estimates", now=NOW).out.split())


# ── the key ──


def test_the_key_may_stand_in_the_environment(office: Office, server: GoogleServer) -> None:
    (office.folder / ".env").unlink()
    ran = office.do("read", "estimates", now=NOW, env={"GOOGLE_SERVICE_ACCOUNT": json.dumps(server.account())})
    assert ran.code == 0, ran.err


def test_the_key_file_may_be_named_in_the_config(office: Office, server: GoogleServer) -> None:
    (office.folder / ".env").unlink()
    config = office.folder / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("[google]", '[google]\nkey_file = "../google-key.json"'), encoding="utf-8")
    assert office.do("read", "estimates", now=NOW).code == 0


def test_without_a_key_the_guide_is_named(office: Office) -> None:
    (office.folder / ".env").unlink()
    told = refused(office.do("read", "estimates", now=NOW))
    assert "its key is not set" in told and "docs/google-sheets.md" in told


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: file.unlink(), "is not there"),
        (lambda file: file.chmod(0o644), "can be read by others, so it is not used."),
        (lambda file: file.write_bytes(b"\xff\xfe{}"), "is not UTF-8"),
        (lambda file: file.write_text("{"), "is no JSON"),
        (lambda file: file.write_text('{"installed": {}}'), "is an OAuth client, not a service account's key"),
    ],
    ids=["missing", "others may read it", "another encoding", "no JSON", "another kind of key"],
)
def test_a_key_file_that_cannot_be_used_is_told(spoil: Any, said: str, office: Office, server: GoogleServer) -> None:
    spoil(key(office, server))
    assert said in refused(office.do("read", "estimates", now=NOW))
    assert server.logins == 0


def test_a_clock_that_is_wrong_is_told(office: Office, server: GoogleServer) -> None:
    server.ahead = 7200
    assert "this machine's clock is 120 minutes behind Google's" in refused(office.do("read", "estimates", now=NOW))


# ── what config.toml says ──


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            'google_sheet = "https://docs.google.com/document/d/x/edit"',
            "tables.jobs.google_sheet: this is not the address of a Google Sheet.",
        ),
        ('google_sheet = "Jobs"\nfile = "jobs.csv"', "say where its rows are, in one key"),
        ('google_sheet = "Jobs"\nsheet = "A"\nsheets = ["B"]', "use sheet or sheets, not both"),
    ],
)
def test_what_leads_nowhere_is_told_with_its_key(lines: str, said: str, office: Office) -> None:
    office.configure(f"[tables.jobs]\n{lines}\n")
    assert said in refused(office.do("read", "jobs", now=NOW))


def test_it_is_the_same_when_started_from_a_schedule(office: Office, server: GoogleServer) -> None:
    """A process of its own, with nothing loaded and a bare environment."""
    started = Started.__new__(Started)
    started.folder = office.folder
    ran = started.do("run", "estimate-follow-up", "--send", now=NOW)
    assert ran.code in {0, 5}, ran.err
    assert len(server.requests) == 3 and office.outbox() != []


# ── writing back ──

WRITES = 'write_back = { last_contact = "Last contact", next_step = "Next step" }\n'


@pytest.fixture
def writing(office: Office, book: Spreadsheet) -> Office:
    """The office as it also writes what came of it into two columns of their own."""
    book.shared[EMAIL] = "writer"
    for row, more in zip(book.tabs[0].rows, [["Last contact", "Next step"], ["", ""], [date(2026, 11, 3), ""], ["", ""]], strict=True):
        row.extend(more)
    config = office.folder / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("[tables.invoices]", f"{WRITES}[tables.invoices]"), encoding="utf-8")
    return office


def test_what_came_of_a_run_stands_in_the_sheet(writing: Office, server: GoogleServer, book: Spreadsheet) -> None:
    writing.recipe("estimate-follow-up", follow_up().replace('["sms", "email"]', '["email"]'))
    with mail_server(Letters()) as port:
        writing.configure(config(port).removeprefix(CONFIG))
        told = writing.run("estimate-follow-up", NOW, "--send")["write_back"]
    assert [(one["file"], one["tables"]) for one in told] == [("Northside books", ["estimates"])] and told[0]["cells"] > 0
    assert str(server.cell("Estimates", "J2")) == "2026-11-23"
    assert server.cell("Estimates", "J3") == date(2026, 11, 3), "whoever was not written to is left alone"
    written = len(server.asked("batchUpdate"))
    again = writing.run("estimate-follow-up", NOW, "--send")
    assert all(one["cells"] == 0 for one in again.get("write_back", [])) and len(server.asked("batchUpdate")) == written == 1


def test_a_rehearsal_writes_nothing(writing: Office, server: GoogleServer) -> None:
    writing.run("estimate-follow-up", NOW)
    assert server.asked("batchUpdate") == [] and server.cell("Estimates", "J2") == ""


def test_an_account_that_may_only_look_sends_all_the_same_and_says_so(writing: Office, server: GoogleServer, book: Spreadsheet) -> None:
    book.shared[EMAIL] = "reader"
    ran = writing.run("estimate-follow-up", NOW, "--send")
    [told] = ran["write_back"]
    assert f"{EMAIL} may look at it, but not change it" in str(told) and writing.outbox() != []
    assert server.cell("Estimates", "J2") == ""


@pytest.mark.parametrize(("max_age", "told"), [("", "Read live: Northside books"), ('max_age = "3 days"', "Read live, last changed ")])
def test_who_says_that_it_is_read_live(office: Office, max_age: str, told: str) -> None:
    before = (office.folder / "config.toml").read_text(encoding="utf-8")
    (office.folder / "config.toml").write_text(
        before.replace(f'google_sheet = "{ADDRESS}"', f'google_sheet = "{ADDRESS}"\n{max_age}'), encoding="utf-8"
    )
    ran = office.do("who", "Ann Li", now=NOW)
    assert ran.code == 0, ran.err
    assert told in ran.out
    assert "aved" not in ran.out


def test_what_a_person_typed_while_messages_were_sent_stays_and_is_told(writing: Office, server: GoogleServer, book: Spreadsheet) -> None:
    def type_it(path: str) -> None:
        if len(server.asked("batchGet")) == 2:  # the run has read both tables
            book.tabs[0].rows[1][10] = "Won, says Dana"

    server.meanwhile = type_it
    told = writing.run("estimate-follow-up", NOW, "--send")["write_back"]
    assert 'Northside books, sheet Estimates, row 2, "Next step": somebody has changed it since it was read' in str(told)
    assert server.cell("Estimates", "K2") == "Won, says Dana" and server.cell("Estimates", "K4") != "", "the other row is written"


def test_a_table_that_a_query_fills_is_read_and_acted_on_and_not_written_into(
    writing: Office, server: GoogleServer, book: Spreadsheet
) -> None:
    rows = book.tabs[0].rows
    rows[1][0] = Spill('=QUERY(IMPORTRANGE("abc","Estimates!A2:I"),"select *",0)', [row[:9] for row in ROWS])
    for at, row in enumerate(rows[1:]):
        row[at == 0 : 9] = [""] * (9 - (at == 0))
    told = writing.run("estimate-follow-up", NOW, "--send")["write_back"]
    assert "Northside books, sheet Estimates: a formula in A2 fills B2" in str(told) and writing.outbox() != []
    assert server.asked("batchUpdate") == [] and [server.cell("Estimates", place) for place in ("J2", "K2")] == ["", ""]
