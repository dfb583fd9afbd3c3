"""What happened to a message, over SMTP: taken, refused, put off, a server that is gone, a password that is wrong."""

from pathlib import Path

import pytest

from tests.offices import ESTIMATES, follow_up, message, of
from tests.stories.inside import Office
from tests.stories.mail_server import PASSWORD, USER, Letters, config, free_port, mail_server

MONDAY = "2026-11-23T10:00"
TUESDAY = "2026-11-24T10:00"
NAMES = ("ann", "bo", "cy", "di", "ed")
WORDS = message("nudge", 'after = "1 day"', "Hello {{ customer.name }}, about {{ title }}.", 'subject = "Your estimate"')
WORDS = WORDS.replace('["sms", "email"]', '["email"]')


def office_with(folder: Path, port: int, count: int = 3, more: str = "", timeout: str = "10 s") -> Office:
    rows = [
        (f"E-{n + 1}", f"{NAMES[n].title()} Li", f"{NAMES[n]}@li.example", "", "Furnace", "Sent", "11/21/2026", "$480", "")
        for n in range(count)
    ]
    return Office(folder, config(port, more, timeout)).sheet("estimates", ESTIMATES, rows).recipe("mine", follow_up(steps=WORDS))


def outcomes(document: object) -> list[str | None]:
    return [one["outcome"] for one in document["decisions"]]  # type: ignore[index]


def test_what_the_server_takes_is_sent_with_a_provider_id(tmp_path: Path) -> None:
    letters = Letters()
    with mail_server(letters) as port:
        office = office_with(tmp_path, port)
        ran = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
        again = office.run("mine", MONDAY, "--send")
    assert (ran.code, outcomes(ran.json)) == (0, ["sent"] * 3)
    assert outcomes(again) == [None] * 3
    assert letters.addresses == ["ann@li.example", "bo@li.example", "cy@li.example"]
    for one, (_, mail) in zip(ran.json["decisions"], letters.taken, strict=True):
        assert one["provider_id"] == mail["Message-ID"]
        assert mail["Message-ID"].rstrip(">").endswith("@northside.example")  # never the machine's name
        assert mail["List-Unsubscribe"] and "412 Kedzie Ave" in mail.as_string()
    assert office.outbox() == []
    entries = office.do("ledger", "history", "--format", "json").json
    assert [entry["state"] for entry in entries if entry["record"] == "E-1"][0::2] == ["claimed", "sent"]
    assert all(entry["time"] and entry["recipe"] == "mine" and entry["step"] == "nudge" for entry in entries)


def test_a_rehearsal_says_nothing_to_the_server(tmp_path: Path) -> None:
    ran = office_with(tmp_path, free_port()).do("run", "mine", now=MONDAY)
    assert ran.code == 0
    assert "3 e-mails would leave" in ran.out.splitlines()[-1]


@pytest.mark.parametrize("where", ["recipient", "message"])
def test_what_is_refused_for_good_failed_and_is_never_tried_again(tmp_path: Path, where: str) -> None:
    letters, refuse = Letters(), lambda to: "550 no such user" if to.startswith("bo@") else "250 OK"
    if where == "recipient":
        letters.answer_to = refuse
    else:
        letters.answer_data = refuse
    with mail_server(letters) as port:
        office = office_with(tmp_path, port)
        ran = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
        letters.answer_to = letters.answer_data = lambda _: "250 OK"
        again = office.do("run", "mine", "--send", "--format", "json", now=TUESDAY)
    assert (ran.code, outcomes(ran.json)) == (5, ["sent", "failed", "sent"])
    assert "550" in of(ran.json, "E-2")["reason"]
    assert (again.code, outcomes(again.json)) == (0, [None] * 3)
    assert of(again.json, "E-2")["decision"] == "review"
    assert letters.addresses == ["ann@li.example", "cy@li.example"]
    assert office.states("E-2")[-1] == "failed"


@pytest.mark.parametrize("where", ["recipient", "message"])
def test_what_is_put_off_leaves_in_this_run_or_a_later_one_and_is_never_in_doubt(tmp_path: Path, where: str) -> None:
    letters, busy = Letters(), lambda to: "451 try later" if to.startswith("bo@") else "250 OK"
    if where == "recipient":
        letters.answer_to = busy
    else:
        letters.answer_data = busy
    with mail_server(letters) as port:
        office = office_with(tmp_path, port)
        first = office.run("mine", MONDAY, "--send")
        assert of(first, "E-2")["outcome"] not in {"sent", "failed", "in_doubt"}
        assert outcomes(first)[0::2] == ["sent", "sent"]
        letters.answer_to = letters.answer_data = lambda _: "250 OK"
        assert of(office.run("mine", MONDAY, "--send"), "E-2")["outcome"] == "sent"
    assert sorted(letters.addresses) == ["ann@li.example", "bo@li.example", "cy@li.example"]
    assert "in_doubt" not in office.states("E-2")


def test_what_is_put_off_for_a_moment_leaves_in_the_same_run(tmp_path: Path) -> None:
    letters, asked = Letters(), []

    def once(to: str) -> str:
        asked.append(to)
        return "451 greylisted" if asked.count(to) == 1 else "250 OK"

    letters.answer_to = once
    with mail_server(letters) as port:
        ran = office_with(tmp_path, port).do("run", "mine", "--send", "--format", "json", now=MONDAY)
    assert (ran.code, outcomes(ran.json)) == (0, ["sent"] * 3)
    assert len(letters.taken) == 3


