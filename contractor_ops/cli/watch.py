"""`contractor-ops watch`: stay running and keep the office's schedule."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.options import Desk, NowOption, OfficeOption, open_desk
from contractor_ops.errors import Exit

if TYPE_CHECKING:
    from contractor_ops.work.watch_runner import Runner

app = typer.Typer()


@app.command()
def watch(
    ctx: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, and stop.")] = False,
    job: Annotated[
        str | None, typer.Option("--job", metavar="NAME", help="Do this one job now, whenever it is due, and stop.", show_default=False)
    ] = None,
    log: Annotated[bool, typer.Option("--log", help="With --job: keep what it prints in the office's folder logs.")] = False,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Keep the office's schedule in this window, where there is no cron. Ctrl-C ends it once the job under way has ended.

    It prints a line for each job; what the job printed is in the office's folder logs. contractor-ops cron shows the schedule.
    """
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import say
    from contractor_ops.work.cron import program
    from contractor_ops.work.watch_runner import Runner, Stop

    stop = Stop(say=say)
    stop.listen()
    pretended = ("--now", desk.now.isoformat()) if desk.pretended else ()
    runner = Runner(desk.office, program(), stop, pretended, log=log or job is None)
    raise typer.Exit(_one_job(desk, runner, job) if job is not None else _keep(desk, runner, once=once))


def _one_job(desk: Desk, runner: "Runner", name: str) -> int:
    from contractor_ops.work.cron import job_of

    job = job_of(desk.office, name)
    if job.when.business and not desk.office.facts.calendar.is_business_day(desk.now.date()):
        _line(desk.now, name, "the office is closed today")
        return Exit.DONE
    outcome = runner.do(job)
    if runner.log:
        _line(desk.now, name, outcome.said)
    return outcome.code


def _keep(desk: Desk, runner: "Runner", *, once: bool) -> int:
    from contractor_ops.cli.output import warn
    from contractor_ops.office import open_office
    from contractor_ops.work.cron import jobs_of
    from contractor_ops.work.watch import BEHIND_CRON, Watch
    from contractor_ops.work.watch_changes import changed_jobs

    calendar = desk.office.facts.calendar
    keeper = Watch(desk.office, desk.clock, runner.do, _line, calendar.is_business_day, runner.stop.sleep, runner.stop)
    folder = desk.office.folder
    with desk.office.lock("watch"):
        if once:
            keeper.begin(jobs_of(desk.office))
            keeper.once()
            return keeper.exit_code
        jobs_of(desk.office)  # what cannot be read at the start is told at once; later on, the schedule as it was is kept
        keeper.behind = BEHIND_CRON
        keeper.keep(changed_jobs(desk.office, lambda: jobs_of(open_office(folder)), lambda error: warn(" ".join(error.lines()))))
    return Exit.DONE


def _line(moment: datetime, name: str, said: str) -> None:
    from contractor_ops.cli.output import say

    say(f"{moment:%a %H:%M}  {name}: {said}")
