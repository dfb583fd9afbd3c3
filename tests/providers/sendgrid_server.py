"""SendGrid on this machine: takes mail, keeps lists and answers as SendGrid's v3 API does, with faults where a test wants them."""

import json
import re
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from tests.providers.http_server import Answer, Break, Handler, HttpServer

KEY = "SG.a-key-of-the-tests.only"
RESERVED = {"x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding", "to", "from", "subject",
            "reply-to", "cc", "bcc"}  # fmt: skip
LISTS = ("bounces", "blocks", "spam_reports", "invalid_emails", "unsubscribes")
LARGEST = 30 * 1024 * 1024
NGINX_TOO_LARGE = b"<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
_ADDRESS = re.compile(r"[^\s@,<>]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+")


def errors(status: int, message: str, where: str | None = None, **headers: str) -> Answer:
    """A refusal in SendGrid's form."""
    return Answer(status, {"errors": [{"message": message, "field": where, "help": None}]}, headers)


@dataclass
class Fault:
    """What goes wrong with one request, and when: before it is read, once it is read, or once it was carried out."""

    when: Literal["unread", "read", "done"]
    what: Answer | Break


class SendGridServer(HttpServer):
    """`taken` are the mails that were queued, each with its X-Message-Id; `checked` those that the sandbox looked at.

    `date` stands in every answer's Date where it is set; `may_see_senders`: the key may look at domains and single senders.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.key = KEY
        self.taken: list[dict[str, Any]] = []
        self.checked: list[dict[str, Any]] = []
        self.lists: dict[str, list[dict[str, Any]]] = {name: [] for name in LISTS}
        self.scopes = ["mail.send", "suppression.read", "messages.read"]
        self.senders = {"northside.example"}
        self.domains: list[dict[str, Any]] = []
        self.single_senders: list[dict[str, Any]] = []
        self.may_see_senders = True
        self.date = ""
        self.has_activity = True
        self.statuses: dict[str, str] = {}
        self.page = 500
        self.faults: deque[Fault] = deque()
        self.meanwhile: Callable[[str], object] = lambda path: None
        self.requests: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.connections = 0
        self.most_in_flight = 0
        self._in_flight = 0
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(_Handler, tls)

    def next(self, when: Literal["unread", "read", "done"], what: Any) -> None:
        """The next request that has no fault yet goes wrong like this."""
        self.faults.append(Fault(when, what))

    def fault(self) -> Fault | None:
        with self._lock:
            return self.faults.popleft() if self.faults else None

    def hang_up(self) -> None:
        """End every connection, as servers do with those that nobody uses."""
        with self._lock:
            for line in self._open:
                line.shutdown(socket.SHUT_RDWR)

    def begin(self, path: str, headers: dict[str, str]) -> None:
        with self._lock:
            self.requests.append(path)
            self.headers.append(headers)
            self._in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self._in_flight)

    def end(self) -> None:
        with self._lock:
            self._in_flight -= 1

    @property
    def addresses(self) -> list[str]:
        return [mail["personalizations"][0]["to"][0]["email"] for mail in self.taken]

    def suppress(self, name: str, address: str, created: int, **more: Any) -> None:
        """Put an address on one of the lists, the newest first, as SendGrid shows them."""
        self.lists[name].append({"created": created, "email": address, **more})
        self.lists[name].sort(key=lambda row: -row["created"])

    def carry_out(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
        path, query = urlsplit(target).path, {name: values[-1] for name, values in parse_qs(urlsplit(target).query).items()}
        if headers.get("authorization") != f"Bearer {self.key}":
            return errors(401, "The provided authorization grant is invalid, expired, or revoked")
        if method == "POST" and path == "/v3/mail/send":
            return self._send(body)
        if method == "GET" and path == "/v3/scopes":
            return Answer(200, {"scopes": self.scopes})
        if method == "GET" and path in {"/v3/whitelabel/domains", "/v3/verified_senders"}:
            return self._senders(path)
        if method == "GET" and path == "/v3/messages":
            return self._activity(query)
        if method == "GET" and path.startswith("/v3/suppression/"):
            name, _, address = path.removeprefix("/v3/suppression/").partition("/")
            return self._suppressed(name, query, unquote(address))
        return errors(404, "not found")

    def _send(self, body: bytes) -> Answer:
        if "mail.send" not in self.scopes:
            return errors(403, "access forbidden")
        if len(body) > LARGEST:
            return Answer(413, NGINX_TOO_LARGE, {"Content-Type": "text/html"})
        try:
            mail = json.loads(body)
        except ValueError:
            return errors(400, "Bad Request")
        if wrong := list(_wrong_with(mail)):
            return Answer(400, {"errors": [{"message": message, "field": where, "help": None} for where, message in wrong]})
        if mail["from"]["email"].rpartition("@")[2] not in self.senders:
            return errors(
                403, "The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.", "from"
            )
        if mail.get("mail_settings", {}).get("sandbox_mode", {}).get("enable"):
            with self._lock:
                self.checked.append(mail)
            return Answer(200)
        with self._lock:
            mail["X-Message-Id"] = f"id-{len(self.taken) + 1:020}"
            self.taken.append(mail)
        return Answer(202, b"", {"X-Message-Id": mail["X-Message-Id"]})

    def authenticate(self, domain: str, valid: bool = True) -> None:
        """A domain is set up; `valid`: its records were found."""
        self.domains.append({"id": len(self.domains) + 1, "domain": domain, "subdomain": "em1", "default": True, "valid": valid, "dns": {}})

    def verify(self, address: str, verified: bool = True) -> None:
        """A single sender is set up; `verified`: its owner has opened the link."""
        self.single_senders.append({"id": len(self.single_senders) + 1, "from_email": address, "verified": verified, "locked": False})

    def _senders(self, path: str) -> Answer:
        if not self.may_see_senders:
            return errors(403, "access forbidden")
        return Answer(200, self.domains if path.endswith("domains") else {"results": self.single_senders})

    def _activity(self, query: dict[str, str]) -> Answer:
        if not self.has_activity:
            return errors(403, "access forbidden")
        asked = re.fullmatch(r"\(unique_args\['(\w+)'\]=\"([^\"]*)\"\)", query.get("query", ""))
        if asked is None:
            return errors(400, "invalid query", "query")
        found = [mail for mail in self.taken if mail["personalizations"][0].get("custom_args", {}).get(asked[1]) == asked[2]]
        return Answer(200, {"messages": [self._shown(mail) for mail in found[: int(query["limit"])]]})

    def _shown(self, mail: dict[str, Any]) -> dict[str, Any]:
        to = mail["personalizations"][0]["to"][0]["email"]
        return {"from_email": mail["from"]["email"], "msg_id": f"{mail['X-Message-Id']}.recvd-6b5d4fdc8d-abcde-1-65F0A1B2-3.0", "subject": mail["subject"],
                "to_email": to, "status": self.statuses.get(to, "processed"), "opens_count": 0, "clicks_count": 0,
                "last_event_time": "2026-11-23T16:00:05Z"}  # fmt: skip

    def _suppressed(self, name: str, query: dict[str, str], address: str = "") -> Answer:
        if "suppression.read" not in self.scopes:
            return errors(403, "access forbidden")
        first, last = int(query.get("start_time", 0)), int(query.get("end_time", 1 << 40))
        rows = [row for row in self.lists[name] if first <= row["created"] <= last and address in {"", row["email"].lower()}]
        offset = int(query.get("offset", 0))
        return Answer(200, rows[offset : offset + min(self.page, int(query.get("limit", 500)))])


def _wrong_with(mail: Any) -> Any:
    """Field and message of each mistake, in the words of SendGrid's own list of errors."""
    if not isinstance(mail, dict):
        yield None, "Bad Request"
        return
    address = "Does not contain a valid address."
    for place, person in (("from.email", mail.get("from")), ("reply_to.email", mail.get("reply_to", {"email": "a@b.example"}))):
        if not isinstance(person, dict) or not _ADDRESS.fullmatch(str(person.get("email"))):
            yield place, address
    for number, one in enumerate(mail.get("personalizations") or [{}]):
        if not one.get("to"):
            yield (
                f"personalizations.{number}.to",
                "The to array is required for all personalization objects, and must have at least one email object with a valid email address.",
            )
        for index, person in enumerate(one.get("to", [])):
            if not _ADDRESS.fullmatch(str(person.get("email"))):
                yield f"personalizations.{number}.to.{index}.email", address
        if not all(isinstance(value, str) for value in one.get("custom_args", {}).values()):
            yield f"personalizations.{number}.custom_args", "The custom_args values must be strings."
    if not mail.get("subject"):
        yield "subject", "The subject is required."
    kinds = [part.get("type") for part in mail.get("content", [])]
    if not kinds or not all(part.get("value") for part in mail["content"]):
        yield "content.0.value", "The content value must be a string at least one character in length."
    if "text/plain" in kinds[1:]:
        yield "content", "If present, text/plain and text/html may only be provided once, and text/plain must be first."
    for name in mail.get("headers", {}):
        if name.lower() in RESERVED:
            yield f"headers.{name}", f"The header {name} is reserved and cannot be used."
    if not isinstance(mail.get("mail_settings", {}).get("sandbox_mode", {}).get("enable", False), bool):
        yield "mail_settings.sandbox_mode.enable", "The sandbox mode enable param should be a boolean value."


