"""Secrets: from the environment, an env file that only its owner may read, or the system's keyring. Never printed, never in config.toml."""

import os
import stat
from pathlib import Path
from typing import Literal

from contractor_ops.errors import MissingSecret

ENV_FILE = ".env"
KEYRING = "contractor-ops"
"""What the system's keyring lists our secrets under; each is kept for one office's folder."""


NAMES = {
    "TWILIO_ACCOUNT_SID": "your Twilio account's SID, AC…, from console.twilio.com",
    "TWILIO_AUTH_TOKEN": "your Twilio account's auth token, beside the SID",
    "SENDGRID_API_KEY": "a SendGrid API key, SG.…, with the right to send mail",
    "SMTP_PASSWORD": "the password of the mail server that e-mails leave through",
    "IMAP_PASSWORD": "the password of the mailbox that answers come to",
    "GOOGLE_SERVICE_ACCOUNT": "the JSON key of your Google service account, in one line",
    "GOOGLE_SERVICE_ACCOUNT_FILE": "where the JSON key of your Google service account lies",
}
"""Every secret that an office may have, and where a person finds it."""


def secret(name: str, office: Path) -> str:
    """A secret by the name of its variable. Raises MissingSecret naming the variable."""
    value = secret_if_set(name, office)
    if not value:
        raise MissingSecret(
            f"The secret {name} is not set.",
            f"Type contractor-ops secret {name}, or set it in the environment, or write {name}=… into {office / ENV_FILE} "
            f"and run: chmod 600 {office / ENV_FILE}",
        )
    return value


def secret_if_set(name: str, office: Path) -> str:
    """A secret by the name of its variable, or "". Raises MissingSecret where the env file must not be used."""
    return os.environ.get(name) or _from_file(office / ENV_FILE, name) or _from_keyring(name, office) or ""


def kept_in(name: str, office: Path) -> Literal["environment", "file", "keyring", ""]:
    """Where a secret comes from, "" where it is not set. Raises MissingSecret where the env file must not be used."""
    if os.environ.get(name):
        return "environment"
    if _from_file(office / ENV_FILE, name):
        return "file"
    return "keyring" if _from_keyring(name, office) else ""


def keep_in_keyring(name: str, value: str, office: Path) -> bool:
    """Keep a secret in the system's keyring; False where there is none that can be used, or only a file that is not encrypted."""
    import keyring
    from keyring.errors import KeyringError

    if type(keyring.get_keyring()).__module__.startswith("keyrings.alt"):
        return False
    try:
        keyring.set_password(KEYRING, _account(name, office), value)
        return keyring.get_password(KEYRING, _account(name, office)) == value
    except (KeyringError, OSError, RuntimeError):  # what a machine without a desktop says, in many ways
        return False


def keep_in_file(name: str, value: str, office: Path) -> Path:
    """Keep a secret in the env file, in place of what stands there under its name; only this user may read it. Raises MissingSecret."""
    if value != value.strip().strip("'\"") or not value.isprintable():
        raise MissingSecret(f"{name} begins or ends with a blank or a quotation mark, which the env file cannot hold.",
                            "Set it in the environment, or in the system's keyring.")  # fmt: skip
    file, kept = office / ENV_FILE, []
    if file.exists():
        kept = [line for line in private_text(file).splitlines() if _named(line) != name]
    beside = file.with_name(f"{file.name}.new")
    try:
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as stream:
            stream.write("\n".join([*kept, f"{name}={value}", ""]))
        beside.replace(file)
    except OSError as error:
        raise MissingSecret(f"{file} cannot be written: {error.strerror}.", "Give this user the right to write there.") from None
    return file


def _account(name: str, office: Path) -> str:
    return f"{name} of {office.resolve()}"


def _from_keyring(name: str, office: Path) -> str | None:
    try:
        import keyring
    except ImportError:
        return None
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(KEYRING, _account(name, office))
    except (KeyringError, OSError, RuntimeError):
        return None


def _from_file(path: Path, name: str) -> str | None:
    if not path.is_file():
        return None
    for line in private_text(path).splitlines():
        if _named(line) == name:
            return line.partition("=")[2].strip().strip("'\"")
    return None


def _named(line: str) -> str | None:
    """The variable that a line of the env file sets."""
    key, equals, _ = line.strip().removeprefix("export ").partition("=")
    return key.strip() if equals else None


def private_text(path: Path) -> str:
    """What stands in a file that only its owner may read. Raises MissingSecret."""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise MissingSecret(f"{path} can be read by others, so it is not used.", f"Run: chmod 600 {path}")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise MissingSecret(f"{path} is not UTF-8, so it is not used.", "Save it as UTF-8 in your editor.") from None
    except OSError as error:
        raise MissingSecret(f"{path} cannot be read: {error.strerror}.", "Give this user the right to read it.") from None
