"""How the answer reads while the customer is on the line."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from contractor_ops.reports.who import Age, Agreed, Answer, Caller, Choice, Said, Stop
from contractor_ops.reports.who_json import who_json
from contractor_ops.reports.who_papers import Bill, Done, Offer, Paid, Request, Visit
from contractor_ops.reports.who_rows import COLUMNS, who_rows
from contractor_ops.reports.who_view import who_lines
from contractor_ops.tables.record import Place
from tests.reports.conftest import MONDAY

PLACE = Place("jobs.xlsx", "Jobs", 12)
JOBS = Age("jobs", "jobs.xlsx", MONDAY - timedelta(hours=2))
BILLS = Age("invoices", "invoices.csv", date(2026, 11, 16), "3 days")
ANN = Caller(
    ("Ann Li", "Bob Li"), "7", ("+13125550142", "+13125550104;ext=12"), ("ann@li.example",), ("4 Elm St", "9 Oak Ave"), "Dog in the yard",
    {"customers": 1, "jobs": 4, "invoices": 3, "estimates": 1}, ("invoice 2041", "job 2041"),
    (
        Visit("job J-2", datetime(2026, 11, 25, 14), datetime(2026, 11, 25, 16), "Luis Ortega", "Furnace tune-up", "9 Oak Ave", "Scheduled", True,
              date(2026, 11, 2), "Gate code 4411", PLACE),
        Visit("job J-1", date(2026, 11, 20), None, None, "Flue", None, "Scheduled", None, None, "", PLACE),
        Visit("job J-9", None, None, None, "", None, "On hold", None, None, "", PLACE),
    ),
    (Request("L-1", "Boiler service", date(2026, 11, 20), None, "New", PLACE),),
    (Offer("E-7", "Roof vent", Decimal("900"), "Sent", date(2026, 11, 13), None, 10, date(2026, 11, 20), "", "Wants a discount", PLACE),),
    (
        Bill("2041", "Igniter", Decimal("480"), Decimal("480"), date(2026, 11, 1), 22, "Sent", "disputed", "Says it was never fixed", PLACE),
        Bill("2050", "", None, Decimal("75"), None, 0, "Sent", "the sheet does not tell what is still owed", "", PLACE),
        Bill("CR-1", "", Decimal("-30"), Decimal("-30"), None, 0, "Sent", "a credit", "", PLACE),
    ),
    (Paid(Decimal("100"), date(2026, 11, 10), "2041", "Check", PLACE), Paid(Decimal("30"), date(2026, 11, 9), "", "", PLACE)),
    (Agreed("they promised to pay (invoice 2041): after payday", date(2026, 11, 30), MONDAY), Agreed("payment was promised", None, None)),
    (Said(MONDAY, False, "sms", "+13125550142", "How long\nwill it take?", "question"),
     Said(MONDAY - timedelta(days=1), True, "sms", "+13125550142", "Hi Ann, it's Northside Heating & Air. " * 6, "in_doubt")),
    (Said(MONDAY - timedelta(hours=1), False, "call", "+13125550142", "missed", "missed"),), False,
    (Done("J-0", "Furnace repair", "Completed", date(2026, 10, 1), "Kim Doyle", "Replaced the igniter. " * 8, "4 Elm St", PLACE),),
    (Stop("messages", "paused until Tue, Dec 1: on holiday", 'contractor-ops resume "+13125550142"'), Stop("invoice 9", "Due cannot be used")),
    ("payment P-3 (payments.csv, row 4)",), ("Ann Li, (312) 555-0177",),
)  # fmt: skip
ANSWER = Answer("2041", MONDAY, ANN, (), (JOBS, BILLS), frozenset({"visits"}))


def test_everything_reads_at_a_glance(golden: Callable[[str, str], None]) -> None:
    golden("who.txt", "\n".join(who_lines(ANSWER)) + "\n")


def test_what_is_asked_most_stands_first() -> None:
    headings = [line.split(" ")[0] for line in who_lines(ANSWER) if line[:3].isupper() and not line.startswith(" ")]
    assert headings == ["NEXT", "ASKED", "OPEN", "OWES", "LAST", "LAST", "JOBS", "WHAT", "NOT", "HOW"]


def test_a_balance_that_nobody_knows_is_no_zero() -> None:
    unknown = replace(ANN, invoices=ANN.invoices[1:2])
    text = "\n".join(who_lines(replace(ANSWER, caller=unknown)))
    assert "OWES: NOT KNOWN, the sheet does not tell it of 1 invoice\n" in text


def test_several_are_numbered_and_told_apart() -> None:
    choices = (Choice(("Ann Li",), ("+13125550142",), (), ("4 Elm St",), {"jobs": 2}), Choice(("Ann Li",), (), (), (), {"estimates": 1}))
    assert list(who_lines(Answer("Smith & Li", MONDAY, None, choices, ()))) == [
        '2 customers fit "Smith & Li":',
        "  1  Ann Li",
        "     (312) 555-0142",
        "     4 Elm St",
        "     2 jobs",
        "  2  Ann Li",
        "     1 estimate",
        'Choose with: contractor-ops who "Smith & Li" --pick NUMBER   (or type the telephone number)',
    ]


def test_the_value_for_scripts() -> None:
    found = who_json(ANSWER)
    assert (found["customer"]["owed"], found["not_kept"], found["customer"]["visits"][0]["source"]["row"]) == (
        Decimal("450"),
        ["visits"],
        12,
    )
    unknown = who_json(Answer("x", MONDAY, ANN, (), (), not_read=frozenset({"invoices"})))
    assert unknown["customer"]["owed"] is None


def test_rows_have_every_column_and_every_part() -> None:
    rows = list(who_rows(ANSWER))
    assert all(tuple(row) == COLUMNS for row in rows)
    assert list(dict.fromkeys(row["section"] for row in rows)) == [
        "customer", "visit", "request", "estimate", "invoice", "payment", "agreed", "message", "call", "job", "stopped", "source",
    ]  # fmt: skip


def test_what_is_asked_live_was_saved_by_nobody() -> None:
    def told(*ages: Age) -> str:
        return "\n".join(who_lines(replace(ANSWER, sources=ages)))

    sheet = Age("estimates", "Northside books", None, live=True)
    assert "  Read live: Northside books" in told(sheet)
    assert "  Read live, last changed today at 8:00 am: Northside books" in told(replace(sheet, at=MONDAY - timedelta(hours=2)))
    assert "  Read just now: standard input" in told(Age("estimates", "standard input", None))
    assert "aved" not in told(sheet)
    assert who_json(replace(ANSWER, sources=(sheet,)))["sources"][0]["live"] is True
