"""What does not fit between jobs, estimates, change orders, invoices and payments: each gap with the money at stake, the largest first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import reduce

from contractor_ops.tables.catalogue.shared import CUSTOMER_NUMBER, EMAIL, PHONE, SERVICE_ADDRESS
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import ColumnMatch, Problem, Record, Table, Value
from contractor_ops.tables.records import with_problems
from contractor_ops.views.billing.case import Case, Gap, Policy
from contractor_ops.views.billing.changes import not_billed, without_approval
from contractor_ops.views.billing.early import invoiced_early
from contractor_ops.views.billing.estimates import are_linked, deposit_not_credited, deposit_not_taken, no_estimate
from contractor_ops.views.billing.gap_row import values_of
from contractor_ops.views.billing.loose import counted_once, may_bill
from contractor_ops.views.billing.paid import paid_with_balance
from contractor_ops.views.billing.screen import Screen, first_days
from contractor_ops.views.billing.uninvoiced import not_invoiced
from contractor_ops.views.billing.unknown_words import unknown_statuses
from contractor_ops.views.billing.unlike import unlike_agreed
from contractor_ops.views.books.office_books import Books, books_of
from contractor_ops.views.books.strays import Strays
from contractor_ops.views.books.what_counts import CENT, sign_of
from contractor_ops.views.moments import back
from contractor_ops.views.view import STORY, VERDICTS, Given, View

AT_STAKE = "at stake"
_EARLY = "invoiced, not completed"
_PAPERS = ("estimates", "change_orders", "invoices", "payments")
_TELLING = (("jobs", "status"), ("change_orders", "approved_on"), ("change_orders", "billed"), ("change_orders", "invoice"),
            ("change_orders", "billed_amount"), ("estimates", "deposit_paid"), ("invoices", "total"))  # fmt: skip
"""Columns whose absence is no answer: a blank cell is one."""
_READ = frozenset({"total", "subtotal", "tax", "balance", "paid", "amount", "billed_amount", "deposit_required", "deposit_paid", "completed_on",
                   "issued_on", "paid_on", "approved_on", "number", "billed"})  # fmt: skip
"""Columns on which a gap may rest: what cannot be read there is told, also where no gap is."""


def _plain(column: Column) -> Column:
    return Column(column.name, column.kind, (), column.note)


SPEC = TableSpec(
    "billing_gaps",
    "What does not fit between jobs, estimates, change orders, invoices and payments, with the money at stake.",
    (
        Column("number", "id", (), "The gap's own name, made of the job's number, the kind of gap and the paper that shows it."),
        Column("gap", "text", (), 'The kind of gap: "not invoiced", "differs", "change order not billed" and so on.'),
        Column("job", "text", (), "The job or jobs that it is about."),
        Column("customer", "name", (), "The customer's name."),
        *map(_plain, (CUSTOMER_NUMBER, PHONE, EMAIL, SERVICE_ADDRESS)),
        Column("title", "text", (), "What the work is."),
        Column("job_type", "text", (), "The kind of work, as the office names it."),
        Column("technician", "text", (), "Who did it."),
        Column("status", "status", (), "The job's status, as written; without a job the paper's."),
        Column("completed_on", "day", (), "The day the work was finished."),
        Column("amount", "money", (), "The money at stake; unknown where no sheet tells, or where it may be counted with another gap already."),
        Column("agreed", "money", (), "What was agreed: accepted estimates and approved changes."),
        Column("billed", "money", (), "What is invoiced, credits taken off."),
        Column("collected", "money", (), "What has come in; unknown where payments and invoices disagree."),
        Column("estimate", "text", (), "The estimates that it is held against."),
        Column("invoice", "text", (), "The invoices of the job."),
        Column("change_order", "text", (), "The change orders that it is about."),
        Column("found_in", "text", (), "The rows that show it."),
        Column("since", "day", (), "The day from which it counts."),
        Column("notes", "text", (), "What was written down about the work."),
        *VERDICTS,
        *STORY,
    ),
    identity=("number",),
    unique=("number",),
)  # fmt: skip


def build(given: Given) -> Table:
    """A row for each gap, the largest amount first. `sums` has what is at stake in all; no money stands in two rows.

    A table that the office does not keep is not asked: what it alone could show is not looked for.
    """
    books = books_of(given.tables)
    screen = Screen(books, given.billing, given.now.date())
    policy = policy_of(given, books, screen.typical)
    rows = rows_of(books, screen.to_look_at(), policy, given)
    rows.sort(key=lambda row: (-_known(row["amount"]), row["amount"] is None, str(row["number"])))
    _tell_apart(rows)
    jobs = given.tables["jobs"]
    kept = [table for name, table in given.tables.items() if name in {"jobs", *_PAPERS}]
    return Table(
        SPEC.name, rows, list(_problems(kept)), _columns(jobs, rows), files=tuple(dict.fromkeys(file for table in kept for file in table.files)),
        read_at=min((table.read_at for table in kept if table.read_at), default=None),
        warnings=unknown_statuses(given.tables.get("invoices")), sums={AT_STAKE: sum((_known(row["amount"]) for row in rows), Decimal(0))},
    )  # fmt: skip


def rows_of(books: Books, groups: Iterable[int], policy: Policy, given: Given) -> list[Record]:
    """A row for each gap of these groups. What an invoice may bill that fits several of them is at stake once."""
    used_twice, strays, loose = _used_twice(books), Strays(books), may_bill(books)
    rows: list[Record] = []
    fits: list[tuple[Record, Sequence[int]]] = []
    for group in groups:
        case = Case(books.one(group), policy)
        for gap in gaps_of(case):
            near = strays.found(group) if gap.kind == "not invoiced" else {}
            told = replace(gap, review=(*gap.review, *(near[invoice] for invoice in sorted(near))))
            rows.append(Record(SPEC.name, values_of(case, told, given, used_twice), gap.paper.place))
            if gap.kind == "not invoiced":
                fits.append((rows[-1], (*loose.get(group, ()), *near)))
    counted_once(fits, books.papers["invoices"], policy)
    return rows


BILLING_GAPS = View(SPEC, "jobs", _PAPERS, build)


def policy_of(given: Given, books: Books, typical: frozenset[str]) -> Policy:
    """What the office wants told, and what its sheets can tell."""
    tables, today = given.tables, given.now.date()
    keeps = frozenset(name for name, table in tables.items() if len(table.records) or name == "invoices")
    has = frozenset((name, column) for name, column in _TELLING if name in tables and tables[name].has(column))
    after = given.billing.not_invoiced_after
    if after.unit == "business days":
        latest = back(given.now, after.amount, given.is_business_day).astimezone(given.now.tzinfo).date()
    else:
        latest = (given.now - after.as_timedelta()).date() if after.in_days else today - max(after.as_timedelta(), timedelta(0))
    sign = sign_of(tables["payments"].records) if "payments" in tables else 1
    return Policy(given.billing, today, lambda day: day <= latest, keeps, has, typical, first_days(books.papers), sign, are_linked(tables))


def gaps_of(case: Case) -> list[Gap]:
    """Every gap of one group of papers. Those that are about the same money are one."""
    whole, early = list(not_invoiced(case)), list(invoiced_early(case))
    whole += early
    agreements = [*no_estimate(case), *deposit_not_taken(case)]
    found = [reduce(_told_with, agreements, whole[0]), *whole[1:]] if whole else []
    if not early:
        found += [*unlike_agreed(case), *not_billed(case)]
    found += without_approval(case)
    if not whole:
        found += agreements
    credited = list(deposit_not_credited(case))
    return _with_open_ones(case, [*found, *credited], credited)


def _told_with(gap: Gap, other: Gap) -> Gap:
    """A gap with another one that is about the same money: one row tells both."""
    because = f"{gap.because}; {_without_money(other)}"
    return replace(gap, because=because, review=(*gap.review, *other.review), named=(*gap.named, *other.named))


def _without_money(gap: Gap) -> str:
    """What a gap has to say where its money is told already."""
    worth = dollars(gap.amount) if gap.amount is not None else "nobody knows how much"
    return gap.because.replace(f"{gap.kind}: {worth}, ", f"{gap.kind}: ", 1) if gap.kind == "no accepted estimate" else gap.because


def _with_open_ones(case: Case, found: list[Gap], credited: Sequence[Gap]) -> list[Gap]:
    """The gaps with paid invoices that have a balance, unless the balance is the deposit that was not credited."""
    uncredited = sum((_known(one.amount) for one in credited), Decimal(0))
    counted = {at: one for at, one in enumerate(found) if one.billed}
    for gap in paid_with_balance(case):
        owed = _known(gap.amount)
        if uncredited and owed - uncredited <= CENT:
            uncredited -= owed
            continue
        same = next(
            (at for at, one in counted.items() if _is_on(gap.paper, one) and (one.amount == gap.amount or one.kind == _EARLY)), None
        )
        if same is None:
            found.append(gap)
            continue
        found[same] = _told_with(found[same], gap)
        if found[same].kind != _EARLY:
            del counted[same]  # its amount holds one balance, not two of that size
    return found


def _is_on(invoice: Record, gap: Gap) -> bool:
    """Whether a gap's money is on this invoice: it names it, or no invoice in particular."""
    bills = [one for one in gap.named if one.table == "invoices"]
    return not bills or any(one is invoice for one in bills)


