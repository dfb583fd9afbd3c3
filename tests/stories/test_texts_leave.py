"""Texts through Twilio: each leaves at most once, and every fault ends in its right outcome, which people see."""

from pathlib import Path

import pytest

from tests.offices import of
from tests.providers.twilio_server import breaks, drops, garbage, hangs, refuses, too_many
from tests.stories.texting import ANN, BOB, estimate, texting

TWO = (estimate(), estimate("E-2", "Bob Ray", BOB))


def test_a_text_leaves_and_carries_the_end_of_its_window(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        one = of(office.send(), "E-1")
        assert (one["outcome"], one["provider_id"], one["segments"]) == ("queued", office.server.messages[0]["sid"], 1)
        assert one["cost"] == 0.0113
        assert office.server.forms[-1]["ValidityPeriod"] == "14400"
        office.now = "2026-11-23T19:58"
    with texting(tmp_path / "late") as office:
        office.now = "2026-11-23T19:58"
        office.send()
        assert 100 <= int(office.server.forms[-1]["ValidityPeriod"]) <= 120


@pytest.mark.parametrize(
    ("fault", "outcome", "code", "taken", "state"),
    [
        (refuses(21211), "failed", 5, 0, "failed"),
        (refuses(21612), "failed", 5, 0, "failed"),
        (refuses(99999, "Something new"), "failed", 5, 0, "failed"),
        (refuses(21610), "failed", 5, 0, "failed"),
        (breaks(500), "in_doubt", 5, 0, "in_doubt"),
        (breaks(502, "taken"), "in_doubt", 5, 1, "in_doubt"),
        (hangs("read"), "in_doubt", 5, 0, "in_doubt"),
        (hangs("taken"), "in_doubt", 5, 1, "in_doubt"),
        (drops("read"), "in_doubt", 5, 0, "in_doubt"),
        (drops("taken"), "in_doubt", 5, 1, "in_doubt"),
        (garbage("taken"), "in_doubt", 5, 1, "in_doubt"),
    ],
)
def test_what_goes_wrong_with_one_leaves_the_other_alone_and_is_never_tried_again(
    tmp_path: Path, fault: object, outcome: str, code: int, taken: int, state: str
) -> None:
    with texting(tmp_path, *TWO) as office:
        office.server.fails(fault, to=ANN)  # type: ignore[arg-type]
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert ran.code == code
        assert (of(ran.json, "E-1")["outcome"], of(ran.json, "E-2")["outcome"]) == (outcome, "queued")
        assert office.states("E-1")[-1] == state
        assert "Ann Li" in office.do("report").out
        for _ in range(2):  # the first of these asks Twilio, which knows what it took
            again = of(office.send(), "E-1")
        assert office.texts().count(ANN) == taken
        opted_out = "21610" in str(getattr(fault, "body", ""))
        assert again["decision"] == ("ended" if opted_out else "wait" if taken else "review")


@pytest.mark.parametrize("fault", [refuses(20003, status=401), refuses(30002), refuses(21606), refuses(30034)])
def test_what_concerns_the_whole_account_stops_the_run_and_burns_no_claim(tmp_path: Path, fault: object) -> None:
    with texting(tmp_path, *TWO) as office:
        office.server.fails(fault, fault)  # type: ignore[arg-type]
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert (ran.code, office.texts()) == (5, [])
        assert {one["outcome"] for one in ran.json["decisions"]} == {"skipped"}
        office.server.is_well()
        office.send()
        assert sorted(office.texts()) == [ANN, BOB]


def test_a_provider_that_asks_for_patience_gets_it_and_each_text_leaves_once(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        office.server.fails(too_many("1"), too_many("1"))
        document = office.send()
        assert {one["outcome"] for one in document["decisions"]} == {"queued"}
        assert sorted(office.texts()) == [ANN, BOB]


def test_a_provider_that_asks_for_too_much_patience_is_left_for_a_later_run(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        office.server.fails(too_many("3600"), too_many("3600"))
        ran = office.do("run", "follow-up", "--send", "--format", "json")
        assert (ran.code, office.texts()) == (5, [])
        office.server.is_well()
        office.send()
        assert sorted(office.texts()) == [ANN, BOB]


def test_a_landline_gets_the_e_mail_in_the_same_run(tmp_path: Path) -> None:
    rows = [estimate(email="ann@li.example"), estimate("E-2", "Bob Ray", BOB)]
    with texting(tmp_path, *rows) as office:
        office.server.landlines = {ANN, BOB}
        document = office.send()
        assert (of(document, "E-1")["outcome"], of(document, "E-1")["channel"]) == ("sent", "email")
        assert "takes no texts" in of(document, "E-1")["reason"]
        assert [path.name for path in office.outbox() if "ann@li.example" in path.name]
        assert of(document, "E-2")["outcome"] == "failed"
        later = of(office.send(), "E-2")
        assert (later["decision"], office.texts()) == ("review", [])
        assert "no phone that takes texts" in later["reason"]


def test_in_approve_mode_the_e_mail_is_asked_for_again(tmp_path: Path) -> None:
    with texting(tmp_path, estimate(email="ann@li.example"), mode="approve") as office:
        office.send()
        office.do("review", "approve", office.item("E-1"))
        office.server.landlines = {ANN}
        office.send()
        asked = of(office.send(), "E-1")
        assert (asked["decision"], asked["channel"], asked["to"]) == ("review", "email", "ann@li.example")


def test_an_opt_out_that_twilio_knows_of_is_kept(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.server.opted_out = {ANN}
        office.send()
        assert [one["address"] for one in office.do("optout", "--list", "--format", "json").json] == [ANN]
        assert of(office.send(), "E-1")["decision"] == "ended"


def test_several_are_in_the_air_at_once_and_never_more_than_allowed(tmp_path: Path) -> None:
    rows = [estimate(f"E-{n}", f"Pat {chr(n - 35)}oe", f"+1312555{n:04}") for n in range(100, 124)]
    with texting(tmp_path, *rows, sms="in_flight = 3") as office:
        office.server.before_answer = lambda: __import__("time").sleep(0.02)
        document = office.send()
        assert {one["outcome"] for one in document["decisions"]} == {"queued"}
        assert len(set(office.texts())) == len(office.texts()) == 24
        assert 2 <= office.server.most_at_once <= 3


@pytest.mark.parametrize(("fault", "left"), [(hangs("taken"), True), (hangs("read"), False)])
def test_doubt_is_asked_of_twilio(tmp_path: Path, fault: object, left: bool) -> None:
    with texting(tmp_path) as office:
        office.server.fails(fault)  # type: ignore[arg-type]
        office.send()
        if left:
            office.server.messages[0].update(status="delivered", date_sent=office.server.messages[0]["date_created"])
        office.now = "2026-11-23T10:30"
        found = office.inbox()
        assert [one["state"] for one in found["doubts"]] == (["sent"] if left else ["in_doubt"])
        after = of(office.send(), "E-1")
        assert (after["decision"], len(office.texts())) == (("wait", 1) if left else ("review", 0))
