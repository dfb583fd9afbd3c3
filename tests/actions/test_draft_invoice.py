"""A draft invoice is a file and a task, once; what a person has changed in one is never written over."""

from decimal import Decimal

import pytest

from contractor_ops.actions.bundle import Bundle
from contractor_ops.actions.desk import Desk as Work
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
    return leave_drafts(Work("mine", desk.open_run(), desk.ledger, lambda: AT, KEYS, {}, desk.office.keep_draft), bundles)


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


def for_jobs(jobs: str, customer: str = "Ann Li", record: str = "", amount: int = 480) -> Bundle:
    [one] = draft(record or jobs, f'Job #,Customer,Amount\n"{jobs}",{customer},{amount}.00\n')
    one.customer, one.amount = customer, Decimal(amount)
    return [one]


def outcomes(desk: Desk, *bundles: Bundle) -> list[str | None]:
    leave(desk, *bundles)
    return [bundle[0].outcome for bundle in bundles]


def test_each_job_of_a_draft_is_settled_with_it(desk: Desk) -> None:
    assert outcomes(desk, for_jobs("J-1, J-2")) == ["queued"]
    assert desk.states("J-2") == ["claimed", "queued"]
    assert outcomes(desk, for_jobs("J-1"), for_jobs("J-2"), for_jobs("J-3")) == ["skipped", "skipped", "queued"]
    assert len(files(desk)) == 2


def test_a_draft_that_holds_work_of_another_is_told_and_not_written(desk: Desk) -> None:
    leave(desk, for_jobs("J-1, J-2"))
    bundle = for_jobs("J-2, J-3", amount=700)
    assert outcomes(desk, bundle) == ["queued"]
    assert (
        bundle[0].reason == "J-1, J-2 was drafted on Mon, Nov 23 for $480.00, and nothing is drafted twice: as J-2, J-3 it is for $700.00"
    )
    assert list(files(desk)) == ["draft-invoice-J-1, J-2.csv"]
    assert outcomes(desk, for_jobs("J-3")) == ["skipped"]


def test_two_drafts_that_become_one_are_told_with_both(desk: Desk) -> None:
    leave(desk, for_jobs("J-1"), for_jobs("J-2", amount=500))
    bundle = for_jobs("J-1, J-2", amount=980)
    assert outcomes(desk, bundle) == ["queued"]
    assert "J-1 was drafted on Mon, Nov 23 for $480.00; J-2 was drafted on Mon, Nov 23 for $500.00" in str(bundle[0].body)


@pytest.mark.parametrize(("amount", "outcome"), [(480, "skipped"), (481, "queued")])
def test_the_same_work_by_a_longer_name_is_told_only_where_it_has_changed(desk: Desk, amount: int, outcome: str) -> None:
    leave(desk, for_jobs("J-1"))
    assert outcomes(desk, for_jobs("J-1", record="J-1 (Ann Li)", amount=amount)) == [outcome]
    assert list(files(desk)) == ["draft-invoice-J-1.csv"]


@pytest.mark.parametrize(("customer", "written"), [("Bob Cole", 2), ("ANN  LI", 1), ("", 1)])
def test_another_customers_job_of_that_number_is_other_work(desk: Desk, customer: str, written: int) -> None:
    leave(desk, for_jobs("J-1"))
    leave(desk, for_jobs("J-1", customer, f"J-1 ({customer})"))
    assert len(files(desk)) == written


def test_a_draft_that_was_not_written_settles_none_of_its_jobs(desk: Desk) -> None:
    (desk.folder / "drafts").write_text("a file where the folder should be")
    assert outcomes(desk, for_jobs("J-1, J-2")) == ["failed"]
    (desk.folder / "drafts").unlink()
    assert outcomes(desk, for_jobs("J-2"), for_jobs("J-1, J-2")) == ["queued", "queued"]
    assert list(files(desk)) == ["draft-invoice-J-2.csv"]
