"""A Google Sheet, read before there is an office."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from contractor_ops.config import Config, GooglePart, OfficePart, TablePart, read_config
from contractor_ops.errors import MissingSecret
from contractor_ops.office import CONFIG
from contractor_ops.office_google import KEY, KEY_FILE, account, google_sheet, open_books
from contractor_ops.ports import Workbook
from contractor_ops.secrets import secret_if_set


def google_book(folder: Path, address: str, key_file: str = "") -> Workbook:
    """What stands in a Google Sheet. `key_file` is the service account's key, without it the secret says where it is.

    Raises MissingSecret, FilesNeedMending or UnusableFile.
    """
    config = Config(
        office=OfficePart(name="This office", timezone="UTC"),
        google=_google(folder, key_file),
        tables={"estimates": TablePart(google_sheet=address)},
    )
    books = open_books(config, folder)
    try:
        return replace(google_sheet(config, "estimates", books, lambda: datetime.now(UTC)), table="this address").read()[0]
    finally:
        books.close()


def _google(folder: Path, key_file: str) -> GooglePart:
    """How an office that is there already reaches Google."""
    config = folder / CONFIG
    there = read_config(config.read_bytes()).google if config.is_file() else GooglePart()
    return there.model_copy(update={"key_file": key_file}) if key_file else there


def has_key(folder: Path) -> bool:
    """Whether the office's secrets or its config.toml say already where the key is."""
    named = bool(_google(folder, "").key_file)
    return named or any(secret_if_set(name, folder) for name in (KEY, KEY_FILE))


def key_meant(folder: Path) -> Callable[[str], tuple[str, str]]:
    """Reads where a key file is said to be: its whole path, and what is wrong with it."""

    def meant(typed: str) -> tuple[str, str]:
        named = Path(typed.strip().strip("'\"")).expanduser()
        file = (named if named.is_file() else folder / named).resolve()
        config = Config(office=OfficePart(name="This office", timezone="UTC"), google=GooglePart(key_file=str(file)))
        try:
            account(config, folder)
        except MissingSecret as error:
            return "", " ".join(error.lines())
        return str(file), ""

    return meant
