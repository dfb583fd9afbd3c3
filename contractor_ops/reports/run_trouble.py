"""What went wrong in runs, in few enough words for a telephone: cron sends it by e-mail."""

from collections.abc import Iterator, Sequence

from contractor_ops.planning.decision import Plan
from contractor_ops.reports.format import count
from contractor_ops.reports.written_back import not_written


def run_trouble(plans: Sequence[Plan], trouble: Sequence[str]) -> Iterator[str]:
    """A few lines; none where all is well."""
    for plan in plans:
        for brake in (one for one in plan.brakes if one.name not in plan.accepted):
            yield f"{plan.title}: nothing was sent ({brake.name})."
            yield from (f"  {line}" for line in (brake.message, brake.remedy) if line)
        failed = sum(one.outcome == "failed" for one in plan.unsettled)
        doubtful = sum(one.outcome == "in_doubt" for one in plan.unsettled)
        if failed:
            yield f"{plan.title}: {count(failed, 'message')} did not leave. See: contractor-ops report"
        if doubtful:
            yield f"{plan.title}: of {count(doubtful, 'message')} nobody knows whether it left. See: contractor-ops report"
    yield from trouble
    yield from not_written(plans)
