"""Tasks of two recipes about one job: whoever has done one of them hears that the other still asks."""

from contractor_ops.office import Office
from contractor_ops.ports import ReviewItem
from contractor_ops.reports.format import listed
from contractor_ops.reports.printable import one_line

_ABOUT_A_JOB = frozenset({"jobs", "billing_gaps", "note_flags", "note_gaps", "ready_to_bill"})


def asks_still(office: Office, item: ReviewItem) -> str:
    """The end of a sentence about what was done: "; 32 is about job J-5124 too: not invoiced". "" where nothing else asks."""
    jobs = _jobs(item)
    others = sorted((one for one in office.ledger.reviews(("open",)) if one.id != item.id and jobs & _jobs(one)), key=lambda one: one.id)
    told = [f"{one.id} ({one_line(one.reason)})" for one in others]
    return f"; job {listed(sorted(jobs))} still has {listed(told)}" if told else ""


def _jobs(item: ReviewItem) -> set[str]:
    """The numbers of the jobs: a view's row begins with that of its job."""
    return {member.key.record.partition("/")[0] for member in item.members} if item.table in _ABOUT_A_JOB else set()
