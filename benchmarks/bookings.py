"""`python -m benchmarks.bookings`: what planning the trail of 5,000 open bookings costs, of which an earlier run has told everybody.

`--bookings N` takes another number. Sheets are read once and the view is measured beside the plan. The budget is two seconds for the plan; what
it costs is also said per decision, for an office a fifth as large as well, so that a machine that is slow just now shows.
"""

import argparse
import gc
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from benchmarks.measure import FOLDER
from contractor_ops.cli.main import collect_rarely
from contractor_ops.office import open_office
from contractor_ops.work.run import plan_recipe, run_recipe

BUDGET = 2.0
TRAIL = "booking-trail"
CREW = 28
_ZONE = ZoneInfo("America/Chicago")
_RECIPE = Path(__file__).parents[1] / "recipes" / f"{TRAIL}.toml"
_CONFIG = """
[office]
name = "Northside Heating & Air"
postal_address = "1 Main St, Chicago, IL 60618"
timezone = "America/Chicago"
country = "US"

[people]
office = { name = "Dana Reed", email = "dana@northside.example" }

[tables]
jobs = { file = "jobs.csv" }
technicians = { file = "technicians.csv" }
"""
_KINDS = (
    ("Furnace tune-up", "Tune-up"), ("AC tune-up", "Tune-up"), ("No heat", "Repair"), ("Thermostat", "Thermostat install"), ("Drain cleaning", "Drain"),
)  # fmt: skip


def main() -> None:
    """Send once, then plan the next runs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bookings", description=__doc__)
    parser.add_argument("--bookings", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    collect_rarely()
    FOLDER.mkdir(parents=True, exist_ok=True)
    small, _ = measure(asked.bookings // 5, asked.rounds)
    each, decisions = measure(asked.bookings, asked.rounds)
    print(f"per decision, {asked.bookings:,} bookings / {asked.bookings // 5:,}: {each / small:.2f} ({decisions:,} decisions)")


def measure(bookings: int, rounds: int) -> tuple[float, int]:
    """Seconds of one decision, and how many there are."""
    views, plans, decisions = [], [], 0
    with TemporaryDirectory(dir=FOLDER) as folder:
        write_office(Path(folder), bookings)
        _run(Path(folder))
        for round_ in range(rounds):
            office, now = open_office(Path(folder)), datetime(2026, 11, 23, 11 + round_, tzinfo=_ZONE)
            recipe = office.recipe(TRAIL)
            office.table("jobs")
            gc.collect()
            started = time.process_time()
            office.table("bookings", now=now)
            seen = time.process_time()
            plan = plan_recipe(office, recipe, now)
            decisions = plan.counts()["decisions"]
            views.append(seen - started)
            plans.append(time.process_time() - seen)
            office.close()
    within = "within" if median(plans) <= BUDGET else "OVER"
    print(
        f"{bookings:6,} bookings: view {median(views):.2f} s, plan {median(plans):.2f} s ({min(plans):.2f} to {max(plans):.2f}); {within} {BUDGET:.0f} s"
    )
    return median(plans) / decisions, decisions


def _run(folder: Path) -> None:
    """The first run, which tells everybody into files."""
    office, now = open_office(folder), datetime(2026, 11, 23, 10, tzinfo=_ZONE)
    run_recipe(office, office.recipe(TRAIL), now, lambda: now, send=True, accept=["unusual-volume"])
    office.close()


def write_office(folder: Path, bookings: int) -> None:
    """An office whose crew has three visits a day and no two at one time."""
    (folder / "recipes").mkdir()
    text = _RECIPE.read_text(encoding="utf-8").replace('mode   = "approve"', 'mode   = "auto"', 1)
    (folder / "recipes" / _RECIPE.name).write_text(text, encoding="utf-8")
    (folder / "config.toml").write_text(_CONFIG, encoding="utf-8")
    crew = [
        f'Tech {number},312-555-01{number:02},t{number}@northside.example,"heating, cooling, hvac, plumbing, electrical"'
        for number in range(CREW)
    ]
    (folder / "technicians.csv").write_text("\n".join(["Technician,Phone,Email,Skills", *crew, ""]), encoding="utf-8")
    heading = "Job #,Customer,Phone,Email,Address,Job title,Job type,Status,Technician,Booked on,Scheduled start,Total"
    (folder / "jobs.csv").write_text("\n".join([heading, *map(_row, range(bookings)), ""]), encoding="utf-8")


def _row(number: int) -> str:
    slot, day = divmod(number, 60)
    title, kind = _KINDS[number % len(_KINDS)]
    starts = f"{date(2026, 11, 24) + timedelta(days=day):%m/%d/%Y} {8 + 3 * (slot // CREW)}:00"
    return (
        f"J-{number + 1},Customer {number},312-2{number // 10_000:02}-{number % 10_000:04},c{number}@customer.example,"
        f'"{number} Main St, Chicago, IL 60618",{title},{kind},Scheduled,Tech {slot % CREW},11/20/2026,{starts},{100 + number % 900}'
    )


if __name__ == "__main__":
    main()
