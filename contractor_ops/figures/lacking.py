"""What an office does not keep, and so cannot be told."""

from contractor_ops.figures.values import Business
from contractor_ops.tables.catalogue import TABLES

_MADE_FROM = {"missed_calls": "calls", "note_gaps": "jobs", "billing_gaps": "jobs", "ready_to_bill": "jobs"}


def lacking(business: Business, *needs: str) -> str:
    """Why a figure cannot be made, "" where it can.

    Needs are tables, columns ("jobs.status"), or several of which one is enough ("jobs.total|jobs.balance").
    """
    return next((why for need in needs if (why := _lacking_all(business, need.split("|")))), "")


def _lacking_all(business: Business, choices: list[str]) -> str:
    reasons = [_why(business, one) for one in choices]
    return " and ".join(dict.fromkeys(map(str, reasons))) if all(reasons) else ""


def _why(business: Business, need: str) -> str:
    name, _, column = need.partition(".")
    if name not in business.tables:
        return f"no {_said(_MADE_FROM.get(name, name))} table"
    if not column or business.tables[name].has(column):
        return ""
    spec = TABLES[name].column(column)
    return f"the {_said(name)} sheet has no column {_said(column)}" if spec else f"{name} has no {column}"


def _said(name: str) -> str:
    return name.replace("_", " ")
