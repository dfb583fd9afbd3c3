"""A dead-man's switch: an address that is asked when a job starts and when it ends, and that raises the alarm when nobody asks.

healthchecks.io's convention (https://healthchecks.io/docs/http_api/): `URL/start`, `URL`, and `URL/CODE` with the exit code of what failed.
Services of another kind take the state as a part of the address: `{state}` start, success or failure; `{status}` up or down; `{job}`; `{code}`.
"""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse
from queue import Empty, Queue
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request

from contractor_ops.clients.kept_open import KeptOpen, NoAnswer, NothingSent
from contractor_ops.ports import Beat

LONGEST = 10.0
"""Seconds that one beat takes at most, whatever the other side does: looking up its name, connecting, answering, and a second try."""
_STATUS: Mapping[Beat, str] = {"success": "up", "failure": "down"}


class UrlHeartbeat:
    """Asks an address. `url` is as config.toml has it."""

    def __init__(self, url: str, longest: float = LONGEST) -> None:
        self._url, self._longest = url, longest

    def beat(self, beat: Beat, job: str, code: int, text: str) -> str | None:
        """Tell how a job is; why that could not be told, or None."""
        address = address_of(self._url, beat, job, code)
        if address is None:
            return None
        request = Request(  # noqa: S310  (config.toml takes http and https only)
            address, data=text.encode(), headers={"User-Agent": "contractor-ops", "Content-Type": "text/plain"}, method="POST"
        )
        told: Queue[str | None] = Queue()
        # Time-outs of a connection are those of each wait: who answers a letter a second is never late. A thread can be left.
        Thread(target=lambda: told.put(self._tried(request, 1 if beat == "start" else 2)), daemon=True).start()
        try:
            return told.get(timeout=self._longest)
        except Empty:
            return f"{_host(request)} did not answer within {self._longest:g} seconds"

    def _tried(self, request: Request, tries: int) -> str | None:
        """Why nobody heard it, after so many tries. The end of a job is worth a second one, its start is not."""
        said: str | None = None
        for _ in range(tries):
            said = self._asked(request)
            if said is None:
                break
        return said

    def _asked(self, request: Request) -> str | None:
        opener = _Status()
        try:
            opener.open(request, self._longest)
        except HTTPError as error:
            moved = ": it has moved, write its new address into config.toml" if 300 <= error.code <= 399 else ""
            return f"{_host(request)} answered {error.code}{moved}"
        except (NothingSent, NoAnswer) as error:
            return f"{_host(request)} {error}"
        except (HTTPException, ValueError):  # an address that no request can be made of
            return f"{_host(request)} cannot be asked: is its address right?"
        finally:
            opener.close()
        return None


class _Status(KeptOpen):
    """Reads what the answer comes to, and not what stands in it."""

    def _read(self, line: HTTPConnection, answer: HTTPResponse, keep: bool) -> bytes:
        line.close()
        return b""


def _host(request: Request) -> str | None:
    """The rest of the address is as good as a password."""
    return urlsplit(request.full_url).hostname


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
