"""A dead-man's switch: an address that is asked when a job starts and when it ends, and that raises the alarm when nobody asks.

healthchecks.io's convention (https://healthchecks.io/docs/http_api/): `URL/start`, `URL`, and `URL/CODE` with the exit code of what failed.
Services of another kind take the state as a part of the address: `{state}` start, success or failure; `{status}` up or down; `{job}`; `{code}`.
"""

from collections.abc import Mapping
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request

from contractor_ops.clients.kept_open import KeptOpen, NoAnswer, NothingSent
from contractor_ops.ports import Beat

TIMEOUT = 10.0
"""Seconds; a job never waits longer for its alarm than that, twice."""
_STATUS: Mapping[Beat, str] = {"success": "up", "failure": "down"}


class UrlHeartbeat:
    """Asks an address. `url` is as config.toml has it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opener = KeptOpen()

    def beat(self, beat: Beat, job: str, code: int, text: str) -> str | None:
        """Tell how a job is; why that could not be told, or None."""
        address = address_of(self._url, beat, job, code)
        if address is None:
            return None
        request = Request(  # noqa: S310  (config.toml takes http and https only)
            address, data=text.encode(), headers={"User-Agent": "contractor-ops", "Content-Type": "text/plain"}, method="POST"
        )
        return self._asked(request) and self._asked(request)

    def close(self) -> None:
        """Let go of the connection."""
        self._opener.close()

    def _asked(self, request: Request) -> str | None:
        where = urlsplit(request.full_url).hostname  # the rest of the address is as good as a password
        try:
            self._opener.open(request, TIMEOUT)
        except HTTPError as error:
            return f"{where} answered {error.code}"
        except (NothingSent, NoAnswer) as error:
            return f"{where} {error}"
        except (HTTPException, ValueError):  # an address that no request can be made of
            return f"{where} cannot be asked: is its address right?"
        return None


def address_of(url: str, beat: Beat, job: str, code: int) -> str | None:
    """What is asked for one beat; None where a service that knows only up and down has nothing to hear of a start."""
    if "{status}" in url and beat == "start":
        return None
    places = {"{state}": beat, "{status}": _STATUS.get(beat, ""), "{job}": quote(job, safe=""), "{code}": str(code)}
    filled = url
    for place, value in places.items():
        filled = filled.replace(place, value)
    return (
        filled
        if "{state}" in url or "{status}" in url
        else _with_ending(filled, {"start": "/start", "success": "", "failure": f"/{code}"}[beat])
    )


def _with_ending(url: str, ending: str) -> str:
    parts = urlsplit(url)
    return parts._replace(path=parts.path.rstrip("/") + ending).geturl()
