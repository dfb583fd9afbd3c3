"""Secrets: from the environment, or an env file that only its owner may read. Never printed, never in config.toml."""

import os
import stat
from pathlib import Path

from contractor_ops.errors import MissingSecret

ENV_FILE = ".env"


def secret(name: str, office: Path) -> str:
    """A secret by the name of its variable. Raises MissingSecret naming the variable."""
    value = os.environ.get(name) or _from_file(office / ENV_FILE, name)
    if not value:
        raise MissingSecret(
            f"The secret {name} is not set.",
            f"Set it in the environment, or write {name}=… into {office / ENV_FILE} and run: chmod 600 {office / ENV_FILE}",
        )
    return value


def _from_file(path: Path, name: str) -> str | None:
    if not path.is_file():
        return None
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise MissingSecret(f"{path} can be read by others, so it is not used.", f"Run: chmod 600 {path}")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise MissingSecret(f"{path} is not UTF-8, so it is not used.", "Save it as UTF-8 in your editor.") from None
    except OSError as error:
        raise MissingSecret(f"{path} cannot be read: {error.strerror}.", "Give this user the right to read it.") from None
    for line in text.splitlines():
        key, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and key.strip() == name:
            return value.strip().strip("'\"")
    return None