def _known(amount: Value) -> Decimal:
    return amount if isinstance(amount, Decimal) else Decimal(0)


def _used_twice(books: Books) -> frozenset[str]:
    """Job numbers that stand for several customers."""
    jobs, who = books.papers["jobs"], books.linker.who("jobs")
    several = books.linker.directory("jobs").several()
    return frozenset(str(jobs[rows[0]]["number"]) for rows in several if any(who.agree(rows[0], who, row) is False for row in rows[1:]))


def _tell_apart(rows: Sequence[Record]) -> None:
    """Two change orders of one number are two gaps."""
    seen: Counter[str] = Counter()
    for row in rows:
        number = str(row["number"])
        seen[number] += 1
        if seen[number] > 1:
            row.values["number"] = f"{number}/{seen[number]}"
            doubts = (row["review_because"], "another gap is just like it: see whether a row is a copy")
            row.values["review_because"] = "; ".join(str(one) for one in doubts if one)


def _problems(tables: Iterable[Table]) -> Iterator[Problem]:
    for table in tables:
        for record in with_problems(table.records):
            yield from (problem for column, problem in record.problems.items() if column in _READ)


def _columns(jobs: Table, rows: Sequence[Record]) -> dict[str, ColumnMatch | None]:
    """Where each column comes from. A row without a job may have no status, which is no doubt about it: then there is no such column to ask."""
    together = ColumnMatch((), "put together from the office's tables")
    found: dict[str, ColumnMatch | None] = {name: jobs.columns.get(name) or together for name in SPEC.column_names}
    if any(row["status"] is None for row in rows):
        found["status"] = None
    return found
