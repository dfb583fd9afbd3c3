"""E-mail through the office's own mail server, over one connection that is kept open."""

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NoReturn

from contractor_ops.channels.mail import Sender, build, wire_address
from contractor_ops.clients.this_machine import is_this_machine
from contractor_ops.ports import ChannelDown, InDoubt, Message, Receipt, Refused, TryLater, nobody

Reply = tuple[int, bytes]
_LOST = (OSError, smtplib.SMTPException)  # what smtplib raises when a server falls silent, hangs up or talks nonsense


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """How the server is reached; `timeout` is in seconds and holds for every answer that is waited for."""

    host: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    timeout: float = 30.0


def _now() -> datetime:
    return datetime.now(UTC)


class Smtp:
    """A mail server as a channel. SMTP cannot tell what became of a message in doubt, so `left` never knows."""

    name = "smtp"
    in_flight = 1
    per_second: float | None = None

    def __init__(self, settings: SmtpSettings, password: str | None, sender: Sender, clock: Callable[[], datetime] = _now) -> None:
        self.settings = settings
        self.sender = sender
        self.clock = clock
        self.local = is_this_machine(settings.host)
        self._password = password
        self._connection: smtplib.SMTP | None = None
        self._trust: ssl.SSLContext | None = None

    def deliver(self, message: Message) -> Receipt:
        """Send one e-mail. Raises TryLater, Refused, ChannelDown or InDoubt, as ports.Channel says."""
        mail = build(message, self.sender, self.clock())
        to, sender = wire_address(message.to), wire_address(self.sender.from_address)
        server = self._begin(sender, international=not to.isascii())
        self._ask(server, "the recipient", lambda: server.rcpt(to), wanted=range(250, 260))
        self._ask(server, "the message", lambda: server.docmd("DATA"), wanted=range(354, 355))
        self._send_content(server, _dotted(mail.as_bytes()))
        return Receipt("sent", message.message_id)

    def left(self, message: Message, claimed_at: datetime, known: Callable[[str], bool] = nobody) -> Receipt | Literal[False] | None:
        """SMTP cannot tell."""
        return None

    def close(self) -> None:
        """Say goodbye, if there is a connection."""
        server, self._connection = self._connection, None
        if server is not None:
            with contextlib.suppress(*_LOST):  # everything has been settled by now; a server that is gone needs no goodbye
                server.quit()
            server.close()

    def probe(self) -> None:
        """Connect, encrypt, log in and hang up again. Raises ChannelDown with what is wrong."""
        self.close()
        self._connect()
        self.close()

    def _begin(self, sender: str, international: bool) -> smtplib.SMTP:
        """A connection that has taken our MAIL FROM. One that the server dropped while idle is opened again: nothing is in doubt yet."""
        reused = self._connection is not None
        server = self._connection or self._connect()
        options = ["SMTPUTF8"] if international else []
        if international and not server.has_extn("smtputf8"):
            raise Refused(f"{self._place} takes no addresses with letters outside a-z before the @")
        try:
            code, said = server.mail(sender, options)
        except _LOST as error:
            code, said = -1, self._silence(error).encode()
        if 200 <= code < 300:
            return server
        if code == 421 or not 400 <= code <= 599:
            self._drop()
            return self._begin(sender, international) if reused else self._down("cannot take mail now", said, code)
        self._reset(server)
        if code < 500:
            raise TryLater(f"{self._place} cannot take mail just now: {_words(code, said)}")
        return self._down(f"takes no mail from {sender}", said, code)

    def _ask(self, server: smtplib.SMTP, what: str, command: Callable[[], Reply], wanted: range) -> None:
        """One command before the content: whatever happens, nothing has left."""
        try:
            code, said = command()
        except _LOST as error:
            self._drop()
            self._down(self._silence(error))
        if code not in wanted:
            self._refused(server, code, said, what)

    def _refused(self, server: smtplib.SMTP, code: int, said: bytes, what: str) -> NoReturn:
        if code == 421 or not 400 <= code <= 599:
            self._drop()
            self._down("ended the connection", said, code)
        self._reset(server)
        if code == 530:
            self._down("asks for a user and a password", said, code)
        if code < 500:
            raise TryLater(f"{self._place} puts {what} off: {_words(code, said)}")
        raise Refused(f"{self._place} refuses {what}: {_words(code, said)}")

    def _send_content(self, server: smtplib.SMTP, content: bytes) -> None:
        """From the first byte on, silence is doubt: a server may have taken the message and lost the line before it said so."""
        try:
            server.send(content)
            code, said = server.getreply()
        except _LOST as error:
            self._drop()
            raise InDoubt(f"{self._place} fell silent after the message was handed over: it may have left") from error
        if 200 <= code < 300:
            return
        if not 400 <= code <= 599:
            self._drop()
            raise InDoubt(f"{self._place} gave an answer that means nothing after the message was handed over: {_words(code, said)}")
        if code == 421:
            self._drop()
        if code < 500:
            raise TryLater(f"{self._place} puts the message off: {_words(code, said)}")
        raise Refused(f"{self._place} refuses the message: {_words(code, said)}")

    def _connect(self) -> smtplib.SMTP:
        try:
            server = self._greeted()
            try:
                self._secure(server)
                self._log_in(server)
            except BaseException:
                server.close()
                raise
        except ssl.SSLCertVerificationError as error:
            self._down(f"shows a certificate that cannot be trusted ({error.verify_message}); nothing was sent")
        except ssl.SSLError:
            self._down('cannot be talked to in this way; try another security ("starttls", mostly port 587, or "tls", port 465)')
        except smtplib.SMTPResponseException as error:
            self._down("turns us away", error.smtp_error, error.smtp_code)
        except socket.gaierror:
            self._down("cannot be found: is the host's name right, and is there an internet connection?")
        except _LOST as error:
            self._down(self._silence(error))
        except ValueError as error:  # a host or an address of our own that no server could have
            self._down(f"cannot be asked: {error}")
        self._connection = server
        return server

    def _greeted(self) -> smtplib.SMTP:
        settings, name = self.settings, self.sender.domain
        server: smtplib.SMTP
        if settings.security == "tls":
            server = smtplib.SMTP_SSL(settings.host, settings.port, name, timeout=settings.timeout, context=self._context())
        else:
            server = smtplib.SMTP(settings.host, settings.port, name, timeout=settings.timeout)
        if server.sock is not None:  # without this the last packet of a message waits for the one before to be confirmed
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.ehlo_or_helo_if_needed()
        return server

    def _secure(self, server: smtplib.SMTP) -> None:
        if self.settings.security != "starttls":
            return
        if not server.has_extn("starttls"):
            self._down("offers no encryption (STARTTLS); nothing was sent")
        server.starttls(context=self._context())
        server.ehlo_or_helo_if_needed()

    def _log_in(self, server: smtplib.SMTP) -> None:
        if not (self.settings.user and self._password):
            return
        peer = server.sock.getpeername()[0] if server.sock is not None else ""
        if self.settings.security == "none" and not is_this_machine(peer):
            self._down('would get the password unencrypted, which is done on this machine only; set security = "starttls" or "tls"')
        try:
            server.login(self.settings.user, self._password)
        except smtplib.SMTPAuthenticationError as error:
            self._down(f"refuses the user {self.settings.user} or the password (SMTP_PASSWORD)", error.smtp_error, error.smtp_code)
        except smtplib.SMTPNotSupportedError:
            self._down("offers no log-in on this port; is the port right?")
        except UnicodeEncodeError:
            self._down("takes only passwords of plain letters, digits and signs")

    def _context(self) -> ssl.SSLContext:
        """Trusts what the system trusts, SSL_CERT_FILE included."""
        self._trust = self._trust or ssl.create_default_context()
        return self._trust

    def _reset(self, server: smtplib.SMTP) -> None:
        """Make the connection ready for the next message; one that cannot be is opened anew by then."""
        try:
            code, _ = server.rset()
        except _LOST:
            code = 421
        if code != 250:
            self._drop()

    def _drop(self) -> None:
        server, self._connection = self._connection, None
        if server is not None:
            server.close()

    @property
    def _place(self) -> str:
        return f"The mail server {self.settings.host}:{self.settings.port}"

    def _silence(self, error: Exception) -> str:
        """Why there was no answer; smtplib hides a time-out behind a lost connection."""
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return f"did not answer within {self.settings.timeout:g} seconds"
        if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionResetError | BrokenPipeError):
            return "ended the connection"
        return f"cannot be reached: {getattr(error, 'strerror', None) or error}"

    def _down(self, what: str, said: bytes | str = b"", code: int = 0) -> NoReturn:
        words = _words(code, said)
        raise ChannelDown(f"{self._place} {what}{f': {words}' if words else ''}")


def _dotted(content: bytes) -> bytes:
    """The content as DATA wants it: CRLF line ends, a dot at the start of a line doubled, a dot alone at the end."""
    return re.sub(rb"(?m)^\.", b"..", re.sub(rb"\r\n|\r|\n", b"\r\n", content)).rstrip(b"\r\n") + b"\r\n.\r\n"


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
    return f"{code} {plain}".strip() if code > 0 else plain
