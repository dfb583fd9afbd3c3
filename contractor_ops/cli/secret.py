"""`contractor-ops secret`: keep a password where only this user finds it."""

import sys
from typing import Annotated

import typer

from contractor_ops.cli.options import NowOption, OfficeOption, open_desk

app = typer.Typer()


@app.command()
def secret(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Like SMTP_PASSWORD or TWILIO_AUTH_TOKEN.")],
    in_file: Annotated[bool, typer.Option("--file", help="Keep it in the office's .env, also where the system has a keyring.")] = False,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Ask for a password or key without showing it, and keep it: in the system's keyring, else in a file that only you may read.

    Cron often cannot open the keyring of a desktop: on a server, or where check says so, use --file.
    """
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import say
    from contractor_ops.work.keep_secret import about, keep_secret

    what = about(name)
    value = typer.prompt(f"{name} ({what})", hide_input=True) if sys.stdin.isatty() else sys.stdin.read()
    say(keep_secret(desk.office, name, value, in_file=in_file))
