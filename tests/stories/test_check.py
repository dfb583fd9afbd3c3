"""`check` as somebody types it: what it prints last, in which formats, what it asks of whom, and what it ends with."""

import json
from pathlib import Path

from tests.offices import CONFIG, ESTIMATES, follow_up
from tests.providers.sendgrid_server import SendGridServer
from tests.stories.inside import Office
from tests.stories.texting import NOW, texting

ROW = ("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", "")
FROM = '\n[email]\nprovider = "outbox"\nfrom = "Northside <office@northside.example>"\n'
WHOLE = follow_up().replace(
    "[why]", '[why]\npain = "Estimates are forgotten"\nhow_often = "daily"\nneeds = "estimates"\nowner_sees = "the queue"'
)


def well(folder: Path) -> Office:
    """An office in which nothing is wrong but that answers are not read."""
    office = Office(folder, CONFIG + FROM)
    office.sheet("estimates", ESTIMATES, [ROW], 'max_age = "3 days"').recipe("mine", WHOLE)
    return office


def test_the_last_line_counts_and_says_what_to_type_next(tmp_path: Path) -> None:
    office = well(tmp_path)
    ran = office.do("check", now=NOW)
    assert ran.code == 0, ran.out
    assert sum(line.startswith("warning") for line in ran.out.splitlines()) == 1
    assert ran.out.rstrip().splitlines()[-1] == "0 errors, 1 warning. Next: contractor-ops run estimate-follow-up"
    office.recipe("broken", "title = [")
    ran = office.do("check", now=NOW)
    assert ran.code == 3
    assert ran.out.rstrip().splitlines()[-1].startswith("1 error, ")
    assert ran.out.rstrip().endswith("Mend what begins with error, then type contractor-ops check again.")


def test_scripts_get_a_list_of_findings(tmp_path: Path) -> None:
    office = well(tmp_path)
    found = office.do("check", "--format", "json", now=NOW).json
    assert {tuple(one) for one in found} == {("level", "about", "message", "remedy")}
    lines = office.do("check", "--format", "jsonl", now=NOW).out.splitlines()
    assert [json.loads(line) for line in lines] == found
    assert office.do("check", "--format", "csv", now=NOW).out.startswith("level,about,message,remedy")


def test_offline_no_provider_is_asked_and_config_is_looked_at_all_the_same(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        ran = office.do("check", "--offline")
        assert office.server.requests == []
        assert "leaves through twilio; not asked with --offline" in ran.out
        office.configure('\n[email]\nprovider = "sendgird"\n')
        assert office.do("check", "--offline").code == 3


def test_offline_a_table_that_is_asked_for_elsewhere_is_not(tmp_path: Path) -> None:
    with texting(tmp_path, more='[tables.calls]\nsource = "twilio-calls"\n') as office:
        ran = office.do("check", "--offline")
        assert ran.code == 0, ran.out
        assert "table calls: its call log is not asked for with --offline" in ran.out
        assert "recipe missed-call-text-back: mode approve; not tried on its rows: calls is not asked for with --offline" in ran.out
        assert office.server.requests == []


def test_a_provider_that_cannot_be_reached_is_an_error_without_a_traceback(tmp_path: Path) -> None:
    with SendGridServer() as server:
        gone = server.base
    office = Office(
        tmp_path, f'{CONFIG}\n[email]\nprovider = "sendgrid"\nfrom = "o@northside.example"\napi_base = "{gone}"\ntimeout = "1 s"\n'
    )
    ran = office.do("check", now=NOW, env={"SENDGRID_API_KEY": "SG.x"})
    assert ran.code == 3 and "Traceback" not in ran.out + ran.err
    assert "error    email: sendgrid cannot be used: SendGrid (127.0.0.1" in ran.out


def test_check_writes_nothing_but_the_ledgers_own_files(tmp_path: Path) -> None:
    office = well(tmp_path)
    before = {file.name: file.read_bytes() for file in office.folder.rglob("*") if file.is_file()}
    office.do("check", now=NOW)
    after = {file.name: file.read_bytes() for file in office.folder.rglob("*") if file.is_file() and not file.name.startswith("ledger.db")}
    assert after == before
