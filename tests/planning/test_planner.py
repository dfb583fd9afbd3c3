"""The laws of planning, held against any sheet: promise 1, and what never acts."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractor_ops.planning.decision import KINDS, Decision
from contractor_ops.planning.sending_hours import allowed
from contractor_ops.ports import History
from contractor_ops.recipe import Recipe
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Table
from tests.offices import ESTIMATES, INVOICES, message
from tests.planning.planned import MONDAY, TASK, ZONE, as_sent, facts, planned, recipe, table

JOBS = ("Job #", "Customer", "Email", "Phone", "Job title", "Status", "Scheduled", "Total", "Balance", "Notes")
PHONES = ("", "+1 312 555 0142", "312-555-0142", "(847) 555-0114", "+1 808 555 0199", "555", "n/a", "1-800-555-0100", "312-555-0142 x12")
EMAILS = ("", "ann@li.example", "ANN@li.example", "bo@ray.example", "not an address", "ann@li.example; bo@ray.example")
NAMES = ("", "Ann Li", "ann li", "Li, Ann", "Bo Ray", "Ann", "Prairie Path LLC")
NUMBERS = ("", "E-1", "E-2", "E-3", "0017", "E-1")
STATUSES = (
    "",
    "Sent",
    "sent",
    "Viewed",
    "Overdue",
    "Partial",
    "Scheduled",
    "Booked",
    "Draft",
    "Accepted",
    "Paid",
    "Void",
    "Completed",
    "Maybe",
    "Disputed",
    "???",
)
DAYS = (
    "",
    "11/20/2026",
    "11/21/2026",
    "11/23/2026",
    "2026-11-01",
    "11/30/2026",
    "31/31/2026",
    "2/30/2026",
    "soon",
    "12/31/9999",
    "1/1/1900",
    "11/23/2026 9:30 AM",
)
AMOUNTS = ("", "$480", "0", "-50", "(25.00)", "1,250.00", "about 300", "15000", "0.00", "1e400", "TBD")
NOTES = ("", "asked for a discount", "their lawyer called", "gate code 55", "=1+1", "\x1b[31m")
OFFSETS = (
    'after = "0 days"',
    'after = "2 days"',
    'before = "3 days"',
    'after = "5 business days"',
    'after = "4 hours"',
    'after = "14 days at 16:00"',
)
WORDS = (
    "Hi {{ customer.first_name }}.",
    "{{ customer.name }}: {{ number }}.",
    "Hello from {{ office.name }}.",
    "{{ count }} on {{ today|day }}",
)
TABLES_TRIED = {"estimates": ESTIMATES, "invoices": INVOICES, "jobs": JOBS}
NOWS = st.sampled_from(
    [
        MONDAY,
        MONDAY,
        datetime(2026, 11, 22, 9, 0, tzinfo=ZONE),
        datetime(2026, 11, 23, 3, 0, tzinfo=ZONE),
        datetime(2026, 12, 25, 21, 0, tzinfo=ZONE),
    ]
)

# A row is first one that acts, and then as much is wrong with it as hypothesis likes.
GOOD = {
    "Job title": "Furnace",
    "Emailed": "11/20/2026",
    "Issued": "11/01/2026",
    "Due date": "11/20/2026",
    "Scheduled": "11/20/2026",
    "Total": "$480",
    "Balance": "$480",
}
LIVE = {"estimates": "Sent", "invoices": "Overdue", "jobs": "Scheduled"}
PEOPLE = (
    ("Ann Li", "ann@li.example", "312-555-0142"),
    ("Bo Ray", "bo@ray.example", ""),
    ("Di Fox", "", "847-555-0114"),
    ("Al Hale", "al@hale.example", "808-555-0199"),
)
ODD = {
    "Email": EMAILS, "Phone": PHONES, "Customer": NAMES, "Status": STATUSES, "Notes": NOTES, "Job title": ("", "Roof"),
    "Emailed": DAYS, "Issued": DAYS, "Due date": DAYS, "Scheduled": DAYS, "Total": AMOUNTS, "Balance": AMOUNTS,
}  # fmt: skip


def row(table: str, number: int, person: int, odd: list[tuple[int, int]]) -> list[str]:
    """One row: `odd` are pairs of a column and which of its odd values stands there."""
    headings = TABLES_TRIED[table]
    who = dict(zip(("Customer", "Email", "Phone"), PEOPLE[person], strict=True))
    cells = [{**GOOD, **who, "Status": LIVE[table], "Notes": ""}.get(heading, f"E-{number}") for heading in headings]
    for column, choice in odd:
        values = ODD.get(headings[column % len(headings)], NUMBERS)
        cells[column % len(headings)] = values[choice % len(values)]
    return cells


@st.composite
def sheets(draw: st.DrawFn) -> Table:
    name = draw(st.sampled_from(sorted(TABLES_TRIED)))
    odd = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 15)), max_size=2)
    drawn = draw(st.lists(st.tuples(st.integers(0, len(PEOPLE) - 1), odd), min_size=1, max_size=10))
    rows = [row(name, number, person, wrong) for number, (person, wrong) in enumerate(drawn, 1)]
    copied = draw(st.lists(st.integers(0, len(rows) - 1), max_size=2))
    # Whatever is wrong with the others, one row is there to know the sheet by.
    return table(name, TABLES_TRIED[name], [*rows, *(rows[one] for one in copied), row(name, 99, 0, [])])


@st.composite
def recipes(draw: st.DrawFn, reads: str) -> Recipe:
    offsets = draw(st.lists(st.sampled_from(OFFSETS), min_size=1, max_size=3, unique=True))
    steps = "".join(message(f"step-{n}", offset, draw(st.sampled_from(WORDS))) for n, offset in enumerate(offsets))
    top = [f'mode = "{draw(st.sampled_from(["auto", "auto", "auto", "approve"]))}"']
    lines = ('shape = "trail"', 'one_per = "customer"', 'kind = "service"', 'first_run = "review"', "rearm = true")
    top += sorted(draw(st.sets(st.sampled_from(lines), max_size=3)))
    more = draw(
        st.sampled_from(["", '[review_if]\ntotal_at_least = 1000\nnotes_mention = ["lawyer"]', "[review_if]\nemail_missing = true"])
    )
    return recipe(reads, "\n".join(top), more=more, steps=steps + draw(st.sampled_from(["", TASK])))


offices = sheets().flatmap(lambda sheet: st.tuples(st.just(sheet), recipes(sheet.name)))
anything = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def acting(decisions: list[Decision]) -> list[Decision]:
    return [one for one in decisions if one.decision == "act"]


def messages_of(decisions: list[Decision]) -> list[Decision]:
    """One decision for each message that would leave: rows of one group share theirs."""
    first: dict[tuple[str, ...], Decision] = {}
    for position, one in enumerate(acting(decisions)):
        if one.action == "message":
            first.setdefault((one.group, one.words_hash) if one.group else (str(position),), one)
    return list(first.values())


@given(offices, NOWS)
@anything
def test_every_row_of_any_sheet_has_exactly_one_decision(office: tuple[Table, Recipe], now: datetime) -> None:
    sheet, ours = office
    plan = planned(ours, sheet, now)
    each = [step.name for step in ours.steps] if ours.shape == "trail" else [None]
    assert Counter(one.place for one in plan.decisions) == Counter({record.place: len(each) for record in sheet.records})
    if ours.shape == "trail":
        assert [one.step for one in plan.decisions] == each * len(sheet.records)
    assert [one.place for one in plan.decisions] == [record.place for record in sheet.records for _ in each]
    counts = plan.counts()
    assert counts["rows"] == len(sheet.records)
    assert sum(counts[kind] for kind in KINDS) == len(plan.decisions) == len(sheet.records) * len(each)
    assert all(one.reason and one.owner and one.record for one in plan.decisions)


@given(offices, NOWS, st.sets(st.sampled_from(["ann@li.example", "bo@ray.example", "+13125550142", "+18475550114"])))
@anything
def test_nothing_acts_that_is_over_paid_opted_out_or_out_of_hours(office: tuple[Table, Recipe], now: datetime, silent: set[str]) -> None:
    sheet, ours = office
    rows = {record.place: record for record in sheet.records}
    for one in acting(planned(ours, sheet, now, opted_out=silent).decisions):
        record = rows[one.place]
        status = meaning_of(str(record["status"]), TABLES[sheet.name].statuses) if record["status"] is not None else None
        assert status not in ours.ends.status
        assert status != "draft"
        # A trail over jobs is about visits, which go on whatever is owed for them.
        chases = ours.shape == "ladder" or sheet.name == "invoices"
        assert not chases or not isinstance(record["balance"], Decimal) or record["balance"] > 0
        if one.action == "message":
            assert one.to and one.body and one.channel
            assert one.to not in silent
            assert one.due is not None and one.due <= now
            assert one.where is not None and allowed(now, facts().hours, one.where)[0]
            assert ours.mode == "auto"


@given(offices, NOWS, st.integers(1, 2))
@anything
def test_no_customer_has_more_messages_in_one_plan_than_the_cap_allows(office: tuple[Table, Recipe], now: datetime, cap: int) -> None:
    sheet, ours = office
    leaving = messages_of(planned(ours, sheet, now, limits=f"\n[limits]\nper_address_per_day = {cap}\n").decisions)
    assert len({(one.record, one.step, one.anchor) for one in leaving}) == len(leaving)
    if ours.kind != "service":
        for known_as in (lambda one: one.to, lambda one: one.customer_key):
            assert max(Counter(known_as(one) for one in leaving).values(), default=0) <= cap


@given(offices, st.lists(st.sampled_from([0, 1, 24, 48, 24 * 13, 24 * 40]), min_size=2, max_size=4))
@anything
def test_what_was_sent_once_never_acts_again(office: tuple[Table, Recipe], hours: list[int]) -> None:
    sheet, ours = office
    history, now, done = History(), MONDAY, Counter[tuple[str, str | None, str]]()
    for later in hours:
        now += timedelta(hours=later)
        decisions = planned(ours, sheet, now, history=history).decisions
        done.update((one.record, one.step, one.anchor) for one in acting(decisions))
        as_sent(history, decisions, ours, now)
    assert max(done.values(), default=0) <= 1


@given(offices, NOWS)
@anything
def test_a_message_for_several_rows_counts_each_row_once(office: tuple[Table, Recipe], now: datetime) -> None:
    sheet, ours = office
    groups: dict[tuple[str, str], list[Decision]] = {}
    for one in acting(planned(ours, sheet, now).decisions):
        if one.group:
            groups.setdefault((one.group, one.words_hash), []).append(one)
    for members in groups.values():
        assert len({one.place for one in members}) == len(members)
        assert len({one.to for one in members}) == 1
