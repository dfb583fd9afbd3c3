"""A name server on this machine: answers questions for TXT records with what a test has put there."""

import socketserver
import threading
from typing import Any, Self

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class NameServer:
    """A context manager. `records` are the texts of each name; a name that is in `empty` exists without any, all others do not exist.

    `silent`: no question is answered; `dropped`: none for a name that holds this. `asked` are the names that were asked for; `address` is what CONTRACTOR_OPS_DNS takes.
    """

    def __init__(self) -> None:
        self.records: dict[str, list[str]] = {}
        self.empty: set[str] = set()
        self.silent = False
        self.dropped = ""
        self.asked: list[str] = []
        owner = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                question, line = self.request
                if answer := owner.answer(question):
                    line.sendto(answer, self.client_address)

        self._server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, question: bytes) -> bytes | None:
        """The answer to a question, None where nothing is to be said."""
        asked = dns.message.from_wire(question)
        name = asked.question[0].name.to_text(omit_final_dot=True)
        self.asked.append(name)
        if self.silent or (self.dropped and self.dropped in name):
            return None
        answer = dns.message.make_response(asked)
        answer.flags |= dns.flags.RA
        texts = self.records.get(name, [])
        if texts:
            quoted = [" ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)) for text in texts]
            answer.answer.append(dns.rrset.from_text(asked.question[0].name, 60, "IN", "TXT", *quoted))
        elif name not in self.empty:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire()
