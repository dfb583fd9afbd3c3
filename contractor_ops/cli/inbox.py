"""`contractor-ops inbox`: fetch what came back; `inbox classify`: what a text would be taken for."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, QuietOption, open_desk

app = typer.Typer(invoke_without_command=True)


@app.callback()
def inbox(
    ctx: typer.Context,
    quiet: QuietOption = False,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Fetch what came back: replies, what did not arrive, and opt-outs, from where the last look left off.

    A reply stops what chases or sells to that customer and becomes somebody's task; what is urgent reaches the owner at once.
    It is safe to run as often as you like. Let cron run it before the recipes.
    """
    if ctx.invoked_subcommand is not None:
        return
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, say_wrapped, warn_wrapped
    from contractor_ops.config import people_names
    from contractor_ops.reports.inbox_report import REPLY_COLUMNS, inbox_json, inbox_lines
    from contractor_ops.work.alive import alive
    from contractor_ops.work.inbox import exit_code, fetch_inbox

    with alive(desk.office, "inbox", real=not desk.pretended) as job:
        report = fetch_inbox(desk.office, desk.now, desk.clock)
        job.code = exit_code(report)
    if format is Format.table and (report.has_news or not quiet):
        for line in inbox_lines(report, people_names(desk.office.config.people)):
            say_wrapped(line)
    elif format is Format.json:
        print_json(inbox_json(report))
    elif format is Format.jsonl:
        print_json_lines(inbox_json(report)["replies"])
    elif format is Format.csv:
        print_csv(inbox_json(report)["replies"], REPLY_COLUMNS)
    for line in (line for error in report.to_mend for line in error.lines()):
        warn_wrapped(line)
    raise typer.Exit(job.code)


@app.command()
def classify(
    file: Annotated[Path | None, typer.Argument(help="A file of JSON lines or plain lines; without one, standard input is read.")] = None,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Say what each answer would be taken for, without keeping anything: stop, start, help, yes, no, question, complaint, urgent, auto_reply or other.

    Reads JSON lines {"id", "text", "subject"?, "headers"?, "about"?}, or plain lines, each an answer; prints {"id", "label", "reason"} for each, in
    order. Beside "about": "visit" an answer may also be taken for move, beside "about": "rating" for rating.
    """
    from contractor_ops.cli.output import print_json_lines
    from contractor_ops.errors import TypedWrong
    from contractor_ops.inbox.classify_lines import classify_lines

    if file is None:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        print_json_lines(classify_lines(sys.stdin))
        return
    try:
        stream = file.open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise TypedWrong(f"{file} cannot be read: {error.strerror}.") from None
    with stream:
        print_json_lines(classify_lines(stream))
