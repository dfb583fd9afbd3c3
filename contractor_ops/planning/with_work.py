"""What a decision carries for its action: files, calendar entries, values for the ledger's own record."""

from contractor_ops.planning.calendar_entry import visit_of
from contractor_ops.planning.composer import Composer
from contractor_ops.planning.decision import Decision, Draft
from contractor_ops.planning.ready import Ready
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.file_names import file_stem


def with_work(decision: Decision, one: Ready, composer: Composer) -> Decision:
    """The decision with what its action needs, where it acts."""
    step, record = one.due.step, one.row.record
    decision.commercial = step.to == "customer" and composer.recipe.kind_of(step) == "follow-up"
    if step.do == "draft-invoice":
        decision.draft = Draft(str(record["draft_name"] or f"{one.row.id}.csv"), str(record["draft"] or ""))
    if decision.decision != "act":
        return decision
    if step.do == "checklist":
        decision.draft = Draft(f"checklists/{file_stem(one.row.id, one.row.id, 'checklist')}.txt", str(record["checklist"] or ""))
    if step.do == "calendar" or (step.attach == "calendar" and decision.channel == "email"):
        decision.visit = visit_of(record, one.row.id, composer.facts)
        decision.called_off = meaning_of(str(record["status"] or ""), composer.spec.statuses) in {"cancelled", "no-show"}
    decision.sets = composer.sets(one)
    decision.missing = str(record["missing_materials"] or "") if step.do == "check-materials" else ""
    return decision
