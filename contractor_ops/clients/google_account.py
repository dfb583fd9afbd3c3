"""A service account of Google's: the key as Google hands it out, looked over before anything is signed with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contractor_ops.clients.kept_open import is_web_address, stays_here

_MAKE_ONE = "docs/google-sheets.md tells how a service account's key is made."
_NEEDED = ("client_email", "private_key", "token_uri")


class WrongKey(Exception):
    """The key cannot be used. The text ends a sentence that the key's place begins; `remedy` says what to do."""

    def __init__(self, reason: str, remedy: str = _MAKE_ONE) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks, with what proves it. `email` is the address that sheets are shared with."""

    email: str
    token_address: str
    info: Mapping[str, Any] = field(repr=False)


def account_of(text: str) -> Account:
    """The account that a key's JSON is of. Raises WrongKey."""
    try:
        info = json.loads(text)
    except ValueError:
        raise WrongKey("is no JSON") from None
    if not isinstance(info, dict) or info.get("type") != "service_account":
        raise WrongKey(_what_else(info))
    missing = [name for name in _NEEDED if not (isinstance(info.get(name), str) and info[name])]
    if missing:
        raise WrongKey(f"lacks {', '.join(missing)}", f"Download a new key. {_MAKE_ONE}")
    address = info["token_uri"]
    if not is_web_address(address) or not (address.startswith("https:") or stays_here(address)):
        raise WrongKey("names a token_uri that does not begin with https://", f"Download a new key. {_MAKE_ONE}")
    return Account(info["client_email"], address, info)


def _what_else(info: object) -> str:
    if isinstance(info, dict) and info.keys() & {"installed", "web"}:
        return "is an OAuth client, not a service account's key"
    if isinstance(info, dict) and info.get("type") == "authorized_user":
        return "is a person's log-in, not a service account's key"
    return "is not a service account's key"
