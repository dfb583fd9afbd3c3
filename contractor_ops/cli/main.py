"""The program: finds the command, and turns every error that we raise on purpose into sentences and an exit code."""

import gc
import importlib
import os
import shlex
import sys
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from contractor_ops import __version__
from contractor_ops.cli.options import Common, NowOption, OfficeOption
from contractor_ops.errors import ContractorOpsError, Exit

COMMANDS = (
    "demo", "init", "check", "scorecard", "read", "run", "inbox", "why", "who", "notes", "budget", "review", "report", "digest", "optout",
    "pause", "resume", "skip", "ledger", "tables", "schema",
)  # fmt: skip
"""In the order in which somebody new meets them. `NAME` lives in cli/NAME.py as `app`, and is imported when it is asked for."""


class CommandList(TyperGroup):
    """A group whose commands are imported when they are needed, so that each pays only for what it does."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command's name."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"contractor_ops.cli.{cmd_name}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed. `approve 14` alone tells that it is `review approve 14`."""
        if args and args[0] not in COMMANDS:
            ctx.fail(f'There is no command "{args[0]}". {self._meant(ctx, args)}')
        return super().resolve_command(ctx, args)

    def _meant(self, ctx: Any, args: list[str]) -> str:
        from difflib import get_close_matches

        reviews = self.get_command(ctx, "review").commands
        near = get_close_matches(args[0], [*COMMANDS, *reviews], n=1, cutoff=0.65)
        if not near:
            return "contractor-ops --help lists them."
        return f"Did you mean: contractor-ops {'review ' if near[0] in reviews else ''}{shlex.join([near[0], *args[1:]])}"


app = typer.Typer(
    cls=CommandList, name="contractor-ops", rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=True,
    no_args_is_help=True, context_settings={"help_option_names": ["--help", "-h"]},
)  # fmt: skip


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"contractor-ops {__version__}")
        raise typer.Exit


@app.callback()
def contractor_ops(
    ctx: typer.Context,
    office: OfficeOption = None,
    now: NowOption = None,
    version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="Print the version and stop."),
) -> None:
    """The back office of a small contractor, from its own spreadsheets.

    Nothing leaves unless you type --send. Start with: contractor-ops demo
    """
    ctx.obj = Common(office, now)


def collect_rarely() -> None:
    """Look for garbage seldom: nearly all that is made of a sheet is kept until the end, and looking often costs a third of the time."""
    gc.set_threshold(200_000, 20, 100)


def main() -> None:
    """Run the command that was typed and end the process with its exit code."""
    collect_rarely()
    try:
        app()
    except ContractorOpsError as error:
        _say(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("Stopped. What had left stays remembered; nothing will be sent twice.", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our pipe has gone (`| head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.DONE)
    except Exception:
        sys.exit(_report_bug())


def _say(error: ContractorOpsError) -> None:
    from contractor_ops.reports.printable import printable

    for line in error.lines():
        print(printable(line), file=sys.stderr)  # noqa: T201


def _report_bug() -> int:
    import traceback
    from datetime import UTC, datetime

    log = _log_file()
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as stream:
            stream.write(f"{datetime.now(UTC).isoformat()} contractor-ops {__version__}\n{traceback.format_exc()}\n")
        where = f"What happened is written in {log}."
    except OSError:
        where = traceback.format_exc()
    print(f"This is a bug in contractor-ops: please report it. {where}", file=sys.stderr)  # noqa: T201
    return Exit.BUG


def _log_file() -> Path:
    import platformdirs

    return platformdirs.user_log_path("contractor-ops") / "contractor-ops.log"
