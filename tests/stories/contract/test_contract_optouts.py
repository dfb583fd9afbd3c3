"""What the office says about a customer: opt-outs, pauses, skips, and the columns of the customers table."""

from pathlib import Path

import pytest

from tests.offices import ESTIMATES, INVOICES, follow_up, of, reminders
from tests.stories.contract.telephone import CUSTOMERS
from tests.stories.texting import ANN, BOB, Texting, estimate, texting

TWO = (estimate(), estimate("E-2", "Bob Ray", BOB))
SERVICE = reminders(top='kind = "service"')
BILL = ("I-1", "Ann Li", "", ANN, "Sent", "2026-11-01", "2026-11-20", "100", "100", "")


def outlist(office: Texting) -> list[str]:
    return [one["address"] for one in office.do("optout", "--list", "--format", "json").json]


@pytest.mark.parametrize(
    "typed", ["+13125550142", "(312) 555-0142", "312-555-0142", "312.555.0142", "1 312 555 0142", "3125550142", " 312 555 0142 "]
)
def test_an_opt_out_holds_however_the_number_is_typed(tmp_path: Path, typed: str) -> None:
    with texting(tmp_path, *TWO) as office:
        assert office.do("optout", typed).code == 0
        document = office.send()
        assert (of(document, "E-1")["decision"], office.texts()) == ("ended", [BOB])
        assert "opted out" in of(document, "E-1")["reason"].lower() or "opt" in of(document, "E-1")["reason"].lower()
        assert outlist(office) == [ANN]


@pytest.mark.parametrize("typed", ["ann@li.example", "ANN@LI.example", " Ann@li.example "])
def test_an_e_mail_address_too(tmp_path: Path, typed: str) -> None:
    with texting(tmp_path, estimate(phone="", email="Ann@Li.example")) as office:
        assert office.do("optout", typed).code == 0
        assert of(office.send(), "E-1")["decision"] == "ended" and office.outbox() == []


@pytest.mark.parametrize("typed", ["Ann Li", "12", "not-an-address", "", "@", "ann@"])
def test_what_is_no_address_is_refused_in_plain_words(tmp_path: Path, typed: str) -> None:
    with texting(tmp_path) as office:
        ran = office.do("optout", typed)
        assert ran.code in {2, 3} and "Traceback" not in ran.err and (ran.err or ran.out) and outlist(office) == []


