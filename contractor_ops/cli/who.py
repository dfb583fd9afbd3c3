"""`contractor-ops who`: the answer while the customer is on the line."""

from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.options import Desk, Format, FormatOption, NowOption, OfficeOption, TableOption, open_desk

if TYPE_CHECKING:
    from contractor_ops.reports.who import Answer

app = typer.Typer()


@app.command()
def who(
    ctx: typer.Context,
    wanted: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME|PHONE|NUMBER",
            help="A name or a part of it, a telephone number, an e-mail address, or the number of a job, estimate or invoice.",
        ),
    ],
    pick: Annotated[
        int | None,
        typer.Option("--pick", metavar="N", help="Of several who fit, the one with this number in the list.", show_default=False),
    ] = None,
    table: TableOption = None,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Tell who is on the line: next visit, open estimates, what is owed and agreed, last messages and jobs, and what stands still."""
    desk = open_desk(ctx, office, now, table)
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines
    from contractor_ops.reports.who_json import who_json
    from contractor_ops.reports.who_rows import COLUMNS, who_rows
    from contractor_ops.work.who import who as ask

    asked = " ".join(wanted)
    answer = ask(desk.office, asked, desk.now, pick)
    _count(desk, answer)
    if format is Format.json:
        print_json(who_json(answer))
    elif format is Format.jsonl:
        print_json_lines(who_rows(answer))
    elif format is Format.csv:
        print_csv(who_rows(answer), COLUMNS)
    else:
        _show(answer)
        for chosen in _chosen(answer):
            answer = ask(desk.office, asked, desk.now, chosen)
            _show(answer)
            _count(desk, answer)


def _count(desk: Desk, answer: "Answer") -> None:
    """A list to choose from answers nothing yet."""
    from contractor_ops.cli.asked import note_asked

    if not answer.choices:
        note_asked(desk, "who")


def _show(answer: "Answer") -> None:
    from contractor_ops.cli.output import say_wrapped
    from contractor_ops.reports.who_view import who_lines

    for line in who_lines(answer):
        say_wrapped(line)


def _chosen(answer: "Answer") -> list[int]:
    """Which of several are meant, asked where somebody is at the keyboard."""
    import sys

    if not answer.choices or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return []
    typed = input("Which one? Its number, those of several, or Enter for none: ").replace(",", " ").split()
    return [int(one) for one in dict.fromkeys(typed) if one.isdigit() and 1 <= int(one) <= len(answer.choices)]
