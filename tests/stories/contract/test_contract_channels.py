"""Twilio, SendGrid and SMTP, with every fault at every point: what the run says, what the ledger keeps, and at most once over all runs."""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.offices import CONFIG, ESTIMATES, Ran, follow_up, message, of
from tests.providers.sendgrid_server import KEY, NGINX_TOO_LARGE, Answer, SendGridServer, errors
from tests.providers.twilio_server import TwilioServer, breaks, drops, garbage, hangs, refuses, too_many
from tests.stories import inside
from tests.stories.mail_server import PASSWORD, USER, Letters, free_port, mail_server
from tests.stories.mail_server import config as mail_config
from tests.stories.texting import ANN, BOB, Texting, estimate, texting

MONDAY = "2026-11-23T10:00"
LATER = ("2026-11-23T10:30", "2026-11-23T15:00", "2026-11-24T10:00")
FOUR = tuple(estimate(f"E-{n}", name, f"+1312555014{n + 1}") for n, name in ((1, "Ann Li"), (2, "Bob Ray"), (3, "Cy Doe"), (4, "Di Foe")))
ADDRESSES = [f"{name}@li.example" for name in ("ann", "bo", "cy", "di")]
NAMES = ("Ann Li", "Bo Park", "Cy Doe", "Di Foe")
NUDGE = message("first-nudge", 'after = "2 days"', "Hello {{ customer.name }}, about {{ title }}.", 'subject = "Your estimate"').replace(
    '["sms", "email"]', '["email"]'
)


def outcomes(document: Any) -> dict[str, Any]:
    return {one["record"]: one["outcome"] for one in document["decisions"]}


# --- Twilio: one message of four goes wrong

TWILIO_ONE = [
    *[pytest.param(refuses(code), "failed", 0, id=f"{code}") for code in (21211, 21214, 21612, 21408, 21617, 88888)],
    *[pytest.param(breaks(status, at), "in_doubt", int(at == "taken"), id=f"{status}-{at}") for status in (500, 502, 503, 504) for at in ("read", "taken")],
    *[pytest.param(fault(at), "in_doubt", int(at == "taken"), id=f"{fault.__name__}-{at}") for fault in (hangs, drops) for at in ("read", "taken")],
    pytest.param(garbage("taken"), "in_doubt", 1, id="garbage"),
    pytest.param(garbage("taken", ""), "in_doubt", 1, id="empty"),
    pytest.param(garbage("taken", "{}"), "in_doubt", 1, id="no-sid"),
    pytest.param(garbage("taken", "[]"), "in_doubt", 1, id="a-list"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "outcome", "taken"), TWILIO_ONE)
def test_twilio_a_fault_of_one_is_that_ones_and_nobody_hears_twice(tmp_path: Path, fault: Any, outcome: str, taken: int) -> None:
    with texting(tmp_path, *FOUR) as office:
        office.server.fails(fault, to="+13125550143")
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == 5
        got = outcomes(ran.json)
        assert got.pop("E-2") == outcome and set(got.values()) == {"queued"}
        assert all(one["provider_id"] for one in ran.json["decisions"] if one["outcome"] == "queued")
        assert office.states("E-2")[-1] == outcome and office.states("E-1")[-1] in {"sent", "queued"}
        assert "Bob Ray" in office.do("report").out
        for office.now in LATER:
            office.inbox()
            office.send()
        assert Counter(office.texts()) == Counter({row[3]: 1 if row[3] != "+13125550143" else taken for row in FOUR})


@pytest.mark.parametrize(
    "fault", [too_many(), too_many("1"), refuses(20429, status=429), refuses(21611)], ids=["429", "429-1s", "20429", "21611"]
)
def test_twilio_a_full_queue_is_neither_sent_nor_doubt_and_leaves_sooner_or_later_once(tmp_path: Path, fault: Any) -> None:
    with texting(tmp_path, *FOUR) as office:
        office.server.fails(fault)
        first = office.send()
        assert not {"failed", "in_doubt"} & set(outcomes(first).values())
        assert not {"failed", "in_doubt"} & {state for row in FOUR for state in office.states(row[0])}
        office.send()
        assert Counter(office.texts()) == Counter(row[3] for row in FOUR)


