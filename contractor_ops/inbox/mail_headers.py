"""What an e-mail's headers say: who wrote it, which mail it is, which ones it refers to, and when it was written."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message as Mail
from email.parser import BytesHeaderParser
from email.utils import parseaddr, parsedate_to_datetime

TELLING = (
    "auto-submitted", "precedence", "list-id", "list-unsubscribe", "x-auto-response-suppress", "x-autoreply", "x-autorespond",
    "x-autoresponder", "x-autoreply-from", "x-mail-autoreply", "x-failed-recipients", "return-path", "content-type",
)  # fmt: skip
"""The headers that tell an automatic answer from a person's (RFC 3834, and what servers wrote before it)."""

_MESSAGE_ID = re.compile(r"<[^<>\s]+>")


def read_mail(content: bytes) -> Mail:
    """A mail as the standard library reads it; of one whose parts are nested without end, the headers with all else as one text."""
    try:
        return message_from_bytes(content)
    except RecursionError:
        return BytesHeaderParser().parsebytes(content)


def parts_of(mail: Mail) -> list[Mail]:
    """The parts that a mail, or a part of one, directly holds."""
    # Asked of a part that holds none, get_payload falls over parameters that are torn to pieces.
    inner = mail.get_payload() if mail.is_multipart() else []
    return [one for one in inner if isinstance(one, Mail)] if isinstance(inner, list) else []


def content_of(part: Mail) -> bytes:
    """What a part that holds no others says, its transfer encoding undone."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def letters(raw: bytes, charset: str | None) -> str:
    """Bytes as text: in the charset that they are said to be in, else in UTF-8, else as Windows writes them."""
    for name in (charset or "utf-8", "utf-8"):
        try:
            return raw.decode(name)
        except (LookupError, ValueError):  # a charset that nobody knows, or letters that it has not
            continue
    return raw.decode("cp1252", "replace")


def header(mail: Mail, name: str) -> str:
    """A header on one line, "" where there is none; encoded words stay encoded."""
    return " ".join(str(mail.get(name, "")).split())


def words_of(value: str | Header) -> str:
    """A header's text on one line, its encoded words decoded."""
    try:
        parts = decode_header(value)
    except HeaderParseError:
        parts = [(str(value), None)]
    text = "".join(letters(part, charset) if isinstance(part, bytes) else part for part, charset in parts)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def sender(mail: Mail) -> tuple[str, str]:
    """Name and address of From, the address in lower case. Reply-To is whatever its writer likes: it proves nothing."""
    value = mail.get("From", "")
    name, address = parseaddr(words_of(value) if isinstance(value, Header) else " ".join(value.split()))
    return words_of(name), address.strip().lower() if "@" in address else ""


def telling_headers(mail: Mail) -> Mapping[str, str]:
    """Those of `TELLING` that the mail has, names in lower case."""
    return {name: header(mail, name) for name in TELLING if name in mail}


def message_ids(text: str) -> list[str]:
    """The Message-IDs in a text, with their angle brackets."""
    return _MESSAGE_ID.findall(text)


def refers_to(mail: Mail) -> Sequence[str]:
    """The Message-IDs that a mail answers, the nearest first: In-Reply-To, then References from the last to the first."""
    near = [one for text in mail.get_all("In-Reply-To", []) for one in message_ids(str(text))]
    far = [one for text in mail.get_all("References", []) for one in message_ids(str(text))]
    return tuple(dict.fromkeys([*near, *reversed(far)]))


def identity(mail: Mail) -> str:
    """What tells a mail from all others: its Message-ID, or a hash of its headers where it has none."""
    found = message_ids(header(mail, "Message-ID"))
    if found:
        return found[0]
    lines = "\n".join(f"{name}: {value}" for name, value in mail.items())
    return hashlib.sha256(lines.encode("utf-8", "replace")).hexdigest()[:32]


def written_at(mail: Mail, arrived: datetime) -> datetime:
    """When a mail was written (aware): as its Date says, else as it arrived. Nothing is written after it has arrived."""
    written = read_date(header(mail, "Date"))
    return min(written, arrived) if written else arrived


def read_date(text: str) -> datetime | None:
    """A date of a header, or an INTERNALDATE; UTC where it names no zone, None where it can't be understood."""
    try:
        date = parsedate_to_datetime(text)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
