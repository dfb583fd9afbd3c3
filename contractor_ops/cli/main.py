"""The program: finds the command, and turns every error that we raise on purpose into sentences and an exit code."""

import errno
import gc
import importlib
import io
import os
import shlex
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from contractor_ops import __version__
from contractor_ops.cli.commands import COMMANDS, GROUPS, UNDER, Taught
from contractor_ops.cli.options import Common, NowOption, OfficeOption
from contractor_ops.errors import ContractorOpsError, Exit

PROGRAM = "contractor-ops"


class CommandList(TyperGroup):
    """A group whose commands are imported when they are needed, so that each pays only for what it does.

    `NAME` lives in cli/NAME.py as `app`.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command's name."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        sub = importlib.import_module(f"contractor_ops.cli.{cmd_name}").app
        sub.rich_markup_mode, sub._add_completion = None, False
        command: Any = typer.main.get_command(sub)
        command.name = cmd_name
        _teach(command, COMMANDS[cmd_name])
        if under := UNDER.get(cmd_name):
            command.commands = {name: _teach(command.commands[name], taught) for name, taught in under.items()}
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands by what they are for; none of them is imported."""
        widest = max(map(len, COMMANDS))
        for heading, commands in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(widest), taught.brief) for name, taught in commands.items()])

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


def _teach(command: Any, taught: Taught) -> Any:
    for one in command.params:
        if one.metavar is None and one.type.name in {"str", "path"}:
            one.metavar = "TEXT" if one.param_type_name == "option" else one.name.upper()
    command.short_help = taught.brief
    command.epilog = f"Example: contractor-ops {taught.example}"
    return command


app = typer.Typer(
    cls=CommandList, name=PROGRAM, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=True,
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


def print_any_letter() -> None:
    """Print every letter of a sheet whatever the system's code page: as UTF-8 into pipes and files, else "?" for what cannot be shown."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            as_it_is = stream.isatty() or "PYTHONIOENCODING" in os.environ
            stream.reconfigure(encoding=stream.encoding if as_it_is else "utf-8", errors="replace")


def main() -> None:
    """Run the command that was typed and end the process with its exit code."""
    collect_rarely()
    print_any_letter()
    try:
        _run()
    except ContractorOpsError as error:
        _say(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("Stopped. What had left stays remembered; nothing will be sent twice.", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    except Exception as error:
        if not _nobody_reads(error):
            sys.exit(_report_bug(error))
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        came_to = None if error.__suppress_context__ else error.__context__
        sys.exit(came_to.code if isinstance(came_to, SystemExit) else Exit.DONE)


def _run() -> None:
    try:
        app(prog_name=PROGRAM)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None  # Typer ends with 1, which means a bug here
        sys.stdout.flush()  # that nobody reads is noticed here, not when Python ends
        raise


def _nobody_reads(error: Exception) -> bool:
    """Whether the reader of our pipe has gone (`| head`): nothing is wrong. Windows says of it only that the argument is invalid."""
    if isinstance(error, BrokenPipeError):
        return True
    if not isinstance(error, OSError) or error.errno != errno.EINVAL or error.filename is not None:
        return False
    try:
        print(flush=True)  # noqa: T201  (what was refused may not be kept to be tried again)
    except OSError:
        return True
    return False


def _say(error: ContractorOpsError) -> None:
    from contractor_ops.cli.output import warn_wrapped

    for line in error.lines():
        warn_wrapped(line)


def _report_bug(error: BaseException) -> int:
    from datetime import UTC, datetime

    from contractor_ops.logfile import log_file, note_bug

    kept = note_bug(error, f"{datetime.now(UTC).isoformat(timespec='seconds')} contractor-ops {__version__}")
    where = f"What happened is written in {kept}." if kept else f"{log_file()} cannot be written: {type(error).__name__}."
    print(f"This is a bug in contractor-ops: please report it. {where}", file=sys.stderr)  # noqa: T201
    return Exit.BUG
