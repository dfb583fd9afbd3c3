"""Answers: one look into the inbox, and what chases or sells stops for that customer; an opt-out stops everything."""

from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, INVOICES, of, reminders
from tests.providers.twilio_server import breaks, hangs
from tests.stories.texting import ANN, BOB, Texting, estimate, texting

TWO = (estimate(), estimate("E-2", "Bob Ray", BOB))
SERVICE = reminders(top='kind = "service"')


def texted(office: Texting, words: str, number: str = ANN, at: str = "2026-11-23T10:20") -> Any:
    """The office texts, the customer answers, somebody looks into the inbox."""
    office.send()
    office.now = at
    office.server.text_from(number, words)
    office.now = at[:-2] + "30"
    return office.inbox()


@pytest.mark.parametrize(
    "words", ["How long does it take?", "Yes please!", "No thanks", "STOP", "please stop texting me", "ok thanks", "This is a rip off"]
)
def test_an_answer_stops_what_sells_to_that_customer_and_to_nobody_else(tmp_path: Path, words: str) -> None:
    with texting(tmp_path, *TWO) as office:
        found = texted(office, words)
        [came] = found["replies"]
        assert (came["from"], came["customer"], came["text"]) == (ANN, "Ann Li", words)
        assert came["records"] == [{"recipe": "follow-up", "table": "estimates", "record": "E-1"}]
        assert came["answers"]["text"] == next(row["body"] for row in office.server.outgoing() if row["to"] == ANN)
        office.now = "2026-11-25T10:00"
        document = office.send()
        assert [of(document, number)["decision"] for number in ("E-1", "E-2")] == ["ended", "act"]
        assert (office.texts().count(ANN), office.texts().count(BOB)) == (1, 2)


