"""What the documents say, in this folder's words: the only file here that knows what the program calls its columns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.stories.contract_billing import billing_rows as rows

Record = Mapping[str, Any]
POINTS = {
    "work": r"\bwork\b|what was done",
    "hours": r"\bhours\b|arriv|finish|\bleft\b",
    "parts": r"\bparts\b",
    "readings": r"\breadings?\b|measured",
    "model": r"\bmodel\b|serial",
    "photos": r"\bphotos?\b",
    "signature": r"signature|signed",
    "payment": r"\bpayment\b|\bpaid\b",
    "follow-up": r"follow.?up|come back|return visit",
}
"""How a sentence names what is missing."""
GAPS = {
    "invoiced, not completed": rows.EARLY,
    "change without approval": rows.UNAPPROVED,
    "change order not billed": rows.ORDER,
    "no accepted estimate": rows.NO_ESTIMATE,
    "deposit not credited": rows.CREDIT,
    "deposit not taken": rows.DEPOSIT,
    "paid with a balance": rows.BALANCE,
    "two invoices": rows.TWICE,
    "not invoiced": rows.NOT,
    "differs": rows.DIFFERS,
}
"""What billing_gaps calls each gap."""


def missing(text: str) -> frozenset[str]:
    """The points that a sentence names."""
    return frozenset(point for point, words in POINTS.items() if re.search(words, text, re.IGNORECASE))


def records(document: Any) -> list[Record]:
    return [one for one in document["records"] if not one.get("ended_because")]


def because(record: Record) -> str:
    return str(record.get("because") or "")


@dataclass(frozen=True)
class Gap:
    """A gap as it was told."""

    jobs: frozenset[str]
    kind: str
    amount: float | None
    words: str


def gap(record: Record) -> Gap:
    """A record of billing_gaps."""
    jobs = frozenset(part.strip() for part in str(record["job"] or "").split(","))
    return Gap(jobs, GAPS[record["gap"]], record["amount"], because(record))


def money_in(text: str) -> list[float]:
    """Every amount of dollars in a sentence."""
    return [float(found.replace(",", "")) for found in re.findall(r"\$\s?(\d[\d,]*(?:\.\d+)?)", text)]


def unlike(cases: Sequence[rows.Case], told: Iterable[Gap]) -> list[str]:
    """What was told and should not have been, and the other way round: nothing, where precision and recall are 100 %."""
    left = list(told)
    odd = []
    for case in cases:
        for wanted, must in ((case.tells, True), (case.may, False)):
            for kind, amount in wanted.items():
                found = next((one for one in left if case.number in one.jobs and one.kind == kind and one.amount == amount), None)
                if found is not None:
                    left.remove(found)
                elif must:
                    odd.append(f"missed: {case.number} {kind} {amount}")
    return odd + [f"wrongly told: {', '.join(sorted(one.jobs))} {one.kind} {one.amount} ({one.words})" for one in left]
