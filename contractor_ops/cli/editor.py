"""A person's own editor, for a few lines of text."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from contractor_ops.errors import TypedWrong


def has_editor(*, simple: bool = False) -> bool:
    """Whether an editor can be opened for the person at the terminal: their own, or with `simple` also nano, which tells its keys."""
    return bool(_command() if simple else _chosen()) and sys.stdin.isatty()


def _chosen() -> str:
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if sys.platform == "win32" else "")


def _command() -> str:
    return _chosen() or ("nano" if shutil.which("nano") else "")


def edited(text: str, number: int | None = None) -> str:
    """The text as the person leaves it in $VISUAL, $EDITOR or nano. Raises TypedWrong where there is no editor, or it failed."""
    by_hand = f'contractor-ops review edit {number or "NUMBER"} --text "The new words"'
    command = _command()
    if not has_editor(simple=True):
        raise TypedWrong("There is no editor to open here.", f"Give the words in the command: {by_hand}")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "message.txt"
        file.write_text(text, encoding="utf-8")
        try:
            ended = subprocess.run(_words(command, file), check=False)  # noqa: S603 - the person's own editor
        except OSError:
            raise TypedWrong(f"The editor {command} cannot be started.", f"Give the words in the command: {by_hand}") from None
        if ended.returncode:
            raise TypedWrong("Nothing was changed: the editor ended with an error.")
        return file.read_text(encoding="utf-8-sig")


def _words(command: str, file: Path) -> list[str] | str:
    """What starts the editor. On Windows a command is one text, in which a backslash is a part of a path."""
    return f'{command} "{file}"' if os.name == "nt" else [*shlex.split(command), str(file)]