@pytest.mark.parametrize("fault", [refuses(20003, status=401), refuses(30002), refuses(21606), refuses(30034), refuses(30450)])
def test_twilio_what_concerns_the_account_stops_the_run_and_all_leave_when_it_is_mended(tmp_path: Path, fault: Any) -> None:
    with texting(tmp_path, *FOUR) as office:
        office.server.fails(*[fault] * 8)
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == 5 and office.texts() == []
        assert not {"sent", "queued", "failed", "in_doubt"} & set(outcomes(ran.json).values())
        assert len([1 for method, _ in office.server.requests if method == "POST"]) <= 4
        office.server._faults.clear()
        assert office.do("run", "follow-up", "--send").code == 0
        assert Counter(office.texts()) == Counter(row[3] for row in FOUR)


def test_twilio_a_wrong_token_is_told_in_plain_words_and_kept_secret(tmp_path: Path) -> None:
    with texting(tmp_path, *FOUR) as office:
        wrong = {"TWILIO_AUTH_TOKEN": "f" * 32}
        ran = office.do("run", "follow-up", "--send", env=wrong)
        assert ran.code == 5 and office.texts() == []
        assert "Twilio refused the log-in" in ran.out + ran.err and "f" * 32 not in ran.out + ran.err
        office.send()
        assert len(office.texts()) == 4


