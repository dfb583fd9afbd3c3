"""Each command that the documents show is run, and prints what they show."""

import re
import shutil
from pathlib import Path

import pytest
import typer

from contractor_ops.cli.main import COMMANDS, app
from tests.docs.conftest import Terminal
from tests.docs.documents import DOCUMENTS, ROOT, shown

WITH_COMMANDS = [document for document in DOCUMENTS if list(shown(document))]


@pytest.mark.parametrize("document", WITH_COMMANDS, ids=lambda document: document.name)
def test_every_shown_command_prints_what_is_shown(document: Path, sample: Path, request: pytest.FixtureRequest) -> None:
    makes_an_office = "contractor-ops init my-office" in document.read_text(encoding="utf-8")
    place = "beside_the_sheets" if makes_an_office else "with_answers" if document.name == "texting-and-answers.md" else "in_the_office"
    terminal: Terminal = request.getfixturevalue(place)
    for one in shown(document):
        code, printed = terminal.type(one.command)
        where = f"{document.name}, block at line {one.block.line}: {one.command}"
        assert code == 0, f"{where}\nended with {code}:\n{printed}"
        assert one.fits(printed), f"{where}\nprinted:\n{printed}"
        if one.command.startswith("contractor-ops init"):
            # What the office manager then fills in.
            shutil.copy2(sample / "config.toml", terminal.folder / "my-office")


def test_the_documents_show_commands() -> None:
    assert {document.name for document in WITH_COMMANDS} >= {
        "README.md",
        "billing.md",
        "digest.md",
        "first-hour.md",
        "job-notes.md",
        "missed-calls.md",
        "reading-the-report.md",
        "recipes.md",
        "scorecard.md",
        "spreadsheets.md",
        "texting-and-answers.md",
    }


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "config.example.toml"], ids=lambda document: document.name)
def test_every_command_and_option_that_is_named_exists(document: Path) -> None:
    group = typer.main.get_command(app)
    context = group.make_context("contractor-ops", ["check"], resilient_parsing=True)
    for named in re.finditer(r"(?:`|^\$ |\| )contractor-ops ([a-z]+)([^`|\n]*)", document.read_text(encoding="utf-8"), re.MULTILINE):
        assert named[1] in COMMANDS, named[0]
        command = group.get_command(context, named[1])  # type: ignore[attr-defined]
        words = named[2].split()
        if words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words[0]]
        known = {option for parameter in command.params for option in parameter.opts} | {"--office", "--now"}
        assert {word for word in words if word.startswith("--")} <= known, named[0]
