"""A step that a change starts, after a doubt about an earlier change."""

from datetime import timedelta

from contractor_ops.ports import History, Release, StepKey, StepMemory, Watched
from contractor_ops.tables.identity import digest_of
from tests.planning.planned import MONDAY, planned, recipe, table

TRAIL = recipe("jobs", 'mode = "auto"\nkind = "service"\nshape = "trail"', steps="""
[[steps]]
name = "moved"
on_change = ["starts_at"]
do = "message"
text = "Hi {{ customer.name }}, now on {{ starts_at }}."
""")  # fmt: skip
JOBS = table(
    "jobs",
    ("Job #", "Customer", "Phone", "Status", "Scheduled start"),
    [("J-1", "Ann Li", "312-555-0142", "Scheduled", "12/04/2026 1:00 PM")],
)
BEFORE, NEXT = {"starts_at": "2026-12-01T13:00:00"}, {"starts_at": "2026-12-02T13:00:00"}


def in_doubt() -> History:
    """Somebody may have been told that the visit moved to December 2."""
    key, at = StepKey("J-1", "moved", "earlier"), MONDAY - timedelta(days=1)
    return History(steps={key: StepMemory(key, "in_doubt", at, 1)}, watched={("J-1", "moved"): Watched(BEFORE, NEXT, at)})


def test_a_doubt_about_an_earlier_change_is_a_person_s_first() -> None:
    [decision] = planned(TRAIL, JOBS, history=in_doubt()).decisions
    assert decision.decision == "review"
    assert decision.reason.startswith("in doubt")


def test_once_a_person_has_settled_it_later_changes_are_told() -> None:
    history = in_doubt()
    [key] = history.steps
    history.releases[key] = Release(1, "dismissed", "", "")
    [decision] = planned(TRAIL, JOBS, history=history).decisions
    assert decision.decision == "act"


def test_a_change_that_an_earlier_version_told_is_not_told_again() -> None:
    at = MONDAY - timedelta(days=1)
    now = {"starts_at": "2026-12-04T13:00:00"}
    key = StepKey("J-1", "moved", digest_of(sorted(BEFORE.items()), sorted(now.items()), 0))
    history = History(steps={key: StepMemory(key, "sent", at, 1)}, watched={("J-1", "moved"): Watched(BEFORE, now, at)})
    [decision] = planned(TRAIL, JOBS, history=history).decisions
    assert decision.decision == "wait"
