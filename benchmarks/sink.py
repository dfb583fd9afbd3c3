"""An SMTP server on this machine that takes everything and keeps nothing: `python -m benchmarks.sink PORT`."""

import socketserver
import sys


class Take(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        """Say yes to everything."""
        say = self.wfile.write
        say(b"220 sink\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                say(b"354 go on\r\n")
                while self.rfile.readline() not in {b".\r\n", b""}:
                    pass
                say(b"250 taken\r\n")
            elif verb == b"EHLO":
                say(b"250-sink\r\n250 8BITMIME\r\n")
            elif verb == b"QUIT":
                say(b"221 bye\r\n")
                return
            else:
                say(b"250 ok\r\n")


class Server(socketserver.ThreadingTCPServer):
    """Many connections."""

    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    with Server(("127.0.0.1", int(sys.argv[1])), Take) as server:
        server.serve_forever()
