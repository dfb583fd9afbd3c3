"""A simulation on the screen: who, when and in which words, whatever the window is."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from contractor_ops.planning.decision import Brake, Decision, Draft, Entry
from contractor_ops.reports.timeline import Braked, Decided, Happened, Timeline, timeline_json, timeline_rows
from contractor_ops.reports.timeline_view import timeline_lines
from contractor_ops.tables.record import Place

ZONE = ZoneInfo("America/Chicago")
AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
LATER = datetime(2027, 1, 4, 14, 30, tzinfo=ZONE)
PLACE = Place("jobs.csv", None, 2)


def decision(step: str | None, kind: str = "act", reason: str = "booked today", record: str = "J-1", **more: object) -> Decision:
    return Decision(kind, record, step, reason, "bookings", PLACE, "Ann Li", "office", **more)  # type: ignore[arg-type]


def timeline(*happenings: Decided | Happened | Braked, only: str = "J-1") -> Timeline:
    steps = ["confirmation", "assign", "checklist", "call", "thank-you", "stage"]
    made = Timeline(
        "booking-trail", "Booking trail", "bookings", True, "approve", steps, AT, LATER, 42, ["Only job J-1."], ["In life a person releases."],
        [Brake("missing-column", "jobs.csv: there is no column for status.", "Put it back.")], {"office": "Dana Reed"}, only, list(happenings),
    )  # fmt: skip
    for one in made.decided:
        made.note(one.at, one.one)
    return made


EVERYTHING = timeline(
    Decided(AT, decision("confirmation", action="message", channel="sms", to="+13125550142", to_name="Ann Li", body="Hi Ann,\n\nyou're booked.",
                         outcome="sent"), first=True),
    Decided(AT, decision("assign", action="assign", body="Bo Lund: does heating", outcome="queued", sets=(Entry("bookings", "J-1", "technician", "Bo Lund"),))),
    Decided(AT, decision("checklist", action="checklist", outcome="queued", draft=Draft("checklists/J-1.txt", "- ladder"))),
    Decided(AT, decision("stage", action="update-row", outcome="queued", sets=(Entry("bookings", "J-1", "stage", "Booked"), Entry("leads", "L-1", "status", "Booked")))),
    Decided(AT, decision("thank-you", "wait", "thank-you comes once it is known when it was completed")),
    Braked(AT, Brake("unusual-volume", "60 messages would leave in one run; the limit is 50.", "Look through them.")),
    Happened(LATER, "reply", "can we do Friday?", "from +13125550142, taken for: question; Dana Reed answers it"),
    Happened(LATER, "technician", "", "was Bo Lund", column=True),
    Decided(LATER, decision("confirmation", "ended", "its status is Cancelled")),
    Decided(LATER, decision("call", "review", "the number is odd: +13125550142", action="task", body="Call Ann.")),
    Decided(LATER, decision("thank-you", "ended", "its status is Cancelled")),
)  # fmt: skip


def test_everything_that_may_happen_is_told_in_its_place(golden: Callable[[str, str], None]) -> None:
    golden("timeline.txt", "\n".join(timeline_lines(EVERYTHING)) + "\n")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_in_a_window_no_line_is_longer_and_no_word_is_lost(width: int) -> None:
    lines, whole = list(timeline_lines(EVERYTHING, width)), list(timeline_lines(EVERYTHING))
    assert re.sub(r"\s+", " ", " ".join(lines)) == re.sub(r"\s+", " ", " ".join(whole))
    assert all(len(line) < width or len(line.split()) <= 2 for line in lines)


def test_of_several_rows_each_line_says_whose_it_is_and_what_was_over_before_is_left_out() -> None:
    shown = "\n".join(timeline_lines(timeline(
        Decided(AT, decision("call", action="task", outcome="queued", body="Call Ann."), first=True),
        Decided(AT, decision(None, "ended", "its status is Paid", record="J-2"), first=True),
        Decided(LATER, decision(None, "ended", "its status is Won", record="J-3")), only="",
    )))  # fmt: skip
    assert "call          J-1 Ann Li: task for Dana Reed" in shown and "J-3 Ann Li: ended: its status is Won" in shown
    assert "Paid" not in shown
    assert "Steps that never came: confirmation, assign, checklist, thank-you, stage." in shown


def test_control_characters_of_a_cell_never_reach_the_terminal() -> None:
    shown = "\n".join(timeline_lines(timeline(Decided(AT, decision("call", "review", "odd \x1b[31m name")))))
    assert "\x1b" not in shown


def test_for_scripts_a_decision_is_as_in_the_run_document_with_its_moment() -> None:
    document = timeline_json(EVERYTHING)
    first = document["decisions"][0]
    assert first["at"] == AT.isoformat() and first | {"at": None} == EVERYTHING.happenings[0].one.as_json() | {"at": None}  # type: ignore[union-attr]
    assert [one["at"] for one in document["brakes"]] == [None, AT.isoformat()]
    assert [(one["kind"], one["value"]) for one in document["events"]] == [("reply", "can we do Friday?"), ("technician", "")]
    assert [row["row"] for row in timeline_rows(EVERYTHING)] == [2] * len(document["decisions"])
