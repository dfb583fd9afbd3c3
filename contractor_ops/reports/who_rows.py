"""The answer about whoever is on the line as rows, for a spreadsheet."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from contractor_ops.reports.who import Answer
from contractor_ops.tables.record import Place

COLUMNS = ("section", "what", "when", "amount", "status", "who", "words", "file", "sheet", "row")


def who_rows(answer: Answer) -> Iterator[dict[str, Any]]:
    """The answer as rows under COLUMNS; where several customers fit, a row for each of them."""
    for number, choice in enumerate(answer.choices, 1):
        yield _row("choice", str(number), who=_several(choice.names), words=_several((*choice.phones, *choice.emails, *choice.addresses)))
    for one in answer.own:
        yield _row("own", one.role, who=one.name, words=_several((*one.phones, *one.emails)))
        yield from (_row("visit", visit.what, visit.when, None, visit.status, one.name, visit.title, visit.place) for visit in one.visits)
    caller = answer.caller
    if caller is None:
        return
    yield _row(
        "customer", caller.number or "", who=_several(caller.names), words=_several((*caller.phones, *caller.emails, *caller.addresses))
    )
    for visit in caller.visits:
        yield _row("visit", visit.what, visit.when, None, visit.status, visit.technician, visit.title, visit.place)
    for request in caller.requests:
        yield _row("request", request.number, request.received_on, None, request.status, None, request.title, request.place)
    for offer in caller.estimates:
        yield _row("estimate", offer.number, offer.sent_on or offer.created_on, offer.amount, offer.status, None, offer.title, offer.place)
    for bill in caller.invoices:
        yield _row("invoice", bill.number, bill.due_on, bill.owed, bill.status, None, bill.title, bill.place)
    for done in caller.to_bill:
        yield _row("to bill", done.number, done.on, done.amount, words=done.title, place=done.place)
    for paid in caller.payments:
        yield _row("payment", paid.invoice, paid.on, paid.amount, paid.method, place=paid.place)
    for agreed in caller.agreed:
        yield _row("agreed", "", agreed.for_day, words=agreed.words)
    for said in (*caller.messages, *caller.calls):
        yield _row(
            "message" if said in caller.messages else "call",
            said.channel,
            said.at,
            status=said.state,
            who="we" if said.ours else "they",
            words=said.words,
        )
    for job in caller.jobs:
        yield _row("job", job.number, job.on, None, job.status, job.technician, job.note or job.title, job.place)
    for stop in caller.stopped:
        yield _row("stopped", stop.what, words=stop.why)
    for age in answer.sources:
        yield _row("source", age.table, age.at, words=age.file)


def _row(
    section: str, what: str, when: date | None = None, amount: Decimal | None = None, status: str | None = None, who: str | None = None,
    words: str = "", place: Place | None = None,
) -> dict[str, Any]:  # fmt: skip
    file, sheet, row = place or (None, None, None)
    return dict(zip(COLUMNS, (section, what, when, amount, status, who, words, file, sheet, row), strict=True))


def _several(texts: Sequence[str]) -> str:
    return ", ".join(texts)
