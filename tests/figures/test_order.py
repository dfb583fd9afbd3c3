"""Where a row stands in its sheet changes no figure: every figure of the sample office, with the rows of every table shuffled."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from contractor_ops.config import read_config
from contractor_ops.figures import offers, receivables, turnaround, unanswered, week_ahead
from contractor_ops.figures.signals import signals
from contractor_ops.figures.trends import trends
from contractor_ops.figures.values import Business
from contractor_ops.figures.windows import last_days
from contractor_ops.office import Office
from contractor_ops.sample import write_sample_office

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Business:
    folder: Path = tmp_path_factory.mktemp("office")
    write_sample_office(folder, TODAY)
    now = datetime.combine(TODAY, time(8), ZoneInfo("America/Chicago"))
    office = Office(folder, read_config((folder / "config.toml").read_bytes()), clock=lambda: now)
    tables = {name: office.table(name, now=now) for name in [*office.config.tables, "missed_calls", "note_gaps"]}
    return Business(tables, now, office.config, office.facts.calendar.is_business_day)


def figures(business: Business) -> Iterator[object]:
    window = last_days(business.today, 90)
    records = business.tables["invoices"].records
    promises = [receivables.Promise(str(one["customer"]), str(one["number"] or ""), TODAY - timedelta(days=1)) for one in records]
    yield from (receivables.overdue(business), receivables.owed(business), receivables.past_due(business), receivables.credits(business))
    yield receivables.promises_broken(business, promises)
    yield from (offers.by_age(business), offers.close_rate(business, window))
    yield from (turnaround.days_to_invoice(business, window), turnaround.days_to_pay(business, window))
    yield from (turnaround.collected_in_time(business, window), *signals(business, window))
    yield from (turnaround.not_billed(business), turnaround.cannot_be_billed(business))
    yield from (unanswered.unanswered_calls(business), unanswered.unanswered_leads(business))
    yield from (week_ahead.week_ahead(business), week_ahead.papers_expired(business), trends(business))


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_rows_make_the_same_figures(sample: Business, seed: int) -> None:
    order = Random(seed)
    tables = {name: replace(table, records=order.sample(list(table.records), len(table.records))) for name, table in sample.tables.items()}
    assert list(figures(replace(sample, tables=tables))) == list(figures(sample))
