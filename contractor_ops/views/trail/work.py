"""What the kind of job asks for, what it needs from the shelf, and what of that must be taken back where the booking is off."""

from collections.abc import Mapping, Set
from decimal import Decimal

from contractor_ops.bookings.checklist import checklist
from contractor_ops.bookings.kind import Kind, Switch
from contractor_ops.bookings.materials import Materials, check_materials
from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record, Value
from contractor_ops.views.trail.desk import Desk

_NO_CHECKLIST = frozenset({"completed", "invoiced", "cancelled"})


def work_of(job: Record, kind: Kind | None, meaning: str | None, materials: Materials | None) -> dict[str, Value]:
    """What the kind of job asks for, and what it needs from the shelf."""
    total, named = job["total"], str(job["job_type"] or job["title"] or "")
    unknown = f'no kind of job is known for "{named}"' if named else "the sheet does not say what kind of job it is"
    return {
        "preparation": (kind.preparation if kind else "") or None,
        "checklist": checklist(job, kind, materials) if meaning not in _NO_CHECKLIST else None,
        "no_checklist_because": None if kind else f"{unknown}; add it to [job_types] in config.toml",
        **_from_the_shelf(materials),
        "permit": _switch(kind.permit) if kind else None,
        "subcontractor": _switch(kind.subcontractor) if kind else None,
        "financing": "yes" if kind and kind.financing else None,
        "deposit": kind.deposit.of(total if isinstance(total, Decimal) else None) if kind and kind.deposit else None,
    }


def to_take_back(work: Mapping[str, Value], short: bool) -> str | None:
    """What was begun for a booking that is off; `short`: material was to be ordered."""
    named = {"permit": work["permit"], "subcontractor": work["subcontractor"]}
    found = [name if said == "yes" else f"{name} ({said})" for name, said in named.items() if said]
    found += ["financing"] if work["financing"] else []
    found += [f"deposit of {dollars(deposit)}"] if isinstance(deposit := work["deposit"], Decimal) else []
    return ", ".join(found + (["material that was to be ordered"] if short else [])) or None


def short_before(desk: Desk) -> Set[str]:
    """The rows of called-off bookings whose material was to be ordered: reckoned as if they still stood, as they did before."""
    off = [visit.record for visit in desk.visits.values() if visit.standing == "off" and visit.day and desk.own(visit.record)]
    ahead = [job for job in off if (day := desk.visits[job.place].day) and day >= desk.given.now.date()]
    if not ahead or "materials" not in desk.given.tables:
        return frozenset()
    to_come = [visit.record for visit in desk.visits.values() if visit.standing == "open"]
    bookings = [desk.booking(job) for job in (*to_come, *ahead)]
    needed = check_materials(bookings, desk.records("materials"), desk.records("inventory"), desk.given.now)
    return {str(job.place) for job in ahead if needed[str(job.place)].missing}


def _from_the_shelf(materials: Materials | None) -> dict[str, Value]:
    if materials is None:
        return dict.fromkeys(("materials", "missing_materials", "no_materials_because"))
    nothing = "all of it must be ordered" if materials.missing else "what it needs is not known"
    return {
        "materials": "; ".join(line.rstrip(".") for line in materials.lines) or nothing,
        "missing_materials": "; ".join(line.rstrip(".") for line in materials.missing) or None,
        "no_materials_because": "; ".join(line.rstrip(".") for line in materials.doubts) or None,
    }


def _switch(said: Switch) -> str | None:
    return said if isinstance(said, str) and said else "yes" if said else None