def test_a_server_that_closes_stops_the_run_and_all_the_rest_leaves_later(tmp_path: Path) -> None:
    letters = Letters()
    letters.answer_to = lambda to: "250 OK" if to.startswith("ann@") else "421 closing"
    with mail_server(letters) as port:
        office = office_with(tmp_path, port, 5)
        ran = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
        assert ran.code == 5
        assert {one["record"] for one in ran.json["decisions"] if one["outcome"] == "sent"} <= {"E-1"}
        assert "in_doubt" not in outcomes(ran.json) and "failed" not in outcomes(ran.json)
        letters.answer_to = lambda _: "250 OK"
        later = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
    assert later.code == 0
    assert sorted(letters.addresses) == sorted(f"{name}@li.example" for name in NAMES)


def test_a_port_that_refuses_is_exit_5_with_nothing_in_doubt_and_all_leave_later(tmp_path: Path) -> None:
    office = office_with(tmp_path, free_port())
    ran = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
    assert ran.code == 5, ran.err
    assert not {"sent", "failed", "in_doubt"} & set(outcomes(ran.json))
    table = office.do("run", "mine", "--send", now=MONDAY)
    assert table.code == 5
    assert "127.0.0.1" in table.out + table.err and "Traceback" not in table.out + table.err
    letters = Letters()
    with mail_server(letters) as port:
        text = (tmp_path / "config.toml").read_text()
        (tmp_path / "config.toml").write_text(
            "\n".join(f"port = {port}" if line.startswith("port ") else line for line in text.splitlines())
        )
        assert outcomes(office.run("mine", MONDAY, "--send")) == ["sent"] * 3
    assert len(letters.taken) == 3


def test_a_server_that_says_nothing_is_given_up_in_time_with_nothing_in_doubt(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        office = office_with(tmp_path, silent.getsockname()[1], 1, timeout="1 s")
        ran = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
    assert ran.code == 5
    assert outcomes(ran.json)[0] not in {"sent", "failed", "in_doubt"}
    assert office.states("E-1")[-1:] in (["released"], [])


def test_silence_after_the_message_is_doubt_and_doubt_is_a_persons(tmp_path: Path) -> None:
    letters = Letters()
    letters.wait = 3
    with mail_server(letters) as port:
        office = office_with(tmp_path, port, 1, timeout="1 s")
        ran = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
        assert (ran.code, outcomes(ran.json)) == (5, ["in_doubt"])
        letters.wait = 0
        again = of(office.run("mine", TUESDAY, "--send"), "E-1")
    assert (again["decision"], again["outcome"]) == ("review", None)
    assert len(letters.taken) == 1
    [item] = office.queue()
    assert item["record"] == "E-1"
    # a person has looked in the Sent folder: it did leave
    assert office.do("review", "dismiss", str(item["id"]), now=TUESDAY).code == 0
    assert of(office.rehearse("mine", TUESDAY), "E-1")["decision"] == "done"


def test_a_wrong_password_stops_at_once_and_burns_no_claims(tmp_path: Path) -> None:
    letters = Letters()
    with mail_server(letters, password=True) as port:
        office = office_with(tmp_path, port, more=f'user = "{USER}"')
        ran = office.do("run", "mine", "--send", "--format", "json", now=MONDAY, env={"SMTP_PASSWORD": "wrong-battery"})
        assert ran.code == 5, ran.err
        assert not {"sent", "failed", "in_doubt"} & set(outcomes(ran.json))
        assert "wrong-battery" not in ran.out + ran.err
        assert letters.taken == []
        right = office.do("run", "mine", "--send", "--format", "json", now=MONDAY, env={"SMTP_PASSWORD": PASSWORD})
        assert (right.code, outcomes(right.json)) == (0, ["sent"] * 3)
    assert all(state in {"claimed", "trying", "released", "sent"} for state in office.states("E-1"))


def test_a_missing_password_is_exit_3_and_names_the_variable(tmp_path: Path) -> None:
    office = office_with(tmp_path, free_port(), more=f'user = "{USER}"')
    for command in (("run", "mine", "--send"), ("check",)):
        ran = office.do(*command, now=MONDAY, env={"SMTP_PASSWORD": ""})
        assert ran.code == 3
        assert "SMTP_PASSWORD" in ran.out + ran.err
    assert office.do("ledger", "history", "--format", "json").json == []
    assert office.do("run", "mine", now=MONDAY, env={"SMTP_PASSWORD": ""}).code == 0  # a rehearsal needs none


def test_a_server_that_wants_a_password_that_nobody_gives_fails_nobody(tmp_path: Path) -> None:
    with mail_server(Letters(), password=True) as port:
        ran = office_with(tmp_path, port).do("run", "mine", "--send", "--format", "json", now=MONDAY)
    assert ran.code == 5
    assert not {"sent", "failed", "in_doubt"} & set(outcomes(ran.json))


def test_a_pretended_time_is_refused_where_messages_would_really_leave(tmp_path: Path) -> None:
    office = office_with(tmp_path, 587)
    config_file = tmp_path / "config.toml"
    config_file.write_text(config_file.read_text().replace('"127.0.0.1"', '"mail.northside.example"'))
    ran = office.do("run", "mine", "--send", now="2026-01-05T10:00")
    assert ran.code == 2
    assert office.do("ledger", "history", "--format", "json").json == []


def test_a_password_goes_unencrypted_to_this_machine_only(tmp_path: Path) -> None:
    office = office_with(tmp_path, 25, more=f'user = "{USER}"')
    config_file = tmp_path / "config.toml"
    config_file.write_text(config_file.read_text().replace('"127.0.0.1"', '"192.0.2.1"'))
    from datetime import datetime
    from zoneinfo import ZoneInfo

    ran = office.do("run", "mine", "--send", now=datetime.now(ZoneInfo("America/Chicago")).isoformat(), env={"SMTP_PASSWORD": PASSWORD})
    assert ran.code in {0, 3, 5}  # 0: it is night and everything is held
    assert PASSWORD not in ran.out + ran.err
