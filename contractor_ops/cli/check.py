"""`contractor-ops check`: everything that would stop or spoil a run, before it runs."""

from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.complete import people_names
from contractor_ops.cli.options import Desk, Format, FormatOption, NowOption, OfficeOption, open_desk
from contractor_ops.errors import Exit, TypedWrong

if TYPE_CHECKING:
    from contractor_ops.work.check_finding import Finding

app = typer.Typer()
_COLUMNS = ("level", "about", "message", "remedy")


@app.command()
def check(
    ctx: typer.Context,
    offline: Annotated[bool, typer.Option("--offline", help="Ask nobody on the internet: neither providers nor Google Sheets.")] = False,
    try_: Annotated[
        str | None,
        typer.Option(
            "--try",
            metavar="PERSON",
            help="Send one real message by each way that is set up to a person of [people].",
            show_default=False,
            autocompletion=people_names,
        ),
    ] = None,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Look for everything that would stop or spoil a run, before it runs. Exits 3 when something must be mended.

    It asks each provider something harmless: nothing leaves, and nothing is changed. Only --try sends a message, to one of your own people.
    """
    if offline and try_:
        raise TypedWrong("--offline and --try cannot both be meant.", "Type one of them.")
    desk = open_desk(ctx, office, now)
    if try_:
        _try(desk, try_, format)
        return
    from contractor_ops.work.check import check_office, next_command

    try:
        findings = check_office(desk.office, desk.now, offline=offline)
        mended = format is Format.table and not any(one.level == "error" for one in findings)
        _print(findings, next_command(desk.office, desk.now, offline=offline) if mended else "", format)
    finally:
        desk.office.close()
    if any(one.level == "error" for one in findings):
        raise typer.Exit(Exit.FILES_NEED_MENDING)


def _print(findings: "list[Finding]", next_command: str, format: Format) -> None:
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, say, say_wrapped
    from contractor_ops.work.check_finding import verdict

    rows = [{"level": one.level, "about": one.about, "message": one.message, "remedy": one.remedy} for one in findings]
    if format is Format.json:
        print_json(rows)
    elif format is Format.jsonl:
        print_json_lines(rows)
    elif format is Format.csv:
        print_csv(rows, _COLUMNS)
    else:
        for place, one in enumerate(findings):
            if place and one.level == "ok" != findings[place - 1].level:
                say("")
            say_wrapped(f"{one.level:<8} {one.about}: {one.message}")
            if one.remedy:
                say_wrapped(f"{'':<8} {one.remedy}")
        say("")
        say_wrapped(verdict(findings, next_command))


def _try(desk: Desk, person: str, format: Format) -> None:
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, say_wrapped
    from contractor_ops.work.check_try import TRIED_COLUMNS, tried_lines, try_person
    from contractor_ops.work.safeguards import refuse_pretended_time

    if desk.pretended:
        refuse_pretended_time(desk.office, desk.now)
    try:
        tried = try_person(desk.office, person, desk.clock)
    finally:
        desk.office.close()
    if format is Format.json:
        print_json([one.as_json() for one in tried])
    elif format is Format.jsonl:
        print_json_lines(one.as_json() for one in tried)
    elif format is Format.csv:
        print_csv((one.as_json() for one in tried), TRIED_COLUMNS)
    else:
        for line in tried_lines(tried):
            say_wrapped(line)
    if any(not one.left for one in tried):
        raise typer.Exit(Exit.SOME_FAILED)
