"""The manual page says what the program's own list of commands says; it ships in the wheel, where pipx and packagers look for it."""

import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from contractor_ops import __version__
from contractor_ops.cli.commands import GROUPS, UNDER, Taught
from contractor_ops.errors import Exit
from tests.docs.documents import ROOT

PAGE = ROOT / "docs" / "contractor-ops.1"
FILES = {
    "config.toml": "the office: its name, people, tables, and the ways that messages leave",
    "recipes/": "what is sent when, and in which words",
    ".env": "passwords and keys, for their owner alone",
    "ledger.db": "what was decided, sent and settled",
    "outbox/, drafts/, backups/, logs/": "what the program writes for people",
}
ENVIRONMENT = {
    "CONTRACTOR_OPS_OFFICE": "the office's folder, where --office is not typed",
    "NO_COLOR": "no colours on the screen",
}


def page() -> Iterator[str]:
    yield f'.TH CONTRACTOR\\-OPS 1 "" "contractor\\-ops {__version__}"'
    yield from (".SH NAME", "contractor\\-ops \\- the back office of a small contractor, from its own spreadsheets")
    yield from (".SH SYNOPSIS", ".B contractor\\-ops", "[\\-\\-office DIR] [\\-\\-now TIME] COMMAND [ARGS]...", ".SH DESCRIPTION")
    yield "Reads the spreadsheets that an office keeps anyway, finds what was forgotten between the rows, and writes the message for it."
    yield "Nothing leaves without \\-\\-send. Begin with"
    yield from (".B contractor\\-ops demo", "and ask each command for more with \\-\\-help.", ".SH COMMANDS")
    for heading, commands in GROUPS.items():
        yield f".SS {roff(heading)}"
        for name, taught in commands.items():
            yield from entry(name, taught)
            for below, more in UNDER.get(name, {}).items():
                yield from entry(f"{name} {below}", more)
    yield ".SH EXIT STATUS"
    for code in Exit:
        yield from tagged(str(int(code)), meaning(code))
    for heading, listed in {"ENVIRONMENT": ENVIRONMENT, "FILES": FILES}.items():
        yield f".SH {heading}"
        for name, told in listed.items():
            yield from tagged(name, told)


def entry(name: str, taught: Taught) -> Iterator[str]:
    yield from tagged(name, f"{taught.brief}.")
    yield from (".br", f".I {roff(f'contractor-ops {taught.example}')}")


def tagged(name: str, told: str) -> Iterator[str]:
    yield from (".TP", f".B {roff(name)}", roff(told))


def roff(text: str) -> str:
    """Text in which a hyphen can be copied, and nothing begins a request or closes a quotation."""
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq").replace("'", "\\(aq")
    return f"\\&{plain}" if plain.startswith(".") else plain


def meaning(code: Exit) -> str:
    """What the table in the README says."""
    return re.findall(rf"^\| {int(code)} \| (.*) \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)[0].replace("`", "")


def test_the_manual_page_says_what_help_says(request: pytest.FixtureRequest) -> None:
    written = "\n".join(page()) + "\n"
    if request.config.getoption("--refresh-golden"):
        PAGE.write_text(written, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == written, "it differs; if it is meant: pytest tests/docs/test_man_page.py --refresh-golden"


def test_a_formatter_takes_the_page_without_a_warning() -> None:
    formatter = shutil.which("groff")
    if formatter is None:
        pytest.skip("there is no groff on this machine")
    shown = subprocess.run(
        [formatter, "-man", "-ww", "-Tascii", "-P-cbou", str(PAGE)], capture_output=True, text=True, timeout=60, check=True
    )
    assert shown.stderr == ""
    assert 'contractor-ops pause "Ann Li" --until 2026-12-01' in shown.stdout
