"""What an office does not keep, or nobody can read today, and so cannot be told."""

from contractor_ops.figures.values import Business
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.views.catalogue import VIEWS

CANNOT_BE_READ = "cannot be read"
_MADE_FROM = {"missed_calls": "calls", "all_missed_calls": "calls", "note_gaps": "jobs", "billing_gaps": "jobs", "ready_to_bill": "jobs"}


def lacking(business: Business, *needs: str) -> str:
    """Why a figure cannot be made, "" where it can.

    Needs are tables, columns ("jobs.status"), or several of which one is enough ("jobs.total|jobs.balance"). All that are named must be
    readable. "payments?", the last of its need, is a table that is used where it is kept: it is lacking only where it is kept and cannot be read.
    """
    return next((why for need in needs if (why := _lacking_all(business, need.split("|")))), "")


def unread(business: Business, *names: str) -> str:
    """Which of these tables, or of the sheets that these views are made from, is kept and cannot be read; "" where none is."""
    sheets = (sheet for name in names for sheet in _sheets_of(name)) if business.unreadable else ()
    return next((f"the {_said(sheet)} sheet {CANNOT_BE_READ}" for sheet in sheets if sheet in business.unreadable), "")


def _lacking_all(business: Business, choices: list[str]) -> str:
    if why := unread(business, *(one.partition(".")[0] for one in choices if not one.endswith("?"))):
        return why
    reasons = [_why(business, one) for one in choices]
    if not all(reasons):
        return ""
    return reasons[-1] if choices[-1].endswith("?") else " and ".join(dict.fromkeys(reasons))


def _why(business: Business, need: str) -> str:
    if need.endswith("?"):
        return unread(business, need.rstrip("?"))
    name, _, column = need.partition(".")
    if name not in business.tables:
        return f"no {_said(_MADE_FROM.get(name, name))} table"
    if not column or business.tables[name].has(column):
        return ""
    spec = TABLES[name].column(column)
    return f"the {_said(name)} sheet has no column {_said(column)}" if spec else f"{name} has no {column}"


def _sheets_of(name: str) -> tuple[str, ...]:
    """A table, or all that a view is made from."""
    view = VIEWS.get("missed_calls" if name == "all_missed_calls" else name)
    return (name, view.main, *view.also) if view is not None else (name,)


def _said(name: str) -> str:
    return name.replace("_", " ")
