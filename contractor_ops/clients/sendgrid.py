"""SendGrid through its official client: over connections that are kept open, with a time-out, and its errors turned into ours."""

import json
import logging
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from contractor_ops.clients.kept_open import KeptOpen, NoAnswer, NothingSent, is_web_address, stays_here
from contractor_ops.clients.retry_after import its_clock, retry_after
from contractor_ops.ports import ChannelDown, DeliveryError, InboxDown, InDoubt, Refused, TryLater

KEY = "SENDGRID_API_KEY"
_FOR_ALL = ("from", "reply_to", "mail_settings", "tracking_settings")
"""Fields of a request that are the same for every customer: what is wrong with them is wrong for all."""
_LONGEST_WORDS = 300


class SendGridClient:
    """One account, used from several threads at once. `timeout` is in seconds and holds for every wait.

    What is asked and answered: https://www.twilio.com/docs/sendgrid/api-reference
    """

    def __init__(self, key: str, api_base: str, timeout: float) -> None:
        self.api_base = api_base.rstrip("/")
        self.timeout = timeout
        self.local = stays_here(self.api_base)
        self._place = f"SendGrid ({self.api_base.partition('://')[2]})"
        self._key = key.strip()
        self._lines = KeptOpen()

    def send(self, mail: Mapping[str, Any], sandbox: bool = False) -> str:
        """Hand over one e-mail (the body of mail/send); SendGrid's id for it, "" where it gives none.

        Raises TryLater, Refused, ChannelDown or InDoubt.
        """
        from python_http_client.exceptions import HTTPError

        try:
            answer = self._api.mail.send.post(request_body=mail)
        except HTTPError as refusal:
            raise _delivery_error(self._place, refusal) from None
        except NothingSent as nothing:
            raise ChannelDown(f"{self._place} {nothing}") from nothing
        except NoAnswer as silence:
            raise InDoubt(f"{self._place} {silence} after the message was handed over: it may have left") from silence
        if answer.status_code != 202 and not (sandbox and answer.status_code == 200):
            raise InDoubt(f"{self._place} gave an answer that means nothing ({answer.status_code}): the message may have left")
        return plain(answer.headers.get("X-Message-Id", ""))

    def read(self, path: str, **query: str | int) -> Any:
        """What SendGrid answers to GET /v3/`path`, as JSON says it. Raises InboxDown."""
        return self.read_at(path, **query)[0]

    def read_at(self, path: str, **query: str | int) -> tuple[Any, float]:
        """The same, and Unix time by SendGrid's own clock. Raises InboxDown."""
        from python_http_client.exceptions import HTTPError

        try:
            answer = self._api._(path).get(query_params=query)
            return json.loads(answer.body), its_clock(answer.headers)
        except HTTPError as refusal:
            raise InboxDown(_refusal(self._place, path, refusal)) from None
        except (NothingSent, NoAnswer) as silence:
            raise InboxDown(f"{self._place} {silence}") from silence
        except ValueError:
            raise InboxDown(f"{self._place} gave an answer that means nothing when it was asked for {path}") from None

    def probe(self) -> None:
        """Ask what the key may do, and send nothing. Raises ChannelDown with what is wrong."""
        try:
            answer = self.read("scopes")
        except InboxDown as down:
            raise ChannelDown(down.reason) from down
        scopes = answer.get("scopes") if isinstance(answer, dict) else None
        if isinstance(scopes, list) and "mail.send" not in scopes:
            raise ChannelDown(f'The SendGrid key ({KEY}) may not send mail; give it "Mail Send" access at SendGrid')

    def close(self) -> None:
        """Let go of connections."""
        self._lines.close()

    @cached_property
    def _api(self) -> Any:
        """The official client, which builds the requests. Raises NothingSent where the key must not be used as it is."""
        if not is_web_address(self.api_base):
            raise NothingSent("cannot be asked: is its address right?")
        if not self.local and not self.api_base.startswith("https:"):
            raise NothingSent("would get the key unencrypted, which is done on this machine only; begin api_base with https://")
        if not (self._key and self._key.isascii() and self._key.isprintable()):
            raise NothingSent(f"cannot be asked with this key ({KEY}): it holds signs that no key has; copy it once more")
        from sendgrid import SendGridAPIClient

        # At DEBUG this logger writes the key.
        logging.getLogger("python_http_client.client").setLevel(logging.INFO)
        headers = SendGridAPIClient(self._key).client.request_headers
        # The client sets the content's type itself where it is missing, in a dictionary that all threads read.
        return _over(self._lines)(self.api_base, {**headers, "Content-Type": "application/json"}, version=3, timeout=self.timeout)