@pytest.mark.parametrize("secret", ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"])
def test_twilio_a_missing_secret_is_exit_3_and_names_it_and_a_rehearsal_needs_none(tmp_path: Path, secret: str) -> None:
    with texting(tmp_path, *FOUR) as office:
        ran = office.do("run", "follow-up", "--send", env={secret: ""})
        assert ran.code == 3 and secret in ran.out + ran.err and office.texts() == []
        assert office.do("run", "follow-up", env={secret: ""}).code == 0
        office.send()
        assert len(office.texts()) == 4


def test_twilio_a_port_where_nobody_listens_leaves_all_for_later(tmp_path: Path) -> None:
    with texting(tmp_path, *FOUR) as office:
        file = office.folder / "config.toml"
        text = file.read_text()
        file.write_text(text.replace(office.server.base, f"http://127.0.0.1:{free_port()}"))
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == 5 and not {"sent", "queued", "failed", "in_doubt"} & set(outcomes(ran.json).values())
        assert "Traceback" not in ran.err
        file.write_text(text)
        office.send()
        assert Counter(office.texts()) == Counter(row[3] for row in FOUR)


def test_twilio_a_server_that_is_silent_from_the_start(tmp_path: Path) -> None:
    """It takes the connection and says nothing: a request was written, so it is doubt for those that were tried, never a second text."""
    with texting(tmp_path, *FOUR, sms="in_flight = 1") as office:
        office.server.fails(*[hangs("unread")])
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == 5
        office.server._faults.clear()
        for office.now in LATER:
            office.inbox()
            office.send()
        assert max(Counter(office.texts()).values()) == 1 and len(office.texts()) >= 3


def test_twilio_an_opt_out_that_it_reports_is_recorded_and_ended(tmp_path: Path) -> None:
    with texting(tmp_path, *FOUR) as office:
        office.server.opted_out = {ANN}
        first = of(office.send(), "E-1")
        assert first["outcome"] not in {"sent", "queued", "in_doubt"}
        assert [one["address"] for one in office.do("optout", "--list", "--format", "json").json] == [ANN]
        office.server.opted_out = set()
        for office.now in LATER:
            assert of(office.send(), "E-1")["decision"] == "ended"
        assert ANN not in office.texts()


@pytest.mark.parametrize("code", [21614, 21635])
def test_twilio_a_landline_falls_through_to_e_mail_or_to_a_person(tmp_path: Path, code: int) -> None:
    rows = [estimate(email="ann@li.example"), estimate("E-2", "Bob Ray", BOB)]
    with texting(tmp_path, *rows) as office:
        office.server.fails(refuses(code), to=ANN)
        office.server.fails(refuses(code), to=BOB)
        document = office.send()
        if of(document, "E-1")["outcome"] != "sent":
            document = office.send()
        assert len([path for path in office.outbox() if "ann@li.example" in path.read_text()]) == 1
        for office.now in LATER:
            last = office.send()
        assert of(last, "E-2")["decision"] == "review" and office.texts() == []
        assert len(office.outbox()) <= 1


def test_a_landline_that_was_learned_is_not_tried_by_another_recipe(tmp_path: Path) -> None:
    with texting(tmp_path, *FOUR) as office:
        office.server.landlines = {ANN}
        office.send()
        posts = len([form for form in office.server.forms if form.get("To") == ANN])
        office.recipe("second", follow_up())
        office.now = "2026-11-24T10:00"
        assert of(office.run("second", office.now, "--send", "--accept", "renamed-recipe"), "E-1")["decision"] in {"review", "hold"}
        assert len([form for form in office.server.forms if form.get("To") == ANN]) == posts == 1


# --- Twilio: window, sender, pace


@pytest.mark.parametrize(("now", "longest"), [("19:58", 120), ("19:30", 1800), ("19:00", 3600), ("17:00", 10800), ("10:00", 36000)])
def test_the_validity_ends_with_the_sending_window(tmp_path: Path, now: str, longest: int) -> None:
    with texting(tmp_path) as office:
        office.now = f"2026-11-23T{now}"
        office.send()
        assert 1 <= int(office.server.forms[-1]["ValidityPeriod"]) <= longest


def test_the_validity_ends_with_the_customers_own_window(tmp_path: Path) -> None:
    with texting(tmp_path, estimate(phone="+12125550142")) as office:
        office.now = "2026-11-23T18:40"
        office.send()
        assert 1 <= int(office.server.forms[-1]["ValidityPeriod"]) <= 20 * 60


def test_the_validity_keeps_to_an_office_that_closes_its_window_early(tmp_path: Path) -> None:
    with texting(tmp_path, more='[limits]\nsend_between = "09:00-11:00"\n') as office:
        office.now = "2026-11-23T10:50"
        office.send()
        assert 1 <= int(office.server.forms[-1]["ValidityPeriod"]) <= 600


def test_at_the_end_of_the_window_nothing_leaves_any_more(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        for now in ("20:00", "20:01", "23:30"):
            office.now = f"2026-11-23T{now}"
            assert of(office.send(), "E-1")["decision"] == "hold"
        assert office.texts() == []


def test_a_messaging_service_stands_in_for_the_number(tmp_path: Path) -> None:
    service = "MG" + "0" * 31 + "1"
    with texting(tmp_path, *FOUR) as office:
        file = office.folder / "config.toml"
        head, tail = file.read_text().split("[sms]")
        file.write_text(head + "[sms]" + tail.replace('from     = "+13125550100"', f'messaging_service = "{service}"'))
        document = office.send()
        assert set(outcomes(document).values()) <= {"sent", "queued"}
        posts = [form for form in office.server.forms if "Body" in form]
        assert [form["MessagingServiceSid"] for form in posts] == [service] * 4 and not any("From" in form for form in posts)
        assert [of(office.send(), row[0])["decision"] for row in FOUR] == ["wait"] * 4


def test_doubt_is_settled_with_a_messaging_service_too(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        file = office.folder / "config.toml"
        head, tail = file.read_text().split("[sms]")
        file.write_text(head + "[sms]" + tail.replace('from     = "+13125550100"', f'messaging_service = "MG{"0" * 32}"'))
        office.server.fails(hangs("taken"))
        assert of(office.send(), "E-1")["outcome"] == "in_doubt"
        office.now = "2026-11-23T10:30"
        office.inbox()
        assert of(office.send(), "E-1")["decision"] == "wait" and office.texts() == [ANN]


def test_no_more_are_in_the_air_than_allowed_and_connections_are_kept_open(tmp_path: Path) -> None:
    import time

    rows = [estimate(f"E-{n}", f"Pat {chr(65 + n)}oe", f"+1312555{300 + n:04}") for n in range(20)]
    with texting(tmp_path, *rows, sms="in_flight = 2") as office:
        office.server.before_answer = lambda: time.sleep(0.01)
        office.send()
        assert Counter(office.texts()) == Counter(row[3] for row in rows)
        assert office.server.most_at_once <= 2 and office.server.connections <= 3


def test_the_plan_shows_segments_and_cost_and_plain_characters(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.recipe(
            "follow-up",
            follow_up(steps=message("first-nudge", 'after = "2 days"', "Hi {{ customer.first_name }} – it’s “us” … " + "a" * 120)),
        )
        one = of(office.run("follow-up", office.now), "E-1")
        assert one["segments"] == 1 and one["cost"] > 0
        assert one["body"].isascii()
        office.recipe("follow-up", follow_up(steps=message("first-nudge", 'after = "2 days"', "b" * 161)))
        assert of(office.run("follow-up", office.now), "E-1")["segments"] == 2


# --- SendGrid


class Mailing(inside.Office):
    server: SendGridServer

    def do(self, *words: str, now: str | None = None, stdin: str | None = None, env: Any = None) -> Ran:
        return super().do(*words, now=now or MONDAY, stdin=stdin, env={"SENDGRID_API_KEY": KEY, "SMTP_PASSWORD": PASSWORD, **(env or {})})

    def send(self, now: str = MONDAY) -> Any:
        return self.run("follow-up", now, "--send")


def rows_by_mail(count: int = 4) -> list[tuple[str, ...]]:
    return [(f"E-{n + 1}", NAMES[n], ADDRESSES[n], "", "Furnace", "Sent", "2026-11-20", "480", "") for n in range(count)]


@contextmanager
def sendgrid(folder: Path, count: int = 4, more: str = "in_flight = 1") -> Iterator[Mailing]:
    with SendGridServer() as server:
        office = Mailing(folder / "office", CONFIG + f"""
[email]
provider = "sendgrid"
from     = "Northside Heating & Air <office@northside.example>"
api_base = "{server.base}"
timeout  = "1 s"
{more}
""")  # fmt: skip
        office.server = server
        office.sheet("estimates", ESTIMATES, rows_by_mail(count))
        office.recipe("follow-up", follow_up(steps=NUDGE))
        yield office


SENDGRID_ONE = [
    pytest.param("read", errors(400, "Does not contain a valid address.", "personalizations.0.to.0.email"), "failed", 0, id="400"),
    pytest.param("read", Answer(413, NGINX_TOO_LARGE, {"Content-Type": "text/html"}), "failed", 0, id="413"),
    *[pytest.param(when, Answer(status, b"<html>oops</html>"), "in_doubt", int(when == "done"), id=f"{status}-{when}") for status in (500, 502, 503) for when in ("read", "done")],
    *[pytest.param(when, what, "in_doubt", int(when == "done"), id=f"{what}-{when}") for what in ("hang", "drop", "reset", "garbage") for when in ("read", "done")],
]  # fmt: skip


@pytest.mark.parametrize(("when", "what", "outcome", "taken"), SENDGRID_ONE)
def test_sendgrid_a_fault_of_one_is_that_ones_and_nobody_hears_twice(
    tmp_path: Path, when: Any, what: Any, outcome: str, taken: int
) -> None:
    with sendgrid(tmp_path) as office:
        office.server.next(when, what)
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == 5, ran.out + ran.err
        [(wrong, got)] = [(record, one) for record, one in outcomes(ran.json).items() if one not in {"sent", "queued"}]
        assert got == outcome and office.states(wrong)[-1] == outcome
        for now in LATER:
            office.do("inbox", now=now)
            last = office.send(now)
        assert of(last, wrong)["decision"] in ({"review", "done"} if taken else {"review"})  # its activity may have told
        assert max(Counter(office.server.addresses).values()) == 1 and len(office.server.addresses) == 3 + taken
        assert of(ran.json, wrong)["customer"] in office.do("report").out or of(last, wrong)["decision"] == "done"


def test_sendgrid_has_provider_ids_and_what_commercial_mail_needs(tmp_path: Path) -> None:
    with sendgrid(tmp_path) as office:
        document = office.send()
        assert set(outcomes(document).values()) <= {"sent", "queued"} and all(one["provider_id"] for one in document["decisions"])
        mail = office.server.taken[0]
        assert [part["type"] for part in mail["content"]] == ["text/plain", "text/html"]
        assert (
            "List-Unsubscribe" in mail["headers"]
            and "412 Kedzie Ave" in mail["content"][0]["value"]
            and "412 Kedzie Ave" in mail["content"][1]["value"]
        )
        assert mail["headers"].get("Message-ID", "@northside.example>").endswith("@northside.example>")
        assert set(outcomes(office.send()).values()) == {None}


@pytest.mark.parametrize("after", ["1", None])
def test_sendgrid_429_is_waited_for_or_left_for_later(tmp_path: Path, after: str | None) -> None:
    with sendgrid(tmp_path) as office:
        office.server.next("read", errors(429, "too many requests", **({"Retry-After": after} if after else {})))
        first = office.send()
        assert not {"failed", "in_doubt"} & set(outcomes(first).values())
        office.send("2026-11-23T10:30")
        assert Counter(office.server.addresses) == Counter(ADDRESSES)


@pytest.mark.parametrize(
    "answer", [errors(401, "The provided authorization grant is invalid, expired, or revoked"), errors(403, "access forbidden")]
)
def test_sendgrid_a_refused_key_stops_the_run_and_burns_no_claim(tmp_path: Path, answer: Answer) -> None:
    with sendgrid(tmp_path) as office:
        for _ in range(6):
            office.server.next("read", answer)
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == 5 and not {"sent", "queued", "failed", "in_doubt"} & set(outcomes(ran.json).values())
        assert len(office.server.requests) <= 2
        office.server.faults.clear()
        office.send("2026-11-23T10:30")
        assert Counter(office.server.addresses) == Counter(ADDRESSES)


def test_sendgrid_a_missing_key_is_exit_3(tmp_path: Path) -> None:
    with sendgrid(tmp_path) as office:
        ran = office.do("run", "follow-up", "--send", env={"SENDGRID_API_KEY": ""})
        assert ran.code == 3 and "SENDGRID_API_KEY" in ran.out + ran.err and office.server.taken == []


def test_sendgrid_the_sandbox_delivers_nothing(tmp_path: Path) -> None:
    with sendgrid(tmp_path, more="sandbox = true") as office:
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == 0 and len(office.server.checked) == 4 and office.server.taken == []
        assert all(mail["mail_settings"]["sandbox_mode"]["enable"] is True for mail in office.server.checked)


def test_sendgrid_nobody_listens(tmp_path: Path) -> None:
    with sendgrid(tmp_path) as office:
        file = office.folder / "config.toml"
        text = file.read_text()
        file.write_text(text.replace(office.server.base, f"http://127.0.0.1:{free_port()}"))
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == 5 and not {"sent", "queued", "failed", "in_doubt"} & set(outcomes(ran.json).values())
        file.write_text(text)
        office.send("2026-11-23T10:30")
        assert Counter(office.server.addresses) == Counter(ADDRESSES)


@pytest.mark.parametrize("name", ["bounces", "spam_reports", "invalid_emails", "unsubscribes", "blocks"])
def test_sendgrid_what_it_suppresses_is_seen_by_the_next_look(tmp_path: Path, name: str) -> None:
    with sendgrid(tmp_path) as office:
        office.send()
        from datetime import datetime
        from zoneinfo import ZoneInfo

        at = int(datetime(2026, 11, 23, 10, 2, tzinfo=ZoneInfo("America/Chicago")).timestamp())
        office.server.suppress(name, "ann@li.example", at, reason="550 no such user", status="5.1.1")
        for now in ("2026-11-23T10:30", "2026-11-23T10:40"):
            assert office.do("inbox", now=now).code == 0
        listed = [one["address"] for one in office.do("optout", "--list", "--format", "json").json]
        assert ("ann@li.example" in listed) == (name in {"spam_reports", "unsubscribes"})
        last = office.send("2026-11-24T10:00")
        assert of(last, "E-1")["decision"] in {"ended", "review"} and of(last, "E-2")["decision"] == "done"


# --- SMTP


@contextmanager
def smtp(folder: Path, count: int = 4, password: bool = False, more: str = "") -> Iterator[tuple[Mailing, Letters]]:
    letters = Letters()
    with mail_server(letters, password=password) as port:
        office = Mailing(folder / "office", mail_config(port, more, timeout="1 s"))
        office.sheet("estimates", ESTIMATES, rows_by_mail(count))
        office.recipe("follow-up", follow_up(steps=NUDGE))
        yield office, letters


def only(address: str, answer: str) -> Any:
    return lambda to: answer if to == address else "250 OK"


@pytest.mark.parametrize("where", ["answer_to", "answer_data"])
@pytest.mark.parametrize("answer", ["550 no such user", "553 bad", "554 spam", "501 syntax", "552 too large", "571 blocked"])
def test_smtp_a_permanent_refusal_is_failed_and_never_tried_again(tmp_path: Path, where: str, answer: str) -> None:
    with smtp(tmp_path) as (office, letters):
        setattr(letters, where, only("bo@li.example", answer))
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert (ran.code, outcomes(ran.json)) == (5, {"E-1": "sent", "E-2": "failed", "E-3": "sent", "E-4": "sent"})
        setattr(letters, where, lambda _: "250 OK")
        for now in LATER:
            last = office.send(now)
        assert of(last, "E-2")["decision"] == "review" and sorted(letters.addresses) == [ADDRESSES[0], *ADDRESSES[2:]]
        assert "Bo Park" in office.do("report").out


@pytest.mark.parametrize("where", ["answer_to", "answer_data"])
@pytest.mark.parametrize("answer", ["450 busy", "451 greylisted", "452 full"])
def test_smtp_a_temporary_refusal_is_neither_sent_nor_doubt_and_leaves_later(tmp_path: Path, where: str, answer: str) -> None:
    with smtp(tmp_path) as (office, letters):
        setattr(letters, where, only("bo@li.example", answer))
        first = office.send()
        assert of(first, "E-2")["outcome"] not in {"sent", "failed", "in_doubt"}
        assert not {"failed", "in_doubt"} & set(office.states("E-2"))
        setattr(letters, where, lambda _: "250 OK")
        office.send("2026-11-23T10:30")
        assert Counter(letters.addresses) == Counter(ADDRESSES)


@pytest.mark.parametrize("where", ["answer_to", "answer_data"])
def test_smtp_421_loses_nobody(tmp_path: Path, where: str) -> None:
    with smtp(tmp_path) as (office, letters):
        setattr(letters, where, only("bo@li.example", "421 closing"))
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == 5 and not {"failed", "in_doubt"} & set(outcomes(ran.json).values())
        setattr(letters, where, lambda _: "250 OK")
        office.send("2026-11-23T10:30")
        assert Counter(letters.addresses) == Counter(ADDRESSES)


def test_smtp_silence_after_the_message_is_doubt_and_a_persons(tmp_path: Path) -> None:
    with smtp(tmp_path, 1) as (office, letters):
        letters.wait = 2.5
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert (ran.code, outcomes(ran.json)) == (5, {"E-1": "in_doubt"}) and office.states("E-1")[-1] == "in_doubt"
        letters.wait = 0
        for now in LATER:
            assert of(office.send(now), "E-1")["decision"] == "review"
        assert letters.addresses == ["ann@li.example"] and len(office.queue()) == 1


def test_smtp_a_wrong_password_stops_at_once(tmp_path: Path) -> None:
    with smtp(tmp_path, password=True, more=f'user = "{USER}"') as (office, letters):
        ran = office.do("run", "follow-up", "--send", "--format", "json", env={"SMTP_PASSWORD": "not-the-one"})
        assert (
            ran.code == 5
            and not {"sent", "failed", "in_doubt"} & set(outcomes(ran.json).values())
            and "not-the-one" not in ran.out + ran.err
        )
        office.send("2026-11-23T10:30")
        assert Counter(letters.addresses) == Counter(ADDRESSES)


def test_smtp_a_server_that_never_greets_leaves_all_for_later(tmp_path: Path) -> None:
    with smtp(tmp_path) as (office, letters), socket.create_server(("127.0.0.1", 0)) as silent:
        file = office.folder / "config.toml"
        text = file.read_text()
        port = next(line for line in text.splitlines() if line.startswith("port "))
        file.write_text(text.replace(port, f"port = {silent.getsockname()[1]}"))
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == 5 and not {"sent", "failed", "in_doubt"} & set(outcomes(ran.json).values())
        file.write_text(text)
        office.send("2026-11-23T10:30")
        assert Counter(letters.addresses) == Counter(ADDRESSES)


def test_smtp_mail_is_as_it_must_be(tmp_path: Path) -> None:
    with smtp(tmp_path) as (office, letters):
        office.send()
        for to, mail in letters.taken:
            assert mail["Message-ID"].endswith("@northside.example>") and mail["List-Unsubscribe"]
            assert "office@northside.example" in (mail["Reply-To"] or mail["From"])
            kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
            assert kinds == ["text/plain", "text/html"] and to in mail["To"]
            plain = str(next(part for part in mail.walk() if part.get_content_type() == "text/plain").get_payload())
            assert "412 Kedzie Ave" in plain and ("unsubscribe" in plain.lower() or "stop" in plain.lower())
        assert len({mail["Message-ID"] for _, mail in letters.taken}) == 4


# --- two ways out


def test_who_has_no_mobile_number_gets_the_e_mail_and_who_has_neither_is_a_persons(tmp_path: Path) -> None:
    letters = Letters()
    with TwilioServer() as server, mail_server(letters) as port:
        office = Texting(tmp_path / "office", server)
        office.configure(
            f'\n[email]\nprovider = "smtp"\nfrom = "Northside <office@northside.example>"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        )
        office.recipe("follow-up", follow_up())
        office.sheet("estimates", ESTIMATES, [
            estimate("E-1", "Ann Li", ANN, email="ann@li.example"), estimate("E-2", "Bo Park", "", email="bo@li.example"), estimate("E-3", "Cy Doe", ""),
            estimate("E-4", "Di Foe", "+18005550142", email="di@li.example"), estimate("E-5", "Ed Goe", "(312) 555-0147 x12", email="ed@li.example"),
        ])  # fmt: skip
        document = office.send()
        assert {one["record"]: one["channel"] for one in document["decisions"] if one["outcome"]} == {
            "E-1": "sms",
            "E-2": "email",
            "E-4": "email",
            "E-5": "email",
        }
        assert of(document, "E-3")["decision"] == "review"
        assert office.texts() == [ANN] and sorted(letters.addresses) == ["bo@li.example", "di@li.example", "ed@li.example"]


def test_a_channel_that_is_down_does_not_stop_the_other(tmp_path: Path) -> None:
    letters = Letters()
    with TwilioServer() as server, mail_server(letters) as port:
        office = Texting(tmp_path / "office", server)
        office.configure(
            f'\n[email]\nprovider = "smtp"\nfrom = "Northside <office@northside.example>"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        )
        office.recipe("follow-up", follow_up())
        office.sheet("estimates", ESTIMATES, [estimate("E-1", "Ann Li", ANN), estimate("E-2", "Bo Park", "", email="bo@li.example")])
        server.fails(*[refuses(20003, status=401)] * 4)
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == 5 and "failed" not in outcomes(ran.json).values() and "in_doubt" not in outcomes(ran.json).values()
        server._faults.clear()
        office.send()
        office.send()
        assert office.texts() == [ANN] and letters.addresses == ["bo@li.example"]


def test_the_history_tells_it_with_recipe_record_step_state_address_and_time(tmp_path: Path) -> None:
    with texting(tmp_path, *FOUR) as office:
        office.server.fails(refuses(21211), to="+13125550143")
        office.server.fails(hangs("taken"), to="+13125550144")
        office.send()
        entries = office.do("ledger", "history", "--format", "json").json
        assert all({"recipe", "record", "step", "state", "address", "time"} <= set(entry) for entry in entries)
        by_record = {row[0]: [entry["state"] for entry in entries if entry["record"] == row[0]] for row in FOUR}
        assert all(states[0] == "claimed" for states in by_record.values())
        assert (by_record["E-2"][-1], by_record["E-3"][-1]) == ("failed", "in_doubt")
        assert {entry["address"] for entry in entries if entry["record"] == "E-1"} == {ANN if FOUR[0][3] == ANN else FOUR[0][3]}


# --- beside


def test_a_pretended_time_is_refused_where_texts_would_really_leave(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        file = office.folder / "config.toml"
        file.write_text(file.read_text().replace(office.server.base, "http://192.0.2.1:9"))
        ran = office.do("run", "follow-up", "--send", now="2026-03-02T10:00")
        assert ran.code == 2 and "Traceback" not in ran.err
        assert office.do("ledger", "history", "--format", "json").json == []
        assert office.do("run", "follow-up", now="2026-03-02T10:00").code == 0


def test_a_trial_accounts_prefix_does_not_hide_what_was_taken(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.trial = True
        office.server.fails(hangs("taken"))
        assert of(office.send(), "E-1")["outcome"] == "in_doubt"
        office.now = "2026-11-23T10:20"
        office.inbox()
        assert of(office.send(), "E-1")["decision"] == "wait" and office.texts() == [ANN]


def test_the_same_words_of_an_earlier_day_do_not_settle_todays_doubt(tmp_path: Path) -> None:
    words = "Hi {{ customer.first_name }}, any questions?"
    with texting(tmp_path) as office:
        office.recipe("follow-up", follow_up(steps=message("one", 'after = "2 days"', words) + message("two", 'after = "4 days"', words)))
        office.send()
        assert office.texts() == [ANN]
        office.now = "2026-11-24T10:00"
        office.server.fails(hangs("read"))
        assert of(office.send(), "E-1")["outcome"] == "in_doubt"
        office.now = "2026-11-24T10:20"
        office.inbox()
        assert of(office.send(), "E-1")["decision"] == "review" and office.texts() == [ANN]


def test_two_in_doubt_with_the_same_words_to_one_number_and_one_was_taken(tmp_path: Path) -> None:
    """Two rows of one shared telephone: one text stands at the provider, so at most one row may be settled as sent."""
    rows = [estimate("E-1", "Ann Li", ANN), estimate("E-2", "Ann Li", ANN, status="Viewed")]
    with texting(tmp_path, *rows, more="[limits]\nper_address_per_day = 5\n", sms="in_flight = 1") as office:
        file = office.folder / "config.toml"
        file.write_text(file.read_text().replace('timeout  = "2 s"', 'timeout  = "1 s"'))
        office.recipe("follow-up", follow_up(steps=message("one", 'after = "2 days"', "Hi Ann, any questions?")))
        office.server.fails(hangs("taken"), hangs("read"))
        first = office.send()
        assert list(outcomes(first).values()) == ["in_doubt", "in_doubt"]
        office.now = "2026-11-23T10:20"
        office.inbox()
        assert [one["decision"] for one in office.send()["decisions"]].count("review") == 1 and office.texts() == [ANN]


def test_a_run_killed_while_it_texts_sends_nobody_twice_and_forgets_nobody(tmp_path: Path) -> None:
    import os
    import subprocess
    import sys
    import time

    from tests.stories.mail_server import until

    rows = [estimate(f"E-{n}", f"Pat {chr(65 + n)}oe", f"+1312555{300 + n:04}") for n in range(24)]
    with texting(tmp_path, *rows, sms="in_flight = 2") as office:
        office.server.before_answer = lambda: time.sleep(0.04)
        env = {**os.environ, "TWILIO_ACCOUNT_SID": office.server.account_sid, "TWILIO_AUTH_TOKEN": office.server.auth_token}
        command = [
            sys.executable,
            "-m",
            "contractor_ops",
            "run",
            "follow-up",
            "--send",
            "--office",
            str(office.folder),
            "--now",
            office.now,
        ]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        until(lambda: len(office.texts()) >= 6)
        run.kill()
        run.wait()
        office.server.before_answer = lambda: None
        for office.now in LATER[:2]:
            office.inbox()
            ran = office.do("run", "follow-up", "--send", "--format", "json")
            assert ran.code == 0, ran.err
        doubtful = [one for one in ran.json["decisions"] if one["decision"] == "review"]
        assert max(Counter(office.texts()).values()) == 1 and len(doubtful) <= 2 and len(office.texts()) + len(doubtful) >= 24


def test_two_runs_at_once_send_once(tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    with texting(tmp_path, *FOUR) as office:
        env = {**os.environ, "TWILIO_ACCOUNT_SID": office.server.account_sid, "TWILIO_AUTH_TOKEN": office.server.auth_token}
        command = [
            sys.executable,
            "-m",
            "contractor_ops",
            "run",
            "follow-up",
            "--send",
            "--office",
            str(office.folder),
            "--now",
            office.now,
        ]
        runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env) for _ in range(3)]
        assert {run.wait() for run in runs} <= {0, 6}
        office.send()
        assert Counter(office.texts()) == Counter(row[3] for row in FOUR)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('provider = "twillio"', "twilio"),
        ('from = "not a number"', "from"),
        ('timeout = "soon"', "timeout"),
        ('per_second = "x"', "per_second"),
        ('fron = "+13125550100"', "from"),
        ("in_flight = 0", "in_flight"),
    ],
)
def test_a_mistake_in_the_config_is_exit_3_and_named(tmp_path: Path, line: str, wrong: str) -> None:
    from tests.offices import CONFIG as PLAIN

    office = inside.Office(tmp_path, PLAIN + "\n[sms]\n" + ("" if line.startswith("provider") else 'provider = "twilio"\n') + line + "\n")
    office.sheet("estimates", ESTIMATES, [estimate()])
    office.recipe("follow-up", follow_up())
    secrets = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "0" * 32}
    for words in (("check",), ("run", "follow-up", "--send"), ("inbox",)):
        ran = office.do(*words, now=MONDAY, env=secrets)
        assert ran.code == 3 and wrong in ran.out + ran.err and "Traceback" not in ran.err, words
    assert office.do("ledger", "history", "--format", "json").json == []
