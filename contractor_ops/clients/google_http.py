"""The HTTP beneath gspread: to the address that is set, with time-outs, following no redirects, and errors that say what is certain."""

import ssl
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from contractor_ops.clients.google_account import Account, WrongKey
from contractor_ops.clients.google_refusals import GoogleTrouble, log_in_refused, refusal_of
from contractor_ops.clients.kept_open import stays_here

if TYPE_CHECKING:
    import gspread

READ = ("https://www.googleapis.com/auth/spreadsheets.readonly", "https://www.googleapis.com/auth/drive.metadata.readonly")
WRITE = ("https://www.googleapis.com/auth/spreadsheets",)


class NotReached(Exception):
    """No answer came. The text ends a sentence that "Google" begins; `seconds` were waited in vain. `sent` is whether it may have been acted on."""

    def __init__(self, reason: str, seconds: float = 0.0, *, sent: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.seconds, self.sent = reason, seconds, sent


def connected(account: Account, scopes: tuple[str, ...], api_base: str, timeout: float) -> "gspread.HTTPClient":
    """The official client's lower half, logged in at its first request. `api_base` is "" for Google itself. Raises WrongKey.

    Its methods raise Refusal, NotReached and GoogleTrouble.
    """
    from google.auth.transport.requests import AuthorizedSession
    from google.oauth2.service_account import Credentials

    try:
        credentials = Credentials.from_service_account_info(dict(account.info), scopes=scopes)
    except ValueError:
        raise WrongKey("holds a private_key that is damaged", "Download a new key: docs/google-sheets.md.") from None
    token = _TokenRequest(account)
    session = AuthorizedSession(credentials, auth_request=token)
    # What is set for the web at large, a proxy or a .netrc, is not meant for a server on this machine.
    session.trust_env = not stays_here(api_base)
    client = _http(api_base, account, token)(None, session)
    client.set_timeout(timeout)
    return client


class _TokenRequest:
    """What google-auth asks for its token with: that address alone, without repeating by itself. It keeps what the last answer's headers said.

    google-auth would also look up at iamcredentials.googleapis.com, in the background, from where the key may be used.
    """

    def __init__(self, account: Account) -> None:
        from google.auth.transport.requests import Request
        from requests import Session

        session = Session()
        session.trust_env = not stays_here(account.token_address)
        self._ask, self._address = Request(session), account.token_address
        self.headers: Any = {}

    def __call__(self, url: str, *args: Any, **more: Any) -> Any:
        from google.auth.exceptions import TransportError

        if url != self._address:
            raise TransportError("only the token is asked for")
        answer = self._ask(url, *args, allow_redirects=False, **more)
        self.headers = answer.headers
        if answer.status in {408, 429} or answer.status >= 500:
            raise refusal_of(answer.status, answer.data, answer.headers)
        return answer

    def close(self) -> None:
        """Let go of connections."""
        self._ask.session.close()


def _http(api_base: str, account: Account, token: _TokenRequest) -> "type[gspread.HTTPClient]":
    import gspread
    from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
    from requests import RequestException

    base = urlsplit(api_base)

    class Http(gspread.HTTPClient):  # type: ignore[misc]
        def request(self, method: str, endpoint: str, params: Any = None, data: Any = None, json: Any = None, *_: Any, **more: Any) -> Any:
            meant = urlsplit(endpoint)
            address = urlunsplit((base.scheme, base.netloc, meant.path, meant.query, "")) if api_base else endpoint
            try:
                answer = self.session.request(method, address, params=params, json=json, timeout=self.timeout, allow_redirects=False)
            except TransportError as error:
                raise _not_reached(error.args[0] if error.args else error, self.timeout, asked=False) from error
            except RefreshError as error:
                raise log_in_refused(str(error.args[0] if error.args else ""), token.headers, time.time(), account.email) from error
            except GoogleAuthError as error:
                raise GoogleTrouble(f"the log-in of {account.email} cannot be made", "Make a new key: docs/google-sheets.md.") from error
            except RequestException as error:
                raise _not_reached(error, self.timeout, asked=True) from error
            if not 200 <= answer.status_code <= 299:
                raise refusal_of(answer.status_code, answer.content, answer.headers)
            return answer

        def close(self) -> None:
            self.session.close()
            token.close()

    return Http


def _not_reached(error: object, timeout: Any, *, asked: bool) -> NotReached | GoogleTrouble:
    """What a failure below HTTP means; `asked` is whether it was more than the log-in. A certificate does not mend itself; a line that breaks does."""
    from requests import exceptions

    if any(isinstance(one, ssl.SSLCertVerificationError) for one in _with_causes(error)):
        return GoogleTrouble(
            "Google shows a certificate that cannot be trusted", "See whether something between you and Google reads along."
        )
    if isinstance(error, exceptions.ProxyError):
        return NotReached("cannot be reached through the proxy that is set for this machine", sent=False)
    if "NameResolution" in repr(error):
        return NotReached("cannot be found: is there an internet connection?", sent=False)
    if "refused" in str(error):
        return NotReached("cannot be reached: connection refused", sent=False)
    if isinstance(error, exceptions.Timeout):
        return NotReached(f"did not answer within {timeout:g} s", timeout, sent=asked and not isinstance(error, exceptions.ConnectTimeout))
    return NotReached("ended the connection", sent=asked)


def _with_causes(error: object) -> list[object]:
    """An error and those within it: requests and urllib3 keep them as arguments, as `reason` and as causes."""
    found, at = [error], 0
    while at < len(found):
        one, at = found[at], at + 1
        if isinstance(one, BaseException):
            inner = (*one.args, getattr(one, "reason", None), one.__cause__, one.__context__)
            found += [other for other in inner if isinstance(other, BaseException) and not any(other is known for known in found)]
    return found
