"""`contractor-ops report`: the exception report of what runs found."""

from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer

from contractor_ops.cli.options import Desk, Format, FormatOption, NowOption, OfficeOption, open_desk

app = typer.Typer()


@app.command()
def report(
    ctx: typer.Context,
    calls: Annotated[
        bool, typer.Option("--call-list", help="The messages that wait, with their words, to be sent or called by hand.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="DAY", help='Only what is new since a day, like "fri", "nov 20" or "yesterday".', show_default=False
        ),
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page.", show_default=False)] = None,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Show what needs a person, grouped by owner and urgency. It shows what runs found; it never plans."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.asked import note_asked
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, say, write_page
    from contractor_ops.cli.show_report import show_report
    from contractor_ops.reports.call_list import CALL_COLUMNS, call_list, call_rows
    from contractor_ops.reports.report_data import ITEM_COLUMNS, report_json, report_rows
    from contractor_ops.work.report import call_list_of, exception_report

    note_asked(desk, "report")
    if calls:
        to_call = call_list_of(desk.office, desk.now)
        rows, columns = call_rows(to_call), CALL_COLUMNS
        if format is Format.table:
            say(call_list(to_call, desk.now))
            return
    else:
        found = exception_report(desk.office, desk.now, read_since(since, desk) if since else None)
        if html is not None:
            from contractor_ops.reports.report_page import report_page

            write_page(html, report_page(found, desk.office.config.office.name))
            return
        if format is Format.table:
            show_report(found)
            return
        if format is Format.json:
            print_json(report_json(found))
            return
        rows, columns = report_rows(found), ITEM_COLUMNS
    if format is Format.csv:
        print_csv(rows, columns)
    elif format is Format.jsonl:
        print_json_lines(rows)
    else:
        print_json(rows)


def read_since(text: str, desk: Desk) -> datetime:
    """The beginning of a day that was typed, in the office's zone. Raises TypedWrong."""
    from contractor_ops.work.typed_day import past_day

    day = past_day(text, desk.now.date(), desk.office.config.office.country, desk.office.facts.calendar)
    return datetime.combine(day, time(), desk.now.tzinfo)