class _Handler(Handler):
    owner: SendGridServer

    def setup(self) -> None:
        super().setup()
        with self.owner._lock:
            self.owner.connections += 1
            self.owner._open.add(self.connection)

    def finish(self) -> None:
        with self.owner._lock:
            self.owner._open.discard(self.connection)
        super().finish()

    def serve_one(self) -> None:
        if not self.rfile.peek(1):  # waits for a request
            self.close_connection = True
            return
        self._fault = self.owner.fault()
        if not self._goes_wrong("unread"):
            super().serve_one()

    def do_POST(self) -> None:
        headers, body = self.asked()
        self.owner.begin(f"{self.command} {self.path}", headers)
        try:
            self.owner.meanwhile(self.path)
            if self._goes_wrong("read"):
                return
            answer = self.owner.carry_out(self.command, self.path, headers, body)
            if not self._goes_wrong("done", answer):
                self._answer(answer)
        finally:
            self.owner.end()

    do_GET = do_POST  # noqa: N815

    def _goes_wrong(self, when: str, answer: Answer | None = None) -> bool:
        if self._fault is None or self._fault.when != when:
            return False
        what = self._fault.what
        if isinstance(what, Answer):
            self._answer(what)
            self.close_connection = when == "unread"
            return True
        self.breaks(what)
        if what == "garbage":
            self.wfile.write(b"\x00\xffSSH-2.0 not a word of HTTP\r\n\r\n")
        elif what == "half":  # the answer breaks off after its headers
            answer = answer or errors(400, "Does not contain a valid address.", "personalizations.0.to.0.email")
            self._answer(Answer(answer.status, answer.body, {**answer.headers, "Content-Length": "9999"}))
        return True

    def _answer(self, answer: Answer) -> None:
        body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        self.wfile.write(f"HTTP/1.1 {answer.status} {self.responses.get(answer.status, ('Odd',))[0]}\r\n".encode())
        headers = {"Server": "nginx", "Date": self.owner.date or formatdate(time.time(), usegmt=True), "Content-Length": str(len(body))}
        headers |= ({"Content-Type": "application/json"} if body else {}) | answer.headers
        self.wfile.write("".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode() + b"\r\n" + body)
