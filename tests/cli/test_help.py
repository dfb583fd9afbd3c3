"""`--help` teaches: every command says what it does in plain words that fit a narrow window, and shows a line that can be typed."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from contractor_ops.cli.commands import COMMANDS, GROUPS, UNDER
from contractor_ops.cli.main import app

ALL = [*COMMANDS, *(f"{name} {below}" for name, under in UNDER.items() for below in under)]
NARROW = {"COLUMNS": "80", "TERMINAL_WIDTH": "80"}


def help_of(*words: str) -> str:
    shown = CliRunner().invoke(app, [*words, "--help"], env=NARROW)
    assert shown.exit_code == 0, shown.output
    return shown.output


def command(*words: str) -> tuple[Any, Any]:
    """A command of the program and the context that it stands in."""
    group: Any = typer.main.get_command(app)
    context = group.make_context("contractor-ops", ["check"], resilient_parsing=True)
    for word in words:
        group = group.get_command(context, word)
        context = type(context)(group, parent=context, info_name=word)
    return group, context.parent


def test_every_command_of_the_program_has_a_file_and_the_other_way_round() -> None:
    files = {
        file.stem
        for file in (Path(__file__).parents[2] / "contractor_ops" / "cli").glob("*.py")
        if "\napp = typer.Typer" in file.read_text("utf-8")
    }
    assert files - {"main"} == set(COMMANDS)


def test_the_list_has_every_command_with_its_whole_line_under_its_heading() -> None:
    lines = help_of().splitlines()
    told = {
        name: [line for line in lines if line.split()[:1] == [name] and line.endswith(taught.brief)] for name, taught in COMMANDS.items()
    }
    assert [name for name, found in told.items() if len(found) != 1] == []
    assert [heading for heading in GROUPS if f"{heading}:" not in lines] == []


@pytest.mark.parametrize("name", sorted(UNDER))
def test_a_command_with_commands_of_its_own_lists_them_all(name: str) -> None:
    from importlib import import_module

    group: Any = typer.main.get_command(import_module(f"contractor_ops.cli.{name}").app)
    assert set(group.commands) == set(UNDER[name])
    shown = help_of(name)
    assert [below for below, taught in UNDER[name].items() if f"{below} " not in shown or taught.brief not in shown] == []


@pytest.mark.parametrize("words", ["", *ALL])
def test_help_fits_a_narrow_window_and_names_what_is_typed_in_plain_words(words: str) -> None:
    shown = help_of(*words.split())
    assert max(map(len, shown.splitlines())) <= 80
    assert not {"<str>", "<path>", "<int>", "[file]", "{file}"} & set(shown.split())
    if words:
        assert "--install-completion" not in shown


@pytest.mark.parametrize("words", ALL)
def test_the_example_of_a_command_is_one_that_it_takes(words: str) -> None:
    example = next(line for line in help_of(*words.split()).splitlines() if "Example: " in line)
    _, typed = example.split("Example: contractor-ops ")
    told = shlex.split(typed.partition(" > ")[0])
    assert told[: len(words.split())] == words.split() or told[0] == words
    assert taken(told)


def taken(told: list[str]) -> bool:
    """Whether the program can make something of these words; what is wrong with them is raised."""
    one, context = command(told[0])
    rest = told[1:]
    if hasattr(one, "commands") and rest and rest[0] in one.commands:
        one, context = command(*told[:2])
        rest = rest[1:]
    one.make_context(told[-1], rest, parent=context)
    return True


def described() -> Iterator[tuple[str, Any]]:
    for words in ALL:
        for one in command(*words.split())[0].params:
            yield words, one


def test_everything_that_can_be_typed_is_described() -> None:
    assert [(words, one.name) for words, one in described() if not getattr(one, "help", None)] == []