def test_service_messages_stop_too(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.do("optout", ANN)
        office.sheet("invoices", INVOICES, [BILL])
        office.recipe("reminders", SERVICE)
        assert of(office.send("reminders"), "I-1")["decision"] == "ended" and office.texts() == []


def test_it_is_seen_between_the_release_and_the_sending(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO, mode="approve") as office:
        office.send()
        office.do("review", "approve", office.item("E-1"), office.item("E-2"))
        office.do("optout", ANN)
        document = office.send()
        assert (of(document, "E-1")["decision"], office.texts()) == ("ended", [BOB])


def test_remove_lifts_it_and_the_history_keeps_it(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.do("optout", ANN)
        assert office.do("optout", ANN, "--remove").code == 0
        assert outlist(office) == []
        assert of(office.send(), "E-1")["decision"] == "act" and office.texts() == [ANN]


def test_twice_is_once(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        assert [office.do("optout", ANN).code for _ in range(3)] == [0, 0, 0]
        assert outlist(office) == [ANN]
        office.do("optout", ANN, "--remove")
        assert outlist(office) == []


def test_removing_what_is_not_there_says_so(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        ran = office.do("optout", ANN, "--remove")
        assert ran.code in {0, 3} and (ran.out or ran.err) and "Traceback" not in ran.err


def test_list_and_address_in_all_formats(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.do("optout", ANN)
        office.do("optout", "bob@ray.example")
        assert sorted(outlist(office)) == [ANN, "bob@ray.example"]
        assert ANN in office.do("optout", "--list").out
        lines = office.do("optout", "--list", "--format", "jsonl").out.splitlines()
        assert len(lines) == 2
        table = office.do("optout", "--list", "--format", "csv").out.splitlines()
        assert len(table) == 3 and any("13125550142" in line for line in table)


@pytest.mark.parametrize("who", [ANN, "(312) 555-0142", "Ann Li", "ann li"])
def test_a_pause_holds_until_its_day(tmp_path: Path, who: str) -> None:
    with texting(tmp_path, *TWO) as office:
        assert office.do("pause", who, "--until", "2026-11-25", "--note", "on holiday").code == 0
        held = of(office.send(), "E-1")
        assert held["decision"] == "hold" and held["until"].startswith("2026-11-25") and office.texts() == [BOB]
        office.now = "2026-11-25T10:00"
        assert of(office.send(), "E-1")["decision"] == "act" and office.texts().count(ANN) == 1


def test_resume_lifts_a_pause(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.do("pause", "Ann Li", "--until", "2026-12-25")
        assert office.do("resume", "Ann Li").code == 0
        office.send()
        assert office.texts() == [ANN]


@pytest.mark.parametrize(
    "words",
    [
        ("pause", "Ann Li"),
        ("pause", "Ann Li", "--until", "2026-02-30"),
        ("pause", "Ann Li", "--until", "soon"),
        ("pause", "--until", "2026-12-01"),
    ],
)
def test_a_pause_that_is_typed_wrong(tmp_path: Path, words: tuple[str, ...]) -> None:
    with texting(tmp_path) as office:
        assert office.do(*words).code == 2


def test_who_nobody_knows_cannot_be_paused_in_silence(tmp_path: Path) -> None:
    """A pause that holds nobody must say so, or refuse."""
    with texting(tmp_path) as office:
        ran = office.do("pause", "Nobody Known", "--until", "2026-12-01")
        assert ran.code == 3 or "Nobody Known" in ran.out + ran.err
        assert "Traceback" not in ran.err


def test_skip_ends_it_for_one_record_with_the_reason(tmp_path: Path) -> None:
    with texting(tmp_path, *TWO) as office:
        assert office.do("skip", "follow-up", "E-1", "--because", "I already called him").code == 0
        document = office.send()
        assert (of(document, "E-1")["decision"], office.texts()) == ("ended", [BOB])
        assert "I already called him" in of(document, "E-1")["reason"]
        assert "I already called him" in office.do("why", "estimates", "E-1").out


@pytest.mark.parametrize("words", [("skip", "follow-up", "E-99"), ("skip", "no-such-recipe", "E-1")])
def test_skip_of_what_is_not_there_is_exit_3(tmp_path: Path, words: tuple[str, ...]) -> None:
    with texting(tmp_path) as office:
        ran = office.do(*words, "--because", "x")
        assert ran.code == 3 and (words[-1] in ran.err + ran.out or words[1] in ran.err + ran.out)


def test_skip_takes_back_a_release(tmp_path: Path) -> None:
    with texting(tmp_path, mode="approve") as office:
        office.send()
        office.do("review", "approve", office.item("E-1"))
        office.do("skip", "follow-up", "E-1", "--because", "called")
        assert of(office.send(), "E-1")["decision"] == "ended" and office.texts() == []


@pytest.mark.parametrize(("column", "value", "decision"), [("Do not contact", "yes", "ended"), ("Do not contact", "x", "ended"), ("Handle by hand", "yes", "review"), ("Pause until", "2026-12-24", "hold"),
                                                           ("Pause until", "12/24/2026", "hold"), ("Do not contact", "no", "act"), ("Do not contact", "", "act"), ("Pause until", "2026-11-01", "act")])  # fmt: skip
def test_the_columns_that_the_office_edits(tmp_path: Path, column: str, value: str, decision: str) -> None:
    row = {"Customer #": "K1", "Name": "Ann Li", "Phone": "312 555 0142", column: value}
    with texting(tmp_path, *TWO) as office:
        office.sheet("customers", CUSTOMERS, [tuple(row.get(heading, "") for heading in CUSTOMERS)])
        document = office.send()
        assert of(document, "E-1")["decision"] == decision and of(document, "E-2")["decision"] == "act"
        assert office.texts().count(ANN) == (decision == "act")


@pytest.mark.parametrize(("column", "value"), [("Do not contact", "maybe"), ("Pause until", "till spring"), ("Handle by hand", "???")])
def test_a_cell_that_cannot_be_read_is_never_taken_for_a_yes_to_sending(tmp_path: Path, column: str, value: str) -> None:
    row = {"Customer #": "K1", "Name": "Ann Li", "Phone": "312 555 0142", column: value}
    with texting(tmp_path) as office:
        office.sheet("customers", CUSTOMERS, [tuple(row.get(heading, "") for heading in CUSTOMERS)])
        assert of(office.send(), "E-1")["decision"] in {"review", "ended", "hold"} and office.texts() == []


def test_an_opt_out_of_one_address_is_kept_when_the_customer_has_another(tmp_path: Path) -> None:
    """By typed command the address is stopped: to it nothing leaves, whatever the row's other address is."""
    with texting(tmp_path, estimate(email="ann@li.example")) as office:
        office.do("optout", ANN)
        for office.now in ("2026-11-23T10:00", "2026-11-24T10:00", "2026-11-25T10:00"):
            office.send()
        assert office.texts() == []


def test_a_shared_number_stops_for_both_rows(tmp_path: Path) -> None:
    with texting(tmp_path, estimate(), estimate("E-2", "Li Wen", ANN)) as office:
        office.do("optout", ANN)
        assert {one["decision"] for one in office.send()["decisions"]} == {"ended"} and office.texts() == []


def test_the_owners_own_opt_out_does_not_hide_customers_answers(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.do("optout", "+13125550101")
        office.send()
        office.server.text_from(ANN, "I smell gas")
        office.inbox()
        assert any("smell gas" in item["body"] for item in office.queue())


def test_an_opt_out_survives_backup_and_new_recipes(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.do("optout", ANN)
        office.recipe("brand-new", follow_up())
        document = office.run("brand-new", office.now, "--send")
        assert of(document, "E-1")["decision"] == "ended" and office.texts() == []


def test_a_sheet_that_changes_the_number_does_not_free_the_old_one(tmp_path: Path) -> None:
    with texting(tmp_path) as office:
        office.do("optout", ANN)
        office.sheet("estimates", ESTIMATES, [estimate(), estimate("E-5", "Ann Li", "312 555 0142", sent="2026-11-19")])
        assert {one["decision"] for one in office.send()["decisions"]} == {"ended"} and office.texts() == []
