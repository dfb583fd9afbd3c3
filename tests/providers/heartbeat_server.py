"""A dead-man's switch on this machine: keeps what it is asked, and answers as it is told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Switch:
    """`asked` holds each path with its text; `status` is what it answers with."""

    address: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def switch() -> Iterator[Switch]:
    """A switch that listens while the test runs."""
    kept = Switch()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            kept.asked.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(kept.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kept.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
