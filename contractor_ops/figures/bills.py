"""Each invoice as figures take it: whether it stands, is paid or is owed on, how much, and its days."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from contractor_ops.figures.money_in import Came, came_in
from contractor_ops.figures.values import Business
from contractor_ops.figures.windows import days_in
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Table, Value
from contractor_ops.tables.records import Records, column_of
from contractor_ops.views.books.what_counts import total_of

NEEDS = (
    "invoices", "invoices.balance|invoices.status|invoices.paid|invoices.paid_on", "invoices.balance|invoices.paid|payments?",
)  # fmt: skip
"""What must be kept for anybody to tell what is owed. Payments are taken off where the sheet itself does not tell what is left."""
State = Literal["open", "paid", "credit", "out"]
_OUT = frozenset({"draft", "void", "written-off"})
_UNPAID = frozenset({"sent", "overdue", "disputed"})
"""What says that nothing has been paid yet: where the sheet has neither balance nor paid, the total is what is owed."""


class Bill(NamedTuple):
    """One invoice. `at` is its position; `owed` is None where nobody knows; `paid` is the day on which nothing was left, as far as a sheet tells.

    `stands_in` says that the total was taken for what is owed. "out" is void, a draft or written off. A credit is owed to the customer.
    """

    at: int
    state: State
    meaning: str | None
    owed: Decimal | None
    total: Decimal | None
    issued: date | None
    due: date | None
    paid: date | None
    stands_in: bool
    came: Sequence[Came]


def bills(business: Business, *, payments: bool = True) -> list[Bill]:
    """Every invoice, in the order of the sheet; none where the office keeps no invoices.

    Without `payments` the payments table is not asked when they were paid, which is faster.
    """
    table = business.tables.get("invoices")
    return list(_bills(table, business, payments=payments)) if table is not None else []


def is_paid(bill: Bill) -> bool:
    """Whether an invoice for work has been paid in full; one that was paid twice is a credit too."""
    return (bill.total is None or bill.total > 0) and (bill.state == "paid" or (bill.state == "credit" and bill.total is not None))


def stands(bill: Bill) -> bool:
    """Whether it bills work and was sent: no draft, not void, no credit. One that was written off was billed."""
    return bill.meaning not in {"draft", "void"} and bill.total is not None and bill.total > 0


def _bills(table: Table, business: Business, *, payments: bool) -> Iterator[Bill]:
    records, now, today = table.records, business.now, business.today
    statuses, totals, paids, balances = (column_of(records, name) for name in ("status", "total", "paid", "balance"))
    issued, sent, due, paid_on = (days_in(column_of(records, name), now) for name in ("issued_on", "sent_on", "due_on", "paid_on"))
    meanings = {word: meaning_of(str(word), TABLES["invoices"].statuses) if word is not None else None for word in set(statuses)}
    whole, dated = not (table.has("balance") or table.has("paid")), table.has("paid_on")
    unreadable, money = _unreadable(records), came_in(business) if payments or whole else {}
    for at, (status, total, paid, balance) in enumerate(zip(statuses, totals, paids, balances, strict=True)):
        meaning, came, settled = meanings[status], money.get(at, ()), paid_on[at]
        known = total if isinstance(total, Decimal) else None
        owed = balance if isinstance(balance, Decimal) else None if at in unreadable else _owed(known, paid)
        stands_in = False
        if whole and owed is None and known is not None and (meaning in _UNPAID or (status is None and dated and settled is None)):
            owed = _less(known, came)
            stands_in = owed is not None
        over = settled is not None and settled <= today
        state = _state(meaning, owed, balance, over=over)
        ended = None if state == "open" else settled if over else came[-1].day if came else None
        left = owed if state == "open" or state == "credit" else None
        yield Bill(at, state, meaning, left, known, issued[at] or sent[at], due[at], ended, stands_in, came)


def _owed(total: Decimal | None, paid: Value) -> Decimal | None:
    """Without a balance: the total less what was paid, or a total that is a credit or nothing."""
    if total is None:
        return None
    if isinstance(paid, Decimal):
        return total - paid
    return total if total <= 0 else None


def _less(total: Decimal, came: Sequence[Came]) -> Decimal | None:
    """The total without what came in; None where part of that is not known."""
    brought = total_of(one.amount for one in came)
    return None if brought is None else total - brought


def _state(meaning: str | None, owed: Decimal | None, balance: Value, *, over: bool) -> State:
    if meaning in _OUT:
        return "out"
    if isinstance(balance, Decimal) and balance < 0:
        return "credit"
    if meaning == "paid" or owed == 0:
        return "paid"
    if owed is not None and owed < 0:
        return "credit"
    return "paid" if over and owed is None else "open"


def _unreadable(records: Sequence[Record]) -> set[int]:
    """The positions of invoices of which the balance or what was paid could not be read."""
    problems: Mapping[int, Mapping[str, object]]
    problems = records.problems if isinstance(records, Records) else {at: one.problems for at, one in enumerate(records) if one.problems}
    return {at for at, found in problems.items() if "balance" in found or "paid" in found}
