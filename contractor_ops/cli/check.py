"""`contractor-ops check`: everything that would stop or spoil a run, before it runs."""

import typer

from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, open_desk
from contractor_ops.errors import Exit

app = typer.Typer()


@app.command()
def check(ctx: typer.Context, format: FormatOption = Format.table, office: OfficeOption = None, now: NowOption = None) -> None:
    """Look for everything that would stop or spoil a run, before it runs. Exits 3 when something must be mended."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, say_wrapped
    from contractor_ops.work.check import check_office

    findings = check_office(desk.office, desk.now)
    rows = [{"level": one.level, "about": one.about, "message": one.message, "remedy": one.remedy} for one in findings]
    if format is Format.json:
        print_json(rows)
    elif format is Format.jsonl:
        print_json_lines(rows)
    elif format is Format.csv:
        print_csv(rows, ("level", "about", "message", "remedy"))
    else:
        for one in findings:
            say_wrapped(f"{one.level:<8} {one.about}: {one.message}")
            if one.remedy:
                say_wrapped(f"{'':<8} {one.remedy}")
    if any(one.level == "error" for one in findings):
        raise typer.Exit(Exit.FILES_NEED_MENDING)
