"""A record's whole story as people read it."""

from contractor_ops.reports.story import Story, story_lines
from contractor_ops.tables.record import Place, Record


def test_a_draft_is_shown_line_by_line_so_that_it_can_be_had_again(office):
    values = {"number": "J-1", "notes": "two\nlines", "draft": "Job #,Amount\r\nJ-1,480.00\r\n\x1b[31mJ-1,5.00\r\n"}
    record = Record("ready_to_bill", values, Place("jobs.csv", None, 2))
    lines = list(story_lines(Story("ready_to_bill", "J-1", office.now, [record], [], [], [], [])))
    assert lines[:6] == [
        "ready_to_bill J-1 (jobs.csv, row 2)",
        "  number: J-1",
        "  notes: two lines",
        "  draft:",
        "      Job #,Amount",
        "      J-1,480.00",
    ]
    assert lines[6] == "      J-1,5.00"
