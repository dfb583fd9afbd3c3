"""Real mail servers on this machine, and the certificates that they show."""

import asyncio
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


class Inbox:
    """An aiosmtpd handler that keeps what it is given, and answers as a test tells it to."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.hosts: list[str] = []
        self.peers: set[Any] = set()
        self.recipients: dict[str, str] = {}
        self.sender_reply = "250 OK"
        self.data_reply = "250 OK"
        self.after_data: Callable[[SMTP], Any] | None = None

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]) -> list[str]:
        session.host_name = hostname
        self.hosts.append(hostname)
        self.peers.add(session.peer)
        return responses

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.sender_reply == "250 OK":
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return self.sender_reply

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        reply = self.recipients.get(address, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.data_reply.startswith("250"):
            self.taken.append(envelope)
        if self.after_data is not None:
            answer = self.after_data(server)
            if asyncio.iscoroutine(answer):
                await answer
        return self.data_reply


@pytest.fixture
def authenticate() -> Callable[..., AuthResult]:
    """Knows one user, office@northside.example, whose password is correct-horse."""

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (b"office@northside.example", b"correct-horse")
        return AuthResult(success=right, handled=False)  # handled=True would leave the client without an answer

    return check


class Server(Controller):
    """A mail server whose SMTP class a test may choose."""

    def __init__(self, inbox: Inbox, kind: type[SMTP], host: str, **settings: Any) -> None:
        self.kind = kind
        super().__init__(inbox, hostname=host, port=free_port(host), **settings)

    def factory(self) -> SMTP:
        return self.kind(self.handler, **self.SMTP_kwargs)


def free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def serve(inbox: Inbox) -> Iterator[Callable[..., int]]:
    """Start a mail server that hands its mail to `inbox`; gives its port."""
    running: list[Server] = []

    def start(kind: type[SMTP] = SMTP, host: str = "127.0.0.1", **settings: Any) -> int:
        server = Server(inbox, kind, host, **settings)
        server.start()
        running.append(server)
        return server.port

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority of our own (ca.pem) and a certificate that it gave to this machine (server.pem, server.key)."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificates")
    (folder / "server.ext").write_text(
        "subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n"
        "keyUsage=digitalSignature\nextendedKeyUsage=serverAuth\nauthorityKeyIdentifier=keyid\n"
    )
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    _openssl(folder, "req", "-x509", *new_key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test authority",
             "-addext", "keyUsage=critical,keyCertSign")  # fmt: skip
    _openssl(folder, "req", *new_key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    _openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "server.pem",
             "-days", "2", "-extfile", "server.ext")  # fmt: skip
    return folder


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def server_tls(certificates: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "server.pem", certificates / "server.key")
    return context


@pytest.fixture
def trusted(certificates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the authority, in the way an office would say it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "ca.pem"))
