"""What a job's budget says of each figure: from which rows, and when it is not known."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from contractor_ops.reports.budget import FIGURES, Budget, Budgets, Figure, Source, budget_json, budget_rows, budgets_json
from contractor_ops.reports.budget_money import Rates
from contractor_ops.reports.budget_sums import Shelf, budget_of
from contractor_ops.views.books.office_books import books_of
from tests.views.sheets import AGREED, CHANGE, DONE, INVOICE, PAID, Row, but, tables

SOURCES = (Source("jobs", "jobs.csv", date(2026, 11, 21), 3), Source("invoices", "invoices.csv", date(2026, 11, 24), 0))


def budget(*jobs: Row, rates: Rates | None = None, wanted: str = "J-1", **papers: list[Row]) -> Budget:
    kept = tables(jobs=list(jobs or (DONE,)), **papers)
    [books] = books_of(kept).of(wanted)
    return budget_of(books, Shelf.of(kept, SOURCES, rates or Rates()))


def told(one: Budget, *figures: str) -> list[Any]:
    return [None if (amount := one.amount(name)) is None else str(amount) for name in figures]


def rows(figure: Figure) -> list[tuple[str, Any, int | None]]:
    return [(row.record.table, row.record["number"], row.record.place.row) for row in figure.rows]


# ── contract and changes ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_contract_is_what_was_accepted() -> None:
    offers = [but(AGREED, Estimate_="E-0", Status="Declined", Total="3900"), AGREED, but(AGREED, Estimate_="E-2", Status="Sent")]
    one = budget(estimates=offers)
    assert told(one, "contract") == ["4800"]
    assert rows(one.figures["contract"]) == [("estimates", "E-1", 3)]


def test_two_accepted_estimates_are_added_up_and_told() -> None:
    one = budget(estimates=[AGREED, but(AGREED, Estimate_="E-2", Total="500")])
    assert told(one, "contract") == ["5300"]
    assert one.unsure == ("2 estimates are accepted (estimate E-1, $4,800.00 and estimate E-2, $500.00): all are counted.",)


def test_without_an_estimate_it_is_the_jobs_own_total_and_that_is_said() -> None:
    one = budget()
    assert (told(one, "contract"), rows(one.figures["contract"])) == (["4800"], [("jobs", "J-1", 2)])
    assert one.figures["contract"].note == "no accepted estimate: the job's own total"
    assert "whether the job's own total holds the approved changes" in budget(change_orders=[CHANGE]).unsure[0]


@pytest.mark.parametrize(
    ("change", "approved", "pending"),
    [
        ({}, "460", "0"),
        ({"Status": "Billed"}, "460", "0"),
        ({"Status": "Pending"}, "0", "460"),
        ({"Status": "Declined"}, "0", "0"),
        ({"Amount": "-60"}, "-60", "0"),
        ({"Amount": "call me"}, None, "0"),
        ({"Status": "", "Approved on": "2026-11-02"}, "460", "0"),
    ],
)
def test_changes_are_approved_or_pending(change: Row, approved: str | None, pending: str) -> None:
    assert told(budget(estimates=[AGREED], change_orders=[but(CHANGE, **change)]), "approved_changes", "pending_changes") == [
        approved,
        pending,
    ]


def test_a_change_whose_status_nobody_knows_is_told_and_counted_nowhere() -> None:
    one = budget(estimates=[AGREED], change_orders=[but(CHANGE, Status="Zzz")])
    assert told(one, "approved_changes", "pending_changes") == ["0", "0"]
    assert one.unsure == (
        'Change order CO-1 (change_orders.csv, row 2): the status "Zzz" does not say whether it was approved; it is not counted. '
        'Write "Approved", "Pending" or "Declined".',
    )


def test_a_change_without_a_status_is_told_too() -> None:
    one = budget(estimates=[AGREED], change_orders=[but(CHANGE, Status="", Billed="")])
    assert one.unsure[0].startswith(
        "Change order CO-1 (change_orders.csv, row 2): no status says whether it was approved; it is not counted."
    )


# ── billed and left to bill ──────────────────────────────────────────────────────────────────────────────────────────


def test_credits_are_netted_drafts_and_void_invoices_are_left_out_and_told() -> None:
    invoices = [
        but(INVOICE, Total="3000"), but(INVOICE, Invoice_="2002", Total="-200"), but(INVOICE, Invoice_="2003", Total="900", Status="Void"),
        but(INVOICE, Invoice_="2004", Total="700", Status="Draft"),
    ]  # fmt: skip
    one = budget(estimates=[AGREED], invoices=invoices)
    assert told(one, "billed", "left_to_bill") == ["2800", "2000"]
    assert one.figures["billed"].note == "invoice 2004 is a draft, not counted and invoice 2003 is void"


def test_nothing_billed_yet_is_nothing_and_an_invoice_that_cannot_be_found_is_not_known() -> None:
    other = but(INVOICE, Job_="J-9", Customer="Bob Ray")
    assert told(budget(invoices=[other]), "billed", "collected", "left_to_bill") == ["0", "0", "4800"]
    for lost in (but(DONE, Status="Invoiced"), but(DONE, Invoice_="1999")):
        one = budget(lost, invoices=[other])
        assert told(one, "billed", "collected", "left_to_bill") == [None, None, None]
        assert "was not found" in one.figures["billed"].note and one.unsure


def test_an_invoice_without_a_total_leaves_the_sum_open() -> None:
    one = budget(estimates=[AGREED], invoices=[INVOICE, but(INVOICE, Invoice_="2002", Total="")])
    assert told(one, "billed", "left_to_bill") == [None, None]
    assert one.figures["billed"].note == "the amount of invoice 2002 is not known"


@pytest.mark.parametrize(
    ("estimate", "invoice", "left", "unsure"),
    [
        ({"Subtotal": "1000", "Tax": "80", "Total": "1080"}, {"Subtotal": "1000", "Tax": "80", "Total": "1080"}, "0", False),
        ({"Subtotal": "1000", "Tax": "80", "Total": "1080"}, {"Subtotal": "600", "Tax": "48", "Total": "648"}, "432", False),
        ({"Total": "1000"}, {"Subtotal": "1000", "Tax": "80", "Total": "1080"}, "0", False),
        ({"Total": "1080"}, {"Subtotal": "1000", "Tax": "80", "Total": "1080"}, "0", False),
        ({"Total": "1000"}, {"Subtotal": "600", "Tax": "48", "Total": "648"}, "400", True),
        ({"Total": "1000"}, {"Total": "600"}, "400", False),
    ],
)
def test_tax_is_not_taken_for_work(estimate: Row, invoice: Row, left: str, unsure: bool) -> None:
    one = budget(but(DONE, Total="1000"), estimates=[but(AGREED, **estimate)], invoices=[but(INVOICE, **invoice)])
    assert (told(one, "left_to_bill"), bool(one.unsure)) == ([left], unsure)


def test_change_orders_are_before_tax() -> None:
    taxed = {"Subtotal": "1000", "Tax": "80", "Total": "1080"}
    billed = {"Subtotal": "1460", "Tax": "116.80", "Total": "1576.80"}
    one = budget(estimates=[but(AGREED, **taxed)], change_orders=[CHANGE], invoices=[but(INVOICE, **billed)])
    assert told(one, "left_to_bill") == ["0.00"]
    assert one.figures["billed"].tax == Decimal("116.80")


# ── collected ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_payments_tell_what_was_collected() -> None:
    one = budget(invoices=[INVOICE], payments=[but(PAID, Amount="1000"), but(PAID, Payment_="P-2", Amount="500")])
    assert (told(one, "collected"), rows(one.figures["collected"])) == (["1500"], [("payments", "P-1", 2), ("payments", "P-2", 3)])


def test_without_payments_the_invoices_do() -> None:
    assert told(budget(invoices=[but(INVOICE, Balance="1800")]), "collected") == ["3000"]
    assert told(budget(invoices=[but(INVOICE, Amount_paid="700")]), "collected") == ["700"]
    assert told(budget(invoices=[but(INVOICE, Status="Paid")]), "collected") == ["4800"]
    assert told(budget(invoices=[INVOICE]), "collected") == [None]


def test_what_was_written_off_was_not_collected() -> None:
    assert told(budget(invoices=[but(INVOICE, Status="Written off", Balance="0")]), "collected") == [None]


def test_payments_and_invoices_that_disagree_are_told_and_not_guessed() -> None:
    one = budget(invoices=[but(INVOICE, Balance="0")], payments=[but(PAID, Amount="4000")])
    assert told(one, "collected") == [None]
    assert one.unsure == ("What was collected is not certain: payments make $4,000.00, the invoices say $4,800.00.",)
    odd = budget(invoices=[but(INVOICE, Amount_paid="700", Balance="4800")])
    assert (told(odd, "collected"), len(odd.unsure)) == ([None], 1)


@pytest.mark.parametrize(
    ("payments", "collected"),
    [
        ([{"Amount": "4800"}, {"Amount": "300", "Type": "Refund"}], "4500"),
        ([{"Amount": "4800"}, {"Amount": "300", "Refunded on": "2026-11-23"}], "4800"),
        ([{"Amount": "-4000"}, {"Amount": "-800"}], "4800"),
    ],
)
def test_money_that_went_back_and_payments_written_below_zero(payments: list[Row], collected: str) -> None:
    paid = [but(PAID, Payment_=f"P-{number}", **change) for number, change in enumerate(payments)]
    assert told(budget(invoices=[INVOICE], payments=paid), "collected") == [collected]


def test_a_payment_for_two_jobs_is_not_split_by_guessing() -> None:
    jobs = [DONE, but(DONE, Job_="J-2")]
    invoices = [INVOICE, but(INVOICE, Invoice_="2002", Job_="J-2")]
    one = budget(*jobs, invoices=invoices, payments=[but(PAID, Invoice_="2001, 2002", Amount="9600")])
    assert told(one, "collected") == [None] and one.figures["collected"].note == "payment P-1 is for other jobs too"
    settled = [but(invoice, Balance="0") for invoice in invoices]
    assert told(budget(*jobs, invoices=settled, payments=[but(PAID, Invoice_="2001, 2002", Amount="9600")]), "collected") == ["4800"]


def test_a_deposit_that_only_the_estimate_tells() -> None:
    one = budget(estimates=[but(AGREED, Collected_deposit="1000")], invoices=[but(INVOICE, Job_="J-9", Customer="Bob Ray")])
    assert (told(one, "collected"), rows(one.figures["collected"])) == (["1000"], [("estimates", "E-1", 2)])


# ── retainage, costs and what is left ────────────────────────────────────────────────────────────────────────────────


def test_retainage_is_the_invoices_else_the_offices_share_else_not_known() -> None:
    invoices = [but(INVOICE, Retainage="240")]
    assert told(budget(invoices=invoices, rates=Rates(retainage=Decimal(10))), "retainage") == ["240"]
    assert told(budget(invoices=[INVOICE], rates=Rates(retainage=Decimal(5))), "retainage") == ["240.00"]
    assert told(budget(invoices=[INVOICE]), "retainage") == [None]


@pytest.mark.parametrize(
    ("job", "rate", "costs", "note"),
    [
        ({"Total costs": "3000"}, None, "3000", ""),
        ({"Materials cost": "2000"}, "60", "2480.00", "materials $2,000.00 and 8 hours at $60.00"),
        ({"Materials cost": "2000"}, None, None, "materials are $2,000.00; labor_rate is not set in [billing]"),
        ({"Materials cost": "2000", "Hours": ""}, "60", None, "materials are $2,000.00, the hours are not known"),
        ({"Parts used": "None."}, "60", "480.00", "8 hours at $60.00, no parts used"),
        ({"Parts used": "none", "Hours": "1"}, "60", "60.00", "1 hour at $60.00, no parts used"),
        ({"Hours": ""}, "60", None, "no sheet says it"),
        ({}, None, None, "no sheet says it"),
    ],
)
def test_costs_are_told_or_made_of_materials_and_hours(job: Row, rate: str | None, costs: str | None, note: str) -> None:
    one = budget(but(DONE, **job), rates=Rates(labor_rate=Decimal(rate) if rate else None))
    assert (told(one, "costs"), one.figures["costs"].note) == ([costs], note)


@pytest.mark.parametrize(
    ("job", "rate", "known", "says"),
    [
        ({}, "60", "480.00", 'labor is $480.00 (8 hours at $60.00); material prices are missing: jobs.csv has no column "Materials cost"'),
        ({"Material cost": ""}, "60", "480.00", 'material prices are missing: "Material cost" is blank in jobs.csv, row 2'),
        ({"Material cost": "see bill"}, "60", "480.00", 'material prices are missing: "Material cost" cannot be read in jobs.csv, row 2'),
        ({"Material cost": "see bill", "Parts used": "none"}, "60", "480.00", '"Material cost" cannot be read in jobs.csv, row 2'),
        ({"Parts used": "-"}, "60", "480.00", 'has no column "Materials cost"'),
        ({"Materials cost": "2000"}, None, "2000", "labor_rate is not set"),
    ],
)
def test_the_part_of_the_costs_that_is_known_is_told_and_never_taken_for_the_whole(
    job: Row, rate: str | None, known: str, says: str
) -> None:
    one = budget(but(DONE, **job), rates=Rates(labor_rate=Decimal(rate) if rate else None))
    spent = one.figures["costs"]
    assert (spent.amount, str(spent.at_least), rows(spent)) == (None, known, [("jobs", "J-1", 2)])
    assert spent.note.endswith(says) or says in spent.note
    assert told(one, "left_of_budget", "forecast_margin") == [None, None]
    assert one.figures["forecast_margin"].note == "costs are known only in part"
    assert budget_json(one)["costs"]["at_least"] == Decimal(known)


def test_of_several_jobs_the_known_parts_of_their_costs_are_added_up() -> None:
    jobs = [but(DONE, Total_costs="1000", Estimate_="E-1"), but(DONE, Job_="J-2", Estimate_="E-1", Total_costs="")]
    one = budget(*jobs, estimates=[but(AGREED, Job_="J-1, J-2")], rates=Rates(labor_rate=Decimal(60)))
    assert (told(one, "costs"), one.figures["costs"].at_least) == ([None], 1480)
    assert Budgets([one], one_by_one=False).total("costs") == (1480, 1)


def test_what_is_left_of_the_budget_and_the_forecast() -> None:
    pending = but(CHANGE, CO_="CO-2", Amount="300", Status="Pending")
    one = budget(but(DONE, Total_costs="3000"), estimates=[AGREED], change_orders=[CHANGE, pending])
    assert told(one, "left_of_budget", "forecast", "forecast_margin") == ["2260", "5560", "2560"]
    assert told(budget(but(DONE, Total_costs="3000", Budget="3500")), "left_of_budget") == ["500"]
    assert told(budget(but(DONE, Budget="3500")), "left_of_budget", "forecast_margin") == [None, None]


def test_tax_is_no_margin() -> None:
    taxed = but(AGREED, Subtotal="1000", Tax="80", Total="1080")
    assert told(budget(but(DONE, Total_costs="700"), estimates=[taxed]), "forecast", "forecast_margin") == ["1080", "300"]


def test_visits_that_tell_the_same_total_tell_it_once() -> None:
    visits = [but(DONE, Total_costs="500"), but(DONE, Completed="2026-11-21", Total_costs="500")]
    assert told(budget(*visits), "contract", "costs") == ["4800", "500"]
    assert told(budget(DONE, but(DONE, Completed="2026-11-21", Total="")), "contract") == ["4800"]
    apart = budget(DONE, but(DONE, Completed="2026-11-21", Total="200"))
    assert (told(apart, "contract"), len(apart.unsure)) == (["5000"], 1)


def test_unknown_is_never_nothing() -> None:
    one = budget(but(DONE, Total=""))
    assert told(one, *FIGURES) == [None] * len(FIGURES)
    assert all(figure.note for figure in one.figures.values())


AMOUNT = st.decimals(min_value=0, max_value=99_999, places=2)


@for_all(AMOUNT, st.lists(AMOUNT, max_size=3), st.lists(AMOUNT, max_size=3))
def test_what_is_left_to_bill_adds_up(agreed: Decimal, changes: list[Decimal], billed: list[Decimal]) -> None:
    one = budget(
        estimates=[but(AGREED, Total=agreed)],
        change_orders=[but(CHANGE, CO_=f"CO-{number}", Amount=amount) for number, amount in enumerate(changes)],
        invoices=[but(INVOICE, Invoice_=f"20{number}", Total=amount) for number, amount in enumerate(billed)],
    )
    assert one.amount("left_to_bill") == (agreed + sum(changes) - sum(billed) if billed else None)
    for name in ("contract", "approved_changes", "billed"):
        figure = one.figures[name]
        assert figure.amount is None or figure.amount == sum(row.amount or Decimal(0) for row in figure.rows)


# ── what is not certain, and how far the work is ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("job", "invoice", "said"),
    [
        ({"Invoice_": "1999"}, {"Job_": "J-9", "Customer": "Bob Ray"},
         'Job J-1 (jobs.csv, row 2) names invoice 1999, which was not found. Write it as the invoice has it, like "2001" (invoices.csv, row 2).'),
        ({"Status": "Invoiced"}, {"Job_": "J-9", "Customer": "Bob Ray"},
         'Job J-1 (jobs.csv, row 2) is "Invoiced", and no invoice of it was found. Write "J-1" under "Job #" in the row of its invoice (invoices.csv).'),
        ({}, {"Status": "Zzz"},
         'Invoice 2001 (invoices.csv, row 2): the status "Zzz" is not known; it is counted as billed. '
         'Write "Sent" if it was sent, "Draft" or "Void" if it should not count.'),
        ({}, {"Total": ""}, "Billed: the amount of invoice 2001 is not known (invoices.csv, row 2). Write it there."),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_said_with_how_to_write_it(job: Row, invoice: Row, said: str) -> None:
    one = budget(but(DONE, **job), estimates=[AGREED], invoices=[but(INVOICE, **invoice)])
    assert (one.unsure, one.doubtful) == ((said,), True)


def test_visits_that_differ_are_named() -> None:
    one = budget(DONE, but(DONE, Completed="2026-11-21", Total="200"))
    assert "($4,800.00 in jobs.csv, row 2 and $200.00 in jobs.csv, row 3)" in one.unsure[0]


def test_a_cell_makes_a_budget_doubtful_only_where_a_figure_may_rest_on_it() -> None:
    assert budget(estimates=[AGREED], change_orders=[but(CHANGE, Amount="call me")]).doubtful
    assert budget(but(DONE, Total_costs="#REF!")).doubtful
    phone = budget(but(DONE, Phone="ask Bob"))
    assert phone.problems and not phone.doubtful and not budget().doubtful


@pytest.mark.parametrize(
    ("job", "stage"),
    [
        ({}, "completed"), ({"Status": "Invoiced"}, "completed"), ({"Status": "Scheduled", "Completed": ""}, "open"), ({"Status": "On hold"}, "open"),
        ({"Status": "Zzz"}, "completed"), ({"Status": "", "Completed": ""}, "unknown"), ({"Status": "Cancelled"}, "cancelled"),
    ],
)  # fmt: skip
def test_how_far_a_job_is(job: Row, stage: str) -> None:
    assert budget(but(DONE, **job)).stage == stage


def test_jobs_that_stand_together_are_open_while_one_of_them_is() -> None:
    jobs = [DONE, but(DONE, Job_="J-2", Status="Scheduled", Completed=""), but(DONE, Job_="J-3", Status="Cancelled")]
    assert budget(*jobs, estimates=[but(AGREED, Job_="J-1, J-2, J-3")]).stage == "open"
    assert budget(*jobs, estimates=[but(AGREED, Job_="J-1, J-3")]).stage == "completed"


def test_totals_tell_completed_from_open_and_leave_out_what_was_cancelled() -> None:
    jobs = [DONE, but(DONE, Job_="J-2", Total="900", Status="Scheduled", Completed=""), but(DONE, Job_="J-3", Status="Cancelled")]
    found = Budgets([budget(job, wanted=str(job["Job #"])) for job in jobs], one_by_one=False)
    document = budgets_json(found)
    assert document["totals"]["contract"] == {"amount": 5700, "not_known": 0}
    assert {stage: sums["contract"]["amount"] for stage, sums in document["totals_by_stage"].items()} == {"completed": 4800, "open": 900}


# ── for scripts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_json_tells_each_row_and_how_old_its_source_is() -> None:
    document = budget_json(budget(invoices=[INVOICE]))
    assert list(document) == ["job", "customer", "title", "status", *FIGURES, "sources", "unsure", "stage", "doubtful"]
    assert (document["job"], document["customer"], document["title"], document["status"]) == (
        "J-1",
        "Ann Li",
        "Furnace replacement",
        "Completed",
    )
    [row] = document["contract"]["rows"]
    assert row == {"table": "jobs", "file": "jobs.csv", "sheet": None, "row": 2, "number": "J-1", "amount": 4800, "age_days": 3}
    assert document["retainage"] == {"amount": None, "rows": [], "note": "no sheet says it, and [billing] has no retainage"}
    assert document["sources"][0] == {"table": "jobs", "file": "jobs.csv", "as_of": date(2026, 11, 21), "age_days": 3}


def test_cells_that_could_not_be_read_are_problems() -> None:
    one = budget(estimates=[AGREED], change_orders=[but(CHANGE, Amount="call me")])
    [problem] = budgets_json(Budgets([one]))["problems"]
    assert (problem["file"], problem["row"], problem["value"]) == ("change_orders.csv", 2, "call me")


def test_totals_say_for_how_many_jobs_an_amount_is_not_known() -> None:
    found = Budgets([budget(), budget(but(DONE, Total="", Total_costs="100"))], one_by_one=False, left_out={"cancelled": 2})
    document = budgets_json(found)
    assert document["totals"]["contract"] == {"amount": 4800, "not_known": 1}
    assert document["totals"]["billed"] == {"amount": None, "not_known": 2}
    assert document["left_out"] == {"cancelled": 2}


def test_a_row_for_csv_leaves_blank_what_is_not_known() -> None:
    [row] = budget_rows([budget()])
    assert (row["job"], row["contract"], row["billed"], row["costs_at_least"]) == ("J-1", Decimal(4800), None, None)
    [partly] = budget_rows([budget(but(DONE, Materials_cost="see bill"), rates=Rates(labor_rate=Decimal(60)))])
    assert (partly["costs"], partly["costs_at_least"], partly["stage"]) == (None, 480, "completed")
    assert partly["unsure"].startswith("jobs.csv, row 2, Materials cost: ")
