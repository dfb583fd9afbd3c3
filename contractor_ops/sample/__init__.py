"""A believable sample office: a heating & air company's folder of spreadsheets, with the mess that real ones have.

It knows nothing of the reader (`tables/`), so that what reads it is put to the test.
"""

from datetime import date
from itertools import cycle
from pathlib import Path
from random import Random

from contractor_ops.sample import desk, sheets, shop
from contractor_ops.sample.books import number_documents
from contractor_ops.sample.day import Day
from contractor_ops.sample.diary import write_diary
from contractor_ops.sample.files import write_csv, write_workbook
from contractor_ops.sample.history import write_history
from contractor_ops.sample.open_items import use_a_number_twice, write_open_items
from contractor_ops.sample.people import CAST, CUSTOMERS, cast, ordinary, technicians
from contractor_ops.sample.planted import PLANTED, Planted
from contractor_ops.sample.texts import OFFICE_NAME, SAMPLE_ZONE, config, readme

__all__ = ["PLANTED", "SAMPLE_ZONE", "Planted", "write_sample_office"]


def write_sample_office(folder: Path, today: date, seed: int = 7) -> None:
    """Write config.toml, README.txt and every spreadsheet into `folder`. The same `today` and `seed` give the same cells."""
    day = _live_up_to(today, seed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(config(today), encoding="utf-8")
    ann_li = next(one for one in reversed(day.books.estimates) if one.customer is day.cast["li"])
    (folder / "README.txt").write_text(readme(today, ann_li.number), encoding="utf-8")
    _write_workbooks(folder, day)
    _write_exports(folder, day)


def _live_up_to(today: date, seed: int) -> Day:
    """Six months in the life of the office."""
    rng = Random(seed)
    people, everybody = cast(rng, today), ordinary(rng, today, CUSTOMERS - len(CAST))
    day = Day(today, rng, people, everybody, technicians(today), cycle(everybody))
    write_open_items(day)
    write_diary(day)
    write_history(day)
    number_documents(day.books)
    use_a_number_twice(day)
    return day


def _write_workbooks(folder: Path, day: Day) -> None:
    write_workbook(folder / "estimates.xlsx", {str(day.today.year): sheets.estimates(day.books, OFFICE_NAME, day.today.year)})
    write_workbook(folder / "jobs.xlsx", {"Jobs": sheets.jobs(day.books)})
    write_workbook(folder / "customers.xlsx", {"Customers": sheets.customers(day.customers)})
    write_workbook(folder / "technicians.xlsx", {"Technicians": sheets.technicians(day.crew)})
    write_workbook(folder / "equipment.xlsx", {"Equipment": sheets.equipment(shop.equipment(day))})
    write_workbook(folder / "inventory.xlsx", {"Stock": sheets.stock(), "Materials": sheets.materials()})
    write_workbook(folder / "compliance.xlsx", {"Papers": sheets.compliance(day)})


def _write_exports(folder: Path, day: Day) -> None:
    write_csv(folder / "exports" / f"invoices_{day.today.isoformat()}.csv", sheets.invoices(day.books), byte_order_mark=True)
    write_csv(folder / "exports" / f"calls_{day.today.isoformat()}.csv", sheets.calls(desk.calls(day)), byte_order_mark=True)
    write_csv(folder / "payments.csv", sheets.payments(day.books))
    write_csv(folder / "change_orders.csv", sheets.change_orders(day.books))
    write_csv(folder / "visits.csv", sheets.visits(day.books))
    write_csv(folder / "leads.csv", sheets.leads(desk.leads(day)))
