"""The report as people see it: golden texts, and what holds at every width."""

import io
import json

import pytest
from rich.console import Console

from contractor_ops.reports.csv_out import write_csv
from contractor_ops.reports.exception_report import ExceptionReport, build_report
from contractor_ops.reports.plain import render_plain
from contractor_ops.reports.report_data import ITEM_COLUMNS, report_json, report_rows
from contractor_ops.reports.terminal import render_terminal


@pytest.fixture
def report(office, monday) -> ExceptionReport:
    return build_report(monday, office.people, office.now, [office.review(12, "E-1033", 22)])


def shown(report: ExceptionReport, width: int, colours: bool = False) -> str:
    console = Console(width=width, file=io.StringIO(), force_terminal=colours, record=True)
    render_terminal(report, console)
    text = console.export_text(styles=colours)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def test_plain_text(report, golden):
    golden("plain.txt", render_plain(report))


@pytest.mark.parametrize("width", [80, 120])
def test_terminal(report, golden, width):
    golden(f"terminal-{width}.txt", shown(report, width))


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_nothing_is_wider_than_the_window_nor_cut_off(report, width):
    text = shown(report, width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    squeezed = "".join(text.split())
    assert all("".join(word.split()) in squeezed for item in report.items for word in ("$" if item.amount else "", *item.next.split()))


def test_an_empty_report_says_so(office):
    empty = build_report([], office.people, office.now)
    assert "Nothing needs a person." in render_plain(empty)
    assert "Nothing needs a person." in shown(empty, 80)


@pytest.mark.parametrize(("table", "first"), [("billing_gaps", "not invoiced: $480.00"), ("jobs", "Look at jobs.csv, row 2.")])
def test_money_at_stake_is_begun_with_by_its_reason(office, table, first):
    gap = office.decision(
        "act", "5/not-invoiced", 2, "Ann Li", table=table, action="task", body="Look at jobs.csv, row 2.", reason="not invoiced: $480.00", amount="480",
    )  # fmt: skip
    text = shown(build_report([office.plan(gap)], office.people, office.now), 120)
    assert f"Start with: {first}\n" in text


def test_markup_and_control_characters_in_a_cell_do_nothing(office):
    nasty = "[red]Ann[/red] \x1b[2J\x1b]0;owned\x07\u202e:bomb: [link=http://x.example]Li"
    decisions = [
        office.text("review", "E-1", 2, nasty, reason=nasty),
        office.text("act", "E-2", 3, nasty, body=nasty, to=nasty),
        office.decision("hold", "E-3", 4, nasty, reason=nasty, until=office.now),
    ]
    report = build_report([office.plan(*decisions)], office.people, office.now)
    for text in (render_plain(report), shown(report, 200)):
        assert text.count("[red]Ann[/red] :bomb: [link=http://x.example]Li") >= 4
        assert not any(letter in text for letter in "\x1b\x07\u202e")
        assert "owned" not in text


def test_plain_text_has_no_colours_and_every_line_is_stable(report):
    assert "\x1b" not in render_plain(report)
    assert render_plain(report) == render_plain(report)


def test_colours_are_there_on_a_terminal(report):
    assert "\x1b[1;31m" in shown(report, 80, colours=True)


def test_rows_for_scripts_are_the_items_in_order(report):
    stream = io.StringIO()
    write_csv(report_rows(report), ITEM_COLUMNS, stream)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 1 + len(report.items)
    assert lines[0] == ",".join(ITEM_COLUMNS)


def test_json_can_be_written_and_tells_every_count(report):
    told = json.loads(json.dumps(report_json(report)))
    assert [count["rows"] for count in told["counts"]] == [14, 3]
    assert told["items"][0]["amount"] == 950.0