def test_a_second_look_finds_nothing_new(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        assert len(texted(office, "How long does it take?")["replies"]) == 1
        assert office.inbox()["replies"] == []
        assert [item["kind"] for item in office.queue()].count("task") == 1


def test_the_answer_is_a_persons_with_the_message_it_answers_beside_it(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        texted(office, "How long does it take?")
        [item] = office.queue()
        assert (item["owner"], item["customer"], item["record"], item["kind"]) == ("office", "Ann Li", "E-1", "task")
        assert "How long does it take?" in item["body"] and "Any questions about the estimate" in item["body"]
        assert "How long does it take?" in office.do("report").out


def test_a_person_lifts_it(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        texted(office, "Let me think about it")
        office.do("review", "done", office.item("E-1"))
        office.now = "2026-11-25T10:00"
        assert of(office.send(), "E-1")["decision"] == "ended"  # who has dealt with it says so
        assert office.do("resume", "Ann Li").code == 0
        assert of(office.send(), "E-1")["outcome"] == "queued"
        wrong = office.do("resume", "Ann Lee")
        assert wrong.code == 3 and "Ann Lee is not stopped" in wrong.err


def test_an_answer_also_stops_the_other_recipes_and_the_customers_other_address(tmp_path: Path) -> None:
    with texting(tmp_path, estimate(email="ann@li.example")) as office:
        texted(office, "Call me first")
        office.sheet("invoices", INVOICES, [("I-1", "Ann Li", "ann@li.example", "", "Sent", "2026-11-01", "2026-11-20", "100", "100", ""),
                                            ("I-2", "Ann Li", "ann@li.example", ANN, "Sent", "2026-11-01", "2026-11-20", "100", "100", "")])  # fmt: skip
        office.recipe("reminders", reminders())
        assert [one["decision"] for one in office.send("reminders")["decisions"]] == ["ended", "ended"]


@pytest.mark.parametrize(("words", "decision"), [("Yes", "act"), ("thanks!", "act"), ("Can we do Friday?", "ended"), ("STOP", "ended")])
def test_service_messages_go_on_after_yes_and_thanks_and_stop_after_anything_else(tmp_path: Path, words: str, decision: str) -> None:
    with texting(tmp_path) as office:
        texted(office, words)
        office.sheet("invoices", INVOICES, [("I-1", "Ann Li", "", ANN, "Sent", "2026-11-01", "2026-11-20", "100", "100", "")])
        office.recipe("reminders", SERVICE)
        assert of(office.run("reminders", office.now), "I-1")["decision"] == decision


def test_an_opt_out_holds_until_start_and_a_persons_block_beyond_it(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        assert texted(office, "Please take me off your list")["opt_outs"] == [{"address": ANN, "source": "the customer, by text"}]
        office.server.text_from(ANN, "START")
        assert office.inbox()["opt_ins"] == [ANN]
        assert office.do("optout", "--list", "--format", "json").json == []
        office.do("optout", ANN)
        office.server.text_from(ANN, "UNSTOP")
        assert office.inbox()["opt_ins"] == []
        assert [one["address"] for one in office.do("optout", "--list", "--format", "json").json] == [ANN]


def test_what_is_urgent_comes_first_and_the_owner_is_told_at_once_and_once(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        office.send()
        office.server.text_from(BOB, "How much is it?")
        office.server.text_from(ANN, "we smell gas in the basement")
        ran = office.do("inbox")
        assert ran.out.startswith("URGENT  Ann Li")
        [alert] = [row for row in office.server.outgoing() if row["to"] == "+13125550101"]
        assert alert["body"].startswith("URGENT: Ann Li at (312) 555-0142 wrote: we smell gas in the basement")
        office.inbox()
        assert office.texts().count("+13125550101") == 1
        assert office.queue()[0]["owner"] == "owner"
        assert office.do("review", "list").out.index("smell gas") < office.do("review", "list").out.index("How much is it?")


def test_a_stranger_who_writes_is_a_persons_too(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.text_from("+13125550177", "Do you install boilers?")
        [came] = office.inbox()["replies"]
        assert (came["customer"], came["records"], came["answers"], came["owner"]) == (None, [], None, "office")
        assert "Do you install boilers?" in office.do("report").out


def test_a_customer_who_writes_first_is_known_by_the_sheet(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.text_from(ANN, "When will you send the estimate?")
        assert [came["customer"] for came in office.inbox()["replies"]] == ["Ann Li"]


@pytest.mark.parametrize(
    ("status", "code", "decision", "words"),
    [("delivered", None, "wait", ""), ("undelivered", 30003, "review", "switched off"), ("undelivered", 30005, "review", ""),
     ("undelivered", 30006, "review", "landline"), ("failed", 30008, "review", ""), ("undelivered", 31234, "review", "31234")],
)  # fmt: skip
def test_what_became_of_a_text_is_written_down_and_shown(tmp_path: Path, status: str, code: int | None, decision: str, words: str) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.becomes(office.server.messages[0]["sid"], status, code)
        found = office.inbox()
        assert [one["state"] for one in found["results"]] == ["delivered" if status == "delivered" else "failed"]
        assert words in str(found["results"][0]["reason"])
        after = of(office.send(), "E-1")
        assert (after["decision"], len(office.texts())) == (decision, 1)
        if decision == "review":
            assert "NOT DELIVERED" in office.do("report").out or "Ann Li" in office.do("report").out


def test_a_text_whose_time_ran_out_at_the_provider_is_planned_anew(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.becomes(office.server.messages[0]["sid"], "failed", 30036)
        office.now = "2026-11-24T10:00"
        office.inbox()
        assert of(office.send(), "E-1")["outcome"] == "queued"
        assert len(office.texts()) == 2


def test_a_text_that_failed_before_it_left_is_asked_for_by_its_number(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.messages[0].update(status="failed", error_code=30036)  # and no date_sent: no list by day shows it
        office.now = "2026-11-23T15:00"
        assert [one["state"] for one in office.inbox()["results"]] == ["unsent"]


def test_a_number_that_is_not_registered_stops_the_next_run(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        office.send()
        for row in office.server.messages:
            office.server.becomes(row["sid"], "undelivered", 30034)
        office.inbox()
        office.now = "2026-11-25T10:00"
        office.sheet(
            "estimates",
            ESTIMATES,
            [estimate("E-3", "Cy Doe", "+13125550144")],
        )
        ran = office.do("run", "follow-up", "--send", "--accept", "short-source")
        assert ran.code == 4
        assert "provider-blocks" in ran.out and len(office.texts()) == 2


@pytest.mark.parametrize("fault", [breaks(503), hangs()])
def test_a_provider_that_cannot_be_asked_loses_nothing(tmp_path: Path, fault: object) -> None:
    with texting(tmp_path) as office:
        office.send()
        office.server.text_from(ANN, "How long does it take?")
        office.server.fails(fault, method="GET")  # type: ignore[arg-type]
        ran = office.do("inbox")
        assert ran.code == 5 and "Nothing was lost" in ran.out
        assert len(office.inbox()["replies"]) == 1


def test_an_opt_out_that_comes_while_a_run_is_planned_is_kept_to(tmp_path: Path) -> None:
    """The claim looks again: what was written down after planning holds too."""
    with texting(tmp_path, *TWO) as office:
        office.server.before_answer = lambda: office.do("optout", BOB) if not office.texts() else None
        office.send()
        assert ANN in office.texts()


def test_nothing_set_up_says_so(tmp_path: Path) -> None:
    from tests.stories.inside import Office

    ran = Office(tmp_path).do("inbox")
    assert ran.code == 0 and "Nowhere to look" in ran.out


def test_a_confirmation_is_sent_only_where_the_office_wants_it_and_only_once(tmp_path: Path) -> None:
    with texting(tmp_path, more="[inbox]\nconfirm_opt_outs = true\n") as office:
        office.send()
        office.server.text_from(ANN, "please stop texting me")
        for _ in range(2):
            office.inbox()
        assert [row["body"] for row in office.server.outgoing()][1:] == ["Northside Heating & Air: you will get no more messages from us."]
    with texting(tmp_path / "late", more="[inbox]\nconfirm_opt_outs = true\n") as office:
        texted(office, "please stop texting me")  # ten minutes ago: the law wants five
        assert len(office.texts()) == 1
