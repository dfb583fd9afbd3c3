"""`report` never begins with "Nothing needs a person" while something is known not to work."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from contractor_ops.ports import RunEnd
from tests.offices import ESTIMATES, follow_up
from tests.stories.inside import Office

NOTHING = "Nothing needs a person."
IMAP = """
[inbox.imap]
host = "127.0.0.1"
port = 1
user = "office@northside.example"
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office")
    made.sheet(
        "estimates", ESTIMATES, [["E-1", "Ann Li", "ann@li.example", "(312) 555-0142", "Furnace", "Sent", "11/10/2026", "900", "on hold"]]
    )
    return made.recipe("chase", follow_up(top='runs = "weekdays 09:05"').replace("Estimate follow-up", "Chase"))


def begun(office: Office, now: str = "2026-11-20T09:05") -> Office:
    office.sheet("estimates", ESTIMATES, [])
    assert office.do("run", "chase", "--send", now=now).code == 0
    return office


def lines(office: Office, now: str) -> list[str]:
    ran = office.do("report", now=now)
    assert ran.code == 0, ran.err
    return ran.out.splitlines()


def test_where_nothing_has_run_it_says_so_and_what_to_type(office: Office) -> None:
    told = lines(office, "2026-11-20T10:00")
    assert told[1] == "No recipe has run yet."
    assert told[3:6] == [
        "TROUBLE: this is not working",
        "! Recipes: none has run yet, so nothing is known of what needs a person.",
        "  > To see what would leave: contractor-ops run chase",
    ]


def test_where_all_is_well_it_says_that_nothing_needs_a_person(office: Office) -> None:
    assert lines(begun(office), "2026-11-20T10:00")[1] == NOTHING


def test_a_look_into_the_inbox_that_failed_stands_at_the_top(office: Office) -> None:
    begun(office).configure(IMAP)
    assert office.do("inbox", now="2026-11-20T09:50", env={"IMAP_PASSWORD": "x"}).code == 5
    told = lines(office, "2026-11-20T10:00")
    assert told[1] == "Not working: Inbox."
    assert told[4].startswith("! Inbox: the last look, on Fri, Nov 20, 9:50 am, went wrong: ")
    assert told[4].endswith("Answers and opt-outs may wait unread.")
    assert told[5] == "  > contractor-ops check tells what to mend. Then look again: contractor-ops inbox"
    assert NOTHING not in "\n".join(told)
    page = office.folder / "report.html"
    office.do("report", "--html", str(page), now="2026-11-20T10:00")
    assert "Not working: Inbox" in page.read_text(encoding="utf-8")
    assert office.do("report", "--format", "json", now="2026-11-20T10:00").json["troubles"][0]["about"] == "Inbox"


def test_a_run_that_could_not_read_its_sheet_stands_at_the_top(office: Office) -> None:
    begun(office)
    (office.folder / "estimates.csv").unlink()
    assert office.do("run", "chase", "--send", now="2026-11-20T09:06").code == 3
    told = lines(office, "2026-11-20T10:00")
    assert told[1] == "Not working: Chase."
    assert "estimates.csv" in told[4] and "The one on Fri, Nov 20, 9:05 am went well." in told[4]
    assert told[5] == "  > See what it is: contractor-ops run chase"


def test_a_run_that_did_not_happen_stands_at_the_top(office: Office) -> None:
    told = lines(begun(office), "2026-11-23T12:00")
    assert told[1] == "Not working: Chase."
    assert told[4:6] == [
        "! Chase: it has not run since Fri, Nov 20, and should have on Mon, Nov 23, 9:08 am.",
        "  > Is its schedule installed? See it: contractor-ops cron",
    ]


def test_where_watch_kept_the_schedule_it_is_to_be_started_again(office: Office) -> None:
    begun(office)
    (office.folder / "ledger.watch.json").write_text('{"chase": "2026-11-20T15:05:00+00:00"}', encoding="utf-8")
    assert lines(office, "2026-11-23T12:00")[5] == "  > Start it again, and leave it running: contractor-ops watch"


def test_a_recipe_that_cannot_be_read_any_more_stands_at_the_top(office: Office) -> None:
    begun(office).recipe("chase", "reads = [")
    assert lines(office, "2026-11-20T10:00")[1].startswith("No recipe has run yet; not working: Recipe chase")


def test_settings_that_stop_every_run_before_it_begins_stand_at_the_top(office: Office) -> None:
    begun(office).configure('[inbox]\nevery = "now and then"\n')
    told = lines(office, "2026-11-20T10:00")
    assert told[1] == "Not working: Inbox."
    assert "now and then" in told[4]


def test_a_hundred_looks_into_the_inbox_hide_no_run(office: Office) -> None:
    begun(office)
    opened = open_office(office.folder)
    start = datetime(2026, 11, 20, 9, 10, tzinfo=opened.zone)
    for minute in range(120):
        now = start + timedelta(minutes=minute)
        opened.ledger.close_run(opened.ledger.open_run("inbox", now, True, "auto", "here"), now, RunEnd(0, {}))
    opened.close()
    told = lines(office, "2026-11-20T11:10")
    assert told[1] == NOTHING
    assert "- Chase: last run with --send on Fri, Nov 20, 9:05 am." in told


def test_the_digest_does_not_say_that_all_is_clear(office: Office) -> None:
    begun(office).configure(IMAP)
    office.do("inbox", now="2026-11-20T09:50", env={"IMAP_PASSWORD": "x"})
    page = office.folder / "digest.html"
    ran = office.do("digest", "--html", str(page), "--format", "json", now="2026-11-20T10:00")
    assert ran.code == 0, ran.err
    assert "All clear" not in page.read_text(encoding="utf-8")
    assert (
        office.do("digest", "--format", "json", now="2026-11-20T10:00").json["subject"] == "! Northside Heating & Air: not everything works"
    )


def test_a_look_that_is_under_way_does_not_count_as_one_that_never_finished(office: Office) -> None:
    begun(office)
    opened = open_office(office.folder)
    opened.ledger.open_run("inbox", datetime(2026, 11, 20, 10, 0, tzinfo=opened.zone), True, "auto", "here")
    opened.close()
    assert lines(office, "2026-11-20T10:00")[1] == NOTHING
    assert lines(office, "2026-11-20T10:20")[1] == "Not working: Inbox."
    assert office.do("digest", "--format", "json", now="2026-11-20T10:00").json["trouble"] == []
    assert office.do("digest", "--format", "json", now="2026-11-20T10:20").json["trouble"] == [
        "The last look into the inbox never finished."
    ]
