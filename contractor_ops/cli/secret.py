"""`contractor-ops secret`: keep a password where only this user finds it."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli.options import NowOption, OfficeOption, open_desk

if TYPE_CHECKING:
    from contractor_ops.office import Office

app = typer.Typer()


@app.command()
def secret(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Like SMTP_PASSWORD or TWILIO_AUTH_TOKEN. Without it: which there are.", show_default=False),
    ] = None,
    in_file: Annotated[bool, typer.Option("--file", help="Keep it in the office's .env, also where the system has a keyring.")] = False,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Ask for a password or key without showing it, and keep it: in the system's keyring, else in a file that only you may read.

    Without a name it lists the secrets that there may be, and which of them are set and where; never what they are.
    Cron often cannot open the keyring of a desktop: on a server, or where check says so, use --file.
    """
    desk = open_desk(ctx, office, now)
    if name is None:
        _list(desk.office)
        return
    from contractor_ops.cli.output import say_wrapped
    from contractor_ops.work.keep_secret import about, keep_secret

    what = about(name)
    if not sys.stdin.isatty():
        say_wrapped(keep_secret(desk.office, name, sys.stdin.read(), in_file=in_file))
        return
    from contractor_ops.cli.secret_typed import typed_unseen

    say_wrapped(f"{name}: {what}.")
    say_wrapped("Nothing is shown while you type or paste it. It is asked for once; Enter ends it.")
    with typed_unseen("The secret") as value:
        say_wrapped(keep_secret(desk.office, name, value, in_file=in_file))


def _list(office: "Office") -> None:
    from contractor_ops.cli.output import say, say_wrapped
    from contractor_ops.work.keep_secret import secrets_there_may_be

    known = secrets_there_may_be(office)
    widest = max(len(one.name) for one in known)
    for one in known:
        say(f"{one.name:<{widest}}  {one.where}")
        say_wrapped(f"    {one.what}")
    say_wrapped("\nKeep one with: contractor-ops secret NAME. contractor-ops check names those that are missing.")
