"""`check --try PERSON`: one real message by each way that is set up, to one of our own people and to nobody else."""

from pathlib import Path

import pytest

from tests.offices import CONFIG, ESTIMATES, follow_up
from tests.providers.sendgrid_server import SendGridServer
from tests.providers.twilio_server import drops, hangs, refuses
from tests.stories.inside import Office
from tests.stories.texting import NOW, texting

MARIA = "+13125550101"
ROW = ("E-1", "Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", "")


def test_a_text_and_an_e_mail_leave_and_the_providers_ids_are_told(tmp_path: Path) -> None:
    with SendGridServer() as mails:
        email = f'[email]\nprovider = "sendgrid"\nfrom = "Northside <office@northside.example>"\napi_base = "{mails.base}"\n'
        with texting(tmp_path, more=email) as office:
            ran = office.do("check", "--try", "Maria Lopez", env={"SENDGRID_API_KEY": mails.key})
            [text] = office.server.outgoing()
        [mail] = mails.taken
    assert ran.code == 0, ran.err
    assert (text["to"], text["body"]) == (
        MARIA,
        "TEST from Northside Heating & Air: texts from this office arrive. There is nothing to do.",
    )
    assert mails.addresses == ["maria@northside.example"] and mail["subject"] == "TEST from Northside Heating & Air"
    assert f"Text to (312) 555-0101: handed to twilio as {text['sid']}." in ran.out
    assert "E-mail to maria@northside.example: handed to sendgrid as id-" in ran.out
    assert "Now look at that telephone and mailbox (the folder for spam too): has it arrived?" in ran.out
    assert {entry["state"] for entry in office.do("ledger", "history", "--format", "json").json} == {"claimed", "trying", "queued"}


@pytest.mark.parametrize("typed", ["owner", "OWNER", "maria lopez", "maria"])
def test_without_a_provider_it_says_where_the_file_is(tmp_path: Path, typed: str) -> None:
    office = Office(tmp_path)
    ran = office.do("check", "--try", typed, now=NOW)
    files = [file.relative_to(office.folder).as_posix() for file in office.outbox()]
    assert ran.code == 0 and len(files) == 2
    assert all(f"written to {file}." in ran.out for file in files)
    assert "has it arrived" not in ran.out


def test_each_time_it_is_typed_it_is_sent_again(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.do("check", "--try", "owner")
        office.now = "2026-11-23T10:01"
        office.do("check", "--try", "owner")
        assert office.texts() == [MARIA, MARIA]


def test_a_name_that_is_nobodys_is_refused_with_the_nearest(tmp_path: Path) -> None:
    ran = Office(tmp_path).do("check", "--try", "ownre", now=NOW)
    assert ran.code == 3 and 'did you mean "owner"?' in ran.err


def test_a_customer_is_refused_by_name_and_by_number(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [ROW])
    for typed in ("Ann Li", "+13125550142", "ann@li.example"):
        assert office.do("check", "--try", typed, now=NOW).code == 3
    assert office.outbox() == []


@pytest.mark.parametrize("row", [("E-2", *ROW[1:3], "(312) 555-0101", *ROW[4:]), ("E-2", ROW[1], "Maria@Northside.example", *ROW[3:])])
def test_an_address_that_is_a_customers_too_is_refused(tmp_path: Path, row: tuple[str, ...]) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [ROW, row])
    ran = office.do("check", "--try", "owner", now=NOW)
    assert ran.code == 3
    assert "is Maria Lopez's in config.toml and a customer's in estimates.csv, row 3: nothing was sent." in ran.err
    assert office.outbox() == []


def test_where_a_sheet_cannot_be_read_nobody_knows_and_nothing_is_sent(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [ROW])
    (tmp_path / "estimates.csv").unlink()
    ran = office.do("check", "--try", "owner", now=NOW)
    assert ran.code == 3 and "estimates cannot be read, so nobody knows" in ran.err and office.outbox() == []


def test_technicians_are_our_own(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("technicians", ["Name", "Phone"], [("Maria Lopez", "312-555-0101")])
    assert office.do("check", "--try", "owner", now=NOW).code == 0


def test_a_person_without_any_address_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path, CONFIG.replace(', email = "maria@northside.example", phone = "+13125550101"', ""))
    assert "Maria Lopez has neither phone nor e-mail" in office.do("check", "--try", "owner", now=NOW).err


def test_what_the_provider_refuses_is_said_and_the_code_is_five(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.fails(refuses(21608, "unverified"))
        ran = office.do("check", "--try", "owner")
        assert ran.code == 5
        assert "Text to (312) 555-0101: it did not leave. " in ran.out
        assert "E-mail to maria@northside.example: written to outbox/" in ran.out  # one way does not spoil the other


def test_of_one_in_doubt_nobody_says_that_it_left(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.fails(hangs("taken"))
        ran = office.do("check", "--try", "owner")
        assert ran.code == 5
        assert "Text to (312) 555-0101: nobody knows whether it left. " in ran.out


def test_one_in_doubt_nags_nobody(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.fails(drops("read"))
        office.do("check", "--try", "owner")
        assert {entry["state"] for entry in office.do("ledger", "history", "--format", "json").json} >= {"in_doubt"}
        assert office.do("inbox", "--quiet").out == ""


def test_who_has_opted_out_gets_nothing_and_hears_how_to_take_it_back(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.do("optout", MARIA)
        ran = office.do("check", "--try", "owner")
        assert ran.code == 5 and office.texts() == []
        assert f"contractor-ops optout {MARIA} --remove" in ran.out


def test_a_pretended_time_sends_nothing_real(tmp_path: Path) -> None:
    office = Office(tmp_path, f'{CONFIG}\n[sms]\nprovider = "twilio"\nfrom = "+13125550100"\n')
    ran = office.do("check", "--try", "owner", now=NOW, env={"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "x"})
    assert ran.code == 2 and "more than five minutes off" in ran.err


def test_a_test_message_stops_and_brakes_nothing_and_is_no_recipes_work(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.do("check", "--try", "owner")
        plan = office.send()
        assert plan["brakes"] == [] and plan["counts"]["act"] == 1
        assert "check:" not in office.do("report").out
    office = Office(tmp_path / "other").sheet("estimates", ESTIMATES, [ROW])
    office.recipe("mine", follow_up())
    office.do("check", "--try", "owner", now=NOW)
    assert not any("copy of it" in one["message"] for one in office.do("check", "--format", "json", now=NOW).json)