def _over(lines: KeptOpen) -> Any:
    """The official HTTP client, which opens a connection for each request by itself, over `lines` instead."""
    from python_http_client import Client

    class Kept(Client):  # type: ignore[misc]  # has no types
        def _make_request(self, opener: object, request: Any, timeout: float | None = None) -> Any:
            return super()._make_request(lines, request, timeout)

        def _build_client(self, name: str | None = None) -> "Kept":
            path = [*self._url_path, name] if name else self._url_path
            return Kept(self.host, self.request_headers, self._version, path, self.append_slash, self.timeout)

    return Kept


def _delivery_error(place: str, refusal: Any) -> DeliveryError:
    """What an answer other than "taken" means for a message."""
    status, (words, fields) = refusal.status_code, _said(refusal)
    if status == 429:
        return TryLater(f"{place} takes no more mail just now: {words}", _seconds_to_wait(refusal.headers), everybody=True)
    if status in {408, 499} or status >= 500:
        return InDoubt(f"{place} failed after the message was handed over, so it may have left: {words}")
    if status == 413:
        return Refused(f"{place} refuses the message, it is too large")
    if status == 400 and any(field.partition(".")[0] in _FOR_ALL for field in fields):
        return ChannelDown(f"{place} takes no mail from this office: {words}")
    if status in {400, 422}:
        return Refused(f"{place} refuses the message: {words}")
    return ChannelDown(_refusal(place, "mail/send", refusal))


def _refusal(place: str, path: str, refusal: Any) -> str:
    """Why nothing is to be had, as a sentence."""
    status, (words, _) = refusal.status_code, _said(refusal)
    if status == 401 and "credit" in words.lower():
        return f"{place} takes no more mail from this account: {words}"
    if status == 401:
        return f"{place} refuses the key ({KEY}): {words}"
    if status == 403:
        return f"{place} does not allow {path} to this key ({KEY}) or account: {words}"
    if status == 429:
        return f"{place} wants to be asked less often: {words}"
    if status >= 500:
        return f"{place} cannot answer just now: {words}"
    return f"{place} does not know {path}; is api_base right? It says: {words}"


def _said(refusal: Any) -> tuple[str, list[str]]:
    """SendGrid's own words, and the fields that they are about; `403 Forbidden` where it says nothing that can be read."""
    try:
        errors = json.loads(refusal.body)["errors"]
    except (ValueError, TypeError, KeyError):
        errors = []
    told = [error if isinstance(error, dict) else {"message": error} for error in errors] if isinstance(errors, list) else []
    words = "; ".join(plain(str(error["message"])) for error in told if error.get("message"))
    return words or plain(f"{refusal.status_code} {refusal.reason}"), [str(error.get("field") or "") for error in told]


def _seconds_to_wait(headers: Any) -> float | None:
    """From Retry-After, else from X-RateLimit-Reset (Unix time)."""
    wait, reset = retry_after(headers), (headers.get("X-RateLimit-Reset") or "").strip()
    return max(0.0, float(reset) - its_clock(headers)) if wait is None and reset.isdecimal() else wait


def plain(text: str) -> str:
    """Words of the provider's on one line, without control characters, not endless."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:_LONGEST_WORDS]
