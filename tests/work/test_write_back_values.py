"""What the sheet is to say about a row, decided from what is known."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from contractor_ops.planning.decision import Decision, Plan
from contractor_ops.ports import CallOutcome, ReviewItem, ReviewMember, SentMessage, SentStep, State, StepKey
from contractor_ops.tables.record import Place
from contractor_ops.work.write_back_values import Known, StatusSet, contacts_of, next_steps_of, reviews_of, statuses_of, touched_by

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 23, 10, tzinfo=CHICAGO)
WANTED = {name: name.replace("_", " ").capitalize() for name in ("last_contact", "next_step", "status", "clean_note", "review")}
PLACE = Place("estimates.xlsx", "2026", 4)


def sent(
    record: str, at: datetime, *, state: State = "sent", customer: str = "phone:+13125550142", table: str = "estimates", provider: str = "twilio",
) -> SentMessage:  # fmt: skip
    step = SentStep(1, "follow-up", table, StepKey(record, "nudge"), "office", state)
    return SentMessage(1, at, "sms", "+13125550142", "Ann Li", customer, provider, "m1", None, "Hello", (step,))


def decided(kind: str, step: str | None, due: datetime | None = None, until: datetime | None = None) -> Decision:
    return Decision(kind, "E-1", step, "why", "estimates", PLACE, "Ann Li", "office", due, until)  # type: ignore[arg-type]


def planned(*decisions: Decision) -> Plan:
    return Plan("follow-up", "Follow-up", NOW, "auto", False, len(decisions), list(decisions))


def next_step(*decisions: Decision) -> str | None:
    return next_steps_of([planned(*decisions)], {PLACE: "E-1"}, {"office": "Dana Reed"}, CHICAGO).get("E-1")


class TestLastContact:
    def test_the_last_day_in_the_offices_own_zone(self) -> None:
        late = datetime(2026, 11, 21, 3, tzinfo=UTC)  # the evening of the 20th in Chicago
        assert contacts_of([sent("E-1", late), sent("E-1", datetime(2026, 11, 2, 16, tzinfo=UTC))], [], {"estimates"}, CHICAGO) == {
            "E-1": date(2026, 11, 20)
        }

    @pytest.mark.parametrize(
        "message",
        [
            sent("E-1", NOW, state="failed"),
            sent("E-1", NOW, state="in_doubt"),
            sent("E-1", NOW, customer=""),
            sent("E-1", NOW, table="invoices"),
            sent("E-1", NOW, provider="outbox"),
        ],
        ids=["did not leave", "nobody knows", "to our own people", "about another table", "only a file in outbox"],
    )
    def test_what_is_no_contact(self, message: SentMessage) -> None:
        assert contacts_of([message], [], {"estimates"}, CHICAGO) == {}

    def test_calls_that_were_noted(self) -> None:
        calls = [
            CallOutcome(1, "follow-up", "estimates", "E-1", "voicemail", NOW),
            CallOutcome(2, "follow-up", "estimates", "E-2", "wrong-number", NOW),
        ]
        assert contacts_of([], calls, {"estimates"}, CHICAGO) == {"E-1": date(2026, 11, 23)}


class TestNextStep:
    def test_the_first_that_comes(self) -> None:
        later = decided("wait", "last-nudge", datetime(2026, 12, 1, 9, tzinfo=CHICAGO))
        sooner = decided("hold", "second_nudge", NOW, datetime(2026, 11, 25, 9, tzinfo=CHICAGO))
        assert next_step(later, sooner) == "Second nudge on Nov 25, 2026"

    def test_what_a_person_must_release(self) -> None:
        assert next_step(decided("review", "nudge", NOW)) == "Nudge, when Dana Reed has looked at it"

    @pytest.mark.parametrize("one", [decided("ended", "nudge"), decided("done", "nudge"), decided("wait", None), decided("broken", None)])
    def test_nothing_comes(self, one: Decision) -> None:
        assert next_step(one) is None


def test_reviews_name_the_person_and_every_reason_once() -> None:
    def item(reason: str, table: str = "estimates") -> ReviewItem:
        return ReviewItem(
            "follow-up", reason, "row", "office", reason, (ReviewMember(StepKey("E-1", "nudge"), "", "", PLACE),), table=table
        )

    items = [item("large"), item("large"), item("odd – very"), item("other", "invoices")]
    assert reviews_of(items, {"estimates"}, {"office": "Dana Reed"}) == {"E-1": "Dana Reed: large; Dana Reed: odd – very"}
    assert touched_by([], items, {"estimates"}) == {"E-1"}


class TestValues:
    def test_what_is_over_is_emptied_only_where_it_was_ours(self) -> None:
        known = Known(touched=frozenset({"E-1"}))
        assert known.values("E-1", WANTED) == {"Next step": None, "Review": None}
        assert known.values("E-2", WANTED) == {}

    def test_only_what_is_wanted(self) -> None:
        known = Known(
            {"E-1": date(2026, 11, 20)}, {"E-1": "Nudge on Nov 30, 2026"}, {"E-1": "Dana Reed: large"}, {"E-1": "Viewed"}, {"E-1": "Done."}
        )
        assert known.values("E-1", {"last_contact": "Spoken"}) == {"Spoken": date(2026, 11, 20)}
        assert known.values("E-1", WANTED) == {
            "Last contact": date(2026, 11, 20), "Next step": "Nudge on Nov 30, 2026", "Review": "Dana Reed: large", "Status": "Viewed", "Clean note": "Done.",
        }  # fmt: skip

    def test_signs_that_a_csv_shows_wrongly_are_written_plainly(self) -> None:
        assert Known(reviews={"E-1": "odd – “very”…"}).values("E-1", WANTED)["Review"] == 'odd - "very"...'


class TestStatuses:
    STEP = StatusSet("follow-up", StepKey("E-1", "nudge"), "7", NOW, "Viewed", lambda text: text in {"Sent", "Viewed"})

    @pytest.mark.parametrize(
        ("now", "noted", "is_open"),
        [
            ("Sent", {}, True),
            ("Sent", {"claim": "7", "before": "Sent"}, True),
            ("Sent", {"claim": "3", "before": "Draft", "written": "3"}, True),
            ("Sent", {"claim": "7", "before": "Sent", "written": "7"}, False),
            ("Viewed", {"claim": "7", "before": "Sent"}, False),
            ("Won", {}, False),
            (None, {}, False),
        ],
        ids=["first seen", "not written yet", "of an earlier step", "written", "a person was there", "moved on", "the row is gone"],
    )
    def test_one_step(self, now: str | None, noted: dict[str, str], is_open: bool) -> None:
        found = statuses_of([self.STEP], {"E-1": now} if now is not None else {}, {"E-1": noted})
        assert found == ({"E-1": self.STEP} if is_open else {})

    def test_the_last_step_counts(self) -> None:
        later = replace(self.STEP, key=StepKey("E-1", "call"), claim="9", at=datetime(2026, 11, 24, 10, tzinfo=CHICAGO), status="Sent")
        assert statuses_of([later, self.STEP], {"E-1": "Viewed"}, {}) == {"E-1": later}
