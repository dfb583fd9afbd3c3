"""`contractor-ops run`: rehearse a recipe, or act."""

from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.complete import recipe_names
from contractor_ops.cli.options import Desk, Format, FormatOption, NowOption, OfficeOption, QuietOption, TableOption, open_desk

if TYPE_CHECKING:
    from contractor_ops.work.run import Run

app = typer.Typer()


@app.command()
def run(
    ctx: typer.Context,
    recipes: Annotated[
        list[str], typer.Argument(metavar="RECIPE...", help="One or more recipes, like estimate-follow-up.", autocompletion=recipe_names)
    ],
    send: Annotated[bool, typer.Option("--send", help="Act. Without it this is a rehearsal and nothing leaves.")] = False,
    accept: Annotated[list[str] | None, typer.Option("--accept", metavar="BRAKE", help="Lift a brake for this run only.")] = None,
    table: TableOption = None,
    quiet: QuietOption = False,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Rehearse recipes, or act with --send: one decision for every row, each with its reason.

    A rehearsal shows what would leave and puts what needs a person into the review queue. Nothing leaves without --send.
    """
    desk = open_desk(ctx, office, now, table)
    from contractor_ops.cli.output import warn_wrapped
    from contractor_ops.cli.progress import progress
    from contractor_ops.work.alive import alive
    from contractor_ops.work.run import brakes_of, exit_of, run_recipes
    from contractor_ops.work.safeguards import check_accepted, refuse_pretended_time

    check_accepted(accept or [])
    if send and desk.pretended:
        refuse_pretended_time(desk.office, desk.now)
    with alive(desk.office, "run", *recipes, "--send", real=send and not desk.pretended) as job:
        try:
            with progress() as tell:
                runs, errors = run_recipes(desk.office, recipes, desk.now, desk.clock, send=send, accept=accept or [], tell=tell)
        finally:
            desk.office.close()
        if len(recipes) == 1 and errors:
            raise errors[0]
        if quiet and format is Format.table:
            _print_trouble(runs)
        elif runs or format is not Format.table:
            _print(desk, runs, format, several=len(recipes) > 1)
        for line in (line for error in errors for line in error.lines()):
            warn_wrapped(line)
        job.code, job.about = exit_of(runs, errors), ", ".join(brakes_of(runs))
    raise typer.Exit(job.code)


def _print(desk: Desk, runs: list["Run"], format: Format, several: bool) -> None:
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines

    if format is Format.table:
        print_report(desk, runs)
        return
    documents = [one.plan.as_json() for one in runs]
    if format is Format.json:
        print_json(documents if several else documents[0])
    elif format is Format.jsonl:
        print_json_lines({"recipe": document["recipe"], **decision} for document in documents for decision in document["decisions"])
    else:
        from contractor_ops.reports.run_rows import RUN_COLUMNS, run_rows

        print_csv(run_rows(documents), RUN_COLUMNS)


def _print_trouble(runs: list["Run"]) -> None:
    from contractor_ops.cli.output import say
    from contractor_ops.reports.run_trouble import run_trouble

    for line in run_trouble([one.plan for one in runs], list(dict.fromkeys(trouble for one in runs for trouble in one.trouble))):
        say(line)


def print_report(desk: Desk, runs: list["Run"]) -> None:
    """Show the exception report of these runs, and what to type next."""
    from contractor_ops.cli.output import say_wrapped
    from contractor_ops.cli.show_report import show_report
    from contractor_ops.config import people_names
    from contractor_ops.reports.exception_report import build_report
    from contractor_ops.reports.run_summary import run_summary
    from contractor_ops.work.review_lapsed import lapsed_lines

    plans = [one.plan for one in runs]
    people, ledger, outbox = people_names(desk.office.config.people), desk.office.ledger, desk.office.outbox_channels
    show_report(build_report(plans, people, desk.now, ledger.reviews(("open",)), [one.table for one in runs], outbox))
    for trouble in dict.fromkeys(trouble for one in runs for trouble in one.trouble):
        say_wrapped(f"Trouble: {trouble}")
    for line in lapsed_lines(desk.office, [plan.recipe for plan in plans], desk.now):
        say_wrapped(line)
    for line in run_summary(plans, outbox, ledger.reviews(("approved",))):
        say_wrapped(line)
