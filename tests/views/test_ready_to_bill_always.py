"""Laws that hold for whatever stands in the sheets: no job is lost, no draft for what is billed, totals that add up."""

from decimal import Decimal

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from contractor_ops.reports.budget import FIGURES
from contractor_ops.reports.budget_money import Rates
from contractor_ops.reports.budget_sums import Shelf, budget_of
from contractor_ops.views.books.office_books import books_of
from contractor_ops.views.ready_to_bill import build
from tests.views.sheets import AGREED, CHANGE, DONE, INVOICE, PAID, Row, but, given, tables
from tests.views.test_ready_to_bill import draft

NUMBERS = st.sampled_from(["J-1", "J-2", "j-2", "J-1, J-2", "1", "J-1-2", "", "🔧"])
CUSTOMERS = st.sampled_from(["Ann Li", "Li, Ann", "Bob Ray", "", "=1+1"])
AMOUNTS = st.sampled_from(["100", "250.50", "-40", "0", "", "call me", "1,000"])
DAYS = st.sampled_from(["2026-11-20", "2026-12-20", "", "31/31/2026"])
WORDS = st.sampled_from(
    ["Completed", "Invoiced", "Scheduled", "Cancelled", "Void", "Draft", "Paid", "Accepted", "Approved", "Pending", "Billed", "Zzz", ""]
)


def row(like: Row, **cells: st.SearchStrategy[str]) -> st.SearchStrategy[Row]:
    return st.builds(lambda **changed: but(like, **changed), **cells)


JOBS = st.lists(
    row(DONE, Job_=NUMBERS, Customer=CUSTOMERS, Status=WORDS, Completed=DAYS, Total=AMOUNTS, Parts_used=st.text(max_size=12)), max_size=5
)
PAPERS = {
    "estimates": row(AGREED, Estimate_=NUMBERS, Job_=NUMBERS, Customer=CUSTOMERS, Status=WORDS, Total=AMOUNTS, Tax=AMOUNTS, Collected_deposit=AMOUNTS),
    "change_orders": row(CHANGE, CO_=NUMBERS, Job_=NUMBERS, Status=WORDS, Amount=AMOUNTS, Billed=st.sampled_from(["yes", "no", ""])),
    "invoices": row(INVOICE, Invoice_=NUMBERS, Job_=NUMBERS, Customer=CUSTOMERS, Status=WORDS, Total=AMOUNTS, Balance=AMOUNTS, Title=st.sampled_from(["Deposit", ""])),
    "payments": row(PAID, Payment_=NUMBERS, Invoice_=NUMBERS, Job_=NUMBERS, Customer=CUSTOMERS, Amount=AMOUNTS),
}  # fmt: skip
OFFICES = st.tuples(JOBS, st.fixed_dictionaries({name: st.lists(paper, max_size=3) for name, paper in PAPERS.items()}))


@settings(max_examples=150)
@for_all(OFFICES)
def test_every_job_has_a_draft_or_is_counted_and_every_draft_adds_up(office: tuple[list[Row], dict[str, list[Row]]]) -> None:
    jobs, papers = office
    kept = tables(jobs=[DONE, *jobs], **papers)
    table = build(given(kept))
    assert len(table.records) + table.folded + sum(table.passed_over.values()) == len(kept["jobs"].records)
    names = [str(one["draft_name"]).lower() for one in table.records if "just like it" not in str(one["review_because"])]
    assert len(set(names)) == len(names)
    for one in table.records:
        amounts = [Decimal(line["Amount"]) for line in draft(one)[:-1] if line["Amount"]]
        assert one["total"] is None or one["total"] == sum(amounts)
        assert one["total"] is not None or one["review_because"]


@settings(max_examples=150)
@for_all(OFFICES)
def test_every_figure_of_a_budget_is_known_or_says_why_not(office: tuple[list[Row], dict[str, list[Row]]]) -> None:
    jobs, papers = office
    kept = tables(jobs=[DONE, *jobs], **papers)
    shelf = Shelf.of(kept, (), Rates(Decimal(10), Decimal(50)))
    for books in books_of(kept).all():
        one = budget_of(books, shelf)
        assert tuple(one.figures) == FIGURES
        for name, figure in one.figures.items():
            assert figure.amount is not None or figure.note, name
            if figure.amount is not None and name in {"contract", "approved_changes", "billed", "collected"}:
                assert figure.amount == sum((row.amount for row in figure.rows if row.amount is not None), Decimal(0))
