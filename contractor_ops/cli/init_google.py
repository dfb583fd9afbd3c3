"""Ask for the key with which Google Sheets are read."""

from pathlib import Path
from typing import TYPE_CHECKING

from contractor_ops.cli.init_asked import asked
from contractor_ops.cli.output import say_wrapped

if TYPE_CHECKING:
    from contractor_ops.work.init import Sheets


def asked_for_key(folder: Path) -> str:
    """Where the key file is, "" where the office's secrets or its config.toml say it already."""
    from contractor_ops.work.init_google import has_key, key_meant

    if has_key(folder):
        return ""
    say_wrapped(
        "A Google Sheet is read by a service account of yours; docs/google-sheets.md tells how to make one. Google gives you a key file for it."
    )
    return asked("Where is that file", key_meant(folder))


def keep_key_file(sheets: "Sheets") -> None:
    """Keep where the key file is among the office's secrets."""
    from contractor_ops.office import open_office
    from contractor_ops.work.keep_secret import keep_secret

    say_wrapped(keep_secret(open_office(sheets.folder), "GOOGLE_SERVICE_ACCOUNT_FILE", sheets.key_file, in_file=False))
