"""A Monday morning at a small office: one recipe's rehearsal, a braked one, and the review queue."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from contractor_ops.planning.decision import Brake, Decision, Kind, Plan
from contractor_ops.ports import ReviewItem, ReviewMember, RunEnd, RunEntry, StepKey
from contractor_ops.tables.record import Place, Problem

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Chicago"))
WORDS = "Hi {}, it's Northside Heating & Air.\n\nAny questions about the estimate for the furnace ({})? Just reply here."


class Office:
    """Makes the values that a report is told from; every argument that a test does not care about has a plain default."""

    def __init__(self) -> None:
        self.now = MONDAY
        self.people = {"owner": "Maria Lopez", "office": "Dana Reed"}

    def decision(self, kind: Kind, record: str, row: int, customer: str, days: int | None = 2, amount: str = "", **more: Any) -> Decision:
        asked = ": a person releases it" if kind == "review" and more.get("body") else ""
        defaults: dict[str, Any] = {"step": "first-nudge", "owner": "office", "table": "estimates"}
        defaults["reason"] = f"sent 2 days ago, no answer{asked}"
        defaults["place"] = Place("estimates.xlsx", "2026", row)
        due = MONDAY - timedelta(days=days) if days is not None else None
        money = Decimal(amount) if amount else None
        return Decision(decision=kind, record=record, customer=customer, due=due, amount=money, **{**defaults, **more})

    def text(self, kind: Kind, record: str, row: int, customer: str, days: int = 2, amount: str = "1250", **more: Any) -> Decision:
        first = customer.split()[0]
        words = WORDS.format(first, f"${Decimal(amount):,.2f}")
        message = {"action": "message", "channel": "sms", "to": "+13125550142", "body": words}
        return self.decision(kind, record, row, customer, days, amount, **{**message, **more})

    def plan(self, *decisions: Decision, recipe: str = "estimate-follow-up", **more: Any) -> Plan:
        title = "Estimate follow-up" if recipe == "estimate-follow-up" else recipe.replace("-", " ").capitalize()
        defaults: dict[str, Any] = {"mode": "auto", "sent": False, "rows": len({d.record for d in decisions})}
        return Plan(recipe=recipe, title=title, now=MONDAY, decisions=list(decisions), **{**defaults, **more})

    def problem(self, row: int, column: str, value: str, message: str = "it is no day of the calendar") -> Problem:
        return Problem("estimates.xlsx", "2026", row, column, value, message)

    def review(self, number: int, record: str, row: int, **more: Any) -> ReviewItem:
        place = Place("estimates.xlsx", "2026", row)
        member = ReviewMember(StepKey(record, "first-nudge"), "row", "words", place, "Ann Li", Decimal("1250"), None)
        defaults: dict[str, Any] = {
            "recipe": "estimate-follow-up", "key": record, "kind": "message", "owner": "office", "reason": "sent 3 days ago, no answer: a person releases it",
            "members": (member,), "customer": "Ann Li", "channel": "sms", "to": "+13125550142", "table": "estimates",
            "body": WORDS.format("Ann", "$1,250.00"), "due": MONDAY - timedelta(days=3), "id": number,
        }  # fmt: skip
        return ReviewItem(**{**defaults, **more})

    def run(self, number: int, recipe: str = "estimate-follow-up", days_ago: int = 0, end: RunEnd | None = None, **more: Any) -> RunEntry:
        now = MONDAY - timedelta(days=days_ago)
        defaults: dict[str, Any] = {"sent": True, "mode": "auto", "ended_at": now, "end": end}
        return RunEntry(id=number, recipe=recipe, now=now, **{**defaults, **more})


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def monday(office: Office) -> list[Plan]:
    """Something of everything: it is what the golden texts show."""
    return [_estimates(office), _invoices(office)]


def _estimates(office: Office) -> Plan:
    lakeshore = {"channel": "email", "to": "accounts.payable@lakeshore-property.example"}
    call = {"step": "hand-over", "action": "task", "to": "+13125550177", "body": "Call Bob Stone about estimate E-1011 ($4,300.00)."}
    doubt = {"to": "+13125550119", "reason": "in doubt since Wed, Nov 11: the connection broke"}
    old = {"group": "backlog", "reason": "was due more than 7 days before the first run"}
    return office.plan(
        office.text("act", "E-1042", 12, "Ann Li"),
        office.text("act", "E-1050", 19, "Lakeshore Property Management LLC", 2, "8400", **lakeshore),
        office.decision("act", "E-1011", 8, "Bob Stone", 1, "4300", reason="no answer after two nudges", **call),
        office.text("review", "E-1033", 22, "Carmen Díaz", 5, "18750", reason="the total is $15,000 or more"),
        office.decision("review", "E-1029", 17, "Omar Haddad", 9, "2100", owner="owner", reason='answered: "you left the gate open"'),
        office.text("review", "E-1007", 5, "Jo Park", 12, "950", **doubt),
        office.decision("broken", "E-1061", 31, "Pat Kelly", None, "5600", reason="the day it was sent cannot be read"),
        office.decision("hold", "E-1055", 24, "Ruth Adler", 0, until=MONDAY + timedelta(hours=23), reason="already had a message today"),
        *(office.text("review", f"E-09{n:02}", 40 + n, f"Old {n}", 60, "1200", **old) for n in range(4)),
        office.decision("wait", "E-1101", 61, "[bold]Markup[/bold] & Co", None, reason="sent today"),
        office.decision("ended", "E-1102", 62, "Li Wei", None, reason="accepted"),
        problems=[
            office.problem(31, "Emailed", "31/31/2026"),
            office.problem(61, "Mobile", "call wife", "it is no telephone number"),
            office.problem(62, "Mobile", "555", "it is no telephone number"),
        ],
    )


def _invoices(office: Office) -> Plan:
    message = {"table": "invoices", "step": "first-reminder", "group": "dee", "channel": "email", "to": "dee@sons.example"}
    reason = "20 days overdue: a person releases it; their credit of $40.00 is taken off"
    places = [Place("invoices.xlsx", "Open", row) for row in (4, 5, 6)]
    rows = [
        office.decision("review", str(2027 + (place.row or 0)), 0, "Dee & Sons", 20, "310.50", reason=reason, place=place, **message)
        for place in places
    ]
    rows[0].body = "Dear Dee"
    remedy = "If it is meant: contractor-ops run invoice-reminders --accept stale-source"
    brake = Brake("stale-source", "invoices.xlsx was last saved 9 days ago, on Sat, Nov 14", remedy)
    return office.plan(*rows, recipe="invoice-reminders", brakes=[brake])
