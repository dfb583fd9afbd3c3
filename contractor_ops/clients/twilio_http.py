"""The HTTP beneath Twilio's official client. Its own keeps the latest answer on itself, where threads get each other's; has no time-out; logs.

It also hides from its callers what an answer's headers say, and whether a request that got no answer can have been acted on.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit, urlunsplit
from urllib.request import Request

from contractor_ops.clients.kept_open import KeptOpen
from contractor_ops.clients.retry_after import retry_after


class Answered(Exception):
    """Twilio answered that it did not do what it was asked. `after` is Retry-After in seconds, where it was given."""

    def __init__(self, status: int, code: int | None, words: str, after: float | None) -> None:
        super().__init__(f"HTTP {status}, code {code}: {words}")
        self.status, self.code, self.words, self.after = status, code, words, after


class TwilioHttp:
    """What `twilio.rest.Client` calls `http_client`, for several threads at once.

    Whatever host the client means, the request goes to `api_base`, also for the next page of a list; `timeout` is in seconds.
    """

    is_async = False

    def __init__(self, api_base: str, timeout: float) -> None:
        self._base = urlsplit(api_base)
        self._timeout = timeout
        self._lines = KeptOpen()

    def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Any:
        """Twilio's answer of 2xx. Raises Answered, NothingSent or NoAnswer."""
        from twilio.http.response import Response

        body = urlencode(data or {}).encode() if method == "POST" else None
        request = Request(self._address(url, params), body, dict(headers or {}), method=method)  # noqa: S310 (http or https: api_base says)
        if auth is not None:
            request.add_header("Authorization", "Basic " + b64encode(":".join(auth).encode()).decode())
        try:
            answer = self._lines.open(request, timeout or self._timeout)
        except HTTPError as error:
            raise _answered(error) from None
        return Response(answer.status, answer.read().decode("utf-8", "replace"), answer.headers)

    def close(self) -> None:
        """Let go of the connections."""
        self._lines.close()

    def _address(self, url: str, params: Mapping[str, Any] | None) -> str:
        meant = urlsplit(url)
        query = "&".join(part for part in (meant.query, urlencode(params or {})) if part)
        return urlunsplit((self._base.scheme, self._base.netloc, meant.path, query, ""))


def _answered(error: HTTPError) -> Answered:
    """Twilio tells its errors as {code, message}, or newer ones as RFC 9457 has it: {type, title, status, code, detail}."""
    text = error.read().decode("utf-8", "replace")
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    told = told if isinstance(told, dict) else {}
    code = told.get("code")
    words = told.get("message") or told.get("detail") or told.get("title") or ""
    return Answered(error.code, code if isinstance(code, int) else None, str(words), retry_after(error.headers))
