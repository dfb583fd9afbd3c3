"""A draft invoice is a file and a task, once; what a person has changed in one is never written over."""

import pytest

from contractor_ops.actions.bundle import Bundle
from contractor_ops.actions.draft_invoice import leave_drafts
from contractor_ops.planning.decision import Draft
from tests.actions.conftest import AT, Desk, decision

KEYS = {"draft": "draft"}


def draft(record: str = "J-1", text: str = "Job #,Total\nJ-1,480.00\n") -> Bundle:
    name = f"draft-invoice-{record}.csv"
    return [
        decision(
            record,
            action="draft-invoice",
            step="draft",
            channel=None,
            to=None,
            subject=None,
            body=f"Look over drafts/{name}.",
            draft=Draft(name, text),
        )
    ]


def leave(desk: Desk, *bundles: Bundle) -> list[str]:
    return leave_drafts(list(bundles), "mine", desk.open_run(), desk.ledger, lambda: AT, KEYS, {}, desk.office.keep_draft)


def files(desk: Desk) -> dict[str, str]:
    return {file.name: file.read_text() for file in sorted((desk.folder / "drafts").iterdir())}


def test_a_draft_is_a_file_and_a_task(desk: Desk) -> None:
    bundle = draft()
    assert leave(desk, bundle) == []
    assert files(desk) == {"draft-invoice-J-1.csv": "Job #,Total\nJ-1,480.00\n"}
    [item] = desk.ledger.reviews()
    assert (item.kind, item.owner, item.body) == ("task", "office", "Look over drafts/draft-invoice-J-1.csv.")
    assert (bundle[0].outcome, desk.states("J-1"), desk.post.asked) == ("queued", ["claimed", "queued"], [])


def test_a_draft_is_left_once(desk: Desk) -> None:
    leave(desk, draft())
    (desk.folder / "drafts" / "draft-invoice-J-1.csv").unlink()
    again = draft()
    assert leave(desk, again) == []
    assert (again[0].outcome, files(desk), len(desk.ledger.reviews())) == ("skipped", {}, 1)


def test_what_a_person_has_changed_is_not_written_over(desk: Desk) -> None:
    (desk.folder / "drafts").mkdir()
    (desk.folder / "drafts" / "draft-invoice-J-1.csv").write_text("mine")
    leave(desk, draft(text="ours"))
    assert files(desk) == {"draft-invoice-J-1-2.csv": "ours", "draft-invoice-J-1.csv": "mine"}
    assert desk.ledger.reviews()[0].body == "Look over drafts/draft-invoice-J-1-2.csv."


def test_the_same_draft_left_by_a_run_that_was_killed_stays_one_file(desk: Desk) -> None:
    desk.office.keep_draft("draft-invoice-J-1.csv", "ours")
    leave(desk, draft(text="ours"))
    assert files(desk) == {"draft-invoice-J-1.csv": "ours"}


def test_a_draft_that_cannot_be_written_is_told_and_tried_again(desk: Desk) -> None:
    (desk.folder / "drafts").write_text("a file where the folder should be")
    bundle = draft()
    [trouble] = leave(desk, bundle, draft("J-2"))[:1]
    assert "draft-invoice-J-1.csv could not be written" in trouble
    assert (bundle[0].outcome, desk.states("J-1"), desk.ledger.reviews()) == ("failed", ["claimed", "released"], [])
    (desk.folder / "drafts").unlink()
    assert leave(desk, draft()) == []
    assert "draft-invoice-J-1.csv" in files(desk)


@pytest.mark.parametrize("name", ["../../outside.csv", "/tmp/outside.csv"])
def test_a_draft_stays_in_its_folder(desk: Desk, name: str) -> None:
    desk.office.keep_draft(name, "ours")
    assert list(files(desk)) == ["outside.csv"]
