"""The files of an office: what they would hold, written all at once, and none that is there already overwritten."""

import shlex
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from contractor_ops.config import read_config
from contractor_ops.errors import FilesNeedMending
from contractor_ops.office import CONFIG, Office
from contractor_ops.secrets import ENV_FILE, NAMES
from contractor_ops.work.init_answers import Answers, no_such_zone
from contractor_ops.work.init_config import config_text, new_tables
from contractor_ops.work.init_found import Found
from contractor_ops.work.init_recipes import fitting, text_of
from contractor_ops.work.write_recipe import RecipeWriter

GITIGNORE = "ledger.*\nledger-*.db\nbackups/\nlogs/\nschedule/\noutbox/\ndrafts/\n.env\n"
NOBODY_ELSE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Piece:
    """A file as it would be written; `replaces` says that the one that is there may go, because somebody has agreed."""

    file: Path
    text: str
    replaces: bool = False

    @property
    def is_news(self) -> bool:
        """Whether writing it would change anything."""
        return not self.file.exists() or (self.replaces and _read(self.file) != self.text)

    def write(self) -> str:
        """Write it, and say so; a file that is there stays."""
        if not self.is_news:
            return f"{self.file} is there already and was left as it is."
        self.file.parent.mkdir(parents=True, exist_ok=True)
        beside = self.file.with_name(f".{self.file.name}.new")
        beside.write_text(self.text, encoding="utf-8", newline="")
        beside.replace(self.file)
        return f"{self.file} was written."


def write_office(folder: Path, found: Sequence[Found], answers: Answers) -> list[str]:
    """Write config.toml, recipes/ and what goes with them where they are not there yet. Returns what was done, a line each."""
    if mistake := no_such_zone(answers.zone):
        raise FilesNeedMending([mistake])
    lines = [] if folder.exists() else [f"The folder {folder} did not exist; it was made."]
    config = folder / CONFIG
    new, missing = not config.exists(), _unnamed(config, found)
    tables = {one.table for one in found if one.table} if new else set(read_config(config.read_bytes(), str(config)).tables)
    first, *others = pieces(folder, config_text(found, answers), tables)
    lines += [first.write(), *missing]
    if new and not answers.timezone:
        lines.append(f"The time zone {answers.zone} was guessed from {answers.guessed.source}: see whether it is right.")
    return [*lines, *(piece.write() for piece in others), f"Now see what is still missing: {command('check', folder)}"]


def pieces(
    folder: Path, config: str, tables: Collection[str | None], *, but: Collection[str] = (), owners: Mapping[str, str] = NOBODY_ELSE
) -> list[Piece]:
    """An office's files: its config.toml, then what goes with it, and the recipes for its tables except `but`, with the owners that were chosen."""
    texts = {CONFIG: config, ".gitignore": GITIGNORE, f"{ENV_FILE}.example": env_example()}
    recipes = [recipe.name for recipe in fitting({table for table in tables if table}) if recipe.name not in but]
    texts |= {f"recipes/{name}.toml": _recipe(folder, config, name, owners.get(name)) for name in recipes}
    return [Piece(folder / name, text, replaces=_is_ours(folder / name, name, text)) for name, text in texts.items()]


def env_example() -> str:
    """Every secret that an office may have, and where a person finds it."""
    lines = [
        "# The secrets that an office may need. Keep one with: contractor-ops secret NAME",
        "# Or copy this file to .env, take the # away before those that you have, and let only yourself read it: chmod 600 .env",
    ]
    for name, where in NAMES.items():
        lines += ["", f"# {where[0].upper()}{where[1:]}", f"# {name}="]
    return "\n".join([*lines, ""])


def command(name: str, folder: Path, *words: str) -> str:
    """A command for this office, as it can be typed."""
    return shlex.join(["contractor-ops", name, *words, *(["--office", str(folder)] if folder != Path() else [])])


def _is_ours(file: Path, name: str, text: str) -> bool:
    """Whether nobody has added to a list of ours since it was written: then it may be renewed. What else an office has is left alone."""
    if name not in {".gitignore", f"{ENV_FILE}.example"} or not file.is_file():
        return False
    return set(_read(file).splitlines()) <= set(text.splitlines())


def _recipe(folder: Path, config: str, name: str, owner: str | None) -> str:
    if owner is None:
        return text_of(name)
    office = Office(folder, read_config(config.encode()))
    return RecipeWriter(office, name).draft({"owner": owner}).text


def _unnamed(config: Path, found: Sequence[Found]) -> list[str]:
    """The lines to put into a config.toml that is there already, for tables that it does not name."""
    if not config.exists():
        return []
    missing = new_tables(read_config(config.read_bytes(), str(config)), found)
    lines = [line for one in missing for line in ["", *one.block(list(found)).splitlines()]]
    return ["It does not name all that was found here. To have the rest, add these lines:", *lines, ""] if missing else []


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig", errors="replace")
