"""Why an action cannot do its work for a record, in words: each has its own way to a person."""

from collections.abc import Mapping

from contractor_ops.recipe import Step
from contractor_ops.tables.record import Record

BECAUSE: Mapping[str, str] = {
    "assign": "no_technician_because",
    "check-materials": "no_materials_because",
    "checklist": "no_checklist_because",
}
"""The column in which the view says why there is nothing to act with."""


def hindered(step: Step, record: Record) -> str:
    """What kept the view from giving this action anything to act with, or ""."""
    column = BECAUSE.get(step.do)
    return str(record[column] or "") if column else ""
