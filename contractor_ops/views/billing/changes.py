"""What may be wrong with change orders: approved and on no invoice, or done and billed without a yes."""

from collections.abc import Iterator
from decimal import Decimal

from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record
from contractor_ops.views.billing.case import Case, Gap, ago, called, day_in, is_part
from contractor_ops.views.billing.said_done import described_as_done, told_as_done
from contractor_ops.views.billing.sums import Change, changes_of, is_approved, settle
from contractor_ops.views.books.what_counts import amount, meaning, says_billed


def not_billed(case: Case) -> Iterator[Gap]:
    """Approved changes that the job's invoices do not hold, by their rows or by the money."""
    if "invoices" not in case.policy.keeps and not any(meaning(job) == "invoiced" for job in case.books.jobs):
        return
    for change, missing in _unbilled(case):
        yield _unbilled_gap(case, change, missing)
    yield from _of_unknown_state(case)


def _of_unknown_state(case: Case) -> Iterator[Gap]:
    """Changes of an invoiced job whose status nobody knows, and that are in no invoice: whether they should be, a person must say."""
    settled = settle(case)
    in_the_money = [one.record for one in settled.unapproved] if settled else []
    for record in case.books.change_orders if case.live and case.is_done else ():
        unknown = record["status"] is not None and meaning(record) is None and not is_approved(case, record)
        worth = amount(record, "amount")
        if (
            unknown
            and worth != 0
            and not (says_billed(record) or told_as_done(record) or described_as_done(record) or record in in_the_money)
        ):
            how_much = dollars(abs(worth)) if worth is not None else "nobody knows how much"
            because = f'change order not billed: {how_much}, {called("change order", [record])} with the status "{record["status"]}"'
            yield Gap(
                "change order not billed", f"change-order/{_name(record)}", abs(worth) if worth is not None else None, because, record,
                (day_in(record, "requested_on"), *(day_in(one, "issued_on") for one in case.live)),
                (f'whether it was approved is not known: its status says "{record["status"]}"',), (record,), works=tuple(case.going),
            )  # fmt: skip


def _unbilled(case: Case) -> list[tuple[Change, Decimal]]:
    """The approved changes of an invoiced job that are not billed, and how much of each."""
    if case.works and not (case.is_done and all(work in case.covered or _says_invoiced(work.rows) for work in case.going)):
        return []
    if (settled := settle(case)) is not None:
        return list(settled.unbilled)
    missing = [(one, one.amount - one.said) for one in changes_of(case) if one.approved and one.said != one.amount]
    if not case.live and case.works and "invoices" in case.policy.keeps:
        return []  # the whole job is told as not invoiced
    return [] if _money_shows_it(case, sum((left for _, left in missing), Decimal(0))) else missing


def _says_invoiced(rows: tuple[Record, ...]) -> bool:
    return any(meaning(row) == "invoiced" for row in rows)


def _money_shows_it(case: Case, missing: Decimal) -> bool:
    """Without an estimate: whether the invoices come to the job's own total and all these changes."""
    return (
        bool(missing)
        and case.worth is not None
        and case.billed is not None
        and not case.policy.beyond(case.billed - case.worth - missing, case.worth)
    )


def _unbilled_gap(case: Case, change: Change, missing: Decimal) -> Gap:
    record = change.record
    approved = day_in(record, "approved_on")
    details = [str(record["description"])] if record["description"] else []
    details += [f"approved {ago(approved, case.policy.today)}"] if approved else []
    details += [f"{dollars(change.said)} of {dollars(change.amount)} is billed"] if change.said else []
    kind = " taken off and" if missing < 0 else ""
    finals = [one for one in case.live if not is_part(one)]
    without = f"; {called('invoice', finals)} {'were' if len(finals) > 1 else 'was'} sent without it" if finals else ""
    because = f"change order not billed: {dollars(abs(missing))}{kind} on no invoice, {called('change order', [record])} ({', '.join(details)}){without}"
    return Gap(
        "change order not billed", f"change-order/{_name(record)}", abs(missing), because, record, (approved, *(day_in(one, "issued_on") for one in finals)),
        tuple(_doubts(case, record)), (record, *finals), works=tuple(case.going),
    )  # fmt: skip


def _doubts(case: Case, record: Record) -> Iterator[str]:
    if not case.works:
        yield f"no job {record['job']} is among the jobs" if record["job"] else "it names no job"
    told = {("change_orders", "billed"), ("change_orders", "invoice"), ("change_orders", "billed_amount")}
    if not told & case.policy.has and settle(case) is None:
        yield "the sheet does not say whether it was billed"


def without_approval(case: Case) -> Iterator[Gap]:
    """Changes that are billed or done, and that nobody approved."""
    settled = settle(case)
    in_the_money = [one.record for one in settled.unapproved] if settled else []
    for record in case.books.change_orders:
        worth = amount(record, "amount")
        if is_approved(case, record) or worth == 0:
            continue
        billed = says_billed(record) or record in in_the_money
        described = described_as_done(record) if any(work.state == "done" for work in case.going) else None
        if billed or told_as_done(record):
            yield _unapproved_gap(case, record, worth, "billed" if billed else "done")
        elif described:
            yield _unapproved_gap(case, record, worth, "done", f'that it is done its row says: "{described}"')


def _unapproved_gap(case: Case, record: Record, worth: Decimal | None, what: str, *said: str) -> Gap:
    status = f'its status is "{record["status"]}"' if record["status"] else "it has no status"
    how_much = dollars(abs(worth)) if worth is not None else "nobody knows how much"
    because = f"change without approval: {how_much}, {called('change order', [record])} is {what} and {status}"
    doubts = list(said)
    if what == "done" and meaning(record) == "declined":
        doubts.append("it was declined, and its notes may speak of other work")
    if record["status"] is not None and meaning(record) is None:
        doubts.append(f'the status "{record["status"]}" is not known')
    if (problem := record.problems.get("amount")) is not None:
        doubts.append(f'its amount cannot be read ("{problem.value}")')
    return Gap(
        "change without approval", f"unapproved/{_name(record)}", abs(worth) if worth is not None else None, because, record,
        (day_in(record, "requested_on"), *(day_in(one, "issued_on") for one in case.live)), tuple(doubts), (record,), works=tuple(case.going),
        billed=what == "billed",
    )  # fmt: skip


def _name(record: Record) -> str:
    return str(record["number"] or record["description"] or f"row {record.place.row}")
