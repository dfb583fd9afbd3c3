"""`contractor-ops cron`: print the office's schedule, put it in, or take it out."""

from typing import Annotated

import typer

from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, open_desk
from contractor_ops.errors import TypedWrong

app = typer.Typer()


@app.command()
def cron(
    ctx: typer.Context,
    for_: Annotated[
        str | None,
        typer.Option(
            "--for", metavar="KIND", help="crontab, systemd, windows or launchd; without it, what this machine has.", show_default=False
        ),
    ] = None,
    install: Annotated[bool, typer.Option("--install", help="Put it in. What else stands there stays as it is.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take it out again.")] = False,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Print the schedule of this office: the inbox, each recipe's `runs`, the digest, the report, a copy of the ledger.

    Nothing is changed without --install. Change the times in the recipes and in config.toml, then type --install again.
    """
    if install and remove:
        raise TypedWrong("--install and --remove cannot both be meant.", "Type one of them.")
    if format not in {Format.table, Format.json}:
        raise TypedWrong(f"A schedule cannot be printed as {format.value}.", "Take --format table or --format json.")
    from contractor_ops.cli.output import print_json, say, warn
    from contractor_ops.work import cron as timetable
    from contractor_ops.work.cron_install import install as put_in
    from contractor_ops.work.cron_install import remove as take_out

    try:
        kind = timetable.Kind(for_) if for_ else timetable.usual_kind()
    except ValueError:
        raise TypedWrong(f'--for "{for_}" keeps no schedule.', f"It can be {', '.join(timetable.Kind)}.") from None
    desk = open_desk(ctx, office, now)
    jobs, place = timetable.jobs_of(desk.office), timetable.place_of(desk.office, desk.now)
    if install or remove:
        for line in (put_in if install else take_out)(kind, desk.office, jobs, place, desk.now):
            say(line)
    elif format is Format.json:
        print_json(timetable.as_json(jobs, place, desk.office, desk.now))
    else:
        for text in timetable.printed(kind, jobs, place, desk.now):
            say(text)
        warn(f"{len(jobs)} jobs. Nothing was changed: contractor-ops cron --install puts them in.")
        if left_out := timetable.only_shipped(desk.office):
            warn(f"Left out, because nobody here has taken them up: {', '.join(left_out)}.")
            warn("To have one in it, run it once with --send, or put its file into recipes/.")
        if trouble := timetable.zone_trouble(kind, place):
            for line in trouble.lines():
                warn(line)
