"""The technician's preparation checklist for a booking, as text: what is to be done, where, how to get in, what to bring, what to see to."""

from contractor_ops.bookings.kind import Kind
from contractor_ops.bookings.materials import Materials
from contractor_ops.tables.printable import one_line
from contractor_ops.tables.record import Record

BULLET = "\n- "
_LONGEST_NOTE = 200


def checklist(job: Record, kind: Kind | None, materials: Materials | None) -> str:
    """The checklist of a job (a record of the jobs table). What is not known is said; `materials` None says that no lists are kept."""
    blocks = [_head(job, kind), _place(job), _to_bring(materials), _steps(kind)]
    return "\n\n".join(block for block in blocks if block)


def _head(job: Record, kind: Kind | None) -> str:
    number, title, job_type = (_said(job, column) for column in ("number", "title", "job_type"))
    head = f"Job {number}" if number else "Job without a number"
    if customer := _said(job, "customer"):
        head += f" for {customer}"
    scope = ": ".join(dict.fromkeys(text for text in (job_type, title) if text)) or (kind.name if kind else "")
    return f"{head}\nScope: {scope or 'not written down. Ask the office.'}"


def _place(job: Record) -> str:
    address, access = _said(job, "address"), _said(job, "access_notes")
    lines = [f"Address: {address or 'not known. Ask the office.'}"]
    lines += [f"Access: {access}" if access else _instead(_said(job, "notes"))]
    return "\n".join(lines)


def _instead(notes: str) -> str:
    """A gate's code often stands among the job's other notes."""
    if not notes:
        return "Access: nothing written down."
    return f"Access: nothing of its own. The notes say: {notes if len(notes) <= _LONGEST_NOTE else f'{notes[:_LONGEST_NOTE].rstrip()}…'}"


def _to_bring(materials: Materials | None) -> str:
    if materials is None:
        return ""
    blocks = (("Bring:", materials.lines), ("Not there yet:", materials.missing), ("Ask the office:", materials.doubts))
    return "\n".join(title + BULLET + BULLET.join(lines) for title, lines in blocks if lines)


def _steps(kind: Kind | None) -> str:
    if kind is None:
        return "Steps: this kind of job is not known. Ask the office what to see to."
    return f"Steps:{BULLET}{BULLET.join(map(one_line, kind.checklist))}" if kind.checklist else ""


def _said(job: Record, column: str) -> str:
    value = job[column]
    return one_line(str(value)) if value is not None else ""
