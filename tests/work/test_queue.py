"""The review queue after a run."""

from collections.abc import Callable
from datetime import date, timedelta

from contractor_ops.office import Office
from contractor_ops.ports import ReviewItem
from contractor_ops.work import review
from contractor_ops.work.run import run_recipe
from tests import offices
from tests.offices import ESTIMATES, follow_up
from tests.work.conftest import NOW, ROWS

Open = Callable[[offices.Office], Office]


def run(office: Office, send: bool = False, days: int = 0, recipe: str = "mine") -> dict[str, str | None]:
    """What a run of today, or of some days later, did with each record."""
    now = NOW + timedelta(days=days)
    office._tables.clear()
    plan = run_recipe(office, office.recipe(recipe), now, lambda: now, send=send, accept=["other-machine"]).plan
    return {one.record: one.outcome for one in plan.decisions}


def queue(office: Office, *states: str) -> dict[str, ReviewItem]:
    return {item.members[0].key.record: item for item in office.ledger.reviews(states or ("open",))}  # type: ignore[arg-type]


def test_each_thing_a_person_must_look_at_is_one_item(folder: offices.Office, opened: Open) -> None:
    office = opened(folder)
    run(office)
    items = queue(office)
    assert {record: item.kind for record, item in items.items()} == {"E-1": "message", "E-2": "message", "E-3": "row", "E-4": "broken"}
    assert (items["E-1"].to, items["E-1"].owner, items["E-1"].table) == ("+13125550142", "office", "estimates")
    assert "Hi Ann, it's Northside" in str(items["E-1"].body)


def test_a_second_run_asks_nothing_twice(folder: offices.Office, opened: Open) -> None:
    office = opened(folder)
    run(office)
    first = {record: item.id for record, item in queue(office).items()}
    run(office)
    assert {record: item.id for record, item in queue(office).items()} == first


def test_what_was_released_leaves_and_is_done(folder: offices.Office, opened: Open) -> None:
    office = opened(folder)
    run(office)
    review.approve(office, queue(office)["E-1"].id, NOW)
    assert run(office, send=True)["E-1"] == "sent"
    assert queue(office, "done").keys() == {"E-1"}
    assert "E-1" not in queue(office)
    assert len(folder.outbox()) == 1
    assert run(office, send=True)["E-1"] is None


def test_what_was_released_and_cannot_leave_yet_stays_released(folder: offices.Office, opened: Open) -> None:
    office = opened(folder)
    run(office)
    review.approve(office, queue(office)["E-1"].id, NOW)
    night = NOW.replace(hour=3) + timedelta(days=1)
    run_recipe(office, office.recipe("mine"), night, lambda: night, send=True)
    assert queue(office, "approved").keys() == {"E-1"}
    assert run(office, send=True, days=1)["E-1"] == "sent"


def test_a_row_that_changed_after_its_release_is_asked_again(folder: offices.Office, opened: Open) -> None:
    office = opened(folder)
    run(office)
    review.approve(office, queue(office)["E-1"].id, NOW)
    folder.sheet("estimates", ESTIMATES, [(*ROWS[0][:7], "$4,800", ""), *ROWS[1:]])
    assert run(office, send=True)["E-1"] is None
    assert "changed since they were released" in queue(office)["E-1"].reason
    assert "$4,800.00" in str(queue(office)["E-1"].body)
    assert folder.outbox() == []


def test_what_is_no_longer_due_leaves_the_queue(folder: offices.Office, opened: Open) -> None:
    office = opened(folder)
    run(office)
    folder.sheet("estimates", ESTIMATES, [(*ROWS[0][:5], "Accepted", *ROWS[0][6:]), *ROWS[1:]])
    run(office)
    assert "E-1" not in queue(office)
    assert "E-1" in queue(office, "gone")


def test_what_was_dismissed_or_put_aside_is_not_asked_again(folder: offices.Office, opened: Open) -> None:
    office = opened(folder)
    run(office)
    items = queue(office)
    review.dismiss(office, items["E-1"].id, NOW, "she called")
    review.snooze(office, items["E-2"].id, NOW, date(2026, 11, 27))
    run(office)
    assert "E-1" not in queue(office)
    assert queue(office)["E-2"].until == date(2026, 11, 27)


def test_old_business_is_one_item(folder: offices.Office, opened: Open) -> None:
    who = ("Ann", "Bo", "Cy")
    old = [(f"E-{name}", f"{name} Li", f"{name}@li.example", "", "Pump", "Sent", "11/01/2026", "$100", "") for name in who]
    folder.sheet("estimates", ESTIMATES, old).recipe(
        "mine", follow_up("auto", top='first_run = "review"', steps=offices.STEPS.partition('[[steps]]\nname  = "hand-over"')[0])
    )
    office = opened(folder)
    run(office)
    [item] = office.ledger.reviews()
    assert (item.key, len(item.members), item.amount, item.customer) == ("backlog", 3, 300, None)
    review.approve(office, item.id, NOW)
    assert set(run(office, send=True).values()) == {"sent"}
    assert office.ledger.reviews() == []


def test_a_part_of_the_table_handed_in_leaves_the_items_of_the_rest_alone(folder: offices.Office, opened: Open) -> None:
    office = opened(folder)
    run(office)
    review.approve(office, queue(office)["E-2"].id, NOW)
    part = offices.Office(folder.folder / "part").sheet("estimates", ESTIMATES, ROWS[:1])
    office.replaced = {"estimates": str(part.folder / "estimates.csv")}
    run(office)
    assert queue(office).keys() == {"E-1", "E-3", "E-4"}
    assert queue(office, "approved").keys() == {"E-2"}
