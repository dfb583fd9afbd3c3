"""The office's Google Sheets, built from config.toml and the secrets: which account asks, and what each table wants of which spreadsheet."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contractor_ops.config import Config, TablePart
from contractor_ops.errors import FilesNeedMending, MissingSecret, NotWritten
from contractor_ops.secrets import private_text, secret_if_set
from contractor_ops.sources.google_address import Address, address_of

if TYPE_CHECKING:
    from contractor_ops.clients.google_account import Account
    from contractor_ops.clients.google_sheets import GoogleSheets
    from contractor_ops.sources.google_sheet import Books, GoogleSheet
    from contractor_ops.sources.google_writer import GoogleWriter

KEY, KEY_FILE = "GOOGLE_SERVICE_ACCOUNT", "GOOGLE_SERVICE_ACCOUNT_FILE"


def open_books(config: Config, folder: Path) -> "Books":
    """The office's spreadsheets, none of them read yet. Raises MissingSecret."""
    from contractor_ops.sources.google_sheet import Books

    return Books(open_client(config, folder))


def open_client(config: Config, folder: Path, *, writes: bool = False) -> "GoogleSheets":
    """Google, as the office's service account sees it. Raises MissingSecret."""
    from contractor_ops.clients.google_sheets import GoogleSheets

    part = config.google
    return GoogleSheets(account(config, folder), part.api_base, part.timeout.as_timedelta().total_seconds(), writes=writes)


def account(config: Config, folder: Path) -> "Account":
    """The service account that asks. Raises MissingSecret with what is wrong with its key."""
    from contractor_ops.clients.google_account import WrongKey, account_of

    text, place = _key(config, folder)
    try:
        return account_of(text)
    except WrongKey as wrong:
        raise MissingSecret(f"{place} {wrong.reason}.", wrong.remedy) from None


def _key(config: Config, folder: Path) -> tuple[str, str]:
    """The key's text, and what people call the place where it stands."""
    if text := secret_if_set(KEY, folder):
        return text, f"The secret {KEY}"
    name = secret_if_set(KEY_FILE, folder) or config.google.key_file
    if not name:
        raise MissingSecret(
            "Google Sheets are read by a service account, and its key is not set.",
            f"docs/google-sheets.md tells how to make one. Then write {KEY_FILE}=… (where the key file is) into {folder / '.env'} "
            f"and run: chmod 600 {folder / '.env'}",
        )
    path = folder / Path(name).expanduser()
    if not path.is_file():
        raise MissingSecret(
            f"Google's key file {path} is not there.", f"See that {KEY_FILE} (or google.key_file) names the file that Google gave you."
        )
    return private_text(path), f"Google's key file {path}"


def google_sheet(config: Config, name: str, books: "Books", clock: Callable[[], datetime]) -> "GoogleSheet":
    """A table's source. Raises FilesNeedMending where what config.toml says leads to no Google Sheet."""
    from contractor_ops.sources.google_sheet import GoogleSheet

    part, address = config.tables[name], _address(config, name)
    others = [other.wanted_sheets for other in config.tables.values() if other is not part and _leads_to(other, address)]
    return GoogleSheet(name, books, address, clock, config.office.zone, part.wanted_sheets, others, changed=part.max_age is not None)


def _address(config: Config, name: str) -> Address:
    try:
        return address_of(config.tables[name].google_sheet)
    except ValueError as wrong:
        raise FilesNeedMending([f"config.toml: tables.{name}.google_sheet: {wrong}"]) from None


def _leads_to(part: TablePart, address: Address) -> bool:
    try:
        return bool(part.google_sheet) and address_of(part.google_sheet) == address
    except ValueError:
        return False


def google_writer(config: Config, name: str, folder: Path, books: "Books") -> "GoogleWriter":
    """What writes into a table's Google Sheet. Raises FilesNeedMending, MissingSecret or NotWritten."""
    from contractor_ops.clients.google_refusals import GoogleTrouble
    from contractor_ops.sources.google_writer import GoogleWriter

    try:
        book = books.book(_address(config, name))
    except GoogleTrouble as trouble:
        raise NotWritten(
            f"The Google Sheet of {name} cannot be found: {trouble.reason}, so nothing was written.", trouble.remedy
        ) from trouble
    return GoogleWriter(open_client(config, folder, writes=True), book.key, book.client)
