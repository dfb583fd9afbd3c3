"""A dead-man's switch on this machine: keeps what it is asked, and answers as it is told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseRequestHandler, ThreadingTCPServer


@dataclass
class Switch:
    """`asked` holds each path with its text; `status` is what it answers with, `promises` how many bytes it says that follow."""

    address: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200
    promises: int = 0

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def switch() -> Iterator[Switch]:
    """A switch that listens while the test runs."""
    kept, released = Switch(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            kept.asked.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(kept.status)
            self.send_header("Content-Length", str(kept.promises))
            self.end_headers()
            if kept.promises:
                released.wait(30)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kept.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield kept
    finally:
        released.set()
        server.shutdown()
        server.server_close()


@contextmanager
def trickle() -> Iterator[str]:
    """The address of one that answers a letter at a time, and never to the end of the first line."""
    over = threading.Event()

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                while not over.wait(0.05):
                    self.request.sendall(b"H")

    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/uuid"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
