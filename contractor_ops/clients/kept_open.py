"""HTTP connections that are kept open, and what is certain when one breaks: whether a request can have been acted on at all."""

import io
import selectors
import socket
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, InvalidURL
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request
from urllib.response import addinfourl

from contractor_ops.clients.this_machine import is_this_machine

KEPT_FOR = 20.0
"""Seconds that an idle connection is trusted; servers and what stands between mostly hang up after 60."""


class NothingSent(Exception):
    """The request never reached the server whole, so it cannot have been acted on. The text ends a sentence that the server's name begins."""


class NoAnswer(Exception):
    """The request was written and no answer came that means anything: it may have been acted on. The text is as that of NothingSent."""


class KeptOpen:
    """An opener as urllib's, to one server, for several threads at once: each request has a connection for itself and gives it back.

    Follows no redirects, so that a key never goes elsewhere. TLS trusts what the system trusts, SSL_CERT_FILE included.
    """

    def __init__(self) -> None:
        self._idle: list[tuple[HTTPConnection, float]] = []
        self._trust: ssl.SSLContext | None = None

    def open(self, request: Request, timeout: float) -> addinfourl:
        """The answer, read to its end; `timeout` is in seconds and holds for every wait.

        Raises urllib's HTTPError for every status but 2xx, NothingSent and NoAnswer.
        """
        line = self._waiting_line()
        if line is not None:
            try:
                return self._asked(line, request, timeout)
            except NothingSent:  # the server had let go of it
                line.close()
        return self._asked(self._connected(request, timeout), request, timeout)

    def close(self) -> None:
        """Let go of the connections."""
        while kept := self._next_kept():
            kept[0].close()

    def _next_kept(self) -> tuple[HTTPConnection, float] | None:
        """The connection that was used last; another thread may have come first."""
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _waiting_line(self) -> HTTPConnection | None:
        """A connection that the server still holds; one on which it has said something unasked was ended."""
        while kept := self._next_kept():
            line, since = kept
            if time.monotonic() - since < KEPT_FOR and not _has_something_to_say(line):
                return line
            line.close()
        return None

    def _connected(self, request: Request, timeout: float) -> HTTPConnection:
        try:
            line = self._line_to(request, timeout)
            line.connect()
        except (OSError, HTTPException, ValueError) as error:
            raise NothingSent(_why(error, timeout)) from error
        line.auto_open = 0  # a connection that breaks is not opened again behind our back
        return line

    def _line_to(self, request: Request, timeout: float) -> HTTPConnection:
        if request.type == "http":
            return HTTPConnection(request.host, timeout=timeout)
        self._trust = self._trust or ssl.create_default_context()
        return HTTPSConnection(request.host, timeout=timeout, context=self._trust)

    def _asked(self, line: HTTPConnection, request: Request, timeout: float) -> addinfourl:
        cut: Exception | None = None
        try:
            line.sock.settimeout(timeout)
            line.request(request.get_method(), request.selector, request.data, dict(request.header_items()))
        except OSError as error:
            cut = error  # a server that has heard enough may have answered before it hung up
        try:
            answer = line.getresponse()
        except (OSError, HTTPException) as error:
            line.close()
            if cut is not None:
                # The last bytes are missing: no server can have taken a request for whole that says how long it is.
                raise NothingSent(_why(cut, timeout)) from cut
            raise NoAnswer(_why(error, timeout)) from error
        return _given(request, answer, self._read(line, answer, keep=cut is None))

    def _read(self, line: HTTPConnection, answer: HTTPResponse, keep: bool) -> bytes:
        """The answer's body. Where it breaks off the status stands all the same: what was refused or taken stays so."""
        try:
            body = answer.read()
        except (OSError, HTTPException):
            body, keep = b"", False
        if keep and line.sock is not None:  # http.client lets go of a connection that the server wants to end
            self._idle.append((line, time.monotonic()))
        else:
            line.close()
        return body


def _given(request: Request, answer: HTTPResponse, body: bytes) -> addinfourl:
    if not 200 <= answer.status <= 299:
        raise HTTPError(request.full_url, answer.status, answer.reason, answer.headers, io.BytesIO(body))
    return addinfourl(io.BytesIO(body), answer.headers, request.full_url, answer.status)


def _has_something_to_say(line: HTTPConnection) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(line.sock, selectors.EVENT_READ)
        return bool(selector.select(0))


def _why(error: Exception, timeout: float) -> str:
    if isinstance(error, TimeoutError):
        return f"did not answer within {timeout:g} seconds"
    if isinstance(error, socket.gaierror):
        return "cannot be found: is its address right, and is there an internet connection?"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"shows a certificate that cannot be trusted ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return "cannot be talked to in a safe way (TLS)"
    if isinstance(error, ConnectionResetError | ConnectionAbortedError | BrokenPipeError):
        return "ended the connection"
    if isinstance(error, OSError):
        return f"cannot be reached: {error.strerror or error}"
    return "cannot be asked: is its address right?" if isinstance(error, InvalidURL | ValueError) else "gave an answer that means nothing"


def stays_here(address: str) -> bool:
    """Whether nothing that goes to a web address leaves this machine."""
    try:
        return is_this_machine(urlsplit(address).hostname or "")
    except ValueError:
        return False


def is_web_address(text: str) -> bool:
    """Whether it can be one: a host, and a port that is a number where there is one."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
