"""What the providers on this machine share: how they start and end, what they answer, and the ways in which a connection breaks."""

import socket
import ssl
import struct
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self

Break = Literal["hang", "drop", "reset", "garbage", "half"]


@dataclass
class Answer:
    """What is answered: a body that is no bytes goes out as JSON."""

    status: int
    body: Any = b""
    headers: dict[str, str] = field(default_factory=dict)


class HttpServer:
    """Answers at `base` while it is entered."""

    def __init__(self, handler: "type[Handler]", tls: ssl.SSLContext | None = None) -> None:
        self._released = threading.Event()
        self._http = _Listening(("127.0.0.1", 0), type("OfThisServer", (handler,), {"owner": self}))
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self.base = f"http{'s' if tls else ''}://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def hang(self) -> None:
        """Say nothing until the test is over."""
        self._released.wait(30)


class _Listening(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64


class Handler(BaseHTTPRequestHandler):
    """One connection to a server, which is its `owner`. A client that hangs up is what the tests are about."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    owner: Any

    def handle_one_request(self) -> None:
        try:
            self.serve_one()
        except OSError:
            self.close_connection = True

    def serve_one(self) -> None:
        """Wait for a request and answer it."""
        super().handle_one_request()

    def asked(self) -> tuple[dict[str, str], bytes]:
        """The headers by their names in small letters, and the body."""
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        return {name.lower(): value for name, value in self.headers.items()}, body

    def breaks(self, how: Break) -> None:
        """End the connection without an answer, after a silence or with a reset."""
        self.close_connection = True
        if how == "hang":
            self.owner.hang()
        elif how == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def log_message(self, *_: object) -> None:
        """Say nothing."""
