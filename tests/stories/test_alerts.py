"""What cannot wait: the owner hears of it once, by whatever way works, and nothing that fails on the way is forgotten."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contractor_ops.work import inbox as looking
from tests.offices import follow_up, of
from tests.providers.twilio_server import TwilioServer, breaks, hangs, refuses, too_many
from tests.stories.mail_server import Letters, mail_server
from tests.stories.test_missed_calls import AUTO, CALLS, call, missed
from tests.stories.texting import ANN, BOB, Texting, estimate, texting

OWNER, GAS = "+13125550101", "There is a strong smell of gas in the house"
TECHNICIAN = "+13125550177"
IN_DANGER = call("C1", "10:02", status="voicemail", transcript="there is a strong smell of gas in our kitchen")
CONFIRMS = "[inbox]\nconfirm_opt_outs = true\n"


class Killed(BaseException):
    """The process is no more."""


def urgent(office: Texting, words: str = GAS, number: str = ANN) -> Any:
    """Somebody in danger writes, and the office looks."""
    office.server.text_from(number, words)
    return office.do("inbox")


def mails_to_the_owner(office: Texting) -> list[Path]:
    return [file for file in office.outbox() if "maria" in file.name]


def answering(office: Texting) -> Texting:
    office.recipe("missed-call-text-back", AUTO)
    office.now = "2026-11-23T10:10"
    return office


# ── never lost, never twice ──


@pytest.mark.parametrize("point", ["before the alert", "after the alert"])
def test_an_alert_outlives_a_kill_and_is_sent_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    real = looking.alert

    def dies(*given: Any) -> list[str]:
        if point == "after the alert":
            real(*given)
        raise Killed

    with texting(tmp_path) as office:
        office.server.text_from(ANN, GAS)
        with monkeypatch.context() as patch, pytest.raises(Killed):
            patch.setattr(looking, "alert", dies)
            office.inbox()
        for _ in range(2):
            assert office.do("inbox").code == 0
        assert office.texts() == [OWNER]


@pytest.mark.parametrize("fault", [refuses(20003, status=401), breaks(401), too_many("3600")])
def test_an_alert_that_was_given_back_leaves_with_the_next_look_and_the_first_one_says_so(tmp_path: Path, fault: Any) -> None:
    with texting(tmp_path) as office:
        office.server.fails(fault, to=OWNER)
        first = urgent(office)
        assert first.code == 5 and ("log-in" in first.out or "slow down" in first.out)
        assert (office.do("inbox").code, office.do("inbox").code, office.texts()) == (0, 0, [OWNER])


def test_an_alert_whose_provider_never_let_it_out_is_tried_again(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        urgent(office)
        office.server.becomes(office.server.outgoing()[0]["sid"], "failed", 30036)
        office.now = "2026-11-23T11:00"
        office.inbox()  # learns of it
        office.inbox()
        assert office.texts() == [OWNER, OWNER]


def test_after_a_day_or_once_a_person_has_dealt_with_it_nothing_is_tried_any_more(tmp_path: Path) -> None:
    with texting(tmp_path, estimate(), estimate("E-2", "Bob Ray", BOB)) as office:
        office.send()
        office.server.fails(*[refuses(20003, status=401)] * 2, to=OWNER)
        urgent(office)
        urgent(office, number=BOB)
        office.do("resume", ANN)
        office.now = "2026-11-24T09:59"
        office.inbox()
        assert [row["body"][:19] for row in office.server.outgoing() if row["to"] == OWNER] == ["URGENT: Bob Ray at "]
        office.now = "2026-11-25T10:01"
        office.do("resume", BOB)
        assert office.do("inbox").code == 0


# ── by whatever way works ──


def test_an_owner_with_a_landline_is_alerted_by_e_mail_and_the_missing_text_is_said(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.landlines = {OWNER}
        ran = urgent(office)
        assert (ran.code, len(mails_to_the_owner(office))) == (5, 1)  # a file in outbox/ wakes nobody
        assert "The alert to Maria Lopez by text" in ran.out and "landline" in ran.out
        assert (office.do("inbox").code, len(mails_to_the_owner(office))) == (0, 1)


def test_an_owner_who_once_texted_stop_is_alerted_by_e_mail_and_hears_how_to_mend_it(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.do("optout", OWNER)
        ran = urgent(office)
        assert (ran.code, office.texts(), len(mails_to_the_owner(office))) == (5, [], 1)
        assert f"contractor-ops optout {OWNER} --remove" in ran.out


def test_while_texts_cannot_leave_an_e_mail_that_really_leaves_is_enough(tmp_path: Path) -> None:
    with mail_server(letters := Letters()) as port:
        mail = f'[email]\nprovider = "smtp"\nfrom = "office@northside.example"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        with texting(tmp_path, more=mail) as office:
            office.server.fails(refuses(20003, status=401), to=OWNER)
            assert urgent(office).code == 0
            office.inbox()
            assert ([to for to, _ in letters.taken], office.texts()) == (["maria@northside.example"], [])
            assert str(letters.taken[0][1]["Subject"]) == "URGENT: Northside Heating & Air"


def test_an_alert_that_did_not_arrive_goes_by_e_mail(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        urgent(office)
        office.server.becomes(office.server.outgoing()[0]["sid"], "undelivered", 30003)
        office.inbox()
        assert not mails_to_the_owner(office)  # it has only just been learnt
        office.inbox()
        office.inbox()
        assert (len(mails_to_the_owner(office)), office.texts()) == (1, [OWNER])


def test_nobody_to_alert_is_said(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        config = office.folder / "config.toml"
        config.write_text(config.read_text().replace(', email = "maria@northside.example", phone = "+13125550101"', "", 1))
        for ran in (urgent(office), office.do("inbox")):
            assert ran.code == 5 and "names no owner with a phone" in ran.out


# ── in doubt ──


def test_an_alert_in_doubt_is_on_the_owners_list_once_and_never_sent_again(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.fails(hangs("read"), to=OWNER)
        assert urgent(office).code == 5
        for _ in range(2):
            assert office.do("inbox").code == 0
        [task] = [item for item in office.queue() if "nobody knows whether the alert" in item["reason"]]
        assert (task["owner"], task["kind"]) == ("owner", "task") and "smell of gas" in task["body"]
        assert office.do("review", "done", str(task["id"]), "--because", "Maria has been told").code == 0
        office.inbox()
        assert not any("nobody knows whether the alert" in item["reason"] for item in office.queue())
        assert (office.texts(), mails_to_the_owner(office)) == ([], [])


def test_an_alert_in_doubt_that_the_provider_knows_of_has_left(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.fails(hangs("taken"), to=OWNER)
        urgent(office)
        office.inbox()
        office.inbox()
        assert office.texts() == [OWNER]


def test_a_run_that_finds_its_alert_in_doubt_puts_it_on_the_list_too(tmp_path: Path) -> None:
    with TwilioServer() as server:
        office = answering(Texting(tmp_path / "office", server))
        server.fails(hangs("read"), to=OWNER)
        office.sheet("calls", CALLS, [IN_DANGER])
        assert office.do("run", "missed-call-text-back", "--send").code == 5
        assert office.do("run", "missed-call-text-back", "--send").code == 0
        office.inbox()
        assert [item["owner"] for item in office.queue() if "nobody knows whether the alert" in item["reason"]] == ["owner"]


# ── alerts of runs ──


def test_a_runs_alert_that_could_not_leave_leaves_with_the_next_run(tmp_path: Path) -> None:
    with TwilioServer() as server:
        office = answering(Texting(tmp_path / "office", server))
        server.fails(refuses(20003, status=401), to=OWNER)
        office.sheet("calls", CALLS, [IN_DANGER])
        assert office.do("run", "missed-call-text-back", "--send").code == 5
        for _ in range(2):
            assert office.do("run", "missed-call-text-back", "--send").code == 0
        assert office.texts() == [OWNER]


def test_a_number_that_a_log_gives_twice_is_alerted_twice(tmp_path: Path) -> None:
    with TwilioServer() as server:
        office = answering(Texting(tmp_path / "office", server))
        missed(office, IN_DANGER)
        office.now = "2026-11-24T10:10"
        office.sheet("calls", CALLS, [tuple(part.replace("2026-11-23", "2026-11-24") for part in IN_DANGER)])
        office.send("missed-call-text-back")
        assert office.texts() == [OWNER, OWNER]


def test_an_alert_counts_as_no_step_of_the_recipe(tmp_path: Path) -> None:
    with TwilioServer() as server:
        office = answering(Texting(tmp_path / "office", server))
        document = missed(office, IN_DANGER)
        assert not any("alert" in str(one["step"]) for one in document["decisions"])
        steps = {(entry["recipe"], entry["record"], entry["step"]) for entry in office.do("ledger", "history", "--format", "json").json}
        assert ("missed-call-text-back", "missed_calls/C1/2026-11-23", "(alert)") in steps
        assert not any(step.startswith("(") for _, record, step in steps if record == "C1")


def test_a_step_of_a_recipe_cannot_be_called_like_one_of_ours(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.recipe("follow-up", follow_up().replace('name  = "', 'name  = "(').replace('name = "', 'name = "('))
        ran = office.do("run", "follow-up")
        assert ran.code == 3 and "begins with a bracket" in ran.err


def test_an_inbox_beside_a_run_leaves_its_alert_alone(tmp_path: Path) -> None:
    with TwilioServer() as server:
        office = answering(Texting(tmp_path / "office", server))
        office.sheet("calls", CALLS, [IN_DANGER])
        looks: list[int] = []

        def beside() -> None:
            if server.messages and not looks:
                looks.append(0)
                server.becomes(server.messages[0]["sid"], "sent")
                from contractor_ops.office import open_office

                one = open_office(office.folder)
                one.clock = lambda: office.moment
                looking.fetch_inbox(one, office.moment, one.clock)
                one.close()

        server.before_answer = beside
        ran = office.do("run", "missed-call-text-back", "--send")
        assert (looks, ran.code, office.texts()) == ([0], 0, [OWNER]), ran.err


def test_an_alert_and_a_confirmation_wait_at_the_provider_only_while_they_are_fresh(tmp_path: Path) -> None:
    with texting(tmp_path, more=CONFIRMS) as office:
        urgent(office)
        office.server.text_from(BOB, "please stop texting me")
        office.now = "2026-11-23T10:02"
        office.inbox()
        kept = {form["To"]: int(form["ValidityPeriod"]) for form in office.server.forms if "To" in form}
        assert 3500 < kept[OWNER] <= 3600
        assert 120 < kept[BOB] <= 180  # two of the five minutes are over


# ── confirming an opt-out ──


def test_the_opt_out_is_written_down_before_its_confirmation_leaves(tmp_path: Path) -> None:
    with texting(tmp_path, more=CONFIRMS) as office:
        office.send()
        office.server.text_from(ANN, "please stop texting me")
        known: list[list[str]] = []

        def look() -> None:
            from contractor_ops.office import open_office

            if office.server.forms[-1].get("To") == ANN:
                known.append([address for address, _, _ in open_office(office.folder).ledger.opt_outs()])

        office.server.before_answer = look
        office.inbox()
        assert (known, office.texts()) == ([[ANN]], [ANN, ANN])
        office.now = "2026-11-25T10:00"
        office.send()
        assert office.texts() == [ANN, ANN]


def test_a_confirmation_that_the_provider_refuses_because_of_the_opt_out_is_no_trouble(tmp_path: Path) -> None:
    with texting(tmp_path, more=CONFIRMS) as office:
        office.send()
        office.server.text_from(ANN, "STOP")
        office.server.opted_out = {ANN}
        ran = office.do("inbox")
        assert (ran.code, office.texts()) == (0, [ANN]), ran.out


def test_a_confirmation_in_doubt_is_not_sent_again_and_soon_forgotten(tmp_path: Path) -> None:
    with texting(tmp_path, more=CONFIRMS) as office:
        office.server.text_from(ANN, "please stop texting me")
        office.server.fails(hangs("read"), to=ANN)
        assert office.do("inbox").code == 5
        assert "the opt-out holds" in office.do("inbox").out
        assert "doubt" not in office.do("inbox").out and office.texts() == []


def test_a_start_after_the_confirmation_is_still_the_customers(tmp_path: Path) -> None:
    with texting(tmp_path, more=CONFIRMS) as office:
        office.send()
        office.server.text_from(ANN, "please stop texting me")
        office.inbox()
        office.now = "2026-11-23T10:10"
        office.server.text_from(ANN, "START")
        [came] = office.inbox()["replies"]
        assert (came["customer"], [one["record"] for one in came["records"]]) == ("Ann Li", ["E-1"])


# ── places that cannot be asked, and answers that never come ──


def test_a_place_without_its_secret_keeps_no_other_from_being_asked(tmp_path: Path) -> None:
    with texting(tmp_path, more='[inbox]\nimap = { host = "127.0.0.1", port = 9, security = "none", user = "office" }\n') as office:
        office.send()
        office.server.text_from(ANN, "STOP")
        ran = office.do("inbox", env={"IMAP_PASSWORD": ""})
        assert (ran.code, ran.out.splitlines()[-1]) == (3, "1 reply, 1 opt-out (looked into twilio).")
        assert "IMAP_PASSWORD" in ran.err
        assert "IMAP_PASSWORD" in str(office.do("inbox", "--format", "json", env={"IMAP_PASSWORD": ""}).json["trouble"])
        assert office.do("inbox", env={"TWILIO_AUTH_TOKEN": "", "IMAP_PASSWORD": ""}).err.count("is not set") == 2


def test_a_mistake_in_the_inbox_part_neither_loses_an_opt_out_nor_stops_a_run(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.fails(hangs("read"))
        office.send()
        office.configure("\n[inbox]\nmailbox = 1\n")
        office.server.text_from(ANN, "STOP")
        ran = office.do("inbox")
        assert ran.code == 3 and "mailbox" in ran.err and "OPTED OUT" in ran.out
        assert of(office.send(), "E-1")["decision"] in {"ended", "review"}


def test_what_is_still_only_queued_after_a_week_is_told_once(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        for days, told in ((6, 0), (8, 1), (9, 0)):
            office.now = (datetime.fromisoformat("2026-11-23T10:00") + timedelta(days=days)).isoformat(timespec="minutes")
            assert [one["state"] for one in office.inbox()["results"]] == ["failed"] * told
        assert "has not said in 7 days" in of(office.send(), "E-1")["reason"]


def test_what_became_of_a_text_is_still_asked_for_after_weeks_without_a_look(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.messages[0].update(status="delivered")  # and no date_sent: only who asks for it hears of it
        office.now = "2026-12-10T10:00"
        assert [one["state"] for one in office.inbox()["results"]] == ["delivered"]


# ── our own people ──


def staffed(office: Texting) -> Texting:
    office.sheet("technicians", ("Name", "Phone", "Email"), [("Sam Ito", TECHNICIAN, "")])
    return office


@pytest.mark.parametrize(("words", "tasks"), [("How long does it take?", 1), ("I am driving right now, this is an automatic reply.", 0)])
def test_what_a_technician_writes_is_no_customers_answer(tmp_path: Path, words: str, tasks: int) -> None:
    with texting(tmp_path, estimate(phone=TECHNICIAN)) as office:  # the same number stands in the estimates
        staffed(office).send()
        office.server.text_from(TECHNICIAN, words)
        office.now = "2026-11-23T10:30"
        [came] = office.inbox()["replies"]
        assert (came["customer"], came["records"]) == (None, [])
        assert [item["owner"] for item in office.queue()] == ["office"] * tasks
        assert tasks == 0 or "Sam Ito (one of us)" in office.queue()[0]["body"]
        office.now = "2026-11-25T10:00"
        assert of(office.send(), "E-1")["decision"] == "act"


def test_a_technician_in_danger_reaches_the_owner_and_the_owners_own_words_do_not_come_back(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        urgent(staffed(office), number=TECHNICIAN)
        urgent(office, "gas leak at Ann's, I am on my way", number=OWNER)
        office.inbox()
        [alert] = office.server.outgoing()
        assert alert["to"] == OWNER and alert["body"].startswith("URGENT: Sam Ito at")


def test_a_brake_holds_what_goes_to_customers_and_no_word_of_danger_to_the_owner(tmp_path: Path) -> None:
    with TwilioServer() as server:
        office = answering(Texting(tmp_path / "office", server))
        office.sheet("calls", CALLS, [IN_DANGER, call("C2", "10:05", BOB)], 'max_age = "1 minute"')
        old = datetime.fromisoformat("2026-11-23T09:00-06:00").timestamp()
        import os

        os.utime(office.folder / "calls.csv", (old, old))
        ran = office.do("run", "missed-call-text-back", "--send")
        assert (ran.code, office.texts()) == (4, [OWNER])
