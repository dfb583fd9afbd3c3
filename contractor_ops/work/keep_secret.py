"""Keep a secret that somebody has typed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from contractor_ops.errors import TypedWrong
from contractor_ops.office import Office
from contractor_ops.secrets import ENV_FILE, NAMES, keep_in_file, keep_in_keyring, kept_in
from contractor_ops.tomlfile import did_you_mean

_PLACES = {
    "environment": "set in the environment",
    "file": f"set, in {ENV_FILE}",
    "keyring": "set, in this computer's keyring",
    "": "not set",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A secret that there may be: what it is, and where it is set; never its value."""

    name: str
    what: str
    where: str


def secrets_there_may_be(office: Office) -> Sequence[Known]:
    """Every secret that an office may have. Raises MissingSecret where the env file must not be used."""
    return [Known(name, what, _PLACES[kept_in(name, office.folder)]) for name, what in NAMES.items()]


def about(name: str) -> str:
    """What a secret is and where it is found. Raises TypedWrong for one that nothing asks for."""
    if name not in NAMES:
        raise TypedWrong(f'Nothing asks for a secret "{name}"; {did_you_mean(name, NAMES)}', "contractor-ops secret lists them all.")
    return NAMES[name]


def keep_secret(office: Office, name: str, value: str, *, in_file: bool) -> str:
    """Keep it where it will be found; a sentence that says where. Raises TypedWrong for what cannot be meant, MissingSecret where it cannot be kept."""
    value = _in_one_line(name, value.strip())
    if not value:
        raise TypedWrong("Nothing was typed, so nothing was kept.")
    before = kept_in(name, office.folder)
    if before == "environment":
        raise TypedWrong(f"{name} is set in the environment, which wins over what is kept.", "Change it there, or take it out there first.")
    # What stands in the env file is found before the keyring's, so it is renewed where it stands.
    if not in_file and before != "file" and keep_in_keyring(name, value, office.folder):
        return f"{name} is kept in this computer's keyring. Try it: contractor-ops check"
    return f"{name} is kept in {keep_in_file(name, value, office.folder)}, which only you may read. Try it: contractor-ops check"


def _in_one_line(name: str, value: str) -> str:
    """A key file's JSON is written over many lines; the env file has one for it."""
    if name != "GOOGLE_SERVICE_ACCOUNT" or not value:
        return value
    try:
        return json.dumps(json.loads(value))
    except ValueError:
        raise TypedWrong(
            f"{name} is no JSON key.",
            f"Give its file: contractor-ops secret {name} < key.json   or keep its place: GOOGLE_SERVICE_ACCOUNT_FILE",
        ) from None
