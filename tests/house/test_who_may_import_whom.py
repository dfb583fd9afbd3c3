"""The rooms, and who may enter them: data flows one way."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import contractor_ops

PACKAGE = Path(contractor_ops.__file__).parent
PURE = {"errors", "spans", "hours", "parts", "ports", "tomlfile", "config", "recipe", "recipe_conditions", "recipe_step"}
EVERYTHING = {"channels", "ledger", "sources", "clients", "inbox"}
MAY_ENTER = {
    "tables": {"tables", "errors", "ports", "tomlfile"},
    "notes": {"notes", "tables", "spans", "config", "errors", "tomlfile"},
    "dispatch": {"dispatch", "notes", "tables", *PURE},
    "bookings": {"bookings", "views", "notes", "tables", *PURE},
    "views": {"views", "bookings", "dispatch", "notes", "tables", *PURE},
    "planning": {"planning", "bookings", "views", "tables", *PURE},
    "timetable": {"timetable", *PURE},
    "figures": {"figures", "dispatch", "views", "notes", "tables", *PURE},
    "clients": {"clients", "ports", "errors", "tables"},
    "sources": {"sources", "clients", "ports", "errors", "tables"},
    "channels": {"channels", "clients", "ports", "errors", "tables", "spans", "parts"},
    "inbox": {"inbox", "clients", "ports", "errors", "tables", "spans", "parts", "timetable"},
    "ledger": {"ledger", "ports", "errors", "tables"},
    "actions": {"actions", "bookings", "planning", "views", "tables", "ports", "errors", "recipe"},
    "reports": {"reports", "figures", "planning", "views", "notes", "tables", "ports", "errors", "recipe"},
    "sample": {"sample"},
    "work": {
        "work",
        "office",
        "office_channels",
        "office_inboxes",
        "office_simulated",
        "office_sources",
        "office_traces",
        "actions",
        "reports",
        "figures",
        "planning",
        "views",
        "dispatch",
        "notes",
        "tables",
        "sample",
        "timetable",
        "secrets",
        "logfile",
        *PURE,
    },
    "office": {
        "office_channels",
        "office_google",
        "office_inboxes",
        "office_files",
        "office_sources",
        "office_tables",
        "actions",
        "reports",
        "planning",
        "views",
        "notes",
        "tables",
        "secrets",
        *PURE,
        *EVERYTHING,
    },
    "cli": {"cli", "work", "office", "reports", "errors", "config", "logfile"},
    "office_channels": {"secrets", *PURE, "channels", "clients"},
    "office_google": {"secrets", *PURE, "clients", "sources"},
    "office_inboxes": {"office_channels", "secrets", *PURE, "channels", "clients", "inbox", "sources"},
    "office_files": set(),
    "office_traces": {"channels", "ledger"},
    "office_simulated": {"office", "ledger", "tables", "views", *PURE},
    "office_sources": {"office_google", "office_inboxes", "sources", "tables", *PURE},
    "office_tables": {"office", "inbox", "planning", "views", "notes", "tables", *PURE},
    "config": {"bookings", "notes", "tables", "timetable", "spans", "hours", "parts", "tomlfile", "errors"},
    "recipe": {"recipe_conditions", "recipe_step", "tables", "timetable", "spans", "parts", "tomlfile", "errors"},
    "recipe_conditions": {"tables", "parts", "tomlfile"},
    "recipe_step": {"recipe_conditions", "spans", "parts", "tomlfile"},
    "parts": {"spans"},
    "hours": set(),
    "tomlfile": {"errors"},
    "secrets": {"errors"},
    "ports": {"tables"},
    "errors": set(),
    "logfile": set(),
    "spans": set(),
}
"""The rooms of the design. What stands beside them there is said here: check and init (work) look at channels and files themselves."""
ALSO = {
    "work/check_ledger.py": {"ledger"},  # tells why the ledger is not kept in the office's folder
    "work/check_sources.py": {"sources"},  # looks at what lies beside the files that are read
    "work/check_texting.py": {"clients"},  # asks what no channel asks: what texts leave from
    "work/check_mailing.py": {"clients"},  # the same, and what the domain of our address says
    "cli/inbox.py": {"inbox"},  # judges texts, for which no office is needed
    "work/reply_context.py": {"inbox"},  # judges a text again, once it is known what it answers
    "work/init.py": {"sources"},  # looks through a folder before there is an office
    "work/init_rivals.py": {"sources"},  # the same, beside an office that is there
    "work/init_google.py": {"office_google"},  # and through a Google Sheet
    "cli/tables.py": {"tables", "views", "tomlfile"},  # prints the catalogue itself
    "cli/complete.py": {"views"},  # knows the tables by name
}
NEVER = {
    "tables": {"sqlite3", "socket", "typer", "rich", "time", "requests"},
    "dispatch": {"sqlite3", "socket", "typer", "rich", "time", "requests"},
    "bookings": {"sqlite3", "socket", "typer", "rich", "time", "requests"},
    "views": {"sqlite3", "socket", "typer", "rich", "time", "requests"},
    "planning": {"sqlite3", "socket", "typer", "rich", "time", "requests"},
    "timetable": {"sqlite3", "socket", "typer", "rich", "time", "requests"},
    "figures": {"sqlite3", "socket", "typer", "rich", "time", "requests"},
    "reports": {"sqlite3", "typer"},
    "actions": {"sqlite3", "typer", "rich"},
    "work": {"sqlite3", "typer", "rich"},
    "cli": {"sqlite3"},
}


@cache
def imports(file: Path) -> tuple[str, ...]:
    """Every module that a file imports, also inside functions, but not what only the type checker sees."""
    return tuple(_imported(file))


def _imported(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for_types = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
                 for inner in ast.walk(node)}  # fmt: skip
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


FILES = sorted(file for file in PACKAGE.rglob("*.py") if file.name not in {"__init__.py", "__main__.py"} or file.parent != PACKAGE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_a_room_is_entered_only_by_those_who_may(file: Path) -> None:
    place = file.relative_to(PACKAGE)
    room = place.parts[0].removesuffix(".py")
    allowed = MAY_ENTER[room] | {room} | ALSO.get(place.as_posix(), set())
    entered = {name.split(".")[1] for name in imports(file) if name.startswith("contractor_ops.")}
    assert entered <= allowed, f"{place} must not import {sorted(entered - allowed)}"
    outside = {name.split(".")[0] for name in imports(file)}
    assert not outside & NEVER.get(room, set()), f"{place} must not import {sorted(outside & NEVER[room])}"


def test_rich_is_for_terminal_renderings_only() -> None:
    using = {file.relative_to(PACKAGE).as_posix() for file in FILES if any(name.split(".")[0] == "rich" for name in imports(file))}
    views = {f"reports/{name}.py" for name in ("terminal", "table_view", "budget_view", "notes_report", "trail_lines")}
    assert using <= {*views, "cli/output.py", "cli/progress.py"}


def test_only_the_ledger_writes_sql() -> None:
    using = {file.relative_to(PACKAGE).parts[0] for file in FILES if any(name.split(".")[0] == "sqlite3" for name in imports(file))}
    assert using == {"ledger"}


@pytest.mark.parametrize("room", ["tables", "dispatch", "bookings", "views", "planning", "figures", "timetable"])
def test_the_pure_rooms_do_not_ask_for_the_time(room: str) -> None:
    for file in (PACKAGE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"now", "today", "utcnow"}:
                owner = node.func.value
                assert not (isinstance(owner, ast.Name) and owner.id in {"datetime", "date"}), f"{file.name} asks for the time"
