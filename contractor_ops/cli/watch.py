"""`contractor-ops watch`: stay running and keep the office's schedule."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.options import Desk, NowOption, OfficeOption, open_desk
from contractor_ops.errors import ContractorOpsError, Exit

if TYPE_CHECKING:
    from contractor_ops.office import Office
    from contractor_ops.timetable.jobs import Job
    from contractor_ops.work.watch import Do
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

    try:
        job = job_of(desk.office, name)
    except ContractorOpsError as error:
        runner.keep_why(name, error)
        raise
    if job.when.business and not desk.office.facts.calendar.is_business_day(desk.now.date()):
        _line(desk.now, name, "the office is closed today")
        return Exit.DONE
    outcome = runner.do(job)
    if runner.log:
        _line(desk.now, name, outcome.said)
    return outcome.code


def _keep(desk: Desk, runner: "Runner", *, once: bool) -> int:
    from contractor_ops.work.watch import BEHIND_CRON, Watch
    from contractor_ops.work.watch_changes import changed_jobs, take_up_anew
    from contractor_ops.work.watch_only import the_only_watch

    def clock() -> datetime:
        return desk.clock().astimezone(keeper.office.zone)

    def is_open(day: date) -> bool:
        return keeper.office.facts.calendar.is_business_day(day)

    def of_this_office(office: "Office") -> "Do":
        return replace(runner, office=office).do

    keeper = Watch(desk.office, clock, runner.do, _line, is_open, runner.stop.sleep, runner.stop)
    with the_only_watch(desk.office, desk.now):
        if once:
            keeper.begin(_readable(desk.office))
            if not keeper.once():
                _nothing_due(desk.now, keeper.following())
            return keeper.exit_code
        keeper.behind = BEHIND_CRON
        keeper.keep(changed_jobs(desk.office, lambda: take_up_anew(keeper, _readable, of_this_office), _complain))
    return Exit.DONE


def _readable(office: "Office") -> "list[Job]":
    """The jobs that can be done; what is wrong with the others is told, and stops none of these."""
    from contractor_ops.work.cron import readable_jobs

    jobs, unread = readable_jobs(office)
    for error in unread.values():
        _complain(error)
    return jobs


def _complain(error: ContractorOpsError) -> None:
    from contractor_ops.cli.output import warn

    with suppress(OSError):
        warn(" ".join(error.lines()))


def _nothing_due(now: datetime, following: tuple[datetime, str] | None) -> None:
    from contractor_ops.cli.output import say_wrapped
    from contractor_ops.reports.format import moment

    then = f" Next: {following[1]} on {moment(following[0], now)}." if following else ""
    say_wrapped(f"{now:%a %H:%M}  Nothing is due.{then}")


def _line(moment: datetime, name: str, said: str) -> None:
    from contractor_ops.cli.output import say_wrapped

    with suppress(OSError):  # a full disk behind it, a reader that has gone: the timetable is kept all the same
        say_wrapped(f"{moment:%a %H:%M}  {name}: {said}")
