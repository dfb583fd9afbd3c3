"""Which columns of the jobs sheet can tell what a note must tell."""

from collections.abc import Callable, Sequence

from contractor_ops.figures.values import Business

_TOLD_BY = {
    "work": ("notes", "answers"), "hours": ("hours", "arrived_at"), "parts": ("parts",), "photos": ("photos",), "signature": ("signature",),
    "readings": ("readings",), "model": ("model", "serial"), "payment": ("payment",), "follow-up": ("follow_up",),
}  # fmt: skip
"""The columns of the jobs sheet in which each point of a note may stand."""


def columns_for_notes(has: Callable[[str], bool], points: Sequence[str]) -> list[str]:
    """The points for which a jobs sheet has a column at all."""
    return [point for point in points if any(map(has, _TOLD_BY.get(point, ())))]


def no_note_columns(business: Business) -> str:
    """Why nobody can tell whether notes are complete, "" where the jobs sheet has a column for any of it."""
    jobs, needs = business.tables.get("jobs"), business.config.notes.needs
    if jobs is not None and columns_for_notes(jobs.has, needs):
        return ""
    return f"the jobs sheet has no column for {_or(needs) or 'what a note must tell'}"


def _or(words: Sequence[str]) -> str:
    """ "notes, hours or photos"."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
