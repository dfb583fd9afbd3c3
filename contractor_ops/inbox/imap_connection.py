"""A mailbox that is connected, encrypted and logged in, or the plain sentence why it is not."""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from contractor_ops.clients.this_machine import is_this_machine
from contractor_ops.inbox.settings import ImapSettings
from contractor_ops.ports import InboxDown

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

_AROUND = re.compile(r"^(\w+ command error: (BAD|NO) \[b['\"]|\* (BYE|NO|BAD) )?(\[[A-Z-]+\] ?)?")


def connect(settings: ImapSettings, password: str) -> "BaseMailBox":
    """Connect, encrypt and log in. Raises InboxDown."""
    with plain_words(settings):
        box = _reached(settings)
        try:
            _log_in(box, settings, password)
        except BaseException:
            box.client.shutdown()
            raise
    return box


@contextmanager
def plain_words(settings: ImapSettings) -> Iterator[None]:
    """Whatever goes wrong between us and the server becomes InboxDown."""
    from imap_tools import UnexpectedCommandStatusError

    try:
        yield
    except ssl.SSLCertVerificationError as error:
        down(settings, f"shows a certificate that cannot be trusted ({error.verify_message}); nothing was asked")
    except socket.gaierror:
        down(settings, "cannot be found: is the host's name right, and is there an internet connection?")
    except TimeoutError:
        down(settings, f"did not answer within {settings.timeout:g} seconds")
    except (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError, ssl.SSLZeroReturnError):
        down(settings, "ended the connection")
    except ssl.SSLError:
        down(settings, 'cannot be talked to in this way; try another security ("tls", mostly port 993, or "starttls", port 143)')
    except imaplib.IMAP4.abort as error:
        down(settings, *_why_it_ended(error))
    except OSError as error:
        down(settings, f"cannot be reached: {error.strerror or error}")
    except (UnexpectedCommandStatusError, imaplib.IMAP4.error) as error:
        down(settings, "refuses what it is asked", said(error))
    except ValueError as error:  # a host or a port that no server could have
        down(settings, f"cannot be asked: {error}")


def said(error: Exception) -> str:
    """The server's own words, on one line, without what imaplib puts around them and the codes in brackets (RFC 5530)."""
    result = getattr(error, "command_result", None)
    parts = result[1] if result else error.args
    text = " ".join(part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in parts or () if part)
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return _AROUND.sub("", plain).rstrip("'\"]")[:200]


def _reached(settings: ImapSettings) -> "BaseMailBox":
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    host, port, timeout = settings.host, settings.port, settings.timeout
    if settings.security == "none":
        return MailBoxUnencrypted(host, port, timeout)
    trust = ssl.create_default_context()  # trusts what the system trusts, SSL_CERT_FILE included
    if settings.security == "tls":
        return MailBox(host, port, timeout, ssl_context=trust)
    return MailBoxStartTls(host, port, timeout, ssl_context=trust)


def _log_in(box: "BaseMailBox", settings: ImapSettings, password: str) -> None:
    from imap_tools import MailboxLoginError

    if settings.security == "none" and not is_this_machine(box.client.sock.getpeername()[0]):
        down(settings, 'would get the password unencrypted, which is done on this machine only; set security = "tls" or "starttls"')
    if "LOGINDISABLED" in box.client.capabilities:
        down(settings, 'takes no log-in in this way; set security = "tls" or "starttls"')
    try:
        if (settings.user + password).isascii():
            box.login(settings.user, password, initial_folder=None)
        else:
            box.login_utf8(settings.user, password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        if "UNAVAILABLE" in str(error) or "INUSE" in str(error):
            down(settings, "can let nobody in just now", said(error))
        down(settings, f"refuses the user {settings.user} or the password (IMAP_PASSWORD)", said(error))


def _why_it_ended(error: Exception) -> tuple[str, str]:
    """What imaplib puts into one error, with the server's words where there are any."""
    if "TLS not supported" in str(error):
        return "offers no encryption (STARTTLS); nothing was asked", ""
    if "unexpected" in str(error):
        return "does not talk as mailbox servers do; are host and port right?", ""
    return "ended the connection", "" if "socket error" in str(error) else said(error)


def down(settings: ImapSettings, what: str, words: str = "") -> NoReturn:
    """Raise InboxDown about this server."""
    raise InboxDown(f"The mailbox server {settings.host}:{settings.port} {what}{f': {words}' if words else ''}") from None
