"""Mail servers on this machine, for stories: each answers as a test tells it to, and keeps what it took."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.offices import CONFIG

USER, PASSWORD = "office@northside.example", "correct-horse"


class Letters:
    """A handler that takes mail: `answer_to` and `answer_data` say what it answers to a recipient and to a message."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, Message]] = []
        self.answer_to: Callable[[str], str] = lambda _: "250 OK"
        self.answer_data: Callable[[str], str] = lambda _: "250 taken"
        self.wait = 0.0
        self.began = threading.Event()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.answer_to(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        import asyncio

        to = envelope.rcpt_tos[0]
        answer = self.answer_data(to)
        if answer.startswith("250"):
            self.taken.append((to, message_from_bytes(envelope.content)))
        self.began.set()
        if self.wait:
            await asyncio.sleep(self.wait)
        return answer

    @property
    def addresses(self) -> list[str]:
        return [to for to, _ in self.taken]


@contextmanager
def mail_server(letters: Letters, *, password: bool = False) -> Iterator[int]:
    """A server on a free port of this machine; with `password` it wants a log-in first."""

    def known(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False) if not right else AuthResult(success=True)

    more: dict[str, Any] = {"authenticator": known, "auth_require_tls": False, "auth_required": True} if password else {}
    controller = Controller(letters, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def config(port: int, more: str = "", timeout: str = "10 s") -> str:
    """An office's config that sends its e-mail through a server on this machine."""
    return (
        CONFIG
        + f"""
[email]
provider = "smtp"
from     = "Northside Heating & Air <office@northside.example>"
host     = "127.0.0.1"
port     = {port}
security = "none"
timeout  = "{timeout}"
{more}
"""
    )


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for something that another process does."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)
