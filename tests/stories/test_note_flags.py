"""Dangers in job notes: each is put on the owner's list, those written later and those of cancelled jobs too."""

from pathlib import Path

from tests.stories.contract_billing.test_contract_note_flags import NOW, office_of


def test_a_danger_that_is_written_later_is_a_task_of_its_own_and_the_first_is_not_told_again(tmp_path: Path) -> None:
    office = office_of(tmp_path, ["Smelled gas at the meter."])
    office.run("note-flags", NOW, "--send")
    jobs = office.folder / "jobs.csv"
    jobs.write_text(jobs.read_text().replace("at the meter.", "at the meter. CO alarm went off with 90 ppm."))
    office.run("note-flags", "2026-11-21T16:00", "--send")
    office.run("note-flags", "2026-11-21T17:00", "--send")
    reasons = [item["reason"] for item in office.queue(now="2026-11-21T17:00")]
    assert sorted(reasons) == ['safety: the note says "Smelled gas"', 'safety: the note says "Smelled gas" and "CO alarm went off"']


def test_a_cancelled_job_is_looked_through_for_what_is_grave(tmp_path: Path) -> None:
    note = "Customer furious and cancelled. Cracked heat exchanger with CO 80 ppm and left it running. Wants a quote."
    office = office_of(tmp_path, [note], status="Cancelled")
    office.run("note-flags", NOW, "--send")
    assert {(item["owner"], item["reason"].partition(":")[0]) for item in office.queue(now=NOW)} == {
        ("owner", "safety"),
        ("owner", "angry customer"),
    }
