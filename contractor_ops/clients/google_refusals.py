"""What Google's refusals mean, and what to do about each: a sentence and a remedy."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contractor_ops.clients.retry_after import its_clock, retry_after
from contractor_ops.clients.sendgrid import plain

_BUSY_REASONS = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})
_LATER = "Try again in a few minutes."


class GoogleTrouble(Exception):
    """Google could not be asked, or refused. `reason` ends the sentence "… cannot be read: "; `taken` is whether a writing may have been done."""

    def __init__(self, reason: str, remedy: str = "", *, taken: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.taken = reason, remedy, taken


@dataclass(eq=False)
class Refusal(Exception):
    """An answer other than 2xx: its status, Google's own words, the names it gives to the reason, and when to ask again (seconds)."""

    status: int
    words: str
    reasons: frozenset[str] = frozenset()
    links: Mapping[str, str] = field(default_factory=dict)
    after: float | None = None

    @property
    def busy(self) -> bool:
        """Whether the same question may be answered a little later."""
        return self.status in {408, 429, 500, 502, 503, 504} or (self.status == 403 and bool(self.reasons & _BUSY_REASONS))


def refusal_of(status: int, body: bytes, headers: Any) -> Refusal:
    """An answer as Google's APIs give it: {error: {code, message, status, details, errors}}; others are told by their status alone."""
    try:
        error = json.loads(body)["error"]
    except (ValueError, TypeError, KeyError):
        error = {}
    error = error if isinstance(error, dict) else {"message": error}
    details = [one for one in (*_list(error, "details"), *_list(error, "errors")) if isinstance(one, dict)]
    reasons = {str(one["reason"]) for one in details if one.get("reason")} | {str(error.get("status", ""))}
    links = {key: str(value) for one in details if isinstance(one.get("metadata"), dict) for key, value in one["metadata"].items()}
    return Refusal(status, plain(str(error.get("message") or "")), frozenset(reasons - {""}), links, retry_after(headers))


def _list(error: Mapping[str, Any], name: str) -> list[Any]:
    found = error.get(name)
    return found if isinstance(found, list) else []


def meaning_of(refusal: Refusal, account: str, *, writing: bool = False) -> GoogleTrouble:
    """Why Google refuses, for whoever keeps the sheet; `account` is the service account's address."""
    status, words = refusal.status, refusal.words or f"HTTP {refusal.status}"
    if refusal.busy and status in {403, 429}:
        return GoogleTrouble("Google wants to be asked less often (it allows 60 readings a minute)", _LATER)
    if refusal.busy:
        return GoogleTrouble(f"Google cannot answer just now ({status})", _LATER, taken=True)
    if status == 401:
        return GoogleTrouble(
            f"Google does not accept the log-in of {account}: {words}", "Make a new key for the account: docs/google-sheets.md."
        )
    if status == 404:
        return GoogleTrouble(
            f"Google knows no such spreadsheet, or it is not shared with {account}",
            "Copy its address from the browser once more, and share it.",
        )
    if status == 400 and "FAILED_PRECONDITION" in refusal.reasons:
        return GoogleTrouble(
            "it is an Excel or other file kept in Google Drive, no Google Sheet",
            "Open it in Google Drive and choose File, Save as Google Sheets; then use the address of the new one.",
        )
    if status in {400, 403} and "protected" in words:
        return GoogleTrouble(
            f"a part of it is protected, and {account} may not change it", "In Google Sheets: Data, Protect sheets and ranges."
        )
    if status == 403:
        return _forbidden(refusal, words, account, writing)
    if status == 400 and "Unable to parse range" in words:
        return GoogleTrouble("a sheet was renamed or removed while it was being read", "Try again.")
    return GoogleTrouble(f"Google says: {words}", "", taken=status >= 500)


def _forbidden(refusal: Refusal, words: str, account: str, writing: bool) -> GoogleTrouble:
    if refusal.reasons & {"SERVICE_DISABLED", "accessNotConfigured"} or "has not been used in project" in words:
        drive = "drive" in refusal.links.get("service", "") or "Drive API" in words
        name = "Google Drive API" if drive else "Google Sheets API"
        where = refusal.links.get("activationUrl") or "https://console.cloud.google.com/apis/library"
        without = " Without it a spreadsheet is found by its address only, and max_age cannot be used." if drive else ""
        return GoogleTrouble(f"the {name} is not switched on for the account", f"Switch it on at {where} and wait a few minutes.{without}")
    if "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in refusal.reasons:
        return GoogleTrouble(f"Google does not let {account} do this: {words}")
    if writing:
        return GoogleTrouble(
            f"{account} may look at it, but not change it",
            f"In Google Sheets click Share and choose Editor in place of Viewer for {account}.",
        )
    return GoogleTrouble(
        f"it is not shared with {account}",
        f"In Google Sheets click Share and add {account} (Viewer is enough; Editor where we write back).",
    )


def log_in_refused(words: str, headers: Any, clock: float, account: str) -> GoogleTrouble:
    """What the token address means by its refusal; `headers` are its own, `clock` is this machine's Unix time."""
    words = plain(words).removesuffix(": None")
    if "invalid_grant" in words and ("timeframe" in words or "iat" in words):
        off = clock - its_clock(headers)
        minutes = f"{abs(round(off / 60))} minutes {'ahead of' if off > 0 else 'behind'}" if abs(off) >= 60 else "not the same as"
        return GoogleTrouble(
            f"this machine's clock is {minutes} Google's, which refuses the log-in", "Set the clock; let the system set it by itself."
        )
    if "account not found" in words:
        return GoogleTrouble(f"Google knows no service account {account}: it was deleted", "Make a new one: docs/google-sheets.md.")
    if "disabled" in words:
        return GoogleTrouble(
            f"the service account {account} is disabled", "Enable it in the Google Cloud console, IAM & Admin, Service Accounts."
        )
    if "Invalid JWT Signature" in words or "invalid_grant" in words:
        return GoogleTrouble(
            f"Google does not know this key of {account}: it was deleted or replaced", "Make a new key: docs/google-sheets.md."
        )
    return GoogleTrouble(
        f"Google refuses the log-in of {account}: {words}", "See whether the account still has this key: docs/google-sheets.md."
    )
