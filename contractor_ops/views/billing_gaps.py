"""What does not fit between jobs, estimates, change orders, invoices and payments: each gap with the money at stake, the largest first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.catalogue.shared import CUSTOMER_NUMBER, EMAIL, PHONE, SERVICE_ADDRESS
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import ColumnMatch, Problem, Record, Table, Value
from contractor_ops.tables.records import with_problems
from contractor_ops.views.billing.case import Case, Gap, Policy, Work, day_in
from contractor_ops.views.billing.changes import not_billed, without_approval
from contractor_ops.views.billing.estimates import collected, deposit_not_credited, deposit_not_taken, no_estimate
from contractor_ops.views.billing.invoices import invoiced_early, not_invoiced, paid_with_balance, unlike_agreed
from contractor_ops.views.billing.screen import Screen, first_days
from contractor_ops.views.billing.sums import agreed
from contractor_ops.views.books.office_books import Books, books_of
from contractor_ops.views.books.what_counts import CENT, sign_of
from contractor_ops.views.moments import back
from contractor_ops.views.view import STORY, VERDICTS, Given, View

AT_STAKE = "at stake"
_PAPERS = ("estimates", "change_orders", "invoices", "payments")
_TELLING = (("jobs", "status"), ("change_orders", "approved_on"), ("change_orders", "billed"), ("change_orders", "invoice"),
            ("change_orders", "billed_amount"), ("estimates", "deposit_paid"))  # fmt: skip
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
        Column("amount", "money", (), "The money at stake; unknown where no sheet tells, or where it is told with another gap of the job."),
        Column("agreed", "money", (), "What was agreed: accepted estimates and approved changes."),
        Column("billed", "money", (), "What is invoiced, credits taken off."),
        Column("collected", "money", (), "What has come in."),
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
    used_twice = _used_twice(books)
    rows: list[Record] = []
    for group in screen.to_look_at():
        case = Case(books.one(group), policy)
        rows += [_row(case, gap, given, used_twice) for gap in gaps_of(case)]
    rows.sort(key=lambda row: (-_known(row["amount"]), row["amount"] is None, str(row["number"])))
    _tell_apart(rows)
    jobs = given.tables["jobs"]
    kept = [table for name, table in given.tables.items() if name in {"jobs", *_PAPERS}]
    return Table(
        SPEC.name, rows, list(_problems(kept)), _columns(jobs, rows), files=tuple(dict.fromkeys(file for table in kept for file in table.files)),
        read_at=min((table.read_at for table in kept if table.read_at), default=None),
        sums={AT_STAKE: sum((_known(row["amount"]) for row in rows), Decimal(0))},
    )  # fmt: skip


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
    return Policy(given.billing, today, lambda day: day <= latest, keeps, has, typical, first_days(books.papers), sign)


def gaps_of(case: Case) -> list[Gap]:
    """Every gap of one group of papers. Money that two of them are about is told with the first."""
    waiting, early = list(not_invoiced(case)), list(invoiced_early(case))
    whole = [*waiting, *early]
    found = [*whole]
    if not early:
        found += [*unlike_agreed(case), *not_billed(case)]
    found += without_approval(case)
    found += [_same_money(one, whole[0]) if whole else one for one in no_estimate(case)]
    found += [_same_money(one, whole[0]) if whole else one for one in deposit_not_taken(case)]
    credited = list(deposit_not_credited(case))
    return [*found, *credited, *_still_open(case, found, credited)]


def _same_money(gap: Gap, other: Gap) -> Gap:
    """The gap without an amount: what it is about is counted with another one."""
    return replace(gap, amount=None, because=f'{gap.because}; the money is counted under "{other.kind}"')


def _still_open(case: Case, found: Sequence[Gap], credited: Sequence[Gap]) -> Iterator[Gap]:
    """Paid invoices with a balance, unless the balance is the deposit that was not credited."""
    uncredited = sum((_known(one.amount) for one in credited), Decimal(0))
    for gap in paid_with_balance(case):
        owed = _known(gap.amount)
        if uncredited and owed - uncredited <= CENT:
            uncredited -= owed
            continue
        same = next((one for one in found if one.amount == gap.amount or one.kind == "invoiced, not completed"), None)
        yield _same_money(gap, same) if same else gap


def _known(amount: Value) -> Decimal:
    return amount if isinstance(amount, Decimal) else Decimal(0)


def _used_twice(books: Books) -> frozenset[str]:
    """Job numbers that stand for several customers."""
    jobs, who = books.papers["jobs"], books.linker.who("jobs")
    several = books.linker.directory("jobs").several()
    return frozenset(str(jobs[rows[0]]["number"]) for rows in several if any(who.agree(rows[0], who, row) is False for row in rows[1:]))


def _row(case: Case, gap: Gap, given: Given, used_twice: frozenset[str]) -> Record:
    works = gap.works or tuple(case.works)
    job = works[0].rows[-1] if works else None
    for record in (job, gap.paper):
        if record is not None:
            complete_record(record, TABLES[record.table], given.country)
    papers = [record for record in (job, gap.paper, *gap.named, *case.books.invoices, *case.books.estimates) if record is not None]
    values: dict[str, Value] = {
        **{name: _first(papers[:1] if name in {"notes", "title"} and job else papers, name) for name in
           ("customer", "customer_number", "phone", "email", "address", "title", "job_type", "technician", "notes")},
        "number": f"{_named(works, gap, used_twice)}/{gap.key}", "gap": gap.kind, "job": _jobs(works, gap),
        "status": job["status"] if job is not None else gap.paper["status"],
        "completed_on": max((work.done_on for work in works if work.done_on), default=None), "amount": gap.amount,
        "agreed": gap.agreed if gap.agreed is not None else agreed(case), "billed": case.billed if case.live else None, "collected": collected(case),
        "estimate": _numbers([*case.accepted, *(one for one in gap.named if one.table == "estimates")]), "invoice": _numbers(case.live),
        "change_order": _numbers([one for one in gap.named if one.table == "change_orders"]), "found_in": _found_in(works, gap),
        "since": _since(case, gap, works, given), "ended_because": None, "no_message_because": None,
        "review_because": "; ".join(dict.fromkeys((*gap.review, *case.books.unsure))) or None, "because": gap.because, "falls_to": None,
    }  # fmt: skip
    return Record(SPEC.name, values, gap.paper.place)


def _first(papers: Iterable[Record], column: str) -> Value:
    return next((cell for paper in papers if (cell := paper[column]) is not None), None)


def _named(works: Sequence[Work], gap: Gap, used_twice: frozenset[str]) -> str:
    """What the gap's name begins with: the job's number, else what tells the job or the paper from others."""
    if not works:
        return str(gap.paper["job"] or "no job")
    first = works[0]
    if not first.number:
        return record_id(first.rows[0], TABLES["jobs"]) or "job without a number"
    return f"{first.number} ({first.rows[0]['customer'] or 'no customer'})" if first.number in used_twice else first.number


def _jobs(works: Sequence[Work], gap: Gap) -> str | None:
    if not works:
        return str(gap.paper["job"]) if gap.paper["job"] else None
    return ", ".join(work.number for work in works if work.number) or None


def _numbers(papers: Iterable[Record]) -> str | None:
    return ", ".join(dict.fromkeys(str(one["number"]) for one in papers if one["number"])) or None


def _found_in(works: Sequence[Work], gap: Gap) -> str:
    rows = [row for work in works for row in work.rows]
    return "; ".join(dict.fromkeys(str(one.place) for one in (gap.paper, *rows, *gap.named)))


def _since(case: Case, gap: Gap, works: Sequence[Work], given: Given) -> date:
    """The day that the gap counts from, never ahead; where no paper has one, yesterday."""
    today = given.now.date()
    others = (day_in(row, "completed_on", "scheduled_on", "starts_at", "booked_on", "created_on") for work in works for row in work.rows)
    papers = (day_in(one, "issued_on", "approved_on", "requested_on", "created_on", "sent_on") for one in (gap.paper, *gap.named))
    known = (day for day in (*gap.since, *others, *papers) if day is not None and day <= today)
    return next(known, today - timedelta(days=1))


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
