"""What a technician's note wants billed and no line of the draft has: a person hears of it, with the words."""

import pytest

from contractor_ops.tables.record import Record
from contractor_ops.views.drafts.to_be_billed import to_be_billed
from contractor_ops.views.ready_to_bill import build
from tests.views.sheets import AGREED, CHANGE, DONE, INVOICE, Row, but, given, tables


def row(note: str, *changes: Row, **invoice: str) -> Record:
    sheets = tables(
        jobs=[but(DONE, Notes=f"New furnace in. {note}")],
        estimates=[AGREED],
        change_orders=list(changes),
        invoices=[but(INVOICE, **{"Invoice_": "1999", "Job_": "J-99", "Customer": "Zoe Ash", **invoice})],
    )
    [one] = build(given(sheets)).records
    return one


def lines(text: str) -> list[str]:
    return text.strip().replace("    ", "").split("\n")


WANTED = """
    Extra line set cover, to be billed
    bill extra 2 hrs
    BILL EXTRA 2 HRS
    chg for add'l filter
    chg for add’l filter
    add to invoice
    Add the surge protector to the invoice
    put 3 extra fittings on the bill
    repl cap and contactor bill 1.5 hrs labor
    pilot lit, burner ok. chg him 1.5 hr + tc
    Don't forget to bill the extra damper
    2 extra hrs on the roof, please bill
    Additional charge for crane
    charge trip fee
    charge $85 for after hours
    Bill customer for the second trip
    new breaker not billed yet
    No heat, bill extra 2 hrs
    Extra cover to be billed, no charge for labor
    added 2 lbs R-410A, chg for add'l refrigerant
    hay que cobrar dos horas extra
"""
NOT_WANTED = """
    billed already
    extra filter, already invoiced
    Extra filter was billed on the last invoice
    do not bill
    do not bill extra hours
    dont bill extra
    Don't bill for the extra filter
    Line set cover, not to be billed
    Extra line set cover to be billed at no charge
    no charge
    No extra charge
    no need to bill the extra filter
    non-billable
    billing address: 12 Oak St
    bill to: ABC Management
    chg filter
    chgd add'l filters
    chk chrg 12 sh
    System had no charge. leak at evap
    added additional charge, 2 lbs R410A
    chg extra 8 oz r-407c
    Asked Bill for the key
    told Bill the extra key is under the mat
    customer upset about the high water bill for the month
    left invoice for the customer
    OK to bill
"""


@pytest.mark.parametrize("note", lines(WANTED))
def test_what_a_note_wants_billed_is_a_doubt_of_the_draft(note: str) -> None:
    doubt = str(row(f"{note}.")["review_because"])
    assert doubt.endswith(": see that the invoice has it") and note.replace("’", "'").split(". ")[-1] in doubt


@pytest.mark.parametrize("note", lines(NOT_WANTED))
def test_what_only_looks_like_it_is_none(note: str) -> None:
    assert row(f"{note}.")["review_because"] is None


def test_the_words_are_quoted_as_they_were_written() -> None:
    doubt = row("It runs.\nExtra line set cover, to be billed. Gate code 4410.")["review_because"]
    assert doubt == 'the note says "Extra line set cover, to be billed": see that the invoice has it'


def test_a_line_with_a_price_that_says_it_settles_it() -> None:
    note = "Extra line set covers, to be billed."
    assert row(note, but(CHANGE, Description="Line set cover at the back"))["review_because"] is None
    assert row(note, but(CHANGE, Description="Line set"))["review_because"] is not None
    assert row("Bill extra 2 hrs.", but(CHANGE, Description="2 more hours"))["review_because"] is None
    assert row("Bill extra 2 hrs.", but(CHANGE, Description="3 more hours"))["review_because"] is not None
    assert row("Needs billed: furnace replacement.")["review_because"] is None
    assert 'says "Add to invoice"' in str(row("Add to invoice.", but(CHANGE))["review_because"])


def test_of_a_line_without_a_price_nobody_pays() -> None:
    assert 'says "Extra furnace, to be billed"' in str(
        row("Extra furnace, to be billed.", but(CHANGE, Description="Furnace", Amount=""))["review_because"]
    )


def test_of_a_long_sentence_the_words_are_shown_with_what_stands_around_them() -> None:
    [said] = to_be_billed(f"{'pulled wire and ' * 500}bill extra 2 hrs {'and pulled wire ' * 500}")
    assert said.startswith("…") and said.endswith("…") and "bill extra 2 hrs" in said and len(said) < 200


def test_an_invoice_for_a_job_that_is_in_no_sheet_makes_a_person_look() -> None:
    assert (
        row("Done.", Job_="J-998", Customer="Ann Li", Total="12")["review_because"] == "invoice 1999 names job J-998, which is in no sheet"
    )
    assert row("Done.", Job_="J-998")["review_because"] is None
