"""Numbers of the queue typed as a range, who has opted out by name, and what became of a release that did not leave."""

from pathlib import Path

import pytest

from tests.offices import ESTIMATES, follow_up
from tests.stories.contract.telephone import shipped
from tests.stories.contract_billing.note_rows import HEADINGS, job
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
NAMES = ("Ann Li", "Bo Park", "Cy Fox", "Di Wu")
ROWS = [(f"E-{n}", name, "", f"312-555-014{n}", "Furnace", "Sent", "11/21/2026", f"${n}80", "") for n, name in enumerate(NAMES, 1)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up(mode="approve"))


def states(office: Office, now: str = MONDAY) -> dict[str, str]:
    listed = office.do("review", "list", "--all", "--format", "json", now=now).json
    return {one["record"]: one["state"] for one in listed}


def test_a_range_means_those_that_are_on_the_list(office: Office) -> None:
    office.run("mine", MONDAY)
    office.do("review", "done", "2", now=MONDAY)
    said = office.do("review", "approve", "1-3,4", now=MONDAY)
    assert said.code == 0 and "2 Bo Park: left as it is: 2 is done already." in said.out
    assert states(office) == {"E-1": "approved", "E-2": "dismissed", "E-3": "approved", "E-4": "approved"}


@pytest.mark.parametrize("typed", ["x", "1-", "1,,x", "90-99", "3-1"])
def test_what_is_no_range_decides_nothing(office: Office, typed: str) -> None:
    office.run("mine", MONDAY)
    assert office.do("review", "approve", "1", typed, now=MONDAY).code == 2
    assert set(states(office).values()) == {"open"}


def test_a_range_leaves_out_what_nobody_should_release_unread(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [(*ROWS[0][:-1], "Her lawyer wrote, do not contact"), *ROWS[1:]])
    office.recipe("mine", follow_up(mode="approve").replace("[[steps]]", '[review_if]\nnotes_mention = ["lawyer"]\n\n[[steps]]', 1))
    office.run("mine", MONDAY)
    told = office.do("review", "approve", "1-4", now=MONDAY).out
    assert "left as it is: a note must be read first" in told
    assert states(office) == {"E-1": "open", "E-2": "approved", "E-3": "approved", "E-4": "approved"}
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    assert states(office)["E-1"] == "approved"


@pytest.mark.parametrize("verb", ["approve", "dismiss", "done"])
def test_a_range_leaves_out_what_is_anothers_turn_put_aside_or_promised_and_says_so(office: Office, verb: str) -> None:
    office.run("mine", MONDAY)
    office.do("review", "assign", office.item("E-1"), "--to", "owner", now=MONDAY)
    office.do("review", "snooze", office.item("E-2"), "--until", "fri", now=MONDAY)
    office.do("review", "call", office.item("E-3"), "--outcome", "voicemail", now=MONDAY)
    told = " ".join(office.do("review", verb, "1-4", now=MONDAY).out.split())
    for part in ("Ann Li: left as it is: it is Maria Lopez's turn", "Bo Park: left as it is: it is put aside until Fri, Nov 27",
                 "Cy Fox: left as it is: it is put aside until Tue, Nov 24 (left a voicemail on Mon, Nov 23)"):  # fmt: skip
        assert part in told
    assert [record for record, state in states(office).items() if state != "open"] == ["E-4"]


def test_a_range_ticks_off_no_row_that_waits_to_be_decided_and_its_own_number_does(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [(*ROWS[0][:3], "", *ROWS[0][4:]), *ROWS[1:]])  # nobody can be written to
    office.run("mine", MONDAY)
    number = office.item("E-1")
    told = " ".join(office.do("review", "done", "1-4", now=MONDAY).out.split())
    assert f"{number} Ann Li: left as it is: it is no task, but a row to decide or to mend" in told
    assert [record for record, state in states(office).items() if state == "open"] == ["E-1"]
    assert office.do("review", "done", number, now=MONDAY).code == 0
    assert states(office)["E-1"] == "dismissed"


