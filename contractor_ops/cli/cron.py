"""`contractor-ops cron`: print the office's schedule, put it in, or take it out."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.options import Common, Format, FormatOption, NowOption, OfficeOption, open_desk
from contractor_ops.errors import TypedWrong

if TYPE_CHECKING:
    from contractor_ops.work.cron import Kind

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
    from contractor_ops.cli.output import print_json, say, say_wrapped, warn_wrapped
    from contractor_ops.work import cron as timetable
    from contractor_ops.work.cron_install import install as put_in
    from contractor_ops.work.cron_install import remove as take_out

    try:
        kind = timetable.Kind(for_) if for_ else timetable.usual_kind()
    except ValueError:
        raise TypedWrong(f'--for "{for_}" keeps no schedule.', f"It can be {', '.join(timetable.Kind)}.") from None
    if remove and (left := _left_behind(ctx, office, kind)):
        for line in left:
            say_wrapped(line)
        return
    desk = open_desk(ctx, office, now)
    place = timetable.place_of(desk.office, desk.now)
    jobs = timetable.readable_jobs(desk.office)[0] if remove else timetable.jobs_of(desk.office)
    if install:
        for line in put_in(kind, desk.office, jobs, place, desk.now):
            say_wrapped(line)
        _tell_left_behind()
    elif remove:
        for line in take_out(kind, desk.office.folder, jobs, place, desk.now):
            say_wrapped(line)
    elif format is Format.json:
        print_json(timetable.as_json(jobs, place, desk.office, desk.now))
    else:
        for text in timetable.printed(kind, jobs, place, desk.now):
            say(text)
        if left_out := timetable.only_shipped(desk.office):
            warn_wrapped(f"Left out, because nobody here has taken them up: {', '.join(left_out)}.")
            warn_wrapped("To have one in it, run it once with --send, or put its file into recipes/.")
        trouble = timetable.zone_trouble(kind, place)
        for line in trouble.lines() if trouble else ():
            warn_wrapped(line)
        same = f" --for {kind.value}" if for_ else ""
        then = timetable.how_to_install(kind, same) if trouble else f"To install them: contractor-ops cron --install{same}"
        warn_wrapped(f"{len(jobs)} jobs are shown; nothing was installed. {then}")


def _left_behind(ctx: typer.Context, office: Path | None, kind: "Kind") -> list[str]:
    """What was done about the jobs of a folder that is named and holds no office any more; nothing where there are none."""
    from contractor_ops.work.cron_left import left_behind, remove_left

    named = office or (ctx.obj.office if isinstance(ctx.obj, Common) else None)
    if named is None or (kind, str(named.absolute())) not in left_behind():
        return []
    return list(remove_left(kind, str(named.absolute()), datetime.now().astimezone()))


def _tell_left_behind() -> None:
    from contractor_ops.cli.output import warn_wrapped
    from contractor_ops.work.cron_left import left_behind, left_remedy, left_sentence

    for kind, office in left_behind():
        warn_wrapped(f"{left_sentence(kind, office)}. Take them out: {left_remedy(kind, office)}")
