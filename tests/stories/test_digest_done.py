"""What the digest says was done: by recipes and by people, since the last digest, and releases that came to nothing."""

from pathlib import Path

import pytest

from tests.offices import INVOICES
from tests.stories.digests import CHASE, MONDAY, OWED, digest, row
from tests.stories.inside import Office
from tests.stories.mail_server import Letters, config, mail_server

APPROVE = CHASE.replace('mode = "auto"', 'mode = "approve"')
DANA = "Dana Reed's list"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Four reminders wait for a release since Friday."""
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, OWED).recipe("chase", APPROVE)
    office.do("run", "chase", "--send", now="2026-11-20T10:00")
    return office


def change(office: Office, number: str, **cells: str) -> None:
    """Change the cells of one invoice."""
    rows = [dict(zip(INVOICES, one, strict=True)) for one in OWED]
    for one in rows:
        one.update(cells if one["Invoice #"] == number else {})
    office.sheet("invoices", INVOICES, [list(one.values()) for one in rows])


def deeds(office: Office, now: str = MONDAY) -> dict[str | None, dict[str, list[str]]]:
    return {one["owner"]: one["deeds"] for one in digest(office, now=now)["settled"]}


# ── by hand ──


def test_what_people_settled_is_named(office: Office) -> None:
    at = "2026-11-22T15:00"
    office.do("review", "call", office.item("1003"), "--outcome", "promise", "--on", "2026-11-30", now=at)
    office.do("review", "call", office.item("1004"), "--outcome", "reached", "--done", now="2026-11-22T15:05")
    office.do("review", "dismiss", office.item("1005"), "--because", "paid in cash", now=at)
    assert deeds(office) == {
        "office": {
            "called": ["Bob Roe (promised to pay by Mon, Nov 30)", "Bob Roe (reached)"],
            "dismissed": ["Ann Li (invoice 1005)"],
        }
    }
    text = " ".join(office.do("digest", now=MONDAY).out.split())
    assert f"{DANA}: 3 dealt with by hand. Called Bob Roe (promised to pay by Mon, Nov 30) and Bob Roe (reached)" in text


def test_what_was_taken_back_or_put_off_is_not_settled(office: Office) -> None:
    first, second = office.item("1003"), office.item("1004")
    office.do("review", "approve", first, second, now="2026-11-22T15:00")
    office.do("review", "reopen", first, now="2026-11-22T15:01")
    office.do("review", "snooze", office.item("1005"), "--until", "2026-12-01", now="2026-11-22T15:01")
    assert deeds(office) == {"office": {"released": ["Bob Roe"]}}


# ── releases that came to nothing ──


def test_a_release_that_is_asked_for_again_is_trouble(office: Office) -> None:
    for number in ("1004", "1005"):
        office.do("review", "approve", office.item(number), now="2026-11-22T15:00")
    change(office, "1004", Balance="350.00")
    office.do("run", "chase", "--send", now="2026-11-23T06:50")
    found = digest(office)
    told = [one for one in found["trouble"] if "lapsed" in one]
    assert told == ["1 release lapsed before its message left and asks to be released again: Bob Roe. See contractor-ops review list"]
    assert found["subject"].startswith("! ")


def test_a_release_that_nobody_needs_any_more_is_no_trouble_and_no_secret(office: Office) -> None:
    office.do("review", "approve", office.item("1004"), now="2026-11-22T15:00")
    change(office, "1004", Status="Paid", Balance="0.00")
    office.do("run", "chase", "--send", now="2026-11-23T06:50")
    assert deeds(office) == {None: {"no longer due": ["Bob Roe (invoice 1004)"]}}
    assert digest(office)["trouble"] == []


def test_a_release_that_left_lapsed_nowhere(office: Office) -> None:
    office.do("review", "approve", office.item("1004"), now="2026-11-22T15:00")
    office.do("run", "chase", "--send", now="2026-11-23T10:00")
    found = digest(office, now="2026-11-23T11:00")
    assert found["trouble"] == [] and found["done"][0]["outbox_to"] == ["Bob Roe"]
    assert found["settled"][0]["deeds"] == {"released": ["Bob Roe"]}


# ── by recipes ──


def test_a_file_in_the_outbox_is_not_called_sent(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, OWED).recipe("chase", CHASE).do("run", "chase", "--send", now="2026-11-23T10:00")
    [done] = digest(office, now="2026-11-23T11:00")["done"]
    assert (done["sent"], done["outbox"], sorted(done["outbox_to"])) == (0, 4, ["Ann Li", "Bob Roe"])
    text = " ".join(office.do("digest", now="2026-11-23T11:00").out.split())
    assert "Chase: 4 written to outbox/ (to be sent by hand): Ann Li and Bob Roe" in text


def test_sent_messages_name_five_customers(tmp_path: Path) -> None:
    letters = Letters()
    with mail_server(letters) as port:
        office = Office(tmp_path, config(port))
        office.sheet("invoices", INVOICES, [row(f"20{at}", "2026-11-20", "10.00", f"Customer {at}") for at in range(10, 17)]).recipe(
            "chase", CHASE
        )
        assert office.do("run", "chase", "--send", now="2026-11-23T10:00").code == 0
    names = [mail["To"].partition(" <")[0] for _, mail in letters.taken]
    text = " ".join(office.do("digest", now="2026-11-23T11:00").out.split())
    assert f"Chase: 7 sent: {', '.join(names[:5])} and 2 more" in text


def test_a_message_of_which_nobody_knows_whether_it_left_is_trouble_and_not_called_sent(tmp_path: Path) -> None:
    letters = Letters()
    letters.wait = 3
    with mail_server(letters) as port:
        office = Office(tmp_path, config(port, timeout="1 s")).recipe("chase", CHASE)
        office.sheet("invoices", INVOICES, [row("1003", "2026-11-20", "10.00", "Bob Roe")])
        office.do("run", "chase", "--send", now="2026-11-23T10:00")
    assert office.states("1003")[-1] == "in_doubt"
    found = digest(office, now="2026-11-23T11:00")
    [done] = found["done"]
    assert (done["sent"], done["sent_to"], done["failed"], done["in_doubt"]) == (0, [], 0, 1)
    doubt = "1 message: nobody knows whether it left (Bob Roe). See which: contractor-ops report"
    assert doubt in found["trouble"] and found["subject"].startswith("! ")
    assert "Chase: 1 of which nobody knows whether it left" in " ".join(office.do("digest", now="2026-11-23T11:00").out.split())
    assert doubt in digest(office, now="2026-12-01T11:00")["trouble"]  # until somebody knows


# ── decisions ──


def test_what_was_decided_lately_is_told_however_long_it_has_waited(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, OWED).recipe("chase", APPROVE).do("run", "chase", "--send", now="2026-10-30T10:00")
    for number, on, why in (("1003", "2026-11-22T16:00", "pays in cash on Friday"), ("1005", "2026-10-31T10:00", "long ago")):
        office.do("review", "dismiss", office.item(number), "--because", why, now=on)
    whys = {line["record"]: line["why"] for one in digest(office)["needs"] for line in one["lines"]}
    assert whys["1003"].endswith("; dismissed: pays in cash on Friday") and "dismissed" not in whys["1005"]


# ── since when ──


def test_a_night_is_told_once(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sheet("invoices", INVOICES, OWED).recipe("chase", CHASE)
    office.do("digest", "--send", now="2026-11-23T07:00")
    office.do("run", "chase", "--send", now="2026-11-23T10:00")
    tuesday = digest(office, now="2026-11-24T07:00")
    assert (tuesday["since"], tuesday["done"][0]["outbox"]) == ("2026-11-23T07:00:00-06:00", 4)
    assert "DONE SINCE MON, NOV 23, 7:00 AM" in office.do("digest", now="2026-11-24T07:00").out
    office.do("digest", "--send", now="2026-11-24T07:00")
    assert digest(office, now="2026-11-24T16:00")["done"] == digest(office, now="2026-11-25T07:00")["done"] == []
    assert digest(office, "--weekly", now="2026-11-25T07:00")["done"][0]["outbox"] == 4  # no weekly one has left yet


def test_a_reader_whose_digest_did_not_leave_is_told_both_days(tmp_path: Path) -> None:
    letters = Letters()
    letters.answer_to = lambda to: "550 no" if to.startswith("dana") else "250 OK"
    with mail_server(letters) as port:
        office = Office(tmp_path, config(port)).configure('\n[digest]\nto = ["owner", "office"]\n')
        office.sheet("invoices", INVOICES, OWED).recipe("chase", CHASE)
        office.do("run", "chase", "--send", now="2026-11-23T10:00")
        assert office.do("digest", "--send", now="2026-11-23T17:00").code == 5
        letters.answer_to = lambda _: "250 OK"
        assert office.do("digest", "--send", now="2026-11-24T17:00").code == 0
    maria, dana = ([str(mail) for to, mail in letters.taken if to == f"{who}@northside.example"][-1] for who in ("maria", "dana"))
    assert "Chase: 4 sent" not in maria and "Chase: 4 sent" in dana
