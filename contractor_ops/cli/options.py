"""What every command understands: which office, what time it is, which format; and opening the office for it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.errors import TypedWrong

if TYPE_CHECKING:
    from contractor_ops.office import Office


class Format(StrEnum):
    """How a value is printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


OfficeOption = Annotated[
    Path | None,
    typer.Option(
        "--office", metavar="DIR", help="The office's folder; without it CONTRACTOR_OPS_OFFICE, or this folder.", show_default=False
    ),
]
NowOption = Annotated[
    str | None,
    typer.Option("--now", metavar="TIME", help='Pretend that it is this time, like "2026-11-23T10:00".', show_default=False),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print it.", show_default=True)]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Print only what somebody should know at once, in a few lines: for cron.")]
TableOption = Annotated[
    list[str] | None,
    typer.Option(
        "--table", metavar="NAME=FILE", help='Read a table from another file, or from standard input: "estimates=-".', show_default=False
    ),
]


@dataclass(frozen=True, slots=True)
class Common:
    """What stood before the command."""

    office: Path | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Desk:
    """An opened office, the time it is there, and a clock that goes on from that time. `pretended` is true when --now was given."""

    office: "Office"
    now: datetime
    clock: Callable[[], datetime]
    pretended: bool


def open_desk(ctx: typer.Context, office: Path | None, now: str | None, tables: list[str] | None = None) -> Desk:
    """Open the office that the command line names, at the time that it names."""
    from contractor_ops.office import open_office

    common = ctx.obj if isinstance(ctx.obj, Common) else Common(None, None)
    opened = open_office(office or common.office or office_of_the_environment(), _replacements(tables or []))
    typed = common.now if now is None else now
    started = datetime.now(opened.zone)
    pretended = started if typed is None else read_now(typed, opened)
    ahead = pretended - started
    opened.clock = lambda: datetime.now(opened.zone) + ahead
    return Desk(opened, pretended, opened.clock, typed is not None)


def office_of_the_environment() -> Path:
    """The folder that CONTRACTOR_OPS_OFFICE names, else this one."""
    return Path(os.environ.get("CONTRACTOR_OPS_OFFICE") or ".")


def read_now(typed: str, office: "Office") -> datetime:
    """A time that was typed, in the office's zone. Raises TypedWrong."""
    try:
        moment = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise TypedWrong(f'--now "{typed}" is no time.', 'Write it like "2026-11-23T10:00" or "2026-11-23".') from None
    if not 2000 <= moment.year <= 2100:
        raise TypedWrong(f'--now "{typed}" is no time that an office sees.', 'Write it like "2026-11-23T10:00".')
    return moment.replace(tzinfo=office.zone) if moment.tzinfo is None else moment.astimezone(office.zone)


def _replacements(tables: list[str]) -> dict[str, str]:
    pairs = {}
    for text in tables:
        name, equals, file = text.partition("=")
        if not equals or not name or not file:
            raise TypedWrong(
                f'--table "{text}" cannot be understood.', "Write NAME=FILE, or NAME=- for standard input: --table estimates=-"
            )
        pairs[name.strip()] = file.strip()
    return pairs
