"""`python -m benchmarks.views`: what the views over the office's books cost for 100,000 jobs, in memory, nothing read or written.

`--jobs N` takes another number. The medians of the rounds are printed; the budget is a second each.
"""

import argparse
import gc
import time
from collections.abc import Mapping
from datetime import datetime
from statistics import median
from zoneinfo import ZoneInfo

from benchmarks.big_books import TODAY, big_books
from contractor_ops.cli.main import collect_rarely
from contractor_ops.tables.record import Table
from contractor_ops.views.books.office_books import books_of
from contractor_ops.views.catalogue import VIEWS
from contractor_ops.views.view import Given

NAMES = ("note_gaps", "billing_gaps", "ready_to_bill")
BUDGET = 1.0
_ZONE = ZoneInfo("America/Chicago")


def main() -> None:
    """Measure the views one after the other; every round has fresh tables, so that no record is made already."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.views", description=__doc__)
    parser.add_argument("--jobs", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    collect_rarely()
    costs: dict[str, list[float]] = {name: [] for name in ("books", *NAMES)}
    rows: dict[str, int] = {}
    for _ in range(asked.rounds):
        for name in NAMES:
            given = given_from(big_books(asked.jobs))
            gc.collect()
            started = time.perf_counter()
            rows[name] = len(VIEWS[name].build(given).records)
            costs[name].append(time.perf_counter() - started)
        tables = big_books(asked.jobs)
        gc.collect()
        started = time.perf_counter()
        rows["books"] = books_of(tables).groups.count
        costs["books"].append(time.perf_counter() - started)
    for name, found in costs.items():
        within = "within" if median(found) <= BUDGET else "OVER"
        print(
            f"{name:14} {median(found):6.2f} s  ({min(found):.2f} to {max(found):.2f}), {rows[name]:,} rows; {within} the budget of {BUDGET:.0f} s"
        )


def given_from(tables: Mapping[str, Table]) -> Given:
    """An office on a Monday morning that has set nothing."""
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=_ZONE)
    return Given(tables, now, "US", frozenset(), frozenset(), {}, lambda words: ("", ""), lambda moment: moment.weekday() < 5)


if __name__ == "__main__":
    main()
