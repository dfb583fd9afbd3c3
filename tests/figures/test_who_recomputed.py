"""The caller's answer, worked out a second time from the files: every number that `who` prints of every customer, and whose rows they are."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.figures.raw_office import Told
from tests.figures.raw_sheets import WON, Raw, Row, digits, dollars, numbers, slashed

RECOMPUTED = {"customer", "choices"}
"""The parts of the answer that these tests work out."""


def said(name: str) -> str:
    """A name as people say it: "Li, Ann" is Ann Li."""
    last, _, first = name.partition(", ")
    return f"{first} {last}" if first else name


def of(rows: Iterable[Row], name: str, column: str) -> list[Row]:
    return [row for row in rows if said(str(row[column])) == name]


def answer(name: str, told: Told) -> Row:
    """All that the sheets say of a customer, in numbers; what stands in a list without a number is there with its row."""
    raw, today = told.raw, told.raw.today
    jobs, bills, offers = of(raw.jobs, name, "Customer"), of(raw.invoices, name, "customer"), of(raw.estimates, name, "customer")
    mine = {job["Job #"] for job in jobs}
    changes = [row for row in raw.text("change_orders.csv") if row["Job #"] in mine]
    paid = of(raw.text("payments.csv"), name, "Customer")
    visits, leads = of(raw.text("visits.csv"), name, "Customer"), of(raw.text("leads.csv"), name, "Name")
    owed = [row for row in bills if row["balance"] and row["status"] not in ("Draft", "Bad Debt")]
    papers = {"change_orders": changes, "customers": of(raw.book("customers.xlsx"), name, "Name"), "estimates": offers, "invoices": bills,
              "jobs": jobs, "leads": leads, "payments": paid, "visits": visits}  # fmt: skip
    lists: dict[str, Row] = {
        "visits": {row["row"]: {} for row in visits if row["Status"] in ("Scheduled", "On hold")},
        "requests": {row["row"]: {} for row in leads if row["Status"] in ("New", "Contacted")},
        "estimates": {**{row["row"]: known(amount=row["total"], days=(today - row["sent"]).days) for row in offers if waits(row, jobs)},
                      **{row["row"]: known(amount=Decimal(row["Amount"])) for row in changes if row["Status"] == "Pending"}},
        "invoices": {row["row"]: known(owed=row["balance"], total=row["total"], days_late=late(row, today)) for row in owed},
        "payments": {row["row"]: known(amount=dollars(row["Amount"])) for row in paid if 0 <= (today - slashed(row["Date"])).days <= 90},
        "jobs": {row["row"]: {} for row in jobs if is_over(row, today)},
        "to_bill": {row["row"]: known(amount=row["Total"]) for row in of(raw.unbilled, name, "Customer")},
    }  # fmt: skip
    told_of: Row = {
        "papers": {table: len(rows) for table, rows in papers.items() if rows},
        "owed": float(sum(row["balance"] for row in owed)),
    }
    return {**told_of, **{key: found for key, found in lists.items() if found}}


def known(**cells: Decimal | int | None) -> dict[str, float]:
    return {name: float(cell) for name, cell in cells.items() if cell is not None}


def waits(offer: Row, jobs: list[Row]) -> bool:
    """No answer yet, not sent, or of a status that nobody knows; or a yes for which nothing is booked."""
    if offer["status"] in WON:
        named = any(job["Estimate #"] == offer["number"] for job in jobs)
        return not named and not any(job["Scheduled start"].date() >= offer["sent"] for job in jobs)
    return offer["status"] not in ("declined", "lost", "expired")


def late(bill: Row, today: date) -> int:
    return max((today - bill["due"]).days, 0) if bill["balance"] > 0 else 0


def is_over(job: Row, today: date) -> bool:
    """Work of the last year that is not ahead any more."""
    day = job["done"] or job["Scheduled start"].date()
    return job["Status"] not in ("Scheduled", "On hold") and today - timedelta(days=365) <= day <= today


def customers(raw: Raw) -> list[str]:
    """Another fifth of them on each day, and those whose invoices were written last, drafts among them."""
    every = [said(row["Name"]) for row in raw.book("customers.xlsx")]
    return list(dict.fromkeys([*every[raw.today.day % 5 :: 5], *(said(row["customer"]) for row in raw.invoices[-3:])]))


def asked(name: str, told: Told) -> Any:
    ran = told.office.do("who", name, "--format", "json", now=told.now)
    assert ran.code == 0, (name, ran.err)
    return ran.json


def test_every_number_of_every_customer(told: Told) -> None:
    found = {name: numbers(asked(name, told)) for name in customers(told.raw) if name not in namesakes(told.raw)}
    assert found == {name: {"customer": answer(name, told)} for name in found}
    assert len(found) >= 12


def drafted(raw: Raw) -> list[Row]:
    """Finished jobs whose row names an invoice that was never sent."""
    return [row for row in raw.unbilled if row["Invoice #"]]


def test_work_of_which_only_a_draft_was_written_is_to_be_billed(told: Told) -> None:
    jobs = drafted(told.raw)
    assert len(jobs) == 2
    for job in jobs:
        to_bill = numbers(asked(said(job["Customer"]), told)["customer"])["to_bill"]
        assert to_bill[job["row"]] == {"amount": float(job["Total"])}


def test_a_customer_is_found_by_number_too(told: Told) -> None:
    """By telephone, and by the number of an invoice: the same answer."""
    bill = next(row for row in told.raw.owing if said(row["customer"]) not in namesakes(told.raw))
    one = numbers(asked(said(bill["customer"]), told)["customer"])
    assert numbers(asked(digits(bill["phone"]), told)["customer"]) == numbers(asked(bill["number"], told)["customer"]) == one


def namesakes(raw: Raw) -> list[str]:
    """Customers of whose name there is a lead with another telephone: nobody knows whether they are one."""
    phones = {said(row["Name"]): digits(row["Phone"]) for row in raw.book("customers.xlsx")}
    return [name for row in raw.text("leads.csv") if phones.get(name := said(row["Name"]), digits(row["Phone"])) != digits(row["Phone"])]


def test_of_two_of_one_name_a_person_chooses(told: Told) -> None:
    for name in namesakes(told.raw)[:2]:
        one = answer(name, told)
        leads = one["papers"].pop("leads")
        first, second = {"pick": 1, "papers": one["papers"]}, {"pick": 2, "papers": {"leads": leads}}
        assert numbers(asked(name, told)) == {"choices": {"1": first, "2": second}}
