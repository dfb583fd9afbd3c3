"""`contractor-ops demo`: a sample office, rehearsed."""

from pathlib import Path
from typing import Annotated

import typer

from contractor_ops.cli.options import NowOption, OfficeOption

app = typer.Typer()


@app.command()
def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to put it.")] = Path("contractor-ops-demo"),
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Make a sample office (heating and air, 60 customers, six months), rehearse it and show the exception report.

    It needs no accounts, and nothing leaves.
    """
    from contractor_ops.cli.options import open_desk
    from contractor_ops.cli.output import say
    from contractor_ops.cli.run import print_report
    from contractor_ops.work.demo import in_order, make_demo, next_steps
    from contractor_ops.work.run import run_recipes

    make_demo(folder, ctx.obj.now if now is None and ctx.obj else now)
    desk = open_desk(ctx, folder, now)
    runs, _ = run_recipes(desk.office, in_order(desk.office.recipes()), desk.now, desk.clock, send=False)
    print_report(desk, runs)
    say("")
    say(f"This is a sample office; its spreadsheets are in {folder}. Go on with:")
    say(f"  cd {folder}")
    for line in next_steps(runs):
        say(f"  {line}")