def test_what_is_urgent_ends_by_its_own_number_and_with_a_reason(tmp_path: Path) -> None:
    rows = [
        job(1001, "", note="Smelled gas at the meter.", done="11/23/2026").row(),
        job(1002, "", note="Cust wants a quote.", done="11/23/2026").row(),
    ]
    office = Office(tmp_path).sheet("jobs", HEADINGS, rows).recipe("note-flags", shipped("note-flags", "approve"))
    office.run("note-flags", MONDAY, "--send")
    number = next(str(one["id"]) for one in office.queue(now=MONDAY) if "1001" in one["record"])
    assert f"{number} Customer of 1001: left as it is: it is urgent" in " ".join(
        office.do("review", "dismiss", "1-9", "--because", "old", now=MONDAY).out.split()
    )
    for verb in ("done", "dismiss"):
        said = office.do("review", verb, number, now=MONDAY)
        assert said.code == 2 and "is urgent" in said.err and "--because" in said.err
    assert [str(one["id"]) for one in office.queue(now=MONDAY)] == [number]
    assert office.do("review", "done", number, "--because", "the meter is tight", now=MONDAY).code == 0
    assert office.queue(now=MONDAY) == []


def test_done_and_dismissed_are_told_as_the_person_said_them(office: Office) -> None:
    office.run("mine", "2026-12-14T10:00", "--send")  # tasks
    for verb, record, more in (("done", "E-1", ()), ("dismiss", "E-2", ()), ("dismiss", "E-3", ("--because", "spam"))):
        assert f": {'done' if verb == 'done' else 'dismissed'}" in office.do("review", verb, office.item(record), *more, now=MONDAY).out
    listed = office.do("review", "list", "--all", now=MONDAY).out
    assert [line.rsplit("  ", 1)[-1] for line in listed.splitlines() if "· estimate E-" in line] == [
        "done by hand", "dismissed", "dismissed", "$480.00",
    ]  # fmt: skip
    assert "spam" in listed
    assert set(states(office).values()) == {"done", "open"}, "the names of the states stay as scripts know them"


def test_who_has_opted_out_is_named_where_a_sheet_knows_them(office: Office) -> None:
    for number in ("312-555-0141", "312-555-0199"):
        office.do("optout", number, now=MONDAY)
    listed = {one["address"]: one["name"] for one in office.do("optout", "--list", "--format", "json", now=MONDAY).json}
    assert listed == {"+13125550141": "Ann Li", "+13125550199": ""}
    assert "+13125550141  Ann Li  since" in office.do("optout", "--list", now=MONDAY).out


def test_a_release_that_was_taken_back_is_named_by_the_run_and_reads_lapsed(office: Office) -> None:
    office.run("mine", MONDAY)
    office.do("review", "approve", "1-4", now=MONDAY)
    office.sheet("estimates", ESTIMATES, [(*ROWS[0][:5], "Accepted", *ROWS[0][6:]), *ROWS[1:]])
    ran = office.do("run", "mine", now=MONDAY)
    assert "1 release did not leave, as nothing is due any more: Ann Li (estimate E-1)" in ran.out
    assert states(office)["E-1"] == "gone"
    listed = office.do("review", "list", "--all", now=MONDAY).out
    assert "Ann Li · estimate E-1  $180.00  lapsed\n" in listed and "released, but it did not leave: nothing is due any more" in listed
    shown = office.do("review", "show", "1", now=MONDAY).out
    assert "(lapsed)" in shown and "Released, but it did not leave: nothing is due any more" in shown
    assert office.do("review", "show", "1", "--format", "json", now=MONDAY).json["state"] == "gone"


def test_what_is_broken_stays_in_the_report_until_it_is_mended_and_says_so_to_whoever_dismisses_it(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [(*ROWS[0][:6], "31/31/2026", *ROWS[0][7:]), *ROWS[1:]])
    office.run("mine", MONDAY)
    [broken] = to_mend(office)
    assert broken["next"] == "Mend estimates.csv, row 2"
    for verb in ("dismiss", "done"):
        said = office.do("review", verb, str(broken["review"]), now=MONDAY)
        assert said.code == 2 and "stays in the report until estimates.csv, row 2 is mended" in said.err and "review snooze" in said.err
    assert to_mend(office)
    office.sheet("estimates", ESTIMATES, ROWS)
    office.run("mine", MONDAY)
    assert not to_mend(office)


def to_mend(office: Office) -> list[dict[str, object]]:
    return [one for one in office.do("report", "--format", "json", now=MONDAY).json["items"] if one["urgency"] == "mend"]


@pytest.mark.parametrize("since", ["fri", "yesterday", "11/20", "3 days ago", "2026-11-20"])
def test_days_are_read_everywhere_the_same_way(office: Office, since: str) -> None:
    office.run("mine", MONDAY)
    assert office.do("report", "--since", since, now=MONDAY).code == 0
    assert office.do("report", "--since", "tomorrow", now=MONDAY).code == 2
